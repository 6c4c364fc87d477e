package web

import (
	"slices"

	syndication "bourgeon/kit/feed"
	"bourgeon/web/api"
	"bourgeon/web/desk"
	"bourgeon/web/desk/shape"
	"bourgeon/web/feeds"
	"bourgeon/web/page"
	"bourgeon/web/reader"
	"bourgeon/web/report"
	"bourgeon/web/signin"
	"bourgeon/web/talk"
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
	Cached   bool     // anonymous GETs are kept until the site's next public change
	Query    []string // the parameters that a Cached route depends on, besides the reader's choices
	SignedIn bool     // others are led to sign in; search engines are kept out
	Body     int64    // the largest request, in bytes; 0 is maxForm
	Program  bool     // for programs: no session, no page of an error; web/api admits and limits
	Free     bool     // its POSTs don't count towards Limits.Post: autosaves, which count themselves
}

const (
	// maxForm lets a text of press.MaxText through even where each byte is sent as three, and somewhat more, so that
	// whoever pastes a novel gets it back with a kind word instead of an empty page.
	maxForm = 16 << 20
	// maxUpload is for forms with files. It lets far more through than is kept: a file that is too heavy is read to its end
	// and told of, since a connection cut off says nothing.
	maxUpload = 1 << 30
)

var (
	public = Options{Cached: true}
	list   = Options{Cached: true, Query: []string{"before", "after"}}
	views  = Options{Cached: true, Query: reader.CollectionQuery}
	feed   = Options{Cached: true, Query: feeds.Query}
	look   = Options{Cached: true, Query: []string{"v", "bare"}}
	mine   = Options{SignedIn: true}
	fresh  = Options{} // rendered for each request

	program = Options{Program: true}
)

// portalRoutes are the network's own paths. The first segment of each is in press.ReservedSlugs, or holds a dot.
func portalRoutes(c Config) []Route {
	return slices.Concat(signinRoutes(c.SignIn), deskOfPortal(c.Desk), apiRoutes(c.API), []Route{
		// web/page
		{"GET /look.css", page.ServeLook, look},

		// web/reader
		{"GET /{$}", reader.Portal, public},
		{"GET /sites", reader.Sites, public},
		{"GET /write", reader.Write, fresh},
		{"GET /search", reader.Search, fresh},
		{"GET /about", reader.About, public},
		{"GET /accessibility", reader.Accessibility, public},

		// web/feeds
		{"GET /feed.atom", feeds.Atom, feed},
		{"GET /feed.rss", feeds.RSS, feed},
		{"GET /feed.json", feeds.JSON, feed},
		{"GET /feeds", feeds.Follow, feed},
		{"GET /feeds.opml", feeds.OPML, public},
		{"GET /sitemap.xml", feeds.Sitemap, public},
		{"GET /sitemap/{part}", feeds.SitemapPart, public},
		{"GET /oembed", feeds.OEmbed, fresh},

		// web/write
		{"GET /me", c.Write.Me, mine},
		{"POST /me", c.Write.Introduce, mine},
		{"GET /me/tokens", c.Write.Tokens, mine},
		{"POST /me/tokens", c.Write.MakeToken, mine},
		{"POST /me/tokens/{id}/revoke", c.Write.RevokeToken, mine},

		// web/talk
		{"GET /me/comments", talk.Mine, mine},
		{"POST /me/comments", c.Talk.Hear, mine},
	})
}

