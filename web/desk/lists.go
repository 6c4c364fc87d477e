package desk

import (
	"net/http"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// shelf is a list of entries with an act on each.
type shelf struct {
	entries      []press.Entry
	acts         map[press.EntryID]store.LastAct
	words        string // searched for
	newer, older string
	path         string // of this page, to come back to
}

// Published lists what is out, to find it again and to feature it.
func (f *Face) Published(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	l := shelf{words: press.CleanLine(r.URL.Query().Get("q")), path: "/desk/published"}
	s := store.Selection{Site: v.Site.ID, Statuses: []press.Status{press.Published}, Query: terms.Parse(l.words).Typing()}
	s.Before, s.After = page.Cursors(r)
	list, err := f.Reader.Entries(r.Context(), v.Viewer, s)
	if err != nil {
		return err
	}
	l.entries = list.Entries
	l.newer, l.older = v.PagesAround(list)
	h, err := f.head(r.Context(), v, v.T("Published texts"), "/desk/published")
	if err != nil {
		return err
	}
	return page.Render(w, r, publishedPage(v, h, l))
}

// InBin lists what can be taken back.
func (f *Face) InBin(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	ctx := r.Context()
	l := shelf{path: "/desk/bin"}
	s := store.Selection{Site: v.Site.ID, Statuses: []press.Status{press.Binned}, Order: store.Latest}
	s.Before, s.After = page.Cursors(r)
	list, err := f.Reader.Entries(ctx, v.Viewer, s)
	if err != nil {
		return err
	}
	for _, e := range list.Entries {
		if decides(v, e) { // one's own entries are read, not recovered, without the role
			l.entries = append(l.entries, e)
		}
	}
	l.newer, l.older = v.PagesAround(list)
	if l.acts, err = f.Reader.LastActs(ctx, v.Viewer, v.Site.ID, press.Binned, press.EntryBinned); err != nil {
		return err
	}
	h, err := f.head(ctx, v, v.T("Bin"), "/desk/bin")
	if err != nil {
		return err
	}
	return page.Render(w, r, binPage(v, h, l))
}

const decisionsPerPage = 40

// Journal lists the site's decisions with a way to each entry.
func (f *Face) Journal(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Contributor); err != nil {
		return err
	}
	before, _ := page.Cursors(r)
	all, older, err := f.Reader.Decisions(r.Context(), v.Viewer, v.Site.ID, before, decisionsPerPage)
	if err != nil {
		return err
	}
	link := ""
	if older != "" {
		link = v.With("before", string(older))
	}
	h, err := f.head(r.Context(), v, v.T("Decided"), "/desk/journal")
	if err != nil {
		return err
	}
	return page.Render(w, r, journalPage(v, h, all, link))
}

// by ends a sentence with who decided; nobody for the program and for authors on their own texts.
func by(v *page.Visit, name string) string {
	if name == "" {
		return ""
	}
	return v.T(", by %s", name)
}

func binnedWords(v *page.Visit, act store.LastAct) string {
	switch {
	case act.At.IsZero():
		return ""
	case act.By == "":
		return v.T("put here %s", v.Relative(act.At))
	default:
		return v.T("put here %s by %s", v.Relative(act.At), act.By)
	}
}

func decisionTitle(v *page.Visit, d press.Decision) string {
	if d.Title == "" {
		return v.T("a text that isn’t public")
	}
	return v.Set("", d.Title)
}
