package reader_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"bourgeon/kit/htmltest"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// everyPage are the addresses of all kinds of public pages, of a site that has
// something on each.
func everyPage(e press.Entry, more ...string) []string {
	path := "/la-criee/" + e.Path()
	return append([]string{
		"/", "/sites", "/about", "/accessibility", "/search?q=secret", "/feed.atom",
		"/feed.rss?full=1", "/feed.json?full=1", "/feeds", "/feeds.opml", "/sitemap.xml", "/sitemap/pages.xml",
		"/oembed?url=http%3A%2F%2Flocalhost%3A8080" + url.QueryEscape(path), "/oembed?format=xml&url=http%3A%2F%2Flocalhost%3A8080" + url.QueryEscape(path),
		"/la-criee/feed.atom?full=1", "/la-criee/feed.rss?full=1", "/la-criee/feed.json?full=1", "/la-criee/feeds", "/la-criee/feeds.opml",
		"/la-criee/sitemap.xml", "/la-criee/sitemap/pages.xml", "/la-criee/sitemap/" + string(e.ID) + ".xml",
		"/la-criee/", "/la-criee/article/", "/la-criee/section/vie-du-port", "/la-criee/tags", "/la-criee/tag/secrets",
		"/la-criee/authors", "/la-criee/archive", "/la-criee/archive/2026", "/la-criee/search?q=secret", "/la-criee/about",
		"/la-criee/charter", "/la-criee/licence", "/la-criee/journal", "/la-criee/accessibility", "/la-criee/feed.atom",
		path, path + "/history", path + "/history/1", path + "/history/2", path + "/diff/1/2", path + "/source.md", path + "/embed", path + "/reuse",
	}, more...)
}

