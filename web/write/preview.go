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
	tellings, err := v.Tellings(r.Context(), d.Form, e)
	if err != nil {
		return err
	}
	var cards page.Embeds
	for _, one := range tellings {
		for _, part := range markdown.Segments(one.HTML) {
			if c, known := embed.Of(part.Address, v.House.Servers); known {
				cards.Add(c)
			}
		}
	}
	cards.Allow(w)
	return page.Render(w, r, preview(v, d, e, tellings))
}

// mend is the address of a form that shows what is missing.
func mend(link string) string { return page.WithParam(link, "mend", "1") }
