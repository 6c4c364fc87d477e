package blob

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

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

func TestWalkOfAFolder(t *testing.T) {
	d := Disk{Dir: filepath.Join(t.TempDir(), "media")}
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
	if diff := cmp.Diff(want, walked(t, d)); diff != "" {
		t.Errorf("blobs differ (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(d.Dir, partial+"old")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an abandoned file was kept")
	}
	if _, err := os.Stat(filepath.Join(d.Dir, partial+"new")); err != nil {
		t.Error("a file being written was removed")
	}
}
