package store

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const talkOfEntry = `
select coalesce((select t.closed_at from talk t where t.entry_id = $1), 0),
  coalesce((select t.thanks from talk t where t.entry_id = $1), 0),
  (select count(*)` + commentFrom + ` where c.entry_id = $1 and c.status = 'shown'` + talked + `)`

// TalkState is what surrounds the talk of an entry.
func (r Reader) TalkState(ctx context.Context, _ press.Viewer, entry press.EntryID) (t press.TalkState, err error) {
	err = r.q.QueryRowContext(ctx, talkOfEntry, string(entry)).Scan(rows.Moment(&t.ClosedAt), &t.Thanks, &t.Comments)
	if err != nil {
		return t, rows.NotFound("find the talk", err)
	}
	return t, nil
}

const (
	closeTalk = `
insert into talk (entry_id, closed_at, thanks)
values ($1, $2, 0)
on conflict (entry_id) do update
set closed_at = excluded.closed_at`
	addThanks = `
insert into talk (entry_id, closed_at, thanks)
values ($1, 0, $2)
on conflict (entry_id) do update
set thanks = talk.thanks + excluded.thanks`
)

// CloseTalk ends the talk of an entry; the zero time reopens it.
func (tx *Tx) CloseTalk(ctx context.Context, entry press.EntryID, at time.Time) error {
	_, err := tx.exec(ctx, "close the talk", closeTalk, string(entry), rows.Micros(at))
	return err
}

const (
	keepThankSecret = `
insert into thank_secret (day, secret)
values ($1, $2)
on conflict (day) do nothing`
	thankSecret = `select secret from thank_secret where day = $1`
	insertThank = `
insert into thank (day, hash, entry_id)
values ($1, $2, $3)
on conflict (day, hash) do nothing`
	deleteThank         = `delete from thank where day = $1 and hash = $2`
	forgetThanks        = `delete from thank where day < $1`
	forgetThanksSecrets = `delete from thank_secret where day < $1`
)

// ThankSecret is the secret of a day, in days since 1970, the same for all who
// share the database; fresh is it where there was none.
func (tx *Tx) ThankSecret(ctx context.Context, day int64, fresh string) (secret string, err error) {
	if _, err := tx.exec(ctx, "keep the day's secret", keepThankSecret, day, fresh); err != nil {
		return "", err
	}
	if err := tx.q.QueryRowContext(ctx, thankSecret, day).Scan(&secret); err != nil {
		return "", rows.NotFound("read the day's secret", err)
	}
	return secret, nil
}

// Thank counts a thank you once a day and hash; it tells whether it was new.
func (tx *Tx) Thank(ctx context.Context, day int64, hash string, entry press.EntryID) (bool, error) {
	n, err := tx.exec(ctx, "thank", insertThank, day, hash, string(entry))
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.exec(ctx, "count the thanks", addThanks, string(entry), 1)
	return true, err
}

// Unthank takes a thank you of the day back; it tells whether there was one.
func (tx *Tx) Unthank(ctx context.Context, day int64, hash string, entry press.EntryID) (bool, error) {
	n, err := tx.exec(ctx, "take thanks back", deleteThank, day, hash)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.exec(ctx, "count the thanks", addThanks, string(entry), -1)
	return true, err
}

// ForgetThanks deletes what could tell who thanked, of the days before one.
func (tx *Tx) ForgetThanks(ctx context.Context, before int64) error {
	if _, err := tx.exec(ctx, "forget who thanked", forgetThanks, before); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "forget old secrets", forgetThanksSecrets, before)
	return err
}

const followColumns = `
select w.entry_id, w.person_id, w.token, w.following, w.round, w.told_until, w.mailed_at
from talk_follow w`

const (
	followOf       = followColumns + ` where w.entry_id = $1 and w.person_id = $2`
	followByToken  = followColumns + ` where w.token = $1`
	followsOfEntry = followColumns + ` where w.entry_id = $1 order by w.person_id`
	silenceOf      = `select count(*) from talk_silence where person_id = $1`
	upsertFollow   = `
insert into talk_follow (entry_id, person_id, token, following, round, told_until, mailed_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (entry_id, person_id) do update
set following = excluded.following, round = excluded.round, told_until = excluded.told_until, mailed_at = excluded.mailed_at`
	keepSilence = `
insert into talk_silence (person_id, created_at)
values ($1, $2)
on conflict (person_id) do nothing`
	breakSilence = `delete from talk_silence where person_id = $1`
)

func scanFollow(row rows.Scanner) (press.Follow, error) {
	var f press.Follow
	err := row.Scan(&f.Entry, &f.Person, &f.Token, &f.On, &f.Round, rows.Moment(&f.ToldUntil), rows.Moment(&f.MailedAt))
	return f, err
}

// FollowToChange is how someone follows an entry's talk, held until the
// transaction ends; NotFound when it was never asked.
func (tx *Tx) FollowToChange(ctx context.Context, entry press.EntryID, person press.PersonID) (press.Follow, error) {
	f, err := scanFollow(tx.q.QueryRowContext(ctx, followOf+tx.d.Held("w"), string(entry), string(person)))
	if err != nil {
		return f, rows.NotFound("find who follows", err)
	}
	return f, nil
}

// FollowByToken finds it by the secret of a mail: whoever got the mail holds it.
func (r Reader) FollowByToken(ctx context.Context, token string) (press.Follow, error) {
	f, err := scanFollow(r.q.QueryRowContext(ctx, followByToken, token))
	if err != nil {
		return f, rows.NotFound("find who follows", err)
	}
	return f, nil
}

// Follows lists all who ever followed an entry's talk, or left it.
func (tx *Tx) Follows(ctx context.Context, entry press.EntryID) ([]press.Follow, error) {
	return rows.List(ctx, tx.q, "list who follows", scanFollow, followsOfEntry, string(entry))
}

// SaveFollow keeps how someone follows an entry's talk. Its token stays.
func (tx *Tx) SaveFollow(ctx context.Context, f press.Follow) error {
	_, err := tx.exec(ctx, "keep who follows", upsertFollow, string(f.Entry), string(f.Person), f.Token, f.On, f.Round,
		rows.Micros(f.ToldUntil), rows.Micros(f.MailedAt))
	return err
}

// Silent tells whether someone wants no mail about any talk.
func (r Reader) Silent(ctx context.Context, person press.PersonID) (bool, error) {
	n, err := r.count(ctx, "find who wants silence", silenceOf, string(person))
	return n > 0, err
}

// KeepSilent ends the mails about all talks to someone.
func (tx *Tx) KeepSilent(ctx context.Context, person press.PersonID, at time.Time) error {
	_, err := tx.exec(ctx, "keep silent", keepSilence, string(person), rows.Micros(at))
	return err
}

// BreakSilence undoes KeepSilent.
func (tx *Tx) BreakSilence(ctx context.Context, person press.PersonID) error {
	_, err := tx.exec(ctx, "break the silence", breakSilence, string(person))
	return err
}
