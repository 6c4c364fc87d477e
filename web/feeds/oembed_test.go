package feeds_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bourgeon/kit/htmltest"
	"bourgeon/press"
	"bourgeon/store"
)

type card struct {
	Version string `json:"version" xml:"version"`
	Type    string `json:"type" xml:"type"`
	Title   string `json:"title" xml:"title"`
	Author  string `json:"author_name" xml:"author_name"`
	Page    string `json:"author_url" xml:"author_url"`
	Site    string `json:"provider_name" xml:"provider_name"`
	Width   int    `json:"width" xml:"width"`
	Height  int    `json:"height" xml:"height"`
	HTML    string `json:"html" xml:"html"`
	Thumb   string `json:"thumbnail_url" xml:"thumbnail_url"`
}

// TestOEmbed follows the page's links, as other sites do, to the card in its frame.
func TestOEmbed(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee", func(s *press.Site) { s.Name = "La Criée" })
	e := w.Entry(site, "La criée & <nous>", press.Published, func(e *press.Entry) {
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignName, Name: "Odile"}}
		e.Pictures = []press.Media{w.Picture(site, "port")}
	})
	n := w.page("/la-criee/" + e.Path())
	want := card{
		Version: "1.0", Type: "rich", Title: "La criée & <nous>", Author: "Odile", Page: "http://localhost:8080/la-criee/author/odile", Site: "La Criée",
		Width: 600, Height: 280, Thumb: "http://localhost:8080/media/" + strings.Repeat("b", 64) + ".webp",
	}
	for kind, read := range map[string]func([]byte, any) error{"application/json+oembed": json.Unmarshal, "text/xml+oembed": xml.Unmarshal} {
		rec := w.askAt(n.One(t, "link[type="+kind+"]").Attr("href"))
		if rec.Code != http.StatusOK || rec.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Fatalf("%s: status %d", kind, rec.Code)
		}
		var got card
		if err := read(rec.Body.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, rec.Body)
		}
		frame := htmltest.Parse(t, got.HTML).One(t, "iframe")
		if got.HTML = ""; got != want {
			t.Errorf("%s: %+v, want %+v", kind, got, want)
		}
		if frame.Attr("width") != "600" || frame.Attr("height") != "280" || frame.Attr("title") != e.Title {
			t.Errorf("frame %s", frame)
		}
		shown := w.askAt(frame.Attr("src"))
		policy := shown.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors *") || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script") {
			t.Errorf("policy %q", policy)
		}
		doc := htmltest.Parse(t, shown.Body.String())
		if doc.One(t, "h1 a").Attr("href") != "http://localhost:8080/la-criee/article/la-criee-nous" || doc.Has("script") || !strings.Contains(doc.One(t, ".by").Text(), "Odile") {
			t.Errorf("the card: %s", doc)
		}
	}
	if policy := w.ask("/la-criee/" + e.Path()).Header().Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'self'") {
		t.Errorf("others may frame the page itself: %q", policy)
	}
}

func (w *town) card(query string) (card, int) {
	rec := w.ask("/oembed?" + query)
	var got card
	if rec.Code == http.StatusOK {
		if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
			w.t.Fatal(err)
		}
	}
	return got, rec.Code
}

func TestOEmbedFitsIn(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	e := w.Entry(site, "Au port", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{w.Picture(site, "port")} })
	at := "url=" + url.QueryEscape("http://localhost:8080/la-criee/"+e.Path())
	for query, want := range map[string][2]int{
		"&maxwidth=300&maxheight=200": {300, 200}, "&maxwidth=5000": {600, 280}, "&maxwidth=-1&maxheight=x": {600, 280}, "&maxheight=0": {600, 280},
	} {
		got, _ := w.card(at + query)
		if got.Width != want[0] || got.Height != want[1] || (got.Thumb == "") != (want[0] == 300) {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

func TestOEmbedFindsAndRefuses(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	hidden := w.Person("Personne Cachée")
	e := w.Entry(site, "Au port", press.Published, func(e *press.Entry) {
		e.CreatedBy, e.Credits = hidden.ID, []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: hidden.ID}}
	})
	own := w.Site("estran", func(s *press.Site) { s.Host = "estran.example.org" })
	w.Entry(own, "Sur la grève", press.Published)
	secret := w.Entry(site, "Secret", press.Proposed)
	w.Write(func(tx *store.Tx) error {
		return tx.KeepRedirect(t.Context(), string(site.ID), "article/vieux", "entry", string(e.ID), 1)
	})
	for address, title := range map[string]string{
		"http://localhost:8080/la-criee/article/au-port": "Au port", "http://localhost:8080/la-criee/article/au-port?lang=br#x": "Au port",
		"http://localhost:8080/la-criee/article/vieux": "Au port", "http://estran.example.org:8080/article/sur-la-greve": "Sur la grève",
		"http://localhost:8080/estran/article/sur-la-greve": "Sur la grève",
	} {
		if got, code := w.card("url=" + url.QueryEscape(address)); got.Title != title {
			t.Errorf("%s: status %d, %+v", address, code, got)
		}
	}
	if got, _ := w.card("url=" + url.QueryEscape("http://localhost:8080/la-criee/article/au-port")); got.Author != "Anonyme" || got.Page != "" {
		t.Errorf("somebody anonymous is %q at %q", got.Author, got.Page)
	}
	for query, want := range map[string]int{
		"": 404, "url=https%3A%2F%2Failleurs.example%2Farticle%2Fau-port": 404, "url=http%3A%2F%2Flocalhost%3A8080%2Fla-criee%2F": 404,
		"url=" + url.QueryEscape("http://localhost:8080/la-criee/"+secret.Path()): 404, "url=http%3A%2F%2Flocalhost%3A8080%2Fx%2Farticle%2Fau-port": 404,
		"format=yaml&url=" + url.QueryEscape("http://localhost:8080/la-criee/"+e.Path()): 501,
	} {
		if _, code := w.card(query); code != want {
			t.Errorf("%s: status %d, want %d", query, code, want)
		}
	}
	if rec := w.ask("/la-criee/" + secret.Path() + "/embed"); rec.Code != http.StatusNotFound {
		t.Errorf("the card of what isn't public: status %d", rec.Code)
	}
}
