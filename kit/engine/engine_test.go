package engine_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"testing/fstest"

	"bourgeon/kit/engine"
)

// TestSQLite: migrations of both folders run in their order, readers can't write, and a taken name is worth another try.
func TestSQLite(t *testing.T) {
	ctx := t.Context()
	write, read, err := engine.OpenSQLite(ctx, filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = read.Close(); _ = write.Close() })
	folder := fstest.MapFS{
		"00001_a.sql":          {Data: []byte("-- +goose Up\ncreate table a (name text primary key);\n")},
		"sqlite/00002_b.sql":   {Data: []byte("-- +goose Up\ninsert into a (name) values ('sqlite');\n")},
		"postgres/00002_b.sql": {Data: []byte("-- +goose Up\ninsert into a (name) values ('postgres');\n")},
	}
	if err := engine.SQLite.Migrate(ctx, write, folder); err != nil {
		t.Fatal(err)
	}
	applied, known, err := engine.SQLite.SchemaVersion(ctx, write, folder)
	if err != nil || applied != 2 || known != 2 {
		t.Errorf("schema %d of %d, %v", applied, known, err)
	}
	if got := name(ctx, t, read); got != "sqlite" {
		t.Errorf("migrated %q", got)
	}
	if _, err := read.ExecContext(ctx, `insert into a (name) values ('b')`); err == nil {
		t.Error("a reader writes")
	}
	_, err = write.ExecContext(ctx, `insert into a (name) values ('sqlite')`)
	if err == nil || !engine.SQLite.Again(err) || engine.SQLite.Full(err) {
		t.Errorf("a name taken: %v", err)
	}
	if engine.SQLite.Held("e") != "" || engine.Postgres.Held("e") != " for no key update of e" {
		t.Error("what holds a row")
	}
}

func name(ctx context.Context, t *testing.T, db *sql.DB) string {
	t.Helper()
	var s string
	if err := db.QueryRowContext(ctx, `select name from a`).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}
