package stories_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
	_ "modernc.org/sqlite"

	"bourgeon/kit/htmltest"
	"bourgeon/kit/pow"
)

// client is a browser in a few lines, for what needs no eyes: preparing a story, crawling, sending what no browser would.
type client struct {
	t      testing.TB
	http   *http.Client
	url    *url.URL // of the page shown
	status int
	header http.Header
	body   string
	page   htmltest.Node
	moved  bool // a permanent redirect led here
}

// visitor is a client for someone new. Names under .test lead to this machine, as in the browser.
func (n *network) visitor() *client {
	n.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		n.t.Fatal(err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	dial := (&net.Dialer{}).DialContext
	transport.DialContext = func(ctx context.Context, kind, to string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(to)
		if err == nil && strings.HasSuffix(host, ".test") {
			to = net.JoinHostPort("127.0.0.1", port)
		}
		return dial(ctx, kind, to)
	}
	n.t.Cleanup(transport.CloseIdleConnections)
	c := &client{t: n.t}
	c.http = &http.Client{Jar: jar, Transport: transport, Timeout: patience, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		c.moved = c.moved || r.Response.StatusCode == http.StatusPermanentRedirect || r.Response.StatusCode == http.StatusMovedPermanently
		if len(via) > 5 {
			return errors.New("redirects without end")
		}
		return nil
	}}
	return c
}

// do sends a request, follows where it leads, and shows the answer.
func (c *client) do(r *http.Request) *client {
	c.t.Helper()
	r.Header.Set("Accept-Language", "fr")
	c.moved = false
	answer, err := c.http.Do(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	c.url, c.status, c.header, c.body, c.page = answer.Request.URL, answer.StatusCode, answer.Header, string(body), htmltest.Node{}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		c.page = htmltest.Parse(c.t, c.body)
	}
	return c
}

func (c *client) get(address string) *client {
	c.t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.do(r)
}

// want ends the test unless the last answer had this status.
func (c *client) want(status int) *client {
	c.t.Helper()
	if c.status != status {
		c.t.Fatalf("%s answered %d, want %d: %s", c.url, c.status, status, c.says())
	}
	return c
}

// says is the text of the page's content.
func (c *client) says() string {
	if c.page.Node == nil {
		return c.body
	}
	return strings.Join(strings.Fields(strings.Join(c.page.Texts("main"), " ")), " ")
}

// fill are answers by the name of their field; nil leaves a field out.
type fill map[string][]string

// file is a file chosen in a form.
type file struct {
	field, name string
	data        []byte
}

// press fills the form of a button, found by selector, solves its proof of work if it has one, and sends it.
func (c *client) press(button string, answers fill, files ...file) *client {
	c.t.Helper()
	found := c.page.All(button)
	if len(found) == 0 {
		c.t.Fatalf("no %s at %s: %s", button, c.url, c.says())
	}
	form := found[0]
	for form.Data != "form" {
		if form.Parent == nil {
			c.t.Fatalf("%s is in no form", button)
		}
		form = htmltest.Node{Node: form.Parent}
	}
	values := controls(form)
	if challenge := form.Attr("data-pow"); challenge != "" {
		values.Set("pow_nonce", pow.Solve(challenge))
	}
	for name, answer := range answers {
		delete(values, name)
		if answer != nil {
			values[name] = answer
		}
	}
	if name := found[0].Attr("name"); name != "" {
		values.Add(name, found[0].Attr("value"))
	}
	action, err := c.url.Parse(form.Attr("action"))
	if err != nil {
		c.t.Fatal(err)
	}
	return c.post(action.String(), values, form.Attr("enctype") == "multipart/form-data", files...)
}

func (c *client) post(address string, values url.Values, parts bool, files ...file) *client {
	c.t.Helper()
	kind, body := "application/x-www-form-urlencoded", []byte(values.Encode())
	if parts {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for name, all := range values {
			for _, value := range all {
				_ = m.WriteField(name, value)
			}
		}
		for _, f := range files {
			part, err := m.CreateFormFile(f.field, f.name)
			if err != nil {
				c.t.Fatal(err)
			}
			_, _ = part.Write(f.data)
		}
		_ = m.Close()
		kind, body = m.FormDataContentType(), b.Bytes()
	}
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.do(r)
}

// controls are what a browser would send of a form as it stands (HTML, 4.10.21.4).
func controls(form htmltest.Node) url.Values {
	values := url.Values{}
	for _, c := range form.All("input, textarea, select") {
		name := c.Attr("name")
		switch kind := c.Attr("type"); {
		case name == "" || kind == "file":
		case c.Data == "textarea":
			values.Add(name, strings.TrimPrefix(rawText(c), "\n"))
		case c.Data == "select":
			chosen := c.All("option[selected]")
			if len(chosen) == 0 {
				chosen = c.All("option")[:1]
			}
			values.Add(name, chosen[0].Attr("value"))
		case kind == "radio" || kind == "checkbox":
			for _, a := range c.Node.Attr {
				if a.Key == "checked" {
					values.Add(name, c.Attr("value"))
				}
			}
		default:
			values.Add(name, c.Attr("value"))
		}
	}
	return values
}

func rawText(n htmltest.Node) string {
	text := ""
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text += d.Data
		}
	}
	return text
}

