package editing_test

import (
	"strings"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestWhatIsUndoneAtOnceIsPublishedAnew(t *testing.T) {
	for _, c := range []struct {
		name  string
		after time.Duration
		anew  bool
	}{
		{"within the day", 10 * time.Minute, true},
		{"later", 25 * time.Hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			storetest.Engines(t, func(t *testing.T, s *store.Store) {
				ctx := t.Context()
				r := enter(t, s)
				animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
				e := r.Entry(r.site, "Le banc bleu", press.Proposed)
				act := func(err error) {
					t.Helper()
					if err != nil {
						t.Fatal(err)
					}
				}
				act(r.Publish(ctx, animator, e.ID, ""))
				first := r.entry(e.ID)
				r.now = r.now.Add(c.after)
				act(r.Reopen(ctx, animator, e.ID))
				r.now = r.now.Add(7 * 24 * time.Hour)
				act(r.Publish(ctx, animator, e.ID, ""))
				again := r.entry(e.ID)
				if anew := !again.PublishedAt.Equal(first.PublishedAt); anew != c.anew {
					t.Errorf("published %s, then %s", first.PublishedAt, again.PublishedAt)
				}
				if again.Slug != first.Slug || again.Debut != first.Debut {
					t.Errorf("address %q then %q, debut %v then %v", first.Slug, again.Slug, first.Debut, again.Debut)
				}
			})
		})
	}
}

func TestAnAddressReadBeforeTheUndoLeadsOn(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s)
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
		e := r.write(animator, "Le banc", "Il est bleu.", signing(press.SignName, "Sterenn", ""))
		if err := r.Reopen(ctx, animator, e.ID); err != nil {
			t.Fatal(err)
		}
		d := must(r.Revise(ctx, animator, e.ID))(t)
		d = must(r.Save(ctx, animator, string(d.ID), d.Version, r.work("La chaise", "Elle est bleue.")))(t)
		must(r.Amend(ctx, animator, string(d.ID), d.Version, ""))(t)
		if err := r.Publish(ctx, animator, e.ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := r.entry(e.ID).Path(); got != "article/la-chaise" {
			t.Errorf("address %s", got)
		}
		kind, target, err := s.Redirect(ctx, press.Viewer{}, string(r.site.ID), "article/le-banc")
		if err != nil || kind != "entry" || target != string(e.ID) {
			t.Errorf("the first address leads to %s %s, %v", kind, target, err)
		}
	})
}

func TestTheFrontPageStays(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s)
		writer := r.Person("Yann")
		steward := r.Viewer(writer)
		r.Role(writer, press.Steward, r.site.ID, "")
		steward = r.Viewer(writer)
		front := r.Entry(r.site, "Accueil", press.Published, storetest.By(writer))
		r.site.Front = front.ID
		r.World.Write(func(tx *store.Tx) error { return tx.UpdateSite(ctx, r.site) })
		for name, act := range map[string]func() error{
			"bin":      func() error { return r.Bin(ctx, steward, front.ID, "") },
			"return":   func() error { return r.Return(ctx, steward, front.ID, "Un mot.") },
			"reopen":   func() error { return r.Reopen(ctx, steward, front.ID) },
			"withdraw": func() error { return r.Withdraw(ctx, steward, front.ID, "Fini.") },
		} {
			if err := act(); press.KindOf(err) != press.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := r.entry(front.ID).Status; got != press.Published {
			t.Errorf("status %s", got)
		}
	})
}

func TestWordsOfADecisionHaveALength(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	writer := r.Person("Odile")
	animator, author := r.Member("Sterenn", press.Animator, r.site.ID, ""), r.Viewer(writer)
	e := r.Entry(r.site, "Le banc bleu", press.Proposed, storetest.By(writer))
	long := strings.Repeat("é", 6000)
	for name, act := range map[string]func() error{
		"publish":  func() error { return r.Publish(ctx, animator, e.ID, long) },
		"return":   func() error { return r.Return(ctx, animator, e.ID, long) },
		"refuse":   func() error { return r.Refuse(ctx, animator, e.ID, long) },
		"bin":      func() error { return r.Bin(ctx, animator, e.ID, long) },
		"decline":  func() error { return r.DeclineRevision(ctx, animator, e.ID, 1, long) },
		"withdraw": func() error { return r.Withdraw(ctx, author, e.ID, long) },
	} {
		if err := act(); press.KindOf(err) != press.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNotConfirmedIsNoBusinessOfTheDesk(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		r := enter(t, s)
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
		e := r.write(press.Viewer{}, "Le banc bleu", "Il est usé.", signing(press.SignName, "Odile", "odile@example.org"))
		if err := r.Bin(t.Context(), animator, e.ID, ""); press.KindOf(err) != press.NotFound {
			t.Errorf("binned an unconfirmed entry: %v", err)
		}
	})
}
