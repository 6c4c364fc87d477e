// Package picturetest makes photographs for tests: large ones whose files weigh
// what a camera's do, with all that a camera writes into them.
//
// Start with Photo.
package picturetest

import (
	"image"
	"math"
	"math/rand/v2"
)

// Photo is a picture of width × height pixels with the statistics of a photograph: power that falls with the square of
// the frequency, a sky that is calmer than the ground, edges, grain. The same seed gives the same pixels.
func Photo(width, height int, seed uint64) *image.NRGBA {
	random := rand.New(rand.NewPCG(seed, 12))
	light := octaves(random, width, height)
	hue := octaves(random, width, height)
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	horizon := float32(height) * (0.35 + 0.2*random.Float32())
	grain := rand.New(rand.NewPCG(seed, 34))
	for y := range height {
		rough := float32(0.25)
		base := float32(190) - 40*float32(y)/float32(height)
		if float32(y) > horizon {
			rough, base = 1, 95
		}
		for x := range width {
			l := base + 95*rough*light.at(x, y)
			h := 40 * rough * hue.at(x, y)
			noise := float32(grain.Uint32()&0xff)/255*6 - 3
			at := m.PixOffset(x, y)
			m.Pix[at] = level(l + h + noise)
			m.Pix[at+1] = level(l + noise)
			m.Pix[at+2] = level(l - h + 20*(1-rough) + noise)
			m.Pix[at+3] = 255
		}
	}
	return m
}

func level(v float32) uint8 { return uint8(min(255, max(0, v))) }

// A field is a sum of grids of random values, each half as coarse and half as strong as the one before.
type field []grid

type grid struct {
	cell   float32 // pixels
	gain   float32
	stride int
	values []float32
}

func octaves(random *rand.Rand, width, height int) (f field) {
	gain := float32(1)
	for cell := float64(max(width, height)) / 3; cell >= 2; cell /= 2 {
		stride := int(math.Ceil(float64(width)/cell)) + 2
		values := make([]float32, stride*(int(math.Ceil(float64(height)/cell))+2))
		for i := range values {
			values[i] = random.Float32()*2 - 1
		}
		f = append(f, grid{float32(cell), gain, stride, values})
		gain *= 0.84 // weighs what a picture of a street does
	}
	return f
}

func (f field) at(x, y int) (sum float32) {
	for i := range f {
		g := &f[i]
		gx, gy := float32(x)/g.cell, float32(y)/g.cell
		ix, iy := int(gx), int(gy)
		dx, dy := gx-float32(ix), gy-float32(iy)
		at := iy*g.stride + ix
		above := g.values[at] + dx*(g.values[at+1]-g.values[at])
		below := g.values[at+g.stride] + dx*(g.values[at+g.stride+1]-g.values[at+g.stride])
		sum += g.gain * (above + dy*(below-above))
	}
	return sum
}

// Lying is m as the sensor of a phone held upright stores it, for orientation 6: its top at the left (Exif 2.32, 4.6.4).
func Lying(m *image.NRGBA) *image.NRGBA {
	size := m.Rect.Size()
	turned := image.NewNRGBA(image.Rect(0, 0, size.Y, size.X))
	for y := range size.Y {
		for x := range size.X {
			// The stored row 0 is the visual right-hand side, the stored column 0 the visual top.
			copy(turned.Pix[turned.PixOffset(y, size.X-1-x):][:4], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return turned
}

// Enlarged is m with every pixel n × n times.
func Enlarged(m *image.NRGBA, n int) *image.NRGBA {
	large := image.NewNRGBA(image.Rect(0, 0, m.Rect.Dx()*n, m.Rect.Dy()*n))
	for y := range large.Rect.Dy() {
		for x := range large.Rect.Dx() {
			copy(large.Pix[large.PixOffset(x, y):][:4], m.Pix[m.PixOffset(x/n, y/n):][:4])
		}
	}
	return large
}
