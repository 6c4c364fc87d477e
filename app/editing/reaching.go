package editing

import (
	"context"
	"fmt"

	"bourgeon/press"
	"bourgeon/store"
)

// Reachable tells whether a published entry keeps an address that readers may
// write to.
func (ed *Editor) Reachable(ctx context.Context, id press.EntryID) (bool, error) {
	_, address, err := kept(ctx, ed.Store.Reader, id)
	if err != nil {
		return false, fmt.Errorf("look for an address: %w", err)
	}
	return address != "", nil
}

func kept(ctx context.Context, r store.Reader, id press.EntryID) (press.Entry, string, error) {
	e, err := r.Entry(ctx, press.Itself, id)
	if err != nil || e.Status != press.Published {
		return e, "", err
	}
	form, err := r.Form(ctx, press.Itself, e.Form)
	if err != nil {
		return e, "", err
	}
	field, ok := form.OfKind(press.Email)
	if !ok {
		return e, "", nil
	}
	return e, e.Answers.One(field.Key), nil
}

const maxMessage = 5000 // characters

// WriteTo sends a message to the address that an entry keeps. Whoever writes
// doesn't see it, and gives theirs to be answered.
func (ed *Editor) WriteTo(ctx context.Context, id press.EntryID, name, email, text string) error {
	var c press.Checks
	name, email, text = press.CleanLine(name), press.FoldEmail(email), press.Clean(text)
	if name == "" {
		c.Fault("name", "Say who you are.")
	}
	press.CheckLength(&c, "name", name, 100)
	press.CheckEmail(&c, "email", email)
	if text == "" {
		c.Fault("text", "Write your message.")
	}
	press.CheckLength(&c, "text", text, maxMessage)
	if c.Err() != nil {
		return c.Err()
	}
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, address, err := kept(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		if address == "" {
			return missing()
		}
		return ed.Post(ctx, tx, press.Mail{
			Kind: press.MailContact, To: address, Language: e.Language, Site: e.Site, Entry: e.ID,
			Data: map[string]string{"title": e.Title, "name": name, "email": email, "text": text},
		})
	})
	if err != nil {
		return fmt.Errorf("write to the people of %s: %w", id, err)
	}
	return nil
}
