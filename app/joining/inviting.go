package joining

import (
	"context"
	"fmt"
	"slices"

	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Invite asks someone, by mail, to take a role. Stewards invite to any role of
// their site; animators invite contributors. Whoever holds the Token comes in
// as the person of the address: only the mail carries it, and the answer to the
// program itself, for the host who hands links on.
func (d *Door) Invite(ctx context.Context, v press.Viewer, i press.Invitation) (press.Invitation, error) {
	i.Email, i.Name, i.Message = press.FoldEmail(i.Email), press.CleanLine(i.Name), press.Clean(i.Message)
	var c press.Checks
	press.CheckEmail(&c, "email", i.Email)
	press.CheckLength(&c, "name", i.Name, maxName)
	press.CheckLength(&c, "message", i.Message, maxMessage)
	if !i.Role.Known() {
		c.Fault("role", "Choose a role.")
	}
	if err := c.Err(); err != nil {
		return i, err
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		v, err := tx.Anew(ctx, v)
		if err != nil {
			return err
		}
		if !mayGive(v, i.Role, i.Site, i.Section) {
			return forbidden()
		}
		if err := inSite(ctx, tx, i.Site, i.Section); err != nil {
			return err
		}
		now := d.Now()
		i.ID, i.Token, i.InvitedBy = press.InvitationID(ids.New()), token.New(), v.Person
		i.CreatedAt, i.ExpiresAt = now, now.Add(invitationLife)
		if err := tx.InsertInvitation(ctx, i, token.Hash(i.Token)); err != nil {
			return err
		}
		section, err := sectionName(ctx, tx, i.Section)
		if err != nil {
			return err
		}
		if err := d.Post(ctx, tx, press.Mail{
			Kind: press.MailInvitation, To: i.Email, Language: v.Language, Site: i.Site,
			Data: map[string]string{"token": i.Token, "role": string(i.Role), "by": v.Name, "message": i.Message, "section": section},
		}); err != nil {
			return err
		}
		return tx.Emit(ctx, press.Event{
			Kind: press.MemberInvited, Site: i.Site, Actor: v.Person, At: now,
			Data: map[string]string{"invitation": string(i.ID), "role": string(i.Role)},
		})
	})
	if err != nil {
		return i, fmt.Errorf("invite: %w", err)
	}
	if !v.System {
		i.Token = ""
	}
	return i, nil
}

// mayGive tells whether the viewer may give a role: a steward any, an animator
// that of contributor.
func mayGive(v press.Viewer, role press.Role, site press.SiteID, section press.SectionID) bool {
	if v.May(press.Steward, site, "") {
		return true
	}
	return site != "" && role == press.Contributor && v.May(press.Animator, site, section)
}

func inSite(ctx context.Context, tx *store.Tx, site press.SiteID, id press.SectionID) error {
	if id == "" {
		return nil
	}
	section, err := tx.Section(ctx, press.Itself, id)
	if err != nil || section.Site != site {
		var c press.Checks
		c.Fault("section", "Choose a section of this site.")
		return c.Err()
	}
	return nil
}

func sectionName(ctx context.Context, tx *store.Tx, id press.SectionID) (string, error) {
	if id == "" {
		return "", nil
	}
	section, err := tx.Section(ctx, press.Itself, id)
	return section.Name, err
}

// Invited finds an invitation by its secret, for the page that shows it.
func (d *Door) Invited(ctx context.Context, secret string) (press.Invitation, error) {
	i, err := d.Store.InvitationByToken(ctx, token.Hash(secret))
	if err != nil {
		return i, fmt.Errorf("open the invitation: %w", err)
	}
	return i, d.standing(i)
}

func accepted() error {
	return press.Problem(press.Expired, "This invitation was accepted already: sign in with the address that received it.")
}

func (d *Door) standing(i press.Invitation) error {
	switch {
	case !i.AcceptedAt.IsZero():
		return accepted()
	case !i.CancelledAt.IsZero(), d.Now().After(i.ExpiresAt):
		return press.Problem(press.Expired, "This invitation is no longer valid: ask for a new one.")
	}
	return nil
}

