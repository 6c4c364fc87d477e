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
