package storetest

import (
	"fmt"
	"strings"
	"testing"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
)

var formsKept = []behaviour{
	{"forms/what comes back", formsComeBack},
	{"forms/lists are narrowed, counted and sorted", listsOfForms},
	{"forms/answers for some", answersForSome},
	{"forms/dossiers and links", dossiersAndLinks},
	{"forms/the people of an organisation", crews},
}

// initiative is a form with questions of the kinds that lists use.
func (w *World) initiative(site press.Site) press.Form {
	w.T.Helper()
	label := func(fr string) press.Text { return press.Text{"fr": fr} }
	f := press.Form{
		ID: ID[press.FormID](), Site: site.ID, Slug: "initiatives", Name: label("Une initiative"), Plural: label("Initiatives"), Version: 1, Listed: true,
		Fields: []press.Field{
			{Key: "title", Kind: press.ShortText, Role: press.RoleTitle, Label: label("Nom")},
			{Key: "theme", Kind: press.Choices, Label: label("Thèmes"), Facet: true, Options: []press.Option{{Key: "sea", Label: label("La mer")}, {Key: "land", Label: label("La terre")}}},
			{Key: "open", Kind: press.YesNo, Label: label("Ouverte"), Facet: true},
			{Key: "count", Kind: press.Number, Label: label("Combien")},
			{Key: "place", Kind: press.PlaceKind, Label: label("Où")},
			{Key: "secret", Kind: press.Choice, Label: label("Interne"), Facet: true, Seen: press.Animators, Options: []press.Option{{Key: "x", Label: label("X")}}},
			{Key: "mail", Kind: press.Email, Label: label("Adresse")},
		},
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertForm(w.T.Context(), f) })
	return f
}

func (w *World) initiatives(site press.Site, form press.Form, n int) []press.Entry {
	w.T.Helper()
	var all []press.Entry
	for i := range n {
		all = append(all, w.Entry(site, fmt.Sprintf("Initiative %d", i), press.Published, func(e *press.Entry) {
			e.Form = form.ID
			themes := []string{"sea"}
			if i%2 == 1 {
				themes = []string{"land", "sea"}
			}
			e.Answers = press.Answers{
				"title": {e.Title}, "theme": themes, "open": {map[bool]string{true: "yes", false: "no"}[i%3 == 0]}, "count": {fmt.Sprint(i*7 - 10)},
				"place": {fmt.Sprint(48 + float64(i)/100), "-4.5", "exact", fmt.Sprintf("Port %d", i)}, "secret": {"x"}, "mail": {"secrete@example.org"},
			}
		}))
	}
	return all
}

func formsComeBack(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	f := w.initiative(site)
	f.Views, f.Stepwise, f.FormSettings.Order = []press.View{press.ViewMap}, true, "count"
	words := press.Vocabulary{ID: ID[press.VocabularyID](), Site: site.ID, Slug: "themes", Name: press.Text{"fr": "Thèmes"}, Terms: []press.Term{{ID: ID[press.TermID](), Slug: "vent", Label: press.Text{"fr": "Le vent"}}}}
	f.Fields[1].Vocabulary = "themes"
	v := w.Member("Sterenn", press.Animator, site.ID, "")
	w.Write(func(tx *store.Tx) error {
		if err := tx.SaveVocabulary(ctx, words); err != nil {
			return err
		}
		if err := tx.UpdateForm(ctx, f); err != nil {
			return err
		}
		if err := tx.InsertFormVersion(ctx, f, v.Person, w.Now()); err != nil {
			return err
		}
		return tx.SaveFormDraft(ctx, f, v.Person, w.Now())
	})
	got := must(w.Store.Form(ctx, press.Viewer{}, f.ID))(t)
	want := f
	want.Fields = append([]press.Field(nil), f.Fields...)
	want.Fields[1].Options = words.Options(f.Fields[1].Options)
	same(t, "the form", got, want)
	if o := got.Fields[1].Choosable(); len(o) != 1 || o[0].Key != "vent" {
		t.Errorf("a vocabulary's words aren't what is offered: %v", o)
	}
	if versions := must(w.Store.FormVersions(ctx, v, f.ID))(t); len(versions) != 1 || versions[0].By != "Sterenn" {
		t.Errorf("versions %+v", versions)
	}
	_, version, err := w.Store.FormDraft(ctx, v, f.ID)
	if err != nil || version != 1 {
		t.Errorf("the draft is at %d, %v", version, err)
	}
	_, _, err = w.Store.FormDraft(ctx, press.Viewer{}, f.ID)
	fails(t, "a reader sees what is being changed", err, press.NotFound)
}

