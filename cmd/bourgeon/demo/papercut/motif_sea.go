package papercut

// harbour: houses along a quay, a mole, and boats on a wide water.
func harbour(s *scene) {
	s.setMood(dawn, day, day, mist, dusk)
	p := s.pal
	hz := s.y(s.between(.4, .52))
	sun := s.sky(hz)
	s.cut(p.far, s.ground(s.roll(hz-s.between(5, 9), 2.6, 1)))
	if s.chance(.6) {
		s.cut(p.far.mix(p.mid, .5), s.ground(s.roll(hz-2, 1.5, 1.4)))
	}
	s.sea(hz)
	if p.hour != mist {
		s.glitter(sun.x, hz)
	}
	// The quay comes in from the left and ends before the middle.
	end, quay := s.x(s.between(.42, .56)), hz+s.between(2, 5)
	s.cut(p.mid.lift(.02), s.hill(-over, end*.92, quay, s.between(13, 19)))
	s.street(-over, end*.34, quay-6, 6, 9)
	s.street(-s.between(1, 6), end*.84, quay, 7, 14)
	s.cut(p.stone.lift(-.08), poly(-over, quay-.3, end, quay-.3, end+2.5, quay+5, -over, quay+6))
	s.glue(p.stone.lift(-.2), bar(-over, quay+3.2, end+1.5, quay+2.7, .3))
	s.figure(end*s.between(.82, .93), quay, s.between(4.4, 5.4), 1)
	s.lamppost(end*.72, quay, 7)
	// A mole with its light, far out on the right.
	if mole := s.x(s.between(.78, .9)); s.chance(.7) {
		s.cut(p.near, poly(mole-2, hz+2.4, mole, hz-.5, s.w+over, hz-1.4, s.w+over, hz+3))
		s.beacon(mole+2.4, hz-.3, 9, false)
	}
	s.gulls(s.x(s.between(.5, .8)), hz*s.between(.35, .6), s.count(3, 6))
	s.sailboat(p.deep, p.spark, s.x(s.between(.6, .78)), hz+s.between(3, 6), s.between(6, 9))
	big := s.x(s.between(.58, .72))
	s.trawler(pick(s, p.spark, p.deep, p.near.lift(-.04)), big, s.y(.83), s.between(30, 38))
	s.cut(p.deepWater, s.ground(s.swell(s.y(.85), 1.4, 7)))
	if s.chance(.75) {
		s.trawler(pick(s, p.accent.lift(-.05), p.near, p.deep), s.x(s.between(.14, .26)), s.y(.88), s.between(16, 21))
	}
	s.cut(p.deepWater.lift(-.05), s.ground(s.swell(s.y(.92), 1.6, 5)))
	s.foam(s.y(.93), 1)
	if s.chance(.5) { // the near quay, with gear left to dry
		edge := s.x(s.between(.3, .4))
		s.cut(p.stone.lift(-.06), poly(-over, s.y(.9), edge, s.y(.91), edge+4, s.h+over, -over, s.h+over))
		s.nets(edge*.3, s.y(.93), s.between(8, 10))
		s.lobsterPot(edge*.66, s.y(.95), s.between(8, 10))
		s.lobsterPot(edge*.84, s.y(.965), s.between(7, 9))
		s.bollard(edge*.95, s.y(.93), 6)
	}
}

// hill is a mound from x0 to x1 standing on base.
func (s *scene) hill(x0, x1, base, h float64) outline {
	top := line(x0, base+.6, x0+(x1-x0)*.06, base-h*.6, x0+(x1-x0)*s.between(.25, .4), base-h,
		x0+(x1-x0)*.68, base-h*s.between(.5, .7), x0+(x1-x0)*.9, base-h*.2, x1, base+.6)
	return top.clockwise()
}

