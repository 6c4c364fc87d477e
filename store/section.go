package store

import (
	"context"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const sectionColumns = `
select c.id, c.site_id, c.slug, c.name, c.description, c.position, c.closed_at, c.words
from section c`

const (
	sectionByID    = sectionColumns + ` where c.id = $1`
	sectionBySlug  = sectionColumns + ` where c.site_id = $1 and c.slug = $2`
	sectionsOfSite = sectionColumns + ` where c.site_id = $1 and c.closed_at = 0 order by c.position, c.id`
)

func scanSection(row rows.Scanner) (press.Section, error) {
	var c press.Section
	err := row.Scan(&c.ID, &c.Site, &c.Slug, &c.Name, &c.Description, &c.Position, rows.Moment(&c.ClosedAt), rows.JSON(&c.Words))
	return c, err
}

// Section finds a section, open or closed.
func (r Reader) Section(ctx context.Context, _ press.Viewer, id press.SectionID) (press.Section, error) {
	c, err := scanSection(r.q.QueryRowContext(ctx, sectionByID, string(id)))
	if err != nil {
		return c, rows.NotFound("find the section", err)
	}
	return c, nil
}

// SectionBySlug finds a section by its address; closed ones still answer.
func (r Reader) SectionBySlug(ctx context.Context, _ press.Viewer, site press.SiteID, slug string) (press.Section, error) {
	c, err := scanSection(r.q.QueryRowContext(ctx, sectionBySlug, string(site), slug))
	if err != nil {
		return c, rows.NotFound("find the section "+slug, err)
	}
	return c, nil
}

// Sections lists the open sections of a site, in their order.
func (r Reader) Sections(ctx context.Context, _ press.Viewer, site press.SiteID) ([]press.Section, error) {
	return rows.List(ctx, r.q, "list the sections", scanSection, sectionsOfSite, string(site))
}

const upsertSection = `
insert into section (id, site_id, slug, name, description, position, closed_at, words)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (id) do update
set slug = excluded.slug, name = excluded.name, description = excluded.description, position = excluded.position,
  closed_at = excluded.closed_at, words = excluded.words`

// SaveSection keeps a section, new or changed.
func (tx *Tx) SaveSection(ctx context.Context, c press.Section) error {
	before, err := tx.Section(ctx, press.Itself, c.ID)
	if err != nil && press.KindOf(err) != press.NotFound {
		return err
	}
	_, err = tx.exec(ctx, "save the section", upsertSection,
		string(c.ID), string(c.Site), c.Slug, c.Name, c.Description, c.Position, rows.Micros(c.ClosedAt), rows.ToJSON(c.Words))
	if err != nil || before.Name == c.Name && before.Slug == c.Slug {
		return err
	}
	return tx.staleSection(ctx, c.ID)
}

// TagCount is a tag and how many published entries carry it.
type TagCount struct {
	press.Tag
	Entries int
}

const tagsOfSite = `
select t.slug, min(t.label), count(*)
from entry_tag t
join entry e on e.id = t.entry_id
where t.site_id = $1 and e.status = 'published'
group by t.slug
order by count(*) desc, t.slug
limit $2`

// Tags lists the tags of a site's published entries, the most used first.
func (r Reader) Tags(ctx context.Context, _ press.Viewer, site press.SiteID, limit int) ([]TagCount, error) {
	scan := func(row rows.Scanner) (t TagCount, err error) {
		err = row.Scan(&t.Slug, &t.Label, &t.Entries)
		return t, err
	}
	return rows.List(ctx, r.q, "list the tags", scan, tagsOfSite, string(site), limit)
}

const labelOfTag = `
select min(t.label)
from entry_tag t
join entry e on e.id = t.entry_id
where t.site_id = $1 and t.slug = $2 and e.status = 'published'
having count(*) > 0`

// TagBySlug finds how a tag is written on a site's published entries.
func (r Reader) TagBySlug(ctx context.Context, _ press.Viewer, site press.SiteID, slug string) (press.Tag, error) {
	tag := press.Tag{Slug: slug}
	if err := r.q.QueryRowContext(ctx, labelOfTag, string(site), slug).Scan(&tag.Label); err != nil {
		return tag, rows.NotFound("find the tag "+slug, err)
	}
	return tag, nil
}
