package store

import (
	"context"

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
	keep func(ctx context.Context, tx *Tx, doc int64, d terms.Document) error
	// kept is a condition on a row of entry_index, "i.", that it has words.
	kept string
	// lead follows entry_index where words must lead to its rows: SQLite, which
	// keeps no statistics, would else walk through a whole site.
	lead string
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

var sqliteText = fullText{
	matches: [3]string{
		anywhere: "i.doc in (select rowid from entry_words where entry_words match ?)",
		inHead:   "i.doc in (select rowid from entry_words where entry_words match ?)",
		inTitle:  "i.doc in (select rowid from entry_words where entry_words match ?)",
	},
	express: func(in part, wanted [][]terms.Match) string {
		expression := terms.FTS5(wanted)
		return [3]string{anywhere: "", inHead: "{title facts} : ", inTitle: "title : "}[in] + "(" + expression + ")"
	},
	keep: func(ctx context.Context, tx *Tx, doc int64, d terms.Document) error {
		_, err := tx.exec(ctx, "index the words", `insert or replace into entry_words (rowid, title, facts, body) values ($1, $2, $3, $4)`,
			doc, terms.Spaced(d.Title), terms.Spaced(d.Facts), terms.Spaced(d.WithRest()))
		return err
	},
	kept:  "i.doc in (select w.id from entry_words_docsize w)",
	lead:  " not indexed", // but for the row's number
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
		return terms.TSQuery(wanted)
	},
	keep: func(ctx context.Context, tx *Tx, doc int64, d terms.Document) error {
		_, err := tx.exec(ctx, "index the words", `
update entry_index
set title = cast($2 as text)::tsvector, head = cast($3 as text)::tsvector, words = cast($4 as text)::tsvector
where doc = $1`, doc, terms.TSVector(nil, d.Title), terms.TSVector(nil, d.Title, d.Facts), terms.TSVector(d.Rest, d.Title, d.Facts, d.Body))
		return err
	},
	kept:  "i.words <> ''",
	empty: []string{`update entry_index set title = '', head = '', words = ''`},
}
