package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/press"
	"bourgeon/store"
)

var sites = []behaviour{
	{"network/founded and described anew", testNetwork},
	{"site/everything comes back", testSite},
	{"site/forms", testForms},
	{"section/order and closing", testSections},
	{"vocabulary/terms in order", testVocabularies},
	{"redirect/old addresses", testRedirects},
}

func testNetwork(t *testing.T, w *World) {
	ctx := t.Context()
	n := must(w.Store.Network(ctx, press.Viewer{}))(t)
	if n.Name != "Pays de Kerbalan" || n.Version != 1 || n.CreatedAt.IsZero() {
		t.Errorf("founded: %+v", n)
	}
	n.Name, n.Tagline, n.Language, n.About, n.AboutHTML = "Autre", "Ailleurs", "br", "*Ici*", "<em>Ici</em>"
	again := n
	again.CreatedAt = w.Now()
	w.Write(func(tx *store.Tx) error { return tx.SaveNetwork(ctx, again) })
	n.Version = 2
	same(t, "described anew, its birth and version its own", must(w.Store.Network(ctx, press.Viewer{}))(t), n)
}

func testSite(t *testing.T, w *World) {
	ctx := t.Context()
	s := w.Site("mag", func(s *press.Site) { s.Host = "mag.example.org" })
	w.Site("sans-domaine")
	w.Site("sans-domaine-non-plus")
	same(t, "by slug", must(w.Store.SiteBySlug(ctx, press.Viewer{}, "mag"))(t), s)
	same(t, "by host", must(w.Store.SiteByHost(ctx, press.Viewer{}, "mag.example.org"))(t), s)
	for name, find := range map[string]func() (press.Site, error){
		"slug":    func() (press.Site, error) { return w.Store.SiteBySlug(ctx, press.Itself, "autre") },
		"host":    func() (press.Site, error) { return w.Store.SiteByHost(ctx, press.Itself, "example.org") },
		"no host": func() (press.Site, error) { return w.Store.SiteByHost(ctx, press.Itself, "") },
		"id":      func() (press.Site, error) { return w.Store.Site(ctx, press.Itself, "") },
	} {
		_, err := find()
		fails(t, "no site by "+name, err, press.NotFound)
	}
	w.Write(func(tx *store.Tx) error { return tx.Touch(ctx, s.ID) })
	s = press.Site{
		ID: s.ID, Slug: "magazine", Name: "Mag’", Tagline: "T", Languages: []string{"br"}, Timezone: "UTC", Charter: "C",
		CharterHTML: "H", Openness: press.Members, Revising: press.ReviseReviewed, Licence: "CC0-1.0",
		Words: map[string]press.SiteWords{"fr": {Name: "Le mag’", Charter: "C", CharterHTML: "H"}},
		Look:  press.Look{Model: press.Poster, Sheet: "a { b: c }", CSS: "a{b:c;}", Colour: "#000000", Menu: []press.MenuLine{{Label: press.Text{"br": "Mor"}, Target: "/tag/mor"}}},
		Front: w.Entry(s, "Accueil", press.Published).ID, Version: 99, CreatedAt: s.CreatedAt,
	}
	w.Write(func(tx *store.Tx) error { return tx.UpdateSite(ctx, s) })
	s.Version = 2 // Touch alone raises it
	same(t, "described anew", must(w.Store.Site(ctx, press.Viewer{}, s.ID))(t), s)
	taken := s
	taken.ID = ID[press.SiteID]()
	fails(t, "an address twice", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.InsertSite(ctx, taken) }), press.Conflict)
	fails(t, "no such site", w.Store.Write(ctx, func(tx *store.Tx) error {
		taken.Slug = "x"
		return tx.UpdateSite(ctx, taken)
	}), press.NotFound)
}

func testForms(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	all := must(w.Store.Forms(ctx, press.Viewer{}, site.ID))(t)
	want := press.BuiltInForms()
	if len(all) != len(want) {
		t.Fatalf("%d forms, want %d", len(all), len(want))
	}
	for i, f := range all {
		same(t, "found by identifier", must(w.Store.Form(ctx, press.Viewer{}, f.ID))(t), f)
		same(t, "found by address", must(w.Store.FormBySlug(ctx, press.Viewer{}, site.ID, f.Slug))(t), f)
		f.ID, f.Site = "", ""
		if diff := cmp.Diff(want[i], f); diff != "" {
			t.Errorf("form %s: %s", f.Slug, diff)
		}
	}
	_, err := w.Store.FormBySlug(ctx, press.Viewer{}, site.ID, "autre")
	fails(t, "no such form", err, press.NotFound)
}

