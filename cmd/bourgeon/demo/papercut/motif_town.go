package papercut

import "math"

// market: the iron halls behind, striped stalls in front, people between.
func market(s *scene) {
	s.setMood(day, dawn, mist, day)
	p := s.pal
	base := s.y(s.between(.64, .7))
	s.sky(base * .8)
	s.street(-2, s.w+4, base-4, 16, 24)
	s.hall(s.x(s.between(.58, .7)), base-1, s.between(58, 70))
	s.cut(p.stone.lift(.02), s.ground(func(float64) float64 { return base }))
	s.cut(p.stone.lift(-.03), s.ground(s.roll(base+8, .5, 1)))
	for range s.count(4, 6) {
		s.figure(s.x(s.between(.1, .92)), base+s.between(2, 5), s.between(10, 12), pick(s, -1.0, 1))
	}
	left := s.between(38, 46)
	s.stall(s.x(s.between(.02, .07)), s.y(.93), left, p.accent)
	if s.w > 110 {
		s.stall(s.x(.56)+s.jitter(4), s.y(.9), s.between(32, 38), pick(s, p.spark, p.near))
	}
	s.figure(s.x(.47), s.y(.93), s.between(22, 25), -1)
	s.basket(s.x(.47)+5, s.y(.93)-6, 4.6)
	if s.chance(.7) {
		s.figure(s.x(.535), s.y(.94), s.between(13, 15), -1)
	}
	y := s.y(s.between(.1, .16))
	s.bunting(-2, y, s.x(.52), y+6, s.between(6, 10), 3.4)
	s.bunting(s.x(.52), y+6, s.w+2, y-2, s.between(6, 10), 3.4)
	s.gulls(s.x(s.between(.12, .3)), s.y(.36), 3)
}

// hall is the market's iron frame under a two-step roof.
func (s *scene) hall(x, base, w float64) {
	p := s.pal
	s.cut(p.deep, rect(x-w*.46, base-w*.3, w*.92, w*.3+1))
	var arches []outline
	for i := range 7 {
		arches = append(arches, door(x+w*(-.39+.13*float64(i)), base+.5, w*.1, w*.24))
	}
	s.glue(p.glow.mix(p.accent, .25), arches...)
	s.cut(p.near, poly(x-w*.54, base-w*.28, x-w*.32, base-w*.4, x+w*.32, base-w*.4, x+w*.54, base-w*.28))
	s.cut(p.paper, rect(x-w*.28, base-w*.46, w*.56, w*.07))
	for i := range 9 {
		s.glue(p.mid, bar(x+w*(-.25+.0625*float64(i)), base-w*.455, x+w*(-.25+.0625*float64(i)), base-w*.395, .5))
	}
	s.cut(p.near.lift(-.04), poly(x-w*.34, base-w*.45, x, base-w*.58, x+w*.34, base-w*.45))
	s.cut(p.paper, disc(x, base-w*.492, w*.033))
	s.glue(p.ink, bar(x, base-w*.492, x, base-w*.515, .4), bar(x, base-w*.492, x+w*.016, base-w*.485, .4))
	s.glue(p.ink, bar(x, base-w*.57, x, base-w*.66, .5))
	s.cut(p.spark, poly(x, base-w*.66, x+w*.07, base-w*.64, x, base-w*.62))
}

// stall has a scalloped awning and trays of fruit; x is its left post.
func (s *scene) stall(x, base, w float64, c lch) {
	p := s.pal
	h := w * .78
	s.glue(p.stone.lift(-.3), rect(x+w*.03, base-h*.85, w*.94, h*.65))
	s.cut(p.wood.lift(-.1), bar(x+w*.02, base, x+w*.02, base-h, w*.022), bar(x+w*.98, base, x+w*.98, base-h, w*.022))
	s.figure(x+w*s.between(.35, .65), base-h*.06, h*.62, pick(s, -1.0, 1))
	s.cut(p.wood, poly(x-w*.02, base-h*.34, x+w*1.02, base-h*.34, x+w*.98, base, x+w*.02, base))
	s.glue(p.wood.lift(-.07), bar(x, base-h*.13, x+w, base-h*.13, .5))
	fruits := []lch{p.tomato, p.lemon, p.leaf, lch{.80, .085, 50}, p.aubergine, p.moss}
	first := s.rng.IntN(len(fruits))
	for i := range 4 {
		tx, tw := x+w*(.02+.245*float64(i)), w*.225
		s.cut(p.wood.lift(.09), poly(tx, base-h*.36, tx+tw, base-h*.36, tx+tw*.96, base-h*.25, tx+tw*.04, base-h*.25))
		c := fruits[(first+i)%len(fruits)]
		for row := range 2 {
			for j := range 4 - row {
				r := tw * .125
				s.cut(c.lift(s.jitter(.035)), oval(tx+tw*(.15+.23*float64(j)+.11*float64(row)), base-h*.37-r*.9*float64(row)*1.3, r, r))
			}
		}
	}
	stripes := 8
	for i := range stripes {
		a, b := float64(i)/float64(stripes), float64(i+1)/float64(stripes)
		paper := c
		if i%2 == 1 {
			paper = p.paper
		}
		in := func(t float64) float64 { return x + w*(.08+.84*t) }
		out := func(t float64) float64 { return x + w*(-.07+1.14*t) }
		l, r := out(a), out(b)
		s.cut(paper, poly(in(a), base-h*1.12, in(b), base-h*1.12, r, base-h*.86, r, base-h*.82, r-(r-l)*.2, base-h*.785, l+(r-l)*.5, base-h*.77, l+(r-l)*.2, base-h*.785, l, base-h*.82, l, base-h*.86))
	}
}

