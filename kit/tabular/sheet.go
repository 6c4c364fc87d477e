package tabular

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
	"time"
)

// readZip reads the first sheet of an .xlsx (ECMA-376) or .ods (OpenDocument 1.3) file.
func readZip(b []byte, most int) ([]line, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	book := book{zip: z}
	switch {
	case book.has("xl/workbook.xml"):
		return book.xlsx(most)
	case book.has("content.xml"):
		return book.ods(most)
	}
	return nil, ErrKind
}

type book struct{ zip *zip.Reader }

func (k book) has(name string) bool {
	for _, f := range k.zip.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// part is a part of the file, bounded: nothing, where it isn't there.
func (k book) part(name string) ([]byte, error) {
	for _, f := range k.zip.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		defer r.Close()
		b, err := io.ReadAll(io.LimitReader(r, maxPart+1))
		if err != nil || len(b) > maxPart {
			return nil, fmt.Errorf("%w: %s", ErrBroken, name)
		}
		return b, nil
	}
	return nil, nil
}

func (k book) decode(name string, into any) error {
	b, err := k.part(name)
	if err != nil || b == nil {
		return err
	}
	if err := xml.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

type sharedString struct {
	Text string `xml:"t"`
	Runs []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (s sharedString) String() string {
	all := s.Text
	for _, run := range s.Runs {
		all += run.Text
	}
	return all
}

type workbook struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		State string `xml:"state,attr"`
		ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

func (k book) xlsx(most int) ([]line, error) {
	var w workbook
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var strs struct {
		Items []sharedString `xml:"si"`
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	for name, into := range map[string]any{
		"xl/workbook.xml": &w, "xl/_rels/workbook.xml.rels": &rels, "xl/sharedStrings.xml": &strs, "xl/styles.xml": &styles,
	} {
		if err := k.decode(name, into); err != nil {
			return nil, err
		}
	}
	sheet := "xl/worksheets/sheet1.xml"
	for _, s := range w.Sheets {
		if s.State == "hidden" || s.State == "veryHidden" {
			continue
		}
		for _, rel := range rels.All {
			if rel.ID == s.ID && s.ID != "" {
				if sheet = path.Join("xl", rel.Target); strings.HasPrefix(rel.Target, "/") {
					sheet = strings.TrimPrefix(rel.Target, "/")
				}
			}
		}
		break
	}
	b, err := k.part(sheet)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return nil, ErrEmpty
	}
	dates := map[int]bool{}
	codes := map[int]string{}
	for _, f := range styles.Formats {
		codes[f.ID] = f.Code
	}
	for i, c := range styles.Cells {
		dates[i] = isDate(c.Format, codes[c.Format])
	}
	r := xlsxReader{strings: strs.Items, dates: dates, from1904: w.Properties.Date1904 == "1" || w.Properties.Date1904 == "true"}
	return r.read(b, most)
}

// isDate tells whether a number format shows days: one of those built in, or one whose code names years, months or days.
func isDate(id int, code string) bool {
	if id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58 {
		return true
	}
	bare, quoted := "", false
	for _, r := range strings.ToLower(code) {
		switch {
		case r == '"' || r == '[' || r == ']':
			quoted = !quoted
		case !quoted:
			bare += string(r)
		}
	}
	return strings.ContainsAny(bare, "yd")
}

type xlsxReader struct {
	strings  []sharedString
	dates    map[int]bool
	from1904 bool
}

type xlsxCell struct {
	Ref    string       `xml:"r,attr"`
	Type   string       `xml:"t,attr"`
	Style  int          `xml:"s,attr"`
	Value  string       `xml:"v"`
	Inline sharedString `xml:"is"`
}

func (r xlsxReader) read(b []byte, most int) ([]line, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	var lines []line
	number := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		var row struct {
			Number int        `xml:"r,attr"`
			Cells  []xlsxCell `xml:"c"`
		}
		if err := d.DecodeElement(&row, &start); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		number = max(number+1, row.Number)
		l := line{number: number}
		for _, c := range row.Cells {
			column := columnOf(c.Ref, len(l.cells))
			if column >= maxColumns {
				continue
			}
			for len(l.cells) <= column {
				l.cells = append(l.cells, "")
			}
			l.cells[column] = tidy(r.text(c))
		}
		if !l.empty() {
			lines = append(lines, l)
		}
		if len(lines) > most+1 {
			return lines, nil
		}
	}
}

// columnOf is the column that a reference names: "C7" is the third, 2.
func columnOf(ref string, next int) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	if n == 0 {
		return next
	}
	return n - 1
}