// apiRoutes are web/api's: those of openapi.json, and the page that explains them.
func apiRoutes(f *api.Face) []Route {
	return []Route{
		{"GET /api/v1/{$}", api.Guide, public},
		{"GET /api/v1/openapi.json", f.Document, program},
		{"GET /api/v1/sites", f.Sites, program},
		{"GET /api/v1/sites/{site}", f.Site, program},
		{"GET /api/v1/sites/{site}/forms", f.Forms, program},
		{"GET /api/v1/sites/{site}/sections", f.Sections, program},
		{"GET /api/v1/sites/{site}/tags", f.Tags, program},
		{"GET /api/v1/licences", f.Licences, program},
		{"GET /api/v1/entries", f.Entries, program},
		{"POST /api/v1/entries", f.Create, program},
		{"GET /api/v1/entries/{id}", f.Entry, program},
		{"PATCH /api/v1/entries/{id}", f.Amend, program},
		{"POST /api/v1/entries/{id}/withdraw", f.Withdraw, program},
		{"GET /api/v1/entries/{id}/comments", f.Comments, program},
		{"POST /api/v1/drafts", f.Draft, program},
		{"GET /api/v1/changes", f.Changes, program},
		{"GET /api/v1/people", f.People, program},
		{"GET /api/v1/people/{person}", f.Person, program},
		{"GET /api/v1/media", f.AllMedia, program},
		{"POST /api/v1/media", f.Upload, Options{Program: true, Body: maxUpload}},
		{"GET /api/v1/media/{id}", f.Media, program},
		{"PATCH /api/v1/media/{id}", f.Describe, program},
		{"GET /api/v1/me", f.Me, program},
	}
}

// talkRoutes are web/talk's.
func talkRoutes(f *talk.Face) []Route {
	return []Route{
		{"GET /talk", talk.Latest, list},
		{"GET /talk/feed.atom", talk.Feed(syndication.Atom), feed},
		{"GET /talk/feed.rss", talk.Feed(syndication.RSS), feed},
		{"GET /talk/feed.json", talk.Feed(syndication.JSON), feed},
		{"GET /talk/{form}/{slug}/feed.atom", talk.Feed(syndication.Atom), feed},
		{"GET /talk/{form}/{slug}/feed.rss", talk.Feed(syndication.RSS), feed},
		{"GET /talk/{form}/{slug}/feed.json", talk.Feed(syndication.JSON), feed},
		{"GET /talk/{form}/{slug}", talk.Entry, list},
		{"POST /talk/{form}/{slug}", f.Say, Options{}},
		{"POST /talk/{form}/{slug}/thanks", f.Thank, Options{}},
		{"GET /talk/comment/{id}", talk.Comment, fresh},
		{"GET /talk/comment/{id}/reply", f.Reply, Options{}},
		{"GET /talk/comment/{id}/edit", f.Edit, mine},
		{"POST /talk/comment/{id}/edit", f.Save, mine},
		{"POST /talk/comment/{id}/confirm", f.Confirm, mine},
		{"POST /talk/comment/{id}/withdraw", f.Withdraw, mine},
		{"POST /talk/comment/{id}/recover", f.Recover, mine},
		{"GET /talk/draft/{key}", f.Draft, Options{}},
		{"GET /talk/leave/{token}", f.Leaving, Options{}},
		{"POST /talk/leave/{token}", f.Leave, Options{}},
		{"GET /me/comments", talk.Mine, mine},
		{"POST /me/comments", f.Hear, mine},
	}
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
		{"POST /write/{form}/autosave", f.AutosaveFirst, Options{Free: true}},
		{"GET /write/{form}/links", f.Links, Options{}},
		{"GET /draft/{key}", f.Draft, Options{}},
		{"POST /draft/{key}", f.Save, Options{Body: maxUpload}},
		{"POST /draft/{key}/autosave", f.Autosave, Options{Free: true}},
		{"POST /draft/{key}/placed", f.Place, Options{Free: true, Body: maxUpload}},
		{"POST /draft/{key}/placed/{id}", f.DescribePlaced, Options{Free: true}},
		{"GET /draft/{key}/advice", f.Advice, Options{}},
		{"POST /draft/{key}/proofreading", f.AskToRead, Options{}},
		{"POST /draft/{key}/proofreading/{id}", f.EndReading, Options{}},
		{"GET /proofread/{secret}", f.ToRead, Options{}},
		{"POST /proofread/{secret}", f.Remark, Options{Free: true}},
		{"GET /desk/entry/{id}/margin", f.ReadOver, mine},
		{"POST /desk/entry/{id}/margin", f.RemarkOver, Options{SignedIn: true, Free: true}},
		{"GET /draft/{key}/states", f.States, Options{}},
		{"POST /draft/{key}/states", f.GoBack, Options{}},
		{"POST /draft/{key}/file", f.Upload, Options{Body: maxUpload}},
		{"GET /draft/{key}/library", f.Library, mine},
		{"POST /draft/{key}/library", f.FromLibrary, mine},
		{"GET /draft/{key}/picture/{id}", f.Picture, Options{}},
		{"POST /draft/{key}/picture/{id}", f.FramePicture, Options{}},
		{"GET /draft/{key}/picture/{id}/whole", f.WholePicture, Options{}},
		{"GET /draft/{key}/picture/{id}/preview", f.PreviewPicture, Options{}},
		{"GET /draft/{key}/preview", f.Preview, Options{}},
		{"GET /draft/{key}/sign", f.Signing, Options{}},
		{"POST /draft/{key}/sign", f.Sign, Options{}},
		{"GET /draft/{key}/merge", f.Merge, Options{}},
		{"POST /draft/{key}/merge", f.Adopt, Options{}},
		{"POST /draft/{key}/mail-link", f.MailLink, Options{}},
		{"POST /draft/{key}/discard", f.Discard, Options{}},
		{"GET /me", f.Me, mine},
		{"POST /me", f.Introduce, mine},
		{"GET /me/tokens", f.Tokens, mine},
		{"POST /me/tokens", f.MakeToken, mine},
		{"POST /me/tokens/{id}/revoke", f.RevokeToken, mine},
		{"POST /me/propose-again", f.ProposeAgain, mine},
		{"POST /me/confirm", f.Confirm, mine},
		{"GET /me/thanks", f.Thanks, mine},
		{"GET /me/organisations", f.Organisations, mine},
		{"POST /me/organisations", f.Share, mine},
		{"GET /me/invite", f.Inviting, mine},
		{"POST /me/invite", f.Hand, mine},
		{"GET /me/invite/{token}/code.svg", f.InvitingCode, mine},
	}
}

