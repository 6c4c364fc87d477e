package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store/rows"
)

// Selection says which entries to list. Zero fields don't restrict.
type Selection struct {
	Site     press.SiteID
	Section  press.SectionID
	Form     press.FormID
	IDs      []press.EntryID
	Tag      string // slug
	Byline   press.BylineID
	Person   press.PersonID // who wrote it or is credited; others than themselves find nothing
	Statuses []press.Status // none means published
	From, To time.Time      // of publication: From ≤ t < To
	FormSlug string         // of whatever site
	Language string         // a tag of BCP 47, as kept
	Licence  press.LicenceID
	Query    terms.Query // what must be found in it, and what must not
	Featured bool
	Debut    bool
	Except   press.EntryID
	Chosen   []press.Chosen // answers that entries have, all of them; of one form
	Order    Order
	By       string // the key of a field: sorts by its answers instead of Order; of one form
	Down     bool   // the greatest first, sorted by a field
	Skip     int    // entries, sorted by a field
	Body     bool   // with answers and rendered texts

	Limit  int
	Before Cursor // the page after this place in the order
	After  Cursor // the page that ends just before this place
}

// Order is how a selection is sorted; each has a column, and the identifier
// tells equals apart.
type Order int

const (
	Newest    Order = iota // publication, newest first
	Oldest                 // proposal, oldest first: what waits
	Latest                 // change, newest first: one's own
	Featured               // featuring, newest first
	Relevance              // what a query finds best, first: see score
)

var orders = map[Order]struct {
	column     string
	descending bool
}{
	Newest:   {"e.published_at", true},
	Oldest:   {"e.proposed_at", false},
	Latest:   {"e.updated_at", true},
	Featured: {"e.featured_at", true},
}

func (o Order) of(e press.Entry) int64 {
	switch o {
	case Oldest:
		return rows.Micros(e.ProposedAt)
	case Latest:
		return rows.Micros(e.UpdatedAt)
	case Featured:
		return rows.Micros(e.FeaturedAt)
	default:
		return rows.Micros(e.PublishedAt)
	}
}

// Cursor is a place in an order, opaque to those who carry it.
type Cursor string

func cursorOf(o Order, e press.Entry) Cursor { return cursorAt(o.of(e), string(e.ID)) }

func cursorAt(at int64, id string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%s", at, id)))
}

// Readable tells whether a cursor has the shape of ours; "" hasn't.
func (c Cursor) Readable() bool {
	_, _, ok := c.place()
	return ok
}

// place reads a cursor; a forged one is a place like another.
func (c Cursor) place() (int64, string, bool) {
	b, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil {
		return 0, "", false
	}
	at, id, ok := strings.Cut(string(b), ".")
	n, err := strconv.ParseInt(at, 10, 64)
	return n, press.CleanLine(id), ok && err == nil
}

// Page is one page of a selection, and where the next ones begin ("" at the ends).
type Page struct {
	Entries []press.Entry
	Newer   Cursor // give it as After
	Older   Cursor // give it as Before
}

// visible is press.Viewer.MayRead in SQL; $1 is viewerKey.
const visible = `
  and (e.status = 'published' or $1 = '*' or ($1 <> '' and (
    e.created_by = $1
    or exists (select 1 from credit k where k.entry_id = e.id and k.person_id = $1
      and k.role not in ('proofreader', 'photographer'))
    or e.status <> 'draft' and exists (select 1 from membership m where m.person_id = $1
      and (m.site_id is null or m.site_id = e.site_id)
      and (m.role in ('animator', 'steward') and (m.section_id is null or m.section_id = e.section_id)
        or e.status in ('proposed', 'scheduled', 'returned'))))))`

func viewerKey(v press.Viewer) string {
	if v.System {
		return "*"
	}
	return string(v.Person)
}

