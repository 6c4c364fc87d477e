// Package filing takes in pictures and describes them: each is made upright,
// light and free of hidden data before anybody sees it, and kept under the
// digest of its content.
//
// A picture belongs to the draft for which it came; whoever holds the draft's
// secret may describe it. Files are never deleted: a revision may show them
// again. Start with Cabinet.Keep.
package filing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"bourgeon/kit/blob"
	"bourgeon/kit/ids"
	"bourgeon/kit/picture"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Cabinet does the verbs. Limits has a useful zero value; the rest is needed.
type Cabinet struct {
	Store *store.Store
	Now   func() time.Time
	Files blob.Store
	// Limits bounds what is taken in: 25 MB and 50 million pixels unless set.
	Limits picture.Limits
}

const (
	defaultBytes = 25_000_000
	maxName      = 200  // characters of a file's name
	maxAlt       = 1000 // characters of each description
)

// Keep takes in the picture that r holds. draft is the secret of the draft for
// which it comes, or the identifier of one of the viewer's own; without a
// draft, only the site's people bring pictures. name is the file's, as sent.
//
// The press.Media comes back with something to show and its colour, and a job
// makes its other variants; its description is still to be written: see
// Describe. The same bytes sent twice are two pictures, each with its own
// description, that share their files.
func (c *Cabinet) Keep(ctx context.Context, v press.Viewer, site press.SiteID, draft, name string, r io.Reader) (press.Media, error) {
	m, err := c.keep(ctx, v, site, draft, name, r)
	if err != nil {
		return press.Media{}, fmt.Errorf("keep the picture: %w", err)
	}
	return m, nil
}

func (c *Cabinet) keep(ctx context.Context, v press.Viewer, id press.SiteID, draft, name string, r io.Reader) (press.Media, error) {
	site, err := c.Store.Site(ctx, v, id)
	if err != nil {
		return press.Media{}, err
	}
	m := press.Media{
		ID: press.MediaID(ids.New()), Site: id, Name: fileName(name), Licence: site.Licence, UploadedBy: v.Person, CreatedAt: c.Now(),
	}
	d, err := open(ctx, c.Store.Reader, v, draft)
	switch {
	case err == nil && d.Site != id:
		return m, missing()
	case err == nil:
		m.Draft = d.ID
	case press.KindOf(err) != press.NotFound:
		return m, err
	case draft != "":
		return m, press.Problem(press.NotFound, "This draft is not there any more: reload the page, then send the picture again.")
	case !v.MaySomewhere(press.Contributor, id):
		return m, press.Problem(press.Forbidden, "Begin a contribution first, then add pictures to it.")
	}

	// The files come first: what the database mentions is always there, and a
	// file that nothing mentions harms nobody.
	if err := c.prepare(ctx, r, &m); err != nil {
		return m, err
	}
	return m, c.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveMedia(ctx, m); err != nil {
			return err
		}
		return c.plan(ctx, tx, m.ID)
	})
}

// open finds the draft that a viewer may write in.
func open(ctx context.Context, r store.Reader, v press.Viewer, key string) (press.Draft, error) {
	if key == "" {
		return press.Draft{}, missing()
	}
	d, err := r.DraftByToken(ctx, token.Hash(key))
	if press.KindOf(err) == press.NotFound {
		return r.Draft(ctx, v, press.DraftID(key))
	}
	return d, err
}

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

func fileName(name string) string {
	name = press.CleanLine(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if name == "." || name == "/" {
		return ""
	}
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName])
	}
	return name
}

func (c *Cabinet) limits() picture.Limits {
	limits := c.Limits
	if limits.Bytes <= 0 {
		limits.Bytes = defaultBytes
	}
	return limits
}

// prepare reads the picture, and keeps its source and a first variant.
func (c *Cabinet) prepare(ctx context.Context, r io.Reader, m *press.Media) error {
	limits := c.limits()
	data, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return fmt.Errorf("read the picture: %w", err)
	}
	prepared, err := picture.Prepare(ctx, data, limits, picture.Plan{Source: sourceSide, Widths: []int{firstWidth}})
	if err != nil {
		return c.explain(err)
	}
	if err := c.fill(ctx, m, prepared); err != nil {
		return c.explain(err)
	}
	return nil
}

