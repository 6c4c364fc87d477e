package desk

import (
	"errors"
	"net/http"
	"time"

	"bourgeon/app/reporting"
	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// reported is what readers reported on the site.
type reported struct {
	waiting       []press.Case
	decided       []press.Case
	newest, older string
}

// Reports lists what readers reported: what waits, then what was decided.
func (f *Face) Reports(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	const most, aPage = 200, 20
	ctx := r.Context()
	var p reported
	var err error
	if p.waiting, err = f.Reader.Cases(ctx, v.Viewer, v.Site.ID, most); err != nil {
		return err
	}
	before, _ := page.Cursors(r)
	var older store.Cursor
	if p.decided, older, err = f.Reader.DecidedCases(ctx, v.Viewer, v.Site.ID, before, aPage); err != nil {
		return err
	}
	if older != "" {
		p.older = v.With("before", string(older), "after", "")
	}
	if before != "" {
		p.newest = v.With("before", "", "after", "")
	}
	h, err := f.head(ctx, v, v.T("Reports"), reportsPath)
	if err != nil {
		return err
	}
	return page.Render(w, r, reportsPage(v, h, p))
}

const reportsPath = "/desk/reports"

// file is one case on the table: the thing in its context, what was said of it,
// and the decisions.
type file struct {
	press.Case
	entry   sheet
	picture press.Media // of a picture that is reported
	rules   bool        // it waits for a decision that the viewer may take
	judges  bool        // it waits for an appeal's answer that the viewer may give
	reopens bool

	open    string // the gesture that is unfolded
	typed   map[string]string
	faults  page.Faults
	trouble string
}

// Report shows a case.
func (f *Face) Report(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	c, err := f.reportCase(v, r)
	if err != nil {
		return err
	}
	return f.showReport(v, w, r, http.StatusOK, file{Case: c, open: r.URL.Query().Get("act")})
}

func (f *Face) reportCase(v *page.Visit, r *http.Request) (press.Case, error) {
	if err := enter(v, press.Animator); err != nil {
		return press.Case{}, err
	}
	c, err := f.Reader.Case(r.Context(), v.Viewer, press.CaseID(r.PathValue("id")))
	if err == nil && c.Site != v.Site.ID {
		err = nowhere()
	}
	return c, err
}

func (f *Face) showReport(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, p file) error {
	ctx := r.Context()
	e, err := f.Reader.Entry(ctx, press.Itself, p.Entry) // whoever may rule may read it, and what its author withdrew
	if err != nil {
		return err
	}
	p.entry.Entry = e
	if p.entry.form, err = f.Reader.Form(ctx, v.Viewer, e.Form); err != nil {
		return err
	}
	if p.Kind == press.ThingPicture {
		if p.picture, err = f.Reader.Media(ctx, press.Itself, press.MediaID(p.Thing.ID)); err != nil {
			return err
		}
	}
	p.rules = p.State == press.CaseWaiting
	p.judges = p.State == press.CaseAppealed && v.Viewer.MayJudge(e, p.Case)
	p.reopens = p.State == press.CaseDecided && len(p.Appeals) == 0
	h, err := f.head(ctx, v, v.T("Report: %s", p.Title), reportsPath)
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, reportPage(v, h, p))
}

// ReportedPicture sends the picture that a case is about to those who may
// decide, also once it was taken off.
func (f *Face) ReportedPicture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	const column = 960 // CSS pixels
	c, err := f.reportCase(v, r)
	if err != nil {
		return err
	}
	if c.Kind != press.ThingPicture {
		return nowhere()
	}
	m, err := f.Reader.Media(r.Context(), press.Itself, press.MediaID(c.Thing.ID))
	if err != nil {
		return err
	}
	shown := m.Smallest(column)
	file, err := f.Cabinet.Files.Open(r.Context(), shown.Hash)
	if errors.Is(err, blob.ErrNotFound) {
		return errors.Join(err, nowhere())
	}
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", shown.Type)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// ruled runs a decision on a case; faults come back beside their fields, which
// bear the name of the gesture.
func (f *Face) ruled(v *page.Visit, w http.ResponseWriter, r *http.Request, done string, do func(press.Case, page.Form, string) error) error {
	c, err := f.reportCase(v, r)
	if err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	act := form.Line("act")
	err = do(c, form, act)
	if err == nil {
		return v.Done(w, r, reportsPath+"/"+string(c.ID), done)
	}
	p := file{Case: c, open: act, typed: map[string]string{}}
	for _, name := range []string{"reason", "to_reporters", "to_author", "ground", "answer"} {
		p.typed[name+"-"+act] = form.Text(name + "-" + act)
	}
	switch press.KindOf(err) {
	case press.Invalid:
		p.faults, _ = page.FaultsOf(err)
		for i := range p.faults {
			if p.faults[i].Field != "" {
				p.faults[i].Field += "-" + act
			}
		}
		return f.showReport(v, w, r, http.StatusUnprocessableEntity, p)
	case press.Conflict:
		if p.Case, err = f.reportCase(v, r); err != nil {
			return err
		}
		p.trouble = trouble(v, alreadyRuled())
		return f.showReport(v, w, r, http.StatusConflict, p)
	}
	return err
}

// rulingIn reads a decision from the fields of a gesture.
func rulingIn(form page.Form, act string, outcome press.Outcome) press.Ruling {
	return press.Ruling{
		Outcome: outcome, Ground: press.Ground(form.Line("ground-" + act)), Reason: form.Text("reason-" + act),
		ToReporters: form.Text("to_reporters-" + act), ToAuthor: form.Text("to_author-" + act),
	}
}

// Rule decides on a case: the gesture is the outcome.
func (f *Face) Rule(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ruled(v, w, r, "ruled", func(c press.Case, form page.Form, act string) error {
		return f.Clerk.Decide(r.Context(), v.Viewer, c.ID, rulingIn(form, act, press.Outcome(act)))
	})
}

// ReopenReport takes the decision on a case back.
func (f *Face) ReopenReport(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ruled(v, w, r, "report-reopened", func(c press.Case, _ page.Form, _ string) error {
		return f.Clerk.Reopen(r.Context(), v.Viewer, c.ID)
	})
}

// Judge answers an appeal: the gesture is the outcome that holds from now on.
func (f *Face) Judge(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ruled(v, w, r, "judged", func(c press.Case, form page.Form, act string) error {
		return f.Clerk.Judge(r.Context(), v.Viewer, c.ID, reporting.Verdict{
			Ruling: rulingIn(form, act, press.Outcome(act)), Answer: form.Text("answer-" + act),
		})
	})
}

func alreadyRuled() error {
	return press.Problem(press.Conflict, "Somebody decided on this report meanwhile: look at where it stands now.")
}

func reportLink(v *page.Visit, c press.Case, act string) string {
	return v.Link(reportsPath + "/" + string(c.ID) + act)
}

// reporters says how many reported, and since when.
func reporters(v *page.Visit, c press.Case) string {
	n := len(c.Reports)
	return v.N("%d report", "%d reports", n, n) + ", " + v.T("since %s", v.DateTime(c.OpenedAt))
}
