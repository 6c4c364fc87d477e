package papercut

// window of a house: its panes are lit at night, and now and then at dusk.
func (s *scene) pane() lch {
	switch {
	case s.pal.hour == dark && s.chance(.62), s.pal.hour == dusk && s.chance(.4):
		return s.pal.lit
	case s.pal.hour == dark:
		return s.pal.ink
	}
	return s.pal.slate.lift(-.04)
}

// wall is a house's colour: mostly lime-washed, some in stone.
func (s *scene) wall() lch {
	p := s.pal
	if p.hour == dark {
		return pick(s, p.mid, p.far.lift(-.04), p.stone.lift(-.06))
	}
	return pick(s, p.paper, p.paper.lift(-.03), p.stone, p.rose, p.stone.lift(.06), p.far.mix(p.paper, .55))
}

// house is a Breton one: slate roof, a chimney on each gable. x is its left side.
func (s *scene) house(x, base, w, h float64) {
	p, wall := s.pal, s.wall()
	roof := h * s.between(.34, .46)
	slate := p.slate.lift(s.jitter(.04))
	if p.hour != dark && s.chance(.12) {
		slate = p.spark.lift(-.06)
	}
	chimney := min(w*.12, 2)
	s.cut(wall.lift(-.07), rect(x+w*.02, base-h-roof*.34, chimney, roof), rect(x+w*.98-chimney, base-h-roof*.34, chimney, roof))
	gable := w < h*.85
	if gable {
		s.cut(slate, poly(x-w*.08, base-h+roof*.1, x+w*.5, base-h-roof*.75, x+w*1.08, base-h+roof*.1))
		s.cut(wall, poly(x, base+.4, x, base-h+roof*.16, x+w*.5, base-h-roof*.52, x+w, base-h+roof*.16, x+w, base+.4))
	} else {
		s.cut(wall, rect(x, base-h, w, h+.4))
		s.cut(slate, poly(x-w*.03, base-h+h*.04, x+w*.05, base-h-roof*.62, x+w*.95, base-h-roof*.62, x+w*1.03, base-h+h*.04))
	}
	if h < 4.5 {
		s.glue(s.pane(), rect(x+w*.3, base-h*.6, w*.14, h*.26), rect(x+w*.6, base-h*.6, w*.14, h*.26))
		return
	}
	columns := int(max(1, min(4, w/4.4)))
	rows := int(max(1, min(3, h/7)))
	porch := s.rng.IntN(columns)
	for row := range rows {
		for col := range columns {
			cx := x + w*(float64(col)+.5)/float64(columns)
			top := base - h + h*(float64(row)+.3)/float64(rows)
			ww, hh := min(1.9, w/float64(columns)*.4), h/float64(rows)*.42
			if row == rows-1 && col == porch {
				s.glue(pick(s, p.spark, p.accent, p.near, p.deep), rect(cx-ww*.6, base-h/float64(rows)*.68, ww*1.2, h/float64(rows)*.68+.3))
				continue
			}
			pane := s.pane()
			s.glue(pane, rect(cx-ww/2, top, ww, hh))
			if ww > 1.3 {
				s.glue(wall.lift(.02), bar(cx, top, cx, top+hh, .22), bar(cx-ww/2, top+hh*.5, cx+ww/2, top+hh*.5, .2))
			}
		}
	}
}

// street is a row of houses from x0 to x1.
func (s *scene) street(x0, x1, base, low, high float64) {
	for x := x0; x < x1; {
		h := s.between(low, high)
		w := h * s.between(.62, 1.35)
		s.house(x, base, w, h)
		x += w * s.between(.94, 1.04)
	}
}

