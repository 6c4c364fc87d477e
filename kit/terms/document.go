package terms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Texts are those by which something is found.
type Texts struct {
	Title       string
	Facts, Body []string
}

// Digest tells whether texts must be analysed anew; what else it depends on is
// given with them.
func (t Texts) Digest(with string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00\x00%s", with, t.Title, strings.Join(t.Facts, "\x00"), strings.Join(t.Body, "\x00"))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Document is Texts analysed: terms at their places; "" is a gap that no phrase
// crosses.
type Document struct {
	Title, Facts, Body []string
	// Rest are terms of a very long body that stand nowhere before, in no order.
	Rest []string
}

const (
	// maxFacts and maxBody bound the terms that keep their place, so that
	// phrases are found: PostgreSQL counts to 16,383. Single words are found in
	// longer texts too.
	maxFacts = 2000
	maxBody  = 10_000
)

// Analyse makes terms of the texts, and lists the words that stand in them as
// somebody wrote them, by their folded form.
func (t Texts) Analyse(language string) (Document, map[string]string) {
	var d Document
	words := map[string]string{}
	seen := map[string]bool{}
	add := func(all []string, text string, most int) []string {
		if len(all) > 0 {
			all = append(all, "")
		}
		for _, term := range Of(text, language) {
			if term.Text == "" {
				continue
			}
			switch {
			case len(all) < most:
				all = append(all, term.Text)
			case !seen[term.Text]:
				d.Rest = append(d.Rest, term.Text)
			}
			if seen[term.Text] = true; words[term.Folded] == "" && worthLearning(term.Folded) {
				words[term.Folded] = strings.ToLower(text[term.At:term.End])
			}
		}
		return all
	}
	d.Title = add(nil, t.Title, maxFacts)
	for _, text := range t.Facts {
		d.Facts = add(d.Facts, text, maxFacts)
	}
	for _, text := range t.Body {
		d.Body = add(d.Body, text, maxBody)
	}
	return d, words
}

// Words of these lengths, in characters, are guessed at.
const (
	ShortestGuess = 4
	LongestGuess  = 30
)

func worthLearning(folded string) bool {
	n := utf8.RuneCountInString(folded)
	return n >= ShortestGuess && n <= LongestGuess && !strings.ContainsAny(folded, "0123456789")
}

// WithRest is the body with the rest after it, each term alone.
func (d Document) WithRest() []string {
	all := slices.Clip(d.Body)
	for _, t := range d.Rest {
		all = append(all, "", t)
	}
	return all
}

// Backwards is a word from its end, to be looked up by it.
func Backwards(word string) string {
	all := []rune(word)
	slices.Reverse(all)
	return string(all)
}