func (s *scene) basket(x, y, w float64) {
	p := s.pal
	for _, turn := range []float64{-1.9, -1.5, -1.1} {
		s.cut(p.leaf, leaf(.7).turn(turn).at(x, y, w*1.1))
	}
	s.cut(p.wood.lift(.04), poly(x-w*.5, y-w*.1, x+w*.5, y-w*.1, x+w*.38, y+w*.5, x-w*.38, y+w*.5))
	s.glue(p.wood.lift(-.08), bar(x-w*.45, y+w*.12, x+w*.45, y+w*.12, .25), bar(x-w*.4, y+w*.3, x+w*.4, y+w*.3, .25))
}

// tram: the town's one line, passing in front of its houses.
func tram(s *scene) {
	s.setMood(day, dawn, mist, dusk, dark)
	p := s.pal
	base := s.y(s.between(.7, .76))
	s.sky(base * .7)
	s.cut(p.far, s.ground(s.roll(base-26, 5, .7)))
	if s.chance(.7) {
		s.steeple(s.x(s.between(.2, .8)), base-22, s.between(26, 34))
	}
	s.street(-2, s.w+3, base-9, 11, 16)
	s.street(-s.between(2, 8), s.x(s.between(.3, .42)), base-2, 15, 25)
	for range 3 {
		s.tree(pick(s, p.moss, p.leaf), s.x(s.between(.55, 1)), base-1, s.between(14, 20))
	}
	s.cut(p.stone, s.ground(func(float64) float64 { return base - 1.5 }))
	wire := base - 37
	s.glue(p.ink, bar(-over, wire+1, s.w+over, wire-1, .28), bar(-over, wire+4, s.w+over, wire+3, .22))
	for _, t := range []float64{.07, .9} {
		s.cut(p.ink, bar(s.x(t), base, s.x(t), wire-5, .8), bar(s.x(t), wire-1.5, s.x(t)+12, wire+.4, .45))
	}
	s.tramcar(s.x(s.between(.3, .38)), base+3.4, min(s.w*.54, 84))
	s.cut(p.stone.lift(-.06), s.ground(func(float64) float64 { return base + 3 }))
	s.glue(p.ink, bar(-over, base+4.4, s.w+over, base+4.4, .5), bar(-over, base+7.6, s.w+over, base+7.9, .6))
	s.cut(p.stone.lift(.03), s.ground(func(float64) float64 { return base + 11 }))
	x := s.x(s.between(.08, .16))
	for i := range s.count(2, 3) {
		s.figure(x+float64(i)*s.between(5.5, 7), base+14+s.jitter(.8), s.between(15, 19), 1)
	}
	s.lamppost(s.x(s.between(.2, .26)), base+14, 30)
	s.cut(p.stone.lift(-.03), s.ground(s.roll(s.y(.93), .4, 1)))
	for i := range 4 {
		switch x := s.x(.66 + .11*float64(i)); {
		case s.chance(.5):
			s.hydrangea(x, s.h+2, s.between(9, 12))
		default:
			s.furze(x, s.h+2, s.between(8, 12))
		}
	}
	s.gulls(s.x(s.between(.5, .8)), s.y(.2), s.count(2, 4))
}

// steeple of the town's church.
func (s *scene) steeple(x, base, h float64) {
	c := s.pal.stone.lift(-.05)
	s.cut(c, rect(x-h*.1, base-h*.5, h*.2, h*.6))
	s.cut(c.lift(-.06), poly(x-h*.12, base-h*.48, x, base-h, x+h*.12, base-h*.48))
	s.glue(s.windowGlass(), door(x-h*.035, base-h*.3, h*.035, h*.12), door(x+h*.035, base-h*.3, h*.035, h*.12))
}

