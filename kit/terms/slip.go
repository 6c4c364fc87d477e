package terms

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Distance counts the slips that make one word of the other: a letter left
// out, added, mistaken, or two neighbours swapped (the optimal string alignment
// distance). It stops counting at most+1.
func Distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(y)], most+1)
}

// Telling are the terms of some texts that say most of them: those of the first
// text before the next one's, the longest first; at most so many.
func Telling(language string, most int, texts ...string) []string {
	const short = 4 // characters; shorter ones say little
	var all []string
	for _, text := range texts {
		var words []string
		for _, t := range Of(text, language) {
			if utf8.RuneCountInString(t.Text) >= short && !slices.Contains(all, t.Text) && !slices.Contains(words, t.Text) {
				words = append(words, t.Text)
			}
		}
		slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		all = append(all, words...)
	}
	return all[:min(most, len(all))]
}
