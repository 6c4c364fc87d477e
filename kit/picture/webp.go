package picture

import (
	"bytes"
	"fmt"
	"image"

	"github.com/gen2brain/webp"
)

// A rung of the ladder that a photograph goes down until it is light enough.
type rung struct {
	quality int
	ratio   float64 // of its bytes to those of the first rung, as measured on photographs full of detail
}

// ladder ends where it begins to show on the dense screens of phones.
func ladder() []rung { return []rung{{78, 1}, {62, 0.73}, {46, 0.58}, {34, 0.47}, {26, 0.4}} }

const (
	// method is the effort, from 0 to 6: the third costs twice the time for seven bytes in a hundred.
	method = 2
	// budgetWidth pixels should not weigh more than budgetBytes: what a phone loads over a poor line.
	budgetWidth, budgetBytes = 880, 58_000
)

// budget is what a variant should weigh at most, in bytes. Its height doesn't count, since pages give pictures a width; a
// small one has more to show in each pixel.
func budget(width int) int {
	if width < budgetWidth {
		return budgetBytes * width / budgetWidth
	}
	return budgetBytes * width / budgetWidth * width / budgetWidth
}

// encodeWebP encodes without loss what was drawn, if that is light enough. Else it lowers the quality until the bytes are
// within the budget, and no further than the ladder goes.
func encodeWebP(m *image.NRGBA, drawn bool) (Variant, error) {
	v := Variant{Width: m.Rect.Dx(), Height: m.Rect.Dy(), MIME: "image/webp"}
	most := budget(v.Width)
	var err error
	if drawn {
		if v.Data, err = webpBytes(m, webp.Options{Lossless: true, Method: method}); err != nil || len(v.Data) <= most {
			return v, err
		}
	}
	var first float64
	for i, r := range ladder() {
		if i > 0 && i < len(ladder())-1 && first*r.ratio > float64(most) {
			continue // it would not do
		}
		data, err := webpBytes(m, webp.Options{Quality: r.quality, Method: method})
		if err != nil {
			return Variant{}, err
		}
		if i == 0 {
			first = float64(len(data))
		}
		if v.Data == nil || len(data) < len(v.Data) {
			v.Data = data
		}
		if len(data) <= most {
			break
		}
	}
	return v, nil
}

func webpBytes(m *image.NRGBA, o webp.Options) ([]byte, error) {
	var out bytes.Buffer
	if err := webp.Encode(&out, m, o); err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	return out.Bytes(), nil
}
