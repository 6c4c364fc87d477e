package importtest

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// shelves from the top to the bottom. Beside them stand kit, which all may use
// and which uses none, and e2e, which may use all and which none uses.
var shelves = []string{"cmd", "web", "app", "store", "press"}

// storetest is the conformance suite of the store's engines, for tests alone.
const storetest = "store/storetest"

// storeRows is what the store shares with its children.
const storeRows = "store/rows"

// walktest serves whole paths to the faces' tests, for tests alone.
const walktest = "web/walktest"

// Shelves returns the imports that go up or sideways in the module of that name.
//
//   - cmd → web → app → store → press; skipping shelves downward is fine.
//   - Within app and store, only parents and children may meet; those of store share
//     store/rows. web may import its
//     faces; a face may import, of web, its own family and web/page with what is under it.
//   - press imports the standard library alone, and is one package.
//   - kit imports, of ours, kit alone. Any shelf but press imports kit.
//   - A _test.go file may also import kit from press, and store/storetest from
//     the store and above. A face's may import web, which mounts it, and
//     web/walktest, which serves whole paths over a storetest world.
func Shelves(root fs.FS, module string) ([]Fault, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	var faults []Fault
	for _, file := range files {
		if shelf, _, _ := strings.Cut(file.dir, "/"); rank(shelf) < 0 && shelf != "kit" && shelf != "e2e" {
			faults = append(faults, Fault{file.file, 0, "stands on no shelf: Go code belongs in " + strings.Join(shelves, ", ") + ", kit or e2e"})
			continue
		}
		for _, imp := range file.imports {
			to, ours := "", true
			if imp.path != module {
				to, ours = strings.CutPrefix(imp.path, module+"/")
			}
			if why := objection(file.dir, to, imp.path, ours, file.test); why != "" {
				faults = append(faults, Fault{file.file, imp.line, fmt.Sprintf("imports %s: %s", imp.path, why)})
			}
		}
	}
	return faults, nil
}

// objection says why the package in folder from may not import the one in
// folder to (of ours) or the package named full (of others), or "".
func objection(from, to, full string, ours, test bool) string {
	shelf, _, _ := strings.Cut(from, "/")
	if !ours {
		host, _, _ := strings.Cut(full, "/")
		if shelf == "press" && !test && (strings.Contains(host, ".") || full == "C") {
			return "press imports the standard library alone"
		}
		return ""
	}
	if from == to || shelf == "e2e" { // a test outside its package imports it
		return ""
	}
	below, _, _ := strings.Cut(to, "/")
	switch {
	case to == "" || below != "kit" && rank(below) < 0:
		return "what stands on no shelf is imported by none"
	case shelf == "kit" && below != "kit":
		return "kit has never heard of us"
	case below == "kit":
		if shelf == "press" && !test {
			return "press imports the standard library alone"
		}
		return ""
	case within(to, storetest):
		if within(from, storetest) || within(from, walktest) || test && rank(shelf) <= rank("store") {
			return ""
		}
		return "storetest is for tests of the store and above"
	case rank(below) < rank(shelf):
		return below + " is above " + shelf
	case rank(below) > rank(shelf):
		return ""
	}
	return aside(shelf, from, to, test)
}

// aside judges an import between two packages of one shelf.
func aside(shelf, from, to string, test bool) string {
	switch {
	case shelf == "cmd" || shelf == "store" && (within(from, storetest) || to == storeRows):
		return ""
	case shelf == "press":
		return "press is one package"
	case shelf == "web" && (from == "web" || from == walktest || test && (to == "web" || to == walktest)):
		return ""
	case shelf == "web" && to == "web":
		return "a face imports web/page and what is below, not web, which mounts it"
	case shelf == "web" && within(to, "web/page") && !within(from, "web/page"):
		return ""
	case within(from, to) || within(to, from):
		return ""
	}
	return "sideways: " + from + " and " + to + " are not of one family"
}

func rank(shelf string) int { return slices.Index(shelves, shelf) }

func within(dir, family string) bool {
	return dir == family || strings.HasPrefix(dir, family+"/")
}
