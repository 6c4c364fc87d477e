package write

import (
	"net/http"
	"strconv"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// States is GET /draft/{key}/states: the draft's earlier states; with ?n= the one to look at.
func (f *Face) States(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := statesPage{desk: d}
	if p.All, err = f.Editor.States(ctx, d.Draft); err != nil {
		return err
	}
	if n := r.FormValue("n"); n != "" {
		version, _ := strconv.Atoi(n)
		if p.State, err = editing.StateOf(p.All, version); err != nil {
			return err
		}
		then := d.Draft
		then.Content = p.State.Content
		if p.Then, err = f.Editor.Preview(ctx, v.Viewer, then); err != nil {
			return err
		}
	}
	return page.Render(w, r, states(v, p))
}

type statesPage struct {
	desk
	All   []press.DraftState
	State press.DraftState // looked at; zero for none
	Then  press.Entry      // as it would have been read
}

func (p statesPage) begins(s press.DraftState) string {
	return p.Form.Title(s.Answers)
}

// GoBack is POST /draft/{key}/states: an earlier state becomes the present one, which stays among the earlier ones.
func (f *Face) GoBack(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(in.Line("n"))
	if _, err := f.Editor.GoBack(r.Context(), v.Viewer, d.Key, version); err != nil {
		return err
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "wentback"))
}
