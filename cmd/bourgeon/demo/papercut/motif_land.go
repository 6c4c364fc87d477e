package papercut

import "math"

// gorse: a yellow slope, a path, the sea behind.
func gorse(s *scene) {
	s.setMood(day, dawn, mist, day, dusk)
	p := s.pal
	hz := s.y(s.between(.36, .46))
	sun := s.sky(hz)
	s.cut(p.water.lift(.04), s.ground(func(float64) float64 { return hz }))
	s.glitter(sun.x, hz)
	s.cut(p.far, s.hill(s.x(.55), s.w+14, hz+2, s.between(8, 13)))
	s.cut(p.mid, s.ground(s.slope(hz+15, hz+2)))
	hill := s.slope(hz+4+s.between(0, 6), hz+s.between(18, 26))
	s.cut(p.leaf, s.ground(hill))
	standing := s.between(.14, .24)
	s.menhir(s.x(standing), hill(standing)+1, s.between(13, 19))
	for range 16 {
		t := s.between(-.02, 1.02)
		s.furze(s.x(t), hill(t)+s.between(1.5, 9), s.between(2.6, 5))
	}
	front := s.slope(s.y(.78), s.y(s.between(.62, .7)))
	s.cut(p.leaf.mix(p.moss, .5), s.ground(front))
	s.pine(s.x(s.between(.68, .78)), front(.73)+.6, s.between(27, 36))
	end := s.between(.5, .6)
	s.path(s.x(.36), s.h+3, s.x(end), front(end)+.6, 15)
	s.figure(s.x(end)+1, front(end)+4.4, s.between(8, 10), -1)
	// Three rows of gorse, larger as they come near, that leave the path free.
	for row := range 3 {
		n := 11 - 2*row
		for i := range n {
			t := (float64(i) + s.between(.15, .85)) / float64(n)
			clear := .045 + .05*float64(row)
			if middle := .50 - .045*float64(row); math.Abs(t-middle) < clear {
				continue
			}
			depth := (float64(row) + s.between(.55, .95)) / 3
			s.furze(s.x(t), front(t)+(s.h+3-front(t))*depth, s.between(4.4, 6.4)+3.4*float64(row))
		}
	}
	s.grass(p.moss, s.x(.54), s.h+1, 11)
	s.gulls(s.x(s.between(.3, .5)), hz*s.between(.4, .7), s.count(2, 5))
}

// slope is a profile from one height to another.
func (s *scene) slope(from, to float64) profile {
	roll := s.roll(0, 1.4, 1.1)
	return func(t float64) float64 { return from + (to-from)*t*t*(3-2*t) + roll(t) }
}

// path winds from a wide foot to a narrow end.
func (s *scene) path(x0, y0, x1, y1, width float64) {
	c := s.pal.paper.mix(s.pal.stone, .45)
	if s.pal.hour == dusk {
		c = s.pal.stone
	}
	d := y0 - y1
	s.cut(c, stroke(line(x0, y0, x0+(x1-x0)*.7+d*.12, y0-d*.35, x0+(x1-x0)*.35, y0-d*.65, x1, y1), width, .9))
}

func (s *scene) menhir(x, base, h float64) {
	c := s.pal.stone.lift(-.05)
	s.cut(c, smooth(x-h*.2, base+.6, x-h*.23, base-h*.4, x-h*.12, base-h*.88, x+h*.02, base-h, x+h*.14, base-h*.82, x+h*.2, base-h*.3, x+h*.17, base+.6))
	s.glue(c.lift(-.08), smooth(x+h*.04, base+.5, x+h*.07, base-h*.5, x+h*.05, base-h*.92, x+h*.14, base-h*.8, x+h*.2, base-h*.3, x+h*.17, base+.5))
}

