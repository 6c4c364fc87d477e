package press

import "time"

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
	Again   int          `json:"again"`         // that an earlier import brought: they are brought up to date
	Left    int          `json:"left"`          // lines left out
	Out     []int        `json:"out,omitempty"` // their numbers, in order
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

// Brought is a line that becomes an entry.
type Brought struct {
	Content
	Author    string    // "" signs as the site
	Published time.Time // zero for now
	Again     EntryID   // the entry that it brings up to date, "" for a new one
	Fields    []string  // the answers that it speaks of: others stay
}
