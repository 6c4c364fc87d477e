package store

import (
	"context"

	"bourgeon/press"
)

const draftStateColumns = `
select s.draft_id, s.version, s.content, s.saved_at
from draft_state s
join draft d on d.id = s.draft_id`

const (
	draftStates    = draftStateColumns + ` where s.draft_id = $1 order by s.version desc limit 100`
	lastDraftState = draftStateColumns + ` where s.draft_id = $1 order by s.version desc limit 1`
	draftState     = draftStateColumns + ` where s.draft_id = $1 and s.version = $2`
)

func scanDraftState(row scanner) (press.DraftState, error) {
	var s press.DraftState
	err := row.Scan(&s.Draft, &s.Version, jsonOf(&s.Content), moment{&s.SavedAt})
	return s, err
}

// DraftStates lists the earlier states of a draft, newest first, at most 100.
// Whoever may open the draft may read them: the caller has opened it.
func (r Reader) DraftStates(ctx context.Context, d press.Draft) ([]press.DraftState, error) {
	return list(ctx, r.q, "list the draft's states", scanDraftState, draftStates, string(d.ID))
}

// LastDraftState is the newest of them.
func (r Reader) LastDraftState(ctx context.Context, d press.Draft) (press.DraftState, error) {
	s, err := scanDraftState(r.q.QueryRowContext(ctx, lastDraftState, string(d.ID)))
	if err != nil {
		return s, notFound("find the draft's last state", err)
	}
	return s, nil
}

// DraftState finds one of them by the version that the draft then had.
func (r Reader) DraftState(ctx context.Context, d press.Draft, version int) (press.DraftState, error) {
	s, err := scanDraftState(r.q.QueryRowContext(ctx, draftState, string(d.ID), version))
	if err != nil {
		return s, notFound("find the draft's state", err)
	}
	return s, nil
}

const (
	keepDraftState = `
insert into draft_state (draft_id, version, content, saved_at)
values ($1, $2, $3, $4)
on conflict (draft_id, version) do nothing`
	thinDraftStates = `
delete from draft_state
where draft_id = $1 and version <= (
  select version from draft_state where draft_id = $1 order by version desc limit 1 offset $2
)`
)

// KeepDraftState keeps a draft as it stands, before it is overwritten, and of
// its states the newest most.
func (tx *Tx) KeepDraftState(ctx context.Context, d press.Draft, most int) error {
	if _, err := tx.exec(ctx, "keep the draft's state", keepDraftState, string(d.ID), d.Version, toJSON(d.Content), micros(d.UpdatedAt)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "thin the draft's states", thinDraftStates, string(d.ID), most)
	return err
}
