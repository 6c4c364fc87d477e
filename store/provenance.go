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

// Translations lists the published entries that say the same as an entry in
// other languages: the original first, if it isn't the entry itself.
func (r Reader) Translations(ctx context.Context, v press.Viewer, e press.Entry) ([]press.Entry, error) {
	var all []press.Entry
	first := e.ID
	if e.Provenance.Kind == press.Translated && e.Provenance.Entry != "" {
		first = e.Provenance.Entry
		source, err := r.Entry(ctx, press.Viewer{}, first)
		switch kind := press.KindOf(err); {
		case err == nil && source.Status == press.Published:
			all = append(all, source)
		case err != nil && kind != press.NotFound && kind != press.Gone:
			return nil, err
		}
	}
	others, err := r.Derived(ctx, v, first)
	for _, other := range others {
		if other.ID != e.ID && other.Provenance.Kind == press.Translated {
			all = append(all, other)
		}
	}
	return all, err
}
