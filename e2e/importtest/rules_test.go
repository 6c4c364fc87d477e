package importtest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"bourgeon/e2e/importtest"
)

// TestImports judges one import at a time, in a house of one file.
func TestImports(t *testing.T) {
	for _, c := range []struct {
		file, imports, why string // why is "" where the import is right
	}{
		// down, also past shelves
		{"cmd/bourgeon/main.go", "m/web", ""},
		{"cmd/bourgeon/main.go", "m/cmd/bourgeon/demo", ""},
		{"cmd/bourgeon/main.go", "m/kit/jobs", ""},
		{"web/reader/a.go", "m/app/editing", ""},
		{"web/reader/a.go", "m/store", ""},
		{"web/reader/a.go", "m/press", ""},
		{"app/editing/a.go", "m/store", ""},
		{"app/editing/a.go", "m/kit/slug", ""},
		{"store/a.go", "m/press", ""},
		{"store/a.go", "modernc.org/sqlite", ""},
		{"e2e/story/a.go", "m/cmd/bourgeon", ""},
		{"e2e/story/a.go", "m/e2e/browser", ""},
		// up
		{"web/a.go", "m/cmd/bourgeon", "cmd is above web"},
		{"app/editing/a.go", "m/web/page", "web is above app"},
		{"store/a.go", "m/app/editing", "app is above store"},
		{"store/a_test.go", "m/app/editing", "app is above store"},
		{"press/a.go", "m/store", "store is above press"},
		{"cmd/bourgeon/main.go", "m/e2e/browser", "no shelf"},
		{"app/editing/a_test.go", "m/e2e/browser", "no shelf"},
		{"app/editing/a.go", "m", "no shelf"},
		{"app/editing/a.go", "m/internal/x", "no shelf"},
		{"util/a.go", "fmt", "stands on no shelf"},
		{"a.go", "fmt", "stands on no shelf"},
		// sideways
		{"app/editing/a.go", "m/app/mailing", "sideways"},
		{"app/editing/a_test.go", "m/app/mailing", "sideways"},
		{"app/importing/a.go", "m/app/importing/spip", ""},
		{"app/importing/spip/a.go", "m/app/importing", ""},
		{"app/importing/spip/a.go", "m/app/importing/yeswiki", "sideways"},
		{"app/import/a.go", "m/app/importing", "sideways"},
		{"web/reader/a.go", "m/web/write", "sideways"},
		{"web/reader/a.go", "m/web/page", ""},
		{"web/reader/a.go", "m/web/page/static", ""},
		{"web/page/a.go", "m/web/page/static", ""},
		{"web/page/a.go", "m/web/reader", "sideways"},
		{"web/reader/a.go", "m/web", "web, which mounts it"},
		{"web/a.go", "m/web/reader", ""},
		{"web/a.go", "m/web/page", ""},
		// store and its suite
		{"store/a.go", "m/store/migrations", ""},
		{"store/people/a.go", "m/store/rows", ""},
		{"store/people/a.go", "m/store/queue", "sideways"},
		{"store/storetest/a.go", "m/store", ""},
		{"store/a_test.go", "m/store/storetest", ""},
		{"app/editing/a_test.go", "m/store/storetest", ""},
		{"web/reader/a_test.go", "m/store/storetest", ""},
		{"store/a.go", "m/store/storetest", "for tests"},
		{"app/editing/a.go", "m/store/storetest", "for tests"},
		{"press/a_test.go", "m/store/storetest", "for tests"},
		// press
		{"press/a.go", "encoding/json", ""},
		{"press/a.go", "m/kit/slug", "standard library alone"},
		{"press/a.go", "golang.org/x/text", "standard library alone"},
		{"press/a_test.go", "github.com/google/go-cmp/cmp", ""},
		{"press/a_test.go", "m/press", ""},
		{"press/a_test.go", "m/kit/slug", ""},
		{"press/sub/a.go", "m/press", "one package"},
		// kit
		{"kit/slug/a.go", "m/kit/fold", ""},
		{"kit/slug/a.go", "golang.org/x/text", ""},
		{"kit/slug/a.go", "m/press", "never heard of us"},
		{"kit/slug/a_test.go", "m/store/storetest", "never heard of us"},
	} {
		t.Run(c.file+"→"+c.imports, func(t *testing.T) {
			text := fmt.Sprintf("package p\n\nimport (\n\t\"fmt\"\n\t_ %q\n)\n", c.imports)
			faults, err := importtest.Shelves(fstest.MapFS{c.file: {Data: []byte(text)}}, "m")
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case c.why == "" && len(faults) > 0:
				t.Errorf("faults: %v", faults)
			case c.why != "" && len(faults) != 1:
				t.Errorf("%d faults: %v", len(faults), faults)
			case c.why != "" && !strings.Contains(faults[0].String(), c.why):
				t.Errorf("said %q, not %q", faults[0], c.why)
			case c.why != "" && !strings.Contains(c.why, "stands on") && !strings.HasPrefix(faults[0].String(), c.file+":5: imports "+c.imports+": "):
				t.Errorf("%q doesn't name file, line and import", faults[0])
			}
		})
	}
}

