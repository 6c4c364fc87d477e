package papercut

import "math"

const over = 4 // units by which a sheet overhangs the picture

// A profile is the height (y) of an edge at a fraction of the width.
type profile func(t float64) float64

// roll is a gently rolling profile around base.
func (s *scene) roll(base, amount, waves float64) profile {
	a, b := s.between(0, 6.28), s.between(0, 6.28)
	return func(t float64) float64 {
		return base + amount*(.65*math.Sin(waves*6.28*t+a)+.35*math.Sin(waves*2.3*6.28*t+b))
	}
}

// ground is the sheet below a profile, across the picture and down to its foot.
func (s *scene) ground(edge profile) outline { return s.strip(edge, s.h+over) }

func (s *scene) strip(edge profile, foot float64) outline {
	n := int(max(12, min(48, s.w/5)))
	o := make(outline, 0, n+3)
	for i := range n + 1 {
		t := float64(i) / float64(n)
		o = append(o, point{-over + t*(s.w+2*over), edge(t)})
	}
	return append(o, point{s.w + over, foot}, point{-over, foot})
}

// sky covers everything, then tears lighter bands towards the horizon.
// It returns where the sun is.
func (s *scene) sky(horizon float64) point {
	p := s.pal
	s.glue(p.sky, rect(-over, -over, s.w+2*over, s.h+2*over))
	sun := point{s.x(s.between(.16, .84)), horizon * s.between(.22, .72)}
	if p.hour == dawn || p.hour == dusk {
		sun.y = horizon * s.between(.6, .95)
	}
	bands := s.count(1, 3)
	if p.hour == dark {
		bands = s.count(2, 3)
	}
	risen := false
	for i := range bands {
		t := (float64(i) + 1) / float64(bands)
		base := horizon * (.15 + .72*t*s.between(.85, 1.05))
		if !risen && base > sun.y+2 { // it may dip its foot in the next band
			s.sunDisc(sun)
			risen = true
		}
		s.cut(p.sky.mix(p.glow, t), s.ground(s.roll(base, s.between(.8, 3), s.between(.5, 1.2))))
	}
	if !risen {
		s.sunDisc(sun)
	}
	switch {
	case p.hour == dark:
		s.stars(horizon * .8)
	case s.chance(.8):
		for range s.count(1, 3) {
			at, size := point{s.x(s.between(0, 1)), horizon * s.between(.12, .6)}, s.between(9, 24)
			if math.Abs(at.x-sun.x) > size*.6 || at.y > sun.y+4 {
				s.cloud(at.x, at.y, size)
			}
		}
	}
	return sun
}

func (s *scene) sunDisc(at point) {
	p, r := s.pal, s.between(5, 9)
	switch p.hour {
	case dark:
		s.veil(p.glow, .5, disc(at.x, at.y, r*1.9))
		moon := disc(at.x, at.y, r*.8)
		s.cut(p.sun, moon)
		if s.chance(.6) { // a crescent: the sky's paper over the moon
			s.glue(p.glow.mix(p.sky, .5), disc(at.x+r*.38, at.y-r*.16, r*.68))
		}
	case dusk, dawn:
		s.veil(p.glow.lift(.03), .55, disc(at.x, at.y, r*2.2))
		s.cut(p.sun, disc(at.x, at.y, r*1.2))
	default:
		s.cut(p.sun, disc(at.x, at.y, r))
	}
}

func (s *scene) stars(below float64) {
	for range s.count(14, 26) {
		x, y, r := s.x(s.between(0, 1)), below*s.between(.02, 1), s.between(.25, .6)
		if s.chance(.3) {
			r *= 1.9
			s.glue(s.pal.sun, poly(x, y-r, x+r*.28, y-r*.28, x+r, y, x+r*.28, y+r*.28, x, y+r, x-r*.28, y+r*.28, x-r, y, x-r*.28, y-r*.28))
			continue
		}
		s.glue(s.pal.sun, disc(x, y, r*.7))
	}
}

// cloud has a flat foot and three or four round heads.
func (s *scene) cloud(x, y, size float64) {
	c := s.pal.glow.lift(.03)
	if s.pal.hour == mist {
		c = s.pal.paper.lift(.01)
	}
	h := size * s.between(.16, .26)
	s.cut(c, smooth(
		x-size, y, x-size*.86, y-h*.6, x-size*.5, y-h*s.between(.5, 1.1), x-size*.12, y-h*s.between(1.2, 1.7),
		x+size*.3, y-h*s.between(.8, 1.3), x+size*.62, y-h*s.between(.5, .9), x+size, y-h*.1, x+size*.7, y+h*.14, x-size*.6, y+h*.16))
}

