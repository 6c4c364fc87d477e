package store

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const proofreadingColumns = `
select p.id, coalesce(p.draft_id, ''), coalesce(p.entry_id, ''), coalesce(p.person_id, ''), p.site_id, p.email, p.name, p.credited,
  p.asked_by, p.reply_to, p.message, p.language, p.asked_at, p.ends_at, p.done_at, p.ended_at
from proofreading p`

const (
	proofreadingByToken  = proofreadingColumns + ` where p.token_hash = $1`
	proofreadingsOfDraft = proofreadingColumns + ` where p.draft_id = $1 order by p.asked_at, p.id`
	proofreadingsOfEntry = proofreadingColumns + ` where p.entry_id = $1 order by p.asked_at, p.id`
	remarksOf            = `
select r.id, r.proofreading_id, r.field, r.passage, r.words, r.instead, r.state, r.made_at
from remark r
where r.proofreading_id = $1
order by r.made_at, r.id`
)

func scanProofreading(row rows.Scanner) (p press.Proofreading, err error) {
	err = row.Scan(&p.ID, &p.Draft, &p.Entry, &p.Reader, &p.Site, &p.Email, &p.Name, &p.Credited, &p.By, &p.ReplyTo, &p.Message,
		&p.Language, rows.Moment(&p.AskedAt), rows.Moment(&p.EndsAt), rows.Moment(&p.DoneAt), rows.Moment(&p.EndedAt))
	return p, err
}

func scanRemark(row rows.Scanner) (r press.Remark, err error) {
	err = row.Scan(&r.ID, &r.Proofreading, &r.Field, &r.Passage, &r.Words, &r.Instead, &r.State, rows.Moment(&r.At))
	return r, err
}

// ProofreadingByToken finds a proof-reading by the hash of its secret: whoever
// holds it was asked.
func (r Reader) ProofreadingByToken(ctx context.Context, hash string) (press.Proofreading, error) {
	p, err := scanProofreading(r.q.QueryRowContext(ctx, proofreadingByToken, hash))
	if err != nil {
		return p, rows.NotFound("find the proof-reading", err)
	}
	p.Remarks, err = r.remarks(ctx, p.ID)
	return p, err
}

// Proofreadings lists those of a draft, the first asked first, for whoever
// opened the draft.
func (r Reader) Proofreadings(ctx context.Context, draft press.DraftID) ([]press.Proofreading, error) {
	return r.proofreadings(ctx, proofreadingsOfDraft, string(draft))
}

// ProofreadingsOf lists those of an entry at the desk: with all their remarks
// for those who animate there, with those given to them for its authors.
func (r Reader) ProofreadingsOf(ctx context.Context, v press.Viewer, e press.Entry) ([]press.Proofreading, error) {
	animates := v.May(press.Animator, e.Site, e.Section)
	if !animates && !v.Owns(e) {
		return nil, nil
	}
	all, err := r.proofreadings(ctx, proofreadingsOfEntry, string(e.ID))
	for i := range all {
		if !animates {
			all[i].Remarks = all[i].Given()
		}
	}
	return all, err
}

func (r Reader) proofreadings(ctx context.Context, query, id string) ([]press.Proofreading, error) {
	all, err := rows.List(ctx, r.q, "list the proof-readings", scanProofreading, query, id)
	for i := range all {
		if err == nil {
			all[i].Remarks, err = r.remarks(ctx, all[i].ID)
		}
	}
	return all, err
}

func (r Reader) remarks(ctx context.Context, id press.ProofreadingID) ([]press.Remark, error) {
	return rows.List(ctx, r.q, "list the remarks", scanRemark, remarksOf, string(id))
}

const (
	insertProofreading = `
insert into proofreading (id, draft_id, entry_id, person_id, site_id, token_hash, email, name, credited, asked_by, reply_to,
  message, language, asked_at, ends_at, done_at, ended_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`
	updateProofreading = `update proofreading set name = $2, credited = $3, done_at = $4, ended_at = $5 where id = $1`
	insertRemark       = `
insert into remark (id, proofreading_id, field, passage, words, instead, state, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`
	setRemark    = `update remark set state = $2 where id = $1`
	deleteRemark = `delete from remark where id = $1 and proofreading_id = $2 and state = 'open'`
)

// InsertProofreading keeps a request under the hash of its secret.
func (tx *Tx) InsertProofreading(ctx context.Context, p press.Proofreading, hash string) error {
	_, err := tx.exec(ctx, "ask for a proof-reading", insertProofreading, string(p.ID), rows.Opt(p.Draft), rows.Opt(p.Entry),
		rows.Opt(p.Reader), string(p.Site), hash, p.Email, p.Name, p.Credited, p.By, p.ReplyTo, p.Message, p.Language,
		rows.Micros(p.AskedAt), rows.Micros(p.EndsAt), rows.Micros(p.DoneAt), rows.Micros(p.EndedAt))
	return err
}

// UpdateProofreading keeps who reads, whether they are done, and whether the
// request was taken back.
func (tx *Tx) UpdateProofreading(ctx context.Context, p press.Proofreading) error {
	return tx.change(ctx, "keep the proof-reading", updateProofreading, string(p.ID), p.Name, p.Credited, rows.Micros(p.DoneAt),
		rows.Micros(p.EndedAt))
}

// InsertRemark keeps a remark.
func (tx *Tx) InsertRemark(ctx context.Context, r press.Remark) error {
	_, err := tx.exec(ctx, "keep the remark", insertRemark, string(r.ID), string(r.Proofreading), r.Field, r.Passage, r.Words, r.Instead,
		string(r.State), rows.Micros(r.At))
	return err
}

// SetRemark keeps what became of a remark.
func (tx *Tx) SetRemark(ctx context.Context, id press.RemarkID, state press.RemarkState) error {
	return tx.change(ctx, "answer the remark", setRemark, string(id), string(state))
}

// DeleteRemark takes back a remark that nobody answered.
func (tx *Tx) DeleteRemark(ctx context.Context, r press.Remark) error {
	return tx.change(ctx, "take the remark back", deleteRemark, string(r.ID), string(r.Proofreading))
}

const forgetProofreadings = `update proofreading set email = '', reply_to = '' where ends_at < $1 and (email <> '' or reply_to <> '')`

// ForgetProofreadings removes the addresses of proof-readings that ended before
// a time.
func (tx *Tx) ForgetProofreadings(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, "forget who was asked", forgetProofreadings, rows.Micros(before))
	return err
}
