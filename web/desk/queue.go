package desk

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// slip is a thing that waits.
type slip struct {
	press.Entry
	kind     string // form, in words; "A change" for a revision
	since    time.Time
	revision int  // of a published entry; 0 for a proposal
	decides  bool // the viewer may
	first    bool // the writer has published nothing yet
}

// aside is an entry in the margin, and a moment that matters.
type aside struct {
	press.Entry
	when time.Time
}

type queue struct {
	slips               []slip
	total               int // of what waits, filters aside
	returned, scheduled []aside
	undo                press.Entry // the last decision, which can be taken back; zero without
	urgent              press.Case  // the first report that can't wait; zero without
	sections, forms     []page.Option
	section, form       string // chosen
	newer, older        string
}

func (q queue) filtered() bool { return q.section != "" || q.form != "" }

const (
	asideLimit    = 30
	revisionLimit = 50
)

// Queue shows what waits, oldest first; at the portal, the network's sites.
func (f *Face) Queue(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Contributor); err != nil {
		return err
	}
	ctx := r.Context()
	forms, err := f.Reader.Forms(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	q := f.filters(v, r, forms)
	s := store.Selection{Site: v.Site.ID, Statuses: []press.Status{press.Proposed}, Order: store.Oldest}
	for _, c := range v.Sections {
		if c.Slug == q.section {
			s.Section = c.ID
		}
	}
	for _, form := range forms {
		if form.Slug == q.form {
			s.Form = form.ID
		}
	}
	s.Before, s.After = page.Cursors(r)
	list, err := f.Reader.Entries(ctx, v.Viewer, s)
	if err != nil {
		return err
	}
	q.newer, q.older = v.PagesAround(list)
	for _, e := range list.Entries {
		q.slips = append(q.slips, slip{Entry: e, kind: formName(v, forms, e.Form), since: e.ProposedAt, decides: decides(v, e)})
	}
	if list.Newer == "" {
		if err := f.revisions(v, r, &q, s); err != nil {
			return err
		}
	}
	for i := range q.slips {
		if !q.slips[i].decides || q.slips[i].revision > 0 {
			continue
		}
		before, err := f.Reader.PublishedBefore(ctx, v.Viewer, q.slips[i].Entry)
		if err != nil {
			return err
		}
		q.slips[i].first = before == 0
	}
	if q.total, err = f.waiting(ctx, v); err != nil {
		return err
	}
	if err := f.asides(v, r, &q); err != nil {
		return err
	}
	q.undo = f.undone(v, r)
	reports, err := f.Reader.Cases(ctx, v.Viewer, v.Site.ID, asideLimit) // the gravest come first
	if err != nil {
		return err
	}
	isUrgent := func(c press.Case) bool { return c.Urgent && c.State == press.CaseWaiting }
	if i := slices.IndexFunc(reports, isUrgent); i >= 0 {
		q.urgent = reports[i]
	}
	h, err := f.head(ctx, v, v.T("Desk"), "/desk")
	if err != nil {
		return err
	}
	return page.Render(w, r, queuePage(v, h, q))
}

func formName(v *page.Visit, forms []press.Form, id press.FormID) string {
	for _, form := range forms {
		if form.ID == id {
			return v.Set("", form.Name.In(v.L.Lang()))
		}
	}
	return ""
}

// filters reads the choices of the query that exist, and offers all.
func (f *Face) filters(v *page.Visit, r *http.Request, forms []press.Form) queue {
	var q queue
	query := r.URL.Query()
	q.sections = []page.Option{{Label: v.T("All sections")}}
	for _, c := range v.Sections {
		q.sections = append(q.sections, page.Option{Value: c.Slug, Label: c.Name})
		if query.Get("section") == c.Slug {
			q.section = c.Slug
		}
	}
	q.forms = []page.Option{{Label: v.T("All kinds")}}
	for _, form := range forms {
		q.forms = append(q.forms, page.Option{Value: form.Slug, Label: v.Set("", form.Plural.In(v.L.Lang()))})
		if query.Get("form") == form.Slug {
			q.form = form.Slug
		}
	}
	return q
}

