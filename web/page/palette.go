package page

import (
	"bourgeon/kit/oklch"
	"bourgeon/press"
)

// theme holds the lightnesses of style.css, and the other numbers from which it makes colours: TestThemesAreTheSheets
// holds them together.
type theme struct {
	paper, wash, ink, soft, accent, poster float64 // lightnesses
	kAccent, kWash, kPaper                 float64 // of chroma
	hPaper                                 float64 // degrees
}

var (
	light = theme{paper: .982, wash: .935, ink: .20, soft: .41, accent: .41, poster: .37, kAccent: 1, kWash: .22, kPaper: .009, hPaper: 88}
	dark  = theme{paper: .195, wash: .26, ink: .935, soft: .80, accent: .84, poster: .31, kAccent: .72, kWash: .34, kPaper: .010, hPaper: 58}
)

const mostChroma = .14

// Palette is what a look's colours become in a theme.
type Palette struct {
	Paper, Wash, Ink, Soft, Accent, Poster, Cream oklch.Colour
}

// PaletteOf computes the palette that style.css makes of a look.
func PaletteOf(l press.Look, inTheDark bool) Palette {
	l = l.Dressed()
	t := light
	if inTheDark {
		t = dark
	}
	colour, band := oklch.FromRGB(press.RGB(l.Colour)), oklch.FromRGB(press.RGB(l.Second))
	chroma := min(colour.C, mostChroma)
	switch l.Paper {
	case press.White:
		t.kPaper = 0
	case press.Tinted:
		t.kPaper, t.hPaper = .016, colour.H
	}
	return Palette{
		Paper:  oklch.Colour{L: t.paper, C: t.kPaper, H: t.hPaper},
		Wash:   oklch.Colour{L: t.wash, C: chroma * t.kWash, H: colour.H},
		Ink:    oklch.Colour{L: t.ink, C: .016, H: 80},
		Soft:   oklch.Colour{L: t.soft, C: .018, H: 80},
		Accent: oklch.Colour{L: t.accent, C: chroma * t.kAccent, H: colour.H},
		Poster: oklch.Colour{L: t.poster, C: min(band.C, mostChroma) * .8, H: band.H},
		Cream:  oklch.Colour{L: .97, C: .018, H: 88},
	}
}
