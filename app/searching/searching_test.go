package searching_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"

	"bourgeon/app/searching"
	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// database is one that a test opens itself, also past the store.
type database struct{ driver, url string }

func engines(t *testing.T, test func(t *testing.T, d database)) {
	t.Run("sqlite", func(t *testing.T) { test(t, database{"sqlite", filepath.Join(t.TempDir(), "bourgeon.db")}) })
	t.Run("postgres", func(t *testing.T) { test(t, database{"pgx", storetest.URL(t)}) })
}

func (d database) open(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), d.url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// do runs statements as somebody would who knows better.
func (d database) do(t *testing.T, statements ...string) {
	t.Helper()
	db, err := sql.Open(d.driver, d.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func count(t *testing.T, s *store.Store, query string) int {
	t.Helper()
	n, err := s.CountEntries(t.Context(), press.Viewer{}, store.Selection{Query: terms.Parse(query)})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// run does the jobs that wait, as the crew does.
func run(t *testing.T, l *searching.Librarian) {
	t.Helper()
	for {
		var job store.Job
		ok := false
		err := l.Store.Write(t.Context(), func(tx *store.Tx) (err error) {
			if job, ok, err = tx.ClaimJob(t.Context(), l.Now(), l.Now().Add(time.Minute)); err == nil && ok {
				err = tx.FinishJob(t.Context(), job.ID, l.Now())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return
		}
		if job.Kind != searching.Job {
			t.Fatalf("a job %s", job.Kind)
		}
		if err := l.Continue(t.Context(), job.Payload); err != nil {
			t.Fatal(err)
		}
	}
}

// TestUpgrade opens a database that the first version wrote: serving it ends
// with everything found, without the host doing anything.
func TestUpgrade(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		d := database{"sqlite", filepath.Join(t.TempDir(), "bourgeon.db")}
		first, err := os.ReadFile("../../store/migrations/00001_house.sql")
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open(d.driver, d.url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		provider, err := goose.NewProvider(goose.DialectSQLite3, db, fstest.MapFS{"00001_house.sql": {Data: first}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := provider.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
		form := press.BuiltInForms()[0]
		fields, _ := json.Marshal(form.Fields)
		d.do(t,
			`insert into network values ('network', 'N', '', 'fr', '', '', 1, 1)`,
			`insert into site values ('s', 'mag', null, 'Mag', '', 'fr', 'Europe/Paris', '', '', 'first', 'free', 'CC0-1.0', '#1b5e8c', null, 1, 1, 0)`,
			`insert into form values ('f', 's', 'article', 'article', '{}', '{}', '{}', '`+strings.ReplaceAll(string(fields), "'", "''")+`', '', 1, true, 1)`,
			`with recursive n(i) as (select 1 union all select i + 1 from n where i < 120)
			insert into entry (id, site_id, form_id, slug, status, binned_status, revision, title, standfirst, language, licence, answers,
			  rendered, provenance, debut, folded, created_at, updated_at, proposed_at, publish_at, published_at, featured_at)
			select 'e' || i, 's', 'f', 'e' || i, 'published', '', 1, 'Les ateliers n° ' || i, '', 'fr', 'CC0-1.0', '{}', '{"text":"<p>Un vélo.</p>"}',
			  '{}', false, '', 1, 1, 1, 0, 1000 + i, 0 from n`)
		s := d.open(t)
		l := &searching.Librarian{Store: s, Now: time.Now}
		if n := count(t, s, "atelier"); n != 0 {
			t.Fatalf("%d found before anything was indexed", n)
		}
		if err := l.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		run(t, l)
		if n := count(t, s, "atelier vélos"); n != 120 {
			t.Errorf("%d found after the upgrade, want 120", n)
		}
		if err := l.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		if next, err := s.NextJobAt(t.Context()); err != nil || !next.IsZero() {
			t.Errorf("a job is planned when all is indexed: %v, %v", next, err)
		}
	})
}

func TestMend(t *testing.T) {
	engines(t, func(t *testing.T, d database) {
		ctx := t.Context()
		s := d.open(t)
		w := storetest.NewWorld(t, s)
		site := w.Site("mag")
		for _, title := range []string{"Un", "Deux", "Trois", "Quatre", "Cinq"} {
			w.Entry(site, title, press.Published)
		}
		l := &searching.Librarian{Store: s, Now: w.Now}
		diverging := func(want int) {
			t.Helper()
			if n, err := l.Compare(ctx, nil); err != nil || n != want {
				t.Errorf("%d diverge, want %d: %v", n, want, err)
			}
		}
		diverging(0)
		lost := `update entry_index set words = '' where id = (select id from entry where title = 'Trois')`
		if s.Engine() == "sqlite" {
			lost = `delete from entry_words where rowid = (select doc from entry_index i join entry e on e.id = i.id where e.title = 'Trois')`
		}
		d.do(t,
			`delete from entry_index where id = (select id from entry where title = 'Un')`,
			`update entry_index set status = 'binned' where id = (select id from entry where title = 'Deux')`,
			lost,
			`update entry set title = 'Quarante' where title = 'Quatre'`)
		diverging(4)
		if n := count(t, s, "quarante"); n != 0 {
			t.Errorf("%d found before it was mended", n)
		}
		told := 0
		mended, err := l.Mend(ctx, func(done, total int) { told = done; _ = total })
		if err != nil || mended != 4 || told != 5 {
			t.Errorf("mended %d, told %d: %v", mended, told, err)
		}
		diverging(0)
		for _, query := range []string{"un", "deux", "trois", "quarante"} {
			if n := count(t, s, query); n != 1 && query != "un" && query != "deux" { // stop words
				t.Errorf("%q finds %d", query, n)
			}
		}
		if n := count(t, s, ""); n != 5 {
			t.Errorf("%d entries listed", n)
		}
	})
}

// TestRebuildDoesNotStopTheSite writes and searches from another process, as
// it were, between and during the batches.
func TestRebuildDoesNotStopTheSite(t *testing.T) {
	engines(t, func(t *testing.T, d database) {
		ctx := t.Context()
		s, other := d.open(t), d.open(t)
		w := storetest.NewWorld(t, s)
		site := w.Site("mag")
		for range 180 {
			w.Entry(site, "Atelier "+string(storetest.ID[press.EntryID]()), press.Published)
		}
		writer := storetest.NewWorld(t, other)
		turns, ended := make(chan struct{}, 100), make(chan error, 1)
		go func() { // writes while the next batch is under way, waiting for its turn
			var err error
			for range turns {
				err = errors.Join(err, other.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.Touch(ctx, site.ID) }))
			}
			ended <- err
		}()
		batches := 0
		done, err := (&searching.Librarian{Store: s, Now: w.Now}).Rebuild(ctx, func(_, _ int) {
			batches++
			turns <- struct{}{}
			writer.Entry(site, "Écrit pendant "+string(storetest.ID[press.EntryID]()), press.Published)
			if n := count(t, other, "atelier"); n != 180 {
				t.Errorf("%d found meanwhile, want 180", n)
			}
		})
		close(turns)
		if err = errors.Join(err, <-ended); err != nil || done < 180 || batches < 4 {
			t.Errorf("%d in %d batches: %v", done, batches, err)
		}
		if n := count(t, s, "ecrits pendant"); n < 4 {
			t.Errorf("%d of those written meanwhile are found", n)
		}
	})
}
