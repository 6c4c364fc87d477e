package press

import (
	"fmt"
	"strings"
	"time"
)

// Import is a table brought into a form.
type Import struct {
	ID    ImportID
	Form  FormID
	Site  SiteID
	Name  string // of the file
	State ImportState
	Done  int // lines
	By    PersonID
	ImportContent
	At        time.Time
	UpdatedAt time.Time
}

// ImportState is how far an import is.
type ImportState string

const (
	ImportRead    ImportState = "read"    // its columns are to be matched
	ImportChecked ImportState = "checked" // its dry run is told
	ImportRunning ImportState = "running"
	ImportDone    ImportState = "done"
	ImportUndoing ImportState = "undoing"
	ImportUndone  ImportState = "undone"
)

// ImportContent is what an import holds: the table, and what its columns are.
type ImportContent struct {
	Columns  []string     `json:"columns"`
	Rows     []ImportRow  `json:"rows"`
	Encoding string       `json:"encoding,omitempty"`
	Told     []ImportNote `json:"told,omitempty"` // of the file, before its columns were matched
	// Matched is what each column is, as a field's key or one of those below; "" is left out.
	Matched []string     `json:"matched,omitempty"`
	Key     int          `json:"key"` // the column that tells contributions apart, -1 for none
	Notes   []ImportNote `json:"notes,omitempty"`
	New     int          `json:"new"`
	Again   int          `json:"again"` // that an earlier import brought: they are brought up to date
	Left    int          `json:"left"`  // lines left out
}

// What a column may be besides the answer to a field.
const (
	ColumnTags   = "tags:"
	ColumnAuthor = "author:" // who signs
	ColumnDate   = "date:"   // of first publication
	ColumnLat    = ".lat"    // after the key of a place
	ColumnLon    = ".lon"
	ColumnTo     = ".to" // the last day, after the key of a period
)

// ImportRow is a line of the table.
type ImportRow struct {
	Line  int      `json:"line"`
	Cells []string `json:"cells"`
}

// ImportNote tells something of a line: Message is a catalogue key.
type ImportNote struct {
	Line    int      `json:"line"`
	Column  string   `json:"column,omitempty"`
	Message string   `json:"message"`
	Args    []string `json:"args,omitempty"`
	Grave   bool     `json:"grave,omitempty"` // the line is left out
}

// ImportLine is what became of a line: an entry made, or one brought up to
// date, whose revision was Before.
type ImportLine struct {
	Line   int
	Entry  EntryID
	Before int // 0 for an entry made
}

// Suggest guesses what the columns of a table are, by the names of the form's
// questions and what people usually call them. fold makes words comparable.
func (f Form) Suggest(columns []string, fold func(string) string) []string {
	matched := make([]string, len(columns))
	taken := map[string]bool{}
	names := map[string]string{}
	for _, field := range f.Fields {
		if field.Gone || field.Kind.Silent() || field.Kind == Words || field.Kind == Inviter || field.Kind == Reference || field.Kind == Files {
			continue
		}
		names[fold(field.Key)] = field.Key
		for _, label := range field.Label {
			names[fold(label)] = field.Key
		}
		switch {
		case field.Role == RoleTitle:
			for _, name := range []string{"titre", "title", "nom", "name", "bf_titre"} {
				names[fold(name)] = field.Key
			}
		case field.Role == RoleBody:
			for _, name := range []string{"texte", "text", "description", "contenu"} {
				names[fold(name)] = field.Key
			}
		case field.Kind == PlaceKind:
			names["latitude"], names["lat"], names["longitude"], names["lon"], names["lng"] = field.Key+ColumnLat, field.Key+ColumnLat, field.Key+ColumnLon, field.Key+ColumnLon, field.Key+ColumnLon
			for _, name := range []string{"adresse", "address", "lieu", "ville", "commune"} {
				if names[name] == "" {
					names[name] = field.Key
				}
			}
		case field.Kind == Email:
			names["email"], names["mail"], names["courriel"], names["e mail"] = field.Key, field.Key, field.Key, field.Key
		case field.Kind == Link:
			names["url"], names["site"], names["site web"], names["lien"] = field.Key, field.Key, field.Key, field.Key
		case field.Kind == Phone:
			names["telephone"], names["tel"] = field.Key, field.Key
		case field.Kind == Pictures:
			names["image"], names["photo"], names["images"] = field.Key, field.Key, field.Key
		}
	}
	for _, name := range []string{"mots cles", "tags", "keywords"} {
		names[name] = ColumnTags
	}
	for _, name := range []string{"auteur", "autrice", "author", "signature"} {
		names[name] = ColumnAuthor
	}
	for i, column := range columns {
		if key := names[fold(column)]; key != "" && !taken[key] {
			matched[i], taken[key] = key, true
		}
	}
	return matched
}

