package storetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var writes = []behaviour{
	{"write/all or nothing", testRollback},
	{"write/run again when an address was taken meanwhile", testUniqueRace},
	{"write/two verbs on an entry take turns", testTurns},
	{"write/touch raises versions", testTouch},
	{"write/a cancelled context", testCancelled},
	{"store/schema, engine, ping", testOpenStore},
	{"store/backup while writing", testBackup},
}

// together runs f n times at once and gives the errors.
func together(n int, f func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = f(i) })
	}
	all.Wait()
	return errs
}

// once checks that one of several tries succeeded and the others found nothing.
func once(t testing.TB, what string, errs []error) {
	t.Helper()
	successes := 0
	for _, err := range errs {
		if err == nil {
			successes++
			continue
		}
		fails(t, what+" again", err, press.NotFound)
	}
	if successes != 1 {
		t.Errorf("%s succeeded %d times, want once", what, successes)
	}
}

func testRollback(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	e := w.Entry(site, "Avant", press.Published)
	mine := errors.New("mine")
	runs := 0
	err := w.Store.Write(ctx, func(tx *store.Tx) error {
		runs++
		changed := e
		changed.Title = "Après"
		err := errors.Join(tx.UpdateEntry(ctx, changed), tx.Touch(ctx, site.ID), tx.ReplaceTags(ctx, e, []press.Tag{{Slug: "x", Label: "x"}}),
			tx.Enqueue(ctx, "mail", 1, Epoch, ""), tx.Emit(ctx, press.Event{Kind: press.EntryFiled, Site: site.ID, At: w.Now()}))
		if err != nil {
			t.Error(err)
		}
		if got := must(tx.Entry(ctx, press.Itself, e.ID))(t); got.Title != "Après" {
			t.Errorf("inside, its own writes aren't seen: %q", got.Title)
		}
		if got := must(w.Store.Entry(ctx, press.Itself, e.ID))(t); got.Title != "Avant" {
			t.Errorf("outside, %q is seen before the end", got.Title)
		}
		return fmt.Errorf("rename: %w", mine)
	})
	if !errors.Is(err, mine) || runs != 1 {
		t.Errorf("%d runs, then %v", runs, err)
	}
	same(t, "the entry", must(w.Store.Entry(ctx, press.Itself, e.ID))(t), e)
	same(t, "the site", must(w.Store.Site(ctx, press.Itself, site.ID))(t), site)
	same(t, "the jobs", must(w.Store.JobCounts(ctx))(t), map[string]int{})
	decisions, _, err := w.Store.Decisions(ctx, press.Viewer{}, site.ID, "", 5)
	if err != nil || len(decisions) != 0 {
		t.Errorf("decisions: %v, %v", decisions, err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a panic was swallowed")
			}
		}()
		_ = w.Store.Write(ctx, func(tx *store.Tx) error {
			_ = tx.Touch(ctx, site.ID)
			panic("a bug")
		})
	}()
	w.Write(func(tx *store.Tx) error { return tx.Touch(ctx, site.ID) }) // the writer isn't held
	if got := must(w.Store.Site(ctx, press.Itself, site.ID))(t); got.Version != 2 {
		t.Errorf("version %d, want 2", got.Version)
	}
}

// testUniqueRace: writers who choose the same free address at once all get one.
func testUniqueRace(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	form := w.Form(site, "article").ID
	const n = 4
	var runs atomic.Int32
	var ready sync.WaitGroup
	ready.Add(n)
	errs := together(n, func(i int) error {
		arrived := false
		return w.Store.Write(ctx, func(tx *store.Tx) error {
			runs.Add(1)
			e := press.Entry{ID: ID[press.EntryID](), Site: site.ID, Form: form, Status: press.Published, Title: fmt.Sprint(i)}
			var err error
			if e.Slug, err = tx.FreeSlug(ctx, site.ID, form, e.ID, "fete"); err != nil {
				return err
			}
			if w.Store.Engine() == "postgres" && !arrived { // all have chosen before any writes
				arrived = true
				ready.Done()
				ready.Wait()
			}
			return tx.InsertEntry(ctx, e)
		})
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	slugs := map[string]bool{}
	for _, e := range must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{}))(t).Entries {
		slugs[e.Slug] = true
	}
	same(t, "addresses", slugs, map[string]bool{"fete": true, "fete-2": true, "fete-3": true, "fete-4": true})
	if w.Store.Engine() == "postgres" && runs.Load() == n {
		t.Error("nobody lost the race: the test proves nothing")
	}
}

