// Package reader holds the public pages: front pages, entries and their
// history, lists, archive, search, what a site says of itself, and the portal.
//
// It changes nothing: every handler asks the store what the visit's viewer may
// see, and renders it. Whatever it shows to nobody in particular is cached, so
// that a page depends on the site's version, the language, the path and the
// query alone.
//
// Start with front.go and directive.go (pages made of lists), entry.go and
// list.go.
package reader

import (
	"context"
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// pageSize is how many entries a page of a list shows.
const pageSize = 20

// read lists the page of a selection that the query asks for.
func read(v *page.Visit, r *http.Request, s store.Selection) (store.Page, error) {
	s.Site = v.Site.ID
	s.Before, s.After = page.Cursors(r)
	if s.Limit == 0 {
		s.Limit = pageSize
	}
	return v.House.Reader.Entries(r.Context(), v.Viewer, s)
}

// moved redirects from an old address inside the site to where the entry or
// section is now. It tells false, having written nothing, when the address
// never was one.
func moved(v *page.Visit, w http.ResponseWriter, r *http.Request, old string, link func(context.Context, string, string) (string, error)) (bool, error) {
	kind, target, err := v.House.Reader.Redirect(r.Context(), v.Viewer, string(v.Site.ID), old)
	if press.KindOf(err) == press.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	address, err := link(r.Context(), kind, target)
	if err != nil || address == "" {
		return false, err
	}
	http.Redirect(w, r, address, http.StatusPermanentRedirect)
	return true, nil
}
