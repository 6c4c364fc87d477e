package markdown

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPieces(t *testing.T) {
	src := "Bonjour\n*à vous*.\n::lead\n\n::latest{section=mer count=\"3\"}\n\n```\n::lead\n```\n\n:::box\n::lead\n:::\n"
	want := []Piece{
		{Text: "Bonjour\n*à vous*."},
		{Text: "::lead", Directive: &Directive{Name: "lead", Args: map[string]string{}}},
		{Text: `::latest{section=mer count="3"}`, Directive: &Directive{Name: "latest", Args: map[string]string{"section": "mer", "count": "3"}}},
		{Text: "```\n::lead\n```\n\n:::box\n::lead\n:::"},
	}
	if diff := cmp.Diff(want, Pieces(src)); diff != "" {
		t.Errorf("pieces (-want +got):\n%s", diff)
	}
	if got, want := Join(Pieces(src)), "Bonjour\n*à vous*.\n\n::lead\n\n::latest{section=mer count=\"3\"}\n\n```\n::lead\n```\n\n:::box\n::lead\n:::\n"; got != want {
		t.Errorf("joined %q", got)
	}
	if Join(nil) != "" || Pieces(" \n") != nil {
		t.Error("nothing isn't nothing")
	}
}

func TestDirectiveString(t *testing.T) {
	d := Directive{Name: "latest", Args: map[string]string{"section": "mer", "words": `dire "oui" \ non`}}
	back, ok := parseDirective(d.String())
	if diff := cmp.Diff(d, back); !ok || diff != "" {
		t.Errorf("%s: %s", d, diff)
	}
	if got := (Directive{Name: "lead"}).String(); got != "::lead" {
		t.Error(got)
	}
}

// FuzzPieces: pieces put together are split the same again, and show the same.
func FuzzPieces(f *testing.F) {
	for _, s := range []string{"a\n::lead\nb", "```\n::lead", ":::box\n::lead\n:::\n::lead", "::a{b=\"c\"}", "~~~\n```\n~~~\n::x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		pieces := Pieces(src)
		if diff := cmp.Diff(pieces, Pieces(Join(pieces))); diff != "" {
			t.Fatalf("%q: %s", src, diff)
		}
	})
}