// enter signs someone in, or takes up the session of before: few sign-ins from one machine are let through.
func (n *network) enter(email string) *client {
	n.t.Helper()
	c := n.visitor()
	if jar := n.entered[email]; jar != nil {
		c.http.Jar = jar
		return c
	}
	n.entered[email] = c.http.Jar
	n.signInWith(c, email)
	return c
}

func (n *network) signInWith(c *client, email string) {
	n.t.Helper()
	c.get(n.at("/signin")).want(http.StatusOK).press("main form button", fill{"email": {email}}).want(http.StatusOK)
	c.get(link(n.t, n.mail(email, "Votre code"), "/confirm/")).want(http.StatusOK).press("main form button", nil)
}

// contribution is what a client writes.
type contribution struct {
	title, text, tags, section string
	sign                       fill // how it is signed; nil is by a name
	picture                    []byte
}

// propose writes an article; a stranger's is confirmed by the code of the mail to email.
func (n *network) propose(c *client, email string, text contribution) {
	n.t.Helper()
	answers := fill{"title": {text.title}, "text": {text.text}, "standfirst": {"En deux phrases."}, "tags": {text.tags}}
	if text.section != "" {
		answers["section"] = []string{text.section}
	}
	c.get(n.at("/write/article")).want(http.StatusOK)
	if text.picture != nil {
		c.press("button[value=upload]", answers, file{"pictures-new", "photo.jpg", text.picture}).want(http.StatusOK)
		id := c.page.All("input[name=pictures]")[0].Attr("value")
		answers = fill{"alt-" + id: {"Une image"}, "credit-" + id: {"Sa photographe"}}
	}
	c.press("button[value=preview]", answers).want(http.StatusOK)
	c.get(strings.Replace(c.url.String(), "/preview", "/sign", 1)).want(http.StatusOK)
	sign := fill{"kind": {"name"}, "name": {"Yann Le Fournil"}, "charter": {"1"}}
	if text.sign != nil {
		sign = text.sign
	}
	known := !c.page.Has("[name=email]")
	if !known {
		sign["email"] = []string{email}
	}
	c.press("main form button", sign).want(http.StatusOK)
	if !known {
		c.press("main form button", fill{"code": {code(n.t, n.mail(email, text.title))}}).want(http.StatusOK)
	}
}

// publish lets an animator publish what waits under a title, and returns its address.
func (n *network) publish(c *client, title string) string {
	n.t.Helper()
	c.get(n.at("/desk")).want(http.StatusOK)
	for _, slip := range c.page.All(".slip") {
		if strings.Contains(slip.Text(), title) {
			c.get(c.resolve(slip.All("h2 a")[0].Attr("href"))).want(http.StatusOK)
			c.press("form[action*=/publish] button", nil).want(http.StatusOK)
			c.get(n.at("/feed.atom")).want(http.StatusOK)
			for _, entry := range htmltest.Parse(n.t, c.body).All("entry") {
				if strings.Contains(entry.All("title")[0].Text(), title) {
					return entry.All("link")[0].Attr("href")
				}
			}
			n.t.Fatalf("%q is not in the feed:\n%s", title, c.body)
		}
	}
	n.t.Fatalf("%q does not wait at the desk: %s", title, c.says())
	return ""
}

func (c *client) resolve(href string) string {
	c.t.Helper()
	u, err := c.url.Parse(href)
	if err != nil {
		c.t.Fatal(err)
	}
	return u.String()
}

// sql changes or asks the database past the program: for what no one can do in a story, as letting a day pass.
func (n *network) sql(query string, args ...any) string {
	n.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(n.data, "bourgeon.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		n.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.Query(query, args...)
	if err != nil {
		n.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	first := ""
	for rows.Next() {
		if err := rows.Scan(&first); err != nil {
			n.t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		n.t.Fatal(err)
	}
	return first
}

// crawl opens every page that links lead to from an address, within the places that inside accepts, and shows each to see.
func (c *client) crawl(from string, inside func(*url.URL) bool, see func(c *client)) {
	c.t.Helper()
	seen, queue := map[string]bool{from: true}, []string{from}
	came := map[string]string{}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		c.get(address)
		if c.status != http.StatusOK {
			c.t.Errorf("%s answered %d (linked from %s)", address, c.status, came[address])
			continue
		}
		if c.moved {
			c.t.Errorf("%s moved to %s, but is linked from %s", address, c.url, came[address])
		}
		if !inside(c.url) {
			c.t.Errorf("%s leads out to %s (linked from %s)", address, c.url, came[address])
			continue
		}
		see(c)
		if c.page.Node == nil {
			continue
		}
		for _, selector := range []string{"a[href]", "link[href]", "img[src]", "script[src]"} {
			for _, node := range c.page.All(selector) {
				href := node.Attr("href") + node.Attr("src")
				target, err := c.url.Parse(href)
				if err != nil {
					c.t.Errorf("%s has a link to %q: %v", address, href, err)
					continue
				}
				target.Fragment = ""
				if to := target.String(); inside(target) && !seen[to] {
					seen[to], came[to] = true, address
					queue = append(queue, to)
				}
			}
		}
		if len(seen) > 3000 {
			c.t.Fatal("the crawl finds no end")
		}
	}
}
