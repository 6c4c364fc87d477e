// Package frontmatter reads and writes the block of "key: value" lines that
// stands between two "---" lines at the head of a text file.
//
// It is the subset of what static site generators use that a person can write
// without knowing YAML: no nesting, no lists (a key may come several times
// instead), and every value is text. Start with [Parse] and [Write].
package frontmatter

import (
	"fmt"
	"strconv"
	"strings"
)

// Field is one line of the block. The same key may come several times.
type Field struct {
	Key   string
	Value string
}

const fence = "---"

// Parse splits text into the fields of its block and what follows. A text
// without a block has no fields and is all body. Blank lines and lines that
// begin with # are skipped. A value is the rest of the line without the spaces
// around it, or, in double quotes, a text with Go's escapes (\n, \", \u00e9),
// or, in single quotes, a text in which two single quotes stand for one.
//
// The empty line that usually separates block and body belongs to neither. A
// block that is not closed, or a line without a key, is an error that names the
// line; fields is then nil and body the whole text, so that nothing is lost.
func Parse(text string) (fields []Field, body string, err error) {
	rest := strings.TrimPrefix(text, "\ufeff")
	line, rest, _ := strings.Cut(rest, "\n")
	if trimEnd(line) != fence {
		return nil, text, nil
	}
	for n := 2; rest != ""; n++ {
		line, rest, _ = strings.Cut(rest, "\n")
		if trimEnd(line) == fence {
			return fields, skipEmptyLine(rest), nil
		}
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, found := strings.Cut(line, ":")
		key = strings.TrimSpace(key)
		if !found || key == "" {
			return nil, text, fmt.Errorf("front matter, line %d: %q is not “key: value”", n, line)
		}
		fields = append(fields, Field{cleanKey(key), unquote(strings.TrimSpace(value))})
	}
	return nil, text, fmt.Errorf("front matter: no closing %q line", fence)
}

func trimEnd(line string) string { return strings.TrimRight(line, " \t\r") }

func skipEmptyLine(s string) string {
	if t, ok := strings.CutPrefix(s, "\r\n"); ok {
		return t
	}
	return strings.TrimPrefix(s, "\n")
}

func unquote(v string) string {
	if len(v) < 2 || v[0] != v[len(v)-1] {
		return v
	}
	switch v[0] {
	case '"':
		if u, err := strconv.Unquote(v); err == nil {
			return u
		}
	case '\'':
		if inner := v[1 : len(v)-1]; !strings.Contains(strings.ReplaceAll(inner, "''", ""), "'") {
			return strings.ReplaceAll(inner, "''", "'")
		}
	}
	return v
}

// Write joins fields and body so that [Parse] returns them again. Values that a
// plain line could not hold are quoted. A key cannot hold a colon, a line end
// or a leading #, nor be empty: such signs become "-". Without fields the body
// stands alone, unless it would itself read as a block.
func Write(fields []Field, body string) string {
	if len(fields) == 0 {
		if first, _, _ := strings.Cut(strings.TrimPrefix(body, "\ufeff"), "\n"); trimEnd(first) != fence {
			return body
		}
	}
	var b strings.Builder
	b.WriteString(fence + "\n")
	for _, f := range fields {
		b.WriteString(cleanKey(f.Key))
		b.WriteByte(':')
		if f.Value != "" {
			b.WriteString(" " + quote(f.Value))
		}
		b.WriteByte('\n')
	}
	b.WriteString(fence + "\n\n")
	b.WriteString(body)
	return b.String()
}

func cleanKey(key string) string {
	clean := []byte(strings.TrimSpace(key))
	for i, c := range clean {
		if c == ':' || c < ' ' || c == 0x7f {
			clean[i] = '-'
		}
	}
	key = string(clean)
	if key == "" {
		return "-"
	}
	if key[0] == '#' {
		return "-" + key[1:]
	}
	return key
}

func quote(v string) string {
	plain := strings.TrimSpace(v) == v && unquote(v) == v &&
		!strings.ContainsFunc(v, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
	if plain {
		return v
	}
	return strconv.Quote(v)
}
