// Package write is the contributor's path: choosing a form, writing, reading over, signing, revising, and one's own
// texts with what becomes of them.
//
// It decides nothing: app/editing does. It needs no JavaScript; static/write.js only saves earlier and tells more. What
// was typed is kept before anything is refused. Start with sheet.go (the form), then save.go and sign.go.
package write

import (
	"context"
	"net/http"

	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/gathering"
	"bourgeon/app/joining"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Face answers the contributor's requests. Editor, Door and Cabinet are needed.
type Face struct {
	Editor  *editing.Editor
	Door    *joining.Door
	Cabinet *filing.Cabinet
	// Gatherer hands invitation links on.
	Gatherer *gathering.Gatherer
	Saves    *ratelimit.Limiter // of autosaves, by client; nil never refuses
	// Find asks the network's geocoder where an address is; nil finds nothing.
	Find func(ctx context.Context, query string) ([]press.Place, error)
}

func nothing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// desk is a draft on the table: where it is kept, and the form it answers.
type desk struct {
	Form  press.Form
	Draft press.Draft
	Key   string      // what addresses it: the secret, or the identifier for its owner; "" before anything was kept
	Entry press.Entry // of a working copy; zero before the text was signed
}

// Revising tells whether the draft is a working copy of an entry, rather than a text not yet signed or confirmed.
func (d desk) Revising() bool { return d.Draft.Base > 0 }

// Link is an address of the draft's: "" is the form itself.
func (d desk) Link(v *page.Visit, path string) string {
	if d.Key == "" {
		return v.Link("/write/" + d.Form.Slug + path)
	}
	return v.Link("/draft/" + d.Key + path)
}

// open finds the draft of a request, with its form and its entry.
func (f *Face) open(v *page.Visit, w http.ResponseWriter, r *http.Request) (desk, error) {
	page.KeepPrivate(w)
	ctx, key := r.Context(), r.PathValue("key")
	d := desk{Key: key}
	var err error
	if d.Draft, err = f.Editor.Open(ctx, v.Viewer, key); err != nil {
		if press.KindOf(err) == press.NotFound && f.left(v, r, &d) {
			err = v.SignedIn()
		}
		return d, err
	}
	if d.Draft.Site != v.Site.ID {
		return d, nothing()
	}
	if d.Form, err = v.House.Reader.Form(ctx, v.Viewer, d.Draft.Form); err != nil {
		return d, err
	}
	if d.Revising() {
		d.Entry, err = v.House.Reader.Entry(ctx, v.Viewer, d.Draft.Entry)
	}
	return d, err
}

// left tells whether the draft is there, under the identifier that only its owner uses, for someone who was signed in
// and no longer is; of the draft they learn its form.
func (f *Face) left(v *page.Visit, r *http.Request, d *desk) bool {
	if v.Viewer.Known() {
		return false
	}
	draft, err := v.House.Reader.Draft(r.Context(), press.Itself, press.DraftID(d.Key))
	if err != nil || draft.Site != v.Site.ID {
		return false
	}
	d.Form, err = v.House.Reader.Form(r.Context(), press.Itself, draft.Form)
	return err == nil
}

// form finds the form that a path names, for whom it is open to.
func (f *Face) form(v *page.Visit, r *http.Request) (press.Form, error) {
	if !v.Site.ClosedAt.IsZero() {
		return press.Form{}, press.Problem(press.Gone, "This site is closed.")
	}
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"))
	if err != nil {
		return form, err
	}
	if r.URL.Query().Has("preview") && v.Animates() { // as it is being changed at the desk
		changed, _, err := v.House.Reader.FormDraft(r.Context(), v.Viewer, form.ID)
		if press.KindOf(err) == press.NotFound {
			return form, nil
		}
		return changed, err
	}
	if (form.BuiltIn == "page" || form.Version == 0) && !v.Animates() {
		return form, nothing()
	}
	return form, nil
}
