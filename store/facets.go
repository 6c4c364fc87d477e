package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// most is how many values of a kind are told.
const most = 10

const facets = `
with hit as materialized (
  select e.id, e.site_id, e.form_id, e.section_id, e.language, e.licence, %[1]s as year%[2]s%[3]s
)
select 'total', '', '', count(*) from hit
union all
select 'licence', licence, '', count(*) from hit group by licence
union all
select 'language', language, '', count(*) from hit group by language
union all
select 'year', year, '', count(*) from hit group by year
union all
select 'form', f.slug, min(f.plural), sum(h.n)
from (select form_id, count(*) as n from hit group by form_id) h
join form f on f.id = h.form_id
group by f.slug
union all
%[4]s
union all
select * from (
  select 'tag', t.slug, min(t.label), count(*) as n
  from hit h
  join entry_tag t on t.entry_id = h.id
  group by t.slug
  order by n desc, t.slug
  limit %[5]d) tags
union all
select * from (
  select 'author', b.slug, b.name, k.n
  from (
    select coalesce(k.byline_id, '') as byline_id, count(distinct h.id) as n
    from hit h
    join credit k on k.entry_id = h.id
    where k.kind <> 'anonymous' and k.role in ('author', 'scribe')
    group by coalesce(k.byline_id, '')) k
  join byline b on b.id = k.byline_id
  order by k.n desc, b.slug
  limit %[5]d) authors`

const (
	facetsOfSite = `
select 'section', c.slug, c.name, h.n
from (select section_id, count(*) as n from hit group by section_id) h
join section c on c.id = h.section_id`
	facetsOfNetwork = `
select 'site', s.slug, s.name, h.n
from (select site_id, count(*) as n from hit group by site_id) h
join site s on s.id = h.site_id`
)

// Facets counts the entries of a selection by what they may be narrowed to.
// Years are those of a calendar in zone.
func (r Reader) Facets(ctx context.Context, v press.Viewer, s Selection, zone *time.Location) (press.Facets, error) {
	var all press.Facets
	year, err := r.years(ctx, s, zone)
	if err != nil {
		return all, err
	}
	part := facetsOfNetwork
	if s.Site != "" {
		part = facetsOfSite
	}
	where, args := r.where(v, s, true)
	_, err = rows.List(ctx, r.q, "count the facets", func(row rows.Scanner) (none struct{}, err error) {
		var kind string
		var f press.Facet
		if err := row.Scan(&kind, &f.Value, &f.Label, &f.Entries); err != nil {
			return none, err
		}
		return none, all.Add(kind, f)
	}, fmt.Sprintf(facets, year, r.indexFrom(s.Query), where, part, most), args...)
	all.Sort(most)
	return all, err
}

// Each of the two is one look into an index.
const (
	publishedBetween = `
select coalesce((select min(published_at) from entry_index where status = 'published' and published_at > 0%[1]s), 0),
  coalesce((select max(published_at) from entry_index where status = 'published' and published_at > 0%[1]s), 0)`
	ofSite = ` and site_id = $1`
)

// years writes the year in which an entry e appeared, in SQL: neither engine
// has the zone's calendar, so that the years' first moments are written out.
func (r Reader) years(ctx context.Context, s Selection, zone *time.Location) (string, error) {
	var first, last time.Time
	query, args := fmt.Sprintf(publishedBetween, ""), []any(nil)
	if s.Site != "" {
		query, args = fmt.Sprintf(publishedBetween, ofSite), []any{string(s.Site)}
	}
	if err := r.q.QueryRowContext(ctx, query, args...).Scan(rows.Moment(&first), rows.Moment(&last)); err != nil {
		return "", fmt.Errorf("find the years: %w", err)
	}
	year := last.In(zone).Year()
	var b strings.Builder
	for y := first.In(zone).Year(); y < year; y++ {
		fmt.Fprintf(&b, " when e.published_at < %d then '%d'", rows.Micros(time.Date(y+1, 1, 1, 0, 0, 0, 0, zone)), y)
	}
	if b.Len() == 0 {
		return "'" + strconv.Itoa(year) + "'", nil
	}
	return fmt.Sprintf("case%s else '%d' end", b.String(), year), nil
}
