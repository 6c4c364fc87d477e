package feeds_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"bourgeon/app/editing"
	"bourgeon/kit/feed"
	"bourgeon/kit/pagecache"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

type town struct {
	*storetest.World
	t       *testing.T
	house   *page.House
	handler http.Handler
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{World: storetest.NewWorld(t, storetest.SQLite(t)), t: t}
	w.house = pagetest.NewHouse(t, w.Store.Reader)
	w.house.Cache = pagecache.New(1 << 20)
	handler, err := web.New(web.Config{House: w.house})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = handler
	return w
}

func (w *town) ask(path string, headers ...string) *httptest.ResponseRecorder {
	return w.askAt("http://localhost:8080"+path, headers...)
}

// askAt asks for a whole address.
func (w *town) askAt(address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, address, nil)
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
	f, err := gofeed.NewParser().ParseString(rec.Body.String())
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

func titles(f *gofeed.Feed) []string {
	var all []string
	for _, item := range f.Items {
		all = append(all, item.Title)
	}
	return all
}

// changed is when an item was changed, wherever its format says so.
func changed(t *testing.T, item *gofeed.Item) time.Time {
	t.Helper()
	if item.UpdatedParsed != nil {
		return *item.UpdatedParsed
	}
	at, err := time.Parse(time.RFC3339, item.Extensions["atom"]["updated"][0].Value)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestTalk leads from an item to what is said of it, where something may be said.
func TestTalk(t *testing.T) {
	w := newTown(t)
	talks := w.Site("la-criee", func(s *press.Site) { s.Talk = press.TalkAfter })
	silent := w.Site("muet")
	w.Entry(talks, "On en parle", press.Published)
	w.Entry(silent, "On se tait", press.Published)
	address := "http://localhost:8080/la-criee/talk/article/on-en-parle"
	for _, path := range []string{"/la-criee/feed.", "/feed."} {
		atom, rss := w.ask(path+"atom").Body.String(), w.ask(path+"rss").Body.String()
		for _, want := range []string{
			`<link rel="replies" href="` + address + `" type="text/html">`,
			`<link rel="replies" href="` + address + `/feed.atom" type="application/atom+xml">`,
		} {
			if n := strings.Count(atom, want); n != 1 {
				t.Errorf("%satom has %d times %s", path, n, want)
			}
		}
		for _, want := range []string{`<comments>` + address + `</comments>`, `commentRss>` + address + `/feed.atom</`} {
			if n := strings.Count(rss, want); n != 1 {
				t.Errorf("%srss has %d times %s", path, n, want)
			}
		}
		if strings.Contains(atom+rss, "muet/talk") {
			t.Error("a silent site's items lead to a talk")
		}
	}
	if rec := w.ask("/la-criee/talk/article/on-en-parle/feed.atom"); rec.Code != http.StatusOK {
		t.Errorf("the feed of the talk answers %d", rec.Code)
	}
}

// TestFeeds reads each format by a parser that isn't ours: items, dates, names, licences.
func TestFeeds(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee", func(s *press.Site) { s.Name, s.Tagline = "La Criée", "Le port" })
	port, writer := w.Section(site, "Vie du port"), w.Person("Odile Trebern")
	picture := w.Picture(site, "port")
	editor := &editing.Editor{}
	e := w.Entry(site, "La criée rouvre", press.Published, storetest.By(writer), func(e *press.Entry) {
		e.Section, e.Tags, e.Pictures, e.Licence = port.ID, []string{"Vieux-Port"}, []press.Media{picture}, "CC-BY-4.0"
		e.Standfirst, e.UpdatedAt = "Le chapeau & <b>", e.PublishedAt.Add(time.Hour)
		e.Answers = press.Answers{"title": {e.Title}, "text": {"Voir [ici](/la-criee/tags) et note[^1].\n\n::latest\n\n[^1]: La note."}}
		e.Rendered = editor.Rendered(w.Form(site, "article"), e.Content, nil)
		e.Credits = append(e.Credits, press.Credit{Role: press.Photographer, Kind: press.SignName, Name: "Dom"})
		e.Provenance = press.Provenance{Kind: press.TakenUp, Title: "Ailleurs", URL: "https://ailleurs.example/a?b=1&c=2"}
	})
	secret := w.Person("Personne Cachée")
	w.Entry(site, "Sans nom", press.Published, func(e *press.Entry) {
		e.CreatedBy, e.Language = secret.ID, "br"
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: secret.ID}}
	})
	w.Entry(site, "Pas encore", press.Proposed, storetest.By(secret))
	w.Entry(site, "Accueil", press.Published, func(e *press.Entry) { e.Form = w.Form(site, "page").ID })

	for _, format := range feed.Formats {
		t.Run(string(format), func(t *testing.T) {
			path := "/la-criee/feed." + string(format)
			rec := w.ask(path + "?full=1")
			if got := rec.Header().Get("Content-Type"); got != format.ContentType() {
				t.Errorf("type %s", got)
			}
			raw := rec.Body.String()
			f := w.feed(path + "?full=1")
			if got := titles(f); !slices.Equal(got, []string{"Sans nom", "La criée rouvre"}) {
				t.Fatalf("the feed holds %q", got)
			}
			if f.Title != "La Criée" || f.Language != "fr" || f.FeedLink != "http://localhost:8080"+path+"?full=1" || f.Link != "http://localhost:8080/la-criee/" {
				t.Errorf("feed %q in %q at %q of %q", f.Title, f.Language, f.FeedLink, f.Link)
			}
			if got := f.Items[0].Authors[0].Name; got != "Anonyme" {
				t.Errorf("anonymous: %q", got)
			}
			item := f.Items[1]
			if item.GUID != "urn:uuid:"+string(e.ID) || item.Link != "http://localhost:8080/la-criee/article/la-criee-rouvre" {
				t.Errorf("item %s at %s", item.GUID, item.Link)
			}
			if !item.PublishedParsed.Equal(e.PublishedAt) || !changed(t, item).Equal(e.UpdatedAt) {
				t.Errorf("published %v, changed %v; want %v, %v", item.PublishedParsed, changed(t, item), e.PublishedAt, e.UpdatedAt)
			}
			if item.Authors[0].Name != "Odile Trebern" {
				t.Errorf("author %q", item.Authors[0].Name)
			}
			if got := strings.Join(item.Categories, " "); got != "Vie du port Vieux-Port" {
				t.Errorf("categories %q", got)
			}
			if item.Description != "Le chapeau & <b>" {
				t.Errorf("summary %q", item.Description)
			}
			for _, want := range []string{
				`href="http://localhost:8080/la-criee/tags"`, `src="http://localhost:8080/media/`, `href="http://localhost:8080/la-criee/article/la-criee-rouvre#`,
				"La note.", "Le chapeau &amp; &lt;b&gt;", "Dom (CC BY 4.0)",
			} {
				if !strings.Contains(item.Content, want) {
					t.Errorf("no %s in %s", want, item.Content)
				}
			}
			if strings.Contains(item.Content, "directive") {
				t.Error("a directive is left in the feed")
			}
			if short := w.feed(path).Items[1]; strings.Contains(short.Content, "La note.") || short.Title != item.Title {
				t.Errorf("headlines hold %q", short.Content)
			}
			for _, want := range []string{"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-sa/4.0/", "Dom", "Une image"} {
				if !strings.Contains(raw, want) {
					t.Errorf("no %s in the feed", want)
				}
			}
			for _, p := range []press.Person{writer, secret} {
				if strings.Contains(raw, p.Email) || strings.Contains(raw, string(p.ID)) {
					t.Error("the feed tells who somebody is")
				}
			}
			if strings.Contains(raw, secret.Name) {
				t.Error("the feed names somebody anonymous")
			}
		})
	}

	for query, want := range map[string]string{
		"section=vie-du-port": "La Criée · Vie du port", "tag=vieux-port": "La Criée · Vieux-Port", "form=article": "La Criée · Articles",
		"author=odile-trebern": "La Criée · Odile Trebern",
	} {
		for _, format := range feed.Formats {
			address := "/la-criee/feed." + string(format) + "?" + query
			f := w.feed(address)
			if f.Title != want || f.FeedLink != "http://localhost:8080"+address || f.Link == "http://localhost:8080/la-criee/" {
				t.Errorf("%s is %q at %s of %s", query, f.Title, f.FeedLink, f.Link)
			}
			if !slices.Contains(titles(f), "La criée rouvre") || strings.HasPrefix(query, "form") == (len(f.Items) == 1) {
				t.Errorf("%s holds %q", query, titles(f))
			}
		}
	}
	for _, query := range []string{"section=x", "tag=x", "form=x", "author=x", "author=personne-cachee", "author=secret"} {
		if rec := w.ask("/la-criee/feed.atom?" + query); rec.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", query, rec.Code)
		}
	}
}

