package write

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// mine is the page of one's own texts.
type mine struct {
	Name   string
	Drafts []slip
	Slips  []slip
	Said   []press.Comment // what one said last under others' texts and one's own
	Newer  string
	Older  string

	Asked    page.Faults // of name and language
	Language string
}

// slip is a text and where it stands.
type slip struct {
	Draft press.Draft
	Entry press.Entry
	Site  press.Site
	Form  press.Form
	Title string
	Note  string // of the animator, when it came back
	Why   string // of a refusal
	Copy  bool   // changes were begun and not yet sent
	Talk  press.TalkState
}

// Me is GET /me: one's drafts and contributions on the whole network.
func (f *Face) Me(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.me(v, w, r, mine{Name: v.Viewer.Name, Language: v.Viewer.Language}, http.StatusOK)
}

var everyStatus = []press.Status{
	press.Drafted, press.Proposed, press.Scheduled, press.Published, press.Returned, press.Refused, press.Withdrawn, press.Binned,
}

func (f *Face) me(v *page.Visit, w http.ResponseWriter, r *http.Request, m mine, status int) error {
	page.KeepPrivate(w)
	if err := v.SignedIn(); err != nil {
		return err
	}
	ctx, reader := r.Context(), v.House.Reader
	known, err := f.places(v, r)
	if err != nil {
		return err
	}
	drafts, err := reader.Drafts(ctx, v.Viewer)
	if err != nil {
		return err
	}
	copies := map[press.EntryID]bool{}
	for _, d := range drafts {
		if d.Entry != "" {
			copies[d.Entry] = copies[d.Entry] || d.Base > 0
			continue
		}
		s := slip{Draft: d, Site: known.site(d.Site)}
		if s.Form, err = known.form(ctx, d.Form); err != nil {
			return err
		}
		s.Title = s.Form.Title(d.Answers)
		m.Drafts = append(m.Drafts, s)
	}
	before, after := page.Cursors(r)
	all, err := reader.Entries(ctx, v.Viewer, store.Selection{
		Person: v.Viewer.Person, Statuses: everyStatus, Order: store.Latest, Limit: 30, Before: before, After: after,
	})
	if err != nil {
		return err
	}
	for _, e := range all.Entries {
		if !v.Viewer.Owns(e) {
			continue // as proof-reader: it is another's
		}
		s := slip{Entry: e, Site: known.site(e.Site), Title: e.Title, Copy: copies[e.ID]}
		if s.Form, err = known.form(ctx, e.Form); err != nil {
			return err
		}
		if e.Status == press.Returned {
			if s.Note, err = f.note(ctx, v, e); err != nil {
				return err
			}
		}
		if e.Status == press.Refused {
			if s.Why, err = f.why(ctx, v, e); err != nil {
				return err
			}
		}
		if e.Status == press.Published {
			if s.Talk, err = reader.TalkState(ctx, v.Viewer, e.ID); err != nil {
				return err
			}
		}
		m.Slips = append(m.Slips, s)
	}
	if m.Said, _, err = reader.OwnComments(ctx, v.Viewer, "", 3); err != nil {
		return err
	}
	m.Newer, m.Older = v.PagesAround(all)
	return page.RenderStatus(w, r, status, me(v, m))
}

// Introduce is POST /me: one's name and the language of one's mails.
func (f *Face) Introduce(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	m := mine{Name: in.Line("name"), Language: in.Line("language")}
	err = f.Door.Introduce(r.Context(), v.Viewer, m.Name, m.Language)
	if faults, ok := page.FaultsOf(err); ok {
		m.Asked = faults
		return f.me(v, w, r, m, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, done(v.Link("/me"), "saved"))
}

// ProposeAgain is POST /me/propose-again.
func (f *Face) ProposeAgain(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.settle(v, w, r, func(id press.EntryID) (string, error) {
		return done(v.Link("/me"), "proposed"), f.Editor.ProposeAgain(r.Context(), v.Viewer, id)
	})
}

// Confirm is POST /me/confirm: a text that waits for its writer, who has proved their address otherwise.
func (f *Face) Confirm(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.settle(v, w, r, func(id press.EntryID) (string, error) {
		e, err := f.Editor.Confirm(r.Context(), v.Viewer, id)
		return v.Link("/me/thanks?entry=" + string(e.ID)), err
	})
}

func (f *Face) settle(v *page.Visit, w http.ResponseWriter, r *http.Request, act func(press.EntryID) (string, error)) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	next, err := act(press.EntryID(in.Line("entry")))
	if err != nil {
		return err
	}
	return page.Redirect(w, r, next)
}

// thanks is what follows signing.
type thanks struct {
	Entry    press.Entry
	Site     press.Site
	First    bool     // of its writer here
	Welcomed []string // by whom it will be read
}

// Thanks is GET /me/thanks: what happens next.
func (f *Face) Thanks(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	if err := v.SignedIn(); err != nil {
		return err
	}
	ctx, reader := r.Context(), v.House.Reader
	e, err := reader.Entry(ctx, v.Viewer, press.EntryID(r.FormValue("entry")))
	if err != nil {
		return err
	}
	if !v.Viewer.Owns(e) {
		return nothing()
	}
	t := thanks{Entry: e}
	if t.Site, err = reader.Site(ctx, v.Viewer, e.Site); err != nil {
		return err
	}
	n, err := reader.CountEntries(ctx, v.Viewer, store.Selection{Person: v.Viewer.Person, Site: e.Site, Statuses: everyStatus})
	if err != nil {
		return err
	}
	t.First = n == 1
	people, err := reader.Memberships(ctx, press.Itself, e.Site)
	if err != nil {
		return err
	}
	for _, m := range people {
		reads := m.Role == press.Animator && (m.Section == "" || m.Section == e.Section)
		if reads && m.Name != "" && len(t.Welcomed) < 3 {
			t.Welcomed = append(t.Welcomed, m.Name)
		}
	}
	return page.Render(w, r, thanked(v, t))
}
