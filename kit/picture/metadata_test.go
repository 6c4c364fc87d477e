package picture

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"image"
	"image/color"
	"image/gif"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/picture/picturetest"
)

// tellingPNG is m with every chunk in which a PNG file tells of its origin (PNG third edition, section 11.3).
func tellingPNG(m image.Image) []byte {
	file := asPNG(m)
	return bytes.Join([][]byte{
		file[:33],
		pngChunk("iCCP", []byte(picturetest.Secret+"\x00\x00")),
		pngChunk("eXIf", picturetest.Exif(1)),
		pngChunk("tEXt", []byte("Author\x00"+picturetest.Secret)),
		pngChunk("zTXt", []byte("Comment\x00\x00"+picturetest.Secret)),
		pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+picturetest.XMP)),
		pngChunk("tIME", []byte{7, 0xea, 5, 10, 12, 30, 0}),
		file[33:],
	}, nil)
}

// tellingWebP is m in lossy WebP with a colour profile, Exif and XMP (RFC 9649, section 2.7).
func tellingWebP(t *testing.T, m *image.NRGBA) []byte {
	t.Helper()
	file, err := encodeWebP(m, false)
	if err != nil {
		t.Fatal(err)
	}
	body := []byte("WEBP")
	add := func(kind string, data []byte) {
		body = binary.LittleEndian.AppendUint32(append(body, kind...), uint32(len(data)))
		if body = append(body, data...); len(data)%2 == 1 {
			body = append(body, 0)
		}
	}
	const profile, exif, xmp = 1 << 5, 1 << 3, 1 << 2
	width, height := m.Rect.Dx()-1, m.Rect.Dy()-1
	add("VP8X", []byte{profile | exif | xmp, 0, 0, 0, byte(width), byte(width >> 8), 0, byte(height), byte(height >> 8), 0})
	add("ICCP", []byte(picturetest.Secret))
	for _, c := range chunks(file.Data) {
		add(c.kind, c.data)
	}
	add("EXIF", picturetest.Exif(1))
	add("XMP ", []byte(picturetest.XMP))
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// tellingGIF is m with a comment and an application extension (GIF89a, sections 24 and 26).
func tellingGIF(m image.Image) []byte {
	var b bytes.Buffer
	gif.Encode(&b, m, nil)
	file := b.Bytes()
	comment := append([]byte{0x21, 0xfe, byte(len(picturetest.Secret))}, picturetest.Secret+"\x00"...)
	return slices.Concat(file[:len(file)-1], comment, []byte(";"))
}

// parts lists the kinds of segments or chunks of a file.
func parts(v Variant) (kinds []string) {
	switch v.MIME {
	case "image/jpeg":
		for _, s := range segments(v.Data) {
			kinds = append(kinds, hex.EncodeToString([]byte{s.marker}))
		}
	case "image/png":
		for at := 8; at+12 <= len(v.Data); at += 12 + int(binary.BigEndian.Uint32(v.Data[at:])) {
			kinds = append(kinds, string(v.Data[at+4:at+8]))
		}
	case "image/webp":
		for _, c := range chunks(v.Data) {
			kinds = append(kinds, c.kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func TestNothingHiddenIsLeft(t *testing.T) {
	see, drawn := noise(60, 40), quarters(60, 40)
	glass := noise(60, 40)
	glass.SetNRGBA(3, 3, color.NRGBA{})
	frame := []string{"c0", "c4", "db"} // of a JPEG: its pixels' frame and tables, and nothing else
	tests := []struct {
		name string
		file []byte
		want map[string][]string
	}{
		{"JPEG", picturetest.Camera(see, 1, 90), map[string][]string{"image/jpeg": frame, "image/webp": {"VP8 "}}},
		{"PNG of a photograph", tellingPNG(see), map[string][]string{"image/jpeg": frame, "image/webp": {"VP8 "}}},
		{"PNG of a drawing", tellingPNG(drawn), map[string][]string{"image/png": {"IDAT", "IEND", "IHDR", "PLTE"}, "image/webp": {"VP8L"}}},
		{"PNG with transparency", tellingPNG(glass), map[string][]string{"image/png": {"IDAT", "IEND", "IHDR"}, "image/webp": {"VP8L"}}},
		{"WebP", tellingWebP(t, see), map[string][]string{"image/jpeg": frame, "image/webp": {"VP8 "}}},
		{"GIF", tellingGIF(drawn), map[string][]string{"image/png": {"IDAT", "IEND", "IHDR", "PLTE"}, "image/webp": {"VP8L"}}},
	}
	for _, tt := range tests {
		if !bytes.Contains(tt.file, []byte(picturetest.Secret)) {
			t.Fatalf("%s: the file tells nothing", tt.name)
		}
		p, err := Prepare(t.Context(), tt.file, Limits{}, Plan{Source: 50, WebP: []int{100}})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for _, v := range slices.Concat([]Variant{p.Source}, p.Variants, p.Modern) {
			for _, secret := range [][]byte{[]byte(picturetest.Secret), picturetest.Latitude(), []byte("Exif"), []byte("adobe"), []byte("ICC_PROFILE")} {
				if bytes.Contains(v.Data, secret) {
					t.Errorf("%s: the %s of %d px holds %q", tt.name, v.MIME, v.Width, secret)
				}
			}
			if v.Width == p.Source.Width && v.MIME == "image/png" {
				continue // shrunk, it may have another palette
			}
			if diff := cmp.Diff(tt.want[v.MIME], parts(v)); diff != "" {
				t.Errorf("%s: parts of the %s of %d px (-want +got):\n%s", tt.name, v.MIME, v.Width, diff)
			}
		}
	}
}
