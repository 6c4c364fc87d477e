// Package pagecache keeps rendered responses in memory, within a number of bytes, and answers with them: compressed once,
// conditional requests included.
//
// Nothing in it expires: the key must change when the page does (a version in it will do), and pages that nobody asks for
// any more give way to others. It holds what is the same for every reader and must not be given anything else. Start with
// New, Cache.Page and ServeTo.
package pagecache

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"mime"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// Page is a response. Once it has been given to a Cache or to ServeTo it must not change any more.
type Page struct {
	Status int // zero means 200
	Header http.Header
	Body   []byte
	Gzip   []byte // Body compressed; nil if that does not pay. Cache fills it in
	ETag   string // with its quotes (RFC 9110, section 8.8.3). Cache fills it in from the content
}

// Cache holds pages by key, the least recently asked leaving first. It is safe for concurrent use.
type Cache struct {
	limit int64

	mu      sync.Mutex
	size    int64
	entries map[string]*list.Element
	recent  *list.List // of *entry, the most recently asked first
	calls   map[string]*call
	hits    uint64
	misses  uint64
}

type entry struct {
	key  string
	page *Page
	size int64
}

// A call is a rendering under way, for which others wait.
type call struct {
	done chan struct{}
	page *Page
	err  error
}

// New returns a cache of at most maxBytes of pages, as they lie in memory, keys and headers included.
func New(maxBytes int64) *Cache {
	return &Cache{limit: maxBytes, entries: map[string]*list.Element{}, recent: list.New(), calls: map[string]*call{}}
}

// errPanicked is what others get who waited for a rendering that panicked.
var errPanicked = errors.New("pagecache: rendering panicked")

// Page returns the page of key, calling render if it is not there. However many ask at once, render runs once and all get
// its page or its error; so it must not depend on one of them, nor on the context of one request. Errors and pages of
// status 500 and above are handed on and forgotten, and so are pages larger than an eighth of the cache.
func (c *Cache) Page(key string, render func() (*Page, error)) (*Page, error) {
	c.mu.Lock()
	if element, found := c.entries[key]; found {
		c.recent.MoveToFront(element)
		c.hits++
		c.mu.Unlock()
		return element.Value.(*entry).page, nil
	}
	c.misses++
	if running, found := c.calls[key]; found {
		c.mu.Unlock()
		<-running.done
		return running.page, running.err
	}
	mine := &call{done: make(chan struct{}), err: errPanicked}
	c.calls[key] = mine
	c.mu.Unlock()

	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.calls, key)
		if mine.err == nil && mine.page.Status < 500 {
			c.keep(key, mine.page)
		}
		close(mine.done)
	}()
	page, err := render()
	if err == nil {
		page = complete(page)
	}
	mine.page, mine.err = page, err
	return page, err
}

// keep stores page and lets go of others until all fit. The caller holds the lock.
func (c *Cache) keep(key string, page *Page) {
	e := &entry{key: key, page: page, size: sizeOf(key, page)}
	if e.size > c.limit/8 {
		return
	}
	c.entries[key] = c.recent.PushFront(e)
	c.size += e.size
	for c.size > c.limit {
		oldest := c.recent.Remove(c.recent.Back()).(*entry)
		delete(c.entries, oldest.key)
		c.size -= oldest.size
	}
}

func sizeOf(key string, page *Page) int64 {
	const around = 400 // the structures that hold an entry
	size := around + 2*len(key) + len(page.Body) + len(page.Gzip) + len(page.ETag)
	for name, values := range page.Header {
		size += len(name) + 80
		for _, value := range values {
			size += len(value)
		}
	}
	return int64(size)
}

// Stats counts what happened so far, and what is held now.
type Stats struct {
	Hits, Misses uint64
	Pages        int
	Bytes        int64
}

// Stats is for gauges and counters.
func (c *Cache) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Stats{Hits: c.hits, Misses: c.misses, Pages: c.recent.Len(), Bytes: c.size}
}

// complete returns page with a status, an entity tag and, for texts, the compressed body. It leaves the original alone.
func complete(page *Page) *Page {
	p := *page
	if p.Status == 0 {
		p.Status = http.StatusOK
	}
	if p.Header == nil {
		p.Header = http.Header{}
	}
	if p.ETag == "" {
		p.ETag = tag(&p)
	}
	if p.Gzip == nil && p.Header.Get("Content-Encoding") == "" && isText(p.Header.Get("Content-Type")) {
		p.Gzip = compress(p.Body)
	}
	return &p
}

// tag digests what a reader sees: another type or another address of a redirection is another page. It is weak, since the
// same tag stands for the plain and the compressed form.
func tag(p *Page) string {
	digest := sha256.New()
	for _, name := range []string{"Content-Type", "Content-Language", "Location"} {
		digest.Write([]byte(p.Header.Get(name)))
		digest.Write([]byte{0})
	}
	digest.Write(p.Body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(digest.Sum(nil)[:12]) + `"`
}

// compress returns body in gzip, or nil if that saves too little.
func compress(body []byte) []byte {
	const least = 256 // below, headers and an extra round through the decoder eat what is saved
	if len(body) < least {
		return nil
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, 6)
	w.Write(body)
	w.Close()
	if out.Len() > len(body)*9/10 {
		return nil
	}
	return bytes.Clone(out.Bytes())
}

func isText(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	switch kind {
	case "application/json", "application/javascript", "application/xml", "application/manifest+json", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "+json")
}
