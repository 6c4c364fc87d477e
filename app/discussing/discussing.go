// Package discussing is the private talk of a site's people around what is
// proposed, as in an editorial room. Public comments are not its business.
//
// Start with Room.Note.
package discussing

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store"
)

// Room does the verbs. All fields are needed.
type Room struct {
	Store *store.Store
	Now   func() time.Time
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
