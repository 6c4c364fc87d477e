package crash

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/post"
	"bourgeon/press"
	"bourgeon/store"
)

// halves are what must never be: each statement counts one kind of it.
var halves = map[string]string{
	"entries that are not public": `
select count(*) from entry where status <> 'published' or published_at = 0`,
	"entries without the revision that they show": `
select count(*) from entry e
where not exists (select 1 from revision r where r.entry_id = e.id and r.number = e.revision and r.state = 'kept')`,
	"entries without an author": `
select count(*) from entry e where not exists (select 1 from credit k where k.entry_id = e.id and k.role = 'author')`,
	"entries that the journal doesn't tell of once": `
select count(*) from entry e where (select count(*) from event v where v.entry_id = e.id and v.kind = 'entry.published') <> 1`,
	"publications of which their writer is not told": `
select count(*) from event v
where v.kind = 'entry.published' and not exists (select 1 from job j where j.unique_key = 'mail ' || v.id || ' ' || v.actor_id)`,
	"entries with tags missing": `
select count(*) from entry e where (select count(*) from entry_tag t where t.entry_id = e.id) <> 2`,
	"bylines of nobody": `
select count(*) from byline b where not exists (select 1 from credit k where k.byline_id = b.id)`,
	// A picture that is ready after its text appeared is a change too.
	"public changes that a site's version doesn't count": `
select count(*) from site s
where s.version - 1 < (select count(*) from entry e where e.site_id = s.id)
  or s.version - 1 > (select count(*) from entry e where e.site_id = s.id)
    + (select count(*) from media d where d.site_id = s.id and d.modern <> '[]')`,
	"public changes that the network's version doesn't count": `
select count(*) from network w
where w.version - 1 < (select count(*) from entry)
  or w.version - 1 > (select count(*) from entry) + (select count(*) from media d where d.modern <> '[]')`,
	"jobs lost": `
select count(*) from job where state not in ('waiting', 'running', 'done') or state <> 'done' and payload = '{}'`,
}

// left is what a dead process left.
type left struct{ entries, drafts int }

