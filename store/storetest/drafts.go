package storetest

import (
	"errors"
	"fmt"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var drafts = []behaviour{
	{"draft/kept, found, forgotten", testDraft},
	{"draft/a stale save is a conflict", testStaleDraft},
	{"draft/whose", testDraftOwners},
	{"draft/earlier states", testDraftStates},
}

func (w *World) draft(site press.Site, with ...func(*press.Draft)) press.Draft {
	w.T.Helper()
	d := press.Draft{
		ID: ID[press.DraftID](), Site: site.ID, Form: w.Form(site, "article").ID, Version: 1, CreatedAt: w.Now(), UpdatedAt: w.Now(),
		Content: press.Content{Answers: press.Answers{"title": {"Titre"}}, Language: "fr", Licence: "CC-BY-SA-4.0"},
	}
	for _, change := range with {
		change(&d)
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertDraft(w.T.Context(), d, "hash of "+string(d.ID)) })
	return d
}

func testDraft(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	section, e := w.Section(site, "Port"), w.Entry(site, "a", press.Published, By(ana))
	d := w.draft(site, func(d *press.Draft) {
		d.Entry, d.Base, d.Person = e.ID, 3, ana.ID
		d.Section, d.Tags = section.ID, []string{"Vélo"}
		d.Signing = press.Signing{Kind: press.SignAnonymous, Email: "ana@example.org", CoAuthors: "Bob\nÈve", Charter: true}
	})
	same(t, "by its token", must(w.Store.DraftByToken(ctx, "hash of "+string(d.ID)))(t), d)
	bare := w.draft(site, func(d *press.Draft) { d.Content = press.Content{} })
	same(t, "an empty one", must(w.Store.DraftByToken(ctx, "hash of "+string(bare.ID)))(t), bare)

	stale := d
	stale.Version++
	fails(t, "ended though somebody saved since", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.EndDraft(ctx, stale) }), press.Conflict)
	other := w.draft(site)
	w.Write(func(tx *store.Tx) error { return tx.EndDraft(ctx, other) })
	_, err := w.Store.Draft(ctx, press.Itself, other.ID)
	fails(t, "ended", err, press.NotFound)

	w.Write(func(tx *store.Tx) error { return errors.Join(tx.DeleteDraft(ctx, d.ID), tx.DeleteDraft(ctx, d.ID)) })
	_, err = w.Store.Draft(ctx, press.Itself, d.ID)
	fails(t, "forgotten", err, press.NotFound)
	of := func(d *press.Draft) { d.Entry = e.ID }
	one, two := w.draft(site, of), w.draft(site, of)
	w.Write(func(tx *store.Tx) error {
		all, err := tx.DraftsOf(ctx, e.ID)
		same(t, "the entry's", all, []press.Draft{one, two})
		return err
	})
	same(t, "another's", must(w.Store.Draft(ctx, press.Itself, bare.ID))(t), bare)
}

func testStaleDraft(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	e := w.Entry(site, "a", press.Published)
	d := w.draft(site)
	mine, theirs := d, d
	mine.Answers = press.Answers{"title": {"Le mien"}}
	mine.Signing, mine.Person, mine.Entry, mine.Base, mine.UpdatedAt = press.Signing{Name: "Ana"}, ana.ID, e.ID, 2, w.Now()
	theirs.Answers, theirs.UpdatedAt = press.Answers{"title": {"Le leur"}}, w.Now()
	w.Write(func(tx *store.Tx) error { return tx.SaveDraft(ctx, mine) })
	mine.Version = 2
	same(t, "saved", must(w.Store.Draft(ctx, press.Itself, d.ID))(t), mine)
	fails(t, "a stale save", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.SaveDraft(ctx, theirs) }), press.Conflict)
	same(t, "after the stale save", must(w.Store.Draft(ctx, press.Itself, d.ID))(t), mine)
	theirs.Version = 2
	w.Write(func(tx *store.Tx) error { return tx.SaveDraft(ctx, theirs) })
	theirs.Version = 3
	same(t, "merged on what is there", must(w.Store.Draft(ctx, press.Itself, d.ID))(t), theirs)

	// Two devices save at once: one wins, the other learns it.
	errs := together(2, func(int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.SaveDraft(ctx, theirs) })
	})
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("two saves at once: %v and %v", errs[0], errs[1])
	}
	fails(t, "the loser", errors.Join(errs...), press.Conflict)
	theirs.Version = 4
	same(t, "saved once", must(w.Store.Draft(ctx, press.Itself, d.ID))(t), theirs)
}

