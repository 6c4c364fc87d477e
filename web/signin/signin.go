// Package signin is how people come in: asking for a mail, typing its code or following its link, accepting an
// invitation, leaving. There are no passwords.
//
// A mailed link shows a page with one button: mail programs open links too, and must not use them up. What the mail was
// for follows once the address is proved: a contribution is confirmed, or one goes on to where one was. Start with ask.go.
package signin

import (
	"context"
	"net/http"

	"bourgeon/app/joining"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Face answers the requests. All fields are needed.
type Face struct {
	Door *joining.Door
	// Confirm ends the waiting of a contribution whose writer has just proved their address.
	Confirm func(context.Context, press.Viewer, press.EntryID) (press.Entry, error)
	// ConfirmComment does the same for a comment.
	ConfirmComment func(context.Context, press.Viewer, press.CommentID) (press.Comment, error)
}

// enter signs the person in on this browser, ending the session that it had.
func (f *Face) enter(v *page.Visit, w http.ResponseWriter, r *http.Request, who press.Viewer) error {
	if before := page.SessionToken(r); before != "" {
		if err := f.Door.Leave(r.Context(), before); err != nil {
			return err
		}
	}
	s, err := f.Door.Open(r.Context(), who.Person)
	if err != nil {
		return err
	}
	v.OpenSession(w, s.Token, s.ExpiresAt)
	v.Viewer = who
	return nil
}

// proved signs in whoever proved their address, and goes on to what they proved it for.
func (f *Face) proved(v *page.Visit, w http.ResponseWriter, r *http.Request, p joining.Proved) error {
	if err := f.enter(v, w, r, p.Viewer); err != nil {
		return err
	}
	if p.Purpose == press.ForConfirm && p.Entry != "" {
		e, err := f.Confirm(r.Context(), p.Viewer, p.Entry)
		if err != nil && press.KindOf(err) != press.NotFound {
			return err
		}
		if err == nil {
			return page.Redirect(w, r, v.Link("/me/thanks?entry="+string(e.ID)))
		}
	}
	if p.Purpose == press.ForComment && p.Comment != "" {
		c, err := f.ConfirmComment(r.Context(), p.Viewer, p.Comment)
		if kind := press.KindOf(err); err != nil && kind != press.NotFound && kind != press.Forbidden {
			return err
		}
		if err == nil {
			return page.Redirect(w, r, page.WithParam(v.Link("/talk/comment/"+string(c.ID)), "done", "1"))
		}
		return page.Redirect(w, r, v.Link("/me#comments")) // the talk was closed meanwhile: what was written is there
	}
	next := page.SafePath(p.Next)
	if p.Next == "" {
		next = "/me"
	}
	return page.Redirect(w, r, page.WithParam(v.Link(next), "done", "signedin"))
}

// next is where to go after signing in; the front page of a site says nothing of it, so one's own texts are better.
func next(r *http.Request) string {
	if r.FormValue("next") == "" {
		return "/me"
	}
	return page.Next(r)
}
