package papercut

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	xdraw "golang.org/x/image/draw"
)

var sheetDir = flag.String("sheet", "", "folder to write contact sheets into, as PNG")

// sites are colours like those of the demonstration's four sites.
func sites() map[string]color.Color {
	return map[string]color.Color{
		"blue":    color.NRGBA{0x1f, 0x5f, 0x8b, 255},
		"brick":   color.NRGBA{0xa8, 0x4b, 0x3c, 255},
		"green":   color.NRGBA{0x2f, 0x6b, 0x4f, 255},
		"heather": color.NRGBA{0x6b, 0x4a, 0x8e, 255},
	}
}

func TestSameArgumentsSamePicture(t *testing.T) {
	for _, motif := range Motifs() {
		a, b := mustDraw(t, motif, 7, sites()["blue"], 150, 100), mustDraw(t, motif, 7, sites()["blue"], 150, 100)
		if !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("%s: two pictures of one seed differ", motif)
		}
		for what, other := range map[string]*image.RGBA{
			"seed":   mustDraw(t, motif, 8, sites()["blue"], 150, 100),
			"colour": mustDraw(t, motif, 7, sites()["brick"], 150, 100),
		} {
			if d := difference(a, other); d < 3 {
				t.Errorf("%s: another %s changes the picture by %.1f levels only", motif, what, d)
			}
		}
	}
}

func TestEveryMotifAtEverySize(t *testing.T) {
	sizes := []image.Point{{1, 1}, {1, 90}, {90, 1}, {7, 5}, {64, 64}, {80, 200}, {300, 60}, {240, 160}}
	for _, motif := range Motifs() {
		for _, size := range sizes {
			img := mustDraw(t, motif, 3, sites()["green"], size.X, size.Y)
			if img.Rect.Size() != size {
				t.Errorf("%s at %v: got %v", motif, size, img.Rect.Size())
			}
			if !img.Opaque() {
				t.Errorf("%s at %v: the picture has holes", motif, size)
			}
		}
	}
}

func TestExtremeSeedsAndColours(t *testing.T) {
	colours := []color.Color{color.Black, color.White, color.Transparent, color.Gray{128}, color.NRGBA{255, 0, 255, 255},
		color.NRGBA{255, 255, 0, 255}, color.NRGBA{0, 255, 0, 9}, color.RGBA64{0xffff, 0, 0, 0xffff}}
	for _, motif := range Motifs() {
		for i, c := range colours {
			for _, seed := range []uint64{0, 1 << 63, math.MaxUint64} {
				if img := mustDraw(t, motif, seed+uint64(i), c, 45, 30); !img.Opaque() {
					t.Errorf("%s, seed %d, colour %v: the picture has holes", motif, seed, c)
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	_, err := Draw("volcano", 1, color.Black, 10, 10)
	if err == nil {
		t.Fatal("an unknown motif was drawn")
	}
	for _, name := range append(Motifs(), "volcano") {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("error does not name %q: %v", name, err)
		}
	}
	for _, size := range []image.Point{{0, 10}, {10, 0}, {-1, 10}, {MaxSide + 1, 1}, {1, math.MaxInt}} {
		if _, err := Draw("gorse", 1, color.Black, size.X, size.Y); err == nil {
			t.Errorf("a picture of %v was drawn", size)
		}
	}
	if _, err := Draw("gorse", 1, nil, 10, 10); err == nil {
		t.Error("a picture without colour was drawn")
	}
}

func TestColourRoundTrip(t *testing.T) {
	for _, c := range []color.NRGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {31, 95, 139, 255}, {255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {200, 160, 10, 255}} {
		r, g, b := fromColour(c).rgb()
		if max(apartLevels(r, c.R), apartLevels(g, c.G), apartLevels(b, c.B)) > 9 {
			t.Errorf("%v became %d %d %d", c, r, g, b)
		}
	}
}

// TestJPEGStaysSmall draws the motifs that have the most details.
func TestJPEGStaysSmall(t *testing.T) {
	const limit = 140_000
	var out bytes.Buffer
	for _, motif := range []string{"library", "garden", "tram", "gorse"} {
		out.Reset()
		if err := jpeg.Encode(&out, mustDraw(t, motif, 1, sites()["blue"], 1200, 800), &jpeg.Options{Quality: 80}); err != nil {
			t.Fatal(err)
		}
		t.Logf("%-10s %3d kB", motif, out.Len()/1000)
		if out.Len() > limit {
			t.Errorf("%s: %d bytes as JPEG, more than %d", motif, out.Len(), limit)
		}
	}
}

// TestContactSheet writes, with -sheet, what an eye should judge: for each
// site all motifs, and for each motif several seeds.
func TestContactSheet(t *testing.T) {
	if *sheetDir == "" {
		t.Skip("no -sheet folder given")
	}
	for name, colour := range sites() {
		var pictures []image.Image
		for _, motif := range Motifs() {
			pictures = append(pictures, mustDraw(t, motif, 1, colour, 600, 400))
		}
		writeSheet(t, "site-"+name, 4, pictures)
	}
	for _, motif := range Motifs() {
		var pictures []image.Image
		for seed := range uint64(2) {
			for _, name := range []string{"blue", "brick", "green", "heather"} {
				pictures = append(pictures, mustDraw(t, motif, 10*seed+uint64(len(pictures)), sites()[name], 600, 400))
			}
		}
		writeSheet(t, "motif-"+motif, 4, pictures)
	}
	var portraits []image.Image
	for i, motif := range Motifs() {
		portraits = append(portraits, mustDraw(t, motif, uint64(i), sites()["blue"], 300, 450))
	}
	writeSheet(t, "portraits", 10, portraits)
}

func writeSheet(t *testing.T, name string, columns int, pictures []image.Image) {
	t.Helper()
	const gap = 8
	size := pictures[0].Bounds().Size().Div(1)
	rows := (len(pictures) + columns - 1) / columns
	all := image.NewRGBA(image.Rect(0, 0, columns*(size.X+gap)+gap, rows*(size.Y+gap)+gap))
	draw.Draw(all, all.Rect, image.White, image.Point{}, draw.Src)
	for i, img := range pictures {
		at := image.Pt(gap+i%columns*(size.X+gap), gap+i/columns*(size.Y+gap))
		xdraw.Copy(all, at, img, img.Bounds(), xdraw.Src, nil)
	}
	f, err := os.Create(filepath.Join(*sheetDir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, all); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkDraw draws one 1200×800 picture of each motif in turn.
func BenchmarkDraw(b *testing.B) {
	motifs := Motifs()
	for i := 0; b.Loop(); i++ {
		if _, err := Draw(motifs[i%len(motifs)], uint64(i), sites()["blue"], 1200, 800); err != nil {
			b.Fatal(err)
		}
	}
}

func mustDraw(t testing.TB, motif string, seed uint64, c color.Color, w, h int) *image.RGBA {
	t.Helper()
	img, err := Draw(motif, seed, c, w, h)
	if err != nil {
		t.Fatal(err)
	}
	rgba, ok := img.(*image.RGBA)
	if !ok {
		t.Fatal(fmt.Errorf("%s is a %T", motif, img))
	}
	return rgba
}

// difference is the mean over all bytes, in levels.
func difference(a, b *image.RGBA) float64 {
	sum := 0
	for i := range a.Pix {
		sum += apartLevels(a.Pix[i], b.Pix[i])
	}
	return float64(sum) / float64(len(a.Pix))
}

func apartLevels(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }
