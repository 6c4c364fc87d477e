package hosting

import (
	"context"

	"bourgeon/press"
	"bourgeon/store"
)

// TalkRules say where a site talks under its entries, and how.
type TalkRules struct {
	Site  press.Talk
	Forms map[press.FormID]press.Talk // "" follows the site
}

// SetTalk says where a site talks. Forms that aren't named stay as they are.
func (h *Host) SetTalk(ctx context.Context, v press.Viewer, id press.SiteID, rules TalkRules) error {
	return h.steward(ctx, v, "set the talk of", id, func(tx *store.Tx, s press.Site) error {
		var c press.Checks
		check := func(field string, t press.Talk) {
			if !t.Known() {
				c.Fault(field, "Choose how people talk under the texts.")
			}
		}
		check("talk", rules.Site)
		forms, err := tx.Forms(ctx, press.Itself, id)
		if err != nil {
			return err
		}
		different := rules.Site != s.Talk
		for _, form := range forms {
			t, named := rules.Forms[form.ID]
			if !named || t == form.Talk {
				continue
			}
			if t != "" {
				check("talk-"+form.Slug, t)
			}
			different = true
			if err := tx.SetFormTalk(ctx, form.ID, t); err != nil {
				return err
			}
		}
		if c.Err() != nil || !different {
			return c.Err()
		}
		s.Talk = rules.Site
		return h.keep(ctx, tx, v, s, "", map[string]string{"changed": "talk"})
	})
}
