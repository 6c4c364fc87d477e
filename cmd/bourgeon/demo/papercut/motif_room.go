package papercut

import "math"

// room lays a wall and a floor or table from floor down, and returns the wall's colour.
func (s *scene) room(wall, floor lch, edge float64) {
	s.glue(wall, rect(-over, -over, s.w+2*over, s.h+2*over))
	if s.chance(.5) { // wainscot
		s.cut(wall.lift(-.035), s.ground(func(float64) float64 { return edge * s.between(.7, .71) }))
	}
	s.cut(floor, s.ground(func(float64) float64 { return edge }))
}

// window opens a wall on the sea, with its frame and sill.
func (s *scene) window(x, y, w, h float64) {
	p := s.pal
	frame := p.paper
	if p.hour == dark {
		frame = p.far
	}
	s.cut(frame, rect(x-2, y-2, w+4, h+4))
	s.glue(p.sky.mix(p.glow, .3), rect(x, y, w, h))
	hz := y + h*s.between(.5, .66)
	s.glue(p.sun, disc(x+w*s.between(.25, .75), y+h*s.between(.2, .4), min(w, h)*.09))
	s.glue(p.far, smooth(x+.2, hz+.4, x+w*.12, hz-h*.1, x+w*.34, hz-h*.13, x+w*.6, hz+.4).clip(x, y, x+w, y+h))
	s.glue(p.water, rect(x, hz, w, y+h-hz))
	s.glue(p.deepWater.mix(p.water, .4), rect(x, hz+(y+h-hz)*.55, w, (y+h-hz)*.45))
	s.sailboat(p.deep, pick(s, p.spark, p.accent), x+w*s.between(.62, .74), hz+h*.1, h*.22)
	s.cut(frame, bar(x+w/2, y-1, x+w/2, y+h+1, 1.1), bar(x-1, y+h*.4, x+w+1, y+h*.4, .9))
	s.cut(frame.lift(-.04), rect(x-3.4, y+h+1, w+6.8, 2.2))
}

// clip keeps an outline within a box, crudely: points outside move to its edge.
func (o outline) clip(x0, y0, x1, y1 float64) outline {
	for i, p := range o {
		o[i] = point{max(x0, min(x1, p.x)), max(y0, min(y1, p.y))}
	}
	return o
}

// inside gives the colours of a room: walls, and the table or floor.
func (s *scene) inside() (wall, board lch) {
	p := s.pal
	wall = pick(s, p.far.mix(p.paper, .35), p.far.mix(p.paper, .6), p.mid.lift(.08), p.rose.mix(p.far, .4), p.near)
	return wall, p.wood.lift(s.between(-.06, .1))
}

// pendant lamp and the cone of its light.
func (s *scene) pendant(x, y, w, reach float64) {
	p := s.pal
	s.glue(p.ink, bar(x, -over, x, y-w*.3, .35))
	s.veil(p.lit, .2, poly(x-w*.45, y, x+w*.45, y, x+w*.45+reach*.45, y+reach, x-w*.45-reach*.45, y+reach))
	s.glue(p.lit.lift(.05), arch(x, y-w*.04, w*.16, w*.16, 0, math.Pi))
	s.cut(pick(s, p.spark, p.accent, p.deep), smooth(x-w*.5, y, x-w*.4, y-w*.22, x-w*.1, y-w*.42, x+w*.1, y-w*.42, x+w*.4, y-w*.22, x+w*.5, y, x, y+w*.03))
}