// TestAnonymousMeansAnonymous lets somebody sign without a name, change their
// text, and looks for them everywhere.
func TestAnonymousMeansAnonymous(t *testing.T) {
	w := newTown(t)
	hidden, known := w.Person("Bleuenn Zarkovic"), w.Person("Odile Trebern")
	animator := w.Member("Sterenn Abgrall", press.Animator, w.criee.ID, "")
	e := w.Entry(w.criee, "Un secret", press.Proposed, in(w.port), tagged("Secrets"), func(e *press.Entry) {
		e.CreatedBy = hidden.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: hidden.ID}}
	})
	if err := w.editor.Publish(t.Context(), animator, e.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.amend(w.Viewer(hidden), e.ID, "Un mot", press.Answers{"title": {"Un secret"}, "text": {"Un secret bien gardé."}})
	w.Entry(w.criee, "Autre", press.Published, storetest.By(known))
	entry, err := w.Store.Entry(t.Context(), press.Itself, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	reader := w.as(w.Viewer(known))
	for _, path := range everyPage(entry) {
		for _, who := range []string{"", reader} {
			rec := w.ask(who, path)
			if rec.Code != http.StatusOK {
				t.Errorf("GET %s: status %d", path, rec.Code)
			}
			for _, trace := range []string{"Bleuenn", "bleuenn", "Zarkovic", "zarkovic", hidden.Email, string(hidden.ID), known.Email, "@example.org"} {
				if strings.Contains(rec.Body.String(), trace) {
					t.Errorf("GET %s holds %q", path, trace)
				}
			}
		}
	}
	path := "/la-criee/" + entry.Path()
	wants(t, w.read(path), ".signature", "Anonyme")
	wants(t, w.read(path+"/history"), ".history", "Anonyme")
	if w.read(path).Has(".signature a, .signature .first") {
		t.Error("somebody anonymous has a link or an honour")
	}
}

// spaced finds an ordinary space before a sign that French sets apart, and
// inside quotes.
var spaced = regexp.MustCompile(`[^\s.] [;:!?»]|« `)

// TestFrenchTypography looks at the visible text of every page in French.
func TestFrenchTypography(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	animator := w.Member("Sterenn Abgrall", press.Animator, w.criee.ID, "")
	w.criee.Tagline = "Le port : ses gens !"
	e := w.Entry(w.criee, "La criée", press.Proposed, storetest.By(writer), in(w.port), tagged("Secrets"),
		w.text("Un secret : qui le sait ?", "On dit « oui » ; on pense non !", "Vraiment ? Oui : « non » ; enfin !"))
	if err := w.editor.Publish(t.Context(), animator, e.ID, "Bravo : bienvenue !"); err != nil {
		t.Fatal(err)
	}
	w.amend(w.Viewer(writer), e.ID, "Un mot : deux !", press.Answers{"title": {"Un secret : qui le sait ?"}, "text": {"Non !"}})
	entry, err := w.Store.Entry(t.Context(), press.Itself, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range everyPage(entry, "/la-criee/author/odile-trebern", "/la-criee/search?q=girafe", "/search?q=girafe", "/la-criee/nothing") {
		answer := w.ask("", path)
		if !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") || strings.Contains(path, "/diff/") {
			continue // as written, not as set
		}
		page := htmltest.Parse(t, answer.Body.String())
		for _, text := range append(page.Texts("main"), page.Texts("title")...) {
			if found := spaced.FindString(text); found != "" {
				t.Errorf("%s: %q in %q", path, found, around(text, found))
			}
		}
	}
}

func around(text, found string) string {
	i := strings.Index(text, found)
	return strings.ToValidUTF8(text[max(0, i-40):min(len(text), i+40)], "")
}

// TestFirstVisit holds the first visit of an article to 40 kB and 6 requests,
// its own pictures aside, in every look.
func TestFirstVisit(t *testing.T) {
	w := newTown(t)
	body := strings.Repeat("Tout a commencé par un vélo oublié dans une cave, un samedi de pluie. ", 90) // some 1,200 words
	e := w.Entry(w.criee, "Article", press.Published, in(w.port), tagged("vélo"), w.text("Article", "Le chapeau.", vary(body)),
		storetest.By(w.Person("Odile Trebern")), func(e *press.Entry) { e.Pictures = []press.Media{w.Picture(w.criee, "port")} })
	for _, model := range press.Models {
		t.Run(string(model), func(t *testing.T) {
			w.Write(func(tx *store.Tx) error {
				w.criee.Look.Model = model
				if err := tx.UpdateSite(t.Context(), w.criee); err != nil {
					return err
				}
				return tx.Touch(t.Context(), w.criee.ID)
			})
			firstVisit(t, w, "/la-criee/"+e.Path())
		})
	}
}

func firstVisit(t *testing.T, w *town, path string) {
	t.Helper()
	page := w.ask("", path)
	n := htmltest.Parse(t, page.Body.String())
	total, requests := len(zipped(t, page.Body.Bytes())), 1
	seen := map[string]bool{}
	for selector, attribute := range map[string]string{
		"link[rel=stylesheet]": "href", "link[rel=preload]": "href", "link[rel=icon]": "href", "script[src]": "src",
	} {
		for _, link := range n.All(selector) {
			address := link.Attr(attribute)
			if seen[address] {
				continue
			}
			seen[address] = true
			rec := w.ask("", address)
			if rec.Code != http.StatusOK {
				t.Fatalf("GET %s: status %d", address, rec.Code)
			}
			size := rec.Body.Len()
			if !strings.Contains(address, ".woff2") {
				size = len(zipped(t, rec.Body.Bytes()))
			}
			total, requests = total+size, requests+1
			t.Logf("%6d %s", size, address)
		}
	}
	t.Logf("%6d bytes in %d requests", total, requests)
	if total > 40_000 || requests > 6 {
		t.Errorf("%d bytes in %d requests", total, requests)
	}
	if page.Header().Get("Set-Cookie") != "" {
		t.Error("a reader gets a cookie")
	}
}

// vary keeps a text from being compressed better than prose is.
func vary(s string) string {
	words := strings.Fields(s)
	for i := range words {
		words[i] += string(rune('a'+i*7%26)) + string(rune('a'+i*11%23)) + string(rune('a'+i/26%26))
	}
	return strings.Join(words, " ")
}

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestStrangeQueries sends what nobody types.
func TestStrangeQueries(t *testing.T) {
	w := newTown(t)
	e := w.Entry(w.criee, "Texte", press.Published, in(w.port))
	for _, query := range []string{"?before=x", "?after=%00%ff", "?before=" + strings.Repeat("A", 5000), "?lang=xx", "?done=%3Cscript%3E", "?q=%ff%fe"} {
		for _, path := range []string{"/", "/la-criee/", "/la-criee/section/vie-du-port", "/la-criee/journal", "/la-criee/search", "/la-criee/archive/2026", "/la-criee/" + e.Path()} {
			rec := w.ask("", path+query)
			if rec.Code != http.StatusOK || !utf8.Valid(rec.Body.Bytes()) {
				t.Errorf("GET %s%s: status %d", path, query[:min(len(query), 30)], rec.Code)
			}
		}
	}
}
