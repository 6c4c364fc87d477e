package web

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/web/api"
	"bourgeon/web/page"
	"bourgeon/web/reader"
)

// dispatch finds the place that a request is for, and lets its mux answer.
func (s *server) dispatch(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/healthz" {
		s.health(w, r)
		return
	}
	v := s.visit(r)
	if watched, ok := w.(*watcher); ok {
		watched.visit = v
	}
	r, untidy := s.tidy(r)
	at, err := s.locate(r.Context(), v, hostName(r.Host), r.URL.Path)
	if untidy != nil {
		err = untidy
	}
	v.Speak(r, s.languages(v))
	r = withPath(r.WithContext(page.WithVisit(r.Context(), v)), v.Path)
	defer func() {
		if r.MultipartForm != nil {
			_ = r.MultipartForm.RemoveAll() // temporary files; net/http would look for them in the first request
		}
	}()
	switch {
	case forPrograms(v) && api.Open(w, r):
	case err != nil:
		s.fail(v, w, r, err)
	case at.moved != "":
		movedTo(w, r, at.moved)
	case s.file(w, r, at, v):
	default:
		s.route(v, w, r)
	}
}

// visit begins a visit at the portal, by whoever holds the session.
func (s *server) visit(r *http.Request) *page.Visit {
	house := s.House
	v := &page.Visit{Addresses: house.Addresses, House: house, Client: s.client(r), Now: house.Time()}
	if token := page.SessionToken(r); token != "" && house.Sessions != nil {
		viewer, err := house.Sessions.Viewer(r.Context(), token)
		if err != nil {
			s.logger().WarnContext(r.Context(), "session not read", "error", err)
		} else {
			v.Viewer = viewer
		}
	}
	return v
}

// place is what locate finds besides the visit.
type place struct {
	moved  string // the whole address that answers now
	atRoot bool   // the path begins at the host's root, where files are
}

// locate fills the visit with the network, the site and the path inside it.
func (s *server) locate(ctx context.Context, v *page.Visit, host, asked string) (place, error) {
	v.Path = asked
	network := v.Addresses.Host()
	if host != network {
		site, err := s.siteOfHost(ctx, v, host)
		switch {
		case err == nil && site.Host == host:
			v.Site, v.Home = site, v.Addresses.Base
			return s.onItsHost(ctx, v), nil
		case err == nil:
			return place{moved: v.Addresses.Site(site.Slug, site.Host) + escaped(asked)}, nil
		case press.KindOf(err) != press.NotFound:
			v.Home = v.Addresses.Base
			v.Network, _ = s.House.Reader.Network(ctx, v.Viewer)
			return place{}, err
		}
		// Any other name is the network's: an address on the local network, a probe.
	}
	base := v.Addresses.BasePath()
	v.Root, v.Home, v.Host = base, base, base
	var err error
	rest, ok := strings.CutPrefix(asked, base)
	if !ok || rest != "" && rest[0] != '/' {
		if v.Network, err = s.House.Reader.Network(ctx, v.Viewer); err != nil {
			return place{}, err
		}
		if asked == "/" {
			return place{moved: base + "/"}, nil
		}
		return place{}, nowhere(asked)
	}
	if rest == "" {
		return place{moved: base + "/"}, nil
	}
	v.Path = rest
	slug, inside, slashed := strings.Cut(rest[1:], "/")
	if slug == "" || strings.Contains(slug, ".") || slices.Contains(press.ReservedSlugs, slug) {
		v.Network, err = s.House.Reader.Network(ctx, v.Viewer)
		return place{atRoot: true}, err
	}
	site, err := s.siteOfSlug(ctx, v, slug)
	if err != nil {
		if network, err := s.House.Reader.Network(ctx, v.Viewer); err == nil {
			v.Network = network
		}
		return place{}, err
	}
	if site.Host != "" || site.Slug != slug || !slashed {
		return place{moved: v.SiteLink(site, escaped("/"+inside))}, nil
	}
	v.Site, v.Root, v.Path = site, base+"/"+slug, "/"+inside
	return place{}, nil
}

func nowhere(asked string) error {
	return fmt.Errorf("locate %q: %w", asked, press.Problem(press.NotFound, "There is nothing at this address, or not for you."))
}

