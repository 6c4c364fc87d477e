package discussing

import (
	"encoding/json"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestThanksAreCountedOnceADay(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := open(t, s)
		h.now = time.Date(2026, 3, 2, 23, 59, 0, 0, time.UTC)
		thanks := func() int {
			state, err := h.store().TalkState(ctx, press.Viewer{}, h.entry.ID)
			h.must(err)
			return state.Thanks
		}
		for i, c := range []struct {
			reader string
			first  bool
			want   int
		}{{"ana", true, 1}, {"ana", false, 1}, {"ben", true, 2}} {
			if first, err := h.Thank(ctx, h.entry.ID, c.reader); err != nil || first != c.first || thanks() != c.want {
				t.Errorf("%d: first %v, %d thanks, %v", i, first, thanks(), err)
			}
		}
		for i, want := range []bool{true, false} {
			if was, err := h.Unthank(ctx, h.entry.ID, "ana"); err != nil || was != want || thanks() != 1 {
				t.Errorf("taking back %d: %v, %d thanks, %v", i, was, thanks(), err)
			}
		}
		h.now = h.now.Add(2 * time.Minute)
		if was, err := h.Unthank(ctx, h.entry.ID, "ben"); err != nil || was || thanks() != 1 {
			t.Errorf("taking yesterday's back: %v, %d thanks, %v", was, thanks(), err)
		}
		if first, err := h.Thank(ctx, h.entry.ID, "ben"); err != nil || !first || thanks() != 2 {
			t.Errorf("the next day: %v, %d thanks, %v", first, thanks(), err)
		}
		_, err := h.Thank(ctx, h.Entry(h.site, "Proposé", press.Proposed).ID, "ana")
		h.fails("thanks for what isn't public", err, press.NotFound)
	})
}

// TestThanksDoNotEmptyTheCache holds that however many thank, the pages of a
// site are made anew once a minute.
func TestThanksDoNotEmptyTheCache(t *testing.T) {
	ctx := t.Context()
	h := open(t, storetest.SQLite(t))
	before := h.version()
	for _, reader := range []string{"ana", "ben", "cléa", "dom"} {
		_, err := h.Thank(ctx, h.entry.ID, reader)
		h.must(err)
	}
	if h.version() != before {
		t.Error("a thank you made all pages anew")
	}
	var jobs []store.Job
	for {
		var job store.Job
		var ok bool
		h.Write(func(tx *store.Tx) (err error) {
			job, ok, err = tx.ClaimJob(ctx, h.now.Add(time.Minute), h.now.Add(time.Hour))
			return err
		})
		if !ok {
			break
		}
		jobs = append(jobs, job)
	}
	if len(jobs) != 1 || jobs[0].Kind != JobRefresh {
		t.Fatalf("jobs %+v", jobs)
	}
	h.must(h.Refresh(ctx, json.RawMessage(jobs[0].Payload)))
	if h.version() != before+1 {
		t.Error("the pages weren't made anew")
	}
}
