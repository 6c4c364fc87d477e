// Package api is the network for programs: JSON under /api/v1, as openapi.json describes it.
//
// Reading is for all; what a reader doesn't see stands in no answer to one. Writing goes through the verbs that the pages
// call, for the person whose token a request carries: session cookies open nothing here. The document is what requests are
// checked against, and what the tests hold the answers to. Start with Face, then document.go, entries.go and write.go.
package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/joining"
	"bourgeon/app/repeating"
	"bourgeon/kit/pagecache"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Root is where the API answers, on the network's own address.
const Root = "/api/v1"

// Face answers programs. All verbs are needed; a nil limiter never refuses.
type Face struct {
	Editor  *editing.Editor
	Cabinet *filing.Cabinet
	Door    *joining.Door
	Ledger  *repeating.Ledger
	Reads   *ratelimit.Limiter // of answers that had to be made anew, by client or token
	Writes  *ratelimit.Limiter // by token
}

// call is one request: the visit, whom its token acts for, and its parameters, checked against the document.
type call struct {
	*page.Visit
	r       *http.Request
	token   press.AccessToken // zero without one
	bearer  press.Viewer      // whom the token acts for
	query   query
	limiter string // key of who asks

	translations map[press.EntryID][]press.Entry // of the entries to tell: see translated
}

func (c *call) ctx() context.Context { return c.r.Context() }

// reply is an answer to be.
type reply struct {
	status     int // 0 is 200
	body       any
	etag       string // what precedes the digest of the body in the entity tag, "" for none
	location   string
	next, prev string // cursors of the pages around
}

// answer makes a reply, or fails.
type answer func(c *call) (reply, error)

// read serves a GET: from the cache of public pages when nobody in particular asks.
func (f *Face) read(v *page.Visit, w http.ResponseWriter, r *http.Request, a answer) error {
	return f.readFresh(v, w, r, a, v.House.Cache != nil)
}

func (f *Face) readFresh(v *page.Visit, w http.ResponseWriter, r *http.Request, a answer, cached bool) error {
	c, err := f.enter(v, r)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Vary", "Authorization, Accept-Encoding")
	made := false
	render := func() (*pagecache.Page, error) {
		made = true
		if err := c.allow(f.Reads); err != nil {
			return nil, err
		}
		rep, err := a(c)
		if err != nil {
			return nil, err
		}
		return c.page(rep)
	}
	if c.token.ID != "" {
		p, err := render()
		if err != nil {
			return err
		}
		h.Set("Cache-Control", "private, no-cache")
		return plainly(w, r, p)
	}
	cache := v.House.Cache
	if !cached {
		cache = pagecache.New(0) // keeps nothing: it only compresses, and makes the entity tag
	}
	p, err := cache.Page(c.key(), render)
	if !made && press.KindOf(err) == press.TooMany { // somebody else's limit
		p, err = pagecache.New(0).Page(c.key(), render)
	}
	if err != nil {
		return err
	}
	h.Set("Cache-Control", "no-cache") // keep it, but ask: it costs a 304
	pagecache.ServeTo(w, r, p)
	return nil
}

// plainly answers without compression: a strong entity tag stands for these very bytes, and may be sent back as If-Match.
func plainly(w http.ResponseWriter, r *http.Request, p *pagecache.Page) error {
	h := w.Header()
	for name, values := range p.Header {
		h[name] = values
	}
	h.Set("ETag", p.ETag)
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		if matches(r.Header.Get("If-None-Match"), func(tag string) bool { return tag == p.ETag }) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(p.Body)))
	w.WriteHeader(max(p.Status, http.StatusOK))
	if r.Method != http.MethodHead {
		_, _ = w.Write(p.Body) // a reader who left isn't an error of ours
	}
	return nil
}

// matches tells whether one of the entity tags of a header is as asked; "*" is any.
func matches(header string, as func(tag string) bool) bool {
	for tag := range strings.SplitSeq(header, ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || tag != "" && as(tag) {
			return true
		}
	}
	return false
}

// key of an answer in the cache: the version makes all of them out of date at once.
func (c *call) key() string {
	return strings.Join([]string{Root, c.Home, strconv.FormatInt(c.Network.Version, 10), c.Path, c.query.canonical()}, "\x00")
}

