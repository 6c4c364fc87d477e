package papercut

import (
	"math"
	"math/rand/v2"
)

type point struct{ x, y float64 }

// An outline is a closed polygon. Curves are flattened coarsely on purpose:
// scissors leave facets.
type outline []point

// path makes an open line of x, y pairs, for [stroke].
func path(xy ...float64) outline {
	o := make(outline, len(xy)/2)
	for i := range o {
		o[i] = point{xy[2*i], xy[2*i+1]}
	}
	return o
}

// poly makes an outline of x, y pairs. Like every outline made here it turns
// clockwise, so that outlines of one sheet add up; only holes are [outline.reversed].
func poly(xy ...float64) outline { return path(xy...).clockwise() }

func rect(x, y, w, h float64) outline { return poly(x, y, x+w, y, x+w, y+h, x, y+h) }

func oval(cx, cy, rx, ry float64) outline {
	n := int(max(12, min(44, 11+max(rx, ry)*1.5)))
	o := make(outline, n)
	for i := range o {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		o[i] = point{cx + rx*cos, cy + ry*sin}
	}
	return o
}

func disc(cx, cy, r float64) outline { return oval(cx, cy, r, r) }

// ring is a disc with a hole, as two outlines of one sheet.
func ring(cx, cy, r, width float64) []outline {
	return []outline{disc(cx, cy, r), disc(cx, cy, r-width).reversed()}
}

// arch is a sector of a ring from angle a to b (radians, clockwise from the right).
func arch(cx, cy, r, width, a, b float64) outline {
	const n = 16
	var o outline
	for i := range n + 1 {
		sin, cos := math.Sincos(a + (b-a)*float64(i)/n)
		o = append(o, point{cx + r*cos, cy + r*sin})
	}
	for i := n; i >= 0; i-- {
		sin, cos := math.Sincos(a + (b-a)*float64(i)/n)
		o = append(o, point{cx + (r-width)*cos, cy + (r-width)*sin})
	}
	return o.clockwise()
}

// door is a rectangle with a round top, standing on the point (cx, base).
func door(cx, base, w, h float64) outline {
	o := poly(cx-w/2, base, cx-w/2, base-h+w/2)
	for i := 1; i < 8; i++ {
		sin, cos := math.Sincos(math.Pi + math.Pi*float64(i)/8)
		o = append(o, point{cx + w/2*cos, base - h + w/2 + w/2*sin})
	}
	return append(o, point{cx + w/2, base - h + w/2}, point{cx + w/2, base})
}

// smooth is a closed curve through x, y pairs.
func smooth(xy ...float64) outline { return through(path(xy...), true).clockwise() }

// line is an open curve through x, y pairs, for [stroke].
func line(xy ...float64) outline { return through(path(xy...), false) }

// through flattens a Catmull-Rom spline.
func through(p outline, closed bool) outline {
	const steps = 6
	n := len(p)
	at := func(i int) point {
		if closed {
			return p[(i+n)%n]
		}
		return p[max(0, min(n-1, i))]
	}
	spans := n
	if !closed {
		spans = n - 1
	}
	var o outline
	for i := range spans {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for k := range steps {
			t := float64(k) / steps
			o = append(o, point{spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t)})
		}
	}
	if !closed {
		o = append(o, p[n-1])
	}
	return o
}

func spline(a, b, c, d, t float64) float64 {
	return .5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// stroke is a strip of paper along an open line, from width to end wide.
func stroke(along outline, width, end float64) outline {
	n := len(along)
	if n < 2 {
		return nil
	}
	left, right := make(outline, 0, 2*n), make(outline, 0, n)
	for i, p := range along {
		a, b := along[max(0, i-1)], along[min(n-1, i+1)]
		dx, dy := b.x-a.x, b.y-a.y
		length := max(1e-9, math.Hypot(dx, dy))
		half := (width + (end-width)*float64(i)/float64(n-1)) / 2
		nx, ny := -dy/length*half, dx/length*half
		left = append(left, point{p.x + nx, p.y + ny})
		right = append(right, point{p.x - nx, p.y - ny})
	}
	for i := n - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	return left.clockwise()
}

// bar is a straight strip of even width.
func bar(x0, y0, x1, y1, width float64) outline {
	return stroke(path(x0, y0, x1, y1), width, width)
}

// at scales an outline by size around the origin, then moves it to x, y.
func (o outline) at(x, y, size float64) outline { return o.fit(x, y, size, size) }

// fit is [outline.at] with one size for each direction; a negative one mirrors.
func (o outline) fit(x, y, sx, sy float64) outline {
	moved := make(outline, len(o))
	for i, p := range o {
		moved[i] = point{x + p.x*sx, y + p.y*sy}
	}
	if sx*sy < 0 {
		return moved.reversed()
	}
	return moved
}

// turn rotates an outline around the origin, clockwise, in radians.
func (o outline) turn(angle float64) outline {
	sin, cos := math.Sincos(angle)
	turned := make(outline, len(o))
	for i, p := range o {
		turned[i] = point{p.x*cos - p.y*sin, p.x*sin + p.y*cos}
	}
	return turned
}

func (o outline) reversed() outline {
	r := make(outline, len(o))
	for i, p := range o {
		r[len(o)-1-i] = p
	}
	return r
}

func (o outline) clockwise() outline {
	area := 0.0
	for i, p := range o {
		q := o[(i+1)%len(o)]
		area += p.x*q.y - q.x*p.y
	}
	if area < 0 {
		return o.reversed()
	}
	return o
}

// breadth is the longer side of the box around an outline.
func (o outline) breadth() float64 {
	if len(o) == 0 {
		return 0
	}
	lo, hi := o[0], o[0]
	for _, p := range o {
		lo = point{min(lo.x, p.x), min(lo.y, p.y)}
		hi = point{max(hi.x, p.x), max(hi.y, p.y)}
	}
	return max(hi.x-lo.x, hi.y-lo.y)
}

// byHand cuts along the outline with a hand that strays by up to amount:
// long edges bend a little, corners are not quite where they were drawn.
func (o outline) byHand(rng *rand.Rand, amount float64) outline {
	const stride = 6 // units between two hesitations
	stray := func(a float64) float64 { return (2*rng.Float64() - 1) * a }
	var cut outline
	for i, p := range o {
		q := o[(i+1)%len(o)]
		dx, dy := q.x-p.x, q.y-p.y
		length := math.Hypot(dx, dy)
		a := min(amount, length*.07)
		cut = append(cut, point{p.x + stray(a), p.y + stray(a)})
		pieces := int(min(60, length/stride))
		for k := 1; k < pieces; k++ {
			f := (float64(k) + stray(.3)) / float64(pieces)
			off := stray(amount*.8) / length
			cut = append(cut, point{p.x + dx*f - dy*off, p.y + dy*f + dx*off})
		}
	}
	return cut
}
