package reader_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestFrontWithoutText(t *testing.T) {
	w := newTown(t)
	n := w.read("/la-criee/")
	wants(t, n, "h1.name", "La Criée")
	wants(t, n, "main .empty h2", "Rien n’a encore paru ici.")
	if !n.Has(".band a.write[href=/la-criee/write]") {
		t.Error("no invitation to write")
	}

	writer := w.Person("Odile Trebern")
	for i := range 9 {
		w.Entry(w.criee, fmt.Sprintf("Texte %d", i), press.Published, storetest.By(writer), in(w.port))
	}
	w.touch()
	n = w.read("/la-criee/")
	wants(t, n, ".front .lead.bare h2", "Texte 8")
	if got := n.Texts(".front .seconds h3"); !slices.Equal(got, []string{"Texte 7", "Texte 6", "Texte 5"}) {
		t.Errorf("seconds: %q", got)
	}
	wants(t, n, ".stream h2", "Vie du port")
	wants(t, n, ".band .count", "1 personne a écrit ici.")
	if n.Has("main .empty") {
		t.Error("a site with texts says that it is empty")
	}
	once(t, n.Texts("main h2 a, main h3 a"))
}

// once fails when a title stands twice on a page.
func once(t *testing.T, titles []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, title := range titles {
		if seen[title] {
			t.Errorf("%q stands twice on the page", title)
		}
		seen[title] = true
	}
}

func TestFrontIsAnEntry(t *testing.T) {
	w := newTown(t)
	culture := w.Section(w.criee, "Culture")
	writer := w.Person("Odile Trebern")
	for i := range 6 {
		w.Entry(w.criee, fmt.Sprintf("Port %d", i), press.Published, storetest.By(writer), in(w.port), tagged("Vieux-Port"))
		w.Entry(w.criee, fmt.Sprintf("Culture %d", i), press.Published, in(culture))
	}
	featured := w.Entry(w.criee, "À la une", press.Published, storetest.By(writer), func(e *press.Entry) {
		e.FeaturedAt, e.Debut = w.Now(), true
		e.PublishedAt = storetest.Epoch.AddDate(0, -1, 0) // an old one
	})
	e := w.front("Des mots : bonjour !\n\n::lead\n::latest{count=4}\n::sections{count=2}\n::debuts\n::writers\n::tags\n::nobody-knows-this\n")
	n := w.read("/la-criee/")
	wants(t, n, "main > .prose", "bonjour")
	wants(t, n, ".front .lead h2", featured.Title)
	once(t, n.Texts("main h2 a, main h3 a"))
	if got := len(n.All(".front .seconds .teaser")); got != 3 {
		t.Errorf("%d seconds beside the lead", got)
	}
	wants(t, n, ".people a", "Odile Trebern", featured.Title)
	wants(t, n, "ul.tags", "Vieux-Port")
	if strings.Contains(n.Text(), "nobody-knows-this") || strings.Contains(n.String(), "data-directive") {
		t.Error("an unknown directive left a trace")
	}
	if n.Has("main > .empty") {
		t.Error("the page says that it is empty")
	}

	// The entry's own address is the front page; its history stays reachable.
	rec := w.status("/la-criee/page/accueil", http.StatusFound)
	if got := rec.Header().Get("Location"); got != "/la-criee/" {
		t.Errorf("the front page's entry leads to %s", got)
	}
	wants(t, w.read("/la-criee/page/"+e.Slug+"/history"), "h1", "1 version")
}

func TestLatestOfAPart(t *testing.T) {
	w := newTown(t)
	culture := w.Section(w.criee, "Culture")
	w.Entry(w.criee, "Du port", press.Published, in(w.port))
	w.Entry(w.criee, "De la culture", press.Published, in(culture))
	w.front("::latest{section=culture}\n::latest{form=article}\n::latest{section=nowhere}\n")
	n := w.read("/la-criee/")
	if got := n.Texts("main .stream h3"); !slices.Equal(got, []string{"De la culture", "Du port"}) {
		t.Errorf("streams show %q", got)
	}
	if got := n.Texts("main .stream h2"); !slices.Equal(got, []string{"Culture", "Articles"}) {
		t.Errorf("streams are called %q", got)
	}
}

func TestPortal(t *testing.T) {
	w := newTown(t)
	own := w.Site("estran", func(s *press.Site) { s.Name, s.Host, s.Look.Colour = "L’Estran", "estran.example.org", "#2f6b3a" })
	writer := w.Person("Odile Trebern")
	w.Entry(w.criee, "Au port", press.Published, storetest.By(writer))
	w.Entry(own, "Sur la grève", press.Published, storetest.By(writer))
	w.Entry(own, "Pas encore", press.Proposed, storetest.By(writer))
	n := w.read("/")
	wants(t, n, ".sites h2", "La Criée", "L’Estran")
	wants(t, n, ".sites [data-site=estran] .latest", "Sur la grève", "Odile Trebern")
	wants(t, n, ".stream h3", "Au port", "Sur la grève")
	wants(t, n, ".band .count", "1 personne a écrit ici.")
	if strings.Contains(n.Text(), "Pas encore") {
		t.Error("the portal shows a proposal")
	}
	if got := n.One(t, ".stream [data-site=estran] h3 a").Attr("href"); got != "http://estran.example.org:8080/article/sur-la-greve" {
		t.Errorf("a site on its own domain is linked as %s", got)
	}
	for _, path := range []string{"/sites", "/about", "/accessibility", "/search?q=greve"} {
		w.status(path, http.StatusOK)
	}
	wants(t, w.read("/search?q=greve"), ".rows h2", "Sur la grève")
}

// TestATrialIsForStewards shows the look and the front page on trial to a steward who asks for it, and to nobody else.
func TestATrialIsForStewards(t *testing.T) {
	w := newTown(t)
	w.front("Bienvenue sur le port.")
	trial := press.LookVersion{
		Site: w.criee.ID, Look: press.Look{Model: press.Poster, CSS: ".essai{color:red;}"}, Front: "Essai.", FrontHTML: "<p>Un essai.</p>",
	}
	w.Write(func(tx *store.Tx) error { return tx.SaveLookTrial(t.Context(), trial) })
	steward := w.as(w.Member("Soraya", press.Steward, w.criee.ID, ""))
	animator := w.as(w.Member("Sterenn", press.Animator, w.criee.ID, ""))
	for _, c := range []struct {
		who, query  string
		tried, band bool // the front page on trial; the bar that says so
	}{
		{"", "?look=trial", false, false}, {animator, "?look=trial", false, false}, {steward, "", false, false},
		{steward, "?look=trial", true, true}, {steward, "?look=gazette", false, true}, {steward, "?look=neon", false, false},
	} {
		n := w.readAs(c.who, "/la-criee/"+c.query)
		text := strings.Join(n.Texts("main .prose"), " ")
		if tried := strings.Contains(text, "Un essai."); tried != c.tried || n.Has(".trial") != c.band {
			t.Errorf("%q as %q: front %q, bar %t", c.query, c.who, text, n.Has(".trial"))
		}
		css := w.ask(c.who, n.All("link[rel=stylesheet]")[1].Attr("href")).Body.String()
		if strings.Contains(css, ".essai{") != c.tried {
			t.Errorf("%q as %q: the stylesheet is of another look", c.query, c.who)
		}
	}
}