// tramcar is a low two-car tram; x is its tail, its nose is to the right.
func (s *scene) tramcar(x, base, w float64) {
	p := s.pal
	h := w * .25
	paint := pick(s, p.spark, p.accent, p.near)
	s.glue(p.ink, stroke(path(x+w*.3, base-h*1.05, x+w*.26, base-h*1.22, x+w*.31, base-h*1.42), .45, .4), bar(x+w*.27, base-h*1.42, x+w*.35, base-h*1.42, .5))
	s.cut(p.slate, smooth(x+w*.05, base-h*.98, x+w*.08, base-h*1.08, x+w*.5, base-h*1.09, x+w*.88, base-h*1.07, x+w*.92, base-h*.98))
	s.cut(p.paper, smooth(x, base-h*.14, x+w*.005, base-h*.6, x+w*.03, base-h*.96, x+w*.1, base-h*1.01, x+w*.5, base-h*1.01, x+w*.88, base-h*1.01, x+w*.94, base-h*.94, x+w*.985, base-h*.5, x+w, base-h*.16, x+w*.96, base-h*.1, x+w*.5, base-h*.1, x+w*.04, base-h*.1))
	s.glue(paint, poly(x+w*.004, base-h*.36, x+w*.995, base-h*.36, x+w*.997, base-h*.12, x+w*.003, base-h*.12))
	glass := p.deep
	if p.hour == dark || p.hour == dusk {
		glass = p.lit
	}
	for i := range 7 {
		wx := x + w*(.045+.118*float64(i))
		if i == 2 || i == 5 { // doors
			s.cut(paint.lift(-.06), rect(wx-w*.004, base-h*.86, w*.1, h*.75))
			s.glue(glass, rect(wx+w*.006, base-h*.8, w*.036, h*.6), rect(wx+w*.05, base-h*.8, w*.036, h*.6))
			continue
		}
		s.glue(glass, rect(wx, base-h*.84, w*.1, h*.4))
		if s.chance(.75) { // a passenger
			px := wx + w*s.between(.03, .07)
			s.glue(pick(s, p.spark, p.accent, p.near, p.rose), smooth(px-w*.022, base-h*.44, px-w*.016, base-h*.57, px, base-h*.6, px+w*.016, base-h*.57, px+w*.022, base-h*.44))
			s.glue(p.skin, disc(px, base-h*.66, w*.0125))
		}
	}
	s.glue(glass, poly(x+w*.885, base-h*.86, x+w*.93, base-h*.86, x+w*.968, base-h*.46, x+w*.885, base-h*.46))
	s.glue(p.mid, rect(x+w*.492, base-h*1.0, w*.016, h*.9))
	for _, t := range []float64{.16, .4, .62, .86} {
		s.glue(p.ink, disc(x+w*t, base-h*.07, h*.1))
	}
	s.glue(p.accent, disc(x+w*.985, base-h*.24, h*.045))
}

// bike: a bicycle against the sea wall, flowers in its basket.
func bike(s *scene) {
	s.setMood(day, dawn, dusk, mist, day)
	p := s.pal
	hz := s.y(s.between(.32, .42))
	sun := s.sky(hz)
	s.cut(p.far, s.hill(s.x(.55), s.w+16, hz+.5, s.between(6, 10)))
	s.beacon(s.x(s.between(.82, .92)), hz-4, 12, p.hour == dusk)
	s.cut(p.water, s.ground(func(float64) float64 { return hz }))
	s.glitter(sun.x, hz)
	s.cut(p.water.mix(p.deepWater, .35), s.ground(s.swell(hz+9, .6, 9)))
	s.sailboat(p.deep, pick(s, p.spark, p.accent), s.x(s.between(.14, .3)), hz+7, s.between(9, 12))
	wall := s.y(.62)
	s.cut(p.stone.lift(-.03), s.ground(s.roll(wall, .3, 1)))
	for y := wall + 5; y < s.y(.84); y += 6 {
		for x := s.between(-8, 0); x < s.w; {
			w := s.between(8, 17)
			s.glue(p.stone.lift(s.jitter(.05)-.03), rect(x+.3, y-4.4, w-.6, 5.4))
			x += w
		}
	}
	s.cut(p.stone.lift(.07), poly(-over, wall-1.6, s.w+over, wall-1.2, s.w+over, wall+1.8, -over, wall+1.6))
	ground := s.y(.82)
	s.cut(p.near.mix(p.stone, .5), s.ground(s.roll(ground, .3, 1)))
	s.cut(p.near.mix(p.stone, .36), s.ground(s.roll(s.y(.93), .5, 1)))
	if s.chance(.6) { // a cat, or somebody looking at the sea
		s.cat(s.x(s.between(.08, .14)), wall-1.2, s.between(7, 9))
	} else {
		s.figure(s.x(s.between(.08, .15)), ground+1, s.between(27, 31), 1)
	}
	x := s.x(s.between(.52, .6))
	r := min(s.h*.155, s.w*.125)
	s.bicycle(x, ground+4.5, r)
	for i := range 4 {
		s.grass(pick(s, p.leaf, p.moss), s.x(.02+.3*float64(i))+s.jitter(6), ground+1, s.between(5, 9))
	}
	for range 4 {
		s.flower(s.x(s.between(.86, 1)), s.h+1, s.between(9, 20), pick(s, p.accent, p.paper, p.spark))
	}
	s.gulls(s.x(s.between(.4, .6)), hz*.45, s.count(3, 5))
}

