package editing

import (
	"context"
	"fmt"
	"maps"

	"bourgeon/press"
	"bourgeon/store"
)

// Amended is what became of a change.
type Amended struct {
	Entry press.Entry
	// Waiting tells that the change is a proposed revision.
	Waiting bool
}

// Amend makes a working copy the next revision of its entry. Its author's
// change appears at once or waits, by the site's rule; an animator's appears
// at once and credits them as proof-reader; a returned entry is proposed
// again. If the entry changed since the copy was taken, the answer is
// press.Conflict, the copy is kept, and Merging shows both.
func (ed *Editor) Amend(ctx context.Context, v press.Viewer, key string, version int, note string) (Amended, error) {
	var out Amended
	note, err := words("note", note, maxReason, "")
	if err != nil {
		return out, err
	}
	err = ed.Store.Write(ctx, func(tx *store.Tx) error {
		out = Amended{}
		d, err := open(ctx, tx.Reader, v, key)
		if err != nil {
			return err
		}
		if d.Version != version {
			return staleDraft()
		}
		e, err := tx.EntryToChange(ctx, d.Entry)
		if err != nil {
			return err
		}
		site, form, err := ed.home(ctx, tx.Reader, d)
		if err != nil {
			return err
		}
		d.Answers = form.Steady(v, v.Owns(e), d.Answers, e.Answers)
		if err := form.CheckContent(d.Content); err != nil {
			return err
		}
		if d.Section != e.Section {
			if err := checkSection(ctx, tx.Reader, e.Site, d.Section); err != nil {
				return err
			}
		}
		if e.Revision != d.Base {
			return press.Problem(press.Conflict, "Somebody changed this contribution meanwhile: both texts are below, make one of them.")
		}
		name := v.Name // an animator's, who corrects
		if v.Owns(e) {
			name = nameOf(v.Person, e.Credits)
		}
		if err := creditMedia(ctx, tx, form, d, name); err != nil {
			return err
		}
		if err := tx.EndDraft(ctx, d); err != nil {
			return err
		}
		out, err = ed.revise(ctx, tx, v, site, form, e, change{Content: d.Content, kind: press.Amended, note: note})
		return err
	})
	if err != nil {
		return out, fmt.Errorf("amend: %w", err)
	}
	return out, nil
}

// AmendFrom is Amend for a program, which holds no working copy: the content is
// made from the revision with the number base. A working copy that its author
// left unfinished stays, and meets the new text when it is sent.
func (ed *Editor) AmendFrom(ctx context.Context, v press.Viewer, id press.EntryID, base int, content press.Content, note string) (Amended, error) {
	var out Amended
	note, err := words("note", note, maxReason, "")
	if err != nil {
		return out, err
	}
	err = ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		if !v.Owns(e) {
			return missing()
		}
		if e.Revision != base {
			return press.Problem(press.Conflict, "Somebody changed this contribution meanwhile: read it again, then send your change.")
		}
		site, form, err := ed.home(ctx, tx.Reader, press.Draft{Site: e.Site, Form: e.Form})
		if err != nil {
			return err
		}
		tidied := Work{Content: content}.tidy(form, site).Content
		tidied.Answers = form.Steady(v, true, tidied.Answers, e.Answers)
		if err := form.CheckContent(tidied); err != nil {
			return err
		}
		if tidied.Section != e.Section {
			if err := checkSection(ctx, tx.Reader, e.Site, tidied.Section); err != nil {
				return err
			}
		}
		out, err = ed.revise(ctx, tx, v, site, form, e, change{Content: tidied, kind: press.Amended, note: note})
		return err
	})
	if err != nil {
		return out, fmt.Errorf("amend from %d: %w", base, err)
	}
	return out, nil
}

func staleDraft() error {
	return press.Problem(press.Conflict, "This text was changed elsewhere meanwhile: both versions are below.")
}

// change is a state that an entry may take.
type change struct {
	press.Content
	kind press.RevisionKind
	note string
}

