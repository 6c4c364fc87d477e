package forms

import (
	"context"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	dossierColumns = `
select id, site_id, slug, title, introduction, rendered, language, published_at, binned_at, coalesce(made_by, ''), made_at, updated_at
from dossier`
	dossierByID     = dossierColumns + ` where id = $1`
	dossierBySlug   = dossierColumns + ` where site_id = $1 and slug = $2 and binned_at = 0`
	dossiersOfSite  = dossierColumns + ` where site_id = $1 and (published_at > 0 and binned_at = 0 or $2) order by binned_at, updated_at desc`
	entriesOfFolder = `select entry_id from dossier_entry where dossier_id = $1 order by position`
	upsertDossier   = `
insert into dossier (id, site_id, slug, title, introduction, rendered, language, published_at, binned_at, made_by, made_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (id) do update
set slug = excluded.slug, title = excluded.title, introduction = excluded.introduction, rendered = excluded.rendered,
  language = excluded.language, published_at = excluded.published_at, binned_at = excluded.binned_at, updated_at = excluded.updated_at`
	emptyDossier = `delete from dossier_entry where dossier_id = $1`
	fileEntry    = `insert into dossier_entry (dossier_id, entry_id, position) values ($1, $2, $3)`
	dossierSlugs = `select slug from dossier where site_id = $1 and id <> $2`
)

func scanDossier(row rows.Scanner) (press.Dossier, error) {
	var d press.Dossier
	err := row.Scan(&d.ID, &d.Site, &d.Slug, &d.Title, &d.Introduction, &d.Rendered, &d.Language, rows.Moment(&d.PublishedAt),
		rows.Moment(&d.BinnedAt), &d.MadeBy, rows.Moment(&d.MadeAt), rows.Moment(&d.UpdatedAt))
	return d, err
}

// Dossier finds a dossier: a published one, or any for the site's animators.
func (r Reader) Dossier(ctx context.Context, v press.Viewer, id press.DossierID) (press.Dossier, error) {
	return r.dossier(ctx, v, dossierByID, string(id))
}

// DossierBySlug is Dossier by its address on a site.
func (r Reader) DossierBySlug(ctx context.Context, v press.Viewer, site press.SiteID, slug string) (press.Dossier, error) {
	return r.dossier(ctx, v, dossierBySlug, string(site), slug)
}

func (r Reader) dossier(ctx context.Context, v press.Viewer, query string, args ...any) (press.Dossier, error) {
	d, err := scanDossier(r.q.QueryRowContext(ctx, query, args...))
	if err != nil {
		return d, rows.NotFound("find the dossier", err)
	}
	if (d.PublishedAt.IsZero() || !d.BinnedAt.IsZero()) && !v.MaySomewhere(press.Animator, d.Site) {
		return press.Dossier{}, rows.NotFound("find the dossier", rows.Missing())
	}
	return d, r.contents(ctx, &d)
}

func (r Reader) contents(ctx context.Context, d *press.Dossier) (err error) {
	d.Entries, err = rows.List(ctx, r.q, "list the dossier's entries", func(row rows.Scanner) (id press.EntryID, err error) {
		err = row.Scan(&id)
		return id, err
	}, entriesOfFolder, string(d.ID))
	return err
}

// Dossiers lists a site's dossiers: the published ones, and for its animators
// those in preparation and in the bin too.
func (r Reader) Dossiers(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.Dossier, error) {
	all, err := rows.List(ctx, r.q, "list the dossiers", scanDossier, dossiersOfSite, string(site), v.MaySomewhere(press.Animator, site))
	for i := range all {
		if err == nil {
			err = r.contents(ctx, &all[i])
		}
	}
	return all, err
}

// SaveDossier keeps a dossier and the order of its entries, new or changed.
func (tx Tx) SaveDossier(ctx context.Context, d press.Dossier) error {
	_, err := rows.Exec(ctx, tx.tx, "save the dossier", upsertDossier, string(d.ID), string(d.Site), d.Slug, d.Title, d.Introduction, d.Rendered,
		d.Language, rows.Micros(d.PublishedAt), rows.Micros(d.BinnedAt), rows.Opt(d.MadeBy), rows.Micros(d.MadeAt), rows.Micros(d.UpdatedAt))
	if err != nil {
		return err
	}
	if _, err := rows.Exec(ctx, tx.tx, "empty the dossier", emptyDossier, string(d.ID)); err != nil {
		return err
	}
	for i, id := range d.Entries {
		if _, err := rows.Exec(ctx, tx.tx, "file in the dossier", fileEntry, string(d.ID), string(id), i+1); err != nil {
			return err
		}
	}
	return nil
}

// DossierSlugs lists the addresses taken by a site's other dossiers.
func (r Reader) DossierSlugs(ctx context.Context, site press.SiteID, except press.DossierID) ([]string, error) {
	return rows.List(ctx, r.q, "list the dossiers' addresses", func(row rows.Scanner) (s string, err error) {
		err = row.Scan(&s)
		return s, err
	}, dossierSlugs, string(site), string(except))
}
