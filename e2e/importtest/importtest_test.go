package importtest_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bourgeon/e2e/importtest"
)

// root returns the folder of the module and the module's name.
func root(t *testing.T) (string, string) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`(?m)^module (\S+)`).FindSubmatch(mod)
	if name == nil {
		t.Fatal("go.mod names no module")
	}
	return dir, string(name[1])
}

func report(t *testing.T, faults []importtest.Fault, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// TestShelves holds this module to the order of its shelves.
func TestShelves(t *testing.T) {
	dir, module := root(t)
	faults, err := importtest.Shelves(os.DirFS(dir), module)
	report(t, faults, err)
}

// TestBudgets holds this module to the sizes that it promises.
func TestBudgets(t *testing.T) {
	dir, _ := root(t)
	faults, err := importtest.Budgets(os.DirFS(dir))
	report(t, faults, err)
}

// TestWords looks for machines and registries in every file that is in the repository.
func TestWords(t *testing.T) {
	dir, _ := root(t)
	faults, err := importtest.Words(os.DirFS(dir), tracked(t, dir))
	report(t, faults, err)
}

// tracked lists the files that git knows, or outside a clone every file.
func tracked(t *testing.T, dir string) []string {
	t.Helper()
	command := exec.Command("git", "ls-files", "-z")
	command.Dir = dir
	out, err := command.Output()
	var names []string
	if err != nil {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
			if entry != nil && entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "bin") {
				return fs.SkipDir
			}
			if err == nil && entry.Type().IsRegular() {
				names = append(names, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	for name := range bytes.SplitSeq(bytes.TrimRight(out, "\x00"), []byte{0}) {
		file, err := os.Lstat(filepath.Join(dir, string(name)))
		if err == nil && file.Mode().IsRegular() { // not one that is deleted but not committed so, nor a link
			names = append(names, string(name))
		}
	}
	if len(names) == 0 || !strings.Contains(string(out), "go.mod") {
		t.Fatalf("git lists %d files and no go.mod", len(names))
	}
	return names
}
