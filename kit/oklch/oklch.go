// Package oklch turns sRGB colours into OKLCH, the cylindrical form of Björn Ottosson's Oklab, in which colours of one
// lightness look equally light whatever their hue: what CSS Color 4, section 9, calls oklch().
//
// It only reads colours; it does not map what lies outside a gamut back into it. Start with FromRGB.
package oklch

import "math"

// Colour is a lightness from 0 to 1, a chroma from 0 to about 0.37, and a hue in degrees from 0 to 360.
type Colour struct{ L, C, H float64 }

// grey is the chroma below which a hue is only noise of rounding.
const grey = 1e-4

// FromRGB converts an 8-bit sRGB colour. The hue of a grey is 0.
func FromRGB(r, g, b uint8) Colour {
	lr, lg, lb := linear(r), linear(g), linear(b)
	// The matrices are those of CSS Color 4, "Sample code for color conversions", sRGB folded into the first.
	l := math.Cbrt(0.4122214708*lr + 0.5363325363*lg + 0.0514459929*lb)
	m := math.Cbrt(0.2119034982*lr + 0.6806995451*lg + 0.1073969566*lb)
	s := math.Cbrt(0.0883024619*lr + 0.2817188376*lg + 0.6299787005*lb)
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	bb := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	c := Colour{L: 0.2104542553*l + 0.7936177850*m - 0.0040720468*s, C: math.Hypot(a, bb)}
	if c.C < grey {
		c.C = 0
		return c
	}
	if c.H = math.Atan2(bb, a) * 180 / math.Pi; c.H < 0 {
		c.H += 360
	}
	return c
}

// linear undoes the transfer function of sRGB (IEC 61966-2-1).
func linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}