// heath: stones standing in heather under much sky, and ponies.
func heath(s *scene) {
	s.setMood(dawn, mist, dusk, day)
	p := s.pal
	hz := s.y(s.between(.52, .64))
	s.sky(hz)
	s.cloud(s.x(s.between(.2, .7)), hz*s.between(.25, .5), s.between(26, 38))
	s.cut(p.far, s.ground(s.roll(hz-6, 4, .7)))
	s.cut(p.far.mix(p.mid, .55), s.ground(s.roll(hz, 2.6, 1)))
	heather := lch{p.mid.l, .085, toward(330, s.colour.h, .25)}
	if p.hour == dusk {
		heather.l = .46
	}
	a := s.slope(hz+3, hz+9)
	s.cut(heather.lift(.07), s.ground(a))
	for i := range s.count(2, 4) {
		t := .55 + .12*float64(i) + s.jitter(.03)
		s.pony(s.x(t), a(t)+3, s.between(6.5, 9), pick(s, -1.0, 1))
	}
	b := s.slope(hz+17, hz+11)
	s.cut(p.leaf.lift(-.03), s.ground(b))
	if s.chance(.55) {
		s.dolmen(s.x(s.between(.2, .32)), b(.26)+2, s.between(24, 32))
	} else {
		for i := range s.count(3, 5) {
			t := .1 + .095*float64(i)
			s.menhir(s.x(t), b(t)+2, s.between(9, 24))
		}
	}
	s.figure(s.x(s.between(.42, .48)), b(.45)+2, s.between(7, 8.5), -1)
	c := s.slope(s.y(.84), s.y(.76))
	s.cut(heather.lift(-.04), s.ground(c))
	for i := range 34 { // from far to near
		t, depth := s.between(0, 1), float64(i)/34
		y := c(t) + 3 + (s.h-c(t))*depth
		s.sprig(heather.lift(s.between(.06, .2)), s.x(t), y, s.between(3, 5)+10*depth)
	}
	clump := s.between(.05, .9)
	for range s.count(3, 5) {
		s.furze(s.x(clump+s.jitter(.12)), s.h+2, s.between(6, 12))
	}
	s.gulls(s.x(s.between(.55, .85)), hz*s.between(.3, .5), s.count(2, 4))
}

// sprig is a stem of heather with its bells.
func (s *scene) sprig(c lch, x, base, h float64) {
	lean := s.jitter(h * .25)
	s.glue(s.pal.moss, stroke(path(x, base, x+lean, base-h), .3, .15))
	var bells []outline
	for i := range 5 {
		t := .35 + .15*float64(i)
		side := float64(i%2)*2 - 1
		bells = append(bells, oval(x+lean*t+side*h*.07, base-h*t, h*.08, h*.1))
	}
	s.glue(c, bells...)
}

func (s *scene) dolmen(x, base, w float64) {
	c := s.pal.stone.lift(-.06)
	s.glue(s.pal.ink, rect(x-w*.32, base-w*.3, w*.64, w*.3))
	for _, dx := range []float64{-.36, -.05, .32} {
		s.cut(c.lift(s.jitter(.03)), smooth(x+w*(dx-.1), base+.6, x+w*(dx-.09), base-w*.22, x+w*dx, base-w*.34, x+w*(dx+.09), base-w*.2, x+w*(dx+.1), base+.6))
	}
	s.cut(c.lift(.04), smooth(x-w*.6, base-w*.3, x-w*.5, base-w*.42, x-w*.05, base-w*.5, x+w*.45, base-w*.45, x+w*.58, base-w*.34, x+w*.1, base-w*.27, x-w*.4, base-w*.25))
}

// pony grazes, or looks up.
func (s *scene) pony(x, base, size, facing float64) {
	p := s.pal
	coat := pick(s, p.deep, p.ink, p.wood.lift(-.12), p.paper.lift(-.06))
	put := func(o outline) outline { return o.fit(x, base, facing*size, size) }
	legs := []outline{}
	for _, lx := range []float64{-.42, -.28, .22, .34} {
		legs = append(legs, put(stroke(path(lx, -.45, lx+s.jitter(.04), 0), .1, .06)))
	}
	neck := smooth(.2, -.74, .42, -1.0, .52, -1.12, .62, -1.1, .84, -.9, .8, -.82, .6, -.9, .42, -.55)
	mane := stroke(path(.24, -.8, .5, -1.1), .1, .06)
	if s.chance(.6) {
		neck = smooth(.2, -.72, .45, -.68, .7, -.4, .86, -.12, .76, -.05, .6, -.24, .36, -.42)
		mane = stroke(path(.3, -.7, .68, -.44), .1, .05)
	}
	body := smooth(-.5, -.55, -.42, -.76, 0, -.7, .3, -.78, .42, -.56, .2, -.38, -.3, -.4)
	tail := stroke(line(-.48, -.68, -.6, -.5, -.58, -.22), .1, .05)
	s.cut(coat, append(legs, put(body), put(neck))...)
	s.glue(coat.lift(-.1), put(tail), put(mane))
}

