package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"

	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"bourgeon/kit/prepared"
)

// openSQLite opens one writer, on a connection of its own whose transactions
// begin immediately, and a pool of readers that can't write. FULL makes every
// commit survive a power cut; WAL lets readers go on meanwhile.
func openSQLite(ctx context.Context, path string) (*Store, error) {
	write, err := sql.Open("sqlite", sqliteDSN(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-8000)"},
	}))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	read, err := sql.Open("sqlite", sqliteDSN(path, url.Values{
		"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-4000)"},
	}))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	readers := max(4, 2*runtime.NumCPU())
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &Store{Reader: Reader{prepared.New(read), sqliteDialect}, write: write, read: read, path: path}, nil
}

// Backup writes a consistent copy of an SQLite database to file, which must
// not exist yet. Readers and the writer go on meanwhile: the copy has a
// connection of its own and shows one moment.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.d != sqliteDialect {
		return errors.New("a PostgreSQL database is backed up with pg_dump")
	}
	db, err := sql.Open("sqlite", sqliteDSN(s.path, url.Values{"_pragma": {"busy_timeout(10000)"}}))
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
