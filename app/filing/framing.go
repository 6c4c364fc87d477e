package filing

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"

	"bourgeon/kit/picture"
	"bourgeon/press"
)

// Whole opens what a picture's variants are made from: all of it, also what was
// cropped away. It is for those who may describe the picture; draft is as for
// Keep, or "".
func (c *Cabinet) Whole(ctx context.Context, v press.Viewer, draft string, id press.MediaID) (press.Variant, io.ReadSeekCloser, error) {
	m, err := c.Store.Media(ctx, v, id)
	if err == nil {
		err = mayDescribe(ctx, c.Store.Reader, v, draft, m)
	}
	if err != nil {
		return press.Variant{}, nil, fmt.Errorf("open the whole picture: %w", err)
	}
	source := m.Source
	if source.Hash == "" {
		source = m.Smallest(m.Width)
	}
	f, err := c.Files.Open(ctx, source.Hash)
	if err != nil {
		return source, nil, fmt.Errorf("open the whole picture: %w", err)
	}
	return source, f, nil
}

const previewWidth = 480 // pixels

// Preview is a small picture of what a crop would leave, before anything is
// kept. The arguments are Whole's.
func (c *Cabinet) Preview(ctx context.Context, v press.Viewer, draft string, id press.MediaID, crop press.Crop) (data []byte, mime string, err error) {
	if !crop.Valid() {
		return nil, "", fmt.Errorf("preview the crop: %w", Framing{Crop: crop}.check())
	}
	source, f, err := c.Whole(ctx, v, draft, id)
	if err != nil {
		return nil, "", err
	}
	whole, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, "", fmt.Errorf("preview the crop: %w", err)
	}
	plan := picture.Plan{Widths: []int{previewWidth}, MIME: source.Type, Crop: func(width, height int) image.Rectangle {
		x, y, w, h := crop.Pixels(width, height)
		return image.Rect(x, y, x+w, y+h)
	}}
	prepared, err := picture.Prepare(ctx, whole, picture.Limits{}, plan)
	if err != nil {
		return nil, "", fmt.Errorf("preview the crop: %w", err)
	}
	small := prepared.Variants[0]
	return small.Data, small.MIME, nil
}
