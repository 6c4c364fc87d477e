// Package pagecache keeps rendered pages in bounded memory and serves them with entity tags.
//
// A provisional version: it keeps the promised interface until the whole package lands.
package pagecache

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
)

// Page is a rendered page with its headers.
type Page struct {
	Header http.Header
	Body   []byte
	gzip   []byte
	etag   string
}

// Cache holds pages up to a number of bytes.
type Cache struct {
	max    int64
	mu     sync.Mutex
	size   int64
	pages  map[string]*list.Element
	recent *list.List
}

type held struct {
	key  string
	page *Page
}

// New returns a cache of at most max bytes.
func New(max int64) *Cache {
	return &Cache{max: max, pages: map[string]*list.Element{}, recent: list.New()}
}

// Page returns the page kept under key, or renders and keeps it.
func (c *Cache) Page(key string, render func() (*Page, error)) (*Page, error) {
	c.mu.Lock()
	if e := c.pages[key]; e != nil {
		c.recent.MoveToFront(e)
		c.mu.Unlock()
		return e.Value.(*held).page, nil
	}
	c.mu.Unlock()
	p, err := render()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(p.Body)
	p.etag = hex.EncodeToString(sum[:8])
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(p.Body)
	_ = z.Close()
	p.gzip = b.Bytes()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[key] = c.recent.PushFront(&held{key, p})
	c.size += int64(len(p.Body) + len(p.gzip))
	for c.size > c.max && c.recent.Len() > 0 {
		e := c.recent.Back()
		h := c.recent.Remove(e).(*held)
		delete(c.pages, h.key)
		c.size -= int64(len(h.page.Body) + len(h.page.gzip))
	}
	return p, nil
}

// ServeTo answers a request with a page.
func ServeTo(w http.ResponseWriter, r *http.Request, p *Page) {
	h := w.Header()
	for k, v := range p.Header {
		h[k] = v
	}
	h.Add("Vary", "Accept-Encoding")
	body, etag := p.Body, `"`+p.etag+`"`
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body, etag = p.gzip, `"`+p.etag+`-gz"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", etag)
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
