package web

import (
	"bourgeon/web/feeds"
	"bourgeon/web/page"
	"bourgeon/web/reader"
)

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
	fresh  = Options{} // rendered for each request
)

// portalRoutes are the network's own paths. The first segment of each is in press.ReservedSlugs, or holds a dot.
func portalRoutes(Config) []Route {
	return []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},

		// web/reader
		{"GET /{$}", reader.Portal, public},
		{"GET /sites", reader.Sites, public},
		{"GET /search", reader.Search, fresh},
		{"GET /about", reader.About, public},
		{"GET /accessibility", reader.Accessibility, public},

		// web/feeds
		{"GET /feed.atom", feeds.Atom, public},
	}
}

// siteRoutes are the paths inside every site that are the house's own. The first segment of each is in
// press.ReservedForms, or holds a dot.
func siteRoutes(Config) []Route {
	return []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},

		// web/reader
		{"GET /{$}", reader.Front, public},
		{"GET /section/{slug}", reader.Section, public},
		{"GET /tags", reader.Tags, public},
		{"GET /tag/{slug}", reader.Tag, public},
		{"GET /authors", reader.Authors, public},
		{"GET /author/{slug}", reader.Author, public},
		{"GET /archive", reader.Archive, public},
		{"GET /archive/{year}", reader.Year, public},
		{"GET /search", reader.Search, fresh},
		{"GET /about", reader.About, public},
		{"GET /charter", reader.Charter, public},
		{"GET /licence", reader.Licences, public},
		{"GET /journal", reader.Journal, public},
		{"GET /accessibility", reader.Accessibility, public},

		// web/feeds
		{"GET /feed.atom", feeds.Atom, public},
	}
}

// entryRoutes are the paths inside every site that begin with a form's address.
func entryRoutes(Config) []Route {
	return []Route{
		// web/reader
		{"GET /{form}/{$}", reader.Form, public},
		{"GET /{form}/{slug}", reader.Entry, public},
		{"GET /{form}/{slug}/source.md", reader.Source, public},
		{"GET /{form}/{slug}/history", reader.History, public},
		{"GET /{form}/{slug}/history/{n}", reader.Revision, public},
		{"GET /{form}/{slug}/diff", reader.ChooseDiff, public},
		{"GET /{form}/{slug}/diff/{a}/{b}", reader.Diff, public},
	}
}
