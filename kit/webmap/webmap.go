// Package webmap is the arithmetic of maps as the web draws them: spherical
// Mercator (EPSG:3857), tiles of 256 pixels, zooms from 0 to 19.
//
// It draws nothing and fetches nothing. Start with View and Fit; Cluster
// gathers points that would lie on one another.
package webmap

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Tile sizes and the zooms there are.
const (
	TilePixels = 256
	MaxZoom    = 19
	// maxLat is where the square world of the projection ends.
	maxLat = 85.05112878
)

// View is a piece of the map: its centre in degrees, its zoom, its size in pixels.
type View struct {
	Lat, Lon      float64
	Zoom          int
	Width, Height int
}

// world is the width of the whole world at a zoom, in pixels.
func world(zoom int) float64 { return TilePixels * math.Exp2(float64(zoom)) }

func project(lat, lon float64, zoom int) (x, y float64) {
	lat = max(-maxLat, min(maxLat, lat))
	s := math.Sin(lat * math.Pi / 180)
	size := world(zoom)
	return size * (lon + 180) / 360, size * (0.5 - math.Log((1+s)/(1-s))/(4*math.Pi))
}

func unproject(x, y float64, zoom int) (lat, lon float64) {
	size := world(zoom)
	n := math.Pi * (1 - 2*y/size)
	return math.Atan(math.Sinh(n)) * 180 / math.Pi, x/size*360 - 180
}

// Pixel is where a position lies in the view, from its upper left corner.
func (v View) Pixel(lat, lon float64) (x, y float64) {
	cx, cy := project(v.Lat, v.Lon, v.Zoom)
	x, y = project(lat, lon, v.Zoom)
	return x - cx + float64(v.Width)/2, y - cy + float64(v.Height)/2
}

// At is the position under a pixel of the view.
func (v View) At(x, y float64) (lat, lon float64) {
	cx, cy := project(v.Lat, v.Lon, v.Zoom)
	lat, lon = unproject(cx+x-float64(v.Width)/2, cy+y-float64(v.Height)/2, v.Zoom)
	return max(-maxLat, min(maxLat, lat)), math.Mod(lon+540, 360) - 180
}

// Moved is the view next to this one, by parts of its size.
func (v View) Moved(right, down float64) View {
	v.Lat, v.Lon = v.At(float64(v.Width)*(0.5+right), float64(v.Height)*(0.5+down))
	return v
}

// Zoomed is the view nearer by so many zooms, or farther.
func (v View) Zoomed(by int) View {
	v.Zoom = max(0, min(MaxZoom, v.Zoom+by))
	return v
}

// Text is the view's place as an address carries it: "zoom/lat/lon".
func (v View) Text() string {
	return strconv.Itoa(v.Zoom) + "/" + strconv.FormatFloat(v.Lat, 'f', 5, 64) + "/" + strconv.FormatFloat(v.Lon, 'f', 5, 64)
}

// Read is a view of a size at the place that a text names, which comes from anywhere.
func Read(s string, width, height int) (View, bool) {
	parts := strings.Split(s, "/")
	if len(parts) != 3 {
		return View{}, false
	}
	zoom, err := strconv.Atoi(parts[0])
	lat, latErr := strconv.ParseFloat(parts[1], 64)
	lon, lonErr := strconv.ParseFloat(parts[2], 64)
	ok := err == nil && latErr == nil && lonErr == nil && zoom >= 0 && zoom <= MaxZoom && math.Abs(lat) <= 90 && math.Abs(lon) <= 180
	if !ok {
		return View{}, false
	}
	return View{lat, lon, zoom, width, height}, true
}

// Point is a position in degrees, and what the caller knows it by.
type Point struct {
	Lat, Lon float64
	Index    int
}

const margin = 32 // pixels around what is fitted

// Fit is the nearest view of a size that holds all points, no nearer than most.
func Fit(points []Point, width, height, most int) View {
	v := View{Width: width, Height: height, Zoom: min(most, MaxZoom)}
	if len(points) == 0 {
		return View{Lat: 48, Lon: 0, Zoom: 4, Width: width, Height: height}
	}
	left, top := project(points[0].Lat, points[0].Lon, 0)
	right, bottom := left, top
	for _, p := range points[1:] {
		x, y := project(p.Lat, p.Lon, 0)
		left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
	}
	v.Lat, v.Lon = unproject((left+right)/2, (top+bottom)/2, 0)
	for v.Zoom > 0 {
		scale := math.Exp2(float64(v.Zoom))
		if (right-left)*scale <= float64(width-2*margin) && (bottom-top)*scale <= float64(height-2*margin) {
			break
		}
		v.Zoom--
	}
	return v
}

