package storetest

import (
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var sitemaps = []behaviour{
	{"sitemap/parts hold each published entry once", testParts},
}

func testParts(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	later := Epoch.Add(1000 * time.Hour)
	var want []string
	for _, title := range []string{"a", "b", "c", "d", "e"} {
		e := w.Entry(site, title, press.Published, func(e *press.Entry) {
			if title == "b" {
				e.UpdatedAt = later
			}
			if title == "c" {
				e.Form = w.Form(site, "page").ID // no list shows it, but it is public
			}
		})
		want = append(want, e.Path())
	}
	w.Entry(site, "proposed", press.Proposed)
	w.Entry(w.Site("autre"), "f", press.Published)
	front := w.Entry(site, "accueil", press.Published)
	site.Front = front.ID
	w.Write(func(tx *store.Tx) error { return tx.UpdateSite(ctx, site) })

	parts := must(w.Store.Parts(ctx, press.Viewer{}, site.ID, 2))(t)
	var sizes []int
	var got []string
	for _, p := range parts {
		sizes = append(sizes, p.Entries)
		for _, m := range must(w.Store.Mapped(ctx, press.Viewer{}, site.ID, p.First, 2))(t) {
			got = append(got, m.Path)
		}
	}
	same(t, "sizes", sizes, []int{2, 2, 1})
	same(t, "entries", got, want)
	if !parts[0].Changed.Equal(later) || !parts[1].Changed.Before(later) {
		t.Errorf("changed at %v and %v", parts[0].Changed, parts[1].Changed)
	}
	if empty := must(w.Store.Parts(ctx, press.Viewer{}, w.Site("vide").ID, 2))(t); len(empty) != 0 {
		t.Errorf("an empty site has %v", empty)
	}
}
