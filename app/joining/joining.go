// Package joining is how people come in: proving an address by a mailed link
// or code, staying signed in on a device, being invited to a role, handing it
// over. There are no passwords.
//
// Secrets (links, codes, sessions) are kept as hashes only. Start with
// proving.go, then inviting.go.
package joining

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Door does the verbs. All fields are needed.
type Door struct {
	Store *store.Store
	Now   func() time.Time
	// Post sends a mail once the transaction is kept.
	Post func(ctx context.Context, tx *store.Tx, m press.Mail) error
}

const (
	challengeLife  = 2 * time.Hour       // a code is typed at once
	confirmLife    = 14 * 24 * time.Hour // a contribution may wait for its writer
	sessionLife    = 180 * 24 * time.Hour
	invitationLife = 30 * 24 * time.Hour
)

const (
	maxName    = 100 // characters
	maxMessage = 2000
)

func forbidden() error {
	return press.Problem(press.Forbidden, "Only the site's stewards may do this.")
}

// Open signs a person in on a device; the session's Token goes to the browser
// and is kept nowhere else.
func (d *Door) Open(ctx context.Context, person press.PersonID) (press.Session, error) {
	now := d.Now()
	s := press.Session{Token: token.New(), Person: person, CreatedAt: now, ExpiresAt: now.Add(sessionLife)}
	err := d.Store.Write(ctx, func(tx *store.Tx) error { return tx.InsertSession(ctx, s, token.Hash(s.Token)) })
	if err != nil {
		return s, fmt.Errorf("open a session: %w", err)
	}
	return s, nil
}

// Viewer is who holds a session's token; the anonymous viewer when it is
// unknown or ended. A session in use is put off before it ends.
func (d *Door) Viewer(ctx context.Context, secret string) (press.Viewer, error) {
	hash := token.Hash(secret)
	s, err := d.Store.Session(ctx, hash)
	if press.KindOf(err) == press.NotFound {
		return press.Viewer{}, nil
	}
	if err != nil {
		return press.Viewer{}, fmt.Errorf("recognise the viewer: %w", err)
	}
	now := d.Now()
	if now.After(s.ExpiresAt) {
		return press.Viewer{}, nil
	}
	if s.ExpiresAt.Sub(now) < sessionLife/2 {
		err := d.Store.Write(ctx, func(tx *store.Tx) error { return tx.ExtendSession(ctx, hash, now.Add(sessionLife)) })
		if err != nil {
			return press.Viewer{}, fmt.Errorf("recognise the viewer: %w", err)
		}
	}
	v, err := d.Store.Viewer(ctx, s.Person)
	if err != nil {
		return press.Viewer{}, fmt.Errorf("recognise the viewer: %w", err)
	}
	return v, nil
}

// Leave signs out of a device.
func (d *Door) Leave(ctx context.Context, secret string) error {
	err := d.Store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSession(ctx, token.Hash(secret)) })
	if err != nil {
		return fmt.Errorf("leave: %w", err)
	}
	return nil
}

// LeaveEverywhere signs a person out of all their devices.
func (d *Door) LeaveEverywhere(ctx context.Context, v press.Viewer) error {
	err := d.Store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSessions(ctx, v.Person) })
	if err != nil {
		return fmt.Errorf("leave everywhere: %w", err)
	}
	return nil
}

// Introduce keeps how a person calls themselves and the language of their mails.
func (d *Door) Introduce(ctx context.Context, v press.Viewer, name, language string) error {
	var c press.Checks
	name = press.CleanLine(name)
	if name == "" || len([]rune(name)) > maxName {
		c.Fault("name", "Write your name, 100 characters at most.")
	}
	if !press.KnownLanguage(language) {
		c.Fault("language", "Choose among the languages offered.")
	}
	if err := c.Err(); err != nil {
		return err
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		p, err := tx.Person(ctx, press.Itself, v.Person)
		if err != nil {
			return err
		}
		renamed := p.Name != name
		p.Name, p.Language = name, language
		if err := tx.SavePerson(ctx, p); err != nil || !renamed {
			return err
		}
		for _, m := range v.Memberships { // the sites they keep name them, and so do the journals
			if err := tx.Touch(ctx, m.Site); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("introduce oneself: %w", err)
	}
	return nil
}

// known finds the person of an address, or makes one.
func (d *Door) known(ctx context.Context, tx *store.Tx, email, name, language string, invitedBy press.PersonID) (press.Person, error) {
	p, err := tx.PersonByEmail(ctx, press.Itself, email)
	if press.KindOf(err) != press.NotFound {
		return p, err
	}
	p = press.Person{
		ID: press.PersonID(ids.New()), Email: email, Name: name, Language: language, InvitedBy: invitedBy, CreatedAt: d.Now(),
	}
	return p, tx.SavePerson(ctx, p)
}

// confirm marks a person's address as proved.
func (d *Door) confirm(ctx context.Context, tx *store.Tx, p press.Person, site press.SiteID) (press.Person, error) {
	if !p.ConfirmedAt.IsZero() {
		return p, nil
	}
	p.ConfirmedAt = d.Now()
	if err := tx.SavePerson(ctx, p); err != nil {
		return p, err
	}
	return p, tx.Emit(ctx, press.Event{Kind: press.PersonConfirmed, Site: site, Actor: p.ID, At: p.ConfirmedAt})
}