// lighthouse: a tower on rocks, off centre, and a great deal of sky.
func lighthouse(s *scene) {
	s.setMood(dusk, dusk, day, dawn, dark, mist)
	if s.chance(.4) {
		s.headland()
		return
	}
	p := s.pal
	hz := s.y(s.between(.62, .72))
	sun := s.sky(hz)
	lit := p.hour == dark || p.hour == dusk
	s.cut(p.far, s.ground(s.roll(hz-2.5, 1.6, .8)))
	s.sea(hz)
	if p.hour != mist {
		s.glitter(sun.x, hz)
	}
	x, base, h := s.x(s.between(.62, .74)), s.y(s.between(.72, .78)), s.h*s.between(.5, .6)
	if p.hour == dark {
		s.beams(x, base-h*.87, s.w)
	}
	s.cut(p.near, smooth(x-24, base+12, x-17, base+1, x-8, base-3, x+6, base-3.5, x+19, base+1, s.w+over, base+4, s.w+over, base+14))
	s.beacon(x, base-2.6, h, lit)
	s.house(x+h*.13, base-1.5, s.between(9, 13), s.between(5, 6.5))
	s.rocks(p.deep.mix(p.stone, .18), x-27, s.w, base+7, s.between(6, 9))
	s.cut(p.deepWater, s.ground(s.swell(s.y(.88), 1.8, 6)))
	s.rocks(p.deep, x-12, s.w+4, s.y(.95), 8)
	s.foam(s.y(.9), 1)
	s.spray(x-24, s.y(.87), 7)
	s.gulls(s.x(s.between(.2, .42)), hz*s.between(.3, .6), s.count(3, 6))
	if s.chance(.7) {
		s.sailboat(p.deep, pick(s, p.spark, p.accent, p.paper), s.x(s.between(.12, .34)), hz+s.between(2, 6), s.between(6, 10))
	}
}

// headland: the tower is far, on a cliff above the heath.
func (s *scene) headland() {
	p := s.pal
	hz := s.y(s.between(.5, .58))
	sun := s.sky(hz)
	lit := p.hour == dark || p.hour == dusk
	s.sea(hz)
	if p.hour != mist {
		s.glitter(sun.x, hz)
	}
	x, top, h := s.x(s.between(.6, .68)), hz-s.between(3, 7), s.between(30, 38)
	if p.hour == dark {
		s.beams(x, top-h*.87, s.w)
	}
	s.cut(p.near, poly(x-20, s.h+over, x-22, hz+26, x-17, hz+15, x-18, hz+6, x-12, top+2, x-6, top, x+14, top-1, x+30, top+3, s.w+over, top+4, s.w+over, s.h+over))
	for range 6 { // strata
		y := hz + s.between(6, 36)
		s.glue(p.near.lift(-.05), sliver(x-s.between(2, 12), y, s.between(3, 7), 1))
	}
	s.cut(p.leaf, smooth(x-13, top+2.6, x-5, top-.6, x+14, top-1.6, x+32, top+2, s.w+12, top+3, s.w+12, top+24, x+30, top+14, x+6, top+7))
	s.house(x+5, top, s.between(10, 13), 5.6)
	s.beacon(x, top, h, lit)
	s.cut(p.deepWater, s.ground(s.swell(s.y(.9), 1.6, 6)))
	s.rocks(p.deep, x-40, x-8, s.y(.92), s.between(7, 9))
	s.spray(x-30, s.y(.93), 8)
	s.foam(s.y(.92), 1)
	near := s.slope(s.h+14, s.y(s.between(.7, .76)))
	s.cut(p.leaf.mix(p.moss, .6), s.ground(near))
	for range 9 {
		t := s.between(.5, 1.02)
		s.furze(s.x(t), near(t)+s.between(5, 12), s.between(4, 8))
	}
	s.figure(s.x(s.between(.7, .76)), near(.73)+1.6, s.between(10, 12), -1)
	s.gulls(s.x(s.between(.2, .4)), hz*s.between(.35, .6), s.count(3, 6))
	s.sailboat(p.deep, pick(s, p.spark, p.accent, p.paper), s.x(s.between(.14, .34)), hz+s.between(8, 16), s.between(10, 14))
}

// spray is a wave breaking: a lobed white sheet.
func (s *scene) spray(x, base, size float64) {
	c := s.pal.water.mix(s.pal.paper, .75)
	if s.pal.hour == dark {
		c = s.pal.water.lift(.16)
	}
	s.cut(c, smooth(x-size, base+1, x-size*.7, base-size*.4, x-size*.25, base-size*.35, x, base-size*.85, x+size*.35, base-size*.4, x+size*.8, base-size*.5, x+size*1.1, base+1))
	for range 5 {
		s.glue(c, disc(x+s.jitter(size), base-size*s.between(.6, 1.2), s.between(.25, .6)))
	}
}

