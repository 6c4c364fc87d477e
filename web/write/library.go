package write

import (
	"net/http"
	"slices"

	"bourgeon/app/editing"
	"bourgeon/kit/fold"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// library is the site's files, to choose some for a draft.
type library struct {
	desk
	store.MediaPage
	Field              press.Field
	Words              string
	NewerLink, Earlier string
}

// Library is GET /draft/{key}/library?field=…: the site's files that its people may use again.
func (f *Face) Library(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	l, err := f.library(v, w, r, r.URL.Query().Get("field"))
	if err != nil {
		return err
	}
	query := r.URL.Query()
	l.Words = press.CleanLine(query.Get("q"))
	shelf := store.Shelf{Site: v.Site.ID, Words: fold.Words(l.Words), Attached: l.Field.Kind == press.Files}
	if l.Field.Kind == press.Pictures {
		shelf.Kind = press.PictureFile
	}
	shelf.Before, shelf.After = page.Cursors(r)
	if l.MediaPage, err = v.House.Reader.Library(r.Context(), v.Viewer, shelf); err != nil {
		return err
	}
	if l.Newer != "" {
		l.NewerLink = v.With("after", string(l.Newer), "before", "")
	}
	if l.Older != "" {
		l.Earlier = v.With("before", string(l.Older), "after", "")
	}
	return page.Render(w, r, libraryPage(v, l))
}

func (f *Face) library(v *page.Visit, w http.ResponseWriter, r *http.Request, key string) (library, error) {
	d, err := f.open(v, w, r)
	if err != nil {
		return library{}, err
	}
	if !v.Contributes() {
		return library{}, press.Problem(press.Forbidden, "Only the site’s people choose among its files.")
	}
	field, ok := mediaField(d.Form, key)
	if !ok {
		return library{}, nothing()
	}
	return library{desk: d, Field: field}, nil
}

// FromLibrary is POST /draft/{key}/library: the files chosen come to the draft, with what is said of them.
func (f *Face) FromLibrary(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	l, err := f.library(v, w, r, in.Line("field"))
	if err != nil {
		return err
	}
	c := l.Draft.Content
	c.Answers = clone(c.Answers)
	for _, id := range in.All("take") {
		if !slices.Contains(c.Answers[l.Field.Key], id) {
			c.Answers[l.Field.Key] = append(c.Answers[l.Field.Key], id)
		}
	}
	if most := l.Field.Max; most > 0 && len(c.Answers[l.Field.Key]) > most {
		c.Answers[l.Field.Key] = c.Answers[l.Field.Key][:most]
	}
	if c, err = f.ours(r.Context(), v, l.desk, c); err != nil {
		return err
	}
	_, err = f.Editor.Save(r.Context(), v.Viewer, l.Key, l.Draft.Version, editing.Work{Content: c, Signing: l.Draft.Signing})
	if err != nil {
		return err
	}
	return page.Redirect(w, r, l.Link(v, "")+"#"+l.Field.Key)
}

// chosen tells whether a file stands in the draft already.
func (l library) chosen(m press.Media) bool {
	return slices.Contains(l.Draft.Answers[l.Field.Key], string(m.ID))
}

func (l library) title(v *page.Visit) string {
	if l.Field.Kind == press.Pictures {
		return v.T("Choose among the site’s pictures")
	}
	return v.T("Choose among the site’s files")
}
