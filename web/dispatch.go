package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web/page"
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
	place, err := s.locate(r.Context(), v, s.host(r), r.URL.Path)
	v.Speak(r, s.languages(v))
	r = withPath(r.WithContext(page.WithVisit(r.Context(), v)), v.Path)
	defer func() {
		if r.MultipartForm != nil {
			_ = r.MultipartForm.RemoveAll() // temporary files; net/http would look for them in the first request
		}
	}()
	switch {
	case err != nil:
		s.fail(v, w, r, err)
	case place.moved != "":
		movedTo(w, r, place.moved)
	case s.file(w, r, place, v):
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
			return place{moved: v.Addresses.Site(site.Slug, site.Host) + asked}, nil
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
		return place{moved: v.SiteLink(site, "/"+inside)}, nil
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
		return place{moved: v.Addresses.Site(other.Slug, other.Host) + "/" + inside}
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

// asked is the request as the browser made it, with the host that it asked a proxy for.
func (s *server) asked(r *http.Request) *http.Request {
	forwarded := r.Header.Get("X-Forwarded-Host")
	if !s.TrustProxy || forwarded == "" {
		return r
	}
	asked := *r
	asked.Host = forwarded
	return &asked
}

// host that was asked, in lower case, without port.
func (s *server) host(r *http.Request) string {
	host := s.asked(r).Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// client is the key of who asks. Behind a proxy it is the last address of X-Forwarded-For, the one that the proxy itself
// saw: those before it are hearsay.
func (s *server) client(r *http.Request) string {
	if s.TrustProxy {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			last := all[len(all)-1]
			return ratelimit.ClientKey(strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:]))
		}
	}
	return ratelimit.ClientKey(r.RemoteAddr)
}

// withPath is the request as the mux shall see it. Slugs and base paths are plain ASCII, so what precedes the path is as
// long escaped as not.
func withPath(r *http.Request, inside string) *http.Request {
	u := *r.URL
	if u.RawPath != "" {
		if cut := len(u.Path) - len(inside); cut >= 0 && cut <= len(u.RawPath) {
			u.RawPath = u.RawPath[cut:]
		}
		if !strings.HasPrefix(u.RawPath, "/") {
			u.RawPath = "/" + u.RawPath
		}
	}
	u.Path = inside
	r.URL = &u
	return r
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
	mux := s.site
	switch {
	case v.AtPortal():
		mux = s.portal
	case ofForm(v.Path):
		if _, pattern := s.site.Handler(r); pattern == "" {
			mux = s.entry
		}
	}
	if clean := cleanPath(v.Path); clean != v.Path {
		movedTo(w, r, v.Root+(&url.URL{Path: clean}).EscapedPath())
		return
	}
	handler, _ := mux.Handler(r)
	if _, ours := handler.(*endpoint); ours {
		mux.ServeHTTP(w, r)
		return
	}
	probe := &probe{header: http.Header{}}
	handler.ServeHTTP(probe, r)
	switch probe.status {
	case http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		movedTo(w, r, v.Root+(&url.URL{Path: v.Path + "/"}).EscapedPath())
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", probe.header.Get("Allow"))
		s.tell(v, w, r, http.StatusMethodNotAllowed)
	default:
		s.fail(v, w, r, nowhere(v.Path))
	}
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
