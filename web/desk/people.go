package desk

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/web/page"
)

// person is someone of the site with their roles.
type person struct {
	id      press.PersonID
	name    string
	roles   []press.Membership
	invited []*person // whom they invited
	by      *person
	when    string // they accepted, as a month in words
}

type people struct {
	all      []*person
	roots    []*person // of the tree of who invited whom
	pending  []press.Invitation
	sections []page.Option
	names    map[press.SectionID]string

	change press.MembershipID // whose role is being changed
	typed  press.Invitation
	faults page.Faults
	ended  string // why an act was not done
}

// People shows who does what here, and invites.
func (f *Face) People(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := peopled(v); err != nil {
		return err
	}
	return f.people(v, w, r, http.StatusOK, people{change: press.MembershipID(r.URL.Query().Get("change"))})
}

func peopled(v *page.Visit) error {
	if v.AtPortal() {
		return networkSteward(v)
	}
	return enter(v, press.Contributor)
}

func (f *Face) people(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, p people) error {
	ctx := r.Context()
	if err := f.sections(ctx, v, &p); err != nil {
		return err
	}
	roles, err := f.Reader.Memberships(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	byID := map[press.PersonID]*person{}
	for _, m := range roles {
		someone := byID[m.Person]
		if someone == nil {
			someone = &person{id: m.Person, name: m.Name}
			byID[m.Person] = someone
			p.all = append(p.all, someone)
		}
		someone.roles = append(someone.roles, m)
	}
	slices.SortStableFunc(p.all, func(a, b *person) int { return rank(b) - rank(a) })
	if v.Stewards() {
		if err := f.invitations(ctx, v, &p, byID); err != nil {
			return err
		}
	}
	h, err := f.head(ctx, v, v.T("People"), "/desk/people")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, peoplePage(v, h, p))
}

// rank is that of the highest role: stewards come first.
func rank(p *person) int {
	best := 0
	for _, m := range p.roles {
		best = max(best, slices.Index(press.Roles, m.Role)+1)
	}
	return best
}

