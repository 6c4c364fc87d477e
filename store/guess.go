package store

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"bourgeon/kit/terms"
	"bourgeon/press"
)

// Guess is the query that somebody meant whose own finds nothing: each word
// that is nowhere in what they may see is taken for a slip of the nearest that
// is. ok is false when nothing better is known.
func (r Reader) Guess(ctx context.Context, v press.Viewer, s Selection) (q terms.Query, ok bool, err error) {
	q = s.Query
	slips := 0
	for i, c := range s.Query.Clauses {
		if c.Not || c.Phrase {
			continue
		}
		alone := s
		c.Prefix = false
		alone.Query = terms.Query{Clauses: []terms.Clause{c}}
		n, err := r.CountEntries(ctx, v, alone)
		if err != nil {
			return q, false, err
		}
		if n > 0 {
			continue
		}
		word, err := r.nearest(ctx, v, alone, c.Words[0])
		if err != nil || word == "" {
			return q, false, err
		}
		q = q.Replace(i, word)
		slips++
	}
	if slips == 0 {
		return q, false, nil
	}
	s.Query = q
	n, err := r.CountEntries(ctx, v, s)
	return q, n > 0, err
}

// Whoever slips in one half of a word types the other half right: words are
// looked up by their beginning and by their end.
const (
	wordsBeginning = `select folded, shown from word where folded >= $1 and folded < $2 and length(folded) between $3 and $4 limit 2000`
	wordsEnding    = `select folded, shown from word where reversed >= $1 and reversed < $2 and length(folded) between $3 and $4 limit 2000`
)

const (
	shortWord = 8 // characters; a shorter word may have one slip, others two
	tried     = 8 // words nearest to a slip that are looked for
)

// nearest is the word, as somebody wrote it, that a slip is nearest to: among
// the nearest ones that of most entries.
func (r Reader) nearest(ctx context.Context, v press.Viewer, s Selection, slip string) (string, error) {
	n := utf8.RuneCountInString(slip)
	if n < terms.ShortestGuess || n > terms.LongestGuess {
		return "", nil
	}
	slips := 1
	if n >= shortWord {
		slips = 2
	}
	type word struct {
		folded, shown string
		slips         int
	}
	var near []word
	scan := func(row scanner) (w word, err error) {
		err = row.Scan(&w.folded, &w.shown)
		return w, err
	}
	half := (n - 1) / 2 // two neighbours swapped leave it whole, before or after them
	for query, from := range map[string]string{wordsBeginning: slip, wordsEnding: terms.Backwards(slip)} {
		begins := string([]rune(from)[:half])
		words, err := list(ctx, r.q, "look for words alike", scan, query, begins, begins+"\U0010ffff", n-slips, n+slips)
		if err != nil {
			return "", err
		}
		for _, w := range words {
			if w.slips = terms.Distance(slip, w.folded, slips); w.slips <= slips && !slices.Contains(near, w) {
				near = append(near, w)
			}
		}
	}
	slices.SortFunc(near, func(a, b word) int {
		return cmp.Or(a.slips-b.slips, cmp.Compare(a.folded, b.folded))
	})
	best, found := "", 0
	for i, w := range near[:min(len(near), tried)] {
		if found > 0 && w.slips > near[i-1].slips {
			break
		}
		s.Query = s.Query.Replace(0, w.shown)
		entries, err := r.CountEntries(ctx, v, s)
		if err != nil {
			return "", err
		}
		if entries > found {
			best, found = w.shown, entries
		}
	}
	return best, nil
}
