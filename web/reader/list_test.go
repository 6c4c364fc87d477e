package reader_test

import (
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

func TestLists(t *testing.T) {
	w := newTown(t)
	writer, elsewhere := w.Person("Odile Trebern"), w.Person("Yann Morvezen")
	other := w.Site("estran")
	w.Entry(w.criee, "Au port", press.Published, storetest.By(writer), in(w.port), tagged("Vieux-Port"))
	w.Entry(w.criee, "Pas public", press.Proposed, storetest.By(writer), in(w.port), tagged("Vieux-Port", "secret"))
	w.Entry(other, "Ailleurs", press.Published, storetest.By(elsewhere))
	for path, selector := range map[string]string{
		"section/vie-du-port": ".kicker", "tag/vieux-port": ".kicker", "author/odile-trebern": ".opening.person .disc.large", "article/": ".rows",
	} {
		n := w.read("/la-criee/" + path)
		if !n.Has(selector) {
			t.Errorf("%s has no %s", path, selector)
		}
		if got := n.Texts(".rows h2"); !slices.Equal(got, []string{"Au port"}) {
			t.Errorf("%s lists %q", path, got)
		}
	}
	wants(t, w.read("/la-criee/section/vie-du-port"), ".opening a[href^=/la-criee/write]", "Écrire dans cette rubrique")
	wants(t, w.read("/la-criee/tags"), "ul.tags", "Vieux-Port")
	wants(t, w.read("/la-criee/authors"), ".people", "Odile Trebern")
	for _, nothing := range []string{
		"author/yann-morvezen", // published elsewhere only
		"author/nobody", "tag/secret", "tag/nothing", "section/nothing", "story/", "archive/1999", "archive/x", "archive/02026",
	} {
		w.status("/la-criee/"+nothing, http.StatusNotFound)
	}
	w.status("/estran/author/yann-morvezen", http.StatusOK)
}

func TestEmptyStates(t *testing.T) {
	w := newTown(t)
	for _, path := range []string{"section/vie-du-port", "article/", "tags", "authors", "archive", "journal"} {
		if !w.read("/la-criee/" + path).Has(".empty h2") {
			t.Errorf("%s does not say what could be there", path)
		}
	}
	for _, path := range []string{"about", "charter", "licence", "accessibility", "search"} {
		if !w.read("/la-criee/" + path).Has("h1") {
			t.Errorf("%s has no heading", path)
		}
	}
}

func TestClosedSection(t *testing.T) {
	w := newTown(t)
	w.Entry(w.criee, "Au port", press.Published, in(w.port))
	w.port.ClosedAt = w.Now()
	w.Write(func(tx *store.Tx) error { return tx.SaveSection(t.Context(), w.port) })
	n := w.read("/la-criee/section/vie-du-port")
	wants(t, n, ".rows h2", "Au port")
	wants(t, n, ".standfirst", "fermée")
	if strings.Contains(n.One(t, "main").String(), "/write") {
		t.Error("a closed section invites to write")
	}
}

// TestPagesStayStable walks through a list while others publish.
func TestPagesStayStable(t *testing.T) {
	w := newTown(t)
	day := storetest.Epoch.AddDate(0, -2, 0)
	for i := range 45 {
		w.Entry(w.criee, fmt.Sprintf("Texte %02d", i), press.Published, in(w.port), at(day.Add(time.Duration(i)*time.Minute)))
	}
	path := "/la-criee/section/vie-du-port"
	var seen, pages []string
	for path != "" {
		pages = append(pages, path)
		n := w.read(path)
		seen = append(seen, n.Texts(".rows h2")...)
		w.Entry(w.criee, "Nouveau "+fmt.Sprint(len(pages)), press.Published, in(w.port))
		w.touch()
		path = ""
		if older := n.All(".pager a[rel=next]"); len(older) == 1 {
			path = older[0].Attr("href")
			if got := n.One(t, "head link[rel=next]").Attr("href"); got != path {
				t.Errorf("the head says %s, the pager %s", got, path)
			}
		}
	}
	if len(pages) != 3 || len(seen) != 45 {
		t.Fatalf("%d pages with %d entries, want 3 with 45", len(pages), len(seen))
	}
	once(t, seen)
	back := w.read(pages[2]).One(t, ".pager a[rel=prev]").Attr("href")
	if got := w.read(back).Texts(".rows h2"); !slices.Equal(got, seen[20:40]) {
		t.Errorf("going back shows %q", got)
	}
}

func TestArchive(t *testing.T) {
	w := newTown(t)
	w.Entry(w.criee, "Réveillon", press.Published, at(time.Date(2024, 12, 31, 23, 30, 0, 0, time.UTC))) // the 1st in Paris
	w.Entry(w.criee, "Mai", press.Published, at(time.Date(2025, 5, 11, 9, 0, 0, 0, time.UTC)))
	w.Entry(w.criee, "Vieux", press.Published, at(time.Date(2023, 5, 11, 9, 0, 0, 0, time.UTC)))
	n := w.read("/la-criee/archive")
	if got := n.Texts(".years a"); !slices.Equal(got, []string{"2025", "2023"}) {
		t.Errorf("years %q", got)
	}
	wants(t, n, ".years", "2 contributions", "1 contribution")
	n = w.read("/la-criee/archive/2025")
	if got := n.Texts(".month h2"); !slices.Equal(got, []string{"mai", "janvier"}) {
		t.Errorf("months %q", got)
	}
	wants(t, n, ".years [aria-current=page]", "2025")
	w.status("/la-criee/archive/2024", http.StatusNotFound)
}

func TestSearch(t *testing.T) {
	w := newTown(t)
	w.Entry(w.criee, "Ce que disent les murs de la Corderie", press.Published, in(w.port),
		w.text("Ce que disent les murs de la Corderie", "", strings.Repeat("Des mots avant. ", 20)+"Un calendrier <script> de l’hiver 1911. "+strings.Repeat("Des mots après. ", 20)))
	w.Entry(w.criee, "Autre", press.Published)
	w.Entry(w.criee, "Corderie en projet", press.Proposed)
	for q, marked := range map[string]string{"corderie": "Corderie", "CORD": "Corderie", "calendrier": "calendrier", "hiver": "hiver"} {
		n := w.read("/la-criee/search?q=" + q)
		if got := n.Texts(".rows h2"); !slices.Equal(got, []string{"Ce que disent les murs de la Corderie"}) {
			t.Errorf("%s finds %q", q, got)
		}
		wants(t, n, ".rows mark", marked)
		wants(t, n, "[role=status]", "1 contribution")
		if n.One(t, "input[type=search]").Attr("value") != q {
			t.Error("what was typed is lost")
		}
	}
	n := w.read("/la-criee/search?q=%3Cscript%3E%20girafe")
	wants(t, n, ".empty h2", "« <script> girafe »")
	if n.Has("main script") || len(n.All(".rows")) > 0 {
		t.Error("nothing was found, and more is shown")
	}
	for _, q := range []string{"", "%20", "%3F%21", strings.Repeat("mot+", 500)} {
		w.status("/la-criee/search?q="+q, http.StatusOK)
	}
}

func TestJournalAndAbout(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	animator := w.Member("Sterenn Abgrall", press.Animator, w.criee.ID, "")
	public := w.Entry(w.criee, "Paru", press.Proposed, storetest.By(writer))
	refused := w.Entry(w.criee, "Une réclame pour des chaussures", press.Proposed, storetest.By(writer))
	if err := w.editor.Publish(t.Context(), animator, public.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := w.editor.Refuse(t.Context(), animator, refused.ID, "C’est une publicité."); err != nil {
		t.Fatal(err)
	}
	n := w.read("/la-criee/journal")
	wants(t, n, ".journal li", "Publié : Paru, par Sterenn Abgrall", "Refusé : une contribution, par Sterenn Abgrall", "C’est une publicité.")
	for _, private := range []string{"chaussures", "Odile"} {
		if strings.Contains(n.One(t, "main").Text(), private) {
			t.Errorf("the journal says %q", private)
		}
	}
	if got := len(n.All(".journal a")); got != 1 {
		t.Errorf("%d links in the journal, want the public entry's", got)
	}
	about := w.read("/la-criee/about")
	wants(t, about, ".prose", "Sterenn Abgrall", "1 personne a écrit ici.")
	if strings.Contains(about.String(), animator.Email) {
		t.Error("the address of an animator is shown")
	}
}
