package store

import (
	"context"
	"fmt"
	"strings"

	"bourgeon/kit/fold"
	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	forgetValues = `delete from entry_value where doc = $1`
	forgetPlaces = `delete from entry_place where doc = $1`
	keepValues   = `insert into entry_value (doc, form_id, field, value, shown) values `
	keepPlaces   = `insert into entry_place (doc, form_id, field, lat, lon, shown) values `
)

// keepValues writes what the lists of a form are narrowed, counted and sorted
// by. The forms that come with every site have nothing of the kind.
func (tx *Tx) keepValues(ctx context.Context, form press.Form, e press.Entry, doc int64) error {
	if !form.Tabulated() {
		return nil
	}
	for _, forget := range []string{forgetValues, forgetPlaces} {
		if _, err := tx.exec(ctx, "forget the values", forget, doc); err != nil {
			return err
		}
	}
	values, places := form.Values(e, fold.Text)
	shown := e.Status == press.Published
	var args []any
	for _, v := range values {
		args = append(args, doc, string(form.ID), v.Field, v.Value, shown)
	}
	if err := tx.insertMany(ctx, "keep the values", keepValues, 5, args); err != nil {
		return err
	}
	args = nil
	for _, p := range places {
		args = append(args, doc, string(form.ID), p.Field, p.Lat, p.Lon, shown)
	}
	return tx.insertMany(ctx, "keep the places", keepPlaces, 6, args)
}

// insertMany inserts rows of some columns with one statement.
func (tx *Tx) insertMany(ctx context.Context, what, insert string, columns int, args []any) error {
	if len(args) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(insert)
	for i := 0; i < len(args); i += columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + rows.Marks(i+1, columns) + ")")
	}
	_, err := tx.exec(ctx, what, b.String(), args...)
	return err
}

const entriesOfForm = `select id from entry where form_id = $1 order by id`

// StaleForm marks the entries of a form whose questions changed, and returns them.
func (tx *Tx) StaleForm(ctx context.Context, id press.FormID) ([]press.EntryID, error) {
	all, err := rows.List(ctx, tx.q, "list the form's entries", scanText, entriesOfForm, string(id))
	var found []press.EntryID
	for _, entry := range all {
		found = append(found, press.EntryID(entry))
	}
	tx.stale(found...)
	return found, err
}

const sortedEntries = `
from entry e
join site s on s.id = e.site_id
join form f on f.id = e.form_id
join entry_index i on i.id = e.id
left join section c on c.id = e.section_id
left join (
  select v.doc, min(v.value) as value
  from entry_value v
  where v.form_id = $%d and v.field = $%d
  group by v.doc) k on k.doc = i.doc`

// dated lists the entries by when they were published.
func (r Reader) dated(ctx context.Context, v press.Viewer, s Selection, query, direction string, args []any) (Page, error) {
	n := len(args)
	query += fmt.Sprintf("\norder by e.published_at %s, e.id %s\nlimit $%d offset $%d", direction, direction, n+1, n+2)
	entries, err := rows.List(ctx, r.q, "list the entries by date", scanEntry, query, append(args, s.Limit, s.Skip)...)
	if err != nil {
		return Page{}, err
	}
	return Page{Entries: entries}, r.attach(ctx, v, entries)
}

// sorted lists the entries of one form by the answers to one of its fields;
// those without one come last.
func (r Reader) sorted(ctx context.Context, v press.Viewer, s Selection) (Page, error) {
	where, args := r.where(v, s, false)
	columns := entryHead + `'{}', '{}', '{}'`
	if s.Body {
		columns = entryHead + `e.answers, e.rendered, f.hidden`
	}
	direction := "asc"
	if s.Down {
		direction = "desc"
	}
	if s.By == press.ByDate {
		return r.dated(ctx, v, s, columns+entryFrom+where, direction, args)
	}
	field := s.By
	if field == press.ByTitle {
		field = ""
	}
	n := len(args)
	from := fmt.Sprintf(sortedEntries, n+1, n+2)
	end := fmt.Sprintf("\norder by case when k.value is null then 1 else 0 end, k.value %s, e.id\nlimit $%d offset $%d", direction, n+3, n+4)
	args = append(args, string(s.Form), field, s.Limit, s.Skip)
	entries, err := rows.List(ctx, r.q, "list the entries in order", scanEntry, columns+from+where+end, args...)
	if err != nil {
		return Page{}, err
	}
	return Page{Entries: entries}, r.attach(ctx, v, entries)
}

const (
	counted = `
select field, value, count(*)
from entry_value
where form_id = $1 and shown and field in ($fields)
group by field, value`
	countedAmong = `
with hit as materialized (
  select e.doc%s%s
)
select x.field, x.value, count(*)
from hit h
join entry_value x on x.doc = h.doc
where x.field in ($fields)
group by x.field, x.value`
)

// Counted counts the answers to some fields of a form among the published
// entries selected, by field. Answers are keys of options, or words.
func (r Reader) Counted(ctx context.Context, v press.Viewer, s Selection, fields []press.Field) (map[string][]press.Facet, error) {
	all := map[string][]press.Facet{}
	if len(fields) == 0 {
		return all, nil
	}
	query, args := counted, []any{string(s.Form)}
	if s.narrowed() {
		var where string
		where, args = r.where(v, s, true)
		query = fmt.Sprintf(countedAmong, r.indexFrom(s.Query), where)
	}
	query = strings.Replace(query, "$fields", rows.Marks(len(args)+1, len(fields)), 1)
	for _, f := range fields {
		args = append(args, f.Key)
	}
	_, err := rows.List(ctx, r.q, "count the answers", func(row rows.Scanner) (none struct{}, err error) {
		var field string
		var f press.Facet
		if err := row.Scan(&field, &f.Value, &f.Entries); err != nil {
			return none, err
		}
		all[field] = append(all[field], f)
		return none, nil
	}, query, args...)
	for _, f := range fields {
		f.Order(all[f.Key])
	}
	return all, err
}

// narrowed tells whether a selection asks for more than the published entries of a form.
func (s Selection) narrowed() bool {
	return len(s.Chosen) > 0 || !s.Query.Empty() || s.Tag != "" || s.Section != "" || !s.From.IsZero() || !s.To.IsZero() || s.Language != ""
}

const (
	pointsFrom = `
select p.lat, p.lon, e.id
from entry_place p
join entry_index e on e.doc = p.doc`
	pointsOfForm = pointsFrom + `
where p.form_id = $1 and p.field = $2 and p.shown
order by p.doc
limit $3`
	pointsAmong = `
with hit as materialized (
  select e.doc, e.id%s%s
)
select p.lat, p.lon, e.id
from hit e
join entry_place p on p.doc = e.doc
where p.field = $%d
order by p.doc
limit $%d`
)

// MaxPoints bounds the points of a map.
const MaxPoints = 50_000

// Points finds where the published entries selected are, by a field of their form.
func (r Reader) Points(ctx context.Context, v press.Viewer, s Selection, field string) ([]press.Point, error) {
	query, args := pointsOfForm, []any{string(s.Form), field, MaxPoints}
	if s.narrowed() {
		var where string
		where, args = r.where(v, s, true)
		query = fmt.Sprintf(pointsAmong, r.indexFrom(s.Query), where, len(args)+1, len(args)+2)
		args = append(args, field, MaxPoints)
	}
	return rows.List(ctx, r.q, "find the points", func(row rows.Scanner) (p press.Point, err error) {
		err = row.Scan(&p.Lat, &p.Lon, &p.Entry)
		return p, err
	}, query, args...)
}
