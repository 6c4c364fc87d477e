package editing

import (
	"context"
	"fmt"

	"bourgeon/press"
	"bourgeon/store"
)

// Signed is what became of a contribution once signed or confirmed.
type Signed struct {
	Entry press.Entry
	// Challenge is set when the writer's address must be confirmed first.
	Challenge press.Challenge
}

// Sign turns a draft into an entry. A writer who is signed in sees it proposed
// or published at once; another gets a link and a code by mail, and the entry
// waits for them. Faults come back by field, and the draft keeps everything.
func (ed *Editor) Sign(ctx context.Context, v press.Viewer, key string, version int, s press.Signing) (Signed, error) {
	var out Signed
	s = s.Tidy()
	// What was typed is kept first, on its own: no fault below loses it.
	d, err := ed.keepSigning(ctx, v, key, version, s)
	if err != nil {
		return out, fmt.Errorf("sign: %w", err)
	}
	err = ed.Store.Write(ctx, func(tx *store.Tx) error {
		out = Signed{}
		site, form, err := ed.home(ctx, tx.Reader, d)
		if err != nil {
			return err
		}
		if err := ready(ctx, tx.Reader, v, site, form, d); err != nil {
			return err
		}
		writer, err := ed.writer(ctx, tx, v, d)
		if err != nil {
			return err
		}
		e, err := ed.found(ctx, tx, site, form, d, writer)
		if err != nil {
			return err
		}
		if v.Known() {
			if err := tx.EndDraft(ctx, d); err != nil {
				return err
			}
			out.Entry, err = ed.settle(ctx, tx, v, site, form, e)
			return err
		}
		out.Entry = e
		d.Entry = e.ID
		if err := tx.SaveDraft(ctx, d); err != nil {
			return err
		}
		out.Challenge, err = ed.Challenge(ctx, tx, press.Challenge{
			Purpose: press.ForConfirm, Email: writer.Email, Person: writer.ID, Entry: e.ID, Site: site.ID,
		}, e.Title, e.Language)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("sign: %w", err)
	}
	return out, nil
}

func (ed *Editor) keepSigning(ctx context.Context, v press.Viewer, key string, version int, s press.Signing) (press.Draft, error) {
	d, err := ed.Open(ctx, v, key)
	if err != nil {
		return d, err
	}
	return ed.Save(ctx, v, key, version, Work{d.Content, s})
}

// ready finds what must be mended before a draft can be signed.
func ready(ctx context.Context, r store.Reader, v press.Viewer, site press.Site, form press.Form, d press.Draft) error {
	if !site.ClosedAt.IsZero() {
		return press.Problem(press.Gone, "This site is closed.")
	}
	if form.Version == 0 || !form.BinnedAt.IsZero() {
		return press.Problem(press.Gone, "This form isn’t open: your draft is kept.")
	}
	if openness(site, form) == press.Members && !v.MaySomewhere(press.Contributor, site.ID) {
		return press.Problem(press.Forbidden, "Only the people of this site write here. Your draft is kept: ask its animators for an invitation.")
	}
	if form.BuiltIn == "page" && !v.MaySomewhere(press.Animator, site.ID) {
		return forbidden()
	}
	if err := form.CheckContent(d.Content); err != nil {
		return err
	}
	if err := checkSection(ctx, r, site.ID, d.Section); err != nil {
		return err
	}
	return d.Signing.Check(v.Known())
}

func openness(site press.Site, form press.Form) press.Openness {
	if form.Openness != "" {
		return form.Openness
	}
	return site.Openness
}

// writer finds who signs: the one signed in, or the holder of the address,
// known from before or kept as unconfirmed.
func (ed *Editor) writer(ctx context.Context, tx *store.Tx, v press.Viewer, d press.Draft) (press.Person, error) {
	if v.Known() {
		return tx.Person(ctx, press.Itself, v.Person)
	}
	return ed.Holder(ctx, tx, d.Signing.Email, d.Signing.OwnName(), d.Language)
}

// Holder finds the holder of an address, or keeps them as unconfirmed.
func (ed *Editor) Holder(ctx context.Context, tx *store.Tx, email, name, language string) (press.Person, error) {
	p, err := tx.PersonByEmail(ctx, press.Itself, email)
	if press.KindOf(err) != press.NotFound {
		return p, err
	}
	if !press.KnownLanguage(language) {
		language = press.Languages[0]
	}
	p = press.Person{ID: newID[press.PersonID](), Email: email, Name: name, Language: language, CreatedAt: ed.Now()}
	return p, tx.SavePerson(ctx, p)
}

// found makes the entry of a draft, or makes it anew while it is not confirmed.
func (ed *Editor) found(ctx context.Context, tx *store.Tx, site press.Site, form press.Form, d press.Draft, writer press.Person) (press.Entry, error) {
	now := ed.Now()
	e := press.Entry{
		ID: newID[press.EntryID](), Site: site.ID, Form: form.ID, Status: press.Drafted, Revision: 1, Content: d.Content,
		Provenance: d.Signing.Source, CreatedBy: writer.ID, CreatedAt: now, UpdatedAt: now,
	}
	again := d.Entry != ""
	if again {
		before, err := tx.EntryToChange(ctx, d.Entry)
		if err != nil {
			return e, err
		}
		if before.Status != press.Drafted {
			return e, press.Problem(press.Conflict, "This contribution was confirmed meanwhile: find it among yours.")
		}
		e.ID, e.CreatedAt, e.Revision = before.ID, before.CreatedAt, before.Revision
		if before.CreatedBy != writer.ID {
			if err := tx.EntrustEntry(ctx, before, writer.ID); err != nil {
				return e, err
			}
		}
	}
	credits, err := ed.credits(ctx, tx, d.Signing, writer.ID, d.Language)
	if err != nil {
		return e, err
	}
	e.Credits = credits
	if err := creditMedia(ctx, tx, form, d, nameOf(writer.ID, credits)); err != nil {
		return e, err
	}
	if err := ed.render(ctx, tx.Reader, form, &e); err != nil {
		return e, err
	}
	if e.Slug, err = ed.address(ctx, tx, e, e.Title); err != nil {
		return e, err
	}
	if !again {
		if err := tx.InsertEntry(ctx, e); err != nil {
			return e, err
		}
	} else if e.Revision, err = tx.NextRevision(ctx, e.ID); err != nil {
		return e, err
	}
	err = tx.InsertRevision(ctx, press.Revision{
		Entry: e.ID, Number: e.Revision, Content: e.Content, Kind: press.Created, State: press.Kept, MadeBy: writer.ID, MadeAt: now,
	})
	if err != nil {
		return e, err
	}
	if err := tx.ReplaceCredits(ctx, e.ID, credits); err != nil {
		return e, err
	}
	if err := ed.keep(ctx, tx, form, &e); err != nil {
		return e, err
	}
	return tx.Entry(ctx, press.Itself, e.ID)
}

// Confirm ends the waiting of an entry whose writer has just proved their
// address: it is proposed or published, by the site's openness. Confirming
// twice does nothing more.
func (ed *Editor) Confirm(ctx context.Context, v press.Viewer, id press.EntryID) (press.Entry, error) {
	var out press.Entry
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.EntryToChange(ctx, id)
		if err != nil {
			return err
		}
		out = e
		if !v.Known() || e.CreatedBy != v.Person {
			return missing()
		}
		if e.Status != press.Drafted {
			return nil
		}
		site, err := tx.Site(ctx, press.Itself, e.Site)
		if err != nil {
			return err
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		if err := leaveDrafts(ctx, tx, v, e); err != nil {
			return err
		}
		out, err = ed.settle(ctx, tx, v, site, form, e)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("confirm the entry: %w", err)
	}
	return out, nil
}

// leaveDrafts forgets the drafts of an entry just confirmed, but for those in
// which its writer went on after signing: they become working copies.
func leaveDrafts(ctx context.Context, tx *store.Tx, v press.Viewer, e press.Entry) error {
	drafts, err := tx.DraftsOf(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.Content.Equal(e.Content) {
			err = tx.EndDraft(ctx, d)
		} else {
			d.Base, d.Person = e.Revision, v.Person
			err = tx.SaveDraft(ctx, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settle decides, by openness and trust, whether a confirmed contribution
// appears at once or is read before.
func (ed *Editor) settle(ctx context.Context, tx *store.Tx, v press.Viewer, site press.Site, form press.Form, e press.Entry) (press.Entry, error) {
	if err := introduce(ctx, tx, e); err != nil {
		return e, err
	}
	trusted := v.May(press.Animator, site.ID, e.Section)
	switch openness(site, form) {
	case press.Open:
		trusted = true
	case press.Members:
		trusted = trusted || v.MaySomewhere(press.Contributor, site.ID)
	case press.First:
		accepted, err := tx.PublishedBy(ctx, v.Person, e.ID, "")
		if err != nil {
			return e, err
		}
		trusted = trusted || accepted > 0 || v.MaySomewhere(press.Contributor, site.ID)
	}
	e.ProposedAt = ed.Now()
	if trusted {
		return ed.publish(ctx, tx, form, e, v.Person, "")
	}
	e.Status = press.Proposed
	if err := ed.keep(ctx, tx, form, &e); err != nil {
		return e, err
	}
	return e, tx.Emit(ctx, newEvent(press.EntryProposed, e, v.Person, "", e.ProposedAt))
}

// publish makes an entry public, and its writer one of the site's.
func (ed *Editor) publish(ctx context.Context, tx *store.Tx, form press.Form, e press.Entry, actor press.PersonID, reason string) (press.Entry, error) {
	now := ed.Now()
	e.Status, e.Binned = press.Published, ""
	if e.PublishedAt.IsZero() {
		e.PublishedAt = now
		slug, err := ed.address(ctx, tx, e, e.Title)
		if err != nil {
			return e, err
		}
		e.Slug = slug
		if e.Debut, err = debut(ctx, tx, e); err != nil {
			return e, err
		}
	}
	if err := ed.keep(ctx, tx, form, &e); err != nil {
		return e, err
	}
	if err := ed.welcome(ctx, tx, e, actor); err != nil {
		return e, err
	}
	if err := tx.Touch(ctx, e.Site); err != nil {
		return e, err
	}
	event := newEvent(press.EntryPublished, e, actor, reason, now)
	if e.Debut {
		event.Data["debut"] = "yes"
	}
	return e, tx.Emit(ctx, event)
}
