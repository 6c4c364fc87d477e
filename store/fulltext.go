package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/kit/terms"
)

// fullText is what differs between the engines' searches in words. Both get
// the same terms at the same places from kit/terms, so that they find the same.
type fullText struct {
	// matches are conditions on a row of entry_index, under an alias that they
	// call "i.": that its words answer an expression, "?".
	matches [3]string // by part
	// express writes what must be found: alternatives of matches.
	express func(in part, wanted [][]terms.Match) string
	// keep replaces the words of a row.
	keep func(ctx context.Context, tx *Tx, doc int64, d document) error
	// kept is a condition on a row of entry_index, "i.", that it has words.
	kept string
	// sound fails when the index is damaged; "" where the engine sees to it.
	sound string
	empty []string
}

// part is where words are looked for.
type part int

const (
	anywhere part = iota
	inHead        // title, standfirst, tags, section, names
	inTitle
)

// document is an entry analysed; "" is a gap that no phrase crosses.
type document struct {
	title, facts, body []string
	// rest are terms of a very long body that stand nowhere before, in no order.
	rest []string
}

// gap stands in SQLite for a place without a word: no term is so.
const gap = "¶"

var sqliteText = fullText{
	matches: [3]string{
		anywhere: "i.doc in (select rowid from entry_words where entry_words match ?)",
		inHead:   "i.doc in (select rowid from entry_words where entry_words match ?)",
		inTitle:  "i.doc in (select rowid from entry_words where entry_words match ?)",
	},
	express: func(in part, wanted [][]terms.Match) string {
		// SQLite documentation, "FTS5 Extension", section 3.
		expression := express(wanted, syntax{quote: `"`, and: " AND ", or: " OR ", next: " + ", prefix: " *"})
		return [3]string{anywhere: "", inHead: "{title facts} : ", inTitle: "title : "}[in] + "(" + expression + ")"
	},
	keep: func(ctx context.Context, tx *Tx, doc int64, d document) error {
		_, err := tx.exec(ctx, "index the words", `insert or replace into entry_words (rowid, title, facts, body) values ($1, $2, $3, $4)`,
			doc, spaced(d.title), spaced(d.facts), spaced(d.withRest()))
		return err
	},
	kept:  "i.doc in (select w.id from entry_words_docsize w)",
	sound: `insert into entry_words (entry_words) values ('integrity-check')`,
	empty: []string{`insert into entry_words (entry_words) values ('delete-all')`},
}

var postgresText = fullText{
	matches: [3]string{
		anywhere: "i.words @@ cast(? as text)::tsquery",
		inHead:   "i.head @@ cast(? as text)::tsquery",
		inTitle:  "i.title @@ cast(? as text)::tsquery",
	},
	express: func(_ part, wanted [][]terms.Match) string {
		// PostgreSQL manual, section 8.11.2.
		return express(wanted, syntax{quote: `'`, and: " & ", or: " | ", next: " <-> ", prefix: ":*"})
	},
	keep: func(ctx context.Context, tx *Tx, doc int64, d document) error {
		_, err := tx.exec(ctx, "index the words", `
update entry_index
set title = cast($2 as text)::tsvector, head = cast($3 as text)::tsvector, words = cast($4 as text)::tsvector
where doc = $1`, doc, vector(nil, d.title), vector(nil, d.title, d.facts), vector(d.rest, d.title, d.facts, d.body))
		return err
	},
	kept:  "i.words <> ''",
	empty: []string{`update entry_index set title = '', head = '', words = ''`},
}

// syntax is how an engine's expressions are written.
type syntax struct{ quote, and, or, next, prefix string }

// express writes alternatives of matches. Terms hold letters, digits and marks
// alone: nothing in them means something to an engine.
func express(wanted [][]terms.Match, s syntax) string {
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

func (s syntax) match(m terms.Match) string {
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

// spaced writes terms for FTS5.
func spaced(all []string) string {
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

// withRest is the body with the rest after it, each term alone.
func (d document) withRest() []string {
	all := slices.Clip(d.body)
	for _, t := range d.rest {
		all = append(all, "", t)
	}
	return all
}

// vector writes a tsvector (PostgreSQL manual, section 8.11.1) of parts with a
// gap between them, and of terms without a place.
func vector(rest []string, parts ...[]string) string {
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
