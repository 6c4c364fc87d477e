package feeds_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

// sitemap reads an index or a set.
func (w *town) sitemap(address string) (sets, pages []location) {
	w.t.Helper()
	rec := w.askAt(address)
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "application/xml; charset=utf-8" {
		w.t.Fatalf("GET %s: status %d, %s", address, rec.Code, rec.Header().Get("Content-Type"))
	}
	var doc struct {
		Sets  []location `xml:"sitemap"`
		Pages []location `xml:"url"`
	}
	if err := xml.Unmarshal(rec.Body.Bytes(), &doc); err != nil {
		w.t.Fatal(err)
	}
	return doc.Sets, doc.Pages
}

// walk reads a sitemap whole: each page's date by its address, and how many sets it took.
func (w *town) walk(address string) (pages map[string]string, sets int) {
	w.t.Helper()
	pages = map[string]string{}
	all, _ := w.sitemap(address)
	for _, set := range all {
		_, listed := w.sitemap(set.Loc)
		for _, p := range listed {
			if _, twice := pages[p.Loc]; twice {
				w.t.Errorf("%s is listed twice", p.Loc)
			}
			pages[p.Loc] = p.LastMod
			at, under, _ := strings.Cut(set.Loc, "/sitemap/")
			if !strings.HasPrefix(p.Loc, at) || under == "" {
				w.t.Errorf("%s lists %s, which isn't under it", set.Loc, p.Loc)
			}
		}
	}
	return pages, len(all)
}

// TestSitemap walks the network's sitemap and a site's own: all that is public is there and answers, nothing else is.
func TestSitemap(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	port, hidden := w.Section(site, "Vie du port"), w.Person("Personne Cachée")
	e := w.Entry(site, "Au port", press.Published, func(e *press.Entry) {
		e.Section, e.Tags, e.UpdatedAt = port.ID, []string{"Vieux-Port"}, e.PublishedAt.Add(time.Hour)
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignName, Name: "Odile"}}
	})
	w.Entry(site, "Sans nom", press.Published, func(e *press.Entry) {
		e.CreatedBy = hidden.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: hidden.ID}}
	})
	front := w.Entry(site, "Accueil", press.Published, func(e *press.Entry) { e.Form = w.Form(site, "page").ID })
	site.Front = front.ID
	w.Write(func(tx *store.Tx) error { return tx.UpdateSite(t.Context(), site) })
	for _, status := range []press.Status{press.Drafted, press.Proposed, press.Withdrawn, press.Binned, press.Refused} {
		w.Entry(site, "Secret "+string(status), status)
	}
	own := w.Site("estran", func(s *press.Site) { s.Host = "estran.example.org" })
	w.Entry(own, "Sur la grève", press.Published)
	closed := w.Site("ferme", func(s *press.Site) { s.ClosedAt = w.Now() })
	w.Entry(closed, "Fermé", press.Published)

	pages, sets := w.walk("http://localhost:8080/sitemap.xml")
	if sets != 3 {
		t.Errorf("%d sets", sets)
	}
	at := "http://localhost:8080/la-criee"
	for _, path := range []string{
		"/", "/about", "/section/vie-du-port", "/article/", "/tag/vieux-port", "/author/odile", "/archive/2026", "/article/au-port", "/article/sans-nom",
	} {
		if _, ok := pages[at+path]; !ok {
			t.Errorf("%s is missing", path)
		}
	}
	for address := range pages {
		if strings.Contains(address, "secret") || strings.Contains(address, "accueil") || strings.Contains(address, "ferme") || strings.Contains(address, "estran") ||
			strings.Contains(address, "cachee") {
			t.Errorf("%s is listed", address)
		}
		if rec := w.askAt(address); rec.Code != http.StatusOK || strings.Contains(rec.Body.String(), `content="noindex"`) {
			t.Errorf("GET %s: status %d", address, rec.Code)
		}
	}
	if got := pages[at+"/article/au-port"]; got != e.UpdatedAt.UTC().Format(time.RFC3339) {
		t.Errorf("last changed %s, want %v", got, e.UpdatedAt)
	}
	if own, _ := w.walk("http://estran.example.org:8080/sitemap.xml"); !slices.Contains(keys(own), "http://estran.example.org:8080/article/sur-la-greve") {
		t.Errorf("the site on its own domain lists %v", keys(own))
	}
	for _, path := range []string{"/sitemap/x", "/sitemap/zzz.xml", "/la-criee/sitemap/zzz.xml", "/sitemap/" + string(e.ID) + ".xml"} {
		if rec := w.ask(path); rec.Code != http.StatusNotFound {
			t.Errorf("GET %s: status %d", path, rec.Code)
		}
	}
}

