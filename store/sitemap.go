package store

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// Part is a stretch of a site's published entries, in the order of their making.
type Part struct {
	First   press.EntryID
	Entries int
	Changed time.Time // the last change of one of them
}

// Mapped is where a published entry is, and when it last changed.
type Mapped struct {
	press.Entry        // its ID, language and provenance
	Path        string // inside its site
	Changed     time.Time
}

const (
	lastChange = `case when e.updated_at > e.published_at then e.updated_at else e.published_at end`
	// The entry shown as front page has no address of its own.
	mapped = `
from entry e
join site s on s.id = e.site_id
join form f on f.id = e.form_id
where e.site_id = $1 and e.status = 'published' and e.id <> coalesce(s.front_entry_id, '')`
	parts = `
select min(p.id), count(*), max(p.changed)
from (select e.id, ` + lastChange + ` as changed, (row_number() over (order by e.id) - 1) / $2 as part` + mapped + `) p
group by p.part
order by p.part`
	mappedFrom = `
select e.id, e.language, e.provenance, f.slug || '/' || e.slug, ` + lastChange + mapped + `
  and e.id >= $2
order by e.id
limit $3`
)

// Parts cuts the published entries of a site, of all forms, into parts of size.
func (r Reader) Parts(ctx context.Context, _ press.Viewer, site press.SiteID, size int) ([]Part, error) {
	scan := func(row rows.Scanner) (p Part, err error) {
		err = row.Scan(&p.First, &p.Entries, rows.Moment(&p.Changed))
		return p, err
	}
	return rows.List(ctx, r.q, "cut the entries into parts", scan, parts, string(site), size)
}

// Mapped lists a part: size published entries of a site at most, from the first one.
func (r Reader) Mapped(ctx context.Context, _ press.Viewer, site press.SiteID, first press.EntryID, size int) ([]Mapped, error) {
	scan := func(row rows.Scanner) (m Mapped, err error) {
		err = row.Scan(&m.ID, &m.Language, rows.JSON(&m.Provenance), &m.Path, rows.Moment(&m.Changed))
		return m, err
	}
	return rows.List(ctx, r.q, "list a part of the entries", scan, mappedFrom, string(site), string(first), size)
}