func testSections(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	a, b, c := w.Section(site, "Port"), w.Section(site, "Bourg"), w.Section(site, "Écoles")
	a.Position, b.Position, c.Position = 2, 1, 3
	b.Name, b.Slug, b.Description = "Le bourg", "le-bourg", "Au milieu"
	b.Words = map[string]press.SectionWords{"br": {Name: "Ar vourc’h"}}
	c.ClosedAt = w.Now()
	w.Write(func(tx *store.Tx) error {
		for _, s := range []press.Section{a, b, c} {
			if err := tx.SaveSection(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	same(t, "the open ones, in order", must(w.Store.Sections(ctx, press.Viewer{}, site.ID))(t), []press.Section{b, a})
	same(t, "a closed one still answers", must(w.Store.SectionBySlug(ctx, press.Viewer{}, site.ID, "ecoles"))(t), c)
	same(t, "by identifier", must(w.Store.Section(ctx, press.Viewer{}, c.ID))(t), c)
	_, err := w.Store.SectionBySlug(ctx, press.Viewer{}, site.ID, "bourg")
	fails(t, "by an old address", err, press.NotFound)
	twin := press.Section{ID: ID[press.SectionID](), Site: site.ID, Slug: "port", Name: "Port"}
	fails(t, "an address twice", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.SaveSection(ctx, twin) }), press.Conflict)
}

func testVocabularies(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	term := func(slug string) press.Term {
		return press.Term{ID: ID[press.TermID](), Slug: slug, Label: press.Text{"fr": slug, "br": slug}}
	}
	v := press.Vocabulary{
		ID: ID[press.VocabularyID](), Site: site.ID, Slug: "publics", Name: press.Text{"fr": "Publics"},
		Terms: []press.Term{term("jeunes"), term("aines")},
	}
	save := func() {
		w.Write(func(tx *store.Tx) error { return tx.SaveVocabulary(ctx, v) })
		for i := range v.Terms {
			v.Terms[i].Position = i + 1
		}
		same(t, "a vocabulary", must(w.Store.VocabularyBySlug(ctx, press.Viewer{}, site.ID, v.Slug))(t), v)
	}
	save()
	v.Slug, v.Terms = "pour-qui", []press.Term{v.Terms[1], term("tous"), v.Terms[0]}
	save()
	v.Terms = nil
	save()
	_, err := w.Store.VocabularyBySlug(ctx, press.Viewer{}, site.ID, "publics")
	fails(t, "by an old address", err, press.NotFound)
}

func testRedirects(t *testing.T, w *World) {
	ctx := t.Context()
	leads := func(scope, path, kind, target string) {
		t.Helper()
		k, to, err := w.Store.Redirect(ctx, press.Viewer{}, scope, path)
		if err != nil || k != kind || to != target {
			t.Errorf("%s %s leads to %s %s, %v", scope, path, k, to, err)
		}
	}
	w.Write(func(tx *store.Tx) error { return tx.KeepRedirect(ctx, "network", "mag", "site", "s1", 1) })
	w.Write(func(tx *store.Tx) error { return tx.KeepRedirect(ctx, "s1", "mag", "entry", "e1", 1) })
	leads("network", "mag", "site", "s1")
	leads("s1", "mag", "entry", "e1")
	w.Write(func(tx *store.Tx) error { return tx.KeepRedirect(ctx, "s1", "mag", "section", "c1", 2) })
	leads("s1", "mag", "section", "c1")
	w.Write(func(tx *store.Tx) error { return tx.DropRedirect(ctx, "s1", "mag") })
	_, _, err := w.Store.Redirect(ctx, press.Viewer{}, "s1", "mag")
	fails(t, "freed", err, press.NotFound)
	leads("network", "mag", "site", "s1")
	w.Write(func(tx *store.Tx) error { return tx.DropRedirect(ctx, "s1", "rien") })
}
