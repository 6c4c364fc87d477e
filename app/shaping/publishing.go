package shaping

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"bourgeon/press"
	"bourgeon/store"
)

// Report tells what publishing a form would change.
type Report struct {
	Form    press.Form
	Changes []Change
	Entries int   // that the form has
	Fault   error // what keeps it from being published: press.Invalid, by "fields" or "field:key"
}

// Change is a question that changes, and what becomes of its answers.
type Change struct {
	press.FormChange
	Answers int      // that it has
	Kept    int      // that can be read as the new kind
	Lost    []string // some of those that can't: they stay where they were, hidden
}

// maxLost is how many answers that can't be read are told.
const maxLost = 5

// Report looks at what publishing the form on the table would change, and changes nothing.
func (s *Shaper) Report(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID) (Report, error) {
	var report Report
	undo := errors.New("only a report")
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		before, err := held(ctx, tx, v, site, id)
		if err != nil {
			return err
		}
		after, _, err := onTable(ctx, tx.Reader, v, site, id)
		if err != nil {
			return err
		}
		report = Report{Form: after, Fault: after.CheckShape()}
		if err := s.reshape(ctx, tx, v, before, after, &report, true); err != nil {
			return err
		}
		return undo
	})
	if err != nil && !errors.Is(err, undo) {
		return report, fmt.Errorf("report on form %s: %w", id, err)
	}
	return report, nil
}

// Publish makes the form on the table the one that writers answer. Answers to
// what was taken off are kept, hidden; those to a question of another kind are
// read anew, and what can't be is kept beside, hidden.
func (s *Shaper) Publish(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID) (Report, error) {
	var report Report
	err := s.change(ctx, v, site, id, "publish", func(tx *store.Tx, before press.Form) error {
		after, _, err := onTable(ctx, tx.Reader, v, site, id)
		if err != nil {
			return err
		}
		if err := after.CheckShape(); err != nil {
			return err
		}
		report = Report{Form: after}
		if before.Slug != after.Slug && before.Version > 0 {
			return s.movedForm(ctx, tx, v, before, after, &report)
		}
		return s.keep(ctx, tx, v, before, after, &report)
	})
	return report, err
}

// movedForm publishes a form whose address changed: old addresses lead to the new ones.
func (s *Shaper) movedForm(ctx context.Context, tx *store.Tx, v press.Viewer, before, after press.Form, report *Report) error {
	ids, err := tx.StaleForm(ctx, before.ID)
	if err != nil {
		return err
	}
	at := s.Now().UnixMicro()
	if err := tx.KeepRedirect(ctx, string(before.Site), before.Slug, "form", string(before.ID), at); err != nil {
		return err
	}
	for _, id := range ids {
		e, err := tx.Entry(ctx, press.Itself, id)
		if err != nil {
			return err
		}
		if e.PublishedAt.IsZero() {
			continue
		}
		if err := tx.KeepRedirect(ctx, string(before.Site), before.Slug+"/"+e.Slug, "entry", string(e.ID), at); err != nil {
			return err
		}
	}
	return s.keep(ctx, tx, v, before, after, report)
}

func (s *Shaper) keep(ctx context.Context, tx *store.Tx, v press.Viewer, before, after press.Form, report *Report) error {
	after.Version = before.Version + 1
	after.Position, after.Away = before.Position, before.Away
	if err := s.reshape(ctx, tx, v, before, after, report, false); err != nil {
		return err
	}
	if err := tx.DropFormDraft(ctx, after.ID); err != nil {
		return err
	}
	if err := tx.InsertFormVersion(ctx, report.Form, v.Person, s.Now()); err != nil {
		return err
	}
	if err := tx.Touch(ctx, after.Site); err != nil {
		return err
	}
	return s.emit(ctx, tx, press.FormPublished, v, after)
}

// reshape keeps the form and reads its entries' answers anew, or only looks at
// what would become of them.
func (s *Shaper) reshape(ctx context.Context, tx *store.Tx, v press.Viewer, before, after press.Form, report *Report, look bool) error {
	changes := after.Changes(before)
	after, moved := besides(before, after)
	report.Form = after
	at := map[string]int{}
	for i, c := range changes {
		report.Changes = append(report.Changes, Change{FormChange: c})
		at[c.Key] = i
	}
	if !look {
		if err := tx.UpdateForm(ctx, after); err != nil {
			return err
		}
	}
	ids, err := s.concerned(ctx, tx, before, after, changes)
	report.Entries = len(ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		for i := range report.Changes {
			if len(e.Answers[report.Changes[i].Key]) > 0 {
				report.Changes[i].Answers++
			}
		}
		converted := false
		e.Answers = maps.Clone(e.Answers)
		for key, aside := range moved {
			was, _ := before.ByKey(key)
			is, _ := after.ByKey(key)
			answer := e.Answers[key]
			if len(answer) == 0 {
				continue
			}
			read, whole := press.Convert(was, is, slices.Clone(answer), e.Language)
			c := &report.Changes[at[key]]
			if whole {
				c.Kept++
			} else if len(c.Lost) < maxLost && was.Public() {
				c.Lost = append(c.Lost, was.Plain(answer, e.Language))
			}
			e.Answers[aside] = answer
			delete(e.Answers, key)
			if whole && len(read) > 0 {
				e.Answers[key] = read
			}
			converted = true
		}
		if look || !converted && !rerendered(changes) {
			continue
		}
		if err := s.Reshape(ctx, tx, after, e, v.Person); err != nil {
			return err
		}
	}
	return nil
}

// concerned are the form's entries, where a change concerns their answers;
// they are then indexed anew.
func (s *Shaper) concerned(ctx context.Context, tx *store.Tx, before, after press.Form, changes []press.FormChange) ([]press.EntryID, error) {
	if before.Version == 0 {
		return nil, nil
	}
	touches := slices.ContainsFunc(changes, func(c press.FormChange) bool {
		switch c.What {
		case press.FieldAdded, press.FieldMoved:
			return false
		case press.FieldReworded: // what lists are narrowed by stays, unless it is asked of others or made otherwise
			return !reflect.DeepEqual(c.Before.When, c.After.When) || c.Before.Template != c.After.Template
		}
		return true
	})
	if !touches {
		return nil, nil
	}
	return tx.StaleForm(ctx, after.ID)
}

// rerendered tells whether a change is of what entries show rendered: a title made otherwise.
func rerendered(changes []press.FormChange) bool {
	return slices.ContainsFunc(changes, func(c press.FormChange) bool {
		return c.After.Kind == press.Computed && c.Before.Template != c.After.Template
	})
}

// besides gives each question whose kind changed another one, taken off,
// which keeps the answers as they were; moved maps the one to the other.
func besides(before, after press.Form) (press.Form, map[string]string) {
	moved := map[string]string{}
	after.Fields = slices.Clone(after.Fields)
	for _, field := range before.Fields { // what is no longer named at all is only taken off
		if _, there := after.ByKey(field.Key); !there {
			field.Gone = true
			after.Fields = append(after.Fields, field)
		}
	}
	for _, field := range after.Fields {
		was, there := before.ByKey(field.Key)
		if !there || was.Kind == field.Kind || was.Kind.Silent() {
			continue
		}
		aside := was
		aside.Gone, aside.Role, aside.Required, aside.When = true, "", false, nil
		aside.Key = FreeKey(after, field.Key+"-before")
		after.Fields = append(after.Fields, aside)
		moved[field.Key] = aside.Key
	}
	return after, moved
}
