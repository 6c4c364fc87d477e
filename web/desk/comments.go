package desk

import (
	"context"
	"net/http"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// comments is a list of what was said, with an act on each.
type comments struct {
	press.CommentStatus // that of all
	all                 []press.Comment
	undo                press.Comment // the last decision, which can be taken back; zero without
	newest, older       string
}

// comment is one comment on the table.
type comment struct {
	press.Comment
	wordings []store.Wording
	typed    string
	faults   page.Faults
	trouble  string // why an act was not done, in words
}

const commentLimit = 50

// Comments shows the comments that wait, oldest first; with ?is=, those that
// are shown, hidden or refused, the last changed first.
func (f *Face) Comments(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	ctx := r.Context()
	c := comments{CommentStatus: press.CommentWaiting}
	var err error
	switch is := press.CommentStatus(r.URL.Query().Get("is")); is {
	case press.CommentShown, press.CommentHidden, press.CommentRefused:
		before, _ := page.Cursors(r)
		var older store.Cursor
		c.CommentStatus = is
		if c.all, older, err = f.Reader.CommentsToDecide(ctx, v.Viewer, v.Site.ID, is, before, commentLimit); err != nil {
			return err
		}
		if older != "" {
			c.older = v.With("before", string(older))
		}
		if before != "" {
			c.newest = v.With("before", "")
		}
	default:
		if c.all, err = f.Reader.CommentsWaiting(ctx, v.Viewer, v.Site.ID, commentLimit); err != nil {
			return err
		}
	}
	if id := r.URL.Query().Get("undo"); id != "" {
		if c.undo, err = f.comment(ctx, v, press.CommentID(id)); err != nil || undoComment(c.undo) == "" {
			c.undo = press.Comment{}
		}
	}
	h, err := f.head(ctx, v, v.T("Comments"), "/desk/talk")
	if err != nil {
		return err
	}
	return page.Render(w, r, commentsPage(v, h, c))
}

// undoComment is the act that takes the decision on a comment back; "" when
// there is none.
func undoComment(c press.Comment) string {
	switch c.Status {
	case press.CommentShown, press.CommentRefused:
		return "/reopen"
	case press.CommentHidden:
		return "/restore"
	}
	return ""
}

// comment finds a comment of this site on which the viewer may decide.
func (f *Face) comment(ctx context.Context, v *page.Visit, id press.CommentID) (press.Comment, error) {
	c, err := f.Reader.Comment(ctx, v.Viewer, id)
	if err == nil && (c.Site != v.Site.ID || !v.Viewer.May(press.Animator, c.Site, c.Section)) {
		return press.Comment{}, nowhere()
	}
	return c, err
}

// Comment shows one comment and the decisions on it.
func (f *Face) Comment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	c, err := f.comment(r.Context(), v, press.CommentID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return f.showComment(v, w, r, http.StatusOK, comment{Comment: c})
}

func (f *Face) showComment(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, c comment) error {
	var err error
	if c.wordings, err = f.Reader.Wordings(r.Context(), v.Viewer, c.Comment); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("A comment"), "/desk/talk")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, commentPage(v, h, c))
}

// onComment does a decision on a comment. Faults come back beside their field
// with what was typed; when somebody decided meanwhile, the page tells where
// the comment stands.
func (f *Face) onComment(v *page.Visit, w http.ResponseWriter, r *http.Request, next string, do func(context.Context, press.CommentID, page.Form) error) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	c, err := f.comment(r.Context(), v, press.CommentID(r.PathValue("id")))
	if err != nil {
		return err
	}
	err = do(r.Context(), c.ID, in)
	again := comment{Comment: c, typed: in.Text("reason")}
	switch press.KindOf(err) {
	case press.Invalid:
		again.faults = faultsOf(err, nil)
		return f.showComment(v, w, r, http.StatusUnprocessableEntity, again)
	case press.Conflict:
		again.trouble = trouble(v, err)
		return f.showComment(v, w, r, http.StatusConflict, again)
	}
	if err != nil {
		return err
	}
	if next == "" {
		return page.Redirect(w, r, v.Link("/desk/talk?undo="+string(c.ID)))
	}
	return v.Done(w, r, "/desk/talk", next)
}

// PublishComment lets a comment that waits appear.
func (f *Face) PublishComment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.onComment(v, w, r, "", func(ctx context.Context, id press.CommentID, _ page.Form) error {
		return f.Room.PublishComment(ctx, v.Viewer, id)
	})
}

// RefuseComment says no, with a public reason.
func (f *Face) RefuseComment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.onComment(v, w, r, "", func(ctx context.Context, id press.CommentID, in page.Form) error {
		return f.Room.RefuseComment(ctx, v.Viewer, id, in.Text("reason"))
	})
}

// HideComment takes off what readers see, with a public reason.
func (f *Face) HideComment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.onComment(v, w, r, "", func(ctx context.Context, id press.CommentID, in page.Form) error {
		return f.Room.HideComment(ctx, v.Viewer, id, in.Text("reason"))
	})
}

// RestoreComment undoes HideComment.
func (f *Face) RestoreComment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.onComment(v, w, r, "comment-restored", func(ctx context.Context, id press.CommentID, _ page.Form) error {
		return f.Room.RestoreComment(ctx, v.Viewer, id)
	})
}

// ReopenComment takes a decision back: the comment waits again.
func (f *Face) ReopenComment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.onComment(v, w, r, "comment-reopened", func(ctx context.Context, id press.CommentID, _ page.Form) error {
		return f.Room.ReopenComment(ctx, v.Viewer, id)
	})
}

// TurnTalk closes the talk under an entry, or opens it again.
func (f *Face) TurnTalk(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	opens := r.FormValue("open") == "1"
	done := "talk-closed"
	if opens {
		done = "talk-opened"
	}
	return f.act(v, w, r, act{name: "conversation", fields: []string{"talk_reason"}, next: stays(done),
		do: func(ctx context.Context, _ *editing.Editor, id press.EntryID, in page.Form) error {
			if opens {
				return f.Room.ReopenTalk(ctx, v.Viewer, id)
			}
			return f.Room.CloseTalk(ctx, v.Viewer, id, in.Text("talk_reason"))
		},
	})
}
