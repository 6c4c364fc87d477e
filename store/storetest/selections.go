package storetest

import (
	"slices"
	"testing"
	"time"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
)

var selections = []behaviour{
	{"selection/each filter", testFilters},
	{"selection/a person's own", testOwn},
	{"selection/times of publication", testTimes},
	{"tag/labels, counts, order", testTags},
}

func testFilters(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	port := w.Section(site, "Port")
	ana := w.Person("Ana")
	march := func(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }
	on := func(day int) func(*press.Entry) { return func(e *press.Entry) { e.PublishedAt = march(day) } }

	a := w.Entry(site, "a", press.Published, on(1), By(ana), func(e *press.Entry) {
		e.Section, e.Tags, e.Debut = port.ID, []string{"Vélo", "Fête"}, true
	})
	w.Entry(site, "b", press.Published, on(2), func(e *press.Entry) { e.Tags, e.FeaturedAt = []string{"vélo"}, march(9) })
	w.Entry(site, "c", press.Published, on(3), func(e *press.Entry) {
		e.Form, e.FeaturedAt, e.Language = w.Form(site, "brief").ID, march(8), "br"
	})
	w.Entry(site, "page", press.Published, on(4), func(e *press.Entry) { e.Form = w.Form(site, "page").ID })
	w.Entry(site, "d", press.Proposed, By(ana), func(e *press.Entry) { e.Section = port.ID })
	w.Entry(other, "e", press.Published, on(5), By(ana))

	byline := a.Credits[0].Byline
	for name, c := range map[string]struct {
		s    store.Selection
		want []string
	}{
		"nothing":             {store.Selection{}, []string{"e", "c", "b", "a"}},
		"site":                {store.Selection{Site: site.ID}, []string{"c", "b", "a"}},
		"section":             {store.Selection{Section: port.ID}, []string{"a"}},
		"form":                {store.Selection{Form: w.Form(site, "brief").ID}, []string{"c"}},
		"form that is hidden": {store.Selection{Form: w.Form(site, "page").ID}, []string{"page"}},
		"tag":                 {store.Selection{Tag: "velo"}, []string{"b", "a"}},
		"tag unknown":         {store.Selection{Tag: "rien"}, nil},
		"language":            {store.Selection{Language: "br"}, []string{"c"}},
		"byline":              {store.Selection{Byline: byline}, []string{"e", "a"}},
		"byline on a site":    {store.Selection{Byline: byline, Site: other.ID}, []string{"e"}},
		"from":                {store.Selection{Site: site.ID, From: march(2)}, []string{"c", "b"}},
		"to":                  {store.Selection{Site: site.ID, To: march(2)}, []string{"a"}},
		"between":             {store.Selection{Site: site.ID, From: march(2), To: march(3)}, []string{"b"}},
		"featured":            {store.Selection{Featured: true, Order: store.Featured}, []string{"b", "c"}},
		"debut":               {store.Selection{Debut: true}, []string{"a"}},
		"except":              {store.Selection{Site: site.ID, Except: a.ID}, []string{"c", "b"}},
		"status":              {store.Selection{Statuses: []press.Status{press.Proposed}}, []string{"d"}},
		"two statuses": {
			store.Selection{Site: site.ID, Statuses: []press.Status{press.Proposed, press.Published}, Order: store.Oldest},
			[]string{"a", "b", "c", "page", "d"},
		},
		"several at once": {
			store.Selection{Site: site.ID, Section: port.ID, Tag: "fete", Byline: byline, Debut: true, Query: terms.Parse("texte")},
			[]string{"a"},
		},
	} {
		page := must(w.Store.Entries(ctx, press.Itself, c.s))(t)
		same(t, name, titles(page), c.want)
		if n := must(w.Store.CountEntries(ctx, press.Itself, c.s))(t); n != len(c.want) {
			t.Errorf("%s: counted %d, want %d", name, n, len(c.want))
		}
	}
	both := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Tag: "fete"}))(t)
	same(t, "tags as they were written", both.Entries[0].TagList, []press.Tag{{Slug: "velo", Label: "Vélo"}, {Slug: "fete", Label: "Fête"}})
	same(t, "tags of the content", both.Entries[0].Tags, []string{"Vélo", "Fête"})
}

