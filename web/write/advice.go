package write

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"bourgeon/app/advising"
	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Advice is GET /draft/{key}/advice: what could make the text clearer, for the script that shows it beside the text as
// it is kept.
func (f *Face) Advice(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	reading, err := f.reading(r.Context(), v, d)
	if err != nil {
		return err
	}
	return page.Render(w, r, suggestions(v, reading))
}

// reading looks at the text on the table.
func (f *Face) reading(ctx context.Context, v *page.Visit, d desk) (advising.Reading, error) {
	draft := d.Draft
	draft.Site, draft.Form = v.Site.ID, d.Form.ID
	e, err := f.Editor.Preview(ctx, v.Viewer, draft)
	if err != nil {
		return advising.Reading{}, err
	}
	return advising.Read(d.Form, e), nil
}

// plan puts the headings of a kind of writing at the end of the text: nothing that was typed is touched.
func (f *Face) plan(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, kind string) error {
	field, asked := d.Form.Field(press.RoleBody)
	kinds := kindsOfWriting(v)
	i := slices.IndexFunc(kinds, func(k kindOfWriting) bool { return k.Key == kind })
	if !asked || i < 0 {
		return nothing()
	}
	content := d.Draft.Content
	content.Answers = clone(content.Answers)
	text := strings.TrimSpace(content.Answers.One(field.Key))
	content.Answers[field.Key] = []string{strings.TrimSpace(text + "\n\n" + kinds[i].outline())}
	if _, err := f.Editor.Save(r.Context(), v.Viewer, d.Key, d.Draft.Version, editing.Work{Content: content, Signing: d.Draft.Signing}); err != nil {
		return err
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "planned")+"#"+field.Key)
}
