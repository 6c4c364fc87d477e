package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bourgeon/app/hosting"
	"bourgeon/app/searching"
)

type reindexCommand struct {
	settings `embed:""`
}

// Run builds the index of search anew, while others may be serving the network.
func (c *reindexCommand) Run(ctx context.Context, at console) (err error) {
	i, err := c.installation(ctx)
	if err != nil {
		return err
	}
	if i.Closed != nil {
		return i.Closed
	}
	defer func() { err = errors.Join(err, i.Store.Close()) }()
	done, err := librarian(i).Rebuild(ctx, progress(at.out, "Indexing"))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(at.out, "Contributions that search knows, whatever their status: %d.\n", done)
	return err
}

func librarian(i *hosting.Installation) *searching.Librarian {
	return &searching.Librarian{Store: i.Store, Now: time.Now}
}
