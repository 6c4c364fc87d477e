package tabular

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

func utf16(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff})
}

// readText reads a text with separators. Lines of another encoding than most are told.
func readText(b []byte, most int) (lines []line, encoding string, faults []Fault, err error) {
	text, encoding, broken := decode(b)
	p := parser{text: text, separator: separator(text), most: most, broken: broken}
	p.run()
	return p.lines, encoding, p.faults, nil
}

// decode makes UTF-8 of a file, line by line where it mixes encodings; broken
// are the numbers of the lines read otherwise than the rest.
func decode(b []byte) (text, encoding string, broken map[int]bool) {
	broken = map[int]bool{}
	if utf16(b) {
		order := xunicode.LittleEndian
		if binary.BigEndian.Uint16(b) == 0xfeff {
			order = xunicode.BigEndian
		}
		if decoded, err := xunicode.UTF16(order, xunicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			return string(decoded), "UTF-16", broken
		}
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	latin := charmap.Windows1252.NewDecoder()
	valid, invalid := 0, 0
	for part := range bytes.SplitSeq(b, []byte("\n")) {
		switch {
		case !utf8.Valid(part):
			invalid++
		case ascii(part):
		default:
			valid++
		}
	}
	encoding = "UTF-8"
	if invalid > 0 && valid == 0 {
		encoding = "Windows-1252"
	}
	var out strings.Builder
	number := 0
	for part := range bytes.SplitAfterSeq(b, []byte("\n")) {
		number++
		if utf8.Valid(part) {
			mended, was := undone(string(part))
			out.WriteString(mended)
			if was {
				broken[number] = true
			}
			continue
		}
		decoded, err := latin.Bytes(part)
		if err != nil {
			decoded = bytes.ToValidUTF8(part, []byte("\uFFFD"))
		}
		out.Write(decoded)
		if encoding == "UTF-8" {
			broken[number] = true
		}
	}
	return out.String(), encoding, broken
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// undone mends a text that was taken for Windows-1252 though it was UTF-8: "Ã©" for "é".
func undone(s string) (string, bool) {
	if !strings.ContainsAny(s, "ÃÂ") {
		return s, false
	}
	b, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil || !utf8.ValidString(b) || utf8.RuneCountInString(b) >= utf8.RuneCountInString(s) {
		return s, false
	}
	return b, true
}

// separator guesses what stands between cells: what the first lines have most evenly.
func separator(text string) byte {
	best, most := byte(','), 0
	for _, candidate := range []byte{';', '\t', ',', '|'} {
		quoted, count, lines, first := false, 0, 0, -1
		even := true
		for i := 0; i < len(text) && lines < 12; i++ {
			switch c := text[i]; {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == candidate:
				count++
			case c == '\n':
				if first < 0 {
					first = count
				} else if count != 0 && count != first {
					even = false
				}
				lines, count = lines+1, 0
			}
		}
		if first < 0 {
			first = count
		}
		score := first * 2
		if even {
			score++
		}
		if first > 0 && score > most {
			best, most = candidate, score
		}
	}
	return best
}

// parser reads RFC 4180 and what people make of it: a stray quotation mark is a sign like another.
type parser struct {
	text      string
	separator byte
	most      int
	broken    map[int]bool // lines of another encoding

	lines  []line
	faults []Fault
}

func (p *parser) run() {
	at, number := 0, 1
	for at < len(p.text) && len(p.lines) <= p.most+1 {
		start := number
		var cells []string
		ended, stray := false, false
		for !ended {
			var cell string
			var fell bool
			cell, at, number, ended, fell = p.cell(at, number)
			stray = stray || fell
			if len(cells) <= maxColumns {
				cells = append(cells, tidy(cell))
			}
		}
		l := line{start, cells}
		if l.empty() {
			continue
		}
		p.lines = append(p.lines, l)
		if stray {
			p.faults = append(p.faults, Fault{start, BrokenQuote})
		}
		for n := start; n < max(number, start+1); n++ {
			if p.broken[n] {
				p.faults = append(p.faults, Fault{start, BrokenEncoding})
				break
			}
		}
	}
}

// cell reads the cell that begins at a place; ended tells that its line ends with it.
func (p *parser) cell(at, number int) (cell string, next, line int, ended, stray bool) {
	for at < len(p.text) && p.text[at] == ' ' {
		at++
	}
	if at < len(p.text) && p.text[at] == '"' {
		if cell, next, lines, ok := p.quoted(at); ok {
			ended, next = p.after(next)
			if ended {
				lines++
			}
			return cell, next, number + lines, ended, false
		}
		stray = true
	}
	end := at
	for end < len(p.text) && p.text[end] != p.separator && p.text[end] != '\n' && p.text[end] != '\r' {
		end++
	}
	cell = p.text[at:end]
	ended, next = p.after(end)
	if ended {
		number++
	}
	return cell, next, number, ended, stray || strings.Contains(cell, `"`)
}

// quoted reads a cell in quotation marks, with the line ends in it. It is false
// where nothing closes it in a reasonable length, or text follows the close.
func (p *parser) quoted(at int) (cell string, next, lines int, ok bool) {
	const longest = 64 << 10
	var b strings.Builder
	for i := at + 1; i < len(p.text) && i-at < longest; i++ {
		c := p.text[i]
		switch {
		case c != '"':
			if c == '\n' {
				lines++
			}
			b.WriteByte(c)
		case i+1 < len(p.text) && p.text[i+1] == '"':
			b.WriteByte('"')
			i++
		default:
			end := i + 1
			for end < len(p.text) && p.text[end] == ' ' {
				end++
			}
			closed := end == len(p.text) || p.text[end] == p.separator || p.text[end] == '\n' || p.text[end] == '\r'
			return b.String(), end, lines, closed
		}
	}
	return "", at, 0, false
}

// after goes past a separator or a line end.
func (p *parser) after(at int) (ended bool, next int) {
	if at >= len(p.text) {
		return true, at
	}
	if p.text[at] == p.separator {
		return false, at + 1
	}
	if p.text[at] == '\r' && at+1 < len(p.text) && p.text[at+1] == '\n' {
		at++
	}
	return true, at + 1
}

// WriteCSV writes a table as spreadsheets read it: UTF-8 with its mark, commas,
// CRLF. A cell that a spreadsheet would run as a formula is kept from it by an apostrophe.
func WriteCSV(w io.Writer, columns []string, rows iter.Seq[[]string]) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\uFEFF")
	writeLine(b, columns)
	for row := range rows {
		writeLine(b, row)
	}
	return b.Flush()
}

func writeLine(b *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			_ = b.WriteByte(',')
		}
		if runs(cell) {
			cell = "'" + cell
		}
		if strings.ContainsAny(cell, "\",\r\n;") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		_, _ = b.WriteString(cell)
	}
	_, _ = b.WriteString("\r\n")
}

// runs tells whether a spreadsheet would take a cell for a formula.
func runs(cell string) bool {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return false
	}
	_, err := strconv.ParseFloat(cell, 64)
	return err != nil
}
