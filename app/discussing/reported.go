package discussing

import (
	"context"

	"bourgeon/press"
	"bourgeon/store"
)

// See finds what a comment says, and whose it is, for app/reporting.
func (r *Room) See(ctx context.Context, reader store.Reader, v press.Viewer, t press.Thing) (string, press.PersonID, error) {
	c, err := reader.Comment(ctx, v, press.CommentID(t.ID))
	if err != nil {
		return "", "", err
	}
	if c.Entry != t.Entry || c.Status != press.CommentShown {
		return "", "", missing()
	}
	whole, err := reader.Comment(ctx, press.Itself, c.ID)
	return c.Text, whole.By.Person, err
}

// TakeOff hides a comment, in the transaction of a ruling on a report. It is
// false when readers don't see it any more.
func (r *Room) TakeOff(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, ruling press.Ruling) (bool, error) {
	return r.rule(ctx, tx, v, t, decision{
		next: press.CommentHidden, from: []press.CommentStatus{press.CommentShown}, kind: press.CommentWasHidden, reason: ruling.Reason,
	})
}

// PutBack undoes TakeOff.
func (r *Room) PutBack(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, _ string) error {
	_, err := r.rule(ctx, tx, v, t, decision{
		next: press.CommentShown, from: []press.CommentStatus{press.CommentHidden}, kind: press.CommentWasRestored,
	})
	return err
}

// rule does what a ruling says, unless the comment stands otherwise by now. The
// ruling tells people: no mail follows.
func (r *Room) rule(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, d decision) (bool, error) {
	c, err := tx.CommentToChange(ctx, press.CommentID(t.ID))
	if err != nil {
		return false, err
	}
	if !v.May(press.Animator, c.Site, c.Section) {
		return false, forbidden()
	}
	if c.Status != d.from[0] {
		return false, nil
	}
	c.Status, c.Reason, c.Decider, c.ChangedAt = d.next, d.reason, v.Person, r.Now()
	event := r.event(d.kind, c, v, d.reason)
	event.Data[press.ByReport] = "yes"
	return true, r.keep(ctx, tx, c, true, event)
}
