package feeds_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"bourgeon/app/editing"
	"bourgeon/kit/pagecache"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
	"bourgeon/web/page/pagetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

type town struct {
	*storetest.World
	t       *testing.T
	handler http.Handler
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{World: storetest.NewWorld(t, storetest.SQLite(t)), t: t}
	house := pagetest.NewHouse(t, w.Store.Reader)
	house.Cache = pagecache.New(1 << 20)
	handler, err := web.New(web.Config{House: house})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = handler
	return w
}

func (w *town) ask(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, "http://localhost:8080"+path, nil)
	r.Header.Set("Accept-Language", "fr")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

func (w *town) feed(path string) *gofeed.Feed {
	w.t.Helper()
	rec := w.ask(path)
	if rec.Code != http.StatusOK {
		w.t.Fatalf("GET %s: status %d", path, rec.Code)
	}
	if got := rec.Header().Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		w.t.Errorf("type %s", got)
	}
	feed, err := gofeed.NewParser().ParseString(rec.Body.String())
	if err != nil {
		w.t.Fatal(err)
	}
	return feed
}

func titles(f *gofeed.Feed) []string {
	var all []string
	for _, item := range f.Items {
		all = append(all, item.Title)
	}
	return all
}

func TestAtom(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee", func(s *press.Site) { s.Name, s.Tagline = "La Criée", "Le port" })
	port, writer := w.Section(site, "Vie du port"), w.Person("Odile Trebern")
	picture := w.Picture(site, "port")
	editor := &editing.Editor{}
	e := w.Entry(site, "La criée rouvre", press.Published, storetest.By(writer), func(e *press.Entry) {
		e.Section, e.Tags, e.Pictures = port.ID, []string{"Vieux-Port"}, []press.Media{picture}
		e.Standfirst = "Le chapeau & <b>"
		e.Answers = press.Answers{"title": {e.Title}, "text": {"Voir [ici](/la-criee/tags) et note[^1].\n\n::latest\n\n[^1]: La note."}}
		e.Rendered = editor.Rendered(w.Form(site, "article"), e.Content, nil)
		e.Credits = append(e.Credits, press.Credit{Role: press.Photographer, Kind: press.SignName, Name: "Dom"})
	})
	w.Entry(site, "Sans nom", press.Published, func(e *press.Entry) {
		e.CreatedBy, e.Language = writer.ID, "br"
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: writer.ID}}
	})
	w.Entry(site, "Pas encore", press.Proposed)
	w.Entry(site, "Accueil", press.Published, func(e *press.Entry) { e.Form = w.Form(site, "page").ID })

	f := w.feed("/la-criee/feed.atom")
	if got := titles(f); !slices.Equal(got, []string{"Sans nom", "La criée rouvre"}) {
		t.Fatalf("the feed holds %q", got)
	}
	if f.Title != "La Criée" || f.Language != "fr" || f.FeedLink != "http://localhost:8080/la-criee/feed.atom" {
		t.Errorf("feed %q in %q at %q", f.Title, f.Language, f.FeedLink)
	}
	if got := f.Items[0].Authors[0].Name; got != "Anonyme" {
		t.Errorf("anonymous: %q", got)
	}
	item := f.Items[1]
	if item.GUID != "urn:uuid:"+string(e.ID) || item.Link != "http://localhost:8080/la-criee/article/la-criee-rouvre" {
		t.Errorf("item %s at %s", item.GUID, item.Link)
	}
	if item.Authors[0].Name != "Odile Trebern" {
		t.Errorf("author %q", item.Authors[0].Name)
	}
	if got := strings.Join(item.Categories, " "); got != "Vie du port Vieux-Port" {
		t.Errorf("categories %q", got)
	}
	for _, want := range []string{
		`href="http://localhost:8080/la-criee/tags"`, `src="http://localhost:8080/media/`, `href="http://localhost:8080/la-criee/article/la-criee-rouvre#`,
		"La note.", "Le chapeau &amp; &lt;b&gt;",
	} {
		if !strings.Contains(item.Content, want) {
			t.Errorf("no %s in %s", want, item.Content)
		}
	}
	if strings.Contains(item.Content, "directive") {
		t.Error("a directive is left in the feed")
	}
	raw := w.ask("/la-criee/feed.atom").Body.String()
	for _, want := range []string{"CC BY-SA 4.0", `rel="license"`, `rel="enclosure"`, `xml:lang="br"`, "<contributor>"} {
		if !strings.Contains(raw, want) {
			t.Errorf("no %s in the feed", want)
		}
	}
	if strings.Contains(raw, writer.Email) || strings.Contains(raw, string(writer.ID)) {
		t.Error("the feed tells who somebody is")
	}
	if err := xml.Unmarshal([]byte(raw), new(struct{})); err != nil {
		t.Error(err)
	}

	for query, want := range map[string]string{"section=vie-du-port": "La Criée · Vie du port", "tag=vieux-port": "La Criée · Vieux-Port", "form=article": "La Criée · Articles"} {
		f := w.feed("/la-criee/feed.atom?" + query)
		if f.Title != want || f.FeedLink != "http://localhost:8080/la-criee/feed.atom?"+query {
			t.Errorf("%s is %q at %s", query, f.Title, f.FeedLink)
		}
		if !slices.Contains(titles(f), "La criée rouvre") {
			t.Errorf("%s holds %q", query, titles(f))
		}
	}
	for _, query := range []string{"section=x", "tag=x", "form=x"} {
		if rec := w.ask("/la-criee/feed.atom?" + query); rec.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", query, rec.Code)
		}
	}
}

func TestFeedOfTheNetwork(t *testing.T) {
	w := newTown(t)
	w.Entry(w.Site("la-criee"), "Au port", press.Published)
	own := w.Site("estran", func(s *press.Site) { s.Host = "estran.example.org" })
	w.Entry(own, "Sur la grève", press.Published)
	f := w.feed("/feed.atom")
	if got := titles(f); !slices.Equal(got, []string{"Sur la grève", "Au port"}) {
		t.Errorf("the feed holds %q", got)
	}
	if got := f.Items[0].Link; got != "http://estran.example.org:8080/article/sur-la-greve" {
		t.Errorf("a site of its own domain is at %s", got)
	}
}

func TestFeedIsConditional(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	w.Entry(site, "Au port", press.Published)
	first := w.ask("/la-criee/feed.atom")
	tag := first.Header().Get("ETag")
	if tag == "" {
		t.Fatal("no entity tag")
	}
	if rec := w.ask("/la-criee/feed.atom", "If-None-Match", tag); rec.Code != http.StatusNotModified {
		t.Errorf("status %d, want 304", rec.Code)
	}
	w.Entry(site, "Deuxième", press.Published)
	w.Write(func(tx *store.Tx) error { return tx.Touch(context.Background(), site.ID) })
	if rec := w.ask("/la-criee/feed.atom", "If-None-Match", tag); rec.Code != http.StatusOK {
		t.Errorf("status %d after a change, want 200", rec.Code)
	}
}
