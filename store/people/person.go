package people

import (
	"context"
	"fmt"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const personColumns = `
select p.id, p.email, p.name, p.language, coalesce(p.invited_by, ''), p.confirmed_at, p.created_at
from person p`

const (
	personByID    = personColumns + ` where p.id = $1`
	personByEmail = personColumns + ` where p.email = $1`
)

func scanPerson(row rows.Scanner) (press.Person, error) {
	var p press.Person
	err := row.Scan(&p.ID, &p.Email, &p.Name, &p.Language, &p.InvitedBy, rows.Moment(&p.ConfirmedAt), rows.Moment(&p.CreatedAt))
	return p, err
}

// Person finds someone. Only they themselves and the program see the address.
func (r Reader) Person(ctx context.Context, v press.Viewer, id press.PersonID) (press.Person, error) {
	p, err := scanPerson(r.q.QueryRowContext(ctx, personByID, string(id)))
	if err != nil {
		return p, rows.NotFound("find the person", err)
	}
	if !v.System && v.Person != id {
		p.Email = ""
	}
	return p, nil
}

// PersonByEmail finds someone by folded address. Only the program may ask:
// nobody learns from us who is known here.
func (r Reader) PersonByEmail(ctx context.Context, v press.Viewer, email string) (press.Person, error) {
	if !v.System {
		return press.Person{}, fmt.Errorf("find a person: %w", rows.Missing())
	}
	p, err := scanPerson(r.q.QueryRowContext(ctx, personByEmail, email))
	if err != nil {
		return p, rows.NotFound("find a person", err)
	}
	return p, nil
}

const upsertPerson = `
insert into person (id, email, name, language, invited_by, confirmed_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (id) do update
set email = excluded.email, name = excluded.name, language = excluded.language, confirmed_at = excluded.confirmed_at`

// SavePerson keeps someone, new or changed. Who invited them stays.
func (tx Tx) SavePerson(ctx context.Context, p press.Person) error {
	_, err := rows.Exec(ctx, tx.tx, "save the person", upsertPerson,
		string(p.ID), p.Email, p.Name, p.Language, rows.Opt(p.InvitedBy), rows.Micros(p.ConfirmedAt), rows.Micros(p.CreatedAt))
	return err
}

const membershipColumns = `
select m.id, m.person_id, coalesce(m.site_id, ''), coalesce(m.section_id, ''), m.role, coalesce(m.given_by, ''), m.created_at,
  p.name, p.email
from membership m
join person p on p.id = m.person_id`

const (
	membershipByID      = membershipColumns + ` where m.id = $1`
	membershipsOfPerson = membershipColumns + ` where m.person_id = $1 order by m.created_at, m.id`
	membershipsOnSite   = membershipColumns + ` where m.site_id = $1 order by m.created_at, m.id`
	networkMemberships  = membershipColumns + ` where m.site_id is null order by m.created_at, m.id`
)

func scanMembership(row rows.Scanner) (press.Membership, error) {
	var m press.Membership
	err := row.Scan(&m.ID, &m.Person, &m.Site, &m.Section, &m.Role, &m.GivenBy, rows.Moment(&m.CreatedAt), &m.Name, &m.Email)
	return m, err
}

// Viewer loads who a person is and what they may do.
func (r Reader) Viewer(ctx context.Context, id press.PersonID) (press.Viewer, error) {
	p, err := r.Person(ctx, press.Itself, id)
	if err != nil {
		return press.Viewer{}, err
	}
	memberships, err := rows.List(ctx, r.q, "list a person's roles", scanMembership, membershipsOfPerson, string(id))
	return press.Viewer{Person: id, Name: p.Name, Email: p.Email, Language: p.Language, Memberships: memberships}, err
}

// Membership finds one role of one person, for the stewards of its site.
func (r Reader) Membership(ctx context.Context, v press.Viewer, id press.MembershipID) (press.Membership, error) {
	m, err := scanMembership(r.q.QueryRowContext(ctx, membershipByID, string(id)))
	if err != nil {
		return m, rows.NotFound("find the role", err)
	}
	if m.Person != v.Person && !v.May(press.Steward, m.Site, "") {
		return press.Membership{}, fmt.Errorf("find the role: %w", rows.Missing())
	}
	return m, nil
}

// Memberships lists the people of a site, or of the network when site is "".
// The site's people see each other's names; addresses are for stewards.
func (r Reader) Memberships(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.Membership, error) {
	if !v.MaySomewhere(press.Contributor, site) {
		return nil, fmt.Errorf("list the people: %w", rows.Missing())
	}
	query, args := membershipsOnSite, []any{string(site)}
	if site == "" {
		query, args = networkMemberships, nil
	}
	all, err := rows.List(ctx, r.q, "list the people", scanMembership, query, args...)
	if !v.May(press.Steward, site, "") {
		for i := range all {
			all[i].Email = ""
		}
	}
	return all, err
}

// Anew is the viewer with the roles that they hold now: a verb asks before an
// act that lasts, since a role may be taken back between the request and the act.
func (tx Tx) Anew(ctx context.Context, v press.Viewer) (press.Viewer, error) {
	if v.System || !v.Known() {
		return v, nil
	}
	return NewReader(tx.tx).Viewer(ctx, v.Person)
}

const upsertMembership = `
insert into membership (id, person_id, site_id, section_id, role, given_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (id) do update
set section_id = excluded.section_id, role = excluded.role, given_by = excluded.given_by`

const deleteMembership = `delete from membership where id = $1`

// SaveMembership gives a role, or changes it.
func (tx Tx) SaveMembership(ctx context.Context, m press.Membership) error {
	_, err := rows.Exec(ctx, tx.tx, "give a role", upsertMembership, string(m.ID), string(m.Person), rows.Opt(m.Site), rows.Opt(m.Section),
		string(m.Role), rows.Opt(m.GivenBy), rows.Micros(m.CreatedAt))
	return err
}

// DeleteMembership takes a role back.
func (tx Tx) DeleteMembership(ctx context.Context, id press.MembershipID) error {
	return rows.Change(ctx, tx.tx, "take a role back", deleteMembership, string(id))
}

const invitationColumns = `
select i.id, coalesce(i.site_id, ''), coalesce(i.section_id, ''), i.role, i.email, i.name, i.message, coalesce(i.invited_by, ''),
  i.created_at, i.expires_at, i.accepted_at, coalesce(i.accepted_by, ''), i.cancelled_at
from invitation i`

const (
	invitationByID    = invitationColumns + ` where i.id = $1`
	invitationByToken = invitationColumns + ` where i.token_hash = $1`
	invitationsOnSite = invitationColumns + `
where i.site_id = $1 or ($1 = '' and i.site_id is null)
order by i.created_at desc, i.id desc
limit 200`
)

func scanInvitation(row rows.Scanner) (press.Invitation, error) {
	var i press.Invitation
	err := row.Scan(&i.ID, &i.Site, &i.Section, &i.Role, &i.Email, &i.Name, &i.Message, &i.InvitedBy,
		rows.Moment(&i.CreatedAt), rows.Moment(&i.ExpiresAt), rows.Moment(&i.AcceptedAt), &i.AcceptedBy, rows.Moment(&i.CancelledAt))
	return i, err
}

// InvitationByToken finds an invitation by the hash of its secret: whoever
// holds the secret may read it.
func (r Reader) InvitationByToken(ctx context.Context, hash string) (press.Invitation, error) {
	i, err := scanInvitation(r.q.QueryRowContext(ctx, invitationByToken, hash))
	if err != nil {
		return i, rows.NotFound("find the invitation", err)
	}
	return i, nil
}

// Invitation finds an invitation, for the stewards of its site.
func (r Reader) Invitation(ctx context.Context, v press.Viewer, id press.InvitationID) (press.Invitation, error) {
	i, err := scanInvitation(r.q.QueryRowContext(ctx, invitationByID, string(id)))
	if err != nil {
		return i, rows.NotFound("find the invitation", err)
	}
	if !v.May(press.Steward, i.Site, "") {
		return press.Invitation{}, fmt.Errorf("find the invitation: %w", rows.Missing())
	}
	return i, nil
}

// Invitations lists the last 200 of a site, newest first, for its stewards.
func (r Reader) Invitations(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.Invitation, error) {
	if !v.May(press.Steward, site, "") {
		return nil, fmt.Errorf("list the invitations: %w", rows.Missing())
	}
	return rows.List(ctx, r.q, "list the invitations", scanInvitation, invitationsOnSite, string(site))
}

const insertInvitation = `
insert into invitation (id, token_hash, site_id, section_id, role, email, name, message, invited_by, created_at, expires_at,
  accepted_at, accepted_by, cancelled_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, null, 0)`

// InsertInvitation keeps a new invitation under the hash of its secret.
func (tx Tx) InsertInvitation(ctx context.Context, i press.Invitation, hash string) error {
	_, err := rows.Exec(ctx, tx.tx, "keep the invitation", insertInvitation, string(i.ID), hash, rows.Opt(i.Site), rows.Opt(i.Section),
		string(i.Role), i.Email, i.Name, i.Message, rows.Opt(i.InvitedBy), rows.Micros(i.CreatedAt), rows.Micros(i.ExpiresAt))
	return err
}

const (
	acceptInvitation = `
update invitation
set accepted_at = $2, accepted_by = $3
where id = $1 and accepted_at = 0 and cancelled_at = 0`
	cancelInvitation = `
update invitation
set cancelled_at = $2
where id = $1 and accepted_at = 0 and cancelled_at = 0`
)

// AcceptInvitation marks an invitation as accepted, once.
func (tx Tx) AcceptInvitation(ctx context.Context, id press.InvitationID, by press.PersonID, at time.Time) error {
	return rows.Change(ctx, tx.tx, "accept the invitation", acceptInvitation, string(id), rows.Micros(at), string(by))
}

// CancelInvitation takes back an invitation that nobody accepted.
func (tx Tx) CancelInvitation(ctx context.Context, id press.InvitationID, at time.Time) error {
	return rows.Change(ctx, tx.tx, "take the invitation back", cancelInvitation, string(id), rows.Micros(at))
}
