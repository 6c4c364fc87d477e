package discussing

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/markdown"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Saying is a comment as it is sent.
type Saying struct {
	// Key is the secret of the form that it comes from: a form sent twice is
	// one comment, and one whose address was mistyped is sent again.
	Key      string
	Parent   press.CommentID // what it answers; "" opens a thread
	Text     string          // Markdown, in the entry's language
	Language string          // of the mails to its writer
	Signing  press.Signing
	Follow   bool // mails about what is said next are wanted
}

// Said is what became of a comment.
type Said struct {
	press.Comment
	// Challenge is set when the writer's address must be confirmed first.
	Challenge press.Challenge
}

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

func changed() error {
	return press.Problem(press.Conflict, "This comment changed meanwhile: look at where it stands now.")
}

// Comment says something under a published entry. Someone who is signed in is
// heard, or waits to be read, at once; another gets a link and a code by mail,
// and the comment waits for them. Faults come back by field.
func (r *Room) Comment(ctx context.Context, v press.Viewer, entry press.EntryID, s Saying) (Said, error) {
	var out Said
	s.Text, s.Signing = press.Clean(s.Text), s.Signing.Tidy()
	if s.Key == "" {
		s.Key = token.New()
	}
	if !press.KnownLanguage(s.Language) {
		s.Language = press.Languages[0]
	}
	var c press.Checks
	press.CheckComment(&c, s.Text)
	if err := c.With(s.Signing.Check(v.Known())); err != nil {
		return out, fmt.Errorf("comment on %s: %w", entry, err)
	}
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		out = Said{}
		w, err := r.where(ctx, tx, v, entry)
		if err != nil {
			return err
		}
		known, err := tx.CommentByKey(ctx, token.Hash(s.Key))
		again := err == nil
		if err != nil && press.KindOf(err) != press.NotFound {
			return err
		}
		if again && known.Entry != entry {
			return missing()
		}
		if again && known.Status != press.CommentDraft {
			out.Comment = known
			return nil
		}
		comment, err := r.found(ctx, tx, v, w, s)
		if err != nil {
			return err
		}
		if again {
			comment.ID, comment.CreatedAt = known.ID, known.CreatedAt
			if err := tx.UpdateComment(ctx, comment); err != nil {
				return err
			}
			if err := tx.SetWantsMail(ctx, comment.ID, s.Follow); err != nil {
				return err
			}
		} else if err := tx.InsertComment(ctx, comment, token.Hash(s.Key), s.Follow); err != nil {
			return err
		}
		if v.Known() {
			out.Comment, err = r.settle(ctx, tx, v, w, comment)
			return err
		}
		out.Comment = comment
		out.Challenge, err = r.Challenge(ctx, tx, press.Challenge{
			Purpose: press.ForComment, Email: s.Signing.Email, Person: comment.By.Person, Entry: entry, Comment: comment.ID, Site: w.site.ID,
		}, w.entry.Title, s.Language)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("comment on %s: %w", entry, err)
	}
	return out, nil
}

// place is where a comment is said.
type place struct {
	site  press.Site
	entry press.Entry
	mode  press.Talk
}

// where finds the entry of a talk, its site and its rule.
func (r *Room) where(ctx context.Context, tx *store.Tx, v press.Viewer, id press.EntryID) (w place, err error) {
	if w.entry, err = tx.Entry(ctx, v, id); err != nil {
		return w, err
	}
	if w.site, err = tx.Site(ctx, press.Itself, w.entry.Site); err != nil {
		return w, err
	}
	form, err := tx.Form(ctx, press.Itself, w.entry.Form)
	if err != nil {
		return w, err
	}
	state, err := tx.TalkState(ctx, v, id)
	if err != nil {
		return w, err
	}
	w.mode = w.site.TalkOn(form)
	switch {
	case !w.site.ClosedAt.IsZero():
		return w, press.Problem(press.Gone, "This site is closed.")
	case w.entry.Status != press.Published || w.mode == press.TalkOff:
		return w, press.Problem(press.Forbidden, "There is no conversation under this text.")
	case !state.ClosedAt.IsZero():
		return w, press.Problem(press.Forbidden, "This conversation is closed: it can be read, and nothing is added to it any more.")
	}
	return w, nil
}

