package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"bourgeon/app/hosting"
	"bourgeon/press"
)

type siteCommands struct {
	Create siteCreateCommand `cmd:"" help:"Open a site."`
	List   siteListCommand   `cmd:"" help:"List the sites."`
	Move   siteMoveCommand   `cmd:"" help:"Give a site another address; the old one leads to it for ever."`
}

type siteCreateCommand struct {
	settings `embed:""`
	Slug     string   `arg:"" help:"Its address under the network's: /SLUG/."`
	Name     string   `help:"Its name." required:"" env:"-"`
	Tagline  string   `help:"What it is, in a sentence." env:"-"`
	Host     string   `help:"A domain of its own." placeholder:"DOMAIN" env:"-"`
	Language []string `help:"Its languages, the first being the default." default:"fr" enum:"fr,en,br" env:"-"`
	Openness string   `help:"When a contribution appears: open, first, reviewed or members." default:"first" enum:"open,first,reviewed,members" env:"-"`
	Licence  string   `help:"Default licence of its texts (SPDX)." default:"CC-BY-SA-4.0" env:"-"`
	Colour   string   `help:"The colour its palette is made from." default:"#1b5e8c" env:"-"`
	Steward  string   `help:"Address of its first steward." placeholder:"EMAIL" env:"-"`
}

// Run opens a site, and appoints its first steward.
func (c *siteCreateCommand) Run(ctx context.Context, at console) error {
	return c.with(ctx, at, func(h *house) error {
		s, err := h.host.OpenSite(ctx, press.Itself, hosting.SiteDraft{
			Slug: c.Slug, Host: c.Host,
			Description: hosting.Description{
				Name: c.Name, Tagline: c.Tagline, Languages: c.Language, Openness: press.Openness(c.Openness),
				Licence: press.LicenceID(c.Licence),
			},
			Look: press.Look{Colour: c.Colour},
		})
		if err != nil {
			return err
		}
		if c.Steward != "" {
			m := press.Membership{Site: s.ID, Role: press.Steward}
			if _, err := h.door.Appoint(ctx, press.Itself, c.Steward, "", m); err != nil {
				return err
			}
		}
		_, err = fmt.Fprintf(at.out, "%s is open at %s\n", s.Name, h.addresses.Site(s.Slug, s.Host))
		return err
	})
}

type siteListCommand struct {
	settings `embed:""`
	JSON     bool `help:"One JSON object a line." env:"-"`
}

// Run lists the sites, closed ones too.
func (c *siteListCommand) Run(ctx context.Context, at console) error {
	return c.with(ctx, at, func(h *house) error {
		sites, err := h.store.Sites(ctx, press.Itself)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(at.out, 0, 0, 2, ' ', 0)
		for _, s := range sites {
			address, state := h.addresses.Site(s.Slug, s.Host), string(s.Openness)
			if !s.ClosedAt.IsZero() {
				state = "closed"
			}
			if c.JSON {
				line := map[string]string{"slug": s.Slug, "name": s.Name, "address": address, "state": state}
				if err := json.NewEncoder(at.out).Encode(line); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintln(table, strings.Join([]string{s.Slug, s.Name, address, state}, "\t"))
		}
		return table.Flush()
	})
}

type siteMoveCommand struct {
	settings `embed:""`
	Slug     string `arg:"" help:"The site's present address under the network's."`
	To       string `help:"Its new one; the same unless told." placeholder:"SLUG" env:"-"`
	Host     string `help:"A domain of its own; none unless told." placeholder:"DOMAIN" env:"-"`
}

// Run moves a site.
func (c *siteMoveCommand) Run(ctx context.Context, at console) error {
	return c.with(ctx, at, func(h *house) error {
		s, err := h.store.SiteBySlug(ctx, press.Itself, c.Slug)
		if err != nil {
			return err
		}
		if c.To == "" {
			c.To = c.Slug
		}
		if err := h.host.SetAddress(ctx, press.Itself, s.ID, c.To, c.Host); err != nil {
			return err
		}
		_, err = fmt.Fprintf(at.out, "%s now answers at %s\n", s.Name, h.addresses.Site(c.To, c.Host))
		return err
	})
}

// with opens the network for a command, and closes it.
func (s settings) with(ctx context.Context, at console, f func(*house) error) error {
	log := slog.New(slog.NewTextHandler(at.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := open(ctx, s, log, time.Now)
	if err != nil {
		return err
	}
	defer func() {
		if err := h.close(); err != nil {
			log.Error("close", "error", err)
		}
	}()
	if _, err := h.host.Found(ctx, press.Network{Name: "Bourgeon", Language: press.Languages[0]}); err != nil {
		return err
	}
	return f(h)
}
