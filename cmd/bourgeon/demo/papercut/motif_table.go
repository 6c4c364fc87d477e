package papercut

import "math"

// library: shelves of books, a reader, a lamp.
func library(s *scene) {
	s.setMood(day, mist, dusk, dawn)
	p := s.pal
	wall, board := s.inside()
	floor := s.y(s.between(.82, .86))
	s.room(wall, p.near.lift(-.05), floor)
	left, right := s.x(s.between(.3, .36)), s.w+over
	s.cut(board.lift(-.14), rect(left-2, -over, right, floor+4.5))
	shelves := s.count(4, 5)
	step := (floor + 2) / float64(shelves)
	for i := range shelves {
		foot := step*float64(i+1) - 1
		s.glue(board.lift(-.22), rect(left, foot-step+2.4, right, step-2.4))
		s.books(left+1, right, foot, step*.86)
		s.cut(board.lift(-.05), rect(left-2.6, foot-.2, right, 2.4))
	}
	s.window(s.x(.05), s.y(.1), min(s.x(.2), 30), s.h*.34)
	// The rug, an armchair, somebody reading under a lamp.
	x := s.x(s.between(.2, .26))
	s.cut(p.rose, sliver(x+6, s.y(.95), 38, 11))
	s.glue(p.spark, sliver(x+6, s.y(.95), 32, 8.4))
	s.glue(p.rose, sliver(x+6, s.y(.95), 29, 7))
	s.cut(p.ink, bar(x-19, s.y(.93), x-19, s.y(.5), .8), bar(x-23, s.y(.93), x-15, s.y(.93), 1))
	s.veil(p.lit, .22, poly(x-24, s.y(.5), x-14, s.y(.5), x+8, s.y(.92), x-32, s.y(.92)))
	s.cut(p.accent, poly(x-21.5, s.y(.42), x-16.5, s.y(.42), x-13.5, s.y(.5), x-24.5, s.y(.5)))
	s.reader(x, s.y(.93), s.between(36, 41))
	if s.chance(.6) {
		s.cat(x+27, s.y(.95), 10)
	}
	for i := range 3 { // a pile on the floor
		s.cut([]lch{p.near, p.accent, p.paper}[i], rect(s.x(.52)+s.jitter(1.2), s.y(.95)-2.4*float64(i+1), s.between(11, 14), 2.3))
	}
}

// books fills a shelf from x0 to x1, with gaps, leaning ones and small objects.
func (s *scene) books(x0, x1, foot, room float64) {
	p := s.pal
	papers := []lch{p.paper, p.far, p.mid, p.near, p.deep, p.accent, p.spark, p.rose, p.stone, p.leaf, p.mid, p.near, p.far, p.paper.lift(-.06)}
	for x := x0; x < x1; {
		switch r := s.rng.Float64(); {
		case r < .045:
			x += s.between(3, 6)
		case r < .075: // a plant trailing
			s.cut(p.spark, poly(x+.6, foot-4.6, x+6, foot-4.6, x+5.2, foot, x+1.4, foot))
			for i := range 6 {
				s.cut(p.leaf, leaf(1).turn(-2.9+.5*float64(i)).at(x+3.3, foot-4.4, s.between(4, 7)))
			}
			x += 8
		case r < .12: // books lying
			w := s.between(8, 11)
			for i := range s.count(2, 3) {
				s.cut(pick(s, papers...), rect(x+s.between(0, 1), foot-2.1*float64(i+1), w-1, 2))
			}
			x += w + .6
		case r < .19: // one that leans
			h := room * s.between(.7, .85)
			s.cut(pick(s, papers...), rect(0, -h, 2.4, h).turn(-.2).at(x+.6+h*.02, foot, 1))
			x += 3.4
		default:
			w, h := s.between(1.7, 3.7), room*s.between(.62, .98)
			c := pick(s, papers...)
			s.cut(c, rect(x, foot-h, w, h+.1))
			if w > 2.1 && s.chance(.6) {
				label := c.mix(p.paper, .6)
				if c.l > .8 {
					label = p.near
				}
				s.glue(label, rect(x+.3, foot-h*.8, w-.6, h*s.between(.06, .2)))
			}
			x += w + .12
		}
	}
}