// sea covers the picture below the horizon with strips of water.
func (s *scene) sea(horizon float64) {
	p := s.pal
	s.cut(p.water.lift(.06), s.ground(func(float64) float64 { return horizon }))
	strips := s.count(4, 6)
	for i := 1; i <= strips; i++ {
		t := float64(i) / float64(strips+1)
		y := horizon + (s.h-horizon)*math.Pow(t, 1.45)
		s.cut(p.water.mix(p.deepWater, t), s.ground(s.swell(y, .35+1.5*t, 4+float64(strips-i)*1.5)))
		s.foam(y, t)
	}
}

// swell is a row of small crests.
func (s *scene) swell(base, amount, crests float64) profile {
	phase, slope := s.between(0, 6.28), s.jitter(amount)
	return func(t float64) float64 {
		return base + slope*t - amount*math.Abs(math.Sin(crests*3.14*t+phase+.8*math.Sin(t*5)))
	}
}

// foam is a few slivers of light on the water.
func (s *scene) foam(y, nearness float64) {
	c := s.pal.water.mix(s.pal.paper, .62)
	if s.pal.hour == dark {
		c = s.pal.water.lift(.1)
	}
	for range s.count(1, 3) {
		s.glue(c, sliver(s.x(s.between(0, 1)), y+s.between(.8, 4), s.between(3, 8)*(.5+nearness), .35+.5*nearness))
	}
}

// sliver is a thin lens, pointed at both ends.
func sliver(x, y, length, thick float64) outline {
	return smooth(x-length, y, x-length*.3, y-thick*.5, x+length*.4, y-thick*.4, x+length, y+thick*.2, x+length*.2, y+thick*.5, x-length*.5, y+thick*.4)
}

// glitter lays the sun's reflection below the horizon.
func (s *scene) glitter(x, horizon float64) {
	c := s.pal.sun.mix(s.pal.paper, .35)
	y, w := horizon+1.2, 3.5
	for y < s.h*.97 {
		s.veil(c, .85, sliver(x+s.jitter(2.5), y, w*s.between(.6, 1.25), .5+(y-horizon)*.014))
		y += s.between(1.6, 3) + (y-horizon)*.1
		w += .35
	}
}

// gulls are a loose flight of birds around a point.
func (s *scene) gulls(x, y float64, n int) {
	c := s.pal.paper
	if s.pal.hour == mist || s.pal.hour == dusk {
		c = s.pal.deep
	}
	if s.pal.hour == dark {
		c = s.pal.far
	}
	for i := range n {
		size, lift := s.between(1.7, 3.6), s.between(.3, .62)
		o := smooth(-1.1, -lift*.6, -.62, -lift, -.2, -.2, .02, -.02, .22, -.26, .6, -lift*1.1, 1.15, -lift*.8, .62, -lift*.72, .26, -.0, .04, .2, -.16, .06, -.58, -lift*.62)
		side := (float64(i) - float64(n-1)/2) * 7.5
		s.cut(c, o.turn(s.jitter(.3)).at(x+side+s.jitter(2.2), y+s.jitter(6), size))
	}
}

// boulder is a granite rock sitting on (x, base).
func (s *scene) boulder(c lch, x, base, w, h float64) {
	s.cut(c, smooth(
		x-w*.5, base+h*.1, x-w*s.between(.44, .52), base-h*.45, x-w*s.between(.2, .3), base-h*s.between(.8, 1),
		x+w*s.between(.05, .16), base-h*s.between(.88, 1.06), x+w*s.between(.34, .42), base-h*s.between(.5, .7), x+w*.52, base+h*.1))
	s.glue(c.lift(.055), smooth(
		x-w*.34, base-h*.4, x-w*.2, base-h*.76, x+w*.04, base-h*.84, x-w*.08, base-h*.6))
}

// rocks is a heap of boulders from x0 to x1.
func (s *scene) rocks(c lch, x0, x1, base, height float64) {
	for x := x0; x < x1; {
		w := s.between(.8, 1.9) * height
		s.boulder(c.lift(s.jitter(.045)), x+w*.4, base+s.between(0, height*.25), w, height*s.between(.55, 1.1))
		x += w * s.between(.5, .75)
	}
}

// furze is a bush of gorse: a dark cushion and its flowers.
func (s *scene) furze(x, base, size float64) {
	s.cut(s.pal.moss, s.tuft(x, base, size))
	inner, petal := s.pal.leaf.lift(-.06), s.pal.accent.lift(s.jitter(.03))
	if s.chance(.4) { // in full bloom: the cushion itself is yellow
		inner, petal = petal.lift(-.035), s.pal.moss
	}
	s.cut(inner, s.tuft(x+size*.06, base-size*.04, size*.8))
	var petals []outline
	r := .5 + size*.035
	for range int(7 + size*1.7) {
		a, d := s.between(3.25, 6.15), size*math.Sqrt(s.between(.05, .9))
		o := smooth(-.95, .1, -.1, -.85, .95, -.1, .1, .65).turn(s.between(0, 3))
		petals = append(petals, o.at(x+d*.9*math.Cos(a), base+d*.66*math.Sin(a), r))
	}
	s.glue(petal, petals...)
}

