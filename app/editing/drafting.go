package editing

import (
	"context"
	"fmt"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Work is what a writer has on the table.
type Work struct {
	press.Content
	Signing press.Signing
}

func (w Work) tidy(form press.Form, site press.Site) Work {
	w.Answers = form.Tidy(w.Answers)
	if !press.IsLanguage(w.Language) {
		w.Language = site.Language()
	}
	if _, ok := press.LicenceByID(w.Licence); !ok {
		w.Licence = site.Licence
	}
	w.Signing = w.Signing.Tidy()
	return w
}

// Begin keeps the first words of a new contribution. The draft's Token is its
// secret address.
func (ed *Editor) Begin(ctx context.Context, v press.Viewer, site press.Site, form press.Form, w Work) (press.Draft, error) {
	w = w.tidy(form, site)
	w.Answers = form.Steady(v, true, w.Answers, nil)
	now := ed.Now()
	d := press.Draft{
		ID: newID[press.DraftID](), Token: token.New(), Site: site.ID, Form: form.ID, Content: w.Content, Signing: w.Signing,
		Person: v.Person, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	err := ed.Store.Write(ctx, func(tx *store.Tx) error { return tx.InsertDraft(ctx, d, token.Hash(d.Token)) })
	if err != nil {
		return d, fmt.Errorf("begin a draft: %w", err)
	}
	return d, nil
}

// Open finds a draft by its secret, or by its identifier for its own writer.
func (ed *Editor) Open(ctx context.Context, v press.Viewer, key string) (press.Draft, error) {
	return open(ctx, ed.Store.Reader, v, key)
}

func open(ctx context.Context, r store.Reader, v press.Viewer, key string) (press.Draft, error) {
	d, err := r.DraftByToken(ctx, token.Hash(key))
	d.Token = key
	if press.KindOf(err) == press.NotFound {
		d, err = r.Draft(ctx, v, press.DraftID(key))
	}
	if err != nil {
		return d, fmt.Errorf("open the draft: %w", err)
	}
	return d, nil
}

// Save keeps what was typed. version is the draft's when the writer's page was
// made; if somebody saved since, the answer is press.Conflict with the draft
// as it stands, and nothing is overwritten.
func (ed *Editor) Save(ctx context.Context, v press.Viewer, key string, version int, w Work) (press.Draft, error) {
	var d press.Draft
	err := ed.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if d, err = open(ctx, tx.Reader, v, key); err != nil {
			return err
		}
		saved, err := ed.save(ctx, tx, v, d, version, w)
		if err == nil {
			d = saved
		}
		return err
	})
	if err != nil {
		return d, fmt.Errorf("save the draft: %w", err)
	}
	return d, nil
}

func (ed *Editor) save(ctx context.Context, tx *store.Tx, v press.Viewer, d press.Draft, version int, w Work) (press.Draft, error) {
	site, form, err := ed.home(ctx, tx.Reader, d)
	if err != nil {
		return d, err
	}
	w = w.tidy(form, site)
	w.Answers = form.Steady(v, true, w.Answers, d.Answers)
	if d.Version == version { // else the save is stale, and SaveDraft says so
		if err := ed.remember(ctx, tx, d, w); err != nil {
			return d, err
		}
	}
	d.Content, d.Signing, d.Version, d.UpdatedAt = w.Content, w.Signing, version, ed.Now()
	if d.Person == "" {
		d.Person = v.Person
	}
	if err := tx.SaveDraft(ctx, d); err != nil {
		return d, err
	}
	d.Version++
	return d, nil
}

func (ed *Editor) home(ctx context.Context, r store.Reader, d press.Draft) (press.Site, press.Form, error) {
	site, err := r.Site(ctx, press.Itself, d.Site)
	if err != nil {
		return site, press.Form{}, err
	}
	form, err := r.Form(ctx, press.Itself, d.Form)
	return site, form, err
}

// Discard throws a draft away, at its writer's wish.
func (ed *Editor) Discard(ctx context.Context, v press.Viewer, key string) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		d, err := open(ctx, tx.Reader, v, key)
		if err != nil {
			return err
		}
		return tx.DeleteDraft(ctx, d.ID)
	})
	if err != nil {
		return fmt.Errorf("discard the draft: %w", err)
	}
	return nil
}

// MailLink sends the writer the address of their draft, to go on elsewhere.
// The draft keeps the secret it has: key must be it.
func (ed *Editor) MailLink(ctx context.Context, key, email string) error {
	var c press.Checks
	email = press.FoldEmail(email)
	if press.CheckEmail(&c, "email", email); c.Err() != nil {
		return c.Err()
	}
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		d, err := tx.DraftByToken(ctx, token.Hash(key))
		if err != nil {
			return err
		}
		_, form, err := ed.home(ctx, tx.Reader, d)
		if err != nil {
			return err
		}
		return ed.Post(ctx, tx, press.Mail{
			Kind: press.MailDraft, To: email, Language: d.Language, Site: d.Site,
			Data: map[string]string{"token": key, "title": form.Title(d.Answers)},
		})
	})
	if err != nil {
		return fmt.Errorf("mail the draft's link: %w", err)
	}
	return nil
}

// Revise gives the viewer a working copy of an entry that is theirs, or that
// they may correct: the one they left unfinished, or a new one.
func (ed *Editor) Revise(ctx context.Context, v press.Viewer, id press.EntryID) (press.Draft, error) {
	var d press.Draft
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.Entry(ctx, v, id)
		if err != nil {
			return err
		}
		if !v.Owns(e) && !v.May(press.Animator, e.Site, e.Section) {
			return forbidden()
		}
		if d, err = tx.DraftOfEntry(ctx, v, id); press.KindOf(err) != press.NotFound {
			return err
		}
		now := ed.Now()
		d = press.Draft{
			ID: newID[press.DraftID](), Site: e.Site, Form: e.Form, Entry: e.ID, Base: e.Revision, Content: e.Content,
			Person: v.Person, Version: 1, CreatedAt: now, UpdatedAt: now,
		}
		return tx.InsertDraft(ctx, d, token.Hash(token.New()))
	})
	if err != nil {
		return d, fmt.Errorf("revise the entry: %w", err)
	}
	return d, nil
}

// Preview is a draft as it will be read, without credits: nobody signed yet.
func (ed *Editor) Preview(ctx context.Context, v press.Viewer, d press.Draft) (press.Entry, error) {
	e := press.Entry{Site: d.Site, Form: d.Form, Content: d.Content}
	form, err := ed.Store.Form(ctx, v, d.Form)
	if err != nil {
		return e, fmt.Errorf("preview: %w", err)
	}
	if err := ed.render(ctx, ed.Store.Reader, form, &e); err != nil {
		return e, fmt.Errorf("preview: %w", err)
	}
	if e.Pictures, err = ed.Store.MediaOf(ctx, v, form.Pictures(d.Answers)); err != nil { // its attachments come with its rendering
		return e, fmt.Errorf("preview: %w", err)
	}
	return e, nil
}
