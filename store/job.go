package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store/rows"
)

// Job is work to do after a transaction, kept in it: it is done at least once,
// so doing it twice must do no harm.
type Job struct {
	ID       press.JobID
	Kind     string
	Payload  []byte // JSON
	Attempts int    // begun so far, this one included
	RunAt    time.Time
	Error    string // of the last attempt
}

const insertJob = `
insert into job (id, kind, payload, unique_key, state, run_at, attempts, last_error, created_at, ended_at)
values ($1, $2, $3, $4, 'waiting', $5, 0, '', $6, 0)
on conflict (unique_key) do nothing`

// Enqueue plans a job of a kind at a time. With a key, a job that was ever
// enqueued under the same key is not enqueued again.
func (tx *Tx) Enqueue(ctx context.Context, kind string, payload any, at time.Time, key string) error {
	tx.enqueued = true
	_, err := tx.exec(ctx, "enqueue "+kind, insertJob, ids.New(), kind, rows.ToJSON(payload), rows.Opt(key), rows.Micros(at), rows.Micros(at))
	return err
}

const claimJob = `
update job
set state = 'running', attempts = attempts + 1, run_at = $2
where id = (
  select id
  from job
  where state in ('waiting', 'running') and run_at <= $1 and kind not in ($kinds)
  order by run_at, id
  limit 1$lock)
returning id, kind, payload, attempts, run_at, last_error`

// ClaimJob takes the next job that is due, but none of some kinds, and leases
// it until a time: should its worker die, it is due again then. ok is false
// when nothing is due.
func (tx *Tx) ClaimJob(ctx context.Context, now, lease time.Time, except ...string) (j Job, ok bool, err error) {
	query, args := withKinds(strings.Replace(claimJob, "$lock", tx.d.SkipLocked, 1), except, rows.Micros(now), rows.Micros(lease))
	var payload string
	err = tx.tx.QueryRowContext(ctx, query, args...).Scan(
		&j.ID, &j.Kind, &payload, &j.Attempts, rows.Moment(&j.RunAt), &j.Error)
	if errors.Is(err, sql.ErrNoRows) {
		return j, false, nil
	}
	if err != nil {
		return j, false, fmt.Errorf("claim a job: %w", err)
	}
	j.Payload = json.RawMessage(payload)
	return j, true, nil
}

// withKinds puts kinds into the list of a query, after its arguments.
func withKinds(query string, kinds []string, args ...any) (string, []any) {
	if len(kinds) == 0 {
		kinds = []string{""} // no job's
	}
	query = strings.Replace(query, "$kinds", rows.Marks(len(args)+1, len(kinds)), 1)
	for _, kind := range kinds {
		args = append(args, kind)
	}
	return query, args
}

const (
	finishJob = `update job set state = 'done', payload = '{}', last_error = '', ended_at = $2 where id = $1`
	retryJob  = `update job set state = 'waiting', run_at = $2, last_error = $3 where id = $1 and state = 'running'`
	failJob   = `update job set state = 'failed', last_error = $2, ended_at = $3 where id = $1 and state = 'running'`
	purgeJobs = `delete from job where state = 'done' and ended_at < $1 or state = 'failed' and ended_at < $2`
	jobCounts = `select state, count(*) from job group by state`
	nextJobAt = `select coalesce(min(run_at), 0) from job where state in ('waiting', 'running') and kind not in ($kinds)`
)

// FinishJob ends a job that was done, and forgets what it carried.
func (tx *Tx) FinishJob(ctx context.Context, id press.JobID, at time.Time) error {
	return tx.change(ctx, "finish the job", finishJob, string(id), rows.Micros(at))
}

// RetryJob puts a job off after a failure. It does nothing to a job that isn't
// running any more: the lease was over, and another worker has finished it.
func (tx *Tx) RetryJob(ctx context.Context, id press.JobID, at time.Time, reason string) error {
	_, err := tx.exec(ctx, "put the job off", retryJob, string(id), rows.Micros(at), reason)
	return err
}

// FailJob gives a running job up; it stays, for the host to see.
func (tx *Tx) FailJob(ctx context.Context, id press.JobID, reason string, at time.Time) error {
	_, err := tx.exec(ctx, "give the job up", failJob, string(id), reason, rows.Micros(at))
	return err
}

// ForgetJobs deletes jobs done before a time, and those given up before
// another: a mail that never left holds an address, and perhaps a secret link.
func (tx *Tx) ForgetJobs(ctx context.Context, done, failed time.Time) error {
	_, err := tx.exec(ctx, "forget old jobs", purgeJobs, rows.Micros(done), rows.Micros(failed))
	return err
}

// JobCounts counts jobs by state: waiting, running, done, failed.
func (r Reader) JobCounts(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	_, err := rows.List(ctx, r.q, "count the jobs", func(row rows.Scanner) (none struct{}, err error) {
		var state string
		var n int
		err = row.Scan(&state, &n)
		counts[state] = n
		return none, err
	}, jobCounts)
	return counts, err
}

// NextJobAt is when the next job is due, but of some kinds; zero when none waits.
func (r Reader) NextJobAt(ctx context.Context, except ...string) (time.Time, error) {
	query, args := withKinds(nextJobAt, except)
	var t time.Time
	if err := r.q.QueryRowContext(ctx, query, args...).Scan(rows.Moment(&t)); err != nil {
		return t, fmt.Errorf("find the next job: %w", err)
	}
	return t, nil
}
