package picture

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/webp"

	"bourgeon/kit/picture/picturetest"
)

func TestWebP(t *testing.T) {
	m := quarters(300, 150)
	p, err := Prepare(t.Context(), asJPEG(m), Limits{}, Plan{Widths: []int{300}, WebP: []int{100, 200, 900}})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Variants) != 1 || len(p.Modern) != 3 || p.Modern[2].Width != 300 || p.Modern[0].Height != 50 {
		t.Fatalf("%d variants, %d in WebP", len(p.Variants), len(p.Modern))
	}
	for _, v := range p.Modern {
		got, err := webp.Decode(bytes.NewReader(v.Data))
		if err != nil || got.Bounds().Size() != (image.Point{v.Width, v.Height}) || v.MIME != "image/webp" {
			t.Fatalf("%d px: %v, %v", v.Width, got.Bounds(), err)
		}
		for _, q := range [][2]int{{1, 1}, {3, 1}, {3, 3}, {1, 3}} { // the middles of the quarters
			g := color.NRGBAModel.Convert(got.At(q[0]*v.Width/4, q[1]*v.Height/4)).(color.NRGBA)
			w := m.NRGBAAt(q[0]*300/4, q[1]*150/4)
			if far(g.R, w.R) || far(g.G, w.G) || far(g.B, w.B) {
				t.Errorf("%d px, quarter %v: %v, want %v", v.Width, q, g, w)
			}
		}
	}
}

func TestWebPOfDrawingsLosesNothing(t *testing.T) {
	m := quarters(300, 150)
	m.SetNRGBA(7, 7, color.NRGBA{1, 2, 3, 128})
	v, err := encodeWebP(m, true)
	if err != nil {
		t.Fatal(err)
	}
	got, err := webp.Decode(bytes.NewReader(v.Data))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 150 {
		for x := range 300 {
			if c := color.NRGBAModel.Convert(got.At(x, y)); c != m.At(x, y) {
				t.Fatalf("at %d, %d: %v, want %v", x, y, c, m.At(x, y))
			}
		}
	}
}

func TestCrop(t *testing.T) {
	right := func(width, height int) image.Rectangle { return image.Rect(width/2, 0, width, height) }
	p, err := Prepare(t.Context(), withExif(asJPEG(quarters(80, 48)), picturetest.Exif(1)), Limits{}, Plan{Crop: right, Widths: []int{20, 400}, Source: 64})
	if err != nil {
		t.Fatal(err)
	}
	if p.Source.Width != 64 || p.Source.Height != 38 {
		t.Errorf("the source is %d × %d, want the whole", p.Source.Width, p.Source.Height)
	}
	for i, want := range []int{20, 40} {
		v := p.Variants[i]
		if v.Width != want || v.Height != want*48/40 {
			t.Errorf("the right half is %d × %d", v.Width, v.Height)
		}
		got, _, err := image.Decode(bytes.NewReader(v.Data))
		if err != nil {
			t.Fatal(err)
		}
		if c := color.NRGBAModel.Convert(got.At(2, 2)).(color.NRGBA); far(c.R, 0) || far(c.G, 160) {
			t.Errorf("its corner is %v, want green", c)
		}
	}
	nothing := func(int, int) image.Rectangle { return image.Rect(500, 0, 600, 10) }
	if _, err := Prepare(t.Context(), asJPEG(quarters(80, 48)), Limits{}, Plan{Crop: nothing}); err == nil {
		t.Error("a crop beside the picture was taken")
	}
}

// What a phone loads over a poor line: a photograph full of detail, in both ways of holding it.
func TestPhotographsStayWithinTheBudget(t *testing.T) {
	for name, m := range map[string]*image.NRGBA{"landscape": picturetest.Photo(1600, 1200, 1), "portrait": picturetest.Photo(1200, 1600, 2)} {
		p, err := Prepare(t.Context(), picturetest.Camera(m, 1, 92), Limits{}, Plan{Widths: []int{880}, WebP: []int{480, 880}})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range p.Modern {
			if len(v.Data) > budget(v.Width) {
				t.Errorf("%s: %d px weigh %d bytes, want %d at most", name, v.Width, len(v.Data), budget(v.Width))
			}
		}
		t.Logf("%s: 880 px weigh %d bytes in JPEG, %d in WebP", name, len(p.Variants[0].Data), len(p.Modern[1].Data))
	}
}