// reader sits in an armchair turned to the right, h high.
func (s *scene) reader(x, base, h float64) {
	p := s.pal
	put := func(o outline) outline { return o.at(x, base, h) }
	chair := pick(s, p.spark, p.near, p.leaf.lift(-.08))
	s.cut(p.ink, put(bar(-.26, -.1, -.29, 0, .03)), put(bar(.24, -.1, .27, 0, .03)))
	s.cut(chair.lift(-.05), put(smooth(-.34, -.1, -.42, -.5, -.44, -.86, -.34, -.98, -.2, -.92, -.14, -.5, .1, -.4, .3, -.36, .3, -.1)))
	coat := p.paper
	if chair.l > .6 {
		coat = p.deep
	}
	s.cut(p.ink, put(stroke(line(-.1, -.36, .2, -.4, .34, -.34, .37, -.14, .36, -.03), .13, .075)), put(smooth(.32, -.06, .48, -.03, .48, .0, .32, .0)))
	s.cut(coat, put(smooth(-.2, -.32, -.24, -.56, -.14, -.76, -.02, -.75, .07, -.54, .04, -.32)))
	s.glue(coat.lift(-.08), put(stroke(line(-.06, -.68, .02, -.48, .2, -.52), .085, .06)))
	s.cut(p.skin, put(oval(-.02, -.85, .066, .08)))
	s.glue(p.ink.mix(p.wood, .35), put(smooth(-.1, -.78, -.11, -.9, -.04, -.97, .05, -.93, .0, -.89, -.04, -.82)))
	s.cut(p.accent, put(poly(.14, -.5, .22, -.66, .28, -.64, .23, -.47)))
	s.cut(p.paper, put(poly(.19, -.49, .27, -.655, .38, -.65, .3, -.47)))
	s.cut(chair, put(smooth(-.34, -.1, -.36, -.36, -.28, -.43, .14, -.4, .24, -.36, .26, -.1)))
}

// kitchen: a table laid for several, a pot that steams, the window behind.
func kitchen(s *scene) {
	s.setMood(day, dawn, dusk, mist)
	p := s.pal
	wall, board := s.inside()
	table := s.y(s.between(.6, .66))
	s.room(wall, p.deep, table+20)
	s.window(s.x(s.between(.52, .58)), s.y(.1), min(s.w*.32, 46), s.h*.34)
	rail := s.y(.15)
	s.cut(p.ink, bar(s.x(.05), rail, s.x(.42), rail, .8))
	for i := range 4 {
		x := s.x(.09 + .092*float64(i))
		l := s.between(11, 15)
		switch i {
		case 0: // ladle
			s.cut(p.stone, bar(x, rail, x, rail+l, .9), disc(x, rail+l+1.6, 2.7))
		case 1: // pan
			s.cut(p.ink, bar(x, rail, x, rail+8, 1.2), disc(x, rail+12.6, 5.6))
			s.glue(p.slate.lift(.06), disc(x-.5, rail+12.2, 4.2))
		case 2: // skimmer
			s.cut(p.wood.lift(.06), bar(x, rail, x, rail+l, 1), oval(x, rail+l+2, 2.2, 3.2))
		default: // braid of onions
			s.cut(p.wood.lift(.1), bar(x, rail, x, rail+20, .6))
			for j := range 6 {
				s.cut(lch{.70, .095, 40}.lift(s.jitter(.04)), smooth(x+float64(j%2*2-1)*1.7-2, rail+5+2.8*float64(j), x+float64(j%2*2-1)*1.7, rail+2.6+2.8*float64(j), x+float64(j%2*2-1)*1.7+2, rail+5+2.8*float64(j), x+float64(j%2*2-1)*1.7, rail+7.2+2.8*float64(j)))
			}
		}
	}
	s.cut(board, s.ground(s.roll(table, .3, 1)))
	cloth := p.paper
	if wall.l > .86 {
		cloth = p.rose
	}
	s.cut(cloth, poly(-over, table+6, s.w+over, table+4, s.w+over, s.h+over, -over, s.h+over))
	for i := range 2 { // the cloth's border
		s.glue(p.spark, bar(-over, table+9.5+3*float64(i), s.w+over, table+7.5+3*float64(i), .8-.3*float64(i)))
	}
	px, k := s.x(s.between(.22, .3)), min(30, s.w*.23)
	s.pot(px, table+12, k)
	dish := []func(x, y, k float64){s.fish, s.crepes, s.mussels}[s.rng.IntN(3)]
	dish(s.x(s.between(.58, .66)), s.y(.83), min(34, s.w*.26))
	for i := range 3 {
		s.lemon(s.x(.4+.045*float64(i))+s.jitter(1), s.y(.9)+s.jitter(2), s.between(3.4, 4.2), i == 1)
	}
	s.carafe(s.x(s.between(.46, .5)), table+13, 22)
	s.bread(s.x(s.between(.84, .9)), table+16, 17)
	s.frond(p.leaf, s.x(.1), s.h+2, s.between(20, 28), s.jitter(5))
	s.frond(p.moss, s.x(.16), s.h+3, s.between(14, 20), s.jitter(5))
	for range 2 {
		s.tomato(s.x(s.between(.25, .35)), s.y(s.between(.87, .93)), s.between(3.2, 4.4))
	}
}

