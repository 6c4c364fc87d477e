package desk

import (
	"context"
	"errors"
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// sheet is one entry on the table, with all that surrounds it.
type sheet struct {
	press.Entry
	form      press.Form
	notes     []press.Note
	returned  string // the note with which it went back
	steps     []press.Step
	revisions []difference // that wait
	decides   bool
	tellings  []page.Telling
	before    int // what its writer has published besides
	sections  []page.Option
	ready     []ready
	front     bool // it is the site's front page
	talk      page.Talk
	readings  []press.Proofreading // those who remarked on its passages
	owns      bool

	open    string // the gesture that is unfolded
	typed   map[string]string
	faults  page.Faults
	trouble string // why an act was not done, in words
}

// difference is what a revision changes.
type difference struct {
	press.Revision
	page.Compared
	stale bool // the entry has changed since
}

// Entry shows a proposal as it will be read, the talk around it and the decisions.
func (f *Face) Entry(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Contributor); err != nil {
		return err
	}
	e, err := f.entry(v, r)
	if err != nil {
		return err
	}
	s := sheet{Entry: e, open: r.URL.Query().Get("act"), typed: map[string]string{}}
	return f.show(v, w, r, http.StatusOK, s)
}

// show completes a sheet and answers with it.
func (f *Face) show(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s sheet) error {
	ctx := r.Context()
	var err error
	if s.form, err = f.Reader.Form(ctx, v.Viewer, s.Form); err != nil {
		return err
	}
	if s.tellings, err = v.Tellings(ctx, s.form, s.Entry); err != nil {
		return err
	}
	if s.notes, err = f.Reader.Notes(ctx, v.Viewer, s.Entry); err != nil {
		return err
	}
	if s.steps, err = f.Reader.Steps(ctx, v.Viewer, s.ID); err != nil {
		return err
	}
	if s.Status == press.Returned {
		data, err := f.Reader.LastData(ctx, v.Viewer, s.Entry, press.EntryReturned)
		if err != nil {
			return err
		}
		s.returned = data["note"]
	}
	if s.talk, err = v.TalkUnder(ctx, s.Entry, s.form, "", ""); err != nil {
		return err
	}
	s.decides, s.front = decides(v, s.Entry), v.Site.Front == s.ID
	if s.decides {
		if err := f.complete(ctx, v, &s); err != nil {
			return err
		}
	}
	h, err := f.head(ctx, v, s.Title, "")
	if err != nil {
		return err
	}
	h.Language = s.Language
	return page.RenderStatus(w, r, status, entryPage(v, h, s))
}

// complete adds what only those who decide see.
func (f *Face) complete(ctx context.Context, v *page.Visit, s *sheet) error {
	var err error
	if s.before, err = f.Reader.PublishedBefore(ctx, v.Viewer, s.Entry); err != nil {
		return err
	}
	s.ready, s.owns = readyNotes(v, s.Entry), v.Viewer.Owns(s.Entry)
	if s.readings, err = f.Reader.ProofreadingsOf(ctx, v.Viewer, s.Entry); err != nil {
		return err
	}
	s.sections = []page.Option{{Label: v.T("No section")}}
	listed := s.Section == ""
	for _, c := range v.Sections {
		s.sections = append(s.sections, page.Option{Value: string(c.ID), Label: c.Name})
		listed = listed || c.ID == s.Section
	}
	if !listed {
		s.sections = append(s.sections, page.Option{Value: string(s.Section), Label: v.T("%s (closed)", s.Address.SectionName)})
	}
	if s.Status != press.Published {
		return nil
	}
	all, err := f.Reader.Revisions(ctx, v.Viewer, s.ID)
	if err != nil {
		return err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].State != press.Waiting {
			continue
		}
		d, err := f.compare(ctx, v, s.Entry, s.form, all[i])
		if err != nil {
			return err
		}
		s.revisions = append(s.revisions, d)
	}
	return nil
}

// compare finds by word what a revision changes in the text that it was made from.
func (f *Face) compare(ctx context.Context, v *page.Visit, e press.Entry, form press.Form, rev press.Revision) (difference, error) {
	d := difference{Revision: rev, stale: rev.Base != e.Revision}
	base, err := f.Reader.Revision(ctx, v.Viewer, e.ID, rev.Base)
	if err != nil {
		return d, err
	}
	d.Compared = v.Compare(form, base.Content, rev.Content)
	return d, nil
}

// trouble is the message of an error, for people.
func trouble(v *page.Visit, err error) string {
	var problem *press.Error
	if errors.As(err, &problem) {
		return v.Set("", v.T(problem.Message, problem.Args...))
	}
	return ""
}
