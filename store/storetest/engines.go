package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
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

// PostgreSQL opens a new store in a database of its own, and skips the test
// where the server isn't installed, save under CI=true.
func PostgreSQL(t testing.TB) *store.Store {
	t.Helper()
	server.Do(func() { server.c, server.err = startServer(context.Background()) })
	if errors.Is(server.err, pgtemp.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(server.err)
	}
	if server.err != nil {
		t.Fatal(server.err)
	}
	name := fmt.Sprintf("test_%d", server.databases.Add(1))
	if err := server.c.CreateDatabase(t.Context(), name, template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.c.DropDatabase(context.Background(), name); err != nil {
			t.Error(err)
		}
	})
	return open(t, server.c.URL(name))
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
var server struct {
	sync.Once
	c         *pgtemp.Cluster
	err       error
	databases atomic.Int64
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
