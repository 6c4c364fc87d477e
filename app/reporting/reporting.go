// Package reporting is what readers say is wrong, and what becomes of it:
// anyone reports an entry, a picture or a comment, an animator decides, both
// sides learn why, and a steward who didn't decide hears appeals.
//
// It follows Regulation (EU) 2022/2065, articles 16 (notice), 17 (statement of
// reasons) and 20 (complaints). Authors never learn who reported. What a
// decision does to a thing is the act of another verb, handed over as Acts.
//
// Start with receiving.go, then deciding.go and appealing.go.
package reporting

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Clerk does the verbs. All fields are needed.
type Clerk struct {
	Store *store.Store
	Now   func() time.Time
	// Post sends a mail once the transaction is kept.
	Post func(ctx context.Context, tx *store.Tx, m press.Mail) error
	// Acts are how each kind of thing is seen, taken off and put back.
	Acts map[press.ThingKind]Acts
}

// Acts are another verb's, in the transaction that they are given.
type Acts struct {
	// See finds what a reader may see of a thing, to report it: its words as
	// they are now, and whose it is when it isn't its entry's people's.
	See func(ctx context.Context, r store.Reader, v press.Viewer, t press.Thing) (excerpt string, person press.PersonID, err error)
	// TakeOff does what a restricting ruling says; false when there was nothing
	// to take off any more.
	TakeOff func(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, r press.Ruling) (bool, error)
	// PutBack undoes TakeOff.
	PutBack func(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, reason string) error
}

const (
	maxWords  = 5000 // characters
	maxReason = 1000
	maxName   = 100
	// mailsADay bounds the reports that an address hears of, whoever makes them
	// and from wherever: nobody's mailbox is filled. The others are taken all the
	// same, and can be followed by their link.
	mailsADay = 6
)

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

func newID[T ~string]() T { return T(ids.New()) }

// tidied is a typed text, cleaned, with a fault when it is too long.
func tidied(c *press.Checks, field, text string, most int) string {
	text = press.Clean(text)
	press.CheckLength(c, field, text, most)
	return text
}

// key makes a new secret link to a case.
func key(ctx context.Context, tx *store.Tx, k press.Key) (string, error) {
	secret := token.New()
	return secret, tx.InsertKey(ctx, k, token.Hash(secret))
}

// data is what each mail about a case tells.
func data(c press.Case, as string) map[string]string {
	return map[string]string{
		"as": as, "thing": string(c.Kind), "title": c.Title, "excerpt": c.Excerpt,
		"outcome": string(c.Outcome), "ground": string(c.Ground), "public": c.Reason,
	}
}

// tellReporter mails whoever made a report, if they may be written to, with a
// link of their own; more is added to the mail's data.
func (k *Clerk) tellReporter(ctx context.Context, tx *store.Tx, c press.Case, r press.Report, as string, more map[string]string) error {
	if r.Email == "" || r.Quiet {
		return nil
	}
	secret, err := key(ctx, tx, press.Key{Case: c.ID, Report: r.ID})
	if err != nil {
		return err
	}
	m := press.Mail{Kind: press.MailReport, To: r.Email, Language: r.Language, Site: c.Site, Entry: c.Entry, Data: data(c, as)}
	m.Data["token"], m.Data["side"], m.Data["reason"] = secret, "reporter", string(r.Reason)
	for name, text := range more {
		m.Data[name] = text
	}
	return k.Post(ctx, tx, m)
}

// tellReporters is tellReporter for all who reported.
func (k *Clerk) tellReporters(ctx context.Context, tx *store.Tx, c press.Case, as string, more map[string]string) error {
	for _, r := range c.Reports {
		if err := k.tellReporter(ctx, tx, c, r, as, more); err != nil {
			return err
		}
	}
	return nil
}

// tellAuthors mails the people whose thing it is.
func (k *Clerk) tellAuthors(ctx context.Context, tx *store.Tx, c press.Case, as string, more map[string]string) error {
	people, err := authors(ctx, tx, c)
	if err != nil {
		return err
	}
	for _, p := range people {
		secret, err := key(ctx, tx, press.Key{Case: c.ID, Person: p})
		if err != nil {
			return err
		}
		m := press.Mail{Kind: press.MailReport, Person: p, Site: c.Site, Entry: c.Entry, Data: data(c, as)}
		m.Data["token"], m.Data["side"] = secret, "author"
		for name, text := range more {
			m.Data[name] = text
		}
		if err := k.Post(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

func authors(ctx context.Context, tx *store.Tx, c press.Case) ([]press.PersonID, error) {
	if c.Kind == press.ThingComment {
		if c.Person == "" {
			return nil, nil
		}
		return []press.PersonID{c.Person}, nil
	}
	e, err := tx.Entry(ctx, press.Itself, c.Entry)
	return e.Owners(), err
}

// emit records what happened to a case; only ruled is ever public, besides
// reason.
func (k *Clerk) emit(ctx context.Context, tx *store.Tx, kind press.EventKind, c press.Case, actor press.PersonID, reason string, changed bool) error {
	ruled := press.Ruled{Kind: c.Kind, Reasons: c.Reasons(), Outcome: c.Outcome, Ground: c.Ground, Changed: changed}
	slices.Sort(ruled.Reasons)
	text, err := json.Marshal(ruled)
	if err != nil {
		return err
	}
	return tx.Emit(ctx, press.Event{
		Kind: kind, Site: c.Site, Entry: c.Entry, Actor: actor, Reason: reason, At: k.Now(),
		Data: map[string]string{press.RuledData: string(text), "case": string(c.ID), "person": string(c.Person), "decider": string(c.By)},
	})
}
