package forms

import (
	"context"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	upsertVocabulary = `
insert into vocabulary (id, site_id, slug, name)
values ($1, $2, $3, $4)
on conflict (id) do update
set slug = excluded.slug, name = excluded.name`
	deleteTerms = `delete from term where vocabulary_id = $1`
	insertTerm  = `
insert into term (id, vocabulary_id, slug, label, position)
values ($1, $2, $3, $4, $5)`
	vocabularyColumns = `
select id, site_id, slug, name
from vocabulary`
	vocabularyBySlug   = vocabularyColumns + ` where site_id = $1 and slug = $2`
	vocabulariesOfSite = vocabularyColumns + ` where site_id = $1 order by slug`
	termsOfVocabulary  = `
select id, slug, label, position
from term
where vocabulary_id = $1
order by position, slug`
)

// SaveVocabulary keeps a vocabulary and its terms, new or changed.
func (tx Tx) SaveVocabulary(ctx context.Context, v press.Vocabulary) error {
	_, err := rows.Exec(ctx, tx.tx, "save the vocabulary", upsertVocabulary, string(v.ID), string(v.Site), v.Slug, rows.ToJSON(v.Name))
	if err != nil {
		return err
	}
	if _, err := rows.Exec(ctx, tx.tx, "replace the terms", deleteTerms, string(v.ID)); err != nil {
		return err
	}
	for i, t := range v.Terms {
		if _, err := rows.Exec(ctx, tx.tx, "insert a term", insertTerm, string(t.ID), string(v.ID), t.Slug, rows.ToJSON(t.Label), i+1); err != nil {
			return err
		}
	}
	return nil
}

func scanVocabulary(row rows.Scanner) (press.Vocabulary, error) {
	var v press.Vocabulary
	err := row.Scan(&v.ID, &v.Site, &v.Slug, rows.JSON(&v.Name))
	return v, err
}

// VocabularyBySlug finds a site's vocabulary with its terms in order.
func (r Reader) VocabularyBySlug(ctx context.Context, _ press.Viewer, site press.SiteID, slug string) (press.Vocabulary, error) {
	v, err := scanVocabulary(r.q.QueryRowContext(ctx, vocabularyBySlug, string(site), slug))
	if err != nil {
		return v, rows.NotFound("find the vocabulary "+slug, err)
	}
	return v, r.terms(ctx, &v)
}

// Vocabularies lists a site's vocabularies with their terms.
func (r Reader) Vocabularies(ctx context.Context, _ press.Viewer, site press.SiteID) ([]press.Vocabulary, error) {
	all, err := rows.List(ctx, r.q, "list the vocabularies", scanVocabulary, vocabulariesOfSite, string(site))
	for i := range all {
		if err == nil {
			err = r.terms(ctx, &all[i])
		}
	}
	return all, err
}

func (r Reader) terms(ctx context.Context, v *press.Vocabulary) (err error) {
	scan := func(row rows.Scanner) (t press.Term, err error) {
		err = row.Scan(&t.ID, &t.Slug, rows.JSON(&t.Label), &t.Position)
		return t, err
	}
	v.Terms, err = rows.List(ctx, r.q, "list the terms", scan, termsOfVocabulary, string(v.ID))
	return err
}

const (
	insertQuotation = `
insert into quotation (id, site_id, form_id, entry_id, field, words, vocabulary_id, term, made_by, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	dropQuotation    = `delete from quotation where id = $1 and form_id = $2`
	quotationColumns = `
select q.id, q.form_id, q.entry_id, q.field, q.words, v.slug, q.term, q.made_at
from quotation q
join vocabulary v on v.id = q.vocabulary_id`
	quotationsOfForm = quotationColumns + `
join entry e on e.id = q.entry_id
where q.form_id = $1 and (e.status = 'published' or $2)
order by v.slug, q.term, q.made_at`
)

// InsertQuotation keeps a passage gathered under a word.
func (tx Tx) InsertQuotation(ctx context.Context, q press.Quotation, site press.SiteID, vocabulary press.VocabularyID, by press.PersonID) error {
	_, err := rows.Exec(ctx, tx.tx, "gather a passage", insertQuotation, string(q.ID), string(site), string(q.Form), string(q.Entry), q.Field, q.Words,
		string(vocabulary), q.Term, rows.Opt(by), rows.Micros(q.At))
	return err
}

// DropQuotation takes a passage from under its word.
func (tx Tx) DropQuotation(ctx context.Context, form press.FormID, id press.QuotationID) error {
	return rows.Change(ctx, tx.tx, "take a passage away", dropQuotation, string(id), string(form))
}

// Quotations lists the passages gathered from a form's published entries, by
// word; animators of the site find those of others too.
func (r Reader) Quotations(ctx context.Context, v press.Viewer, form press.Form) ([]press.Quotation, error) {
	return rows.List(ctx, r.q, "list the quotations", func(row rows.Scanner) (press.Quotation, error) {
		var q press.Quotation
		err := row.Scan(&q.ID, &q.Form, &q.Entry, &q.Field, &q.Words, &q.Vocabulary, &q.Term, rows.Moment(&q.At))
		return q, err
	}, quotationsOfForm, string(form.ID), v.MaySomewhere(press.Animator, form.Site))
}
