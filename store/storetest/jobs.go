package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var jobs = []behaviour{
	{"job/claimed in order, when due", testClaim},
	{"job/of other kinds than some", testExcept},
	{"job/lease, retry, failure, forgetting", testJobLife},
	{"job/unique key", testJobKey},
	{"job/workers are woken after the commit", testWake},
	{"job/two workers never get the same", testWorkers},
}

func (w *World) enqueue(kind string, at time.Time, key string) {
	w.T.Helper()
	w.Write(func(tx *store.Tx) error {
		return tx.Enqueue(w.T.Context(), kind, map[string]string{"é": "'\"🎉"}, at, key)
	})
}

func (w *World) claim(now, lease time.Time) (j store.Job, ok bool) {
	w.T.Helper()
	w.Write(func(tx *store.Tx) (err error) {
		j, ok, err = tx.ClaimJob(w.T.Context(), now, lease)
		return err
	})
	return j, ok
}

func testClaim(t *testing.T, w *World) {
	ctx := t.Context()
	noon := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	if _, ok := w.claim(noon, noon); ok {
		t.Error("claimed from nothing")
	}
	if next := must(w.Store.NextJobAt(ctx))(t); !next.IsZero() {
		t.Errorf("next of none at %v", next)
	}
	w.enqueue("third", noon.Add(time.Minute), "")
	w.enqueue("first", noon.Add(-time.Minute), "")
	w.enqueue("second", noon, "")
	w.enqueue("second too", noon, "")
	if next := must(w.Store.NextJobAt(ctx))(t); !next.Equal(noon.Add(-time.Minute)) {
		t.Errorf("next at %v", next)
	}
	lease := noon.Add(time.Hour)
	var order []string
	for {
		j, ok := w.claim(noon, lease)
		if !ok {
			break
		}
		order = append(order, j.Kind)
		if j.Attempts != 1 || string(j.Payload) != `{"é":"'\"🎉"}` || j.ID == "" || !j.RunAt.Equal(lease) {
			t.Errorf("claimed %+v %s", j, j.Payload)
		}
	}
	same(t, "claimed", order, []string{"first", "second", "second too"})
	same(t, "counts", must(w.Store.JobCounts(ctx))(t), map[string]int{"running": 3, "waiting": 1})
}

func testExcept(t *testing.T, w *World) {
	ctx := t.Context()
	w.enqueue("picture", Epoch, "")
	w.enqueue("index", Epoch, "")
	w.enqueue("mail", Epoch.Add(time.Second), "")
	if next := must(w.Store.NextJobAt(ctx, "picture", "index"))(t); !next.Equal(Epoch.Add(time.Second)) {
		t.Errorf("next at %v", next)
	}
	claim := func() (j store.Job, ok bool) {
		w.Write(func(tx *store.Tx) (err error) {
			j, ok, err = tx.ClaimJob(ctx, Epoch.Add(time.Minute), Epoch.Add(time.Hour), "picture", "index")
			return err
		})
		return j, ok
	}
	if j, ok := claim(); !ok || j.Kind != "mail" {
		t.Errorf("claimed %+v, want the mail", j)
	}
	if j, ok := claim(); ok {
		t.Errorf("claimed %+v, want none", j)
	}
}

