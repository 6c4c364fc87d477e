package talk

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// Thank is POST /talk/{form}/{slug}/thanks: a reader's thank you, or with the
// button "back" its taking back. It leads back to the same place.
func (f *Face) Thank(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, form, err := entry(v, r)
	if err != nil {
		return err
	}
	if !form.Listed || e.Status != press.Published {
		return nothing()
	}
	if err := v.Allow(f.Thanks); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	done := "thanked"
	reader := v.Client + "\n" + r.UserAgent()
	switch {
	case in.Has("back"):
		done = "unthanked"
		_, err = f.Room.Unthank(r.Context(), e.ID, reader)
	case browsed(r):
		_, err = f.Room.Thank(r.Context(), e.ID, reader)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/"+e.Path()+"#thanks", done)
}

// browsed tells whether a browser sent the form: all of them say from where.
// What doesn't is answered the same, and counts for nothing.
func browsed(r *http.Request) bool {
	return r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != ""
}
