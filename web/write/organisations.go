package write

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// organisations are those in whose name the viewer signs, with who shares what.
type organisations struct {
	Crews  []press.Crew
	Byline press.BylineID // that a fault is about
	Email  string
	Faults page.Faults
}

// Organisations is GET /me/organisations: with whom one shares what one signs in an organisation's name.
func (f *Face) Organisations(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.organisations(v, w, r, http.StatusOK, organisations{})
}

func (f *Face) organisations(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, o organisations) error {
	var err error
	if o.Crews, err = v.House.Reader.Crews(r.Context(), v.Viewer); err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, organisationsPage(v, o))
}

// Share is POST /me/organisations: somebody is let in, or out.
func (f *Face) Share(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	o := organisations{Byline: press.BylineID(in.Line("organisation")), Email: in.Line("email")}
	if person := in.Line("out"); person != "" {
		if err := f.Gatherer.Unshare(r.Context(), v.Viewer, o.Byline, press.PersonID(person)); err != nil {
			return err
		}
		return v.Done(w, r, "/me/organisations", "saved")
	}
	err = firstOf(
		func() error { return v.Allow(v.House.Limits.SignIn) },
		func() error { return f.Gatherer.Share(r.Context(), v.Viewer, o.Byline, o.Email) },
	)
	if err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		o.Faults = faults
		return f.organisations(v, w, r, status, o)
	}
	return v.Done(w, r, "/me/organisations", "shared")
}