// island: one isle, its house and its light, in a great deal of water.
func island(s *scene) {
	s.setMood(dawn, day, mist, dusk, day)
	p := s.pal
	hz := s.y(s.between(.36, .48))
	sun := s.sky(hz)
	s.cut(p.far.lift(.04), s.hill(s.x(.02), s.x(s.between(.2, .34)), hz, s.between(3, 5)))
	s.sea(hz)
	s.glitter(sun.x, hz)
	cx, base, w := s.x(s.between(.56, .66)), hz+s.between(9, 14), s.between(34, 44)
	s.cut(p.water.mix(p.paper, .5), smooth(cx-w*1.1, base+1.8, cx-w*.5, base+.2, cx+w*.6, base+.3, cx+w*1.12, base+2, cx+w*.4, base+4.4, cx-w*.5, base+4.2))
	s.cut(p.mid, smooth(cx-w*.8, base+1.4, cx-w*.6, base-4, cx-w*.2, base-10, cx+w*.15, base-13, cx+w*.5, base-7, cx+w*.84, base+1, cx, base+2))
	s.cut(p.leaf, smooth(cx-w*.6, base+1.6, cx-w*.35, base-4, cx, base-7.6, cx+w*.4, base-5, cx+w*.7, base+1.4, cx, base+2.4))
	s.beacon(cx+w*.14, base-11.5, s.between(17, 22), p.hour == dusk)
	s.house(cx-w*.3, base-3.6, 8, 4.8)
	s.house(cx-w*.3+8.6, base-4, 5.6, 4.6)
	s.pine(cx+w*.36, base-5, s.between(8, 11))
	for range 4 {
		s.furze(cx+s.jitter(w*.5), base+s.between(-1.6, 1), s.between(1.6, 2.8))
	}
	s.rocks(p.stone.lift(-.16), cx-w*.86, cx+w*.82, base+2, 3)
	s.cut(p.water.mix(p.deepWater, .45), s.ground(s.swell(base+6.5, .8, 11)))
	s.foam(base+7, .5)
	boatX := s.x(s.between(.12, .3))
	s.sailboat(p.deep, pick(s, p.spark, p.accent), boatX, s.y(.8), s.between(17, 23))
	s.cut(p.deepWater, s.ground(s.swell(s.y(.815), 1.3, 7)))
	s.foam(s.y(.86), 1)
	s.foam(s.y(.93), 1)
	s.gulls(s.x(s.between(.25, .45)), hz*s.between(.4, .8), s.count(3, 5))
}

