package editing_test

import (
	"strings"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestEarlierStatesOfADraft(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		r, ctx := enter(t, s), t.Context()
		nobody := press.Viewer{}
		d := must(r.Begin(ctx, nobody, r.site, r.form, r.work("Titre", "Un.")))(t)
		save := func(text string) {
			t.Helper()
			d = must(r.Save(ctx, nobody, d.Token, d.Version, r.work("Titre", text)))(t)
		}
		texts := func() (all []string) {
			for _, state := range must(r.States(ctx, d))(t) {
				all = append(all, state.Answers.One("text"))
			}
			return all
		}
		save("Un. Deux.")
		save("Un. Deux. Trois.")
		if got := texts(); len(got) != 0 {
			t.Errorf("after some seconds there are states: %q", got)
		}
		r.now = r.now.Add(time.Hour)
		save("Un. Deux. Trois. Quatre.") // the pause is after what stood before
		save("Un. Deux. Trois. Quatre. Cinq.")
		save("Un. Deux. Trois. Quatre. Cinq. Six.")
		if got := texts(); len(got) != 1 || got[0] != "Un. Deux. Trois. Quatre." {
			t.Errorf("after an hour the states are %q", got)
		}
		save("Un.")
		if got := texts(); len(got) != 2 || got[0] != "Un. Deux. Trois. Quatre. Cinq. Six." {
			t.Errorf("much was taken away, and the states are %q", got)
		}
		state := must(r.States(ctx, d))(t)[0]
		before := d.Version
		d = must(r.GoBack(ctx, nobody, d.Token, state.Version))(t)
		if got := d.Answers.One("text"); !strings.HasSuffix(got, "Six.") || d.Version != before+1 {
			t.Errorf("back at %q, version %d", got, d.Version)
		}
		if got := texts(); len(got) != 3 || got[0] != "Un." {
			t.Errorf("what it was is not kept: %q", got)
		}
		if _, err := r.GoBack(ctx, nobody, d.Token, 99); press.KindOf(err) != press.NotFound {
			t.Errorf("to a state that never was: %v", err)
		}
		if _, err := r.GoBack(ctx, nobody, string(d.ID), state.Version); press.KindOf(err) != press.NotFound {
			t.Errorf("without the secret: %v", err)
		}
		if _, err := r.Save(ctx, nobody, d.Token, before, r.work("Titre", "X")); press.KindOf(err) != press.Conflict {
			t.Errorf("a stale save: %v", err)
		}
		if got := texts(); len(got) != 3 {
			t.Errorf("a stale save left a state: %q", got)
		}
	})
}
