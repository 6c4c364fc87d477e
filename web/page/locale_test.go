package page_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bourgeon/kit/locale"
	"bourgeon/web/page"
)

// TestCatalogueIsComplete holds every text of the faces, and every message that the shelves below may send to a person,
// to be translated, with the same arguments. What is missing is printed as a PO file to fill in.
func TestCatalogueIsComplete(t *testing.T) {
	root := os.DirFS("../..")
	catalogue, err := page.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	faces, err := fs.Sub(root, "web")
	if err != nil {
		t.Fatal(err)
	}
	messages, err := locale.Extract(faces)
	if err != nil {
		t.Fatal(err)
	}
	for _, shelf := range []string{"press", "store", "app", "web"} {
		problems, err := problems(root, shelf)
		if err != nil {
			t.Fatal(err)
		}
		messages = append(messages, problems...)
	}
	if len(messages) < 100 {
		t.Fatalf("only %d messages found: the extraction is broken", len(messages))
	}
	for lang, missing := range locale.Missing(catalogue, messages) {
		var b strings.Builder
		seen := map[string]bool{}
		for _, m := range missing {
			if seen[m.ID] {
				continue
			}
			seen[m.ID] = true
			fmt.Fprintf(&b, "\n#: %s:%d\nmsgid %q\n", m.File, m.Line, m.ID)
			if m.Plural == "" {
				b.WriteString("msgstr \"\"\n")
			} else {
				fmt.Fprintf(&b, "msgid_plural %q\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", m.Plural)
			}
		}
		t.Errorf("%d messages have no translation in %s:\n%s", len(seen), lang, b.String())
	}
	for lang, wrong := range locale.Mismatched(catalogue, messages) {
		for _, m := range wrong {
			t.Errorf("%s:%d: %q takes other arguments in %s", m.File, m.Line, m.ID, lang)
		}
	}
}

// TestNoMessageIsLeftOver finds what catalogues translate though no source says it any more.
func TestNoMessageIsLeftOver(t *testing.T) {
	var said strings.Builder
	for _, shelf := range []string{"press", "store", "app", "web"} {
		err := fs.WalkDir(os.DirFS("../.."), shelf, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if ext := path.Ext(name); ext != ".go" && ext != ".templ" || strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			source, err := os.ReadFile("../../" + name)
			said.WriteString(joined.ReplaceAllString(string(source), ""))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob("locale/*/*.po")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			quoted, is := strings.CutPrefix(strings.TrimSpace(line), "msgid ")
			if !is || quoted == `""` {
				continue
			}
			if text, err := strconv.Unquote(quoted); err != nil {
				t.Errorf("%s: %s: %v", file, quoted, err)
			} else if !strings.Contains(said.String(), quoted) && !strings.Contains(said.String(), "`"+text+"`") {
				t.Errorf("%s: nothing says %s any more", file, quoted)
			}
		}
	}
}

// joined is where two pieces of one text meet.
var joined = regexp.MustCompile(`"\s*\+\s*"`)

// problems finds the messages that a shelf sends to people: press.Problem(kind, "…"), c.Fault(field, "…"), a Message: "…"
// in a literal, and the texts of functions named …Message.
func problems(root fs.FS, shelf string) ([]locale.Message, error) {
	var found []locale.Message
	set := token.NewFileSet()
	err := fs.WalkDir(root, shelf, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name == "store/storetest" {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, name, source, 0)
		if err != nil {
			return err
		}
		add := func(e ast.Expr) {
			if text := literal(e); text != "" {
				found = append(found, locale.Message{ID: text, File: name, Line: set.Position(e.Pos()).Line})
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if called := nameOf(n.Fun); (called == "Problem" || called == "Fault") && len(n.Args) > 1 {
					add(n.Args[1])
				}
			case *ast.KeyValueExpr:
				if nameOf(n.Key) == "Message" {
					add(n.Value)
				}
			case *ast.FuncDecl:
				if strings.HasSuffix(n.Name.Name, "Message") {
					ast.Inspect(n, func(n ast.Node) bool {
						if answer, ok := n.(*ast.ReturnStmt); ok {
							for _, result := range answer.Results {
								add(result)
							}
						}
						return true
					})
				}
			}
			return true
		})
		return nil
	})
	return found, err
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// literal is a text written as one literal or as a sum of them; "" for anything else.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.BinaryExpr:
		left, right := literal(e.X), literal(e.Y)
		if e.Op == token.ADD && left != "" && right != "" {
			return left + right
		}
	}
	return ""
}
