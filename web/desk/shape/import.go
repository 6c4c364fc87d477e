package shape

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"bourgeon/app/importing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// brought is a table being brought in, or the list of those that were.
type brought struct {
	Form   press.Form
	All    []press.Import
	Import press.Import
	Sample []press.ImportRow
	Faults page.Faults
}

// Imports lists the tables brought into a form, and takes in another one.
func (f *Face) Imports(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, _, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	return f.imports(v, w, r, http.StatusOK, brought{Form: form})
}

func (f *Face) imports(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, b brought) error {
	var err error
	if b.All, err = f.Reader.Imports(r.Context(), v.Viewer, b.Form); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Bring in a table"))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, importsPage(v, h, b))
}

// ReadTable takes a file in.
func (f *Face) ReadTable(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := f.published(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	name, content := "", []byte(nil)
	if files := in.Files("file"); len(files) > 0 {
		file, err := files[0].Open()
		if err != nil {
			return err
		}
		defer file.Close()
		if content, err = io.ReadAll(io.LimitReader(file, importing.MaxBytes+1)); err != nil {
			return err
		}
		name = files[0].Filename
	}
	i, err := f.Importer.Read(r.Context(), v.Viewer, form, name, content)
	if press.KindOf(err) == press.Invalid {
		return f.imports(v, w, r, http.StatusUnprocessableEntity, brought{Form: form, Faults: faultsOf(err)})
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, v.Link(importAt(form.ID, i.ID)))
}

func importAt(form press.FormID, id press.ImportID) string { return at(form, "/imports/"+string(id)) }

// published is the form of the path as writers answer it.
func (f *Face) published(v *page.Visit, r *http.Request) (press.Form, error) {
	if err := animator(v); err != nil {
		return press.Form{}, err
	}
	form, err := f.Reader.Form(r.Context(), v.Viewer, formID(r))
	if err == nil && (form.Site != v.Site.ID || form.Version == 0 || !form.Tabulated()) {
		err = nowhere()
	}
	return form, err
}

func (f *Face) table(v *page.Visit, r *http.Request) (brought, error) {
	form, err := f.published(v, r)
	if err != nil {
		return brought{}, err
	}
	i, err := f.Reader.Import(r.Context(), v.Viewer, press.ImportID(r.PathValue("import")))
	if err == nil && i.Form != form.ID {
		err = nowhere()
	}
	return brought{Form: form, Import: i, Sample: i.Rows[:min(3, len(i.Rows))]}, err
}

// Import shows a table where it is: its columns to match, its dry run, its progress, its end.
func (f *Face) Import(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	b, err := f.table(v, r)
	if err != nil {
		return err
	}
	if b.Import.State == press.ImportRunning || b.Import.State == press.ImportUndoing {
		w.Header().Set("Refresh", "2")
	}
	return f.importing(v, w, r, http.StatusOK, b)
}

func (f *Face) importing(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, b brought) error {
	h, err := f.head(r.Context(), v, b.Import.Name)
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, importPage(v, h, b))
}

// ActOnImport matches its columns, begins it or takes it back.
func (f *Face) ActOnImport(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	b, err := f.table(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, id := r.Context(), b.Import.ID
	switch in.Line("do") {
	case "match":
		matched := make([]string, len(b.Import.Columns))
		for i := range matched {
			matched[i] = in.Line("column-" + strconv.Itoa(i))
		}
		key, err := strconv.Atoi(in.Line("key"))
		if err != nil {
			key = -1
		}
		b.Import.Matched, b.Import.Key = matched, key
		_, err = f.Importer.Match(ctx, v.Viewer, id, matched, key)
		if press.KindOf(err) == press.Invalid {
			b.Faults = faultsOf(err)
			return f.importing(v, w, r, http.StatusUnprocessableEntity, b)
		}
		if err != nil {
			return err
		}
	case "run":
		if err := f.Importer.Run(ctx, v.Viewer, id); err != nil {
			return err
		}
	case "undo":
		if err := f.Importer.Undo(ctx, v.Viewer, id); err != nil {
			return err
		}
	default:
		return nowhere()
	}
	return page.Redirect(w, r, v.Link(importAt(b.Form.ID, id)))
}

// columnOptions are what a column may be.
func columnOptions(v *page.Visit, form press.Form) []page.Option {
	all := []page.Option{{Label: v.T("Leave it out")}}
	add := func(value, label string) { all = append(all, page.Option{Value: value, Label: v.Set("", label)}) }
	for _, field := range standing(form) {
		label := field.Label.In(v.L.Lang())
		switch field.Kind {
		case press.Explanation, press.Computed, press.Words, press.Inviter, press.Reference, press.Files:
			continue
		case press.PlaceKind:
			add(field.Key, v.T("%s (name or address)", label))
			add(field.Key+press.ColumnLat, v.T("%s (latitude)", label))
			add(field.Key+press.ColumnLon, v.T("%s (longitude)", label))
			continue
		case press.Period:
			add(field.Key, v.T("%s (first day, or both)", label))
			add(field.Key+press.ColumnTo, v.T("%s (last day)", label))
			continue
		case press.Pictures:
			add(field.Key, v.T("%s (addresses of pictures)", label))
			continue
		}
		add(field.Key, label)
	}
	add(press.ColumnTags, v.T("Keywords"))
	add(press.ColumnAuthor, v.T("Who signs"))
	add(press.ColumnDate, v.T("Day of publication"))
	return all
}

func keyOptions(v *page.Visit, i press.Import) []page.Option {
	all := []page.Option{{Value: "-1", Label: v.T("None: every line is a new contribution")}}
	for at, name := range i.Columns {
		all = append(all, page.Option{Value: strconv.Itoa(at), Label: name})
	}
	return all
}

func sampled(rows []press.ImportRow, column int) string {
	var some []string
	for _, row := range rows {
		if column < len(row.Cells) && row.Cells[column] != "" {
			some = append(some, page.Shorten(press.CleanLine(row.Cells[column]), 40))
		}
	}
	return strings.Join(some, " · ")
}

// said is a note in words.
func said(v *page.Visit, n press.ImportNote) string {
	args := make([]any, len(n.Args))
	for i, arg := range n.Args {
		args[i] = arg
		if number, err := strconv.Atoi(arg); err == nil && strings.Contains(n.Message, "%d") {
			args[i] = number
		}
	}
	return v.Set("", v.T(n.Message, args...))
}

func stateName(v *page.Visit, s press.ImportState) string {
	switch s {
	case press.ImportChecked:
		return v.T("tried, not brought in")
	case press.ImportRunning:
		return v.T("being brought in")
	case press.ImportDone:
		return v.T("brought in")
	case press.ImportUndoing:
		return v.T("being taken back")
	case press.ImportUndone:
		return v.T("taken back")
	}
	return v.T("read, its columns to be matched")
}
