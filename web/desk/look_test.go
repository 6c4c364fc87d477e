package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

func (r *room) look() press.Look {
	r.t.Helper()
	s, err := r.Store.Site(r.t.Context(), press.Itself, r.site.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return s.Look
}

func TestALookIsTriedThenWorn(t *testing.T) {
	r := open(t)
	typed := []string{"model", "gazette", "colour", "#ffee00", "band", "own", "second", "#00aa55", "paper", "tinted", "type", "", "do", "try"}
	for _, path := range []string{"/desk/look", "/desk/look/menu", "/desk/look/front", "/desk/look/sheet", "/desk/look/versions"} {
		status(t, "an animator at "+path, r.get(r.animator, path), http.StatusForbidden)
		status(t, "a steward at "+path, r.get(r.steward, path), http.StatusOK)
	}
	status(t, "no such part", r.get(r.steward, "/desk/look/rien"), http.StatusNotFound)
	status(t, "an animator tries", r.post(r.animator, "/desk/look", typed...), http.StatusForbidden)
	leadsTo(t, r.post(r.steward, "/desk/look", typed...), "/la-criee/desk/look?done=tried")
	if l := r.look(); l.Model != "" {
		t.Errorf("the site wears %+v already", l)
	}
	a := r.get(r.steward, "/desk/look")
	if a.Page.One(t, "#model-gazette").Attr("checked") == "" && !a.Page.Has("#model-gazette[checked]") {
		t.Error("what is tried isn't shown")
	}
	says(t, a, "#palettes", "difficiles à lire")
	says(t, a, "#mirror", "À l’essai")
	leadsTo(t, r.post(r.steward, "/desk/look/wear"), "/la-criee/desk/look/versions?done=worn")
	if l := r.look(); l.Model != press.Gazette || l.Colour != "#ffee00" || l.Second != "#00aa55" || l.Paper != press.Tinted {
		t.Errorf("worn %+v", l)
	}
	a = r.get(r.steward, "/desk/look/versions")
	if n := len(a.Page.All("ol.rows > li")); n != 2 {
		t.Errorf("%d versions", n)
	}
	says(t, a, "ol.rows > li", "Soraya Benali")
	leadsTo(t, r.post(r.steward, "/desk/look/versions/1"), "/la-criee/desk/look/versions?done=worn")
	if l := r.look(); l.Model != "" {
		t.Errorf("taken back: %+v", l)
	}
	status(t, "no such version", r.post(r.steward, "/desk/look/versions/9"), http.StatusNotFound)
	status(t, "nothing on trial", r.post(r.steward, "/desk/look/wear"), http.StatusConflict)

	bad := r.post(r.steward, "/desk/look", "model", "poster", "colour", "rouge")
	status(t, "a colour that is none", bad, http.StatusUnprocessableEntity)
	if !bad.Page.Has("#colour-error") || !bad.Page.Has("#model-poster[checked]") {
		t.Error("the fault isn't beside its field, or what was chosen is lost")
	}
	leadsTo(t, r.post(r.steward, "/desk/look", "model", "poster", "do", "try"), "/la-criee/desk/look?done=tried")
	leadsTo(t, r.post(r.steward, "/desk/look/drop"), "/la-criee/desk/look?done=untried")
	if !r.get(r.steward, "/desk/look").Page.Has("form[action=/la-criee/desk/look/drop][hidden]") {
		t.Error("still on trial")
	}
}

func TestMenusAreWrittenLineByLine(t *testing.T) {
	r := open(t, func(s *press.Site) { s.Languages = []string{"fr", "br"} })
	lines := []string{
		"menu-1-target", "/section/" + r.section.Slug, "menu-1-label-fr", "", "menu-1-label-br", "",
		"menu-2-target", "/tag/mer", "menu-2-label-fr", "La mer", "menu-2-label-br", "Ar mor",
		"menu-3-target", "", "menu-3-label-fr", "", "foot-1-target", "https://asso.example", "foot-1-label-fr", "L’association",
		"words-fr", "*Écrivez-nous*", "words-br", "",
	}
	leadsTo(t, r.post(r.steward, "/desk/look/menu", append(lines, "do", "up-menu-2")...), "/la-criee/desk/look/menu?done=tried")
	a := r.get(r.steward, "/desk/look/menu")
	if got := a.Page.One(t, "[name=menu-1-label-br]").Attr("value"); got != "Ar mor" {
		t.Errorf("the line moved up is %q", got)
	}
	leadsTo(t, r.post(r.steward, "/desk/look/menu", append(lines, "do", "wear")...), "/la-criee/desk/look/versions?done=worn")
	l := r.look()
	if len(l.Menu) != 2 || l.Menu[1].Label["br"] != "Ar mor" || len(l.Foot) != 1 || !strings.Contains(l.WordsHTML["fr"], "<em>Écrivez-nous</em>") {
		t.Errorf("worn %+v", l)
	}
	says(t, r.get(r.steward, "/desk/sections"), "footer", "L’association")
	bad := r.post(r.steward, "/desk/look/menu", "menu-1-target", "javascript:alert(1)", "menu-1-label-fr", "Piège")
	status(t, "a program", bad, http.StatusUnprocessableEntity)
	if !bad.Page.Has("[name=menu-1-target][aria-invalid]") || bad.Page.One(t, "[name=menu-1-label-fr]").Attr("value") != "Piège" {
		t.Error("the fault isn't beside its field, or what was typed is lost")
	}
}

func TestOwnStylesheetSaysWhatItLeavesOut(t *testing.T) {
	r := open(t)
	sheet := "@import 'x.css';\n.masthead { background: url(https://ailleurs.example/x.png); color: red }"
	leadsTo(t, r.post(r.steward, "/desk/look/sheet", "sheet", sheet, "do", "try"), "/la-criee/desk/look/sheet?done=tried")
	a := r.get(r.steward, "/desk/look/sheet")
	says(t, a, "#sheet", "@import 'x.css';")
	says(t, a, "#left-out", "Ligne 1")
	says(t, a, "#left-out", "Ligne 2")
}

func TestFrontPageIsArrangedInBlocks(t *testing.T) {
	r := open(t)
	front := r.Entry(r.site, "Accueil", press.Published)
	r.site.Front = front.ID
	r.Write(func(tx *store.Tx) error { return tx.UpdateSite(t.Context(), r.site) })
	byHand := append([]string{"do", "try"}, "revision", "1", "piece-1", `::latest{count="5" section="fermee"}`, "piece-2", `::page{slug="brouillon"}`)
	leadsTo(t, r.post(r.steward, "/desk/look/front", byHand...), "/la-criee/desk/look/front?done=tried")
	a := r.get(r.steward, "/desk/look/front")
	for name, want := range map[string]string{"piece-1-count": "5", "piece-1-section": "fermee", "piece-2-slug": "brouillon"} {
		if got := a.Page.One(t, "[name="+name+"] option[selected]").Attr("value"); got != want {
			t.Errorf("%s, chosen by hand, is shown as %q", name, got)
		}
	}
	leadsTo(t, r.post(r.steward, "/desk/look/drop"), "/la-criee/desk/look?done=untried")
	a = r.get(r.steward, "/desk/look/front")
	revision := a.Page.One(t, "[name=revision]").Attr("value")
	typed := []string{"revision", revision, "piece-1", "Bienvenue *ici*.", "piece-2", "::lead", "piece-3", "::latest", "piece-3-section", r.section.Slug, "piece-3-count", "3"}
	leadsTo(t, r.post(r.steward, "/desk/look/front", append(typed, "kind", "writers", "do", "add")...), "/la-criee/desk/look/front?done=tried")
	trial, err := r.Store.LookTrial(t.Context(), r.steward, r.site.ID)
	if want := "Bienvenue *ici*.\n\n::lead\n\n::latest{count=\"3\" section=\"" + r.section.Slug + "\"}\n\n::writers\n"; err != nil || trial.Front != want {
		t.Fatalf("on trial %q, want %q, %v", trial.Front, want, err)
	}
	leadsTo(t, r.post(r.steward, "/desk/look/front", append(typed, "do", "down-1")...), "/la-criee/desk/look/front?done=tried")
	a = r.get(r.steward, "/desk/look/front")
	if got := a.Page.One(t, "[name=piece-1]").Attr("value"); got != "::lead" {
		t.Errorf("first stands %q", got)
	}
	leadsTo(t, r.post(r.steward, "/desk/look/front", append(typed, "do", "drop-3")...), "/la-criee/desk/look/front?done=tried")
	leadsTo(t, r.post(r.steward, "/desk/look/wear"), "/la-criee/desk/look/versions?done=worn")
	e, err := r.Store.Entry(t.Context(), press.Viewer{}, front.ID)
	if err != nil || e.Revision != 2 || !strings.Contains(strings.Join(e.Answers["text"], ""), "Bienvenue *ici*.\n\n::lead\n") {
		t.Errorf("the front page is %+v, %v", e.Answers, err)
	}
	// The arrangement of one who didn't see that change waits for them to look again.
	stale := append([]string{"do", "wear"}, typed...)
	stale[3] = revision
	status(t, "an arrangement of an older front page", r.post(r.steward, "/desk/look/front", stale...), http.StatusConflict)
}