// TestProgramsLearnOfTranslations: each format says which other languages say the same.
func TestProgramsLearnOfTranslations(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	e := w.Entry(site, "Le port", press.Published)
	w.Entry(site, "The harbour", press.Published, func(e2 *press.Entry) {
		e2.Language, e2.Provenance = "en", press.Provenance{Kind: press.Translated, Entry: e.ID, Title: "Le port"}
	})
	w.Entry(site, "Adapté", press.Published, func(e2 *press.Entry) {
		e2.Provenance = press.Provenance{Kind: press.Adapted, Entry: e.ID, Title: "Le port"}
	})
	at := "http://localhost:8080/la-criee/article/"
	for path, want := range map[string][]string{
		"/la-criee/feed.atom": {`<link rel="alternate" href="` + at + `the-harbour" type="text/html" hreflang="en" title="The harbour">`, `hreflang="fr" title="Le port">`},
		"/la-criee/feed.rss":  {`<atom:link rel="alternate" href="` + at + `the-harbour" type="text/html" hreflang="en"`},
		"/la-criee/feed.json": {`"url": "` + at + `the-harbour",`, `"language": "en"`},
	} {
		body := w.ask(path).Body.String()
		for _, s := range want {
			if !strings.Contains(body, s) {
				t.Errorf("%s lacks %s:\n%s", path, s, body)
			}
		}
		if strings.Contains(body, `hreflang="fr" title="Adapté"`) {
			t.Errorf("%s takes an adaptation for a translation", path)
		}
	}
	body := w.ask("/la-criee/sitemap/" + string(e.ID) + ".xml").Body.String()
	for _, s := range []string{`<xhtml:link rel="alternate" hreflang="fr" href="` + at + `le-port"/>`, `<xhtml:link rel="alternate" hreflang="en" href="` + at + `the-harbour"/>`} {
		if strings.Count(body, s) != 2 { // beside each of both
			t.Errorf("the sitemap says %d times %s:\n%s", strings.Count(body, s), s, body)
		}
	}
}

func keys(m map[string]string) []string {
	var all []string
	for key := range m {
		all = append(all, key)
	}
	return all
}

// TestSitemapIsCut: beyond a thousand entries, there are several sets, and each entry is in one.
func TestSitemapIsCut(t *testing.T) {
	w := newTown(t)
	site := w.Site("la-criee")
	form := w.Form(site, "brief")
	const entries = 2300
	w.Write(func(tx *store.Tx) error {
		for i := range entries {
			e := press.Entry{
				ID: storetest.ID[press.EntryID](), Site: site.ID, Form: form.ID, Slug: fmt.Sprintf("b-%d", i), Status: press.Published, Revision: 1,
				CreatedAt: storetest.Epoch, UpdatedAt: storetest.Epoch, PublishedAt: storetest.Epoch, Content: press.Content{Language: "fr", Licence: site.Licence},
			}
			if err := tx.InsertEntry(t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	})
	pages, sets := w.walk("http://localhost:8080/la-criee/sitemap.xml")
	found := 0
	for address := range pages {
		if strings.Contains(address, "/brief/b-") {
			found++
		}
	}
	if found != entries || sets != 4 {
		t.Errorf("%d entries in %d sets", found, sets)
	}
}

func TestRobots(t *testing.T) {
	w := newTown(t)
	w.Site("estran", func(s *press.Site) { s.Host = "estran.example.org" })
	for address, want := range map[string][]string{
		"http://localhost:8080/robots.txt": {
			"User-agent: *\n", "Disallow: /desk/\n", "Disallow: /*/desk/\n", "Disallow: /*/draft/\n", "Disallow: /*/search?\n", "\nSitemap: http://localhost:8080/sitemap.xml\n",
		},
		"http://estran.example.org:8080/robots.txt": {"Disallow: /desk/\n", "\nSitemap: http://estran.example.org:8080/sitemap.xml\n"},
	} {
		rec := w.askAt(address)
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("GET %s: status %d", address, rec.Code)
		}
		for _, line := range want {
			if !strings.Contains(rec.Body.String(), line) {
				t.Errorf("%s lacks %q: %s", address, line, rec.Body)
			}
		}
	}
}
