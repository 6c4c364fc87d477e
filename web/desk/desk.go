// Package desk is the room where a site's people work: what waits to be read,
// the decisions on it, the people and their roles, the site's settings; at the
// portal, the network's sites. It is made for a phone and needs no JavaScript.
//
// It decides nothing itself: verbs check every right, pages only leave out
// what the viewer may not do. No page names someone who signed anonymously,
// and none shows the address of a person.
//
// Start with queue.go (what waits) and entry.go (one proposal), then
// deciding.go (the acts); reports.go is what readers reported; people.go, site.go and portal.go are the stewards'.
package desk

import (
	"context"
	"net/http"

	"bourgeon/app/discussing"
	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/hosting"
	"bourgeon/app/joining"
	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Face has an action of the desk per method. All fields are needed.
type Face struct {
	Reader  store.Reader
	Editor  *editing.Editor
	Room    *discussing.Room
	Door    *joining.Door
	Host    *hosting.Host
	Clerk   *reporting.Clerk
	Cabinet *filing.Cabinet
}

func nowhere() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// enter lets those in who hold at least a role somewhere on the site. To people
// of other sites the room isn't there; the site's own are told that they may not.
func enter(v *page.Visit, role press.Role) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	if !v.Contributes() {
		return nowhere()
	}
	if !v.Viewer.MaySomewhere(role, v.Site.ID) {
		if role == press.Steward {
			return press.Problem(press.Forbidden, "Only the site's stewards may do this.")
		}
		return press.Problem(press.Forbidden, "Only the site's animators may do this.")
	}
	return nil
}

// steward lets those in who keep the whole site, or at the portal the network.
func steward(v *page.Visit) error {
	if v.AtPortal() {
		return networkSteward(v)
	}
	if err := enter(v, press.Steward); err != nil {
		return err
	}
	if !v.Stewards() {
		return press.Problem(press.Forbidden, "Only the site's stewards may do this.")
	}
	return nil
}

func networkSteward(v *page.Visit) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	if !v.Viewer.May(press.Steward, "", "") {
		return press.Problem(press.Forbidden, "Only the network's stewards may do this.")
	}
	return nil
}

// entry finds the entry of the path, if it is the site's and the viewer may read it.
func (f *Face) entry(v *page.Visit, r *http.Request) (press.Entry, error) {
	e, err := f.Reader.Entry(r.Context(), v.Viewer, press.EntryID(r.PathValue("id")))
	if err != nil {
		return e, err
	}
	if e.Site != v.Site.ID {
		return press.Entry{}, nowhere()
	}
	return e, nil
}

func decides(v *page.Visit, e press.Entry) bool {
	return v.Viewer.May(press.Animator, e.Site, e.Section)
}

// waiting counts what the viewer finds on the first page.
func (f *Face) waiting(ctx context.Context, v *page.Visit) (int, error) {
	proposals, err := f.Reader.CountEntries(ctx, v.Viewer, store.Selection{Site: v.Site.ID, Statuses: []press.Status{press.Proposed}})
	if err != nil {
		return 0, err
	}
	revisions, err := f.Reader.CountWaitingRevisions(ctx, v.Viewer, v.Site.ID)
	return proposals + revisions, err
}

// head is the head of a page of the desk; at is the path of the current tab.
func (f *Face) head(ctx context.Context, v *page.Visit, title, at string) (page.Head, error) {
	h := page.Head{Title: title, Private: true}
	tab := func(name, path string, count int) {
		h.Desk = append(h.Desk, page.Tab{Name: name, Link: v.Link(path), Count: count, Current: path == at})
	}
	if v.AtPortal() {
		tab(v.T("Sites"), "/desk", 0)
		if v.Stewards() {
			tab(v.T("People"), "/desk/people", 0)
			tab(v.T("Settings"), "/desk/site", 0)
		}
		return h, nil
	}
	n, err := f.waiting(ctx, v)
	if err != nil {
		return h, err
	}
	tab(v.T("To read"), "/desk", n)
	if v.Animates() {
		reports, err := f.Reader.CountCases(ctx, v.Viewer, v.Site.ID)
		if err != nil {
			return h, err
		}
		tab(v.T("Reports"), reportsPath, reports)
		said, err := f.Reader.CountCommentsWaiting(ctx, v.Viewer, v.Site.ID)
		if err != nil {
			return h, err
		}
		tab(v.T("Comments"), "/desk/talk", said)
		tab(v.T("Published texts"), "/desk/published", 0)
	}
	if v.Animates() {
		tab(v.T("Forms"), "/desk/forms", 0)
	}
	tab(v.T("Library"), "/desk/media", 0)
	tab(v.T("Decided"), "/desk/journal", 0)
	if v.Animates() {
		tab(v.T("Bin"), "/desk/bin", 0)
	}
	tab(v.T("People"), "/desk/people", 0)
	if v.Stewards() {
		tab(v.T("Look"), "/desk/look", 0)
		tab(v.T("Settings"), "/desk/site", 0)
	}
	return h, nil
}

// authors are the names of those who sign, in a sentence.
func authors(v *page.Visit, e press.Entry) string { return v.AuthorNames(e) }

// titled is an entry's title, never empty.
func titled(v *page.Visit, e press.Entry) string {
	if e.Title == "" {
		return v.T("Without a title")
	}
	return v.Set(e.Language, e.Title)
}

func entryLink(v *page.Visit, e press.Entry, act string) string {
	return v.Link("/desk/entry/" + string(e.ID) + act)
}

// gesture opens one of the folded forms of an entry's page.
func gesture(v *page.Visit, e press.Entry, act string) string {
	return entryLink(v, e, "?act="+act+"#"+act)
}

// Head is the head of a page of the desk's other rooms: at is the path of their tab.
func (f *Face) Head(ctx context.Context, v *page.Visit, title, at string) (page.Head, error) {
	return f.head(ctx, v, title, at)
}

// Enter lets those in who hold at least a role somewhere on the site.
func Enter(v *page.Visit, role press.Role) error { return enter(v, role) }
