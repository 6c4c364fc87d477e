package write

import (
	"net/http"

	"bourgeon/kit/embed"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Preview is GET /draft/{key}/preview: the text as it will be read.
func (f *Face) Preview(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	if d.Form.CheckContent(d.Draft.Content) != nil {
		return page.Redirect(w, r, mend(d.Link(v, "")))
	}
	e, err := f.Editor.Preview(r.Context(), v.Viewer, d.Draft)
	if err != nil {
		return err
	}
	for _, files := range [][]press.Media{e.Pictures, e.Attachments} {
		for i := range files {
			if files[i].Maker == press.MakerSelf && files[i].Credit == "" {
				files[i].Credit = v.T("you, as you will sign")
			}
		}
	}
	facts, err := v.Facts(r.Context(), d.Form, e)
	if err != nil {
		return err
	}
	var cards page.Embeds
	for _, one := range tellings(d.Form, e, nil) {
		for _, part := range markdown.Segments(one.HTML) {
			if c, known := embed.Of(part.Address, v.House.Servers); known {
				cards.Add(c)
			}
		}
	}
	cards.Allow(w)
	return page.Render(w, r, preview(v, d, e, facts))
}

// mend is the address of a form that shows what is missing.
func mend(link string) string { return page.WithParam(link, "mend", "1") }

// told is a long answer as the preview shows it, under its question unless it is the main text.
type told struct {
	Heading string
	HTML    string
	Facts   []page.Fact
}

// tellings are the answers of a text in the form's order.
func tellings(form press.Form, e press.Entry, facts map[string][]page.Fact) []told {
	var all []told
	for _, field := range form.Shown(e.Answers) {
		if field.Kind != press.LongText {
			continue
		}
		one := told{HTML: e.Rendered[field.Key], Facts: facts[field.Key]}
		if field.Role != press.RoleBody || form.Headings {
			one.Heading = field.Label.In(e.Language)
		}
		all = append(all, one)
	}
	if last := facts[""]; len(last) > 0 {
		all = append(all, told{Facts: last})
	}
	return all
}
