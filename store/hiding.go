package store

import (
	"context"
	"slices"

	"bourgeon/press"
)

// shownMedia says in SQL that no decision took the picture d off.
const shownMedia = ` and not exists (select 1 from hidden_file h where h.media_id = d.id)`

const hideFile = `insert into hidden_file (hash, media_id) values ($1, $2) on conflict (hash, media_id) do nothing`

// HideMedia takes a picture off: entries don't show it any more, and its files are sent to nobody.
func (tx *Tx) HideMedia(ctx context.Context, m press.Media) error {
	for _, v := range slices.Concat(m.Variants, m.Modern, []press.Variant{m.Source, {Hash: m.Hash}}) {
		if v.Hash == "" {
			continue
		}
		if _, err := tx.exec(ctx, "hide the picture", hideFile, v.Hash, string(m.ID)); err != nil {
			return err
		}
	}
	return nil
}

// ShowMedia undoes HideMedia.
func (tx *Tx) ShowMedia(ctx context.Context, id press.MediaID) error {
	_, err := tx.exec(ctx, "show the picture", `delete from hidden_file where media_id = $1`, string(id))
	return err
}

const fileHidden = `
select count(*)
from hidden_file f
where f.hash = $1 and not exists (select 1 from media d
  where (d.hash = $1 or d.variants like '%' || $1 || '%' or d.modern like '%' || $1 || '%')` + shownMedia + `)`

// FileHidden tells whether a decision took off every picture that a file belongs to: one look into an index, mostly.
func (r Reader) FileHidden(ctx context.Context, hash string) (bool, error) {
	n, err := r.count(ctx, "look for a hidden file", fileHidden, hash)
	return n > 0, err
}