func (s *scene) pot(x, base, k float64) {
	p := s.pal
	c := pick(s, p.spark, p.near, p.deep)
	for i := range 3 { // steam
		sx, lean := x+k*.2*float64(i-1), s.jitter(3)
		s.veil(p.paper, .5, stroke(line(sx, base-k*.82, sx+2.4+lean, base-k*1.1, sx-2+lean, base-k*1.35, sx+1.6+lean*1.5, base-k*1.6), 2.6, .5))
	}
	s.cut(c.lift(-.06), smooth(x-k*.66, base-k*.5, x-k*.64, base-k*.58, x-k*.42, base-k*.56, x-k*.42, base-k*.44), smooth(x+k*.42, base-k*.56, x+k*.64, base-k*.58, x+k*.66, base-k*.5, x+k*.42, base-k*.44))
	s.cut(c, smooth(x-k*.5, base-k*.66, x-k*.47, base-k*.2, x-k*.4, base-k*.02, x, base+k*.02, x+k*.4, base-k*.02, x+k*.47, base-k*.2, x+k*.5, base-k*.66, x, base-k*.64))
	s.glue(c.lift(.06), smooth(x-k*.4, base-k*.58, x-k*.3, base-k*.56, x-k*.28, base-k*.14, x-k*.35, base-k*.12))
	s.cut(c.lift(.03), smooth(x-k*.54, base-k*.65, x-k*.4, base-k*.76, x, base-k*.82, x+k*.4, base-k*.76, x+k*.54, base-k*.65, x, base-k*.62))
	s.cut(p.accent, oval(x, base-k*.85, k*.07, k*.05))
}

func (s *scene) fish(x, y, k float64) {
	p := s.pal
	s.plate(x, y, k)
	s.cut(p.far.lift(-.05), smooth(x-k*.52, y+k*.01, x-k*.36, y-k*.1, x-k*.05, y-k*.13, x+k*.24, y-k*.05, x+k*.36, y-k*.02, x+k*.52, y-k*.13, x+k*.48, y+k*.01, x+k*.54, y+k*.13, x+k*.36, y+k*.04, x+k*.2, y+k*.07, x-k*.08, y+k*.11, x-k*.38, y+k*.09))
	s.glue(p.mid, smooth(x-k*.3, y-k*.085, x-k*.05, y-k*.12, x+k*.22, y-k*.045, x, y-k*.03))
	s.glue(p.paper, disc(x-k*.4, y-k*.01, k*.032))
	s.glue(p.ink, disc(x-k*.4, y-k*.01, k*.017))
	for i := range 3 {
		s.glue(p.mid.lift(-.08), arch(x-k*(.2-.14*float64(i)), y, k*.07, k*.014, 1.9, 4.4))
	}
	s.cut(p.leaf, leaf(.8).turn(.3).at(x+k*.1, y+k*.12, k*.28), leaf(.8).turn(-.1).at(x+k*.06, y+k*.13, k*.24))
}

// plate is what a dish is served on.
func (s *scene) plate(x, y, k float64) {
	s.cut(s.pal.near, oval(x, y, k*.72, k*.27))
	s.glue(s.pal.paper, oval(x, y-.2, k*.64, k*.225))
}