// shore: low tide, wrack in the foreground, people gathering shellfish.
func shore(s *scene) {
	s.setMood(dawn, day, day, mist, dusk)
	p := s.pal
	hz := s.y(s.between(.26, .38))
	sun := s.sky(hz)
	s.cut(p.far, s.hill(s.x(.5), s.w+over*3, hz+.5, s.between(6, 11)))
	s.cut(p.water.lift(.05), s.ground(func(float64) float64 { return hz }))
	s.glitter(sun.x, hz)
	s.cut(p.water, s.ground(s.swell(hz+6, .7, 12)))
	sand := lch{.865, .042, 78}
	if p.hour == dusk {
		sand = lch{.76, .06, 62}
	}
	edge := func(base, bend float64) profile {
		wob := s.roll(0, .8, 2)
		return func(t float64) float64 { return base + bend*(1-t)*(1-t) + wob(t) }
	}
	bend := s.between(10, 24)
	s.cut(p.paper, s.ground(edge(hz+12, bend)))
	s.cut(sand.lift(-.05), s.ground(edge(hz+13.4, bend)))
	s.cut(sand, s.ground(edge(hz+20, bend*.7)))
	for range s.count(2, 4) { // pools hold the sky
		x, y, w := s.x(s.between(.1, .95)), s.y(s.between(.68, .86)), s.between(7, 17)
		s.cut(sand.lift(-.07), sliver(x, y, w*1.1, w*.34))
		s.glue(p.sky.mix(p.water, .4), sliver(x+.4, y+.3, w, w*.27))
	}
	s.rocks(p.near, s.x(.72), s.w, hz+19, s.between(5, 8))
	s.cut(p.moss, s.hill(s.x(.76), s.w+8, hz+21, 3))
	feet := s.y(s.between(.66, .72))
	at := s.x(s.between(.3, .5))
	s.veil(p.near, .28, sliver(at+3, feet+.2, 6, .9))
	s.figure(at, feet, s.between(12, 15), 1)
	s.cut(p.accent, poly(at+2.2, feet-4.6, at+5, feet-4.6, at+4.6, feet-2.2, at+2.6, feet-2.2))
	if s.chance(.8) {
		s.figure(at+s.between(7, 10), feet+1.4, s.between(7.5, 9), -1)
		s.glue(p.wood, bar(at+11, feet+2, at+12.6, feet-9, .35))
	}
	s.star(p.tomato, s.x(s.between(.55, .7)), s.y(.88), s.between(4, 5.5))
	for range s.count(3, 5) {
		s.shell(s.x(s.between(.3, .95)), s.y(s.between(.82, .96)), s.between(1.4, 2.4))
	}
	weeds := []lch{p.moss, p.near, p.leaf, p.deep, p.spark.mix(p.wood, .4)}
	for i := range 6 {
		s.frond(weeds[i%len(weeds)], s.x(.01+.06*float64(i))+s.jitter(2), s.h+4, s.between(30, 62)*(1-.12*float64(i)), s.jitter(8))
	}
	for range 2 {
		s.frond(pick(s, weeds...), s.x(s.between(.86, 1)), s.h+3, s.between(16, 30), s.jitter(6))
	}
	s.gulls(s.x(s.between(.4, .7)), hz*s.between(.35, .65), s.count(3, 6))
}

// star is a starfish.
func (s *scene) star(c lch, x, y, size float64) {
	var o []float64
	turn := s.between(0, 1.2)
	for i := range 10 {
		r := size
		if i%2 == 1 {
			r = size * .38
		}
		p := (outline{{r, 0}}).turn(turn + float64(i)*.6283)[0]
		o = append(o, x+p.x, y+p.y*.8)
	}
	s.cut(c, smooth(o...))
	for i := range 5 {
		p := (outline{{size * .45, 0}}).turn(turn + float64(i)*1.2566)[0]
		s.glue(c.lift(.1), disc(x+p.x, y+p.y*.8, size*.06))
	}
}

func (s *scene) shell(x, y, r float64) {
	c := pick(s, s.pal.paper, s.pal.rose, s.pal.stone.lift(.06))
	s.cut(c, smooth(x, y+r*.7, x-r, y-r*.1, x-r*.6, y-r*.75, x, y-r, x+r*.6, y-r*.75, x+r, y-r*.1))
	for i := -1.0; i <= 1; i++ {
		s.glue(c.lift(-.12), bar(x, y+r*.5, x+i*r*.5, y-r*.7, r*.08))
	}
}

// boat: one lugger under sail, near, in a lively sea.
func boat(s *scene) {
	s.setMood(day, dawn, dusk, mist, day)
	p := s.pal
	hz := s.y(s.between(.52, .62))
	sun := s.sky(hz)
	s.cut(p.far, s.hill(s.x(s.between(.5, .62)), s.w+10, hz+.5, s.between(5, 9)))
	s.cut(p.far.mix(p.mid, .45), s.hill(s.x(.76), s.w+14, hz+.5, s.between(3, 6)))
	s.beacon(s.x(s.between(.84, .93)), hz-3, 10, p.hour == dusk)
	s.sea(hz)
	if p.hour != mist {
		s.glitter(sun.x, hz)
	}
	for range s.count(1, 2) {
		s.sailboat(p.deep, pick(s, p.paper, p.accent), s.x(s.between(.62, .9)), hz+s.between(3, 8), s.between(5, 8))
	}
	x, float := s.x(s.between(.32, .42)), s.y(s.between(.8, .85))
	size := min(s.h*.62, s.w*.42)
	if s.chance(.65) {
		s.lugger(x, float, size)
	} else { // coming home under a cloud of gulls
		s.trawler(pick(s, p.spark, p.deep, p.near), x, float, size*1.15)
		s.gulls(x-size*.5, float-size*.8, 5)
		s.gulls(x-size*.2, float-size*1.02, 4)
	}
	s.cut(p.water.mix(p.deepWater, .75), s.ground(s.swell(float+1, 2.4, 5)))
	s.spray(x+size*.52, float+2.5, 6)
	s.foam(float+3, 1)
	s.cut(p.deepWater, s.ground(s.swell(float+6, 2.6, 4)))
	s.foam(float+8, 1)
	s.cut(p.deepWater.lift(-.06), s.ground(s.swell(s.h-4, 2, 3)))
	s.gulls(x+size*s.between(.5, .8), hz*s.between(.2, .5), s.count(4, 7))
}

