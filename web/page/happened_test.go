package page_test

import (
	"testing"

	"bourgeon/press"
	"bourgeon/web/page"
)

// TestEachDecisionHasItsWords holds that journals tell decisions apart, in each language.
func TestEachDecisionHasItsWords(t *testing.T) {
	catalogue, err := page.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range press.Languages {
		v := &page.Visit{L: catalogue.In(lang)}
		told := map[string]press.EventKind{v.Happened("unheard of"): "unheard of"}
		for _, kind := range press.Decisions {
			words := v.Happened(kind)
			if other, twice := told[words]; twice {
				t.Errorf("%s: %q tells of %s and of %s", lang, words, other, kind)
			}
			told[words] = kind
		}
	}
}
