package main

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"bourgeon/press"
)

// testClock tells the time that a test sets.
type testClock struct{ at atomic.Int64 }

func (c *testClock) Now() time.Time          { return time.UnixMicro(c.at.Load()).UTC() }
func (c *testClock) advance(d time.Duration) { c.at.Add(d.Microseconds()) }

// letterbox takes every mail.
type letterbox struct {
	mu      sync.Mutex
	letters []string
}

func (b *letterbox) Reset()                               {}
func (b *letterbox) Logout() error                        { return nil }
func (b *letterbox) Mail(string, *smtp.MailOptions) error { return nil }
func (b *letterbox) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (b *letterbox) Data(r io.Reader) error {
	letter, err := io.ReadAll(r)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.letters = append(b.letters, string(letter))
	return err
}

// TestMailServerDown publishes while the mail server is away: the publication
// succeeds, its mail is tried again later and later, and leaves when the
// server is back.
func TestMailServerDown(t *testing.T) {
	place, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := place.Addr().String()
	place.Close() // nobody answers there

	data := filepath.Join(t.TempDir(), "data")
	clock := &testClock{}
	clock.at.Store(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).UnixMicro())
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--openness", "open", "--data", data)
	h, err := open(t.Context(), settings{
		Data: data, BaseURL: "http://localhost:8080", SMTP: "smtp://" + address + "?tls=none", MailFrom: "bourgeon@reseau.example",
	}, slog.New(slog.DiscardHandler), clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	ctx, stop := context.WithCancel(t.Context())
	var crew sync.WaitGroup
	crew.Go(func() { h.crew.Run(ctx) })
	defer crew.Wait()
	defer stop()

	id, err := publish(t, h, writer(t, h, 1), "Le marché d’été")
	if err != nil {
		t.Fatalf("a publication depends on the mail server: %v", err)
	}
	if e, err := h.store.Entry(t.Context(), press.Viewer{}, id); err != nil || e.Status != press.Published {
		t.Fatalf("%s, %v", e.Status, err)
	}

	db, err := sql.Open("sqlite", filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for attempt, wait := 1, 30*time.Second; attempt <= 5; attempt, wait = attempt+1, 2*wait {
		j := awaitJob(t, db, func(j mailJob) bool { return j.attempts == attempt && j.state == "waiting" })
		if got := j.due.Sub(clock.Now()); got != wait || j.problem == "" {
			t.Errorf("after attempt %d it waits %v, want %v (%s)", attempt, got, wait, j.problem)
		}
		if strings.Contains(j.problem, "a1@example.org") {
			t.Errorf("the reason kept names someone: %s", j.problem)
		}
		clock.advance(wait - time.Second)
		h.crew.Wake() // a second too early: nothing is tried
		if j := readJob(t, db); j.attempts != attempt {
			t.Errorf("attempt %d came too early", j.attempts)
		}
		if attempt < 5 {
			clock.advance(time.Second)
			h.crew.Wake()
		}
	}

	box := &letterbox{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return box, nil }))
	server.Domain = "localhost"
	back, err := net.Listen("tcp", address)
	if err != nil {
		t.Skipf("another program took the mail server's place: %v", err)
	}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(back) })
	defer serving.Wait()
	defer server.Close()
	clock.advance(time.Second)
	h.crew.Wake()
	awaitJob(t, db, func(j mailJob) bool { return j.state == "done" })
	box.mu.Lock()
	defer box.mu.Unlock()
	if len(box.letters) != 1 || !strings.Contains(box.letters[0], "To: ") || !strings.Contains(box.letters[0], "a1@example.org") {
		t.Errorf("%d letters arrived: %.500q", len(box.letters), box.letters)
	}
}

type mailJob struct {
	state    string
	attempts int
	due      time.Time
	problem  string
}

func readJob(t *testing.T, db *sql.DB) mailJob {
	t.Helper()
	var j mailJob
	var due int64
	err := db.QueryRowContext(t.Context(), `select state, attempts, run_at, last_error from job where kind = 'mail'`).Scan(&j.state, &j.attempts, &due, &j.problem)
	if err != nil {
		t.Fatal(err)
	}
	j.due = time.UnixMicro(due).UTC()
	return j
}

func awaitJob(t *testing.T, db *sql.DB, ready func(mailJob) bool) mailJob {
	t.Helper()
	var j mailJob
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if j = readJob(t, db); ready(j) {
			return j
		}
	}
	t.Fatalf("the mail's job stays %+v", j)
	return j
}
