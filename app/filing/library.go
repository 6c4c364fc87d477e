package filing

import (
	"context"
	"fmt"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// Bin takes a file that nothing shows out of the library; it can be taken back
// at any time, since nothing is deleted. It is for the site's animators.
func (c *Cabinet) Bin(ctx context.Context, v press.Viewer, site press.SiteID, id press.MediaID) error {
	return c.change(ctx, "bin the file", v, site, id, func(tx *store.Tx, m *press.Media) error {
		used, err := tx.MediaInUse(ctx, id)
		if err != nil {
			return err
		}
		if used {
			return press.Problem(press.Conflict, "A text, somebody’s draft or the look of the site shows this file: it stays in the library.")
		}
		m.BinnedAt, m.BinnedBy = c.Now(), v.Person
		return nil
	})
}

// Recover takes a file back from the bin.
func (c *Cabinet) Recover(ctx context.Context, v press.Viewer, site press.SiteID, id press.MediaID) error {
	return c.change(ctx, "recover the file", v, site, id, func(_ *store.Tx, m *press.Media) error {
		m.BinnedAt, m.BinnedBy = time.Time{}, ""
		return nil
	})
}

// change does something to a file of a site's library, for its animators.
func (c *Cabinet) change(ctx context.Context, what string, v press.Viewer, site press.SiteID, id press.MediaID, do func(*store.Tx, *press.Media) error) error {
	err := c.Store.Write(ctx, func(tx *store.Tx) error {
		m, err := tx.OnShelf(ctx, v, site, id)
		if err != nil {
			return err
		}
		if !v.MaySomewhere(press.Animator, site) {
			return press.Problem(press.Forbidden, "Only the site's animators may do this.")
		}
		if err := do(tx, &m); err != nil {
			return err
		}
		return tx.SaveMedia(ctx, m)
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", what, id, err)
	}
	return nil
}
