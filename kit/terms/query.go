package terms

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// MaxQuery bounds a query, in characters; the rest is left out.
	MaxQuery = 200
	// MaxClauses bounds the words and phrases of a query.
	MaxClauses = 10
)

// Query is what somebody looks for.
type Query struct{ Clauses []Clause }

// Clause is a word or a phrase of a query.
type Clause struct {
	Shown  string   // as typed, without marks
	Words  []string // folded; several are a phrase
	Phrase bool     // typed within quotation marks
	Not    bool     // must not be found
	Prefix bool     // the word begins one of the text's
}

// Empty tells whether nothing is looked for.
func (q Query) Empty() bool { return len(q.Clauses) == 0 }

// Parse reads a query: words which must all be found; “phrases within
// quotation marks”, straight, curved or French; -words and -"phrases" that must
// not be; and begin* for what begins so. Everything else is a separator, so
// that every text is a query.
func Parse(s string) Query {
	s = strings.ToValidUTF8(s, " ")
	if utf8.RuneCountInString(s) > MaxQuery {
		s = string([]rune(s)[:MaxQuery])
	}
	var q Query
	free := true // at the start of a word
	for s != "" && len(q.Clauses) < MaxClauses {
		r, size := utf8.DecodeRuneInString(s)
		not := false
		if free && (r == '-' || r == '−') {
			next, _ := utf8.DecodeRuneInString(s[size:])
			if not = inWord(next) || quotes[next] != 0; not {
				s = s[size:]
				r, size = utf8.DecodeRuneInString(s)
			}
		}
		switch {
		case quotes[r] != 0:
			phrase, rest, _ := strings.Cut(s[size:], string(quotes[r]))
			q.add(Clause{Shown: strings.TrimSpace(phrase), Words: foldedWords(phrase), Phrase: true, Not: not})
			s, free = rest, true
		case inWord(r):
			end := strings.IndexFunc(s, endsClause)
			if end < 0 {
				end = len(s)
			}
			q.addWords(s[:end], not)
			s, free = s[end:], false
		default:
			s, free = s[size:], endsClause(r)
		}
	}
	return q
}

// quotes are the marks that open a phrase, and those that close it.
var quotes = map[rune]rune{'"': '"', '“': '”', '”': '”', '„': '“', '«': '»'}

func endsClause(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u202f' || quotes[r] != 0 || r == '»'
}

// addWords adds what stands between two spaces: "porte-à-porte" is three words
// to find, or one phrase to avoid.
func (q *Query) addWords(s string, not bool) {
	all := Of(s, "")
	begins := strings.HasSuffix(s, "*")
	if not {
		q.add(Clause{Shown: strings.TrimSuffix(s, "*"), Words: foldedWords(s), Not: true, Prefix: len(all) == 1 && begins})
		return
	}
	for i, t := range all {
		q.add(Clause{Shown: s[t.At:t.End], Words: []string{t.Folded}, Prefix: i == len(all)-1 && begins})
	}
}

func (q *Query) add(c Clause) {
	same := func(other Clause) bool {
		return c.Not == other.Not && c.Prefix == other.Prefix && slices.Equal(c.Words, other.Words)
	}
	if len(c.Words) > 0 && len(q.Clauses) < MaxClauses && !slices.ContainsFunc(q.Clauses, same) {
		q.Clauses = append(q.Clauses, c)
	}
}

func foldedWords(s string) []string {
	var words []string
	for _, t := range Of(s, "") {
		words = append(words, t.Folded)
	}
	return words
}

// minPrefix is how many letters a word must have before it is completed.
const minPrefix = 2

// Typing is the query of somebody who hasn't ended its last word.
func (q Query) Typing() Query {
	if n := len(q.Clauses); n > 0 {
		last := q.Clauses[n-1]
		if !last.Phrase && !last.Not && utf8.RuneCountInString(last.Words[0]) >= minPrefix {
			q.Clauses = slices.Clone(q.Clauses)
			q.Clauses[n-1].Prefix = true
		}
	}
	return q
}

