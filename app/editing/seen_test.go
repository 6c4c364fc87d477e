package editing_test

import (
	"testing"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestDecisionOnWhatIsNoLongerAsSeenChangesNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		r := enter(t, s)
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
		e := r.Entry(r.site, "Le banc bleu", press.Proposed)
		seen := editing.Seen{Status: press.Proposed, Revision: 1}
		if err := r.After(editing.Seen{Status: press.Proposed, Revision: 2}).Publish(t.Context(), animator, e.ID, ""); press.KindOf(err) != press.Conflict {
			t.Errorf("another revision: %v", err)
		}
		if err := r.After(seen).Publish(t.Context(), animator, e.ID, ""); err != nil {
			t.Fatal(err)
		}
		// A published text may be returned, but not by someone who thought that it waits.
		if err := r.After(seen).Return(t.Context(), animator, e.ID, "Un détail manque."); press.KindOf(err) != press.Conflict {
			t.Errorf("decided meanwhile: %v", err)
		}
		if got := r.entry(e.ID).Status; got != press.Published {
			t.Errorf("status %s", got)
		}
	})
}

func TestAnonymousWriterIsNotListedAmongThePeople(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		r := enter(t, s)
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
		writer := r.Person("Odile")
		e := r.Entry(r.site, "Sans nom", press.Proposed, func(e *press.Entry) {
			e.CreatedBy = writer.ID
			e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: writer.ID}}
		})
		if err := r.Publish(t.Context(), animator, e.ID, ""); err != nil {
			t.Fatal(err)
		}
		for _, m := range must(s.Memberships(t.Context(), animator, r.site.ID))(t) {
			if m.Person == writer.ID {
				t.Error("an anonymous writer stands among the site's people")
			}
		}
	})
}

func TestAcceptedRevisionKeepsTheFilingMadeMeanwhile(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Revising = press.ReviseReviewed })
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
		section := r.Section(r.site, "Vie du port")
		writer := r.Person("Odile")
		e := r.Entry(r.site, "Le banc bleu", press.Published, storetest.By(writer))
		d := must(r.Revise(ctx, r.Viewer(writer), e.ID))(t)
		w := r.work("Le banc bleu", "Un texte changé.")
		w.Tags = nil
		d = must(r.Save(ctx, r.Viewer(writer), string(d.ID), d.Version, w))(t)
		if out := must(r.Amend(ctx, r.Viewer(writer), string(d.ID), d.Version, ""))(t); !out.Waiting {
			t.Fatal("must wait")
		}
		if err := r.File(ctx, animator, e.ID, editing.Filing{Section: section.ID, Tags: []string{"banc"}}); err != nil {
			t.Fatal(err)
		}
		if waiting := must(s.WaitingRevisions(ctx, animator, r.site.ID, 10))(t); len(waiting) != 1 || waiting[0].Number != 2 {
			t.Fatalf("waiting %+v", waiting)
		}
		if err := r.AcceptRevision(ctx, animator, e.ID, 2); err != nil {
			t.Fatal(err)
		}
		e = r.entry(e.ID)
		if e.Section != section.ID || len(e.Tags) != 1 || e.Answers.One("text") != "Un texte changé." {
			t.Errorf("accepted %+v", e)
		}
		if err := r.DeclineRevision(ctx, animator, e.ID, 2, "Trop tard."); press.KindOf(err) != press.Conflict {
			t.Errorf("declining what was accepted: %v", err)
		}
		if n := must(s.CountWaitingRevisions(ctx, animator, r.site.ID))(t); n != 0 {
			t.Errorf("%d still wait", n)
		}
	})
}
