package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, b []byte) Table {
	t.Helper()
	table, err := Read(b, 100)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestText(t *testing.T) {
	for name, c := range map[string]struct {
		file   string
		want   [][]string
		faults []Fault
		coding string
	}{
		"commas":               {"a,b\n1,2\n", [][]string{{"1", "2"}}, nil, "UTF-8"},
		"semicolons":           {"a;b\n1,5;2\n", [][]string{{"1,5", "2"}}, nil, "UTF-8"},
		"tabs, CRLF, a mark":   {"\uFEFFa\tb\r\nx\ty\r\n", [][]string{{"x", "y"}}, nil, "UTF-8"},
		"quotes and line ends": {"a,b\n\"x, \"\"y\"\"\nz\",2\n3,4\n", [][]string{{"x, \"y\"\nz", "2"}, {"3", "4"}}, nil, "UTF-8"},
		"a stray quote":        {"a,b\n5\" de diamètre,2\n3,4\n", [][]string{{"5\" de diamètre", "2"}, {"3", "4"}}, []Fault{{2, BrokenQuote}}, "UTF-8"},
		"an open quote":        {"a,b\n\"jamais fermé,2\n3,4\n", [][]string{{"\"jamais fermé", "2"}, {"3", "4"}}, []Fault{{2, BrokenQuote}}, "UTF-8"},
		"short and long":       {"a,b\n1\n1,2,3\n,,\n", [][]string{{"1", ""}, {"1", "2"}}, []Fault{{3, TooManyCells}}, "UTF-8"},
		"Windows-1252":         {"a,b\n\xe9t\xe9,\x80\n", [][]string{{"été", "€"}}, nil, "Windows-1252"},
		"mixed":                {"a,b\né,1\n\xe9,2\n", [][]string{{"é", "1"}, {"é", "2"}}, []Fault{{3, BrokenEncoding}}, "UTF-8"},
		"encoded twice":        {"a,b\nÃ©tÃ©,1\n", [][]string{{"été", "1"}}, []Fault{{2, BrokenEncoding}}, "UTF-8"},
		"UTF-16":               {"\xff\xfea\x00,\x00b\x00\n\x00\xe9\x00,\x001\x00", [][]string{{"é", "1"}}, nil, "UTF-16"},
	} {
		t.Run(name, func(t *testing.T) {
			table := read(t, []byte(c.file))
			var got [][]string
			for _, row := range table.Rows {
				got = append(got, row.Cells)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.faults, table.Faults); diff != "" {
				t.Error(diff)
			}
			if table.Encoding != c.coding {
				t.Errorf("encoding %s", table.Encoding)
			}
		})
	}
}

func TestColumnsAreDistinct(t *testing.T) {
	table := read(t, []byte("Nom,,Nom,\nx,y,z,\n"))
	if diff := cmp.Diff([]string{"Nom", "Colonne 2", "Nom (2)"}, table.Columns); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoTable(t *testing.T) {
	for want, b := range map[error][]byte{
		ErrKind: []byte("\x89PNG\x00\x00\x00"), ErrEmpty: []byte("\n \n"), ErrTooLong: []byte("a\n" + strings.Repeat("x\n", 101)), ErrBroken: []byte("PK\x03\x04rubbish"),
	} {
		if _, err := Read(b, 100); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", b[:min(9, len(b))], err, want)
		}
	}
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(content))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func workbookOf(t testing.TB) []byte {
	return zipped(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" state="hidden" r:id="r1"/><sheet name="b" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>Nom</t></si><si><r><t>Le </t></r><r><t>port</t></r></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet2.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Jour</t></is></c><c r="D1" t="str"><v>Nombre</v></c></row>
<row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" s="1"><v>46095</v></c><c r="D3"><v>0.1</v></c></row><row r="4"><c r="B4" t="b"><v>1</v></c><c r="D4"><v>0.30000000000000004</v></c></row></sheetData></worksheet>`,
	})
}

func documentOf(t testing.TB) []byte {
	return zipped(t, map[string]string{"content.xml": `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table>
<table:table-row><table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Jour</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Le <text:span>port</text:span></text:p><text:p>et la mer</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-03-14"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="12.5"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`})
}

func TestSpreadsheets(t *testing.T) {
	table := read(t, workbookOf(t))
	want := Table{Columns: []string{"Nom", "Colonne 2", "Jour", "Nombre"}, Rows: []Row{
		{3, []string{"Le port", "", "2026-03-14", "0.1"}}, {4, []string{"", "yes", "", "0.3"}},
	}}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Error(diff)
	}
	table = read(t, documentOf(t))
	want = Table{Columns: []string{"Nom", "Jour"}, Rows: []Row{
		{2, []string{"Le port\net la mer", "2026-03-14"}}, {3, []string{"Le port\net la mer", "2026-03-14"}}, {1048004, []string{"12.5", "yes"}},
	}}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Error(diff)
	}
}

func TestWrittenIsRead(t *testing.T) {
	var b bytes.Buffer
	rows := [][]string{{"a \"b\"", "1;2"}, {"=1+1", "-3"}, {"deux\nlignes", "@moi"}}
	if err := WriteCSV(&b, []string{"Un", "Deux"}, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	table := read(t, b.Bytes())
	want := []Row{{2, []string{"a \"b\"", "1;2"}}, {3, []string{"'=1+1", "-3"}}, {4, []string{"deux\nlignes", "'@moi"}}}
	if diff := cmp.Diff(want, table.Rows); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;\"b\nc\";d\n\xe9", "\xff\xfea\x00", "a\t\"\n\"\"\"\n"} {
		f.Add([]byte(s))
	}
	f.Add(workbookOf(f))
	f.Add(documentOf(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := Read(b, 50)
		if err != nil {
			return
		}
		last := 0
		for _, row := range table.Rows {
			if len(row.Cells) != len(table.Columns) || row.Line <= last {
				t.Fatalf("line %d after %d, %d cells of %d", row.Line, last, len(row.Cells), len(table.Columns))
			}
			last = row.Line
		}
	})
}