// Group is one or more points that lie close to one another in a view.
type Group struct {
	X, Y   float64 // in the view, in pixels
	Points []int   // their indexes, in the order given
	View   View    // that holds them apart, or as near as it goes
}

// Cluster groups the points that a view shows by squares of so many pixels,
// the largest groups first.
func Cluster(points []Point, v View, cell int) []Group {
	type square struct{ x, y int }
	squares := map[square][]Point{}
	cx, cy := project(v.Lat, v.Lon, v.Zoom)
	for _, p := range points {
		x, y := project(p.Lat, p.Lon, v.Zoom)
		dx, dy := x-cx, y-cy
		if math.Abs(dx) > float64(v.Width)/2 || math.Abs(dy) > float64(v.Height)/2 {
			continue
		}
		at := square{int(math.Floor(x / float64(cell))), int(math.Floor(y / float64(cell)))}
		squares[at] = append(squares[at], p)
	}
	var groups []Group
	for _, some := range squares {
		var g Group
		for _, p := range some {
			x, y := v.Pixel(p.Lat, p.Lon)
			g.X, g.Y = g.X+x, g.Y+y
			g.Points = append(g.Points, p.Index)
		}
		g.X, g.Y = g.X/float64(len(some)), g.Y/float64(len(some))
		g.View = Fit(some, v.Width, v.Height, 16)
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		if len(a.Points) != len(b.Points) {
			return len(b.Points) - len(a.Points)
		}
		return a.Points[0] - b.Points[0]
	})
	return groups
}

// Tile is one picture of the map, and where it lies in a view.
type Tile struct {
	Zoom, X, Y int
	Left, Top  float64
}

// Tiles are those that cover a view.
func (v View) Tiles() []Tile {
	cx, cy := project(v.Lat, v.Lon, v.Zoom)
	left, top := cx-float64(v.Width)/2, cy-float64(v.Height)/2
	count := 1 << v.Zoom
	var all []Tile
	for y := int(math.Floor(top / TilePixels)); float64(y*TilePixels) < top+float64(v.Height); y++ {
		for x := int(math.Floor(left / TilePixels)); float64(x*TilePixels) < left+float64(v.Width); x++ {
			if y < 0 || y >= count {
				continue
			}
			all = append(all, Tile{v.Zoom, ((x % count) + count) % count, y, float64(x*TilePixels) - left, float64(y*TilePixels) - top})
		}
	}
	return all
}

// Address fills the template of a tile server: {z}, {x}, {y}.
func (t Tile) Address(template string) string {
	return strings.NewReplacer("{z}", strconv.Itoa(t.Zoom), "{x}", strconv.Itoa(t.X), "{y}", strconv.Itoa(t.Y)).Replace(template)
}

// Line is a meridian or a parallel that crosses a view.
type Line struct {
	X1, Y1, X2, Y2 float64
}

// Graticule are round meridians and parallels, some across the view.
func (v View) Graticule() []Line {
	west, east := v.lonAt(0), v.lonAt(float64(v.Width))
	if east <= west {
		return nil
	}
	step := roundStep((east - west) / 4)
	var all []Line
	for lon := math.Ceil(west/step) * step; lon <= east; lon += step {
		x, _ := v.Pixel(v.Lat, lon)
		all = append(all, Line{x, 0, x, float64(v.Height)})
	}
	north, _ := v.At(0, 0)
	south, _ := v.At(0, float64(v.Height))
	for lat := math.Ceil(south/step) * step; lat <= north; lat += step {
		_, y := v.Pixel(lat, v.Lon)
		all = append(all, Line{0, y, float64(v.Width), y})
	}
	return all
}

// lonAt is a meridian without being taken round the world.
func (v View) lonAt(x float64) float64 {
	cx, _ := project(v.Lat, v.Lon, v.Zoom)
	return (cx+x-float64(v.Width)/2)/world(v.Zoom)*360 - 180
}

// roundStep is the round number of degrees next under d: 1, 2 or 5 times a power of ten.
func roundStep(d float64) float64 {
	base := math.Pow(10, math.Floor(math.Log10(d)))
	for _, m := range []float64{5, 2, 1} {
		if m*base <= d {
			return m * base
		}
	}
	return base
}

// Scale is a round distance in metres at the view's centre, at most so many
// pixels wide, and how many it takes.
func (v View) Scale(most float64) (metres int, pixels float64) {
	perPixel := 40_075_016.686 * math.Cos(v.Lat*math.Pi/180) / world(v.Zoom)
	m := roundStep(most * perPixel)
	return int(max(1, m)), m / perPixel
}
