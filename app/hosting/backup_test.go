package hosting

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// installed is a small world on a machine, with a picture.
func installed(t *testing.T) (*Installation, *storetest.World) {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), filepath.Join(dir, DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w := storetest.NewWorld(t, s)
	files := blob.Disk{Dir: filepath.Join(dir, MediaFolder)}
	if _, _, err := files.Put(t.Context(), strings.NewReader("une image"), 100); err != nil {
		t.Fatal(err)
	}
	return &Installation{
		Store: s, Now: w.Now, Files: files, Data: dir, Database: filepath.Join(dir, DatabaseFile),
		Addresses: press.Addresses{Base: "https://pays.example"},
	}, w
}

// reopened is what a restored data folder holds.
func reopened(t *testing.T, dir string) (*store.Store, blob.Disk) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(dir, DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, blob.Disk{Dir: filepath.Join(dir, MediaFolder)}
}

func contents(t *testing.T, files blob.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := files.Walk(t.Context(), func(hash string, _ int64) error {
		r, err := files.Open(t.Context(), hash)
		if err != nil {
			return err
		}
		defer r.Close()
		text, err := io.ReadAll(r)
		all[hash] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBackupAndRestore(t *testing.T) {
	for _, name := range []string{"copie.tar", "copie.tar.gz"} {
		t.Run(name, func(t *testing.T) {
			i, w := installed(t)
			site := w.Site("mag")
			file := filepath.Join(t.TempDir(), name)
			for range 2 { // the second takes the place of the first
				if _, err := i.Backup(t.Context(), file); err != nil {
					t.Fatal(err)
				}
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the backup: %v, %v", info, err)
			}
			dir := filepath.Join(t.TempDir(), "new", "data")
			m, err := Restore(file, dir)
			if err != nil {
				t.Fatal(err)
			}
			if m.Pictures != 1 || m.Database == "" || m.Schema == 0 || m.MadeAt.IsZero() {
				t.Errorf("manifest %+v", m)
			}
			s, files := reopened(t, dir)
			if got, err := s.Site(t.Context(), press.Itself, site.ID); err != nil || got.Name != site.Name {
				t.Errorf("site %+v, %v", got, err)
			}
			if diff := cmp.Diff(contents(t, i.Files), contents(t, files)); diff != "" {
				t.Errorf("pictures (-was +restored):\n%s", diff)
			}
			if _, err := Restore(file, dir); press.KindOf(err) != press.Conflict {
				t.Errorf("into a folder that is not empty: %v", err)
			}
			for _, parent := range []string{filepath.Dir(file), filepath.Dir(dir)} {
				if entries, _ := os.ReadDir(parent); len(entries) != 1 {
					t.Errorf("%s holds %v, want one thing", parent, entries)
				}
			}
		})
	}
}

// A backup taken among 50 writers opens, and every picture that its database
// mentions is inside.
func TestBackupWhileServing(t *testing.T) {
	i, w := installed(t)
	site := w.Site("mag")
	var kept atomic.Int64
	var mu sync.Mutex
	var ids []press.MediaID
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for n := range 50 {
		writers.Go(func() {
			for turn := 0; ctx.Err() == nil; turn++ {
				text := fmt.Sprintf("image %d de %d", turn, n)
				hash, size, err := i.Files.Put(context.Background(), strings.NewReader(text), 100)
				if err != nil {
					t.Error(err)
					return
				}
				m := press.Media{ID: storetest.ID[press.MediaID](), Site: site.ID, Hash: hash, Bytes: size, Name: text, Licence: "CC0-1.0", CreatedAt: w.Now()}
				err = i.Store.Write(context.Background(), func(tx *store.Tx) error {
					if err := tx.SaveMedia(context.Background(), m); err != nil {
						return err
					}
					return tx.Emit(context.Background(), press.Event{Kind: press.SiteChanged, Site: site.ID, At: w.Now(), Data: map[string]string{"media": string(m.ID)}})
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				ids = append(ids, m.ID)
				mu.Unlock()
				kept.Add(1)
			}
		})
	}
	for kept.Load() < 50 {
	}
	before := kept.Load()
	file := filepath.Join(t.TempDir(), "copie.tar")
	_, err := i.Backup(t.Context(), file)
	during := kept.Load()
	stop()
	writers.Wait()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	if _, err := Restore(file, dir); err != nil {
		t.Fatal(err)
	}
	s, files := reopened(t, dir)
	mentioned, err := s.MediaOf(t.Context(), press.Itself, ids)
	if err != nil {
		t.Fatal(err)
	}
	if n := int64(len(mentioned)); n < before || n > kept.Load() {
		t.Errorf("the copy mentions %d pictures, want %d at least", n, before)
	}
	for _, m := range mentioned {
		if _, err := files.Size(t.Context(), m.Hash); err != nil {
			t.Fatalf("the picture %s is not in the backup: %v", m.Hash, err)
		}
	}
	if _, err := s.Site(t.Context(), press.Itself, site.ID); err != nil {
		t.Error(err)
	}
	t.Logf("%d pictures kept before, %d when the backup was ready, %d in the copy", before, during, len(mentioned))
}

func TestRestoreRefuses(t *testing.T) {
	i, _ := installed(t)
	whole := filepath.Join(t.TempDir(), "copie.tar")
	if _, err := i.Backup(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(good, []byte("une image"))
	database := bytes.Index(good, []byte("SQLite format 3"))
	flipped := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	archive := func(names ...string) []byte {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, name := range names {
			if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: 2, Mode: 0o600}); err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, "{}")
		}
		w.Close()
		return b.Bytes()
	}
	for name, content := range map[string][]byte{
		"empty":              nil,
		"not a backup":       []byte(strings.Repeat("bonjour ", 1000)),
		"cut in a picture":   good[:at+3],
		"cut before the end": good[:len(good)-4096],
		"cut in half":        good[:len(good)/2],
		"a picture damaged":  flipped(at),
		"database damaged":   flipped(database + 200),
		"without manifest":   archive(DatabaseFile),
		"of a later version": archive(DatabaseFile, manifestFile),
		"leads out":          archive("../../evil", manifestFile),
		"foreign picture":    archive("media/aa/bb/"+strings.Repeat("c", 64), manifestFile),
		"gzip of nothing":    {0x1f, 0x8b},
	} {
		file := filepath.Join(t.TempDir(), "copie.tar")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		parent := t.TempDir()
		if _, err := Restore(file, filepath.Join(parent, "data")); press.KindOf(err) != press.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(parent); len(left) > 0 {
			t.Errorf("%s left %v", name, left)
		}
	}
	if _, err := Restore(filepath.Join(t.TempDir(), "nothing"), filepath.Join(t.TempDir(), "data")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestBackupOfPostgreSQL(t *testing.T) {
	i, _ := installed(t)
	i.Store = storetest.PostgreSQL(t)
	file := filepath.Join(t.TempDir(), "copie.tar")
	m, err := i.Backup(t.Context(), file)
	if err != nil || m.Database != "" || m.Pictures != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	if _, err := Restore(file, filepath.Join(t.TempDir(), "data")); err != nil {
		t.Error(err)
	}
}
