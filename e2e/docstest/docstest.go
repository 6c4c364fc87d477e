// Package docstest reads the documentation as a machine can: its links, its
// headings, the words that it sets in bold, the commands that it shows.
//
// It judges nothing of what is said. The test of this package holds the texts
// to the house: links lead somewhere, the languages go side by side, commands
// and words of the screen exist. Start with [Read].
package docstest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// A Text is one Markdown file, taken apart.
type Text struct {
	File     string // slash-separated, from the root
	Headings []int  // their levels, in order
	Links    []string
	Bold     []string // in prose, line ends folded into spaces
	Code     []string // lines of fenced blocks, and spans in prose
}

var (
	heading = regexp.MustCompile(`^(#{1,6}) `)
	link    = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	bold    = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	span    = regexp.MustCompile("`([^`\n]+)`")
)

// Read takes a Markdown file of root apart.
func Read(root fs.FS, name string) (Text, error) {
	source, err := fs.ReadFile(root, name)
	if err != nil {
		return Text{}, fmt.Errorf("read the documentation: %w", err)
	}
	t := Text{File: name}
	var prose strings.Builder
	fenced := false
	for line := range strings.Lines(string(source)) {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced:
			t.Code = append(t.Code, strings.TrimSpace(line))
		default:
			if m := heading.FindStringSubmatch(line); m != nil {
				t.Headings = append(t.Headings, len(m[1]))
			}
			prose.WriteString(line)
		}
	}
	for _, m := range span.FindAllStringSubmatch(prose.String(), -1) {
		t.Code = append(t.Code, m[1])
	}
	said := span.ReplaceAllString(prose.String(), "")
	for _, m := range link.FindAllStringSubmatch(said, -1) {
		t.Links = append(t.Links, m[1])
	}
	for _, m := range bold.FindAllStringSubmatch(said, -1) {
		t.Bold = append(t.Bold, strings.Join(strings.Fields(m[1]), " "))
	}
	return t, nil
}

// Target is the file of the repository that a link leads to, and false when it
// leads elsewhere or within the same file.
func (t Text) Target(link string) (string, bool) {
	file, _, _ := strings.Cut(link, "#")
	if file == "" || strings.Contains(file, ":") || strings.HasPrefix(file, "/") {
		return "", false
	}
	return path.Join(path.Dir(t.File), file), true
}

// A Call is a use of the program shown in a text.
type Call struct {
	Words []string // what follows the program's name, up to the first that is no word
	Flags []string // with their two hyphens, of the same line
}

var (
	program = regexp.MustCompile(`(?:^|[\s(])(?:\S*/bin/)?bourgeon ([a-z].*)`)
	word    = regexp.MustCompile(`^[a-z]+$`)
	flag    = regexp.MustCompile(`(?:^|\s)(--[a-z][a-z-]*)`)
)

// Calls finds the commands in a text's code.
func (t Text) Calls() []Call {
	var calls []Call
	for _, line := range t.Code {
		m := program.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		var c Call
		for _, w := range strings.Fields(m[1]) {
			if !word.MatchString(w) {
				break
			}
			c.Words = append(c.Words, w)
		}
		for _, f := range flag.FindAllStringSubmatch(m[1], -1) {
			c.Flags = append(c.Flags, f[1])
		}
		if len(c.Words) > 0 {
			calls = append(calls, c)
		}
	}
	return calls
}
