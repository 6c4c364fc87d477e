package storetest

import (
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var histories = []behaviour{
	{"revision/numbers, states, who sees them", testRevisions},
	{"revision/an anonymous maker stays so", testAnonymousHistory},
}

func testRevisions(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	port := w.Section(site, "Port")
	e := w.Entry(site, "a", press.Published, By(ana), func(e *press.Entry) { e.Section = port.ID })
	add := func(state press.RevisionState, kind press.RevisionKind) press.Revision {
		r := press.Revision{
			Entry: e.ID, Base: 1, Kind: kind, State: state, Note: "Une faute", MadeBy: ana.ID, MadeAt: w.Now(),
			Content: press.Content{
				Answers: press.Answers{"title": {"autre"}}, Section: port.ID, Tags: []string{"Vélo"}, Language: "br", Licence: "CC0-1.0",
			},
			Maker: e.Credits[0],
		}
		w.Write(func(tx *store.Tx) (err error) {
			if _, err := tx.EntryToChange(ctx, e.ID); err != nil {
				return err
			}
			if r.Number, err = tx.NextRevision(ctx, e.ID); err != nil {
				return err
			}
			return tx.InsertRevision(ctx, r)
		})
		return r
	}
	kept := add(press.Kept, press.Corrected)
	waiting := add(press.Waiting, press.Amended)
	declined := add(press.Waiting, press.Merged)
	same(t, "numbers", []int{kept.Number, waiting.Number, declined.Number}, []int{2, 3, 4})
	w.Write(func(tx *store.Tx) error { return tx.SettleRevision(ctx, e.ID, 4, press.Declined) })
	declined.State = press.Declined
	fails(t, "settling twice", w.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.SettleRevision(ctx, e.ID, 4, press.Kept)
	}), press.NotFound)

	for name, c := range map[string]struct {
		v    press.Viewer
		want []int
	}{
		"a reader":             {press.Viewer{}, []int{2, 1}},
		"a contributor":        {w.Member("C", press.Contributor, site.ID, ""), []int{2, 1}},
		"another's animator":   {w.Member("B", press.Animator, w.Site("autre").ID, ""), []int{2, 1}},
		"the animator":         {w.Member("A", press.Animator, site.ID, ""), []int{4, 3, 2, 1}},
		"the section's":        {w.Member("S", press.Animator, site.ID, port.ID), []int{4, 3, 2, 1}},
		"the author":           {w.Viewer(ana), []int{4, 3, 2, 1}},
		"the program":          {press.Itself, []int{4, 3, 2, 1}},
		"another in the house": {w.Viewer(w.Person("X")), []int{2, 1}},
	} {
		var got []int
		for _, r := range must(w.Store.Revisions(ctx, c.v, e.ID))(t) {
			got = append(got, r.Number)
			if _, err := w.Store.Revision(ctx, c.v, e.ID, r.Number); err != nil {
				t.Errorf("%s: revision %d listed, and then: %v", name, r.Number, err)
			}
		}
		same(t, name, got, c.want)
		if len(c.want) == 2 {
			_, err := w.Store.Revision(ctx, c.v, e.ID, 3)
			fails(t, name+" reads what waits", err, press.NotFound)
		}
	}
	same(t, "a revision", must(w.Store.Revision(ctx, press.Viewer{}, e.ID, 2))(t), kept)
	same(t, "one declined", must(w.Store.Revision(ctx, press.Itself, e.ID, 4))(t), declined)
	_, err := w.Store.Revision(ctx, press.Itself, e.ID, 9)
	fails(t, "no such revision", err, press.NotFound)

	hidden := w.Entry(site, "b", press.Refused, By(ana))
	_, err = w.Store.Revisions(ctx, press.Viewer{}, hidden.ID)
	fails(t, "revisions of what can't be read", err, press.NotFound)
	_, err = w.Store.Revision(ctx, press.Viewer{}, hidden.ID, 1)
	fails(t, "a revision of what can't be read", err, press.NotFound)
	fails(t, "the same number twice", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.InsertRevision(ctx, kept) }), press.Conflict)
}

// testAnonymousHistory: who signed without a name has none in the history,
// whatever else they are credited for.
func testAnonymousHistory(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	ana, bob, eve := w.Person("Ana Secrète"), w.Person("Bob"), w.Person("Ève")
	e := w.Entry(site, "a", press.Published, func(e *press.Entry) {
		e.CreatedBy = ana.ID
		e.Credits = []press.Credit{
			{Role: press.Photographer, Kind: press.SignName, Name: "Ana Secrète", Person: ana.ID},
			{Role: press.Author, Kind: press.SignAnonymous, Person: ana.ID},
			{Role: press.Author, Kind: press.SignPseudonym, Name: "Goéland", Person: bob.ID},
			{Role: press.Proofreader, Kind: press.SignName, Name: "Ève", Person: eve.ID},
		}
	})
	w.Write(func(tx *store.Tx) error {
		for i, p := range []press.Person{ana, bob, eve} {
			err := tx.InsertRevision(ctx, press.Revision{
				Entry: e.ID, Number: i + 2, Kind: press.Amended, State: press.Kept, MadeBy: p.ID, MadeAt: w.Now(),
			})
			if err == nil {
				err = tx.Emit(ctx, press.Event{Kind: press.EntryAmended, Site: site.ID, Entry: e.ID, Actor: p.ID, At: w.Now()})
			}
			if err != nil {
				return err
			}
		}
		return tx.Emit(ctx, press.Event{Kind: press.EntryPublished, Site: site.ID, Entry: e.ID, At: w.Now()})
	})
	var makers, actors []string
	for _, r := range must(w.Store.Revisions(ctx, press.Viewer{}, e.ID))(t) {
		makers = append(makers, r.Maker.Name)
		if r.MadeBy == ana.ID && !r.Maker.Anonymous() {
			t.Errorf("revision %d betrays its maker: %+v", r.Number, r.Maker)
		}
	}
	same(t, "makers", makers, []string{"Ève", "Goéland", "", ""})
	for _, s := range must(w.Store.Steps(ctx, press.Viewer{}, e.ID))(t) {
		actors = append(actors, s.By.Name)
	}
	same(t, "who did what", actors, []string{"", "Ève", "Goéland", ""})
}
