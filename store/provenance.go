package store

import (
	"context"

	"bourgeon/press"
)

// The identifier is looked for as the JSON text holds it: identifiers have no
// sign that JSON escapes, and both engines read it alike. The inner
// conditions are those of the index entry_with_source: most entries are originals.
const entriesDerived = briefEntry + `
where e.id in (select id from entry where provenance <> '{}' and provenance like $1 escape '!')
  and e.status = 'published' and s.closed_at = 0
order by e.published_at, e.id
limit 50`

// Derived lists the published entries, on any open site, that were taken up,
// translated or adapted from an entry, oldest first.
func (r Reader) Derived(ctx context.Context, _ press.Viewer, id press.EntryID) ([]press.Entry, error) {
	entries, err := list(ctx, r.q, "list what was made from an entry", scanEntry, entriesDerived,
		`%"entry":"`+literal.Replace(string(id))+`"%`)
	if err != nil {
		return nil, err
	}
	return entries, r.attach(ctx, entries)
}