func (s *scene) crepes(x, y, k float64) {
	s.plate(x, y, k)
	batter := lch{.82, .085, 76}
	for i := range 5 {
		s.cut(batter.lift(s.jitter(.03)), oval(x+s.jitter(1), y-.6-1.3*float64(i), k*s.between(.44, .5), k*.15))
	}
	top := y - .6 - 1.3*4
	for range 7 {
		a, d := s.between(0, 6.28), s.between(.1, .85)
		s.glue(lch{.66, .09, 62}, oval(x+k*.4*d*math.Cos(a), top+k*.11*d*math.Sin(a), s.between(.5, 1.4), s.between(.3, .6)))
	}
	s.cut(s.pal.lemon.lift(.04), poly(x-2.2, top-1.6, x+1.6, top-2.2, x+2.6, top+.4, x-1.4, top+1))
}

func (s *scene) mussels(x, y, k float64) {
	s.plate(x, y, k)
	shell := s.pal.ink.mix(s.pal.near, .35)
	for i := range 13 {
		a := float64(i) * 2.4
		d := math.Sqrt(float64(i)+.4) / 3.9
		mx, my := x+k*.56*d*math.Cos(a), y-k*.05+k*.19*d*math.Sin(a)
		turn := s.between(0, 6.28)
		half := smooth(-.5, .02, -.2, -.24, .25, -.26, .5, 0, .2, .22, -.2, .16)
		s.cut(shell.lift(s.jitter(.03)), half.turn(turn).at(mx, my, k*.25))
		s.glue(lch{.76, .12, 62}, half.turn(turn).at(mx, my, k*.135))
	}
	s.cut(s.pal.leaf, leaf(.8).turn(.3).at(x+k*.3, y+k*.06, k*.2), leaf(.8).turn(-.5).at(x+k*.28, y+k*.07, k*.18))
}

func (s *scene) lemon(x, y, r float64, sliced bool) {
	p := s.pal
	yellow := p.lemon
	if sliced {
		s.cut(yellow, disc(x, y, r))
		s.glue(p.paper, disc(x, y, r*.84))
		for i := range 7 {
			a := float64(i) * 2 * math.Pi / 7
			s.glue(yellow.lift(.04), poly(.16, 0, .7, -.27, .76, 0, .7, .27).turn(a).at(x, y, r))
		}
		return
	}
	s.cut(yellow, smooth(x-r*1.25, y, x-r*.7, y-r*.7, x+r*.3, y-r*.84, x+r*1.1, y-r*.2, x+r*1.3, y+r*.05, x+r*.8, y+r*.6, x-r*.3, y+r*.8))
}

func (s *scene) tomato(x, y, r float64) {
	s.cut(s.pal.tomato, oval(x, y, r, r*.88))
	s.glue(s.pal.moss, leaf(.8).turn(-.3).at(x, y-r*.55, r*.7), leaf(.8).turn(-2.7).at(x, y-r*.55, r*.7), leaf(.8).turn(-1.5).at(x, y-r*.55, r*.6))
}

func (s *scene) carafe(x, base, h float64) {
	p := s.pal
	body := smooth(x-h*.2, base, x-h*.24, base-h*.3, x-h*.08, base-h*.62, x-h*.09, base-h*.96, x+h*.09, base-h*.96, x+h*.08, base-h*.62, x+h*.24, base-h*.3, x+h*.2, base)
	s.cut(p.far.mix(p.paper, .3), body)
	s.glue(p.water.lift(.06), smooth(x-h*.18, base-h*.02, x-h*.21, base-h*.3, x-h*.13, base-h*.46, x+h*.13, base-h*.46, x+h*.21, base-h*.3, x+h*.18, base-h*.02))
	s.veil(p.paper, .5, stroke(line(x-h*.12, base-h*.1, x-h*.14, base-h*.3, x-h*.04, base-h*.56), h*.03, h*.012))
}

func (s *scene) bread(x, base, k float64) {
	crust := lch{.66, .095, 62}
	s.cut(crust, smooth(x-k*.62, base-k*.06, x-k*.5, base-k*.36, x-k*.1, base-k*.5, x+k*.35, base-k*.4, x+k*.6, base-k*.1, x+k*.3, base+k*.04, x-k*.3, base+k*.05))
	for i := range 3 {
		cx := x - k*.28 + k*.25*float64(i)
		s.glue(crust.lift(.15), sliver(0, 0, k*.12, k*.05).turn(-1).at(cx, base-k*.28, 1))
	}
}

