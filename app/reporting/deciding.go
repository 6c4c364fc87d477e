package reporting

import (
	"context"
	"fmt"
	"slices"

	"bourgeon/press"
	"bourgeon/store"
)

// check tidies a ruling and says what is wrong with it.
func check(c press.Case, r *press.Ruling) error {
	var faults press.Checks
	if !slices.Contains(c.Kind.Outcomes(), r.Outcome) {
		faults.Fault("outcome", "Choose what becomes of it.")
	}
	words(&faults, r)
	return faults.Err()
}

// words checks what a ruling says to the public and to each side.
func words(faults *press.Checks, r *press.Ruling) {
	r.Reason = reason(faults, r.Reason)
	if r.ToReporters = tidied(faults, "to_reporters", r.ToReporters, maxWords); r.ToReporters == "" {
		faults.Fault("to_reporters", "Write a few words to who reported.")
	}
	if !r.Outcome.Restricts() {
		r.ToAuthor, r.Ground = "", ""
		return
	}
	if r.ToAuthor = tidied(faults, "to_author", r.ToAuthor, maxWords); r.ToAuthor == "" {
		faults.Fault("to_author", "Tell the author why: they have a right to know.")
	}
	if r.Ground != press.GroundLaw && r.Ground != press.GroundCharter {
		faults.Fault("ground", "Say what the decision rests on.")
	}
}

// reason is what the public journal will say.
func reason(faults *press.Checks, text string) string {
	if text = tidied(faults, "reason", text, maxReason); text == "" {
		faults.Fault("reason", "Give the reason in a sentence: it stands in the public journal.")
	}
	return text
}

// handle runs an act on a case that is held, by someone who may decide on it.
func (k *Clerk) handle(ctx context.Context, v press.Viewer, act string, id press.CaseID, f func(*store.Tx, press.Viewer, press.Entry, press.Case) error) error {
	err := k.Store.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseToChange(ctx, id)
		if err != nil {
			return err
		}
		v, err := tx.Anew(ctx, v)
		if err != nil {
			return err
		}
		e, err := tx.Entry(ctx, press.Itself, c.Entry)
		if err != nil {
			return err
		}
		if !v.May(press.Animator, e.Site, e.Section) {
			return press.Problem(press.Forbidden, "Only the site's animators may do this.")
		}
		if !v.MayRule(e, c) {
			return press.Problem(press.Forbidden, "This is about what you made yourself: somebody else decides.")
		}
		return f(tx, v, e, c)
	})
	if err != nil {
		return fmt.Errorf("%s the report %s: %w", act, id, err)
	}
	return nil
}

func alreadyDecided() error {
	return press.Problem(press.Conflict, "Somebody decided on this report meanwhile: look at where it stands now.")
}

// Decide ends the waiting of a case: the thing stays or is taken off, who
// reported and, if something was taken off, its author learn why.
func (k *Clerk) Decide(ctx context.Context, v press.Viewer, id press.CaseID, r press.Ruling) error {
	return k.handle(ctx, v, "decide on", id, func(tx *store.Tx, v press.Viewer, _ press.Entry, c press.Case) error {
		if c.State != press.CaseWaiting {
			return alreadyDecided()
		}
		if err := check(c, &r); err != nil {
			return err
		}
		r.By, r.At = v.Person, k.Now()
		if err := k.apply(ctx, tx, v, &c, r); err != nil {
			return err
		}
		c.State = press.CaseDecided
		if err := tx.UpdateCase(ctx, c); err != nil {
			return err
		}
		if err := tx.Touch(ctx, c.Site); err != nil {
			return err
		}
		if err := k.emit(ctx, tx, press.ReportDecided, c, v.Person, r.Reason, false); err != nil {
			return err
		}
		if c.Outcome.Restricts() {
			if err := k.tellAuthors(ctx, tx, c, "decided", map[string]string{"words": c.ToAuthor}); err != nil {
				return err
			}
		}
		return k.tellReporters(ctx, tx, c, "decided", map[string]string{"words": c.ToReporters})
	})
}

// apply gives a case its ruling, and does to the thing what it says.
func (k *Clerk) apply(ctx context.Context, tx *store.Tx, v press.Viewer, c *press.Case, r press.Ruling) error {
	acts := k.Acts[c.Kind]
	if c.Acted && r.Outcome != c.Outcome {
		if err := acts.PutBack(ctx, tx, v, c.Thing, r.Reason); err != nil {
			return err
		}
		c.Acted = false
	}
	if r.Outcome.Restricts() && !c.Acted {
		acted, err := acts.TakeOff(ctx, tx, v, c.Thing, r)
		if err != nil {
			return err
		}
		c.Acted = acted
	}
	c.Ruling = r
	return nil
}

// Reopen takes a decision back, unless somebody appealed: what was taken off
// is put back, the case waits again, and who was told is told so.
func (k *Clerk) Reopen(ctx context.Context, v press.Viewer, id press.CaseID) error {
	return k.handle(ctx, v, "reopen", id, func(tx *store.Tx, v press.Viewer, _ press.Entry, c press.Case) error {
		if c.State != press.CaseDecided || len(c.Appeals) > 0 {
			return alreadyDecided()
		}
		if _, err := tx.WaitingCase(ctx, c.Thing); press.KindOf(err) != press.NotFound {
			if err != nil {
				return err
			}
			return press.Problem(press.Conflict, "This was reported again since: decide on the new report.")
		}
		before := c
		if err := k.apply(ctx, tx, v, &c, press.Ruling{}); err != nil {
			return err
		}
		c.State = press.CaseWaiting
		if err := tx.UpdateCase(ctx, c); err != nil {
			return err
		}
		if err := tx.Touch(ctx, c.Site); err != nil {
			return err
		}
		if err := k.emit(ctx, tx, press.ReportReopened, c, v.Person, "", false); err != nil {
			return err
		}
		if before.Outcome.Restricts() {
			if err := k.tellAuthors(ctx, tx, c, "reopened", nil); err != nil {
				return err
			}
		}
		return k.tellReporters(ctx, tx, c, "reopened", nil)
	})
}
