package editing

import (
	"context"

	"bourgeon/press"
	"bourgeon/store"
)

// See finds a published entry that someone reports, for app/reporting.
func (ed *Editor) See(ctx context.Context, r store.Reader, v press.Viewer, t press.Thing) (string, press.PersonID, error) {
	e, err := r.Entry(ctx, v, press.EntryID(t.ID))
	if err == nil && e.ID != t.Entry {
		err = missing()
	}
	return e.Standfirst, "", err
}

// TakeOff is what a ruling on a report does to an entry, in the ruling's own
// transaction: it goes back to its author with the words written to them, or
// to the bin. It is false when readers don't see it any more. The date of its
// publication stays, and the ruling tells people: no mail follows.
func (ed *Editor) TakeOff(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, r press.Ruling) (bool, error) {
	e, form, err := ed.reported(ctx, tx, v, t)
	if err != nil || e.Status != press.Published {
		return false, err
	}
	site, err := tx.Site(ctx, press.Itself, e.Site)
	if err != nil {
		return false, err
	}
	if site.Front == e.ID {
		return false, frontStays()
	}
	next, event := press.Binned, newEvent(press.EntryBinned, e, v.Person, r.Reason, ed.Now())
	if r.Outcome == press.SentBack {
		next, event = press.Returned, newEvent(press.EntryReturned, e, v.Person, r.Reason, ed.Now())
		event.Data["note"] = r.ToAuthor
	} else {
		e.Binned = e.Status
	}
	return true, ed.settleReported(ctx, tx, form, e, next, event)
}

// PutBack undoes TakeOff, unless the entry's author withdrew it meanwhile.
func (ed *Editor) PutBack(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, reason string) error {
	e, form, err := ed.reported(ctx, tx, v, t)
	if err != nil {
		return err
	}
	kind := press.EntryReopened
	switch e.Status {
	case press.Binned:
		kind = press.EntryRecovered
	case press.Returned, press.Proposed:
	default:
		return nil
	}
	e.Binned = ""
	return ed.settleReported(ctx, tx, form, e, press.Published, newEvent(kind, e, v.Person, reason, ed.Now()))
}

// reported holds an entry that a ruling is about, for someone who may decide.
func (ed *Editor) reported(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing) (press.Entry, press.Form, error) {
	e, err := tx.EntryToChange(ctx, press.EntryID(t.ID))
	if err != nil {
		return e, press.Form{}, err
	}
	if !v.May(press.Animator, e.Site, e.Section) {
		return e, press.Form{}, forbidden()
	}
	form, err := tx.Form(ctx, press.Itself, e.Form)
	return e, form, err
}

func (ed *Editor) settleReported(ctx context.Context, tx *store.Tx, form press.Form, e press.Entry, next press.Status, event press.Event) error {
	if !e.Status.MayBecome(next) {
		return alreadyDecided()
	}
	e.Status = next
	if err := ed.keep(ctx, tx, form, &e); err != nil {
		return err
	}
	if err := tx.Touch(ctx, e.Site); err != nil {
		return err
	}
	event.Data[press.ByReport] = "yes"
	return tx.Emit(ctx, event)
}
