package store

import (
	"context"

	"bourgeon/kit/terms"
	"bourgeon/kit/wordindex"
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

// tried is how many words nearest to a slip are looked for.
const tried = 8

// nearest is the word, as somebody wrote it, that a slip is nearest to: among
// the nearest ones that of most entries.
func (r Reader) nearest(ctx context.Context, v press.Viewer, s Selection, slip string) (string, error) {
	near, err := wordindex.Alike(ctx, r.q, slip)
	if err != nil {
		return "", err
	}
	best, found := "", 0
	for i, w := range near[:min(len(near), tried)] {
		if found > 0 && w.Slips > near[i-1].Slips {
			break
		}
		s.Query = s.Query.Replace(0, w.Shown)
		entries, err := r.CountEntries(ctx, v, s)
		if err != nil {
			return "", err
		}
		if entries > found {
			best, found = w.Shown, entries
		}
	}
	return best, nil
}
