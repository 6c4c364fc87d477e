package wordindex

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"bourgeon/kit/terms"
)

// Querier is a database to read.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Word is a word that was learnt.
type Word struct {
	Folded string
	Shown  string // as somebody wrote it
	Slips  int    // that make another word of it
}

// Whoever slips in one half of a word types the other half right: words are
// looked up by their beginning and by their end.
const (
	wordsBeginning = `select folded, shown from word where folded >= $1 and folded < $2 and length(folded) between $3 and $4 limit 2000`
	wordsEnding    = `select folded, shown from word where reversed >= $1 and reversed < $2 and length(folded) between $3 and $4 limit 2000`
)

const shortWord = 8 // characters; a shorter word may have one slip, others two

// Alike lists the words of which a folded word may be a slip, the nearest first.
func Alike(ctx context.Context, q Querier, slip string) ([]Word, error) {
	n := utf8.RuneCountInString(slip)
	if n < terms.ShortestGuess || n > terms.LongestGuess {
		return nil, nil
	}
	slips := 1
	if n >= shortWord {
		slips = 2
	}
	var near []Word
	half := (n - 1) / 2 // two neighbours swapped leave it whole, before or after them
	for query, from := range map[string]string{wordsBeginning: slip, wordsEnding: terms.Backwards(slip)} {
		begins := string([]rune(from)[:half])
		words, err := read(ctx, q, query, begins, begins+"\U0010ffff", n-slips, n+slips)
		if err != nil {
			return nil, fmt.Errorf("look for words alike: %w", err)
		}
		for _, w := range words {
			if w.Slips = terms.Distance(slip, w.Folded, slips); w.Slips <= slips && !slices.Contains(near, w) {
				near = append(near, w)
			}
		}
	}
	slices.SortFunc(near, func(a, b Word) int { return cmp.Or(a.Slips-b.Slips, cmp.Compare(a.Folded, b.Folded)) })
	return near, nil
}

func read(ctx context.Context, q Querier, query string, args ...any) (words []Word, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w Word
		err = errors.Join(err, rows.Scan(&w.Folded, &w.Shown))
		words = append(words, w)
	}
	return words, errors.Join(err, rows.Err())
}
