package main

import (
	"context"
	"errors"
	"fmt"

	"bourgeon/app/hosting"
)

type doctorCommand struct {
	settings `embed:""`
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
