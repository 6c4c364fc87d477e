package editing_test

import (
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestSigningAnewWithAnotherAddressChangesTheWriter(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
		d := must(r.Begin(ctx, press.Viewer{}, r.site, r.form, r.work("Le banc bleu", "Il est usé.")))(t)
		wrong := must(r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(press.SignName, "Odile Tanguy", "odile@exemple.org")))(t).Entry
		d = must(r.Open(ctx, press.Viewer{}, d.Token))(t)
		right := must(r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(press.SignAnonymous, "", "odile@example.org")))(t).Entry
		if right.ID != wrong.ID || right.CreatedBy == wrong.CreatedBy {
			t.Fatalf("first %s by %s, then %s by %s", wrong.ID, wrong.CreatedBy, right.ID, right.CreatedBy)
		}
		if _, err := r.Confirm(ctx, must(s.Viewer(ctx, wrong.CreatedBy))(t), right.ID); press.KindOf(err) != press.NotFound {
			t.Errorf("the holder of the mistyped address confirms: %v", err)
		}
		e := must(r.Confirm(ctx, must(s.Viewer(ctx, right.CreatedBy))(t), right.ID))(t)
		if e.Status != press.Published {
			t.Fatalf("status %s", e.Status)
		}
		for _, rev := range must(s.Revisions(ctx, press.Viewer{}, e.ID))(t) {
			if !rev.Maker.Anonymous() {
				t.Errorf("revision %d names %q, who signed anonymously in the end", rev.Number, rev.Maker.Name)
			}
		}
	})
}
