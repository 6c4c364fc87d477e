package editing

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// decide runs one act of an animator on an entry: it checks the right, holds
// the entry, and wraps errors with the act's name.
func (ed *Editor) decide(ctx context.Context, v press.Viewer, act string, id press.EntryID, f func(*store.Tx, press.Form, press.Entry) error) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		v, err := tx.Anew(ctx, v)
		if err != nil {
			return err
		}
		if !v.MayRead(e) { // not confirmed yet, for instance
			return missing()
		}
		if !v.May(press.Animator, e.Site, e.Section) {
			return forbidden()
		}
		if ed.seen != nil && ed.seen.Status != e.Status {
			return alreadyDecided()
		}
		if ed.seen != nil && ed.seen.Revision != e.Revision {
			return press.Problem(press.Conflict, "The text was changed since you read it: read it again before you decide.")
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		return f(tx, form, e)
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", act, id, err)
	}
	return nil
}

// become gives an entry its next status, and records it.
func (ed *Editor) become(ctx context.Context, tx *store.Tx, form press.Form, e press.Entry, next press.Status, event press.Event) error {
	if !e.Status.MayBecome(next) {
		return alreadyDecided()
	}
	if e.Status == press.Published {
		if err := ed.leavePublic(ctx, tx, &e, next); err != nil {
			return err
		}
	}
	e.Status = next
	if next != press.Published {
		e.FeaturedAt = time.Time{}
	}
	if err := ed.keep(ctx, tx, form, &e); err != nil {
		return err
	}
	if err := tx.Touch(ctx, e.Site); err != nil {
		return err
	}
	return tx.Emit(ctx, event)
}

// undone is how soon a publication that is taken back counts as a mistake.
const undone = 24 * time.Hour

// leavePublic prepares a published entry for what follows. A site's front page
// stays. What the desk takes back within a day was published by mistake: the
// day that readers will see is that of its next publication, and so is its
// debut. Taken back later, it keeps the date under which it was read and cited.
func (ed *Editor) leavePublic(ctx context.Context, tx *store.Tx, e *press.Entry, next press.Status) error {
	site, err := tx.Site(ctx, press.Itself, e.Site)
	if err != nil {
		return err
	}
	if site.Front == e.ID {
		return frontStays()
	}
	if next != press.Proposed && next != press.Returned || ed.Now().Sub(e.PublishedAt) > undone {
		return nil
	}
	e.PublishedAt, e.Debut = time.Time{}, false
	// Its address may follow another title now, and somebody may have the first one.
	return tx.KeepRedirect(ctx, string(e.Site), e.Path(), "entry", string(e.ID), ed.Now().UnixMicro())
}

func frontStays() error {
	return press.Problem(press.Conflict, "This is the site's front page: change its text rather than taking it off.")
}

func alreadyDecided() error {
	return press.Problem(press.Conflict, "Somebody decided on this contribution meanwhile: look at where it stands now.")
}

// Publish makes an entry public now.
func (ed *Editor) Publish(ctx context.Context, v press.Viewer, id press.EntryID, reason string) error {
	reason, err := words("reason", reason, maxReason, "")
	if err != nil {
		return err
	}
	return ed.decide(ctx, v, "publish", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if e.Status == press.Drafted || !e.Status.MayBecome(press.Published) {
			return alreadyDecided()
		}
		e.PublishAt = time.Time{}
		_, err := ed.publish(ctx, tx, form, e, v.Person, reason)
		return err
	})
}

// Return gives an entry back to its author with a note that only they and the
// site's people read, and with the remarks made in its margin.
func (ed *Editor) Return(ctx context.Context, v press.Viewer, id press.EntryID, note string) error {
	note, err := words("note", note, maxNote, "Write a few friendly words: the author needs to know what to do.")
	if err != nil {
		return err
	}
	return ed.decide(ctx, v, "return", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		remarks, err := ed.giveRemarks(ctx, tx, e)
		if err != nil {
			return err
		}
		event := newEvent(press.EntryReturned, e, v.Person, "", ed.Now())
		event.Data["note"] = note
		if remarks > 0 {
			event.Data["remarks"] = strconv.Itoa(remarks)
		}
		return ed.become(ctx, tx, form, e, press.Returned, event)
	})
}

// Refuse says no, with a reason that stands in the public journal.
func (ed *Editor) Refuse(ctx context.Context, v press.Viewer, id press.EntryID, reason string) error {
	reason, err := words("reason", reason, maxReason, "Give the reason: it is sent to the author and stands in the public journal.")
	if err != nil {
		return err
	}
	return ed.decide(ctx, v, "refuse", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		return ed.become(ctx, tx, form, e, press.Refused, newEvent(press.EntryRefused, e, v.Person, reason, ed.Now()))
	})
}

const (
	maxReason = 1000 // characters
	maxNote   = 5000
)

// words tidies and checks what goes with an act; absent is the fault when there
// are none, "" when there may be none.
func words(field, text string, most int, absent string) (string, error) {
	text = press.Clean(text)
	var c press.Checks
	if text == "" && absent != "" {
		c.Fault(field, absent)
	}
	press.CheckLength(&c, field, text, most)
	return text, c.Err()
}

