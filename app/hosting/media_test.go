package hosting

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/blob"
	"bourgeon/kit/blob/s3temp"
	"bourgeon/press"
	"bourgeon/store"
)

func keepBlob(t *testing.T, s blob.Store, content string) string {
	t.Helper()
	hash, _, err := s.Put(t.Context(), strings.NewReader(content), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// failing is a store of which the line breaks after some files.
type failing struct {
	blob.Store
	left atomic.Int64
}

var errLine = errors.New("the line broke")

func (f *failing) Put(ctx context.Context, r io.Reader, most int64) (string, int64, error) {
	if f.left.Add(-1) < 0 {
		return "", 0, errLine
	}
	return f.Store.Put(ctx, r, most)
}

func TestMoveToS3AndBack(t *testing.T) {
	s3, err := blob.NewS3(s3temp.Start(t).Address)
	if err != nil {
		t.Fatal(err)
	}
	disk := blob.Disk{Dir: filepath.Join(t.TempDir(), "media")}
	var want []string
	for _, content := range []string{"", "a", "bb", "ccc", "dddd", "eeeee", "ffffff"} {
		want = append(want, keepBlob(t, disk, content))
	}
	keepBlob(t, s3, "bb") // was there

	breaks := &failing{Store: s3}
	breaks.left.Store(3)
	if _, err := Move(t.Context(), disk, breaks, nil); !errors.Is(err, errLine) {
		t.Errorf("a line that broke: %v", err)
	}
	told := 0
	m, err := Move(t.Context(), disk, s3, func(_, total int) {
		if told++; total != len(want) {
			t.Errorf("told of %d files", total)
		}
	})
	if err != nil || m.Copied+m.There != len(want) || m.There < 1 || told != len(want) || len(m.Damaged) > 0 {
		t.Errorf("moved %+v, told %d times, %v", m, told, err)
	}
	if diff := cmp.Diff(contents(t, disk), contents(t, s3)); diff != "" {
		t.Errorf("moved (-disk +S3):\n%s", diff)
	}

	home := blob.Disk{Dir: filepath.Join(t.TempDir(), "media")}
	if m, err := Move(t.Context(), s3, home, nil); err != nil || m.Copied != len(want) || m.Bytes != 21 {
		t.Errorf("back: %+v, %v", m, err)
	}
	for _, hash := range want {
		if _, err := home.Size(t.Context(), hash); err != nil {
			t.Errorf("%s is back: %v", hash, err)
		}
	}
}

func TestMoveLeavesDamagedFilesBehind(t *testing.T) {
	from, to := blob.Disk{Dir: t.TempDir()}, blob.Disk{Dir: t.TempDir()}
	whole, damaged := keepBlob(t, from, "whole"), keepBlob(t, from, "damaged")
	path := filepath.Join(from.Dir, damaged[:2], damaged[2:4], damaged)
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("spoiled"), 0o600)); err != nil {
		t.Fatal(err)
	}
	m, err := Move(t.Context(), from, to, nil)
	if err != nil || m.Copied != 1 || len(m.Damaged) != 1 || m.Damaged[0] != damaged {
		t.Errorf("moved %+v, %v", m, err)
	}
	if got := contents(t, to); len(got) != 1 || got[whole] == "" {
		t.Errorf("arrived: %v", got)
	}
}

func TestMissingFiles(t *testing.T) {
	i, w := healthy(t)
	site := w.Site("photos")
	one, two := keepBlob(t, i.Files, "one"), keepBlob(t, i.Files, "two")
	m := w.Picture(site, "a.jpg")
	m.Hash, m.Type = one, "image/jpeg"
	m.Variants, m.Source = []press.Variant{{Hash: one}}, press.Variant{Hash: two}
	save := func() {
		w.Write(func(tx *store.Tx) error { _, err := tx.KeepVariants(t.Context(), m); return err })
	}
	save()
	if missing, mentioned, err := i.Missing(t.Context(), i.Files); err != nil || len(missing) > 0 || mentioned != 2 {
		t.Errorf("missing %v of %d, %v", missing, mentioned, err)
	}
	lost := strings.Repeat("0", 64)
	m.Modern = []press.Variant{{Hash: lost}}
	save()
	if missing, _, err := i.Missing(t.Context(), i.Files); err != nil || len(missing) != 1 || missing[0] != lost {
		t.Errorf("missing %v, %v", missing, err)
	}
	for _, f := range i.Diagnose(t.Context()) {
		if strings.Contains(f.What, "1 of 3 files of pictures are missing, such as "+lost) && f.Severity == Broken && f.Remedy != "" {
			return
		}
	}
	t.Error("the doctor doesn't see what is missing")
}

func TestDiagnoseS3(t *testing.T) {
	i, _ := healthy(t)
	server := s3temp.Start(t)
	for address, want := range map[string]Severity{
		server.Address: Fine,
		strings.Replace(server.Address, "/media?", "/nowhere?", 1):    Broken,
		strings.Replace(server.Address, s3temp.Key, "strangerKey", 1): Broken,
	} {
		s3, err := blob.NewS3(address)
		if err != nil {
			t.Fatal(err)
		}
		i.Files = s3
		var found []Finding
		for _, f := range i.Diagnose(t.Context()) {
			if strings.HasPrefix(f.What, "The pictures' store s3://127.0.0.1:") {
				found = append(found, f)
			}
			if strings.Contains(f.What+f.Remedy, "secret") {
				t.Errorf("the doctor tells the secret: %s", f.What)
			}
		}
		if len(found) != 1 || found[0].Severity != want {
			t.Errorf("%s: %+v", s3, found)
		}
	}
}