// reportRoutes are web/report's.
func reportRoutes(f *report.Face) []Route {
	return []Route{
		{"GET /report", f.Ask, fresh},
		{"POST /report", f.Send, fresh},
		{"GET /report/{token}", f.Follow, fresh},
		{"POST /report/{token}/appeal", f.Appeal, fresh},
		{"POST /report/{token}/silence", f.Silence, fresh},
	}
}

// siteRoutes are the paths inside every site that are the house's own. The first segment of each is in
// press.ReservedForms, or holds a dot.
func siteRoutes(c Config) []Route {
	return slices.Concat(signinRoutes(c.SignIn), writeRoutes(c.Write), deskOfSite(c.Desk), workshop(c.Shape), talkRoutes(c.Talk), reportRoutes(c.Report), []Route{
		// web/page
		{"GET /look.css", page.ServeLook, look},

		// web/reader
		{"GET /{$}", reader.Front, public},
		{"GET /section/{slug}", reader.Section, list},
		{"GET /tags", reader.Tags, public},
		{"GET /tag/{slug}", reader.Tag, list},
		{"GET /dossiers", reader.Dossiers, public},
		{"GET /dossier/{slug}", reader.Dossier, Options{Cached: true, Query: []string{"as"}}},
		{"GET /authors", reader.Authors, public},
		{"GET /author/{slug}", reader.Author, list},
		{"GET /archive", reader.Archive, public},
		{"GET /archive/{year}", reader.Year, list},
		{"GET /search", reader.Search, fresh},
		{"GET /about", reader.About, public},
		{"GET /charter", reader.Charter, public},
		{"GET /licence", reader.Licences, public},
		{"GET /journal", reader.Journal, list},
		{"GET /journal/reports", reader.Reports, fresh},
		{"GET /accessibility", reader.Accessibility, public},

		// web/feeds
		{"GET /feed.atom", feeds.Atom, feed},
		{"GET /feed.rss", feeds.RSS, feed},
		{"GET /feed.json", feeds.JSON, feed},
		{"GET /feeds", feeds.Follow, feed},
		{"GET /feeds.opml", feeds.OPML, public},
		{"GET /sitemap.xml", feeds.Sitemap, public},
		{"GET /sitemap/{part}", feeds.SitemapPart, public},
	})
}