// Accept takes the role offered. Holding the secret proves the address that
// received it; the person is then signed in, by the viewer returned.
func (d *Door) Accept(ctx context.Context, secret, name, language string) (press.Invitation, press.Viewer, error) {
	var i press.Invitation
	var v press.Viewer
	err := d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if i, err = tx.InvitationByToken(ctx, token.Hash(secret)); err != nil {
			return err
		}
		if err := tx.Hold(ctx, i.Site); err != nil {
			return err
		}
		if err := d.standing(i); err != nil {
			return err
		}
		if name = press.CleanLine(name); name == "" {
			name = i.Name
		}
		p, err := d.known(ctx, tx, i.Email, name, language, i.InvitedBy)
		if err != nil {
			return err
		}
		if p.Name == "" {
			p.Name = name
		}
		var c press.Checks
		if p.Name == "" {
			c.Fault("name", "Write your name: the site's people will see it.")
		}
		if press.CheckLength(&c, "name", p.Name, maxName); c.Err() != nil {
			return c.Err()
		}
		if err := tx.SavePerson(ctx, p); err != nil {
			return err
		}
		if p, err = d.confirm(ctx, tx, p, i.Site); err != nil {
			return err
		}
		if err := tx.AcceptInvitation(ctx, i.ID, p.ID, d.Now()); err != nil {
			if press.KindOf(err) == press.NotFound { // taken between the look and the act
				return accepted()
			}
			return err
		}
		if v, err = tx.Viewer(ctx, p.ID); err != nil || holds(v, i) {
			return err // an invitation never takes anything away
		}
		if err := d.give(ctx, tx, press.Membership{
			Person: p.ID, Site: i.Site, Section: i.Section, Role: i.Role, GivenBy: i.InvitedBy,
		}, press.MemberJoined, p.ID); err != nil {
			return err
		}
		v, err = tx.Viewer(ctx, p.ID)
		return err
	})
	if err != nil {
		return i, v, fmt.Errorf("accept the invitation: %w", err)
	}
	return i, v, nil
}

// holds tells whether someone has, at the place of an invitation, the role that
// it offers, or a greater one.
func holds(v press.Viewer, i press.Invitation) bool {
	v.Memberships = slices.DeleteFunc(slices.Clone(v.Memberships), func(m press.Membership) bool { return m.Site != i.Site })
	return v.May(i.Role, i.Site, i.Section)
}

// give keeps a role; someone who has one at the same place has it changed.
func (d *Door) give(ctx context.Context, tx *store.Tx, m press.Membership, kind press.EventKind, actor press.PersonID) error {
	holder, err := tx.Viewer(ctx, m.Person)
	if err != nil {
		return err
	}
	m.ID, m.CreatedAt = press.MembershipID(ids.New()), d.Now()
	for _, had := range holder.Memberships {
		if had.Site == m.Site && (had.Section == m.Section || had.Role == press.Contributor) {
			m.ID, m.CreatedAt = had.ID, had.CreatedAt
		}
	}
	return d.keep(ctx, tx, m, kind, actor)
}

// keep writes a role and records it.
func (d *Door) keep(ctx context.Context, tx *store.Tx, m press.Membership, kind press.EventKind, actor press.PersonID) error {
	if err := tx.SaveMembership(ctx, m); err != nil {
		return err
	}
	if err := tx.Touch(ctx, m.Site); err != nil { // a site says who keeps it
		return err
	}
	return tx.Emit(ctx, press.Event{
		Kind: kind, Site: m.Site, Actor: actor, At: d.Now(),
		Data: map[string]string{"person": string(m.Person), "role": string(m.Role)},
	})
}

// CancelInvitation takes back an invitation that nobody accepted.
func (d *Door) CancelInvitation(ctx context.Context, v press.Viewer, id press.InvitationID) error {
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Invitation(ctx, v, id); err != nil {
			return err
		}
		return tx.CancelInvitation(ctx, id, d.Now())
	})
	if err != nil {
		return fmt.Errorf("take the invitation back: %w", err)
	}
	return nil
}

// Appoint gives a role to the person of an address, known or not: the host's
// command, and the program's own act.
func (d *Door) Appoint(ctx context.Context, v press.Viewer, email, name string, m press.Membership) (press.Person, error) {
	var p press.Person
	var c press.Checks
	email, name = press.FoldEmail(email), press.CleanLine(name)
	press.CheckEmail(&c, "email", email)
	if press.CheckLength(&c, "name", name, maxName); c.Err() != nil {
		return p, c.Err()
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		v, err := d.steward(ctx, tx, v, m.Site)
		if err != nil {
			return err
		}
		if p, err = d.known(ctx, tx, email, name, press.Languages[0], v.Person); err != nil {
			return err
		}
		if v.System { // the host vouches for the address: mails may go there
			if p, err = d.confirm(ctx, tx, p, m.Site); err != nil {
				return err
			}
		}
		m.Person, m.GivenBy = p.ID, v.Person
		return d.give(ctx, tx, m, press.MemberJoined, v.Person)
	})
	if err != nil {
		return p, fmt.Errorf("appoint: %w", err)
	}
	return p, nil
}

