package papercut

import (
	"image/color"
	"math"
)

// lch is a colour in OKLCH: lightness 0–1, chroma, hue in degrees.
// Source: Björn Ottosson, "A perceptual color space for image processing", 2020.
type lch struct{ l, c, h float64 }

func fromColour(c color.Color) lch {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= .04045 {
			return f / 12.92
		}
		return math.Pow((f+.055)/1.055, 2.4)
	}
	r, g, b := linear(n.R), linear(n.G), linear(n.B)
	l := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	m := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	return fromLab(
		.2104542553*l+.7936177850*m-.0040720468*s,
		1.9779984951*l-2.4285922050*m+.4505937099*s,
		.0259040371*l+.7827717662*m-.8086757660*s,
	)
}

func fromLab(l, a, b float64) lch {
	h := math.Atan2(b, a) * 180 / math.Pi
	return lch{l, math.Hypot(a, b), math.Mod(h+360, 360)}
}

func (k lch) lab() (l, a, b float64) {
	sin, cos := math.Sincos(k.h * math.Pi / 180)
	return k.l, k.c * cos, k.c * sin
}

// rgb gives the nearest colour of the screen with the same lightness and hue:
// chroma is what gives way.
func (k lch) rgb() (r, g, b uint8) {
	k.l = max(0, min(1, k.l))
	for range 24 {
		fr, fg, fb := k.linear()
		if min(fr, fg, fb) >= -.0005 && max(fr, fg, fb) <= 1.0005 {
			break
		}
		k.c *= .93
	}
	fr, fg, fb := k.linear()
	return gamma(fr), gamma(fg), gamma(fb)
}

func (k lch) linear() (r, g, b float64) {
	cube := func(v float64) float64 { return v * v * v }
	kl, ka, kb := k.lab()
	l := cube(kl + .3963377774*ka + .2158037573*kb)
	m := cube(kl - .1055613458*ka - .0638541728*kb)
	s := cube(kl - .0894841775*ka - 1.2914855480*kb)
	return 4.0767416621*l - 3.3077115913*m + .2309699292*s,
		-1.2684380046*l + 2.6097574011*m - .3413193965*s,
		-.0041960863*l - .7034186147*m + 1.7076147010*s
}

func gamma(v float64) uint8 {
	v = max(0, min(1, v))
	if v <= .0031308 {
		return uint8(v*12.92*255 + .5)
	}
	return uint8((1.055*math.Pow(v, 1/2.4)-.055)*255 + .5)
}

// lift makes a colour lighter (or darker, when by is negative).
func (k lch) lift(by float64) lch { return lch{max(.1, min(.97, k.l+by)), k.c, k.h} }

// mix goes from k (t = 0) to o (t = 1).
func (k lch) mix(o lch, t float64) lch {
	l0, a0, b0 := k.lab()
	l1, a1, b1 := o.lab()
	return fromLab(l0+(l1-l0)*t, a0+(a1-a0)*t, b0+(b1-b0)*t)
}

// A mood is an hour and a weather.
type mood int

const (
	dawn mood = iota
	day
	mist
	dusk
	dark
)

// A palette is the few papers of one picture.
type palette struct {
	hour                     mood
	paper                    lch // cream: sails, walls, gulls
	sky, glow, sun           lch
	water, deepWater         lch
	far, mid, near, deep     lch // land, from the horizon to the foreground
	ink                      lch // the darkest paper
	stone, slate, wood, skin lch
	leaf, moss               lch
	accent, spark, rose      lch // gorse yellow; its companion; a quiet third
	tomato, lemon, aubergine lch // what is eaten keeps its colour
	lit                      lch // a window from outside
}

// setMood chooses the papers for an hour, drawn among those given.
func (s *scene) setMood(hours ...mood) {
	s.pal = newPalette(s.colour, pick(s, hours...))
}

// apart is the angle between two hues, 0–180.
func apart(a, b float64) float64 {
	d := math.Mod(math.Abs(a-b), 360)
	return min(d, 360-d)
}

