package importtest

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// What a reader can be asked to hold in mind, in lines.
const (
	maxFile         = 600
	maxPackage      = 5000 // without tests and generated code
	maxDoc          = 15
	maxArchitecture = 200
)

// Budgets returns the files and packages that have grown too long, and the
// packages that don't say in at most 15 lines what they are.
func Budgets(root fs.FS) ([]Fault, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	var faults []Fault
	packages := map[string][]source{}
	for _, file := range files {
		if file.generated {
			continue
		}
		if file.lines > maxFile {
			faults = append(faults, Fault{file.file, file.lines, fmt.Sprintf("%d lines, at most %d: split it by what it does", file.lines, maxFile)})
		}
		if !file.test {
			packages[file.dir] = append(packages[file.dir], file)
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(packages)) {
		faults = append(faults, judge(dir, packages[dir])...)
	}
	long, err := texts(root)
	return append(faults, long...), err
}

// judge looks at the size and the doc comment of one package.
func judge(dir string, files []source) []Fault {
	var faults []Fault
	total, doc := 0, 0
	for _, file := range files {
		total += file.lines
		if file.doc == nil {
			continue
		}
		doc += lines([]byte(strings.TrimSpace(file.doc.Text())))
		if want := "Package " + file.pkg; file.pkg != "main" && !strings.HasPrefix(file.doc.Text(), want) {
			faults = append(faults, Fault{file.file, 0, "its package comment should begin with “" + want + "”"})
		}
	}
	if total > maxPackage {
		faults = append(faults, Fault{dir, 0, fmt.Sprintf("%d lines in the package, at most %d", total, maxPackage)})
	}
	if doc == 0 {
		faults = append(faults, Fault{dir, 0, "no package comment: say what it is, what it is not and where to start"})
	}
	if doc > maxDoc {
		faults = append(faults, Fault{dir, 0, fmt.Sprintf("a package comment of %d lines, at most %d", doc, maxDoc)})
	}
	return faults
}

// texts looks at what is not Go: templates, and the description of the house.
func texts(root fs.FS) ([]Fault, error) {
	var faults []Fault
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(entry.Name()):
			return fs.SkipDir
		}
		most := 0
		switch {
		case name == "ARCHITECTURE.md":
			most = maxArchitecture
		case path.Ext(name) == ".templ":
			most = maxFile
		default:
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if n := lines(text); n > most {
			faults = append(faults, Fault{name, n, fmt.Sprintf("%d lines, at most %d", n, most)})
		}
		return nil
	})
	return faults, err
}
