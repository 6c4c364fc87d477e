package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var changes = []behaviour{
	{"changes/what becomes public, changes, ceases", testChanges},
	{"changes/what surrounds an entry", testChangesAround},
	{"changes/a harvester misses nothing while many write", testHarvest},
}

// harvest follows the changes from a cursor to their end, some at a time.
func harvest(t testing.TB, s *store.Store, site press.SiteID, after store.Cursor, some int) ([]store.Change, store.Cursor) {
	t.Helper()
	var all []store.Change
	for {
		page := must(s.Changes(t.Context(), press.Viewer{}, site, after, some))(t)
		if len(page) == 0 {
			return all, after
		}
		all = append(all, page...)
		after = page[len(page)-1].At
	}
}

// told is what a harvest said, by entry.
func told(all []store.Change) map[press.EntryID]bool {
	m := map[press.EntryID]bool{}
	for _, c := range all {
		m[c.Entry] = c.Public
	}
	return m
}

func (w *World) become(e press.Entry, status press.Status) {
	w.T.Helper()
	w.Write(func(tx *store.Tx) error {
		e.Status = status
		return tx.UpdateEntry(w.T.Context(), e)
	})
}

func testChanges(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	a := w.Entry(site, "a", press.Published)
	b := w.Entry(site, "b", press.Proposed)
	c := w.Entry(other, "c", press.Published)
	all, cursor := harvest(t, w.Store, "", "", 1)
	same(t, "at first", told(all), map[press.EntryID]bool{a.ID: true, c.ID: true})
	same(t, "their order", []press.EntryID{all[0].Entry, all[1].Entry}, []press.EntryID{a.ID, c.ID})
	if all[0].Slug != "mag" || all[0].Site != site.ID {
		t.Errorf("its site: %+v", all[0])
	}
	all, _ = harvest(t, w.Store, other.ID, "", 10)
	same(t, "on one site", told(all), map[press.EntryID]bool{c.ID: true})

	w.become(b, press.Returned)
	w.Write(func(tx *store.Tx) error { return tx.ReplaceTags(ctx, b, []press.Tag{{Slug: "x", Label: "x"}}) })
	all, _ = harvest(t, w.Store, "", cursor, 10)
	same(t, "what nobody reads makes no change", told(all), map[press.EntryID]bool{})

	w.become(a, press.Published)
	w.become(b, press.Published)
	w.become(c, press.Withdrawn)
	all, cursor = harvest(t, w.Store, "", cursor, 10)
	same(t, "since", told(all), map[press.EntryID]bool{a.ID: true, b.ID: true, c.ID: false})
	w.become(c, press.Published)
	all, cursor = harvest(t, w.Store, "", cursor, 10)
	same(t, "back again", told(all), map[press.EntryID]bool{c.ID: true})

	failed := w.Store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.UpdateEntry(ctx, a), errors.New("mine"))
	})
	all, _ = harvest(t, w.Store, "", cursor, 10)
	if failed == nil || len(all) != 0 {
		t.Errorf("a transaction that failed is told: %v", all)
	}
	all, _ = harvest(t, w.Store, "", "forged!", 10)
	same(t, "a forged cursor begins at the beginning", len(all), 3)
}

func testChangesAround(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	port := w.Section(site, "Port")
	m := w.Picture(site, "p.jpg")
	e := w.Entry(site, "e", press.Published, func(e *press.Entry) {
		e.Section, e.Pictures = port.ID, []press.Media{m}
	})
	w.Entry(site, "ailleurs", press.Proposed)
	_, cursor := harvest(t, w.Store, "", "", 10)
	moved := func(what string, public, is bool, f func(tx *store.Tx) error) {
		t.Helper()
		w.Write(f)
		var all []store.Change
		all, cursor = harvest(t, w.Store, "", cursor, 10)
		want := map[press.EntryID]bool{}
		if is {
			want[e.ID] = public
		}
		same(t, what, told(all), want)
	}
	moved("its credits", true, true, func(tx *store.Tx) error { return tx.ReplaceCredits(ctx, e.ID, nil) })
	moved("its picture's description", true, true, func(tx *store.Tx) error { m.Alt = "Un quai"; return tx.SaveMedia(ctx, m) })
	moved("its section's name", true, true, func(tx *store.Tx) error { port.Name = "Le port"; return tx.SaveSection(ctx, port) })
	moved("its section's place", true, false, func(tx *store.Tx) error { port.Position = 3; return tx.SaveSection(ctx, port) })
	moved("its site's charter", true, false, func(tx *store.Tx) error { site.Charter = "Autre."; return tx.UpdateSite(ctx, site) })
	moved("its site's address", true, true, func(tx *store.Tx) error { site.Slug = "revue"; return tx.UpdateSite(ctx, site) })
	moved("its site is closed", false, true, func(tx *store.Tx) error { site.ClosedAt = Epoch; return tx.UpdateSite(ctx, site) })
}

// testHarvest mirrors the public entries while several people publish, change
// and withdraw at once: at the end the mirror is what everybody reads.
func testHarvest(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	const writers, acts = 4, 12
	var running atomic.Int32
	running.Store(writers)
	done := make(chan []error, 1)
	go func() {
		done <- together(writers, func(i int) error {
			defer running.Add(-1)
			random := rand.New(rand.NewPCG(uint64(i), 1))
			var mine []press.Entry
			for n := range acts {
				e := press.Entry{
					ID: ID[press.EntryID](), Site: site.ID, Form: w.Form(site, "article").ID, Slug: fmt.Sprintf("e-%d-%d", i, n),
					Status: press.Published, PublishedAt: Epoch, Content: press.Content{Language: "fr", Licence: "CC0-1.0"},
				}
				fresh := len(mine) == 0 || random.IntN(2) == 0
				if !fresh {
					e = mine[random.IntN(len(mine))]
					e.Title += "'"
					e.Status = []press.Status{press.Published, press.Withdrawn, press.Binned}[random.IntN(3)]
				}
				err := w.Store.Write(ctx, func(tx *store.Tx) error {
					if fresh {
						return errors.Join(tx.InsertEntry(ctx, e), tx.Touch(ctx, site.ID))
					}
					return errors.Join(tx.UpdateEntry(ctx, e), tx.Touch(ctx, site.ID))
				})
				if err != nil {
					return err
				}
				mine = append(mine, e)
			}
			return nil
		})
	}()
	mirror := map[press.EntryID]bool{}
	var cursor store.Cursor
	harvests := 0
	for last := false; !last; harvests++ {
		last = running.Load() == 0 // what is committed now is found below
		var all []store.Change
		all, cursor = harvest(t, w.Store, site.ID, cursor, 3)
		for _, c := range all {
			if delete(mirror, c.Entry); c.Public {
				mirror[c.Entry] = true
			}
		}
	}
	if err := errors.Join(<-done...); err != nil {
		t.Fatal(err)
	}
	want := map[press.EntryID]bool{}
	for _, e := range must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Site: site.ID, Limit: 1000}))(t).Entries {
		want[e.ID] = true
	}
	same(t, "the mirror", mirror, want)
	if harvests < 2 || len(want) == 0 {
		t.Errorf("%d harvests of %d entries prove nothing", harvests, len(want))
	}
}
