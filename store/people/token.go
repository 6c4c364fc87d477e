package people

import (
	"context"
	"fmt"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	tokenColumns = `
select t.id, t.person_id, t.name, t.scopes, coalesce(t.site_id, ''), t.created_at, t.expires_at, t.used_at, t.revoked_at
from access_token t`
	tokenByHash    = tokenColumns + ` where t.token_hash = $1`
	tokensOfPerson = tokenColumns + ` where t.person_id = $1 order by t.id desc`
)

func scanToken(row rows.Scanner) (press.AccessToken, error) {
	var t press.AccessToken
	err := row.Scan(&t.ID, &t.Person, &t.Name, rows.JSON(&t.Scopes), &t.Site, rows.Moment(&t.CreatedAt), rows.Moment(&t.ExpiresAt), rows.Moment(&t.UsedAt),
		rows.Moment(&t.RevokedAt))
	return t, err
}

// AccessToken finds a token by the hash of its secret.
func (r Reader) AccessToken(ctx context.Context, hash string) (press.AccessToken, error) {
	t, err := scanToken(r.q.QueryRowContext(ctx, tokenByHash, hash))
	if err != nil {
		return t, rows.NotFound("find the token", err)
	}
	return t, nil
}

// AccessTokens lists the viewer's own tokens, newest first, the ended ones too.
func (r Reader) AccessTokens(ctx context.Context, v press.Viewer) ([]press.AccessToken, error) {
	return rows.List(ctx, r.q, "list the tokens", scanToken, tokensOfPerson, string(v.Person))
}

const (
	insertToken = `
insert into access_token (id, token_hash, person_id, name, scopes, site_id, created_at, expires_at, used_at, revoked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)`
	useToken    = `update access_token set used_at = $2 where id = $1`
	revokeToken = `update access_token set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at = 0`
)

// InsertToken keeps a token under the hash of its secret.
func (tx Tx) InsertToken(ctx context.Context, t press.AccessToken, hash string) error {
	_, err := rows.Exec(ctx, tx.tx, "keep the token", insertToken, string(t.ID), hash, string(t.Person), t.Name, rows.ToJSON(t.Scopes),
		rows.Opt(t.Site), rows.Micros(t.CreatedAt), rows.Micros(t.ExpiresAt))
	return err
}

// UseToken keeps when a token was last used.
func (tx Tx) UseToken(ctx context.Context, id press.TokenID, at time.Time) error {
	return rows.Change(ctx, tx.tx, "use the token", useToken, string(id), rows.Micros(at))
}

// RevokeToken ends a person's own token, once.
func (tx Tx) RevokeToken(ctx context.Context, id press.TokenID, person press.PersonID, at time.Time) error {
	return rows.Change(ctx, tx.tx, "revoke the token", revokeToken, string(id), string(person), rows.Micros(at))
}

// Repeat is a request that may come twice, under the key that its sender chose,
// and how it was answered.
type Repeat struct {
	Token   press.TokenID
	Key     string
	Request string // digest of what was asked
	Status  int    // 0 until it was answered
	Header  map[string]string
	Body    string
	At      time.Time
}

const (
	insertRepeat = `
insert into repeat (token_id, key, request, status, header, body, created_at)
values ($1, $2, $3, 0, '{}', '', $4)
on conflict (token_id, key) do nothing`
	repeatByKey = `
select token_id, key, request, status, header, body, created_at
from repeat
where token_id = $1 and key = $2`
	answerRepeat  = `update repeat set status = $3, header = $4, body = $5 where token_id = $1 and key = $2`
	deleteRepeat  = `delete from repeat where token_id = $1 and key = $2 and status = 0`
	forgetRepeats = `delete from repeat where created_at < $1`
)

// BeginRepeat keeps that a request came under a key. It tells false, with the
// one that came before, when the key was used already.
func (tx Tx) BeginRepeat(ctx context.Context, r Repeat) (Repeat, bool, error) {
	n, err := rows.Exec(ctx, tx.tx, "keep the request's key", insertRepeat, string(r.Token), r.Key, r.Request, rows.Micros(r.At))
	if err != nil || n == 1 {
		return r, true, err
	}
	var kept Repeat
	err = tx.tx.QueryRowContext(ctx, repeatByKey, string(r.Token), r.Key).Scan(
		&kept.Token, &kept.Key, &kept.Request, &kept.Status, rows.JSON(&kept.Header), &kept.Body, rows.Moment(&kept.At))
	if err != nil {
		return kept, false, fmt.Errorf("find the request's key: %w", err)
	}
	return kept, false, nil
}

// AnswerRepeat keeps how a request was answered.
func (tx Tx) AnswerRepeat(ctx context.Context, r Repeat) error {
	return rows.Change(ctx, tx.tx, "keep the answer", answerRepeat, string(r.Token), r.Key, r.Status, rows.ToJSON(r.Header), r.Body)
}

// DeleteRepeat frees the key of a request that changed nothing.
func (tx Tx) DeleteRepeat(ctx context.Context, r Repeat) error {
	_, err := rows.Exec(ctx, tx.tx, "free the request's key", deleteRepeat, string(r.Token), r.Key)
	return err
}

// ForgetRepeats forgets those that came before a time.
func (tx Tx) ForgetRepeats(ctx context.Context, before time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "forget old requests", forgetRepeats, rows.Micros(before))
	return err
}
