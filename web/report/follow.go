package report

import (
	"net/http"

	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/web/page"
)

// followed is a report as one side sees it.
type followed struct {
	reporting.Followed
	secret string
	entry  press.Entry // zero when readers don't see it any more
	words  string      // of an appeal being typed
	faults page.Faults
}

// Author tells that the page is the author's, not of who reported.
func (f followed) author() bool { return f.Key.Report == "" }

// Follow is GET /report/{token}: where it stands.
func (f *Face) Follow(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, followPage(v, p))
}

func (f *Face) open(v *page.Visit, w http.ResponseWriter, r *http.Request) (followed, error) {
	page.KeepPrivate(w)
	p := followed{secret: r.PathValue("token")}
	var err error
	if p.Followed, err = f.Clerk.Follow(r.Context(), p.secret); err != nil {
		return p, err
	}
	if p.Site != v.Site.ID {
		return p, nothing()
	}
	e, err := v.House.Reader.Entry(r.Context(), press.Viewer{}, p.Entry)
	switch press.KindOf(err) {
	case press.NotFound, press.Gone:
		return p, nil
	}
	p.entry = e
	return p, err
}

// Appeal is POST /report/{token}/appeal.
func (f *Face) Appeal(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if err = v.Allow(v.House.Limits.SignIn); err == nil {
		err = f.Clerk.Appeal(r.Context(), p.secret, in.Text("words"))
	}
	if err == nil {
		return v.Done(w, r, "/report/"+p.secret, "appealed")
	}
	faults, status, ok := page.Refused(w, err)
	if !ok {
		return err
	}
	p.words, p.faults = in.Text("words"), faults
	return page.RenderStatus(w, r, status, followPage(v, p))
}

// Silence is POST /report/{token}/silence: no more mails about it.
func (f *Face) Silence(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	if err := f.Clerk.Silence(r.Context(), p.secret); err != nil {
		return err
	}
	return v.Done(w, r, "/report/"+p.secret, "silenced")
}

// heading says where the report stands.
func (f followed) heading(v *page.Visit) string {
	switch {
	case f.State == press.CaseWaiting && f.author():
		return v.T("It is looked at again")
	case f.State == press.CaseWaiting:
		return v.T("Your report waits to be read")
	case f.State == press.CaseAppealed && f.Appeal.ID != "" && f.Appeal.JudgedAt.IsZero():
		return v.T("Your appeal waits for an answer")
	case f.author():
		return v.T("What was decided, and why")
	default:
		return v.T("Your report, what was decided")
	}
}

// standfirst says what will happen next.
func (f followed) standfirst(v *page.Visit) string {
	switch {
	case f.State == press.CaseWaiting && f.author():
		return v.T("The first decision was taken back. A person of the team will decide anew, and tell you why.")
	case f.State == press.CaseWaiting:
		return v.T("A person of the team will read it and decide; no machine does. You will find here what, and why.")
	case f.State == press.CaseAppealed && f.Appeal.ID != "" && f.Appeal.JudgedAt.IsZero():
		return v.T("A steward who didn’t decide looks at it again. You will find the answer here.")
	default:
		return v.T("A person decided; no automated means were used.")
	}
}

// letter are the words written to this side.
func (f followed) letter() string {
	if f.author() {
		return f.ToAuthor
	}
	return f.ToReporters
}

// mayMail tells whether mails about it go to who reported.
func (f followed) mayMail() bool { return f.Report.Email != "" && !f.Report.Quiet }

func (f followed) appealField(v *page.Visit) page.Field {
	return page.Field{
		Name: "words", Label: v.T("Why don’t you agree?"), Rows: 5, Value: f.words, Error: f.faults.On(v, "words"),
		Help: v.Set("", v.T("A steward who didn’t decide will read this, look at it anew, and answer you.")),
	}
}