func listsOfForms(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	f := w.initiative(site)
	w.initiatives(site, f, 10)
	w.Entry(site, "Initiative en attente", press.Proposed, func(e *press.Entry) {
		e.Form, e.Answers = f.ID, press.Answers{"title": {e.Title}, "theme": {"sea"}}
	})
	all := store.Selection{Site: site.ID, Form: f.ID}
	say := func(counted map[string][]press.Facet) string {
		var parts []string
		for _, key := range []string{"theme", "open", "secret"} {
			for _, c := range counted[key] {
				parts = append(parts, fmt.Sprintf("%s %s %d", key, c.Value, c.Entries))
			}
		}
		return strings.Join(parts, ", ")
	}
	same(t, "counted", say(must(w.Store.Counted(ctx, press.Viewer{}, all, f.Facets()))(t)), "theme sea 10, theme land 5, open yes 4, open no 6")
	land := all
	land.Chosen = []press.Chosen{{Field: "theme", Value: "land"}}
	same(t, "counted among", say(must(w.Store.Counted(ctx, press.Viewer{}, land, f.Facets()))(t)), "theme sea 5, theme land 5, open yes 2, open no 3")
	same(t, "how many", must(w.Store.CountEntries(ctx, press.Viewer{}, land))(t), 5)
	both := land
	both.Chosen = append(both.Chosen, press.Chosen{Field: "open", Value: "yes"})
	both.Query = terms.Parse("initiative")
	same(t, "how many by two answers and a word", must(w.Store.CountEntries(ctx, press.Viewer{}, both))(t), 2)

	titles := func(s store.Selection) string {
		var names []string
		for _, e := range must(w.Store.Entries(ctx, press.Viewer{}, s))(t).Entries {
			names = append(names, strings.TrimPrefix(e.Title, "Initiative "))
		}
		return strings.Join(names, " ")
	}
	for name, c := range map[string]struct {
		by   string
		down bool
		skip int
		want string
	}{
		"by number, below zero first": {"count", false, 0, "0 1 2 3"}, "the other way": {"count", true, 0, "9 8 7 6"}, "by title": {press.ByTitle, false, 2, "2 3 4 5"},
		"by date": {press.ByDate, true, 1, "8 7 6 5"}, "by place": {"place", false, 8, "8 9"}, "by what nobody sees": {"secret", false, 0, "0 1 2 3"},
	} {
		s := all
		s.By, s.Down, s.Skip, s.Limit = c.by, c.down, c.skip, 4
		if got := titles(s); name != "by what nobody sees" && got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	points := must(w.Store.Points(ctx, press.Viewer{}, all, "place"))(t)
	if len(points) != 10 || points[0].Lon != -4.5 {
		t.Errorf("points %v", points)
	}
	if among := must(w.Store.Points(ctx, press.Viewer{}, land, "place"))(t); len(among) != 5 {
		t.Errorf("%d points among those of the land", len(among))
	}
	hidden := all
	hidden.Chosen = []press.Chosen{{Field: "secret", Value: "x"}}
	same(t, "narrowed by what nobody sees", must(w.Store.CountEntries(ctx, press.Viewer{}, hidden))(t), 0)
}

func answersForSome(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	f := w.initiative(site)
	writer := w.Person("Maï")
	e := w.Entry(site, "Le four", press.Published, func(e *press.Entry) {
		e.Form, e.CreatedBy = f.ID, writer.ID
		e.Answers = press.Answers{"title": {e.Title}, "secret": {"x"}, "mail": {"secrete@example.org"}}
	})
	for name, c := range map[string]struct {
		viewer       press.Viewer
		secret, mail bool
	}{
		"a reader": {press.Viewer{}, false, false}, "a contributor": {w.Member("Yann", press.Contributor, site.ID, ""), false, false},
		"an animator": {w.Member("Sterenn", press.Animator, site.ID, ""), true, false}, "its writer": {w.Viewer(writer), true, true}, "the program": {press.Itself, true, true},
	} {
		states := map[string]press.Answers{"alone": must(w.Store.Entry(ctx, c.viewer, e.ID))(t).Answers}
		states["by its address"] = must(w.Store.EntryBySlug(ctx, c.viewer, site.ID, f.Slug, e.Slug))(t).Answers
		for what, s := range map[string]store.Selection{
			"in a list": {Form: f.ID, Body: true}, "sorted": {Form: f.ID, By: press.ByTitle, Body: true}, "by date": {Form: f.ID, By: press.ByDate, Body: true},
			"found": {Form: f.ID, Query: terms.Parse("four"), Order: store.Relevance, Body: true},
		} {
			found := must(w.Store.Entries(ctx, c.viewer, s))(t).Entries
			if len(found) != 1 {
				t.Fatalf("%s, %s: %d entries", name, what, len(found))
			}
			states[what] = found[0].Answers
		}
		states["its first state"] = must(w.Store.Revision(ctx, c.viewer, e.ID, 1))(t).Answers
		states["its states"] = must(w.Store.Revisions(ctx, c.viewer, e.ID))(t)[0].Answers
		for what, a := range states {
			if got := len(a["secret"]) > 0; got != c.secret {
				t.Errorf("%s, %s: what animators see: %t", name, what, got)
			}
			if got := len(a["mail"]) > 0; got != c.mail {
				t.Errorf("%s, %s: the address: %t", name, what, got)
			}
		}
	}
	for _, word := range []string{"secrete", "secrete@example.org"} {
		if n := must(w.Store.CountEntries(ctx, press.Viewer{}, store.Selection{Query: terms.Parse(word)}))(t); n != 0 {
			t.Errorf("search finds %d by %q", n, word)
		}
	}
}

func dossiersAndLinks(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	a, b := w.Entry(site, "A", press.Published), w.Entry(site, "B", press.Published)
	v := w.Member("Sterenn", press.Animator, site.ID, "")
	d := press.Dossier{ID: ID[press.DossierID](), Site: site.ID, Slug: "tenir", Title: "Tenir", Language: "fr", Entries: []press.EntryID{b.ID, a.ID}, MadeBy: v.Person, MadeAt: w.Now(), UpdatedAt: w.Now()}
	w.Write(func(tx *store.Tx) error { return tx.SaveDossier(ctx, d) })
	same(t, "the dossier", must(w.Store.Dossier(ctx, v, d.ID))(t), d)
	_, err := w.Store.DossierBySlug(ctx, press.Viewer{}, site.ID, "tenir")
	fails(t, "a reader reads a dossier in preparation", err, press.NotFound)
	d.PublishedAt = w.Now()
	w.Write(func(tx *store.Tx) error { return tx.SaveDossier(ctx, d) })
	same(t, "published", must(w.Store.DossierBySlug(ctx, press.Viewer{}, site.ID, "tenir"))(t).Entries, d.Entries)

	h := press.Handing{ID: ID[press.HandingID](), Token: "jeton", Site: site.ID, Person: v.Person, Name: "Sterenn", Shown: true, At: w.Now()}
	w.Write(func(tx *store.Tx) error { return tx.InsertHanding(ctx, h) })
	same(t, "the link", must(w.Store.HandingByToken(ctx, "jeton"))(t), h)
	if mine := must(w.Store.Handings(ctx, press.Viewer{}, site.ID))(t); len(mine) != 0 {
		t.Errorf("nobody has links: %v", mine)
	}
	w.Write(func(tx *store.Tx) error { return tx.EndHanding(ctx, h.ID, v.Person, w.Now()) })
	_, err = w.Store.HandingByToken(ctx, "jeton")
	fails(t, "an ended link", err, press.NotFound)
}

func crews(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	first, second, stranger := w.Person("Maï"), w.Person("Yann"), w.Person("Goulven")
	signed := func(title string, by press.Person, status press.Status) press.Entry {
		return w.Entry(site, title, status, func(e *press.Entry) {
			e.CreatedBy = by.ID
			e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignOrganisation, Name: "Les Trois-Dunes", Person: by.ID}}
		})
	}
	mine, pending, theirs := signed("La mienne", first, press.Published), signed("En attente", first, press.Proposed), signed("D’un autre", stranger, press.Published)
	all := must(w.Store.Crews(ctx, w.Viewer(first)))(t)
	if len(all) != 1 || all[0].Name != "Les Trois-Dunes" || all[0].ID != "" {
		t.Fatalf("crews %+v", all)
	}
	crew := ID[press.CrewID]()
	w.Write(func(tx *store.Tx) error {
		for _, p := range []press.Person{first, second} {
			if err := tx.JoinCrew(ctx, crew, all[0].Byline, p.ID, w.Now()); err != nil {
				return err
			}
		}
		return tx.ShareAll(ctx, crew)
	})
	owns := func(p press.Person, e press.Entry) bool {
		v := w.Viewer(p)
		found, err := w.Store.Entry(ctx, v, e.ID)
		return err == nil && v.Owns(found)
	}
	if !owns(second, mine) || !owns(second, pending) || owns(second, theirs) || owns(stranger, mine) {
		t.Errorf("shared: %t %t, and not: %t %t", owns(second, mine), owns(second, pending), owns(second, theirs), owns(stranger, mine))
	}
	if n := must(w.Store.CountEntries(ctx, w.Viewer(second), store.Selection{Person: second.ID, Statuses: []press.Status{press.Published, press.Proposed}}))(t); n != 2 {
		t.Errorf("%d among their texts, want 2", n)
	}
	e := must(w.Store.Entry(ctx, press.Itself, mine.ID))(t)
	if len(e.Credits) != 1 {
		t.Errorf("who shares is credited: %+v", e.Credits)
	}
	later := signed("Plus tard", second, press.Published)
	w.Write(func(tx *store.Tx) error {
		if err := tx.KeepShared(ctx, later.ID, second.ID); err != nil {
			return err
		}
		return tx.ReplaceCredits(ctx, mine.ID, e.Credits) // what is shared stays so
	})
	if !owns(first, later) || !owns(second, mine) {
		t.Error("what is signed later isn't shared, or what was no longer is")
	}
	w.Write(func(tx *store.Tx) error {
		if n, err := tx.PublishedBy(ctx, first.ID, "", ""); err != nil || n != 1 {
			t.Errorf("what others signed counts as published by them: %d, %v", n, err)
		}
		if err := tx.LeaveCrew(ctx, crew, second.ID); err != nil {
			return err
		}
		return tx.ShareAll(ctx, crew)
	})
	if owns(second, mine) || owns(first, later) || !owns(second, later) {
		t.Error("what is left is still shared, or one's own is lost")
	}
}
