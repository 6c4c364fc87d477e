package people

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	insertSession = `
insert into session (token_hash, person_id, created_at, expires_at)
values ($1, $2, $3, $4)`
	sessionByToken = `
select person_id, created_at, expires_at
from session
where token_hash = $1`
	extendSession         = `update session set expires_at = $2 where token_hash = $1`
	deleteSession         = `delete from session where token_hash = $1`
	deleteSessions        = `delete from session where person_id = $1`
	deleteExpiredSessions = `delete from session where expires_at < $1`
)

// InsertSession signs a person in on a device, under the hash of its secret.
func (tx Tx) InsertSession(ctx context.Context, s press.Session, hash string) error {
	_, err := rows.Exec(ctx, tx.tx, "open a session", insertSession, hash, string(s.Person), rows.Micros(s.CreatedAt), rows.Micros(s.ExpiresAt))
	return err
}

// Session finds a session by the hash of its secret.
func (r Reader) Session(ctx context.Context, hash string) (press.Session, error) {
	var s press.Session
	err := r.q.QueryRowContext(ctx, sessionByToken, hash).Scan(&s.Person, rows.Moment(&s.CreatedAt), rows.Moment(&s.ExpiresAt))
	if err != nil {
		return s, rows.NotFound("find the session", err)
	}
	return s, nil
}

// ExtendSession puts off a session's end.
func (tx Tx) ExtendSession(ctx context.Context, hash string, until time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "extend the session", extendSession, hash, rows.Micros(until))
	return err
}

// DeleteSession signs out of one device.
func (tx Tx) DeleteSession(ctx context.Context, hash string) error {
	_, err := rows.Exec(ctx, tx.tx, "close the session", deleteSession, hash)
	return err
}

// DeleteSessions signs a person out everywhere.
func (tx Tx) DeleteSessions(ctx context.Context, person press.PersonID) error {
	_, err := rows.Exec(ctx, tx.tx, "close the sessions", deleteSessions, string(person))
	return err
}

// DeleteExpiredSessions forgets sessions that ended before a time.
func (tx Tx) DeleteExpiredSessions(ctx context.Context, before time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "forget old sessions", deleteExpiredSessions, rows.Micros(before))
	return err
}

const challengeColumns = `
select h.id, h.purpose, h.email, coalesce(h.person_id, ''), coalesce(h.entry_id, ''), coalesce(h.comment_id, ''),
  coalesce(h.site_id, ''), h.next, h.attempts, h.created_at, h.expires_at, h.used_at, h.code_hash
from challenge h`

const (
	challengeByID    = challengeColumns + ` where h.id = $1`
	challengeByToken = challengeColumns + ` where h.token_hash = $1`
)

// KeptChallenge is a challenge and the hash of its code.
type KeptChallenge struct {
	press.Challenge
	CodeHash string
}

func scanChallenge(row rows.Scanner) (KeptChallenge, error) {
	var h KeptChallenge
	err := row.Scan(&h.ID, &h.Purpose, &h.Email, &h.Person, &h.Entry, &h.Comment, &h.Site, &h.Next, &h.Attempts,
		rows.Moment(&h.CreatedAt), rows.Moment(&h.ExpiresAt), rows.Moment(&h.UsedAt), &h.CodeHash)
	return h, err
}

// Challenge finds a challenge; its page asks for the code.
func (r Reader) Challenge(ctx context.Context, id press.ChallengeID) (KeptChallenge, error) {
	h, err := scanChallenge(r.q.QueryRowContext(ctx, challengeByID, string(id)))
	if err != nil {
		return h, rows.NotFound("find the challenge", err)
	}
	return h, nil
}

// ChallengeByToken finds a challenge by the hash of its mailed secret.
func (r Reader) ChallengeByToken(ctx context.Context, hash string) (KeptChallenge, error) {
	h, err := scanChallenge(r.q.QueryRowContext(ctx, challengeByToken, hash))
	if err != nil {
		return h, rows.NotFound("find the challenge", err)
	}
	return h, nil
}

// ChallengeToProve is Challenge, held until the transaction ends: guesses at
// its code take turns.
func (tx Tx) ChallengeToProve(ctx context.Context, id press.ChallengeID) (KeptChallenge, error) {
	h, err := scanChallenge(tx.tx.QueryRowContext(ctx, challengeByID+tx.engine.Held("h"), string(id)))
	if err != nil {
		return h, rows.NotFound("find the challenge", err)
	}
	return h, nil
}

const (
	insertChallenge = `
insert into challenge (id, token_hash, code_hash, purpose, email, person_id, entry_id, site_id, next, attempts, created_at,
  expires_at, used_at, comment_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, 0, $12)`
	countChallenges  = `select count(*) from challenge where email = $1 and created_at > $2`
	forgetChallenges = `delete from challenge where expires_at < $1`
	missChallenge    = `update challenge set attempts = attempts + 1 where id = $1`
	useChallenge     = `update challenge set used_at = $2 where id = $1 and used_at = 0`
)

// InsertChallenge keeps a challenge under the hashes of its link and code.
func (tx Tx) InsertChallenge(ctx context.Context, h press.Challenge, tokenHash, codeHash string) error {
	_, err := rows.Exec(ctx, tx.tx, "keep the challenge", insertChallenge, string(h.ID), tokenHash, codeHash, string(h.Purpose), h.Email,
		rows.Opt(h.Person), rows.Opt(h.Entry), rows.Opt(h.Site), h.Next, rows.Micros(h.CreatedAt), rows.Micros(h.ExpiresAt), rows.Opt(h.Comment))
	return err
}

// ChallengesSince counts those made for an address after a time.
func (tx Tx) ChallengesSince(ctx context.Context, email string, after time.Time) (int, error) {
	return rows.Count(ctx, tx.tx, "count the challenges", countChallenges, email, rows.Micros(after))
}

// ForgetChallenges deletes those that ended before a time, with the addresses
// of people who may never have come.
func (tx Tx) ForgetChallenges(ctx context.Context, before time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "forget old challenges", forgetChallenges, rows.Micros(before))
	return err
}

// MissChallenge counts a wrong code.
func (tx Tx) MissChallenge(ctx context.Context, id press.ChallengeID) error {
	return rows.Change(ctx, tx.tx, "count a wrong code", missChallenge, string(id))
}

// UseChallenge ends a challenge; it succeeds once.
func (tx Tx) UseChallenge(ctx context.Context, id press.ChallengeID, at time.Time) error {
	return rows.Change(ctx, tx.tx, "use the challenge", useChallenge, string(id), rows.Micros(at))
}