// beacon is a lighthouse tower on (x, base).
func (s *scene) beacon(x, base, h float64, lit bool) {
	p := s.pal
	w := h * .19
	wall, band := p.paper, p.spark
	if p.hour == dark {
		wall, band = p.far.lift(.12), p.spark.lift(-.14)
	}
	side := func(t float64) float64 { return w/2 - w*.17*t } // half width at a height
	s.cut(wall, poly(x-side(0), base+.5, x-side(.8), base-h*.8, x+side(.8), base-h*.8, x+side(0), base+.5))
	bands := 2
	if h > 22 {
		bands = 3
	}
	for i := range bands {
		a := .12 + .66*float64(i)/float64(bands)
		b := a + .66/float64(bands)*.5
		s.glue(band, poly(x-side(a), base-h*a, x-side(b), base-h*b, x+side(b), base-h*b, x+side(a), base-h*a))
	}
	s.veil(p.ink, .16, poly(x+side(0)*.25, base+.4, x+side(.8)*.25, base-h*.8, x+side(.8), base-h*.8, x+side(0), base+.4))
	if h > 14 {
		s.glue(p.ink, door(x-w*.02, base, w*.24, h*.085), rect(x-w*.08, base-h*.52, w*.13, h*.035), rect(x-w*.08, base-h*.3, w*.13, h*.035))
	}
	s.cut(p.ink, rect(x-w*.46, base-h*.83, w*.92, h*.035))
	lamp := p.lit
	if !lit {
		lamp = p.glow.mix(p.accent, .4)
	}
	s.glue(lamp, rect(x-w*.22, base-h*.91, w*.44, h*.085))
	s.glue(p.ink, bar(x, base-h*.91, x, base-h*.83, w*.05))
	s.cut(p.ink, smooth(x-w*.32, base-h*.905, x-w*.2, base-h*.96, x, base-h*.985, x+w*.2, base-h*.96, x+w*.32, base-h*.905))
	s.glue(p.ink, bar(x, base-h*.98, x, base-h*1.03, w*.06))
}

// beams are the light of a lighthouse on both sides.
func (s *scene) beams(x, y, length float64) {
	tilt := s.jitter(.16)
	for _, side := range []float64{1, -1} {
		for _, spread := range []float64{.13, .06} {
			s.veil(s.pal.lit.lift(.05), .26, poly(0, -.01, 1, -spread, 1, spread, 0, .01).turn(tilt*side).fit(x, y, side*length, length))
		}
	}
}

// figure is somebody standing at (x, base), h units tall. Negative facing looks left.
func (s *scene) figure(x, base, h, facing float64) {
	p := s.pal
	coat := pick(s, p.spark, p.accent, p.deep, p.rose.lift(-.08), p.near)
	if p.hour == dark || p.hour == dusk {
		coat = pick(s, p.spark, p.ink, p.accent.lift(-.1))
	}
	step := h * s.between(.05, .1)
	s.cut(p.ink, stroke(path(x-.02*h, base-.42*h, x-step, base), h*.1, h*.075), stroke(path(x+.03*h, base-.42*h, x+step, base), h*.1, h*.075))
	s.cut(coat, smooth(x-.1*h, base-.8*h, x+.08*h, base-.81*h, x+.14*h, base-.55*h, x+.17*h, base-.3*h, x, base-.27*h, x-.18*h, base-.3*h, x-.15*h, base-.58*h))
	s.glue(coat.lift(-.06), stroke(line(x+facing*.03*h, base-.75*h, x+facing*.13*h, base-.58*h, x+facing*.2*h, base-.46*h), h*.075, h*.05))
	s.cut(p.skin, oval(x+facing*.015*h, base-.89*h, .068*h, .085*h))
	switch s.rng.IntN(3) {
	case 0: // a cap
		s.glue(p.ink, smooth(x-.085*h, base-.92*h, x-.05*h, base-h, x+.05*h, base-h, x+.08*h+facing*.03*h, base-.925*h))
	case 1: // hair
		s.glue(p.ink.mix(p.wood, .4), smooth(x-.09*h, base-.84*h, x-.085*h, base-.96*h, x, base-1.0*h, x+.08*h, base-.95*h, x+facing*.02*h, base-.93*h))
	default: // a woollen hat
		s.glue(p.spark.mix(p.accent, .4), smooth(x-.08*h, base-.91*h, x-.05*h, base-1.02*h, x+.05*h, base-1.02*h, x+.08*h, base-.91*h))
	}
}

