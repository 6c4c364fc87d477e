package terms

import (
	"fmt"
	"strings"
)

// FTS5 writes alternatives of matches for SQLite (documentation, "FTS5 Extension", section 3).
func FTS5(wanted [][]Match) string {
	return express(wanted, syntax{quote: `"`, and: " AND ", or: " OR ", next: " + ", prefix: " *"})
}

// TSQuery writes alternatives of matches for PostgreSQL (manual, section 8.11.2).
func TSQuery(wanted [][]Match) string {
	return express(wanted, syntax{quote: `'`, and: " & ", or: " | ", next: " <-> ", prefix: ":*"})
}

// syntax is how an engine's expressions are written.
type syntax struct{ quote, and, or, next, prefix string }

// express writes alternatives of matches. Terms hold letters, digits and marks
// alone: nothing in them means something to an engine.
func express(wanted [][]Match, s syntax) string {
	alternatives := make([]string, len(wanted))
	for i, all := range wanted {
		each := make([]string, len(all))
		for j, m := range all {
			each[j] = s.match(m)
		}
		alternatives[i] = "(" + strings.Join(each, s.and) + ")"
	}
	return strings.Join(alternatives, s.or)
}

func (s syntax) match(m Match) string {
	quoted := make([]string, len(m.Terms))
	for i, t := range m.Terms {
		quoted[i] = s.quote + t + s.quote
	}
	match := strings.Join(quoted, s.next)
	if m.Prefix != "" {
		match += s.or + s.quote + m.Prefix + s.quote + s.prefix
	}
	return "(" + match + ")"
}

// gap stands in SQLite for a place without a word: no term is so.
const gap = "¶"

// Spaced writes terms for FTS5.
func Spaced(all []string) string {
	var b strings.Builder
	for i, t := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		if t == "" {
			t = gap
		}
		b.WriteString(t)
	}
	return b.String()
}

// TSVector writes a tsvector (PostgreSQL manual, section 8.11.1) of parts with a
// gap between them, and of terms without a place.
func TSVector(rest []string, parts ...[]string) string {
	places := map[string][]int{}
	at := 0
	for _, all := range parts {
		for _, t := range all {
			if at++; t != "" {
				places[t] = append(places[t], at)
			}
		}
		at++
	}
	for _, t := range rest {
		if places[t] == nil {
			places[t] = []int{}
		}
	}
	var b strings.Builder
	for t, at := range places {
		fmt.Fprintf(&b, "'%s'", t)
		for i, n := range at {
			b.WriteByte(":,"[min(i, 1)])
			fmt.Fprint(&b, n)
		}
		b.WriteByte(' ')
	}
	return b.String()
}
