package shaping

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// OnTable is a form as somebody goes on changing it, and whether it differs
// from what writers answer.
func (s *Shaper) OnTable(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID) (form press.Form, changed bool, err error) {
	if !v.May(press.Animator, site, "") {
		return form, false, forbidden()
	}
	return onTable(ctx, s.Store.Reader, v, site, id)
}

func onTable(ctx context.Context, r store.Reader, v press.Viewer, site press.SiteID, id press.FormID) (press.Form, bool, error) {
	form, err := r.Form(ctx, v, id)
	if err != nil || form.Site != site {
		return form, false, firstError(err, missing())
	}
	draft, _, err := r.FormDraft(ctx, v, id)
	switch {
	case press.KindOf(err) == press.NotFound:
		return form, false, nil
	case err != nil:
		return form, false, err
	}
	draft.Version, draft.BinnedAt, draft.Position, draft.Away = form.Version, form.BinnedAt, form.Position, form.Away
	return draft, true, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Edit changes the form on the table. What f leaves faulty is kept, but for
// what keeps it from being read: faults are told by Publish, and by Faults.
func (s *Shaper) Edit(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, f func(*press.Form) error) (press.Form, error) {
	var form press.Form
	err := s.change(ctx, v, site, id, "edit", func(tx *store.Tx, _ press.Form) (err error) {
		if form, _, err = onTable(ctx, tx.Reader, v, site, id); err != nil {
			return err
		}
		form.Fields = slices.Clone(form.Fields)
		if err := f(&form); err != nil {
			return err
		}
		return tx.SaveFormDraft(ctx, form, v.Person, s.Now())
	})
	return form, err
}

// Add puts a new question of a kind after the others; the result is its key.
func (s *Shaper) Add(ctx context.Context, v press.Viewer, site press.Site, id press.FormID, kind press.FieldKind, label string) (string, error) {
	var key string
	_, err := s.Edit(ctx, v, site.ID, id, func(f *press.Form) error {
		label = press.CleanLine(label)
		var c press.Checks
		if label == "" {
			c.Fault("label", "Write the question.")
		}
		if !kind.Known() {
			c.Fault("kind", "Choose what kind of answer is expected.")
		}
		if c.Err() != nil {
			return c.Err()
		}
		key = FreeKey(*f, label)
		field := press.Field{Key: key, Kind: kind, Label: press.Text{site.Language(): label}}
		f.Fields = append(f.Fields, field)
		return nil
	})
	return key, err
}

// FreeKey makes the key of a new question from its words.
func FreeKey(f press.Form, label string) string {
	want := strings.Trim(slug.Make(label, 30), "-")
	if want == "" || want[0] < 'a' || want[0] > 'z' {
		want = strings.TrimSuffix("q-"+want, "-")
	}
	key := want
	for n := 2; ; n++ {
		if _, taken := f.ByKey(key); !taken {
			return key
		}
		key = fmt.Sprintf("%s-%d", want, n)
	}
}

// Move puts a question one place up or down, past those taken off.
func (s *Shaper) Move(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, key string, down bool) error {
	_, err := s.Edit(ctx, v, site, id, func(f *press.Form) error {
		at := slices.IndexFunc(f.Fields, func(field press.Field) bool { return field.Key == key })
		if at < 0 {
			return missing()
		}
		step := -1
		if down {
			step = 1
		}
		other := at + step
		for other >= 0 && other < len(f.Fields) && f.Fields[other].Gone {
			other += step
		}
		if other >= 0 && other < len(f.Fields) {
			f.Fields[at], f.Fields[other] = f.Fields[other], f.Fields[at]
		}
		return nil
	})
	return err
}

// Remove takes a question off the form, its answers kept; Return puts it back.
func (s *Shaper) Remove(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, key string) error {
	return s.gone(ctx, v, site, id, key, true)
}

// Return puts a question taken off back, where it was.
func (s *Shaper) Return(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, key string) error {
	return s.gone(ctx, v, site, id, key, false)
}

func (s *Shaper) gone(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, key string, gone bool) error {
	_, err := s.Edit(ctx, v, site, id, func(f *press.Form) error {
		for i := range f.Fields {
			if f.Fields[i].Key == key {
				f.Fields[i].Gone = gone
				return nil
			}
		}
		return missing()
	})
	return err
}

// Describe gives a question its words and rules.
func (s *Shaper) Describe(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, field press.Field) error {
	_, err := s.Edit(ctx, v, site, id, func(f *press.Form) error {
		field = field.Tidied()
		at := slices.IndexFunc(f.Fields, func(other press.Field) bool { return other.Key == field.Key })
		if at < 0 {
			return missing()
		}
		f.Fields[at] = field
		return FaultsOf(*f, field.Key)
	})
	return err
}

// FaultsOf are the faults of one question, under "label".
func FaultsOf(f press.Form, key string) error {
	var c press.Checks
	for _, fault := range faults(f.CheckShape()) {
		if fault.Field == "field:"+key {
			c.Fault("label", fault.Message, fault.Args...)
		}
	}
	return c.Err()
}

func faults(err error) []press.FieldError {
	if e, ok := err.(*press.Error); ok {
		return e.Fields
	}
	return nil
}

// Settle gives a form its name, address and settings.
func (s *Shaper) Settle(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, with press.Form) error {
	_, err := s.Edit(ctx, v, site, id, func(f *press.Form) error {
		was := f.Slug
		f.Name, f.Plural, f.Pitch, f.Slug = with.Name, with.Plural, with.Pitch, press.CleanLine(with.Slug)
		f.Openness, f.Listed = with.Openness, with.Listed
		f.Views, f.Stepwise, f.Headings, f.FormSettings.Order = with.Views, with.Stepwise, with.Headings, with.FormSettings.Order
		var c press.Checks
		for _, fault := range faults(f.CheckShape()) {
			if fault.Field == "name" || fault.Field == "plural" || fault.Field == "slug" || fault.Field == "pitch" {
				c.Fault(fault.Field, fault.Message, fault.Args...)
			}
		}
		if f.Openness != "" && !f.Openness.Known() {
			c.Fault("openness", "Choose who may write.")
		}
		if f.BuiltIn != "" && f.Slug != was {
			c.Fault("slug", "The address of this form can’t change.")
		}
		all, err := s.Store.FormsEver(ctx, press.Itself, site)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(other press.Form) bool { return other.ID != id && other.Slug == f.Slug }) {
			c.Fault("slug", "Another form has this address: choose another one.")
		}
		return c.Err()
	})
	return err
}

