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

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/blob/s3temp"
)

// abc is the SHA-256 of "abc" (FIPS 180-2, appendix B.1).
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

// TestStores is the contract of Store, for every kind of it. Each test has a store of its own, and the folder in which
// what it keeps can be seen.
func TestStores(t *testing.T) {
	tests := []struct {
		name string
		run  func(t *testing.T, s Store, folder string)
	}{
		{"life of a blob", testLife},
		{"empty blob", testEmpty},
		{"ranges", testRanges},
		{"failed put leaves nothing", testFailedPut},
		{"malformed hash", testMalformed},
		{"walk", testWalk},
		{"concurrent puts of the same content", testConcurrentPuts},
		{"large blob", testLarge},
	}
	t.Run("disk", func(t *testing.T) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "media")
				tt.run(t, Disk{Dir: dir}, dir)
			})
		}
	})
	t.Run("S3", func(t *testing.T) {
		server := s3temp.Start(t)
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				prefix := strings.ReplaceAll(tt.name, " ", "-")
				s, err := NewS3(strings.Replace(server.Address, "?", "/"+prefix+"?", 1))
				if err != nil {
					t.Fatal(err)
				}
				tt.run(t, s, filepath.Join(server.Folder, prefix))
			})
		}
	})
}

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
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
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

func testLife(t *testing.T, d Store, folder string) {
	ctx := t.Context()
	if _, err := d.Size(ctx, abc); !errors.Is(err, ErrNotFound) {
		t.Errorf("Size before = %v, want %v", err, ErrNotFound)
	}
	if _, err := d.Open(ctx, abc); !errors.Is(err, ErrNotFound) {
		t.Errorf("Open before = %v, want %v", err, ErrNotFound)
	}
	for range 2 { // the second time changes nothing
		if hash := put(t, d, "abc"); hash != abc {
			t.Fatalf("hash is %s, want %s", hash, abc)
		}
	}
	if diff := cmp.Diff([]string{"ba/78/" + abc}, files(t, folder)); diff != "" {
		t.Errorf("files differ (-want +got):\n%s", diff)
	}
	if size, err := d.Size(ctx, abc); size != 3 || err != nil {
		t.Errorf("Size = %d, %v", size, err)
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
	if _, err := d.Size(ctx, abc); !errors.Is(err, ErrNotFound) {
		t.Errorf("Size after = %v, want %v", err, ErrNotFound)
	}
	if _, err := d.Open(ctx, abc); !errors.Is(err, ErrNotFound) {
		t.Errorf("Open after = %v, want %v", err, ErrNotFound)
	}
}

func testEmpty(t *testing.T, d Store, _ string) {
	hash, size, err := d.Put(t.Context(), strings.NewReader(""), 0)
	if err != nil || size != 0 || hash != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("Put = %s, %d, %v", hash, size, err)
	}
	r, err := d.Open(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); len(got) != 0 || errors.Join(err, r.Close()) != nil {
		t.Errorf("read %q, %v", got, err)
	}
}

func walked(t *testing.T, s Store) map[string]int64 {
	t.Helper()
	got := map[string]int64{}
	if err := s.Walk(t.Context(), func(hash string, size int64) error { got[hash] = size; return nil }); err != nil {
		t.Fatal(err)
	}
	return got
}

func testWalk(t *testing.T, s Store, _ string) {
	if got := walked(t, s); len(got) != 0 {
		t.Errorf("an absent folder holds %v", got)
	}
	want := map[string]int64{put(t, s, "a"): 1, put(t, s, "abc"): 3, put(t, s, ""): 0}
	if diff := cmp.Diff(want, walked(t, s)); diff != "" {
		t.Errorf("blobs differ (-want +got):\n%s", diff)
	}
	stop := errors.New("enough")
	if err := s.Walk(t.Context(), func(string, int64) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Walk = %v, want %v", err, stop)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Walk(ctx, func(string, int64) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Walk = %v, want %v", err, context.Canceled)
	}
}

func testRanges(t *testing.T, s Store, _ string) {
	content := strings.Repeat("0123456789", 90)
	r, err := s.Open(t.Context(), put(t, s, content))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := iotest.TestReader(r, []byte(content)); err != nil {
		t.Error(err)
	}
	if at, err := r.Seek(-3, io.SeekEnd); at != 897 || err != nil {
		t.Errorf("Seek = %d, %v", at, err)
	}
	if got, err := io.ReadAll(r); string(got) != "789" || err != nil {
		t.Errorf("the end is %q, %v", got, err)
	}
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		t.Error("a seek before the beginning was taken")
	}
}

// testLarge is of a size that S3 sends in several parts.
func testLarge(t *testing.T, s Store, _ string) {
	content := bytes.Repeat([]byte("bourgeon"), 18<<20/8)
	hash, size, err := s.Put(t.Context(), bytes.NewReader(content), 1<<30)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("Put = %d, %v", size, err)
	}
	r, err := s.Open(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
}

func testFailedPut(t *testing.T, d Store, folder string) {
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
		if _, _, err := d.Put(tt.ctx, tt.r, 10); !errors.Is(err, tt.want) {
			t.Errorf("%s: Put = %v, want %v", tt.name, err, tt.want)
		}
		if left := files(t, folder); len(left) > 0 {
			t.Errorf("%s: left %v", tt.name, left)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func testMalformed(t *testing.T, d Store, folder string) {
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(filepath.Dir(folder), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, d, "abc")
	for _, hash := range []string{
		"", "..", "../secret", "../../../../secret", abc[:63], abc + "0", strings.ToUpper(abc), "/etc/passwd",
		"../" + abc[3:], abc[:2] + "/" + abc[3:], abc[:63] + "\x00",
	} {
		if _, err := d.Open(t.Context(), hash); !errors.Is(err, ErrNotFound) || !errors.Is(err, ErrBadHash) {
			t.Errorf("Open(%q) = %v", hash, err)
		}
		if _, err := d.Size(t.Context(), hash); !errors.Is(err, ErrNotFound) || !errors.Is(err, ErrBadHash) {
			t.Errorf("Size(%q) = %v", hash, err)
		}
		if err := d.Delete(t.Context(), hash); err != nil {
			t.Errorf("Delete(%q) = %v", hash, err)
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Errorf("the file outside: %v", err)
	}
}

func testConcurrentPuts(t *testing.T, d Store, folder string) {
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
	if got := files(t, folder); len(got) != 1 {
		t.Errorf("files: %v, want one", got)
	}
}