// revise keeps a new state of an entry that is held, and applies it unless it
// must wait.
func (ed *Editor) revise(ctx context.Context, tx *store.Tx, v press.Viewer, site press.Site, form press.Form, e press.Entry, c change) (Amended, error) {
	v, err := tx.Anew(ctx, v)
	if err != nil {
		return Amended{}, err
	}
	owns, animates := v.Owns(e), v.May(press.Animator, e.Site, e.Section)
	if !owns && !animates {
		return Amended{}, forbidden()
	}
	number, err := tx.NextRevision(ctx, e.ID)
	if err != nil {
		return Amended{}, err
	}
	if !owns && c.kind == press.Amended {
		c.kind = press.Corrected
	}
	rev := press.Revision{
		Entry: e.ID, Number: number, Content: c.Content, Kind: c.kind, Base: e.Revision, State: press.Kept, Note: c.note,
		MadeBy: v.Person, MadeAt: ed.Now(),
	}
	if e.Status == press.Published && !animates && site.Revising == press.ReviseReviewed {
		rev.State = press.Waiting
		event := newEvent(press.RevisionProposed, e, v.Person, "", rev.MadeAt)
		event.Data["number"] = fmt.Sprint(number)
		if err := tx.InsertRevision(ctx, rev); err != nil {
			return Amended{}, err
		}
		return Amended{e, true}, tx.Emit(ctx, event)
	}
	if err := tx.InsertRevision(ctx, rev); err != nil {
		return Amended{}, err
	}
	switch {
	case c.kind == press.Corrected && !owns:
		err = ed.creditProofreader(ctx, tx, v.Person, v.Name, &e)
	case owns && discussed(e):
		err = ed.creditReaders(ctx, tx, &e)
	}
	if err != nil {
		return Amended{}, err
	}
	if err := followOriginal(ctx, tx, &e); err != nil {
		return Amended{}, err
	}
	e, err = ed.apply(ctx, tx, form, e, rev)
	if err != nil {
		return Amended{}, err
	}
	return Amended{Entry: e}, ed.tellRevised(ctx, tx, v, form, e, rev, owns)
}

// apply makes a kept revision the entry's state.
func (ed *Editor) apply(ctx context.Context, tx *store.Tx, form press.Form, e press.Entry, rev press.Revision) (press.Entry, error) {
	e.Content, e.Revision, e.UpdatedAt = rev.Content, rev.Number, ed.Now()
	if e.PublishedAt.IsZero() {
		slug, err := ed.address(ctx, tx, e, form.TitleIn(e.Answers, e.Language))
		if err != nil {
			return e, err
		}
		e.Slug = slug
	}
	if err := ed.keep(ctx, tx, form, &e); err != nil {
		return e, err
	}
	if e.Status == press.Published {
		return e, tx.Touch(ctx, e.Site)
	}
	return e, nil
}

// tellRevised records a revision just applied; an author's answer to a
// returned entry proposes it again.
func (ed *Editor) tellRevised(ctx context.Context, tx *store.Tx, v press.Viewer, form press.Form, e press.Entry, rev press.Revision, owns bool) error {
	if e.Status == press.Returned && owns {
		e.ProposedAt = ed.Now()
		return ed.become(ctx, tx, form, e, press.Proposed, newEvent(press.EntryProposed, e, v.Person, "", e.ProposedAt))
	}
	kind := press.EntryAmended
	switch {
	case rev.Kind == press.Restored:
		kind = press.EntryRestored
	case !owns:
		kind = press.EntryCorrected
	}
	event := newEvent(kind, e, v.Person, "", rev.MadeAt)
	event.Data["number"] = fmt.Sprint(rev.Number)
	return tx.Emit(ctx, event)
}

// Rewrite gives the long answer of an entry another text, in the transaction
// of what asks for it; base is the revision that the text began from. The
// result is the revision that the entry has then.
func (ed *Editor) Rewrite(ctx context.Context, tx *store.Tx, v press.Viewer, id press.EntryID, base int, text string) (int, error) {
	e, err := tx.EntryToChange(ctx, id)
	if err != nil {
		return 0, err
	}
	form, err := tx.Form(ctx, press.Itself, e.Form)
	if err != nil {
		return 0, err
	}
	body, ok := form.Field(press.RoleBody)
	if !ok {
		return 0, missing()
	}
	if e.Answers.One(body.Key) == text {
		return e.Revision, nil
	}
	if e.Revision != base {
		return 0, press.Problem(press.Conflict, "The text of the front page was changed meanwhile: arrange it anew.")
	}
	site, err := tx.Site(ctx, press.Itself, e.Site)
	if err != nil {
		return 0, err
	}
	content := e.Content
	content.Answers = maps.Clone(content.Answers)
	content.Answers[body.Key] = []string{text}
	amended, err := ed.revise(ctx, tx, v, site, form, e, change{Content: content, kind: press.Amended})
	return amended.Entry.Revision, err
}

