package web

import "bourgeon/web/page"

// Route is a line of the table of URLs. Patterns are those of net/http, relative to the site or to the portal.
type Route struct {
	Pattern string
	Handler page.Handler
	Options
}

// Options are how a route is served.
type Options struct {
	Cached   bool  // anonymous GETs are kept until the site's next public change
	SignedIn bool  // others are led to sign in; search engines are kept out
	Body     int64 // the largest request, in bytes; 0 is maxForm
	Free     bool  // its POSTs don't count towards Limits.Post: autosaves, which count themselves
}

const (
	// maxForm lets a text of press.MaxText through even where each byte is sent as three, and somewhat more, so that
	// whoever pastes a novel gets it back with a kind word instead of an empty page.
	maxForm = 16 << 20
	// maxUpload is for forms with pictures.
	maxUpload = 64 << 20
)

var (
	public = Options{Cached: true}
	mine   = Options{SignedIn: true}
)

// portalRoutes are the network's own paths. The first segment of each is in press.ReservedSlugs, or holds a dot.
func portalRoutes(Config) []Route {
	return []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},

		// web/reader: the portal's list of sites, until the face brings the latest of all
		{"GET /{$}", page.Portal, public},
	}
}

// siteRoutes are the paths inside every site. The first segment of each is in press.ReservedForms, holds a dot, or is a
// form's.
func siteRoutes(Config) []Route {
	return []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},
	}
}