// page is a reply as it goes out.
func (c *call) page(rep reply) (*pagecache.Page, error) {
	p := &pagecache.Page{Status: rep.status, Header: http.Header{"Content-Type": {"application/json"}}}
	if rep.location != "" {
		p.Header.Set("Location", rep.location)
	}
	var links []string
	for _, link := range []struct{ rel, cursor string }{{"next", rep.next}, {"prev", rep.prev}} {
		if link.cursor != "" {
			links = append(links, fmt.Sprintf("<%s>; rel=%q", c.pageAt(link.rel, link.cursor), link.rel))
		}
	}
	links = append(links, fmt.Sprintf("<%s>; rel=\"service-desc\"", c.address("/openapi.json")))
	p.Header.Set("Link", strings.Join(links, ", ")) // RFC 8288
	if document, ok := rep.body.(json.RawMessage); ok {
		p.Body = document
	} else {
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(rep.body); err != nil {
			return nil, fmt.Errorf("write the answer: %w", err)
		}
		p.Body = b.Bytes()
	}
	if c.token.ID != "" {
		digest := sha256.Sum256(p.Body)
		p.ETag = `"` + rep.etag + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`
	}
	return p, nil
}

// address is the absolute address of a path of the API.
func (c *call) address(path string) string { return c.Addresses.Base + Root + path }

// pageAt is the address of this list from another place on.
func (c *call) pageAt(rel, cursor string) string {
	name, other := "cursor", "back"
	if rel == "prev" {
		name, other = other, name
	}
	return c.Addresses.Base + c.Path + "?" + c.query.with(name, cursor, other)
}

// write serves what changes something, for a token with a scope. A key makes a repeated request happen once.
func (f *Face) write(v *page.Visit, w http.ResponseWriter, r *http.Request, scope press.Scope, a answer) error {
	c, err := f.enter(v, r)
	if err != nil {
		return err
	}
	if c.token.ID == "" {
		return press.Problem(press.SignIn, "Writing needs a personal token: make one among your texts.")
	}
	if !c.token.Allows(scope, c.token.Site) {
		return lacks(scope)
	}
	if err := c.allow(f.Writes); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	p, err := f.once(c, a)
	if err != nil {
		return err
	}
	return plainly(w, r, p)
}

const maxKey = 200 // bytes

func (f *Face) once(c *call, a answer) (*pagecache.Page, error) {
	do := func() (*pagecache.Page, error) {
		rep, err := a(c)
		if err != nil {
			return nil, err
		}
		return c.page(rep)
	}
	key := c.r.Header.Get("Idempotency-Key")
	if key == "" || c.r.Method != http.MethodPost {
		return do()
	}
	if len(key) > maxKey || press.CleanLine(key) != key {
		return nil, badRequest(inHeader.Fault("Idempotency-Key", "A key is at most %d plain characters.", maxKey))
	}
	body, err := readBody(c.r)
	if err != nil {
		return nil, err
	}
	c.r.Body = replay{bytes.NewReader(body)}
	digest := sha256.Sum256(append([]byte(c.r.Method+" "+c.Path+"?"+c.query.canonical()+"\x00"+c.r.Header.Get("Content-Type")+"\x00"), body...))
	kept, again, err := f.Ledger.Once(c.ctx(), c.token.ID, key, base64.RawURLEncoding.EncodeToString(digest[:]), func() (repeating.Answer, error) {
		p, err := do()
		if err != nil {
			return repeating.Answer{}, err
		}
		header := map[string]string{"ETag": p.ETag}
		for name := range p.Header {
			header[name] = p.Header.Get(name)
		}
		return repeating.Answer{Status: p.Status, Header: header, Body: string(p.Body)}, nil
	})
	if err != nil {
		return nil, err
	}
	p := &pagecache.Page{Status: kept.Status, Header: http.Header{}, Body: []byte(kept.Body), ETag: kept.Header["ETag"]}
	for name, value := range kept.Header {
		p.Header.Set(name, value)
	}
	if again {
		p.Header.Set("Idempotency-Replayed", "true")
	}
	return p, nil
}
