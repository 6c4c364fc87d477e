package prepared

import (
	"database/sql"
	"sync"
	"testing"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

func TestPool(t *testing.T) {
	db, err := sql.Open("sqlite", "file:"+t.TempDir()+"/x.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := New(db)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			var n int
			if err := p.QueryRowContext(t.Context(), "select $1 + 1", i).Scan(&n); err != nil || n != i+1 {
				t.Errorf("%d + 1 = %d, %v", i, n, err)
			}
		})
	}
	all.Wait()
	if len(p.kept) != 1 {
		t.Errorf("%d statements are kept, want 1", len(p.kept))
	}
	if _, err := p.QueryContext(t.Context(), "select from where"); err == nil {
		t.Error("a wrong text is no error")
	}
	if len(p.kept) != 1 {
		t.Error("a wrong text is kept")
	}
}
