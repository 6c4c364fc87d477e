package storetest

import (
	"testing"

	"bourgeon/kit/fold"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

var credits = []behaviour{
	{"credit/order, roles, replacement", testCredits},
	{"credit/anonymous bears no name", testAnonymousCredit},
	{"byline/one a person and name", testBylines},
	{"byline/listed where published", testBylineLists},
	{"byline/what a person has published", testPublishedBy},
}

func testCredits(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	e := w.Entry(site, "a", press.Published, func(e *press.Entry) {
		e.Credits = []press.Credit{
			{Role: press.Author, Kind: press.SignOrganisation, Name: "Les Trois-Dunes", Person: ana.ID},
			{Role: press.Actor, Kind: press.SignName, Name: "Zoé", Organisation: "La Cale"},
			{Role: press.Scribe, Kind: press.SignName, Name: "Ana", Person: ana.ID},
		}
	})
	var got []press.Credit
	for i, c := range e.Credits {
		if c.ID == "" || c.Byline == "" || c.Position != i+1 {
			t.Errorf("credit %d: %+v", i, c)
		}
		c.ID, c.Byline, c.Position = "", "", 0
		got = append(got, c)
	}
	same(t, "credits in order", got, []press.Credit{
		{Role: press.Author, Kind: press.SignOrganisation, Slug: "les-trois-dunes", Name: "Les Trois-Dunes", Person: ana.ID},
		{Role: press.Actor, Kind: press.SignName, Slug: "zoe", Name: "Zoé", Organisation: "La Cale"},
		{Role: press.Scribe, Kind: press.SignName, Slug: "ana", Name: "Ana", Person: ana.ID},
	})
	page := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{}))(t)
	same(t, "credits in a list", page.Entries[0].Credits, e.Credits)

	swapped := []press.Credit{e.Credits[2], e.Credits[0]}
	w.Write(func(tx *store.Tx) error { return tx.ReplaceCredits(ctx, e.ID, swapped) })
	swapped[0].Position, swapped[1].Position = 1, 2
	same(t, "replaced", must(w.Store.Entry(ctx, press.Viewer{}, e.ID))(t).Credits, swapped)
}

func testAnonymousCredit(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana Secrète")
	named := w.Entry(site, "signé", press.Published, By(ana))
	byline := named.Credits[0].Byline
	// Even a caller who gets it wrong can't put a name on an anonymous credit.
	e := w.Entry(site, "anonyme", press.Published, func(e *press.Entry) {
		e.CreatedBy = ana.ID
		e.Credits = []press.Credit{
			{Role: press.Author, Kind: press.SignAnonymous, Name: "Ana Secrète", Organisation: "Là", Byline: byline, Person: ana.ID},
		}
	})
	c := e.Credits[0]
	if !c.Anonymous() || c.Name != "" || c.Organisation != "" || c.Slug != "" || c.Byline != "" {
		t.Errorf("an anonymous credit bears a name: %+v", c)
	}
	page := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Byline: byline}))(t)
	same(t, "entries on the author page", titles(page), []string{"signé"})
	for _, b := range must(w.Store.Bylines(ctx, press.Viewer{}, site.ID, 10))(t) {
		if b.Entries != 1 {
			t.Errorf("the author page counts %d", b.Entries)
		}
	}
}

