// Package importing holds the verbs by which tables become contributions of a
// form: reading a file, matching its columns, a dry run, the import itself as a
// job, its undoing as a whole.
//
// Animators do them. Lines that an earlier import brought are brought up to
// date, told apart by a column that they choose. Start with Read.
package importing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"bourgeon/kit/fold"
	"bourgeon/kit/ids"
	"bourgeon/kit/tabular"
	"bourgeon/press"
	"bourgeon/store"
)

// Importer does the verbs. All fields are needed.
type Importer struct {
	Store *store.Store
	Now   func() time.Time
	// Bring keeps a line as a contribution, new or brought up to date: editing.Editor.Bring.
	Bring func(ctx context.Context, tx *store.Tx, v press.Viewer, form press.Form, b press.Brought) (press.Entry, error)
	// TakeBack undoes what Bring did: editing.Editor.TakeBack.
	TakeBack func(ctx context.Context, tx *store.Tx, v press.Viewer, id press.EntryID, before int) error
	// Picture keeps the picture that r holds: filing.Cabinet.Keep.
	Picture func(ctx context.Context, v press.Viewer, site press.SiteID, draft, name string, r io.Reader) (press.Media, error)
	// Fetch reads a file at an address, bounded.
	Fetch func(ctx context.Context, address string) ([]byte, error)
}

// Bounds of a table.
const (
	MaxBytes = 20 << 20
	MaxRows  = 20_000
	maxNotes = 2000
)

func newID[T ~string]() T { return T(ids.New()) }

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// Read takes in a file, and guesses what its columns are.
func (m *Importer) Read(ctx context.Context, v press.Viewer, form press.Form, name string, b []byte) (press.Import, error) {
	i := press.Import{ID: newID[press.ImportID](), Form: form.ID, Site: form.Site, Name: press.CleanLine(name), State: press.ImportRead, By: v.Person, At: m.Now(), UpdatedAt: m.Now()}
	table, err := tabular.Read(b, MaxRows)
	if fault := explained(err, len(b)); fault != nil {
		return i, fmt.Errorf("read a table: %w (%w)", fault, errors.Join(err))
	}
	i.Columns, i.Encoding, i.Key = table.Columns, table.Encoding, -1
	for _, row := range table.Rows {
		i.Rows = append(i.Rows, press.ImportRow(row))
	}
	for _, fault := range table.Faults {
		if len(i.Told) < maxNotes {
			i.Told = append(i.Told, press.ImportNote{Line: fault.Line, Message: reasons[fault.Reason]})
		}
	}
	i.Matched = suggest(form, i.Columns)
	for at, column := range i.Columns {
		switch fold.Text(column) {
		case "id", "identifiant", "cle", "key", "id fiche", "identifier", "ref", "reference":
			i.Key = at
		}
	}
	err = m.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.May(press.Animator, form.Site, "") {
			return press.Problem(press.Forbidden, "Only the site's animators may do this.")
		}
		return tx.SaveImport(ctx, i)
	})
	if err != nil {
		return i, fmt.Errorf("read a table: %w", err)
	}
	return i, nil
}

var reasons = map[tabular.Reason]string{
	tabular.TooManyCells:   "The line has more cells than there are columns: those past the last one are left out.",
	tabular.BrokenQuote:    "A quotation mark is missing: it was read as it is.",
	tabular.BrokenEncoding: "The accents were in another encoding than the rest: they were put right.",
}

func explained(err error, size int) error {
	var c press.Checks
	switch {
	case size == 0:
		c.Fault("file", "Choose a file first.")
	case size > MaxBytes:
		c.Fault("file", "This file is too heavy: %d MB at most. Cut it into several.", MaxBytes>>20)
	case errors.Is(err, tabular.ErrEmpty):
		c.Fault("file", "This table is empty.")
	case errors.Is(err, tabular.ErrTooLong):
		c.Fault("file", "This table has more than %d lines: cut it into several.", MaxRows)
	case errors.Is(err, tabular.ErrBroken):
		c.Fault("file", "This file is damaged: save it again from your spreadsheet, then send it once more.")
	case err != nil:
		c.Fault("file", "This isn’t a table that can be read: save it as CSV, .xlsx or .ods.")
	}
	return c.Err()
}

