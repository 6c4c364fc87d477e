// Package web is the server: it finds which site a request is for and who asks, then hands it to a face by the table of
// routes.go, the list of every URL.
//
// Requests carry the whole path of the network's base address: a proxy in front must not strip it, and must pass the host
// on, as Host or, with TrustProxy, as X-Forwarded-Host. A site answers under /{slug} of the network's host, or at the root
// of its own host. Start with New, then dispatch.go.
package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/VictoriaMetrics/metrics"

	"bourgeon/kit/blob"
	"bourgeon/web/api"
	"bourgeon/web/desk"
	"bourgeon/web/desk/shape"
	"bourgeon/web/page"
	"bourgeon/web/report"
	"bourgeon/web/signin"
	"bourgeon/web/talk"
	"bourgeon/web/write"
)

// Config is what the server and its faces need.
type Config struct {
	House *page.House
	Blobs blob.Store // what /media serves
	// TrustProxy believes X-Forwarded-For and X-Forwarded-Host: only behind a proxy that sets them.
	TrustProxy bool
	SignIn     *signin.Face
	Desk       *desk.Face
	Shape      *shape.Face
	Write      *write.Face
	API        *api.Face
	Report     *report.Face
	Talk       *talk.Face
	Metrics    *metrics.Set                // nil measures nothing
	Ping       func(context.Context) error // what /healthz asks; nil is always well

	probes []Route // of every site: the tests' own
}

// server answers all requests.
type server struct {
	Config
	portal *http.ServeMux // paths of the network
	site   *http.ServeMux // paths inside any site that begin with a word of the house's
	entry  *http.ServeMux // paths inside any site that begin with a form's address
	files  *http.ServeMux // lists of forms to take away
	cross  *http.CrossOriginProtection
}

// New builds the handler of the whole network. It fails when two routes collide.
func New(c Config) (h http.Handler, err error) {
	defer func() {
		if reason := recover(); reason != nil { // how ServeMux tells of colliding patterns
			err = fmt.Errorf("build the routes: %v", reason)
		}
	}()
	s := &server{Config: c, cross: http.NewCrossOriginProtection()}
	s.portal = s.mux("portal", portalRoutes(c))
	s.site = s.mux("site", append(siteRoutes(c), c.probes...))
	s.entry = s.mux("entry", entryRoutes(c))
	s.files = s.mux("files", fileRoutes())
	return s.watch(http.HandlerFunc(s.dispatch)), nil
}

func (s *server) mux(name string, routes []Route) *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.Pattern, &endpoint{Route: route, name: name + " " + route.Pattern, server: s})
	}
	return mux
}
