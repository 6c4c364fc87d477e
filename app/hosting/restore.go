package hosting

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bourgeon/kit/blob"
	"bourgeon/press"
)

// Restore unfolds a backup into a data folder, which must be missing or empty.
// The folder appears when the whole backup is there and every digest agrees;
// otherwise nothing does.
func Restore(file, dir string) (Manifest, error) {
	m, err := restore(file, filepath.Clean(dir))
	if err != nil {
		return Manifest{}, fmt.Errorf("restore %s: %w", file, err)
	}
	return m, nil
}

func restore(file, dir string) (m Manifest, err error) {
	if err := mustBeEmpty(dir); err != nil {
		return m, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o750); err != nil {
		return m, err
	}
	in, err := os.Open(file)
	if err != nil {
		return m, err
	}
	defer in.Close()
	unfolded, err := os.MkdirTemp(filepath.Dir(dir), ".restore-*")
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(unfolded)) }() // gone already when it was renamed
	if m, err = unfold(in, unfolded); err != nil {
		return m, err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return m, err
	}
	if err := os.Rename(unfolded, dir); err != nil {
		return m, err
	}
	return m, syncFolder(filepath.Dir(dir))
}

func mustBeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return press.Problem(press.Conflict, "%s is not empty: restore into a new folder, so that nothing is overwritten.", dir)
	}
	return nil
}

func incomplete(why string) error {
	return press.Problem(press.Invalid, "This is not a whole backup (%s): nothing was restored.", why)
}

// unfold writes what a backup holds into dir, and checks it against the
// manifest.
func unfold(in io.Reader, dir string) (Manifest, error) {
	buffered := bufio.NewReader(in)
	var r io.Reader = buffered
	if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" { // RFC 1952, section 2.3.1
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return Manifest{}, incomplete(err.Error())
		}
		r = z
	}
	var found Manifest
	for archive := tar.NewReader(r); ; {
		header, err := archive.Next()
		if err != nil {
			return Manifest{}, incomplete("it ends before its manifest: " + err.Error())
		}
		if header.Name == manifestFile {
			return vouched(archive, found)
		}
		if err := found.take(archive, header, dir); err != nil {
			return Manifest{}, err
		}
	}
}

// vouched reads the manifest and compares it with what was found.
func vouched(r io.Reader, found Manifest) (Manifest, error) {
	var m Manifest
	if err := json.NewDecoder(io.LimitReader(r, 1<<20)).Decode(&m); err != nil {
		return m, incomplete("its manifest is damaged: " + err.Error())
	}
	switch {
	case m.Version != version:
		return m, incomplete(fmt.Sprintf("made by a later version, layout %d", m.Version))
	case m.Database != found.Database:
		return m, incomplete("the database is damaged")
	case m.Pictures != found.Pictures || m.Bytes != found.Bytes:
		return m, incomplete("pictures are missing")
	}
	return m, nil
}

// take writes one file of a backup and counts it. Only names that a backup
// has are taken, so that none leads out of dir.
func (m *Manifest) take(r io.Reader, header *tar.Header, dir string) error {
	hash := header.Name[strings.LastIndexByte(header.Name, '/')+1:]
	picture := blob.Valid(hash) && header.Name == picturePath(hash)
	if header.Typeflag != tar.TypeReg || !picture && header.Name != DatabaseFile {
		return incomplete(fmt.Sprintf("it holds %.80q", header.Name))
	}
	path := filepath.Join(dir, filepath.FromSlash(header.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	digest, source := sha256.New(), &source{r: r}
	n, err := writeFile(path, io.TeeReader(source, digest))
	if source.err != nil {
		return incomplete(source.err.Error())
	}
	if err != nil {
		return err
	}
	sum := hex.EncodeToString(digest.Sum(nil))
	m.Bytes += n
	switch {
	case !picture:
		m.Database = sum
	case sum != hash:
		return incomplete("the picture " + hash + " is damaged")
	default:
		m.Pictures++
	}
	return nil
}

// source remembers why reading failed: the backup's fault, not the disk's.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

func writeFile(path string, r io.Reader) (int64, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(f, r)
	return n, errors.Join(err, f.Sync(), f.Close())
}