// Match says what the columns are, and tries the whole import without keeping anything of it.
func (m *Importer) Match(ctx context.Context, v press.Viewer, id press.ImportID, matched []string, key int) (press.Import, error) {
	var i press.Import
	err := m.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if i, err = m.held(ctx, tx, v, id); err != nil {
			return err
		}
		if i.State != press.ImportRead && i.State != press.ImportChecked {
			return press.Problem(press.Conflict, "This import has begun already.")
		}
		form, err := tx.Form(ctx, press.Itself, i.Form)
		if err != nil {
			return err
		}
		i.Matched, i.Key = matched, key
		if key >= len(i.Columns) {
			i.Key = -1
		}
		if err := check(form, i); err != nil {
			return err
		}
		site, err := tx.Site(ctx, press.Itself, i.Site)
		if err != nil {
			return err
		}
		known, err := tx.ImportKeys(ctx, form.ID)
		if err != nil {
			return err
		}
		try(&i, form, site, known)
		i.State, i.UpdatedAt = press.ImportChecked, m.Now()
		return tx.SaveImport(ctx, i)
	})
	if err != nil {
		return i, fmt.Errorf("match the columns: %w", err)
	}
	return i, nil
}

func (m *Importer) held(ctx context.Context, tx *store.Tx, v press.Viewer, id press.ImportID) (press.Import, error) {
	i, err := tx.Import(ctx, v, id)
	if err == nil && !v.May(press.Animator, i.Site, "") {
		return i, missing()
	}
	return i, err
}

// check finds what is wrong with how columns are matched.
func check(form press.Form, i press.Import) error {
	var c press.Checks
	taken := map[string]bool{}
	titled := false
	title, _ := form.Field(press.RoleTitle)
	for at, key := range i.Matched {
		if key == "" {
			continue
		}
		if taken[key] {
			c.Fault(fmt.Sprintf("column-%d", at), "Two columns are the same answer: leave one out.")
		}
		taken[key] = true
		titled = titled || key == title.Key
	}
	if !titled && title.Kind != press.Computed {
		c.Fault("matched", "One column must give the title.")
	}
	return c.Err()
}

// try reads every line and notes what becomes of it.
func try(i *press.Import, form press.Form, site press.Site, known map[string]press.EntryID) {
	i.Notes, i.Out, i.New, i.Again, i.Left = nil, nil, 0, 0, 0
	note := func(n press.ImportNote) {
		if len(i.Notes) < maxNotes {
			i.Notes = append(i.Notes, n)
		}
	}
	seen := map[string]int{}
	for _, row := range i.Rows {
		_, _, _, notes := read(i.ImportContent, form, row, site.Language())
		grave := false
		for _, n := range notes {
			note(n)
			grave = grave || n.Grave
		}
		key, has := keyOf(*i, row)
		switch {
		case has && key == "":
			note(press.ImportNote{Line: row.Line, Column: i.Columns[i.Key], Message: "The key is missing: a later import won’t know this line again."})
		case has && seen[key] > 0:
			note(press.ImportNote{Line: row.Line, Column: i.Columns[i.Key], Message: "The same key as line %s: the line is left out.", Args: []string{fmt.Sprint(seen[key])}, Grave: true})
			grave = true
		case has:
			seen[key] = row.Line
		}
		switch {
		case grave:
			i.Left++
			i.Out = append(i.Out, row.Line)
		case known[key] != "" && key != "":
			i.Again++
		default:
			i.New++
		}
	}
}

// keyOf is what tells a line apart, folded; false where no column does.
func keyOf(i press.Import, row press.ImportRow) (string, bool) {
	if i.Key < 0 || i.Key >= len(row.Cells) {
		return "", false
	}
	return strings.ToLower(press.CleanLine(row.Cells[i.Key])), true
}

// Job is the kind of the job that brings lines in, or takes them back.
const Job = "import"

