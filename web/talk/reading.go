package talk

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Entry is GET /talk/{form}/{slug}: the whole conversation under a text, by pages.
func Entry(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, form, err := entry(v, r)
	if err != nil {
		return err
	}
	before, after := page.Cursors(r)
	t, err := v.TalkUnder(r.Context(), e, form, before, after)
	if err != nil {
		return err
	}
	if !t.Shown() {
		return nothing()
	}
	t.Whole = true
	return page.Render(w, r, wholeTalk(v, t))
}

const latestPage = 30

// latest is the page of a site's conversations.
type latest struct {
	Comments      []press.Comment
	Newest, Older string
}

// Latest is GET /talk: what was said last on the site.
func Latest(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	before, _ := page.Cursors(r)
	all, older, err := v.House.Reader.LatestComments(r.Context(), v.Viewer, v.Site.ID, "", before, latestPage)
	if err != nil {
		return err
	}
	p := latest{Comments: all}
	p.Newest, p.Older = around(v, before, older)
	return page.Render(w, r, latestTalk(v, p))
}

func around(v *page.Visit, before, older store.Cursor) (newest, next string) {
	if older != "" {
		next = v.With("before", string(older), "after", "")
	}
	if before != "" {
		newest = v.With("before", "", "after", "")
	}
	return newest, next
}

// Comment is GET /talk/comment/{id}: the address of a comment for ever, which
// leads to where it stands.
func Comment(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	c, err := comment(v, r)
	if err != nil {
		return err
	}
	link, err := v.House.Reader.PlaceOf(r.Context(), c, page.TalkPage)
	if err != nil {
		return err
	}
	path := "/" + c.Path()
	if link != "" {
		path = "/talk" + path + "?after=" + string(link)
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	switch {
	case r.URL.Query().Get("done") != "" && c.Status == press.CommentShown:
		return v.Done(w, r, path+"#"+c.Anchor(), "commented")
	case r.URL.Query().Get("done") != "" && c.Status == press.CommentWaiting:
		return v.Done(w, r, path+"#talk", "comment-waits")
	}
	return page.Redirect(w, r, v.Link(path+"#"+c.Anchor()))
}

// mine is the page of one's own comments.
type mine struct {
	Comments      []press.Comment
	Newest, Older string
	Silent        bool
}

// Mine is GET /me/comments: what the viewer said on the whole network.
func Mine(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	if err := v.SignedIn(); err != nil {
		return err
	}
	before, _ := page.Cursors(r)
	all, older, err := v.House.Reader.OwnComments(r.Context(), v.Viewer, before, latestPage)
	if err != nil {
		return err
	}
	p := mine{Comments: all}
	p.Newest, p.Older = around(v, before, older)
	if p.Silent, err = v.House.Reader.Silent(r.Context(), v.Viewer.Person); err != nil {
		return err
	}
	return page.Render(w, r, ownTalk(v, p))
}

// Hear is POST /me/comments: whether one wants mails about talks at all.
func (f *Face) Hear(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if err := f.Room.Hear(r.Context(), v.Viewer, in.Line("mails") != "none"); err != nil {
		return err
	}
	return v.Done(w, r, "/me/comments", "saved")
}
