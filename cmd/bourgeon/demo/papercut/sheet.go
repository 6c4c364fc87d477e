package papercut

import (
	"image"
	"image/draw"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

const (
	grainWidth  = 512 // powers of two: the grain repeats by masking
	grainHeight = 256
)

// A table is where sheets are laid: the picture in pixels and what is needed
// to rasterise, shade and grain one sheet after the other.
type table struct {
	picture *image.RGBA
	scale   float64 // pixels a unit
	mirror  bool    // lay everything as seen in a mirror
	rng     *rand.Rand
	grain   []int8 // in sixteenths of a level
	raster  vector.Rasterizer
	mask    *image.Alpha
	shadow  []uint8
	scratch []uint8
}

func newTable(width, height int, scale float64, rng *rand.Rand) *table {
	t := &table{
		picture: image.NewRGBA(image.Rect(0, 0, width, height)),
		scale:   scale, rng: rng,
	}
	t.grain = newGrain(rng)
	return t
}

// newGrain mixes the two textures of gouached paper: long soft strokes of the
// brush and a fine tooth. Both are blurred, so that a JPEG stays small.
func newGrain(rng *rand.Rand) []int8 {
	const n = grainWidth * grainHeight
	brush, tooth := make([]float32, n), make([]float32, n)
	for i := range brush {
		bits := rng.Uint32()
		brush[i] = float32(bits&0xffff)/65536 - .5
		tooth[i] = float32(bits>>16)/65536 - .5
	}
	blurRing(brush, 15, 7)
	blurRing(tooth, 1, 1)
	grain := make([]int8, n)
	for i := range grain {
		v := float64(brush[i])*1050 + float64(tooth[i])*125
		grain[i] = int8(max(-100, min(100, v)))
	}
	return grain
}

// blurRing averages a grain over (2rx+1) × (2ry+1) cells, wrapping around.
func blurRing(cells []float32, rx, ry int) {
	line := make([]float32, max(grainWidth, grainHeight))
	pass := func(start, step, n, r int) {
		var sum float32
		for i := range n {
			line[i] = cells[start+i*step]
		}
		for i := -r; i <= r; i++ {
			sum += line[(i+n)%n]
		}
		for i := range n {
			cells[start+i*step] = sum / float32(2*r+1)
			sum += line[(i+r+1)%n] - line[(i-r+n)%n]
		}
	}
	for y := range grainHeight {
		pass(y*grainWidth, 1, grainWidth, rx)
	}
	for x := range grainWidth {
		pass(x, grainWidth, grainHeight, ry)
	}
}

// A sheet says how a cut piece of paper is laid.
type sheet struct {
	colour   lch
	opacity  float64 // 1 for paper, less for tissue
	lift     float64 // units above what lies below; 0 throws no shadow
	unsteady float64 // units by which the hand strays
}

// lay cuts outlines (in units, all in one sheet) and lays the sheet.
func (t *table) lay(sh sheet, outlines ...outline) {
	lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	var cut []outline
	for _, o := range outlines {
		if len(o) < 3 {
			continue
		}
		o = o.byHand(t.rng, sh.unsteady)
		for i, p := range o {
			if t.mirror {
				p.x = float64(t.picture.Rect.Dx())/t.scale - p.x
			}
			p = point{p.x * t.scale, p.y * t.scale}
			o[i] = p
			lo = point{min(lo.x, p.x), min(lo.y, p.y)}
			hi = point{max(hi.x, p.x), max(hi.y, p.y)}
		}
		cut = append(cut, o)
	}
	if len(cut) == 0 {
		return
	}
	// The light comes from the upper left: the shadow falls down and right.
	lift := sh.lift * t.scale
	radius := int(math.Round(lift * .8))
	fall := int(math.Round(lift))
	margin := 2*radius + fall + 1
	limit := func(v float64, top int) int { return int(max(-float64(margin), min(float64(top+margin), v))) }
	size := t.picture.Rect.Size()
	box := image.Rect(
		limit(math.Floor(lo.x), size.X)-margin, limit(math.Floor(lo.y), size.Y)-margin,
		limit(math.Ceil(hi.x), size.X)+margin, limit(math.Ceil(hi.y), size.Y)+margin,
	).Intersect(t.picture.Rect.Inset(-margin))
	if box.Empty() {
		return
	}
	t.rasterise(box, cut)
	if sh.lift > 0 {
		t.shade(box.Dx(), box.Dy(), radius)
	}
	t.press(sh, box, fall)
}

func (t *table) rasterise(box image.Rectangle, cut []outline) {
	w, h := box.Dx(), box.Dy()
	if t.mask == nil || cap(t.mask.Pix) < w*h {
		t.mask = &image.Alpha{Pix: make([]uint8, w*h)}
	}
	t.mask.Pix = t.mask.Pix[:w*h]
	t.mask.Stride, t.mask.Rect = w, image.Rect(0, 0, w, h)
	t.raster.Reset(w, h)
	t.raster.DrawOp = draw.Src
	for _, o := range cut {
		for i, p := range o {
			x, y := float32(p.x-float64(box.Min.X)), float32(p.y-float64(box.Min.Y))
			if i == 0 {
				t.raster.MoveTo(x, y)
			} else {
				t.raster.LineTo(x, y)
			}
		}
		t.raster.ClosePath()
	}
	t.raster.Draw(t.mask, t.mask.Rect, image.Opaque, image.Point{})
}

// shade blurs the mask into the shadow: two passes of a box in each direction.
func (t *table) shade(w, h, radius int) {
	if cap(t.shadow) < w*h {
		t.shadow, t.scratch = make([]uint8, w*h), make([]uint8, w*h)
	}
	t.shadow, t.scratch = t.shadow[:w*h], t.scratch[:w*h]
	if radius < 1 {
		copy(t.shadow, t.mask.Pix)
		return
	}
	blurRows(t.scratch, t.mask.Pix, w, h, radius)
	blurColumns(t.shadow, t.scratch, w, h, radius)
}

func blurRows(dst, src []uint8, w, h, r int) {
	r = min(r, (w-1)/2)
	inverse := uint32(1<<16) / uint32(2*r+1)
	for y := range h {
		in, out := src[y*w:(y+1)*w], dst[y*w:(y+1)*w]
		var sum uint32
		for x := range r {
			sum += uint32(in[x])
		}
		for x := range w {
			if x+r < w {
				sum += uint32(in[x+r])
			}
			out[x] = uint8(sum * inverse >> 16)
			if x >= r {
				sum -= uint32(in[x-r])
			}
		}
	}
}

func blurColumns(dst, src []uint8, w, h, r int) {
	r = min(r, (h-1)/2)
	inverse := uint32(1<<16) / uint32(2*r+1)
	sums := make([]uint32, w)
	for y := -r; y < h; y++ {
		if in := y + r; in < h {
			for x, v := range src[in*w : (in+1)*w] {
				sums[x] += uint32(v)
			}
		}
		if y < 0 {
			continue
		}
		out := dst[y*w : (y+1)*w]
		for x := range out {
			out[x] = uint8(sums[x] * inverse >> 16)
		}
		if y >= r {
			for x, v := range src[(y-r)*w : (y-r+1)*w] {
				sums[x] -= uint32(v)
			}
		}
	}
}

// press puts the mask on the picture in the sheet's colour, over its shadow.
func (t *table) press(sh sheet, box image.Rectangle, fall int) {
	const depth = 92 // of the shadow, in 256ths
	red, green, blue := sh.colour.rgb()
	r, g, b := int(red), int(green), int(blue)
	opacity := uint32(max(0, min(256, sh.opacity*256)))
	offX, offY := t.rng.IntN(grainWidth), t.rng.IntN(grainHeight)
	w, h := box.Dx(), box.Dy()
	fallX := fall / 2
	area := box.Intersect(t.picture.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		my := y - box.Min.Y
		mask := t.mask.Pix[my*w : (my+1)*w]
		var shadow []uint8
		if sy := my - fall; sh.lift > 0 && sy >= 0 && sy < h {
			shadow = t.shadow[sy*w : (sy+1)*w]
		}
		grain := t.grain[((y+offY)&(grainHeight-1))*grainWidth:][:grainWidth]
		row := t.picture.Pix[y*t.picture.Stride:]
		for x := area.Min.X; x < area.Max.X; x++ {
			mx := x - box.Min.X
			a := uint32(mask[mx])
			var under uint32
			if sx := mx - fallX; a < 255 && shadow != nil && sx >= 0 {
				under = uint32(shadow[sx]) * depth >> 8
			}
			if a == 0 && under == 0 {
				continue
			}
			p := row[4*x : 4*x+4 : 4*x+4]
			if under > 0 {
				keep := 256 - under
				p[0] = uint8(uint32(p[0]) * keep >> 8)
				p[1] = uint8(uint32(p[1]) * keep >> 8)
				p[2] = uint8(uint32(p[2]) * (keep + under/8) >> 8)
			}
			if a == 0 {
				continue
			}
			v := int(grain[(x+offX)&(grainWidth-1)]) >> 4
			cr, cg, cb := level(r+v), level(g+v), level(b+v)
			if a == 255 && opacity == 256 {
				p[0], p[1], p[2], p[3] = cr, cg, cb, 255
				continue
			}
			a = a * opacity / 255
			p[0] = uint8((uint32(cr)*a + uint32(p[0])*(256-a)) >> 8)
			p[1] = uint8((uint32(cg)*a + uint32(p[1])*(256-a)) >> 8)
			p[2] = uint8((uint32(cb)*a + uint32(p[2])*(256-a)) >> 8)
			p[3] = 255
		}
	}
}

func level(v int) uint8 { return uint8(max(0, min(255, v))) }

// cut lays a sheet whose shadow and unsteadiness fit its size.
func (s *scene) cut(colour lch, outlines ...outline) { s.layAt(colour, 1, 1, outlines...) }

// glue lays a sheet flat on what is below: details without shadow.
func (s *scene) glue(colour lch, outlines ...outline) { s.layAt(colour, 1, 0, outlines...) }

// veil lays tissue paper: light, steam, reflections.
func (s *scene) veil(colour lch, opacity float64, outlines ...outline) {
	s.layAt(colour, opacity, 0, outlines...)
}

func (s *scene) layAt(colour lch, opacity, lift float64, outlines ...outline) {
	size := 0.0
	for _, o := range outlines {
		size = max(size, o.breadth())
	}
	s.table.lay(sheet{
		colour: colour, opacity: opacity,
		lift:     lift * max(.22, min(.75, size*.03)),
		unsteady: min(.38, size*.022),
	}, outlines...)
}
