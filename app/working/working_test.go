package working

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// clock stands still until it is set forward.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) Forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// works starts a crew that looks for jobs only when woken, and returns a
// function that stops it.
func works(t *testing.T, s *store.Store, c *clock, handlers map[string]Handler) (*Crew, func()) {
	t.Helper()
	crew := &Crew{
		Store: s, Now: c.Now, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})), Handlers: handlers,
		Idle: time.Hour, Grace: 50 * time.Millisecond,
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); crew.Run(ctx) }()
	var once sync.Once
	stop := func() { once.Do(func() { cancel(); <-done }) }
	t.Cleanup(stop)
	return crew, stop
}

func enqueue(t *testing.T, s *store.Store, kind string, at time.Time, payloads ...any) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for _, p := range payloads {
			if err := tx.Enqueue(t.Context(), kind, p, at, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// until waits for the counts of jobs by state.
func until(t *testing.T, s *store.Store, want map[string]int) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		got, err := s.JobCounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		diff := cmp.Diff(want, got)
		if diff == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("jobs by state (-want +got):\n%s", diff)
		}
	}
}

func TestDoesJobsWhenDue(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		c := &clock{t: storetest.Epoch}
		did := make(chan string, 10)
		crew, _ := works(t, s, c, map[string]Handler{"say": func(_ context.Context, payload json.RawMessage) error {
			did <- string(payload)
			return nil
		}})
		enqueue(t, s, "say", c.Now(), "now")
		enqueue(t, s, "say", c.Now().Add(time.Hour), "later")
		crew.Wake()
		if got := <-did; got != `"now"` {
			t.Errorf("did %s first", got)
		}
		until(t, s, map[string]int{"done": 1, "waiting": 1})
		c.Forward(time.Hour)
		crew.Wake()
		if got := <-did; got != `"later"` {
			t.Errorf("did %s then", got)
		}
		until(t, s, map[string]int{"done": 2})

		c.Forward(8 * 24 * time.Hour) // a week later nobody remembers
		crew.Wake()
		until(t, s, map[string]int{})
	})
}

// due waits until the next job is due at a time.
func due(t *testing.T, s *store.Store, want time.Time) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		got, err := s.NextJobAt(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.Equal(want) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("next job at %v, want %v", got, want)
		}
	}
}

func TestRetriesWhatMaySucceed(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		c := &clock{t: storetest.Epoch}
		n := 0
		crew, _ := works(t, s, c, map[string]Handler{"fragile": func(context.Context, json.RawMessage) error {
			switch n++; n {
			case 1:
				return errors.New("the server is busy")
			case 2:
				panic("a bug")
			}
			return nil
		}})
		enqueue(t, s, "fragile", c.Now(), 0)
		for _, delay := range []time.Duration{30 * time.Second, time.Minute} {
			crew.Wake()
			due(t, s, c.Now().Add(delay))
			c.Forward(delay)
		}
		crew.Wake()
		until(t, s, map[string]int{"done": 1})
	})
}

// final is an error of a package that knows nothing of this one.
type final struct{}

func (final) Error() string  { return "no such mailbox" }
func (final) Hopeless() bool { return true }

func TestHopelessAndUnknown(t *testing.T) {
	s := storetest.SQLite(t)
	c := &clock{t: storetest.Epoch}
	crew, _ := works(t, s, c, map[string]Handler{
		"final":    func(context.Context, json.RawMessage) error { return fmt.Errorf("send: %w", final{}) },
		"hopeless": func(context.Context, json.RawMessage) error { return fmt.Errorf("read: %w", ErrHopeless) },
	})
	for _, kind := range []string{"final", "hopeless", "unknown"} {
		enqueue(t, s, kind, c.Now(), 0)
	}
	crew.Wake()
	until(t, s, map[string]int{"failed": 2, "waiting": 1})
	due(t, s, c.Now().Add(firstDelay))
}

func TestGivesUp(t *testing.T) {
	s := storetest.SQLite(t)
	c := &clock{t: storetest.Epoch}
	crew, _ := works(t, s, c, map[string]Handler{"never": func(context.Context, json.RawMessage) error { return errors.New("no") }})
	enqueue(t, s, "never", c.Now(), 0)
	for n := 1; n < maxAttempts; n++ {
		crew.Wake()
		due(t, s, c.Now().Add(backoff(n)))
		c.Forward(backoff(n))
	}
	crew.Wake()
	until(t, s, map[string]int{"failed": 1})
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{
		1: 30 * time.Second, 2: time.Minute, 3: 2 * time.Minute, 10: 256 * time.Minute, 11: 6 * time.Hour, 40: 6 * time.Hour,
	} {
		if got := backoff(n); got != want {
			t.Errorf("backoff(%d) = %v, want %v", n, got, want)
		}
	}
}

