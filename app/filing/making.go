package filing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
	"strings"

	"bourgeon/kit/picture"
	"bourgeon/press"
	"bourgeon/store"
)

// Kinds of jobs: JobVariants makes a picture's variants, JobRenew those of
// pictures that an earlier recipe made.
const (
	JobVariants = "make variants"
	JobRenew    = "renew variants"
)

type variantsJob struct {
	Media press.MediaID `json:"media"`
}

type renewJob struct {
	After press.MediaID `json:"after"`
}

const (
	sourceSide = 2560 // pixels of the longer side of what variants are made from
	firstWidth = 880  // of the variant that is there at once
)

// widths of the variants in WebP, in pixels: a small place, a phone or a
// column of text, a whole page.
func widths() []int { return []int{480, 880, 1600} }

// fallbackWidths are those of the others, for old browsers, feeds and other
// people's pages.
func fallbackWidths() []int { return []int{firstWidth, 1600} }

// plan leaves a job that makes a picture's variants.
func (c *Cabinet) plan(ctx context.Context, tx *store.Tx, id press.MediaID) error {
	return tx.Enqueue(ctx, JobVariants, variantsJob{id}, c.Now(), "")
}

// Renew leaves a job that makes anew, one after the other, the variants that
// an earlier version of the program made. It does so once for each recipe,
// however many nodes start.
func (c *Cabinet) Renew(ctx context.Context) error {
	return c.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Enqueue(ctx, JobRenew, renewJob{}, c.Now(), JobRenew+" "+press.Media{}.Recipe())
	})
}

// renewed is how many pictures one job of Renew makes before it leaves the
// rest to a next one: others come in between.
const renewed = 10

// MakeOld does the job that Renew left. A picture that can't be made anew stays
// as it is.
func (c *Cabinet) MakeOld(ctx context.Context, payload json.RawMessage) error {
	var job renewJob
	if err := json.Unmarshal(payload, &job); err != nil {
		return fmt.Errorf("renew variants: %w", err)
	}
	made := 0
	for made < renewed {
		some, err := c.Store.MediaAfter(ctx, job.After, renewed)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, m := range some {
			job.After = m.ID
			if m.Ready() || !strings.HasPrefix(m.Type, "image/") {
				continue
			}
			made++
			if err := c.make(ctx, m.ID); err != nil {
				if ctx.Err() != nil {
					return fmt.Errorf("renew the variants of %s: %w", m.ID, err)
				}
				c.log().WarnContext(ctx, "variants not renewed", "picture", m.ID, "error", err)
			}
		}
	}
	return c.Store.Write(ctx, func(tx *store.Tx) error { return tx.Enqueue(ctx, JobRenew, job, c.Now(), "") })
}

func (c *Cabinet) log() *slog.Logger {
	if c.Log == nil {
		return slog.Default()
	}
	return c.Log
}

// Make does the job of making a picture's variants. It does nothing when they
// are there already.
func (c *Cabinet) Make(ctx context.Context, payload json.RawMessage) error {
	var job variantsJob
	if err := json.Unmarshal(payload, &job); err != nil {
		return fmt.Errorf("make variants: %w", err)
	}
	if err := c.make(ctx, job.Media); err != nil {
		return fmt.Errorf("make the variants of %s: %w", job.Media, err)
	}
	return nil
}

func (c *Cabinet) make(ctx context.Context, id press.MediaID) error {
	for {
		m, err := c.Store.Media(ctx, press.Itself, id)
		if press.KindOf(err) == press.NotFound || err == nil && m.Ready() {
			return nil
		}
		if err != nil {
			return err
		}
		if err := c.develop(ctx, &m); err != nil {
			return err
		}
		kept := false
		err = c.Store.Write(ctx, func(tx *store.Tx) (err error) {
			if kept, err = tx.KeepVariants(ctx, m); err != nil || !kept {
				return err
			}
			if err := c.reshow(ctx, tx, m.ID); err != nil { // texts that hold it name its variants
				return err
			}
			return tx.Touch(ctx, m.Site)
		})
		if err != nil || kept {
			return err
		}
		// Somebody framed it anew meanwhile: begin again.
	}
}