// explain says in plain words what to do about a picture that can't be kept.
func (c *Cabinet) explain(err error) error {
	var p *press.Error
	switch {
	case errors.Is(err, picture.ErrTooLarge):
		p = press.Problem(press.TooLarge, "This picture is heavier than %d MB: send it in a smaller size.", c.limits().Bytes/1_000_000)
	case errors.Is(err, picture.ErrTooManyPixels):
		p = press.Problem(press.TooLarge, "This picture has too many pixels: send it in a smaller size.")
	case errors.Is(err, picture.ErrTruncated):
		p = press.Problem(press.Invalid, "This picture did not arrive whole: send it again.")
	case errors.Is(err, picture.ErrUnsupported):
		p = press.Problem(press.Invalid, "This kind of picture can't be shown everywhere: save it as a JPEG, then send that.")
	case errors.Is(err, picture.ErrNotPicture):
		p = press.Problem(press.Invalid, "This is not a picture we know: send a JPEG, PNG, GIF or WebP.")
	case errors.Is(err, blob.ErrNoSpace):
		p = press.Problem(press.Unavailable, "The server's disk is full: the picture was not kept. Your text is safe; try again later.")
	default:
		return err
	}
	return fmt.Errorf("%w: %w", err, p)
}

// Description is what people say of a picture.
type Description struct {
	Alt     string // for those who can't see it
	Caption string
	Credit  string // who made it
	Licence press.LicenceID
}

// Describe writes what a picture shows, who made it and under which licence.
// It is for whoever brought it, whoever holds the draft for which it came, and
// the site's animators. draft is as for Keep, or "".
func (c *Cabinet) Describe(ctx context.Context, v press.Viewer, draft string, id press.MediaID, d Description) (press.Media, error) {
	d = Description{press.CleanLine(d.Alt), press.CleanLine(d.Caption), press.CleanLine(d.Credit), d.Licence}
	var m press.Media
	err := c.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if m, err = tx.Media(ctx, v, id); err != nil {
			return err
		}
		if err := mayDescribe(ctx, tx.Reader, v, draft, m); err != nil {
			return err
		}
		if d.Licence == "" {
			d.Licence = m.Licence
		}
		if err := d.check(); err != nil {
			return err
		}
		if d == (Description{m.Alt, m.Caption, m.Credit, m.Licence}) {
			return nil
		}
		m.Alt, m.Caption, m.Credit, m.Licence = d.Alt, d.Caption, d.Credit, d.Licence
		if err := tx.SaveMedia(ctx, m); err != nil {
			return err
		}
		return tx.Touch(ctx, m.Site) // a public page may show it
	})
	if err != nil {
		return press.Media{}, fmt.Errorf("describe the picture %s: %w", id, err)
	}
	return m, nil
}

func (d Description) check() error {
	var c press.Checks
	for field, text := range map[string]string{"alt": d.Alt, "caption": d.Caption, "credit": d.Credit} {
		press.CheckLength(&c, field, text, maxAlt)
	}
	if _, ok := press.LicenceByID(d.Licence); !ok {
		c.Fault("licence", "Choose a licence.")
	}
	return c.Err()
}

func mayDescribe(ctx context.Context, r store.Reader, v press.Viewer, key string, m press.Media) error {
	if v.Known() && v.Person == m.UploadedBy || v.MaySomewhere(press.Animator, m.Site) {
		return nil
	}
	d, err := open(ctx, r, v, key)
	if err != nil && press.KindOf(err) != press.NotFound {
		return err
	}
	if err == nil && d.Site == m.Site && (d.ID == m.Draft || adopted(ctx, r, v, d, m)) {
		return nil
	}
	return press.Problem(press.Forbidden, "Only whoever sent this picture, and the site's animators, may describe it.")
}

// adopted tells whether a picture that nobody known brought stands in the
// viewer's own entry, of which d is a working copy: it came with the draft
// from which the entry was made, and that draft is no more.
func adopted(ctx context.Context, r store.Reader, v press.Viewer, d press.Draft, m press.Media) bool {
	if d.Entry == "" || m.UploadedBy != "" {
		return false
	}
	e, err := r.Entry(ctx, v, d.Entry)
	if err != nil || !v.Owns(e) {
		return false
	}
	for _, p := range e.Pictures {
		if p.ID == m.ID {
			return true
		}
	}
	return false
}