// testTurns counts revisions under the entry's lock: none is lost.
func testTurns(t *testing.T, w *World) {
	ctx := t.Context()
	e := w.Entry(w.Site("mag"), "a", press.Published)
	const n = 8
	errs := together(n, func(int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error {
			held, err := tx.EntryToChange(ctx, e.ID)
			if err != nil {
				return err
			}
			held.Revision++
			number, err := tx.NextRevision(ctx, e.ID)
			if err != nil {
				return err
			}
			if number != held.Revision {
				t.Errorf("revision %d of an entry at %d", number, held.Revision)
			}
			r := press.Revision{Entry: e.ID, Number: number, Kind: press.Amended, State: press.Kept, MadeAt: Epoch}
			return errors.Join(tx.InsertRevision(ctx, r), tx.UpdateEntry(ctx, held))
		})
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if got := must(w.Store.Entry(ctx, press.Itself, e.ID))(t).Revision; got != n+1 {
		t.Errorf("at revision %d, want %d", got, n+1)
	}
}

func testTouch(t *testing.T, w *World) {
	ctx := t.Context()
	a, b := w.Site("a"), w.Site("b")
	versions := func() []int64 {
		return []int64{
			must(w.Store.Network(ctx, press.Viewer{}))(t).Version,
			must(w.Store.Site(ctx, press.Viewer{}, a.ID))(t).Version,
			must(w.Store.Site(ctx, press.Viewer{}, b.ID))(t).Version,
		}
	}
	same(t, "at first", versions(), []int64{1, 1, 1})
	w.Write(func(tx *store.Tx) error { return tx.Touch(ctx, a.ID) })
	same(t, "a site and the network", versions(), []int64{2, 2, 1})
	w.Write(func(tx *store.Tx) error { return tx.Touch(ctx, "") })
	same(t, "the network alone", versions(), []int64{3, 2, 1})
	errs := together(5, func(int) error { return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.Touch(ctx, b.ID) }) })
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	same(t, "all at once", versions(), []int64{8, 2, 6})
	fails(t, "no such site", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.Touch(ctx, "nulle-part") }), press.NotFound)
	same(t, "then nothing", versions(), []int64{8, 2, 6})
}

func testCancelled(t *testing.T, w *World) {
	ctx, cancel := context.WithCancel(t.Context())
	site := w.Site("mag")
	err := w.Store.Write(ctx, func(tx *store.Tx) error {
		defer cancel()
		return tx.Touch(ctx, site.ID)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a write cut short: %v", err)
	}
	if got := must(w.Store.Site(t.Context(), press.Itself, site.ID))(t); got.Version != 1 {
		t.Errorf("version %d, want 1", got.Version)
	}
	w.Write(func(tx *store.Tx) error { return tx.Touch(t.Context(), site.ID) })
}

func testOpenStore(t *testing.T, w *World) {
	ctx := t.Context()
	applied, known, err := w.Store.SchemaVersion(ctx)
	if err != nil || applied != known || known < 1 {
		t.Errorf("schema %d of %d, %v", applied, known, err)
	}
	if err := w.Store.Ping(ctx); err != nil {
		t.Error(err)
	}
	if e := w.Store.Engine(); e != "sqlite" && e != "postgres" {
		t.Errorf("engine %q", e)
	}
}

// testBackup copies the database while entries are written: the copy opens and
// shows one moment, every entry in it whole.
func testBackup(t *testing.T, w *World) {
	ctx := t.Context()
	file := filepath.Join(t.TempDir(), "été 100% #1?.db")
	if w.Store.Engine() != "sqlite" {
		if err := w.Store.Backup(ctx, file); err == nil {
			t.Error("a backup of PostgreSQL to a file")
		}
		return
	}
	site := w.Site("mag")
	write := func(i int) {
		w.Entry(site, fmt.Sprintf("e%d", i), press.Published, func(e *press.Entry) {
			e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous}}
		})
		w.Write(func(tx *store.Tx) error { return tx.Touch(ctx, site.ID) })
	}
	const before = 6
	for i := range before {
		write(i)
	}
	done := make(chan error, 1)
	go func() { done <- w.Store.Backup(ctx, file) }()
	for i := before; len(done) == 0; i++ {
		write(i)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := w.Store.Backup(ctx, file); err == nil {
		t.Error("a backup over another file")
	}
	copied := open(t, file)
	page := must(copied.Entries(ctx, press.Viewer{}, store.Selection{Limit: 10000}))(t)
	version := must(copied.Site(ctx, press.Itself, site.ID))(t).Version
	n := int64(len(page.Entries))
	if n < before || version != n && version != n+1 {
		t.Errorf("the copy holds %d entries at version %d", n, version)
	}
	for _, e := range page.Entries {
		if len(e.Credits) != 1 {
			t.Errorf("%s is half there", e.Title)
		}
		must(copied.Revision(ctx, press.Viewer{}, e.ID, 1))(t)
	}
	err := copied.Write(ctx, func(tx *store.Tx) error { return tx.Touch(ctx, site.ID) })
	if err != nil {
		t.Error("the copy can't be written:", err)
	}
}
