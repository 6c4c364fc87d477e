package editing

import (
	"context"
	"fmt"
	"strings"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Translate begins the translation of a published entry: a draft of the same
// form, its pictures with it, its words to be written anew. It is a translation
// of the original, even when begun from another translation. press.Conflict
// when one in that language is published.
func (ed *Editor) Translate(ctx context.Context, v press.Viewer, id press.EntryID, language string) (press.Draft, error) {
	var d press.Draft
	if !press.IsLanguage(language) {
		return d, invalid("language", "Choose a language.")
	}
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := original(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		if err := ed.mayTranslate(ctx, tx.Reader, v, e, language); err != nil {
			return err
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		now := ed.Now()
		d = press.Draft{
			ID: newID[press.DraftID](), Token: token.New(), Site: e.Site, Form: e.Form, Content: press.Content{
				Answers: press.Answers{}, Section: e.Section, Tags: e.Tags, Language: language, Licence: e.Licence,
			},
			Signing: press.Signing{Source: press.Provenance{
				Kind: press.Translated, Title: e.Title, URL: ed.Addresses.Entry(e), Author: authors(e), Licence: e.Licence, Entry: e.ID, Revision: e.Revision,
			}},
			Person: v.Person, Version: 1, CreatedAt: now, UpdatedAt: now,
		}
		for _, field := range form.Fields {
			if field.Kind.Media() && len(e.Answers[field.Key]) > 0 {
				d.Answers[field.Key] = e.Answers[field.Key]
			}
		}
		return tx.InsertDraft(ctx, d, token.Hash(d.Token))
	})
	if err != nil {
		return d, fmt.Errorf("translate %s: %w", id, err)
	}
	return d, nil
}

// original is the published entry that a translation is of, or the entry itself.
func original(ctx context.Context, r store.Reader, v press.Viewer, id press.EntryID) (press.Entry, error) {
	e, err := r.Entry(ctx, v, id)
	if err != nil {
		return e, err
	}
	if e.Status != press.Published {
		return e, missing()
	}
	if e.Provenance.Kind != press.Translated || e.Provenance.Entry == "" {
		return e, nil
	}
	first, err := r.Entry(ctx, v, e.Provenance.Entry)
	if err == nil && first.Status == press.Published && first.Site == e.Site {
		return first, nil
	}
	return e, nil
}

func (ed *Editor) mayTranslate(ctx context.Context, r store.Reader, v press.Viewer, e press.Entry, language string) error {
	if language == e.Language {
		return invalid("language", "The text is in that language already.")
	}
	if licence, ok := press.LicenceByID(e.Licence); (!ok || !licence.Adapt) && !v.Owns(e) {
		return press.Problem(press.Forbidden, "Its licence doesn’t let texts be translated: ask its authors first.")
	}
	others, err := r.Translations(ctx, v, e)
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.Language == language {
			return invalid("language", "There is a translation into that language: propose to improve it.")
		}
	}
	return nil
}

// authors are the names of those who wrote an entry, "" where they signed without one.
func authors(e press.Entry) string {
	var names []string
	for _, c := range e.Authors() {
		if !c.Anonymous() {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

func invalid(field, message string) error {
	var c press.Checks
	c.Fault(field, message)
	return c.Err()
}

// ofTranslation credits the authors of the original as they signed it, and as
// translators those who sign the translation. Who wrote an original has no say
// in a translation by that.
func ofTranslation(ctx context.Context, tx *store.Tx, source press.Provenance, wanted []press.Credit) ([]press.Credit, error) {
	e, err := tx.Entry(ctx, press.Itself, source.Entry)
	if err != nil {
		return nil, err
	}
	var all []press.Credit
	for _, c := range e.Credits {
		if c.Role == press.Author || c.Role == press.Scribe {
			c.ID, c.Person = newID[press.CreditID](), ""
			all = append(all, c)
		}
	}
	for _, c := range wanted {
		if c.Role == press.Author {
			c.Role = press.Translator
		}
		all = append(all, c)
	}
	return all, nil
}

// followOriginal notes that a translation was changed in view of its original
// as it stands, which stood beside it.
func followOriginal(ctx context.Context, tx *store.Tx, e *press.Entry) error {
	if e.Provenance.Kind != press.Translated || e.Provenance.Entry == "" {
		return nil
	}
	source, err := tx.Entry(ctx, press.Viewer{}, e.Provenance.Entry)
	switch kind := press.KindOf(err); {
	case kind == press.NotFound || kind == press.Gone:
		return nil
	case err != nil:
		return err
	}
	e.Provenance.Revision = source.Revision
	return nil
}
