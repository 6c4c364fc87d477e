package store_test

import (
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestDerived(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := storetest.NewWorld(t, s)
		here, there := w.Site("ici"), w.Site("la")
		source := w.Entry(here, "Source", press.Published)
		from := func(id press.EntryID) func(*press.Entry) {
			return func(e *press.Entry) { e.Provenance = press.Provenance{Kind: press.TakenUp, Title: "%", Entry: id} }
		}
		w.Entry(there, "Reprise", press.Published, from(source.ID))
		w.Entry(there, "Pas encore", press.Proposed, from(source.ID))
		w.Entry(there, "D’ailleurs", press.Published, from(storetest.ID[press.EntryID]()))
		found, err := s.Derived(t.Context(), press.Viewer{}, source.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 1 || found[0].Title != "Reprise" || found[0].Address.SiteSlug != "la" {
			t.Errorf("found %v", found)
		}
		if found, err = s.Derived(t.Context(), press.Viewer{}, "%"); err != nil || len(found) > 0 {
			t.Errorf("a sign of patterns finds %v, %v", found, err)
		}
	})
}