// entryRoutes are the paths inside every site that begin with a form's address.
func entryRoutes(c Config) []Route {
	return []Route{
		// web/reader
		{"GET /{form}/{$}", reader.Form, views},
		{"GET /{form}/form.json", reader.FormFile, public},
		{"GET /{form}/embedded", reader.EmbedCollection, views},
		{"GET /{form}/{slug}", reader.Entry, public},
		{"GET /{form}/{slug}/source.md", reader.Source, public},
		{"GET /{form}/{slug}/embed", reader.Embed, public},
		{"GET /{form}/{slug}/reuse", reader.Reuse, public},
		{"GET /{form}/{slug}/history", reader.History, public},
		{"GET /{form}/{slug}/history/{n}", reader.Revision, public},
		{"GET /{form}/{slug}/diff", reader.ChooseDiff, fresh},
		{"GET /{form}/{slug}/diff/{a}/{b}", reader.Diff, public},

		// web/write
		{"GET /{form}/{slug}/contact", c.Write.AskToWrite, Options{}},
		{"POST /{form}/{slug}/contact", c.Write.WriteTo, Options{}},
		{"GET /{form}/{slug}/translate", c.Write.AskToTranslate, Options{}},
		{"POST /{form}/{slug}/translate", c.Write.Translate, Options{}},
		{"GET /{form}/{slug}/edit", c.Write.Edit, mine},
		{"POST /{form}/{slug}/restore/{n}", c.Write.Restore, mine},
		{"GET /{form}/{slug}/withdraw", c.Write.AskToWithdraw, mine},
		{"POST /{form}/{slug}/withdraw", c.Write.Withdraw, mine},
	}
}

// workshop is where forms are made: web/desk/shape.
func workshop(f *shape.Face) []Route {
	return []Route{
		{"GET /desk/forms", f.Forms, mine},
		{"POST /desk/forms", f.Begin, Options{SignedIn: true, Body: maxUpload}},
		{"GET /desk/forms/new", f.New, mine},
		{"GET /desk/forms/{id}", f.Form, mine},
		{"POST /desk/forms/{id}/fields", f.Add, mine},
		{"GET /desk/forms/{id}/field/{key}", f.Field, mine},
		{"POST /desk/forms/{id}/field/{key}", f.Describe, Options{SignedIn: true, Free: true}},
		{"POST /desk/forms/{id}/field/{key}/{act}", f.ActOnField, mine},
		{"GET /desk/forms/{id}/settings", f.Settings, mine},
		{"POST /desk/forms/{id}/settings", f.Settle, mine},
		{"GET /desk/forms/{id}/publish", f.Publishing, mine},
		{"POST /desk/forms/{id}/publish", f.Publish, mine},
		{"GET /desk/forms/{id}/versions", f.Versions, mine},
		{"POST /desk/forms/{id}/versions/{n}", f.Restore, mine},
		{"GET /desk/forms/{id}/file", f.File, mine},
		{"GET /desk/forms/{id}/form.json", f.Download, mine},
		{"GET /desk/forms/{id}/imports", f.Imports, mine},
		{"POST /desk/forms/{id}/imports", f.ReadTable, Options{SignedIn: true, Body: maxUpload}},
		{"GET /desk/forms/{id}/imports/{import}", f.Import, mine},
		{"POST /desk/forms/{id}/imports/{import}", f.ActOnImport, mine},
		{"GET /desk/forms/{id}/gather", f.Gathering, mine},
		{"POST /desk/forms/{id}/gather", f.Gather, mine},
		{"POST /desk/forms/{id}/{act}", f.Act, mine},
		{"GET /desk/words", f.Words, mine},
		{"POST /desk/words", f.SaveWords, mine},
		{"GET /desk/words/{slug}", f.Vocabulary, mine},
		{"POST /desk/words/{slug}", f.SaveWords, mine},
		{"GET /desk/dossiers", f.Dossiers, mine},
		{"GET /desk/dossiers/{id}", f.Dossier, mine},
		{"POST /desk/dossiers/{id}", f.SaveDossier, mine},
	}
}

