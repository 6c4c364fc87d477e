package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"bourgeon/kit/ratelimit"
	"bourgeon/press"
)

// maxAddress is the longest path with its query, in bytes, that is looked at: nothing of ours comes near it, and pages
// repeat their own address several times.
const maxAddress = 8 << 10

// tidy makes of a request what the rest may rely on: the host that was asked, a path that is text, and a query of which
// the same is true. PostgreSQL takes no other text. With an error, the request is one for "/".
func (s *server) tidy(r *http.Request) (*http.Request, error) {
	r = r.WithContext(r.Context()) // a copy
	u := *r.URL
	r.URL = &u
	if s.TrustProxy {
		if host := last(r.Header, "X-Forwarded-Host"); host != "" {
			r.Host = host // for the check of origins too
		}
	}
	if len(u.Path)+len(u.RawQuery) > maxAddress || !isText(u.Path) {
		r.URL = &url.URL{Path: "/"}
		return r, nowhere(strings.ToValidUTF8(u.Path[:min(len(u.Path), 100)], "?"))
	}
	if u.Path == "" { // as in "GET http://host"
		u.Path = "/"
	}
	if query, changed := textsOf(u.Query()); changed {
		u.RawQuery = query.Encode()
	}
	return r, nil
}

// textsOf is a query without what isn't text, and whether there was any.
func textsOf(query url.Values) (tidy url.Values, changed bool) {
	for name, values := range query {
		if !isText(name) {
			delete(query, name)
			changed = true
		}
		for i, value := range values {
			if !isText(value) {
				values[i], changed = press.CleanLine(value), true
			}
		}
	}
	return query, changed
}

// isText tells of valid UTF-8 without control characters.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) }

// last is the last of a header's comma-separated values: the one that the proxy next to us set. Those before are hearsay.
func last(h http.Header, name string) string {
	all := h.Values(name)
	if len(all) == 0 {
		return ""
	}
	values := strings.Split(all[len(all)-1], ",")
	return strings.TrimSpace(values[len(values)-1])
}

// hostName is a host in lower case, without port.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// client is the key of who asks. Behind a proxy it is the address that the proxy itself saw.
func (s *server) client(r *http.Request) string {
	if s.TrustProxy {
		if address := last(r.Header, "X-Forwarded-For"); address != "" {
			return ratelimit.ClientKey(address)
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

// escaped is a path as addresses have it.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }
