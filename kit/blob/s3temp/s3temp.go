// Package s3temp starts a private S3 server for tests, with an empty bucket: versitygw over a temporary folder, on a free
// port of this machine. It is built at the first use, which takes a minute on a slow machine, and then comes from Go's
// cache. Start with Start.
package s3temp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Key and Secret open the servers. Secret has what must be encoded in an address.
const (
	Key    = "keyOfTheTests"
	Secret = "secret/of+the tests@#%"
	bucket = "media"
	ready  = time.Minute // longest time to start
)

// Server is a running server.
type Server struct {
	// Address of its bucket, as blob.NewS3 reads it.
	Address string
	Folder  string // where it keeps the bucket's objects, by their keys
}

// Start starts a server that lives as long as the test. The test is skipped where it can't be built, as without a
// network, but never when CI is true.
func Start(t testing.TB) Server {
	t.Helper()
	program, err := build(t.Context())
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	folder, metadata, host := t.TempDir(), t.TempDir(), free(t)
	cmd := exec.Command(program, host, folder, metadata, Key, Secret)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	leash, err := cmd.StdinPipe() // it ends when this does
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = cmd.Wait() }()
	t.Cleanup(func() {
		_ = leash.Close()
		<-ended
	})
	if err := makeBucket(t.Context(), host, ended); err != nil {
		t.Fatalf("start the S3 server: %v: %s", err, said.String())
	}
	return Server{
		Address: fmt.Sprintf("s3://%s:%s@%s/%s?insecure=true&region=us-east-1", Key, escape(Secret), host, bucket),
		Folder:  filepath.Join(folder, bucket),
	}
}

func escape(secret string) string {
	return strings.NewReplacer("%", "%25", "/", "%2F", "+", "%2B", " ", "%20", "@", "%40", "#", "%23").Replace(secret)
}

// build returns the path of the server's program, which Go keeps in its cache.
func build(ctx context.Context) (string, error) {
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	cmd := exec.CommandContext(ctx, "go", "tool", "-n", "s3server")
	cmd.Dir = filepath.Join(filepath.Dir(string(mod)), "kit/blob/s3temp/server")
	// As it is built once for all: not with the flags of the tests.
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	var said bytes.Buffer
	cmd.Stderr = &said
	program, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("build the S3 server: %w: %s", err, said.String())
	}
	return strings.TrimSpace(string(program)), nil
}

// free finds a port that nobody uses.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// makeBucket tries until the server answers.
func makeBucket(ctx context.Context, host string, ended <-chan struct{}) error {
	client, err := minio.New(host, &minio.Options{Creds: credentials.NewStaticV4(Key, Secret, ""), Region: "us-east-1", MaxRetries: 1})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, ready)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		if err = client.MakeBucket(ctx, bucket, minio.MakeBucketOptions{}); err == nil {
			return nil
		}
		select {
		case <-retry.C:
		case <-ended:
			return errors.New("it ended")
		case <-ctx.Done():
			return err
		}
	}
}
