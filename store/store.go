// Package store is the memory of the house: one SQL text for two engines,
// SQLite and PostgreSQL, a file per noun.
//
// Reader has only queries; each takes the viewer and returns what they may
// see. Writing is possible only inside Store.Write, which verbs call: a face
// that holds a Reader can't write past the rules. What is known of people sits
// in store/people, of forms in store/forms, and is asked and written through Reader and Tx all the same.
// What differs between the engines sits in dialect.go; storetest runs one
// suite on both.
//
// Start with Open, then entry.go and selection.go.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"bourgeon/press"
	"bourgeon/store/forms"
	"bourgeon/store/people"
	"bourgeon/store/rows"
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
	ofPeople
	ofForms
	q rows.Querier
	d *dialect
}

// What the store's children keep is asked and written through it.
type (
	ofPeople = people.Reader
	toPeople = people.Tx
	ofForms  = forms.Reader
	toForms  = forms.Tx
)

func newReader(q rows.Querier, d *dialect) Reader {
	return Reader{people.NewReader(q), forms.NewReader(q), q, d}
}

// Tx is one transaction: all its writes are kept, or none.
type Tx struct {
	Reader
	toPeople
	toForms
	tx       *sql.Tx
	react    func(context.Context, *Tx, press.Event) error
	enqueued bool
	marked   map[press.EntryID]bool // to index before the commit
	changed  changed                // besides them: what readers see of entries
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
	tx := &Tx{Reader: newReader(sqltx, s.d), toPeople: people.NewTx(sqltx, s.d.Engine), toForms: forms.NewTx(sqltx), tx: sqltx, react: s.react}
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

// exec is rows.Exec in this transaction, change rows.Change.
func (tx *Tx) exec(ctx context.Context, what, query string, args ...any) (int64, error) {
	return rows.Exec(ctx, tx.tx, what, query, args...)
}

func (tx *Tx) change(ctx context.Context, what, query string, args ...any) error {
	return rows.Change(ctx, tx.tx, what, query, args...)
}
