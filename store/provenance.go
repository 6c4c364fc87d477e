package store

import (
	"context"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const entriesDerived = briefEntry + `
where e.source_id = $1 and e.status = 'published' and s.closed_at = 0
order by e.published_at, e.id
limit 50`

// Derived lists the published entries, on any open site, that were taken up,
// translated or adapted from an entry, oldest first.
func (r Reader) Derived(ctx context.Context, _ press.Viewer, id press.EntryID) ([]press.Entry, error) {
	entries, err := rows.List(ctx, r.q, "list what was made from an entry", scanEntry, entriesDerived, string(id))
	if err != nil {
		return nil, err
	}
	return entries, r.attach(ctx, entries)
}
