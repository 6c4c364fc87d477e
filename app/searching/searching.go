// Package searching keeps the index of search whole: it indexes what a database
// of an earlier version holds, finds where the index says something else than
// the entries do, and mends it, while people go on reading and writing.
//
// Day by day there is nothing to do: the store indexes each change in its own
// transaction. Finding is store.Reader's.
//
// Start with Librarian.
package searching

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// Librarian does the verbs. All fields are needed.
type Librarian struct {
	Store *store.Store
	Now   func() time.Time
}

// Progress is called after each batch, between transactions.
type Progress func(done, total int)

// Job is the kind of the job that indexes what isn't yet.
const Job = "searching.index"

const (
	batch  = 50     // entries of one transaction: some tens of milliseconds
	aJob   = 10_000 // entries of one job, which has five minutes
	breath = 10 * time.Millisecond
)

// Begin plans a job when something isn't indexed: a database that an earlier
// version wrote, or that was brought back from one.
func (l *Librarian) Begin(ctx context.Context) error {
	state, err := l.Store.IndexState(ctx, press.Itself)
	if err != nil || state.Indexed >= state.Entries {
		return err
	}
	return l.plan(ctx, task{})
}

// task is what a job carries.
type task struct {
	After press.EntryID // everything up to it is indexed
}

func (l *Librarian) plan(ctx context.Context, t task) error {
	return l.Store.Write(ctx, func(tx *store.Tx) error { return tx.Enqueue(ctx, Job, t, l.Now(), "") })
}

// Continue handles a Job: it indexes some entries, and plans the next job while
// others are left.
func (l *Librarian) Continue(ctx context.Context, payload json.RawMessage) error {
	var t task
	if err := json.Unmarshal(payload, &t); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	for done := 0; done < aJob; done += batch {
		ids, err := l.Store.Unindexed(ctx, press.Itself, t.After, batch)
		if err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := l.index(ctx, ids); err != nil {
			return err
		}
		t.After = ids[len(ids)-1]
	}
	return l.plan(ctx, t)
}

// index indexes a batch, then leaves others the time to write.
func (l *Librarian) index(ctx context.Context, ids []press.EntryID) error {
	if err := l.Store.Write(ctx, func(tx *store.Tx) error { return tx.Reindex(ctx, ids) }); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	timer := time.NewTimer(breath)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Compare counts the entries that the index knows otherwise than they are. It
// reads every one.
func (l *Librarian) Compare(ctx context.Context, told Progress) (diverging int, err error) {
	sound, err := l.sound(ctx)
	if err != nil {
		return 0, err
	}
	err = l.each(ctx, told, func(ids []press.EntryID) error {
		if !sound {
			diverging += len(ids)
			return nil
		}
		wrong, err := l.Store.Diverging(ctx, press.Itself, ids)
		diverging += len(wrong)
		return err
	})
	return diverging, err
}

// Mend indexes anew the entries that the index knows otherwise than they are,
// and counts them.
func (l *Librarian) Mend(ctx context.Context, told Progress) (mended int, err error) {
	sound, err := l.sound(ctx)
	if err != nil {
		return 0, err
	}
	if !sound {
		if err := l.Store.Write(ctx, func(tx *store.Tx) error { return tx.EmptyIndex(ctx) }); err != nil {
			return 0, fmt.Errorf("empty the index: %w", err)
		}
	}
	err = l.each(ctx, told, func(ids []press.EntryID) error {
		wrong, err := l.Store.Diverging(ctx, press.Itself, ids)
		if err != nil || len(wrong) == 0 {
			return err
		}
		mended += len(wrong)
		return l.index(ctx, wrong)
	})
	return mended, err
}

// Rebuild indexes every entry anew. Each is found as before until its turn.
func (l *Librarian) Rebuild(ctx context.Context, told Progress) (done int, err error) {
	err = l.each(ctx, told, func(ids []press.EntryID) error {
		done += len(ids)
		return l.index(ctx, ids)
	})
	return done, err
}

func (l *Librarian) sound(ctx context.Context) (sound bool, err error) {
	err = l.Store.Write(ctx, func(tx *store.Tx) error {
		sound, err = tx.SoundIndex(ctx)
		return err
	})
	return sound, err
}

// each hands out every entry, batch by batch.
func (l *Librarian) each(ctx context.Context, told Progress, f func([]press.EntryID) error) error {
	state, err := l.Store.IndexState(ctx, press.Itself)
	if err != nil {
		return err
	}
	done := 0
	for after := press.EntryID(""); ; {
		ids, err := l.Store.EveryEntry(ctx, press.Itself, after, batch)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := f(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
		if done += len(ids); told != nil {
			told(done, max(done, state.Entries))
		}
		if len(ids) < batch { // what is written from here on is indexed as it is written
			return nil
		}
	}
}
