package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// pngChunk returns a chunk with its checksum.
func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngBomb returns a PNG that announces width × height pixels of the given colour type and holds size zero bytes.
func pngBomb(width, height uint32, depth, colourType byte, size int) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	header = append(header, depth, colourType, 0, 0, 0)
	var zeros bytes.Buffer
	w := zlib.NewWriter(&zeros)
	w.Write(make([]byte, size))
	w.Close()
	return bytes.Join([][]byte{
		[]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", header), pngChunk("IDAT", zeros.Bytes()), pngChunk("IEND", nil),
	}, nil)
}

// quarters returns a picture with a red, a green, a blue and a white quarter, from the upper left clockwise.
func quarters(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	colours := [2][2]color.NRGBA{{{255, 0, 0, 255}, {0, 160, 0, 255}}, {{255, 255, 255, 255}, {0, 0, 255, 255}}}
	for y := range height {
		for x := range width {
			m.SetNRGBA(x, y, colours[2*y/height][2*x/width])
		}
	}
	return m
}

// noise returns an opaque picture with many colours.
func noise(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x * 3), uint8(y * 5), uint8(x*y + x), 255})
		}
	}
	return m
}

func asPNG(m image.Image) []byte {
	var b bytes.Buffer
	png.Encode(&b, m)
	return b.Bytes()
}

func asJPEG(m image.Image) []byte {
	var b bytes.Buffer
	jpeg.Encode(&b, m, &jpeg.Options{Quality: 95})
	return b.Bytes()
}

func asGIF(m image.Image) []byte {
	var b bytes.Buffer
	gif.Encode(&b, m, nil)
	return b.Bytes()
}

// exifBlock returns a TIFF block with an orientation and a place.
func exifBlock(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("II*\x00")
	if order.String() == "BigEndian" {
		b = []byte("MM\x00*")
	}
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(order.AppendUint32(b, count), value)
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(order.AppendUint16(b, 274), 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(order.AppendUint16(b, orientation), 0)
	entry(0x8825, 4, 1, 38)      // GPS directory, at byte 38
	b = order.AppendUint32(b, 0) // no further directory
	b = order.AppendUint16(b, 1)
	entry(2, 5, 3, 56) // latitude, at byte 56
	b = order.AppendUint32(b, 0)
	for _, n := range []uint32{48, 1, 23, 1, 42, 1} {
		b = order.AppendUint32(b, n)
	}
	return append(b, "GPS-SECRET"...)
}

// withExif puts a block into a JPEG.
func withExif(file, block []byte) []byte {
	content := append([]byte("Exif\x00\x00"), block...)
	s := append([]byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(content)+2))...)
	return bytes.Join([][]byte{file[:2], s, content, file[2:]}, nil)
}

// lossyWebP is 1 × 1 pixel.
var lossyWebP, _ = base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")

