package filing

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/store"
)

// See finds a picture or an attachment that an entry shows, for app/reporting.
func (c *Cabinet) See(ctx context.Context, r store.Reader, v press.Viewer, t press.Thing) (string, press.PersonID, error) {
	e, err := r.Entry(ctx, v, t.Entry)
	if err != nil {
		return "", "", err
	}
	m, err := r.Media(ctx, v, press.MediaID(t.ID))
	if err != nil {
		return "", "", err
	}
	if !shows(e, m.ID) {
		return "", "", missing()
	}
	return cmp.Or(m.Title, m.Caption, m.Alt), "", nil
}

// shows tells whether a file stands beside or in the texts of an entry.
func shows(e press.Entry, id press.MediaID) bool {
	if slices.ContainsFunc(slices.Concat(e.Pictures, e.Attachments), func(m press.Media) bool { return m.ID == id }) {
		return true
	}
	for _, answer := range e.Answers {
		for _, text := range answer {
			if strings.Contains(text, "(media:"+string(id)) {
				return true
			}
		}
	}
	return false
}

// TakeOff hides a picture wherever it is shown, its files too, in the
// transaction of a ruling on a report. What browsers kept of it, they keep. It
// is false when it was hidden already.
func (c *Cabinet) TakeOff(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, _ press.Ruling) (bool, error) {
	m, err := c.reported(ctx, tx, v, t)
	if err != nil {
		return false, err
	}
	switch _, err := tx.Media(ctx, press.Viewer{}, m.ID); {
	case press.KindOf(err) == press.NotFound:
		return false, nil
	case err != nil:
		return false, err
	}
	if err := tx.HideMedia(ctx, m); err != nil {
		return false, err
	}
	return true, c.redraw(ctx, tx, m)
}

// PutBack undoes TakeOff.
func (c *Cabinet) PutBack(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing, _ string) error {
	m, err := c.reported(ctx, tx, v, t)
	if err != nil {
		return err
	}
	if err := tx.ShowMedia(ctx, m.ID); err != nil {
		return err
	}
	return c.redraw(ctx, tx, m)
}

func (c *Cabinet) reported(ctx context.Context, tx *store.Tx, v press.Viewer, t press.Thing) (press.Media, error) {
	e, err := tx.Entry(ctx, press.Itself, t.Entry)
	if err != nil {
		return press.Media{}, err
	}
	if !v.May(press.Animator, e.Site, e.Section) {
		return press.Media{}, press.Problem(press.Forbidden, "Only the site's animators may do this.")
	}
	return tx.Media(ctx, press.Itself, press.MediaID(t.ID))
}

func (c *Cabinet) redraw(ctx context.Context, tx *store.Tx, m press.Media) error {
	if err := c.Reshow(ctx, tx, m.ID); err != nil {
		return err
	}
	return tx.Touch(ctx, m.Site)
}
