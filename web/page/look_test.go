package page

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bourgeon/kit/oklch"
	"bourgeon/press"
)

// TestEveryColourCanBeRead: whatever colours a steward chooses, words keep the contrast of WCAG 2.2's AAA.
func TestEveryColourCanBeRead(t *testing.T) {
	for hue := 0.0; hue < 360; hue += 12 {
		for _, vivid := range []oklch.Colour{{L: .9, C: .02, H: hue}, {L: .6, C: .12, H: hue}, {L: .7, C: .35, H: hue}} {
			for _, paper := range press.Papers {
				for _, inTheDark := range []bool{false, true} {
					look := press.Look{Colour: vivid.Hex(), Second: oklch.Colour{L: .95, C: .2, H: hue + 90}.Hex(), Paper: paper}
					p := PaletteOf(look, inTheDark)
					for name, pair := range map[string][2]oklch.Colour{
						"text": {p.Ink, p.Paper}, "small print": {p.Soft, p.Paper}, "links": {p.Accent, p.Paper},
						"buttons": {p.Paper, p.Accent}, "bands": {p.Cream, p.Poster}, "text on a wash": {p.Ink, p.Wash},
					} {
						if ratio := oklch.Contrast(pair[0], pair[1]); ratio < 7 {
							t.Errorf("%s, %+v, dark %t: %.2f", name, look, inTheDark, ratio)
						}
					}
				}
			}
		}
	}
}

// TestThemesAreTheSheets: what the desk says of contrasts is computed from the numbers of style.css.
func TestThemesAreTheSheets(t *testing.T) {
	b, err := embedded.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	number := func(block, name string) float64 {
		m := regexp.MustCompile(name + `: ?([\d.]+)(%?)`).FindStringSubmatch(block)
		if m == nil {
			t.Fatalf("no %s", name)
		}
		x, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if m[2] != "" {
			x /= 100
		}
		return x
	}
	sheet := string(b)
	for selector, want := range map[string]theme{":root {\n  color-scheme: light": light, `:root:not([data-theme="light"]) {` + "\n    color-scheme": dark, `:root[data-theme="dark"] {` + "\n  color-scheme": dark} {
		_, block, found := strings.Cut(sheet, selector)
		if !found {
			t.Fatalf("no block %q", selector)
		}
		block, _, _ = strings.Cut(block, "}")
		for name, want := range map[string]float64{
			"--l-paper": want.paper, "--l-wash": want.wash, "--l-ink": want.ink, "--l-soft": want.soft, "--l-accent": want.accent,
			"--l-poster": want.poster, "--k-accent": want.kAccent, "--k-wash": want.kWash, "--k-paper": want.kPaper, "--h-paper": want.hPaper,
		} {
			if got := number(block, name); math.Abs(got-want) > 1e-9 {
				t.Errorf("%s of %q is %g, want %g", name, selector, got, want)
			}
		}
	}
}

// TestModelsKeepTheColours: a model changes shapes, never the lightnesses that contrast depends on.
func TestModelsKeepTheColours(t *testing.T) {
	for _, model := range press.Models[1:] {
		css, err := models.ReadFile(fmt.Sprintf("looks/%s.css", model))
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile(`--(l|k)-[a-z-]+:|#[0-9a-fA-F]{3,8}\b|oklch\(|rgba?\(|url\(`).FindString(string(css)); m != "" {
			t.Errorf("%s sets %s", model, m)
		}
		if size := len(css); size > 8_000 {
			t.Errorf("%s is %d bytes long", model, size)
		}
	}
}
