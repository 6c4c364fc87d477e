package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"bourgeon/app/hosting"
	"bourgeon/kit/blob"
)

type mediaCommands struct {
	Move moveCommand `cmd:"" help:"Copy all pictures from one store to another, while the network serves."`
}

type moveCommand struct {
	settings `embed:""`
	From     string `help:"Folder or s3://… that they are in; where they are now unless told." env:"BOURGEON_MEDIA_FROM" placeholder:"STORE"`
	To       string `help:"Folder or s3://… that they go to." required:"" env:"BOURGEON_MEDIA_TO" placeholder:"STORE"`
}

// Run copies what is not there yet, then counts what the database mentions and
// the new store doesn't have. It fails while there is any.
func (c *moveCommand) Run(ctx context.Context, at console) (err error) {
	i, err := c.installation(ctx)
	if err != nil {
		return err
	}
	if i.Closed != nil {
		return i.Closed
	}
	defer func() { err = errors.Join(err, i.Store.Close()) }()
	from := i.Files
	if c.From != "" {
		if from, err = storeAt(c.From); err != nil {
			return fmt.Errorf("%w: --from: %w", errUsage, err)
		}
	}
	to, err := storeAt(c.To)
	if err != nil {
		return fmt.Errorf("%w: --to: %w", errUsage, err)
	}
	moved, err := hosting.Move(ctx, from, to, progress(at.out, "Copying the pictures"))
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(at.out, "%d files copied (%.1f MB), %d were there already.\n", moved.Copied, float64(moved.Bytes)/1e6, moved.There); err != nil {
		return err
	}
	if n := len(moved.Damaged); n > 0 {
		return fmt.Errorf("%d files are damaged and were left behind, such as %s: bring them back from a backup", n, moved.Damaged[0])
	}
	missing, mentioned, err := i.Missing(ctx, to)
	if err != nil {
		return fmt.Errorf("look for what is missing: %w", err)
	}
	if n := len(missing); n > 0 {
		return fmt.Errorf("%d of %d files that the database mentions are missing in the new store, such as %s: run this again, or bring them back from a backup", n, mentioned, missing[0])
	}
	_, err = fmt.Fprintf(at.out, "All %d files that the database mentions are in the new store.\n"+
		"Now start bourgeon serve with it (--media), then run this once more: it takes along what came meanwhile.\n", mentioned)
	return err
}

// storeAt opens a store by its address: s3://…, else a folder.
func storeAt(address string) (blob.Store, error) {
	if strings.HasPrefix(address, "s3:") {
		return blob.NewS3(address)
	}
	dir, err := filepath.Abs(address)
	return blob.Disk{Dir: dir}, err
}
