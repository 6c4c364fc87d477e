package forms

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const formColumns = `
select f.id, f.site_id, f.slug, f.built_in, f.name, f.plural, f.pitch, f.fields, f.openness, coalesce(f.talk, ''),
  f.position, f.listed, f.version, f.settings, f.binned_at
from form f`

const (
	formByID    = formColumns + ` where f.id = $1`
	formBySlug  = formColumns + ` where f.site_id = $1 and f.slug = $2 and f.binned_at = 0`
	formsOfSite = formColumns + ` where f.site_id = $1 and f.binned_at = 0 order by f.position, f.slug`
	formsEver   = formColumns + ` where f.site_id = $1 order by f.binned_at, f.position, f.slug`
)

func scanForm(row rows.Scanner) (press.Form, error) {
	var f press.Form
	err := row.Scan(&f.ID, &f.Site, &f.Slug, &f.BuiltIn, rows.JSON(&f.Name), rows.JSON(&f.Plural), rows.JSON(&f.Pitch),
		rows.JSON(&f.Fields), &f.Openness, &f.Talk, &f.Position, &f.Listed, &f.Version, rows.JSON(&f.FormSettings), rows.Moment(&f.BinnedAt))
	return f, err
}

// Form finds a form, in the bin too.
func (r Reader) Form(ctx context.Context, _ press.Viewer, id press.FormID) (press.Form, error) {
	f, err := scanForm(r.q.QueryRowContext(ctx, formByID, string(id)))
	if err != nil {
		return f, rows.NotFound("find the form", err)
	}
	return f, r.fill(ctx, &f)
}

// FormBySlug finds a site's form by its segment in addresses.
func (r Reader) FormBySlug(ctx context.Context, _ press.Viewer, site press.SiteID, slug string) (press.Form, error) {
	f, err := scanForm(r.q.QueryRowContext(ctx, formBySlug, string(site), slug))
	if err != nil {
		return f, rows.NotFound("find the form "+slug, err)
	}
	return f, r.fill(ctx, &f)
}

// Forms lists a site's forms in their order.
func (r Reader) Forms(ctx context.Context, _ press.Viewer, site press.SiteID) ([]press.Form, error) {
	return r.list(ctx, formsOfSite, site)
}

// FormsEver is Forms with those in the bin, last.
func (r Reader) FormsEver(ctx context.Context, _ press.Viewer, site press.SiteID) ([]press.Form, error) {
	return r.list(ctx, formsEver, site)
}

func (r Reader) list(ctx context.Context, query string, site press.SiteID) ([]press.Form, error) {
	all, err := rows.List(ctx, r.q, "list the forms", scanForm, query, string(site))
	for i := range all {
		if err == nil {
			err = r.fill(ctx, &all[i])
		}
	}
	return all, err
}

// fill gives fields that choose from a vocabulary its terms as options. Words
// that are no longer in it stay as the field has them, no longer offered.
func (r Reader) fill(ctx context.Context, f *press.Form) error {
	for i, field := range f.Fields {
		if field.Vocabulary == "" {
			continue
		}
		v, err := r.VocabularyBySlug(ctx, press.Itself, f.Site, field.Vocabulary)
		if press.KindOf(err) == press.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		f.Fields[i].Options = v.Options(field.Options)
	}
	return nil
}

const insertForm = `
insert into form (id, site_id, slug, built_in, name, plural, pitch, fields, openness, talk, position, listed, version,
  settings, hidden, binned_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`

const updateForm = `
update form
set slug = $3, built_in = $4, name = $5, plural = $6, pitch = $7, fields = $8, openness = $9, talk = $10, position = $11,
  listed = $12, version = $13, settings = $14, hidden = $15, binned_at = $16
where id = $1 and site_id = $2`

func formValues(f press.Form) []any {
	return []any{
		string(f.ID), string(f.Site), f.Slug, f.BuiltIn, rows.ToJSON(f.Name), rows.ToJSON(f.Plural), rows.ToJSON(f.Pitch),
		rows.ToJSON(f.Fields), string(f.Openness), rows.Opt(f.Talk), f.Position, f.Listed, f.Version, rows.ToJSON(f.FormSettings),
		rows.ToJSON(f.Hidden()), rows.Micros(f.BinnedAt),
	}
}