// rope: coils and a great twisted cable; the old rope works behind.
func rope(s *scene) {
	s.setMood(day, dawn, mist, dusk)
	if s.chance(.45) {
		s.mooring()
		return
	}
	p := s.pal
	hz := s.y(s.between(.38, .46))
	s.sky(hz)
	s.cut(p.far, s.ground(s.roll(hz-3, 2, .8)))
	s.ropeWorks(s.x(s.between(.1, .2)), hz+10, s.w*.95, s.between(15, 18))
	ground := p.stone.lift(-.01)
	s.cut(ground, s.ground(func(float64) float64 { return hz + 9.5 }))
	for i := range 3 {
		s.cut(ground.lift(-.025*float64(i+1)), s.ground(s.roll(hz+18+13*float64(i), .5, 1)))
	}
	s.figure(s.x(s.between(.34, .4)), hz+15, s.between(12, 14), 1)
	s.figure(s.x(s.between(.6, .68)), hz+14, s.between(11, 13), -1)
	s.cable(line(s.x(.37)+2.5, hz+8.6, s.x(.5), hz+10, s.x(.63)-2, hz+8), .9, p.accent)
	hemp := lch{.78, .075, 80}
	r := min(s.h*.2, s.w*.15)
	x, y := s.x(s.between(.22, .28)), s.y(.8)
	s.cable(line(x+r*.9, y-r*.25, x+r*1.6, y+r*.5, x+r*2.6, y+r*.3, s.x(.74), y-r*.12, s.x(.86), y+r*.38, s.w+10, y-r*.1), r*.25, pick(s, p.spark, p.accent))
	s.coil(x, y, r, hemp)
	s.bollard(s.x(s.between(.8, .86)), y-r*.05, r*1.15)
	s.coil(s.x(s.between(.5, .56)), s.y(.93), r*.62, pick(s, p.near, p.spark, p.leaf))
	for range 3 { // net floats
		s.cut(pick(s, p.accent, p.spark), oval(s.x(s.between(.62, .74)), s.y(s.between(.9, .96)), 2.6, 2.2))
	}
	s.grass(p.moss, s.x(.03), s.h+1, 13)
	s.grass(p.leaf, s.x(.97), s.h+1, 11)
	s.gulls(s.x(s.between(.3, .7)), hz*.4, s.count(3, 5))
}

// mooring: a bollard near, the rope that runs to a boat, its coil beside.
func (s *scene) mooring() {
	p := s.pal
	hz := s.y(s.between(.32, .4))
	sun := s.sky(hz)
	s.cut(p.far, s.ground(s.roll(hz-3, 2.4, .8)))
	s.ropeWorks(s.x(s.between(.5, .62)), hz+1.5, s.w*.5, 9)
	s.sea(hz)
	s.glitter(sun.x, hz)
	bx, by, size := s.x(s.between(.64, .74)), s.y(.62), s.between(36, 46)
	s.trawler(pick(s, p.spark, p.deep, p.near), bx, by, size)
	s.cut(p.water.mix(p.deepWater, .7), s.ground(s.swell(by+1.4, 1, 7)))
	s.foam(by+3, .8)
	quay := s.y(s.between(.76, .8))
	s.cut(p.stone.lift(-.02), s.ground(s.slope(quay, quay+3)))
	s.cut(p.stone.lift(-.06), s.ground(s.slope(quay+9, quay+12)))
	x, r := s.x(s.between(.2, .28)), min(s.h*.3, s.w*.22)
	c := pick(s, p.spark, p.accent, lch{.78, .075, 80})
	from, to := point{x + r*.2, quay - r*.22}, point{bx - size*.5, by - size*.2}
	sag := func(t, by float64) (float64, float64) { return from.x + (to.x-from.x)*t, from.y + (to.y-from.y)*t + by }
	x1, y1 := sag(.3, 6)
	x2, y2 := sag(.6, 7.5)
	x3, y3 := sag(.85, 4)
	s.cable(line(from.x, from.y, x1, y1, x2, y2, x3, y3, to.x, to.y), 2.2, c)
	s.bollard(x, quay+r*.34, r*1.05)
	s.coil(s.x(s.between(.48, .56)), s.y(.92), min(17, s.w*.12), lch{.78, .075, 80})
	s.nets(s.x(s.between(.8, .88)), s.y(.95), s.between(12, 15))
	for range 3 {
		s.cut(pick(s, p.accent, p.spark), oval(s.x(s.between(.62, .7)), s.y(s.between(.92, .97)), 2.4, 2))
	}
	s.gulls(s.x(s.between(.3, .5)), hz*s.between(.4, .7), s.count(3, 6))
}

