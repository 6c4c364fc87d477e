package docstest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/locale"
	"bourgeon/web/page"
)

func root() fs.FS { return os.DirFS("../..") }

// texts reads all of the documentation: every Markdown file but those that the
// program itself shows.
func texts(t *testing.T) []Text {
	t.Helper()
	var all []Text
	err := fs.WalkDir(root(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "content" || d.Name() == "texts" || d.Name() == "node_modules" || name != "." && d.Name()[0] == '.'):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".md"):
			return nil
		}
		text, err := Read(root(), name)
		all = append(all, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 15 {
		t.Fatalf("only %d files found", len(all))
	}
	return all
}

func TestLinksLeadSomewhere(t *testing.T) {
	for _, text := range texts(t) {
		for _, link := range text.Links {
			if target, ours := text.Target(link); ours {
				if _, err := fs.Stat(root(), target); err != nil {
					t.Errorf("%s: %s leads nowhere", text.File, link)
				}
			}
		}
	}
}

// pairs are the texts that exist in English and in French.
func pairs(t *testing.T) [][2]Text {
	t.Helper()
	names := [][2]string{{"README.md", "README.fr.md"}}
	for _, guide := range []string{"contributor", "animator", "forms", "steward", "host"} {
		names = append(names, [2]string{"docs/guides/en/" + guide + ".md", "docs/guides/fr/" + guide + ".md"})
	}
	for _, lang := range []string{"en", "fr"} {
		found, err := fs.Glob(root(), "docs/guides/"+lang+"/*.md")
		if err != nil || len(found) != len(names)-1 {
			t.Errorf("guides in %s: %v, %v", lang, found, err)
		}
	}
	var all [][2]Text
	for _, pair := range names {
		var both [2]Text
		for i, name := range pair {
			text, err := Read(root(), name)
			if err != nil {
				t.Fatal(err)
			}
			both[i] = text
		}
		all = append(all, both)
	}
	return all
}

func TestLanguagesGoSideBySide(t *testing.T) {
	for _, pair := range pairs(t) {
		if diff := cmp.Diff(pair[0].Headings, pair[1].Headings); diff != "" {
			t.Errorf("headings of %s and %s: %s", pair[0].File, pair[1].File, diff)
		}
		if diff := cmp.Diff(commandsOf(pair[0]), commandsOf(pair[1])); diff != "" {
			t.Errorf("commands of %s and %s: %s", pair[0].File, pair[1].File, diff)
		}
	}
}

func commandsOf(t Text) []string {
	var all []string
	for _, c := range t.Calls() {
		all = append(all, strings.Join(append(c.Words, c.Flags...), " "))
	}
	slices.Sort(all) // a sentence may turn them round
	return all
}

// TestWordsOfTheScreen: what guides set in bold is written on a page, in the
// same words, in both languages.
func TestWordsOfTheScreen(t *testing.T) {
	faces, err := fs.Sub(root(), "web")
	if err != nil {
		t.Fatal(err)
	}
	messages, err := locale.Extract(faces)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, m := range messages {
		asked[m.ID] = true
	}
	catalogue, err := page.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	french := catalogue.In("fr")
	for _, pair := range pairs(t)[1:] {
		if len(pair[0].Bold) != len(pair[1].Bold) {
			t.Errorf("%s has %d words in bold, %s %d", pair[0].File, len(pair[0].Bold), pair[1].File, len(pair[1].Bold))
			continue
		}
		for i, word := range pair[0].Bold {
			if !asked[word] {
				t.Errorf("%s: no page says “%s”", pair[0].File, word)
				continue
			}
			if want := plain(french.T(word)); pair[1].Bold[i] != want {
				t.Errorf("%s: “%s” where pages say “%s”", pair[1].File, pair[1].Bold[i], want)
			}
		}
	}
}

// plain sets ordinary spaces where a catalogue has those of typography.
func plain(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}

// awaited are commands that guides may show before they are there; once they
// are, they are held to their help like the others.
var awaited = []string{"backup", "restore", "doctor"}

