package filing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"bourgeon/kit/blob"
	"bourgeon/kit/filetype"
	"bourgeon/press"
)

// Sizes are how many bytes an attachment may have; 0 is the usual bound.
type Sizes struct {
	Document int64 // 25 MB
	Audio    int64 // 100 MB
	Video    int64 // 250 MB
}

// orDefault has the usual bounds where none is set.
func (s Sizes) orDefault() Sizes {
	for size, usual := range map[*int64]int64{&s.Document: 25_000_000, &s.Audio: 100_000_000, &s.Video: 250_000_000} {
		if *size <= 0 {
			*size = usual
		}
	}
	return s
}

func (s Sizes) of(class filetype.Class) int64 {
	switch class {
	case filetype.Document:
		return s.Document
	case filetype.Audio:
		return s.Audio
	default:
		return s.Video
	}
}

// MostBytes are the bounds on what is taken in.
func (c *Cabinet) MostBytes() (picture int64, attachments Sizes) {
	return c.limits().Bytes, c.Sizes.orDefault()
}

// Attach takes in the document, recording or video that r holds, as it is, and
// streams it to where files are kept. Its type is told by its content; what
// could run in a reader's browser is refused. The arguments are Keep's.
func (c *Cabinet) Attach(ctx context.Context, v press.Viewer, site press.SiteID, draft, name string, r io.Reader) (press.Media, error) {
	m, err := c.attach(ctx, v, site, draft, name, r)
	if err != nil {
		return press.Media{}, fmt.Errorf("attach the file: %w", err)
	}
	return m, nil
}

func (c *Cabinet) attach(ctx context.Context, v press.Viewer, site press.SiteID, draft, name string, r io.Reader) (press.Media, error) {
	m, err := c.begin(ctx, v, site, draft, name)
	if err != nil {
		return m, err
	}
	head := make([]byte, filetype.Head)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return m, fmt.Errorf("read the file: %w", err)
	}
	head = head[:n]
	kind := filetype.Of(head)
	if kind.Class == filetype.Unknown {
		return m, press.Problem(press.Invalid, "This is no file that we can show: send a PDF, a recording (MP3, Ogg, WAV, FLAC, M4A) or a video (MP4, WebM, MOV). A picture goes with the pictures.")
	}
	most := c.Sizes.orDefault().of(kind.Class)
	m.Type = kind.MIME
	m.Hash, m.Bytes, err = c.Files.Put(ctx, io.MultiReader(bytes.NewReader(head), r), most)
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return m, fmt.Errorf("%w: %w", err, press.Problem(press.TooLarge, "This file is too heavy: %d MB at most for this kind. Save it smaller, or put it elsewhere and link to it.", most/1_000_000))
	case errors.Is(err, blob.ErrNoSpace):
		return m, fmt.Errorf("%w: %w", err, press.Problem(press.Unavailable, "The server's disk is full: the file was not kept. Your text is safe; try again later."))
	case err != nil:
		return m, err
	}
	m.Title = strings.TrimSuffix(m.Name, path.Ext(m.Name))
	m.Variants = []press.Variant{}
	return m, c.file(ctx, v, &m)
}
