package reader_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

// TestASiteSpeaksSeveralLanguages reads a site in each of its languages.
func TestASiteSpeaksSeveralLanguages(t *testing.T) {
	w := newTown(t)
	w.criee.Words = map[string]press.SiteWords{"br": {Name: "An Ti-gwerzhañ", Tagline: "Keloù ar porzh", Charter: "x", CharterHTML: "<p>Komzit brav</p>"}}
	w.port.Words = map[string]press.SectionWords{"br": {Name: "Buhez ar porzh", Description: "Ar pezh a c’hoarvez"}}
	w.Write(func(tx *store.Tx) error {
		if err := tx.UpdateSite(t.Context(), w.criee); err != nil {
			return err
		}
		return tx.SaveSection(t.Context(), w.port)
	})
	e := w.Entry(w.criee, "Au port", press.Published, in(w.port), w.text("Au port", "Le chapeau.", "Un texte."))
	for lang, want := range map[string][5]string{
		"fr": {"La Criée", "Vie du port", "", "Vie du port", "La Criée"},
		"br": {"An Ti-gwerzhañ", "Buhez ar porzh", "Keloù ar porzh", "Buhez ar porzh", "An Ti-gwerzhañ"},
		"en": {"La Criée", "Vie du port", "", "Vie du port", "La Criée"},
	} {
		n := w.read("/la-criee/?lang=" + lang)
		wants(t, n, "h1.name", want[0])
		wants(t, n, ".sections a", want[1])
		if want[2] != "" {
			wants(t, n, ".tagline", want[2])
		}
		n = w.read("/la-criee/" + e.Path() + "?lang=" + lang)
		wants(t, n, "header .kicker", want[3])
		wants(t, n, ".colophon cite", want[4])
		wants(t, w.read("/la-criee/section/vie-du-port?lang="+lang), "h1", want[1])
	}
	wants(t, w.read("/la-criee/charter?lang=br"), "main", "Komzit brav")
	wants(t, w.read("/?lang=br"), ".sites h2", "An Ti-gwerzhañ")
	wants(t, w.read("/la-criee/"), ".foot a.meta", "à relire")
	wants(t, w.read("/la-criee/about"), "#languages", "Langues")
}

// TestAFrontPageIsReadInTheReadersLanguage shows the translation of the front page, where there is one.
func TestAFrontPageIsReadInTheReadersLanguage(t *testing.T) {
	w := newTown(t)
	front := w.front("Bienvenue sur le port.")
	w.Entry(w.criee, "Degemer", press.Published, w.text("Degemer", "", "Donemat er porzh."), func(e *press.Entry) {
		e.Language, e.Provenance = "br", press.Provenance{Kind: press.Translated, Entry: front.ID, Title: "Accueil"}
	})
	for lang, want := range map[string]string{"fr": "Bienvenue sur le port.", "br": "Donemat er porzh.", "en": "Bienvenue sur le port."} {
		wants(t, w.read("/la-criee/?lang="+lang), "main", want)
	}
}

// TestATextFromRightToLeft says its direction wherever it stands among others.
func TestATextFromRightToLeft(t *testing.T) {
	w := newTown(t)
	e := w.Entry(w.criee, "صباح الميناء", press.Published, in(w.port), w.text("صباح الميناء", "ثلاثون عاما", "كان الصيادون يصلون قبل الفجر."), func(e *press.Entry) {
		e.Language, e.Slug = "ar", "sabah"
	})
	for path, selector := range map[string]string{"/la-criee/" + e.Path(): ".prose", "/la-criee/": "h2 a", "/la-criee/section/vie-du-port": "h2 a"} {
		found := false
		for _, n := range w.read(path).All(selector) {
			if n.Attr("lang") == "ar" {
				found = true
				if n.Attr("dir") != "rtl" {
					t.Errorf("%s: %s", path, n.String())
				}
			}
		}
		if !found {
			t.Errorf("%s has no text in Arabic at %s", path, selector)
		}
	}
	if body := w.status("/la-criee/"+e.Path(), http.StatusOK).Body.String(); !strings.Contains(body, `<html lang="fr" dir="ltr"`) {
		t.Error("the page around it isn't French")
	}
}
