package terms

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func texts(all []Term) string {
	var words []string
	for _, t := range all {
		if t.Text != "" {
			words = append(words, t.Text)
		}
	}
	return strings.Join(words, " ")
}

// TestSameTerm: forms of one word, however they are typed, are one term.
func TestSameTerm(t *testing.T) {
	for _, tt := range []struct{ language, forms string }{
		{"fr", "atelier ateliers Ateliers ATELIERS"},
		{"fr", "vélo velo vélos VÉLO"},
		{"fr", "école écoles l’école l'ecole d’école"},
		{"fr", "construire construit construisent construisons"},
		{"fr", "partager partage partagez partageait partagera partagé partagée partagées partagés"},
		{"fr", "journal journaux"},
		{"fr", "travail travaux"},
		{"fr", "lieu lieux"},
		{"fr", "idée idées"},
		{"fr", "cœur coeurs"},
		{"fr", "jusqu’été l'été été"},
		{"en", "garden gardens gardening gardened"},
		{"br", "C’hoari c'hoari"},
		{"", "Ker ker"},
	} {
		want := ""
		for form := range strings.FieldsSeq(tt.forms) {
			got := texts(Of(form, tt.language))
			if want == "" {
				want = got
			}
			if got != want || got == "" {
				t.Errorf("%s: %q is %q, want %q", tt.language, form, got, want)
			}
		}
	}
}

func TestOf(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"fr", "Le port et les quais de la ville", "port quai vill"},
		{"fr", "aujourd’hui", "aujourd hui"},
		{"fr", "d’ d", ""},
		{"fr", "L’eau, qu’on n’a pas", "eau"},
		{"en", "The port isn't ours", "port isn our"},
		{"en", "thé", ""},
		{"fr", "thé", "the"},
		{"br", "Ar c’hi hag ar gazh", "ar chi hag ar gazh"},
		{"fr", "m² 1er 2026", "m2 1er 2026"},
		{"fr", "coo\u00adpé\u00adrer", "cooper"},
		{"fr", "½", "12"},
		{"fr", "", ""},
		{"fr", "\xff été \xfe", "ete"},
		{"zz", strings.Repeat("é", 100), strings.Repeat("e", maxTerm)},
	} {
		if got := texts(Of(tt.text, tt.language)); got != tt.want {
			t.Errorf("%s: %q is %q, want %q", tt.language, tt.text, got, tt.want)
		}
	}
}

func TestParse(t *testing.T) {
	word := func(s string) Clause { return Clause{Words: []string{s}} }
	for in, want := range map[string][]Clause{
		"":                      nil,
		" - * \" ":              nil,
		"Vélo":                  {word("velo")},
		"l’école":               {word("ecole")},
		"vélo vélo VELO":        {word("velo")},
		`"la fête"`:             {{Words: []string{"la", "fete"}, Phrase: true}},
		"« la fête »":           {{Words: []string{"la", "fete"}, Phrase: true}},
		`“la fête” port`:        {{Words: []string{"la", "fete"}, Phrase: true}, word("port")},
		`"la fête`:              {{Words: []string{"la", "fete"}, Phrase: true}},
		"port -fête":            {word("port"), {Words: []string{"fete"}, Not: true}},
		`-"la fête"`:            {{Words: []string{"la", "fete"}, Phrase: true, Not: true}},
		"-porte-à-porte":        {{Words: []string{"porte", "a", "porte"}, Not: true}},
		"sous-sol":              {word("sous"), word("sol")},
		"port - fête":           {word("port"), word("fete")},
		"(-fête)":               {word("fete")},
		"vél*":                  {{Words: []string{"vel"}, Prefix: true}},
		"1 2 3 4 5 6 7 8 9 a b": {word("1"), word("2"), word("3"), word("4"), word("5"), word("6"), word("7"), word("8"), word("9"), word("a")},
	} {
		got := Parse(in).Clauses
		for i := range got {
			got[i].Shown = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestWanted(t *testing.T) {
	for in, want := range map[string][][]Match{
		"les ateliers": {
			{{Terms: []string{"ateli"}}},
			{{Terms: []string{"les"}}, {Terms: []string{"ateli"}}},
			{{Terms: []string{"les"}}, {Terms: []string{"ateliers"}}},
		},
		"thé":  {{{Terms: []string{"the"}}}},
		"-thé": nil,
	} {
		if diff := cmp.Diff(want, Parse(in).Wanted()); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
	typing := Parse("port vélo").Typing().Wanted()[0]
	if diff := cmp.Diff([]Match{{Terms: []string{"port"}}, {Terms: []string{"velo"}, Prefix: "velo"}}, typing); diff != "" {
		t.Error(diff)
	}
}

func TestQueryString(t *testing.T) {
	for in, want := range map[string]string{
		"  L’École   -port": "École -port", "« la Fête » vél*": `"la Fête" vél*`, "-sous-sol": `-"sous-sol"`,
	} {
		if got := Parse(in).String(); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
	if got := Parse("vélo atleier").Replace(1, "atelier").String(); got != "vélo atelier" {
		t.Error(got)
	}
}

func TestMarker(t *testing.T) {
	for _, tt := range []struct{ query, language, text, want string }{
		{"ateliers", "fr", "Un atelier, deux Ateliers.", "Un [atelier], deux [Ateliers]."},
		{"ecole", "fr", "À l’École", "À l’[École]"},
		{"les ateliers", "fr", "les ateliers", "les [ateliers]"},
		{"gardens", "en", "gardening", "[gardening]"},
		{"-port velo", "fr", "port vélo", "port [vélo]"},
		{"vel*", "fr", "Vélodrome", "[Vélodrome]"},
		{"rien", "fr", "Vélo", "Vélo"},
	} {
		var b strings.Builder
		for _, p := range Parse(tt.query).Marker(tt.language).Pieces(tt.text) {
			if p.Marked {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		if b.String() != tt.want {
			t.Errorf("%q in %q: %s", tt.query, tt.text, b.String())
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"port", "port", 0}, {"port", "pont", 1}, {"port", "ports", 1}, {"port", "por", 1}, {"port", "prot", 1},
		{"bibliotheque", "biblioteqe", 2}, {"port", "quai", 3}, {"", "port", 3}, {"été", "ete", 2},
	} {
		if got := Distance(tt.a, tt.b, 2); got != tt.want || Distance(tt.b, tt.a, 2) != tt.want {
			t.Errorf("%q and %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`"la fête" -port vél*`, "«»-", "l’eau’’", "c’h", "\xff\"", "-−-\"", "½ﬁ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := Parse(s)
		if len(q.Clauses) > MaxClauses {
			t.Errorf("%d clauses", len(q.Clauses))
		}
		for _, c := range q.Clauses {
			if len(c.Words) == 0 {
				t.Errorf("%q: an empty clause", s)
			}
		}
		for _, all := range append(q.Typing().Wanted(), q.Unwanted()) {
			for _, m := range all {
				for _, term := range append(m.Terms, m.Prefix) {
					if strings.ContainsAny(term, " '\"\\*():-") {
						t.Errorf("%q: the term %q", s, term)
					}
				}
			}
		}
		if again := Parse(q.String()); cmp.Diff(q.Wanted(), again.Wanted()) != "" {
			t.Errorf("%q: %v becomes %v", s, q, again)
		}
		var b strings.Builder
		for _, p := range q.Marker("fr").Pieces(s) {
			b.WriteString(p.Text)
		}
		if b.String() != s {
			t.Errorf("marking %q gives %q", s, b.String())
		}
	})
}