// workshop: tools on the wall, a bench, something being mended.
func workshop(s *scene) {
	s.setMood(day, dawn, mist, dusk)
	p := s.pal
	wall, board := s.inside()
	bench := s.y(s.between(.66, .7))
	s.room(wall, p.deep, bench+3)
	wx := s.x(s.between(.6, .66))
	s.window(wx, s.y(.14), min(s.w*.27, 42), s.h*.34)
	rail := s.y(s.between(.17, .21))
	s.cut(board.lift(-.08), rect(s.x(.06), rail-1.2, s.x(.46), 2.4))
	tools := []func(x, y, k float64){s.saw, s.hammer, s.spanner, s.square, s.brush, s.hammer, s.plane}
	s.rng.Shuffle(len(tools), func(i, j int) { tools[i], tools[j] = tools[j], tools[i] })
	for i := range int(max(3, min(5, s.w/28))) {
		s.glue(p.ink, disc(s.x(.1+.088*float64(i)), rail, .5))
		tools[i](s.x(.1+.088*float64(i)), rail+1.2, s.between(21, 27))
	}
	// The bench, its drawers and its vice.
	s.cut(board.lift(-.12), rect(s.x(.05), bench+4, s.x(.9), s.h))
	for i := range 3 {
		dx := s.x(.09 + .28*float64(i))
		s.cut(board.lift(-.06), rect(dx, bench+8, s.x(.24), 11))
		s.cut(p.accent, disc(dx+s.x(.12), bench+13.5, 1.1))
	}
	s.cut(board.lift(.05), rect(-over, bench, s.w+2*over, 5))
	vx := s.x(s.between(.1, .16))
	s.cut(p.ink, rect(vx, bench-7, 5, 8), rect(vx+7.4, bench-8, 3, 9), bar(vx+3, bench-3, vx+16, bench-3, 1.3), bar(vx+16, bench-6.4, vx+16, bench+.4, .9))
	s.cut(p.spark, poly(vx+5.2, bench-13, vx+7.2, bench-13, vx+7.2, bench-4, vx+5.2, bench-4))
	switch s.rng.IntN(3) {
	case 0:
		s.bicycle(s.x(.47), bench+.3, min(s.h*.075, s.w*.06))
	case 1:
		s.wireless(s.x(.44), bench, min(27, s.w*.2))
	default: // a model boat on its cradle
		s.cut(board.lift(-.14), poly(s.x(.36), bench, s.x(.365), bench-4, s.x(.375), bench-4, s.x(.39), bench), poly(s.x(.5), bench, s.x(.51), bench-4, s.x(.52), bench-4, s.x(.535), bench))
		s.sailboat(p.spark, p.paper, s.x(.45), bench-4, 26)
	}
	for i := range 4 { // pots of paint
		px, h := s.x(.64)+float64(i)*6.2, s.between(4.6, 6.6)
		c := []lch{p.accent, p.near, p.spark, p.leaf}[i]
		s.cut(p.paper.lift(-.03), rect(px, bench-h, 5, h+.2))
		s.glue(c, rect(px, bench-h*.74, 5, h*.46))
		s.glue(p.ink, bar(px-.2, bench-h, px+5.2, bench-h, .5))
	}
	s.cut(p.wood.lift(-.1), bar(s.x(.64)+15, bench-6, s.x(.64)+18, bench-15, .8))
	for range 6 { // shavings
		x := s.x(s.between(.2, .6))
		s.cut(p.wood.lift(.2), arch(x, bench-.8, 1.3, .45, s.between(2, 4), s.between(6, 8)))
	}
	s.pendant(s.x(s.between(.42, .52)), s.y(.12), 17, bench-s.y(.12))
}

func (s *scene) saw(x, y, k float64) {
	p := s.pal
	s.cut(p.stone.lift(.06), poly(x-k*.1, y+k*.2, x+k*.14, y+k*.2, x+k*.07, y+k, x-k*.02, y+k))
	s.cut(p.wood.lift(-.12), smooth(x-k*.16, y+k*.02, x+k*.05, y, x+k*.2, y+k*.06, x+k*.16, y+k*.26, x-k*.1, y+k*.26))
	s.glue(p.stone.lift(-.25), oval(x+k*.02, y+k*.13, k*.05, k*.06))
}

func (s *scene) hammer(x, y, k float64) {
	s.cut(s.pal.wood.lift(.06), stroke(path(x, y+k*.04, x, y+k*.85), k*.055, k*.075))
	s.cut(s.pal.ink, smooth(x-k*.2, y+k*.02, x-k*.19, y+k*.15, x+k*.06, y+k*.15, x+k*.22, y+k*.1, x+k*.06, y+k*.03))
}

func (s *scene) spanner(x, y, k float64) {
	s.cut(s.pal.slate, stroke(path(x, y+k*.12, x, y+k*.75), k*.06, k*.06),
		arch(x, y+k*.08, k*.1, k*.06, -1.0, 4.1), arch(x, y+k*.8, k*.1, k*.06, 2.2, 7.2))
}

func (s *scene) square(x, y, k float64) {
	s.cut(s.pal.stone.lift(.08), rect(x-k*.03, y, k*.07, k*.7))
	s.cut(s.pal.spark, rect(x-k*.03, y+k*.64, k*.36, k*.08))
}

func (s *scene) brush(x, y, k float64) {
	p := s.pal
	s.cut(p.wood.lift(.02), stroke(path(x, y, x, y+k*.5), k*.045, k*.09))
	s.cut(p.stone, rect(x-k*.075, y+k*.46, k*.15, k*.1))
	s.cut(p.accent, poly(x-k*.07, y+k*.56, x+k*.07, y+k*.56, x+k*.1, y+k*.8, x-k*.09, y+k*.82))
}

