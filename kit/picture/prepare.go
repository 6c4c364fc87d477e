package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"

	"github.com/disintegration/imaging"
)

// Variant is a picture ready to serve.
type Variant struct {
	Width, Height int
	MIME          string // image/jpeg, image/png or image/webp
	Data          []byte
}

// Plan says what to make of a picture.
type Plan struct {
	// Source bounds the longer side, in pixels, of a copy to make other variants from later; 0 makes none.
	Source int
	// Crop is the part to show of a picture of width × height upright pixels; nil is the whole.
	Crop func(width, height int) image.Rectangle
	// Widths of the variants, in pixels. None is larger than the picture: a width beyond its own gives it in its own, once.
	// No widths at all give its own.
	Widths []int
	// MIME is what the variants become: image/png, or image/jpeg for opaque pictures. Where it is "", photographs become
	// JPEG, and pictures with transparency or few colours PNG, unless they came as JPEG.
	MIME string
	// WebP has the widths of variants in that format, as Widths; none at all are none.
	WebP []int
}

// Prepared is what became of a picture.
type Prepared struct {
	Info     Info      // of the file
	Source   Variant   // zero if none was asked for
	Variants []Variant // by rising width; at least one
	Modern   []Variant // those in WebP, by rising width
	Color    string    // the dominant colour of what is shown, as #rrggbb, to fill the place until the picture is there
}

const (
	quality       = 82   // of JPEG
	sourceQuality = 90   // of JPEG that will be encoded again
	fewColours    = 1024 // a drawing or a screenshot rather than a photograph
)

// turn is held by whoever decodes. It belongs to the process, as the memory does.
var turn = make(chan struct{}, 1)

// Prepare decodes data and encodes it anew as planned. It waits for its turn until ctx ends.
func Prepare(ctx context.Context, data []byte, limits Limits, plan Plan) (Prepared, error) {
	info, f, err := inspect(data, limits.orDefault())
	if err != nil {
		return Prepared{}, err
	}
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return Prepared{}, fmt.Errorf("prepare picture: %w", ctx.Err())
	}
	source, err := f.decode(bytes.NewReader(data))
	if err != nil {
		return Prepared{}, decodingError(err)
	}
	mime := plan.MIME
	if mime == "" {
		mime = "image/jpeg"
		if f.mime != "image/jpeg" && (!opaque(source) || hasFewColours(source)) {
			mime = "image/png"
		}
	}

	prepared := Prepared{Info: info}
	crop := image.Rect(0, 0, info.Width, info.Height)
	if plan.Crop != nil {
		if crop = plan.Crop(info.Width, info.Height).Intersect(crop); crop.Empty() {
			return Prepared{}, fmt.Errorf("prepare picture: the crop %v leaves nothing of %d × %d", crop, info.Width, info.Height)
		}
	}
	fitting, modern := fit(plan.Widths, crop.Dx()), []int(nil)
	if len(plan.WebP) > 0 {
		modern = fit(plan.WebP, crop.Dx())
	}
	// What is largest comes from the file, the smaller ones from the largest: the file's pixels can be let go at once.
	largest := slices.Max(slices.Concat(fitting, modern))
	first := largest
	if plan.Source > 0 {
		first = max(first, bounded(info, plan.Source))
	}
	if plan.Crop != nil {
		first = info.Width
	}
	current := upright(shrink(source, first, info), info.Orientation)
	source = nil
	if plan.Source > 0 {
		if prepared.Source, err = encode(resized(current, bounded(info, plan.Source)), mime, sourceQuality); err != nil {
			return Prepared{}, err
		}
	}
	if plan.Crop != nil {
		current = imaging.Crop(current, crop)
	}
	current = resized(current, largest)
	prepared.Color = dominant(current)
	for _, width := range widths(fitting, modern) {
		if err := ctx.Err(); err != nil {
			return Prepared{}, fmt.Errorf("prepare picture: %w", err)
		}
		shown := resized(current, width)
		if slices.Contains(fitting, width) {
			v, err := encode(shown, mime, quality)
			if err != nil {
				return Prepared{}, err
			}
			prepared.Variants = append(prepared.Variants, v)
		}
		if slices.Contains(modern, width) {
			v, err := encodeWebP(shown, mime == "image/png")
			if err != nil {
				return Prepared{}, err
			}
			prepared.Modern = append(prepared.Modern, v)
		}
	}
	return prepared, nil
}

// bounded is the width of a picture of which the longer side is bounded.
func bounded(info Info, side int) int {
	longer := max(info.Width, info.Height)
	if longer <= side {
		return info.Width
	}
	return max(1, info.Width*side/longer)
}

func resized(m *image.NRGBA, width int) *image.NRGBA {
	if width == m.Rect.Dx() {
		return m
	}
	return imaging.Resize(m, width, 0, imaging.Lanczos)
}

