package press

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookCheck(t *testing.T) {
	for name, c := range map[string]struct {
		look Look
		want []string
	}{
		"nothing chosen":        {Look{}, nil},
		"all chosen":            {Look{Model: Gazette, Type: Nunito, Paper: Tinted, Colour: "#123456", Second: "#abcdef", Menu: []MenuLine{{Target: "/section/mer"}, {Label: Text{"fr": "Écrire"}, Target: "mailto:a@example.org"}}}, nil},
		"colours that are none": {Look{Colour: "red", Second: "#FFF; x"}, []string{"colour", "second"}},
		"unknown choices":       {Look{Model: "neon", Type: "comic", Paper: "glass"}, []string{"model", "type", "paper"}},
		"menu without address":  {Look{Menu: []MenuLine{{Label: Text{"fr": "Ici"}}}}, []string{"menu-1-target"}},
		"menu without name":     {Look{Foot: []MenuLine{{Target: "/about"}}}, []string{"foot-1-label"}},
		"a program":             {Look{Menu: []MenuLine{{Label: Text{"fr": "x"}, Target: "javascript:alert(1)"}}}, []string{"menu-1-target"}},
		"another host":          {Look{Menu: []MenuLine{{Label: Text{"fr": "x"}, Target: "//ailleurs.example"}}}, []string{"menu-1-target"}},
		"a long name":           {Look{Menu: []MenuLine{{Label: Text{"fr": strings.Repeat("é", 61)}, Target: "/"}}}, []string{"menu-1-label"}},
		"thirteen lines":        {Look{Menu: slices.Repeat([]MenuLine{{Target: "/section/a"}}, 13)}, []string{"menu"}},
		"long texts":            {Look{Words: Text{"br": strings.Repeat("a", 5001)}, Sheet: strings.Repeat("a", 20_001)}, []string{"words-br", "sheet"}},
	} {
		if diff := cmp.Diff(c.want, faults(c.look.Check())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLookTidy(t *testing.T) {
	l := Look{
		Colour: " AABBCC", Second: "", Sheet: "a{}\r\n", Words: Text{"fr": " Bonjour\r\n", "br": " "},
		Menu: []MenuLine{{}, {Label: Text{"fr": " La  mer ", "br": ""}, Target: " /tag/mer "}, {Label: Text{"fr": ""}, Target: ""}},
	}
	l.Tidy()
	want := Look{Colour: "#aabbcc", Sheet: "a{}", Words: Text{"fr": "Bonjour"}, Menu: []MenuLine{{Label: Text{"fr": "La mer"}, Target: "/tag/mer"}}}
	if diff := cmp.Diff(want, l); diff != "" {
		t.Error(diff)
	}
}

func TestLookDressed(t *testing.T) {
	want := Look{Model: Review, Type: YoungSerif, Paper: Cream, Colour: HouseColour, Second: HouseColour}
	if diff := cmp.Diff(want, (Look{Model: "neon", Colour: "red"}).Dressed()); diff != "" {
		t.Error(diff)
	}
	seen := map[Typeface]bool{}
	for _, m := range Models {
		l := (Look{Model: m, Colour: "#101010"}).Dressed()
		if l.Model != m || l.Second != "#101010" || seen[l.Type] {
			t.Errorf("%s is dressed in %+v", m, l)
		}
		seen[l.Type] = true
	}
}
