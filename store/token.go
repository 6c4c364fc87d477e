package store

import (
	"context"
	"fmt"
	"time"

	"bourgeon/press"
)

const (
	tokenColumns = `
select t.id, t.person_id, t.name, t.scopes, coalesce(t.site_id, ''), t.created_at, t.expires_at, t.used_at, t.revoked_at
from access_token t`
	tokenByHash    = tokenColumns + ` where t.token_hash = $1`
	tokensOfPerson = tokenColumns + ` where t.person_id = $1 order by t.id desc`
)

func scanToken(row scanner) (press.AccessToken, error) {
	var t press.AccessToken
	err := row.Scan(&t.ID, &t.Person, &t.Name, jsonOf(&t.Scopes), &t.Site, moment{&t.CreatedAt}, moment{&t.ExpiresAt}, moment{&t.UsedAt},
		moment{&t.RevokedAt})
	return t, err
}

// AccessToken finds a token by the hash of its secret.
func (r Reader) AccessToken(ctx context.Context, hash string) (press.AccessToken, error) {
	t, err := scanToken(r.q.QueryRowContext(ctx, tokenByHash, hash))
	if err != nil {
		return t, notFound("find the token", err)
	}
	return t, nil
}

// AccessTokens lists the viewer's own tokens, newest first, the ended ones too.
func (r Reader) AccessTokens(ctx context.Context, v press.Viewer) ([]press.AccessToken, error) {
	return list(ctx, r.q, "list the tokens", scanToken, tokensOfPerson, string(v.Person))
}

const (
	insertToken = `
insert into access_token (id, token_hash, person_id, name, scopes, site_id, created_at, expires_at, used_at, revoked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)`
	useToken    = `update access_token set used_at = $2 where id = $1`
	revokeToken = `update access_token set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at = 0`
)

// InsertToken keeps a token under the hash of its secret.
func (tx *Tx) InsertToken(ctx context.Context, t press.AccessToken, hash string) error {
	_, err := tx.exec(ctx, "keep the token", insertToken, string(t.ID), hash, string(t.Person), t.Name, toJSON(t.Scopes),
		opt(t.Site), micros(t.CreatedAt), micros(t.ExpiresAt))
	return err
}

// UseToken keeps when a token was last used.
func (tx *Tx) UseToken(ctx context.Context, id press.TokenID, at time.Time) error {
	return tx.change(ctx, "use the token", useToken, string(id), micros(at))
}

// RevokeToken ends a person's own token, once.
func (tx *Tx) RevokeToken(ctx context.Context, id press.TokenID, person press.PersonID, at time.Time) error {
	return tx.change(ctx, "revoke the token", revokeToken, string(id), string(person), micros(at))
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
func (tx *Tx) BeginRepeat(ctx context.Context, r Repeat) (Repeat, bool, error) {
	n, err := tx.exec(ctx, "keep the request's key", insertRepeat, string(r.Token), r.Key, r.Request, micros(r.At))
	if err != nil || n == 1 {
		return r, true, err
	}
	var kept Repeat
	err = tx.q.QueryRowContext(ctx, repeatByKey, string(r.Token), r.Key).Scan(
		&kept.Token, &kept.Key, &kept.Request, &kept.Status, jsonOf(&kept.Header), &kept.Body, moment{&kept.At})
	if err != nil {
		return kept, false, fmt.Errorf("find the request's key: %w", err)
	}
	return kept, false, nil
}

// AnswerRepeat keeps how a request was answered.
func (tx *Tx) AnswerRepeat(ctx context.Context, r Repeat) error {
	return tx.change(ctx, "keep the answer", answerRepeat, string(r.Token), r.Key, r.Status, toJSON(r.Header), r.Body)
}

// DeleteRepeat frees the key of a request that changed nothing.
func (tx *Tx) DeleteRepeat(ctx context.Context, r Repeat) error {
	_, err := tx.exec(ctx, "free the request's key", deleteRepeat, string(r.Token), r.Key)
	return err
}

// ForgetRepeats forgets those that came before a time.
func (tx *Tx) ForgetRepeats(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, "forget old requests", forgetRepeats, micros(before))
	return err
}
