// Package importtest holds the house to its rules: an import goes down a shelf,
// never up and never sideways; files and packages stay small; each package says
// what it is; no text names the machine that it was written on.
//
// It reads the sources as text, so a file that this platform would not build is
// judged too. It does not judge what code does. Start with [Shelves]; the test
// of this package runs every rule on the whole module.
package importtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// A Fault is one breach of a rule.
type Fault struct {
	File string // slash-separated, from the root of the module
	Line int    // from 1; 0 when it concerns the whole file or folder
	Text string
}

func (f Fault) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Text
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// source is one Go file.
type source struct {
	file      string // from the root, slash-separated
	dir       string // its folder, "." for the root
	pkg       string // the name in its package clause
	test      bool   // its name ends in _test.go
	generated bool
	lines     int
	doc       *ast.CommentGroup
	imports   []imported
}

type imported struct {
	path string
	line int
}

// skipped says whether a folder holds no source of ours, as for the go command.
func skipped(name string) bool {
	return name != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) ||
		name == "testdata" || name == "vendor" || name == "node_modules"
}

// sources reads every Go file under root.
func sources(root fs.FS) ([]source, error) {
	var all []source
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, name, text, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return fmt.Errorf("parse %s: %w", name, err)
		}
		s := source{
			file: name, dir: path.Dir(name), pkg: parsed.Name.Name, doc: parsed.Doc, lines: lines(text),
			test:      strings.HasSuffix(name, "_test.go"),
			generated: strings.HasSuffix(name, "_templ.go") || ast.IsGenerated(parsed),
		}
		for _, spec := range parsed.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return fmt.Errorf("parse %s: %w", name, err)
			}
			s.imports = append(s.imports, imported{p, files.Position(spec.Pos()).Line})
		}
		all = append(all, s)
		return nil
	})
	return all, err
}

func lines(text []byte) int {
	n := strings.Count(string(text), "\n")
	if len(text) > 0 && text[len(text)-1] != '\n' {
		n++
	}
	return n
}