// tuft is a lobed cushion on a flat foot.
func (s *scene) tuft(x, base, size float64) outline {
	xy := []float64{x - size, base}
	for i := range 7 {
		a := math.Pi * (1 + (float64(i)+.5)/7)
		r := size * s.between(.82, 1.06)
		if i%2 == 1 {
			r *= .86
		}
		xy = append(xy, x+r*math.Cos(a), base+r*.82*math.Sin(a))
	}
	return smooth(append(xy, x+size, base, x, base+size*.08)...)
}

// pine is a tree that the west wind has bent.
func (s *scene) pine(x, base, size float64) {
	p := s.pal
	s.cut(p.ink.mix(p.wood, .35), stroke(line(x, base+.5, x+size*.03, base-size*.35, x+size*.16, base-size*.62, x+size*.3, base-size*.8), size*.075, size*.03))
	for i := range 3 {
		t := float64(i) / 2
		w := size * (.5 - .1*t)
		cx, cy := x+size*(.26+.1*t), base-size*(.6+.17*t)
		s.cut(p.moss.lift(-.03+.05*t), smooth(cx-w*.7, cy+w*.06, cx-w*.4, cy-w*.24, cx+w*.1, cy-w*.34, cx+w*.62, cy-w*.26, cx+w, cy-w*.02, cx+w*.4, cy+w*.1, cx-w*.2, cy+w*.06))
	}
}

// tree is a round one: a trunk and a crown, with a lighter leaf or two.
func (s *scene) tree(c lch, x, base, size float64) {
	s.cut(s.pal.ink.mix(s.pal.wood, .3), stroke(line(x, base, x+s.jitter(size*.03), base-size*.3, x, base-size*.6), size*.07, size*.03))
	s.cut(c, smooth(x-size*.32, base-size*.5, x-size*.3, base-size*.78, x-size*.08, base-size, x+size*.2, base-size*.92, x+size*.36, base-size*.66, x+size*.22, base-size*.42, x-size*.1, base-size*.38))
	s.glue(c.lift(.05), smooth(x-size*.2, base-size*.62, x-size*.16, base-size*.8, x+size*.02, base-size*.88, x-size*.02, base-size*.7))
}

// poplar is a tall narrow tree.
func (s *scene) poplar(c lch, x, base, size float64) {
	s.cut(c, smooth(x-size*.1, base-size*.1, x-size*.13, base-size*.45, x-size*.05, base-size*.85, x+size*.01, base-size, x+size*.06, base-size*.84, x+size*.12, base-size*.45, x+size*.09, base-size*.1))
	s.glue(s.pal.ink.mix(s.pal.wood, .3), bar(x, base, x, base-size*.2, size*.03))
}

// leaf is a pointed leaf of unit length from the origin to the right.
func leaf(fat float64) outline {
	return smooth(0, 0, .22, -.3*fat, .6, -.34*fat, 1, 0, .62, .3*fat, .24, .26*fat)
}

// frond is a weed as Matisse would cut it: lobes on either side of a stem.
func (s *scene) frond(c lch, x, base, height, lean float64) {
	lobes := s.count(4, 6)
	stem := line(x, base, x+lean*.3, base-height*.35, x+lean*.55, base-height*.7, x+lean, base-height)
	parts := []outline{stroke(stem, height*.09, height*.03)}
	for i := range lobes {
		t := (float64(i) + .6) / float64(lobes)
		at := stem[int(t*float64(len(stem)-1))]
		size := height * (.34 - .16*t)
		for _, side := range []float64{-1, 1} {
			parts = append(parts, leaf(1.1).turn(side*s.between(.75, 1.05)-1.57+lean/height).at(at.x, at.y, size*s.between(.85, 1.1)))
		}
	}
	s.cut(c, parts...)
}

// grass is a fan of blades.
func (s *scene) grass(c lch, x, base, height float64) {
	var blades []outline
	for range s.count(4, 7) {
		lean := s.jitter(height * .6)
		bx, h := x+s.jitter(height*.25), height*s.between(.6, 1.1)
		blades = append(blades, stroke(line(bx, base, bx+lean*.25, base-h*.6, bx+lean, base-h), height*.11, .06))
	}
	s.cut(c, blades...)
}
