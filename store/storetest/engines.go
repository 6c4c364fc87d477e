package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"bourgeon/kit/pgtemp"
	"bourgeon/store"
)

// Engines runs a test on every engine available, each on a store of its own.
func Engines(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQL(t)) })
}

// Main is what TestMain hands to os.Exit in packages that use PostgreSQL: it
// runs the tests, then stops the server that they started, if any.
func Main(m *testing.M) int {
	code := m.Run()
	if server.c != nil {
		server.c.Stop()
	}
	return code
}

// SQLite opens a new store in a folder of the test's own.
func SQLite(t testing.TB) *store.Store {
	t.Helper()
	file, err := migratedFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bourgeon.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// PostgreSQL opens a new store in a database that no other test uses, and skips the test
// where the server isn't installed, save under CI=true.
func PostgreSQL(t testing.TB) *store.Store {
	t.Helper()
	return open(t, URL(t))
}

// URL is the address of such a database, for those who open it themselves.
func URL(t testing.TB) string {
	t.Helper()
	server.Do(func() { server.c, server.err = startServer(context.Background()) })
	if errors.Is(server.err, pgtemp.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(server.err)
	}
	if server.err != nil {
		t.Fatal(server.err)
	}
	url, err := server.database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.takeBack(url); err != nil {
			t.Error(err)
		}
	})
	return url
}

func open(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

const template = "bourgeon_template"

// server is the process's PostgreSQL: it takes a second to start, so all tests
// of a package share it. It begins with the first test that asks.
var server cluster

// cluster hands out empty databases. Making one takes half a second, emptying
// one some milliseconds: those that a test gave back serve again.
type cluster struct {
	sync.Once
	c   *pgtemp.Cluster
	err error

	mu   sync.Mutex
	made int
	free []string // addresses of empty databases
}

func (c *cluster) database(ctx context.Context) (url string, err error) {
	c.mu.Lock()
	if n := len(c.free); n > 0 {
		url, c.free = c.free[n-1], c.free[:n-1]
		c.mu.Unlock()
		return url, nil
	}
	c.made++
	name := fmt.Sprintf("test_%d", c.made)
	c.mu.Unlock()
	return c.c.URL(name), c.c.CreateDatabase(ctx, name, template)
}

const emptyTables = `
do $$
begin
  execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ')
    from pg_tables
    where schemaname = 'public' and tablename <> 'goose_db_version');
end $$`

// takeBack empties the database of a test that is over.
func (c *cluster) takeBack(url string) error {
	db, err := sql.Open("pgx", url) // store registers the driver
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(emptyTables); err != nil {
		return fmt.Errorf("empty a test's database: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free = append(c.free, url)
	return nil
}

func startServer(ctx context.Context) (*pgtemp.Cluster, error) {
	c, err := pgtemp.Start(ctx)
	if err != nil {
		return nil, err
	}
	if err = c.CreateDatabase(ctx, template, ""); err == nil {
		err = migrate(ctx, c.URL(template))
	}
	if err != nil {
		c.Stop()
		return nil, err
	}
	return c, nil
}

// migratedFile is an empty SQLite database, its schema up to date.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "storetest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate(context.Background(), path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func migrate(ctx context.Context, url string) error {
	s, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	return s.Close()
}
