package press

import (
	"slices"
	"time"
)

// Role is what a person may do on a site.
type Role string

const (
	Contributor Role = "contributor" // trusted writer: sees proposals, leaves notes
	Animator    Role = "animator"    // welcomes, publishes, decides
	Steward     Role = "steward"     // also opens, describes and hands over
)

// Roles from the least to the most.
var Roles = []Role{Contributor, Animator, Steward}

func (r Role) rank() int {
	for i, role := range Roles {
		if r == role {
			return i + 1
		}
	}
	return 0
}

// Known tells whether r is one of Roles.
func (r Role) Known() bool { return r.rank() > 0 }

// atLeast tells whether r gives what asked gives; an unknown role is never held.
func (r Role) atLeast(asked Role) bool { return asked.Known() && r.rank() >= asked.rank() }

// Membership gives a person a role: on the network (no site), on a site, or on
// one of its sections.
type Membership struct {
	ID        MembershipID
	Person    PersonID
	Site      SiteID    // "" for the whole network
	Section   SectionID // "" for the whole site
	Role      Role
	GivenBy   PersonID
	CreatedAt time.Time
	// What reads attach.
	Name  string
	Email string
}

// Viewer is who looks or acts. The zero Viewer is an anonymous reader.
type Viewer struct {
	Person      PersonID
	Name        string
	Email       string
	Language    string
	Memberships []Membership
	System      bool // the program itself: sees and may do everything
}

// Itself is the viewer of the program's own acts: jobs, commands, verbs that
// check rights themselves.
var Itself = Viewer{System: true}

// Known tells whether somebody is signed in.
func (v Viewer) Known() bool { return v.Person != "" }

// May tells whether the viewer holds at least a role for a section of a site.
// Section "" asks for the site as a whole.
func (v Viewer) May(role Role, site SiteID, section SectionID) bool {
	if v.System {
		return true
	}
	for _, m := range v.Memberships {
		if !m.Role.atLeast(role) {
			continue
		}
		if m.Site == "" || m.Site == site && (m.Section == "" || m.Section == section) {
			return true
		}
	}
	return false
}

// MaySomewhere tells whether the viewer holds at least a role on a site or on
// any of its sections.
func (v Viewer) MaySomewhere(role Role, site SiteID) bool {
	if v.System {
		return true
	}
	for _, m := range v.Memberships {
		if m.Role.atLeast(role) && (m.Site == "" || m.Site == site) {
			return true
		}
	}
	return false
}

// Owns tells whether the entry is the viewer's: they wrote it or are credited.
func (v Viewer) Owns(e Entry) bool { return v.Known() && slices.Contains(e.Owners(), v.Person) }

// Owners are those who wrote an entry or are credited for it, each once;
// proof-readers and photographers are left out.
func (e Entry) Owners() []PersonID {
	var owners []PersonID
	add := func(p PersonID) {
		if p != "" && !slices.Contains(owners, p) {
			owners = append(owners, p)
		}
	}
	add(e.CreatedBy)
	for _, p := range e.Sharers {
		add(p)
	}
	for _, c := range e.Credits {
		if c.Role != Proofreader && c.Role != Photographer {
			add(c.Person)
		}
	}
	return owners
}

// MayRead tells whether the viewer may see the entry in its present status.
// The store's queries apply the same rule in SQL.
func (v Viewer) MayRead(e Entry) bool {
	switch {
	case e.Status == Published, v.System, v.Owns(e):
		return true
	case e.Status == Drafted:
		return false
	case v.May(Animator, e.Site, e.Section):
		return true
	default:
		discussed := e.Status == Proposed || e.Status == Scheduled || e.Status == Returned
		return discussed && v.MaySomewhere(Contributor, e.Site)
	}
}