// lugger is the large boat: two lug sails, a crew of two, all in unit lengths.
func (s *scene) lugger(x, waterline, size float64) {
	p := s.pal
	sail := pick(s, p.spark, p.accent, p.paper)
	second := pick(s, p.rose, p.paper.lift(-.02), sail.mix(p.paper, .4))
	put := func(o outline) outline { return o.turn(-.06).at(x, waterline, size) }
	s.cut(p.ink.mix(p.wood, .4), put(bar(.08, -.1, .12, -1.18, .022)), put(bar(-.34, -.1, -.36, -.86, .017)), put(bar(.45, -.25, .8, -.36, .016)))
	s.cut(second, put(smooth(-.62, -.24, -.68, -.5, -.6, -.72, -.34, -.84, -.2, -.92, -.23, -.6, -.24, -.25, -.42, -.2)))
	s.cut(p.paper.mix(second, .3), put(poly(.15, -1.1, .3, -.66, .78, -.36, .34, -.3)))
	s.cut(sail, put(smooth(-.2, -.24, -.3, -.55, -.24, -.9, .04, -1.1, .3, -1.26, .27, -.8, .3, -.24, .06, -.18)))
	for i := range 3 { // seams
		t := float64(i+1) / 4
		s.glue(sail.lift(-.07), put(stroke(line(-.24+.5*t, -1.02-.2*t, -.27+.5*t, -.6, -.2+.5*t, -.22), .008, .008)))
	}
	s.glue(sail.lift(-.1), put(bar(-.27, -.94, .33, -1.27, .02)))
	for i := range 2 {
		cx := -.5 + .2*float64(i)
		s.cut(pick(s, p.accent, p.deep, p.spark.lift(-.1)), put(smooth(cx-.035, -.1, cx-.04, -.24, cx, -.28, cx+.045, -.23, cx+.05, -.1)))
		s.cut(p.skin, put(disc(cx+.008, -.31, .03)))
		s.glue(p.ink, put(smooth(cx-.026, -.32, cx, -.352, cx+.04, -.325)))
	}
	hull := pick(s, p.deep, p.near.lift(-.06), p.ink)
	s.cut(hull, put(smooth(-.72, -.26, -.6, -.22, -.2, -.15, .2, -.17, .55, -.29, .6, -.28, .54, -.08, .42, .09, 0, .12, -.5, .1, -.66, -.04)))
	s.glue(p.paper, put(stroke(line(-.7, -.2, -.1, -.095, .56, -.225), .028, .028)))
}

