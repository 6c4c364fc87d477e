package page_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/pow"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
)

var paths = []struct{ next, want string }{
	{"/me", "/me"},
	{"/article/le-bac?version=2#fin", "/article/le-bac?version=2#fin"},
	{"/search?q=a//b", "/search?q=a//b"},
	{"", "/"},
	{"me", "/"},
	{"//ailleurs.example/", "/"},
	{"/\\ailleurs.example", "/"},
	{"/\t/ailleurs.example", "/"},
	{"/\n/ailleurs.example", "/"},
	{"https://ailleurs.example/", "/"},
	{"javascript:alert(1)", "/"},
	{"/%zz", "/"},
	{"/" + strings.Repeat("a", 600), "/"},
}

func TestSafePath(t *testing.T) {
	for _, test := range paths {
		if got := page.SafePath(test.next); got != test.want {
			t.Errorf("SafePath(%q) = %q, want %q", test.next, got, test.want)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/signin?next=//ailleurs.example", nil)
	if got := page.Next(r); got != "/" {
		t.Errorf("Next = %q", got)
	}
}

func FuzzSafePath(f *testing.F) {
	for _, test := range paths {
		f.Add(test.next)
	}
	base, err := url.Parse("https://territoire.example/la-criee/")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		path := page.SafePath(next)
		for _, root := range []string{"", "/la-criee"} { // as v.Link puts it
			u, err := base.Parse(root + path)
			if err != nil || u.Host != base.Host || u.Scheme != base.Scheme || strings.HasPrefix(root+path, "//") {
				t.Errorf("SafePath(%q) = %q leads to %v (%v)", next, path, u, err)
			}
		}
	})
}

func TestReadForm(t *testing.T) {
	sent := url.Values{"title": {"  Le\u0000 bac \r\n"}, "text": {"Un\r\nDeux\x07"}, "tags": {"a", " ", "b"}, "bad": {"\xff"}, "other": {"x"}}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(sent.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := page.ReadForm(r)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"title": "Le bac", "text": "Un Deux", "bad": "\uFFFD", "missing": ""} {
		if got := f.Line(name); got != want {
			t.Errorf("Line(%s) = %q, want %q", name, got, want)
		}
	}
	if got := f.Text("text"); got != "Un\nDeux" {
		t.Errorf("Text = %q", got)
	}
	if diff := cmp.Diff([]string{"a", "b"}, f.All("tags")); diff != "" || !f.Has("other") || f.Has("missing") {
		t.Errorf("All: %s", diff)
	}
	if diff := cmp.Diff([]string{"a", " ", "b"}, f.Values("tags")); diff != "" {
		t.Errorf("Values: %s", diff)
	}
}

func TestReadFormWithFiles(t *testing.T) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, content := range map[string]string{"bac.png": "pixels", "": ""} {
		part, err := m.CreateFormFile("pictures", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.WriteField("title", "Le bac"); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	f, err := page.ReadForm(r)
	if err != nil {
		t.Fatal(err)
	}
	if files := f.Files("pictures"); len(files) != 1 || files[0].Filename != "bac.png" || f.Line("title") != "Le bac" {
		t.Errorf("files %v, title %q", files, f.Line("title"))
	}
}

func TestWelcome(t *testing.T) {
	_, _, b := criee(t)
	b.House.Gate = &pow.Gate{Key: []byte("0123456789abcdef"), Difficulty: 4}
	b.House.Limits.Bare = ratelimit.New(ratelimit.Rate{Burst: 1, Every: time.Minute}, b.House.Now)
	welcome := func(sent url.Values) error {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/write", strings.NewReader(sent.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		f, err := page.ReadForm(r)
		if err != nil {
			t.Fatal(err)
		}
		return b.Visit(t, r).Welcome(f)
	}
	if err := welcome(url.Values{"website": {"https://abonnes.example"}}); press.KindOf(err) != press.Invalid {
		t.Errorf("a filled trap: %v", err)
	}
	for range 3 { // work done: no limit
		challenge := b.House.Gate.Challenge()
		if err := welcome(url.Values{"website": {""}, "pow": {challenge}, "pow_nonce": {pow.Solve(challenge)}}); err != nil {
			t.Errorf("after the work: %v", err)
		}
	}
	if err := welcome(url.Values{"pow": {b.House.Gate.Challenge()}}); err != nil {
		t.Errorf("without JavaScript: %v", err)
	}
	if err := welcome(url.Values{}); press.KindOf(err) != press.TooMany {
		t.Errorf("without JavaScript, too often: %v", err)
	}
}

func TestSessionCookie(t *testing.T) {
	_, _, b := criee(t)
	b.House.Addresses.Base = "https://territoire.example/ecrire"
	v := b.Visit(t, request(t, "/"))
	v.Host = "/ecrire"
	w := httptest.NewRecorder()
	v.OpenSession(w, "secret", pagetest.Now.Add(time.Hour))
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/ecrire/" {
		t.Errorf("cookie %s", c)
	}
	r := request(t, "/")
	r.AddCookie(c)
	if got := page.SessionToken(r); got != "secret" {
		t.Errorf("token %q", got)
	}
	w = httptest.NewRecorder()
	v.CloseSession(w)
	if c := w.Result().Cookies()[0]; c.MaxAge >= 0 || c.Path != "/ecrire/" {
		t.Errorf("cookie %s", c)
	}
}