// chapel: granite among trees, its calvary, a path.
func chapel(s *scene) {
	s.setMood(day, mist, dawn, dusk, dark)
	p := s.pal
	hz := s.y(s.between(.58, .68))
	s.sky(hz)
	s.cut(p.far, s.ground(s.roll(hz-9, 4, .8)))
	s.cut(p.mid.lift(.03), s.ground(s.roll(hz-2, 2, 1)))
	for range s.count(3, 6) {
		s.tree(p.moss.lift(s.jitter(.04)), s.x(s.between(.02, .4)), hz+2, s.between(11, 19))
	}
	meadow := s.slope(hz+3, hz-1)
	s.cut(p.leaf, s.ground(meadow))
	x, base, k := s.x(s.between(.56, .66)), hz+4, s.between(21, 25)
	s.tree(p.moss, x+k*1.45, base-1, k*1.3)
	s.nave(x, base, k)
	s.calvary(s.x(s.between(.2, .3)), base+5, s.between(15, 19))
	// A dry stone wall with its gap.
	wallY := base + 8
	for wx := -2.0; wx < s.w+2; {
		w := s.between(3, 6.5)
		if gap := s.x(.46); wx < gap-2 || wx > gap+12 {
			s.cut(p.stone.lift(s.between(-.16, -.04)), smooth(wx, wallY+1, wx+.3, wallY-2.6, wx+w*.5, wallY-s.between(3, 4.2), wx+w-.2, wallY-2.4, wx+w, wallY+1))
		}
		wx += w * .9
	}
	for _, t := range []float64{s.between(.02, .12), s.between(.16, .26), s.between(.8, .9), s.between(.92, 1)} {
		s.hydrangea(s.x(t), wallY+1, s.between(5, 8))
	}
	s.cut(p.leaf.mix(p.moss, .35), s.ground(s.roll(wallY+.4, .5, 3)))
	s.cut(p.leaf.mix(p.moss, .6), s.ground(s.slope(wallY+13, wallY+8)))
	s.path(s.x(.4), s.h+2, x-k*.1, base+1, 20)
	s.figure(s.x(.475), wallY+3.5, s.between(9, 11), 1)
	if s.chance(.6) {
		s.figure(s.x(.475)+4.5, wallY+3, s.between(6, 7.5), 1)
	}
	for range 7 {
		t := s.between(0, 1)
		if t > .28 && t < .64 {
			continue
		}
		s.flower(s.x(t), s.h+1, s.between(7, 14), pick(s, p.accent, p.paper, p.spark))
	}
	s.furze(s.x(s.between(.85, .97)), s.h+1, s.between(10, 14))
	s.gulls(x-k*.2, hz-k*2.1, 3)
}

// hydrangea is a cushion of round heads, as along every wall here.
func (s *scene) hydrangea(x, base, size float64) {
	p := s.pal
	s.cut(p.moss, s.tuft(x, base, size))
	head := pick(s, p.far, p.mid.lift(.06), p.rose.lift(-.06), lch{.70, .09, toward(p.far.h, 350, .4)})
	if p.hour == dark {
		head = head.lift(-.18)
	}
	for range int(4 + size*.5) {
		a, d := s.between(3.3, 6.1), size*s.between(.25, .85)
		hx, hy := x+d*.9*math.Cos(a), base+d*.7*math.Sin(a)
		s.cut(head.lift(s.jitter(.03)), s.tuft(hx, hy+.5, 1.5), disc(hx, hy, size*.17))
	}
}

// nave is the chapel: gable, openwork belfry, slate roof running to the right.
func (s *scene) nave(x, base, k float64) {
	p := s.pal
	stone := p.stone
	shade := stone.lift(-.09)
	s.cut(shade, rect(x+k*.2, base-k*.52, k*1.15, k*.52+.5))
	s.cut(p.slate, poly(x+k*.08, base-k*.98, x+k*1.24, base-k*.98, x+k*1.44, base-k*.48, x+k*.1, base-k*.48))
	for i := range 3 {
		s.glue(s.windowGlass(), door(x+k*(.5+.29*float64(i)), base-k*.12, k*.1, k*.28))
	}
	s.cut(stone, poly(x-k*.42, base+.5, x-k*.42, base-k*.5, x, base-k*1.08, x+k*.42, base-k*.5, x+k*.42, base+.5))
	// The belfry: two pillars, an arch, a spirelet, a bell.
	s.cut(stone.lift(.02), rect(x-k*.15, base-k*1.36, k*.08, k*.44), rect(x+k*.07, base-k*1.36, k*.08, k*.44), rect(x-k*.19, base-k*1.01, k*.38, k*.07))
	s.cut(stone, poly(x-k*.2, base-k*1.34, x-k*.13, base-k*1.43, x, base-k*1.86, x+k*.13, base-k*1.43, x+k*.2, base-k*1.34))
	s.cut(p.accent.lift(-.06), smooth(x-k*.055, base-k*1.06, x-k*.035, base-k*1.2, x, base-k*1.25, x+k*.035, base-k*1.2, x+k*.055, base-k*1.06))
	s.glue(p.spark.lift(-.08), door(x, base, k*.26, k*.46))
	s.glue(p.ink, bar(x, base, x, base-k*.44, k*.012))
	s.glue(s.windowGlass(), disc(x, base-k*.7, k*.1))
	s.glue(stone.lift(-.05), bar(x-k*.1, base-k*.7, x+k*.1, base-k*.7, k*.022), bar(x, base-k*.8, x, base-k*.6, k*.022))
}

