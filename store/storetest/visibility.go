package storetest

import (
	"slices"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var visibility = []behaviour{
	{"entry/visible to each viewer in each status", testVisible},
	{"entry/withdrawn says gone only if it was public", testWithdrawn},
	{"site/closed", testClosedSite},
}

var statuses = []press.Status{
	press.Drafted, press.Proposed, press.Scheduled, press.Published, press.Returned, press.Refused, press.Withdrawn, press.Binned,
}

// testVisible holds every query to press.Viewer.MayRead, for every kind of
// viewer, in every status, in and out of sections. Which answers are right is
// in press's own tests; here all ways of asking must give the same.
func testVisible(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	here, there := w.Section(site, "Quartier"), w.Section(site, "Port")
	maker, author, second, scribe := w.Person("Maker"), w.Person("Autrice"), w.Person("Seconde"), w.Person("Scribe")
	hidden, reader, shot := w.Person("Cachée"), w.Person("Relecteur"), w.Person("Photographe")

	viewers := map[string]press.Viewer{
		"anonymous":             {},
		"the program":           press.Itself,
		"someone":               w.Viewer(w.Person("Quelqu’un")),
		"contributor":           w.Member("C", press.Contributor, site.ID, ""),
		"section's contributor": w.Member("CS", press.Contributor, site.ID, here.ID),
		"animator":              w.Member("A", press.Animator, site.ID, ""),
		"section's animator":    w.Member("AS", press.Animator, site.ID, here.ID),
		"other section's":       w.Member("AO", press.Animator, site.ID, there.ID),
		"section's steward":     w.Member("SS", press.Steward, site.ID, here.ID),
		"steward":               w.Member("S", press.Steward, site.ID, ""),
		"other site's steward":  w.Member("SO", press.Steward, other.ID, ""),
		"network contributor":   w.Member("NC", press.Contributor, "", ""),
		"network animator":      w.Member("NA", press.Animator, "", ""),
		"maker":                 w.Viewer(maker),
		"author":                w.Viewer(author),
		"co-author":             w.Viewer(second),
		"anonymous co-author":   w.Viewer(hidden),
		"scribe":                w.Viewer(scribe),
		"proofreader":           w.Viewer(reader),
		"photographer":          w.Viewer(shot),
	}
	several := w.Person("Deux rôles")
	w.Role(several, press.Animator, site.ID, there.ID)
	w.Role(several, press.Contributor, site.ID, here.ID)
	viewers["two roles"] = w.Viewer(several)

	sign := func(e *press.Entry) {
		e.CreatedBy = maker.ID
		e.Credits = []press.Credit{
			{Role: press.Author, Kind: press.SignName, Name: author.Name, Person: author.ID},
			{Role: press.Author, Kind: press.SignPseudonym, Name: "Une autre", Person: second.ID},
			{Role: press.Author, Kind: press.SignAnonymous, Person: hidden.ID},
			{Role: press.Scribe, Kind: press.SignName, Name: scribe.Name, Person: scribe.ID},
			{Role: press.Proofreader, Kind: press.SignName, Name: reader.Name, Person: reader.ID},
			{Role: press.Photographer, Kind: press.SignName, Name: shot.Name, Person: shot.ID},
		}
	}
	var all []press.Entry
	for _, status := range statuses {
		for name, section := range map[string]press.SectionID{"sans": "", "quartier": here.ID} {
			all = append(all,
				w.Entry(site, string(status)+" "+name, status, sign, func(e *press.Entry) { e.Section = section }),
				w.Entry(site, string(status)+" d’un inconnu "+name, status, func(e *press.Entry) { e.Section = section }))
		}
	}
	for name, v := range viewers {
		want := map[press.EntryID]bool{}
		for _, e := range all {
			may := v.MayRead(e)
			want[e.ID] = may
			got, err := w.Store.Entry(ctx, v, e.ID)
			if (err == nil) != may {
				t.Errorf("%s reads %q by identifier: %v, want %t", name, e.Title, err, may)
			}
			if err != nil && got.ID != "" {
				t.Errorf("%s is given %q along with the error", name, e.Title)
			}
			if _, err = w.Store.EntryBySlug(ctx, v, site.ID, "article", e.Slug); (err == nil) != may {
				t.Errorf("%s reads %q by address: %v, want %t", name, e.Title, err, may)
			}
		}
		for _, choice := range append([][]press.Status{statuses, nil}, eachAlone(statuses)...) {
			s := store.Selection{Site: site.ID, Statuses: choice, Order: store.Latest, Limit: 100}
			page := must(w.Store.Entries(ctx, v, s))(t)
			listed := map[press.EntryID]bool{}
			for _, e := range page.Entries {
				listed[e.ID] = true
			}
			for _, e := range all {
				asked := slices.Contains(choice, e.Status) || choice == nil && e.Status == press.Published
				if listed[e.ID] != (asked && want[e.ID]) {
					t.Errorf("%s lists %q among %v: %t", name, e.Title, choice, listed[e.ID])
				}
			}
			if n := must(w.Store.CountEntries(ctx, v, s))(t); n != len(page.Entries) {
				t.Errorf("%s counts %d among %v, and lists %d", name, n, choice, len(page.Entries))
			}
		}
	}
}

func eachAlone(all []press.Status) (sets [][]press.Status) {
	for _, s := range all {
		sets = append(sets, []press.Status{s})
	}
	return sets
}

func testWithdrawn(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	was := w.Entry(site, "Publiée puis retirée", press.Withdrawn, func(e *press.Entry) { e.PublishedAt = w.Now() })
	never := w.Entry(site, "Jamais parue", press.Withdrawn)
	_, err := w.Store.Entry(ctx, press.Viewer{}, was.ID)
	fails(t, "withdrawn after publication", err, press.Gone)
	_, err = w.Store.EntryBySlug(ctx, press.Viewer{}, site.ID, "article", was.Slug)
	fails(t, "withdrawn after publication, by address", err, press.Gone)
	_, err = w.Store.Entry(ctx, press.Viewer{}, never.ID)
	fails(t, "withdrawn before publication", err, press.NotFound)
	_, err = w.Store.Entry(ctx, press.Itself, ID[press.EntryID]())
	fails(t, "no such entry", err, press.NotFound)
}

func testClosedSite(t *testing.T, w *World) {
	ctx := t.Context()
	open := w.Site("ouvert")
	site := w.Site("clos", func(s *press.Site) { s.Host = "clos.example.org" })
	kept, shown := w.Entry(site, "Ici dormait", press.Published), w.Entry(open, "Ici vit", press.Published)
	steward := w.Member("S", press.Steward, site.ID, "")
	animator := w.Member("A", press.Animator, site.ID, "")
	site.ClosedAt = w.Now()
	w.Write(func(tx *store.Tx) error { return tx.UpdateSite(ctx, site) })

	for name, v := range map[string]press.Viewer{"anonymous": {}, "animator": animator} {
		_, err := w.Store.Site(ctx, v, site.ID)
		fails(t, name+": site", err, press.Gone)
		_, err = w.Store.SiteBySlug(ctx, v, site.Slug)
		fails(t, name+": site by slug", err, press.Gone)
		_, err = w.Store.SiteByHost(ctx, v, site.Host)
		fails(t, name+": site by host", err, press.Gone)
	}
	for name, v := range map[string]press.Viewer{"steward": steward, "the program": press.Itself} {
		if got := must(w.Store.Site(ctx, v, site.ID))(t); !got.ClosedAt.Equal(site.ClosedAt) {
			t.Errorf("%s: closed at %v, want %v", name, got.ClosedAt, site.ClosedAt)
		}
	}
	same(t, "sites for all", siteSlugs(must(w.Store.Sites(ctx, press.Viewer{}))(t)), []string{"ouvert"})
	same(t, "sites for the program", siteSlugs(must(w.Store.Sites(ctx, press.Itself))(t)), []string{"ouvert", "clos"})
	page := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{}))(t)
	same(t, "the network's latest", titles(page), []string{shown.Title})
	if n := must(w.Store.CountEntries(ctx, press.Viewer{}, store.Selection{Site: kept.Site}))(t); n != 1 {
		t.Errorf("a closed site keeps its entries: %d", n)
	}
}

func siteSlugs(all []press.Site) (slugs []string) {
	for _, s := range all {
		slugs = append(slugs, s.Slug)
	}
	return slugs
}

func titles(p store.Page) (all []string) {
	for _, e := range p.Entries {
		all = append(all, e.Title)
	}
	return all
}
