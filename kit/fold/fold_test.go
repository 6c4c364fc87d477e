package fold

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"L’Été à Brest", "l ete a brest"},
		{"E\u0301te\u0301", "ete"},
		{"Cœur, ÆTHER et Straße", "coeur aether et strasse"},
		{"aujourd'hui / aujourd’hui", "aujourd hui aujourd hui"},
		{"sous-sol – sous‑sol", "sous sol sous sol"},
		{"ﬁn m² Ⅷ", "fin m2 viii"},
		{"coo\u00adpérer", "cooperer"},
		{"  « Bonjour !  » ", "bonjour"},
		{"ΣΊΣΥΦΟΣ", "σισυφοσ"},
		{"हिन्दी", "हिन्दी"},
		{"한국", "한국"},
		{"…", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Text(tt.in); got != tt.want {
			t.Errorf("Text(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	if diff := cmp.Diff([]string{"l", "ete", "2026"}, Words("L’été 2026 !")); diff != "" {
		t.Error(diff)
	}
	if got := Words(" ! "); got != nil {
		t.Errorf("Words of punctuation = %q, want nil", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"L’Été", "Straße İı", "e\u0301\u00ad", "\xff", "ẞ ﬁ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Text(s)
		if again := Text(got); again != got {
			t.Errorf("not idempotent: %q, %q, %q", s, got, again)
		}
		if strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
			t.Errorf("Text(%q) = %q has stray spaces", s, got)
		}
	})
}
