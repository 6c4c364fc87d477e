package webmap

import (
	"math"
	"testing"
)

// Tile 8/124/88 holds Brest (Web Mercator, as all tile servers number it).
func TestTilesAreNumberedAsOthersDo(t *testing.T) {
	v := View{Lat: 48.39, Lon: -4.486, Zoom: 8, Width: 1, Height: 1}
	tiles := v.Tiles()
	if len(tiles) != 1 || tiles[0].X != 124 || tiles[0].Y != 88 {
		t.Fatalf("Brest is in %v", tiles)
	}
	if got := tiles[0].Address("https://t.example/{z}/{x}/{y}.png"); got != "https://t.example/8/124/88.png" {
		t.Error(got)
	}
}

func TestPixelsAndPositions(t *testing.T) {
	v := View{Lat: 48.39, Lon: -4.486, Zoom: 13, Width: 640, Height: 400}
	if x, y := v.Pixel(v.Lat, v.Lon); x != 320 || y != 200 {
		t.Errorf("the centre is at %f, %f", x, y)
	}
	lat, lon := v.At(10, 390)
	if x, y := v.Pixel(lat, lon); math.Abs(x-10) > 1e-6 || math.Abs(y-390) > 1e-6 {
		t.Errorf("back at %f, %f", x, y)
	}
	if again, ok := Read(v.Text(), 640, 400); !ok || math.Abs(again.Lat-v.Lat) > 1e-5 || again.Zoom != 13 {
		t.Errorf("read as %v", again)
	}
}

func TestFitHoldsAll(t *testing.T) {
	points := []Point{{48.39, -4.48, 0}, {48.58, -3.83, 1}, {47.99, -4.1, 2}}
	v := Fit(points, 600, 400, 16)
	for _, p := range points {
		if x, y := v.Pixel(p.Lat, p.Lon); x < 0 || y < 0 || x > 600 || y > 400 {
			t.Errorf("%v is out at %f, %f", p, x, y)
		}
	}
	if near := v.Zoomed(1); near.Zoom != v.Zoom+1 {
		t.Error("it doesn't zoom")
	}
	if one := Fit(points[:1], 600, 400, 14); one.Zoom != 14 {
		t.Errorf("one point at zoom %d", one.Zoom)
	}
}

func TestClusters(t *testing.T) {
	points := []Point{{48.39, -4.48, 0}, {48.3901, -4.4801, 1}, {48.58, -3.83, 2}, {0, 0, 3}}
	v := Fit(points[:3], 600, 400, 16)
	groups := Cluster(points, v, 64)
	if len(groups) != 2 || len(groups[0].Points) != 2 || groups[1].Points[0] != 2 {
		t.Fatalf("groups: %v", groups)
	}
	if inside := Cluster(points, groups[0].View, 64); len(inside) != 2 {
		t.Errorf("its own view doesn't hold the group apart: %v", inside)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("13/48.39/-4.48")
	f.Add("0/-90/180")
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := Read(s, 640, 400)
		if !ok {
			return
		}
		if n := len(v.Tiles()); n > 20 {
			t.Errorf("%d tiles", n)
		}
		if n := len(v.Graticule()); n > 60 {
			t.Errorf("%d lines", n)
		}
		_, _ = v.Scale(100)
		_ = v.Moved(1, 1).Zoomed(3)
	})
}