func (s *scene) plane(x, y, k float64) {
	p := s.pal
	s.cut(p.wood, poly(x-k*.08, y, x+k*.08, y, x+k*.08, y+k*.7, x-k*.08, y+k*.7))
	s.cut(p.ink, rect(x-k*.05, y+k*.26, k*.1, k*.12))
	s.cut(p.spark, oval(x, y+k*.12, k*.05, k*.07), oval(x, y+k*.56, k*.06, k*.09))
}

// wireless is an old radio set standing on (x, base).
func (s *scene) wireless(x, base, w float64) {
	p := s.pal
	h := w * .6
	s.glue(p.ink, bar(x+w*.36, base-h, x+w*.62, base-h*1.7, .4))
	s.cut(p.ink, rect(x-w*.42, base-1, w*.1, 1.2), rect(x+w*.32, base-1, w*.1, 1.2))
	s.cut(p.spark, smooth(x-w*.5, base-.8, x-w*.5, base-h*.9, x-w*.44, base-h, x, base-h*1.01, x+w*.44, base-h, x+w*.5, base-h*.9, x+w*.5, base-.8, x, base-.6))
	s.cut(p.rose, disc(x-w*.2, base-h*.5, h*.36))
	for i := range 5 {
		y := base - h*(.3+.1*float64(i))
		s.glue(p.wood.lift(-.1), bar(x-w*.36, y, x-w*.04, y, .32))
	}
	s.cut(p.paper, rect(x+w*.06, base-h*.84, w*.36, h*.3))
	s.glue(p.spark.lift(-.1), bar(x+w*.25, base-h*.82, x+w*.2, base-h*.56, .35))
	s.cut(p.accent, disc(x+w*.14, base-h*.3, h*.1), disc(x+w*.34, base-h*.3, h*.1))
}

// forge: fire, anvil, and the smith's silhouette.
func forge(s *scene) {
	s.setMood(dark)
	p := s.pal
	fire, ember := lch{.86, .15, 82}, lch{.67, .175, 42}
	floor := s.y(s.between(.76, .8))
	s.glue(p.mid, rect(-over, -over, s.w+2*over, s.h+2*over))
	for y := 4.0; y < floor; y += 8 { // the stones of the wall
		for x := s.between(-10, 0); x < s.w; {
			w := s.between(10, 20)
			s.glue(p.mid.lift(s.jitter(.025)), rect(x+.4, y-3.6, w-.8, 7.2))
			x += w
		}
	}
	hx, hw := s.x(s.between(.22, .3)), min(s.w*.34, 48)
	s.cut(p.near, poly(hx-hw*.3, -over, hx+hw*.3, -over, hx+hw*.34, s.h*.16, hx+hw*.66, floor-s.h*.36, hx-hw*.66, floor-s.h*.36, hx-hw*.34, s.h*.16))
	s.cut(p.ink, rect(hx-hw*.66, floor-s.h*.36, hw*1.32, 3.4))
	s.glue(p.ink, rect(hx-hw*.5, floor-s.h*.325, hw, s.h*.2))
	top := floor - s.h*.12
	for _, g := range []struct{ r, o float64 }{{1.7, .1}, {1.25, .14}, {.85, .2}} {
		s.veil(ember, g.o, disc(hx, top-6, hw*.5*g.r))
	}
	s.flame(ember, hx, top+2, hw*.42, s.h*.2)
	s.flame(fire.mix(ember, .5), hx+1.2, top+2, hw*.3, s.h*.145)
	s.flame(fire, hx-.6, top+2, hw*.17, s.h*.09)
	s.cut(p.near.lift(.03), rect(hx-hw*.72, top, hw*1.44, s.h*.3))
	for i := range 4 {
		s.glue(p.mid.lift(s.jitter(.03)), rect(hx-hw*.66+float64(i)*hw*.34, top+3+float64(i%2)*6, hw*.3, 5))
	}
	s.cut(p.deep, s.ground(func(float64) float64 { return floor }))
	s.veil(ember, .16, sliver(hx+4, floor+6, hw*1.3, 9))
	// Tools on a rail against the wall.
	rail, rx := s.y(.2), s.x(.54)
	s.cut(p.ink, bar(rx-3, rail, s.w+over, rail, 1))
	for i := range int(max(2, (s.w-rx)/13)) {
		x, l := rx+3+float64(i)*12+s.jitter(2), s.between(13, 24)
		switch s.rng.IntN(3) {
		case 0: // tongs
			s.cut(p.ink, stroke(line(x-1, rail, x+1.8, rail+l*.5, x-.8, rail+l), .7, .8), stroke(line(x+1.4, rail, x-1.4, rail+l*.5, x+1.2, rail+l), .7, .8))
		case 1: // horseshoe
			s.cut(p.ink, arch(x, rail+4.6, 4, 1.3, -4, .9))
		default: // hammer
			s.cut(p.wood, bar(x, rail, x, rail+l, 1))
			s.cut(p.ink, rect(x-3, rail+l-2, 6, 3.4))
		}
	}
	ax, k := s.x(s.between(.56, .62)), min(34, s.w*.26)
	ay := floor + 8
	s.cut(p.wood.lift(-.06), poly(ax-k*.26, ay+k*.24, ax-k*.22, ay-k*.22, ax+k*.22, ay-k*.22, ax+k*.26, ay+k*.24))
	s.cut(p.ink.lift(.02), smooth(ax-k*.24, ay-k*.21, ax-k*.12, ay-k*.32, ax-k*.12, ay-k*.4, ax-k*.34, ay-k*.47, ax-k*.7, ay-k*.56, ax-k*.32, ay-k*.59, ax+k*.4, ay-k*.59, ax+k*.4, ay-k*.47, ax+k*.13, ay-k*.4, ax+k*.13, ay-k*.32, ax+k*.24, ay-k*.21))
	s.glue(p.far, bar(ax-k*.45, ay-k*.575, ax+k*.38, ay-k*.575, .5))
	s.cut(fire, bar(ax-k*.34, ay-k*.62, ax+k*.12, ay-k*.62, 1.4))
	for _, g := range []float64{.62, .36} {
		s.veil(fire, .1, oval(ax-k*.11, ay-k*.63, k*g, k*g*.45))
	}
	for range 22 {
		a, d := s.between(3.3, 6.1), s.between(.16, .85)*k
		x, y := ax-k*.2+d*math.Cos(a), ay-k*.64+d*.8*math.Sin(a)
		s.glue(pick(s, fire, ember, fire.lift(.05)), sliver(0, 0, s.between(.5, 1.4), .5).turn(a).at(x, y, 1))
	}
	s.smith(ax+k*.72, ay+k*.22, s.h*s.between(.5, .55))
}

