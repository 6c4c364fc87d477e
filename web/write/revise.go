package write

import (
	"net/http"
	"strconv"

	"bourgeon/press"
	"bourgeon/web/page"
)

// entry finds the entry of an address, for its author and the site's people.
func (f *Face) entry(v *page.Visit, w http.ResponseWriter, r *http.Request) (press.Entry, error) {
	page.KeepPrivate(w)
	if err := v.SignedIn(); err != nil {
		return press.Entry{}, err
	}
	return v.House.Reader.EntryBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"), r.PathValue("slug"))
}

// Edit is GET /{form}/{slug}/edit: to the viewer's working copy, made if need be.
func (f *Face) Edit(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.entry(v, w, r)
	if err != nil {
		return err
	}
	d, err := f.Editor.Revise(r.Context(), v.Viewer, e.ID)
	if err != nil {
		return err
	}
	return page.Redirect(w, r, v.Link("/draft/"+string(d.ID)))
}

// amend makes a working copy the next revision.
func (f *Face) amend(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, note string) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	out, err := f.Editor.Amend(r.Context(), v.Viewer, d.Key, d.Draft.Version, note)
	if press.KindOf(err) == press.Conflict {
		return page.Redirect(w, r, d.Link(v, "/merge"))
	}
	if faults, status, ok := page.Refused(w, err); err != nil && ok {
		return f.show(v, w, r, sheet{desk: d, Faults: faults}, status)
	}
	if err != nil {
		return err
	}
	switch {
	case out.Waiting:
		return page.Redirect(w, r, done(v.Entry(out.Entry), "revision-proposed"))
	case out.Entry.Status == press.Published:
		return page.Redirect(w, r, done(v.Entry(out.Entry), "amended"))
	case !v.Viewer.Owns(out.Entry):
		return page.Redirect(w, r, done(v.Link("/desk/entry/"+string(out.Entry.ID)), "corrected"))
	case d.Entry.Status == press.Returned:
		return page.Redirect(w, r, done(v.Link("/me"), "proposed"))
	default:
		return page.Redirect(w, r, done(v.Link("/me"), "saved"))
	}
}

// Restore is POST /{form}/{slug}/restore/{n}.
func (f *Face) Restore(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.entry(v, w, r)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return nothing()
	}
	out, err := f.Editor.Restore(r.Context(), v.Viewer, e.ID, number)
	if err != nil {
		return err
	}
	if out.Waiting {
		return page.Redirect(w, r, done(v.Entry(out.Entry), "revision-proposed"))
	}
	return page.Redirect(w, r, done(v.Entry(out.Entry), "restored"))
}

// AskToWithdraw is GET /{form}/{slug}/withdraw.
func (f *Face) AskToWithdraw(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.entry(v, w, r)
	if err != nil {
		return err
	}
	if !v.Viewer.Owns(e) || !e.Status.MayBecome(press.Withdrawn) {
		return nothing()
	}
	return page.Render(w, r, withdrawing(v, e, "", nil))
}

// Withdraw is POST /{form}/{slug}/withdraw.
func (f *Face) Withdraw(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.entry(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	err = f.Editor.Withdraw(r.Context(), v.Viewer, e.ID, in.Text("reason"))
	if faults, ok := page.FaultsOf(err); ok {
		return page.RenderStatus(w, r, http.StatusUnprocessableEntity, withdrawing(v, e, in.Text("reason"), faults))
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, done(v.Link("/me"), "withdrawn"))
}

// amendWords are the words of the button that ends a working copy.
func (d desk) amendWords(v *page.Visit) string {
	e := d.Entry
	animates := v.Viewer.May(press.Animator, e.Site, e.Section)
	switch {
	case e.Status == press.Returned && v.Viewer.Owns(e):
		return v.T("Propose it again")
	case e.Status == press.Published && !animates && v.Site.Revising == press.ReviseReviewed:
		return v.T("Propose the changes")
	case e.Status == press.Published:
		return v.T("Publish the changes")
	default:
		return v.T("Save the changes")
	}
}