// InsertForm keeps a new form.
func (tx Tx) InsertForm(ctx context.Context, f press.Form) error {
	_, err := rows.Exec(ctx, tx.tx, "insert the form", insertForm, formValues(f)...)
	return err
}

// UpdateForm keeps a form changed. What is known of its entries follows with store.Tx.StaleForm.
func (tx Tx) UpdateForm(ctx context.Context, f press.Form) error {
	return rows.Change(ctx, tx.tx, "update the form", updateForm, formValues(f)...)
}

const setFormTalk = `update form set talk = $2 where id = $1`

// SetFormTalk says how one talks under the entries of a form; "" follows its site.
func (tx Tx) SetFormTalk(ctx context.Context, id press.FormID, talk press.Talk) error {
	return rows.Change(ctx, tx.tx, "set the form's talk", setFormTalk, string(id), rows.Opt(talk))
}

const (
	insertFormVersion = `
insert into form_version (form_id, number, form, made_by, made_at)
values ($1, $2, $3, $4, $5)
on conflict (form_id, number) do nothing`
	formVersions = `
select v.form_id, v.number, v.form, coalesce(p.name, ''), v.made_at
from form_version v
left join person p on p.id = v.made_by
where v.form_id = $1
order by v.number desc`
)

// InsertFormVersion keeps a form as it is, under its version's number.
func (tx Tx) InsertFormVersion(ctx context.Context, f press.Form, by press.PersonID, at time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "keep the form's version", insertFormVersion, string(f.ID), f.Version, rows.ToJSON(f), rows.Opt(by), rows.Micros(at))
	return err
}

// FormVersions lists the states that a form had, newest first.
func (r Reader) FormVersions(ctx context.Context, _ press.Viewer, id press.FormID) ([]press.FormVersion, error) {
	return rows.List(ctx, r.q, "list the form's versions", func(row rows.Scanner) (press.FormVersion, error) {
		var v press.FormVersion
		var of press.FormID
		var number int
		err := row.Scan(&of, &number, rows.JSON(&v.Form), &v.By, rows.Moment(&v.At))
		v.ID, v.Version = of, number
		return v, err
	}, formVersions, string(id))
}

const (
	formDraft = `select form, version from form_draft where form_id = $1`
	saveDraft = `
insert into form_draft (form_id, form, version, made_by, updated_at)
values ($1, $2, 1, $3, $4)
on conflict (form_id) do update
set form = excluded.form, version = form_draft.version + 1, made_by = excluded.made_by, updated_at = excluded.updated_at`
	dropDraft = `delete from form_draft where form_id = $1`
)

// FormDraft finds a form as somebody goes on changing it, for animators; its
// draft's number tells whether it is as one saw it. It is NotFound where nothing is changed.
func (r Reader) FormDraft(ctx context.Context, v press.Viewer, id press.FormID) (press.Form, int, error) {
	var f press.Form
	var version int
	if err := r.q.QueryRowContext(ctx, formDraft, string(id)).Scan(rows.JSON(&f), &version); err != nil {
		return f, 0, rows.NotFound("find the form's draft", err)
	}
	if !v.MaySomewhere(press.Animator, f.Site) {
		return press.Form{}, 0, rows.Missing()
	}
	return f, version, r.fill(ctx, &f)
}

// SaveFormDraft keeps a form as somebody goes on changing it.
func (tx Tx) SaveFormDraft(ctx context.Context, f press.Form, by press.PersonID, at time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "save the form's draft", saveDraft, string(f.ID), rows.ToJSON(f), rows.Opt(by), rows.Micros(at))
	return err
}

// DropFormDraft forgets what was being changed.
func (tx Tx) DropFormDraft(ctx context.Context, id press.FormID) error {
	_, err := rows.Exec(ctx, tx.tx, "drop the form's draft", dropDraft, string(id))
	return err
}
