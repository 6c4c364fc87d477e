package store

import (
	"context"
	"slices"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	lookTrial = `
select t.site_id, 0, t.look, t.front, t.front_revision, t.front_html, t.made_by, t.made_at
from look_trial t
where t.site_id = $1`
	lookVersion = `
select l.site_id, l.number, l.look, l.front, l.front_revision, '', l.made_by, l.made_at
from look_version l
where l.site_id = $1`
	lookNumbered = lookVersion + ` and l.number = $2`
	lookVersions = lookVersion + ` order by l.number desc`
)

func scanLook(row rows.Scanner) (press.LookVersion, error) {
	var l press.LookVersion
	err := row.Scan(&l.Site, &l.Number, rows.JSON(&l.Look), &l.Front, &l.FrontRevision, &l.FrontHTML, &l.MadeBy, rows.Moment(&l.MadeAt))
	return l, err
}

func (r Reader) look(ctx context.Context, v press.Viewer, what, query string, site press.SiteID, args ...any) (press.LookVersion, error) {
	if !v.May(press.Steward, site, "") {
		return press.LookVersion{}, rows.Missing()
	}
	l, err := scanLook(r.q.QueryRowContext(ctx, query, append([]any{string(site)}, args...)...))
	if err != nil {
		return l, rows.NotFound(what, err)
	}
	return l, nil
}

// LookTrial finds the look that a site's stewards try; its number is 0. It is for them alone.
func (r Reader) LookTrial(ctx context.Context, v press.Viewer, site press.SiteID) (press.LookVersion, error) {
	return r.look(ctx, v, "find the look on trial", lookTrial, site)
}

// LookVersion finds a look that a site wore. It is for its stewards alone.
func (r Reader) LookVersion(ctx context.Context, v press.Viewer, site press.SiteID, number int) (press.LookVersion, error) {
	return r.look(ctx, v, "find the look", lookNumbered, site, number)
}

// LookVersions lists the looks that a site wore, last first: none while it has its first one. They are for its stewards
// alone.
func (r Reader) LookVersions(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.LookVersion, error) {
	if !v.May(press.Steward, site, "") {
		return nil, nil
	}
	return rows.List(ctx, r.q, "list the looks", scanLook, lookVersions, string(site))
}

const (
	insertLook = `
insert into look_version (site_id, number, look, front, front_revision, made_by, made_at)
values ($1, $2, $3, $4, $5, $6, $7)`
	saveTrial = `
insert into look_trial (site_id, look, front, front_html, front_revision, made_by, made_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (site_id) do update
set look = excluded.look, front = excluded.front, front_html = excluded.front_html, front_revision = excluded.front_revision, made_by = excluded.made_by, made_at = excluded.made_at`
	dropTrial         = `delete from look_trial where site_id = $1`
	dropLookPictures  = `delete from look_picture where site_id = $1`
	insertLookPicture = `insert into look_picture (site_id, media_id) values ($1, $2)`
)

// InsertLook keeps a look among those that a site wore.
func (tx *Tx) InsertLook(ctx context.Context, l press.LookVersion) error {
	_, err := tx.exec(ctx, "insert the look", insertLook,
		string(l.Site), l.Number, rows.ToJSON(l.Look), l.Front, l.FrontRevision, string(l.MadeBy), rows.Micros(l.MadeAt))
	return err
}

// SaveLookTrial keeps the look that is tried, in place of another.
func (tx *Tx) SaveLookTrial(ctx context.Context, l press.LookVersion) error {
	_, err := tx.exec(ctx, "save the look on trial", saveTrial,
		string(l.Site), rows.ToJSON(l.Look), l.Front, l.FrontHTML, l.FrontRevision, string(l.MadeBy), rows.Micros(l.MadeAt))
	return err
}

// DropLookTrial forgets the look that was tried.
func (tx *Tx) DropLookTrial(ctx context.Context, site press.SiteID) error {
	_, err := tx.exec(ctx, "drop the look on trial", dropTrial, string(site))
	return err
}

// KeepLookPictures says which pictures a site wears or tries.
func (tx *Tx) KeepLookPictures(ctx context.Context, site press.SiteID, pictures []press.MediaID) error {
	if _, err := tx.exec(ctx, "drop the look's pictures", dropLookPictures, string(site)); err != nil {
		return err
	}
	slices.Sort(pictures)
	for _, id := range slices.Compact(pictures) {
		if id == "" {
			continue
		}
		if _, err := tx.exec(ctx, "keep a picture of the look", insertLookPicture, string(site), string(id)); err != nil {
			return err
		}
	}
	return nil
}
