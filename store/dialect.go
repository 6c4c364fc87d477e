package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bourgeon/kit/layers"
)

// dialect is all that differs between the two engines.
type dialect struct {
	name string
	// lock ends a select whose row the transaction will change; the alias of
	// its table follows. What only refers to the row may be written meanwhile.
	lock string
	// skipLocked ends a select of one row that no other worker holds.
	skipLocked string
	goose      goose.Dialect
	text       fullText
}

var (
	sqliteDialect   = &dialect{name: "sqlite", goose: goose.DialectSQLite3, text: sqliteText}
	postgresDialect = &dialect{
		name: "postgres", lock: " for no key update of ", skipLocked: " for update skip locked", goose: goose.DialectPostgres,
		text: postgresText,
	}
)

// held ends a select whose row, of the table under an alias, is held until the
// transaction ends. SQLite has one writer: it holds everything.
func (d *dialect) held(alias string) string {
	if d.lock == "" {
		return ""
	}
	return d.lock + alias
}

// SQLSTATE codes, PostgreSQL manual, appendix A.
const (
	pgUnique        = "23505"
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
	pgDiskFull      = "53100"
)

// again tells whether the same transaction may succeed when run anew: it lost
// a race, or chose a name that another one took in between.
func (d *dialect) again(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == pgUnique || pg.Code == pgSerialization || pg.Code == pgDeadlock
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY ||
			lite.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	return false
}

// full tells whether the disk had no room left.
func (d *dialect) full(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == pgDiskFull
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code()&0xff == sqlite3.SQLITE_FULL
	}
	return false
}

//go:embed migrations
var migrations embed.FS

func (s *Store) migrations() (*goose.Provider, error) {
	var options []goose.ProviderOption
	if s.d == postgresDialect {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	var steps layers.FS // those of both engines, and its own
	for _, folder := range []string{"migrations", "migrations/" + s.d.name} {
		layer, err := fs.Sub(migrations, folder)
		if err != nil {
			return nil, err
		}
		steps = append(steps, layer)
	}
	return goose.NewProvider(s.d.goose, s.write, steps, options...)
}

// migrate brings the schema up to date. Migrations only go forward. On
// PostgreSQL, nodes that start together take turns.
func (s *Store) migrate(ctx context.Context) error {
	provider, err := s.migrations()
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// SchemaVersion is the number of the last migration applied, and of the last
// one that this program knows.
func (s *Store) SchemaVersion(ctx context.Context) (applied, known int64, err error) {
	provider, err := s.migrations()
	if err != nil {
		return 0, 0, err
	}
	for _, source := range provider.ListSources() {
		known = max(known, source.Version)
	}
	err = s.read.QueryRowContext(ctx, `select coalesce(max(version_id), 0) from goose_db_version`).Scan(&applied)
	if err != nil {
		return 0, 0, fmt.Errorf("read the schema's version: %w", err)
	}
	return applied, known, nil
}

// sharedPool is a store whose engine needs no pool apart for its writer.
func sharedPool(db *sql.DB, d *dialect) *Store {
	return &Store{Reader: Reader{db, d}, write: db, read: db}
}
