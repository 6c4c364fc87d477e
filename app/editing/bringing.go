package editing

import (
	"context"
	"maps"
	"slices"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// Bring keeps a line of a table as a published contribution, in the importer's
// transaction: a new one, or an earlier one brought up to date, of which the
// answers that the table doesn't speak of stay. An entry that says the same is left alone.
func (ed *Editor) Bring(ctx context.Context, tx *store.Tx, v press.Viewer, form press.Form, b press.Brought) (press.Entry, error) {
	if !v.May(press.Animator, form.Site, "") {
		return press.Entry{}, forbidden()
	}
	if b.Again != "" {
		return ed.bringAgain(ctx, tx, v, form, b)
	}
	now := ed.Now()
	site, err := tx.Site(ctx, press.Itself, form.Site)
	if err != nil {
		return press.Entry{}, err
	}
	e := press.Entry{
		ID: newID[press.EntryID](), Site: site.ID, Form: form.ID, Status: press.Published, Revision: 1, Content: b.Content,
		CreatedBy: v.Person, CreatedAt: now, UpdatedAt: now, ProposedAt: now, PublishedAt: now,
	}
	if !b.Published.IsZero() && b.Published.Before(now) {
		e.PublishedAt = b.Published
	}
	author := press.Credit{Role: press.Author, Kind: press.SignOrganisation, Name: site.Name}
	if b.Author != "" {
		author = press.Credit{Role: press.Author, Kind: press.SignName, Name: b.Author}
	}
	credit, err := ed.Credited(ctx, tx, author)
	if err != nil {
		return e, err
	}
	e.Credits = []press.Credit{credit}
	if err := ed.render(ctx, tx.Reader, form, &e); err != nil {
		return e, err
	}
	if e.Slug, err = ed.address(ctx, tx, e, e.Title); err != nil {
		return e, err
	}
	if err := tx.InsertEntry(ctx, e); err != nil {
		return e, err
	}
	err = tx.InsertRevision(ctx, press.Revision{
		Entry: e.ID, Number: 1, Content: e.Content, Kind: press.Created, State: press.Kept, MadeBy: v.Person, MadeAt: now,
	})
	if err != nil {
		return e, err
	}
	if err := tx.ReplaceCredits(ctx, e.ID, e.Credits); err != nil {
		return e, err
	}
	return e, ed.keep(ctx, tx, form, &e)
}

func (ed *Editor) bringAgain(ctx context.Context, tx *store.Tx, v press.Viewer, form press.Form, b press.Brought) (press.Entry, error) {
	e, err := tx.EntryToChange(ctx, b.Again)
	if err != nil || e.Form != form.ID {
		return e, firstOf(err, missing())
	}
	content := e.Content
	content.Answers = maps.Clone(e.Answers)
	for _, key := range b.Fields {
		if field, ok := form.ByKey(key); ok && field.Kind == press.Pictures {
			continue // fetched once: their addresses say nothing of what changed
		}
		if answer, given := b.Answers[key]; given {
			content.Answers[key] = answer
		}
	}
	if len(b.Tags) > 0 {
		content.Tags = b.Tags
	}
	content.Answers = form.Tidy(content.Answers)
	if content.Equal(e.Content) {
		return e, nil
	}
	number, err := tx.NextRevision(ctx, e.ID)
	if err != nil {
		return e, err
	}
	rev := press.Revision{
		Entry: e.ID, Number: number, Content: content, Kind: press.Corrected, Base: e.Revision, State: press.Kept, MadeBy: v.Person, MadeAt: ed.Now(),
	}
	if err := tx.InsertRevision(ctx, rev); err != nil {
		return e, err
	}
	return ed.apply(ctx, tx, form, e, rev)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TakeBack undoes what Bring did: an entry made goes to the bin, one brought up
// to date is again as its revision before was. What somebody changed since stays
// as they made it.
func (ed *Editor) TakeBack(ctx context.Context, tx *store.Tx, v press.Viewer, id press.EntryID, before int) error {
	e, err := tx.EntryToChange(ctx, id)
	if press.KindOf(err) == press.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if !v.May(press.Animator, e.Site, "") {
		return forbidden()
	}
	form, err := tx.Form(ctx, press.Itself, e.Form)
	if err != nil {
		return err
	}
	if before == 0 {
		if !e.Status.MayBecome(press.Binned) {
			return nil
		}
		e.Binned, e.Status, e.FeaturedAt = e.Status, press.Binned, time.Time{}
		return ed.keep(ctx, tx, form, &e)
	}
	rev, err := tx.Revision(ctx, press.Itself, id, before)
	if err != nil || e.Revision != before+1 {
		return err
	}
	if slices.Contains([]press.Status{press.Binned, press.Withdrawn}, e.Status) {
		return nil
	}
	number, err := tx.NextRevision(ctx, id)
	if err != nil {
		return err
	}
	rev.Number, rev.Kind, rev.Base, rev.MadeBy, rev.MadeAt, rev.State, rev.Note = number, press.Restored, e.Revision, v.Person, ed.Now(), press.Kept, ""
	if err := tx.InsertRevision(ctx, rev); err != nil {
		return err
	}
	_, err = ed.apply(ctx, tx, form, e, rev)
	return err
}