// onItsHost places a visit of a site on its own domain. Texts link to pictures and to other sites by their path on the
// network's address, wherever they are read: here such a path loses the base, and another site's leads to it.
func (s *server) onItsHost(ctx context.Context, v *page.Visit) place {
	if rest, ok := strings.CutPrefix(v.Path, v.Addresses.BasePath()+"/"); ok {
		v.Path = "/" + rest
	}
	slug, inside, _ := strings.Cut(v.Path[1:], "/")
	if !ofForm(v.Path) || slices.Contains(press.ReservedSlugs, slug) {
		return place{atRoot: true}
	}
	if _, err := s.House.Reader.FormBySlug(ctx, v.Viewer, v.Site.ID, slug); err == nil {
		return place{atRoot: true}
	}
	if other, err := s.siteOfSlug(ctx, v, slug); err == nil {
		return place{moved: v.Addresses.Site(other.Slug, other.Host) + escaped("/"+inside)}
	}
	return place{atRoot: true}
}

// siteOfSlug finds a site by its present or a former address.
func (s *server) siteOfSlug(ctx context.Context, v *page.Visit, slug string) (press.Site, error) {
	site, err := s.House.Reader.SiteBySlug(ctx, v.Viewer, slug)
	if press.KindOf(err) != press.NotFound || err == nil {
		return site, err
	}
	return s.formerly(ctx, v, slug, err)
}

func (s *server) siteOfHost(ctx context.Context, v *page.Visit, host string) (press.Site, error) {
	site, err := s.House.Reader.SiteByHost(ctx, v.Viewer, host)
	if press.KindOf(err) != press.NotFound || err == nil {
		return site, err
	}
	return s.formerly(ctx, v, host, err)
}

func (s *server) formerly(ctx context.Context, v *page.Visit, old string, missing error) (press.Site, error) {
	kind, target, err := s.House.Reader.Redirect(ctx, v.Viewer, "network", old)
	if err != nil || kind != "site" {
		return press.Site{}, missing
	}
	return s.House.Reader.Site(ctx, v.Viewer, press.SiteID(target))
}

func (s *server) languages(v *page.Visit) []string {
	if !v.AtPortal() {
		return v.Site.Languages
	}
	languages := []string{v.Network.Language}
	for _, l := range press.Languages {
		if l != v.Network.Language {
			languages = append(languages, l)
		}
	}
	return languages
}

// movedTo redirects for ever, keeping method and query.
func movedTo(w http.ResponseWriter, r *http.Request, address string) {
	if r.URL.RawQuery != "" {
		address, _, _ = strings.Cut(address, "?") // a carried language is in the query already
		address += "?" + r.URL.RawQuery
	}
	w.Header().Set("Cache-Control", "max-age=3600") // for ever is long when someone mistyped a domain
	http.Redirect(w, r, address, http.StatusPermanentRedirect)
}

// route lets the mux of the place answer, after the mux's own redirects were made ours: it knows no prefix.
func (s *server) route(v *page.Visit, w http.ResponseWriter, r *http.Request) {
	if clean := cleanPath(v.Path); clean != v.Path {
		movedTo(w, r, v.Root+escaped(clean))
		return
	}
	mux := s.routes(v, r)
	handler, _ := mux.Handler(r)
	if _, ours := handler.(*endpoint); ours {
		mux.ServeHTTP(w, r)
		return
	}
	probe := &probe{header: http.Header{}}
	handler.ServeHTTP(probe, r)
	switch probe.status {
	case http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		movedTo(w, r, v.Root+escaped(v.Path+"/"))
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", probe.header.Get("Allow"))
		s.tell(v, w, r, http.StatusMethodNotAllowed)
	default:
		if bare := strings.TrimRight(v.Path, "/"); bare != v.Path && bare != "" && s.answers(v, r, bare) {
			movedTo(w, r, v.Root+escaped(bare)) // a slash too many
			return
		}
		s.fail(v, w, r, nowhere(v.Path))
	}
}

// answers tells whether a route of the visit's place would take the request at another path.
func (s *server) answers(v *page.Visit, r *http.Request, path string) bool {
	r = r.Clone(r.Context())
	r.URL.Path, r.URL.RawPath = path, ""
	handler, _ := s.routes(v, r).Handler(r)
	_, ours := handler.(*endpoint)
	return ours
}

// routes are those of the place, for the path inside it that the request has.
func (s *server) routes(v *page.Visit, r *http.Request) *http.ServeMux {
	switch {
	case v.AtPortal():
		return s.portal
	case reader.TakesAway(r.URL.Path):
		if _, pattern := s.site.Handler(r); pattern == "" {
			return s.files
		}
	case ofForm(r.URL.Path):
		if _, pattern := s.site.Handler(r); pattern == "" {
			return s.entry
		}
	}
	return s.site
}

func cleanPath(p string) string {
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// probe learns how a handler of the mux's own would answer.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// ofForm tells whether a path inside a site begins with a form's address. Forms are data, so that their patterns begin with
// a wildcard; on a mux of their own these can't collide with the house's words, which no form may take.
func ofForm(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first != "" && !strings.Contains(first, ".") && !slices.Contains(press.ReservedForms, first)
}
