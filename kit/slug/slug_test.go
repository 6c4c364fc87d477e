package slug

import (
	"regexp"
	"testing"
)

func TestMake(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"Fête de l’été à Brest", 80, "fete-de-l-ete-a-brest"},
		{"Fe\u0302te", 80, "fete"},
		{"Œuvre & cœur, æther, Straße, España", 80, "oeuvre-coeur-aether-strasse-espana"},
		{"Ar c’hoari, C'HWEVRER", 80, "ar-choari-chwevrer"},
		{"C'était hier", 80, "c-etait-hier"},
		{"  --- ", 80, ""},
		{"Привет", 80, ""},
		{"日本 2026", 80, "2026"},
		{"un deux trois", 7, "un-deux"},
		{"un deux trois", 8, "un-deux"},
		{"un deux trois", 6, "un"},
		{"anticonstitutionnellement", 4, "anti"},
		{"un deux", 0, "un-deux"},
		{"ﬁn Ⅷ m²", 80, "fin-viii-m2"},
		{"", 10, ""},
	}
	for _, tt := range tests {
		if got := Make(tt.in, tt.limit); got != tt.want {
			t.Errorf("Make(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}

func FuzzMake(f *testing.F) {
	f.Add("Fête de l’été", 10)
	f.Add("c'h", 1)
	f.Add("\xff-é", 0)
	form := regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		got := Make(s, limit)
		if !form.MatchString(got) {
			t.Errorf("Make(%q) = %q is not a slug", s, got)
		}
		if limit > 0 && len(got) > limit {
			t.Errorf("Make(%q, %d) = %q is too long", s, limit, got)
		}
		if again := Make(got, limit); again != got {
			t.Errorf("Make is not idempotent: %q then %q", got, again)
		}
	})
}
