// Package storetest is the contract of the memory as tests: what callers rely
// on, noun by noun, run on every engine. It also serves the tests of verbs and
// faces: Engines runs a test on each engine there is, and World builds the
// small network that a test is about.
//
// It asserts behaviour through store's exported API only, never by SQL. Start
// with Run, then engines.go and world.go.
package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/press"
	"bourgeon/store"
)

type behaviour struct {
	name string
	test func(*testing.T, *World)
}

// Run holds an engine to the whole contract. open gives a new, empty, migrated
// store, closed at the end of the test that it is given.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for _, suite := range [][]behaviour{
		visibility, entries, pages, selections, searches, credits, histories, journals, drafts, persons, signins, jobs, sites, sitemaps,
		writes, changes, programs, talks, reports, proofreadings, looks, formsKept,
	} {
		for _, b := range suite {
			t.Run(b.name, func(t *testing.T) {
				t.Parallel()
				b.test(t, NewWorld(t, open(t)))
			})
		}
	}
}

// must gives the value of a call that may not fail.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func fails(t testing.TB, what string, err error, kind press.Kind) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error, want kind %d", what, kind)
	} else if got := press.KindOf(err); got != kind {
		t.Errorf("%s: kind %d, want %d: %v", what, got, kind, err)
	}
}