// night: the port asleep, windows lit, their light on the water.
func night(s *scene) {
	s.setMood(dark)
	if s.chance(.45) {
		s.rooftops()
		return
	}
	p := s.pal
	hz := s.y(s.between(.5, .6))
	sun := s.sky(hz)
	s.cut(p.far.lift(-.04), s.ground(s.roll(hz-7, 3, .9)))
	light := s.x(s.between(.84, .92))
	s.beams(light, hz-15.6, s.w*1.4)
	s.beacon(light, hz-4, 13, true)
	s.cut(p.mid, s.hill(-over*2, s.x(s.between(.6, .75)), hz+1, s.between(15, 21)))
	s.street(-over, s.x(.3), hz-8, 6, 9)
	end := s.x(s.between(.5, .64))
	s.street(s.x(.2), end, hz-3.4, 6, 10)
	s.street(-2, end*.82, hz+1.4, 8, 14)
	s.cut(p.near, s.ground(func(t float64) float64 { return hz + 1.2 }))
	s.cut(p.water, s.ground(s.swell(hz+4, .4, 9)))
	s.cut(p.water.lift(-.05), s.ground(s.swell(hz+12, .8, 7)))
	s.cut(p.deepWater.lift(.05), s.ground(s.swell(hz+22, 1.1, 6)))
	s.glitter(sun.x, hz+4)
	for range s.count(9, 14) { // what the windows leave on the water
		x, y := s.between(0, end), hz+5
		for range s.count(3, 6) {
			s.veil(p.lit, .55, sliver(x+s.jitter(1), y, s.between(.8, 2), .7))
			y += s.between(1.8, 3.4)
		}
	}
	for i := range 3 {
		s.lamppost(end*(.15+.33*float64(i)), hz+1.4, 8)
	}
	s.figure(end*s.between(.6, .76), hz+1.6, 5.4, 1)
	s.trawler(p.near, s.x(s.between(.68, .8)), s.y(.86), s.between(24, 32))
	s.cut(p.deepWater, s.ground(s.swell(s.y(.875), 1.3, 6)))
	s.sailboat(p.near.lift(.05), p.spark.lift(-.16), s.x(s.between(.2, .4)), s.y(.9), s.between(13, 18))
	s.cut(p.deepWater.lift(-.03), s.ground(s.swell(s.y(.93), 1.4, 5)))
}

// rooftops: the same night from above, chimneys, a cat, somebody still up.
func (s *scene) rooftops() {
	p := s.pal
	hz := s.y(s.between(.46, .54))
	moon := s.sky(hz)
	s.cut(p.far.lift(-.05), s.ground(s.roll(hz-4, 3, .8)))
	light := s.x(s.between(.08, .9))
	s.beams(light, hz-14, s.w*1.4)
	s.beacon(light, hz-3, 12.6, true)
	s.cut(p.water, s.ground(func(float64) float64 { return hz }))
	s.cut(p.water.lift(-.04), s.ground(s.swell(hz+5, .5, 9)))
	s.glitter(moon.x, hz)
	s.sailboat(p.near, p.spark.lift(-.14), s.x(s.between(.3, .7)), hz+5, s.between(6, 8))
	s.steeple(s.x(s.between(.3, .7)), hz+16, s.between(30, 40))
	s.street(-3, s.w+3, hz+19, 7, 12)
	s.street(-s.between(0, 9), s.w+3, hz+30, 11, 17)
	s.street(-s.between(0, 9), s.w+3, s.y(.97), 15, 24)
	// The near roof: slates, a dormer with its light, a chimney, a cat.
	ridge := s.y(s.between(.74, .8))
	x := s.x(s.between(.5, .62))
	roof := p.deep.lift(.03)
	s.cut(p.stone.lift(-.08), rect(x+24, ridge-11, 9, 20), rect(x+23, ridge-12, 11, 2.4))
	s.cut(p.spark.lift(-.1), rect(x+25, ridge-15, 2.4, 3.4), rect(x+29.4, ridge-14.4, 2.4, 3))
	s.cut(roof, poly(x-16, ridge, s.w+over, ridge-1, s.w+over, s.h+over, x-30, s.h+over))
	for row := range 4 {
		y := ridge + 5 + 6*float64(row)
		s.glue(roof.lift(.025), bar(x-16-3*float64(row+1), y, s.w+over, y-.6, .35))
	}
	dx := x + s.between(4, 9)
	s.cut(p.mid, rect(dx, ridge+7, 15, 16))
	s.cut(p.near, poly(dx-2.4, ridge+8, dx+7.5, ridge-.6, dx+17.4, ridge+8))
	s.glue(p.lit, rect(dx+3, ridge+10, 9, 10))
	s.glue(p.mid, bar(dx+7.5, ridge+10, dx+7.5, ridge+20, .5), bar(dx+3, ridge+14.4, dx+12, ridge+14.4, .4))
	s.glue(p.ink, smooth(dx+8.6, ridge+20, dx+8.8, ridge+17, dx+10, ridge+16.2, dx+11.4, ridge+17.4, dx+11.6, ridge+20), disc(dx+10, ridge+14.9, 1.3))
	s.cat(x-9, ridge+.4, s.between(8, 10))
}