func (s *scene) windowGlass() lch {
	if s.pal.hour == dark || s.pal.hour == dusk {
		return s.pal.lit
	}
	return s.pal.deep
}

func (s *scene) calvary(x, base, h float64) {
	c := s.pal.stone.lift(-.04)
	for i := range 3 {
		w := h * (.62 - .14*float64(i))
		s.cut(c.lift(-.03*float64(2-i)), rect(x-w/2, base-h*.07*float64(i+1), w, h*.08))
	}
	s.cut(c.lift(.02), bar(x, base-h*.2, x, base-h, h*.06), bar(x-h*.17, base-h*.8, x+h*.17, base-h*.8, h*.06))
}

// flower is a stem, two leaves and a head of petals.
func (s *scene) flower(x, base, h float64, c lch) {
	lean := s.jitter(h * .15)
	s.cut(s.pal.moss, stroke(line(x, base, x+lean*.3, base-h*.5, x+lean, base-h), h*.05, h*.03),
		leaf(1).turn(-.7).at(x+lean*.15, base-h*.25, h*.34), leaf(1).turn(-2.4).at(x+lean*.2, base-h*.4, h*.3))
	var petals []outline
	for i := range 7 {
		petals = append(petals, leaf(1.2).turn(float64(i)*math.Pi*2/7+lean).at(x+lean, base-h, h*.2))
	}
	s.cut(c, petals...)
	s.glue(c.mix(s.pal.spark, .6).lift(-.1), disc(x+lean, base-h, h*.055))
}

// garden: rows of vegetables, somebody watering, washing in the wind.
func garden(s *scene) {
	s.setMood(day, dawn, day, mist)
	p := s.pal
	hz := s.y(s.between(.34, .42))
	s.sky(hz)
	s.cut(p.far, s.ground(s.roll(hz-3, 2.4, .9)))
	s.street(s.x(.5), s.x(.95), hz+3, 7, 11)
	for range s.count(3, 5) {
		s.tree(pick(s, p.leaf, p.moss, p.mid), s.x(s.between(.04, .55)), hz+4, s.between(12, 19))
	}
	hedge := s.roll(hz+2, .8, 3)
	s.cut(p.moss, s.ground(hedge))
	s.cut(p.leaf.lift(.05), s.ground(s.roll(hz+7, .7, 1)))
	s.laundry(s.x(s.between(.08, .14)), s.x(s.between(.4, .46)), hz+13, s.between(12, 14))
	// The shed.
	sx, sb := s.x(s.between(.76, .84)), hz+13
	s.cut(p.wood, rect(sx-8, sb-11, 16, 11.4))
	for i := range 5 {
		s.glue(p.wood.lift(-.07), bar(sx-6+3*float64(i), sb-11, sx-6+3*float64(i), sb, .25))
	}
	s.glue(p.deep, rect(sx-2, sb-8, 5, 8))
	s.cut(p.spark, poly(sx-10, sb-10, sx-7.5, sb-16, sx+7.5, sb-16, sx+10, sb-10))
	// Beds run towards the viewer.
	soil := lch{.42, .045, 50}
	vanish := point{s.x(s.between(.45, .6)), hz - 14}
	top, foot := hz+15, s.h+over
	for i := -3; i <= 3; i++ {
		fx := vanish.x + float64(i)*s.w*.28
		at := func(x, y float64) float64 { return vanish.x + (x-vanish.x)*(y-vanish.y)/(foot-vanish.y) }
		half := s.w * .1
		s.cut(soil.lift(s.jitter(.02)), poly(at(fx-half, top), top, at(fx+half, top), top, fx+half, foot, fx-half, foot))
		kind := s.rng.IntN(4)
		for y := top + 2; y < s.h+2; y += 3.2 + (y-top)*.115 {
			near := (y - vanish.y) / (foot - vanish.y)
			for j := range 2 {
				s.vegetable(kind, at(fx+(float64(j)-.5)*half, y)+s.jitter(.5), y, 9*near)
			}
		}
	}
	wx := s.x(s.between(.36, .5))
	s.figure(wx, s.y(.72), s.between(17, 20), 1)
	s.cut(p.near, poly(wx+4, s.y(.72)-9, wx+8, s.y(.72)-9, wx+7.6, s.y(.72)-5.2, wx+4.4, s.y(.72)-5.2), bar(wx+7.4, s.y(.72)-6, wx+10.6, s.y(.72)-8.6, .6))
	for i := range 3 {
		s.flower(s.x(.03+.05*float64(i)), s.h+1, s.between(28, 42)-6*float64(i), p.accent)
	}
	s.gulls(s.x(.3), hz*.35, 3)
}

