// Package blob keeps files under the digest of their content: the same bytes are kept once, and a name never changes its
// meaning, so that whatever is served from it may be cached for ever.
//
// It knows neither names nor types nor owners, and counts no references: whoever deletes must know that nobody else uses
// the content. Start with Store; Disk keeps files in a folder.
package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

var (
	ErrNotFound = errors.New("blob not found")
	ErrTooLarge = errors.New("blob too large")
	ErrNoSpace  = errors.New("no space left for blob")
	ErrBadHash  = errors.New("malformed blob hash") // comes together with ErrNotFound
)

// Store is a place for blobs, safe for concurrent use. A hash is the SHA-256 of the content as 64 lower-case hexadecimal
// digits; one that is malformed is an ErrNotFound.
type Store interface {
	// Put keeps what r holds and returns its hash and its size in bytes. When it returns, the content outlives a crash. More
	// than max bytes are an ErrTooLarge, and a full disk is an ErrNoSpace; neither leaves anything behind.
	Put(ctx context.Context, r io.Reader, max int64) (hash string, size int64, err error)
	// Open returns the content, or ErrNotFound.
	Open(ctx context.Context, hash string) (io.ReadSeekCloser, error)
	// Size returns the size of the content in bytes without reading any of it, or ErrNotFound.
	Size(ctx context.Context, hash string) (int64, error)
	// Delete removes the content; what is not there is removed already.
	Delete(ctx context.Context, hash string) error
	// Walk calls visit for each blob, in no particular order, until it returns an error, which Walk returns.
	Walk(ctx context.Context, visit func(hash string, size int64) error) error
}

// Valid reports whether hash is well formed, and so safe in a path or a URL.
func Valid(hash string) bool {
	if len(hash) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(hash) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func check(hash string) error {
	if !Valid(hash) {
		return fmt.Errorf("%w: %w: %.80q", ErrNotFound, ErrBadHash, hash)
	}
	return nil
}

// withContext reads from Reader until ctx ends.
type withContext struct {
	io.Reader
	ctx context.Context
}

func (r withContext) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
