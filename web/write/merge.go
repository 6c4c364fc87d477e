package write

import (
	"encoding/json"
	"net/http"
	"strconv"

	"bourgeon/app/editing"
	"bourgeon/kit/textdiff"
	"bourgeon/press"
	"bourgeon/web/page"
)

// meeting is the page where two texts become one.
type meeting struct {
	desk
	editing.Merging
	Draws []difference
	Whole press.Content // what the form begins with
	// Anew tells that the entry itself changed, rather than the draft.
	Anew bool
}

// difference is a field that both wrote differently.
type difference struct {
	Label        string
	Mine, Theirs []textdiff.Op
}

// Merge is GET /draft/{key}/merge: the working copy and the entry as it stands.
func (f *Face) Merge(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	if !d.Revising() || d.Entry.Revision == d.Draft.Base {
		return page.Redirect(w, r, d.Link(v, ""))
	}
	_, m, err := f.Editor.Merge(r.Context(), v.Viewer, d.Key)
	if err != nil {
		return err
	}
	return page.Render(w, r, merging(v, meet(v, d, m, true)))
}

// showMerge shows what was just typed beside the draft as it was saved meanwhile.
func (f *Face) showMerge(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, typed press.Content, status int) error {
	fresh, err := f.Editor.Open(r.Context(), v.Viewer, d.Key)
	if err != nil {
		return err
	}
	d.Draft = fresh
	typed.Answers = d.Form.Tidy(typed.Answers)
	m := editing.MergeDrafts(d.Form, fresh.Content, typed)
	return page.RenderStatus(w, r, status, merging(v, meet(v, d, m, false)))
}

func meet(v *page.Visit, d desk, m editing.Merging, anew bool) meeting {
	p := meeting{desk: d, Merging: m, Whole: m.Merged, Anew: anew}
	for _, field := range d.Form.Fields {
		mine, theirs := m.Mine.Answers.One(field.Key), m.Theirs.Answers.One(field.Key)
		if field.Kind.Media() || mine == theirs {
			continue
		}
		p.Draws = append(p.Draws, difference{
			Label: v.Set("", field.Label.In(v.L.Lang())), Mine: textdiff.Words(theirs, mine), Theirs: textdiff.Words(mine, theirs),
		})
	}
	return p
}

// Adopt is POST /draft/{key}/merge: the text made of both. keep=mine or keep=theirs begins again from one of them.
func (f *Face) Adopt(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	var sides sides
	if err := json.Unmarshal([]byte(in.Text("sides")), &sides); err != nil {
		return press.Problem(press.Invalid, "Part of what you sent was lost on the way. Go back, and send it again.")
	}
	number, _ := strconv.Atoi(in.Line("number"))
	anew := d.Revising() && number > 0
	m := editing.Merging{Mine: sides.Mine, Theirs: sides.Theirs, Merged: sides.Merged, Number: number}
	received := received{Form: in}
	switch in.Line("keep") {
	case "mine":
		m.Merged = sides.Mine
	case "theirs":
		m.Merged = sides.Theirs
	default:
		whole, err := f.ours(r.Context(), v, d, received.content(d.Form, sides.Merged))
		if err != nil {
			return err
		}
		return f.adopt(v, w, r, d, received.version(), number, whole)
	}
	return page.Render(w, r, merging(v, meet(v, d, m, anew)))
}

func (f *Face) adopt(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, version, number int, whole press.Content) error {
	work := editing.Work{Content: whole, Signing: d.Draft.Signing}
	var err error
	if d.Revising() && number > 0 {
		_, err = f.Editor.Adopt(r.Context(), v.Viewer, d.Key, version, number, work)
	} else {
		_, err = f.Editor.Save(r.Context(), v.Viewer, d.Key, version, work)
	}
	if press.KindOf(err) == press.Conflict { // somebody saved once more
		return f.showMerge(v, w, r, d, whole, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "saved"))
}

// sides are carried through the form: the typed one is nowhere else.
type sides struct{ Mine, Theirs, Merged press.Content }

func (m meeting) carried() string {
	b, err := json.Marshal(sides{m.Mine, m.Theirs, m.Whole})
	if err != nil {
		return "" // texts only: it can't be
	}
	return string(b)
}

// asked are the texts to finish: those that differ, and those that must be there to be read.
func (m meeting) asked(v *page.Visit) []page.Field {
	var all []page.Field
	s := sheet{desk: m.desk}
	s.Draft.Content = m.Whole
	for _, field := range m.Form.Fields {
		if field.Kind.Media() {
			continue
		}
		q := s.question(v, field)
		q.Example, q.Help = "", ""
		if q.Class == "" && q.Rows == 0 {
			q.Rows = 2
		}
		all = append(all, q)
	}
	return all
}