// ropeWorks is a very long low building with a row of arched doors.
func (s *scene) ropeWorks(x, base, w, h float64) {
	p := s.pal
	s.cut(p.rose.mix(p.stone, .4), rect(x, base-h*.62, w, h*.62+1))
	s.cut(p.slate, poly(x-1, base-h*.58, x+4, base-h, x+w, base-h, x+w, base-h*.58))
	for dx := 4.0; dx < w; dx += 9.5 {
		s.glue(p.stone.lift(.06), door(x+dx+2, base+.5, 5.8, h*.45))
		s.glue(pick(s, p.near, p.near, p.deep, p.spark), door(x+dx+2, base+.5, 4.4, h*.38))
		if int(dx)%2 == 0 {
			s.cut(p.paper, poly(x+dx, base-h*.74, x+dx+2, base-h*.9, x+dx+4, base-h*.74))
		}
	}
	s.cut(p.spark.lift(-.05), rect(x+w*.3, base-h*1.5, 3, h*.6))
}

// cable is a rope of slanting strands along a line.
func (s *scene) cable(along outline, width float64, c lch) {
	s.cut(c.lift(-.15), stroke(along, width, width))
	travelled, next := 0.0, 0.0
	for i := 1; i < len(along); i++ {
		a, b := along[i-1], along[i]
		d := math.Hypot(b.x-a.x, b.y-a.y)
		for next < travelled+d {
			t := (next - travelled) / d
			angle := math.Atan2(b.y-a.y, b.x-a.x)
			strand := smooth(-.44, .4, -.1, -.32, .34, -.48, .46, -.4, .1, .3, -.3, .48)
			s.glue(c.lift(s.jitter(.025)), strand.turn(angle).at(a.x+(b.x-a.x)*t, a.y+(b.y-a.y)*t, width))
			next += width * .52
		}
		travelled += d
	}
}

// coil is a rope wound flat, seen from a little above.
func (s *scene) coil(x, y, r float64, c lch) {
	turns := 4
	if r < 12 {
		turns = 3
	}
	width := r / (float64(turns) + .7)
	for layer := range 2 {
		for i := range turns {
			rr := r - width*float64(i)
			ly := y - width*.55*float64(layer)
			if layer == 1 && i == 0 {
				continue
			}
			var o []float64
			for k := range 25 {
				sin, cos := math.Sincos(float64(k)*2*math.Pi/24 + .5)
				o = append(o, x+(rr-width/2)*cos, ly+(rr-width/2)*.56*sin)
			}
			s.cable(line(o...), width*.98, c.lift(.02*float64(layer)))
		}
	}
}

// bollard of cast iron with a turn of rope.
func (s *scene) bollard(x, base, h float64) {
	p := s.pal
	put := func(o outline) outline { return o.at(x, base, h) }
	s.cut(p.ink, put(smooth(-.46, .06, -.4, -.04, -.24, -.1, -.2, -.6, -.4, -.72, -.36, -.9, 0, -.98, .36, -.9, .4, -.72, .2, -.6, .24, -.1, .4, -.04, .46, .06, 0, .12)))
	s.glue(p.slate, put(smooth(-.3, -.84, -.1, -.92, .1, -.92, -.05, -.84, -.2, -.78)))
	for i := range 2 {
		y := base - h*(.2+.15*float64(i))
		s.cable(line(x-h*.26, y-h*.02, x, y+h*.05, x+h*.26, y-h*.02), h*.14, p.accent)
	}
}

