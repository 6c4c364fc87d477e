// Package mailing writes the house's mails and sends them: plain text, in
// their reader's language, saying what happened, what to do next and why they
// come.
//
// A mail is a job: Post and Concern enqueue it in the transaction of what it
// tells, Deliver composes it when it leaves. Start with Concern (who is told
// of what) and words.go (how).
package mailing

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/locale"
	"bourgeon/kit/post"
	"bourgeon/press"
	"bourgeon/store"
)

// Job is the kind of the jobs that Deliver does.
const Job = "mail"

// Postman does the verbs. All fields are needed.
type Postman struct {
	Store     *store.Store
	Now       func() time.Time
	Sender    post.Sender
	From      string // address
	Addresses press.Addresses
	Catalogue *locale.Catalogue
}

//go:embed locale
var catalogues embed.FS

// LoadCatalogue reads the words of the mails.
func LoadCatalogue() (*locale.Catalogue, error) {
	sub, err := fs.Sub(catalogues, "locale")
	if err != nil {
		return nil, err
	}
	return locale.Load(sub, press.Languages...)
}

// Post plans a mail, sent once the transaction is kept.
func (p *Postman) Post(ctx context.Context, tx *store.Tx, m press.Mail) error {
	m.ID = ids.New()
	return tx.Enqueue(ctx, Job, m, p.Now(), "")
}

// told are the events of which an entry's own people are told.
var told = map[press.EventKind]bool{
	press.EntryProposed: true, press.EntryPublished: true, press.EntryScheduled: true, press.EntryReturned: true,
	press.EntryRefused: true, press.EntryCorrected: true, press.EntryWithdrawn: true, press.EntryBinned: true,
	press.EntryRecovered: true, press.RevisionAccepted: true, press.RevisionDeclined: true,
}

// acknowledged are those of which even the one who acted gets a mail: it is
// their receipt.
var acknowledged = map[press.EventKind]bool{
	press.EntryProposed: true, press.EntryPublished: true, press.EntryWithdrawn: true,
}

// announced are the events of which the site's animators are told.
var announced = map[press.EventKind]bool{
	press.EntryProposed: true, press.RevisionProposed: true, press.NoteLeft: true, press.ReportReceived: true,
	press.ReportAppealed: true,
}

// Concern plans a mail for each person concerned by an event, in the event's
// own transaction. Nobody is told of one event twice.
func (p *Postman) Concern(ctx context.Context, tx *store.Tx, event press.Event) error {
	if event.Kind.OfTalk() {
		return p.concernTalk(ctx, tx, event)
	}
	if event.Entry == "" || !told[event.Kind] && !announced[event.Kind] || event.Data[press.ByReport] != "" {
		return nil
	}
	e, err := tx.Entry(ctx, press.Itself, event.Entry)
	if err != nil {
		return err
	}
	own := e.Owners()
	if told[event.Kind] {
		for _, person := range own {
			if person == event.Actor && !acknowledged[event.Kind] {
				continue
			}
			if err := p.tell(ctx, tx, event, person, "author"); err != nil {
				return err
			}
		}
	}
	if !announced[event.Kind] {
		return nil
	}
	team, err := p.team(ctx, tx, e, event, own)
	if err != nil {
		return err
	}
	for _, person := range team {
		if err := p.tell(ctx, tx, event, person, "team"); err != nil {
			return err
		}
	}
	return nil
}

func (p *Postman) tell(ctx context.Context, tx *store.Tx, event press.Event, person press.PersonID, as string) error {
	m := press.Mail{
		ID: ids.New(), Kind: press.MailEvent, Person: person, Site: event.Site, Entry: event.Entry, Event: event.ID,
		Data: map[string]string{"as": as},
	}
	return tx.Enqueue(ctx, Job, m, p.Now(), fmt.Sprintf("mail %s %s", event.ID, person))
}

// team are those who care for what waits: the animators of the site and of
// the entry's section, else the site's stewards, else the network's; an appeal
// is for stewards alone. Whoever acted or is concerned isn't among them. What
// was reported waits for somebody in any case: when all on a level are
// concerned, it is for the next one.
func (p *Postman) team(ctx context.Context, tx *store.Tx, e press.Entry, event press.Event, own []press.PersonID) ([]press.PersonID, error) {
	members, err := tx.Memberships(ctx, press.Itself, e.Site)
	if err != nil {
		return nil, err
	}
	reported := event.Kind == press.ReportReceived || event.Kind == press.ReportAppealed
	if person := press.PersonID(event.Data["person"]); reported && person != "" {
		own = []press.PersonID{person} // a comment's, not its page's
	}
	out := func(person press.PersonID) bool {
		decided := event.Kind == press.ReportAppealed && string(person) == event.Data["decider"]
		return person == event.Actor || slices.Contains(own, person) || decided
	}
	levels := [][]press.PersonID{holders(members, press.Animator, e.Section), holders(members, press.Steward, e.Section)}
	if event.Kind == press.ReportAppealed {
		levels = [][]press.PersonID{holders(members, press.Steward, "")}
	}
	for _, level := range levels {
		others := slices.DeleteFunc(slices.Clone(level), out)
		if len(others) > 0 || len(level) > 0 && !reported {
			return others, nil
		}
	}
	network, err := tx.Memberships(ctx, press.Itself, "")
	return slices.DeleteFunc(holders(network, press.Steward, ""), out), err
}

func holders(members []press.Membership, role press.Role, section press.SectionID) []press.PersonID {
	var people []press.PersonID
	for _, m := range members {
		if m.Role == role && (m.Section == "" || m.Section == section) {
			people = append(people, m.Person)
		}
	}
	return people
}

// hopeless marks a failure that another try would not mend.
type hopeless struct{ error }

func (hopeless) Hopeless() bool  { return true }
func (h hopeless) Unwrap() error { return h.error }

// Deliver composes a mail and sends it; the handler of Job. What it tells of
// may be gone meanwhile: then nothing is sent.
func (p *Postman) Deliver(ctx context.Context, payload json.RawMessage) error {
	var m press.Mail
	if err := json.Unmarshal(payload, &m); err != nil {
		return hopeless{fmt.Errorf("read the mail: %w", err)}
	}
	message, err := p.Compose(ctx, m)
	if press.KindOf(err) == press.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("compose the mail: %w", err)
	}
	err = p.Sender.Send(ctx, message)
	if errors.Is(err, post.ErrPermanent) {
		return hopeless{err}
	}
	if err != nil {
		return fmt.Errorf("send the mail: %w", err)
	}
	return nil
}
