package store

import (
	"context"
	"fmt"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const draftColumns = `
select d.id, d.site_id, d.form_id, coalesce(d.entry_id, ''), d.base, d.content, d.signing, coalesce(d.person_id, ''),
  d.version, d.created_at, d.updated_at
from draft d`

const (
	draftByToken    = draftColumns + ` where d.token_hash = $1`
	draftByID       = draftColumns + ` where d.id = $1`
	draftsOfPerson  = draftColumns + ` where d.person_id = $1 order by d.updated_at desc, d.id limit 100`
	draftOfEntryFor = draftColumns + ` where d.entry_id = $1 and d.person_id = $2 order by d.updated_at desc limit 1`
)

func scanDraft(row rows.Scanner) (press.Draft, error) {
	var d press.Draft
	err := row.Scan(&d.ID, &d.Site, &d.Form, &d.Entry, &d.Base, rows.JSON(&d.Content), rows.JSON(&d.Signing), &d.Person, &d.Version,
		rows.Moment(&d.CreatedAt), rows.Moment(&d.UpdatedAt))
	return d, err
}

// DraftByToken finds a draft by the hash of its secret: whoever holds the
// secret writes.
func (r Reader) DraftByToken(ctx context.Context, hash string) (press.Draft, error) {
	d, err := scanDraft(r.q.QueryRowContext(ctx, draftByToken, hash))
	if err != nil {
		return d, rows.NotFound("find the draft", err)
	}
	return d, nil
}

// Draft finds a draft of the viewer's.
func (r Reader) Draft(ctx context.Context, v press.Viewer, id press.DraftID) (press.Draft, error) {
	d, err := scanDraft(r.q.QueryRowContext(ctx, draftByID, string(id)))
	if err != nil {
		return d, rows.NotFound("find the draft", err)
	}
	if !v.System && (!v.Known() || d.Person != v.Person) {
		return press.Draft{}, fmt.Errorf("find the draft: %w", rows.Missing())
	}
	return d, nil
}

// Drafts lists the viewer's own, last changed first, at most 100.
func (r Reader) Drafts(ctx context.Context, v press.Viewer) ([]press.Draft, error) {
	if !v.Known() {
		return nil, nil
	}
	return rows.List(ctx, r.q, "list the drafts", scanDraft, draftsOfPerson, string(v.Person))
}

// DraftOfEntry finds the viewer's own working copy of an entry.
func (r Reader) DraftOfEntry(ctx context.Context, v press.Viewer, id press.EntryID) (press.Draft, error) {
	d, err := scanDraft(r.q.QueryRowContext(ctx, draftOfEntryFor, string(id), string(v.Person)))
	if err != nil {
		return d, rows.NotFound("find the draft", err)
	}
	return d, nil
}

const insertDraft = `
insert into draft (id, token_hash, site_id, form_id, entry_id, base, content, signing, person_id, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)`

// InsertDraft keeps a new draft under the hash of its secret.
func (tx *Tx) InsertDraft(ctx context.Context, d press.Draft, hash string) error {
	_, err := tx.exec(ctx, "keep the draft", insertDraft, string(d.ID), hash, string(d.Site), string(d.Form), rows.Opt(d.Entry),
		d.Base, rows.ToJSON(d.Content), rows.ToJSON(d.Signing), rows.Opt(d.Person), rows.Micros(d.CreatedAt), rows.Micros(d.UpdatedAt))
	return err
}

const (
	saveDraft = `
update draft
set content = $3, signing = $4, person_id = $5, entry_id = $6, base = $7, updated_at = $8, version = version + 1
where id = $1 and version = $2`
	deleteDraft = `delete from draft where id = $1`
	endDraft    = `delete from draft where id = $1 and version = $2`
)

func staleDraft() error {
	return press.Problem(press.Conflict, "This text was changed elsewhere meanwhile: both versions are below.")
}

// SaveDraft keeps a draft if nobody saved it since d.Version; otherwise
// press.Conflict, and nothing is changed.
func (tx *Tx) SaveDraft(ctx context.Context, d press.Draft) error {
	n, err := tx.exec(ctx, "save the draft", saveDraft, string(d.ID), d.Version, rows.ToJSON(d.Content), rows.ToJSON(d.Signing),
		rows.Opt(d.Person), rows.Opt(d.Entry), d.Base, rows.Micros(d.UpdatedAt))
	if err != nil || n == 1 {
		return err
	}
	return fmt.Errorf("save the draft: %w", staleDraft())
}

// EndDraft forgets a working copy whose text became a revision, if nobody
// saved it since d.Version; otherwise press.Conflict: what was typed meanwhile
// stays.
func (tx *Tx) EndDraft(ctx context.Context, d press.Draft) error {
	n, err := tx.exec(ctx, "end the draft", endDraft, string(d.ID), d.Version)
	if err != nil || n == 1 {
		return err
	}
	return fmt.Errorf("end the draft: %w", staleDraft())
}

// DeleteDraft forgets a working copy that its writer threw away.
func (tx *Tx) DeleteDraft(ctx context.Context, id press.DraftID) error {
	_, err := tx.exec(ctx, "forget the draft", deleteDraft, string(id))
	return err
}

const draftsOfEntry = draftColumns + ` where d.entry_id = $1 order by d.id`

// DraftsOf lists all working copies of an entry, whosever they are, and holds
// them until the transaction ends.
func (tx *Tx) DraftsOf(ctx context.Context, id press.EntryID) ([]press.Draft, error) {
	return rows.List(ctx, tx.q, "list the drafts of an entry", scanDraft, draftsOfEntry+tx.d.Held("d"), string(id))
}

const (
	draftStates     = `select draft_id, version, content, saved_at from draft_state where draft_id = $1 order by version desc limit $2`
	keepDraftState  = `insert into draft_state (draft_id, version, content, saved_at) values ($1, $2, $3, $4) on conflict (draft_id, version) do nothing`
	dropDraftStates = `delete from draft_state where draft_id = $1 and version <= $2`
)

// DraftStates lists the last n earlier states of a draft, for whoever opened it.
func (r Reader) DraftStates(ctx context.Context, id press.DraftID, n int) ([]press.DraftState, error) {
	return rows.List(ctx, r.q, "list the draft's states", func(row rows.Scanner) (s press.DraftState, err error) {
		return s, row.Scan(&s.Draft, &s.Version, rows.JSON(&s.Content), rows.Moment(&s.SavedAt))
	}, draftStates, string(id), n)
}

// KeepDraftState keeps a draft as it stands, and drops its states up to a version.
func (tx *Tx) KeepDraftState(ctx context.Context, d press.Draft, upTo int) error {
	_, err := tx.exec(ctx, "keep the draft's state", keepDraftState, string(d.ID), d.Version, rows.ToJSON(d.Content), rows.Micros(d.UpdatedAt))
	if err == nil {
		_, err = tx.exec(ctx, "drop old states", dropDraftStates, string(d.ID), upTo)
	}
	return err
}
