package discussing

import (
	"context"
	"strings"
	"testing"
	"time"

	"bourgeon/kit/fold"
	"bourgeon/kit/ids"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// hall is a world where one talks, with a clock that the test moves.
type hall struct {
	*storetest.World
	*Room
	t      *testing.T
	now    time.Time
	site   press.Site
	author press.Person
	entry  press.Entry
	events []press.Event
	asked  []press.Challenge
}

func open(t *testing.T, s *store.Store, with ...func(*press.Site)) *hall {
	t.Helper()
	h := &hall{World: storetest.NewWorld(t, s), t: t, now: storetest.Epoch.Add(24 * time.Hour)}
	h.site = h.Site("mag", append([]func(*press.Site){func(s *press.Site) { s.Talk = press.TalkAfter }}, with...)...)
	h.author = h.Person("Odile")
	h.entry = h.Entry(h.site, "Le four à pain", press.Published, storetest.By(h.author))
	now := func() time.Time { return h.now }
	h.Room = &Room{
		Store: s, Now: now, Holder: holder, Credited: credited, Addresses: press.Addresses{Base: "https://example.org"},
		Challenge: func(_ context.Context, _ *store.Tx, c press.Challenge, _, _ string) (press.Challenge, error) {
			c.ID = storetest.ID[press.ChallengeID]()
			h.asked = append(h.asked, c)
			return c, nil
		},
	}
	s.React(func(_ context.Context, _ *store.Tx, e press.Event) error { h.events = append(h.events, e); return nil })
	return h
}

// holder and credited are what app/editing does.
func holder(ctx context.Context, tx *store.Tx, email, name, _ string) (press.Person, error) {
	p, err := tx.PersonByEmail(ctx, press.Itself, email)
	if err != nil {
		p = press.Person{ID: press.PersonID(ids.New()), Email: email, Name: name, Language: "fr"}
		err = tx.SavePerson(ctx, p)
	}
	return p, err
}

func credited(ctx context.Context, tx *store.Tx, c press.Credit) (press.Credit, error) {
	if c.Kind == press.SignAnonymous {
		return c, nil
	}
	b, err := tx.BylineOf(ctx, press.Byline{
		ID: press.BylineID(ids.New()), Slug: slug.Make(c.Name, 60), Kind: c.Kind, Name: c.Name,
	}, fold.Text(c.Name), c.Person)
	c.Byline = b.ID
	return c, err
}

// Store is ambiguous between World and Room.
func (h *hall) store() *store.Store { return h.World.Store }

func signed(name string) press.Signing {
	return press.Signing{Kind: press.SignName, Name: name, Email: "x@example.org", Charter: true}
}

func (h *hall) say(v press.Viewer, text string, with ...func(*Saying)) Said {
	h.t.Helper()
	s := Saying{Text: text, Language: "fr", Signing: signed("Quelqu’un")}
	for _, change := range with {
		change(&s)
	}
	h.now = h.now.Add(time.Second)
	said, err := h.Comment(h.t.Context(), v, h.entry.ID, s)
	if err != nil {
		h.t.Fatal(err)
	}
	return said
}

func to(c press.Comment) func(*Saying) { return func(s *Saying) { s.Parent = c.ID } }

func as(kind press.SignatureKind, name string) func(*Saying) {
	return func(s *Saying) { s.Signing.Kind, s.Signing.Name = kind, name }
}

// thread is what somebody reads under the entry, a line a comment.
func (h *hall) thread(v press.Viewer) (lines []string) {
	h.t.Helper()
	page, err := h.store().Talk(h.t.Context(), v, h.entry.ID, "", "", 50)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range page.Comments {
		lines = append(lines, string(c.Status)+" "+c.By.Name+": "+c.Text)
		for _, a := range c.Answers {
			lines = append(lines, "- "+string(a.Status)+" "+a.By.Name+": "+a.Text)
		}
	}
	return lines
}

func (h *hall) reads(what string, v press.Viewer, want ...string) {
	h.t.Helper()
	if got := h.thread(v); strings.Join(got, "\n") != strings.Join(want, "\n") {
		h.t.Errorf("%s reads:\n%s\nwant:\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (h *hall) fails(what string, err error, kind press.Kind) {
	h.t.Helper()
	if err == nil || press.KindOf(err) != kind {
		h.t.Errorf("%s: %v, want kind %d", what, err, kind)
	}
}

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) version() int64 {
	h.t.Helper()
	s, err := h.store().Site(h.t.Context(), press.Itself, h.site.ID)
	h.must(err)
	return s.Version
}

func TestAStrangerIsHeardOnceTheirAddressIsProved(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := open(t, s, func(s *press.Site) { s.Openness = press.Open })
		key := func(s *Saying) { s.Key = "le formulaire" }
		first := h.say(press.Viewer{}, "Quelle *belle* histoire !\n\n# Bravo", key, as(press.SignPseudonym, "Goéland"))
		again := h.say(press.Viewer{}, "Quelle *belle* histoire !", key, as(press.SignPseudonym, "Goéland"))
		if first.Challenge.Comment != first.ID || first.ID != again.ID || len(h.asked) != 2 || len(h.events) != 0 {
			t.Fatalf("first %+v, again %+v, events %+v", first, again, h.events)
		}
		h.reads("a reader before", press.Viewer{})
		v := h.Viewer(press.Person{ID: again.By.Person})
		_, err := h.ConfirmComment(ctx, h.Viewer(h.author), first.ID)
		h.fails("confirming another's", err, press.NotFound)
		before := h.version()
		for range 2 {
			if c, err := h.ConfirmComment(ctx, v, first.ID); err != nil || c.Status != press.CommentShown {
				t.Fatalf("confirmed: %+v, %v", c, err)
			}
		}
		h.reads("a reader", press.Viewer{}, "shown Goéland: Quelle *belle* histoire !")
		if h.version() == before {
			t.Error("kept pages don't show the comment")
		}
		if len(h.events) != 1 || h.events[0].Kind != press.CommentPosted {
			t.Errorf("events %+v", h.events)
		}
		late := h.say(press.Viewer{}, "Autre chose", key)
		if late.Text != "Quelle *belle* histoire !" {
			t.Errorf("a form sent again after all made %q", late.Text)
		}
	})
}

