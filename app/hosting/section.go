package hosting

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// SectionDraft is a section to open, or to describe anew.
type SectionDraft struct {
	ID          press.SectionID // "" for a new one
	Slug        string          // "" is made from the name, or stays as it is
	Name        string
	Description string
	Words       map[string]press.SectionWords // in the site's further languages
}

const maxSlug = 60

// SaveSection opens a section, or describes it anew. The address that a
// section leaves leads to it for ever. The steward of a section may describe
// it; opening one is for the site's.
func (h *Host) SaveSection(ctx context.Context, v press.Viewer, site press.SiteID, d SectionDraft) (press.Section, error) {
	var c press.Section
	err := h.Store.Write(ctx, func(tx *store.Tx) error {
		v, err := held(ctx, tx, v, site)
		if err != nil {
			return err
		}
		if d.ID == "" {
			c, err = h.newSection(ctx, tx, v, site)
		} else {
			c, err = h.section(ctx, tx, v, site, d.ID, v.May(press.Steward, site, d.ID))
		}
		if err != nil {
			return err
		}
		was := c
		c.Name, c.Description, c.Words = press.CleanLine(d.Name), press.Clean(d.Description), tidyWords(d.Words)
		if err := h.addressSection(ctx, tx, &c, press.CleanLine(d.Slug)); err != nil {
			return err
		}
		if reflect.DeepEqual(c, was) {
			return nil
		}
		if was.Slug != "" && was.Slug != c.Slug {
			err := tx.KeepRedirect(ctx, string(site), sectionPath(was.Slug), "section", string(c.ID), h.Now().UnixMicro())
			if err != nil {
				return err
			}
		}
		return h.keepSection(ctx, tx, v, c, "described")
	})
	if err != nil {
		return press.Section{}, fmt.Errorf("save the section %s: %w", d.ID, err)
	}
	return c, nil
}

func tidyWords(words map[string]press.SectionWords) map[string]press.SectionWords {
	tidy := map[string]press.SectionWords{}
	for lang, w := range words {
		if w = (press.SectionWords{Name: press.CleanLine(w.Name), Description: press.Clean(w.Description)}); w != (press.SectionWords{}) {
			tidy[lang] = w
		}
	}
	if len(tidy) == 0 {
		return nil
	}
	return tidy
}

func sectionPath(slug string) string { return "section/" + slug }

// newSection is a section without name yet, after the others.
func (h *Host) newSection(ctx context.Context, tx *store.Tx, v press.Viewer, site press.SiteID) (press.Section, error) {
	c := press.Section{ID: newID[press.SectionID](), Site: site, Position: 1}
	if _, err := tx.Site(ctx, v, site); err != nil {
		return c, err
	}
	if !v.May(press.Steward, site, "") {
		return c, forbidden()
	}
	open, err := tx.Sections(ctx, press.Itself, site)
	if n := len(open); n > 0 {
		c.Position = open[n-1].Position + 1
	}
	return c, err
}

// section finds a section of a site that the viewer may change.
func (h *Host) section(ctx context.Context, tx *store.Tx, v press.Viewer, site press.SiteID, id press.SectionID, may bool) (press.Section, error) {
	c, err := tx.Section(ctx, v, id)
	switch {
	case err != nil:
		return c, err
	case c.Site != site:
		return c, missing()
	case !may:
		return c, forbidden()
	}
	return c, nil
}

// addressSection checks a section and gives it the address wanted, or one made
// from its name when none is.
func (h *Host) addressSection(ctx context.Context, tx *store.Tx, c *press.Section, wanted string) error {
	var checks press.Checks
	checkName(&checks, c.Name, "Give the section a name.")
	press.CheckLength(&checks, "description", c.Description, 1000)
	for lang, words := range c.Words {
		checkLength(&checks, "name-"+lang, words.Name)
		press.CheckLength(&checks, "description-"+lang, words.Description, 1000)
	}
	if wanted == "" && c.Slug == "" {
		return h.chooseAddress(ctx, tx, c, &checks)
	}
	if wanted == "" {
		wanted = c.Slug
	}
	press.CheckSlug(&checks, "slug", wanted, nil)
	if wanted != c.Slug {
		free, err := freeSection(ctx, tx, *c, wanted)
		if err != nil {
			return err
		}
		if !free {
			checks.Fault("slug", "Another section has this address: choose another one.")
		}
	}
	if err := checks.Err(); err != nil {
		return err
	}
	c.Slug = wanted
	return tx.DropRedirect(ctx, string(c.Site), sectionPath(wanted))
}

