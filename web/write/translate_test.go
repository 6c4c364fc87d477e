package write_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

// TestTranslating: from an article to its translation, which lead to each other.
func TestTranslating(t *testing.T) {
	town := walktest.NewTown(t, func(s *press.Site) { s.Openness = press.Open })
	e := town.Entry(town.Site, "Le lavoir rouvre", press.Published, storetest.By(town.Person("Odile")), func(e *press.Entry) {
		e.Licence, e.Standfirst = "CC-BY-SA-4.0", "Samedi."
		e.Answers = press.Answers{"title": {e.Title}, "standfirst": {"Samedi."}, "text": {"On y lave\nle linge."}}
	})
	w := town.As(town.Viewer(town.Person("Margaret"))).Go("/" + e.Path()).Want(http.StatusOK)
	if !w.Page.Has(`a[href="/la-criee/` + e.Path() + `/translate"]`) {
		t.Error("nothing leads from the article to its translation")
	}
	w.Go("/" + e.Path() + "/translate").Want(http.StatusOK)
	if w.Page.Has(`option[value=fr]`) {
		t.Error("it is offered in its own language")
	}
	w.Press("main form .button", one("language", "en")).Want(http.StatusOK).Says("français → English", "On y lave")
	if got := w.Page.One(t, "#text").Text(); got != "" {
		t.Errorf("the translation begins with %q", got)
	}
	w.Press(`button[value=preview]`, one("title", "The wash house opens again", "standfirst", "On Saturday.", "text", "One does the washing.")).Want(http.StatusOK)
	draft := strings.TrimSuffix(strings.TrimPrefix(w.Path, "/la-criee"), "/preview")
	w.Go(draft + "/sign").Want(http.StatusOK).Says("Une traduction de « Le lavoir rouvre »")
	if w.Page.Has("[name=source_kind]") {
		t.Error("it asks what is known")
	}
	w.Press("main form .button", one("kind", "name", "name", "Margaret", "charter", "1")).Want(http.StatusOK)

	reader := town.Walker().Go("/" + e.Path()).Want(http.StatusOK)
	link := reader.Page.One(t, ".translations a[hreflang=en]").Attr("href")
	if got := reader.Page.One(t, "link[rel=alternate][hreflang=en]").Attr("href"); !strings.HasSuffix(got, link) {
		t.Errorf("for programs it is at %s, for people at %s", got, link)
	}
	reader.Go(strings.TrimPrefix(link, "/la-criee")).Want(http.StatusOK).Says("The wash house opens again", "Margaret", "Odile")
	if !reader.Page.Has(`.translations a[hreflang=fr]`) || reader.Page.One(t, "h1").Attr("lang") != "en" {
		t.Error("the translation doesn't lead to its original, or hides its language")
	}
	w.Go("/" + e.Path() + "/translate").Want(http.StatusOK)
	if w.Page.Has(`option[value=en]`) || !w.Page.Has("main a[hreflang=en]") {
		t.Error("a second translation into one language is offered")
	}

	closed := town.Entry(town.Site, "Tous droits réservés", press.Published, func(e *press.Entry) { e.Licence = "all-rights-reserved" })
	w.Go("/"+closed.Path()+"/translate").Press("main form .button", one("language", "en")).Want(http.StatusForbidden).Says("Sa licence ne permet pas de traduire")
}

// TestDirection: a text that is written from right to left says so inside a page that isn't.
func TestDirection(t *testing.T) {
	town := walktest.NewTown(t)
	e := town.Entry(town.Site, "السوق", press.Published, func(e *press.Entry) { e.Language, e.Slug = "ar", "souk" })
	w := town.Walker().Go("/" + e.Path()).Want(http.StatusOK)
	if got := w.Page.One(t, "h1").Attr("dir"); got != "rtl" {
		t.Errorf("the title is written %q", got)
	}
	if got := w.Page.One(t, "html").Attr("dir"); got != "ltr" {
		t.Errorf("the page is written %q", got)
	}
}
