// Package discussing is how people talk: readers in public, under what is
// published (comments, and thanks); a site's people in private around what is
// proposed, as in an editorial room (notes).
//
// A comment is signed and confirmed as a contribution is, and appears by the
// rule of its site and form. Whom a mail tells of it isn't decided here: see
// app/mailing.
//
// Start with commenting.go (authors), moderating.go (animators), thanking.go.
package discussing

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store"
)

// Room does the verbs. Store and Now are needed; the others for comments.
type Room struct {
	Store *store.Store
	Now   func() time.Time
	// Challenge sends a link and a code that prove an address, in the
	// transaction; it returns the challenge whose page asks for the code.
	Challenge func(ctx context.Context, tx *store.Tx, h press.Challenge, title, language string) (press.Challenge, error)
	// Holder finds the holder of an address, or keeps them as unconfirmed.
	Holder func(ctx context.Context, tx *store.Tx, email, name, language string) (press.Person, error)
	// Credited gives a signature its byline.
	Credited func(ctx context.Context, tx *store.Tx, c press.Credit) (press.Credit, error)
	// Addresses prefixes the links of rendered comments.
	Addresses press.Addresses
}

const maxNote = 5000 // characters

// Note leaves a private note on an entry, for the site's people: contributors
// and up, on entries that they may read. The entry's author sees it only when
// they are one of them.
func (r *Room) Note(ctx context.Context, v press.Viewer, id press.EntryID, text string) (press.Note, error) {
	n := press.Note{ID: press.NoteID(ids.New()), Entry: id, Person: v.Person, Name: v.Name, Text: press.Clean(text), CreatedAt: r.Now()}
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.Known() {
			return press.Problem(press.SignIn, "Sign in to leave a note.")
		}
		e, err := tx.Entry(ctx, v, id)
		if err != nil {
			return err
		}
		if !v.MaySomewhere(press.Contributor, e.Site) {
			return press.Problem(press.Forbidden, "Only the site's people leave notes.")
		}
		var c press.Checks
		if n.Text == "" {
			c.Fault("text", "Write your note.")
		}
		press.CheckLength(&c, "text", n.Text, maxNote)
		if c.Err() != nil {
			return c.Err()
		}
		if err := tx.InsertNote(ctx, n); err != nil {
			return err
		}
		return tx.Emit(ctx, press.Event{
			Kind: press.NoteLeft, Site: e.Site, Entry: id, Actor: v.Person, At: n.CreatedAt,
			Data: map[string]string{"note": string(n.ID)},
		})
	})
	if err != nil {
		return press.Note{}, fmt.Errorf("leave a note on %s: %w", id, err)
	}
	return n, nil
}