// fileRoutes are the lists of forms to take away, /recits.csv: on a mux of their own, where no word of the house's is.
func fileRoutes() []Route {
	return []Route{{"GET /{file}", reader.TakeAway, fresh}}
}

// deskOfPortal are the network's stewards' pages.
func deskOfPortal(d *desk.Face) []Route {
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
		{"POST /desk/entry/{id}/talk", d.TurnTalk, mine},
		{"POST /desk/entry/{id}/revision/{n}/accept", d.Accept, mine},
		{"POST /desk/entry/{id}/revision/{n}/decline", d.Decline, mine},
		{"GET /desk/reports", d.Reports, mine},
		{"GET /desk/reports/{id}", d.Report, mine},
		{"GET /desk/reports/{id}/picture", d.ReportedPicture, mine},
		{"POST /desk/reports/{id}/rule", d.Rule, mine},
		{"POST /desk/reports/{id}/reopen", d.ReopenReport, mine},
		{"POST /desk/reports/{id}/judge", d.Judge, mine},
		{"GET /desk/talk", d.Comments, mine},
		{"GET /desk/talk/{id}", d.Comment, mine},
		{"POST /desk/talk/{id}/publish", d.PublishComment, mine},
		{"POST /desk/talk/{id}/refuse", d.RefuseComment, mine},
		{"POST /desk/talk/{id}/hide", d.HideComment, mine},
		{"POST /desk/talk/{id}/restore", d.RestoreComment, mine},
		{"POST /desk/talk/{id}/reopen", d.ReopenComment, mine},
		{"GET /desk/published", d.Published, mine},
		{"GET /desk/bin", d.InBin, mine},
		{"GET /desk/media", d.Media, mine},
		{"GET /desk/media/{id}", d.Medium, mine},
		{"POST /desk/media/{id}", d.DescribeMedium, mine},
		{"POST /desk/media/{id}/{act}", d.ShelveMedium, mine},
		{"GET /desk/media/{id}/picture", d.FrameMedium, mine},
		{"POST /desk/media/{id}/picture", d.FramedMedium, mine},
		{"GET /desk/media/{id}/picture/whole", d.WholeMedium, mine},
		{"GET /desk/media/{id}/picture/preview", d.PreviewMedium, mine},
		{"GET /desk/journal", d.Journal, mine},
		{"GET /desk/site", d.Site, mine},
		{"POST /desk/site", d.Describe, mine},
		{"GET /desk/look", d.Look, mine},
		{"POST /desk/look", d.TryLook, Options{SignedIn: true, Body: maxUpload}},
		{"POST /desk/look/wear", d.WearLook, mine},
		{"POST /desk/look/drop", d.DropLook, mine},
		{"GET /desk/look/versions", d.Looks, mine},
		{"POST /desk/look/versions/{n}", d.WearAgain, mine},
		{"GET /desk/look/{part}", d.Look, mine},
		{"POST /desk/look/{part}", d.TryLook, Options{SignedIn: true, Body: maxUpload}},
		{"GET /desk/site/talk", d.Talk, mine},
		{"POST /desk/site/talk", d.SetTalk, mine},
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
