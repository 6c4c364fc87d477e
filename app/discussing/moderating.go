package discussing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

const maxReason = 1000 // characters

func forbidden() error {
	return press.Problem(press.Forbidden, "Only the site's animators may do this.")
}

func alreadyDecided() error {
	return press.Problem(press.Conflict, "Somebody decided on this comment meanwhile: look at where it stands now.")
}

// decision is an act of an animator on a comment.
type decision struct {
	act    string
	next   press.CommentStatus
	from   []press.CommentStatus
	kind   press.EventKind
	reason string
}

// decide gives a comment its next status, and records it.
func (r *Room) decide(ctx context.Context, v press.Viewer, id press.CommentID, d decision) error {
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.CommentToChange(ctx, id)
		if err != nil {
			return err
		}
		if v, err = tx.Anew(ctx, v); err != nil {
			return err
		}
		if !v.MayHear(c) {
			return missing()
		}
		if !v.May(press.Animator, c.Site, c.Section) {
			return forbidden()
		}
		if !slices.Contains(d.from, c.Status) || !c.Status.MayBecome(d.next) {
			return alreadyDecided()
		}
		c.Status, c.Reason, c.Decider, c.ChangedAt = d.next, d.reason, v.Person, r.Now()
		if d.next == press.CommentShown && c.ShownAt.IsZero() {
			c.ShownAt = c.ChangedAt
		}
		return r.keep(ctx, tx, c, true, r.event(d.kind, c, v, d.reason)) // the public journal shows each
	})
	if err != nil {
		return fmt.Errorf("%s the comment %s: %w", d.act, id, err)
	}
	return nil
}

// why checks the reason of a decision, which its author and the journal tell.
func why(reason string) (string, error) {
	reason = press.Clean(reason)
	var c press.Checks
	if reason == "" {
		c.Fault("reason", "Give the reason: it is sent to the author and stands in the public journal.")
	}
	press.CheckLength(&c, "reason", reason, maxReason)
	return reason, c.Err()
}

// PublishComment lets a comment that waits appear.
func (r *Room) PublishComment(ctx context.Context, v press.Viewer, id press.CommentID) error {
	return r.decide(ctx, v, id, decision{
		act: "publish", next: press.CommentShown, from: []press.CommentStatus{press.CommentWaiting}, kind: press.CommentWasPublished,
	})
}

// RefuseComment says no to a comment that waits, with a public reason.
func (r *Room) RefuseComment(ctx context.Context, v press.Viewer, id press.CommentID, reason string) error {
	reason, err := why(reason)
	if err != nil {
		return err
	}
	return r.decide(ctx, v, id, decision{
		act: "refuse", next: press.CommentRefused, from: []press.CommentStatus{press.CommentWaiting}, kind: press.CommentWasRefused,
		reason: reason,
	})
}

// HideComment takes a comment off that readers see, with a public reason.
func (r *Room) HideComment(ctx context.Context, v press.Viewer, id press.CommentID, reason string) error {
	reason, err := why(reason)
	if err != nil {
		return err
	}
	return r.decide(ctx, v, id, decision{
		act: "hide", next: press.CommentHidden, from: []press.CommentStatus{press.CommentShown}, kind: press.CommentWasHidden,
		reason: reason,
	})
}

// RestoreComment lets readers see a hidden comment again.
func (r *Room) RestoreComment(ctx context.Context, v press.Viewer, id press.CommentID) error {
	return r.decide(ctx, v, id, decision{
		act: "restore", next: press.CommentShown, from: []press.CommentStatus{press.CommentHidden}, kind: press.CommentWasRestored,
	})
}

// ReopenComment takes the publication or the refusal of a comment back: it
// waits again.
func (r *Room) ReopenComment(ctx context.Context, v press.Viewer, id press.CommentID) error {
	return r.decide(ctx, v, id, decision{
		act: "reopen", next: press.CommentWaiting, from: []press.CommentStatus{press.CommentShown, press.CommentRefused},
		kind: press.CommentWasReopened,
	})
}

// CloseTalk ends the talk under an entry: it is still read.
func (r *Room) CloseTalk(ctx context.Context, v press.Viewer, id press.EntryID, reason string) error {
	reason = press.Clean(reason)
	var c press.Checks
	if press.CheckLength(&c, "talk_reason", reason, maxReason); c.Err() != nil {
		return c.Err()
	}
	return r.turn(ctx, v, id, press.TalkClosed, r.Now(), reason)
}

// ReopenTalk undoes CloseTalk.
func (r *Room) ReopenTalk(ctx context.Context, v press.Viewer, id press.EntryID) error {
	return r.turn(ctx, v, id, press.TalkReopened, time.Time{}, "")
}

func (r *Room) turn(ctx context.Context, v press.Viewer, id press.EntryID, kind press.EventKind, at time.Time, reason string) error {
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		if v, err = tx.Anew(ctx, v); err != nil {
			return err
		}
		if !v.MayRead(e) {
			return missing()
		}
		if !v.May(press.Animator, e.Site, e.Section) {
			return forbidden()
		}
		state, err := tx.TalkState(ctx, v, id)
		if err != nil || state.ClosedAt.IsZero() == at.IsZero() {
			return err
		}
		if err := tx.CloseTalk(ctx, id, at); err != nil {
			return err
		}
		if err := tx.Touch(ctx, e.Site); err != nil {
			return err
		}
		return tx.Emit(ctx, press.Event{Kind: kind, Site: e.Site, Entry: id, Actor: v.Person, Reason: reason, At: r.Now()})
	})
	if err != nil {
		return fmt.Errorf("%s of %s: %w", kind, id, err)
	}
	return nil
}