func testDraftOwners(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana, bob := w.Site("mag"), w.Person("Ana"), w.Person("Bob")
	e := w.Entry(site, "a", press.Published, By(ana))
	first := w.draft(site, func(d *press.Draft) { d.Person = ana.ID })
	copyOf := w.draft(site, func(d *press.Draft) { d.Person, d.Entry = ana.ID, e.ID })
	nobodys := w.draft(site)
	steward := w.Member("S", press.Steward, "", "")

	for name, c := range map[string]struct {
		v         press.Viewer
		own, lost bool // may read Ana's, and nobody's
	}{
		"Ana": {w.Viewer(ana), true, false}, "Bob": {w.Viewer(bob), false, false}, "a reader": {press.Viewer{}, false, false},
		"a steward": {steward, false, false}, "the program": {press.Itself, true, true},
	} {
		_, err := w.Store.Draft(ctx, c.v, first.ID)
		if (err == nil) != c.own {
			t.Errorf("%s reads Ana's: %v", name, err)
		}
		if _, err = w.Store.Draft(ctx, c.v, nobodys.ID); (err == nil) != c.lost {
			t.Errorf("%s reads nobody's: %v", name, err)
		}
	}
	same(t, "Ana's, last changed first", must(w.Store.Drafts(ctx, w.Viewer(ana)))(t), []press.Draft{copyOf, first})
	if all := must(w.Store.Drafts(ctx, press.Viewer{}))(t); len(all) != 0 {
		t.Errorf("a reader's drafts: %v", all)
	}
	same(t, "her copy of the entry", must(w.Store.DraftOfEntry(ctx, w.Viewer(ana), e.ID))(t), copyOf)
	for name, v := range map[string]press.Viewer{"Bob": w.Viewer(bob), "a reader": {}} {
		_, err := w.Store.DraftOfEntry(ctx, v, e.ID)
		fails(t, name+"’s copy of the entry", err, press.NotFound)
	}
}

func testDraftStates(t *testing.T, w *World) {
	ctx := t.Context()
	d, other := w.draft(w.Site("mag")), w.draft(w.Site("gazette"))
	var want []press.DraftState
	for range 4 {
		d.Answers, d.UpdatedAt = press.Answers{"title": {fmt.Sprint(d.Version)}}, w.Now()
		w.Write(func(tx *store.Tx) error {
			return errors.Join(tx.KeepDraftState(ctx, d, d.Version-3), tx.KeepDraftState(ctx, d, 0), tx.KeepDraftState(ctx, other, 0))
		})
		want = append([]press.DraftState{{Draft: d.ID, Version: d.Version, Content: d.Content, SavedAt: d.UpdatedAt}}, want...)
		d.Version++
	}
	same(t, "the newest three", must(w.Store.DraftStates(ctx, d.ID, 9))(t), want[:3])
	same(t, "the last", must(w.Store.DraftStates(ctx, d.ID, 1))(t), want[:1])
	w.Write(func(tx *store.Tx) error { return tx.DeleteDraft(ctx, d.ID) })
	same(t, "with the draft they go", len(must(w.Store.DraftStates(ctx, d.ID, 9))(t)), 0)
	same(t, "another's stay", len(must(w.Store.DraftStates(ctx, other.ID, 9))(t)), 1)
}
