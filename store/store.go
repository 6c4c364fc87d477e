// Package store is the memory of the house: one SQL text for two engines,
// SQLite and PostgreSQL, a file per noun.
//
// Reader has only queries; each takes the viewer and returns what they may
// see. Writing is possible only inside Store.Write, which verbs call: a face
// that holds a Reader can't write past the rules. What differs between the
// engines sits in dialect.go; storetest runs one suite on both.
//
// Start with Open, then entry.go and selection.go.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"bourgeon/press"
)

// Store is an open database, its schema up to date.
type Store struct {
	Reader
	write *sql.DB
	read  *sql.DB
	path  string // of the SQLite file
	react func(context.Context, *Tx, press.Event) error
	woken func()
}

// Reader answers questions; it can't change anything.
type Reader struct {
	q querier
	d *dialect
}

// Tx is one transaction: all its writes are kept, or none.
type Tx struct {
	Reader
	tx       *sql.Tx
	react    func(context.Context, *Tx, press.Event) error
	enqueued bool
	marked   map[press.EntryID]bool // to index before the commit
	changed  changed                // besides them: what readers see of entries
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Open opens the database at url and brings its schema up to date. The url is
// "postgres://…", or the path of an SQLite file, created if missing.
func Open(ctx context.Context, url string) (*Store, error) {
	open := openSQLite
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		open = openPostgres
	}
	s, err := open(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := s.d.Migrate(ctx, s.write, schema()); err != nil {
		return nil, errors.Join(fmt.Errorf("migrate the database: %w", err), s.Close())
	}
	return s, nil
}

// Close releases the database.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

// React sets what follows every event, in the event's own transaction. It is
// called once, while wiring.
func (s *Store) React(f func(context.Context, *Tx, press.Event) error) { s.react = f }

// Wake sets what is called after each transaction that left a job to do. It
// must not block. It is called once, while wiring.
func (s *Store) Wake(f func()) { s.woken = f }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.read.PingContext(ctx) }

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.d.Name }

const writeTries = 4

// Write runs f in one transaction and commits it, durably, unless f fails.
// When the engine asks for it, or two writers chose the same address at once,
// f is run again on a new transaction: it must not keep results of a run that
// failed. A full disk is press.Unavailable.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	var err error
	for range writeTries {
		if err = s.once(ctx, f); err == nil || !s.d.Again(err) {
			break
		}
	}
	switch {
	case err == nil:
		return nil
	case s.d.Full(err):
		return fmt.Errorf("%w: %w", err, press.Problem(press.Unavailable,
			"The server's disk is full: nothing was changed. Keep this page open and try again later."))
	case s.d.Again(err):
		return fmt.Errorf("%w: %w", err, press.Problem(press.Conflict,
			"Somebody changed the same thing at the same moment. Try again."))
	}
	return err
}

func (s *Store) once(ctx context.Context, f func(*Tx) error) error {
	sqltx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = sqltx.Rollback() }() // does nothing after a commit
	tx := &Tx{Reader: Reader{sqltx, s.d}, tx: sqltx, react: s.react}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.settleChanges(ctx); err != nil {
		return err
	}
	if err := tx.indexMarked(ctx); err != nil {
		return err
	}
	if err := sqltx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
			err = ctx.Err() // it was rolled back for that, just before
		}
		return fmt.Errorf("commit: %w", err)
	}
	if tx.enqueued && s.woken != nil {
		s.woken()
	}
	return nil
}

// exec runs a statement and wraps its error with what it was for.
func (tx *Tx) exec(ctx context.Context, what, query string, args ...any) (int64, error) {
	result, err := tx.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	return n, nil
}

// change is exec for statements that must find their row.
func (tx *Tx) change(ctx context.Context, what, query string, args ...any) error {
	n, err := tx.exec(ctx, what, query, args...)
	if err == nil && n == 0 {
		return fmt.Errorf("%s: %w", what, missing())
	}
	return err
}

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// notFound turns an empty result into the error that people read.
func notFound(what string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		err = missing()
	}
	return fmt.Errorf("%s: %w", what, err)
}

// opt gives the database null for an empty optional reference.
func opt[T ~string](v T) any {
	if v == "" {
		return nil
	}
	return string(v)
}

// micros is how a time is kept: Unix microseconds, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment scans what micros kept, in UTC.
type moment struct{ t *time.Time }

func (m moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a time is kept as an integer, got %T", v)
	}
	*m.t = time.Time{}
	if n != 0 {
		*m.t = time.UnixMicro(n).UTC()
	}
	return nil
}

// list runs a query and gathers its rows.
func list[T any](ctx context.Context, q querier, what string, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return all, nil
}

type scanner interface{ Scan(dest ...any) error }

// marks is "$from, $from+1, …" for n values.
func marks(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}
