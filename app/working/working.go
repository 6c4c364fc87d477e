// Package working does the jobs that transactions leave behind: mails to send,
// entries to publish when their time comes.
//
// A job is done at least once: its worker may die between the work and the
// note that it is done, so a handler that runs twice must do no harm. Several
// crews may share a database; each job is leased to one worker at a time.
// What the jobs are is not known here: cmd hands a Handler for each kind.
//
// Start with Crew.Run.
package working

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// Handler does a job from what it carries. ctx ends before the job's lease
// does, and when the crew has no more time to stop. An error puts the job off,
// unless it is hopeless.
type Handler func(ctx context.Context, payload json.RawMessage) error

// ErrHopeless wrapped by a handler's error gives the job up at once. An error
// with a method Hopeless() bool says the same without knowing this package.
var ErrHopeless = errors.New("trying again will not help")

func hopeless(err error) bool {
	if errors.Is(err, ErrHopeless) {
		return true
	}
	var h interface {
		error
		Hopeless() bool
	}
	return errors.As(err, &h) && h.Hopeless()
}

// Crew runs the jobs of a database. Store, Now, Log and Handlers are needed;
// the rest has defaults.
type Crew struct {
	Store    *store.Store
	Now      func() time.Time
	Log      *slog.Logger
	Handlers map[string]Handler // by kind of job
	// Slow kinds are done by one worker alone: what people wait for, a mail with
	// a code, never waits behind a hundred pictures.
	Slow []string

	Workers int           // jobs at a time; 2
	Idle    time.Duration // longest time without looking for a job; 5 s
	Lease   time.Duration // longest time that a job may take; 5 min
	Grace   time.Duration // for jobs under way when the crew must stop; 10 s

	once    sync.Once
	wake    []chan struct{} // of each worker
	tidying sync.Mutex
	tidied  time.Time
}

// The retry policy: 30 s after the first failure, twice as long after each
// further one, 6 h at most; a job that failed 12 times, over some 15 hours, is
// given up and stays for the host to see.
const (
	firstDelay  = 30 * time.Second
	longest     = 6 * time.Hour
	maxAttempts = 12
)

func backoff(attempts int) time.Duration {
	delay := firstDelay
	for range attempts - 1 {
		if delay *= 2; delay >= longest {
			return longest
		}
	}
	return delay
}

const (
	tidyEvery = time.Hour
	keepDone  = 7 * 24 * time.Hour
	// keepFailed is the time that the host has to look at what was given up.
	keepFailed = 30 * 24 * time.Hour
	// keepEnded is how long the link of an ended challenge still says why.
	keepEnded = 30 * 24 * time.Hour
	// keepRepeats is as long as repeating keeps answers.
	keepRepeats = 48 * time.Hour
	// keepReporters is how long the name and address of who reported something
	// stay after the last decision on it: appeals have six months.
	keepReporters = 365 * 24 * time.Hour
	// margin is the part of its lease that a handler may not use, so that it
	// has ended when another worker may take the job.
	margin = 10 // a tenth
	// shortest keeps a worker from spinning on a job that another one is just
	// taking.
	shortest = 20 * time.Millisecond
	maxError = 1000 // bytes kept of an error
	// noting is the time to note what became of a job, when nothing else can be
	// waited for.
	noting = 30 * time.Second
)

func (c *Crew) prepare() {
	c.once.Do(func() {
		c.Workers = orElse(c.Workers, 2)
		c.Idle = orElse(c.Idle, 5*time.Second)
		c.Lease = orElse(c.Lease, 5*time.Minute)
		c.Grace = orElse(c.Grace, 10*time.Second)
		for range c.Workers {
			c.wake = append(c.wake, make(chan struct{}, 1))
		}
	})
}

func orElse[T int | time.Duration](v, fallback T) T {
	if v > 0 {
		return v
	}
	return fallback
}

// Wake makes idle workers look for a job at once. Call it when a transaction
// that may have enqueued one has ended. It never blocks.
func (c *Crew) Wake() {
	c.prepare()
	for _, wake := range c.wake {
		select {
		case wake <- struct{}{}:
		default: // told already
		}
	}
}

// Run works until ctx ends, then lets the jobs under way end, for Grace at
// most. What it could not end is due again at once.
func (c *Crew) Run(ctx context.Context) {
	c.prepare()
	// Jobs under way outlive ctx by Grace.
	under, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(c.Grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-under.Done():
		}
	})
	defer stop()

	var workers sync.WaitGroup
	for n := range c.Workers {
		workers.Go(func() { c.work(ctx, under, n) })
	}
	workers.Wait()
}

