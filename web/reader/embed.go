package reader

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// Embed shows an entry as a card for frames on other sites. It is the one page that others may frame; it runs nothing.
func Embed(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, ok, err := publishedAt(v, w, r, "/embed")
	if err != nil || !ok {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "+
		"form-action 'none'; frame-ancestors *")
	h.Set("X-Robots-Tag", "noindex")
	return page.Render(w, r, embedPage(v, e))
}

// Reuse tells how to take an entry up elsewhere: what its licence lets one do, and the code to copy.
func Reuse(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, ok, err := publishedAt(v, w, r, "/reuse")
	if err != nil || !ok {
		return err
	}
	return page.Render(w, r, reusePage(v, e))
}

// publishedAt is entryAt for pages of what is public alone.
func publishedAt(v *page.Visit, w http.ResponseWriter, r *http.Request, after string) (press.Entry, bool, error) {
	e, ok, err := entryAt(v, w, r, after)
	if err == nil && ok && e.Status != press.Published {
		return e, false, missing()
	}
	return e, ok, err
}
