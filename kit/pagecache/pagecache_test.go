package pagecache

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func text(body string) *Page {
	return &Page{Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(body)}
}

func TestPageRendersOnce(t *testing.T) {
	c := New(1 << 20)
	rendered := 0
	render := func() (*Page, error) { rendered++; return text("Bonjour"), nil }
	first, err := c.Page("a", render)
	if err != nil {
		t.Fatal(err)
	}
	second, err := c.Page("a", render)
	if err != nil || first != second || rendered != 1 {
		t.Errorf("rendered %d times, %v", rendered, err)
	}
	if first.Status != 200 || !strings.HasPrefix(first.ETag, `W/"`) || first.Gzip != nil {
		t.Errorf("completed to %d, %s, %d bytes of gzip", first.Status, first.ETag, len(first.Gzip))
	}
	if got := c.Stats(); got.Hits != 1 || got.Misses != 1 || got.Pages != 1 || got.Bytes < 400 {
		t.Errorf("Stats = %+v", got)
	}
}

func TestOneRenderingForAllWhoAskAtOnce(t *testing.T) {
	c := New(1 << 20)
	var rendered atomic.Int64
	began, finish := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	ask := func() {
		page, err := c.Page("a", func() (*Page, error) {
			rendered.Add(1)
			close(began)
			<-finish
			return text("Bonjour"), nil
		})
		if err != nil || string(page.Body) != "Bonjour" {
			t.Errorf("Page = %v, %v", page, err)
		}
	}
	wg.Go(ask)
	<-began
	for range 20 {
		wg.Go(ask)
	}
	if _, err := c.Page("b", func() (*Page, error) { return text("other"), nil }); err != nil { // nobody waits for a
		t.Error(err)
	}
	close(finish)
	wg.Wait()
	if rendered.Load() != 1 {
		t.Errorf("rendered %d times", rendered.Load())
	}
}

func TestFailuresAreForgotten(t *testing.T) {
	c := New(1 << 20)
	broken := errors.New("broken")
	if _, err := c.Page("a", func() (*Page, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("Page = %v, want %v", err, broken)
	}
	if page, err := c.Page("a", func() (*Page, error) { return &Page{Status: 503}, nil }); err != nil || page.Status != 503 {
		t.Errorf("Page = %v, %v", page, err)
	}
	func() {
		defer func() { recover() }()
		c.Page("a", func() (*Page, error) { panic("broken") })
	}()
	if page, err := c.Page("a", func() (*Page, error) { return text("whole"), nil }); err != nil || string(page.Body) != "whole" {
		t.Errorf("Page = %v, %v", page, err)
	}
	if got := c.Stats().Pages; got != 1 {
		t.Errorf("%d pages held", got)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	const limit = 100_000
	c := New(limit)
	page := func(key string) (rendered bool) {
		if _, err := c.Page(key, func() (*Page, error) {
			rendered = true
			return &Page{Body: make([]byte, 5000)}, nil
		}); err != nil {
			t.Fatal(err)
		}
		return rendered
	}
	for i := range 200 {
		page(fmt.Sprint(i))
		page("front page")
		if got := c.Stats().Bytes; got > limit {
			t.Fatalf("%d bytes held, want at most %d", got, limit)
		}
	}
	if page("front page") || page("199") {
		t.Error("what is asked often or lately was dropped")
	}
	if !page("0") {
		t.Error("what nobody asks was kept")
	}
	if got := c.Stats().Pages; got < 15 || got > 20 {
		t.Errorf("%d pages held", got)
	}
	large := func() (*Page, error) { return &Page{Body: make([]byte, limit/4)}, nil }
	before := c.Stats().Bytes
	if _, err := c.Page("large", large); err != nil || c.Stats().Bytes != before {
		t.Errorf("a large page displaced others: %v", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	c := New(20_000)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 500 {
				key := fmt.Sprint(i % 37)
				page, err := c.Page(key, func() (*Page, error) { return text(strings.Repeat(key, 500)), nil })
				if err != nil || !strings.HasPrefix(string(page.Body), key) {
					t.Errorf("Page(%s) = %v, %v", key, page, err)
				}
				ServeTo(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), page)
			}
		})
	}
	wg.Wait()
}

