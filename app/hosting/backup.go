package hosting

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
)

// Installation is a network on its machine, for whoever runs it.
type Installation struct {
	Store *store.Store // nil when it can't be opened
	// Closed is why Store is nil.
	Closed error
	Now    func() time.Time
	Files  blob.Store // pictures
	// Search counts the entries that the index of search knows otherwise than
	// they are; nil doesn't look.
	Search func(context.Context) (int, error)

	Data      string          // folder of everything
	Database  string          // as given to store.Open
	Addresses press.Addresses // of the network
	SMTP      string          // smtp://…; "" when mails stay in the data folder
}

// A backup is a tar file: the database and the pictures under the names that
// they have in a data folder, then the manifest, last because it vouches for
// the rest.
const (
	DatabaseFile = "bourgeon.db" // in a data folder, and in a backup
	MediaFolder  = "media"
	manifestFile = "backup.json"
	version      = 1
)

// Manifest says what a backup holds.
type Manifest struct {
	Version  int       // of the layout
	MadeAt   time.Time // when the database was copied
	Database string    // SHA-256 of its file, "" when it isn't inside
	Schema   int64     // number of its last migration
	Pictures int       // files of pictures
	Bytes    int64     // of all that is inside
}

// Backup writes everything to one file, while others go on writing: a copy of
// the database as it is at one moment, then every picture that it mentions,
// and perhaps later ones (pictures are kept before they are mentioned, and
// never deleted). A name that ends in "gz" is compressed. The file appears
// under its name when it is whole and on the disk, in place of an earlier one.
//
// Of a network on PostgreSQL it holds the pictures only: Manifest.Database is
// then "", and the database itself is for pg_dump.
func (i *Installation) Backup(ctx context.Context, file string) (Manifest, error) {
	m, err := i.backup(ctx, file)
	if err != nil {
		return Manifest{}, fmt.Errorf("back up to %s: %w", file, err)
	}
	return m, nil
}

func (i *Installation) backup(ctx context.Context, file string) (m Manifest, err error) {
	// What is being made stands beside the file, on the same disk.
	dir, err := os.MkdirTemp(filepath.Dir(file), ".backup-*")
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	out, err := os.OpenFile(filepath.Join(dir, "backup"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return m, err
	}
	defer out.Close()

	if m, err = i.write(ctx, out, dir, strings.HasSuffix(file, "gz")); err != nil {
		return m, err
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return m, err
	}
	if err := os.Rename(out.Name(), file); err != nil {
		return m, err
	}
	return m, syncFolder(filepath.Dir(file))
}

// write fills out; dir is for what must be copied first.
func (i *Installation) write(ctx context.Context, out io.Writer, dir string, compressed bool) (m Manifest, err error) {
	m = Manifest{Version: version, MadeAt: i.Now().UTC()}
	if compressed {
		z := gzip.NewWriter(out)
		defer func() { err = errors.Join(err, z.Close()) }()
		out = z
	}
	b := &bundle{w: tar.NewWriter(out), at: m.MadeAt, m: &m}
	if i.Store.Engine() == "sqlite" {
		copied := filepath.Join(dir, DatabaseFile)
		if err := i.Store.Backup(ctx, copied); err != nil {
			return m, err
		}
		if _, m.Schema, err = i.Store.SchemaVersion(ctx); err != nil {
			return m, err
		}
		if m.Database, err = b.addFile(copied, DatabaseFile); err != nil {
			return m, err
		}
	}
	err = i.Files.Walk(ctx, func(hash string, size int64) error {
		r, err := i.Files.Open(ctx, hash)
		if err != nil {
			return err
		}
		defer r.Close()
		m.Pictures++
		return b.add(r, picturePath(hash), size)
	})
	if err != nil {
		return m, err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, err
	}
	return m, errors.Join(b.add(strings.NewReader(string(text)), manifestFile, int64(len(text))), b.w.Close())
}

// picturePath is where blob.Disk keeps a file, in a folder of data.
func picturePath(hash string) string {
	return strings.Join([]string{MediaFolder, hash[:2], hash[2:4], hash}, "/")
}

// bundle is a tar file being written.
type bundle struct {
	w  *tar.Writer
	at time.Time
	m  *Manifest
}

func (b *bundle) add(r io.Reader, name string, size int64) error {
	header := tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: b.at}
	if err := b.w.WriteHeader(&header); err != nil {
		return err
	}
	n, err := io.CopyN(b.w, r, size)
	if b.m.Bytes += n; err != nil {
		return fmt.Errorf("copy %s: %w", name, err)
	}
	return nil
}

// addFile adds a file and returns its SHA-256.
func (b *bundle) addFile(path, name string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	if err := b.add(io.TeeReader(f, digest), name, info.Size()); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