// bunting hangs small flags between two points.
func (s *scene) bunting(x0, y0, x1, y1, sag, flag float64) {
	p := s.pal
	hang := line(x0, y0, (x0+x1)/2, (y0+y1)/2+sag, x1, y1)
	s.glue(p.ink, stroke(hang, .22, .22))
	n := int(max(4, (x1-x0)/(flag*1.6)))
	papers := []lch{p.accent, p.paper, p.spark, p.near, p.rose}
	for i := range n {
		at := hang[int((float64(i)+.5)/float64(n)*float64(len(hang)-1))]
		x := x0 + (x1-x0)*(float64(i)+.5)/float64(n)
		s.cut(papers[i%len(papers)], poly(x-flag*.5, at.y, x+flag*.5, at.y, x+s.jitter(flag*.15), at.y+flag*1.15))
	}
}

// laundry hangs washing between two poles.
func (s *scene) laundry(x0, x1, base, h float64) {
	p := s.pal
	s.cut(p.wood.lift(-.12), bar(x0, base, x0-.3, base-h, .5), bar(x1, base, x1+.3, base-h, .5))
	rope := line(x0, base-h*.94, (x0+x1)/2, base-h*.84, x1, base-h*.94)
	s.glue(p.ink, stroke(rope, .2, .2))
	for x := x0 + 1.5; x < x1-3.5; {
		t := (x - x0) / (x1 - x0)
		y := rope[int(t*float64(len(rope)-1))].y
		w, c := s.between(2.2, 4.4), pick(s, p.paper, p.paper, p.accent, p.spark, p.far, p.rose)
		switch s.rng.IntN(3) {
		case 0: // a sheet, blown
			s.cut(c, smooth(x, y, x+w, y, x+w*1.12, y+h*.24, x+w*1.02, y+h*.46, x+w*.5, y+h*.42, x+w*.08, y+h*.48, x+w*.1, y+h*.24))
		case 1: // a jersey
			s.cut(c, poly(x, y, x+w, y, x+w*1.2, y+h*.18, x+w*.95, y+h*.22, x+w*.9, y+h*.36, x+w*.1, y+h*.36, x+w*.06, y+h*.22, x-w*.2, y+h*.18))
		default: // trousers
			s.cut(c, poly(x+w*.1, y, x+w*.8, y, x+w*.95, y+h*.46, x+w*.6, y+h*.46, x+w*.46, y+h*.16, x+w*.34, y+h*.46, x, y+h*.46))
		}
		x += w * 1.5
	}
}

// sailboat has a tan lug sail and a jib; it floats at (x, waterline).
func (s *scene) sailboat(hull, sail lch, x, waterline, size float64) {
	p := s.pal
	s.glue(p.ink, bar(x-size*.02, waterline-size*.12, x+size*.02, waterline-size*1.12, size*.025))
	s.cut(sail, smooth(-.36, -.24, -.44, -.55, -.3, -.92, -.02, -1.04, .2, -1.16, .14, -.8, .12, -.22, -.1, -.2).at(x, waterline, size))
	s.cut(sail.mix(p.paper, .55), poly(.18, -1.02, .24, -.55, .56, -.2, .17, -.24).at(x, waterline, size))
	s.cut(hull, smooth(-.52, -.17, -.2, -.12, .2, -.13, .62, -.24, .5, .0, .2, .07, -.3, .06, -.46, -.02).at(x, waterline, size))
	s.glue(hull.mix(p.paper, .75), stroke(path(-.5, -.13, -.2, -.085, .2, -.095, .57, -.19), .035, .035).at(x, waterline, size))
}