func TestTagsTellPagesApart(t *testing.T) {
	tags := map[string]string{}
	for name, page := range map[string]*Page{
		"one": text("one"), "two": text("two"),
		"plain":    {Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte("one")},
		"language": {Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Content-Language": {"br"}}, Body: []byte("one")},
	} {
		tag := complete(page).ETag
		if twin, found := tags[tag]; found {
			t.Errorf("%s and %s are both %s", name, twin, tag)
		}
		tags[tag] = name
		if page.ETag != "" || page.Status != 0 {
			t.Errorf("%s: the original was changed", name)
		}
	}
	if again := complete(text("one")); tags[again.ETag] != "one" {
		t.Error("the tag of a page is not stable")
	}
	if got := complete(&Page{ETag: `"own"`}).ETag; got != `"own"` {
		t.Errorf("the tag was replaced by %s", got)
	}
}

func TestCompression(t *testing.T) {
	long := strings.Repeat("Le marché d’été. ", 100)
	random := make([]byte, 4000)
	seed := uint32(1)
	for i := range random {
		seed = seed*1664525 + 1013904223
		random[i] = byte(seed >> 24)
	}
	tests := []struct {
		contentType, body string
		want              bool
	}{
		{"text/html; charset=utf-8", long, true}, {"application/atom+xml", long, true}, {"application/json", long, true},
		{"image/svg+xml", long, true}, {"text/css", long, true}, {"application/ld+json", long, true},
		{"text/html", "short", false}, {"image/jpeg", long, false}, {"", long, false}, {"text/plain", string(random), false},
	}
	for _, tt := range tests {
		p := complete(&Page{Header: http.Header{"Content-Type": {tt.contentType}}, Body: []byte(tt.body)})
		if (p.Gzip != nil) != tt.want {
			t.Errorf("%s: %d bytes of gzip, want some: %v", tt.contentType, len(p.Gzip), tt.want)
		}
		if p.Gzip == nil {
			continue
		}
		r, err := gzip.NewReader(bytes.NewReader(p.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != tt.body {
			t.Errorf("%s: decompresses to %d bytes, %v", tt.contentType, len(got), err)
		}
	}
	if p := complete(&Page{Header: http.Header{"Content-Type": {"text/css"}, "Content-Encoding": {"br"}}, Body: []byte(long)}); p.Gzip != nil {
		t.Error("an encoded body was encoded again")
	}
}

func TestServeTo(t *testing.T) {
	page := complete(text(strings.Repeat("Le marché d’été. ", 100)))
	page.Header.Set("Cache-Control", "public")
	missing := complete(text("missing"))
	missing.Status = 404
	moved := complete(&Page{Status: 301, Header: http.Header{"Location": {"/new"}}})
	tests := []struct {
		name          string
		page          *Page
		method        string
		match, accept string
		status        int
		encoding      string
	}{
		{"plain", page, "GET", "", "", 200, ""},
		{"gzip", page, "GET", "", "gzip, deflate, br", 200, "gzip"},
		{"refused", page, "GET", "", "gzip;q=0, br", 200, ""},
		{"HEAD", page, "HEAD", "", "gzip", 200, "gzip"},
		{"known", page, "GET", page.ETag, "gzip", 304, ""},
		{"known, HEAD", page, "HEAD", page.ETag, "", 304, ""},
		{"known among others", page, "GET", `"a", W/"b,c" , ` + page.ETag, "", 304, ""},
		{"known as strong", page, "GET", strings.TrimPrefix(page.ETag, "W/"), "", 304, ""},
		{"any", page, "GET", "*", "", 304, ""},
		{"other", page, "GET", `"a", W/"b"`, "", 200, ""},
		{"malformed", page, "GET", `a` + page.ETag, "", 200, ""},
		{"unclosed", page, "GET", `"a`, "", 200, ""},
		{"POST", page, "POST", page.ETag, "", 200, ""},
		{"404", missing, "GET", missing.ETag, "gzip", 404, ""},
		{"301", moved, "GET", "*", "gzip", 301, ""},
		{"no status", &Page{Body: []byte("x")}, "GET", "*", "", 200, ""},
		{"204", &Page{Status: 204}, "GET", "", "", 204, ""},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(tt.method, "/", nil)
		if tt.match != "" {
			r.Header.Set("If-None-Match", tt.match)
		}
		if tt.accept != "" {
			r.Header.Set("Accept-Encoding", tt.accept)
		}
		w := httptest.NewRecorder()
		w.Header().Set("Vary", "Cookie")
		ServeTo(w, r, tt.page)

		body := tt.page.Body
		if tt.encoding == "gzip" {
			body = tt.page.Gzip
		}
		length := fmt.Sprint(len(body))
		if tt.status == 304 || tt.status == 204 {
			body, length = nil, ""
		}
		if tt.method == "HEAD" {
			body = nil
		}
		h := w.Header()
		if w.Code != tt.status || h.Get("Content-Encoding") != tt.encoding || h.Get("Content-Length") != length {
			t.Errorf("%s: %d, encoding %q, length %q; want %d, %q, %q", tt.name, w.Code,
				h.Get("Content-Encoding"), h.Get("Content-Length"), tt.status, tt.encoding, length)
		}
		if !bytes.Equal(w.Body.Bytes(), body) {
			t.Errorf("%s: %d bytes of body, want %d", tt.name, w.Body.Len(), len(body))
		}
		if h.Get("ETag") != tt.page.ETag {
			t.Errorf("%s: ETag %q, want %q", tt.name, h.Get("ETag"), tt.page.ETag)
		}
		vary := []string{"Cookie"}
		if tt.page.Gzip != nil {
			vary = append(vary, "Accept-Encoding")
		}
		if diff := cmp.Diff(vary, h["Vary"]); diff != "" {
			t.Errorf("%s: Vary differs (-want +got):\n%s", tt.name, diff)
		}
		if tt.page == page && h.Get("Cache-Control") != "public" {
			t.Errorf("%s: no Cache-Control", tt.name)
		}
	}
}

func TestWhoChangesTheHeadersLeavesThePageAlone(t *testing.T) {
	page := complete(text("Bonjour"))
	w := httptest.NewRecorder()
	ServeTo(w, httptest.NewRequest("GET", "/", nil), page)
	w.Header().Add("Content-Type", "more")
	w.Header().Set("X-New", "1")
	if diff := cmp.Diff(http.Header{"Content-Type": {"text/html; charset=utf-8"}}, page.Header); diff != "" {
		t.Errorf("header differs (-want +got):\n%s", diff)
	}
}

func TestAcceptsGzip(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.000": false, "gzip;q=0.5": true,
		"*": true, "*;q=0": false, "*;q=0, gzip": true, "gzip;q=0, *": false, "identity": false, "deflate, br": false,
		"gzipped": false, ",, ;q=1": false, "gzip;": true, "x-gzip": true, "gzip;q=1.0": true,
	} {
		if got := acceptsGzip([]string{accept}); got != want {
			t.Errorf("acceptsGzip(%q) = %v, want %v", accept, got, want)
		}
	}
}

func FuzzServeTo(f *testing.F) {
	page := complete(text(strings.Repeat("Le marché d’été. ", 100)))
	f.Add("gzip;q=0", `W/"a", *`)
	f.Add(",;=", `"`)
	f.Fuzz(func(t *testing.T, accept, match string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header["Accept-Encoding"], r.Header["If-None-Match"] = []string{accept}, []string{match}
		w := httptest.NewRecorder()
		ServeTo(w, r, page)
		if w.Code != 200 && w.Code != 304 {
			t.Errorf("status %d", w.Code)
		}
	})
}

// discard is a ResponseWriter that costs nothing.
type discard http.Header

func (d discard) Header() http.Header       { return http.Header(d) }
func (discard) WriteHeader(int)             {}
func (discard) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkHit(b *testing.B) {
	c := New(1 << 20)
	page := text(strings.Repeat("Le marché d’été. ", 500))
	render := func() (*Page, error) { return page, nil }
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	w := discard{}
	b.ReportAllocs()
	for b.Loop() {
		clear(w)
		p, err := c.Page("site/article/42", render)
		if err != nil {
			b.Fatal(err)
		}
		ServeTo(w, r, p)
	}
}

func BenchmarkHitParallel(b *testing.B) {
	c := New(1 << 20)
	page := text(strings.Repeat("Le marché d’été. ", 500))
	render := func() (*Page, error) { return page, nil }
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := discard{}
		for pb.Next() {
			clear(w)
			p, _ := c.Page("site/article/42", render)
			ServeTo(w, r, p)
		}
	})
}

func TestServeToByDate(t *testing.T) {
	page := text("Le marché")
	page.ETag, page.Header = `"a"`, http.Header{"Last-Modified": {"Mon, 23 Nov 2026 14:30:00 GMT"}}
	for _, tt := range []struct {
		since, match string
		want         int
	}{
		{"Mon, 23 Nov 2026 14:30:00 GMT", "", 304},
		{"Tue, 24 Nov 2026 14:30:00 GMT", "", 304},
		{"Mon, 23 Nov 2026 14:29:59 GMT", "", 200},
		{"yesterday", "", 200},
		{"Mon, 23 Nov 2026 14:30:00 GMT", `"b"`, 200}, // the tag knows better
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("If-Modified-Since", tt.since)
		if tt.match != "" {
			r.Header.Set("If-None-Match", tt.match)
		}
		w := httptest.NewRecorder()
		ServeTo(w, r, page)
		if w.Code != tt.want {
			t.Errorf("since %q, tag %q: status %d, want %d", tt.since, tt.match, w.Code, tt.want)
		}
	}
}
