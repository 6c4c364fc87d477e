package store

import (
	"context"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const selectNetwork = `
select name, tagline, language, about, about_html, maps, version, created_at
from network
where id = 'network'`

// Network is the installation itself; NotFound before it was founded.
func (r Reader) Network(ctx context.Context, _ press.Viewer) (press.Network, error) {
	var n press.Network
	err := r.q.QueryRowContext(ctx, selectNetwork).Scan(
		&n.Name, &n.Tagline, &n.Language, &n.About, &n.AboutHTML, rows.JSON(&n.Maps), &n.Version, rows.Moment(&n.CreatedAt))
	if err != nil {
		return n, rows.NotFound("read the network", err)
	}
	return n, nil
}

const upsertNetwork = `
insert into network (id, name, tagline, language, about, about_html, maps, version, created_at)
values ('network', $1, $2, $3, $4, $5, $6, 1, $7)
on conflict (id) do update
set name = excluded.name, tagline = excluded.tagline, language = excluded.language,
  about = excluded.about, about_html = excluded.about_html, maps = excluded.maps, version = network.version + 1`

// SaveNetwork founds the network or describes it anew.
func (tx *Tx) SaveNetwork(ctx context.Context, n press.Network) error {
	_, err := tx.exec(ctx, "save the network", upsertNetwork,
		n.Name, n.Tagline, n.Language, n.About, n.AboutHTML, rows.ToJSON(n.Maps), rows.Micros(n.CreatedAt))
	return err
}

const (
	touchSite    = `update site set version = version + 1 where id = $1`
	touchNetwork = `update network set version = version + 1 where id = 'network'`
)

// Touch raises the public version of a site, and the network's with it: every
// page rendered before is out of date. Site "" touches the network alone.
func (tx *Tx) Touch(ctx context.Context, site press.SiteID) error {
	if site != "" {
		if err := tx.change(ctx, "raise the site's version", touchSite, string(site)); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, "raise the network's version", touchNetwork)
	return err
}

const (
	holdSite    = `select s.id from site s where s.id = $1`
	holdNetwork = `select n.id from network n where n.id = 'network' and $1 = ''`
)

// Hold makes the acts on a site's own settings and people take turns, until
// the transaction ends: what they read stays true while they write. Site ""
// holds the network.
func (tx *Tx) Hold(ctx context.Context, site press.SiteID) error {
	query := holdSite + tx.d.Held("s")
	if site == "" {
		query = holdNetwork + tx.d.Held("n")
	}
	var id string
	if err := tx.q.QueryRowContext(ctx, query, string(site)).Scan(&id); err != nil {
		return rows.NotFound("hold the site", err)
	}
	return nil
}

const selectRedirect = `
select kind, target
from redirect
where scope = $1 and path = $2`

// Redirect says where an old address leads: the kind of thing ("site",
// "section", "entry") and its identifier. The scope is a site's identifier, or
// "network" for the first segment of paths and for hosts.
func (r Reader) Redirect(ctx context.Context, _ press.Viewer, scope, path string) (kind, target string, err error) {
	err = r.q.QueryRowContext(ctx, selectRedirect, scope, path).Scan(&kind, &target)
	if err != nil {
		return "", "", rows.NotFound("find an old address", err)
	}
	return kind, target, nil
}

const upsertRedirect = `
insert into redirect (scope, path, kind, target, created_at)
values ($1, $2, $3, $4, $5)
on conflict (scope, path) do update
set kind = excluded.kind, target = excluded.target, created_at = excluded.created_at`

const deleteRedirect = `delete from redirect where scope = $1 and path = $2`

// KeepRedirect makes an address that was public lead to what moved, for ever.
func (tx *Tx) KeepRedirect(ctx context.Context, scope, path, kind, target string, at int64) error {
	_, err := tx.exec(ctx, "keep an old address", upsertRedirect, scope, path, kind, target, at)
	return err
}

// DropRedirect frees an address that something now answers at.
func (tx *Tx) DropRedirect(ctx context.Context, scope, path string) error {
	_, err := tx.exec(ctx, "free an old address", deleteRedirect, scope, path)
	return err
}

const countWriters = `
select count(distinct coalesce(c.person_id, c.byline_id))
from credit c
join entry e on e.id = c.entry_id
join site s on s.id = e.site_id
where e.status = 'published' and c.role in ('author', 'scribe') and s.closed_at = 0`

// Writers counts the people whose writing is published on a site, or on the
// whole network when site is "".
func (r Reader) Writers(ctx context.Context, _ press.Viewer, site press.SiteID) (int, error) {
	if site == "" {
		return r.count(ctx, "count the writers", countWriters)
	}
	return r.count(ctx, "count the writers", countWriters+` and e.site_id = $1`, string(site))
}
