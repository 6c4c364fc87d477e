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
	all, err := f.Editor.States(ctx, d.Draft)
	if err != nil {
		return err
	}
	p := statesPage{desk: d}
	for _, s := range all {
		p.All = append(p.All, earlier{s, since(v, d, s)})
	}
	if n := r.FormValue("n"); n != "" {
		version, _ := strconv.Atoi(n)
		if p.State, err = editing.StateOf(all, version); err != nil {
			return err
		}
		p.Since = v.Compare(d.Form, p.State.Content, d.Draft.Content)
		then := d.Draft
		then.Content = p.State.Content
		if p.Then, err = f.Editor.Preview(ctx, v.Viewer, then); err != nil {
			return err
		}
		if p.Tellings, err = v.Tellings(ctx, d.Form, p.Then); err != nil {
			return err
		}
	}
	return page.Render(w, r, states(v, p))
}

type statesPage struct {
	desk
	All      []earlier
	State    press.DraftState // looked at; zero for none
	Since    page.Compared    // what changed from it to the present text
	Then     press.Entry      // as it would have been read
	Tellings []page.Telling
}

// earlier is a state in the list.
type earlier struct {
	press.DraftState
	Since string // how much changed since, in words
}

// maxCounted is how long an answer may be, in bytes, for each of its states to be compared in the list.
const maxCounted = 64 << 10

func since(v *page.Visit, d desk, s press.DraftState) string {
	for _, field := range d.Form.Fields {
		if len(s.Answers.One(field.Key)) > maxCounted || len(d.Draft.Answers.One(field.Key)) > maxCounted {
			return ""
		}
	}
	c := v.Compare(d.Form, s.Content, d.Draft.Content)
	switch counted := c.Counted(v); {
	case counted != "":
		return v.T("Since then: %s", counted)
	case c.Same():
		return v.T("The same as your present text.")
	}
	return ""
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
