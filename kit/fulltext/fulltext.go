// Package fulltext writes what two engines of full-text search keep and match:
// the tables of SQLite's FTS5, and PostgreSQL's tsvector and tsquery. Both get
// the same terms of package terms at the same places, so that they find the
// same.
//
// Start with [Analyse] and [Syntax.Express].
package fulltext

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"bourgeon/kit/terms"
)

// Document is a text analysed; "" is a gap that no phrase crosses.
type Document struct {
	Title, Facts, Body []string
	// Rest are terms of a very long body that stand nowhere before, in no order.
	Rest []string
}

// gap stands in SQLite for a place without a word: no term is so.
const gap = "¶"

const (
	// maxFacts and maxBody bound the terms that keep their place, so that
	// phrases are found: PostgreSQL counts to 16,383. Single words are found in
	// longer texts too.
	maxFacts = 2000
	maxBody  = 10_000
)

// Texts are what a document is made of; each of facts and body stands alone.
type Texts struct {
	Title       string
	Facts, Body []string
}

// Analyse makes terms of texts in a language, and lists the words that stand in
// them, folded, as they are written.
func (t Texts) Analyse(language string) (Document, map[string]string) {
	var d Document
	words := map[string]string{}
	seen := map[string]bool{}
	add := func(all []string, text string, most int) []string {
		if len(all) > 0 {
			all = append(all, "")
		}
		for _, term := range terms.Of(text, language) {
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

// Words of these lengths, in characters, are guessed at when somebody slips.
const (
	ShortestGuess = 4
	LongestGuess  = 30
)

func worthLearning(folded string) bool {
	n := utf8.RuneCountInString(folded)
	return n >= ShortestGuess && n <= LongestGuess && !strings.ContainsAny(folded, "0123456789")
}

// Syntax is how an engine's expressions are written.
type Syntax struct{ quote, and, or, next, prefix string }

// The engines' syntaxes: SQLite documentation, "FTS5 Extension", section 3;
// PostgreSQL manual, section 8.11.2.
var (
	FTS5    = Syntax{quote: `"`, and: " AND ", or: " OR ", next: " + ", prefix: " *"}
	TSQuery = Syntax{quote: `'`, and: " & ", or: " | ", next: " <-> ", prefix: ":*"}
)

// Express writes alternatives of matches. Terms hold letters, digits and marks
// alone: nothing in them means something to an engine.
func (s Syntax) Express(wanted [][]terms.Match) string {
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

func (s Syntax) match(m terms.Match) string {
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

// WithRest is the body with the rest after it, each term alone.
func (d Document) WithRest() []string {
	all := slices.Clip(d.Body)
	for _, t := range d.Rest {
		all = append(all, "", t)
	}
	return all
}

// Vector writes a tsvector (PostgreSQL manual, section 8.11.1) of parts with a
// gap between them, and of terms without a place.
func Vector(rest []string, parts ...[]string) string {
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
