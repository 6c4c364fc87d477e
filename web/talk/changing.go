package talk

import (
	"context"
	"net/http"
	"strconv"

	"bourgeon/app/discussing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// change is the page where an author changes a comment, or withdraws it.
type change struct {
	press.Comment
	Typed  string
	Faults page.Faults
}

// own finds the viewer's own comment.
func own(v *page.Visit, w http.ResponseWriter, r *http.Request) (press.Comment, error) {
	page.KeepPrivate(w)
	if err := v.SignedIn(); err != nil {
		return press.Comment{}, err
	}
	c, err := comment(v, r)
	if err == nil && !v.Viewer.Wrote(c) {
		err = nothing()
	}
	return c, err
}

// Edit is GET /talk/comment/{id}/edit.
func (f *Face) Edit(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	c, err := own(v, w, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, changing(v, change{Comment: c, Typed: c.Text}))
}

// Save is POST /talk/comment/{id}/edit.
func (f *Face) Save(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	c, err := own(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(in.Line("version"))
	saved, err := f.Room.EditComment(r.Context(), v.Viewer, c.ID, version, in.Text("text"))
	if err == nil {
		return page.Redirect(w, r, page.WithParam(v.CommentLink(saved, ""), "done", "1"))
	}
	again := change{Comment: c, Typed: in.Text("text")}
	if press.KindOf(err) == press.Conflict {
		again.Faults = page.Faults{{Message: "This comment changed meanwhile: look at where it stands now."}}
		return page.RenderStatus(w, r, http.StatusConflict, changing(v, again))
	}
	faults, status, ok := page.Refused(w, err)
	if !ok {
		return err
	}
	again.Faults = faults
	return page.RenderStatus(w, r, status, changing(v, again))
}

// act does something to a comment of the viewer's, besides changing its words.
func act(v *page.Visit, w http.ResponseWriter, r *http.Request, do func(context.Context, press.Viewer, press.CommentID) (press.Comment, error), done string) error {
	c, err := own(v, w, r)
	if err != nil {
		return err
	}
	now, err := do(r.Context(), v.Viewer, c.ID)
	if err != nil {
		return err
	}
	if now.Status == press.CommentWaiting {
		done = "comment-waits"
	}
	return v.Done(w, r, "/me/comments", done)
}

// Confirm is POST /talk/comment/{id}/confirm: a comment that waits for its
// writer, who has proved their address otherwise.
func (f *Face) Confirm(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return act(v, w, r, f.Room.ConfirmComment, "commented")
}

// Withdraw is POST /talk/comment/{id}/withdraw.
func (f *Face) Withdraw(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return act(v, w, r, f.Room.WithdrawComment, "comment-withdrawn")
}

// Recover is POST /talk/comment/{id}/recover.
func (f *Face) Recover(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return act(v, w, r, f.Room.RecoverComment, "comment-back")
}

// recoverable tells whether a withdrawal may still be taken back.
func recoverable(v *page.Visit, c press.Comment) bool {
	return c.Status == press.CommentWithdrawn && v.Now.Sub(c.ChangedAt) < discussing.Regret
}

// changeable tells whether the words of a comment may be changed.
func changeable(c press.Comment) bool {
	return c.Status == press.CommentShown || c.Status == press.CommentWaiting
}

// standing says in a few words where a comment stands, with its class.
func standing(v *page.Visit, c press.Comment) (class, words string) {
	switch c.Status {
	case press.CommentDraft:
		return "wait", v.T("Not confirmed yet")
	case press.CommentWaiting:
		return "wait", v.T("Waits to be read")
	case press.CommentRefused:
		return "out", v.T("Refused")
	case press.CommentHidden:
		return "out", v.T("Hidden")
	case press.CommentWithdrawn:
		return "out", v.T("Withdrawn")
	default:
		return "", v.T("Published")
	}
}
