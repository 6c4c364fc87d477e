package blob

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3 is a Store in a bucket of a server that speaks Amazon's S3, under the same names as Disk's: ab/cd/abcd…. Several
// machines may share it. The bucket must exist.
type S3 struct {
	core   minio.Core
	bucket string
	prefix string // "" or ends in a slash
	shown  string
}

var _ Store = &S3{}

// ErrAddress is what NewS3 says of an address that it can't read.
var ErrAddress = errors.New("an S3 address looks like s3://KEY:SECRET@host/bucket?region=NAME")

const (
	connecting = 10 * time.Second // longest time to reach the server, and to shake hands
	answering  = time.Minute      // longest time until it answers
	stalling   = time.Minute      // longest time without a byte of an answer
	tries      = 4                // of a request, with growing pauses
	resumes    = 3                // of a download that broke off
	binary     = "application/octet-stream"
)

// NewS3 reads an address, and asks nothing of the server:
//
//	s3://KEY:SECRET@host:port/bucket/prefix?region=eu-west-1&insecure=true
//
// Key and secret are percent-encoded; without them those of the environment are taken, AWS_ACCESS_KEY_ID and
// AWS_SECRET_ACCESS_KEY. insecure=true speaks HTTP without TLS. Its errors never show the secret.
func NewS3(address string) (*S3, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" {
		return nil, ErrAddress // what url.Parse says would show the secret
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	query := u.Query()
	insecure, err := strconv.ParseBool(cmp.Or(query.Get("insecure"), "false"))
	if bucket == "" || err != nil {
		return nil, ErrAddress
	}
	for key := range query {
		if key != "region" && key != "insecure" {
			return nil, fmt.Errorf("%w, and has no %q", ErrAddress, key)
		}
	}
	keys := credentials.NewEnvAWS()
	if u.User != nil {
		secret, _ := u.User.Password()
		keys = credentials.NewStaticV4(u.User.Username(), secret, "")
	}
	core, err := minio.NewCore(u.Host, &minio.Options{
		Creds: keys, Secure: !insecure, Region: query.Get("region"), MaxRetries: tries, Transport: transport(),
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	s := &S3{core: *core, bucket: bucket, prefix: prefix, shown: "s3://" + u.Host + "/" + strings.Trim(u.Path, "/")}
	if prefix != "" {
		s.prefix += "/"
	}
	return s, nil
}

func transport() *http.Transport {
	return &http.Transport{
		Proxy:       http.ProxyFromEnvironment,
		DialContext: (&net.Dialer{Timeout: connecting, KeepAlive: 30 * time.Second}).DialContext,
		// Readers ask for several pictures at once.
		MaxIdleConns: 100, MaxIdleConnsPerHost: 32, IdleConnTimeout: time.Minute,
		TLSHandshakeTimeout: connecting, ResponseHeaderTimeout: answering, ExpectContinueTimeout: time.Second,
		DisableCompression: true, // the bytes are wanted as they are
	}
}

// String is the address without key and secret.
func (s *S3) String() string { return s.shown }

func (s *S3) key(hash string) string {
	return s.prefix + hash[:2] + "/" + hash[2:4] + "/" + hash
}

// Reach asks whether the bucket is there and may be written to, by putting and deleting a small object beside the blobs.
func (s *S3) Reach(ctx context.Context) error {
	const text = "Written by bourgeon doctor, and deleted at once.\n"
	name := s.prefix + partial + "reach"
	_, err := s.core.Client.PutObject(ctx, s.bucket, name, strings.NewReader(text), int64(len(text)), minio.PutObjectOptions{ContentType: binary})
	if err == nil {
		err = s.core.RemoveObject(ctx, s.bucket, name, minio.RemoveObjectOptions{})
	}
	return refused("reach the bucket", err)
}

// Put implements Store. The content is spooled to a temporary file while it is hashed: its name must be known before it
// is sent, and what is there already is not sent again.
func (s *S3) Put(ctx context.Context, r io.Reader, max int64) (hash string, size int64, err error) {
	f, err := os.CreateTemp("", "bourgeon-blob-*")
	if err != nil {
		return "", 0, failed("put blob", err)
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
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
	info, err := s.core.StatObject(ctx, s.bucket, s.key(hash), minio.StatObjectOptions{})
	if err == nil && info.Size == size {
		return hash, size, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", 0, failed("put blob", err)
	}
	// The server checks what arrives against the digest that signs the request, or that of each part.
	_, err = s.core.Client.PutObject(ctx, s.bucket, s.key(hash), f, size, minio.PutObjectOptions{ContentType: binary, SendContentMd5: true})
	if err != nil {
		return "", 0, refused("put blob", err)
	}
	return hash, size, nil
}

// Open implements Store. A read from the middle asks for what follows only, so that http.ServeContent serves ranges of
// large files cheaply. A download that breaks off goes on where it did.
func (s *S3) Open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if err := errors.Join(ctx.Err(), check(hash)); err != nil {
		return nil, failed("open blob", err)
	}
	o := &object{store: s, ctx: ctx, hash: hash}
	if err := o.fetch(); err != nil {
		return nil, refused("open blob "+hash, err)
	}
	return o, nil
}

// Size implements Store.
func (s *S3) Size(ctx context.Context, hash string) (int64, error) {
	if err := errors.Join(ctx.Err(), check(hash)); err != nil {
		return 0, failed("look for blob", err)
	}
	info, err := s.core.StatObject(ctx, s.bucket, s.key(hash), minio.StatObjectOptions{})
	return info.Size, refused("look for blob "+hash, err)
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, hash string) error {
	if err := ctx.Err(); err != nil {
		return failed("delete blob", err)
	}
	if !Valid(hash) {
		return nil
	}
	err := refused("delete blob", s.core.RemoveObject(ctx, s.bucket, s.key(hash), minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// Walk implements Store, by rising hash; the server is asked once for a thousand of them.
func (s *S3) Walk(ctx context.Context, visit func(hash string, size int64) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing when visit does
	if err := ctx.Err(); err != nil {
		return failed("walk blobs", err)
	}
	for info := range s.core.Client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if info.Err != nil {
			return refused("walk blobs", info.Err)
		}
		name := info.Key[strings.LastIndexByte(info.Key, '/')+1:]
		if !Valid(name) || info.Key != s.key(name) {
			continue
		}
		if err := visit(name, info.Size); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil { // which ends the listing without a word
		return failed("walk blobs", err)
	}
	return nil
}

// refused names the operation and sorts the server's answers. Its errors hold no secret.
func refused(operation string, err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return failed(operation, err)
	}
	switch answer.Code {
	case minio.NoSuchKey:
		return fmt.Errorf("%s: %w", operation, ErrNotFound)
	case "QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull", "EntityTooLarge":
		return fmt.Errorf("%s: %w: %w", operation, ErrNoSpace, err)
	}
	if answer.StatusCode == http.StatusInsufficientStorage {
		return fmt.Errorf("%s: %w: %w", operation, ErrNoSpace, err)
	}
	return fmt.Errorf("%s: the server answers %s: %w", operation, answer.Code, err)
}