// Restore makes an earlier revision the entry's state again, as a new one.
func (ed *Editor) Restore(ctx context.Context, v press.Viewer, id press.EntryID, number int) (Amended, error) {
	var out Amended
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		rev, err := tx.Revision(ctx, v, id, number)
		if err != nil {
			return err
		}
		site, err := tx.Site(ctx, press.Itself, e.Site)
		if err != nil {
			return err
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		rev.Answers = form.Steady(v, v.Owns(e), rev.Answers, e.Answers)
		rev.Section = e.Section // filing isn't undone by an older text
		out, err = ed.revise(ctx, tx, v, site, form, e, change{rev.Content, press.Restored, fmt.Sprintf("#%d", number)})
		return err
	})
	if err != nil {
		return out, fmt.Errorf("restore revision %d of %s: %w", number, id, err)
	}
	return out, nil
}

// AcceptRevision applies a revision that waits. When the entry changed since
// it was proposed, the two are merged by paragraph if they don't touch the
// same ones; otherwise the answer is press.Conflict.
func (ed *Editor) AcceptRevision(ctx context.Context, v press.Viewer, id press.EntryID, number int) error {
	return ed.decide(ctx, v, "accept a revision of", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		rev, err := tx.Revision(ctx, press.Itself, id, number) // what its animator doesn't see is accepted too
		if err != nil {
			return err
		}
		if rev.State != press.Waiting {
			return alreadyDecided()
		}
		if err := tx.SettleRevision(ctx, id, number, press.Kept); err != nil {
			return err
		}
		base, err := tx.Revision(ctx, press.Itself, id, rev.Base)
		if err != nil {
			return err
		}
		if rev.Base != e.Revision {
			rev, err = ed.mergeWaiting(ctx, tx, v, form, e, base, rev)
		} else {
			rev.Content = keepFiling(base.Content, rev.Content, e.Content)
		}
		if err != nil {
			return err
		}
		if _, err := ed.apply(ctx, tx, form, e, rev); err != nil {
			return err
		}
		if err := tx.Touch(ctx, e.Site); err != nil {
			return err
		}
		event := newEvent(press.RevisionAccepted, e, v.Person, "", ed.Now())
		event.Data["number"] = fmt.Sprint(number)
		return tx.Emit(ctx, event)
	})
}

func (ed *Editor) mergeWaiting(ctx context.Context, tx *store.Tx, v press.Viewer, form press.Form, e press.Entry, base, rev press.Revision) (press.Revision, error) {
	merged := mergeContent(form, base.Content, rev.Content, e.Content)
	if merged.Conflicts > 0 {
		return rev, press.Problem(press.Conflict,
			"The text was changed since, at the same places. Compare them in the history, then correct the text by hand.")
	}
	number, err := tx.NextRevision(ctx, e.ID)
	if err != nil {
		return rev, err
	}
	rev.Content, rev.Number, rev.Kind, rev.Base, rev.MadeAt = merged.Merged, number, press.Merged, e.Revision, ed.Now()
	rev.MadeBy, rev.State = v.Person, press.Kept
	return rev, tx.InsertRevision(ctx, rev)
}

// DeclineRevision leaves a revision that waits aside, with a reason for its
// author and the journal.
func (ed *Editor) DeclineRevision(ctx context.Context, v press.Viewer, id press.EntryID, number int, reason string) error {
	reason, err := words("reason", reason, maxReason, "Give the reason: it is sent to the author and stands in the public journal.")
	if err != nil {
		return err
	}
	return ed.decide(ctx, v, "decline a revision of", id, func(tx *store.Tx, _ press.Form, e press.Entry) error {
		rev, err := tx.Revision(ctx, v, id, number)
		if err != nil {
			return err
		}
		if rev.State != press.Waiting {
			return alreadyDecided()
		}
		if err := tx.SettleRevision(ctx, id, number, press.Declined); err != nil {
			return err
		}
		if err := tx.Touch(ctx, e.Site); err != nil {
			return err
		}
		event := newEvent(press.RevisionDeclined, e, v.Person, reason, ed.Now())
		event.Data["number"] = fmt.Sprint(number)
		return tx.Emit(ctx, event)
	})
}