// develop makes the variants of m from its source, and keeps them as files.
// What was taken in before sources were kept is its own source.
func (c *Cabinet) develop(ctx context.Context, m *press.Media) error {
	if m.Source.Hash == "" {
		m.Source = m.Smallest(m.Width)
	}
	f, err := c.Files.Open(ctx, m.Source.Hash)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	plan := picture.Plan{Widths: fallbackWidths(), MIME: m.Source.Type, WebP: widths()}
	if m.Crop != (press.Crop{}) {
		plan.Crop = func(width, height int) image.Rectangle {
			x, y, w, h := m.Crop.Pixels(width, height)
			return image.Rect(x, y, x+w, y+h)
		}
	}
	prepared, err := picture.Prepare(ctx, data, picture.Limits{}, plan)
	if err != nil {
		return err
	}
	m.Made = m.Recipe()
	return c.fill(ctx, m, prepared)
}

// fill keeps what was prepared as files, and notes them in m.
func (c *Cabinet) fill(ctx context.Context, m *press.Media, p picture.Prepared) (err error) {
	if len(p.Source.Data) > 0 {
		if m.Source, err = c.put(ctx, p.Source); err != nil {
			return err
		}
	}
	if m.Variants, err = c.putAll(ctx, p.Variants); err != nil {
		return err
	}
	if m.Modern, err = c.putAll(ctx, p.Modern); err != nil {
		return err
	}
	largest := m.Variants[len(m.Variants)-1]
	m.Hash, m.Type, m.Bytes, m.Width, m.Height = largest.Hash, largest.Type, largest.Bytes, largest.Width, largest.Height
	m.Colour = p.Color
	return nil
}

func (c *Cabinet) putAll(ctx context.Context, variants []picture.Variant) (kept []press.Variant, err error) {
	for _, v := range variants {
		file, err := c.put(ctx, v)
		if err != nil {
			return nil, err
		}
		kept = append(kept, file)
	}
	return kept, nil
}

func (c *Cabinet) put(ctx context.Context, v picture.Variant) (press.Variant, error) {
	size := int64(len(v.Data))
	hash, _, err := c.Files.Put(ctx, bytes.NewReader(v.Data), size)
	return press.Variant{Hash: hash, Width: v.Width, Height: v.Height, Bytes: size, Type: v.MIME}, err
}

// Framing is how a picture is shown.
type Framing struct {
	Crop  press.Crop  // the zero value shows the whole again
	Focus press.Focus // the zero value leaves it to the middle
}

// Frame sets which part of a picture is shown, and what must stay in sight
// where a page cuts it. It is for those who may describe it; draft is as for
// Keep, or "". A job makes the variants anew; until it has, the picture shows
// as before.
func (c *Cabinet) Frame(ctx context.Context, v press.Viewer, draft string, id press.MediaID, f Framing) (press.Media, error) {
	f.Crop = f.Crop.Normal()
	var m press.Media
	err := c.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if m, err = tx.Media(ctx, v, id); err != nil {
			return err
		}
		if err := mayDescribe(ctx, tx.Reader, v, draft, m); err != nil {
			return err
		}
		if err := f.check(); err != nil {
			return err
		}
		if f == (Framing{m.Crop, m.Focus}) {
			return nil
		}
		m.Crop, m.Focus = f.Crop, f.Focus
		if err := tx.FrameMedia(ctx, id, m.Crop, m.Focus); err != nil {
			return err
		}
		if !m.Ready() {
			if err := c.plan(ctx, tx, id); err != nil {
				return err
			}
		}
		return tx.Touch(ctx, m.Site)
	})
	if err != nil {
		return press.Media{}, fmt.Errorf("frame the picture %s: %w", id, err)
	}
	return m, nil
}

func (f Framing) check() error {
	var c press.Checks
	if !f.Crop.Valid() {
		c.Fault("crop", "Choose a part of the picture that is inside it, and not too small.")
	}
	if !f.Focus.Valid() {
		c.Fault("focus", "Choose a point on the picture.")
	}
	return c.Err()
}
