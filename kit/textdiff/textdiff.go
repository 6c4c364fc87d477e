// Package textdiff finds what changed between two texts, word by word, for
// people who compare two versions of their prose.
//
// It works on words, punctuation and spaces, not on characters, and prefers a
// reading that makes sense to the shortest one. It is quick on texts without
// anything in common too. Start with [Words]; [Align] is the engine below.
package textdiff

import (
	"strings"
	"unicode"
)

// Kind says what became of a stretch of text.
type Kind uint8

// The kinds of [Op].
const (
	Equal Kind = iota
	Insert
	Delete
)

func (k Kind) String() string {
	switch k {
	case Insert:
		return "insert"
	case Delete:
		return "delete"
	}
	return "equal"
}

// Op is a stretch of text that is in both texts (Equal), only in the second
// (Insert) or only in the first (Delete).
type Op struct {
	Kind Kind
	Text string
}

// Words compares a with b. The texts of Equal and Delete together are a, those
// of Equal and Insert are b, byte for byte. Where something was replaced, Delete
// comes before Insert; no two neighbours have the same kind, no text is empty.
func Words(a, b string) []Op {
	var ops list
	la, lb := lines(a), lines(b)
	ia, ib := 0, 0
	for _, run := range append(Align(la, lb), Run{len(la), len(lb), 0}) {
		words(&ops, strings.Join(la[ia:run.A], ""), strings.Join(lb[ib:run.B], ""))
		ops.add(Equal, strings.Join(la[run.A:run.A+run.Len], ""))
		ia, ib = run.A+run.Len, run.B+run.Len
	}
	return ops.tidy()
}

// words compares two stretches that have no line in common.
func words(ops *list, a, b string) {
	wa, wb := split(a), split(b)
	ia, ib := 0, 0
	for _, run := range append(Align(wa, wb), Run{len(wa), len(wb), 0}) {
		ops.add(Delete, strings.Join(wa[ia:run.A], ""))
		ops.add(Insert, strings.Join(wb[ib:run.B], ""))
		ops.add(Equal, strings.Join(wa[run.A:run.A+run.Len], ""))
		ia, ib = run.A+run.Len, run.B+run.Len
	}
}

// lines splits after each line end.
func lines(s string) []string {
	l := strings.SplitAfter(s, "\n")
	if l[len(l)-1] == "" {
		l = l[:len(l)-1]
	}
	return l
}

// split cuts s into words, runs of spaces and single other characters.
func split(s string) []string {
	parts := make([]string, 0, len(s)/4)
	start, last := 0, other
	for i, r := range s {
		c := classOf(r)
		if i > 0 && (c != last || c == other) {
			parts = append(parts, s[start:i])
			start = i
		}
		last = c
	}
	if start < len(s) {
		parts = append(parts, s[start:])
	}
	return parts
}

type class uint8

const (
	other class = iota
	word
	space
)

func classOf(r rune) class {
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return word
	case unicode.IsSpace(r):
		return space
	}
	return other
}

// list gathers operations.
type list struct{ ops []Op }

func (l *list) add(k Kind, text string) {
	if text == "" {
		return
	}
	l.ops = append(l.ops, Op{k, text})
}

// tidy joins changes between which nothing but spaces within a line stayed, and
// gives each change the form: deleted, then inserted.
func (l *list) tidy() []Op {
	var out []Op
	var deleted, inserted strings.Builder
	flush := func() {
		if deleted.Len() > 0 {
			out = append(out, Op{Delete, deleted.String()})
		}
		if inserted.Len() > 0 {
			out = append(out, Op{Insert, inserted.String()})
		}
		deleted.Reset()
		inserted.Reset()
	}
	for i, op := range l.ops {
		switch op.Kind {
		case Delete:
			deleted.WriteString(op.Text)
		case Insert:
			inserted.WriteString(op.Text)
		case Equal:
			between := deleted.Len() > 0 && inserted.Len() > 0 && i+1 < len(l.ops) && l.ops[i+1].Kind != Equal
			if between && strings.TrimSpace(op.Text) == "" && !strings.Contains(op.Text, "\n") {
				deleted.WriteString(op.Text)
				inserted.WriteString(op.Text)
				continue
			}
			flush()
			if n := len(out); n > 0 && out[n-1].Kind == Equal {
				out[n-1].Text += op.Text
			} else {
				out = append(out, op)
			}
		}
	}
	flush()
	return out
}