func (s *scene) flame(c lch, x, base, w, h float64) {
	s.cut(c, smooth(x-w, base, x-w*.8, base-h*.35, x-w*.52, base-h*s.between(.6, .8), x-w*.35, base-h*.4, x-w*.05, base-h*s.between(.9, 1.1), x+w*.22, base-h*.5, x+w*.5, base-h*s.between(.65, .85), x+w*.8, base-h*.3, x+w, base))
}

// smith swings a hammer to the left.
func (s *scene) smith(x, base, h float64) {
	p := s.pal
	put := func(o outline) outline { return o.at(x, base, h) }
	rim := lch{.62, .13, 48}
	s.cut(p.ink, put(stroke(line(-.06, -.45, -.12, -.22, -.15, 0), .13, .08)), put(stroke(line(.06, -.45, .1, -.22, .11, 0), .13, .09)))
	s.cut(p.wood.lift(.05), put(bar(-.3, -1.02, -.02, -.92, .026)))
	s.cut(p.stone, put(rect(-.36, -1.09, .075, .15)))
	s.cut(s.pal.spark.lift(-.12), put(smooth(-.1, -.82, .04, -.85, .15, -.76, .16, -.55, .14, -.36, -.12, -.36, -.14, -.56)))
	s.glue(rim, put(stroke(line(-.1, -.8, -.15, -.6, -.13, -.36), .018, .012)))
	s.cut(p.wood.lift(-.16), put(poly(-.13, -.56, .1, -.56, .13, -.24, -.16, -.24)))
	s.cut(p.skin.lift(-.1), put(stroke(line(.1, -.78, .13, -.95, -.04, -.93), .07, .05)), put(stroke(line(-.08, -.76, -.22, -.6, -.34, -.56), .065, .045)))
	s.cut(p.skin.lift(-.06), put(oval(-.02, -.92, .058, .07)))
	s.glue(p.ink, put(smooth(-.075, -.95, -.05, -1.01, .03, -1.01, .05, -.93, .03, -.87, .01, -.94)))
	s.glue(rim.lift(.12), put(stroke(line(-.075, -.96, -.085, -.91, -.06, -.86), .016, .008)))
}