// TestUnbuiltFilesCount checks that a build tag hides nothing, and what is no source of ours is left alone.
func TestUnbuiltFilesCount(t *testing.T) {
	bad := []byte("//go:build plan9\n\npackage p\n\nimport _ \"m/web\"\n")
	faults, err := importtest.Shelves(fstest.MapFS{
		"store/a_plan9.go":      {Data: bad},
		"store/testdata/a.go":   {Data: bad},
		"store/_old/a.go":       {Data: bad},
		"web/node_modules/a.go": {Data: bad},
	}, "m")
	if err != nil || len(faults) != 1 || faults[0].File != "store/a_plan9.go" || faults[0].Line != 5 {
		t.Errorf("faults %v, %v", faults, err)
	}
	if _, err := importtest.Shelves(fstest.MapFS{"kit/a.go": {Data: []byte("pakage")}}, "m"); err == nil {
		t.Error("a file that is not Go was accepted")
	}
}

func TestBudgetsCatch(t *testing.T) {
	long := func(lines int) []byte { return []byte("package p\n" + strings.Repeat("\n", lines-1)) }
	doc := func(lines int) []byte {
		return []byte("// Package p is.\n" + strings.Repeat("// More.\n", lines-1) + "package p\n")
	}
	house := fstest.MapFS{
		"kit/right/a.go":         {Data: doc(15)},
		"kit/right/b.go":         {Data: long(600)},
		"kit/right/a_templ.go":   {Data: long(9000)},
		"kit/right/gen.go":       {Data: append([]byte("// Code generated by x; DO NOT EDIT.\n\n"), long(9000)...)},
		"kit/tests/a_test.go":    {Data: long(3)},
		"kit/longfile/a.go":      {Data: doc(1)},
		"kit/longfile/b.go":      {Data: long(601)},
		"kit/longtest/a_test.go": {Data: long(601)},
		"kit/longdoc/a.go":       {Data: doc(10)},
		"kit/longdoc/b.go":       {Data: doc(6)},
		"kit/nodoc/a.go":         {Data: []byte("// A licence.\n\npackage p\n")},
		"kit/wrongdoc/a.go":      {Data: []byte("// This is.\npackage p\n")},
		"cmd/x/main.go":          {Data: []byte("// Bourgeon is.\npackage main\n")},
		"web/page/a.templ":       {Data: long(601)},
		"ARCHITECTURE.md":        {Data: long(201)},
		"docs/ARCHITECTURE.md":   {Data: long(201)},
	}
	house["kit/big/doc.go"] = &fstest.MapFile{Data: doc(1)}
	for i := range 9 {
		house[fmt.Sprintf("kit/big/a%d.go", i)] = &fstest.MapFile{Data: long(560)}
	}
	faults, err := importtest.Budgets(house)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, fault := range faults {
		got = append(got, fault.String())
	}
	want := []string{
		"kit/longfile/b.go:601: 601 lines, at most 600: split it by what it does",
		"kit/longtest/a_test.go:601: 601 lines, at most 600: split it by what it does",
		"kit/big: 5042 lines in the package, at most 5000",
		"kit/longdoc: a package comment of 16 lines, at most 15",
		"kit/nodoc: no package comment: say what it is, what it is not and where to start",
		"kit/wrongdoc/a.go: its package comment should begin with “Package p”",
		"ARCHITECTURE.md:201: 201 lines, at most 200",
		"web/page/a.templ:601: 601 lines, at most 600",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestWordsCatch(t *testing.T) {
	join := func(parts ...string) []byte { return []byte(strings.Join(parts, "")) }
	house := fstest.MapFS{
		"path":    {Data: join("one\nsee /", "tmp/wt/x\n")},
		"start":   {Data: join("/", "work/shared/x")},
		"quoted":  {Data: join("a \"/", "root/go\"")},
		"host":    {Data: join("GOPROXY=https://proxy", ".golang.org")},
		"npm":     {Data: join("https://registry", ".npmjs.org/x.tgz")},
		"binary":  {Data: join("\x00/", "work/x")},
		"address": {Data: join("https://example.org/", "work/x and ../", "work/x, home", "work/ and framework/")},
		"good":    {Data: []byte("https://pkg.go.dev and /var/lib/bourgeon and /tmp/x")},
	}
	faults, err := importtest.Words(house, []string{"path", "start", "quoted", "host", "npm", "binary", "address", "good"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, fault := range faults {
		got = append(got, fmt.Sprintf("%s:%d", fault.File, fault.Line))
	}
	if diff := cmp.Diff([]string{"path:2", "start:1", "quoted:1", "host:1", "npm:1"}, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
