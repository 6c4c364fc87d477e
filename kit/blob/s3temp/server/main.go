// Command server is versitygw, an S3 gateway over a folder, as the tests need it: it ends when its standard input does, so
// that it never outlives who started it. A module of its own, so that the program's go.mod knows nothing of it.
//
//	server ADDRESS FOLDER METADATA-FOLDER KEY SECRET
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

func main() {
	if err := serve(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func serve(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("%d arguments, want 5", len(args))
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
		os.Exit(0)
	}()
	metadata, err := meta.NewSideCar(args[2])
	if err != nil {
		return err
	}
	folder, err := posix.New(args[1], metadata, posix.PosixOpts{SideCarDir: args[2]})
	if err != nil {
		return err
	}
	return embedgw.RunVersityGW(ctx, folder, &embedgw.Config{
		Ports: []string{args[0]}, RootUserAccess: args[3], RootUserSecret: args[4], MaxConnections: 1000, MaxRequests: 1000, MultipartMaxParts: 10_000,
		Quiet: true,
	})
}
