package gathering

import (
	"context"
	"slices"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// DossierDraft is what an animator says of a dossier.
type DossierDraft struct {
	ID           press.DossierID // "" for a new one
	Title        string
	Slug         string // "" is made from the title, or stays
	Introduction string // Markdown
	Entries      []press.EntryID
}

const maxFiled = 300

// SaveDossier makes a dossier or describes it anew. Nobody else reads a new one before it is published.
func (g *Gatherer) SaveDossier(ctx context.Context, v press.Viewer, site press.Site, d DossierDraft) (press.Dossier, error) {
	var kept press.Dossier
	err := g.animating(ctx, v, site.ID, "save the dossier", func(tx *store.Tx) error {
		kept = press.Dossier{ID: newID[press.DossierID](), Site: site.ID, Language: site.Language(), MadeBy: v.Person, MadeAt: g.Now()}
		if d.ID != "" {
			var err error
			if kept, err = tx.Dossier(ctx, v, d.ID); err != nil {
				return err
			}
			if kept.Site != site.ID {
				return missing()
			}
		}
		kept.Title, kept.Introduction, kept.UpdatedAt = press.CleanLine(d.Title), press.Clean(d.Introduction), g.Now()
		kept.Entries = nil
		for _, id := range d.Entries {
			e, err := tx.Entry(ctx, v, id)
			if err != nil || e.Site != site.ID {
				continue // it went away meanwhile
			}
			if !slices.Contains(kept.Entries, id) {
				kept.Entries = append(kept.Entries, id)
			}
		}
		var c press.Checks
		if kept.Title == "" {
			c.Fault("title", "Give the dossier a title.")
		}
		press.CheckLength(&c, "title", kept.Title, 150)
		if len(kept.Introduction) > press.MaxText {
			c.Fault("introduction", "This text is too long for one page.")
		}
		if len(kept.Entries) > maxFiled {
			c.Fault("entries", "Keep at most %d contributions.", maxFiled)
		}
		slugs, err := tx.DossierSlugs(ctx, site.ID, kept.ID)
		if err != nil {
			return err
		}
		taken := map[string]bool{}
		for _, s := range slugs {
			taken[s] = true
		}
		if want := press.CleanLine(d.Slug); want != "" && want != kept.Slug || kept.Slug == "" {
			if want == "" {
				want = kept.Title
			}
			was := kept.Slug
			kept.Slug = freed(want, taken)
			if was != "" && !kept.PublishedAt.IsZero() {
				err := tx.KeepRedirect(ctx, string(site.ID), "dossier/"+was, "dossier", string(kept.ID), g.Now().UnixMicro())
				if err != nil {
					return err
				}
			}
		}
		if c.Err() != nil {
			return c.Err()
		}
		kept.Rendered = g.Rendered(kept.Introduction, kept.Language)
		if err := tx.SaveDossier(ctx, kept); err != nil {
			return err
		}
		return tx.Touch(ctx, site.ID)
	})
	return kept, err
}

// ShowDossier publishes a dossier, or takes it back from readers.
func (g *Gatherer) ShowDossier(ctx context.Context, v press.Viewer, site press.SiteID, id press.DossierID, show bool) error {
	return g.onDossier(ctx, v, site, id, func(d *press.Dossier) {
		if d.PublishedAt = (time.Time{}); show {
			d.PublishedAt = g.Now()
		}
	})
}

// BinDossier puts a dossier in the bin, or brings it back. Its contributions stay where they are.
func (g *Gatherer) BinDossier(ctx context.Context, v press.Viewer, site press.SiteID, id press.DossierID, bin bool) error {
	return g.onDossier(ctx, v, site, id, func(d *press.Dossier) {
		if d.BinnedAt = (time.Time{}); bin {
			d.BinnedAt = g.Now()
		}
	})
}

func (g *Gatherer) onDossier(ctx context.Context, v press.Viewer, site press.SiteID, id press.DossierID, f func(*press.Dossier)) error {
	return g.animating(ctx, v, site, "change the dossier", func(tx *store.Tx) error {
		d, err := tx.Dossier(ctx, v, id)
		if err != nil {
			return err
		}
		if d.Site != site {
			return missing()
		}
		f(&d)
		d.UpdatedAt = g.Now()
		if err := tx.SaveDossier(ctx, d); err != nil {
			return err
		}
		if err := tx.Touch(ctx, site); err != nil {
			return err
		}
		kind := press.DossierChanged
		if !d.PublishedAt.IsZero() && d.BinnedAt.IsZero() {
			kind = press.DossierPublished
		}
		return tx.Emit(ctx, press.Event{Kind: kind, Site: site, Actor: v.Person, At: g.Now(), Data: map[string]string{"dossier": string(id)}})
	})
}
