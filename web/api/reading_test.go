package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

type storeTx = store.Tx

func selection(status press.Status) store.Selection {
	return store.Selection{Statuses: []press.Status{status}}
}

func byOdile(p press.Person) func(*press.Entry) { return storetest.By(p) }

type page struct {
	Data []struct {
		ID, Title, Status, URL string
		Deleted                bool
		Answers                map[string][]string
		HTML                   map[string]string
	}
	Cursor string
	More   bool
}

func (p page) titles() []string {
	var all []string
	for _, one := range p.Data {
		all = append(all, one.Title)
	}
	return all
}

func TestFilters(t *testing.T) {
	w := newWorld(t)
	odile, other := w.Person("Odile"), w.World.Site("estran")
	port := w.Section(w.Site, "Vie du port")
	w.Entry(w.Site, "un", press.Published, byOdile(odile), func(e *press.Entry) { e.Section, e.Tags = port.ID, []string{"Marché"} })
	two := w.Entry(w.Site, "deux", press.Published, func(e *press.Entry) { e.Language, e.Licence = "br", "CC0-1.0" })
	w.Entry(other, "trois", press.Published)
	w.Entry(w.Site, "quatre", press.Proposed, byOdile(odile))
	w.Entry(w.Site, "cinq", press.Published, func(e *press.Entry) { e.Form = w.Form(w.Site, "page").ID })
	after := two.PublishedAt.UTC().Format("2006-01-02T15:04:05Z")
	mine, _ := w.with(w.Viewer(odile), "", press.ScopeRead)
	for _, test := range []struct {
		query string
		c     client
		want  []string
	}{
		{"", w.reader(), []string{"trois", "deux", "un"}},
		{"?site=la-criee", w.reader(), []string{"deux", "un"}},
		{"?site=la-criee&section=vie-du-port", w.reader(), []string{"un"}},
		{"?tag=marche", w.reader(), []string{"un"}},
		{"?author=odile", w.reader(), []string{"un"}},
		{"?language=br", w.reader(), []string{"deux"}},
		{"?licence=CC0-1.0", w.reader(), []string{"deux"}},
		{"?form=page", w.reader(), []string{"cinq"}},
		{"?since=" + after, w.reader(), []string{"trois", "deux"}},
		{"?until=" + after, w.reader(), []string{"un"}},
		{"?q=deux", w.reader(), []string{"deux"}},
		{"?tag=nulle-part", w.reader(), nil},
		{"?status=published", w.reader(), []string{"trois", "deux", "un"}},
		{"?mine=true", mine, []string{"un", "quatre"}},
		{"?status=proposed", mine, []string{"quatre"}},
	} {
		got := into[page](test.c.get("/entries" + test.query).want(http.StatusOK)).titles()
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.query, got, test.want)
		}
	}
	for _, query := range []string{"mine=true", "status=proposed", "status=published,draft"} {
		w.reader().get("/entries?" + query).want(http.StatusUnauthorized)
	}
	one := into[page](w.reader().get("/entries?fields=title,answers").want(http.StatusOK)).Data[0]
	if one.Answers["text"][0] == "" || one.URL != "" || one.ID == "" {
		t.Errorf("the members asked for: %+v", one)
	}
}

func TestTranslations(t *testing.T) {
	w := newWorld(t)
	e := w.Entry(w.Site, "Le port", press.Published)
	en := w.Entry(w.Site, "The harbour", press.Published, func(other *press.Entry) {
		other.Language, other.Provenance = "en", press.Provenance{Kind: press.Translated, Entry: e.ID, Title: "Le port"}
	})
	for id, want := range map[press.EntryID]string{e.ID: "The harbour", en.ID: "Le port"} {
		for _, path := range []string{"/entries/" + string(id), "/entries?fields=translations"} {
			body := string(w.reader().get(path).want(http.StatusOK).body)
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s: %s", path, want, body)
			}
		}
	}
}

