package hosting

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// Description is what a steward says of a site, whole: begin from
// DescriptionOf to change a part of it.
type Description struct {
	Name      string
	Tagline   string
	Languages []string // the first is the default
	Timezone  string   // IANA name
	Charter   string   // Markdown
	Openness  press.Openness
	Revising  press.Revising
	Licence   press.LicenceID
	// Words are the same in further languages; their CharterHTML is not looked at. Those of a language that is taken off
	// the list wait for it to come back.
	Words map[string]press.SiteWords
}

// DescriptionOf is a site's present description.
func DescriptionOf(s press.Site) Description {
	return Description{
		Name: s.Name, Tagline: s.Tagline, Languages: slices.Clone(s.Languages), Timezone: s.Timezone, Charter: s.Charter,
		Openness: s.Openness, Revising: s.Revising, Licence: s.Licence,
		Words: maps.Clone(s.Words),
	}
}

// apply gives the site its description, tidied.
func (h *Host) apply(s *press.Site, d Description) {
	s.Name, s.Tagline, s.Languages, s.Timezone = press.CleanLine(d.Name), press.CleanLine(d.Tagline), d.Languages, strings.TrimSpace(d.Timezone)
	s.Openness, s.Revising, s.Licence = d.Openness, d.Revising, d.Licence
	s.Charter = press.Clean(d.Charter)
	s.CharterHTML = h.rendered(s.Charter, s.Language())
	s.Words = nil
	for lang, words := range d.Words {
		words = press.SiteWords{Name: press.CleanLine(words.Name), Tagline: press.CleanLine(words.Tagline), Charter: press.Clean(words.Charter)}
		if words == (press.SiteWords{}) {
			continue
		}
		if words.Charter != "" {
			words.CharterHTML = h.rendered(words.Charter, lang)
		}
		if s.Words == nil {
			s.Words = map[string]press.SiteWords{}
		}
		s.Words[lang] = words
	}
}

