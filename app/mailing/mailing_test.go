package mailing_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/app/mailing"
	"bourgeon/kit/locale"
	"bourgeon/kit/post"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

var update = flag.Bool("update", false, "write the mails as they are to testdata")

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// sent is a mail server that keeps what it is given, or fails.
type sent struct {
	mails []post.Message
	err   error
}

func (s *sent) Send(_ context.Context, m post.Message) error {
	if s.err != nil {
		return s.err
	}
	s.mails = append(s.mails, m)
	return nil
}

type office struct {
	*storetest.World
	postman *mailing.Postman
	server  *sent
	site    press.Site
	author  press.Person
	now     time.Time
}

func open(t *testing.T, s *store.Store) *office {
	t.Helper()
	texts, err := mailing.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	w := storetest.NewWorld(t, s)
	o := &office{World: w, server: &sent{}, now: storetest.Epoch}
	o.site = w.Site("criee", func(s *press.Site) { s.Name = "La Criée" })
	o.author = w.Person("Odile")
	o.postman = &mailing.Postman{
		Store: s, Now: func() time.Time { return o.now }, Sender: o.server, From: "la-criee@example.org",
		Addresses: press.Addresses{Base: "https://ecrire.example.org"}, Catalogue: texts,
	}
	s.React(o.postman.Concern)
	return o
}

// emit records an event and delivers the mails that follow, by recipient.
func (o *office) emit(t *testing.T, e press.Event) map[string]post.Message {
	t.Helper()
	e.At = o.now
	o.Write(func(tx *store.Tx) error { return tx.Emit(t.Context(), e) })
	o.server.mails = nil
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
		if err := o.postman.Deliver(t.Context(), job.Payload); err != nil {
			t.Fatal(err)
		}
	}
	byAddress := map[string]post.Message{}
	for _, m := range o.server.mails {
		if _, twice := byAddress[m.To]; twice {
			t.Errorf("%s is told twice", m.To)
		}
		byAddress[m.To] = m
	}
	return byAddress
}

var identifier = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)

func golden(t *testing.T, name string, m post.Message) {
	t.Helper()
	got := identifier.ReplaceAllString("Subject: "+m.Subject+"\nFrom: "+m.FromName+"\n\n"+m.Text, "IDENTIFIER")
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestMailsInFrench(t *testing.T) {
	o := open(t, storetest.SQLite(t))
	data := func(pairs ...string) map[string]string {
		m := map[string]string{"token": "SECRET", "code": "123456"}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	for name, m := range map[string]press.Mail{
		"confirm":   {Kind: press.MailChallenge, Data: data("purpose", "confirm", "title", "Le vélo d’Odile")},
		"comment":   {Kind: press.MailChallenge, Data: data("purpose", "comment", "title", "Le vélo d’Odile")},
		"signin":    {Kind: press.MailChallenge, Data: data("purpose", "signin")},
		"draft":     {Kind: press.MailDraft, Data: data("title", "")},
		"invite":    {Kind: press.MailInvitation, Data: data("by", "Yann", "role", "animator", "message", "On t’attend !\nYann", "section", "Sport")},
		"keys":      {Kind: press.MailInvitation, Data: data("by", "Yann", "role", "steward")},
		"come":      {Kind: press.MailInvitation, Data: data("role", "contributor")},
		"at-portal": {Kind: press.MailChallenge, Data: data("purpose", "signin")},
		"proofread": {Kind: press.MailProofread, Data: data("title", "Le vélo d’Odile", "by", "Odile", "message", "Le début est-il clair ?")},
		"read":      {Kind: press.MailRead, Data: data("title", "Le vélo d’Odile", "name", "Nolwenn", "count", "2", "draft", "0199c1a0")},
		"read-well": {Kind: press.MailRead, Data: data("title", "Le vélo d’Odile", "count", "0")},
	} {
		t.Run(name, func(t *testing.T) {
			m.To, m.Site = "x@example.org", o.site.ID
			if name == "at-portal" {
				m.Site = ""
			}
			message, err := o.postman.Compose(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, message)
		})
	}
}

// TestTheDesksRemarksAreTold: who wrote a proposal learns that an animator remarked on it.
func TestTheDesksRemarksAreTold(t *testing.T) {
	o := open(t, storetest.SQLite(t))
	e := o.Entry(o.site, "Le vélo d’Odile", press.Proposed, storetest.By(o.author))
	m := press.Mail{Kind: press.MailRead, Person: o.author.ID, Site: o.site.ID, Entry: e.ID, Data: map[string]string{"name": "Sterenn", "count": "2"}}
	message, err := o.postman.Compose(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if message.To != o.author.Email {
		t.Errorf("it goes to %s", message.To)
	}
	golden(t, "remarked", message)
}

func TestEachConcernedIsToldOnce(t *testing.T) {
	for _, c := range []struct {
		name   string
		event  press.Event
		author bool
		team   bool
	}{
		{"proposed", press.Event{Kind: press.EntryProposed}, true, true},
		{"published", press.Event{Kind: press.EntryPublished, Data: map[string]string{"debut": "yes"}}, true, false},
		{"scheduled", press.Event{Kind: press.EntryScheduled, Data: map[string]string{"at": "2026-04-02T07:30:00Z"}}, true, false},
		{"returned", press.Event{Kind: press.EntryReturned, Data: map[string]string{"note": "Et après ?\nAmicalement"}}, true, false},
		{"returned-remarked", press.Event{Kind: press.EntryReturned, Data: map[string]string{"note": "Et après ?", "remarks": "2"}}, true, false},
		{"refused", press.Event{Kind: press.EntryRefused, Reason: "C’est une publicité."}, true, false},
		{"corrected", press.Event{Kind: press.EntryCorrected}, true, false},
		{"withdrawn", press.Event{Kind: press.EntryWithdrawn}, true, false},
		{"binned", press.Event{Kind: press.EntryBinned, Reason: "Doublon."}, true, false},
		{"recovered", press.Event{Kind: press.EntryRecovered}, true, false},
		{"revision", press.Event{Kind: press.RevisionProposed}, false, true},
		{"accepted", press.Event{Kind: press.RevisionAccepted}, true, false},
		{"declined", press.Event{Kind: press.RevisionDeclined, Reason: "L’ancien titre est plus clair."}, true, false},
		{"note", press.Event{Kind: press.NoteLeft}, false, true},
		{"filed", press.Event{Kind: press.EntryFiled}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := open(t, storetest.SQLite(t))
			section := o.Section(o.site, "Sport")
			animator := o.Member("Sterenn", press.Animator, o.site.ID, "")
			o.Member("D’ailleurs", press.Animator, o.site.ID, o.Section(o.site, "Culture").ID)
			actor := o.Member("Aminata", press.Animator, o.site.ID, section.ID)
			e := o.Entry(o.site, "Le vélo d’Odile", press.Published, storetest.By(o.author), func(e *press.Entry) {
				e.Section, e.Standfirst = section.ID, "Il roule encore."
			})
			c.event.Site, c.event.Entry, c.event.Actor = o.site.ID, e.ID, actor.Person
			mails := o.emit(t, c.event)
			toAuthor, told := mails[o.author.Email]
			toTeam, asked := mails[animator.Email]
			if told != c.author || asked != c.team || len(mails) != count(c.author, c.team) {
				t.Fatalf("author told: %v, team told: %v, %d mails", told, asked, len(mails))
			}
			if told {
				golden(t, c.name, toAuthor)
			}
			if asked {
				golden(t, c.name+"-team", toTeam)
			}
		})
	}
}

func count(truths ...bool) (n int) {
	for _, t := range truths {
		if t {
			n++
		}
	}
	return n
}

func TestTheTeamDoesNotLearnWhoIsAnonymous(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		o := open(t, s)
		animator := o.Member("Sterenn", press.Animator, o.site.ID, "")
		secret := o.Person("Nom Secret")
		e := o.Entry(o.site, "Un titre", press.Proposed, func(e *press.Entry) {
			e.CreatedBy = secret.ID
			e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: secret.ID}}
		})
		mails := o.emit(t, press.Event{Kind: press.EntryProposed, Site: o.site.ID, Entry: e.ID, Actor: secret.ID})
		text := mails[animator.Email].Text
		if text == "" || strings.Contains(text, "Secret") || strings.Contains(text, secret.Email) {
			t.Errorf("the animator reads:\n%s", text)
		}
		if len(mails) != 2 {
			t.Errorf("%d mails: the author's receipt is missing", len(mails))
		}
	})
}