// work is the life of worker n. The first one takes any job.
func (c *Crew) work(ctx, under context.Context, n int) {
	var except []string
	if n > 0 {
		except = c.Slow
	}
	for ctx.Err() == nil {
		c.tidy(ctx)
		job, ok, err := c.claim(ctx, except)
		if err != nil && ctx.Err() == nil {
			c.Log.Error("look for a job", "error", err)
		}
		if ok {
			c.do(under, job)
			continue
		}
		c.rest(ctx, n, except, err != nil)
	}
}

// claim takes the next job that is due. It reads before it writes: looking
// costs the other writers nothing.
func (c *Crew) claim(ctx context.Context, except []string) (job store.Job, ok bool, err error) {
	next, err := c.Store.NextJobAt(ctx, except...)
	if err != nil || next.IsZero() || next.After(c.Now()) {
		return job, false, err
	}
	err = c.Store.Write(ctx, func(tx *store.Tx) (err error) {
		now := c.Now()
		job, ok, err = tx.ClaimJob(ctx, now, now.Add(c.Lease), except...)
		return err
	})
	return job, ok && err == nil, err
}

// rest waits until a job is due or Wake is called, and no longer than Idle;
// after a failure it waits for Idle.
func (c *Crew) rest(ctx context.Context, n int, except []string, failed bool) {
	delay := c.Idle
	if !failed {
		if next, err := c.Store.NextJobAt(ctx, except...); err == nil && !next.IsZero() {
			delay = min(c.Idle, max(shortest, next.Sub(c.Now())))
		}
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-c.wake[n]:
	case <-timer.C:
	}
}

// do runs one job and notes what became of it.
func (c *Crew) do(under context.Context, job store.Job) {
	err := c.try(under, job)
	log := c.Log.With("job", job.ID, "kind", job.Kind, "attempt", job.Attempts)
	// The note is taken even when the crew has no time left.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(under), noting)
	defer cancel()
	noted := c.Store.Write(ctx, func(tx *store.Tx) error {
		now := c.Now()
		switch {
		case err == nil:
			return tx.FinishJob(ctx, job.ID, now)
		case under.Err() != nil: // stopped, not failed
			return tx.RetryJob(ctx, job.ID, now, "the program stopped")
		case hopeless(err) || job.Attempts >= maxAttempts:
			return tx.FailJob(ctx, job.ID, short(err), now)
		default:
			return tx.RetryJob(ctx, job.ID, now.Add(backoff(job.Attempts)), short(err))
		}
	})
	switch {
	case noted != nil: // the lease ends some time, and the job is done again
		log.Error("note what became of a job", "error", noted, "job_error", err)
	case err == nil:
		log.Debug("job done")
	case hopeless(err) || job.Attempts >= maxAttempts:
		log.Error("job given up", "error", err)
	default:
		log.Warn("job put off", "error", err)
	}
}

func (c *Crew) try(under context.Context, job store.Job) (err error) {
	if job.Attempts > maxAttempts {
		return fmt.Errorf("%w: its worker died each time", ErrHopeless)
	}
	handle, ok := c.Handlers[job.Kind]
	if !ok { // perhaps another node, or the next version, knows it
		return fmt.Errorf("no handler for jobs of kind %q", job.Kind)
	}
	ctx, cancel := context.WithTimeout(under, c.Lease-c.Lease/margin)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
			c.Log.Error("a job panicked", "kind", job.Kind, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	return handle(ctx, json.RawMessage(job.Payload))
}

func short(err error) string {
	text := err.Error()
	return text[:min(len(text), maxError)]
}

// tidy forgets what has no more use: sessions and challenges that ended,
// answers kept for programs that ask twice, jobs done a week ago or given up a
// month ago, and who reported what was decided a year ago. No contribution is
// among them.
func (c *Crew) tidy(ctx context.Context) {
	now := c.Now()
	if !c.mayTidy(now) {
		return
	}
	err := c.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteExpiredSessions(ctx, now); err != nil {
			return err
		}
		if err := tx.ForgetChallenges(ctx, now.Add(-keepEnded)); err != nil {
			return err
		}
		if err := tx.ForgetRepeats(ctx, now.Add(-keepRepeats)); err != nil {
			return err
		}
		if err := tx.ForgetThanks(ctx, press.Day(now)); err != nil {
			return err
		}
		if err := tx.ForgetProofreadings(ctx, now.Add(-keepEnded)); err != nil {
			return err
		}
		if err := tx.ForgetReporters(ctx, now.Add(-keepReporters)); err != nil {
			return err
		}
		return tx.ForgetJobs(ctx, now.Add(-keepDone), now.Add(-keepFailed))
	})
	if err != nil && ctx.Err() == nil {
		c.Log.Error("tidy", "error", err)
	}
}

// mayTidy gives one worker an hour the turn to tidy.
func (c *Crew) mayTidy(now time.Time) bool {
	c.tidying.Lock()
	defer c.tidying.Unlock()
	if !c.tidied.IsZero() && now.Sub(c.tidied) < tidyEvery {
		return false
	}
	c.tidied = now
	return true
}