// testOwn lists what someone wrote or is credited for: only they and the
// program may ask, or the list would unmask the anonymous.
func testOwn(t *testing.T, w *World) {
	site := w.Site("mag")
	ana, bob := w.Person("Ana"), w.Person("Bob")
	w.Entry(site, "signé", press.Published, By(ana))
	w.Entry(site, "anonyme", press.Published, func(e *press.Entry) {
		e.CreatedBy = ana.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: ana.ID}}
	})
	w.Entry(site, "relu", press.Published, By(bob), func(e *press.Entry) {
		e.Credits = append(e.Credits, press.Credit{Role: press.Proofreader, Kind: press.SignName, Name: "Ana", Person: ana.ID})
	})
	w.Entry(site, "brouillon", press.Drafted, By(ana))
	w.Entry(site, "jeté", press.Binned, By(bob))
	animator := w.Member("Anim", press.Animator, site.ID, "")
	for name, c := range map[string]struct {
		viewer press.Viewer
		want   []string
	}{
		"herself":     {w.Viewer(ana), []string{"anonyme", "brouillon", "relu", "signé"}},
		"the program": {press.Itself, []string{"anonyme", "brouillon", "relu", "signé"}},
		"a reader":    {press.Viewer{}, nil},
		"another":     {w.Viewer(bob), nil},
		"an animator": {animator, nil},
	} {
		for _, all := range []bool{true, false} {
			s := store.Selection{Person: ana.ID, Order: store.Latest}
			want := slices.Clone(c.want)
			if all {
				s.Statuses = statuses
			} else {
				want = slices.DeleteFunc(want, func(s string) bool { return s == "brouillon" })
			}
			got := titles(must(w.Store.Entries(t.Context(), c.viewer, s))(t))
			slices.Sort(got)
			slices.Sort(want)
			same(t, name, append([]string{}, got...), append([]string{}, want...))
		}
	}
}

func testTimes(t *testing.T, w *World) {
	site := w.Site("mag")
	at := time.Date(2024, 12, 31, 23, 30, 0, 1000, time.UTC)
	w.Entry(site, "vieux", press.Published, func(e *press.Entry) { e.PublishedAt = at })
	recent := w.Entry(site, "neuf", press.Published)
	w.Entry(site, "page", press.Published, func(e *press.Entry) { e.Form = w.Form(site, "page").ID })
	w.Entry(site, "retiré", press.Withdrawn, func(e *press.Entry) { e.PublishedAt = at })
	got := must(w.Store.PublicationTimes(t.Context(), press.Itself, site.ID))(t)
	same(t, "times", got, []time.Time{recent.PublishedAt, at})
}

func testTags(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	tagged := func(tags ...string) func(*press.Entry) { return func(e *press.Entry) { e.Tags = tags } }
	e := w.Entry(site, "a", press.Published, tagged("Vélo", "Port", "velo"))
	same(t, "one tag whatever its accents", e.Tags, []string{"Vélo", "Port"})
	w.Entry(site, "b", press.Published, tagged("vélo"))
	w.Entry(site, "c", press.Refused, tagged("Diffamation", "Port"))
	w.Entry(other, "d", press.Published, tagged("Vélo", "Ailleurs"))

	got := must(w.Store.Tags(ctx, press.Viewer{}, site.ID, 10))(t)
	var list []string
	for _, tag := range got {
		list = append(list, tag.Slug)
	}
	same(t, "the site's tags", list, []string{"velo", "port"})
	if got[0].Entries != 2 || got[1].Entries != 1 {
		t.Errorf("counts: %+v", got)
	}
	if n := len(must(w.Store.Tags(ctx, press.Viewer{}, site.ID, 1))(t)); n != 1 {
		t.Errorf("%d tags, want 1", n)
	}
	tag := must(w.Store.TagBySlug(ctx, press.Viewer{}, site.ID, "port"))(t)
	same(t, "a tag", tag, press.Tag{Slug: "port", Label: "Port"})
	for _, slug := range []string{"ailleurs", "rien", "diffamation"} {
		_, err := w.Store.TagBySlug(ctx, press.Viewer{}, site.ID, slug)
		fails(t, slug+", which nobody may read here", err, press.NotFound)
	}
	w.Write(func(tx *store.Tx) error { return tx.ReplaceTags(ctx, e, nil) })
	if tags := must(w.Store.Entry(ctx, press.Itself, e.ID))(t).Tags; tags != nil {
		t.Errorf("without tags: %v", tags)
	}
}