// radio: a microphone, headphones, and the mast that carries the voices.
func radio(s *scene) {
	s.setMood(dusk, day, dawn, mist, dark)
	if s.chance(.45) {
		s.studio()
		return
	}
	p := s.pal
	hz := s.y(s.between(.58, .66))
	s.sky(hz)
	mast := s.x(s.between(.7, .78))
	top := s.y(s.between(.14, .2))
	waves := []lch{p.accent, p.spark, p.rose}
	for i := range 3 {
		r := 8 + 8.5*float64(i)
		for _, side := range []float64{0, math.Pi} {
			s.cut(waves[i], arch(mast, top, r, 2.4, side-.62, side+.62))
		}
	}
	s.cut(p.far, s.ground(s.roll(hz-6, 4, .7)))
	s.cut(p.mid, s.hill(s.x(.4), s.w+20, hz+3, s.between(10, 14)))
	s.pylon(mast, hz-6, hz-6-top)
	s.street(s.x(.3), s.x(.62), hz+3, 5, 9)
	s.cut(p.near.lift(.03), s.ground(s.roll(hz+3, 1, 1)))
	s.street(s.x(.74), s.x(.98), hz+8, 6, 9)
	s.cut(p.moss, s.ground(s.roll(hz+8, 1, 1.4)))
	desk := s.y(.84)
	s.cut(p.wood.lift(-.02), s.ground(s.roll(desk, .3, 1)))
	s.cut(p.wood.lift(-.08), s.ground(s.roll(desk+11, .3, 1)))
	s.microphone(s.x(s.between(.24, .32)), desk+6, min(s.h*.68, s.w*.52))
	s.headphones(s.x(s.between(.54, .6)), desk+5, min(26, s.w*.2))
	s.cut(p.paper, poly(-9, -2.4, 8, -3, 10.4, 3, -8, 3.6).at(s.x(.78), desk+7, 1))
	for i := range 3 {
		s.glue(p.mid, bar(s.x(.78)-6, desk+6+1.5*float64(i), s.x(.78)+6-2*float64(i), desk+5.7+1.5*float64(i), .35))
	}
	s.mug(s.x(s.between(.9, .94)), desk+6, 9)
	s.gulls(s.x(s.between(.45, .55)), hz*.4, s.count(2, 4))
}

// studio: two people at a table, a window, the mixing desk in front.
func (s *scene) studio() {
	p := s.pal
	wall, board := s.inside()
	table := s.y(s.between(.64, .68))
	s.room(wall, p.deep, table+4)
	for i := range 5 { // felt panels against the echo
		for row := range 2 {
			s.cut(pick(s, wall.lift(-.05), wall.lift(.04), p.mid, p.rose), rect(s.x(.045)+9.4*float64(i), s.y(.1)+10.4*float64(row), 8.8, 9.8))
		}
	}
	s.window(s.x(s.between(.58, .62)), s.y(.1), min(s.w*.3, 44), s.h*.3)
	lamp := s.x(s.between(.46, .5))
	s.cut(p.ink, rect(lamp-6, s.y(.1), 12, 5.6))
	s.cut(p.tomato, rect(lamp-5, s.y(.1)+.9, 10, 3.8))
	s.veil(p.tomato, .16, disc(lamp, s.y(.1)+2.8, 12))
	h := s.h * s.between(.62, .68)
	left, right := s.x(s.between(.2, .26)), s.x(s.between(.68, .74))
	s.figure(left, table+h*.42, h, 1)
	s.figure(right, table+h*.4, h*.94, -1)
	s.cut(board.lift(.04), s.ground(s.roll(table, .3, 1)))
	s.cut(board.lift(-.08), s.ground(s.roll(table+8, .3, 1)))
	s.microphone(left+h*.3, table+4.5, h*.42)
	s.microphone(right-h*.3, table+4.5, h*.42)
	s.mug((left+right)/2+s.jitter(4), table+4, 8)
	desk := s.y(.84)
	s.cut(p.ink.lift(.03), poly(s.x(.08), desk, s.x(.92), desk, s.x(1.0), s.h+over, 0, s.h+over))
	papers := []lch{p.accent, p.spark, p.paper, p.far, p.rose}
	n := int(max(5, s.w*.8/9))
	for i := range n {
		x := s.x(.13 + .74*(float64(i)+.5)/float64(n))
		s.cut(papers[i%len(papers)], disc(x, desk+3.2, 1.1))
		s.glue(p.slate.lift(.1), bar(x, desk+6, x, s.h-1, .4))
		y := desk + s.between(6.6, 12)
		s.cut(papers[(i+2)%len(papers)], rect(x-1.5, y, 3, 1.7))
	}
}

