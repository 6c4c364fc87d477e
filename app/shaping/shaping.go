// Package shaping holds the verbs of forms: making one from a model, a file or
// another site's, changing its questions, publishing the change without losing
// an answer, binning and recovering; the words of vocabularies, and passages
// gathered under them.
//
// Animators do them. A form is changed on a draft of it, which Publish makes
// the form once what becomes of the answers was told: see publishing.go.
//
// Start with beginning.go.
package shaping

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// Shaper does the verbs. All fields are needed.
type Shaper struct {
	Store *store.Store
	Now   func() time.Time
	// Reshape keeps an entry whose answers were read anew: editing.Editor.Reshape.
	Reshape   func(ctx context.Context, tx *store.Tx, form press.Form, e press.Entry, by press.PersonID) error
	Addresses press.Addresses
	// Fetch reads the file of a form at an address of another network.
	Fetch func(ctx context.Context, address string) ([]byte, error)
}

func newID[T ~string]() T { return T(ids.New()) }

func forbidden() error {
	return press.Problem(press.Forbidden, "Only the site’s animators change its forms.")
}

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// held is a form of a site for somebody who may change it.
func held(ctx context.Context, tx *store.Tx, v press.Viewer, site press.SiteID, id press.FormID) (press.Form, error) {
	f, err := tx.Form(ctx, press.Itself, id)
	if err != nil {
		return f, err
	}
	if f.Site != site {
		return f, missing()
	}
	if !v.May(press.Animator, site, "") {
		return f, forbidden()
	}
	return f, nil
}

// change runs a verb on a form.
func (s *Shaper) change(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, what string, f func(*store.Tx, press.Form) error) error {
	err := s.Store.Write(ctx, func(tx *store.Tx) error {
		form, err := held(ctx, tx, v, site, id)
		if err != nil {
			return err
		}
		return f(tx, form)
	})
	if err != nil {
		return fmt.Errorf("%s form %s: %w", what, id, err)
	}
	return nil
}

func (s *Shaper) emit(ctx context.Context, tx *store.Tx, kind press.EventKind, v press.Viewer, form press.Form) error {
	return tx.Emit(ctx, press.Event{
		Kind: kind, Site: form.Site, Actor: v.Person, At: s.Now(), Data: map[string]string{"form": string(form.ID)},
	})
}

const maxSlug = 60

// free finds an address that no form of the site has, in the bin or not.
func free(ctx context.Context, tx *store.Tx, site press.SiteID, want string, except press.FormID) (string, error) {
	all, err := tx.FormsEver(ctx, press.Itself, site)
	if err != nil {
		return "", err
	}
	want = slug.Make(want, maxSlug)
	if want == "" {
		want = "formulaire"
	}
	taken := func(s string) bool {
		return slices.Contains(press.ReservedForms, s) ||
			slices.ContainsFunc(all, func(f press.Form) bool { return f.ID != except && f.Slug == s })
	}
	at := want
	for n := 2; taken(at); n++ {
		at = fmt.Sprintf("%s-%d", want, n)
	}
	return at, nil
}

// Order moves a form up or down among the site's.
func (s *Shaper) Order(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID, down bool) error {
	return s.change(ctx, v, site, id, "move", func(tx *store.Tx, form press.Form) error {
		all, err := tx.Forms(ctx, press.Itself, site)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(f press.Form) bool { return f.ID == id })
		other := at - 1
		if down {
			other = at + 1
		}
		if at < 0 || other < 0 || other >= len(all) {
			return nil
		}
		all[at], all[other] = all[other], all[at]
		for i, f := range all {
			if f.Position = i + 1; f.ID != "" {
				if err := tx.UpdateForm(ctx, f); err != nil {
					return err
				}
			}
		}
		return tx.Touch(ctx, site)
	})
}

// Bin puts a form away with its entries; Recover brings all back.
func (s *Shaper) Bin(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID) error {
	return s.change(ctx, v, site, id, "bin", func(tx *store.Tx, form press.Form) error {
		if form.BuiltIn != "" {
			return press.Problem(press.Invalid, "Articles, briefs and pages belong to every site: take them out of what is offered instead.")
		}
		if !form.BinnedAt.IsZero() {
			return nil
		}
		form.BinnedAt = s.Now()
		form.Away = nil
		ids, err := tx.StaleForm(ctx, id)
		if err != nil {
			return err
		}
		for _, entry := range ids {
			e, err := tx.EntryToChange(ctx, entry)
			if err != nil {
				return err
			}
			if e.Status == press.Binned || !e.Status.MayBecome(press.Binned) {
				continue
			}
			e.Binned, e.Status = e.Status, press.Binned
			form.Away = append(form.Away, e.ID)
			if err := tx.UpdateEntry(ctx, e); err != nil {
				return err
			}
		}
		if err := tx.UpdateForm(ctx, form); err != nil {
			return err
		}
		if err := tx.Touch(ctx, site); err != nil {
			return err
		}
		return s.emit(ctx, tx, press.FormBinned, v, form)
	})
}

// Recover brings a form and the entries that went with it back.
func (s *Shaper) Recover(ctx context.Context, v press.Viewer, site press.SiteID, id press.FormID) error {
	return s.change(ctx, v, site, id, "recover", func(tx *store.Tx, form press.Form) error {
		if form.BinnedAt.IsZero() {
			return nil
		}
		for _, entry := range form.Away {
			e, err := tx.EntryToChange(ctx, entry)
			if err != nil {
				return err
			}
			if e.Status != press.Binned {
				continue
			}
			e.Status, e.Binned = e.Binned, ""
			if err := tx.UpdateEntry(ctx, e); err != nil {
				return err
			}
		}
		form.BinnedAt, form.Away = time.Time{}, nil
		if err := tx.UpdateForm(ctx, form); err != nil {
			return err
		}
		if err := tx.Touch(ctx, site); err != nil {
			return err
		}
		return s.emit(ctx, tx, press.FormRecovered, v, form)
	})
}