func TestWhatAppearsAtOnce(t *testing.T) {
	for _, c := range []struct {
		name     string
		mode     press.Talk
		openness press.Openness
		want     map[string]press.CommentStatus
	}{
		{"after, open", press.TalkAfter, press.Open, map[string]press.CommentStatus{"new": press.CommentShown, "known": press.CommentShown, "member": press.CommentShown, "animator": press.CommentShown}},
		{"after, first", press.TalkAfter, press.First, map[string]press.CommentStatus{"new": press.CommentWaiting, "known": press.CommentShown, "member": press.CommentShown, "animator": press.CommentShown}},
		{"after, members", press.TalkAfter, press.Members, map[string]press.CommentStatus{"new": press.CommentWaiting, "known": press.CommentWaiting, "member": press.CommentShown, "animator": press.CommentShown}},
		{"before", press.TalkBefore, press.Open, map[string]press.CommentStatus{"new": press.CommentWaiting, "known": press.CommentWaiting, "member": press.CommentWaiting, "animator": press.CommentShown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t, storetest.SQLite(t), func(s *press.Site) { s.Talk, s.Openness = c.mode, c.openness })
			who := map[string]press.Viewer{
				"new": h.Viewer(h.Person("Nouvelle")), "known": h.Viewer(h.author),
				"member": h.Member("Membre", press.Contributor, h.site.ID, ""), "animator": h.Member("Anim", press.Animator, h.site.ID, ""),
			}
			for name, v := range who {
				if said := h.say(v, "Bonjour"); said.Status != c.want[name] {
					t.Errorf("%s: %s, want %s", name, said.Status, c.want[name])
				}
			}
		})
	}
}

func TestWhereOneMayNotTalk(t *testing.T) {
	ctx := t.Context()
	h := open(t, storetest.SQLite(t))
	v := h.Member("Membre", press.Contributor, h.site.ID, "")
	say := func(id press.EntryID, change func(*Saying)) error {
		s := Saying{Text: "Bonjour", Signing: signed("Membre")}
		if change != nil {
			change(&s)
		}
		_, err := h.Comment(ctx, v, id, s)
		return err
	}
	top := h.say(v, "Le premier").Comment
	h.fails("nothing said", say(h.entry.ID, func(s *Saying) { s.Text = " \n " }), press.Invalid)
	h.fails("too long", say(h.entry.ID, func(s *Saying) { s.Text = strings.Repeat("é", press.MaxComment+1) }), press.Invalid)
	h.fails("not signed", say(h.entry.ID, func(s *Saying) { s.Signing.Name = "" }), press.Invalid)
	h.fails("an answer to nothing", say(h.entry.ID, func(s *Saying) { s.Parent = "rien" }), press.NotFound)
	h.fails("an answer elsewhere", say(h.Entry(h.site, "Autre", press.Published).ID, func(s *Saying) { s.Parent = top.ID }), press.NotFound)
	h.fails("a proposal", say(h.Entry(h.site, "Proposé", press.Proposed).ID, nil), press.Forbidden)
	h.fails("a page", say(h.Entry(h.site, "Page", press.Published, func(e *press.Entry) { e.Form = h.Form(h.site, "page").ID }).ID, nil), press.Forbidden)
	quiet := h.Site("muet")
	h.fails("a site that doesn't talk", say(h.Entry(quiet, "Seul", press.Published).ID, nil), press.Forbidden)
	animator := h.Member("Anim", press.Animator, h.site.ID, "")
	h.fails("closing without the role", h.CloseTalk(ctx, v, h.entry.ID, ""), press.Forbidden)
	h.must(h.CloseTalk(ctx, animator, h.entry.ID, "Tout est dit."))
	h.fails("a closed talk", say(h.entry.ID, nil), press.Forbidden)
	h.reads("what was said stays", press.Viewer{}, "shown Quelqu’un: Le premier")
	h.must(h.ReopenTalk(ctx, animator, h.entry.ID))
	h.must(say(h.entry.ID, nil))
	h.must(h.HideComment(ctx, animator, top.ID, "Hors sujet"))
	h.fails("an answer to what was hidden", say(h.entry.ID, func(s *Saying) { s.Parent = top.ID }), press.Gone)
}

