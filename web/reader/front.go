package reader

import (
	"context"
	"net/http"

	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/web/page"
)

// DefaultFront is the text of a site's front page while nobody wrote another.
const DefaultFront = `::lead
::seconds
::writers
::sections
::debuts
::latest
`

// Front shows the site's front page: an entry whose text holds directives.
func Front(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	html, e, err := frontText(r.Context(), v)
	if err != nil {
		return err
	}
	c := newComposer(v, e.ID)
	blocks, err := c.blocks(r.Context(), html)
	if err != nil {
		return err
	}
	p := front{Language: e.Language, Blocks: blocks, Empty: len(c.shown) <= 1}
	c.embeds.Allow(w)
	return page.Render(w, r, frontPage(v, p))
}

// spoken is an entry, or its translation in the visit's language if there is one on this site.
func spoken(ctx context.Context, v *page.Visit, e press.Entry) (press.Entry, error) {
	if e.Language == v.L.Lang() {
		return e, nil
	}
	others, err := v.House.Reader.TranslationsOf(ctx, v.Viewer, []press.Entry{e})
	if err != nil {
		return e, err
	}
	for _, other := range others[e.ID] {
		if other.Language == v.L.Lang() && other.Site == e.Site {
			return v.House.Reader.Entry(ctx, v.Viewer, other.ID)
		}
	}
	return e, nil
}

type front struct {
	Language string
	Blocks   []block
	Empty    bool // nothing was published yet
}

// frontText is the rendered text of the front page, and its entry; the zero
// entry when the site has none that may be shown.
func frontText(ctx context.Context, v *page.Visit) (string, press.Entry, error) {
	if v.Trial != nil && v.Trial.FrontHTML != "" {
		return v.Trial.FrontHTML, press.Entry{ID: v.Site.Front, Content: press.Content{Language: v.Site.Language()}}, nil
	}
	if v.Site.Front != "" {
		e, err := v.House.Reader.Entry(ctx, v.Viewer, v.Site.Front)
		if err == nil && e.Status == press.Published {
			e, err = spoken(ctx, v, e)
		}
		switch {
		case err == nil && e.Status == press.Published:
			html := ""
			form, err := v.House.Reader.Form(ctx, v.Viewer, e.Form)
			if err != nil {
				return "", e, err
			}
			for _, field := range form.Fields {
				html += e.Rendered[field.Key]
			}
			return html, e, nil
		case err != nil && press.KindOf(err) != press.NotFound && press.KindOf(err) != press.Gone:
			return "", e, err
		}
	}
	return markdown.Render(DefaultFront, markdown.Options{}), press.Entry{}, nil
}
