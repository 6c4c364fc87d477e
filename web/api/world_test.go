package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"bourgeon/kit/pagecache"
	"bourgeon/press"
	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const base = "http://localhost:8080/api/v1"

// world is a town whose every answer to a program is held against the document.
type world struct {
	*walktest.Town
	t        *testing.T
	document map[string]any
	schemas  *jsonschema.Compiler
}

func newWorld(t *testing.T, with ...func(*press.Site)) *world {
	t.Helper()
	w := &world{Town: walktest.NewTown(t, with...), t: t}
	w.House.Cache = pagecache.New(1 << 20)
	answer := httptest.NewRecorder()
	w.Handler().ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, base+"/openapi.json", nil))
	w.document = parse(t, answer.Body.Bytes()).(map[string]any)
	w.schemas = jsonschema.NewCompiler()
	w.schemas.AssertFormat()
	if err := w.schemas.AddResource("openapi.json", w.document); err != nil {
		t.Fatal(err)
	}
	return w
}

func parse(t *testing.T, b []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("no JSON: %v: %.200s", err, b)
	}
	return v
}

// client is a program, with a token or without.
type client struct {
	*world
	token  string
	accept string
}

func (w *world) reader() client { return client{world: w} }

// with is a client with a new token of somebody's.
func (w *world) with(v press.Viewer, site press.SiteID, scopes ...press.Scope) (client, press.AccessToken) {
	w.t.Helper()
	token, err := w.Door.Make(w.t.Context(), v, press.AccessToken{Name: "essai", Scopes: scopes, Site: site}, 24*time.Hour)
	if err != nil {
		w.t.Fatal(err)
	}
	return client{world: w, token: token.Secret}, token
}

// answer is what came back.
type answer struct {
	*http.Response
	t    *testing.T
	body []byte
}

// ask sends a request, headers by pairs, and holds the answer against the document.
func (c client) ask(method, path string, body any, headers ...string) answer {
	c.t.Helper()
	var sent io.Reader
	kind := ""
	switch b := body.(type) {
	case nil:
	case io.Reader:
		sent = b
	default:
		encoded, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		sent, kind = bytes.NewReader(encoded), "application/json"
	}
	r := httptest.NewRequestWithContext(c.t.Context(), method, strings.TrimPrefix(path, "http://localhost:8080"), sent)
	if strings.HasPrefix(path, "/") {
		r = httptest.NewRequestWithContext(c.t.Context(), method, base+path, sent)
	}
	r.Host = "localhost:8080"
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.accept != "" {
		r.Header.Set("Accept-Language", c.accept)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	a := answer{w.Result(), c.t, w.Body.Bytes()}
	c.hold(method, strings.TrimPrefix(r.URL.Path, "/api/v1"), a)
	return a
}

func (c client) get(path string, headers ...string) answer {
	c.t.Helper()
	return c.ask(http.MethodGet, path, nil, headers...)
}

// want ends the test unless the answer has a status.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.StatusCode != status {
		a.t.Fatalf("answered %d, want %d: %s", a.StatusCode, status, a.body)
	}
	return a
}

// into reads the body.
func into[T any](a answer) T {
	a.t.Helper()
	var v T
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.t.Fatalf("%v: %s", err, a.body)
	}
	return v
}

// next is the link to the following page, "" at the end.
func (a answer) next() string { return a.link("next") }

func (a answer) link(rel string) string {
	for link := range strings.SplitSeq(a.Header.Get("Link"), ", ") {
		address, parameters, _ := strings.Cut(link, ">; ")
		if parameters == fmt.Sprintf("rel=%q", rel) {
			return strings.TrimPrefix(address, "<")
		}
	}
	return ""
}

// hold fails the test unless the document describes an answer as it is.
func (c client) hold(method, path string, a answer) {
	c.t.Helper()
	template, item := c.described(path)
	operation, known := item[strings.ToLower(method)].(map[string]any)
	if method == http.MethodHead {
		operation, known = item["get"].(map[string]any)
	}
	if !known { // nothing there, or not in this way: a problem all the same
		if a.StatusCode != http.StatusNoContent && a.StatusCode < 400 {
			c.t.Errorf("%s %s is served and not described", method, path)
		}
		if a.StatusCode >= 400 && method != http.MethodHead {
			c.valid(a, "#/components/schemas/Problem")
		}
		return
	}
	if method == http.MethodHead {
		return
	}
	responses := operation["responses"].(map[string]any)
	status := fmt.Sprint(a.StatusCode)
	if _, described := responses[status]; !described {
		status = "default"
		if a.StatusCode < 400 {
			c.t.Errorf("%s %s answered %d, which is not described", method, path, a.StatusCode)
		}
	}
	pointer := "#/paths/" + escape(template) + "/" + strings.ToLower(method) + "/responses/" + status
	response := responses[status].(map[string]any)
	if reference, ok := response["$ref"].(string); ok {
		pointer = reference
		response = c.at(reference).(map[string]any)
	}
	headers, _ := response["headers"].(map[string]any)
	for name := range headers {
		if a.Header.Get(name) == "" {
			c.t.Errorf("%s %s: no header %s", method, path, name)
		}
	}
	content, _ := response["content"].(map[string]any)
	if len(content) == 0 {
		if len(a.body) > 0 {
			c.t.Errorf("%s %s: a body that is not described: %s", method, path, a.body)
		}
		return
	}
	kind := a.Header.Get("Content-Type")
	if _, described := content[kind]; !described {
		c.t.Errorf("%s %s: answered %s", method, path, kind)
		return
	}
	c.valid(a, pointer+"/content/"+escape(kind)+"/schema")
}

func (c client) valid(a answer, pointer string) {
	c.t.Helper()
	schema, err := c.schemas.Compile("openapi.json" + pointer)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := schema.Validate(parse(c.t, a.body)); err != nil {
		c.t.Errorf("%s: %#v\n%s", pointer, err, a.body)
	}
}

func escape(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(s)
}

// at follows a reference inside the document.
func (w *world) at(reference string) any {
	var v any = w.document
	for part := range strings.SplitSeq(strings.TrimPrefix(reference, "#/"), "/") {
		v = v.(map[string]any)[part]
	}
	return v
}

// described finds the path of the document that an address is of.
func (w *world) described(path string) (string, map[string]any) {
	for template, item := range w.document["paths"].(map[string]any) {
		want, got := strings.Split(template, "/"), strings.Split(path, "/")
		if len(want) == len(got) && !slices.ContainsFunc(want, func(part string) bool {
			is := got[slices.Index(want, part)]
			return part != is && !strings.HasPrefix(part, "{")
		}) {
			return template, item.(map[string]any)
		}
	}
	return "", nil
}
