// Package tabular reads the tables that people have, CSV whatever its
// separator and encoding, Excel (.xlsx) and OpenDocument (.ods), and writes CSV that spreadsheets
// read.
//
// It keeps texts alone: no format, no formula but its last value. It knows
// nothing of what the columns mean. Start with Read and WriteCSV.
package tabular

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Table is what was read: its first line names the columns.
type Table struct {
	Columns  []string `json:"columns"`
	Rows     []Row    `json:"rows"`
	Encoding string   `json:"encoding,omitempty"` // of a text file: "UTF-8", "Windows-1252", "UTF-16"
	Faults   []Fault  `json:"faults,omitempty"`
}

// Row is a line with as many cells as there are columns.
type Row struct {
	Line  int      `json:"line"` // in the file, the first being 1
	Cells []string `json:"cells"`
}

// Fault is a line that could not be read as it is.
type Fault struct {
	Line   int    `json:"line"`
	Reason Reason `json:"reason"`
}

// Reason is what is wrong with a line.
type Reason string

const (
	TooManyCells   Reason = "too-many-cells"  // those past the columns were left out
	BrokenQuote    Reason = "broken-quote"    // a quotation mark was taken as it is
	BrokenEncoding Reason = "broken-encoding" // read in another encoding than the rest
)

// What keeps a file from being read.
var (
	ErrKind    = errors.New("this isn't a table")
	ErrEmpty   = errors.New("the table has no line")
	ErrTooLong = errors.New("the table has too many lines")
	ErrBroken  = errors.New("the file is broken")
)

const (
	maxColumns = 300
	maxCell    = 1 << 20 // bytes
	maxPart    = 64 << 20
)

// Read reads a table of at most most rows. The kind is told by the content.
func Read(b []byte, most int) (Table, error) {
	var lines []line
	var t Table
	var err error
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		lines, err = readZip(b, most+1)
	case bytes.IndexByte(b[:min(len(b), 512)], 0) >= 0 && !utf16(b):
		return t, ErrKind
	default:
		lines, t.Encoding, t.Faults, err = readText(b, most+1)
	}
	if err != nil {
		return Table{}, err
	}
	return t, t.fill(lines, most)
}

// line is a row as it stands in the file.
type line struct {
	number int
	cells  []string
}

func (l line) empty() bool {
	for _, cell := range l.cells {
		if cell != "" {
			return false
		}
	}
	return true
}

// fill makes a table of lines: names for its columns, rows of their number.
func (t *Table) fill(lines []line, most int) error {
	head := 0
	for head < len(lines) && lines[head].empty() {
		head++
	}
	if head == len(lines) {
		return ErrEmpty
	}
	t.Columns = named(lines[head].cells)
	for _, l := range lines[head+1:] {
		if l.empty() {
			continue
		}
		if len(t.Rows) == most {
			return ErrTooLong
		}
		cells := make([]string, len(t.Columns))
		copy(cells, l.cells)
		for _, extra := range l.cells[min(len(l.cells), len(cells)):] {
			if extra != "" {
				t.Faults = append(t.Faults, Fault{l.number, TooManyCells})
				break
			}
		}
		t.Rows = append(t.Rows, Row{l.number, cells})
	}
	return nil
}

// named gives columns distinct names; empty ones at the end are left out.
func named(cells []string) []string {
	for len(cells) > 1 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	cells = cells[:min(len(cells), maxColumns)]
	taken := map[string]bool{}
	names := make([]string, len(cells))
	for i, name := range cells {
		name = strings.Join(strings.Fields(name), " ")
		if name == "" {
			name = fmt.Sprintf("Colonne %d", i+1)
		}
		unique := name
		for n := 2; taken[unique]; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[unique] = true
		names[i] = unique
	}
	return names
}

func tidy(cell string) string {
	cell = strings.ToValidUTF8(cell, "\uFFFD")
	cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	cell = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\uFEFF' {
			return -1
		}
		return r
	}, cell)
	if len(cell) > maxCell {
		cell = strings.ToValidUTF8(cell[:maxCell], "")
	}
	return strings.TrimSpace(cell)
}
