package feeds_test

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bourgeon/kit/htmltest"
	"bourgeon/press"
)

func (w *town) page(path string) htmltest.Node {
	w.t.Helper()
	rec := w.ask(path)
	if rec.Code != http.StatusOK {
		w.t.Fatalf("GET %s: status %d", path, rec.Code)
	}
	return htmltest.Parse(w.t, rec.Body.String())
}

// TestFollow: each link of the page leads to a feed, and each page that has a feed leads there.
func TestFollow(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee", func(s *press.Site) { s.Name, s.Languages = "La Criée", []string{"fr", "br"} })
	port := w.Section(site, "Vie du port")
	e := w.Entry(site, "Au port", press.Published, func(e *press.Entry) {
		e.Section, e.Tags = port.ID, []string{"Vieux-Port"}
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignName, Name: "Odile"}}
	})
	doc := w.page("/la-criee/feeds")
	if got := doc.One(t, "h1").Text(); got != "Suivre La Criée" {
		t.Errorf("title %q", got)
	}
	if got := doc.One(t, "code").Text(); got != "http://localhost:8080/la-criee/feed.atom" {
		t.Errorf("address %q", got)
	}
	if got := doc.Texts(".feeds dt"); !slices.Equal(got, []string{"La Criée", "Français", "Brezhoneg", "Vie du port", "Articles", "Brèves", "Vieux-Port"}) {
		t.Errorf("feeds %q", got)
	}
	for _, link := range doc.All(".feeds a") {
		if !strings.HasSuffix(link.Attr("href"), "=br") && !strings.HasSuffix(link.Attr("href"), "=brief") && len(w.feed(link.Attr("href")).Items) != 1 {
			t.Errorf("%s holds something else", link.Attr("href"))
		}
	}
	whole := w.page(doc.One(t, "main a[rel=nofollow]").Attr("href"))
	if got := whole.One(t, "code").Text(); !strings.HasSuffix(got, "/feed.atom?full=1") {
		t.Errorf("address of whole texts %q", got)
	}

	for path, query := range map[string]string{
		"section/vie-du-port": "section=vie-du-port", "tag/vieux-port": "tag=vieux-port", "article/": "form=article", "author/odile": "author=odile",
		e.Path(): "", "": "",
	} {
		at := w.page("/la-criee/" + path)
		for format, kind := range map[string]string{"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"} {
			own := at.All("link[rel=alternate][type=" + kind + "]")[0].Attr("href")
			if own != strings.TrimSuffix("/la-criee/feed."+format+"?"+query, "?") {
				t.Errorf("/%s offers %s", path, own)
			}
			w.feed(own)
		}
		if !at.Has(`.foot a[href="/la-criee/feeds"]`) {
			t.Errorf("/%s doesn't lead to the feeds", path)
		}
		if query == "" {
			continue
		}
		about := w.page(at.One(t, "main a[href^=/la-criee/feeds]").Attr("href"))
		if got := about.One(t, "code").Text(); got != "http://localhost:8080/la-criee/feed.atom?"+query {
			t.Errorf("/%s is followed at %q", path, got)
		}
	}
	if rec := w.ask("/la-criee/feeds?section=x"); rec.Code != http.StatusNotFound {
		t.Errorf("no such section: status %d", rec.Code)
	}
	if !w.page("/feeds").Has(`main a[href="/la-criee/feeds"]`) || w.page("/").One(t, "link[type=application/atom+xml]").Attr("href") != "/feed.atom" {
		t.Error("the portal doesn't lead to the feeds")
	}
}

type outline struct {
	Text     string    `xml:"text,attr"`
	Type     string    `xml:"type,attr"`
	URL      string    `xml:"xmlUrl,attr"`
	Page     string    `xml:"htmlUrl,attr"`
	Language string    `xml:"language,attr"`
	Outlines []outline `xml:"outline"`
}

func (o outline) feeds() []outline {
	var all []outline
	for _, inner := range o.Outlines {
		if inner.URL != "" {
			all = append(all, inner)
		}
		all = append(all, inner.feeds()...)
	}
	return all
}

// TestOPML asks for each feed of the list.
func TestOPML(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	w.Section(site, "Vie du port")
	w.Site("estran", func(s *press.Site) { s.Host, s.Name = "estran.example.org", "L’Estran & <co>" })
	for path, want := range map[string]int{"/feeds.opml": 12, "/la-criee/feeds.opml": 6} {
		rec := w.ask(path)
		if got := rec.Header().Get("Content-Type"); got != "text/x-opml; charset=utf-8" {
			t.Errorf("type %s", got)
		}
		var list struct {
			Version string  `xml:"version,attr"`
			Body    outline `xml:"body"`
		}
		if err := xml.Unmarshal(rec.Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		feeds := list.Body.feeds()
		if list.Version != "2.0" || len(feeds) != want {
			t.Errorf("%s: version %s, %d feeds: %v", path, list.Version, len(feeds), feeds)
		}
		for _, f := range feeds {
			if f.Type != "rss" || strings.HasSuffix(f.URL, "language=br") != (f.Language == "br") {
				t.Errorf("%+v", f)
			}
			for _, address := range []string{f.URL, f.Page} {
				if rec := w.askAt(address); rec.Code != http.StatusOK {
					t.Errorf("GET %s: status %d", address, rec.Code)
				}
			}
		}
	}
	if !w.page("/feeds").Has("a[href=/feeds.opml]") || !w.page("/la-criee/feeds").Has("a[href=/la-criee/feeds.opml]") {
		t.Error("nothing leads to the lists")
	}
}
