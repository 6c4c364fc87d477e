package desk

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// act is one decision on its way from a form to its verb.
type act struct {
	name   string            // of the gesture whose form it is
	fields []string          // what was typed, to show again
	rename map[string]string // the verb's fields by the form's names, where they differ
	do     func(context.Context, *editing.Editor, press.EntryID, page.Form) error
	// next is where to go then: a path of the desk, and the code of a notice.
	next func(press.EntryID) (path, done string)
}

// undoable leads to what waits, with the way to take the decision back.
func undoable(id press.EntryID) (string, string) { return "/desk?undo=" + string(id), "" }

// stays leads back to the entry, with a notice.
func stays(done string) func(press.EntryID) (string, string) {
	return func(id press.EntryID) (string, string) { return "/desk/entry/" + string(id), done }
}

// act does a decision. Faults come back beside their fields with what was
// typed; when somebody decided meanwhile, the page tells where the entry stands.
func (f *Face) act(v *page.Visit, w http.ResponseWriter, r *http.Request, a act) error {
	if err := enter(v, press.Contributor); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := f.entry(v, r)
	if err != nil {
		return err
	}
	ed := f.Editor
	if state, ok := seenIn(form); ok {
		ed = ed.After(state)
	}
	err = a.do(r.Context(), ed, e.ID, form)
	switch press.KindOf(err) {
	case press.Invalid:
		s := f.again(e, form, a)
		s.faults = faultsOf(err, a.rename)
		return f.show(v, w, r, http.StatusUnprocessableEntity, s)
	case press.Conflict:
		if e, reread := f.entry(v, r); reread == nil {
			s := f.again(e, form, a)
			s.trouble = trouble(v, err)
			return f.show(v, w, r, http.StatusConflict, s)
		}
		return err
	}
	if err != nil {
		return err
	}
	path, done := a.next(e.ID)
	if back := form.Line("back"); strings.HasPrefix(back, "/desk/") && done != "" {
		path = page.SafePath(back)
	}
	if done == "" {
		return page.Redirect(w, r, v.Link(path))
	}
	return v.Done(w, r, path, done)
}

func (f *Face) again(e press.Entry, form page.Form, a act) sheet {
	s := sheet{Entry: e, open: a.name, typed: map[string]string{}}
	for _, name := range a.fields {
		s.typed[name] = form.Text(name)
	}
	return s
}

func faultsOf(err error, rename map[string]string) page.Faults {
	faults, _ := page.FaultsOf(err)
	for i := range faults {
		if name, ok := rename[faults[i].Field]; ok {
			faults[i].Field = name
		}
	}
	return faults
}

// seenIn reads the state of the entry that the form's page showed.
func seenIn(form page.Form) (editing.Seen, bool) {
	status, number, ok := strings.Cut(form.Line("seen"), ".")
	n, err := strconv.Atoi(number)
	return editing.Seen{Status: press.Status(status), Revision: n}, ok && err == nil
}

// Publish makes an entry public now.
func (f *Face) Publish(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{next: undoable,
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, _ page.Form) error {
			return ed.Publish(ctx, v.Viewer, id, "")
		},
	})
}

// Return gives an entry back to its author with a note; with the button "fill"
// it only puts a ready-made note into the field.
func (f *Face) Return(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	a := act{name: "return", fields: []string{"note", "ready", "credited"}, next: undoable,
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, form page.Form) error {
			if form.Has("reads") { // remarks go with it
				if err := ed.CreditOver(ctx, v.Viewer, id, form.Has("credited")); err != nil {
					return err
				}
			}
			return ed.Return(ctx, v.Viewer, id, form.Text("note"))
		},
	}
	if !form.Has("fill") {
		return f.act(v, w, r, a)
	}
	e, err := f.entry(v, r)
	if err != nil {
		return err
	}
	s := f.again(e, form, a)
	s.typed["note"] = start(readyNotes(v, e), s.typed["note"], s.typed["ready"])
	return f.show(v, w, r, http.StatusOK, s)
}