func TestCommandsExist(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "bourgeon")
	if out, err := exec.Command("go", "build", "-o", binary, "bourgeon/cmd/bourgeon").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	help := func(words ...string) string {
		out, err := exec.Command(binary, append(words, "--help")...).CombinedOutput()
		if err != nil {
			t.Fatalf("help of %v: %v\n%s", words, err, out)
		}
		return string(out)
	}
	helps := map[string]string{} // by command
	everything := help()
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+(?: [a-z]+)?)\b`).FindAllStringSubmatch(everything, -1) {
		helps[m[1]] = help(strings.Fields(m[1])...)
		everything += helps[m[1]]
	}
	if len(helps) < 5 {
		t.Fatalf("commands found in the help: %v", helps)
	}
	seen := 0
	for _, text := range texts(t) {
		for _, call := range text.Calls() {
			told, found := helps[strings.Join(call.Words[:min(2, len(call.Words))], " ")]
			if !found {
				told, found = helps[call.Words[0]]
			}
			if !found && slices.Contains(awaited, call.Words[0]) {
				t.Logf("%s: bourgeon %s is awaited", text.File, call.Words[0])
				continue
			}
			if !found {
				t.Errorf("%s: there is no command bourgeon %s", text.File, strings.Join(call.Words, " "))
			}
			seen++
			for _, f := range call.Flags {
				if found && !hasFlag(told, f) {
					t.Errorf("%s: bourgeon %s has no flag %s", text.File, strings.Join(call.Words, " "), f)
				}
			}
		}
		for _, code := range text.Code { // in look.md, -- begins a property of the stylesheet
			if text.File != "docs/look.md" && strings.HasPrefix(code, "--") && !hasFlag(everything, strings.Fields(code)[0]) {
				t.Errorf("%s: no command has a flag %s", text.File, code)
			}
			for _, variable := range regexp.MustCompile(`BOURGEON_[A-Z_]+`).FindAllString(code, -1) {
				if !strings.Contains(everything, "($"+variable+")") {
					t.Errorf("%s: no flag reads %s", text.File, variable)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d commands found in the documentation", seen)
	}
}

func hasFlag(help, f string) bool {
	return regexp.MustCompile(`(?m)^\s+(?:-\w, )?` + regexp.QuoteMeta(f) + `(?:[=\s\[,]|$)`).MatchString(help)
}

// TestDecisionsAreListed: each note is short, and named where one looks for it.
func TestDecisionsAreListed(t *testing.T) {
	notes, err := fs.Glob(root(), "docs/decisions/0*.md")
	if err != nil || len(notes) < 7 {
		t.Fatal(notes, err)
	}
	for _, list := range []string{"docs/decisions/README.md", "ARCHITECTURE.md"} {
		text, err := Read(root(), list)
		if err != nil {
			t.Fatal(err)
		}
		for _, note := range notes {
			if !slices.ContainsFunc(text.Links, func(l string) bool { target, _ := text.Target(l); return target == note }) {
				t.Errorf("%s doesn't name %s", list, note)
			}
		}
	}
	for _, note := range notes {
		source, err := fs.ReadFile(root(), note)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(source), "\n"); n > 40 {
			t.Errorf("%s: %d lines, at most 40", note, n)
		}
	}
}

func TestRead(t *testing.T) {
	got, err := Read(os.DirFS("testdata"), "sample.md")
	if err != nil {
		t.Fatal(err)
	}
	want := Text{
		File: "sample.md", Headings: []int{1, 2}, Links: []string{"a/b.md#c", "#here", "https://example.org/"},
		Bold: []string{"Two words"}, Code: []string{"bourgeon site create x --name Y", "# no heading, **no bold**", "--data"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Call{{[]string{"site", "create", "x"}, []string{"--name"}}}, got.Calls()); diff != "" {
		t.Error(diff)
	}
	for link, want := range map[string]string{"a/b.md#c": "a/b.md", "#here": "", "https://example.org/": "", "/media/x": ""} {
		if target, ours := got.Target(link); target != want || ours != (want != "") {
			t.Errorf("%s leads to %q, %t", link, target, ours)
		}
	}
}
