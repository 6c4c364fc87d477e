package frontmatter

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, in string
		fields   []Field
		body     string
		fails    bool
	}{
		{name: "no block", in: "Bonjour\n---\n", body: "Bonjour\n---\n"},
		{name: "empty", in: "", body: ""},
		{
			name:   "fields",
			in:     "---\ntitle: Le port : un récit\ntag: mer\ntag: port\n\n# remark\nempty:\n---\n\nTexte\n",
			fields: []Field{{"title", "Le port : un récit"}, {"tag", "mer"}, {"tag", "port"}, {"empty", ""}},
			body:   "Texte\n",
		},
		{
			name:   "quotes",
			in:     "---\na: \" x\\ny \"\nb: 'l''été'\nc: \"à\" et \"b\"\nd: 'tis\n---\nTexte",
			fields: []Field{{"a", " x\ny "}, {"b", "l'été"}, {"c", `"à" et "b"`}, {"d", "'tis"}},
			body:   "Texte",
		},
		{name: "Windows lines", in: "\ufeff---\r\na: b\r\n---\r\n\r\nTexte\r\n", fields: []Field{{"a", "b"}}, body: "Texte\r\n"},
		{name: "empty block", in: "---\n---\n\n\nTexte", body: "\nTexte"},
		{name: "not closed", in: "---\na: b\n", body: "---\na: b\n", fails: true},
		{name: "no key", in: "---\nabc\n---\nx", body: "---\nabc\n---\nx", fails: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields, body, err := Parse(tt.in)
			if (err != nil) != tt.fails {
				t.Fatalf("err = %v, want failure %v", err, tt.fails)
			}
			if diff := cmp.Diff(tt.fields, fields); diff != "" {
				t.Error(diff)
			}
			if body != tt.body {
				t.Errorf("body = %q, want %q", body, tt.body)
			}
		})
	}
}

func TestWrite(t *testing.T) {
	got := Write([]Field{{"title", "Été"}, {"note", " a "}, {"none", ""}}, "Texte")
	want := "---\ntitle: Été\nnote: \" a \"\nnone:\n---\n\nTexte"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Write(nil, "Texte"); got != "Texte" {
		t.Errorf("without fields: %q", got)
	}
}

func FuzzRoundTrip(f *testing.F) {
	f.Add("title", "Été", "tag", "\"x\"", "Texte\n")
	f.Add("#a:b\n", " \n", "", "'a'", "---\nx: y\n---\n")
	f.Add("a", "\xff\u0085", "b", "\u00a0x", "\n\n")
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2, body string) {
		fields := []Field{{cleanKey(k1), v1}, {cleanKey(k2), v2}}
		got, gotBody, err := Parse(Write(fields, body))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fields, got); diff != "" || gotBody != body {
			t.Errorf("fields %s body %q, want %q", diff, gotBody, body)
		}
		if _, alone, err := Parse(Write(nil, body)); err != nil || alone != body {
			t.Errorf("body alone: %q, %v; want %q", alone, err, body)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("---\na: b\n---\n\nx")
	f.Add("---\na: \"b\\n\"\n# c\n---\r\n\r\nx")
	f.Fuzz(func(t *testing.T, text string) {
		fields, body, err := Parse(text)
		if err != nil {
			return
		}
		again, bodyAgain, err := Parse(Write(fields, body))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fields, again); diff != "" || body != bodyAgain {
			t.Errorf("%s%q then %q", diff, body, bodyAgain)
		}
	})
}