// extendedWebP announces a canvas of 1 × 1 around a frame.
func extendedWebP(frame []byte, flags byte, more ...byte) []byte {
	body := append([]byte("WEBPVP8X\x0a\x00\x00\x00"), flags, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	body = append(append(body, frame...), more...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func TestInspect(t *testing.T) {
	drawing := quarters(40, 20)
	sixteen := func() []byte { return pngBomb(100, 100, 16, 6, 0) }
	wide := bytes.Clone(lossyWebP[12:])
	wide[8+6] = 200 // a frame wider than its canvas
	few := Limits{Pixels: 10_000, Bytes: 50_000}
	tests := []struct {
		name string
		data []byte
		want Info
		err  error
	}{
		{"JPEG", asJPEG(drawing), Info{"image/jpeg", 40, 20, 1}, nil},
		{"JPEG on its side", withExif(asJPEG(drawing), exifBlock(binary.LittleEndian, 6)), Info{"image/jpeg", 20, 40, 6}, nil},
		{"JPEG upside down", withExif(asJPEG(drawing), exifBlock(binary.BigEndian, 3)), Info{"image/jpeg", 40, 20, 3}, nil},
		{"orientation 9", withExif(asJPEG(drawing), exifBlock(binary.BigEndian, 9)), Info{"image/jpeg", 40, 20, 1}, nil},
		{"PNG", asPNG(drawing), Info{"image/png", 40, 20, 1}, nil},
		{"GIF", asGIF(drawing), Info{"image/gif", 40, 20, 1}, nil},
		{"WebP", lossyWebP, Info{"image/webp", 1, 1, 1}, nil},
		{"extended WebP", extendedWebP(lossyWebP[12:], 0), Info{"image/webp", 1, 1, 1}, nil},
		{"WebP of two sizes", extendedWebP(wide, 0), Info{}, ErrNotPicture},
		{"animated WebP", extendedWebP(lossyWebP[12:], 2), Info{}, ErrUnsupported},
		{"WebP without frame", extendedWebP(nil, 0), Info{}, ErrTruncated},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), Info{}, ErrUnsupported},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), Info{}, ErrUnsupported},
		{"TIFF", exifBlock(binary.LittleEndian, 1), Info{}, ErrUnsupported},
		{"empty", nil, Info{}, ErrNotPicture},
		{"script", []byte("<script>alert(1)</script>"), Info{}, ErrNotPicture},
		{"SVG", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), Info{}, ErrNotPicture},
		{"script after magic", []byte("\xff\xd8\xff<script>alert(1)</script>"), Info{}, ErrNotPicture},
		{"header bomb", pngBomb(60_000, 60_000, 8, 2, 1000), Info{}, ErrTooManyPixels},
		{"largest header", pngBomb(1<<31-1, 1<<31-1, 8, 0, 0), Info{}, ErrNotPicture}, // refused by the decoder itself
		{"just too many", pngBomb(101, 100, 8, 0, 0), Info{}, ErrTooManyPixels},
		{"just not too many", pngBomb(100, 100, 8, 0, 0), Info{"image/png", 100, 100, 1}, nil},
		{"16 bits", sixteen(), Info{"image/png", 100, 100, 1}, nil},
		{"no pixels", pngBomb(0, 0, 8, 0, 0), Info{}, ErrNotPicture},
		{"too large", append(asPNG(drawing), make([]byte, 50_000)...), Info{}, ErrTooLarge},
		{"cut in header", asJPEG(drawing)[:100], Info{}, ErrTruncated},
		{"many scans", append(asJPEG(drawing), bytes.Repeat([]byte{0xff, 0xda}, 200)...), Info{}, ErrUnsupported},
	}
	for _, tt := range tests {
		got, err := Inspect(bytes.NewReader(tt.data), few)
		if !errors.Is(err, tt.err) || got != tt.want {
			t.Errorf("%s: Inspect = %+v, %v; want %+v, %v", tt.name, got, err, tt.want, tt.err)
		}
		if errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrNotPicture) {
			t.Errorf("%s: %v is not also %v", tt.name, err, ErrNotPicture)
		}
	}
}

func TestInspectPassesReadErrors(t *testing.T) {
	lost := errors.New("connection lost")
	if _, err := Inspect(iotest.ErrReader(lost), Limits{}); !errors.Is(err, lost) {
		t.Errorf("Inspect = %v, want %v", err, lost)
	}
}

func TestMemoryOfJPEG(t *testing.T) {
	frame := func(marker byte, sampling ...byte) []byte {
		content := []byte{8, 0, 1, 0, 1, byte(len(sampling))}
		for i, s := range sampling {
			content = append(content, byte(i), s, 0)
		}
		b := append([]byte{0xff, 0xd8, 0xff, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(content)+2))...)
		return append(b, content...)
	}
	for _, tt := range []struct {
		data []byte
		want float64
	}{
		{frame(0xc0, 0x22, 0x11, 0x11), 1.5},
		{frame(0xc0, 0x11), 1},
		{frame(0xc2, 0x22, 0x11, 0x11), 7.5},
		{frame(0xc2, 0x11, 0x11, 0x11), 15},
		{[]byte{0xff, 0xd8, 0, 0xff, 0xc2}, 15},
	} {
		if got := jpegMemory(tt.data); got != tt.want {
			t.Errorf("jpegMemory(% x) = %v, want %v", tt.data, got, tt.want)
		}
	}
}

