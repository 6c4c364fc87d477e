package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bourgeon/app/hosting"
	"bourgeon/press"
	"bourgeon/store"
)

type backupCommand struct {
	settings `embed:""`
	File     string `arg:"" help:"File to write; compressed when its name ends in gz." type:"path"`
}

// Run copies the network into one file, while others may be serving it.
func (c *backupCommand) Run(ctx context.Context, at console) (err error) {
	i, err := c.installation(ctx)
	if err != nil {
		return err
	}
	if i.Closed != nil {
		return i.Closed
	}
	defer func() { err = errors.Join(err, i.Store.Close()) }()
	m, err := i.Backup(ctx, c.File)
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintf(at.out, "%s holds %s\n", c.File, contents(m)); err != nil || m.Database != "" {
		return err
	}
	_, err = fmt.Fprintln(at.out, "The database is PostgreSQL's, and is not inside: copy it with pg_dump, after this.")
	return err
}

type restoreCommand struct {
	File string `arg:"" help:"File that bourgeon backup wrote." type:"existingfile"`
	Data string `help:"Folder to unfold it into: missing, or empty." default:"data" type:"path" placeholder:"DIR"`
}

// Run unfolds a backup, whole or not at all.
func (c *restoreCommand) Run(at console) error {
	m, err := hosting.Restore(c.File, c.Data)
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintf(at.out, "%s holds %s, as of %s\n", c.Data, contents(m), m.MadeAt.Format("2006-01-02 15:04 MST")); err != nil || m.Database != "" {
		return err
	}
	_, err = fmt.Fprintln(at.out, "The database was PostgreSQL's, and was not inside: bring it back with pg_restore.")
	return err
}

func contents(m hosting.Manifest) string {
	what := fmt.Sprintf("%d pictures (%.1f MB)", m.Pictures, float64(m.Bytes)/1e6)
	if m.Database == "" {
		return what
	}
	return "the database and " + what
}

// installation is the network of s as its host sees it, opened as it is:
// nothing is made or founded. Closed says why it could not be opened.
func (s settings) installation(ctx context.Context) (*hosting.Installation, error) {
	database := s.Database
	if database == "" {
		database = filepath.Join(s.Data, databaseFile)
	}
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	i := &hosting.Installation{
		Now: time.Now, Files: files, Data: s.Data, Database: database,
		Addresses: press.Addresses{Base: s.BaseURL}, SMTP: s.SMTP,
	}
	if s.Database == "" {
		if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) { // opening would make it
			i.Closed = press.Problem(press.Invalid, "There is no network in %s: give its folder with --data.", s.Data)
			return i, nil
		}
	}
	i.Store, i.Closed = store.Open(ctx, database)
	return i, ctx.Err()
}
