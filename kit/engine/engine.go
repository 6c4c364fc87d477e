// Package engine is what differs between SQLite and PostgreSQL for a program whose statements are the same on both:
// opening, locks, error codes, the lock and the folders of migrations.
//
// It knows no table. Start with OpenSQLite or OpenPostgres, then Engine.
package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite" // registers the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Engine is one of the two.
type Engine struct {
	Name string
	// lock ends a select whose row the transaction will change; the alias of
	// its table follows. What only refers to the row may be written meanwhile.
	lock string
	// SkipLocked ends a select of one row that no other worker holds.
	SkipLocked string
	goose      goose.Dialect
}

// SQLite and Postgres are the engines.
var (
	SQLite   = &Engine{Name: "sqlite", goose: goose.DialectSQLite3}
	Postgres = &Engine{
		Name: "postgres", lock: " for no key update of ", SkipLocked: " for update skip locked", goose: goose.DialectPostgres,
	}
)

// Held ends a select whose row, of the table under an alias, is held until the
// transaction ends. SQLite has one writer: it holds everything.
func (e *Engine) Held(alias string) string {
	if e.lock == "" {
		return ""
	}
	return e.lock + alias
}

// SQLSTATE codes, PostgreSQL manual, appendix A.
const (
	pgUnique        = "23505"
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
	pgDiskFull      = "53100"
)

// Again tells whether the same transaction may succeed when run anew: it lost
// a race, or chose a name that another one took in between.
func (e *Engine) Again(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == pgUnique || pg.Code == pgSerialization || pg.Code == pgDeadlock
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY ||
			lite.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	return false
}

// Full tells whether the disk had no room left.
func (e *Engine) Full(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == pgDiskFull
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code()&0xff == sqlite3.SQLITE_FULL
	}
	return false
}

// steps are the migrations of an engine: those of both, and its own ones.
type steps struct {
	fs.FS
	engine string
}

func (s steps) folders() []string { return []string{".", s.engine} }

// Open is fs.FS's.
func (s steps) Open(name string) (fs.File, error) {
	for _, folder := range s.folders() {
		if f, err := s.FS.Open(path.Join(folder, name)); err == nil {
			return f, nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Glob is fs.GlobFS's.
func (s steps) Glob(pattern string) ([]string, error) {
	var all []string
	for _, folder := range s.folders() {
		files, err := fs.Glob(s.FS, path.Join(folder, pattern))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			all = append(all, path.Base(file))
		}
	}
	return all, nil
}

// Migrate brings the schema of a database up to date by the migrations of a
// folder and of its folder for this engine. They only go forward. On
// PostgreSQL, nodes that start together take turns.
func (e *Engine) Migrate(ctx context.Context, db *sql.DB, folder fs.FS) error {
	provider, err := e.migrations(db, folder)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// SchemaVersion is the number of the last migration applied, and of the last
// one of the folder.
func (e *Engine) SchemaVersion(ctx context.Context, db *sql.DB, folder fs.FS) (applied, known int64, err error) {
	provider, err := e.migrations(db, folder)
	if err != nil {
		return 0, 0, err
	}
	for _, source := range provider.ListSources() {
		known = max(known, source.Version)
	}
	err = db.QueryRowContext(ctx, `select coalesce(max(version_id), 0) from goose_db_version`).Scan(&applied)
	if err != nil {
		return 0, 0, fmt.Errorf("read the schema's version: %w", err)
	}
	return applied, known, nil
}

func (e *Engine) migrations(db *sql.DB, folder fs.FS) (*goose.Provider, error) {
	var options []goose.ProviderOption
	if e == Postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(e.goose, db, steps{folder, e.Name}, options...)
}

// OpenSQLite opens one writer, on a connection of its own whose transactions
// begin immediately, and a pool of readers that can't write. FULL makes every
// commit survive a power cut; WAL lets readers go on meanwhile.
func OpenSQLite(ctx context.Context, path string) (write, read *sql.DB, err error) {
	write, err = sql.Open("sqlite", sqliteDSN(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-8000)"},
	}))
	if err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	read, err = sql.Open("sqlite", sqliteDSN(path, url.Values{
		"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-4000)"},
	}))
	if err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	readers := max(4, 2*runtime.NumCPU())
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return write, read, nil
}

// CopySQLite writes a consistent copy of the database at path to file, which
// must not exist yet. Readers and the writer go on meanwhile: the copy has a
// connection of its own and shows one moment.
func CopySQLite(ctx context.Context, path, file string) error {
	db, err := sql.Open("sqlite", sqliteDSN(path, url.Values{"_pragma": {"busy_timeout(10000)"}}))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `vacuum into $1`, file); err != nil {
		return fmt.Errorf("back up to %s: %w", file, err)
	}
	return nil
}

func sqliteDSN(path string, options url.Values) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: options.Encode()}).String()
}

// OpenPostgres opens one pool for reading and writing.
func OpenPostgres(ctx context.Context, url string) (*sql.DB, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, err
	}
	const connections = 16
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		// The address may hold a password: it is not repeated.
		return nil, errors.Join(fmt.Errorf("reach PostgreSQL: %w", err), db.Close())
	}
	return db, nil
}
