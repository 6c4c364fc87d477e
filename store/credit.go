package store

import (
	"context"
	"fmt"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const creditColumns = `
select k.entry_id, k.id, k.role, k.kind, coalesce(k.byline_id, ''), coalesce(b.slug, ''), coalesce(b.name, ''),
  coalesce(b.organisation, ''), coalesce(k.person_id, ''), k.position
from credit k
left join byline b on b.id = k.byline_id`

const creditsOfEntries = creditColumns + `
where k.entry_id in ($ids)
order by k.entry_id, k.position, k.id`

func (r Reader) attachCredits(ctx context.Context, at map[press.EntryID]*press.Entry, query string, args []any) error {
	_, err := rows.List(ctx, r.q, "list the credits", func(row rows.Scanner) (none struct{}, err error) {
		var id press.EntryID
		var c press.Credit
		if err := row.Scan(&id, &c.ID, &c.Role, &c.Kind, &c.Byline, &c.Slug, &c.Name, &c.Organisation, &c.Person, &c.Position); err != nil {
			return none, err
		}
		if c.Role == press.Keeper {
			at[id].Sharers = append(at[id].Sharers, c.Person)
		} else {
			at[id].Credits = append(at[id].Credits, c)
		}
		return none, nil
	}, query, args...)
	return err
}

const (
	deleteCredits = `delete from credit where entry_id = $1 and role <> 'keeper'`
	insertCredit  = `
insert into credit (id, entry_id, role, kind, byline_id, person_id, position)
values ($1, $2, $3, $4, $5, $6, $7)`
)

// ReplaceCredits names who did what for an entry, in order. An anonymous
// credit has no byline, even if it is given one.
func (tx *Tx) ReplaceCredits(ctx context.Context, id press.EntryID, credits []press.Credit) error {
	tx.stale(id)
	if _, err := tx.exec(ctx, "replace the credits", deleteCredits, string(id)); err != nil {
		return err
	}
	for i, c := range credits {
		if c.Kind == press.SignAnonymous {
			c.Byline = ""
		}
		_, err := tx.exec(ctx, "insert a credit", insertCredit, string(c.ID), string(id), string(c.Role), string(c.Kind),
			rows.Opt(c.Byline), rows.Opt(c.Person), i+1)
		if err != nil {
			return err
		}
	}
	return nil
}

const bylineColumns = `
select b.id, b.slug, b.kind, b.name, b.organisation,
  (select count(distinct e.id) from entry e join credit k on k.entry_id = e.id
    where k.byline_id = b.id and e.status = 'published' and ($1 = '' or e.site_id = $1))
from byline b`

const (
	bylineBySlug  = bylineColumns + ` where b.slug = $2`
	bylinesOnSite = bylineColumns + `
where exists (select 1 from credit k join entry e on e.id = k.entry_id
  where k.byline_id = b.id and e.status = 'published' and ($1 = '' or e.site_id = $1))
order by b.folded, b.id
limit $2`
	bylineOfPerson = `
select id, slug, kind, name, organisation
from byline
where folded = $1 and kind = $2 and (person_id = $3 or ($3 = '' and person_id is null) or kind = 'organisation')
order by id
limit 1`
	bylineSlugs  = `select slug from byline where slug = $1 or slug like $2`
	insertByline = `
insert into byline (id, slug, kind, name, organisation, folded, person_id)
values ($1, $2, $3, $4, $5, $6, $7)`
)

func scanByline(row rows.Scanner) (press.Byline, error) {
	var b press.Byline
	err := row.Scan(&b.ID, &b.Slug, &b.Kind, &b.Name, &b.Organisation, &b.Entries)
	return b, err
}

// BylineBySlug finds a public identity, with its count on a site ("" for all).
func (r Reader) BylineBySlug(ctx context.Context, _ press.Viewer, site press.SiteID, slug string) (press.Byline, error) {
	b, err := scanByline(r.q.QueryRowContext(ctx, bylineBySlug, string(site), slug))
	if err != nil {
		return b, rows.NotFound("find the author "+slug, err)
	}
	return b, nil
}

// Bylines lists those who are published on a site, by name.
func (r Reader) Bylines(ctx context.Context, _ press.Viewer, site press.SiteID, limit int) ([]press.Byline, error) {
	return rows.List(ctx, r.q, "list the authors", scanByline, bylinesOnSite, string(site), limit)
}

// BylineOf finds the public identity that a person has under a name, or makes
// it from b. Two people of one name have two; an organisation has one for all
// its people; a name given by others (person "") is shared by that name.
func (tx *Tx) BylineOf(ctx context.Context, b press.Byline, folded string, person press.PersonID) (press.Byline, error) {
	kept := b
	err := tx.q.QueryRowContext(ctx, bylineOfPerson, folded, string(b.Kind), string(person)).Scan(
		&kept.ID, &kept.Slug, &kept.Kind, &kept.Name, &kept.Organisation)
	if err == nil {
		return kept, nil
	}
	if press.KindOf(rows.NotFound("find the byline", err)) != press.NotFound {
		return b, fmt.Errorf("find the byline: %w", err)
	}
	taken, err := rows.List(ctx, tx.q, "look for a free address", scanText, bylineSlugs, b.Slug, b.Slug+"-%")
	if err != nil {
		return b, err
	}
	b.Slug = firstFree(b.Slug, taken)
	if b.Kind == press.SignOrganisation {
		person = ""
	}
	_, err = tx.exec(ctx, "insert the byline", insertByline, string(b.ID), b.Slug, string(b.Kind), b.Name, b.Organisation,
		folded, rows.Opt(person))
	return b, err
}

const hasPublished = `
select count(*)
from entry e
where e.status = 'published' and e.id <> $2
  and ($3 = '' or e.site_id = $3)
  and e.id in (select o.id from entry o where o.created_by = $1 union select k.entry_id from credit k where k.person_id = $1 and k.role <> 'keeper')`

// PublishedBy counts the published entries of a person besides one, on a site
// or on the whole network: trust grows with them.
func (tx *Tx) PublishedBy(ctx context.Context, person press.PersonID, except press.EntryID, site press.SiteID) (int, error) {
	var n int
	err := tx.q.QueryRowContext(ctx, hasPublished, string(person), string(except), string(site)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count a person's entries: %w", err)
	}
	return n, nil
}
