package readability

import (
	"strings"
	"testing"
)

func TestMeasure(t *testing.T) {
	for text, want := range map[string]Measures{
		"":              {},
		"Le chat dort.": {Words: 3, Sentences: 1, Syllables: 3, Longest: "Le chat dort.", LongestIn: 3},
		"Bonjour ! Il est 3.5 fois plus grand.\nUn titre": {
			Words: 9, Sentences: 3, Syllables: 10, Longest: "Il est 3.5 fois plus grand.", LongestIn: 6,
		},
		"M. Le Gall vient… puis il part. « Ah ! » dit-il.": {
			Words: 10, Sentences: 2, Syllables: 10, Longest: "M. Le Gall vient… puis il part.", LongestIn: 7,
		},
	} {
		if got := Measure(text, "fr"); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"chat": 1, "bateau": 2, "école": 2, "journée": 2, "marchés": 2, "pommes": 1, "de": 1, "restauration": 4, "42": 1,
	} {
		if got := syllables(word, "fr"); got != want {
			t.Errorf("%s has %d syllables, want %d", word, got, want)
		}
	}
	for word, want := range map[string]int{"table": 2, "house": 1, "the": 1, "reading": 2} {
		if got := syllables(word, "en"); got != want {
			t.Errorf("%s has %d syllables, want %d", word, got, want)
		}
	}
}

func TestEase(t *testing.T) {
	easy := strings.Repeat("Le chat dort sur le lit. Il a bien mangé. ", 8)
	hard := strings.Repeat("L’institutionnalisation progressive de la contractualisation intercommunale des politiques environnementales "+
		"conditionne indubitablement la rationalisation administrative. ", 8)
	e, ok := Measure(easy, "fr").Ease("fr")
	h, okay := Measure(hard, "fr").Ease("fr")
	if !ok || !okay || e < 80 || h > 20 {
		t.Errorf("easy %.0f, hard %.0f", e, h)
	}
	if _, ok := Measure(easy, "br").Ease("br"); ok {
		t.Error("there is no formula for Breton")
	}
	if _, ok := Measure("Trop court.", "fr").Ease("fr"); ok {
		t.Error("three words tell nothing")
	}
}

func FuzzMeasure(f *testing.F) {
	f.Add("« Ah ! » dit-il. M. Le Gall… 3.5\n\nUn titre")
	f.Add("!?…. .")
	f.Fuzz(func(t *testing.T, text string) {
		m := Measure(text, "fr")
		if m.Words < m.Sentences || m.Syllables < m.Words || m.LongestIn > m.Words {
			t.Errorf("%q: %+v", text, m)
		}
	})
}
