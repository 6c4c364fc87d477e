package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var journals = []behaviour{
	{"journal/events and their readers", testEvents},
	{"journal/decisions tell nothing private", testDecisions},
	{"journal/decisions by pages", testDecisionPages},
	{"journal/reactions live and die with the event", testReactions},
	{"note/for the site's people", testNotes},
}

func (w *World) emit(e press.Event) {
	w.T.Helper()
	w.Write(func(tx *store.Tx) error { return tx.Emit(w.T.Context(), e) })
}

func testEvents(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	e := w.Entry(site, "a", press.Returned, By(ana))
	var seen press.Event
	w.Store.React(func(_ context.Context, _ *store.Tx, e press.Event) error { seen = e; return nil })
	at := w.Now()
	w.emit(press.Event{
		Kind: press.EntryReturned, Site: site.ID, Entry: e.ID, Actor: ana.ID, Reason: "Trop court", At: at,
		Data: map[string]string{"note": "Bravo ! Racontez la suite."},
	})
	same(t, "an event", must(w.Store.Event(ctx, press.Itself, seen.ID))(t), seen)
	if !seen.At.Equal(at) || seen.ID == "" {
		t.Errorf("what the reaction saw: %+v", seen)
	}
	for name, v := range map[string]press.Viewer{"a reader": {}, "its actor": w.Viewer(ana), "a steward": w.Member("S", press.Steward, "", "")} {
		_, err := w.Store.Event(ctx, v, seen.ID)
		fails(t, name+" reads the raw event", err, press.NotFound)
	}
	w.emit(press.Event{Kind: press.PersonConfirmed, At: w.Now()})
	bare := must(w.Store.Event(ctx, press.Itself, seen.ID))(t)
	if bare.Site != "" || bare.Entry != "" || bare.Actor != "" || len(bare.Data) != 0 {
		t.Errorf("an event about nothing: %+v", bare)
	}

	for name, c := range map[string]struct {
		v    press.Viewer
		note string
	}{
		"its author":    {w.Viewer(ana), "Bravo ! Racontez la suite."},
		"an animator":   {w.Member("A", press.Animator, site.ID, ""), "Bravo ! Racontez la suite."},
		"a contributor": {w.Member("C", press.Contributor, site.ID, ""), "Bravo ! Racontez la suite."},
		"a reader":      {press.Viewer{}, ""},
		"another":       {w.Viewer(w.Person("X")), ""},
	} {
		data := must(w.Store.LastData(ctx, c.v, e, press.EntryReturned))(t)
		if data["note"] != c.note {
			t.Errorf("%s reads the note %q", name, data["note"])
		}
	}
	if data := must(w.Store.LastData(ctx, press.Itself, e, press.EntryRefused))(t); data != nil {
		t.Errorf("what never happened: %v", data)
	}
	_, err := w.Store.Steps(ctx, press.Viewer{}, e.ID)
	fails(t, "the steps of what can't be read", err, press.NotFound)
}

