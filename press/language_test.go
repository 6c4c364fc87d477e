package press_test

import (
	"strings"
	"testing"

	"bourgeon/press"
)

func TestIsLanguage(t *testing.T) {
	for tag, want := range map[string]bool{
		"fr": true, "br": true, "pt-BR": true, "zh-Hant-TW": true, "gsw": true,
		"": false, "f": false, "FR": false, "fr_FR": false, `fr" onload="x`: false, "français": false, "fr-" + strings.Repeat("a", 9): false,
	} {
		if got := press.IsLanguage(tag); got != want {
			t.Errorf("%q: %v", tag, got)
		}
	}
}