// Replace is the query with one of its words changed for another.
func (q Query) Replace(clause int, word string) Query {
	q.Clauses = slices.Clone(q.Clauses)
	q.Clauses[clause].Shown, q.Clauses[clause].Words = word, foldedWords(word)
	return q
}

// Match is what must be found: Terms one after the other, or else a word that
// begins with Prefix.
type Match struct {
	Terms  []string
	Prefix string // "" for none
}

// Wanted is what must be found, in one language or another: all matches of one
// of the alternatives. It is empty when the query says only what must not be.
func (q Query) Wanted() [][]Match {
	var alternatives [][]Match
	for _, l := range everyRules {
		var all []Match
		for _, c := range q.Clauses {
			if m, ok := c.match(l); ok && !c.Not {
				all = append(all, m)
			}
		}
		// A language in which all words are stop words would find everything.
		if len(all) > 0 && !slices.ContainsFunc(alternatives, func(other []Match) bool { return sameMatches(all, other) }) {
			alternatives = append(alternatives, all)
		}
	}
	return alternatives
}

// Unwanted is what must not be found, in whatever language.
func (q Query) Unwanted() []Match {
	var all []Match
	for _, c := range q.Clauses {
		if !c.Not {
			continue
		}
		for _, l := range everyRules {
			m, ok := c.match(l)
			if ok && !slices.ContainsFunc(all, m.same) {
				all = append(all, m)
			}
		}
	}
	return all
}

func sameMatches(a, b []Match) bool { return slices.EqualFunc(a, b, Match.same) }

func (m Match) same(other Match) bool {
	return m.Prefix == other.Prefix && slices.Equal(m.Terms, other.Terms)
}

// match is a clause in a language; false when only stop words are in it.
func (c Clause) match(l rules) (Match, bool) {
	var m Match
	for _, w := range c.Words {
		if t := l.term(w); t != "" {
			m.Terms = append(m.Terms, t)
		}
	}
	if c.Prefix {
		m.Prefix = c.Words[0]
	}
	return m, len(m.Terms) > 0
}

// String writes the query as somebody would type it.
func (q Query) String() string {
	var b strings.Builder
	for i, c := range q.Clauses {
		if i > 0 {
			b.WriteByte(' ')
		}
		if c.Not {
			b.WriteByte('-')
		}
		quoted := c.Phrase || len(c.Words) > 1
		if quoted {
			b.WriteByte('"')
		}
		b.WriteString(c.Shown)
		if quoted {
			b.WriteByte('"')
		} else if c.Prefix {
			b.WriteByte('*')
		}
	}
	return b.String()
}

// Marker finds the words of a text that a query found it by.
type Marker struct {
	language string
	found    map[string]bool
	prefixes []string
}

// Marker is for texts in a language.
func (q Query) Marker(language string) Marker {
	m := Marker{language: language, found: map[string]bool{}}
	for _, c := range q.Clauses {
		match, ok := c.match(rulesOf(language))
		if !ok || c.Not {
			continue
		}
		for _, t := range match.Terms {
			m.found[t] = true
		}
		if match.Prefix != "" {
			m.prefixes = append(m.prefixes, match.Prefix)
		}
	}
	return m
}

// Piece is a stretch of text; a marked one is a word that was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Pieces cuts a text where marked words begin and end.
func (m Marker) Pieces(text string) []Piece {
	var pieces []Piece
	at := 0
	for _, t := range Of(text, m.language) {
		if !m.marks(t) {
			continue
		}
		if t.At > at {
			pieces = append(pieces, Piece{Text: text[at:t.At]})
		}
		pieces = append(pieces, Piece{text[t.At:t.End], true})
		at = t.End
	}
	if at < len(text) {
		pieces = append(pieces, Piece{Text: text[at:]})
	}
	return pieces
}

func (m Marker) marks(t Term) bool {
	if t.Text == "" {
		return false
	}
	begins := func(prefix string) bool {
		return strings.HasPrefix(t.Folded, prefix) || strings.HasPrefix(t.Text, prefix)
	}
	return m.found[t.Text] || slices.ContainsFunc(m.prefixes, begins)
}
