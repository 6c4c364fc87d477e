// Command build makes the editor's files from its sources and the packages of
// package-lock.json, which npm has put beside them (npm ci):
//
//	go run ./web/editor/build web/editor web/page/static
//
// The same sources give the same bytes. What each package's licence says goes
// into a file of its own. Start with web/editor/src/index.ts.
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./web/editor/build FROM TO")
		os.Exit(2)
	}
	if err := build(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "build the editor:", err)
		os.Exit(1)
	}
}

// build reads the sources in from and writes editor.js, editor.css and editor.LICENSES.txt into to.
func build(from, to string) error {
	root, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	if to, err = filepath.Abs(to); err != nil {
		return err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir: root, EntryPoints: []string{"src/index.ts", "src/editor.css"}, Outdir: to,
		Bundle: true, Format: api.FormatESModule, Target: api.ES2022, Platform: api.PlatformBrowser,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone, Charset: api.CharsetUTF8, Metafile: true, LogLevel: api.LogLevelWarning,
		// Of two builds of a package, the one for browsers: it reads character references with the browser's own table.
		Conditions: []string{"browser"},
	})
	if len(result.Errors) > 0 {
		return errors.New(result.Errors[0].Text)
	}
	for _, file := range result.OutputFiles {
		name := strings.Replace(filepath.Base(file.Path), "index", "editor", 1)
		if err := os.WriteFile(filepath.Join(to, name), file.Contents, 0o644); err != nil {
			return err
		}
	}
	text, err := licences(root, result.Metafile)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "editor.LICENSES.txt"), []byte(text), 0o644)
}

// licences are those of the packages that went into the bundle, in the order of their names.
func licences(root, metafile string) (string, error) {
	var meta struct {
		Inputs map[string]struct{} `json:"inputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return "", err
	}
	var folders []string
	for input := range meta.Inputs {
		_, inside, ok := strings.Cut(input, "node_modules/")
		if !ok {
			continue
		}
		parts := strings.Split(inside, "/")
		n := 1
		if strings.HasPrefix(inside, "@") {
			n = 2
		}
		folders = append(folders, path.Join(parts[:n]...))
	}
	slices.Sort(folders)
	var b strings.Builder
	b.WriteString("editor.js holds the editor of Bourgeon (AGPL-3.0-or-later; its source is in web/editor) and these packages.\n")
	for _, name := range slices.Compact(folders) {
		text, err := licence(filepath.Join(root, "node_modules", filepath.FromSlash(name)))
		if err != nil {
			return "", fmt.Errorf("the licence of %s: %w", name, err)
		}
		b.WriteString("\n" + strings.Repeat("-", 72) + "\n" + text)
	}
	return b.String(), nil
}

func licence(folder string) (string, error) {
	var about struct{ Name, Version, License string }
	raw, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return "", err
	}
	if err := json.Unmarshal(raw, &about); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	said := ""
	for _, e := range entries {
		base, _, _ := strings.Cut(strings.ToLower(e.Name()), ".")
		if base == "license" || base == "licence" {
			text, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return "", err
			}
			said = strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")) + "\n"
		}
	}
	if said == "" && about.License == "" {
		return "", errors.New("it says none")
	}
	return fmt.Sprintf("%s %s, %s\n\n%s", about.Name, about.Version, cmp.Or(about.License, "see below"), said), nil
}