// vegetable is one plant of a row: cabbage, leek, lettuce or beet.
func (s *scene) vegetable(kind int, x, y, size float64) {
	p := s.pal
	switch kind {
	case 0:
		s.cut(p.leaf.lift(.02), smooth(x-size*.5, y, x-size*.42, y-size*.4, x, y-size*.55, x+size*.45, y-size*.38, x+size*.5, y))
		s.glue(p.leaf.lift(.13), smooth(x-size*.26, y-size*.05, x-size*.2, y-size*.34, x+size*.04, y-size*.42, x+size*.26, y-size*.24, x+size*.2, y-size*.04))
	case 1:
		s.cut(p.leaf.mix(p.near, .35), leaf(.5).turn(-1.2).at(x, y, size*.9), leaf(.5).turn(-1.9).at(x, y, size*.95), leaf(.5).turn(-1.57).at(x, y, size*1.1))
	case 2:
		c := p.lemon.mix(p.leaf, .6).lift(.03)
		s.cut(c, oval(x-size*.2, y-size*.16, size*.24, size*.2), oval(x+size*.2, y-size*.16, size*.24, size*.2), oval(x, y-size*.28, size*.24, size*.24))
		s.glue(c.lift(.07), oval(x, y-size*.2, size*.14, size*.13))
	default:
		s.cut(p.moss, leaf(.8).turn(-1).at(x, y, size*.7), leaf(.8).turn(-2.1).at(x, y, size*.7))
		s.cut(p.tomato.mix(p.aubergine, .5), oval(x, y-size*.06, size*.2, size*.17))
	}
}

// river: meanders between hills, a bridge, poplars, a rower.
func river(s *scene) {
	s.setMood(day, dawn, mist, dusk)
	p := s.pal
	hz := s.y(s.between(.34, .44))
	sun := s.sky(hz)
	s.cut(p.far, s.ground(s.roll(hz-5, 4, .8)))
	s.cut(p.mid.lift(.05), s.ground(s.roll(hz+1, 2.4, 1.1)))
	far := s.x(s.between(.52, .64))
	s.street(far+14, far+30, hz+4, 4, 6.5)
	s.cut(p.leaf.lift(.03), s.ground(s.roll(hz+4, 1, 1)))
	// The water first as one ribbon, then the banks over its edges.
	bend := s.between(.14, .24) * s.w
	ribbon := func(grow float64) outline {
		mid := s.x(.42)
		under := far + bend*.5 // the bridge, which hides where the ribbon begins
		return smooth(under-19, hz+11, under+19, hz+11, under+17+grow*.4, hz+19, under+11+grow*.7, hz+27, mid+bend*.5+24+grow, s.y(.86), mid+40+grow, s.h+8,
			mid-44-grow, s.h+8, mid-30-grow, s.y(.86), mid+4-grow*.6, hz+29, under-16-grow*.4, hz+19)
	}
	s.cut(p.leaf.lift(-.05), ribbon(3))
	s.cut(p.water, ribbon(0))
	s.glitter(far+(sun.x-far)*.1, hz+24)
	for _, t := range []float64{.06, .1, .15, .24, .3} {
		s.poplar(pick(s, p.leaf.lift(-.1), p.moss, p.near), s.x(t+s.jitter(.02)), hz+s.between(9, 14), s.between(20, 31))
	}
	for range 3 {
		s.tree(pick(s, p.moss, p.leaf), s.x(s.between(.84, .98)), hz+s.between(14, 20), s.between(13, 20))
	}
	s.bridge(far+bend*.5, hz+17, s.between(44, 54))
	s.rower(s.x(s.between(.36, .46)), s.y(s.between(.74, .8)), s.between(15, 19))
	s.heron(s.x(s.between(.78, .86)), s.y(.92), s.between(17, 22))
	for range 9 {
		t := pick(s, s.between(-.02, .14), s.between(.74, 1))
		s.reed(s.x(t), s.h+2, s.between(14, 28))
	}
	s.frond(p.deep, s.x(.03), s.h+3, s.between(20, 30), 3)
}