// Refuse says no, with a public reason.
func (f *Face) Refuse(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{name: "refuse", fields: []string{"reason"}, next: undoable,
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, form page.Form) error {
			return ed.Refuse(ctx, v.Viewer, id, form.Text("reason"))
		},
	})
}

// Schedule accepts an entry for a time to come, in the site's zone.
func (f *Face) Schedule(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{name: "schedule", fields: []string{"at"}, next: undoable,
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, form page.Form) error {
			at, err := moment(form.Line("at"), v.Zone())
			if err != nil {
				return err
			}
			return ed.Schedule(ctx, v.Viewer, id, at)
		},
	})
}

// layouts of a date and time: HTML's local date and time, and what people type
// where the browser gives them a plain field.
var layouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "02/01/2006 15:04"}

func moment(typed string, zone *time.Location) (time.Time, error) {
	for _, layout := range layouts {
		if at, err := time.ParseInLocation(layout, typed, zone); err == nil {
			return at, nil
		}
	}
	var c press.Checks
	c.Fault("at", "Give a day and a time, such as 2026-05-16 08:00.")
	return time.Time{}, c.Err()
}

// File sets section, tags and address.
func (f *Face) File(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{name: "file", fields: []string{"section", "tags", "slug"}, next: stays("filed"),
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, form page.Form) error {
			return ed.File(ctx, v.Viewer, id, editing.Filing{
				Section: press.SectionID(form.Line("section")), Tags: press.SplitTags(form.Text("tags")), Slug: form.Line("slug"),
			})
		},
	})
}

// Feature puts a published entry on the front page, or takes it off.
func (f *Face) Feature(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	on := r.FormValue("on") == "1"
	done := "unfeatured"
	if on {
		done = "featured"
	}
	return f.act(v, w, r, act{name: "feature", next: stays(done),
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, _ page.Form) error {
			return ed.Feature(ctx, v.Viewer, id, on)
		},
	})
}

// Bin puts an entry where only animators find it.
func (f *Face) Bin(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{
		name: "bin", fields: []string{"bin_reason"}, rename: map[string]string{"reason": "bin_reason"}, next: undoable,
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, form page.Form) error {
			return ed.Bin(ctx, v.Viewer, id, form.Text("bin_reason"))
		},
	})
}

// Recover takes an entry out of the bin.
func (f *Face) Recover(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{next: stays("recovered"),
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, _ page.Form) error {
			return ed.Recover(ctx, v.Viewer, id)
		},
	})
}

// Reopen takes a decision back: the entry waits again.
func (f *Face) Reopen(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{
		next: func(press.EntryID) (string, string) { return "/desk", "reopened" },
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, _ page.Form) error {
			return ed.Reopen(ctx, v.Viewer, id)
		},
	})
}

// Note leaves a private note.
func (f *Face) Note(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{name: "talk", fields: []string{"text"},
		next: func(id press.EntryID) (string, string) { return "/desk/entry/" + string(id) + "#talk", "noted" },
		do: func(ctx context.Context, _ *editing.Editor, id press.EntryID, form page.Form) error {
			_, err := f.Room.Note(ctx, v.Viewer, id, form.Text("text"))
			return err
		},
	})
}

// Accept applies a revision that waits.
func (f *Face) Accept(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.act(v, w, r, act{next: stays("revision-accepted"),
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, _ page.Form) error {
			number, err := revisionNumber(r)
			if err != nil {
				return err
			}
			return ed.AcceptRevision(ctx, v.Viewer, id, number)
		},
	})
}

// Decline leaves a revision that waits aside, with a public reason.
func (f *Face) Decline(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	field := "decline-" + r.PathValue("n")
	return f.act(v, w, r, act{
		name: field + "-form", fields: []string{field}, rename: map[string]string{"reason": field}, next: stays("revision-declined"),
		do: func(ctx context.Context, ed *editing.Editor, id press.EntryID, form page.Form) error {
			number, err := revisionNumber(r)
			if err != nil {
				return err
			}
			return ed.DeclineRevision(ctx, v.Viewer, id, number, form.Text(field))
		},
	})
}

func revisionNumber(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return 0, errors.Join(err, nowhere())
	}
	return n, nil
}
