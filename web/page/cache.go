package page

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bourgeon/kit/pagecache"
)

// maxCachedQuery bounds the queries under which pages are kept: longer ones are nobody's bookmark.
const maxCachedQuery = 300

// Cacheable tells whether a request may be answered from the cache: an anonymous reading, after which nothing changed.
func (v *Visit) Cacheable(r *http.Request) bool {
	return v.House.Cache != nil && !v.Viewer.Known() && len(r.URL.RawQuery) <= maxCachedQuery &&
		(r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// Heed leaves of the query what a page says it depends on: the first value of each parameter named, the choices of the
// reader, and a notice. A name that ends with a point stands for all that begin with it. Anything else, which links carry from everywhere, would make one page many.
func (v *Visit) Heed(r *http.Request, names ...string) *http.Request {
	heeded := url.Values{}
	keep := func(name, value string) {
		if value != "" {
			heeded.Set(name, value)
		}
	}
	for _, name := range names {
		if !strings.HasSuffix(name, ".") {
			keep(name, v.query.Get(name))
			continue
		}
		for param := range v.query {
			if strings.HasPrefix(param, name) {
				keep(param, v.query.Get(param))
			}
		}
	}
	keep("lang", v.chosen)
	if v.Viewer.Known() {
		keep(lookParam, v.query.Get(lookParam))
	}
	if v.Plain {
		keep(readingParam, readingPlain)
	}
	if v.Notice() != "" {
		keep("done", v.query.Get("done"))
	}
	v.query = heeded
	r = r.WithContext(r.Context()) // a copy
	u := *r.URL
	u.RawQuery = heeded.Encode()
	r.URL = &u
	return r
}

// key of a page: whatever its content depends on. The version makes all pages of a site out of date at once.
func (v *Visit) key() string {
	version := v.Site.Version
	if v.AtPortal() {
		version = v.Network.Version
	}
	return strings.Join([]string{
		v.Root, v.Home, v.Host, string(v.Site.ID), strconv.FormatInt(version, 10), v.L.Lang(), v.chosen, v.Path, v.query.Encode(),
	}, "\x00")
}

// Cached answers with the page kept for this visit, or with what the handler renders, which is then kept; errors are not.
// The handler runs as if for a GET, and must render what depends on nothing but the visit's site, language, path and query.
func Cached(v *Visit, w http.ResponseWriter, r *http.Request, handler Handler) error {
	h := w.Header()
	h.Add("Vary", "Accept-Language")
	h.Add("Vary", "Cookie")
	page, err := v.House.Cache.Page(v.key(), func() (*pagecache.Page, error) {
		// Others may wait for this page: it must not fail because the first who asked went away.
		get := r.WithContext(context.WithoutCancel(r.Context()))
		get.Method = http.MethodGet
		if err := v.Load(get.Context()); err != nil {
			return nil, err
		}
		kept := &recorder{header: http.Header{}, status: http.StatusOK}
		if err := handler(v, kept, get); err != nil {
			return nil, err
		}
		kept.header.Del("Content-Length")
		return &pagecache.Page{Status: kept.status, Header: kept.header, Body: kept.body.Bytes()}, nil
	})
	if err != nil {
		return err
	}
	h.Set("Cache-Control", "no-cache") // keep it, but ask: it costs a 304
	pagecache.ServeTo(w, r, page)
	return nil
}

// recorder takes what a handler writes.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *recorder) Header() http.Header         { return k.header }
func (k *recorder) WriteHeader(status int)      { k.status = status }
func (k *recorder) Write(p []byte) (int, error) { return k.body.Write(p) }
