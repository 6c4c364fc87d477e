package store

import (
	"context"
	"fmt"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store/rows"
)

// IndexState is how much of what is kept can be found.
type IndexState struct {
	Entries int // kept, in whatever status
	Indexed int // by the present chain of analysis
}

const indexState = `select (select count(*) from entry), (select count(*) from entry_index where version = $1)`

// IndexState counts what is indexed.
func (r Reader) IndexState(ctx context.Context, _ press.Viewer) (IndexState, error) {
	var s IndexState
	if err := r.q.QueryRowContext(ctx, indexState, terms.Version).Scan(&s.Entries, &s.Indexed); err != nil {
		return s, fmt.Errorf("count what is indexed: %w", err)
	}
	return s, nil
}

const unindexed = `
select e.id
from entry e
left join entry_index i on i.id = e.id and i.version = $1
where e.id > $2 and i.id is null
order by e.id
limit $3`

// Unindexed lists the next entries, by identifier, that search doesn't know or
// that an earlier chain analysed.
func (r Reader) Unindexed(ctx context.Context, _ press.Viewer, after press.EntryID, limit int) ([]press.EntryID, error) {
	return rows.List(ctx, r.q, "list what isn't indexed", scanID, unindexed, terms.Version, string(after), limit)
}

const everyEntry = `select e.id from entry e where e.id > $1 order by e.id limit $2`

// EveryEntry lists the identifiers of entries in whatever status, for the program.
func (r Reader) EveryEntry(ctx context.Context, v press.Viewer, after press.EntryID, limit int) ([]press.EntryID, error) {
	if !v.System {
		return nil, fmt.Errorf("list every entry: %w", rows.Missing())
	}
	return rows.List(ctx, r.q, "list every entry", scanID, everyEntry, string(after), limit)
}

func scanID(row rows.Scanner) (press.EntryID, error) {
	s, err := scanText(row)
	return press.EntryID(s), err
}

// agrees finds the rows of the index that say what their entry says; %s is
// whether their words are kept.
const agrees = `
select i.id, i.digest
from entry_index i
join entry e on e.id = i.id
where i.version = $1 and i.site_id = e.site_id and i.form_id = e.form_id and i.status = e.status and i.language = e.language
  and coalesce(i.section_id, '') = coalesce(e.section_id, '') and coalesce(i.created_by, '') = coalesce(e.created_by, '')
  and i.licence = e.licence and i.debut = e.debut and i.proposed_at = e.proposed_at and i.updated_at = e.updated_at
  and i.published_at = e.published_at and i.featured_at = e.featured_at and %s and e.id in (%s)`

// Diverging tells which of some entries search knows otherwise than they are.
func (r Reader) Diverging(ctx context.Context, v press.Viewer, ids []press.EntryID) ([]press.EntryID, error) {
	if !v.System || len(ids) == 0 {
		return nil, nil
	}
	entries, err := r.entriesOf(ctx, press.Itself, ids, true)
	if err != nil {
		return nil, err
	}
	args := []any{terms.Version}
	for _, id := range ids {
		args = append(args, string(id))
	}
	digests := map[press.EntryID]string{}
	_, err = rows.List(ctx, r.q, "compare the index", func(row rows.Scanner) (none struct{}, err error) {
		var id press.EntryID
		var digest string
		err = row.Scan(&id, &digest)
		digests[id] = digest
		return none, err
	}, fmt.Sprintf(agrees, r.d.words.Kept, rows.Marks(2, len(ids))), args...)
	if err != nil {
		return nil, err
	}
	forms := map[press.FormID]press.Form{}
	var all []press.EntryID
	for _, e := range entries {
		if _, known := forms[e.Form]; !known {
			if forms[e.Form], err = r.Form(ctx, v, e.Form); err != nil {
				return nil, err
			}
		}
		if digests[e.ID] != digest(textsOf(forms[e.Form], e), e) {
			all = append(all, e.ID)
		}
	}
	return all, nil
}

// Reindex analyses entries anew at the end of the transaction, whatever the
// index says of them.
func (tx *Tx) Reindex(ctx context.Context, ids []press.EntryID) error {
	if len(ids) == 0 {
		return nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	tx.stale(ids...)
	_, err := tx.exec(ctx, "forget what is indexed", "update entry_index set digest = '' where id in ("+rows.Marks(1, len(ids))+")", args...)
	return err
}

// SoundIndex tells whether what the engine keeps of words is whole.
func (tx *Tx) SoundIndex(ctx context.Context) (bool, error) { return tx.d.words.Sound(ctx, tx.tx) }

// EmptyIndex forgets every word: what was indexed must be indexed anew.
func (tx *Tx) EmptyIndex(ctx context.Context) error {
	if err := tx.d.words.Empty(ctx, tx.tx); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "forget what is indexed", `update entry_index set digest = '', version = 0`)
	return err
}
