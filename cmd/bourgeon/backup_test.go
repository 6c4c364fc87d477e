package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/app/editing"
	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
)

const (
	backupWriters = 50
	textsOfEach   = 2 // or one, when the backup ends before the second
)

// TestBackupWhileWriting backs a network up with the command while fifty
// people publish, restores it elsewhere, and compares.
func TestBackupWhileWriting(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--openness", "open", "--data", data)
	h, err := open(t.Context(), settings{Data: data, BaseURL: "http://localhost:8080"}, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()

	// The backup begins once some have published, while the others write.
	var writers sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[press.EntryID]int{} // with the moment of the acknowledgement
	moment, begun, stopped := 0, make(chan struct{}), make(chan struct{})
	for n := range backupWriters {
		person := writer(t, h, n)
		writers.Go(func() {
			for i := range textsOfEach {
				id, err := publish(t, h, person, fmt.Sprintf("Texte %d de %s", i, person.Name))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if moment++; moment == backupWriters/4 {
					close(begun)
				}
				acknowledged[id] = moment
				mu.Unlock()
				select {
				case <-stopped:
					return
				default:
				}
			}
		})
	}
	select {
	case <-begun:
	case <-time.After(patience):
		t.Fatal("the writers don't write")
	}
	mu.Lock()
	before := moment
	mu.Unlock()
	file := filepath.Join(t.TempDir(), "sauvegarde.tar.gz")
	said := succeed(t, "backup", file, "--data", data)
	mu.Lock()
	after := moment
	mu.Unlock()
	close(stopped)
	writers.Wait()
	if !strings.Contains(said, "the database") {
		t.Errorf("said %s", said)
	}

	elsewhere := filepath.Join(t.TempDir(), "restored")
	succeed(t, "restore", file, "--data", elsewhere)
	t.Logf("%d publications acknowledged before, %d during, %d after the backup", before, after-before, moment-after)
	compare(t, data, elsewhere, func(id press.EntryID) bool { return acknowledged[id] > 0 && acknowledged[id] <= before })

	if code, _, problems := command(t, "restore", file, "--data", elsewhere); code == done || !strings.Contains(problems, "not empty") {
		t.Errorf("restored over a network: exit code %d, %s", code, problems)
	}
	damaged := filepath.Join(t.TempDir(), "half.tar.gz")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	nothing := filepath.Join(t.TempDir(), "nothing")
	if code, _, problems := command(t, "restore", damaged, "--data", nothing); code == done || !strings.Contains(problems, "not a whole backup") {
		t.Errorf("restored half a file: exit code %d, %s", code, problems)
	}
	if _, err := os.Stat(nothing); err == nil {
		t.Error("half a backup has left a folder")
	}
	if out := succeed(t, "site", "list", "--data", elsewhere); !strings.Contains(out, "Le magazine") {
		t.Errorf("the restored network lists %s", out)
	}
}

func writer(t *testing.T, h *house, n int) press.Viewer {
	t.Helper()
	site, err := h.store.SiteBySlug(t.Context(), press.Itself, "mag")
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("Autrice %d", n)
	p, err := h.door.Appoint(t.Context(), press.Itself, fmt.Sprintf("a%d@example.org", n), name, press.Membership{Site: site.ID, Role: press.Contributor})
	if err != nil {
		t.Fatal(err)
	}
	p.ConfirmedAt = p.CreatedAt // without the mail and the click: else they get no other mail
	if err := h.store.Write(t.Context(), func(tx *store.Tx) error { return tx.SavePerson(t.Context(), p) }); err != nil {
		t.Fatal(err)
	}
	v, err := h.store.Viewer(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// publish takes a text with a picture from the first word to the public.
func publish(t *testing.T, h *house, v press.Viewer, title string) (press.EntryID, error) {
	ctx := t.Context()
	site, err := h.store.SiteBySlug(ctx, press.Itself, "mag")
	if err != nil {
		return "", err
	}
	form, err := h.store.FormBySlug(ctx, press.Itself, site.ID, "article")
	if err != nil {
		return "", err
	}
	work := editing.Work{Content: press.Content{Answers: press.Answers{"title": {title}, "text": {strings.Repeat(title+". ", 50)}}}}
	d, err := h.editor.Begin(ctx, v, site, form, work)
	if err != nil {
		return "", err
	}
	m, err := h.cabinet.Keep(ctx, v, site.ID, d.Key(), "photo.png", bytes.NewReader(photo(title)))
	if err != nil {
		return "", err
	}
	work.Answers["pictures"] = []string{string(m.ID)}
	if d, err = h.editor.Save(ctx, v, d.Key(), d.Version, work); err != nil {
		return "", err
	}
	signed, err := h.editor.Sign(ctx, v, d.Key(), d.Version, press.Signing{Kind: press.SignName, Name: v.Name, Charter: true})
	return signed.Entry.ID, err
}

// photo is a small picture of its own for each title.
func photo(title string) []byte {
	m := image.NewGray(image.Rect(0, 0, 32, 32))
	for i := range m.Pix {
		m.Pix[i] = title[i%len(title)] + byte(i/len(title))
	}
	var file bytes.Buffer
	if err := png.Encode(&file, m); err != nil {
		panic(err) // a buffer takes everything
	}
	return file.Bytes()
}

// compare wants every entry of a restored network as it is in its original,
// all those that must be there, and every picture.
func compare(t *testing.T, original, restored string, must func(press.EntryID) bool) {
	t.Helper()
	o, r := look(t, filepath.Join(original, databaseFile)), look(t, filepath.Join(restored, databaseFile))
	files := blob.Disk{Dir: filepath.Join(restored, mediaFolder)}
	there := map[press.EntryID]bool{}
	for _, e := range published(t, r) {
		there[e.ID] = true
		same, err := o.Entry(t.Context(), press.Itself, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := r.Entry(t.Context(), press.Itself, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(same, whole); diff != "" {
			t.Errorf("%s differs: %s", e.Title, diff)
		}
		if len(whole.Pictures) != 1 || len(whole.Credits) != 1 {
			t.Errorf("%s has %d pictures, %d credits", e.Title, len(whole.Pictures), len(whole.Credits))
		}
		for _, m := range whole.Pictures {
			for _, v := range m.Variants {
				f, err := files.Open(t.Context(), v.Hash)
				if err != nil {
					t.Errorf("%s: %v", e.Title, err)
					continue
				}
				if n, err := io.Copy(io.Discard, f); err != nil || n != v.Bytes {
					t.Errorf("%s: %d bytes of %d of its picture, %v", e.Title, n, v.Bytes, err)
				}
				f.Close()
			}
		}
	}
	missing := 0
	for _, e := range published(t, o) {
		if must(e.ID) && !there[e.ID] {
			missing++
		}
	}
	if missing > 0 || len(there) < backupWriters/4 {
		t.Errorf("%d publications were acknowledged before the backup and are not in it; it holds %d", missing, len(there))
	}
	t.Logf("the backup holds %d of %d publications", len(there), len(published(t, o)))
	checkWhole(t, filepath.Join(restored, databaseFile))
}

func published(t *testing.T, s *store.Store) []press.Entry {
	t.Helper()
	site, err := s.SiteBySlug(t.Context(), press.Itself, "mag")
	if err != nil {
		t.Fatal(err)
	}
	form, err := s.FormBySlug(t.Context(), press.Itself, site.ID, "article")
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.Entries(t.Context(), press.Itself, store.Selection{Form: form.ID, Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	return found.Entries
}

// checkWhole asks SQLite itself, and looks for publications torn apart.
func checkWhole(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var said string
	if err := db.QueryRow(`pragma integrity_check`).Scan(&said); err != nil || said != "ok" {
		t.Errorf("integrity check: %s, %v", said, err)
	}
	var torn int
	const halves = `
select count(*)
from entry e
where e.status = 'published' and e.created_by is not null
  and (select count(*) from event v where v.entry_id = e.id and v.kind = 'entry.published') <> 1`
	if err := db.QueryRow(halves).Scan(&torn); err != nil || torn > 0 {
		t.Errorf("%d publications are half there, %v", torn, err)
	}
}

func TestDoctor(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	at := func(args ...string) []string {
		return append(args, "--data", data, "--base-url", "https://ecrire.example.org")
	}
	succeed(t, at("site", "create", "mag", "--name", "Le magazine")...)
	code, out, _ := command(t, at("doctor")...)
	if code != done { // warnings alone are no failure
		t.Errorf("exit code %d:\n%s", code, out)
	}
	for _, want := range []string{"warning  No mail leaves", "→ Give a mail server with --smtp", "mag has no steward", "ok       The base URL is https://ecrire.example.org"} {
		if !strings.Contains(out, want) {
			t.Errorf("it doesn't say %q:\n%s", want, out)
		}
	}
	code, out, problems := command(t, append(at("doctor"), "--smtp", "smtp://127.0.0.1:1")...)
	if code != failed || !strings.Contains(out, "broken   The mail server 127.0.0.1:1 doesn't answer") || !strings.Contains(problems, "1 to mend") {
		t.Errorf("exit code %d:\n%s%s", code, out, problems)
	}
	if code, out, _ := command(t, "doctor", "--data", data, "--database", "postgres://127.0.0.1:1/none?connect_timeout=1"); code != failed || !strings.Contains(out, "can't be opened") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
}
