package store

import (
	"context"
	"fmt"
	"strings"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const siteColumns = `
select s.id, s.slug, coalesce(s.host, ''), s.name, s.tagline, s.languages, s.timezone, s.charter, s.charter_html,
  s.openness, s.revising, coalesce(s.talk, ''), s.licence, s.look, s.sheet, s.sheet_css, s.words, coalesce(s.front_entry_id, ''), s.version, s.created_at, s.closed_at
from site s`

func scanSite(row rows.Scanner) (press.Site, error) {
	var s press.Site
	var languages string
	err := row.Scan(&s.ID, &s.Slug, &s.Host, &s.Name, &s.Tagline, &languages, &s.Timezone, &s.Charter, &s.CharterHTML,
		&s.Openness, &s.Revising, &s.Talk, &s.Licence, rows.JSON(&s.Look), &s.Look.Sheet, &s.Look.CSS, rows.JSON(&s.Words), &s.Front, &s.Version, rows.Moment(&s.CreatedAt), rows.Moment(&s.ClosedAt))
	s.Languages = strings.Split(languages, ",")
	return s, err
}

const (
	siteByID   = siteColumns + ` where s.id = $1`
	siteBySlug = siteColumns + ` where s.slug = $1`
	siteByHost = siteColumns + ` where s.host = $1`
	openSites  = siteColumns + ` where s.closed_at = 0 or $1 = '*' order by s.created_at, s.id`
)

func (r Reader) site(ctx context.Context, v press.Viewer, query, key string) (press.Site, error) {
	s, err := scanSite(r.q.QueryRowContext(ctx, query, key))
	if err != nil {
		return s, rows.NotFound("find the site "+key, err)
	}
	if !s.ClosedAt.IsZero() && !v.MaySomewhere(press.Steward, s.ID) {
		return press.Site{}, fmt.Errorf("find the site %s: %w", key, press.Problem(press.Gone, "This site is closed."))
	}
	return s, nil
}

// Site finds a site.
func (r Reader) Site(ctx context.Context, v press.Viewer, id press.SiteID) (press.Site, error) {
	return r.site(ctx, v, siteByID, string(id))
}

// SiteBySlug finds the site that answers under /{slug}.
func (r Reader) SiteBySlug(ctx context.Context, v press.Viewer, slug string) (press.Site, error) {
	return r.site(ctx, v, siteBySlug, slug)
}

// SiteByHost finds the site that answers on a domain of its own.
func (r Reader) SiteByHost(ctx context.Context, v press.Viewer, host string) (press.Site, error) {
	return r.site(ctx, v, siteByHost, host)
}

// Sites lists the open sites, oldest first, and the program's viewer gets the
// closed ones too.
func (r Reader) Sites(ctx context.Context, v press.Viewer) ([]press.Site, error) {
	return rows.List(ctx, r.q, "list the sites", scanSite, openSites, viewerKey(v))
}

const insertSite = `
insert into site (slug, host, name, tagline, languages, timezone, charter, charter_html, openness, revising, licence,
  look, front_entry_id, closed_at, talk, words, sheet, sheet_css, id, version, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1, $20)`

const updateSite = `
update site
set slug = $1, host = $2, name = $3, tagline = $4, languages = $5, timezone = $6, charter = $7, charter_html = $8,
  openness = $9, revising = $10, licence = $11, look = $12, front_entry_id = $13, closed_at = $14,
  talk = $15, words = $16, sheet = $17, sheet_css = $18
where id = $19`

func siteValues(s press.Site) []any {
	look := s.Look
	look.Sheet, look.CSS = "", ""
	return []any{
		s.Slug, rows.Opt(s.Host), s.Name, s.Tagline, strings.Join(s.Languages, ","), s.Timezone, s.Charter, s.CharterHTML,
		string(s.Openness), string(s.Revising), string(s.Licence), rows.ToJSON(look), rows.Opt(s.Front), rows.Micros(s.ClosedAt),
		rows.Opt(s.Talk), rows.ToJSON(s.Words), s.Look.Sheet, s.Look.CSS, string(s.ID),
	}
}

// InsertSite keeps a new site.
func (tx *Tx) InsertSite(ctx context.Context, s press.Site) error {
	_, err := tx.exec(ctx, "insert the site", insertSite, append(siteValues(s), rows.Micros(s.CreatedAt))...)
	return err
}

// UpdateSite keeps a site described anew. It does not raise its version: see Touch.
func (tx *Tx) UpdateSite(ctx context.Context, s press.Site) error {
	before, err := tx.Site(ctx, press.Itself, s.ID)
	if err != nil {
		return err
	}
	if before.Slug != s.Slug || before.Host != s.Host || before.Name != s.Name || !before.ClosedAt.Equal(s.ClosedAt) {
		tx.changed.sites = append(tx.changed.sites, s.ID)
	}
	return tx.change(ctx, "update the site", updateSite, siteValues(s)...)
}
