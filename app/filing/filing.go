// Package filing takes in files and describes them. A picture is made upright,
// light and free of hidden data before anybody sees it; documents, recordings
// and videos stay as they are. All are kept under the digest of their content.
//
// A file belongs to the draft for which it came; whoever holds the draft's
// secret may describe it. Files are never deleted: a revision may show them
// again; those that nothing shows may go to the library's bin.
// Start with Cabinet.Keep and Cabinet.Attach.
package filing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
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

// Cabinet does the verbs. Limits and Sizes have useful zero values, Reshow may
// be nil; the rest is needed.
type Cabinet struct {
	Store *store.Store
	Now   func() time.Time
	Files blob.Store
	// Limits bounds what is taken in: 25 MB and 50 million pixels unless set.
	Limits picture.Limits
	// Sizes bounds attachments.
	Sizes Sizes
	// Reshow renders the entries that show a file again, once something else is
	// said of it.
	Reshow func(ctx context.Context, tx *store.Tx, id press.MediaID) error
	Log    *slog.Logger // slog.Default() unless set
}

const (
	defaultBytes = 25_000_000
	maxName      = 200     // characters of a file's name
	maxAlt       = 1000    // characters of each description
	maxOfDraft   = 60      // files that may come with one draft
	maxWords     = 200_000 // characters of a transcript
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
	m, err := c.begin(ctx, v, id, draft, name)
	if err != nil {
		return m, err
	}
	// The files come first: what the database mentions is always there, and a
	// file that nothing mentions harms nobody.
	if err := c.prepare(ctx, r, &m); err != nil {
		return m, err
	}
	return m, c.file(ctx, v, &m)
}

// begin checks where a file comes from, and who may bring it.
func (c *Cabinet) begin(ctx context.Context, v press.Viewer, id press.SiteID, draft, name string) (press.Media, error) {
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
		came, err := c.Store.CountMediaOf(ctx, v, d.ID)
		if err == nil && came >= maxOfDraft {
			err = press.Problem(press.TooMany, "This draft was sent %d files already. Sign it, then add more with a change.", came)
		}
		return m, err
	case press.KindOf(err) != press.NotFound:
		return m, err
	case draft != "":
		return m, press.Problem(press.NotFound, "This draft is not there any more: reload the page, then send the picture again.")
	case !v.MaySomewhere(press.Contributor, id):
		return m, press.Problem(press.Forbidden, "Begin a contribution first, then add pictures to it.")
	}
	return m, nil
}

// file keeps what is known of a file, and proposes what was said of the same
// content before.
func (c *Cabinet) file(ctx context.Context, v press.Viewer, m *press.Media) error {
	switch twin, err := c.Store.DescribedTwin(ctx, v, *m); {
	case err == nil:
		remember(m, twin, v)
	case press.KindOf(err) != press.NotFound:
		return err
	}
	return c.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveMedia(ctx, *m); err != nil || m.Kind() != press.PictureFile {
			return err
		}
		return c.plan(ctx, tx, m.ID)
	})
}

// remember says of a file what was said of it when it came before. Who made it
// is another now, unless the same person sends it again.
func remember(m *press.Media, twin press.Media, v press.Viewer) {
	m.Title, m.Alt, m.Caption, m.Transcript = twin.Title, twin.Alt, twin.Caption, twin.Transcript
	m.Maker, m.Credit, m.Origin, m.Licence = twin.Maker, twin.Credit, twin.Origin, twin.Licence
	switch {
	case v.Known() && v.Person == twin.UploadedBy:
	case twin.Unsigned():
		m.Maker = press.MakerUnnamed
	case twin.Maker == press.MakerSelf:
		m.Maker = press.MakerOther
	}
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
