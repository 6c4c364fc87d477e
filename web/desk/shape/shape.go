// Package shape is the desk's workshop of forms: making one, its questions,
// publishing a change, its versions; the words of vocabularies, passages
// gathered under them, dossiers, and what is brought in from tables.
//
// It decides nothing: app/shaping, app/gathering and app/importing do. It needs no JavaScript;
// static/shape.js only keeps a question while it is described, and shows it
// anew beside.
//
// Start with forms.go (the list and one form), then field.go (one question)
// and publish.go.
package shape

import (
	"context"
	"net/http"

	"bourgeon/app/gathering"
	"bourgeon/app/importing"
	"bourgeon/app/shaping"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/desk"
	"bourgeon/web/page"
)

// Face has an action of the workshop per method. All fields are needed.
type Face struct {
	Reader   store.Reader
	Desk     *desk.Face
	Shaper   *shaping.Shaper
	Gatherer *gathering.Gatherer
	Importer *importing.Importer
}

const (
	formsPath = "/desk/forms"
	tabForms  = formsPath
)

func nowhere() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

func animator(v *page.Visit) error {
	if err := desk.Enter(v, press.Animator); err != nil {
		return err
	}
	if !v.Viewer.May(press.Animator, v.Site.ID, "") {
		return press.Problem(press.Forbidden, "Only the site's animators may do this.")
	}
	return nil
}

func (f *Face) head(ctx context.Context, v *page.Visit, title string) (page.Head, error) {
	h, err := f.Desk.Head(ctx, v, title, tabForms)
	h.Stylesheets = append(h.Stylesheets, "forms.css")
	return h, err
}

// onTable is the form of the path, as it is being changed.
func (f *Face) onTable(v *page.Visit, r *http.Request) (form press.Form, changed bool, err error) {
	if err := animator(v); err != nil {
		return form, false, err
	}
	return f.Shaper.OnTable(r.Context(), v.Viewer, v.Site.ID, formID(r))
}

func formID(r *http.Request) press.FormID { return press.FormID(r.PathValue("id")) }

// at is an address of the form's at the desk.
func at(id press.FormID, path string) string { return formsPath + "/" + string(id) + path }

func fieldAt(id press.FormID, key, path string) string { return at(id, "/field/"+key+path) }

// faultsOf are the faults of a refusal that one mends in the form just sent.
func faultsOf(err error) page.Faults {
	faults, _ := page.FaultsOf(err)
	return faults
}
