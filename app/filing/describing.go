package filing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/store"
)

// Description is what people say of a file.
type Description struct {
	Title      string // of an attachment
	Alt        string // for those who can't see it
	Caption    string
	Maker      press.Maker
	Credit     string // the name of who made it
	Origin     string // the address where it was found
	Licence    press.LicenceID
	Transcript string // of what is heard
}

// DescriptionOf is what is said of a file now, to begin from.
func DescriptionOf(m press.Media) Description {
	return Description{m.Title, m.Alt, m.Caption, m.Maker, m.Credit, m.Origin, m.Licence, m.Transcript}
}

// tidy cleans each answer, and makes who made the file and their name agree.
// The name of a writer who says "me" follows from how they sign: what was
// found of it before stays.
func (d Description) tidy(m press.Media) Description {
	d.Title, d.Alt, d.Caption = press.CleanLine(d.Title), press.CleanLine(d.Alt), press.CleanLine(d.Caption)
	d.Credit, d.Origin, d.Transcript = press.CleanLine(d.Credit), press.CleanLine(d.Origin), press.Clean(d.Transcript)
	switch d.Maker {
	case press.MakerSelf:
		d.Credit, d.Origin = "", ""
		if m.Maker == press.MakerSelf {
			d.Credit = m.Credit
		}
	case press.MakerOther:
		d.Origin = ""
	case press.MakerElsewhere:
	case press.MakerUnnamed:
		d.Credit, d.Origin = "", ""
	default:
		d.Maker, d.Origin = press.MakerUnsaid, ""
		if d.Credit != "" {
			d.Maker = press.MakerOther
		}
	}
	if d.Licence == "" {
		d.Licence = m.Licence
	}
	return d
}

// Describe writes what a file shows or says, who made it and under which
// licence. It is for whoever brought it, whoever holds the draft for which it
// came, and the site's animators. draft is as for Keep, or "". Pages that show
// the file say the new words at once.
func (c *Cabinet) Describe(ctx context.Context, v press.Viewer, draft string, id press.MediaID, d Description) (press.Media, error) {
	var m press.Media
	err := c.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if m, err = tx.Media(ctx, v, id); err != nil {
			return err
		}
		if err := mayDescribe(ctx, tx.Reader, v, draft, m); err != nil {
			return err
		}
		d := d.tidy(m)
		if err := d.check(); err != nil {
			return err
		}
		if d == DescriptionOf(m) {
			return nil
		}
		m.Title, m.Alt, m.Caption, m.Transcript = d.Title, d.Alt, d.Caption, d.Transcript
		m.Maker, m.Credit, m.Origin, m.Licence = d.Maker, d.Credit, d.Origin, d.Licence
		if err := tx.SaveMedia(ctx, m); err != nil {
			return err
		}
		if err := c.reshow(ctx, tx, m.ID); err != nil {
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
	for field, text := range map[string]string{"title": d.Title, "alt": d.Alt, "caption": d.Caption, "credit": d.Credit, "origin": d.Origin} {
		press.CheckLength(&c, field, text, maxAlt)
	}
	press.CheckLength(&c, "transcript", d.Transcript, maxWords)
	if d.Origin != "" && !strings.HasPrefix(d.Origin, "https://") && !strings.HasPrefix(d.Origin, "http://") {
		c.Fault("origin", "An address begins with https://.")
	}
	if _, ok := press.LicenceByID(d.Licence); !ok {
		c.Fault("licence", "Choose a licence.")
	}
	return c.Err()
}

func (c *Cabinet) reshow(ctx context.Context, tx *store.Tx, id press.MediaID) error {
	if c.Reshow == nil {
		return nil
	}
	return c.Reshow(ctx, tx, id)
}

// MayDescribe tells whether a viewer may say something of a file; draft is as
// for Describe.
func (c *Cabinet) MayDescribe(ctx context.Context, v press.Viewer, draft string, m press.Media) (bool, error) {
	err := mayDescribe(ctx, c.Store.Reader, v, draft, m)
	if press.KindOf(err) == press.Forbidden {
		return false, nil
	}
	return err == nil, err
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
	return slices.ContainsFunc(slices.Concat(e.Pictures, e.Attachments), func(p press.Media) bool { return p.ID == m.ID })
}
