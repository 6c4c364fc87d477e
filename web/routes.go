package web

import (
	"slices"

	"bourgeon/web/page"
	"bourgeon/web/signin"
	"bourgeon/web/write"
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
)

// portalRoutes are the network's own paths. The first segment of each is in press.ReservedSlugs, or holds a dot.
func portalRoutes(c Config) []Route {
	return append(signinRoutes(c.SignIn), []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},

		// web/reader: the portal's list of sites, until the face brings the latest of all
		{"GET /{$}", page.Portal, public},

		// web/write
		{"GET /me", c.Write.Me, mine},
		{"POST /me", c.Write.Introduce, mine},
	}...)
}

// signinRoutes are web/signin's: one comes in at the portal as on every site.
func signinRoutes(f *signin.Face) []Route {
	return []Route{
		{"GET /signin", f.Ask, Options{}},
		{"POST /signin", f.Send, Options{}},
		{"POST /signout", f.SignOut, Options{}},
		{"GET /challenge/{id}", f.Expect, Options{}},
		{"POST /challenge/{id}", f.Try, Options{}},
		{"GET /confirm/{token}", f.Open, Options{}},
		{"POST /confirm/{token}", f.Redeem, Options{}},
		{"GET /invitation/{token}", f.Invitation, Options{}},
		{"POST /invitation/{token}", f.Accept, Options{}},
	}
}

// writeRoutes are web/write's.
func writeRoutes(f *write.Face) []Route {
	return []Route{
		{"GET /write", f.Doors, Options{}},
		{"GET /write/{form}", f.Blank, Options{}},
		{"POST /write/{form}", f.Begin, Options{Body: maxUpload}},
		{"POST /write/{form}/autosave", f.AutosaveFirst, Options{}},
		{"GET /draft/{key}", f.Draft, Options{}},
		{"POST /draft/{key}", f.Save, Options{Body: maxUpload}},
		{"POST /draft/{key}/autosave", f.Autosave, Options{Free: true}},
		{"GET /draft/{key}/preview", f.Preview, Options{}},
		{"GET /draft/{key}/sign", f.Signing, Options{}},
		{"POST /draft/{key}/sign", f.Sign, Options{}},
		{"GET /draft/{key}/merge", f.Merge, Options{}},
		{"POST /draft/{key}/merge", f.Adopt, Options{}},
		{"POST /draft/{key}/mail-link", f.MailLink, Options{}},
		{"POST /draft/{key}/discard", f.Discard, Options{}},
		{"GET /{form}/{slug}/edit", f.Edit, mine},
		{"POST /{form}/{slug}/restore/{n}", f.Restore, mine},
		{"GET /{form}/{slug}/withdraw", f.AskToWithdraw, mine},
		{"POST /{form}/{slug}/withdraw", f.Withdraw, mine},
		{"GET /me", f.Me, mine},
		{"POST /me", f.Introduce, mine},
		{"POST /me/propose-again", f.ProposeAgain, mine},
		{"POST /me/confirm", f.Confirm, mine},
		{"GET /me/thanks", f.Thanks, mine},
	}
}

// siteRoutes are the paths inside every site. The first segment of each is in press.ReservedForms, holds a dot, or is a
// form's.
func siteRoutes(c Config) []Route {
	return slices.Concat(signinRoutes(c.SignIn), writeRoutes(c.Write), []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},
	})
}
