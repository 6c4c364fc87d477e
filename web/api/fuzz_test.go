package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bourgeon/press"
)

// FuzzQuery: a query that is taken is of its operation and of its types, and means the same written anew.
func FuzzQuery(f *testing.F) {
	for _, query := range []string{
		"", "limit=5&fields=title,url", "since=2026-03-01&until=2026-12-31T23:59:59Z", "status=published,draft", "cursor=MC4x", "mine=true",
		"q=march%C3%A9&q=b", "limit=-1", "cursor=%00", "x=1;y=2", "licence=CC0-1.0",
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+"/entries", nil)
		r.URL.RawQuery, r.Pattern = query, "GET "+Root+"/entries"
		q, err := readQuery(r)
		if err != nil {
			if statusOf(err) != http.StatusBadRequest || press.KindOf(err) != press.Invalid {
				t.Errorf("%q: %v", query, err)
			}
			return
		}
		if n := q.limit(); n < 1 || n > 100 {
			t.Errorf("%q: limit %d", query, n)
		}
		for name := range q.values {
			if _, known := q.operation.params[name]; !known {
				t.Errorf("%q: %s was taken", query, name)
			}
		}
		if c := q.cursor("cursor"); c != "" && !c.Readable() && q.values.Get("cursor") == string(c) {
			t.Errorf("%q: cursor %q was taken", query, c)
		}
		again := *r
		again.URL = &url.URL{Path: r.URL.Path, RawQuery: q.canonical()}
		same, err := readQuery(&again)
		if err != nil || same.canonical() != q.canonical() || !slices.Equal(same.list("fields"), q.list("fields")) {
			t.Errorf("%q is %q, then %q, %v", query, q.canonical(), same.canonical(), err)
		}
	})
}

// FuzzDecode: a body is taken whole or refused as the client's fault.
func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"site":"a","answers":{"title":"a","text":["b"]},"tags":["x"]}`, `{"site":1}`, `{"signing":{"co_authors":[null]}}`, `{} {}`,
		`[`, `{"answers":{"a":{}}}`, `{"x":1}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, Root+"/entries", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		var b beginning
		if err := decode(r, &b); err != nil && statusOf(err) != http.StatusBadRequest {
			t.Errorf("%q: %v", body, err)
		}
		_ = b.Signing.signing().Tidy().Check(true)
	})
}

// FuzzWhole: a text's addresses are made absolute, and nothing else of it changes.
func FuzzWhole(f *testing.F) {
	f.Add(`<a href="/x">x</a> <img src="/media/a.jpg" srcset="/media/a.jpg 480w, /media/b.jpg 960w" alt="href=&quot;/x">`)
	f.Add(`<a href="#fn1">1</a><a href="//example.org">x</a> <a href="`)
	f.Fuzz(func(t *testing.T, html string) {
		const host, entry = "https://h.example", "https://h.example/a/b"
		got := whole(html, host, entry)
		if strings.ReplaceAll(strings.ReplaceAll(got, entry+"#", "#"), host+"/", "/") != strings.ReplaceAll(strings.ReplaceAll(html, entry+"#", "#"), host+"/", "/") {
			t.Errorf("%q became %q", html, got)
		}
		if whole(got, host, entry) != got {
			t.Errorf("%q changes again", got)
		}
	})
}