func TestStops(t *testing.T) {
	s := storetest.SQLite(t)
	c := &clock{t: storetest.Epoch}
	began := make(chan struct{}, 2)
	crew, stop := works(t, s, c, map[string]Handler{
		"stubborn": func(ctx context.Context, _ json.RawMessage) error {
			began <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		},
	})
	enqueue(t, s, "stubborn", c.Now(), 0)
	crew.Wake()
	<-began
	stop()
	until(t, s, map[string]int{"waiting": 1})
	if next, err := s.NextJobAt(t.Context()); err != nil || !next.Equal(c.Now()) {
		t.Errorf("due again at %v (%v), want at once", next, err)
	}
}

// A crew that dies leaves its job to others when the lease ends.
func TestLeaseEnds(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		c := &clock{t: storetest.Epoch}
		enqueue(t, s, "say", c.Now(), 0)
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, ok, err := tx.ClaimJob(t.Context(), c.Now(), c.Now().Add(5*time.Minute))
			if !ok {
				t.Error("nothing to claim")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		did := make(chan struct{}, 1)
		crew, _ := works(t, s, c, map[string]Handler{"say": func(context.Context, json.RawMessage) error { did <- struct{}{}; return nil }})
		c.Forward(5 * time.Minute)
		crew.Wake()
		<-did
		until(t, s, map[string]int{"done": 1})
	})
}

func TestTwoCrewsNeverDoAJobTwice(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		const jobs = 60
		c := &clock{t: storetest.Epoch}
		var mu sync.Mutex
		times := map[string]int{}
		handlers := map[string]Handler{"count": func(_ context.Context, payload json.RawMessage) error {
			mu.Lock()
			defer mu.Unlock()
			times[string(payload)]++
			return nil
		}}
		var payloads []any
		for n := range jobs {
			payloads = append(payloads, n)
		}
		enqueue(t, s, "count", c.Now(), payloads...)
		for range 2 {
			works(t, s, c, handlers)
		}
		until(t, s, map[string]int{"done": jobs})
		mu.Lock()
		defer mu.Unlock()
		if len(times) != jobs {
			t.Errorf("%d jobs done, want %d", len(times), jobs)
		}
		for job, n := range times {
			if n != 1 {
				t.Errorf("job %s was done %d times", job, n)
			}
		}
	})
}

func TestForgetsOldSessions(t *testing.T) {
	w := storetest.NewWorld(t, storetest.SQLite(t))
	p := w.Person("Soazig")
	c := &clock{t: storetest.Epoch}
	w.Write(func(tx *store.Tx) error {
		for hash, expires := range map[string]time.Time{"old": c.Now().Add(-time.Second), "new": c.Now().Add(time.Hour)} {
			err := tx.InsertSession(t.Context(), press.Session{Person: p.ID, CreatedAt: c.Now(), ExpiresAt: expires}, hash)
			if err != nil {
				return err
			}
		}
		return nil
	})
	works(t, w.Store, c, map[string]Handler{})
	for deadline := time.Now().Add(20 * time.Second); ; {
		if _, err := w.Store.Session(t.Context(), "old"); press.KindOf(err) == press.NotFound {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the session that ended is still there")
		}
	}
	if _, err := w.Store.Session(t.Context(), "new"); err != nil {
		t.Error(err)
	}
}

func TestSlowJobsLeaveRoom(t *testing.T) {
	s := storetest.SQLite(t)
	c := &clock{t: storetest.Epoch}
	started, release := make(chan struct{}, 2), make(chan struct{})
	enqueue(t, s, "picture", c.Now(), 1, 2)
	enqueue(t, s, "mail", c.Now(), 1, 2, 3)
	crew := &Crew{
		Store: s, Now: c.Now, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Idle: time.Hour, Slow: []string{"picture"},
		Handlers: map[string]Handler{
			"picture": func(context.Context, json.RawMessage) error { started <- struct{}{}; <-release; return nil },
			"mail":    func(context.Context, json.RawMessage) error { return nil },
		},
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); crew.Run(ctx) }()
	<-started
	until(t, s, map[string]int{"done": 3, "running": 1, "waiting": 1}) // the second picture waits for the first
	close(release)
	until(t, s, map[string]int{"done": 5})
	cancel()
	<-done
}