type job struct {
	Import press.ImportID `json:"import"`
	Undo   bool           `json:"undo,omitempty"`
}

// Run begins the import that was tried.
func (m *Importer) Run(ctx context.Context, v press.Viewer, id press.ImportID) error {
	return m.begin(ctx, v, id, press.ImportChecked, press.ImportRunning, job{Import: id})
}

// Undo begins to take back all that an import brought: what it made goes to the
// bin, what it brought up to date is as it was before.
func (m *Importer) Undo(ctx context.Context, v press.Viewer, id press.ImportID) error {
	return m.begin(ctx, v, id, press.ImportDone, press.ImportUndoing, job{Import: id, Undo: true})
}

func (m *Importer) begin(ctx context.Context, v press.Viewer, id press.ImportID, from, to press.ImportState, j job) error {
	err := m.Store.Write(ctx, func(tx *store.Tx) error {
		i, err := m.held(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if i.State != from {
			return press.Problem(press.Conflict, "This import is somewhere else by now: look at it again.")
		}
		if err := tx.SettleImport(ctx, id, from, to, m.Now()); err != nil {
			return err
		}
		if err := tx.ImportProgress(ctx, id, 0, m.Now()); err != nil {
			return err
		}
		return tx.Enqueue(ctx, Job, j, m.Now(), "")
	})
	if err != nil {
		return fmt.Errorf("begin the import: %w", err)
	}
	return nil
}

// batch is how many lines a transaction brings in: others write in between.
const batch = 50

// Continue does the job that Run or Undo left. It goes on where it was stopped.
func (m *Importer) Continue(ctx context.Context, payload json.RawMessage) error {
	var j job
	if err := json.Unmarshal(payload, &j); err != nil {
		return err
	}
	i, err := m.Store.Import(ctx, press.Itself, j.Import)
	if err != nil {
		return err
	}
	v, err := m.Store.Viewer(ctx, i.By)
	if err != nil {
		return err
	}
	form, err := m.Store.Form(ctx, press.Itself, i.Form)
	if err != nil {
		return err
	}
	if j.Undo {
		return m.takeBack(ctx, v, i)
	}
	for i.State == press.ImportRunning && i.Done < len(i.Rows) {
		end := min(i.Done+batch, len(i.Rows))
		pictures, err := m.pictures(ctx, v, form, i, i.Rows[i.Done:end])
		if err != nil {
			return err
		}
		err = m.Store.Write(ctx, func(tx *store.Tx) error {
			known, err := tx.ImportKeys(ctx, form.ID)
			if err != nil {
				return err
			}
			for _, row := range i.Rows[i.Done:end] {
				if err := m.line(ctx, tx, v, form, i, row, pictures[row.Line], known); err != nil {
					return fmt.Errorf("line %d: %w", row.Line, err)
				}
			}
			if err := tx.Touch(ctx, i.Site); err != nil {
				return err
			}
			return tx.ImportProgress(ctx, i.ID, end, m.Now())
		})
		if err != nil {
			return err
		}
		i.Done = end
	}
	return m.end(ctx, v, i, press.ImportRunning, press.ImportDone, press.EntriesImported)
}

func (m *Importer) end(ctx context.Context, v press.Viewer, i press.Import, from, to press.ImportState, kind press.EventKind) error {
	return m.Store.Write(ctx, func(tx *store.Tx) error {
		err := tx.SettleImport(ctx, i.ID, from, to, m.Now())
		if press.KindOf(err) == press.NotFound {
			return nil // the job ran twice
		}
		if err != nil {
			return err
		}
		if err := tx.Touch(ctx, i.Site); err != nil {
			return err
		}
		return tx.Emit(ctx, press.Event{Kind: kind, Site: i.Site, Actor: v.Person, At: m.Now(), Data: map[string]string{"import": string(i.ID), "form": string(i.Form)}})
	})
}

// line brings one line in.
func (m *Importer) line(ctx context.Context, tx *store.Tx, v press.Viewer, form press.Form, i press.Import, row press.ImportRow, pictures press.Answers, known map[string]press.EntryID) error {
	if _, out := slices.BinarySearch(i.Out, row.Line); out {
		return nil
	}
	site, err := tx.Site(ctx, press.Itself, i.Site)
	if err != nil {
		return err
	}
	content, author, published, notes := read(i.ImportContent, form, row, site.Language())
	for _, n := range notes {
		if n.Grave {
			return nil
		}
	}
	for _, field := range form.Fields {
		if field.Kind == press.Pictures {
			if delete(content.Answers, field.Key); len(pictures[field.Key]) > 0 {
				content.Answers[field.Key] = pictures[field.Key]
			}
		}
	}
	content.Licence = site.Licence
	b := press.Brought{Content: content, Author: author, Published: published, Fields: fieldsOf(i)}
	key, has := keyOf(i, row)
	if has && key != "" {
		b.Again = known[key]
	}
	before := 0
	if b.Again != "" {
		was, err := tx.EntryToChange(ctx, b.Again)
		switch {
		case press.KindOf(err) == press.NotFound, err == nil && was.Status == press.Binned:
			b.Again = "" // it went away since: it is made anew
		case err != nil:
			return err
		default:
			before = was.Revision
		}
	}
	e, err := m.Bring(ctx, tx, v, form, b)
	if err != nil {
		return err
	}
	if b.Again != "" && e.Revision == before {
		return nil // nothing changed
	}
	if has && key != "" {
		if err := tx.KeepImportKey(ctx, form.ID, key, e.ID); err != nil {
			return err
		}
	}
	return tx.KeepImportLine(ctx, i.ID, press.ImportLine{Line: row.Line, Entry: e.ID, Before: before})
}

// fieldsOf are the keys of the fields that the table's columns answer.
func fieldsOf(i press.Import) []string {
	var all []string
	for _, key := range i.Matched {
		if base, _, _ := strings.Cut(key, "."); base != "" && !strings.HasSuffix(base, ":") {
			all = append(all, base)
		}
	}
	return all
}

// pictures fetches the pictures that lines name by their addresses, before the
// transaction. One that can't be had is left out.
func (m *Importer) pictures(ctx context.Context, v press.Viewer, form press.Form, i press.Import, rows []press.ImportRow) (map[int]press.Answers, error) {
	all := map[int]press.Answers{}
	for _, row := range rows {
		content, _, _, _ := read(i.ImportContent, form, row, "fr")
		for _, field := range form.Fields {
			if field.Kind != press.Pictures {
				continue
			}
			for _, address := range content.Answers[field.Key] {
				b, err := m.Fetch(ctx, address)
				if err != nil {
					continue
				}
				kept, err := m.Picture(ctx, v, i.Site, "", address[strings.LastIndexByte(address, '/')+1:], bytes.NewReader(b))
				if press.KindOf(err) == press.Invalid || press.KindOf(err) == press.TooLarge {
					continue
				}
				if err != nil {
					return nil, err
				}
				if all[row.Line] == nil {
					all[row.Line] = press.Answers{}
				}
				all[row.Line][field.Key] = append(all[row.Line][field.Key], string(kept.ID))
			}
		}
	}
	return all, nil
}

// takeBack undoes an import line by line, the last first.
func (m *Importer) takeBack(ctx context.Context, v press.Viewer, i press.Import) error {
	lines, err := m.Store.ImportLines(ctx, i.ID)
	if err != nil {
		return err
	}
	for done := i.Done; i.State == press.ImportUndoing && done < len(lines); {
		end := min(done+batch, len(lines))
		err := m.Store.Write(ctx, func(tx *store.Tx) error {
			for _, line := range lines[done:end] {
				if err := m.TakeBack(ctx, tx, v, line.Entry, line.Before); err != nil {
					return err
				}
			}
			if err := tx.Touch(ctx, i.Site); err != nil {
				return err
			}
			return tx.ImportProgress(ctx, i.ID, end, m.Now())
		})
		if err != nil {
			return err
		}
		done = end
	}
	return m.end(ctx, v, i, press.ImportUndoing, press.ImportUndone, press.ImportTakenBack)
}