// Read makes the content of an entry from a line, and tells what is wrong with
// it. A cell that an answer can't be read from is told; where the question must
// be answered, the line is left out.
func (c ImportContent) Read(f Form, row ImportRow, language string) (content Content, author string, published time.Time, notes []ImportNote) {
	content = Content{Answers: Answers{}, Language: language}
	columns := map[string]string{}
	for i, key := range c.Matched {
		if i >= len(row.Cells) || key == "" || Clean(row.Cells[i]) == "" {
			continue
		}
		cell := Clean(row.Cells[i])
		columns[key] = c.Columns[i]
		switch key {
		case ColumnTags:
			content.Tags = SplitTags(cell)
			continue
		case ColumnAuthor:
			author = CleanLine(cell)
			continue
		case ColumnDate:
			if day, ok := ReadDay(cell); ok {
				published = day
			} else {
				notes = append(notes, ImportNote{Line: row.Line, Column: c.Columns[i], Message: "“%s” isn’t read as a day.", Args: []string{short(cell)}})
			}
			continue
		}
		base, part := key, ""
		if at := strings.IndexByte(key, '.'); at > 0 {
			base, part = key[:at], key[at:]
		}
		if field, ok := f.ByKey(base); ok {
			content.Answers[base] = field.put(content.Answers[base], part, cell)
		}
	}
	content.Answers = f.Tidy(content.Answers)
	notes = append(notes, f.judge(&content, columns, row.Line)...)
	return content, author, published, notes
}

// put reads a cell into the answer to a field, or a part of it.
func (f Field) put(answer []string, part, cell string) []string {
	part = strings.TrimPrefix(part, ".")
	switch f.Kind {
	case PlaceKind:
		p := make([]string, 4)
		copy(p, answer)
		if p[2] == "" {
			p[2] = string(Exact)
		}
		p[map[string]int{"lat": 0, "lon": 1, "": 3}[part]] = CleanLine(cell)
		return p
	case Period:
		days := make([]string, 2)
		copy(days, answer)
		if part == "to" {
			days[1] = cell
			return days
		}
		from, to, ranged := strings.Cut(strings.NewReplacer(" au ", " – ", " to ", " – ", " - ", " – ").Replace(cell), " – ")
		if days[0] = strings.TrimPrefix(from, "du "); ranged {
			days[1] = to
		}
		return days
	case Choices, People, Pictures:
		var all []string
		for piece := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '|' || r == '\n' || r == ',' && f.Kind != Pictures }) {
			if f.Kind == Choices {
				piece, _ = f.OptionFor(piece)
			}
			all = append(all, piece)
		}
		return all
	case YesNo:
		for yes, words := range map[string][]string{"yes": {"oui", "yes", "vrai", "true", "1", "x"}, "no": {"non", "no", "faux", "false", "0"}} {
			for _, word := range words {
				if strings.EqualFold(word, cell) {
					return []string{yes}
				}
			}
		}
		return []string{cell}
	case Choice:
		key, _ := f.OptionFor(cell)
		return []string{key}
	}
	return []string{cell}
}

// judge tells the faults of a line, and takes off it the answers that can't be kept.
func (f Form) judge(content *Content, columns map[string]string, line int) []ImportNote {
	var notes []ImportNote
	for _, field := range f.Fields {
		if field.Gone || field.Kind.Silent() || !f.applies(field, content.Answers) {
			continue
		}
		answer := content.Answers[field.Key]
		if field.Kind == Pictures {
			continue // their addresses are tried later
		}
		var c Checks
		field.check(&c, answer)
		for _, fault := range c.fields {
			note := ImportNote{Line: line, Column: columns[field.Key], Message: fault.Message, Grave: field.Required}
			for _, arg := range fault.Args {
				note.Args = append(note.Args, fmt.Sprint(arg))
			}
			if len(answer) > 0 {
				note.Message, note.Args = "“%s” can’t be read as an answer: it is left out.", []string{short(strings.Join(answer, ", "))}
				note.Grave = field.Required
				delete(content.Answers, field.Key)
			}
			notes = append(notes, note)
		}
	}
	if f.TitleIn(content.Answers, content.Language) == "" {
		for _, note := range notes {
			if note.Grave {
				return notes
			}
		}
		notes = append(notes, ImportNote{Line: line, Message: "The line gives no title.", Grave: true})
	}
	return notes
}

func short(s string) string {
	s = CleanLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Brought is a line that becomes an entry.
type Brought struct {
	Content
	Author    string    // "" signs as the site
	Published time.Time // zero for now
	Again     EntryID   // the entry that it brings up to date, "" for a new one
	Fields    []string  // the answers that it speaks of: others stay
}
