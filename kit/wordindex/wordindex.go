// Package wordindex keeps terms in a database and finds them again, on SQLite
// (FTS5) and on PostgreSQL (tsvector): the same terms of package terms at the
// same places, so that both find the same.
//
// It expects a table entry_index whose column doc numbers the documents, a
// table word, and on SQLite the FTS5 table entry_words. It knows nothing else
// of what the documents are. Start with [Index].
package wordindex

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bourgeon/kit/terms"
)

// Index is what differs between the engines.
type Index struct {
	// Kept is a condition on a row of entry_index, "i.", that it has words.
	Kept string
	// Lead follows entry_index where words must lead to its rows: SQLite, which
	// keeps no statistics, would else walk through a whole site.
	Lead string

	matches [3]string // by part
	express func(in Part, wanted [][]terms.Match) string
	keep    func(doc int64, d terms.Document) (string, []any)
	sound   string // fails when the index is damaged; "" where the engine sees to it
	empty   string
}

// Part is where words are looked for.
type Part int

// The parts: Head is title and facts.
const (
	Anywhere Part = iota
	Head
	Title
)

// SQLite's index, and PostgreSQL's.
var (
	SQLite = &Index{
		Kept: "i.doc in (select w.id from entry_words_docsize w)",
		Lead: " not indexed", // but for the row's number
		matches: [3]string{
			"i.doc in (select rowid from entry_words where entry_words match ?)",
			"i.doc in (select rowid from entry_words where entry_words match ?)",
			"i.doc in (select rowid from entry_words where entry_words match ?)",
		},
		express: func(in Part, wanted [][]terms.Match) string {
			return [3]string{"", "{title facts} : ", "title : "}[in] + "(" + terms.FTS5(wanted) + ")"
		},
		keep: func(doc int64, d terms.Document) (string, []any) {
			return `insert or replace into entry_words (rowid, title, facts, body) values ($1, $2, $3, $4)`,
				[]any{doc, terms.Spaced(d.Title), terms.Spaced(d.Facts), terms.Spaced(d.WithRest())}
		},
		sound: `insert into entry_words (entry_words) values ('integrity-check')`,
		empty: `insert into entry_words (entry_words) values ('delete-all')`,
	}
	Postgres = &Index{
		Kept:    "i.words <> ''",
		matches: [3]string{"i.words @@ cast(? as text)::tsquery", "i.head @@ cast(? as text)::tsquery", "i.title @@ cast(? as text)::tsquery"},
		express: func(_ Part, wanted [][]terms.Match) string { return terms.TSQuery(wanted) },
		keep: func(doc int64, d terms.Document) (string, []any) {
			return `
update entry_index
set title = cast($2 as text)::tsvector, head = cast($3 as text)::tsvector, words = cast($4 as text)::tsvector
where doc = $1`, []any{
					doc, terms.TSVector(nil, d.Title), terms.TSVector(nil, d.Title, d.Facts),
					terms.TSVector(d.Rest, d.Title, d.Facts, d.Body),
				}
		},
		empty: `update entry_index set title = '', head = '', words = ''`,
	}
)

// Condition is one on a row of entry_index, under an alias that it calls "i.",
// with the value of its one parameter, "?".
type Condition struct{ SQL, Value string }

// Holds is the condition that a part of a document holds one of some
// alternatives.
func (x *Index) Holds(in Part, wanted [][]terms.Match) Condition {
	return Condition{x.matches[in], x.express(in, wanted)}
}

// Answers are the conditions that a document answers a query.
func (x *Index) Answers(q terms.Query) []Condition {
	var all []Condition
	if wanted := q.Wanted(); len(wanted) > 0 {
		all = append(all, x.Holds(Anywhere, wanted))
	}
	if unwanted := q.Unwanted(); len(unwanted) > 0 {
		each := make([][]terms.Match, len(unwanted))
		for i, m := range unwanted {
			each[i] = []terms.Match{m}
		}
		c := x.Holds(Anywhere, each)
		all = append(all, Condition{"not (" + c.SQL + ")", c.Value})
	}
	return all
}

// Execer is a transaction.
type Execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Keep replaces the words of a document.
func (x *Index) Keep(ctx context.Context, tx Execer, doc int64, d terms.Document) error {
	query, args := x.keep(doc, d)
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("keep the words: %w", err)
	}
	return nil
}

// Sound checks the engine's own structures; false when they are damaged.
// PostgreSQL looks after its own.
func (x *Index) Sound(ctx context.Context, tx Execer) (bool, error) {
	if x.sound == "" {
		return true, nil
	}
	_, err := tx.ExecContext(ctx, x.sound)
	if err != nil && strings.Contains(err.Error(), "malformed") {
		return false, nil
	}
	return err == nil, err
}

// Empty forgets every word.
func (x *Index) Empty(ctx context.Context, tx Execer) error {
	for _, query := range []string{x.empty, `delete from word`} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("empty the index: %w", err)
		}
	}
	return nil
}

// learning is how many words are kept by one statement.
const learning = 100

// Learn keeps words as they are written, by their folded form, for Alike.
// Nothing is unlearnt but by Empty.
func Learn(ctx context.Context, tx Execer, words map[string]string) error {
	for some := range slices.Chunk(slices.Sorted(maps.Keys(words)), learning) {
		values := make([]string, len(some))
		args := make([]any, 0, 3*len(some))
		for i, folded := range some {
			values[i] = fmt.Sprintf("($%d, $%d, $%d)", 3*i+1, 3*i+2, 3*i+3)
			args = append(args, folded, terms.Backwards(folded), words[folded])
		}
		query := "insert into word (folded, reversed, shown) values " + strings.Join(values, ", ") + " on conflict (folded) do nothing"
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("learn words: %w", err)
		}
	}
	return nil
}