// Drop forgets what was being changed. A form that was never published goes to the bin.
func (s *Shaper) Drop(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID) error {
	return s.change(ctx, v, site, id, "drop the changes of", func(tx *store.Tx, form press.Form) error {
		if form.Version == 0 {
			form.BinnedAt = s.Now()
			return tx.UpdateForm(ctx, form)
		}
		return tx.DropFormDraft(ctx, id)
	})
}

// Restore puts an earlier version of a form on the table.
func (s *Shaper) Restore(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, number int) error {
	versions, err := s.Store.FormVersions(ctx, v, id)
	if err != nil {
		return fmt.Errorf("restore a form: %w", err)
	}
	at := slices.IndexFunc(versions, func(old press.FormVersion) bool { return old.Version == number })
	if at < 0 {
		return missing()
	}
	_, err = s.Edit(ctx, v, site, id, func(f *press.Form) error {
		old := versions[at].Form
		fields := slices.Clone(old.Fields)
		for _, field := range f.Fields { // what was asked since keeps its answers
			if _, there := old.ByKey(field.Key); !there {
				field.Gone = true
				fields = append(fields, field)
			}
		}
		f.Name, f.Plural, f.Pitch, f.Fields, f.Openness, f.Listed = old.Name, old.Plural, old.Pitch, fields, old.Openness, old.Listed
		origin := f.Origin
		f.FormSettings = old.FormSettings
		f.Origin, f.Away = origin, nil
		return nil
	})
	return err
}