// bicycle stands at x, the middle between its wheels of radius r.
func (s *scene) bicycle(x, base, r float64) {
	p := s.pal
	paint := pick(s, p.spark, p.accent, p.paper)
	put := func(o outline) outline { return o.at(x, base-r, r) }
	s.veil(p.ink, .25, sliver(x+r*.2, base+.4, r*2.9, r*.14))
	for _, cx := range []float64{-1.36, 1.36} {
		var spokes []outline
		for i := range 10 {
			sin, cos := math.Sincos(float64(i)*math.Pi/5 + .2)
			spokes = append(spokes, put(bar(cx, 0, cx+.9*cos, .9*sin, .017)))
		}
		for _, spoke := range spokes {
			s.glue(p.paper.lift(-.05), spoke)
		}
		s.cut(p.ink, ring(x+cx*r, base-r, r, r*.095)...)
		s.glue(p.ink, put(disc(cx, 0, .09)))
	}
	s.cut(p.ink, put(stroke(line(.98, -1.6, 1.1, -1.74, .94, -1.86, .66, -1.82), .075, .065)))
	s.cut(paint.lift(-.05),
		put(stroke(path(-1.36, 0, -.2, .06), .075, .085)), put(stroke(path(-1.36, 0, -.5, -1.0), .07, .08)))
	s.cut(paint, put(bar(-.2, .06, -.58, -1.22, .1)))
	s.cut(paint, put(stroke(line(-.44, -.72, .1, -.62, .92, -1.08), .1, .1)))
	s.cut(paint, put(bar(-.2, .06, .97, -.95, .115)))
	s.cut(paint, put(bar(.9, -1.3, 1.0, -.86, .13)))
	s.cut(paint.lift(-.04), put(stroke(line(.99, -.88, 1.12, -.4, 1.36, 0), .09, .06)))
	s.cut(p.ink, put(bar(.9, -1.3, .98, -1.62, .07)))
	s.cut(p.wood.lift(-.12), put(smooth(-.92, -1.3, -.6, -1.36, -.26, -1.3, -.5, -1.2, -.85, -1.16)))
	s.glue(p.ink, put(bar(-.58, -1.2, -.62, -1.3, .06)))
	s.cut(p.ink, put(disc(-.2, .06, .19)))
	s.glue(p.stone, put(disc(-.2, .06, .1)))
	s.cut(p.ink, put(bar(-.2, .06, -.02, .38, .055)), put(bar(-.12, .39, .1, .39, .07)))
	for _, cx := range []float64{-1.36} { // the mudguard
		s.cut(paint, arch(x+cx*r, base-r, r*1.13, r*.075, math.Pi*1.02, math.Pi*1.8))
	}
	// The basket and what it carries.
	for range 7 {
		bx := s.between(1.06, 1.66)
		h := s.between(.3, .62)
		s.cut(s.pal.leaf, put(leaf(.8).turn(-1.57+s.jitter(.6)).at(bx, -1.5, h)))
	}
	for range 6 {
		bx, by := s.between(1.0, 1.74), s.between(-2.1, -1.72)
		c := pick(s, p.accent, p.accent, p.spark, p.paper)
		var petals []outline
		for i := range 6 {
			petals = append(petals, put(leaf(1.3).turn(float64(i)*1.047).at(bx, by, .17)))
		}
		s.cut(c, petals...)
		s.glue(p.wood.lift(-.1), put(disc(bx, by, .045)))
	}
	s.cut(p.wood.lift(.1), put(poly(1.0, -1.62, 1.78, -1.62, 1.68, -1.08, 1.1, -1.08)))
	for i := range 3 {
		y := -1.5 + .14*float64(i)
		s.glue(p.wood.lift(-.02), put(bar(1.05, y, 1.73, y, .035)))
	}
}

// cat sits with its back to us.
func (s *scene) cat(x, base, h float64) {
	put := func(o outline) outline { return o.at(x, base, h) }
	s.cut(s.pal.ink, put(smooth(-.26, 0, -.28, -.24, -.16, -.52, 0, -.6, .16, -.52, .28, -.24, .26, 0)), put(oval(0, -.72, .17, .15)),
		put(poly(-.16, -.74, -.15, -.98, -.03, -.82)), put(poly(.16, -.74, .15, -.98, .03, -.82)),
		put(stroke(line(.2, -.04, .46, .1, .4, .36, .5, .5), .08, .04)))
}
