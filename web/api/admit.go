package api

import (
	"net/http"
	"slices"
	"strings"

	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web/page"
)

// enter begins a call: whoever holds the session of this browser is nobody here; whoever holds a token is its person,
// within its scopes.
func (f *Face) enter(v *page.Visit, r *http.Request) (*call, error) {
	v.Viewer = press.Viewer{}
	c := &call{Visit: v, r: r, limiter: v.Client}
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, secret, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return nil, press.Problem(press.SignIn, "Send the token as “Authorization: Bearer …”.")
		}
		var err error
		if c.token, c.bearer, err = f.Door.Bearer(r.Context(), strings.TrimSpace(secret)); err != nil {
			return nil, err
		}
		c.limiter = "token " + string(c.token.ID)
		if slices.Contains(c.token.Scopes, press.ScopeRead) {
			v.Viewer = within(c.bearer, c.token)
		}
	}
	var err error
	c.query, err = readQuery(r)
	return c, err
}

// within leaves of a person's roles what a token is for.
func within(v press.Viewer, t press.AccessToken) press.Viewer {
	if t.Site == "" {
		return v
	}
	var kept []press.Membership
	for _, m := range v.Memberships {
		if m.Site == "" {
			m.Site = t.Site
		}
		if m.Site == t.Site {
			kept = append(kept, m)
		}
	}
	v.Memberships = kept
	return v
}

// allow takes a token of the client's, or of the program's, from a limiter.
func (c *call) allow(l *ratelimit.Limiter) error {
	if l == nil {
		return nil
	}
	ok, retry := l.Allow(c.limiter)
	if ok {
		return nil
	}
	return page.Later(retry)
}

// needs is nil when the call's token allows a scope on a site.
func (c *call) needs(scope press.Scope, site press.SiteID) error {
	switch {
	case c.token.ID == "":
		return press.Problem(press.SignIn, "This needs a personal token: make one among your texts.")
	case !slices.Contains(c.token.Scopes, scope):
		return lacks(scope)
	case !c.token.Covers(site):
		return press.Problem(press.Forbidden, "This token is for another site.")
	}
	return nil
}

// lacking is a press.Forbidden that names the scope missing.
type lacking struct {
	error
	scope press.Scope
}

func (l lacking) Unwrap() error { return l.error }

func lacks(scope press.Scope) error {
	return lacking{press.Problem(press.Forbidden, "This token doesn’t allow that: it needs the scope “%s”.", string(scope)), scope}
}

// Open sets what lets pages of other sites read the API, and write with a token: cookies are never asked for
// (https://fetch.spec.whatwg.org/#http-cors-protocol). It tells true when it has answered, to a browser that asks first.
func Open(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Idempotency-Replayed, Link, Location, Retry-After, WWW-Authenticate")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	if r.Method != http.MethodOptions {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
	return true
}
