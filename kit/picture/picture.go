// Package picture takes in pictures from strangers and gives back ones that are safe and light to serve: upright, in the
// widths asked for, without any metadata (places, cameras, names).
//
// It reads JPEG, PNG, GIF and WebP, told apart by content; of an animation it keeps the first image. Colour profiles are
// dropped with the rest. It looks at the announced size before it decodes, and decodes one picture at a time in the whole
// process, so that memory stays bounded. Start with Prepare; Inspect is the quick look while a form is being filled.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"golang.org/x/image/webp"
)

var (
	ErrNotPicture    = errors.New("not a picture that can be read")
	ErrUnsupported   = errors.New("kind of picture not supported") // HEIC, AVIF, animated WebP …; together with ErrNotPicture
	ErrTruncated     = errors.New("picture is cut off")
	ErrTooManyPixels = errors.New("picture has too many pixels")
	ErrTooLarge      = errors.New("picture file is too large")
)

// Limits bound what is accepted.
type Limits struct {
	Pixels int64 // width × height; zero means 50 million
	Bytes  int64 // of the file; zero means 32 MiB
}

// decodedBytes is how much memory a pixel of Limits may take when it is decoded: 400 MB in all by default. Only rare kinds
// (16 bits per channel, progressive without subsampling) reach it before they reach the limit in pixels.
const decodedBytes = 8

func (l Limits) orDefault() Limits {
	if l.Pixels <= 0 {
		l.Pixels = 50_000_000
	}
	if l.Bytes <= 0 {
		l.Bytes = 32 << 20
	}
	return l
}

// Info is what a file says of itself.
type Info struct {
	MIME          string // image/jpeg, image/png, image/gif or image/webp
	Width, Height int    // in pixels, as seen when upright
	Orientation   int    // of Exif, 1 to 8; 1 is upright
}

// Inspect tells what r holds from its first bytes and its headers, without decoding it: a file that passes may still be
// damaged further on. It reads r to the end, or to the limit. Apart from errors of r, its errors are those of this package.
func Inspect(r io.Reader, limits Limits) (Info, error) {
	limits = limits.orDefault()
	data, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return Info{}, fmt.Errorf("read picture: %w", err)
	}
	info, _, err := inspect(data, limits)
	return info, err
}

// A format is a kind of picture that can be read.
type format struct {
	mime   string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	exif   func([]byte) []byte // the Exif block of a file, if any
}

// formatOf tells the format by the file's first bytes.
func formatOf(data []byte) (format, error) {
	begins := func(offset int, magic string) bool {
		return len(data) >= offset+len(magic) && string(data[offset:offset+len(magic)]) == magic
	}
	switch {
	case begins(0, "\xff\xd8\xff"):
		return format{"image/jpeg", jpeg.DecodeConfig, jpeg.Decode, jpegExif}, nil
	case begins(0, "\x89PNG\r\n\x1a\n"):
		return format{"image/png", png.DecodeConfig, png.Decode, pngExif}, nil
	case begins(0, "GIF87a"), begins(0, "GIF89a"):
		return format{"image/gif", gif.DecodeConfig, decodeGIF, func([]byte) []byte { return nil }}, nil
	case begins(0, "RIFF") && begins(8, "WEBP"):
		const animation = 1 << 1 // in the flags of VP8X
		if begins(12, "VP8X") && len(data) > 20 && data[20]&animation != 0 {
			return format{}, fmt.Errorf("%w: %w: animated WebP", ErrNotPicture, ErrUnsupported)
		}
		return format{"image/webp", webp.DecodeConfig, webp.Decode, webpExif}, nil
	case begins(4, "ftypheic"), begins(4, "ftypheix"), begins(4, "ftypmif1"), begins(4, "ftypheim"):
		return format{}, fmt.Errorf("%w: %w: HEIC", ErrNotPicture, ErrUnsupported)
	case begins(4, "ftypavif"), begins(4, "ftypavis"):
		return format{}, fmt.Errorf("%w: %w: AVIF", ErrNotPicture, ErrUnsupported)
	case begins(0, "II*\x00"), begins(0, "MM\x00*"):
		return format{}, fmt.Errorf("%w: %w: TIFF", ErrNotPicture, ErrUnsupported)
	}
	return format{}, ErrNotPicture
}

func inspect(data []byte, limits Limits) (Info, format, error) {
	if int64(len(data)) > limits.Bytes {
		return Info{}, format{}, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limits.Bytes)
	}
	f, err := formatOf(data)
	if err != nil {
		return Info{}, format{}, err
	}
	config, err := f.config(bytes.NewReader(data))
	if err != nil {
		return Info{}, format{}, decodingError(err)
	}
	// The decoders trust what follows; these checks do not.
	if config.Width <= 0 || config.Height <= 0 {
		return Info{}, format{}, fmt.Errorf("%w: %d × %d pixels", ErrNotPicture, config.Width, config.Height)
	}
	if f.mime == "image/webp" {
		if w, h := webpFrame(data); w == 0 {
			return Info{}, format{}, fmt.Errorf("%w: no whole frame", ErrTruncated)
		} else if w != config.Width || h != config.Height {
			return Info{}, format{}, fmt.Errorf("%w: two sizes announced", ErrNotPicture)
		}
	}
	if f.mime == "image/jpeg" && hasManyScans(data) {
		return Info{}, format{}, fmt.Errorf("%w: %w: too many scans", ErrNotPicture, ErrUnsupported)
	}
	pixels := int64(config.Width) * int64(config.Height) // neither exceeds 31 bits
	if pixels > limits.Pixels || float64(pixels)*memory(f, config, data) > float64(limits.Pixels)*decodedBytes {
		return Info{}, format{}, fmt.Errorf("%w: %d × %d", ErrTooManyPixels, config.Width, config.Height)
	}
	info := Info{MIME: f.mime, Width: config.Width, Height: config.Height, Orientation: orientation(f.exif(data))}
	if info.Orientation >= 5 { // on its side
		info.Width, info.Height = info.Height, info.Width
	}
	return info, f, nil
}

// memory estimates the bytes that decoding takes for each pixel.
func memory(f format, config image.Config, data []byte) float64 {
	if f.mime == "image/jpeg" {
		return jpegMemory(data)
	}
	switch config.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	}
	return 4
}

// decodingError sorts the decoders' errors, which have no types for it.
func decodingError(err error) error {
	text := err.Error()
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		strings.Contains(text, "EOF") || strings.Contains(text, "not enough") || strings.Contains(text, "short") {
		return fmt.Errorf("%w: %w", ErrTruncated, err)
	}
	var unsupported jpeg.UnsupportedError
	var unsupportedPNG png.UnsupportedError
	if errors.As(err, &unsupported) || errors.As(err, &unsupportedPNG) {
		return fmt.Errorf("%w: %w: %w", ErrNotPicture, ErrUnsupported, err)
	}
	return fmt.Errorf("%w: %w", ErrNotPicture, err)
}
