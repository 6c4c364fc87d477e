package discussing

import (
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestAnimatorsDecideOnComments(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := open(t, s, func(s *press.Site) { s.Talk = press.TalkBefore })
		animator := h.Member("Sterenn", press.Animator, h.site.ID, "")
		elsewhere := h.Member("Ailleurs", press.Animator, h.Site("autre").ID, "")
		section := h.Member("Rubrique", press.Animator, h.site.ID, h.Section(h.site, "Sport").ID)
		nadia := h.Viewer(h.Person("Nadia Secrète"))
		c := h.say(nadia, "Un mot", as(press.SignAnonymous, "")).Comment
		waits := func(v press.Viewer) int {
			t.Helper()
			n, err := h.store().CountCommentsWaiting(ctx, v, h.site.ID)
			h.must(err)
			all, err := h.store().CommentsWaiting(ctx, v, h.site.ID, 10)
			h.must(err)
			if len(all) != n {
				t.Errorf("%d listed, %d counted", len(all), n)
			}
			for _, one := range all {
				if one.By.Person != "" || one.By.Name != "" {
					t.Errorf("the desk learns who is anonymous: %+v", one.By)
				}
			}
			return n
		}
		if waits(animator) != 1 || waits(elsewhere) != 0 || waits(section) != 0 || waits(nadia) != 0 {
			t.Error("who is asked to read it")
		}
		h.fails("its author publishing", h.PublishComment(ctx, nadia, c.ID), press.Forbidden)
		h.fails("somebody else's animator", h.PublishComment(ctx, elsewhere, c.ID), press.NotFound)
		h.fails("another section's animator", h.PublishComment(ctx, section, c.ID), press.NotFound)
		h.fails("a reader", h.PublishComment(ctx, press.Viewer{}, c.ID), press.NotFound)
		h.fails("refusing without a reason", h.RefuseComment(ctx, animator, c.ID, " "), press.Invalid)
		h.fails("hiding what isn't shown", h.HideComment(ctx, animator, c.ID, "Non"), press.Conflict)
		version := h.version()
		h.must(h.PublishComment(ctx, animator, c.ID))
		h.reads("a reader", press.Viewer{}, "shown : Un mot")
		h.fails("publishing twice", h.PublishComment(ctx, animator, c.ID), press.Conflict)
		h.must(h.ReopenComment(ctx, animator, c.ID))
		h.reads("a reader of what waits again", press.Viewer{})
		h.must(h.RefuseComment(ctx, animator, c.ID, "Hors sujet"))
		h.must(h.ReopenComment(ctx, animator, c.ID))
		h.must(h.PublishComment(ctx, animator, c.ID))
		h.must(h.HideComment(ctx, animator, c.ID, "Injure"))
		h.reads("a reader of what is hidden", press.Viewer{})
		_, err := h.store().Comment(ctx, press.Viewer{}, c.ID)
		h.fails("the address of what is hidden", err, press.NotFound)
		if own, _, err := h.store().OwnComments(ctx, nadia, "", 10); err != nil || len(own) != 1 || own[0].Reason != "Injure" {
			t.Errorf("its author reads %+v, %v", own, err)
		}
		if said := h.say(nadia, "Un autre"); said.Status != press.CommentWaiting {
			t.Error("who was hushed is read before")
		}
		h.must(h.RestoreComment(ctx, animator, c.ID))
		h.reads("a reader of what came back", press.Viewer{}, "shown : Un mot")
		if h.version() < version+7 {
			t.Error("a decision didn't make the kept pages anew")
		}

		all, _, err := h.store().Decisions(ctx, press.Viewer{}, h.site.ID, "", 50)
		h.must(err)
		var lines []string
		for _, d := range all {
			lines = append(lines, strings.Join([]string{string(d.Kind), d.By, d.Reason, d.Title}, "|"))
		}
		want := []string{
			"comment.restored|Sterenn||Le four à pain", "comment.hidden|Sterenn|Injure|Le four à pain", "comment.published|Sterenn||Le four à pain",
			"comment.reopened|Sterenn||Le four à pain", "comment.refused|Sterenn|Hors sujet|Le four à pain",
			"comment.reopened|Sterenn||Le four à pain", "comment.published|Sterenn||Le four à pain",
		}
		if strings.Join(lines, "\n") != strings.Join(want, "\n") {
			t.Errorf("the journal:\n%s", strings.Join(lines, "\n"))
		}
		steps, err := h.store().Steps(ctx, press.Viewer{}, h.entry.ID)
		if err != nil || len(steps) != 0 {
			t.Errorf("the entry's own history tells of its talk: %+v, %v", steps, err)
		}
	})
}

// TestAnAnonymousAuthorIsNotPointedOut holds that nothing links an entry signed
// without a name to what its author says under it, unless they sign both alike.
func TestAnAnonymousAuthorIsNotPointedOut(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := open(t, s, func(s *press.Site) { s.Openness = press.Open })
		secret := h.Person("Nom Secret")
		v := h.Viewer(secret)
		under := func(kind press.SignatureKind, name string) {
			h.entry = h.Entry(h.site, "Signé "+string(kind)+name, press.Published, func(e *press.Entry) {
				e.CreatedBy = secret.ID
				e.Credits = []press.Credit{{Role: press.Author, Kind: kind, Name: name, Person: secret.ID}}
			})
		}
		pointed := func(viewer press.Viewer) (n int) {
			page, err := h.store().Talk(ctx, viewer, h.entry.ID, "", "", 10)
			h.must(err)
			latest, _, err := h.store().LatestComments(ctx, viewer, h.site.ID, h.entry.ID, "", 10)
			h.must(err)
			for _, c := range append(page.Comments, latest...) {
				if c.ByAuthor {
					n++
				}
				if c.By.Person != "" && viewer.Person != secret.ID {
					t.Error("a reader learns who it is")
				}
			}
			return n
		}
		under(press.SignAnonymous, "")
		h.say(v, "Sans nom", as(press.SignAnonymous, ""))
		h.say(v, "Avec mon nom", as(press.SignName, "Nom Secret"))
		h.say(v, "Goéland", as(press.SignPseudonym, "Goéland"))
		if n := pointed(press.Viewer{}); n != 0 {
			t.Errorf("the anonymous author is pointed out %d times", n)
		}
		under(press.SignPseudonym, "Goéland")
		h.say(v, "Avec mon nom", as(press.SignName, "Nom Secret"))
		if n := pointed(press.Viewer{}); n != 0 {
			t.Errorf("who hides behind a pseudonym is pointed out %d times", n)
		}
		h.say(v, "Moi", as(press.SignPseudonym, "Goéland"))
		h.say(h.Viewer(h.Person("Autre")), "Faux", as(press.SignPseudonym, "Goéland"))
		if n := pointed(press.Viewer{}); n != 2 { // in both lists
			t.Errorf("who signs both alike is pointed out %d times", n)
		}
		for _, e := range h.events {
			if e.Kind.Decision() {
				t.Errorf("the public journal tells of %s", e.Kind)
			}
		}
	})
}
