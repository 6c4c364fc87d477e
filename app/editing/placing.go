package editing

import (
	"context"
	"time"

	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// Filing is where an entry stands in its site.
type Filing struct {
	Section press.SectionID
	Tags    []string
	Slug    string // "" keeps it
}

// File sets an entry's section, tags and address. An address that was public
// leads to the new one for ever.
func (ed *Editor) File(ctx context.Context, v press.Viewer, id press.EntryID, filing Filing) error {
	var c press.Checks
	if press.CheckTags(&c, filing.Tags); c.Err() != nil {
		return c.Err()
	}
	return ed.decide(ctx, v, "file", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if filing.Section != e.Section {
			if err := checkSection(ctx, tx.Reader, e.Site, filing.Section); err != nil {
				return err
			}
		}
		e.Section, e.Tags = filing.Section, filing.Tags
		if err := ed.move(ctx, tx, &e, filing.Slug); err != nil {
			return err
		}
		if err := ed.keep(ctx, tx, form, &e); err != nil {
			return err
		}
		if err := tx.Touch(ctx, e.Site); err != nil {
			return err
		}
		return tx.Emit(ctx, newEvent(press.EntryFiled, e, v.Person, "", ed.Now()))
	})
}

// move gives an entry another address.
func (ed *Editor) move(ctx context.Context, tx *store.Tx, e *press.Entry, wanted string) error {
	wanted = slug.Make(wanted, slugLength)
	if wanted == "" || wanted == e.Slug {
		return nil
	}
	free, err := tx.FreeSlug(ctx, e.Site, e.Form, e.ID, wanted)
	if err != nil {
		return err
	}
	if free != wanted {
		return fault("slug", "Another contribution has this address: choose another one.")
	}
	old := e.Path()
	e.Slug = wanted
	if e.PublishedAt.IsZero() {
		return nil
	}
	if err := tx.DropRedirect(ctx, string(e.Site), e.Path()); err != nil {
		return err
	}
	return tx.KeepRedirect(ctx, string(e.Site), old, "entry", string(e.ID), ed.Now().UnixMicro())
}

// Feature puts a published entry on the front page, or takes it off.
func (ed *Editor) Feature(ctx context.Context, v press.Viewer, id press.EntryID, on bool) error {
	return ed.decide(ctx, v, "feature", id, func(tx *store.Tx, form press.Form, e press.Entry) error {
		if e.Status != press.Published {
			return press.Problem(press.Conflict, "Only what is published can stand on the front page.")
		}
		if on == !e.FeaturedAt.IsZero() {
			return nil
		}
		kind := press.EntryUnfeatured
		e.FeaturedAt = time.Time{}
		if on {
			kind, e.FeaturedAt = press.EntryFeatured, ed.Now()
		}
		if err := ed.keep(ctx, tx, form, &e); err != nil {
			return err
		}
		if err := tx.Touch(ctx, e.Site); err != nil {
			return err
		}
		return tx.Emit(ctx, newEvent(kind, e, v.Person, "", ed.Now()))
	})
}
