package reporting

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Notice is what someone reports: Regulation (EU) 2022/2065, article 16(2).
type Notice struct {
	press.Thing
	Reason press.ReportReason
	Words  string
	// Name and Email are for the answer, and may be missing.
	Name, Email string
	Language    string // of their mails
	GoodFaith   bool   // they say that it is accurate, to their knowledge
}

// Received is what came of a notice.
type Received struct {
	Case press.CaseID
	// Token is the secret of the page that shows where it stands.
	Token string
	// Mailed tells that an acknowledgement is on its way.
	Mailed bool
}

func (n *Notice) tidy() error {
	var c press.Checks
	if !n.Reason.Known() {
		c.Fault("reason", "Choose what is wrong.")
	}
	if n.Words = tidied(&c, "words", n.Words, maxWords); n.Words == "" && n.Reason.NeedsWords() {
		c.Fault("words", "Say what is wrong, and where it stands: nobody can judge without it.")
	}
	n.Name = press.CleanLine(n.Name)
	press.CheckLength(&c, "name", n.Name, maxName)
	if n.Email = press.FoldEmail(n.Email); n.Email != "" {
		press.CheckEmail(&c, "email", n.Email)
	}
	if !n.GoodFaith {
		c.Fault("faith", "Tick this box to send the report.")
	}
	return c.Err()
}

// Report takes a notice in. The first one about a thing opens a case; those
// that follow join it until it is decided.
func (k *Clerk) Report(ctx context.Context, v press.Viewer, site press.SiteID, n Notice) (Received, error) {
	var out Received
	err := n.tidy()
	if err != nil {
		return out, err
	}
	err = k.Store.Write(ctx, func(tx *store.Tx) error {
		c, opened, err := k.caseOf(ctx, tx, v, site, n)
		if err != nil {
			return err
		}
		r := press.Report{
			ID: newID[press.ReportID](), Case: c.ID, Reason: n.Reason, Words: n.Words, Name: n.Name, Email: n.Email,
			Language: n.Language, At: k.Now(),
		}
		if r.Email != "" {
			lately, err := tx.ReportsSince(ctx, r.Email, r.At.Add(-24*time.Hour))
			if err != nil {
				return err
			}
			r.Quiet = lately >= mailsADay
		}
		if err := tx.InsertReport(ctx, r); err != nil {
			return err
		}
		c.Reports = append(c.Reports, r)
		alarm := r.Reason.Urgent() && !c.Urgent
		if alarm {
			c.Urgent = true
			if err := tx.UpdateCase(ctx, c); err != nil {
				return err
			}
		}
		out = Received{Case: c.ID, Mailed: r.Email != "" && !r.Quiet}
		if out.Token, err = key(ctx, tx, press.Key{Case: c.ID, Report: r.ID}); err != nil {
			return err
		}
		if opened || alarm {
			if err := k.emit(ctx, tx, press.ReportReceived, c, "", "", false); err != nil {
				return err
			}
		}
		return k.tellReporter(ctx, tx, c, r, "received", map[string]string{"words": r.Words})
	})
	if err != nil {
		return Received{}, fmt.Errorf("report %s %s: %w", n.Kind, n.Thing.ID, err)
	}
	return out, nil
}

// caseOf finds the case that waits on a thing, or opens one.
func (k *Clerk) caseOf(ctx context.Context, tx *store.Tx, v press.Viewer, site press.SiteID, n Notice) (press.Case, bool, error) {
	acts, ok := k.Acts[n.Kind]
	if !ok {
		return press.Case{}, false, missing()
	}
	e, err := tx.Entry(ctx, v, n.Entry)
	if err != nil {
		return press.Case{}, false, err
	}
	if e.Site != site || e.Status != press.Published {
		return press.Case{}, false, missing()
	}
	excerpt, person, err := acts.See(ctx, tx.Reader, v, n.Thing)
	if err != nil {
		return press.Case{}, false, err
	}
	c, err := tx.WaitingCase(ctx, n.Thing)
	if err == nil || press.KindOf(err) != press.NotFound {
		return c, false, err
	}
	c = press.Case{
		ID: newID[press.CaseID](), Site: site, Thing: n.Thing, Person: person, Title: e.Title, Excerpt: excerpt,
		Revision: e.Revision, State: press.CaseWaiting, Urgent: n.Reason.Urgent(), OpenedAt: k.Now(),
	}
	return c, true, tx.InsertCase(ctx, c)
}

// Followed is a case as whoever holds a secret link sees it.
type Followed struct {
	press.Case
	Key    press.Key
	Report press.Report // their own; zero for the author
	Appeal press.Appeal // their own; zero without
}

// Follow finds what a secret link shows. Nothing of the other side is in it
// but what was written to be read by this one.
func (k *Clerk) Follow(ctx context.Context, secret string) (Followed, error) {
	return follow(ctx, k.Store.Reader, secret)
}

func follow(ctx context.Context, r store.Reader, secret string) (Followed, error) {
	held, err := r.Key(ctx, token.Hash(secret))
	if err != nil {
		return Followed{}, fmt.Errorf("follow a report: %w", err)
	}
	c, err := r.Case(ctx, press.Itself, held.Case)
	if err != nil {
		return Followed{}, fmt.Errorf("follow a report: %w", err)
	}
	f := Followed{Case: c, Key: held}
	for _, p := range c.Reports {
		if p.ID == held.Report && held.Report != "" {
			f.Report = p
		}
	}
	for _, a := range c.Appeals {
		if a.Report == held.Report {
			f.Appeal = a
		}
	}
	return f, nil
}

// Silence sends no further mail about a report, at the wish of whoever holds
// its link.
func (k *Clerk) Silence(ctx context.Context, secret string) error {
	err := k.Store.Write(ctx, func(tx *store.Tx) error {
		held, err := tx.Key(ctx, token.Hash(secret))
		if err != nil {
			return err
		}
		if held.Report == "" {
			return missing()
		}
		return tx.SilenceReport(ctx, held.Report)
	})
	if err != nil {
		return fmt.Errorf("silence a report: %w", err)
	}
	return nil
}