// toward turns hue a toward hue b by a share of the angle between them.
func toward(a, b, share float64) float64 {
	d := math.Mod(b-a+540, 360) - 180
	return math.Mod(a+d*share+360, 360)
}

func newPalette(site lch, hour mood) palette {
	h := site.h
	if site.c < .015 { // grey has no hue to speak of: take slate's
		h = 245
	}
	k := max(.3, min(1.1, site.c/.11))
	tone := func(l, c, turn float64) lch { return lch{l, c * k, h + turn} }
	water := toward(h, 235, .25)
	waterK := k
	if apart(h, 235) > 95 { // a warm site keeps its land and borrows the sea
		water, waterK = 215, .62*k
	}
	wet := func(l, c float64) lch { return lch{l, c * waterK, water} }
	leaf := toward(145, h, .22)
	p := palette{
		hour:  hour,
		paper: lch{.955, .018, 88},
		far:   tone(.77, .055, 0), mid: tone(.61, .085, 4), near: tone(.47, .09, 8), deep: tone(.35, .075, 12),
		ink:   tone(.24, .045, 14),
		stone: lch{.80, .022, 62}, slate: tone(.44, .035, 6), wood: lch{.60, .065, 58}, skin: lch{.74, .055, 58},
		leaf: lch{.60, .085, leaf}, moss: lch{.44, .065, leaf + 6},
		accent: lch{.86, .16, 93}, spark: lch{.675, .155, 34}, rose: lch{.84, .05, 30},
		lit:    lch{.88, .13, 88},
		tomato: lch{.65, .155, 34}, lemon: lch{.87, .15, 98}, aubergine: lch{.42, .075, 335},
	}
	if apart(h, 40) < 45 {
		p.spark = lch{.58, .075, 200}
		p.rose = lch{.84, .035, 200}
	}
	if apart(h, 93) < 30 {
		p.accent = lch{.70, .15, 40}
		p.spark = lch{.56, .09, 235}
	}
	p.sun = p.accent
	p.water, p.deepWater = wet(.62, .10), wet(.42, .085)
	p.sky, p.glow = tone(.89, .045, -6), lch{.945, .028, 85}
	switch hour {
	case dawn:
		p.sky, p.glow = lch{.885, .052, 52}, lch{.94, .042, 80}
		p.sun = p.spark
		if apart(h, 40) < 45 {
			p.sun = lch{.70, .15, 34}
		}
		p.water = wet(.70, .075)
	case mist:
		p.sky, p.glow = lch{.93, .018, 92}, tone(.88, .02, 0)
		p.sun = lch{.975, .012, 90}
		p.far, p.mid = tone(.83, .03, 0), tone(.68, .06, 4)
		p.water, p.deepWater = wet(.74, .05), wet(.50, .07)
	case dusk:
		p.sky, p.glow = lch{.82, .085, 58}, lch{.895, .08, 84}
		p.sun = lch{.69, .165, 36}
		p.far, p.mid, p.near, p.deep = tone(.62, .07, 0), tone(.48, .085, 4), tone(.36, .075, 8), tone(.28, .06, 12)
		p.water, p.deepWater = wet(.52, .085), wet(.33, .07)
		p.stone = lch{.72, .035, 55}
		p.ink = tone(.20, .04, 14)
	case dark:
		night := h + 4
		if apart(h, 40) < 60 { // a brown night is no night: aubergine
			night = toward(h, 300, .55)
		}
		p.sky, p.glow = lch{.30, .062 * k, night}, lch{.39, .07 * k, night - 4}
		p.sun = lch{.94, .04, 95}
		p.far, p.mid, p.near, p.deep = tone(.46, .07, 0), tone(.36, .065, 4), tone(.27, .055, 8), tone(.215, .045, 10)
		p.water, p.deepWater = wet(.40, .075), wet(.24, .05)
		p.stone, p.slate = tone(.50, .03, 0), tone(.25, .035, 8)
		p.leaf, p.moss = lch{.42, .055, leaf}, lch{.32, .045, leaf}
		p.ink = tone(.165, .03, 14)
		p.wood = lch{.45, .05, 55}
	}
	return p
}