func fault(field, message string) error {
	var c press.Checks
	c.Fault(field, message)
	return c.Err()
}

// JobPublish is the kind of the job that publishes what was scheduled; its
// payload is a ScheduledEntry.
const JobPublish = "publish"

// ScheduledEntry says which entry is due, and for when it was scheduled: a
// job of an earlier schedule does nothing.
type ScheduledEntry struct {
	Entry press.EntryID
	At    int64 // Unix microseconds
}

// Schedule accepts an entry that will appear at a time to come.
func (ed *Editor) Schedule(ctx context.Context, v press.Viewer, id press.EntryID, at time.Time) error {
	if !at.After(ed.Now()) {
		return fault("at", "Choose a moment to come.")
	}
	return ed.decide(ctx, v, "schedule", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if e.Status == press.Scheduled {
			e.Status = press.Proposed // scheduled anew
		}
		e.PublishAt = at
		event := newEvent(press.EntryScheduled, e, v.Person, "", ed.Now())
		event.Data["at"] = at.UTC().Format(time.RFC3339)
		if err := ed.become(ctx, tx, form, e, press.Scheduled, event); err != nil {
			return err
		}
		due := ScheduledEntry{id, at.UnixMicro()}
		return tx.Enqueue(ctx, JobPublish, due, at, fmt.Sprintf("publish %s %d", id, due.At))
	})
}

// PublishWhenDue is the handler of JobPublish.
func (ed *Editor) PublishWhenDue(ctx context.Context, payload json.RawMessage) error {
	var due ScheduledEntry
	if err := json.Unmarshal(payload, &due); err != nil {
		return fmt.Errorf("read what is due: %w", err)
	}
	return ed.PublishDue(ctx, due)
}

// PublishDue publishes an entry whose time has come.
func (ed *Editor) PublishDue(ctx context.Context, due ScheduledEntry) error {
	return ed.decide(ctx, press.Itself, "publish when due", due.Entry, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if e.Status != press.Scheduled || e.PublishAt.UnixMicro() != due.At {
			return nil
		}
		e.PublishAt = time.Time{}
		_, err := ed.publish(ctx, tx, form, e, "", "")
		return err
	})
}

// Reopen takes a decision back: the entry waits again.
func (ed *Editor) Reopen(ctx context.Context, v press.Viewer, id press.EntryID) error {
	return ed.decide(ctx, v, "reopen", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if e.Status == press.Withdrawn || e.Status == press.Drafted || e.Status == press.Binned {
			return alreadyDecided()
		}
		e.PublishAt = time.Time{}
		return ed.become(ctx, tx, form, e, press.Proposed, newEvent(press.EntryReopened, e, v.Person, "", ed.Now()))
	})
}

// Bin puts an entry where only animators find it, and from where it can be
// recovered. The reason stands in the public journal.
func (ed *Editor) Bin(ctx context.Context, v press.Viewer, id press.EntryID, reason string) error {
	reason, err := words("reason", reason, maxReason, "")
	if err != nil {
		return err
	}
	return ed.decide(ctx, v, "bin", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		e.Binned = e.Status
		return ed.become(ctx, tx, form, e, press.Binned, newEvent(press.EntryBinned, e, v.Person, reason, ed.Now()))
	})
}

// Recover takes an entry out of the bin, back to what it was. What was
// scheduled waits again: its time may have passed.
func (ed *Editor) Recover(ctx context.Context, v press.Viewer, id press.EntryID) error {
	return ed.decide(ctx, v, "recover", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if e.Status != press.Binned {
			return alreadyDecided()
		}
		next := e.Binned
		if next == "" || next == press.Scheduled {
			next = press.Proposed
		}
		e.Binned = ""
		return ed.become(ctx, tx, form, e, next, newEvent(press.EntryRecovered, e, v.Person, "", ed.Now()))
	})
}

// Withdraw takes an entry off at its author's wish; its address then says so.
func (ed *Editor) Withdraw(ctx context.Context, v press.Viewer, id press.EntryID, reason string) error {
	reason, err := words("reason", reason, maxReason, "")
	if err != nil {
		return err
	}
	err = ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		if !v.Owns(e) {
			return missing()
		}
		if reason == "" && e.Status == press.Published {
			return fault("reason", "Say in a few words why: readers who come back will see it in the journal.")
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		return ed.become(ctx, tx, form, e, press.Withdrawn,
			newEvent(press.EntryWithdrawn, e, v.Person, reason, ed.Now()))
	})
	if err != nil {
		return fmt.Errorf("withdraw %s: %w", id, err)
	}
	return nil
}

// ProposeAgain brings a withdrawn or refused entry back before the animators,
// at its author's wish.
func (ed *Editor) ProposeAgain(ctx context.Context, v press.Viewer, id press.EntryID) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		if !v.Owns(e) {
			return missing()
		}
		if e.Status != press.Withdrawn && e.Status != press.Refused && e.Status != press.Returned {
			return alreadyDecided()
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		e.ProposedAt = ed.Now()
		return ed.become(ctx, tx, form, e, press.Proposed, newEvent(press.EntryProposed, e, v.Person, "", e.ProposedAt))
	})
	if err != nil {
		return fmt.Errorf("propose %s again: %w", id, err)
	}
	return nil
}
