package oklch

import (
	"math"
	"testing"
)

func TestFromRGB(t *testing.T) {
	// Reference values from CSS Color 4's own tables, to three digits.
	tests := []struct {
		name    string
		r, g, b uint8
		want    Colour
	}{
		{"black", 0, 0, 0, Colour{0, 0, 0}},
		{"white", 255, 255, 255, Colour{1, 0, 0}},
		{"grey", 128, 128, 128, Colour{0.5999, 0, 0}},
		{"red", 255, 0, 0, Colour{0.6280, 0.2577, 29.23}},
		{"lime", 0, 255, 0, Colour{0.8664, 0.2948, 142.5}},
		{"blue", 0, 0, 255, Colour{0.4520, 0.3132, 264.05}},
		{"rebeccapurple", 0x66, 0x33, 0x99, Colour{0.4403, 0.1603, 303.37}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := FromRGB(test.r, test.g, test.b)
			if math.Abs(c.L-test.want.L) > 0.001 || math.Abs(c.C-test.want.C) > 0.001 || math.Abs(c.H-test.want.H) > 0.1 {
				t.Errorf("FromRGB(%d, %d, %d) = %+v, want %+v", test.r, test.g, test.b, c, test.want)
			}
		})
	}
}

func TestThereAndBack(t *testing.T) {
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				c := FromRGB(uint8(r), uint8(g), uint8(b))
				if x, y, z := c.RGB(); x != uint8(r) || y != uint8(g) || z != uint8(b) {
					t.Fatalf("%d,%d,%d became %d,%d,%d", r, g, b, x, y, z)
				}
			}
		}
	}
	vivid := Colour{L: 0.7, C: 0.4, H: 150}
	if back := FromRGB(vivid.RGB()); math.Abs(back.L-vivid.L) > 0.005 || math.Abs(back.H-vivid.H) > 1 || back.C >= vivid.C {
		t.Errorf("too vivid a green became %+v", back)
	}
}

func TestContrast(t *testing.T) {
	white, black, grey := Colour{L: 1}, Colour{}, FromRGB(0x76, 0x76, 0x76)
	if got := Contrast(white, black); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white: %f", got)
	}
	if got := Contrast(grey, white); math.Abs(got-4.54) > 0.01 || got != Contrast(white, grey) {
		t.Errorf("grey on white: %f", got)
	}
	if got := (Colour{L: 1}).Hex(); got != "#ffffff" {
		t.Error(got)
	}
}