func TestOnlyHopelessFailuresEnd(t *testing.T) {
	o := open(t, storetest.SQLite(t))
	payload, err := json.Marshal(press.Mail{Kind: press.MailDraft, To: "x@example.org", Site: o.site.ID})
	if err != nil {
		t.Fatal(err)
	}
	var h interface{ Hopeless() bool }
	for _, c := range []struct {
		err  error
		want bool
	}{{post.ErrPermanent, true}, {errors.New("connection refused"), false}} {
		o.server.err = c.err
		if err := o.postman.Deliver(t.Context(), payload); errors.As(err, &h) != c.want {
			t.Errorf("%v gave %v", c.err, err)
		}
	}
}

func TestWordsAreInAllLanguages(t *testing.T) {
	texts, err := mailing.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	var here fs.FS = os.DirFS(".")
	messages, err := locale.Extract(here)
	if err != nil || len(messages) < 40 {
		t.Fatalf("%d messages found, %v", len(messages), err)
	}
	for language, missing := range locale.Missing(texts, messages) {
		for _, m := range missing {
			t.Errorf("%s lacks %q", language, m.ID)
		}
	}
	for language, wrong := range locale.Mismatched(texts, messages) {
		t.Errorf("%s: arguments differ in %v", language, wrong)
	}
}

// Somebody else may type an address: a co-author's, say. It is written to only
// when its holder asks to come in.
func TestAnAddressThatNobodyProvedReceivesNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		o := open(t, s)
		nadia := o.Person("Nadia")
		nadia.ConfirmedAt = time.Time{}
		o.Write(func(tx *store.Tx) error { return tx.SavePerson(t.Context(), nadia) })
		e := o.Entry(o.site, "Le banc bleu", press.Published, storetest.By(o.author), func(e *press.Entry) {
			e.Credits = append(e.Credits, press.Credit{Role: press.Author, Kind: press.SignName, Name: "Nadia", Person: nadia.ID})
		})
		told := o.emit(t, press.Event{Kind: press.EntryPublished, Site: o.site.ID, Entry: e.ID})
		if _, ok := told[o.author.Email]; !ok || len(told) != 1 {
			t.Errorf("told: %v", told)
		}
		nadia.ConfirmedAt = o.now
		o.Write(func(tx *store.Tx) error { return tx.SavePerson(t.Context(), nadia) })
		told = o.emit(t, press.Event{Kind: press.EntryBinned, Site: o.site.ID, Entry: e.ID})
		if _, ok := told[nadia.Email]; !ok {
			t.Error("once proved, she is told like the others")
		}
	})
}