func TestBadRequests(t *testing.T) {
	w := newWorld(t)
	for _, query := range []string{
		"nothing=1", "limit=0", "limit=101", "limit=x", "site=nulle-part", "section=port", "site=la-criee&section=nulle-part",
		"author=personne", "licence=WTFPL", "since=hier", "status=lost", "fields=title,secret", "cursor=%21", "q=%3F", "mine=yes",
		"form=a&form=b", "lang=xx", "q=" + strings.Repeat("a", 400),
	} {
		a := w.reader().get("/entries?" + query).want(http.StatusBadRequest)
		p := into[struct {
			Errors []struct{ Parameter, Detail string }
		}](a)
		name, _, _ := strings.Cut(query[strings.LastIndex(query, "&")+1:], "=")
		if len(p.Errors) != 1 || p.Errors[0].Parameter != name || p.Errors[0].Detail == "" {
			t.Errorf("%s: %s", query, a.body)
		}
	}
	for path, status := range map[string]int{
		"/nowhere": 404, "/entries/nulle-part": 404, "/people/personne": 404, "/sites/nulle-part": 404, "/media/nulle-part": 404, "/me": 401,
	} {
		w.reader().get(path).want(status)
	}
	a := w.reader().ask(http.MethodDelete, "/entries", nil).want(http.StatusMethodNotAllowed)
	if got := a.Header.Get("Allow"); got != "GET, HEAD, POST" {
		t.Errorf("Allow: %s", got)
	}
	french, english := client{world: w, accept: "fr"}, client{world: w, accept: "en"}
	if f, e := french.get("/nowhere"), english.get("/nowhere"); string(f.body) == string(e.body) || f.Header.Get("Content-Language") != "fr" {
		t.Errorf("both say %s", e.body)
	}
	kind := into[struct{ Type string }](french.get("/nowhere")).Type
	r := httptest.NewRecorder()
	address, anchor, _ := strings.Cut(kind, "#")
	w.Handler().ServeHTTP(r, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	if r.Code != http.StatusOK || !strings.Contains(r.Body.String(), `id="`+anchor+`"`) {
		t.Errorf("the type %s leads to %d", kind, r.Code)
	}
}

// TestPaging reads all in pages while others are published: everything that was there is read once.
func TestPaging(t *testing.T) {
	w := newWorld(t)
	for i := range 7 {
		w.Entry(w.Site, fmt.Sprintf("e%d", i), press.Published, func(e *press.Entry) { e.PublishedAt = storetest.Epoch }) // all at once
	}
	var got []string
	pages := 0
	var last answer
	for next := "/entries?limit=3"; next != ""; pages++ {
		last = w.reader().get(next).want(http.StatusOK)
		got = append(got, into[page](last).titles()...)
		next = last.next()
		w.Entry(w.Site, fmt.Sprintf("new%d", pages), press.Published)
		w.Write(func(tx *storeTx) error { return tx.Touch(t.Context(), w.Site.ID) })
	}
	slices.Sort(got)
	if want := []string{"e0", "e1", "e2", "e3", "e4", "e5", "e6"}; !slices.Equal(got, want) || pages != 3 {
		t.Errorf("read %v in %d pages", got, pages)
	}
	back := w.reader().get(last.link("prev")).want(http.StatusOK)
	if n := len(into[page](back).Data); n != 3 || back.next() == "" {
		t.Errorf("the page before has %d, next %q", n, back.next())
	}
	for _, list := range []string{"/people", "/media"} {
		for i := range 3 {
			m := w.Picture(w.Site, fmt.Sprint(i))
			w.Entry(w.Site, fmt.Sprint(list, i), press.Published, byOdile(w.Person(fmt.Sprint("P", i))), func(e *press.Entry) { e.Pictures = []press.Media{m} })
		}
		w.Write(func(tx *storeTx) error { return tx.Touch(t.Context(), w.Site.ID) })
		n := 0
		for next := list + "?limit=2"; next != ""; {
			a := w.reader().get(next).want(http.StatusOK)
			n += len(into[struct{ Data []any }](a).Data)
			next = a.next()
		}
		if n < 3 {
			t.Errorf("%s: %d in all", list, n)
		}
	}
}

func TestConditional(t *testing.T) {
	w, odile := exampleWorld(t)
	program, _ := w.with(odile, "", press.ScopeRead)
	for _, path := range []string{"/sites", "/entries", "/entries/0199c1a0-0000-7000-8000-000000000001", "/changes", "/openapi.json"} {
		for _, c := range []client{w.reader(), program} {
			a := c.get(path).want(http.StatusOK)
			c.get(path, "If-None-Match", a.Header.Get("ETag")).want(http.StatusNotModified)
			if head := c.ask(http.MethodHead, path, nil).want(http.StatusOK); len(head.body) > 0 || head.Header.Get("ETag") != a.Header.Get("ETag") {
				t.Errorf("HEAD %s: %s %s", path, head.Header.Get("ETag"), head.body)
			}
		}
	}
	if a := w.reader().ask(http.MethodHead, "/openapi.json", nil, "Accept-Encoding", "gzip"); a.Header.Get("Content-Encoding") != "gzip" {
		t.Error("not compressed")
	}
	before := w.reader().get("/entries").Header.Get("ETag")
	w.Entry(w.Site, "neuf", press.Published)
	w.Write(func(tx *storeTx) error { return tx.Touch(t.Context(), w.Site.ID) })
	if w.reader().get("/entries").Header.Get("ETag") == before {
		t.Error("an old list after a publication")
	}
	html := into[struct{ HTML map[string]string }](w.reader().get("/entries/0199c1a0-0000-7000-8000-000000000001")).HTML["text"]
	if html != `<p><a href="http://localhost:8080/la-criee/x">x</a></p>` {
		t.Errorf("addresses in a text: %s", html)
	}
}

// TestAnonymous reads everything that the API says, and finds nothing that leads from a text to who hides.
func TestAnonymous(t *testing.T) {
	w := newWorld(t)
	lou := w.Person("Louise Cachée")
	m := w.Picture(w.Site, "louise-cachee.jpg")
	w.Write(func(tx *storeTx) error { m.UploadedBy = lou.ID; return tx.SaveMedia(t.Context(), m) })
	w.Entry(w.Site, "sans nom", press.Published, func(e *press.Entry) {
		e.CreatedBy, e.Pictures = lou.ID, []press.Media{m}
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: lou.ID}}
	})
	w.Entry(w.Site, "plume", press.Published, func(e *press.Entry) {
		e.CreatedBy = lou.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignPseudonym, Name: "La Mouette", Person: lou.ID}}
	})
	w.Entry(w.Site, "brouillon", press.Proposed, byOdile(lou))
	stranger, _ := w.with(w.Viewer(w.Person("Dom")), "", press.Scopes...)
	for _, c := range []client{w.reader(), stranger} {
		for _, path := range []string{"/entries?fields=" + everyMember(w), "/changes", "/people", "/people/la-mouette", "/media", "/media/" + string(m.ID), "/sites/la-criee/tags", "/entries?q=plume"} {
			a := c.get(path).want(http.StatusOK)
			for _, secret := range []string{string(lou.ID), lou.Email, "Louise", "louise", "pseudonym", "brouillon"} {
				if strings.Contains(string(a.body), secret) {
					t.Errorf("%s tells %q: %s", path, secret, a.body)
				}
			}
		}
		c.get("/people/louise-cachee").want(http.StatusNotFound)
		c.get("/entries?author=louise-cachee").want(http.StatusBadRequest)
	}
}

func everyMember(w *world) string {
	var all []string
	for _, name := range w.at("#/components/parameters/fields/schema/items/enum").([]any) {
		all = append(all, name.(string))
	}
	return strings.Join(all, ",")
}