func TestThreadsAreOneLevelDeep(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := open(t, s)
		ana, ben := h.Member("Ana", press.Contributor, h.site.ID, ""), h.Member("Ben", press.Contributor, h.site.ID, "")
		top := h.say(ana, "Un").Comment
		answer := h.say(ben, "Deux", to(top)).Comment
		deeper := h.say(ana, "Trois", to(answer)).Comment
		h.say(ben, "Quatre")
		if deeper.Parent != top.ID {
			t.Errorf("an answer to an answer stands under %s", deeper.Parent)
		}
		h.reads("a reader", press.Viewer{}, "shown Quelqu’un: Un", "- shown Quelqu’un: Deux", "- shown Quelqu’un: Trois", "shown Quelqu’un: Quatre")

		_, err := h.WithdrawComment(ctx, ben, top.ID)
		h.fails("withdrawing another's", err, press.NotFound)
		_, err = h.WithdrawComment(ctx, ana, top.ID)
		h.must(err)
		_, err = h.WithdrawComment(ctx, ana, deeper.ID)
		h.must(err)
		h.reads("a reader of what was withdrawn", press.Viewer{}, "withdrawn : ", "- shown Quelqu’un: Deux", "shown Quelqu’un: Quatre")
		_, err = h.RecoverComment(ctx, ana, top.ID)
		h.must(err)
		h.reads("a reader of what came back", press.Viewer{}, "shown Quelqu’un: Un", "- shown Quelqu’un: Deux", "shown Quelqu’un: Quatre")
		h.now = h.now.Add(Regret + time.Minute)
		_, err = h.RecoverComment(ctx, ana, deeper.ID)
		h.fails("changing one's mind too late", err, press.Conflict)

		page, err := h.store().Talk(ctx, press.Viewer{}, h.entry.ID, "", "", 1)
		h.must(err)
		next, err := h.store().Talk(ctx, press.Viewer{}, h.entry.ID, "", page.Later, 1)
		h.must(err)
		back, err := h.store().Talk(ctx, press.Viewer{}, h.entry.ID, next.Earlier, "", 1)
		h.must(err)
		if page.Earlier != "" || len(page.Comments[0].Answers) != 1 || next.Comments[0].Text != "Quatre" || next.Later != "" || back.Comments[0].ID != top.ID {
			t.Errorf("pages %+v, %+v, %+v", page, next, back)
		}
	})
}

func TestAnAuthorChangesTheirWords(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := open(t, s)
		ana := h.Member("Ana", press.Contributor, h.site.ID, "")
		animator := h.Member("Anim", press.Animator, h.site.ID, "")
		c := h.say(ana, "Avant").Comment
		_, err := h.EditComment(ctx, animator, c.ID, 1, "Pris")
		h.fails("changing another's", err, press.NotFound)
		changed, err := h.EditComment(ctx, ana, c.ID, 1, "Après")
		h.must(err)
		if changed.EditedAt.IsZero() || changed.Status != press.CommentShown || !strings.Contains(changed.HTML, "Après") {
			t.Errorf("changed: %+v", changed)
		}
		_, err = h.EditComment(ctx, ana, c.ID, 1, "Trop tard")
		h.fails("from an old page", err, press.Conflict)
		for who, v := range map[string]press.Viewer{"a reader": {}, "someone": h.Viewer(h.author)} {
			if kept, err := h.store().Wordings(ctx, v, changed); err != nil || len(kept) != 0 {
				t.Errorf("%s reads the earlier words %v, %v", who, kept, err)
			}
		}
		if kept, err := h.store().Wordings(ctx, animator, changed); err != nil || len(kept) != 1 || kept[0].Text != "Avant" {
			t.Errorf("the animator reads %v, %v", kept, err)
		}
		h.site.Talk = press.TalkBefore
		h.Write(func(tx *store.Tx) error { return tx.UpdateSite(ctx, h.site) })
		if again, err := h.EditComment(ctx, ana, c.ID, 2, "Encore"); err != nil || again.Status != press.CommentWaiting {
			t.Errorf("where one reads before: %+v, %v", again.Status, err)
		}
		h.reads("a reader", press.Viewer{})
		h.reads("its author", ana, "waiting Quelqu’un: Encore")
	})
}
