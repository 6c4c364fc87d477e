package store

import (
	"context"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const entriesDerived = briefEntry + `
where e.source_id = $1 and e.status = 'published' and s.closed_at = 0
order by e.published_at, e.id
limit 50`

// Derived lists the published entries, on any open site, that were taken up,
// translated or adapted from an entry, oldest first.
func (r Reader) Derived(ctx context.Context, v press.Viewer, id press.EntryID) ([]press.Entry, error) {
	entries, err := rows.List(ctx, r.q, "list what was made from an entry", scanEntry, entriesDerived, string(id))
	if err != nil {
		return nil, err
	}
	return entries, r.attach(ctx, v, entries)
}

// Asked with "or", SQLite would look through all published entries.
const entriesSaying = briefEntry + `
where e.id in (
    select id from entry where id in ($ids)
    union all
    select id from entry where source_id in ($ids))
  and e.status = 'published' and s.closed_at = 0
order by e.published_at, e.id`

// TranslationsOf lists, for each of some entries, the published ones that say
// the same in other languages: the original first, if it isn't the entry
// itself. They come without credits and pictures.
func (r Reader) TranslationsOf(ctx context.Context, _ press.Viewer, entries []press.Entry) (map[press.EntryID][]press.Entry, error) {
	var originals []any
	for _, e := range entries {
		originals = append(originals, string(original(e)))
	}
	saying := map[press.EntryID][]press.Entry{}      // by original
	for some := range slices.Chunk(originals, 200) { // SQLite, and sense, bound the parameters
		query := strings.ReplaceAll(entriesSaying, "$ids", rows.Marks(1, len(some)))
		found, err := rows.List(ctx, r.q, "list the translations", scanEntry, query, some...)
		if err != nil {
			return nil, err
		}
		for _, e := range found {
			switch first := original(e); {
			case first == e.ID:
				saying[first] = append([]press.Entry{e}, saying[first]...)
			case e.Provenance.Kind == press.Translated:
				saying[first] = append(saying[first], e)
			}
		}
	}
	all := map[press.EntryID][]press.Entry{}
	for _, e := range entries {
		for _, other := range saying[original(e)] {
			if other.ID != e.ID {
				all[e.ID] = append(all[e.ID], other)
			}
		}
	}
	return all, nil
}

// original is what an entry translates, or itself.
func original(e press.Entry) press.EntryID {
	if e.Provenance.Kind == press.Translated && e.Provenance.Entry != "" {
		return e.Provenance.Entry
	}
	return e.ID
}

// Translations is TranslationsOf one entry, with credits.
func (r Reader) Translations(ctx context.Context, v press.Viewer, e press.Entry) ([]press.Entry, error) {
	found, err := r.TranslationsOf(ctx, v, []press.Entry{e})
	if err != nil || len(found[e.ID]) == 0 {
		return nil, err
	}
	return found[e.ID], r.attach(ctx, v, found[e.ID])
}