// steward runs one act of a steward on a site, open or closed.
func (h *Host) steward(ctx context.Context, v press.Viewer, act string, id press.SiteID, f func(*store.Tx, press.Site) error) error {
	err := h.Store.Write(ctx, func(tx *store.Tx) error {
		v, err := held(ctx, tx, v, id)
		if err != nil {
			return err
		}
		site, err := tx.Site(ctx, press.Itself, id)
		if err != nil {
			return err
		}
		if !v.May(press.Steward, id, "") {
			return forbidden()
		}
		return f(tx, site)
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", act, id, err)
	}
	return nil
}

// held lets the acts on a site take turns, and gives the viewer the roles that
// they hold now.
func held(ctx context.Context, tx *store.Tx, v press.Viewer, site press.SiteID) (press.Viewer, error) {
	if err := tx.Hold(ctx, site); err != nil {
		return v, err
	}
	return tx.Anew(ctx, v)
}

// keep writes a site, makes its public pages anew and records what changed.
func (h *Host) keep(ctx context.Context, tx *store.Tx, v press.Viewer, s press.Site, reason string, data map[string]string) error {
	if err := tx.UpdateSite(ctx, s); err != nil {
		return err
	}
	if err := tx.Touch(ctx, s.ID); err != nil {
		return err
	}
	return tx.Emit(ctx, press.Event{
		Kind: press.SiteChanged, Site: s.ID, Actor: v.Person, Reason: reason, Data: data, At: h.Now(),
	})
}

// check finds the faults of a site, those of its address among others included.
func (h *Host) check(ctx context.Context, r store.Reader, s press.Site) error {
	var c press.Checks
	if err := faults(&c, s.Check()); err != nil {
		return err
	}
	if err := faults(&c, s.Look.Check()); err != nil {
		return err
	}
	checkTexts(&c, "tagline", s.Tagline, "charter", s.Charter)
	for _, lang := range s.Languages {
		words := s.Words[lang]
		checkLength(&c, "name-"+lang, words.Name)
		checkTexts(&c, "tagline-"+lang, words.Tagline, "charter-"+lang, words.Charter)
	}
	if err := h.checkAddress(ctx, r, &c, s); err != nil {
		return err
	}
	return c.Err()
}

// checkAddress finds out whether a site's slug and domain are free, also of
// old addresses that lead to another site.
func (h *Host) checkAddress(ctx context.Context, r store.Reader, c *press.Checks, s press.Site) error {
	other, err := r.SiteBySlug(ctx, press.Itself, s.Slug)
	if err := fault(c, "slug", "Another site has this address: choose another one.", err, other.ID != s.ID); err != nil {
		return err
	}
	_, target, err := r.Redirect(ctx, press.Itself, network, s.Slug)
	err = fault(c, "slug", "This address still leads to a site that has moved: choose another one.", err, target != string(s.ID))
	if err != nil || s.Host == "" {
		return err
	}
	if s.Host == h.Addresses.Host() {
		c.Fault("host", "This domain is the network's own: choose another one.")
	}
	other, err = r.SiteByHost(ctx, press.Itself, s.Host)
	if err := fault(c, "host", "Another site has this domain.", err, other.ID != s.ID); err != nil {
		return err
	}
	_, target, err = r.Redirect(ctx, press.Itself, network, s.Host)
	return fault(c, "host", "This domain still leads to a site that has moved.", err, target != string(s.ID))
}

// fault records that what was looked for is there, and is another's.
func fault(c *press.Checks, field, message string, err error, other bool) error {
	switch {
	case press.KindOf(err) == press.NotFound:
		return nil
	case err != nil:
		return err
	case other:
		c.Fault(field, message)
	}
	return nil
}

// network is the scope of old addresses of sites: slugs and domains.
const network = "network"

// DescribeSite describes a site anew.
func (h *Host) DescribeSite(ctx context.Context, v press.Viewer, id press.SiteID, d Description) error {
	return h.steward(ctx, v, "describe the site", id, func(tx *store.Tx, s press.Site) error {
		was := s
		h.apply(&s, d)
		if err := h.check(ctx, tx.Reader, s); err != nil {
			return err
		}
		what := changed(
			[3]string{"name", was.Name, s.Name}, [3]string{"tagline", was.Tagline, s.Tagline},
			[3]string{"languages", strings.Join(was.Languages, ","), strings.Join(s.Languages, ",")},
			[3]string{"timezone", was.Timezone, s.Timezone}, [3]string{"charter", was.Charter, s.Charter},
			[3]string{"openness", string(was.Openness), string(s.Openness)},
			[3]string{"revising", string(was.Revising), string(s.Revising)},
			[3]string{"licence", string(was.Licence), string(s.Licence)},
			[3]string{"words", fmt.Sprint(was.Words), fmt.Sprint(s.Words)},
		)
		if what == "" {
			return nil
		}
		return h.keep(ctx, tx, v, s, "", map[string]string{"changed": what})
	})
}

// SetAddress moves a site to another slug, and to a domain of its own or back
// ("" for host). The addresses that it leaves lead to it for ever.
func (h *Host) SetAddress(ctx context.Context, v press.Viewer, id press.SiteID, slug, host string) error {
	slug, host = tidyAddress(slug, host)
	return h.steward(ctx, v, "move the site", id, func(tx *store.Tx, s press.Site) error {
		was := s
		s.Slug, s.Host = slug, host
		if s.Slug == was.Slug && s.Host == was.Host {
			return nil
		}
		if err := h.check(ctx, tx.Reader, s); err != nil {
			return err
		}
		for _, move := range [][2]string{{was.Slug, s.Slug}, {was.Host, s.Host}} {
			if err := h.move(ctx, tx, s, move[0], move[1]); err != nil {
				return err
			}
		}
		return h.keep(ctx, tx, v, s, "", map[string]string{"changed": "address", "slug": s.Slug, "host": s.Host})
	})
}

func (h *Host) move(ctx context.Context, tx *store.Tx, s press.Site, from, to string) error {
	if from == to {
		return nil
	}
	if to != "" {
		if err := tx.DropRedirect(ctx, network, to); err != nil {
			return err
		}
	}
	if from == "" {
		return nil
	}
	return tx.KeepRedirect(ctx, network, from, "site", string(s.ID), h.Now().UnixMicro())
}

func tidyAddress(slug, host string) (string, string) {
	return strings.Trim(press.CleanLine(slug), "/"), strings.TrimSuffix(strings.ToLower(press.CleanLine(host)), ".")
}

// CloseSite takes a site off, for all but its stewards; its addresses say that
// it is closed. It can be reopened.
func (h *Host) CloseSite(ctx context.Context, v press.Viewer, id press.SiteID, reason string) error {
	return h.steward(ctx, v, "close the site", id, func(tx *store.Tx, s press.Site) error {
		if !s.ClosedAt.IsZero() {
			return nil
		}
		s.ClosedAt = h.Now()
		return h.keep(ctx, tx, v, s, press.Clean(reason), map[string]string{"changed": "closed"})
	})
}

// ReopenSite undoes CloseSite.
func (h *Host) ReopenSite(ctx context.Context, v press.Viewer, id press.SiteID) error {
	return h.steward(ctx, v, "reopen the site", id, func(tx *store.Tx, s press.Site) error {
		if s.ClosedAt.IsZero() {
			return nil
		}
		s.ClosedAt = time.Time{}
		return h.keep(ctx, tx, v, s, "", map[string]string{"changed": "reopened"})
	})
}