// revisions puts the changes that wait among the proposals, by time.
func (f *Face) revisions(v *page.Visit, r *http.Request, q *queue, s store.Selection) error {
	waiting, err := f.Reader.WaitingRevisions(r.Context(), v.Viewer, v.Site.ID, revisionLimit)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if s.Section != "" && w.Entry.Section != s.Section || s.Form != "" && w.Entry.Form != s.Form {
			continue
		}
		q.slips = append(q.slips, slip{Entry: w.Entry, kind: v.T("A change to a published text"), since: w.MadeAt, revision: w.Number, decides: true})
	}
	slices.SortStableFunc(q.slips, func(a, b slip) int { return a.since.Compare(b.since) })
	return nil
}

// asides are what waits elsewhere: at its author's, or for its day.
func (f *Face) asides(v *page.Visit, r *http.Request, q *queue) error {
	ctx := r.Context()
	returned, err := f.Reader.Entries(ctx, v.Viewer, store.Selection{
		Site: v.Site.ID, Statuses: []press.Status{press.Returned}, Order: store.Oldest, Limit: asideLimit,
	})
	if err != nil {
		return err
	}
	acts, err := f.Reader.LastActs(ctx, v.Viewer, v.Site.ID, press.Returned, press.EntryReturned)
	if err != nil {
		return err
	}
	for _, e := range returned.Entries {
		a := aside{e, acts[e.ID].At}
		if a.when.IsZero() {
			a.when = e.UpdatedAt
		}
		q.returned = append(q.returned, a)
	}
	scheduled, err := f.Reader.Entries(ctx, v.Viewer, store.Selection{
		Site: v.Site.ID, Statuses: []press.Status{press.Scheduled}, Order: store.Oldest, Limit: asideLimit,
	})
	if err != nil {
		return err
	}
	for _, e := range scheduled.Entries {
		q.scheduled = append(q.scheduled, aside{e, e.PublishAt})
	}
	slices.SortStableFunc(q.returned, func(a, b aside) int { return a.when.Compare(b.when) })
	slices.SortStableFunc(q.scheduled, func(a, b aside) int { return cmp.Compare(a.when.UnixMicro(), b.when.UnixMicro()) })
	return nil
}

// undone is the entry of ?undo=, when a decision on it stands that the viewer may take back.
func (f *Face) undone(v *page.Visit, r *http.Request) press.Entry {
	id := r.URL.Query().Get("undo")
	if id == "" {
		return press.Entry{}
	}
	e, err := f.Reader.Entry(r.Context(), v.Viewer, press.EntryID(id))
	if err != nil || e.Site != v.Site.ID || !decides(v, e) {
		return press.Entry{}
	}
	switch e.Status {
	case press.Published, press.Scheduled, press.Returned, press.Refused, press.Binned:
		return e
	}
	return press.Entry{}
}

// decided tells in a sentence what an entry has become.
func decided(v *page.Visit, e press.Entry) string {
	title := titled(v, e)
	switch e.Status {
	case press.Published:
		return v.T("“%s” is published.", title)
	case press.Scheduled:
		return v.T("“%s” will appear on %s.", title, v.DateTime(e.PublishAt))
	case press.Returned:
		return v.T("“%s” went back to its author.", title)
	case press.Refused:
		return v.T("“%s” is refused.", title)
	case press.Withdrawn:
		return v.T("“%s” was withdrawn by its author.", title)
	case press.Binned:
		return v.T("“%s” is in the bin.", title)
	default:
		return v.T("“%s” waits to be read.", title)
	}
}

// takeBack is the act that undoes an entry's last decision.
func takeBack(e press.Entry) string {
	if e.Status == press.Binned {
		return "/recover"
	}
	return "/reopen"
}
