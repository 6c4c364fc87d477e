// Package talk is the public conversation: comments under what is published,
// the latest of a site, one's own, thanks, and the page where one leaves the
// mails about a talk.
//
// What is said is typed under the text, on a page that is kept for all; it is
// signed on a page of this package, which is rendered for each. Nothing is
// decided here: app/discussing does. Start with saying.go, then reading.go.
package talk

import (
	"net/http"

	"bourgeon/app/discussing"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Face answers the requests. Room is needed.
type Face struct {
	Room   *discussing.Room
	Thanks *ratelimit.Limiter // of thanks, by client; nil never refuses
}

func nothing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// entry finds the entry of the path, and its form.
func entry(v *page.Visit, r *http.Request) (press.Entry, press.Form, error) {
	e, err := v.House.Reader.EntryBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"), r.PathValue("slug"))
	if err != nil {
		return e, press.Form{}, err
	}
	form, err := v.House.Reader.Form(r.Context(), v.Viewer, e.Form)
	return e, form, err
}

// comment finds the comment of the path, of this site.
func comment(v *page.Visit, r *http.Request) (press.Comment, error) {
	c, err := v.House.Reader.Comment(r.Context(), v.Viewer, press.CommentID(r.PathValue("id")))
	if err == nil && c.Site != v.Site.ID {
		err = nothing()
	}
	return c, err
}