func (s *scene) pylon(x, base, h float64) {
	c := s.pal.ink
	half := func(t float64) float64 { return h * (.13 - .115*t) }
	s.cut(c, bar(x-half(0), base+1, x-half(1), base-h, .8))
	s.cut(c, bar(x+half(0), base+1, x+half(1), base-h, .8))
	for i := range 6 {
		a, b := float64(i)/6, float64(i+1)/6
		s.glue(c, bar(x-half(a), base-h*a, x+half(b), base-h*b, .42))
		s.glue(c, bar(x+half(a), base-h*a, x-half(b), base-h*b, .42))
		s.glue(c, bar(x-half(b), base-h*b, x+half(b), base-h*b, .42))
	}
	s.cut(c, bar(x, base-h*.98, x, base-h*1.06, .6))
	s.cut(s.pal.spark, disc(x, base-h*1.07, 1.3))
}

func (s *scene) microphone(x, base, h float64) {
	p := s.pal
	put := func(o outline) outline { return o.at(x, base, h) }
	s.cut(p.ink, put(smooth(-.2, .02, -.18, -.03, -.04, -.06, .04, -.06, .18, -.03, .2, .02, 0, .05)))
	s.cut(p.ink, put(stroke(path(0, -.04, 0, -.42), .04, .035)))
	s.cut(p.deep, arch(x, base-h*.62, h*.25, h*.034, .12, math.Pi-.12))
	s.cut(p.deep, put(disc(-.235, -.6, .035)), put(disc(.235, -.6, .035)))
	body := pick(s, p.spark, p.accent, p.paper)
	s.cut(body, put(smooth(-.19, -.62, -.2, -.84, -.14, -.97, 0, -1.02, .14, -.97, .2, -.84, .19, -.62, .13, -.48, 0, -.44, -.13, -.48)))
	s.cut(p.ink, put(smooth(-.155, -.74, -.15, -.88, -.1, -.95, 0, -.98, .1, -.95, .15, -.88, .155, -.74, 0, -.73)))
	for i := range 4 {
		dx := -.09 + .06*float64(i)
		s.glue(body.mix(p.paper, .4), put(bar(dx, -.93+math.Abs(dx)*.5, dx, -.755, .018)))
	}
	s.glue(p.paper.mix(body, .15), put(rect(-.195, -.71, .39, .028)))
	for i := range 3 {
		y := -.63 + .055*float64(i)
		half := .15 - .03*float64(i)
		s.glue(body.lift(-.12), put(bar(-half, y, half, y, .014)))
	}
}

func (s *scene) headphones(x, base, k float64) {
	p := s.pal
	s.cut(p.ink, arch(x, base-k*.42, k*.46, k*.085, math.Pi, 2*math.Pi))
	s.cut(p.spark, smooth(x-k*.54, base-k*.02, x-k*.58, base-k*.24, x-k*.5, base-k*.46, x-k*.34, base-k*.44, x-k*.3, base-k*.2, x-k*.36, base))
	s.cut(p.spark, smooth(x+k*.36, base, x+k*.3, base-k*.2, x+k*.34, base-k*.44, x+k*.5, base-k*.46, x+k*.58, base-k*.24, x+k*.54, base-k*.02))
	s.cut(p.ink, stroke(line(x+k*.44, base, x+k*.6, base+k*.16, x+k*.2, base+k*.26, x-k*.2, base+k*.14, x-k*.9, base+k*.3), .7, .7))
}

func (s *scene) mug(x, base, k float64) {
	p := s.pal
	s.cut(p.accent, ring(x+k*.38, base-k*.42, k*.28, k*.11)...)
	s.cut(p.accent, poly(x-k*.4, base-k*.85, x+k*.4, base-k*.85, x+k*.36, base, x-k*.36, base))
	s.glue(p.paper, rect(x-k*.39, base-k*.5, k*.78, k*.12))
	s.veil(p.paper, .5, stroke(line(x, base-k*.95, x+1.4, base-k*1.25, x-.8, base-k*1.5, x+.6, base-k*1.8), 1.4, .3))
}