func encode(m *image.NRGBA, mime string, quality int) (Variant, error) {
	v := Variant{Width: m.Rect.Dx(), Height: m.Rect.Dy(), MIME: mime}
	var err error
	if mime == "image/png" {
		v.Data, err = encodePNG(m)
	} else {
		v.Data, err = encodeJPEG(m, quality)
	}
	if err != nil {
		return Variant{}, fmt.Errorf("encode picture: %w", err)
	}
	return v, nil
}

// widths joins lists of widths, by rising size, none twice.
func widths(lists ...[]int) []int {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

// fit returns the widths to make, by rising size, none above own and none twice.
func fit(asked []int, own int) []int {
	var fitting []int
	for _, width := range asked {
		if width > 0 {
			fitting = append(fitting, min(width, own))
		}
	}
	if len(fitting) == 0 {
		return []int{own}
	}
	return widths(fitting)
}

// shrink brings the stored picture, which may lie on its side, to the given upright width.
func shrink(source image.Image, width int, info Info) *image.NRGBA {
	if width == info.Width {
		return imaging.Clone(source)
	}
	if info.Orientation >= 5 {
		return imaging.Resize(source, 0, width, imaging.Lanczos)
	}
	return imaging.Resize(source, width, 0, imaging.Lanczos)
}

// upright undoes an orientation of Exif 2.32, section 4.6.4.
func upright(m *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(m)
	case 3:
		return imaging.Rotate180(m)
	case 4:
		return imaging.FlipV(m)
	case 5:
		return imaging.Transpose(m)
	case 6:
		return imaging.Rotate270(m) // counter-clockwise
	case 7:
		return imaging.Transverse(m)
	case 8:
		return imaging.Rotate90(m)
	}
	return m
}

// decodeGIF gives the first image its place on the whole canvas, which it need not fill.
func decodeGIF(r io.Reader) (image.Image, error) {
	var data bytes.Buffer
	config, err := gif.DecodeConfig(io.TeeReader(r, &data))
	if err != nil {
		return nil, err
	}
	first, err := gif.Decode(io.MultiReader(&data, r))
	if err != nil || first.Bounds() == image.Rect(0, 0, config.Width, config.Height) {
		return first, err
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, config.Width, config.Height))
	draw.Draw(canvas, first.Bounds(), first, first.Bounds().Min, draw.Src)
	return canvas, nil
}

func opaque(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

func hasFewColours(m image.Image) bool {
	if p, ok := m.(*image.Paletted); ok && len(p.Palette) <= fewColours {
		return true
	}
	seen := make(map[color.RGBA64]struct{}, fewColours)
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		var last color.RGBA64
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, a := m.At(x, y).RGBA()
			c := color.RGBA64{uint16(r), uint16(g), uint16(b), uint16(a)}
			if c == last { // flat areas are what such pictures have
				continue
			}
			last = c
			if seen[c] = struct{}{}; len(seen) > fewColours {
				return false
			}
		}
	}
	return true
}

// encodeJPEG takes an opaque picture.
func encodeJPEG(m *image.NRGBA, quality int) ([]byte, error) {
	var out bytes.Buffer
	// Without transparency both types hold the same bytes, and the encoder is quick with this one.
	same := &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
	err := jpeg.Encode(&out, same, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

func encodePNG(m *image.NRGBA) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	var picture image.Image = m
	if p := paletted(m); p != nil {
		picture = p
	}
	err := encoder.Encode(&out, picture)
	return out.Bytes(), err
}

// paletted returns m with a palette, a third of the size, or nil if it has more than 256 colours.
func paletted(m *image.NRGBA) *image.Paletted {
	index := map[color.NRGBA]uint8{}
	p := image.NewPaletted(m.Rect, nil)
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			c := m.NRGBAAt(x, y)
			i, known := index[c]
			if !known {
				if len(p.Palette) == 256 {
					return nil
				}
				i = uint8(len(p.Palette))
				index[c] = i
				p.Palette = append(p.Palette, c)
			}
			p.Pix[p.PixOffset(x, y)] = i
		}
	}
	return p
}

// dominant returns the mean of the most frequent kind of colour, with 16 shades a channel, as #rrggbb.
func dominant(m *image.NRGBA) string {
	const side = 64
	if m.Rect.Dx() > side || m.Rect.Dy() > side {
		m = imaging.Fit(m, side, side, imaging.Box)
	}
	type sum struct{ r, g, b, n int }
	kinds := map[[3]uint8]sum{}
	var best sum
	for at := 0; at+4 <= len(m.Pix); at += 4 {
		r, g, b, alpha := m.Pix[at], m.Pix[at+1], m.Pix[at+2], m.Pix[at+3]
		if alpha < 128 {
			continue
		}
		kind := [3]uint8{r >> 4, g >> 4, b >> 4}
		s := kinds[kind]
		s = sum{s.r + int(r), s.g + int(g), s.b + int(b), s.n + 1}
		kinds[kind] = s
		if s.n > best.n {
			best = s
		}
	}
	if best.n == 0 {
		return "#ffffff" // nothing but transparency
	}
	return fmt.Sprintf("#%02x%02x%02x", best.r/best.n, best.g/best.n, best.b/best.n)
}