// inspect opens the database as the next process would, and looks at
// everything that is in it.
func inspect(t *testing.T, driver, database, data string, known acknowledgements) left {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := sql.Open(driver, database) // store registers the drivers
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if driver == "pgx" {
		bury(t, db)
	}
	checkEngine(t, driver, db)
	for what, query := range halves {
		if n := count(t, db, query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	checkFiles(t, s, db, data)

	entries := map[string]press.EntryID{}
	for _, id := range column(t, db, `select id from entry`) {
		e, err := s.Entry(t.Context(), press.Viewer{}, press.EntryID(id))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(e.Title, "Contribution ")
		if _, twice := entries[name]; twice {
			t.Errorf("contribution %s is there twice", name)
		}
		entries[name] = e.ID
		checkEntry(t, s, e, contributionOf(t, name))
	}
	drafts := map[string]press.DraftID{}
	for _, id := range column(t, db, `select id from draft`) {
		d, err := s.Draft(t.Context(), press.Itself, press.DraftID(id))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(d.Answers.One("title"), "Contribution ")
		drafts[name] = d.ID
		if want := contributionOf(t, name); d.Answers.One("text") != want.text {
			t.Errorf("draft %s has lost some of its text", name)
		}
		if _, both := entries[name]; both {
			t.Errorf("contribution %s is an entry, and still a draft", name)
		}
	}
	for name := range known.entries {
		if entries[name] == "" {
			t.Errorf("contribution %s was acknowledged, and is not there", name)
		}
	}
	for name, id := range known.drafts {
		if _, published := entries[name]; !published && drafts[name] != id {
			t.Errorf("contribution %s was kept as draft %s, and there is %q", name, id, drafts[name])
		}
	}
	return left{len(entries), len(drafts)}
}

func contributionOf(t *testing.T, name string) contribution {
	t.Helper()
	round, number, _ := strings.Cut(name, "-")
	var n int
	if err := json.Unmarshal([]byte(number), &n); err != nil {
		t.Fatalf("an entry called %q: %v", name, err)
	}
	return sample(round, n)
}

// checkEntry compares an entry with what its writer sent.
func checkEntry(t *testing.T, s *store.Store, e press.Entry, want contribution) {
	t.Helper()
	if got := e.Answers.One("text"); digest(got) != digest(want.text) {
		t.Errorf("%s: %d bytes of %d of its text", want.name, len(got), len(want.text))
	}
	if !strings.Contains(e.Rendered["text"], "Fin de "+want.name) {
		t.Errorf("%s: its text is not rendered whole", want.name)
	}
	if len(e.Authors()) != want.authors || len(e.Credits) != want.credits {
		t.Errorf("%s: %d authors of %d, %d credits of %d", want.name, len(e.Authors()), want.authors, len(e.Credits), want.credits)
	}
	if pictures := e.Pictures; (len(pictures) == 1) != (want.picture != nil) || len(pictures) > 1 {
		t.Errorf("%s: %d pictures", want.name, len(pictures))
	}
	r, err := s.Revision(t.Context(), press.Viewer{}, e.ID, e.Revision)
	if err != nil {
		t.Errorf("%s: %v", want.name, err)
		return
	}
	if diff := cmp.Diff(e.Answers, r.Answers); diff != "" {
		t.Errorf("%s: its revision says something else: %s", want.name, diff)
	}
}

// checkFiles wants every file that the database mentions, with its content.
func checkFiles(t *testing.T, s *store.Store, db *sql.DB, data string) {
	t.Helper()
	files := pictures(data)
	for _, id := range column(t, db, `select id from media`) {
		m, err := s.Media(t.Context(), press.Itself, press.MediaID(id))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range append(m.Variants, press.Variant{Hash: m.Hash}) {
			f, err := files.Open(t.Context(), v.Hash)
			if err != nil {
				t.Errorf("picture %s: %v", id, err)
				continue
			}
			content, err := io.ReadAll(f)
			if err != nil || digest(string(content)) != v.Hash {
				t.Errorf("picture %s: its file %s is damaged (%v)", id, v.Hash, err)
			}
			f.Close()
		}
	}
}

func checkEngine(t *testing.T, driver string, db *sql.DB) {
	t.Helper()
	if driver != "sqlite" {
		return
	}
	if said := column(t, db, `pragma integrity_check`); len(said) != 1 || said[0] != "ok" {
		t.Errorf("integrity check: %v", said)
	}
	if said := column(t, db, `select "table" from pragma_foreign_key_check`); len(said) != 0 {
		t.Errorf("rows that refer to nothing: %v", said)
	}
}

// bury waits until the server has noticed that its client is dead.
func bury(t *testing.T, db *sql.DB) {
	t.Helper()
	const others = `
select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`
	deadline := time.Now().Add(20 * time.Second)
	for count(t, db, others) > 0 {
		if time.Now().After(deadline) {
			t.Fatal("transactions of the dead child go on")
		}
	}
}

// deliver does the jobs that the dead left: each publication's mail leaves,
// once at least.
func deliver(t *testing.T, database, data string) {
	t.Helper()
	later := func() time.Time { return time.Now().Add(time.Hour) } // the dead's leases are over
	h, err := open(t.Context(), database, data, later)
	if err != nil {
		t.Fatal(err)
	}
	defer h.store.Close()
	for claimed := true; claimed; {
		var job store.Job
		err := h.store.Write(t.Context(), func(tx *store.Tx) (err error) {
			job, claimed, err = tx.ClaimJob(t.Context(), later(), later().Add(time.Hour))
			return err
		})
		if err == nil && claimed {
			handle, known := h.crew.Handlers[job.Kind]
			if !known {
				t.Fatalf("nobody does the job %s", job.Kind)
			}
			err = handle(t.Context(), job.Payload)
		}
		if err == nil && claimed {
			err = h.store.Write(t.Context(), func(tx *store.Tx) error { return tx.FinishJob(t.Context(), job.ID, later()) })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	mails, err := post.Read(h.outbox, 0)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, m := range mails {
		for _, word := range strings.Fields(m.Subject + " " + m.Text) {
			told[strings.Trim(word, " «».,")] = true
		}
	}
	page, err := h.store.Entries(t.Context(), press.Itself, store.Selection{Limit: rounds * publications})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		if name := strings.TrimPrefix(e.Title, "Contribution "); !told[name] {
			t.Errorf("no mail tells of contribution %s", name)
		}
	}
	t.Logf("%d mails tell of %d publications", len(mails), len(page.Entries))
}

func count(t *testing.T, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func column(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
