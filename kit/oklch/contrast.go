package oklch

import (
	"fmt"
	"math"
)

// RGB is the nearest colour that a screen shows, as 8-bit sRGB: of one too
// vivid, chroma is reduced until it fits, lightness and hue staying (CSS Color 4,
// section 13.2).
func (c Colour) RGB() (r, g, b uint8) {
	low, high := 0.0, c.C
	if _, fits := c.linearRGB(); fits {
		low = high
	}
	for range 24 {
		if high-low < 1e-5 {
			break
		}
		middle := Colour{c.L, (low + high) / 2, c.H}
		if _, fits := middle.linearRGB(); fits {
			low = middle.C
		} else {
			high = middle.C
		}
	}
	rgb, _ := Colour{c.L, low, c.H}.linearRGB()
	return encode(rgb[0]), encode(rgb[1]), encode(rgb[2])
}

// Hex is RGB as CSS writes it: "#1b5e8c".
func (c Colour) Hex() string {
	r, g, b := c.RGB()
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// linearRGB is the colour in linear-light sRGB, and whether it fits.
func (c Colour) linearRGB() ([3]float64, bool) {
	sin, cos := math.Sincos(c.H * math.Pi / 180)
	a, b := c.C*cos, c.C*sin
	cube := func(x float64) float64 { return x * x * x }
	// The inverse of the matrices of FromRGB.
	l := cube(c.L + 0.3963377774*a + 0.2158037573*b)
	m := cube(c.L - 0.1055613458*a - 0.0638541728*b)
	s := cube(c.L - 0.0894841775*a - 1.2914855480*b)
	rgb := [3]float64{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
	const rounding = 1e-4
	for _, x := range rgb {
		if x < -rounding || x > 1+rounding {
			return rgb, false
		}
	}
	return rgb, true
}

// encode applies the transfer function of sRGB (IEC 61966-2-1).
func encode(x float64) uint8 {
	x = min(max(x, 0), 1)
	if x <= 0.0031308 {
		x *= 12.92
	} else {
		x = 1.055*math.Pow(x, 1/2.4) - 0.055
	}
	return uint8(math.Round(x * 255))
}

// Contrast is the contrast ratio of two colours as screens show them, from 1 to
// 21 (WCAG 2.2, "contrast ratio").
func Contrast(a, b Colour) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c Colour) float64 {
	r, g, b := c.RGB()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
