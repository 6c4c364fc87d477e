package reader_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store/storetest"
)

// TestFilters narrows a search step by step by the links of the page, and
// takes filters off again.
func TestFilters(t *testing.T) {
	w := newTown(t)
	ana := w.Person("Ana Le Gall")
	w.Entry(w.criee, "Ateliers du port", press.Published, in(w.port), tagged("Mer"), storetest.By(ana), at(time.Date(2025, 5, 1, 9, 0, 0, 0, time.UTC)))
	w.Entry(w.criee, "Un atelier de couture", press.Published, tagged("Mer", "Fil"), at(time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC)))
	w.Entry(w.criee, "Atelar brezhonek", press.Published, func(e *press.Entry) { e.Language = "br" })
	n := w.read("/la-criee/search?q=atelier")
	if got := n.Texts(".hits h2"); !slices.Equal(got, []string{"Ateliers du port", "Un atelier de couture"}) {
		t.Fatalf("found %q", got)
	}
	wants(t, n, "#filters section[data-facet=section]", "Vie du port 1")
	wants(t, n, "#filters section[data-facet=tag]", "Mer 2", "Fil 1")
	wants(t, n, "#filters section[data-facet=year]", "2025 1", "2024 1")
	wants(t, n, "#filters section[data-facet=author]", "Ana Le Gall 1")
	if n.Has("#filters section[data-facet=form]") || n.Has("#filters section[data-facet=site]") {
		t.Error("a facet that would narrow nothing")
	}
	n = w.read(n.One(t, "#filters a[data-value=mer]").Attr("href"))
	n = w.read(n.One(t, "#filters a[data-value=2025]").Attr("href"))
	if got := n.Texts(".hits h2"); !slices.Equal(got, []string{"Ateliers du port"}) {
		t.Errorf("both filters leave %q", got)
	}
	wants(t, n, ".chosen", "Mot-clé Mer", "Année 2025")
	if !n.Has("form input[type=hidden][name=tag][value=mer]") {
		t.Error("other words would lose the filter")
	}
	n = w.read(n.One(t, ".chosen a[data-facet=year]").Attr("href"))
	if got := n.Texts(".hits h2"); len(got) != 2 || n.Has(".chosen a[data-facet=year]") || !n.Has(".chosen a[data-facet=tag]") {
		t.Errorf("without the year: %q", got)
	}
	n = w.read("/la-criee/search?language=br")
	wants(t, n, ".hits h2", "Atelar brezhonek")
	wants(t, n, ".chosen", "Langue Brezhoneg")
	for _, filter := range []string{"section=rien", "tag=rien", "author=rien", "year=abc", "licence=rien", "language=rien", "form=rien"} {
		n = w.read("/la-criee/search?q=atelier&" + filter)
		if n.Has(".hits") || len(n.All(".chosen a")) != 1 || !n.Has(".empty") {
			t.Errorf("%s finds %s", filter, n.One(t, "main"))
		}
	}
}

func TestSearchOnAllSites(t *testing.T) {
	w := newTown(t)
	other := w.Site("autre", func(s *press.Site) { s.Name = "L’autre" })
	closed := w.Site("clos")
	w.Entry(w.criee, "Un atelier ici", press.Published, in(w.port))
	w.Entry(other, "Un atelier ailleurs", press.Published)
	w.Entry(closed, "Un atelier clos", press.Published)
	closed.ClosedAt = w.Now()
	w.close(closed)
	n := w.read("/search?q=atelier")
	if got := n.Texts(".hits h2"); !slices.Equal(got, []string{"Un atelier ailleurs", "Un atelier ici"}) {
		t.Errorf("found %q", got)
	}
	n = w.read(n.One(t, "#filters a[data-value=la-criee]").Attr("href"))
	if got := n.Texts(".hits h2"); !slices.Equal(got, []string{"Un atelier ici"}) {
		t.Errorf("of one site: %q", got)
	}
	wants(t, n, ".chosen", "Site La Criée")
	n = w.read("/search?q=atelier&site=la-criee&section=vie-du-port")
	wants(t, n, ".chosen", "Rubrique Vie du port")
	n = w.read(n.One(t, ".chosen a[data-facet=site]").Attr("href"))
	if len(n.All(".hits li")) != 2 || n.Has(".chosen") {
		t.Error("a section stays when its site is taken off")
	}
	if w.read("/search?q=atelier&site=clos").Has(".hits") {
		t.Error("a closed site is searched")
	}
}

func TestDidYouMean(t *testing.T) {
	w := newTown(t)
	w.Entry(w.criee, "La bibliothèque du port", press.Published)
	n := w.read("/la-criee/search?q=" + url.QueryEscape("biblioteque"))
	wants(t, n, ".guess", "Vouliez-vous dire « bibliothèque » ?")
	n = w.read(n.One(t, ".guess a").Attr("href"))
	wants(t, n, ".hits mark", "bibliothèque")
	if w.read("/la-criee/search?q=girafe").Has(".guess") {
		t.Error("a guess at nothing")
	}
	w.status("/la-criee/search?q=%22&typing=1", http.StatusOK)
}