func (r xlsxReader) text(c xlsxCell) string {
	switch c.Type {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(c.Value)); err == nil && i >= 0 && i < len(r.strings) {
			return r.strings[i].String()
		}
		return ""
	case "inlineStr":
		return c.Inline.String()
	case "b":
		return map[string]string{"1": "yes", "0": "no"}[c.Value]
	case "str", "d":
		return c.Value
	case "e":
		return ""
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(c.Value), 64)
	if err != nil {
		return c.Value
	}
	if r.dates[c.Style] {
		return r.day(n)
	}
	return figure(n)
}

// figure is a number without the noise of its binary form.
func figure(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return ""
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// day is the day that a serial number means (ECMA-376, part 1, 18.17.4).
func (r xlsxReader) day(serial float64) string {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if r.from1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if serial < 60 { // 1900 had no 29 February, which the format believes
		epoch = epoch.AddDate(0, 0, 1)
	}
	if serial < 0 || serial > 2958466 {
		return figure(serial)
	}
	at := epoch.Add(time.Duration(math.Round(serial*86400)) * time.Second)
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

// ods reads the first table of an OpenDocument spreadsheet.
func (k book) ods(most int) ([]line, error) {
	b, err := k.part("content.xml")
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	var lines []line
	number, inTable := 0, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		switch e := token.(type) {
		case xml.EndElement:
			if e.Name.Local == "table" && inTable {
				return lines, nil
			}
		case xml.StartElement:
			switch e.Name.Local {
			case "table":
				inTable = true
			case "table-row":
				row, err := odsRow(d, e)
				if err != nil {
					return nil, err
				}
				times := max(1, min(row.times, 1<<20))
				if !row.empty() {
					for i := range min(times, most+2-len(lines)) {
						lines = append(lines, line{number + 1 + i, row.cells})
					}
				}
				number += times
				if len(lines) > most+1 {
					return lines, nil
				}
			}
		}
	}
}

type odsLine struct {
	line
	times int
}

func odsRow(d *xml.Decoder, start xml.StartElement) (odsLine, error) {
	var row struct {
		Times int `xml:"number-rows-repeated,attr"`
		Cells []struct {
			XMLName xml.Name
			Times   int       `xml:"number-columns-repeated,attr"`
			Type    string    `xml:"value-type,attr"`
			Value   string    `xml:"value,attr"`
			Date    string    `xml:"date-value,attr"`
			Boolean string    `xml:"boolean-value,attr"`
			Lines   []odsText `xml:"p"`
		} `xml:",any"`
	}
	if err := d.DecodeElement(&row, &start); err != nil {
		return odsLine{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	l := odsLine{times: row.Times}
	for _, c := range row.Cells {
		if c.XMLName.Local != "table-cell" && c.XMLName.Local != "covered-table-cell" {
			continue
		}
		text := ""
		switch c.Type {
		case "float", "currency", "percentage":
			n, _ := strconv.ParseFloat(c.Value, 64)
			text = figure(n)
		case "date":
			text, _, _ = strings.Cut(c.Date, "T00:00:00")
			text = strings.Replace(text, "T", " ", 1)
		case "boolean":
			text = map[string]string{"true": "yes", "false": "no"}[c.Boolean]
		default:
			var parts []string
			for _, p := range c.Lines {
				parts = append(parts, string(p))
			}
			text = strings.Join(parts, "\n")
		}
		for range max(1, min(c.Times, maxColumns+1)) {
			if len(l.cells) <= maxColumns {
				l.cells = append(l.cells, tidy(text))
			}
		}
	}
	for len(l.cells) > 0 && l.cells[len(l.cells)-1] == "" {
		l.cells = l.cells[:len(l.cells)-1]
	}
	return l, nil
}

// odsText is a paragraph of a cell, with the texts of its spans and its spaces.
type odsText string

// UnmarshalXML gathers all text below the paragraph.
func (t *odsText) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.CharData:
			b.Write(e)
		case xml.StartElement:
			depth++
			if e.Name.Local == "s" {
				b.WriteByte(' ')
			}
		case xml.EndElement:
			depth--
		}
	}
	*t = odsText(b.String())
	return nil
}
