// Package pagetest serves the tests of faces: a house over a store, and a browser that asks one handler at a time, as the
// server would, and reads the answer by CSS selector.
//
// It leaves out what the server does around a handler (cache, limits, cross-origin checks): the tests of web do those.
// Start with NewHouse and Browser.
package pagetest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"bourgeon/kit/htmltest"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Now is the moment of all visits, unless the house says otherwise.
var Now = time.Date(2026, 5, 11, 8, 30, 0, 0, time.UTC)

// NewHouse is a house at http://localhost:8080 with nothing optional.
func NewHouse(t testing.TB, reader store.Reader) *page.House {
	t.Helper()
	catalogue, err := page.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	files, err := page.LoadFiles()
	if err != nil {
		t.Fatal(err)
	}
	return &page.House{
		Reader: reader, Addresses: press.Addresses{Base: "http://localhost:8080"}, Catalogue: catalogue, Files: files,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return Now },
	}
}

// Browser asks handlers as someone, on a site; the zero Site is the portal.
type Browser struct {
	House  *page.House
	Site   press.Site
	Viewer press.Viewer
	Accept string // Accept-Language; "" is French
}

// Answer is what came back.
type Answer struct {
	*http.Response
	Body string
	Page htmltest.Node
}

// Get asks for a path inside the site. The pattern is the one in routes.go, with its method.
func (b Browser) Get(t testing.TB, pattern string, h page.Handler, path string) Answer {
	t.Helper()
	return b.Do(t, pattern, h, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
}

// Post sends a form to a path inside the site.
func (b Browser) Post(t testing.TB, pattern string, h page.Handler, path string, form url.Values) Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.Do(t, pattern, h, r)
}

// Do sends any request whose path is inside the site.
func (b Browser) Do(t testing.TB, pattern string, h page.Handler, r *http.Request) Answer {
	t.Helper()
	if b.Accept == "" {
		b.Accept = "fr"
	}
	r.Header.Set("Accept-Language", b.Accept)
	v := b.Visit(t, r)
	mux := http.NewServeMux()
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if err := h(v, w, r); err != nil {
			page.Fail(v, w, r, err)
		}
	})
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	answer := Answer{Response: w.Result(), Body: w.Body.String()}
	answer.Page = htmltest.Parse(t, answer.Body)
	return answer
}

// Visit is how the server would begin one, for tests of components.
func (b Browser) Visit(t testing.TB, r *http.Request) *page.Visit {
	t.Helper()
	v := &page.Visit{
		Site: b.Site, Viewer: b.Viewer, Addresses: b.House.Addresses, House: b.House, Path: r.URL.Path, Now: b.House.Time(),
		Client: "192.0.2.1",
	}
	languages := press.Languages
	if !v.AtPortal() {
		v.Root = "/" + b.Site.Slug
		languages = b.Site.Languages
	}
	v.Speak(r, languages)
	if err := v.Load(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	return v
}
