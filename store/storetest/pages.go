package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var pages = []behaviour{
	{"page/each order both ways", testOrders},
	{"page/stable while people write", testStablePages},
	{"page/ends, empty pages, forged cursors", testPageEnds},
}

// testOrders walks each order forwards then backwards by pages of three, over
// entries of which many share their moment.
func testOrders(t *testing.T, w *World) {
	site := w.Site("mag")
	const n = 10
	at := func(i int) time.Time { return Epoch.Add(time.Duration(i/4) * time.Hour) } // four share a moment
	for i := range n {
		w.Entry(site, fmt.Sprintf("e%d", i), press.Published, func(e *press.Entry) {
			e.PublishedAt, e.ProposedAt = at(i), at(n-i)
			e.UpdatedAt, e.FeaturedAt = at((i*7)%n), at((i*3)%n)
		})
	}
	for name, order := range map[string]struct {
		store.Order
		place      func(press.Entry) time.Time
		descending bool
	}{
		"newest":   {store.Newest, func(e press.Entry) time.Time { return e.PublishedAt }, true},
		"oldest":   {store.Oldest, func(e press.Entry) time.Time { return e.ProposedAt }, false},
		"latest":   {store.Latest, func(e press.Entry) time.Time { return e.UpdatedAt }, true},
		"featured": {store.Featured, func(e press.Entry) time.Time { return e.FeaturedAt }, true},
	} {
		whole := must(w.Store.Entries(t.Context(), press.Viewer{}, store.Selection{Site: site.ID, Order: order.Order, Limit: n}))(t)
		if len(whole.Entries) != n || whole.Newer != "" || whole.Older != "" {
			t.Fatalf("%s: %d entries on one page, newer %q, older %q", name, len(whole.Entries), whole.Newer, whole.Older)
		}
		sorted := slices.IsSortedFunc(whole.Entries, func(a, b press.Entry) int {
			c := order.place(a).Compare(order.place(b))
			if c == 0 {
				c = slices.Compare([]byte(a.ID), []byte(b.ID))
			}
			if order.descending {
				c = -c
			}
			return c
		})
		if !sorted {
			t.Errorf("%s: not in order: %v", name, titles(whole))
		}
		selection := store.Selection{Site: site.ID, Order: order.Order, Limit: 3}
		forwards, last := w.walk(selection, nil)
		same(t, name+" forwards", forwards, titles(whole))
		backwards := w.walkBack(selection, last)
		same(t, name+" backwards", backwards, titles(whole))
	}
}

// walk goes from the first page to the last, which it returns too; between
// two pages it calls meanwhile.
func (w *World) walk(s store.Selection, meanwhile func()) (all []string, last store.Page) {
	w.T.Helper()
	for range 50 {
		last = must(w.Store.Entries(w.T.Context(), press.Viewer{}, s))(w.T)
		if (s.Before != "") != (last.Newer != "") {
			w.T.Errorf("a page after %q leads back to %q", s.Before, last.Newer)
		}
		all = append(all, titles(last)...)
		if last.Older == "" {
			return all, last
		}
		s.Before = last.Older
		if meanwhile != nil {
			meanwhile()
		}
	}
	w.T.Fatal("the pages never end")
	return nil, last
}

// walkBack goes from a last page to the first.
func (w *World) walkBack(s store.Selection, page store.Page) []string {
	w.T.Helper()
	all := titles(page)
	for range 50 {
		if page.Newer == "" {
			return all
		}
		s.After = page.Newer
		page = must(w.Store.Entries(w.T.Context(), press.Viewer{}, s))(w.T)
		if page.Older == "" {
			w.T.Error("a page before another doesn't lead on to it")
		}
		all = append(titles(page), all...)
	}
	w.T.Fatal("the pages never end")
	return nil
}

// testStablePages publishes, before and after the reader's place, between two
// pages: nobody sees an entry twice or misses one that was there.
func testStablePages(t *testing.T, w *World) {
	site := w.Site("mag")
	var want []string
	for i := range 12 {
		title := fmt.Sprintf("e%02d", 11-i)
		w.Entry(site, fmt.Sprintf("e%02d", i), press.Published)
		want = append(want, title)
	}
	n := 0
	selection := store.Selection{Site: site.ID, Limit: 4}
	got, last := w.walk(selection, func() {
		n++
		w.Entry(site, fmt.Sprintf("nouveau %d", n), press.Published) // above the reader
	})
	same(t, "forwards while others publish", got, want)

	w.Entry(site, "ancien", press.Published, func(e *press.Entry) { e.PublishedAt = Epoch.Add(-time.Hour) }) // below
	back := w.walkBack(selection, last)
	same(t, "backwards, then what appeared above", back, append([]string{"nouveau 2", "nouveau 1"}, want...))
}

func testPageEnds(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	none := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Site: site.ID}))(t)
	if len(none.Entries) != 0 || none.Newer != "" || none.Older != "" {
		t.Errorf("an empty selection: %+v", none)
	}
	for i := range 5 {
		w.Entry(site, fmt.Sprintf("e%d", i), press.Published)
	}
	first := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Site: site.ID, Limit: 2}))(t)
	same(t, "the first page", titles(first), []string{"e4", "e3"})
	for _, forged := range []store.Cursor{"x", "%%%", "MTIz", "YS5i", store.Cursor("Li4u")} {
		for name, s := range map[string]store.Selection{
			"before": {Site: site.ID, Limit: 2, Before: forged}, "after": {Site: site.ID, Limit: 2, After: forged},
		} {
			same(t, name+" the unreadable cursor "+string(forged), must(w.Store.Entries(ctx, press.Viewer{}, s))(t), first)
		}
	}
	exact := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Site: site.ID, Limit: 5}))(t)
	if exact.Older != "" {
		t.Error("a full last page leads on")
	}
	many := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Site: site.ID, Limit: -1}))(t)
	if len(many.Entries) != 5 {
		t.Errorf("without a limit: %d entries", len(many.Entries))
	}
	// What was after the place is gone: there is still a way back.
	s := store.Selection{Site: site.ID, Limit: 4}
	page := must(w.Store.Entries(ctx, press.Viewer{}, s))(t)
	e := must(w.Store.EntryBySlug(ctx, press.Viewer{}, site.ID, "article", "e0"))(t)
	e.Status = press.Withdrawn
	w.Write(func(tx *store.Tx) error { return tx.UpdateEntry(ctx, e) })
	s.Before = page.Older
	empty := must(w.Store.Entries(ctx, press.Viewer{}, s))(t)
	if len(empty.Entries) != 0 || empty.Newer == "" {
		t.Fatalf("the page of what is gone: %v, newer %q", titles(empty), empty.Newer)
	}
	s.Before, s.After = "", empty.Newer
	back := must(w.Store.Entries(ctx, press.Viewer{}, s))(t)
	if len(back.Entries) < 3 || back.Entries[0].Title != "e4" {
		t.Errorf("back from an empty page: %v", titles(back))
	}
}
