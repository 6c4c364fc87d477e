package importtest

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Words returns the places in the named files that tell on which machine, or
// through which package registry, they were made. Binary files are passed over.
func Words(root fs.FS, names []string) ([]Fault, error) {
	forbidden := regexp.MustCompile(machine())
	var faults []Fault
	for _, name := range names {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return nil, err
		}
		if bytes.IndexByte(text, 0) >= 0 || !utf8.Valid(text) {
			continue
		}
		for _, at := range forbidden.FindAllIndex(text, -1) {
			faults = append(faults, Fault{name, 1 + bytes.Count(text[:at[0]], []byte("\n")),
				"names a machine or a registry: " + strings.TrimSpace(string(text[at[0]:at[1]]))})
		}
	}
	return faults, nil
}

// machine is the expression for what no file may say, put together here so that this file doesn't say it.
func machine() string {
	slash := "/"
	roots := []string{ // absolute paths, not parts of an address such as example.org/work/
		slash + "tmp/(?:wt|brief|bash_jobs)\\b", slash + "work" + slash, slash + "root" + slash + "\\w", slash + "Users" + slash + "\\w",
	}
	hosts := []string{
		"proxy" + `\.golang\.org`, "sum" + `\.golang\.org`, "registry" + `\.npmjs`, "registry" + `\.yarnpkg`,
		"files" + `\.pythonhosted\.org`, "static" + `\.crates\.io`,
	}
	return `(?:^|[^\w.\-/])(?:` + strings.Join(roots, "|") + `)|` + strings.Join(hosts, "|")
}