// found makes the comment that somebody sent, not confirmed yet.
func (r *Room) found(ctx context.Context, tx *store.Tx, v press.Viewer, w place, s Saying) (press.Comment, error) {
	now := r.Now()
	c := press.Comment{
		ID: press.CommentID(ids.New()), Site: w.site.ID, Entry: w.entry.ID, Parent: s.Parent, Status: press.CommentDraft,
		Language: w.entry.Language, Text: s.Text, HTML: r.rendered(s.Text, w.entry.Language), Version: 1, CreatedAt: now, ChangedAt: now,
		Section: w.entry.Section, Address: w.entry.Address, EntryTitle: w.entry.Title, EntrySlug: w.entry.Slug, EntryLanguage: w.entry.Language,
	}
	if s.Parent != "" {
		parent, err := tx.Comment(ctx, press.Itself, s.Parent)
		if err != nil {
			return c, err
		}
		if parent.Entry != w.entry.ID {
			return c, missing()
		}
		if parent.Status != press.CommentShown {
			return c, press.Problem(press.Gone, "The comment that you answer was taken off meanwhile.")
		}
		if parent.Parent != "" {
			c.Parent = parent.Parent
		}
	}
	writer := v.Person
	if !v.Known() {
		p, err := r.Holder(ctx, tx, s.Signing.Email, s.Signing.OwnName(), s.Language)
		if err != nil {
			return c, err
		}
		writer = p.ID
	}
	by, err := r.Credited(ctx, tx, s.Signing.Author(writer))
	c.By = by
	return c, err
}

// rendered is the HTML of a comment.
func (r *Room) rendered(text, language string) string {
	return markdown.Render(text, markdown.Options{Short: true, French: language == "fr", LinkBase: r.Addresses.Base})
}

// settle decides whether a confirmed comment appears at once.
func (r *Room) settle(ctx context.Context, tx *store.Tx, v press.Viewer, w place, c press.Comment) (press.Comment, error) {
	now := r.Now()
	at, err := r.atOnce(ctx, tx, v, w)
	if err != nil {
		return c, err
	}
	c.Status, c.CreatedAt, c.ChangedAt = press.CommentWaiting, now, now
	kind := press.CommentProposed
	if at {
		c.Status, c.ShownAt, kind = press.CommentShown, now, press.CommentPosted
	}
	if err := tx.UpdateComment(ctx, c); err != nil {
		return c, err
	}
	wants, err := tx.WantsMail(ctx, c.ID)
	if err != nil {
		return c, err
	}
	if wants {
		if err := r.follow(ctx, tx, c.Entry, v.Person, true); err != nil {
			return c, err
		}
	}
	if at {
		if err := tx.Touch(ctx, c.Site); err != nil {
			return c, err
		}
	}
	return c, tx.Emit(ctx, r.event(kind, c, v, ""))
}

func (r *Room) atOnce(ctx context.Context, tx *store.Tx, v press.Viewer, w place) (bool, error) {
	heard, err := tx.HeardOf(ctx, v.Person, w.site.ID)
	return press.AppearsAtOnce(w.mode, w.site.Openness, v, w.site.ID, w.entry.Section, heard), err
}

func (r *Room) event(kind press.EventKind, c press.Comment, v press.Viewer, reason string) press.Event {
	return press.Event{
		Kind: kind, Site: c.Site, Entry: c.Entry, Actor: v.Person, Reason: reason, At: r.Now(),
		Data: map[string]string{"comment": string(c.ID)},
	}
}

// ConfirmComment ends the waiting of a comment whose writer has just proved
// their address. Confirming twice does nothing more.
func (r *Room) ConfirmComment(ctx context.Context, v press.Viewer, id press.CommentID) (press.Comment, error) {
	return r.own(ctx, v, "confirm", id, func(tx *store.Tx, c press.Comment) (press.Comment, error) {
		if c.Status != press.CommentDraft {
			return c, nil
		}
		w, err := r.where(ctx, tx, v, c.Entry)
		if err != nil {
			return c, err
		}
		return r.settle(ctx, tx, v, w, c)
	})
}

