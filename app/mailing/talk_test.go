package mailing_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bourgeon/app/mailing"
	"bourgeon/kit/post"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// say keeps a comment that appears, and records it.
func (o *office) say(t *testing.T, e press.Entry, who press.Person, text string) press.Comment {
	t.Helper()
	o.now = o.now.Add(time.Second)
	c := press.Comment{
		ID: storetest.ID[press.CommentID](), Site: e.Site, Entry: e.ID, Status: press.CommentShown, Text: text, HTML: text, Language: "fr",
		By: press.Credit{Kind: press.SignAnonymous, Person: who.ID}, Version: 1, CreatedAt: o.now, ShownAt: o.now, ChangedAt: o.now,
	}
	o.Write(func(tx *store.Tx) error {
		if err := tx.InsertComment(t.Context(), c, string(c.ID), false); err != nil {
			return err
		}
		return tx.Emit(t.Context(), o.about(c, press.CommentPosted, who.ID))
	})
	return c
}

func (o *office) about(c press.Comment, kind press.EventKind, actor press.PersonID) press.Event {
	return press.Event{Kind: kind, Site: c.Site, Entry: c.Entry, Actor: actor, At: o.now, Data: map[string]string{"comment": string(c.ID)}}
}

// after lets time pass, does what is due, and is who got which mails.
func (o *office) after(t *testing.T, pause time.Duration) map[string][]post.Message {
	t.Helper()
	o.now, o.server.mails = o.now.Add(pause), nil
	for {
		var job store.Job
		var ok bool
		o.Write(func(tx *store.Tx) (err error) {
			job, ok, err = tx.ClaimJob(t.Context(), o.now, o.now.Add(time.Hour))
			return err
		})
		if !ok {
			break
		}
		handle := map[string]func() error{
			mailing.Job:        func() error { return o.postman.Deliver(t.Context(), job.Payload) },
			mailing.JobTalk:    func() error { return o.postman.TellTalk(t.Context(), job.Payload) },
			mailing.JobWaiting: func() error { return o.postman.TellWaiting(t.Context(), job.Payload) },
		}[job.Kind]
		if err := handle(); err != nil {
			t.Fatal(err)
		}
		o.Write(func(tx *store.Tx) error { return tx.FinishJob(t.Context(), job.ID, o.now) })
	}
	mails := map[string][]post.Message{}
	for _, m := range o.server.mails {
		mails[m.To] = append(mails[m.To], m)
	}
	return mails
}

func talking(s *press.Site) { s.Talk = press.TalkAfter }

func TestALivelyTalkIsNoStormOfMails(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		o := open(t, s)
		site := o.Site("bavard", talking)
		e := o.Entry(site, "Le vélo", press.Published, storetest.By(o.author))
		ana, ben := o.Person("Ana"), o.Person("Ben")
		o.Write(func(tx *store.Tx) error {
			return tx.SaveFollow(t.Context(), press.Follow{Entry: e.ID, Person: ben.ID, Token: "SECRET", On: true})
		})
		for i := range 7 {
			o.say(t, e, ana, fmt.Sprintf("Le mot %d", i))
		}
		if mails := o.after(t, time.Minute); len(mails) != 0 {
			t.Errorf("told before the words have settled: %v", mails)
		}
		mails := o.after(t, 2*time.Minute)
		if len(mails) != 2 || len(mails[o.author.Email]) != 1 || len(mails[ben.Email]) != 1 {
			t.Fatalf("mails %v", mails)
		}
		told := mails[ben.Email][0]
		golden(t, "talk-participant", told)
		golden(t, "talk-author", withoutToken(mails[o.author.Email][0]))
		const link = "https://ecrire.example.org/bavard/talk/leave/SECRET"
		if told.Headers["List-Unsubscribe"] != "<"+link+">" || told.Headers["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click" || !strings.Contains(told.Text, link) {
			t.Errorf("no way to leave: %v", told.Headers)
		}
		if strings.Contains(told.Text, "Ana") {
			t.Error("the mail tells who spoke without a name")
		}
		o.say(t, e, ana, "Un mot de plus")
		o.say(t, e, ben, "Une réponse")
		if mails := o.after(t, 10*time.Minute); len(mails) != 0 {
			t.Errorf("told again too soon: %v", mails)
		}
		mails = o.after(t, 30*time.Minute)
		if text := mails[ben.Email][0].Text; !strings.Contains(text, "Un mot de plus") || strings.Contains(text, "Une réponse") || strings.Contains(text, "Le mot") {
			t.Errorf("then Ben reads:\n%s", text)
		}
		if text := mails[o.author.Email][0].Text; !strings.Contains(text, "Un mot de plus") || !strings.Contains(text, "Une réponse") {
			t.Errorf("then the author reads:\n%s", text)
		}
	})
}

