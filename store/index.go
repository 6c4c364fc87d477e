package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"bourgeon/kit/markdown"
	"bourgeon/kit/terms"
	"bourgeon/kit/wordindex"
	"bourgeon/press"
	"bourgeon/store/rows"
)

// The index of search follows every change in its transaction: what writes an
// entry, or what is found with it, marks it here, and Write indexes what is
// marked before it commits.

// stale marks an entry as no longer as it was indexed.
func (tx *Tx) stale(ids ...press.EntryID) {
	if tx.marked == nil {
		tx.marked = map[press.EntryID]bool{}
	}
	for _, id := range ids {
		tx.marked[id] = true
	}
}

const entriesOfSection = `select id from entry where section_id = $1`

// staleSection marks the entries of a section whose name changed.
func (tx *Tx) staleSection(ctx context.Context, id press.SectionID) error {
	all, err := rows.List(ctx, tx.q, "list the section's entries", scanText, entriesOfSection, string(id))
	for _, entry := range all {
		tx.stale(press.EntryID(entry))
	}
	return err
}

// indexing is how many entries are read at once to be indexed.
const indexing = 100

// indexMarked indexes what was marked, in an order that all writers share.
func (tx *Tx) indexMarked(ctx context.Context) error {
	forms := map[press.FormID]press.Form{}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(tx.marked)), indexing) {
		entries, err := tx.entriesOf(ctx, press.Itself, ids, true)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if _, known := forms[e.Form]; !known {
				if forms[e.Form], err = tx.Form(ctx, press.Itself, e.Form); err != nil {
					return err
				}
			}
			if err := tx.index(ctx, forms[e.Form], e); err != nil {
				return fmt.Errorf("index %s: %w", e.ID, err)
			}
		}
	}
	tx.marked = nil
	return nil
}

const (
	indexed    = `select digest, version from entry_index where id = $1`
	indexEntry = `
insert into entry_index (id, site_id, form_id, section_id, status, language, licence, debut, created_by, proposed_at, updated_at,
  published_at, featured_at, digest, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
on conflict (id) do update
set section_id = excluded.section_id, status = excluded.status, language = excluded.language, licence = excluded.licence,
  debut = excluded.debut, created_by = excluded.created_by, proposed_at = excluded.proposed_at, updated_at = excluded.updated_at,
  published_at = excluded.published_at, featured_at = excluded.featured_at, digest = excluded.digest, version = excluded.version
returning doc`
)

// index brings what search knows of an entry up to date. Words are analysed
// only when they changed.
func (tx *Tx) index(ctx context.Context, form press.Form, e press.Entry) error {
	texts := textsOf(form, e)
	fresh := digest(texts, e)
	var before string
	var version int
	err := tx.q.QueryRowContext(ctx, indexed, string(e.ID)).Scan(&before, &version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var doc int64
	err = tx.q.QueryRowContext(ctx, indexEntry, string(e.ID), string(e.Site), string(e.Form), rows.Opt(e.Section), string(e.Status),
		e.Language, string(e.Licence), e.Debut, rows.Opt(e.CreatedBy), rows.Micros(e.ProposedAt), rows.Micros(e.UpdatedAt), rows.Micros(e.PublishedAt),
		rows.Micros(e.FeaturedAt), fresh, terms.Version).Scan(&doc)
	if err != nil {
		return err
	}
	if err := tx.keepValues(ctx, form, e, doc); err != nil || before == fresh && version == terms.Version {
		return err
	}
	d, words := texts.Analyse(e.Language)
	if err := tx.d.words.Keep(ctx, tx.tx, doc, d); err != nil {
		return err
	}
	if e.Status != press.Published {
		return nil
	}
	// Nothing is unlearnt: a guess is made only where it finds something that
	// its reader may see.
	return wordindex.Learn(ctx, tx.tx, words)
}

func textsOf(form press.Form, e press.Entry) terms.Texts {
	facts, body := form.Found(e, markdown.Plain)
	return terms.Texts{Title: e.Title, Facts: facts, Body: body}
}

// digest tells whether an entry must be analysed anew. A published one teaches
// its words to those who look for slips, so that its status counts.
func digest(t terms.Texts, e press.Entry) string {
	return t.Digest(fmt.Sprintf("%s\x00%t", e.Language, e.Status == press.Published))
}
