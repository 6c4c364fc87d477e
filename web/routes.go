package web

import (
	"bourgeon/web/desk"
	"bourgeon/web/page"
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
	return append(deskOfPortal(c.Desk), []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},

		// web/reader: the portal's list of sites, until the face brings the latest of all
		{"GET /{$}", page.Portal, public},
	}...)
}

// siteRoutes are the paths inside every site. The first segment of each is in press.ReservedForms, holds a dot, or is a
// form's.
func siteRoutes(c Config) []Route {
	return append(deskOfSite(c.Desk), []Route{
		// web/page
		{"GET /look.css", page.ServeLook, public},
	}...)
}

// deskOfPortal are the network's stewards' pages; without a desk, none.
func deskOfPortal(d *desk.Face) []Route {
	if d == nil {
		return nil
	}
	return append(deskOfPeople(d), []Route{
		{"GET /desk", d.Network, mine},
		{"GET /desk/new", d.New, mine},
		{"POST /desk/new", d.Open, mine},
		{"GET /desk/site", d.Site, mine},
		{"POST /desk/site", d.Describe, mine},
		{"GET /outbox", desk.Outbox, Options{}},
	}...)
}

// deskOfPeople are the pages about people, of a site and of the network.
func deskOfPeople(d *desk.Face) []Route {
	return []Route{
		{"GET /desk/people", d.People, mine},
		{"POST /desk/people/invite", d.Invite, mine},
		{"POST /desk/people/invitation/{id}/cancel", d.Cancel, mine},
		{"POST /desk/people/{id}/role", d.ChangeRole, mine},
		{"POST /desk/people/{id}/remove", d.RemoveRole, mine},
		{"GET /desk/people/{id}/handover", d.HandOver, mine},
		{"POST /desk/people/{id}/handover", d.HandedOver, mine},
	}
}

// deskOfSite are the pages of a site's animators and stewards.
func deskOfSite(d *desk.Face) []Route {
	if d == nil {
		return nil
	}
	return append(deskOfPeople(d), []Route{
		{"GET /desk", d.Queue, mine},
		{"GET /desk/entry/{id}", d.Entry, mine},
		{"POST /desk/entry/{id}/publish", d.Publish, mine},
		{"POST /desk/entry/{id}/return", d.Return, mine},
		{"POST /desk/entry/{id}/refuse", d.Refuse, mine},
		{"POST /desk/entry/{id}/schedule", d.Schedule, mine},
		{"POST /desk/entry/{id}/file", d.File, mine},
		{"POST /desk/entry/{id}/feature", d.Feature, mine},
		{"POST /desk/entry/{id}/bin", d.Bin, mine},
		{"POST /desk/entry/{id}/recover", d.Recover, mine},
		{"POST /desk/entry/{id}/reopen", d.Reopen, mine},
		{"POST /desk/entry/{id}/note", d.Note, mine},
		{"POST /desk/entry/{id}/revision/{n}/accept", d.Accept, mine},
		{"POST /desk/entry/{id}/revision/{n}/decline", d.Decline, mine},
		{"GET /desk/published", d.Published, mine},
		{"GET /desk/bin", d.InBin, mine},
		{"GET /desk/journal", d.Journal, mine},
		{"GET /desk/site", d.Site, mine},
		{"POST /desk/site", d.Describe, mine},
		{"GET /desk/site/colour.css", d.Colour, mine},
		{"GET /desk/site/address", d.Address, mine},
		{"POST /desk/site/address", d.Move, mine},
		{"GET /desk/site/closing", d.Closing, mine},
		{"POST /desk/site/close", d.Close, mine},
		{"POST /desk/site/reopen", d.ReopenSite, mine},
		{"GET /desk/sections", d.Sections, mine},
		{"POST /desk/sections", d.SaveSection, mine},
		{"GET /desk/sections/{id}", d.Section, mine},
		{"POST /desk/sections/{id}", d.SaveSection, mine},
		{"POST /desk/sections/{id}/{act}", d.ChangeSection, mine},
		{"GET /desk/front", d.Front, mine},
	}...)
}
