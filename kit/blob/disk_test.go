package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// abc is the SHA-256 of "abc" (FIPS 180-2, appendix B.1).
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

func put(t *testing.T, s Store, content string) string {
	t.Helper()
	hash, size, err := s.Put(t.Context(), strings.NewReader(content), 1000)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("Put(%q) = %s, %d, %v", content, hash, size, err)
	}
	return hash
}

// files lists all files below dir, relative to it.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestLifeOfABlob(t *testing.T) {
	d := Disk{Dir: filepath.Join(t.TempDir(), "media")}
	ctx := t.Context()
	if found, err := d.Exists(ctx, abc); found || err != nil {
		t.Errorf("Exists before = %v, %v", found, err)
	}
	if _, err := d.Open(ctx, abc); !errors.Is(err, ErrNotFound) {
		t.Errorf("Open before = %v, want %v", err, ErrNotFound)
	}
	for range 2 { // the second time changes nothing
		if hash := put(t, d, "abc"); hash != abc {
			t.Fatalf("hash is %s, want %s", hash, abc)
		}
	}
	if diff := cmp.Diff([]string{"ba/78/" + abc}, files(t, d.Dir)); diff != "" {
		t.Errorf("files differ (-want +got):\n%s", diff)
	}
	if found, err := d.Exists(ctx, abc); !found || err != nil {
		t.Errorf("Exists = %v, %v", found, err)
	}
	r, err := d.Open(ctx, abc)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Seek(1, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); string(got) != "bc" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	for range 2 {
		if err := d.Delete(ctx, abc); err != nil {
			t.Errorf("Delete = %v", err)
		}
	}
	if _, err := d.Open(ctx, abc); !errors.Is(err, ErrNotFound) {
		t.Errorf("Open after = %v, want %v", err, ErrNotFound)
	}
}

func TestEmptyBlob(t *testing.T) {
	d := Disk{Dir: t.TempDir()}
	hash, size, err := d.Put(t.Context(), strings.NewReader(""), 0)
	if err != nil || size != 0 || hash != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("Put = %s, %d, %v", hash, size, err)
	}
}

func TestFailedPutLeavesNothing(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	broken := errors.New("connection lost")
	tests := []struct {
		name string
		ctx  context.Context
		r    io.Reader
		want error
	}{
		{"one byte too many", t.Context(), strings.NewReader("12345678901"), ErrTooLarge},
		{"endless", t.Context(), endless{}, ErrTooLarge},
		{"reader fails", t.Context(), io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)), broken},
		{"disk full", t.Context(), iotest.ErrReader(&fs.PathError{Op: "write", Err: syscall.ENOSPC}), ErrNoSpace},
		{"canceled", canceled, strings.NewReader("abc"), context.Canceled},
	}
	for _, tt := range tests {
		d := Disk{Dir: t.TempDir()}
		if _, _, err := d.Put(tt.ctx, tt.r, 10); !errors.Is(err, tt.want) {
			t.Errorf("%s: Put = %v, want %v", tt.name, err, tt.want)
		}
		if left := files(t, d.Dir); len(left) > 0 {
			t.Errorf("%s: left %v", tt.name, left)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestFullDisk(t *testing.T) {
	// Writing to /dev/full fails as on a full disk.
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full on this system")
	}
	defer full.Close()
	_, err = full.WriteString("x")
	if got := failed("put blob", err); !errors.Is(got, ErrNoSpace) || !errors.Is(got, syscall.ENOSPC) {
		t.Errorf("failed(%v) = %v, want %v", err, got, ErrNoSpace)
	}
}

func TestMalformedHashNeverReachesThePath(t *testing.T) {
	root := t.TempDir()
	outside := filepath.Join(root, "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := Disk{Dir: filepath.Join(root, "media")}
	put(t, d, "abc")
	for _, hash := range []string{
		"", "..", "../secret", "../../../../secret", abc[:63], abc + "0", strings.ToUpper(abc), "/etc/passwd",
		"../" + abc[3:], abc[:2] + "/" + abc[3:], abc[:63] + "\x00",
	} {
		if _, err := d.Open(t.Context(), hash); !errors.Is(err, ErrNotFound) || !errors.Is(err, ErrBadHash) {
			t.Errorf("Open(%q) = %v", hash, err)
		}
		if found, err := d.Exists(t.Context(), hash); found || err != nil {
			t.Errorf("Exists(%q) = %v, %v", hash, found, err)
		}
		if err := d.Delete(t.Context(), hash); err != nil {
			t.Errorf("Delete(%q) = %v", hash, err)
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Errorf("the file outside: %v", err)
	}
}

func TestWalk(t *testing.T) {
	d := Disk{Dir: filepath.Join(t.TempDir(), "media")}
	walk := func() map[string]int64 {
		got := map[string]int64{}
		if err := d.Walk(t.Context(), func(hash string, size int64) error { got[hash] = size; return nil }); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := walk(); len(got) != 0 {
		t.Errorf("an absent folder holds %v", got)
	}
	want := map[string]int64{put(t, d, "a"): 1, put(t, d, "abc"): 3, put(t, d, ""): 0}
	old := time.Now().Add(-48 * time.Hour)
	for name, modified := range map[string]time.Time{
		partial + "old": old, partial + "new": time.Now(), "README": old, abc: old, "ba/" + strings.Repeat("a", 64): old,
	} {
		path := filepath.Join(d.Dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, modified, modified)); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, walk()); diff != "" {
		t.Errorf("blobs differ (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(d.Dir, partial+"old")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an abandoned file was kept")
	}
	if _, err := os.Stat(filepath.Join(d.Dir, partial+"new")); err != nil {
		t.Error("a file being written was removed")
	}

	stop := errors.New("enough")
	if err := d.Walk(t.Context(), func(string, int64) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Walk = %v, want %v", err, stop)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Walk(ctx, func(string, int64) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Walk = %v, want %v", err, context.Canceled)
	}
}

func TestConcurrentPutsOfTheSameContent(t *testing.T) {
	d := Disk{Dir: t.TempDir()}
	content := bytes.Repeat([]byte("bourg"), 10_000)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			hash, _, err := d.Put(t.Context(), bytes.NewReader(content), 1<<20)
			if err != nil {
				t.Error(err)
				return
			}
			r, err := d.Open(t.Context(), hash)
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Close()
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
				t.Errorf("read %d bytes, %v", len(got), err)
			}
		})
	}
	wg.Wait()
	if got := files(t, d.Dir); len(got) != 1 {
		t.Errorf("files: %v, want one", got)
	}
}