// where builds the conditions of a selection, on entries or, in narrow, on
// what the index knows of them, as e; args[0] is the viewer.
func (r Reader) where(v press.Viewer, s Selection, narrow bool) (string, []any) {
	var b strings.Builder
	args := []any{viewerKey(v)}
	and := func(condition string, values ...any) {
		for _, value := range values {
			args = append(args, value)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		b.WriteString("\n  and " + condition)
	}
	b.WriteString("\nwhere $1 = $1")
	published := len(s.Statuses) == 0
	if published {
		and(`e.status = 'published'`)
	} else {
		and("e.status in ("+strings.TrimSuffix(strings.Repeat("?, ", len(s.Statuses)), ", ")+")", anys(s.Statuses)...)
	}
	if s.Site != "" {
		and("e.site_id = ?", string(s.Site))
	} else {
		and("s.closed_at = 0")
	}
	if s.Section != "" {
		and("e.section_id = ?", string(s.Section))
	}
	if s.Form != "" {
		and("e.form_id = ?", string(s.Form))
	} else if published && s.FormSlug == "" && len(s.IDs) == 0 {
		and("f.listed = true")
	}
	if s.Tag != "" {
		and("exists (select 1 from entry_tag t where t.entry_id = e.id and t.slug = ?)", s.Tag)
	}
	if s.Byline != "" {
		and("e.id in (select k.entry_id from credit k where k.byline_id = ?)", string(s.Byline))
	}
	if s.Person != "" && !v.System && v.Person != s.Person {
		and("1 = 0") // it would tell what somebody wrote without their name
	}
	if s.Person != "" {
		and("e.id in (select o.id from entry o where o.created_by = ? union select k.entry_id from credit k where k.person_id = ?)",
			string(s.Person), string(s.Person))
	}
	if !s.From.IsZero() {
		and("e.published_at >= ?", rows.Micros(s.From))
	}
	if !s.To.IsZero() {
		and("e.published_at < ?", rows.Micros(s.To))
	}
	if s.Featured {
		and("e.featured_at > 0")
	}
	if s.Debut {
		and("e.debut = true")
	}
	if s.Except != "" {
		and("e.id <> ?", string(s.Except))
	}
	if len(s.IDs) > 0 {
		and("e.id in ("+strings.TrimSuffix(strings.Repeat("?, ", len(s.IDs)), ", ")+")", anys(s.IDs)...)
	}
	if s.FormSlug != "" {
		and("f.slug = ?", s.FormSlug)
	}
	if s.Language != "" {
		and("e.language = ?", s.Language)
	}
	if s.Licence != "" {
		and("e.licence = ?", string(s.Licence))
	}
	for _, c := range s.Chosen {
		has := "(select x.doc from entry_value x where x.form_id = ? and x.field = ? and x.value = ?)"
		if narrow {
			and("e.doc in "+has, string(s.Form), c.Field, c.Value)
		} else {
			and("e.id in (select i.id from entry_index i where i.doc in "+has+")", string(s.Form), c.Field, c.Value)
		}
	}
	for _, c := range r.d.words.Answers(s.Query) {
		if narrow {
			and(strings.ReplaceAll(c.SQL, "i.", "e."), c.Value)
		} else {
			and("e.id in (select i.id from entry_index i where "+c.SQL+")", c.Value)
		}
	}
	if !published {
		b.WriteString(visible)
	}
	return b.String(), args
}

func anys[T ~string](all []T) []any {
	values := make([]any, len(all))
	for i, v := range all {
		values[i] = string(v)
	}
	return values
}

const defaultLimit = 20

// Entries lists a page of the entries selected that the viewer may see. Pages
// are cut by place, not by count: they stay stable while people write.
func (r Reader) Entries(ctx context.Context, v press.Viewer, s Selection) (Page, error) {
	if s.Limit <= 0 {
		s.Limit = defaultLimit
	}
	if s.Order == Relevance {
		return r.ranked(ctx, v, s)
	}
	if s.By != "" {
		return r.sorted(ctx, v, s)
	}
	by := orders[s.Order]
	where, args := r.where(v, s, false)
	order, args := s.cut(by.column, "e.id", by.descending, args)
	columns := briefEntry
	if s.Body {
		columns = wholeEntry
	}
	entries, err := rows.List(ctx, r.q, "list entries", scanEntry, columns+where+order, args...)
	if err != nil {
		return Page{}, err
	}
	entries, newer, older := around(s, entries, func(e press.Entry) Cursor { return cursorOf(s.Order, e) })
	return Page{entries, newer, older}, r.attach(ctx, v, entries)
}

// cut is the end of a query that follows its conditions: one row more than the
// page asked for, from its place in the order.
func (s Selection) cut(column, id string, descending bool, args []any) (string, []any) {
	at, key, backwards := s.After.place()
	placed := backwards
	if !placed {
		at, key, placed = s.Before.place()
	}
	sign, direction := ">", "asc"
	if descending != backwards {
		sign, direction = "<", "desc"
	}
	var b strings.Builder
	if placed {
		fmt.Fprintf(&b, "\n  and (%s, %s) %s ($%d, $%d)", column, id, sign, len(args)+1, len(args)+2)
		args = append(args, at, key)
	}
	fmt.Fprintf(&b, "\norder by %s %s, %s %s\nlimit $%d", column, direction, id, direction, len(args)+1)
	return b.String(), append(args, s.Limit+1)
}

// around makes a page of the rows that a cut query gave, in the selection's
// order, and finds where the pages beside it begin.
func around[T any](s Selection, found []T, cursor func(T) Cursor) (page []T, newer, older Cursor) {
	_, _, backwards := s.After.place()
	_, _, forwards := s.Before.place()
	more := len(found) > s.Limit
	if more {
		found = found[:s.Limit]
	}
	if backwards {
		slices.Reverse(found)
	}
	if more && backwards || forwards && !backwards {
		newer = s.Before // where nothing is left, the way back
		if len(found) > 0 {
			newer = cursor(found[0])
		}
	}
	if more && !backwards || backwards {
		older = s.After
		if len(found) > 0 {
			older = cursor(found[len(found)-1])
		}
	}
	return found, newer, older
}

// CountEntries counts the entries selected that the viewer may see.
func (r Reader) CountEntries(ctx context.Context, v press.Viewer, s Selection) (int, error) {
	from := countFrom
	if !s.Query.Empty() {
		from = r.indexFrom(s.Query)
	}
	where, args := r.where(v, s, !s.Query.Empty())
	var n int
	if err := r.q.QueryRowContext(ctx, "select count(*)"+from+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count entries: %w", err)
	}
	return n, nil
}

// PublicationTimes lists when the entries of a site were published, newest
// first, for the archive by year.
func (r Reader) PublicationTimes(ctx context.Context, v press.Viewer, site press.SiteID) ([]time.Time, error) {
	where, args := r.where(v, Selection{Site: site}, false)
	scan := func(row rows.Scanner) (t time.Time, err error) {
		err = row.Scan(rows.Moment(&t))
		return t, err
	}
	return rows.List(ctx, r.q, "list the publication times", scan,
		"select e.published_at"+countFrom+where+"\norder by e.published_at desc", args...)
}
