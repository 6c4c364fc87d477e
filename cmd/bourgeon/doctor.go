package main

import (
	"context"
	"errors"
	"fmt"

	"bourgeon/app/hosting"
)

type doctorCommand struct {
	settings `embed:""`
	Mend     bool `help:"Index anew what search knows otherwise than it is." env:"-"`
}

var severities = map[hosting.Severity]string{hosting.Fine: "ok", hosting.Warning: "warning", hosting.Broken: "broken"}

// Run looks at everything that a host can misconfigure, and says how to mend
// it. It fails when something is broken.
func (c *doctorCommand) Run(ctx context.Context, at console) (err error) {
	i, err := c.installation(ctx)
	if err != nil {
		return err
	}
	if i.Store != nil {
		defer func() { err = errors.Join(err, i.Store.Close()) }()
	}
	if i.Store != nil && c.Mend {
		mended, err := librarian(i).Mend(ctx, progress(at.out, "Comparing the index of search"))
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(at.out, "%-8s Contributions indexed anew: %d.\n", "mended", mended); err != nil {
			return err
		}
	}
	if i.Store != nil {
		i.Search = func(ctx context.Context) (int, error) { return librarian(i).Compare(ctx, nil) }
	}
	broken := 0
	for _, f := range i.Diagnose(ctx) {
		if f.Severity == hosting.Broken {
			broken++
		}
		if _, err := fmt.Fprintf(at.out, "%-8s %s\n", severities[f.Severity], f.What); err != nil {
			return err
		}
		if f.Remedy == "" {
			continue
		}
		if _, err := fmt.Fprintf(at.out, "%-8s → %s\n", "", f.Remedy); err != nil {
			return err
		}
	}
	if broken > 0 {
		return fmt.Errorf("%d to mend", broken)
	}
	return nil
}
