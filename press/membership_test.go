package press

import "testing"

const (
	site, elsewhere = SiteID("site"), SiteID("elsewhere")
	port, bourg     = SectionID("port"), SectionID("bourg")
)

func member(role Role, site SiteID, section SectionID) Viewer {
	return Viewer{Person: "m", Memberships: []Membership{{Person: "m", Role: role, Site: site, Section: section}}}
}

func TestMay(t *testing.T) {
	for _, c := range []struct {
		name                    string
		v                       Viewer
		onSite, inPort, inBourg Role // the most that they hold there
		somewhere               Role
	}{
		{"anonymous", Viewer{}, "", "", "", ""},
		{"someone", Viewer{Person: "x"}, "", "", "", ""},
		{"the program", Itself, Steward, Steward, Steward, Steward},
		{"contributor", member(Contributor, site, ""), Contributor, Contributor, Contributor, Contributor},
		{"animator", member(Animator, site, ""), Animator, Animator, Animator, Animator},
		{"steward", member(Steward, site, ""), Steward, Steward, Steward, Steward},
		{"section's animator", member(Animator, site, port), "", Animator, "", Animator},
		{"section's steward", member(Steward, site, port), "", Steward, "", Steward},
		{"network's animator", member(Animator, "", ""), Animator, Animator, Animator, Animator},
		{"elsewhere", member(Steward, elsewhere, ""), "", "", "", ""},
		{"unknown role", member("king", site, ""), "", "", "", ""},
		{"two roles", Viewer{Person: "m", Memberships: []Membership{
			{Role: Contributor, Site: site}, {Role: Animator, Site: site, Section: bourg}, {Role: Steward, Site: elsewhere},
		}}, Contributor, Contributor, Animator, Animator},
	} {
		for _, role := range Roles {
			for place, q := range map[string]struct{ got, want bool }{
				"on the site": {c.v.May(role, site, ""), role.rank() <= c.onSite.rank()},
				"in port":     {c.v.May(role, site, port), role.rank() <= c.inPort.rank()},
				"in bourg":    {c.v.May(role, site, bourg), role.rank() <= c.inBourg.rank()},
				"somewhere":   {c.v.MaySomewhere(role, site), role.rank() <= c.somewhere.rank()},
			} {
				if q.got != q.want {
					t.Errorf("%s as %s %s: %t", c.name, role, place, q.got)
				}
			}
		}
	}
}

func TestUnknownRole(t *testing.T) {
	if Role("").Known() || Role("king").Known() || !Steward.Known() {
		t.Error("roles known")
	}
	for _, v := range []Viewer{member(Steward, "", ""), member("king", site, "")} {
		for _, role := range []Role{"", "king"} {
			if v.May(role, site, "") || v.MaySomewhere(role, site) {
				t.Errorf("the unknown role %q is held by %+v", role, v.Memberships)
			}
		}
	}
}

func TestOwns(t *testing.T) {
	ana := Viewer{Person: "ana"}
	for role, want := range map[CreditRole]bool{
		Author: true, Scribe: true, Actor: true, Translator: true, Photographer: false, Proofreader: false,
	} {
		e := Entry{CreatedBy: "bob", Credits: []Credit{{Role: role, Kind: SignAnonymous, Person: "ana"}}}
		if ana.Owns(e) != want {
			t.Errorf("%s owns: %t", role, !want)
		}
	}
	if !ana.Owns(Entry{CreatedBy: "ana"}) {
		t.Error("its maker doesn't own it")
	}
	if (Viewer{}).Owns(Entry{Credits: []Credit{{Role: Author, Name: "Zoé"}}}) {
		t.Error("an anonymous reader owns what has no known maker")
	}
}

// TestMayRead is the whole table of who sees what: a letter a status, in the
// order of allStatuses.
func TestMayRead(t *testing.T) {
	for _, c := range []struct {
		name           string
		v              Viewer
		outside, inOwn string // of an entry without section; of one in port
	}{
		{"anonymous", Viewer{}, "...P....", "...P...."},
		{"someone", Viewer{Person: "x"}, "...P....", "...P...."},
		{"elsewhere", member(Steward, elsewhere, ""), "...P....", "...P...."},
		{"contributor", member(Contributor, site, ""), ".psPr...", ".psPr..."},
		{"section's contributor", member(Contributor, site, port), ".psPr...", ".psPr..."},
		{"animator", member(Animator, site, ""), ".psPrfwb", ".psPrfwb"},
		{"steward", member(Steward, site, ""), ".psPrfwb", ".psPrfwb"},
		{"network's steward", member(Steward, "", ""), ".psPrfwb", ".psPrfwb"},
		{"section's animator", member(Animator, site, port), ".psPr...", ".psPrfwb"},
		{"other section's animator", member(Animator, site, bourg), ".psPr...", ".psPr..."},
		{"author", Viewer{Person: "ana"}, "dpsPrfwb", "dpsPrfwb"},
		{"maker", Viewer{Person: "maker"}, "dpsPrfwb", "dpsPrfwb"},
		{"the program", Itself, "dpsPrfwb", "dpsPrfwb"},
	} {
		for i, status := range allStatuses {
			for section, row := range map[SectionID]string{"": c.outside, port: c.inOwn} {
				e := Entry{
					Site: site, Status: status, CreatedBy: "maker", Content: Content{Section: section},
					Credits: []Credit{{Role: Author, Person: "ana"}},
				}
				if want := row[i] != '.'; c.v.MayRead(e) != want {
					t.Errorf("%s reads %s in %q: %t", c.name, status, section, !want)
				}
			}
		}
	}
}