func (f *Face) sections(ctx context.Context, v *page.Visit, p *people) error {
	p.names = map[press.SectionID]string{}
	p.sections = []page.Option{{Label: v.T("The whole site")}}
	if v.AtPortal() {
		return nil
	}
	ever, err := f.Reader.SectionsEver(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	for _, c := range ever {
		p.names[c.ID] = c.Name
		if c.ClosedAt.IsZero() {
			p.sections = append(p.sections, page.Option{Value: string(c.ID), Label: c.Name})
		}
	}
	return nil
}

// invitations fills in who waits to come, and who invited whom. Only accepted
// invitations tell it: how the others became contributors could tell who wrote
// a text.
func (f *Face) invitations(ctx context.Context, v *page.Visit, p *people, byID map[press.PersonID]*person) error {
	all, err := f.Reader.Invitations(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	for _, i := range slices.Backward(all) {
		guest := byID[i.AcceptedBy]
		switch {
		case i.AcceptedAt.IsZero() && i.CancelledAt.IsZero() && v.Now.Before(i.ExpiresAt):
			p.pending = append(p.pending, i)
		case guest != nil && guest.by == nil && i.InvitedBy != i.AcceptedBy:
			host := byID[i.InvitedBy]
			if host == nil || under(host, guest) {
				continue
			}
			guest.by, guest.when = host, v.L.Month(i.AcceptedAt.In(v.Zone()))+" "+i.AcceptedAt.In(v.Zone()).Format("2006")
			host.invited = append(host.invited, guest)
		}
	}
	for _, someone := range p.all {
		if someone.by == nil && len(someone.invited) > 0 {
			p.roots = append(p.roots, someone)
		}
	}
	return nil
}

// under tells whether p was invited by top, by those top invited, and so on.
func under(p, top *person) bool {
	for ; p != nil; p = p.by {
		if p == top {
			return true
		}
	}
	return false
}

func personName(v *page.Visit, name string) string {
	if name == "" {
		return v.T("Someone without a name")
	}
	return name
}

// roleWords are a role and where it holds.
func roleWords(v *page.Visit, p people, m press.Membership) string {
	if m.Section != "" {
		return v.T("%s, section “%s”", roleName(v, m.Role), p.names[m.Section])
	}
	if v.AtPortal() {
		return v.T("%s, the whole network", roleName(v, m.Role))
	}
	return roleName(v, m.Role)
}

// guest is how a pending invitation is recognised: by the name that was given,
// else by a part of the address, which nobody reads in full.
func guest(i press.Invitation) string {
	if i.Name != "" {
		return i.Name
	}
	name, host, ok := strings.Cut(i.Email, "@")
	if !ok || name == "" {
		return "…"
	}
	return string([]rune(name)[:1]) + "…@" + host
}

// mayInvite tells which roles the viewer may give, the least first.
func mayInvite(v *page.Visit) []press.Role {
	switch {
	case v.AtPortal():
		return []press.Role{press.Steward}
	case v.Stewards():
		return press.Roles
	case v.Animates():
		return []press.Role{press.Contributor}
	}
	return nil
}

// Invite sends an invitation.
func (f *Face) Invite(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := peopled(v); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	i := press.Invitation{
		Site: v.Site.ID, Section: press.SectionID(form.Line("section")), Role: press.Role(form.Line("role")),
		Email: form.Line("email"), Name: form.Line("name"), Message: form.Text("message"),
	}
	_, err = f.Door.Invite(r.Context(), v.Viewer, i)
	if press.KindOf(err) == press.Invalid {
		return f.people(v, w, r, http.StatusUnprocessableEntity, people{typed: i, faults: faultsOf(err, nil)})
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/people", "invited")
}

// Cancel takes an invitation back.
func (f *Face) Cancel(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	invitation, err := f.Reader.Invitation(r.Context(), v.Viewer, press.InvitationID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if invitation.Site != v.Site.ID {
		return nowhere()
	}
	if err := f.Door.CancelInvitation(r.Context(), v.Viewer, invitation.ID); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/people", "cancelled")
}

// membership finds the role of the path, if it is one of this place's.
func (f *Face) membership(v *page.Visit, r *http.Request) (press.Membership, error) {
	m, err := f.Reader.Membership(r.Context(), v.Viewer, press.MembershipID(r.PathValue("id")))
	if err == nil && m.Site != v.Site.ID {
		return press.Membership{}, nowhere()
	}
	return m, err
}

// ChangeRole gives someone another role or section.
func (f *Face) ChangeRole(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	m, err := f.membership(v, r)
	if err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	role, section := press.Role(form.Line("new_role")), press.SectionID(form.Line("new_section"))
	err = f.Door.ChangeRole(r.Context(), v.Viewer, m.ID, role, section)
	return f.peopleAfter(v, w, r, err, m.ID, "saved")
}

// RemoveRole takes a role back, or gives one's own up.
func (f *Face) RemoveRole(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := peopled(v); err != nil {
		return err
	}
	m, err := f.membership(v, r)
	if err != nil {
		return err
	}
	if err := f.Door.RemoveRole(r.Context(), v.Viewer, m.ID); err != nil {
		return f.peopleAfter(v, w, r, err, m.ID, "")
	}
	if m.Person == v.Viewer.Person {
		return v.Done(w, r, "/me", "left")
	}
	return v.Done(w, r, "/desk/people", "left")
}

func (f *Face) peopleAfter(v *page.Visit, w http.ResponseWriter, r *http.Request, err error, id press.MembershipID, done string) error {
	switch press.KindOf(err) {
	case press.Invalid:
		faults := faultsOf(err, map[string]string{"role": "new_role", "section": "new_section"})
		return f.people(v, w, r, http.StatusUnprocessableEntity, people{change: id, faults: faults})
	case press.Conflict:
		return f.people(v, w, r, http.StatusConflict, people{ended: trouble(v, err)})
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/people", done)
}

// HandOver asks to confirm, and says what will follow.
func (f *Face) HandOver(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	m, err := f.membership(v, r)
	if err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Hand the keys over"), "/desk/people")
	if err != nil {
		return err
	}
	return page.Render(w, r, handOverPage(v, h, m))
}

// HandedOver gives the keys to someone, and lays one's own down if so chosen.
func (f *Face) HandedOver(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	m, err := f.membership(v, r)
	if err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if err := f.Door.HandOver(r.Context(), v.Viewer, m.ID, form.Line("leave") == "1"); err != nil {
		return f.peopleAfter(v, w, r, err, m.ID, "")
	}
	return v.Done(w, r, "/desk/people", "handed-over")
}