// own runs one act of a comment's author on it.
func (r *Room) own(ctx context.Context, v press.Viewer, act string, id press.CommentID, f func(*store.Tx, press.Comment) (press.Comment, error)) (press.Comment, error) {
	var out press.Comment
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.CommentToChange(ctx, id)
		if err != nil {
			return err
		}
		if !v.Wrote(c) {
			return missing()
		}
		out, err = f(tx, c)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("%s the comment %s: %w", act, id, err)
	}
	return out, nil
}

// EditComment changes the text of a comment, from the version that its author
// saw. The earlier text is kept for the animators. Where comments are read
// before, so is the change, and the comment waits meanwhile.
func (r *Room) EditComment(ctx context.Context, v press.Viewer, id press.CommentID, version int, text string) (press.Comment, error) {
	text = press.Clean(text)
	var c press.Checks
	if press.CheckComment(&c, text); c.Err() != nil {
		return press.Comment{}, fmt.Errorf("change the comment %s: %w", id, c.Err())
	}
	return r.own(ctx, v, "change", id, func(tx *store.Tx, c press.Comment) (press.Comment, error) {
		shown := c.Status == press.CommentShown
		if !shown && c.Status != press.CommentWaiting || c.Version != version {
			return c, changed()
		}
		if c.Text == text {
			return c, nil
		}
		w, err := r.where(ctx, tx, v, c.Entry)
		if err != nil {
			return c, err
		}
		now := r.Now()
		if err := tx.KeepWording(ctx, c, now); err != nil {
			return c, err
		}
		c.Text, c.HTML = text, r.rendered(text, c.Language)
		c.Version++
		kind := press.CommentWasEdited
		if shown {
			c.EditedAt = now
			at, err := r.atOnce(ctx, tx, v, w)
			if err != nil {
				return c, err
			}
			if !at {
				c.Status, c.ChangedAt, kind = press.CommentWaiting, now, press.CommentProposed
			}
		}
		return c, r.keep(ctx, tx, c, shown, r.event(kind, c, v, ""))
	})
}

// keep writes a comment that changed, for readers too if they see the
// difference, and records it.
func (r *Room) keep(ctx context.Context, tx *store.Tx, c press.Comment, seen bool, event press.Event) error {
	if err := tx.UpdateComment(ctx, c); err != nil {
		return err
	}
	if seen {
		if err := tx.Touch(ctx, c.Site); err != nil {
			return err
		}
	}
	return tx.Emit(ctx, event)
}

// WithdrawComment takes a comment off at its author's wish. Where it was
// answered, its place says so.
func (r *Room) WithdrawComment(ctx context.Context, v press.Viewer, id press.CommentID) (press.Comment, error) {
	return r.own(ctx, v, "withdraw", id, func(tx *store.Tx, c press.Comment) (press.Comment, error) {
		if !c.Status.MayBecome(press.CommentWithdrawn) {
			return c, changed()
		}
		seen := c.Status == press.CommentShown
		c.Status, c.ChangedAt = press.CommentWithdrawn, r.Now()
		return c, r.keep(ctx, tx, c, seen, r.event(press.CommentWasWithdrawn, c, v, ""))
	})
}

// Regret is how long an author may take a withdrawal back.
const Regret = 24 * time.Hour

// RecoverComment takes a withdrawal back. What readers had seen appears again,
// and the rest by the rule of the site.
func (r *Room) RecoverComment(ctx context.Context, v press.Viewer, id press.CommentID) (press.Comment, error) {
	return r.own(ctx, v, "recover", id, func(tx *store.Tx, c press.Comment) (press.Comment, error) {
		if c.Status != press.CommentWithdrawn || r.Now().Sub(c.ChangedAt) > Regret {
			return c, changed()
		}
		w, err := r.where(ctx, tx, v, c.Entry)
		if err != nil {
			return c, err
		}
		if c.ShownAt.IsZero() || !c.EditedAt.IsZero() {
			return r.settle(ctx, tx, v, w, c)
		}
		c.Status, c.ChangedAt = press.CommentShown, r.Now()
		return c, r.keep(ctx, tx, c, true, r.event(press.CommentPosted, c, v, ""))
	})
}