func TestPrepareRefuses(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	photo := asJPEG(noise(200, 100))
	tests := []struct {
		name string
		data []byte
		err  error
	}{
		{"script called .jpg", []byte("<?php system($_GET['c']); ?>"), ErrNotPicture},
		{"cut JPEG", photo[:len(photo)/2], ErrTruncated},
		{"cut PNG", asPNG(noise(200, 100))[:2000], ErrTruncated},
		{"cut GIF", asGIF(noise(200, 100))[:5000], ErrTruncated},
		{"header bomb", pngBomb(60_000, 60_000, 8, 2, 1000), ErrTooManyPixels},
		{"deflate bomb", pngBomb(1, 1, 8, 0, 20<<20), ErrNotPicture}, // far more data than the one pixel needs
		{"empty deflate stream", pngBomb(10, 10, 8, 0, 0), ErrTruncated},
		{"too large", make([]byte, 33<<20), ErrTooLarge},
	}
	for _, tt := range tests {
		if got, err := Prepare(t.Context(), tt.data, Limits{}, Plan{Widths: []int{100}}); !errors.Is(err, tt.err) || len(got.Variants) > 0 {
			t.Errorf("%s: Prepare = %d variants, %v; want %v", tt.name, len(got.Variants), err, tt.err)
		}
	}

	turn <- struct{}{} // somebody else decodes
	defer func() { <-turn }()
	if _, err := Prepare(canceled, photo, Limits{}, Plan{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Prepare = %v, want %v", err, context.Canceled)
	}
}

func TestPrepareSizesAndFormats(t *testing.T) {
	see := noise(300, 150)
	glass := image.NewNRGBA(image.Rect(0, 0, 300, 150))
	copy(glass.Pix, see.Pix)
	for i := 3; i < len(glass.Pix)/2; i += 4 {
		glass.Pix[i] = 0
	}
	small := &image.Paletted{Pix: make([]byte, 100), Stride: 10, Rect: image.Rect(5, 5, 15, 15), Palette: color.Palette{color.White, color.Black}}
	var offset bytes.Buffer
	if err := gif.EncodeAll(&offset, &gif.GIF{Image: []*image.Paletted{small}, Delay: []int{0}, Config: image.Config{Width: 40, Height: 20}}); err != nil {
		t.Fatal(err)
	}
	type size struct{ W, H int }
	tests := []struct {
		name   string
		data   []byte
		widths []int
		mime   string
		want   []size
	}{
		{"photo", asJPEG(see), []int{100, 200}, "image/jpeg", []size{{100, 50}, {200, 100}}},
		{"never enlarged", asJPEG(see), []int{2000, 1000, 60, 60, 0, -1}, "image/jpeg", []size{{60, 30}, {300, 150}}},
		{"own width", asJPEG(see), nil, "image/jpeg", []size{{300, 150}}},
		{"photo as PNG", asPNG(see), []int{100}, "image/jpeg", []size{{100, 50}}},
		{"drawing", asPNG(quarters(300, 150)), []int{100, 300}, "image/png", []size{{100, 50}, {300, 150}}},
		{"drawing as JPEG", asJPEG(quarters(300, 150)), []int{100}, "image/jpeg", []size{{100, 50}}},
		{"transparent", asPNG(glass), []int{100}, "image/png", []size{{100, 50}}},
		{"GIF", asGIF(quarters(40, 20)), []int{20}, "image/png", []size{{20, 10}}},
		{"GIF smaller than its canvas", offset.Bytes(), []int{100}, "image/png", []size{{40, 20}}},
		{"WebP", lossyWebP, []int{100}, "image/png", []size{{1, 1}}},
		{"a line", asPNG(image.NewGray(image.Rect(0, 0, 1000, 1))), []int{10}, "image/png", []size{{10, 1}}},
		{"16 bits", asPNG(image.NewNRGBA64(image.Rect(0, 0, 30, 10))), []int{15}, "image/png", []size{{15, 5}}},
		{"on its side", withExif(asJPEG(see), exifBlock(binary.LittleEndian, 8)), []int{75, 1000}, "image/jpeg", []size{{75, 150}, {150, 300}}},
	}
	for _, tt := range tests {
		p, err := Prepare(t.Context(), tt.data, Limits{}, Plan{Widths: tt.widths})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []size
		for _, v := range p.Variants {
			got = append(got, size{v.Width, v.Height})
			info, err := Inspect(bytes.NewReader(v.Data), Limits{})
			if want := (Info{tt.mime, v.Width, v.Height, 1}); err != nil || info != want || v.MIME != tt.mime {
				t.Errorf("%s: a variant is %+v, %v, said to be %s; want %+v", tt.name, info, err, v.MIME, want)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: sizes differ (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestPrepareTurnsUprightAndForgets(t *testing.T) {
	// For each orientation, the upright pixel that the stored pixel (x, y) shows, by the words of Exif 2.32, section 4.6.4:
	// for 6, "the 0th row is the visual right-hand side of the image, and the 0th column is the visual top".
	stored := map[uint16]func(x, y, w, h int) (int, int){
		1: func(x, y, w, h int) (int, int) { return x, y },
		2: func(x, y, w, h int) (int, int) { return w - 1 - x, y },
		3: func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y, w, h int) (int, int) { return x, h - 1 - y },
		5: func(x, y, w, h int) (int, int) { return y, x },
		6: func(x, y, w, h int) (int, int) { return w - 1 - y, x },
		7: func(x, y, w, h int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y, w, h int) (int, int) { return y, h - 1 - x },
	}
	const width, height = 80, 48
	want := quarters(width, height)
	for orientation, place := range stored {
		camera := image.NewNRGBA(image.Rect(0, 0, width, height))
		if orientation >= 5 {
			camera = image.NewNRGBA(image.Rect(0, 0, height, width))
		}
		for y := range camera.Rect.Dy() {
			for x := range camera.Rect.Dx() {
				ux, uy := place(x, y, width, height)
				camera.SetNRGBA(x, y, want.NRGBAAt(ux, uy))
			}
		}
		file := withExif(asJPEG(camera), exifBlock(binary.BigEndian, orientation))
		p, err := Prepare(t.Context(), file, Limits{}, Plan{Widths: []int{40, 80}})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range p.Variants {
			if v.Width*height != v.Height*width {
				t.Errorf("orientation %d: %d × %d", orientation, v.Width, v.Height)
			}
			if bytes.Contains(v.Data, []byte("Exif")) || bytes.Contains(v.Data, []byte("GPS")) || len(jpegExif(v.Data)) > 0 {
				t.Errorf("orientation %d: metadata left", orientation)
			}
			got, err := jpeg.Decode(bytes.NewReader(v.Data))
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range [][2]int{{1, 1}, {3, 1}, {3, 3}, {1, 3}} { // the middles of the quarters
				g := color.NRGBAModel.Convert(got.At(q[0]*v.Width/4, q[1]*v.Height/4)).(color.NRGBA)
				w := want.NRGBAAt(q[0]*width/4, q[1]*height/4)
				if far(g.R, w.R) || far(g.G, w.G) || far(g.B, w.B) {
					t.Errorf("orientation %d, width %d, quarter %v: %v, want %v", orientation, v.Width, q, g, w)
				}
			}
		}
	}
}

func far(a, b uint8) bool { return max(a, b)-min(a, b) > 24 }

func TestExifIsFoundInPNGAndWebP(t *testing.T) {
	block := exifBlock(binary.LittleEndian, 6)
	file := asPNG(quarters(40, 20))
	withChunk := bytes.Join([][]byte{file[:33], pngChunk("eXIf", block), file[33:]}, nil)
	if info, err := Inspect(bytes.NewReader(withChunk), Limits{}); err != nil || info.Orientation != 6 || info.Width != 20 {
		t.Errorf("PNG: %+v, %v", info, err)
	}
	p, err := Prepare(t.Context(), withChunk, Limits{}, Plan{})
	if err != nil || p.Variants[0].Width != 20 || bytes.Contains(p.Variants[0].Data, []byte("eXIf")) {
		t.Errorf("PNG: %+v, %v", p.Variants, err)
	}
	exif := append(binary.LittleEndian.AppendUint32([]byte("EXIF"), uint32(len(block))), block...)
	if info, err := Inspect(bytes.NewReader(extendedWebP(lossyWebP[12:], 8, exif...)), Limits{}); err != nil || info.Orientation != 6 {
		t.Errorf("WebP: %+v, %v", info, err)
	}
}

func TestDominantColour(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	for i := range 300 * 300 {
		c := color.NRGBA{0x20, 0x60, 0xa0, 255}
		switch {
		case i < 300*100:
			c = color.NRGBA{255, 255, 0, 255}
		case i > 300*280:
			c = color.NRGBA{}
		}
		m.SetNRGBA(i%300, i/300, c)
	}
	p, err := Prepare(t.Context(), asPNG(m), Limits{}, Plan{Widths: []int{200}})
	if err != nil || p.Color != "#2060a0" {
		t.Errorf("colour is %s, %v", p.Color, err)
	}
	if got := dominant(image.NewNRGBA(image.Rect(0, 0, 3, 3))); got != "#ffffff" {
		t.Errorf("colour of nothing is %s", got)
	}
}

func FuzzInspect(f *testing.F) {
	for _, m := range []image.Image{quarters(8, 4), noise(8, 4)} {
		f.Add(asPNG(m))
		f.Add(asGIF(m))
		f.Add(withExif(asJPEG(m), exifBlock(binary.LittleEndian, 6)))
	}
	f.Add(lossyWebP)
	f.Add(extendedWebP(lossyWebP[12:], 8, []byte("EXIF\xff\xff\xff\xff")...))
	f.Add(pngBomb(60_000, 60_000, 8, 2, 10))
	limits := Limits{Pixels: 4096, Bytes: 1 << 16}
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Inspect(bytes.NewReader(data), limits)
		if err != nil {
			for _, known := range []error{ErrNotPicture, ErrTruncated, ErrTooManyPixels, ErrTooLarge} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("Inspect: %v", err)
		}
		if info.Width < 1 || info.Height < 1 || info.Width*info.Height > 4096 || !strings.HasPrefix(info.MIME, "image/") {
			t.Fatalf("Inspect = %+v", info)
		}
		p, err := Prepare(t.Context(), data, limits, Plan{Widths: []int{16}})
		if err == nil && p.Variants[0].Width > 16 {
			t.Fatalf("Prepare = %+v", p.Variants[0])
		}
	})
}

func BenchmarkPrepare(b *testing.B) {
	photo := asJPEG(noise(4000, 3000))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Prepare(b.Context(), photo, Limits{}, Plan{Widths: []int{480, 960, 1600}}); err != nil {
			b.Fatal(err)
		}
	}
}
