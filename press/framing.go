package press

import "strconv"

// Crop is the part of a picture that is shown, in thousandths of the kept source's sides, from its upper left corner.
// The zero value is the whole.
type Crop struct {
	X      int `json:"x,omitempty"`
	Y      int `json:"y,omitempty"`
	Width  int `json:"width,omitempty"`
	Height int `json:"height,omitempty"`
}

// whole is a side of the source in the units of Crop and Focus; smallestCrop keeps something to see.
const (
	whole        = 1000
	smallestCrop = 50
)

// Normal is the zero value for a crop that leaves nothing out, so that two crops that show the same are equal.
func (c Crop) Normal() Crop {
	if c == (Crop{Width: whole, Height: whole}) {
		return Crop{}
	}
	return c
}

// Valid reports whether the crop lies inside the picture and leaves something to see.
func (c Crop) Valid() bool {
	if c == (Crop{}) {
		return true
	}
	return c.X >= 0 && c.Y >= 0 && c.Width >= smallestCrop && c.Height >= smallestCrop && c.X+c.Width <= whole && c.Y+c.Height <= whole
}

// Pixels is the crop of a source of width × height pixels: its corner and its sides, at least one pixel each.
func (c Crop) Pixels(width, height int) (x, y, w, h int) {
	if c == (Crop{}) {
		return 0, 0, width, height
	}
	x, w = span(c.X, c.Width, width)
	y, h = span(c.Y, c.Height, height)
	return x, y, w, h
}

func span(from, length, side int) (at, size int) {
	at = min((from*side+whole/2)/whole, side-1)
	end := ((from+length)*side + whole/2) / whole
	return at, min(max(1, end-at), side-at)
}

// Focus is the point of a picture that must stay in sight where a page cuts it, in thousandths of the kept source's
// sides, from 1 to 1000. The zero value says that nobody chose one.
type Focus struct {
	X int `json:"x,omitempty"`
	Y int `json:"y,omitempty"`
}

// Chosen reports whether somebody chose a point.
func (f Focus) Chosen() bool { return f != Focus{} }

// Valid reports whether the point lies on the picture.
func (f Focus) Valid() bool {
	return !f.Chosen() || f.X >= 1 && f.X <= whole && f.Y >= 1 && f.Y <= whole
}

// In is where the point stands in what a crop leaves, in tenths of its sides, from 0 to 10. A point that was cropped
// away is at the nearest edge. ok is false when nobody chose one.
func (f Focus) In(c Crop) (x, y int, ok bool) {
	if !f.Chosen() {
		return 0, 0, false
	}
	if c == (Crop{}) {
		c = Crop{Width: whole, Height: whole}
	}
	tenth := func(at, from, length int) int { return min(10, max(0, ((at-from)*20+length)/(2*length))) }
	return tenth(f.X, c.X, c.Width), tenth(f.Y, c.Y, c.Height), true
}

// recipe numbers the way in which variants are made; a new number makes all of them anew, in the background.
const recipe = 1

// Recipe names what the variants of this picture should be made by: when Made says otherwise, they have to be made.
func (m Media) Recipe() string {
	name := strconv.Itoa(recipe)
	if m.Crop != (Crop{}) {
		for _, n := range []int{m.Crop.X, m.Crop.Y, m.Crop.Width, m.Crop.Height} {
			name += " " + strconv.Itoa(n)
		}
	}
	return name
}

// Ready reports whether the variants are all there, as they should be.
func (m Media) Ready() bool { return m.Made == m.Recipe() }
