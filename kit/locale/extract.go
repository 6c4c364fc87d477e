package locale

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Message is a message that the source asks for.
type Message struct {
	Context string
	ID      string
	Plural  string // empty unless it counts
	File    string // where it was found first
	Line    int
}

const (
	literal = "(\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`)"
	comma   = `\s*,\s*`
)

// Extract finds the messages of all calls .T("…"), .N("…", "…" and .TC("…", "…"
// with literal strings in the .go and .templ files below fsys. Tests, folders
// named testdata, and folders whose name begins with a dot or an underscore are
// left out. Each message comes once, sorted by context and text.
func Extract(fsys fs.FS) ([]Message, error) {
	call := regexp.MustCompile(`\.(?:T\(\s*` + literal + `|N\(\s*` + literal + comma + literal +
		`|TC\(\s*` + literal + comma + literal + `)`)
	found := map[key]Message{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if base != "." && (base[0] == '.' || base[0] == '_' || base == "testdata" || base == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if ext := path.Ext(base); ext != ".go" && ext != ".templ" || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		for _, m := range call.FindAllSubmatchIndex(text, -1) {
			line := 1 + strings.Count(string(text[:m[0]]), "\n")
			var parts [6]string
			for i := 1; i < len(parts); i++ {
				if m[2*i] < 0 {
					continue
				}
				if parts[i], err = strconv.Unquote(string(text[m[2*i]:m[2*i+1]])); err != nil {
					return fmt.Errorf("%s:%d: %w", name, line, err)
				}
			}
			msg := Message{Context: parts[4], ID: parts[1] + parts[2] + parts[5], Plural: parts[3], File: name, Line: line}
			k := key{msg.Context, msg.ID}
			old, there := found[k]
			if !there {
				found[k] = msg
			} else if old.Plural == "" && msg.Plural != "" {
				old.Plural = msg.Plural
				found[k] = old
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("extract messages: %w", err)
	}
	messages := make([]Message, 0, len(found))
	for _, m := range found {
		if m.ID != "" {
			messages = append(messages, m)
		}
	}
	slices.SortFunc(messages, func(a, b Message) int {
		return cmp.Or(cmp.Compare(a.Context, b.Context), cmp.Compare(a.ID, b.ID))
	})
	return messages, nil
}

// Missing tells, for each language of c but the source, which of the messages
// have no translation, or too few forms for their plural. Languages that lack
// nothing are absent.
func Missing(c *Catalogue, messages []Message) map[string][]Message {
	missing := map[string][]Message{}
	for _, lang := range c.languages {
		if lang == Source {
			continue
		}
		l := c.locales[lang]
		for _, m := range messages {
			need := 1
			if m.Plural != "" {
				need = l.forms()
			}
			if len(l.messages[key{m.Context, m.ID}]) < need {
				missing[lang] = append(missing[lang], m)
			}
		}
	}
	return missing
}

// forms counts the plural forms that numbers take in the language.
func (l *Locale) forms() int {
	n := 0
	for i := range 1000 {
		n = max(n, l.plural(i)+1)
	}
	return max(n, l.plural(1_000_000)+1)
}

// verbs lists the fmt verbs of a format in order of their arguments, such as
// "d s".
func verbs(format string) string {
	verb := regexp.MustCompile(`%(?:[-+# 0]*)(?:\[(\d+)\])?[0-9]*(?:\.[0-9]+)?([a-zA-Z%])`)
	byArg := map[int]string{}
	next, most := 1, 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		byArg[next] = m[2]
		most = max(most, next)
		next++
	}
	var all []string
	for i := 1; i <= most; i++ {
		all = append(all, byArg[i])
	}
	return strings.Join(all, " ")
}

// Mismatched tells, for each language of c, which of the messages have a
// translation that takes other arguments than the source text; a form of a plural
// may take those of either the singular or the plural.
func Mismatched(c *Catalogue, messages []Message) map[string][]Message {
	wrong := map[string][]Message{}
	for _, lang := range c.languages {
		for _, m := range messages {
			accepted := []string{verbs(m.ID)}
			if m.Plural != "" {
				accepted = append(accepted, verbs(m.Plural))
			}
			for _, text := range c.locales[lang].messages[key{m.Context, m.ID}] {
				if !slices.Contains(accepted, verbs(text)) {
					wrong[lang] = append(wrong[lang], m)
					break
				}
			}
		}
	}
	return wrong
}