func withoutToken(m post.Message) post.Message {
	before, secret, _ := strings.Cut(m.Text, "/talk/leave/")
	_, after, _ := strings.Cut(secret, "\n")
	m.Text = before + "/talk/leave/SECRET\n" + after
	return m
}

func TestWhoLeftATalkIsNotToldOfIt(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		o := open(t, s)
		e := o.Entry(o.Site("bavard", talking), "Le vélo", press.Published, storetest.By(o.author))
		ana, left, silent, hidden := o.Person("Ana"), o.Person("Partie"), o.Person("Silencieux"), o.Person("Tard")
		follow := func(p press.Person, on bool) press.Follow {
			f := press.Follow{Entry: e.ID, Person: p.ID, Token: string(p.ID), On: on}
			o.Write(func(tx *store.Tx) error { return tx.SaveFollow(ctx, f) })
			return f
		}
		follow(silent, true)
		follow(hidden, true)
		gone := follow(left, true)
		o.say(t, e, ana, "Bonjour")
		gone.On = false
		o.Write(func(tx *store.Tx) error { // before the mail leaves
			if err := tx.SaveFollow(ctx, gone); err != nil {
				return err
			}
			return tx.KeepSilent(ctx, silent.ID, o.now)
		})
		mails := o.after(t, time.Hour)
		if len(mails) != 2 || len(mails[o.author.Email]) != 1 || len(mails[hidden.Email]) != 1 {
			t.Errorf("told: %v", mails)
		}
		c := o.say(t, e, ana, "Une injure")
		c.Status = press.CommentHidden
		o.Write(func(tx *store.Tx) error { return tx.UpdateComment(ctx, c) })
		if mails := o.after(t, time.Hour); len(mails) != 0 {
			t.Errorf("told of what was hidden meanwhile: %v", mails)
		}
		o.say(t, e, ana, "Pardon")
		if mails := o.after(t, time.Hour); len(mails) != 2 {
			t.Errorf("the next comment is told to %v", mails)
		}
	})
}

func TestAnimatorsHearOnceOfWhatWaits(t *testing.T) {
	ctx := t.Context()
	o := open(t, storetest.SQLite(t))
	animator := o.Member("Sterenn", press.Animator, o.site.ID, "")
	other := o.Member("Ailleurs", press.Animator, o.Site("autre").ID, "")
	e := o.Entry(o.site, "Le vélo", press.Published, storetest.By(o.author))
	ana := o.Person("Ana")
	wait := func() press.Comment {
		c := press.Comment{
			ID: storetest.ID[press.CommentID](), Site: e.Site, Entry: e.ID, Status: press.CommentWaiting, Text: "Bonjour", HTML: "Bonjour",
			Language: "fr", By: press.Credit{Kind: press.SignAnonymous, Person: ana.ID}, CreatedAt: o.now, ChangedAt: o.now,
		}
		o.Write(func(tx *store.Tx) error {
			if err := tx.InsertComment(ctx, c, string(c.ID), false); err != nil {
				return err
			}
			return tx.Emit(ctx, o.about(c, press.CommentProposed, ana.ID))
		})
		return c
	}
	for range 3 {
		wait()
	}
	mails := o.after(t, 5*time.Minute)
	if len(mails) != 1 || len(mails[animator.Email]) != 1 || len(mails[other.Email]) != 0 {
		t.Fatalf("mails %v", mails)
	}
	golden(t, "waiting", mails[animator.Email][0])
	c := wait()
	c.Status = press.CommentRefused
	o.Write(func(tx *store.Tx) error { return tx.UpdateComment(ctx, c) })
	o.after(t, time.Hour)
	for kind, name := range map[press.EventKind]string{
		press.CommentWasPublished: "comment-published", press.CommentWasRefused: "comment-refused", press.CommentWasHidden: "comment-hidden",
		press.CommentWasRestored: "comment-restored",
	} {
		event := o.about(c, kind, animator.Person)
		event.Reason = "Hors sujet."
		mails := o.emit(t, event)
		if _, told := mails[ana.Email]; !told || len(mails) != 1 {
			t.Errorf("%s is told to %v", kind, mails)
		}
		golden(t, name, mails[ana.Email])
	}
	event := o.about(c, press.CommentWasHidden, ana.ID)
	if mails := o.emit(t, event); len(mails) != 0 {
		t.Errorf("told of one's own act: %v", mails)
	}
}