// steward lets the acts on a site's people take turns, and finds what the
// viewer may do there now: only its stewards go on.
func (d *Door) steward(ctx context.Context, tx *store.Tx, v press.Viewer, site press.SiteID) (press.Viewer, error) {
	if err := tx.Hold(ctx, site); err != nil {
		return v, err
	}
	v, err := tx.Anew(ctx, v)
	if err == nil && !v.May(press.Steward, site, "") {
		err = forbidden()
	}
	return v, err
}

// heldRole finds a role whose site is held: what other acts did to it is seen.
func heldRole(ctx context.Context, tx *store.Tx, id press.MembershipID) (press.Membership, error) {
	m, err := tx.Membership(ctx, press.Itself, id)
	if err != nil {
		return m, err
	}
	if err := tx.Hold(ctx, m.Site); err != nil {
		return m, err
	}
	return tx.Membership(ctx, press.Itself, id)
}

// asSteward is a role that the viewer may change now, and the viewer with the
// roles that they hold now.
func (d *Door) asSteward(ctx context.Context, tx *store.Tx, v press.Viewer, id press.MembershipID) (press.Viewer, press.Membership, error) {
	m, err := heldRole(ctx, tx, id)
	if err != nil {
		return v, m, err
	}
	v, err = d.steward(ctx, tx, v, m.Site)
	return v, m, err
}

// ChangeRole gives someone of a site another role, or another section. The
// last steward of a site stays one: the keys are handed over first.
func (d *Door) ChangeRole(ctx context.Context, v press.Viewer, id press.MembershipID, role press.Role, section press.SectionID) error {
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		v, m, err := d.asSteward(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if !role.Known() {
			var c press.Checks
			c.Fault("role", "Choose a role.")
			return c.Err()
		}
		if err := inSite(ctx, tx, m.Site, section); err != nil {
			return err
		}
		if role != press.Steward || section != "" {
			if err := notLastSteward(ctx, tx, m); err != nil {
				return err
			}
		}
		m.Role, m.Section, m.GivenBy = role, section, v.Person
		return d.keep(ctx, tx, m, press.MemberChanged, v.Person)
	})
	if err != nil {
		return fmt.Errorf("change a role: %w", err)
	}
	return nil
}

// RemoveRole takes someone's role back, or gives one's own up.
func (d *Door) RemoveRole(ctx context.Context, v press.Viewer, id press.MembershipID) error {
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		m, err := heldRole(ctx, tx, id)
		if err != nil {
			return err
		}
		v, err := tx.Anew(ctx, v)
		if err != nil {
			return err
		}
		if m.Person != v.Person && !v.May(press.Steward, m.Site, "") {
			return forbidden()
		}
		if err := notLastSteward(ctx, tx, m); err != nil {
			return err
		}
		if err := tx.DeleteMembership(ctx, id); err != nil {
			return err
		}
		if err := tx.Touch(ctx, m.Site); err != nil {
			return err
		}
		return tx.Emit(ctx, press.Event{
			Kind: press.MemberLeft, Site: m.Site, Actor: v.Person, At: d.Now(), Data: map[string]string{"person": string(m.Person)},
		})
	})
	if err != nil {
		return fmt.Errorf("take a role back: %w", err)
	}
	return nil
}

// HandOver gives a site's keys to one of its people, and lays one's own down
// when leave is set: both in one act, so that no site is left without.
func (d *Door) HandOver(ctx context.Context, v press.Viewer, to press.MembershipID, leave bool) error {
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		v, m, err := d.asSteward(ctx, tx, v, to)
		if err != nil {
			return err
		}
		m.Role, m.Section, m.GivenBy = press.Steward, "", v.Person
		if err := d.keep(ctx, tx, m, press.MemberChanged, v.Person); err != nil {
			return err
		}
		for _, own := range v.Memberships {
			if leave && own.Site == m.Site && own.Role == press.Steward && own.Person != m.Person {
				own.Role = press.Contributor
				if err := d.keep(ctx, tx, own, press.MemberChanged, v.Person); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("hand the keys over: %w", err)
	}
	return nil
}

func notLastSteward(ctx context.Context, tx *store.Tx, m press.Membership) error {
	if m.Role != press.Steward || m.Section != "" {
		return nil
	}
	all, err := tx.Memberships(ctx, press.Itself, m.Site)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != m.ID && other.Role == press.Steward && other.Section == "" {
			return nil
		}
	}
	return press.Problem(press.Conflict, "This is the last steward: hand the keys over to somebody first.")
}