func testBylines(t *testing.T, w *World) {
	one, two := w.Person("Anne Le Gall"), w.Person("Anne Le Gall")
	of := func(kind press.SignatureKind, name string, p press.PersonID) press.Byline {
		var b press.Byline
		w.Write(func(tx *store.Tx) (err error) {
			b, err = tx.BylineOf(t.Context(), press.Byline{
				ID: ID[press.BylineID](), Slug: slug.Make(name, 60), Kind: kind, Name: name,
			}, fold.Text(name), p)
			return err
		})
		return b
	}
	first := of(press.SignName, "Anne Le Gall", one.ID)
	second := of(press.SignName, "Anne Le Gall", two.ID)
	nobodys := of(press.SignName, "Anne Le Gall", "")
	if first.ID == second.ID || first.ID == nobodys.ID || second.ID == nobodys.ID {
		t.Error("two people of one name share a byline")
	}
	same(t, "addresses", []string{first.Slug, second.Slug, nobodys.Slug}, []string{"anne-le-gall", "anne-le-gall-2", "anne-le-gall-3"})
	same(t, "the same person again", of(press.SignName, "anne le  gall", one.ID), first)
	same(t, "the same name of nobody's again", of(press.SignName, "Anne Le Gall", ""), nobodys)

	pseudonym := of(press.SignPseudonym, "Anne Le Gall", one.ID)
	if pseudonym.ID == first.ID {
		t.Error("a pseudonym is the same byline as the name")
	}
	club := of(press.SignOrganisation, "Club de voile", one.ID)
	for name, p := range map[string]press.PersonID{"first": one.ID, "second": two.ID, "nobody": ""} {
		same(t, "the organisation for "+name, of(press.SignOrganisation, "CLUB de voile", p), club)
	}
	_, err := w.Store.BylineBySlug(t.Context(), press.Viewer{}, "", "personne")
	fails(t, "no such byline", err, press.NotFound)
}

func testBylineLists(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	zoe, eli, bob := w.Person("Zoé"), w.Person("Élie"), w.Person("Bob")
	w.Entry(site, "1", press.Published, By(zoe))
	w.Entry(site, "2", press.Published, By(zoe), By(eli))
	w.Entry(site, "3", press.Proposed, By(zoe), By(bob))
	w.Entry(other, "4", press.Published, By(zoe), func(e *press.Entry) {
		e.Credits = append(e.Credits, press.Credit{Role: press.Photographer, Kind: press.SignName, Name: "Zoé", Person: zoe.ID})
	})
	list := func(site press.SiteID, limit int) map[string]int {
		counts := map[string]int{}
		for _, b := range must(w.Store.Bylines(ctx, press.Viewer{}, site, limit))(t) {
			counts[b.Name] = b.Entries
		}
		return counts
	}
	same(t, "on a site", list(site.ID, 10), map[string]int{"Zoé": 2, "Élie": 1})
	same(t, "on the network", list("", 10), map[string]int{"Zoé": 3, "Élie": 1})
	same(t, "the first by name", list("", 1), map[string]int{"Élie": 1})
	b := must(w.Store.BylineBySlug(ctx, press.Viewer{}, other.ID, "zoe"))(t)
	if b.Entries != 1 || b.Name != "Zoé" || b.Kind != press.SignName {
		t.Errorf("Zoé elsewhere: %+v", b)
	}
	if n := must(w.Store.Writers(ctx, press.Viewer{}, site.ID))(t); n != 2 {
		t.Errorf("%d writers on the site, want 2", n)
	}
	if n := must(w.Store.Writers(ctx, press.Viewer{}, ""))(t); n != 2 {
		t.Errorf("%d writers on the network, want 2", n)
	}
}

func testPublishedBy(t *testing.T, w *World) {
	site, other, ana := w.Site("mag"), w.Site("autre"), w.Person("Ana")
	a := w.Entry(site, "a", press.Published, By(ana))
	w.Entry(other, "b", press.Published, func(e *press.Entry) {
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: ana.ID}}
	})
	w.Entry(site, "c", press.Proposed, By(ana))
	w.Write(func(tx *store.Tx) error {
		for name, c := range map[string]struct {
			except press.EntryID
			site   press.SiteID
			want   int
		}{
			"all": {"", "", 2}, "besides one": {a.ID, "", 1}, "on a site": {"", site.ID, 1}, "on a site besides one": {a.ID, site.ID, 0},
		} {
			n, err := tx.PublishedBy(t.Context(), ana.ID, c.except, c.site)
			if err != nil {
				return err
			}
			if n != c.want {
				t.Errorf("%s: %d, want %d", name, n, c.want)
			}
		}
		return nil
	})
}
