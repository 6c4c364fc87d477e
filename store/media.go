package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/kit/fold"
	"bourgeon/press"
	"bourgeon/store/rows"
)

const mediaColumns = `
select d.id, d.site_id, d.hash, d.type, d.bytes, d.width, d.height, d.variants, d.colour, d.name, d.alt, d.caption, d.credit,
  d.licence, coalesce(d.uploaded_by, ''), coalesce(d.draft_id, ''), d.created_at, d.source, d.crop, d.focus, d.modern, d.made,
  d.title, d.maker, d.origin, d.transcript, d.binned_at, coalesce(d.binned_by, '')`

const (
	mediaByID         = mediaColumns + ` from media d where d.id = $1`
	mediaByIDs        = mediaColumns + ` from media d where d.id in ($ids)` + shownMedia
	picturesOfEntries = mediaColumns + `, l.entry_id, l.place
from entry_media l
join media d on d.id = l.media_id
where l.entry_id in ($ids) and l.place <> 'text'` + shownMedia + `
order by l.entry_id, l.position`
)

func mediaTargets(m *press.Media) []any {
	return []any{
		&m.ID, &m.Site, &m.Hash, &m.Type, &m.Bytes, &m.Width, &m.Height, rows.JSON(&m.Variants), &m.Colour, &m.Name, &m.Alt,
		&m.Caption, &m.Credit, &m.Licence, &m.UploadedBy, &m.Draft, rows.Moment(&m.CreatedAt), rows.JSON(&m.Source), rows.JSON(&m.Crop),
		rows.JSON(&m.Focus), rows.JSON(&m.Modern), &m.Made,
		&m.Title, &m.Maker, &m.Origin, &m.Transcript, rows.Moment(&m.BinnedAt), &m.BinnedBy,
	}
}

// Media finds a file's description. What a decision took off, the program alone
// finds.
func (r Reader) Media(ctx context.Context, v press.Viewer, id press.MediaID) (press.Media, error) {
	var m press.Media
	query := mediaByID
	if !v.System {
		query += shownMedia
	}
	if err := r.q.QueryRowContext(ctx, query, string(id)).Scan(mediaTargets(&m)...); err != nil {
		return m, rows.NotFound("find the picture", err)
	}
	return m, nil
}

// MediaOf finds several, in the order asked and each once; those that are gone
// are left out.
func (r Reader) MediaOf(ctx context.Context, _ press.Viewer, ids []press.MediaID) ([]press.Media, error) {
	var all []press.Media
	place := map[press.MediaID]int{}
	var args []any
	for _, id := range ids {
		if _, asked := place[id]; !asked {
			place[id] = len(args)
			args = append(args, string(id))
		}
	}
	scan := func(row rows.Scanner) (m press.Media, err error) {
		err = row.Scan(mediaTargets(&m)...)
		return m, err
	}
	for some := range slices.Chunk(args, 200) { // SQLite, and sense, bound the parameters
		found, err := rows.List(ctx, r.q, "find pictures", scan, strings.Replace(mediaByIDs, "$ids", rows.Marks(1, len(some)), 1), some...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b press.Media) int { return place[a.ID] - place[b.ID] })
	return all, nil
}

func (r Reader) attachPictures(ctx context.Context, at map[press.EntryID]*press.Entry, query string, args []any) error {
	_, err := rows.List(ctx, r.q, "list the pictures", func(row rows.Scanner) (none struct{}, err error) {
		var id press.EntryID
		var m press.Media
		var place string
		if err := row.Scan(append(mediaTargets(&m), &id, &place)...); err != nil {
			return none, err
		}
		if place == placedFile {
			at[id].Attachments = append(at[id].Attachments, m)
		} else {
			at[id].Pictures = append(at[id].Pictures, m)
		}
		return none, nil
	}, query, args...)
	return err
}

const upsertMedia = `
insert into media (id, site_id, hash, type, bytes, width, height, variants, colour, name, alt, caption, credit, licence,
  uploaded_by, draft_id, created_at, source, crop, focus, modern, made, title, maker, origin, transcript, folded, binned_at,
  binned_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
  $26, $27, $28, $29)
on conflict (id) do update
set alt = excluded.alt, caption = excluded.caption, credit = excluded.credit, licence = excluded.licence,
  title = excluded.title, maker = excluded.maker, origin = excluded.origin, transcript = excluded.transcript,
  folded = excluded.folded, binned_at = excluded.binned_at, binned_by = excluded.binned_by`

