package forms

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	importColumns = `
select i.id, i.form_id, i.site_id, i.name, i.content, i.state, i.done, coalesce(i.made_by, ''), i.made_at, i.updated_at
from form_import i`
	importByID    = importColumns + ` where i.id = $1`
	importsOfForm = `
select i.id, i.form_id, i.site_id, i.name, '{}', i.state, i.done, coalesce(i.made_by, ''), i.made_at, i.updated_at
from form_import i
where i.form_id = $1
order by i.made_at desc
limit 50`
	upsertImport = `
insert into form_import (id, form_id, site_id, name, content, state, done, made_by, made_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (id) do update
set content = excluded.content, state = excluded.state, done = excluded.done, updated_at = excluded.updated_at`
	progress  = `update form_import set done = $2, updated_at = $3 where id = $1`
	settle    = `update form_import set state = $2, updated_at = $3 where id = $1 and state = $4`
	keepLine  = `insert into import_line (import_id, line, entry_id, before) values ($1, $2, $3, $4) on conflict (import_id, line) do nothing`
	linesOf   = `select line, entry_id, before from import_line where import_id = $1 order by line desc`
	upsertKey = `
insert into import_key (form_id, folded, entry_id)
values ($1, $2, $3)
on conflict (form_id, folded) do update
set entry_id = excluded.entry_id`
	keysOfForm = `select folded, entry_id from import_key where form_id = $1`
)

func scanImport(row rows.Scanner) (press.Import, error) {
	var i press.Import
	err := row.Scan(&i.ID, &i.Form, &i.Site, &i.Name, rows.JSON(&i.ImportContent), &i.State, &i.Done, &i.By, rows.Moment(&i.At), rows.Moment(&i.UpdatedAt))
	return i, err
}

// Import finds a table brought in, for the site's animators.
func (r Reader) Import(ctx context.Context, v press.Viewer, id press.ImportID) (press.Import, error) {
	i, err := scanImport(r.q.QueryRowContext(ctx, importByID, string(id)))
	if err != nil {
		return i, rows.NotFound("find the import", err)
	}
	if !v.MaySomewhere(press.Animator, i.Site) {
		return press.Import{}, rows.NotFound("find the import", rows.Missing())
	}
	return i, nil
}

// Imports lists the last tables brought into a form, without what they hold.
func (r Reader) Imports(ctx context.Context, v press.Viewer, form press.Form) ([]press.Import, error) {
	if !v.MaySomewhere(press.Animator, form.Site) {
		return nil, nil
	}
	return rows.List(ctx, r.q, "list the imports", scanImport, importsOfForm, string(form.ID))
}

// SaveImport keeps a table brought in, new or further on.
func (tx Tx) SaveImport(ctx context.Context, i press.Import) error {
	_, err := rows.Exec(ctx, tx.tx, "save the import", upsertImport, string(i.ID), string(i.Form), string(i.Site), i.Name, rows.ToJSON(i.ImportContent),
		string(i.State), i.Done, rows.Opt(i.By), rows.Micros(i.At), rows.Micros(i.UpdatedAt))
	return err
}

// ImportProgress notes how many lines were done.
func (tx Tx) ImportProgress(ctx context.Context, id press.ImportID, done int, at time.Time) error {
	return rows.Change(ctx, tx.tx, "note the import's progress", progress, string(id), done, rows.Micros(at))
}

// SettleImport takes an import from one state to another; it is NotFound where it wasn't in it.
func (tx Tx) SettleImport(ctx context.Context, id press.ImportID, from, to press.ImportState, at time.Time) error {
	return rows.Change(ctx, tx.tx, "settle the import", settle, string(id), string(to), rows.Micros(at), string(from))
}

// KeepImportLine notes what became of a line.
func (tx Tx) KeepImportLine(ctx context.Context, id press.ImportID, line press.ImportLine) error {
	_, err := rows.Exec(ctx, tx.tx, "note the line", keepLine, string(id), line.Line, string(line.Entry), line.Before)
	return err
}

// ImportLines lists what became of the lines of an import, the last first.
func (r Reader) ImportLines(ctx context.Context, id press.ImportID) ([]press.ImportLine, error) {
	return rows.List(ctx, r.q, "list the import's lines", func(row rows.Scanner) (l press.ImportLine, err error) {
		err = row.Scan(&l.Line, &l.Entry, &l.Before)
		return l, err
	}, linesOf, string(id))
}

// ImportKeys are the entries that lines of former imports became, by folded key.
func (r Reader) ImportKeys(ctx context.Context, form press.FormID) (map[string]press.EntryID, error) {
	all := map[string]press.EntryID{}
	_, err := rows.List(ctx, r.q, "list the import's keys", func(row rows.Scanner) (none struct{}, err error) {
		var key string
		var id press.EntryID
		if err := row.Scan(&key, &id); err != nil {
			return none, err
		}
		all[key] = id
		return none, nil
	}, keysOfForm, string(form))
	return all, err
}

// KeepImportKey notes which entry a key is.
func (tx Tx) KeepImportKey(ctx context.Context, form press.FormID, key string, id press.EntryID) error {
	_, err := rows.Exec(ctx, tx.tx, "note the key", upsertKey, string(form), key, string(id))
	return err
}
