// Package page is what all faces share: the visit of one request, links, the layout and its components, forms, errors
// turned into pages, the cache of public pages, static files and message catalogues.
//
// It knows no face and decides nothing about entries: faces ask the store and the verbs, then compose the components
// here. Handlers return errors; Fail shows them. Start with Visit, then layout.templ, field.templ and form.go.
package page

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"bourgeon/kit/embed"
	"bourgeon/kit/locale"
	"bourgeon/kit/pagecache"
	"bourgeon/kit/pow"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/store"
)

// Handler answers a request, or returns the error that Fail will show: it must not have written anything then.
type Handler func(v *Visit, w http.ResponseWriter, r *http.Request) error

// Sessions finds who holds the secret of a session cookie. An unknown or finished session is the zero viewer, no error.
type Sessions interface {
	Viewer(ctx context.Context, token string) (press.Viewer, error)
}

// House is the configuration of all faces and what they share. It is filled once, while wiring.
type House struct {
	Reader    store.Reader
	Addresses press.Addresses
	Catalogue *locale.Catalogue // LoadCatalogue
	Files     *Files            // LoadFiles
	Cache     *pagecache.Cache  // nil renders every page anew
	Sessions  Sessions          // nil: nobody is signed in
	Gate      *pow.Gate         // nil asks robots for no work
	Limits    Limits
	Log       *slog.Logger
	Now       func() time.Time
	Zone      *time.Location // of the portal's dates; nil means UTC
	Servers   embed.Servers  // of PeerTube, whose videos a page may show
	Demo      bool           // shows /outbox and sign-in links
	Outbox    string         // folder of the mails that were not sent
}

// Limits are how often one client may do things; a nil limiter never refuses.
type Limits struct {
	Post   *ratelimit.Limiter // anything that may change something
	Bare   *ratelimit.Limiter // forms sent without proof of work: no JavaScript, or a robot
	SignIn *ratelimit.Limiter // mails asked for, codes tried
	Search *ratelimit.Limiter
}

// Time is the moment, by the house's clock.
func (h *House) Time() time.Time {
	if h.Now == nil {
		return time.Now()
	}
	return h.Now()
}

// Logger is the house's log, or the default one.
func (h *House) Logger() *slog.Logger {
	if h.Log == nil {
		return slog.Default()
	}
	return h.Log
}
