package main

import (
	"context"
	"fmt"

	"bourgeon/press"
)

type personCommands struct {
	Invite personInviteCommand `cmd:"" help:"Invite someone by mail, and print the link."`
	Role   personRoleCommand   `cmd:"" help:"Give someone a role at once."`
}

// place is where a role holds.
type place struct {
	Site    string `help:"Site, by its address under the network's; the whole network unless told." placeholder:"SLUG" env:"-"`
	Section string `help:"Section of the site; the whole site unless told." placeholder:"SLUG" env:"-"`
}

func (p place) find(ctx context.Context, h *house) (press.SiteID, press.SectionID, error) {
	if p.Site == "" {
		return "", "", nil
	}
	site, err := h.store.SiteBySlug(ctx, press.Itself, p.Site)
	if err != nil || p.Section == "" {
		return site.ID, "", err
	}
	section, err := h.store.SectionBySlug(ctx, press.Itself, site.ID, p.Section)
	return site.ID, section.ID, err
}

type personInviteCommand struct {
	settings `embed:""`
	place    `embed:""`
	Email    string `arg:"" help:"Their address."`
	Name     string `help:"Their name." env:"-"`
	Role     string `help:"contributor, animator or steward." default:"contributor" enum:"contributor,animator,steward" env:"-"`
	Message  string `help:"A word for them." env:"-"`
}

// Run invites, and prints the link for those who hand it on themselves.
func (c *personInviteCommand) Run(ctx context.Context, at console) error {
	return c.with(ctx, at, func(h *house) error {
		site, section, err := c.find(ctx, h)
		if err != nil {
			return err
		}
		i, err := h.door.Invite(ctx, press.Itself, press.Invitation{
			Site: site, Section: section, Role: press.Role(c.Role), Email: c.Email, Name: c.Name, Message: c.Message,
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(at.out, "Invitation for %s, valid until %s:\n%s/invitation/%s\n",
			i.Email, i.ExpiresAt.Format("2006-01-02"), h.addresses.Base, i.Token)
		return err
	})
}

type personRoleCommand struct {
	settings `embed:""`
	place    `embed:""`
	Email    string `arg:"" help:"Their address."`
	Role     string `arg:"" help:"contributor, animator or steward." enum:"contributor,animator,steward"`
	Name     string `help:"Their name, if they are not known yet." env:"-"`
}

// Run gives a role.
func (c *personRoleCommand) Run(ctx context.Context, at console) error {
	return c.with(ctx, at, func(h *house) error {
		site, section, err := c.find(ctx, h)
		if err != nil {
			return err
		}
		m := press.Membership{Site: site, Section: section, Role: press.Role(c.Role)}
		p, err := h.door.Appoint(ctx, press.Itself, c.Email, c.Name, m)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(at.out, "%s is now %s. They sign in at %s/signin\n", p.Email, c.Role, h.addresses.Base)
		return err
	})
}
