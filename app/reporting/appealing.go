package reporting

import (
	"context"
	"fmt"
	"slices"

	"bourgeon/press"
	"bourgeon/store"
)

// Appeal asks for another look at a decision, by whoever holds a link to it:
// who reported, when it wasn't taken off; an author, when something was. Each
// side may once, within six months.
func (k *Clerk) Appeal(ctx context.Context, secret, text string) error {
	var faults press.Checks
	if text = tidied(&faults, "words", text, maxWords); text == "" {
		faults.Fault("words", "Say in a few words why you don’t agree.")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	err := k.Store.Write(ctx, func(tx *store.Tx) error {
		f, err := follow(ctx, tx.Reader, secret)
		if err != nil {
			return err
		}
		c, err := tx.CaseToChange(ctx, f.Case.ID)
		if err != nil {
			return err
		}
		if !c.Contests(f.Key, k.Now()) {
			return press.Problem(press.Conflict, "There is nothing to appeal against any more.")
		}
		a := press.Appeal{
			ID: newID[press.AppealID](), Case: c.ID, Report: f.Key.Report, Person: f.Key.Person, Words: text, At: k.Now(),
		}
		if err := tx.InsertAppeal(ctx, a); err != nil {
			return err
		}
		c.State = press.CaseAppealed
		if err := tx.UpdateCase(ctx, c); err != nil {
			return err
		}
		if err := tx.Touch(ctx, c.Site); err != nil {
			return err
		}
		if err := k.emit(ctx, tx, press.ReportAppealed, c, "", "", false); err != nil {
			return err
		}
		return k.tellAppellant(ctx, tx, c, a, "appealed", map[string]string{"words": text})
	})
	if err != nil {
		return fmt.Errorf("appeal: %w", err)
	}
	return nil
}

// tellAppellant mails the side that appealed.
func (k *Clerk) tellAppellant(ctx context.Context, tx *store.Tx, c press.Case, a press.Appeal, as string, more map[string]string) error {
	if a.Report == "" {
		return k.tellAuthors(ctx, tx, c, as, more)
	}
	for _, r := range c.Reports {
		if r.ID == a.Report {
			return k.tellReporter(ctx, tx, c, r, as, more)
		}
	}
	return nil
}

// Verdict is what a steward says on an appeal. Unless it changes the outcome,
// only its reason counts.
type Verdict struct {
	press.Ruling
	Answer string // to who appealed
}

// Judge ends an appeal: the outcome that it names holds from now on. Who
// appealed gets the answer; when the outcome changes, everybody is told, with
// the reasons due to the author of what is taken off.
func (k *Clerk) Judge(ctx context.Context, v press.Viewer, id press.CaseID, verdict Verdict) error {
	return k.handle(ctx, v, "judge", id, func(tx *store.Tx, v press.Viewer, e press.Entry, c press.Case) error {
		a, pending := c.Pending()
		if !pending {
			return alreadyDecided()
		}
		if !v.MayJudge(e, c) {
			return press.Problem(press.Forbidden, "An appeal is for a steward who didn’t decide before.")
		}
		a.JudgedBy, a.JudgedAt, a.Changed = v.Person, k.Now(), verdict.Outcome != c.Outcome
		r, err := verdict.check(c, &a)
		if err != nil {
			return err
		}
		return k.judge(ctx, tx, v, c, a, r)
	})
}

func (d Verdict) check(c press.Case, a *press.Appeal) (press.Ruling, error) {
	var faults press.Checks
	if a.Answer = tidied(&faults, "answer", d.Answer, maxWords); a.Answer == "" {
		faults.Fault("answer", "Answer who appealed, in a few words.")
	}
	r := d.Ruling
	if !a.Changed { // the ruling holds: its words are checked already
		r.Reason = reason(&faults, r.Reason)
		return r, faults.Err()
	}
	if a.Report != "" {
		r.ToReporters = a.Answer
	}
	if !slices.Contains(c.Kind.Outcomes(), r.Outcome) {
		faults.Fault("outcome", "Choose what becomes of it.")
	}
	words(&faults, &r)
	return r, faults.Err()
}

func (k *Clerk) judge(ctx context.Context, tx *store.Tx, v press.Viewer, c press.Case, a press.Appeal, r press.Ruling) error {
	if a.Changed {
		r.By, r.At = c.By, c.At // who decided first may not judge later either
		if err := k.apply(ctx, tx, v, &c, r); err != nil {
			return err
		}
	}
	if err := tx.JudgeAppeal(ctx, a); err != nil {
		return err
	}
	c.State = press.CaseDecided
	if err := tx.UpdateCase(ctx, c); err != nil {
		return err
	}
	if err := tx.Touch(ctx, c.Site); err != nil {
		return err
	}
	c.Reason = r.Reason // of this decision, in the journal and the mails
	if err := k.emit(ctx, tx, press.ReportJudged, c, v.Person, r.Reason, a.Changed); err != nil {
		return err
	}
	if !a.Changed {
		return k.tellAppellant(ctx, tx, c, a, "judged", map[string]string{"words": a.Answer})
	}
	toAuthor, toReporters := c.ToAuthor, c.ToReporters
	if a.Report == "" {
		toAuthor = a.Answer
	}
	if err := k.tellAuthors(ctx, tx, c, "judged", map[string]string{"words": toAuthor, "changed": "yes"}); err != nil {
		return err
	}
	return k.tellReporters(ctx, tx, c, "judged", map[string]string{"words": toReporters, "changed": "yes"})
}