func testJobLife(t *testing.T, w *World) {
	ctx := t.Context()
	at := func(m int) time.Time { return Epoch.Add(time.Duration(m) * time.Minute) }
	w.enqueue("mail", at(0), "")
	j, _ := w.claim(at(0), at(5))
	if _, ok := w.claim(at(4), at(9)); ok {
		t.Error("claimed while leased")
	}
	again, ok := w.claim(at(5), at(10)) // its worker died
	if !ok || again.ID != j.ID || again.Attempts != 2 {
		t.Errorf("after the lease: %+v", again)
	}
	w.Write(func(tx *store.Tx) error { return tx.RetryJob(ctx, j.ID, at(20), "no answer") })
	if _, ok := w.claim(at(19), at(30)); ok {
		t.Error("claimed before its second time")
	}
	again, _ = w.claim(at(20), at(30))
	if again.Attempts != 3 || again.Error != "no answer" {
		t.Errorf("the next attempt: %+v", again)
	}
	w.Write(func(tx *store.Tx) error { return tx.FinishJob(ctx, j.ID, at(21)) })
	// A worker that comes back late changes nothing: it is done.
	w.Write(func(tx *store.Tx) error { return tx.RetryJob(ctx, j.ID, at(22), "late") })
	w.Write(func(tx *store.Tx) error { return tx.FailJob(ctx, j.ID, "late", at(22)) })
	same(t, "done", must(w.Store.JobCounts(ctx))(t), map[string]int{"done": 1})
	if _, ok := w.claim(at(60), at(70)); ok {
		t.Error("claimed what is done")
	}

	w.enqueue("mail", at(30), "")
	j, _ = w.claim(at(30), at(40))
	w.Write(func(tx *store.Tx) error { return tx.FailJob(ctx, j.ID, "550 no such user", at(31)) })
	if _, ok := w.claim(at(60), at(70)); ok {
		t.Error("claimed what was given up")
	}
	if next := must(w.Store.NextJobAt(ctx))(t); !next.IsZero() {
		t.Errorf("next at %v, though nothing waits", next)
	}
	w.Write(func(tx *store.Tx) error { return tx.ForgetJobs(ctx, at(21), at(21)) })
	same(t, "too recent to forget", must(w.Store.JobCounts(ctx))(t), map[string]int{"done": 1, "failed": 1})
	w.Write(func(tx *store.Tx) error { return tx.ForgetJobs(ctx, at(60), at(31)) })
	same(t, "failures stay longer", must(w.Store.JobCounts(ctx))(t), map[string]int{"failed": 1})
	w.Write(func(tx *store.Tx) error { return tx.ForgetJobs(ctx, at(60), at(60)) })
	same(t, "and go", must(w.Store.JobCounts(ctx))(t), map[string]int{})
	fails(t, "no such job", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.FinishJob(ctx, ID[press.JobID](), at(1)) }), press.NotFound)
}

func testJobKey(t *testing.T, w *World) {
	ctx := t.Context()
	for _, err := range together(3, func(i int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.Enqueue(ctx, "publish", i, Epoch, "publish e1") })
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	w.enqueue("publish", Epoch, "publish e2")
	w.enqueue("publish", Epoch, "")
	w.enqueue("publish", Epoch, "")
	same(t, "one a key", must(w.Store.JobCounts(ctx))(t), map[string]int{"waiting": 4})
	for {
		j, ok := w.claim(Epoch, Epoch.Add(time.Hour))
		if !ok {
			break
		}
		w.Write(func(tx *store.Tx) error { return tx.FinishJob(ctx, j.ID, Epoch) })
	}
	w.enqueue("publish", Epoch, "publish e1")
	same(t, "not again once done", must(w.Store.JobCounts(ctx))(t), map[string]int{"done": 4})
}

func testWake(t *testing.T, w *World) {
	ctx := t.Context()
	woken := 0
	w.Store.Wake(func() {
		woken++
		if must(w.Store.JobCounts(ctx))(t)["waiting"] == 0 {
			t.Error("woken before the job was there")
		}
	})
	w.enqueue("mail", Epoch, "")
	w.Write(func(tx *store.Tx) error { return tx.Touch(ctx, "") })
	_ = w.Store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.Enqueue(ctx, "mail", 1, Epoch, ""), errors.New("no"))
	})
	if woken != 1 {
		t.Errorf("woken %d times, want once", woken)
	}
}

func testWorkers(t *testing.T, w *World) {
	ctx := t.Context()
	const n = 30
	w.Write(func(tx *store.Tx) error {
		for i := range n {
			if err := tx.Enqueue(ctx, fmt.Sprint(i), i, Epoch, ""); err != nil {
				return err
			}
		}
		return nil
	})
	var mu sync.Mutex
	claimed := map[string]int{}
	for _, err := range together(4, func(int) error {
		for {
			var j store.Job
			var ok bool
			err := w.Store.Write(ctx, func(tx *store.Tx) (err error) {
				j, ok, err = tx.ClaimJob(ctx, Epoch, Epoch.Add(time.Hour))
				return err
			})
			if err != nil || !ok {
				return err
			}
			mu.Lock()
			claimed[j.Kind]++
			mu.Unlock()
		}
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if len(claimed) != n {
		t.Errorf("%d jobs claimed, want %d", len(claimed), n)
	}
	for kind, times := range claimed {
		if times != 1 {
			t.Errorf("job %s claimed %d times", kind, times)
		}
	}
}