// TestStandardPlaces reads what only the parser of one format finds.
func TestStandardPlaces(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	w.Entry(site, "À deux voix", press.Published, func(e *press.Entry) {
		e.Language, e.Pictures = "br", []press.Media{w.Picture(site, "port")}
		e.Credits = []press.Credit{
			{Role: press.Author, Kind: press.SignName, Name: "Odile"}, {Role: press.Author, Kind: press.SignOrganisation, Name: "Les Amis du port"},
			{Role: press.Translator, Kind: press.SignName, Name: "Yann"},
		}
	})
	dc := w.feed("/la-criee/feed.rss").Items[0].DublinCoreExt
	if !slices.Equal(dc.Creator, []string{"Odile", "Les Amis du port"}) || !slices.Equal(dc.Contributor, []string{"Yann"}) ||
		!strings.HasPrefix(dc.Rights[0], "CC BY-SA 4.0 · ") || dc.Language[0] != "br" {
		t.Errorf("Dublin Core: %+v", dc)
	}
	licence := w.feed("/la-criee/feed.rss").Items[0].Extensions["creativeCommons"]["license"][0].Value
	media := w.feed("/la-criee/feed.atom").Items[0].Extensions["media"]["content"][0]
	if licence != "https://creativecommons.org/licenses/by-sa/4.0/" || media.Children["credit"][0].Value != "Dom" || media.Attrs["width"] != "400" {
		t.Errorf("licence %s, picture %+v", licence, media)
	}
	var doc struct {
		Items []struct {
			Terms struct {
				License     string
				Contributor []struct{ Name, Role, URL string }
			} `json:"_dcterms"`
			Image string
		}
	}
	if err := json.Unmarshal(w.ask("/la-criee/feed.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	terms := doc.Items[0].Terms
	if c := terms.Contributor[0]; terms.License != licence || c.Name != "Yann" || c.Role != "translator" || c.URL != "http://localhost:8080/la-criee/author/yann" ||
		!strings.HasPrefix(doc.Items[0].Image, "http://localhost:8080/media/") {
		t.Errorf("JSON Feed: %+v", doc.Items[0])
	}
}

// TestAttachmentsAreEnclosed: podcasts work, and what somebody anonymous recorded names nobody.
func TestAttachmentsAreEnclosed(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	sound := w.Picture(site, "voix")
	sound.ID, sound.Type, sound.Variants, sound.Title = storetest.ID[press.MediaID](), "audio/mpeg", nil, "La voix & le port"
	sound.Maker, sound.Credit = press.MakerUnnamed, ""
	w.Write(func(tx *store.Tx) error { return tx.SaveMedia(t.Context(), sound) })
	w.Entry(site, "À écouter", press.Published, func(e *press.Entry) { e.Attachments = []press.Media{sound} })
	address := "http://localhost:8080/media/" + sound.Hash + "/la-voix-le-port.mp3"
	for _, format := range feed.Formats {
		path := "/la-criee/feed." + string(format) + "?full=1"
		item := w.feed(path).Items[0]
		if len(item.Enclosures) != 1 || item.Enclosures[0].URL != address || item.Enclosures[0].Type != "audio/mpeg" {
			t.Errorf("%s encloses %+v", format, item.Enclosures)
		}
		if raw := w.ask(path).Body.String(); !strings.Contains(raw, "1234") || !strings.Contains(raw, "Anonyme") || !strings.Contains(item.Content, address) {
			t.Errorf("%s: %s", format, raw)
		}
	}
}

func TestFeedOfTheNetwork(t *testing.T) {
	w := newTown(t)
	w.Entry(w.Site("la-criee"), "Au port", press.Published)
	own := w.Site("estran", func(s *press.Site) { s.Host = "estran.example.org" })
	w.Entry(own, "Sur la grève", press.Published)
	for _, format := range feed.Formats {
		f := w.feed("/feed." + string(format))
		if got := titles(f); !slices.Equal(got, []string{"Sur la grève", "Au port"}) {
			t.Errorf("the feed holds %q", got)
		}
		if got := f.Items[0].Link; got != "http://estran.example.org:8080/article/sur-la-greve" {
			t.Errorf("a site of its own domain is at %s", got)
		}
	}
	if raw := w.ask("/feed.rss").Body.String(); !strings.Contains(raw, `<source url="http://estran.example.org:8080/feed.atom">`) {
		t.Errorf("the feed doesn't say whence: %s", raw)
	}
	if rec := w.ask("/feed.atom?section=vie-du-port"); rec.Code != http.StatusNotFound {
		t.Errorf("a section of the network: status %d", rec.Code)
	}
}

// TestFeedIsWalked follows the links "next" to the first entry of all (RFC 5005, section 3).
func TestFeedIsWalked(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	const entries = 65
	for i := range entries {
		w.Entry(site, "Texte "+strconv.Itoa(i), press.Published)
	}
	for _, format := range feed.Formats {
		var walked []string
		pages := 0
		for address := "/la-criee/feed." + string(format) + "?form=article"; address != ""; pages++ {
			raw := w.ask(address).Body.String()
			walked = append(walked, titles(w.feed(address))...)
			address = strings.TrimPrefix(next(t, format, raw), "http://localhost:8080")
		}
		if len(walked) != entries || pages != 3 || walked[0] != "Texte 64" || walked[entries-1] != "Texte 0" {
			t.Errorf("%s: %d entries on %d pages", format, len(walked), pages)
		}
	}
}

// next is the address of the next page, "" on the last.
func next(t *testing.T, format feed.Format, raw string) string {
	t.Helper()
	if format == feed.JSON {
		var doc struct {
			Next string `json:"next_url"`
		}
		if err := json.Unmarshal([]byte(raw), &doc); err != nil {
			t.Fatal(err)
		}
		return doc.Next
	}
	_, rest, found := strings.Cut(raw, `rel="next" href="`)
	if !found {
		return ""
	}
	address, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(address, "&amp;", "&")
}

// TestFeedSpeaksTheSitesLanguage: the machine's language doesn't count, the one asked for does.
func TestFeedSpeaksTheSitesLanguage(t *testing.T) {
	w := newTown(t)
	w.Entry(w.Site("la-criee", func(s *press.Site) { s.Languages = []string{"br", "fr"} }), "Hep anv", press.Published, func(e *press.Entry) {
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous}}
	})
	for query, want := range map[string][2]string{"": {"br", "Dizanv"}, "?lang=fr": {"fr", "Anonyme"}} {
		for _, format := range feed.Formats {
			f := w.feed("/la-criee/feed." + string(format) + query)
			if f.Language != want[0] || f.Items[0].Authors[0].Name != want[1] {
				t.Errorf("%s%s speaks %s: %s", format, query, f.Language, f.Items[0].Authors[0].Name)
			}
		}
	}
}

func TestFeedIsConditional(t *testing.T) {
	w := newTown(t)
	now := pagetest.Now
	w.house.Now = func() time.Time { return now }
	site := w.Site("la-criee")
	w.Entry(site, "Au port", press.Published)
	for _, format := range feed.Formats {
		path := "/la-criee/feed." + string(format)
		first := w.ask(path)
		tag, date := first.Header().Get("ETag"), first.Header().Get("Last-Modified")
		if tag == "" || date == "" {
			t.Fatalf("tag %q, date %q", tag, date)
		}
		now = now.Add(time.Hour) // a kept feed keeps its date
		for name, value := range map[string]string{"If-None-Match": tag, "If-Modified-Since": date} {
			if rec := w.ask(path, name, value); rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
				t.Errorf("%s: status %d, want 304", name, rec.Code)
			}
		}
		w.Write(func(tx *store.Tx) error { return tx.Touch(context.Background(), site.ID) })
		w.Entry(site, "Ensuite "+string(format), press.Published)
		for name, value := range map[string]string{"If-None-Match": tag, "If-Modified-Since": date} {
			if rec := w.ask(path, name, value); rec.Code != http.StatusOK {
				t.Errorf("%s: status %d after a change, want 200", name, rec.Code)
			}
		}
	}
}