// trawler is a small fishing boat, its bow to the right.
func (s *scene) trawler(hull lch, x, waterline, size float64) {
	p := s.pal
	mast := p.ink.mix(p.wood, .25)
	s.glue(mast, bar(-.2*size+x, waterline-size*.2, x-.2*size, waterline-size*.86, size*.022),
		bar(x-.2*size, waterline-size*.34, x-.52*size, waterline-size*.66, size*.016),
		bar(x+.34*size, waterline-size*.2, x+.36*size, waterline-size*.62, size*.018))
	s.glue(p.ink, stroke(path(x-.52*size, waterline-.655*size, x-.2*size, waterline-.85*size, x+.36*size, waterline-.61*size, x+.56*size, waterline-.3*size), .14, .14))
	house := p.paper
	if p.hour == dark {
		house = p.far.lift(.1)
	}
	s.cut(house, poly(-.1, -.2, -.08, -.5, .16, -.5, .2, -.2).at(x, waterline, size))
	s.cut(p.spark, poly(-.13, -.48, -.11, -.545, .2, -.545, .22, -.48).at(x, waterline, size))
	s.glue(s.pane(), rect(-.03, -.42, .075, .1).at(x, waterline, size), rect(.08, -.42, .07, .1).at(x, waterline, size))
	body := smooth(-.56, -.25, -.2, -.19, .2, -.21, .64, -.37, .56, -.12, .46, .06, .1, .08, -.4, .07, -.52, -.04)
	s.cut(hull, body.at(x, waterline, size))
	s.glue(p.paper.mix(hull, .1), stroke(path(-.555, -.2, -.2, -.145, .2, -.165, .62, -.31), .035, .035).at(x, waterline, size))
	s.glue(hull.lift(-.12), smooth(-.53, -.0, 0, .02, .5, -.01, .45, .07, .1, .085, -.4, .075).at(x, waterline, size))
	for i := range 3 { // fenders
		s.cut(pick(s, p.accent, p.spark.lift(.05)), disc(x+size*(-.34+.24*float64(i)), waterline-size*.09, size*.035))
	}
	flag := s.pal.accent
	s.cut(flag, poly(0, 0, -.13, .03, -.11, .07, -.13, .12, 0, .1).at(x-.2*size, waterline-size*.87, size))
}

// nets is a heap of fishing net with its floats.
func (s *scene) nets(x, base, size float64) {
	p := s.pal
	s.cut(p.leaf.lift(-.03), smooth(x-size, base+.3, x-size*.8, base-size*.3, x-size*.3, base-size*.55, x+size*.2, base-size*.42, x+size*.7, base-size*.3, x+size, base+.3))
	for i := range 3 {
		t := float64(i) / 3
		s.glue(p.moss, stroke(line(x-size*(.8-t*.3), base-size*.1, x-size*.1, base-size*(.2+t*.24), x+size*(.8-t*.35), base-size*.08), .2, .2))
	}
	for i := range 5 {
		s.cut(p.spark, oval(x-size*.8+size*.38*float64(i), base-size*s.between(.02, .3), size*.09, size*.07))
	}
}

// lobsterPot is a creel: a half round of wicker.
func (s *scene) lobsterPot(x, base, w float64) {
	p := s.pal
	s.cut(p.wood, door(x, base, w, w*.62))
	s.glue(p.ink, bar(x-w*.25, base, x-w*.25, base-w*.5, .24), bar(x+w*.25, base, x+w*.25, base-w*.5, .24), bar(x, base, x, base-w*.6, .24),
		bar(x-w*.48, base-w*.22, x+w*.48, base-w*.22, .24))
}

// lamppost with a small round light.
func (s *scene) lamppost(x, base, h float64) {
	p := s.pal
	light := p.paper
	if p.hour == dark || p.hour == dusk {
		light = p.lit
		s.veil(p.lit, .22, disc(x, base-h, h*.24))
	}
	s.cut(p.ink, stroke(path(x, base+.3, x, base-h), h*.05, h*.03))
	s.cut(light, oval(x, base-h, h*.055, h*.075))
}
