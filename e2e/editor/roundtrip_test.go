package editor_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/e2e/browser"
	"bourgeon/kit/markdown"
	"bourgeon/web/page"
)

// bare opens a page that has the editor's module as window.editor, and nothing else.
func bare(t *testing.T) *browser.Tab {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServer(http.Dir("../../web/page/static")))
	mux.HandleFunc("GET /bare", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><html lang="fr"><title>x</title><link rel="icon" href="data:,"><script type="module" src="/bare.js"></script>`))
	})
	mux.HandleFunc("GET /bare.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write([]byte(`import * as editor from "/editor.js"; window.editor = editor; document.body.append("prêt")`))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	tab := browser.Start(t).Tab()
	tab.Open(server.URL + "/bare")
	tab.See("prêt")
	return tab
}

type back struct {
	Text string `json:"text"`
	Raw  int    `json:"raw"`
}

func again(t *testing.T, tab *browser.Tab, texts []string, anew bool) []back {
	t.Helper()
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	out, err := browser.Evaluate[[]back](tab, fmt.Sprintf("%s.map(text => editor.again(text, %v))", in, anew))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func rendered(text string) string {
	return shown(markdown.Render(text, markdown.Options{Image: func(ref string) (markdown.Image, bool) {
		return markdown.Image{Src: "/media/" + ref, Alt: "?", Credit: "Qui"}, ref != "404"
	}}))
}

// TestRoundTrip takes texts of every construct through the editor: a text that nobody touched comes back to the byte, and
// one of which every block is written anew reads the same, and stays as it is the next time.
func TestRoundTrip(t *testing.T) {
	tab := bare(t)
	count := 150
	if n, err := strconv.Atoi(os.Getenv("ROUNDTRIPS")); err == nil {
		count = n
	}
	texts := make([]string, count)
	for i := range texts {
		texts[i] = made(uint64(i))
	}
	untouched, rewritten := again(t, tab, texts, false), again(t, tab, texts, true)
	var anew []string
	raw := 0
	for i := range texts {
		if untouched[i].Text != texts[i] && !strings.Contains(texts[i], "•") { // bullets are made into a list as they are read
			t.Errorf("text %d, untouched, came back otherwise:\n%q\n%q", i, texts[i], untouched[i].Text)
		}
		if rendered(untouched[i].Text) != rendered(texts[i]) {
			t.Errorf("text %d, untouched, became another:\n%s\n----\n%s", i, texts[i], untouched[i].Text)
		}
		anew = append(anew, rewritten[i].Text)
		raw += min(1, rewritten[i].Raw)
		if diff := cmp.Diff(rendered(texts[i]), rendered(rewritten[i].Text)); diff != "" {
			t.Errorf("text %d reads otherwise:\n%s\n----\n%s\n----\n%s", i, texts[i], rewritten[i].Text, diff)
		}
	}
	for i, twice := range again(t, tab, anew, true) {
		if twice.Text != anew[i] {
			t.Errorf("text %d does not settle:\n%s\n----\n%s\n----\n%s", i, texts[i], anew[i], twice.Text)
		}
	}
	t.Logf("%d texts, of which %d with blocks kept as Markdown", count, raw)
}

// TestWeight holds the editor's code, as it is sent, to 250 kB.
func TestWeight(t *testing.T) {
	files, err := page.LoadFiles()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range []string{"editor.js", "editor.css"} {
		r := httptest.NewRequest(http.MethodGet, files.Path(name), nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		if !files.Serve(w, r, name) || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s is sent with %v", name, w.Header())
		}
		total += w.Body.Len()
	}
	if total > 250_000 {
		t.Errorf("the editor weighs %d bytes compressed", total)
	}
	t.Logf("the editor weighs %d bytes compressed", total)
}

// TestUnknownIsKept: what the editor can't show comes back to the byte, whatever is changed around it.
func TestUnknownIsKept(t *testing.T) {
	tab := bare(t)
	const unknown = "[def]:   <https://a.example>  'x'"
	for _, text := range []string{
		":::box\n::latest\n[^1]: within\n:::", "> [^1]: within a quote", ":::", unknown, "- a\n\n      code   \n\n  [x]: /y",
	} {
		got := again(t, tab, []string{"Avant.\n\n" + text + "\n\nAprès."}, true)[0]
		if !strings.Contains(got.Text, text) {
			t.Errorf("%q became %q", text, got.Text)
		}
	}
}
