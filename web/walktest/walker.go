package walktest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bourgeon/kit/htmltest"
)

// Walker is a browser without JavaScript. Paths are inside the site.
type Walker struct {
	T       testing.TB
	Accept  string // Accept-Language
	Page    htmltest.Node
	Body    string
	Status  int
	Header  http.Header
	Path    string   // of the page shown, with its query
	Origin  string   // Sec-Fetch-Site of what is sent: "" is same-origin
	Cookies []string // Set-Cookie headers, as they came
	town    *Town
	root    string
	cookies map[string]string
}

// File is a file chosen in a form.
type File struct {
	Field, Name string
	Data        []byte
}

// Fill are answers by the name of their field; nil leaves a field out.
type Fill map[string][]string

// Go opens a page, and follows where it leads.
func (w *Walker) Go(path string) *Walker {
	w.T.Helper()
	return w.ask(http.MethodGet, w.root+path, "", nil)
}

// Portal makes paths those of the network.
func (w *Walker) Portal() *Walker { w.root = ""; return w }

// Want ends the test unless the last answer had this status.
func (w *Walker) Want(status int) *Walker {
	w.T.Helper()
	if w.Status != status {
		w.T.Fatalf("%s answered %d, want %d: %s", w.Path, w.Status, status, w.Page.Texts("main"))
	}
	return w
}

// At ends the test unless the page shown has a path that begins so.
func (w *Walker) At(prefix string) *Walker {
	w.T.Helper()
	if !strings.HasPrefix(trimRoot(w.root, w.Path), prefix) {
		w.T.Fatalf("at %s, want %s…: %s", w.Path, prefix, w.Page.Texts("main"))
	}
	return w
}

// Says ends the test unless the page's content holds all texts; no-break spaces count as spaces.
func (w *Walker) Says(texts ...string) *Walker {
	w.T.Helper()
	said := plain(strings.Join(w.Page.Texts("main"), " "))
	for _, text := range texts {
		if !strings.Contains(said, plain(text)) {
			w.T.Fatalf("%s doesn't say %q: %s", w.Path, text, said)
		}
	}
	return w
}

func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}

// Press fills the form of a button, found by selector, and sends it.
func (w *Walker) Press(button string, fill Fill, files ...File) *Walker {
	w.T.Helper()
	found := w.Page.All(button)
	if len(found) == 0 {
		w.T.Fatalf("no %s at %s: %s", button, w.Path, w.Page.Texts("main"))
	}
	b := found[len(found)-1]
	form := b
	for form.Data != "form" {
		if form.Parent == nil {
			w.T.Fatalf("%s is in no form", button)
		}
		form = htmltest.Node{Node: form.Parent}
	}
	values := controls(form)
	for name, answer := range fill {
		asked := strings.TrimSuffix(strings.TrimSuffix(name, ".x"), ".y") // a picture that is pressed sends where
		if len(answer) > 0 && len(form.All(`[name="`+name+`"]`))+len(form.All(`input[type="image"][name="`+asked+`"]`)) == 0 {
			w.T.Fatalf("the form at %s asks no %s", w.Path, name)
		}
		delete(values, name)
		if answer != nil {
			values[name] = answer
		}
	}
	if name := b.Attr("name"); name != "" {
		values.Add(name, b.Attr("value"))
	}
	return w.Send(form.Attr("action"), values, form.Attr("enctype") == "multipart/form-data", files...)
}

// Send posts a form to an address of the server.
func (w *Walker) Send(action string, values url.Values, parts bool, files ...File) *Walker {
	w.T.Helper()
	if !parts {
		return w.ask(http.MethodPost, action, "application/x-www-form-urlencoded", []byte(values.Encode()))
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, name := range names(values) {
		for _, value := range values[name] {
			if err := m.WriteField(name, value); err != nil {
				w.T.Fatal(err)
			}
		}
	}
	for _, file := range files {
		part, err := m.CreateFormFile(file.Field, file.Name)
		if err == nil {
			_, err = part.Write(file.Data)
		}
		if err != nil {
			w.T.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		w.T.Fatal(err)
	}
	return w.ask(http.MethodPost, action, m.FormDataContentType(), b.Bytes())
}

func names(values url.Values) []string {
	var all []string
	for name := range values {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// controls are what a browser would send of a form as it stands (HTML, 4.10.21.4).
func controls(form htmltest.Node) url.Values {
	values := url.Values{}
	for _, c := range form.All("input, textarea, select") {
		name := c.Attr("name")
		switch {
		case name == "":
		case c.Data == "textarea":
			text := ""
			for d := range c.Descendants() {
				if d.Type == html.TextNode {
					text += d.Data
				}
			}
			values.Add(name, text)
		case c.Data == "select":
			chosen := c.All("option[selected]")
			if len(chosen) == 0 {
				chosen = c.All("option")[:1]
			}
			values.Add(name, chosen[0].Attr("value"))
		case c.Attr("type") == "file":
		case c.Attr("type") == "radio" || c.Attr("type") == "checkbox":
			if slices.ContainsFunc(c.Node.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
				values.Add(name, c.Attr("value"))
			}
		default:
			values.Add(name, c.Attr("value"))
		}
	}
	return values
}

func (w *Walker) ask(method, path, kind string, body []byte) *Walker {
	w.T.Helper()
	for range 6 {
		r := httptest.NewRequestWithContext(w.T.Context(), method, path, bytes.NewReader(body))
		r.Host = "localhost:8080"
		r.Header.Set("Accept-Language", w.Accept)
		if kind != "" {
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			if w.Origin != "" {
				r.Header.Set("Sec-Fetch-Site", w.Origin)
			}
		}
		for name, value := range w.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		recorder := httptest.NewRecorder()
		w.town.Handler().ServeHTTP(recorder, r)
		answer := recorder.Result()
		w.Cookies = append(w.Cookies, answer.Header.Values("Set-Cookie")...)
		for _, c := range answer.Cookies() {
			w.cookies[c.Name] = c.Value
			if c.MaxAge < 0 {
				delete(w.cookies, c.Name)
			}
		}
		raw, err := io.ReadAll(answer.Body)
		if err != nil {
			w.T.Fatal(err)
		}
		w.Status, w.Header, w.Path, w.Body = answer.StatusCode, answer.Header, path, string(raw)
		w.Page = htmltest.Parse(w.T, w.Body)
		w.named()
		if answer.StatusCode != http.StatusSeeOther && answer.StatusCode != http.StatusPermanentRedirect {
			return w
		}
		method, kind, body = http.MethodGet, "", nil
		path, _, _ = strings.Cut(answer.Header.Get("Location"), "#")
	}
	w.T.Fatalf("redirects without end at %s", path)
	return w
}

// named ends the test when a link or button has no name: an icon alone says nothing to many.
func (w *Walker) named() {
	w.T.Helper()
	for _, n := range w.Page.All("a, button, summary") {
		if n.Text() == "" && n.Attr("aria-label") == "" && n.Attr("aria-hidden") == "" {
			w.T.Fatalf("%s: without a name: %s", w.Path, n)
		}
	}
}

// SignedIn tells whether the browser holds a session.
func (w *Walker) SignedIn() bool { return w.cookies["bourgeon_session"] != "" }