func testDecisions(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	animator, ana, boss := w.Person("Anim"), w.Person("Ana Secrète"), w.Person("Auteur animateur")
	secret := func(e *press.Entry) {
		e.CreatedBy = ana.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: ana.ID}}
	}
	shown := w.Entry(site, "Paru", press.Published, secret)
	refused := w.Entry(site, "Injure refusée", press.Refused, secret)
	own := w.Entry(site, "À moi", press.Published, func(e *press.Entry) {
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignPseudonym, Name: "Goéland", Person: boss.ID}}
	})
	told := func(kind press.EventKind, e press.Entry, by press.PersonID) {
		w.emit(press.Event{
			Kind: kind, Site: e.Site, Entry: e.ID, Actor: by, Reason: "Parce que", At: w.Now(), Data: map[string]string{"note": "privé"},
		})
	}
	told(press.EntryPublished, shown, animator.ID)
	told(press.EntryRefused, refused, animator.ID)
	told(press.EntryWithdrawn, shown, ana.ID)
	told(press.EntryFeatured, own, boss.ID)
	told(press.EntryPublished, shown, "")
	told(press.EntryPublished, w.Entry(other, "Ailleurs", press.Published), animator.ID)
	for _, kind := range []press.EventKind{press.NoteLeft, press.EntryProposed, press.EntryAmended, press.MemberJoined, press.PersonConfirmed} {
		told(kind, shown, ana.ID)
	}
	all, older, err := w.Store.Decisions(ctx, press.Viewer{}, site.ID, "", 50)
	if err != nil || older != "" {
		t.Fatal(err, older)
	}
	var lines []string
	for _, d := range all {
		if d.Event == "" || d.At.IsZero() || d.Reason != "Parce que" {
			t.Errorf("a decision: %+v", d)
		}
		lines = append(lines, strings.Join([]string{string(d.Kind), d.By, d.Title, d.Path}, "|"))
	}
	same(t, "decisions", lines, []string{
		"entry.published||Paru|article/paru",
		"entry.featured||À moi|article/a-moi",
		"entry.withdrawn||Paru|article/paru",
		"entry.refused|Anim||",
		"entry.published|Anim|Paru|article/paru",
	})
}

func testDecisionPages(t *testing.T, w *World) {
	site := w.Site("mag")
	at := w.Now()
	for range 7 { // all at one moment
		w.emit(press.Event{Kind: press.SectionChanged, Site: site.ID, At: at})
		w.emit(press.Event{Kind: press.EntryFiled, Site: site.ID, At: at})
	}
	seen := map[press.EventID]bool{}
	var before store.Cursor
	for range 10 {
		page, older, err := w.Store.Decisions(t.Context(), press.Viewer{}, site.ID, before, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range page {
			seen[d.Event] = true
		}
		w.emit(press.Event{Kind: press.EntryFiled, Site: site.ID, At: w.Now()})
		if before = older; older == "" {
			break
		}
	}
	if len(seen) != 7 || before != "" {
		t.Errorf("%d decisions seen, want 7; then %q", len(seen), before)
	}
}

func testReactions(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	refuse := false
	w.Store.React(func(ctx context.Context, tx *store.Tx, e press.Event) error {
		if refuse {
			return errors.New("no")
		}
		return tx.Enqueue(ctx, string(e.Kind), e, e.At, "")
	})
	w.emit(press.Event{Kind: press.EntryFiled, Site: site.ID, At: w.Now()})
	refuse = true
	if err := w.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Emit(ctx, press.Event{Kind: press.EntryFiled, Site: site.ID, At: w.Now()})
	}); err == nil {
		t.Error("a reaction failed, and the event was kept")
	}
	same(t, "jobs", must(w.Store.JobCounts(ctx))(t), map[string]int{"waiting": 1})
	all, _, err := w.Store.Decisions(ctx, press.Viewer{}, site.ID, "", 10)
	if err != nil || len(all) != 1 {
		t.Errorf("%d decisions, %v", len(all), err)
	}
}

func testNotes(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	e := w.Entry(site, "a", press.Proposed, By(ana))
	contributor := w.Member("Colin", press.Contributor, site.ID, "")
	n := press.Note{
		ID: ID[press.NoteID](), Entry: e.ID, Person: contributor.Person, Name: "Colin", Text: "On l’aide ?", CreatedAt: w.Now(),
	}
	m := n
	m.ID, m.Text, m.CreatedAt = ID[press.NoteID](), "Oui", w.Now()
	w.Write(func(tx *store.Tx) error { return errors.Join(tx.InsertNote(ctx, m), tx.InsertNote(ctx, n)) })
	same(t, "for a contributor", must(w.Store.Notes(ctx, contributor, e))(t), []press.Note{n, m})
	for name, v := range map[string]press.Viewer{"a reader": {}, "the author": w.Viewer(ana), "elsewhere": w.Member("S", press.Steward, w.Site("autre").ID, "")} {
		if notes := must(w.Store.Notes(ctx, v, e))(t); len(notes) != 0 {
			t.Errorf("%s reads %v", name, notes)
		}
	}
}