// bridge of stone with three arches, centred on x.
func (s *scene) bridge(x, base, w float64) {
	c := s.pal.stone.lift(-.05)
	s.veil(s.pal.deep, .3, sliver(x, base+2.6, w*.34, 2.4))
	top := line(x-w*.62, base-w*.1, x-w*.3, base-w*.19, x, base-w*.23, x+w*.3, base-w*.19, x+w*.62, base-w*.1)
	body := append(append(outline{}, top...), point{x + w*.62, base + 1}, point{x - w*.62, base + 1}).clockwise()
	sheet := []outline{body}
	for i := -1.0; i <= 1; i++ {
		aw := w * (.24 - .04*math.Abs(i))
		sheet = append(sheet, door(x+i*w*.28, base+1.02, aw, w*(.17-.035*math.Abs(i))).clockwise().reversed())
	}
	s.cut(c, sheet...)
	s.glue(c.lift(.07), stroke(top, .9, .9))
	s.figure(x+s.jitter(w*.2), base-w*.2, 5.4, 1)
	s.figure(x+w*.3, base-w*.17, 5, -1)
}

func (s *scene) rower(x, y, size float64) {
	p := s.pal
	s.veil(p.deep, .3, sliver(x, y+size*.16, size*.6, size*.1))
	s.cut(p.accent, smooth(x-size*.05, y-size*.02, x-size*.07, y-size*.26, x, y-size*.32, x+size*.08, y-size*.26, x+size*.09, y-size*.02))
	s.cut(p.skin, disc(x+size*.01, y-size*.39, size*.06))
	s.glue(p.ink, smooth(x-size*.07, y-size*.4, x, y-size*.48, x+size*.07, y-size*.4))
	s.glue(p.wood, bar(x-size*.1, y-size*.2, x+size*.62, y+size*.12, size*.025))
	s.cut(p.spark, smooth(x-size*.62, y-size*.13, x-size*.3, y-size*.04, x+size*.3, y-size*.04, x+size*.64, y-size*.14, x+size*.42, y+size*.1, x-size*.42, y+size*.1))
}

func (s *scene) heron(x, base, h float64) {
	c := s.pal.paper.mix(s.pal.far, .35)
	put := func(o outline) outline { return o.fit(x, base, -h, h) }
	s.cut(s.pal.ink, put(bar(-.02, -.4, -.03, 0, .018)), put(bar(.05, -.4, .07, 0, .018)))
	s.cut(c, put(smooth(-.3, -.38, -.1, -.56, .12, -.58, .16, -.46, .04, -.36)), put(stroke(line(.1, -.52, .2, -.66, .12, -.8, .17, -.94), .075, .045)), put(oval(.18, -.95, .055, .04)))
	s.cut(s.pal.accent, put(poly(.21, -.975, .42, -.93, .21, -.925)))
	s.glue(s.pal.deep, put(stroke(line(.16, -.97, .06, -.96, -.02, -.91), .022, .008)), put(leaf(.7).turn(2.7).at(.1, -.5, .38)))
}

func (s *scene) reed(x, base, h float64) {
	lean := s.jitter(h * .15)
	c := pick(s, s.pal.moss, s.pal.leaf.lift(-.06), s.pal.deep)
	s.cut(c, stroke(line(x, base, x+lean*.4, base-h*.5, x+lean, base-h), .7, .25),
		stroke(line(x+.5, base, x+.5-lean*.5, base-h*.4, x+1-lean*1.4, base-h*.7), .9, .1))
	s.cut(s.pal.wood.lift(-.15), stroke(path(x+lean*.93, base-h*.86, x+lean*1.03, base-h*1.02), 1.3, 1.1))
}
