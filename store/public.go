package store

import (
	"context"
	"fmt"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// public says in SQL that something stands in an entry that everybody reads.
const public = `e.status = 'published' and s.closed_at = 0 and ($1 = '' or e.site_id = $1)`

const (
	publicBylines = `
select b.id, b.slug, b.kind, b.name, b.organisation,
  (select count(distinct e.id) from credit k join entry e on e.id = k.entry_id join site s on s.id = e.site_id
    where k.byline_id = b.id and ` + public + `)
from byline b
where exists (select 1 from credit k join entry e on e.id = k.entry_id join site s on s.id = e.site_id
  where k.byline_id = b.id and ` + public + `)`
	bylinesAfter = publicBylines + `
  and b.id > $2
order by b.id
limit $3`
	publicByline = publicBylines + ` and b.slug = $2`
)

// PublicBylines lists, in an order that lasts, the public identities with
// published entries on a site, or on the network when site is "".
func (r Reader) PublicBylines(ctx context.Context, _ press.Viewer, site press.SiteID, after Cursor, limit int) ([]press.Byline, Cursor, error) {
	_, id, _ := after.place()
	all, err := rows.List(ctx, r.q, "list the public bylines", scanByline, bylinesAfter, string(site), id, limit+1)
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	return all[:limit], cursorAt(0, string(all[limit-1].ID)), nil
}

// PublicByline finds a public identity with published entries on an open site.
func (r Reader) PublicByline(ctx context.Context, _ press.Viewer, slug string) (press.Byline, error) {
	b, err := scanByline(r.q.QueryRowContext(ctx, publicByline, "", slug))
	if err != nil {
		return b, rows.NotFound("find the author "+slug, err)
	}
	return b, nil
}

const (
	shown = `exists (select 1 from entry_media l join entry e on e.id = l.entry_id join site s on s.id = e.site_id
    where l.media_id = d.id and ` + public + `)`
	publicMedia = mediaColumns + `
from media d
where ` + shown + ` and ($2 = '' or d.licence = $2) and ($3 = '' or d.id < $3)
order by d.id desc
limit $4`
	isShown = `select count(*) from media d where d.id = $2 and ` + shown
)

// PublicMedia lists the pictures of published entries on a site, or on the
// network when site is "", newest first.
func (r Reader) PublicMedia(ctx context.Context, _ press.Viewer, site press.SiteID, licence press.LicenceID, before Cursor, limit int) ([]press.Media, Cursor, error) {
	_, id, _ := before.place()
	scan := func(row rows.Scanner) (m press.Media, err error) {
		err = row.Scan(mediaTargets(&m)...)
		return m, err
	}
	all, err := rows.List(ctx, r.q, "list the public pictures", scan, publicMedia, string(site), string(licence), id, limit+1)
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	return all[:limit], cursorAt(0, string(all[limit-1].ID)), nil
}

// MediaToShow finds a picture that stands in a published entry; others only
// for whoever sent it and the site's animators.
func (r Reader) MediaToShow(ctx context.Context, v press.Viewer, id press.MediaID) (press.Media, error) {
	m, err := r.Media(ctx, v, id)
	if err != nil || v.Known() && v.Person == m.UploadedBy || v.MaySomewhere(press.Animator, m.Site) {
		return m, err
	}
	n, err := r.count(ctx, "look where the picture stands", isShown, "", string(id))
	if err != nil {
		return press.Media{}, err
	}
	if n == 0 {
		return press.Media{}, fmt.Errorf("find the picture: %w", rows.Missing())
	}
	return m, nil
}
