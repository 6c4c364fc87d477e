// Package papercut draws the demonstration's pictures: landscapes and
// interiors of cut paper, in the palette of one site.
//
// A picture is a pile of sheets. Each sheet is an outline cut by a slightly
// unsteady hand, filled with one colour, given a little grain, and laid on the
// sheets below with a thin soft shadow. The same motif, seed, colour and size
// give the same picture on one architecture; the seed moves the horizon, the
// hour of the day and the placement of everything.
//
// It is not a drawing library: it knows twenty motifs and no other.
// Start at [Draw]; motifs are in motif_*.go, what they share in thing_*.go.
package papercut

import (
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
)

// MaxSide is the largest width or height that [Draw] accepts, in pixels.
const MaxSide = 8192

type motif struct {
	name string
	draw func(*scene)
}

// motifs is the list of all motifs, in the order in which they are announced.
func motifs() []motif {
	return []motif{
		{"harbour", harbour}, {"lighthouse", lighthouse}, {"gorse", gorse}, {"market", market},
		{"island", island}, {"chapel", chapel}, {"garden", garden}, {"workshop", workshop},
		{"tram", tram}, {"shore", shore}, {"river", river}, {"heath", heath},
		{"forge", forge}, {"library", library}, {"rope", rope}, {"kitchen", kitchen},
		{"radio", radio}, {"bike", bike}, {"boat", boat}, {"night", night},
	}
}

// Motifs returns the names that [Draw] knows.
func Motifs() []string {
	var names []string
	for _, m := range motifs() {
		names = append(names, m.name)
	}
	return names
}

// Draw draws a motif as an opaque picture of width × height pixels. The
// palette is built around the hue of colour; a grey gives a muted palette.
// It fails on a motif that [Motifs] does not list, and on sides outside
// 1 to [MaxSide].
func Draw(name string, seed uint64, colour color.Color, width, height int) (image.Image, error) {
	if width < 1 || height < 1 || width > MaxSide || height > MaxSide {
		return nil, fmt.Errorf("papercut: cannot draw %d×%d pixels: sides go from 1 to %d", width, height, MaxSide)
	}
	if colour == nil {
		return nil, fmt.Errorf("papercut: no colour to draw %q in", name)
	}
	for _, m := range motifs() {
		if m.name == name {
			s := newScene(name, seed, colour, width, height)
			m.draw(s)
			return s.table.picture, nil
		}
	}
	return nil, fmt.Errorf("papercut: unknown motif %q: known motifs are %s", name, strings.Join(Motifs(), ", "))
}

// A scene is one picture being composed. Its lengths are in units of one
// hundredth of the picture's height (or of 1/1.2 of its width, whichever is
// smaller): a 3:2 landscape is 150 × 100 units, whatever its pixels.
type scene struct {
	w, h   float64 // of the picture, in units
	pal    palette
	table  *table
	rng    *rand.Rand
	colour lch // of the site
}

func newScene(name string, seed uint64, colour color.Color, width, height int) *scene {
	hash := fnv.New64a()
	hash.Write([]byte(name))
	rng := rand.New(rand.NewPCG(seed, hash.Sum64()))
	scale := min(float64(height), float64(width)/1.2) / 100
	s := &scene{
		w: float64(width) / scale, h: float64(height) / scale,
		rng: rng, colour: fromColour(colour),
		table: newTable(width, height, scale, rng),
	}
	s.table.mirror = s.chance(.5)
	return s
}

// x and y turn a fraction of the picture's width or height into units.
func (s *scene) x(fraction float64) float64 { return fraction * s.w }
func (s *scene) y(fraction float64) float64 { return fraction * s.h }

// between draws a number from [a, b).
func (s *scene) between(a, b float64) float64 { return a + (b-a)*s.rng.Float64() }

// jitter draws a number from [-a, a).
func (s *scene) jitter(a float64) float64 { return s.between(-a, a) }

// count draws an integer from [a, b].
func (s *scene) count(a, b int) int { return a + s.rng.IntN(b-a+1) }

func (s *scene) chance(p float64) bool { return s.rng.Float64() < p }

// pick draws one of the values.
func pick[T any](s *scene, values ...T) T { return values[s.rng.IntN(len(values))] }
