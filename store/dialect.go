package store

import (
	"context"
	"embed"
	"errors"
	"io/fs"

	"bourgeon/kit/engine"
	"bourgeon/kit/prepared"
	"bourgeon/kit/wordindex"
)

// dialect is all that differs between the two engines.
type dialect struct {
	*engine.Engine
	words *wordindex.Index
}

var (
	sqliteDialect   = &dialect{engine.SQLite, wordindex.SQLite}
	postgresDialect = &dialect{engine.Postgres, wordindex.Postgres}
)

func openSQLite(ctx context.Context, path string) (*Store, error) {
	write, read, err := engine.OpenSQLite(ctx, path)
	if err != nil {
		return nil, err
	}
	return &Store{Reader: newReader(prepared.New(read), sqliteDialect), write: write, read: read, path: path}, nil
}

// openPostgres needs no pool apart for its writer.
func openPostgres(ctx context.Context, url string) (*Store, error) {
	db, err := engine.OpenPostgres(ctx, url)
	if err != nil {
		return nil, err
	}
	return &Store{Reader: newReader(db, postgresDialect), write: db, read: db}, nil
}

// Backup writes a consistent copy of an SQLite database to file, which must
// not exist yet. Readers and the writer go on meanwhile.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.d != sqliteDialect {
		return errors.New("a PostgreSQL database is backed up with pg_dump")
	}
	return engine.CopySQLite(ctx, s.path, file)
}

//go:embed migrations/*.sql migrations/*/*.sql
var migrations embed.FS

func schema() fs.FS {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // it is embedded
	}
	return folder
}

// SchemaVersion is the number of the last migration applied, and of the last
// one that this program knows.
func (s *Store) SchemaVersion(ctx context.Context) (applied, known int64, err error) {
	return s.d.SchemaVersion(ctx, s.write, schema())
}