// SaveMedia keeps a new file, or the description of one; what it is made of changes by FrameMedia and KeepVariants.
func (tx *Tx) SaveMedia(ctx context.Context, m press.Media) error {
	tx.changed.pictures = append(tx.changed.pictures, m.ID)
	// Not its name: what somebody called a file may tell who they are.
	folded := " " + fold.Text(strings.Join([]string{m.Title, m.Alt, m.Caption, m.Credit}, " "))
	_, err := tx.exec(ctx, "save the picture", upsertMedia, string(m.ID), string(m.Site), m.Hash, m.Type, m.Bytes, m.Width,
		m.Height, rows.ToJSON(m.Variants), m.Colour, m.Name, m.Alt, m.Caption, m.Credit, string(m.Licence), rows.Opt(m.UploadedBy),
		rows.Opt(m.Draft), rows.Micros(m.CreatedAt), rows.ToJSON(m.Source), rows.ToJSON(m.Crop), rows.ToJSON(m.Focus), rows.ToJSON(m.Modern), m.Made,
		m.Title, string(m.Maker), m.Origin, m.Transcript, folded, rows.Micros(m.BinnedAt), rows.Opt(m.BinnedBy))
	return err
}

const (
	frameMedia   = `update media set crop = $2, focus = $3 where id = $1`
	keepVariants = `
update media
set source = $3, hash = $4, type = $5, bytes = $6, width = $7, height = $8, variants = $9, modern = $10, colour = $11, made = $12
where id = $1 and crop = $2`
	mediaAfter = mediaColumns + ` from media d where d.id > $1 order by d.id limit $2`
)

// MediaAfter lists the files that follow one, by identifier, of the whole network.
func (r Reader) MediaAfter(ctx context.Context, after press.MediaID, limit int) ([]press.Media, error) {
	return rows.List(ctx, r.q, "list files", func(row rows.Scanner) (m press.Media, err error) {
		err = row.Scan(mediaTargets(&m)...)
		return m, err
	}, mediaAfter, string(after), limit)
}

// FrameMedia sets what part of a picture is shown, and its focus.
func (tx *Tx) FrameMedia(ctx context.Context, id press.MediaID, c press.Crop, f press.Focus) error {
	tx.changed.pictures = append(tx.changed.pictures, id)
	return tx.change(ctx, "frame the picture", frameMedia, string(id), rows.ToJSON(c), rows.ToJSON(f))
}

// KeepVariants keeps what was made of a picture. It reports whether it did: not if the crop changed meanwhile.
func (tx *Tx) KeepVariants(ctx context.Context, m press.Media) (bool, error) {
	tx.changed.pictures = append(tx.changed.pictures, m.ID)
	n, err := tx.exec(ctx, "keep the variants", keepVariants, string(m.ID), rows.ToJSON(m.Crop), rows.ToJSON(m.Source), m.Hash, m.Type,
		m.Bytes, m.Width, m.Height, rows.ToJSON(m.Variants), rows.ToJSON(m.Modern), m.Colour, m.Made)
	return n > 0, err
}

// Placing says which files an entry shows: its own pictures, its attachments, and the pictures placed in its texts.
type Placing struct{ Pictures, Files, Texts []press.MediaID }

const (
	placedPicture = "picture"
	placedFile    = "file"
	placedText    = "text"
)

const (
	deletePlaces = `delete from entry_media where entry_id = $1`
	insertPlace  = `
insert into entry_media (entry_id, media_id, position, place)
select $1, d.id, $3, $4
from media d
where d.id = $2
on conflict (entry_id, media_id) do nothing`
	notePlaces = `
update media
set placed = true, binned_at = 0, binned_by = null
where id in (select l.media_id from entry_media l where l.entry_id = $1) and (placed = false or binned_at > 0)`
)

// PlaceMedia gives an entry its files, in order; those that are not there are left out, and those in the bin come back.
func (tx *Tx) PlaceMedia(ctx context.Context, id press.EntryID, p Placing) error {
	tx.stale(id)
	if _, err := tx.exec(ctx, "replace the pictures", deletePlaces, string(id)); err != nil {
		return err
	}
	position := 0
	for _, part := range []struct {
		place string
		ids   []press.MediaID
	}{{placedPicture, p.Pictures}, {placedFile, p.Files}, {placedText, p.Texts}} {
		for _, m := range part.ids {
			position++
			if _, err := tx.exec(ctx, fmt.Sprintf("add file %d", position), insertPlace, string(id), string(m), position, part.place); err != nil {
				return err
			}
		}
	}
	_, err := tx.exec(ctx, "note the pictures placed", notePlaces, string(id))
	return err
}