func (h *Host) chooseAddress(ctx context.Context, tx *store.Tx, c *press.Section, checks *press.Checks) error {
	if err := checks.Err(); err != nil {
		return err
	}
	want := slug.Make(c.Name, maxSlug-4)
	if want == "" {
		want = "rubrique"
	}
	c.Slug = want
	for n := 2; ; n++ {
		free, err := freeSection(ctx, tx, *c, c.Slug)
		if err != nil || free {
			return err
		}
		c.Slug = fmt.Sprintf("%s-%d", want, n)
	}
}

// freeSection tells whether no other section answers, or ever answered, at an
// address.
func freeSection(ctx context.Context, tx *store.Tx, c press.Section, slug string) (bool, error) {
	other, err := tx.SectionBySlug(ctx, press.Itself, c.Site, slug)
	if err == nil {
		return other.ID == c.ID, nil
	}
	if press.KindOf(err) != press.NotFound {
		return false, err
	}
	_, target, err := tx.Redirect(ctx, press.Itself, string(c.Site), sectionPath(slug))
	if press.KindOf(err) == press.NotFound {
		return true, nil
	}
	return target == string(c.ID), err
}

func (h *Host) keepSection(ctx context.Context, tx *store.Tx, v press.Viewer, c press.Section, act string) error {
	if err := tx.SaveSection(ctx, c); err != nil {
		return err
	}
	if err := tx.Touch(ctx, c.Site); err != nil {
		return err
	}
	return tx.Emit(ctx, press.Event{
		Kind: press.SectionChanged, Site: c.Site, Actor: v.Person, At: h.Now(),
		Data: map[string]string{"section": string(c.ID), "changed": act},
	})
}

// CloseSection takes a section off the choice of writers and the menus; its
// entries and its page stay.
func (h *Host) CloseSection(ctx context.Context, v press.Viewer, site press.SiteID, id press.SectionID) error {
	return h.endSection(ctx, v, site, id, h.Now(), "closed")
}

// ReopenSection undoes CloseSection.
func (h *Host) ReopenSection(ctx context.Context, v press.Viewer, site press.SiteID, id press.SectionID) error {
	return h.endSection(ctx, v, site, id, time.Time{}, "reopened")
}

// endSection sets when a section closed; zero when it is open.
func (h *Host) endSection(ctx context.Context, v press.Viewer, site press.SiteID, id press.SectionID, at time.Time, act string) error {
	err := h.Store.Write(ctx, func(tx *store.Tx) error {
		v, err := held(ctx, tx, v, site)
		if err != nil {
			return err
		}
		c, err := h.section(ctx, tx, v, site, id, v.May(press.Steward, site, ""))
		if err != nil || c.ClosedAt.IsZero() == at.IsZero() {
			return err
		}
		c.ClosedAt = at
		return h.keepSection(ctx, tx, v, c, act)
	})
	if err != nil {
		return fmt.Errorf("have the section %s %s: %w", id, act, err)
	}
	return nil
}

// OrderSections puts the open sections of a site in an order. Those that are
// not named, opened meanwhile for instance, follow as they were; those that
// are gone are left out.
func (h *Host) OrderSections(ctx context.Context, v press.Viewer, site press.SiteID, order []press.SectionID) error {
	return h.steward(ctx, v, "order the sections of", site, func(tx *store.Tx, s press.Site) error {
		sections, err := tx.Sections(ctx, press.Itself, site)
		if err != nil {
			return err
		}
		place := func(c press.Section) int {
			if i := slices.Index(order, c.ID); i >= 0 {
				return i
			}
			return len(order)
		}
		slices.SortStableFunc(sections, func(a, b press.Section) int { return place(a) - place(b) })
		moved := false
		for i, c := range sections {
			if c.Position == i+1 {
				continue
			}
			moved = true
			c.Position = i + 1
			if err := tx.SaveSection(ctx, c); err != nil {
				return err
			}
		}
		if !moved {
			return nil
		}
		if err := tx.Touch(ctx, site); err != nil {
			return err
		}
		return tx.Emit(ctx, press.Event{
			Kind: press.SectionChanged, Site: site, Actor: v.Person, At: h.Now(), Data: map[string]string{"changed": "order"},
		})
	})
}
