package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Disk is a Store in a folder, as ab/cd/abcd…: two levels, so that no folder grows unwieldy. Several processes may share
// it on one machine. Files are read-only and belong to whoever runs the process.
type Disk struct {
	Dir string // made when missing
}

var _ Store = Disk{}

const (
	partial  = ".partial-" // prefix of files that are being written
	abandons = 24 * time.Hour
)

func (d Disk) path(hash string) string { return filepath.Join(d.Dir, hash[:2], hash[2:4], hash) }

// Put implements Store. It writes beside the blobs, syncs, and renames, so that no half-written file ever has a hash for
// a name.
func (d Disk) Put(ctx context.Context, r io.Reader, max int64) (hash string, size int64, err error) {
	if err := os.MkdirAll(d.Dir, 0o755); err != nil {
		return "", 0, failed("put blob", err)
	}
	f, err := os.CreateTemp(d.Dir, partial+"*")
	if err != nil {
		return "", 0, failed("put blob", err)
	}
	defer func() {
		f.Close()
		os.Remove(f.Name()) // gone already if it was renamed
	}()

	digest := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, digest), io.LimitReader(withContext{r, ctx}, min(max, math.MaxInt64-1)+1))
	if err != nil {
		return "", 0, failed("put blob", err)
	}
	if size > max {
		return "", 0, fmt.Errorf("put blob: %w: more than %d bytes", ErrTooLarge, max)
	}
	hash = hex.EncodeToString(digest.Sum(nil))
	if err := d.keep(f, hash, size); err != nil {
		return "", 0, failed("put blob", err)
	}
	return hash, size, nil
}

// keep makes f durable under its hash.
func (d Disk) keep(f *os.File, hash string, size int64) error {
	path := d.path(hash)
	folder := filepath.Dir(path)
	if info, err := os.Stat(path); err == nil && info.Size() == size {
		// The same content again. Whoever put it first may not have synced the folder yet.
		return syncFolder(folder)
	}
	if err := errors.Join(f.Chmod(0o444), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	for _, dir := range []string{folder, filepath.Dir(folder), d.Dir} { // the two levels may be new as well
		if err := syncFolder(dir); err != nil {
			return err
		}
	}
	return nil
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return err // some file systems cannot sync a folder; that is theirs to answer for
	}
	return nil
}

// Open implements Store. The result is an *os.File, which http.ServeContent can send without copying.
func (d Disk) Open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if err := errors.Join(ctx.Err(), check(hash)); err != nil {
		return nil, failed("open blob", err)
	}
	f, err := os.Open(d.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open blob %s: %w", hash, ErrNotFound)
	}
	if err != nil {
		return nil, failed("open blob", err)
	}
	return f, nil
}

// Size implements Store.
func (d Disk) Size(ctx context.Context, hash string) (int64, error) {
	if err := errors.Join(ctx.Err(), check(hash)); err != nil {
		return 0, failed("look for blob", err)
	}
	info, err := os.Stat(d.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("look for blob %s: %w", hash, ErrNotFound)
	}
	if err != nil {
		return 0, failed("look for blob", err)
	}
	return info.Size(), nil
}

// Delete implements Store. Folders stay: another Put may be about to use them.
func (d Disk) Delete(ctx context.Context, hash string) error {
	if err := ctx.Err(); err != nil {
		return failed("delete blob", err)
	}
	if !Valid(hash) {
		return nil
	}
	if err := os.Remove(d.path(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed("delete blob", err)
	}
	return nil
}

// Walk implements Store, by rising hash. On its way it removes what a crash left half-written more than a day ago.
func (d Disk) Walk(ctx context.Context, visit func(hash string, size int64) error) error {
	return filepath.WalkDir(d.Dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // the whole folder, or what was deleted meanwhile
			return nil
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return failed("walk blobs", err)
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return failed("walk blobs", err)
		}
		name := entry.Name()
		if strings.HasPrefix(name, partial) && filepath.Dir(path) == filepath.Clean(d.Dir) {
			if time.Since(info.ModTime()) > abandons { // both are the machine's clock
				os.Remove(path)
			}
			return nil
		}
		if !Valid(name) || path != d.path(name) {
			return nil
		}
		return visit(name, info.Size())
	})
}

// failed names the operation and recognises a full disk, or a quota used up.
func failed(operation string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%s: %w: %w", operation, ErrNoSpace, err)
	}
	return fmt.Errorf("%s: %w", operation, err)
}
