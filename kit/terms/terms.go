// Package terms is the analysis chain of a search engine: it turns a text into
// the terms under which it is found, and a query into terms to look for.
//
// A word is folded (package fold), elided articles and stop words are left
// out, and what remains is stemmed as its language does it. Folding comes
// before stemming, so that nothing depends on the accents that somebody typed.
// French and English have stemmers (snowballstem.org); a word of any other
// language, Breton among them, is its own term.
//
// It keeps no index and knows no engine. Start with [Of] for texts, [Parse]
// for queries and [Query.Marker] for passages; [Distance] tells slips apart.
package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"bourgeon/kit/fold"
)

// Version is raised when the chain changes: what was indexed by another one
// must be indexed anew.
const Version = 1

// Term is a word of a text.
type Term struct {
	Text   string // what is indexed; "" for a stop word
	Folded string // the word before it was stemmed
	At     int    // where the word stands in the text, in bytes
	End    int
}

// maxTerm bounds a term, in bytes: longer words are data, not language.
const maxTerm = 64

// Of analyses a text in a language, a tag of BCP 47.
func Of(text, language string) []Term {
	l := rulesOf(language)
	all := make([]Term, 0, len(text)/6)
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		if start < 0 {
			break
		}
		at = end
		word := text[start:end]
		elided := false
		if r, size := apostrophe(text[end:]); size > 0 {
			next, _ := utf8.DecodeRuneInString(text[end+size:])
			if (r == '\'' || r == '’') && isHard(word, next) { // Breton c’h is a letter
				_, end = nextWord(text, end+size)
				at, word = end, text[start:end]
			} else {
				elided = inWord(next)
			}
		}
		folded := foldWord(word)
		if folded == "" || elided && elisions[folded] {
			continue
		}
		all = append(all, Term{l.term(folded), folded, start, end})
	}
	return all
}

// isHard tells whether a word ends with the c of Breton’s trigraph c’h.
func isHard(word string, next rune) bool {
	last := word[len(word)-1]
	return (last == 'c' || last == 'C') && (next == 'h' || next == 'H')
}

func apostrophe(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '\'', '’', 'ʼ', '＇':
		return r, size
	}
	return 0, 0
}

// inWord tells what words are made of; format signs are those within, such as
// the soft hyphen.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// nextWord finds where the next word from at on begins and ends; -1 if none.
func nextWord(text string, at int) (start, end int) {
	start = -1
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			if start >= 0 {
				return start, at
			}
		case inWord(r):
			if start < 0 {
				start = at
			}
		case start >= 0 && unicode.Is(unicode.Cf, r) && r != '\u200b':
		case start >= 0:
			return start, at
		}
		at += size
	}
	return start, len(text)
}

// foldWord folds one word to one word.
func foldWord(word string) string {
	plain := true
	for i := range len(word) {
		if c := word[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			plain = false
			break
		}
	}
	if !plain {
		if strings.ContainsAny(word, "'’") {
			word = strings.NewReplacer("'", "", "’", "").Replace(word)
		}
		word = strings.ReplaceAll(fold.Text(word), " ", "")
	}
	for len(word) > maxTerm {
		_, size := utf8.DecodeLastRuneInString(word)
		word = word[:len(word)-size]
	}
	return word
}

// rules are what a language does with a folded word.
type rules struct {
	stop map[string]bool
	stem func(*snowballstem.Env) bool
}

var (
	plainRules   = rules{}
	frenchRules  = rules{frenchStop, stemFrench}
	englishRules = rules{englishStop, english.Stem}
	// everyRules are those of all languages, for a query whose language nobody knows.
	everyRules = []rules{frenchRules, englishRules, plainRules}
)

func rulesOf(language string) rules {
	primary, _, _ := strings.Cut(language, "-")
	switch strings.ToLower(primary) {
	case "fr":
		return frenchRules
	case "en":
		return englishRules
	}
	return plainRules
}

// term is what a folded word is indexed under; "" for a stop word.
func (l rules) term(folded string) string {
	if l.stop[folded] {
		return ""
	}
	if l.stem == nil || strings.ContainsAny(folded, "0123456789") {
		return folded
	}
	env := snowballstem.NewEnv(folded)
	l.stem(env)
	if stemmed := fold.Text(env.Current()); stemmed != "" && !strings.Contains(stemmed, " ") {
		return stemmed
	}
	return folded
}

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// elisions are words that lose their vowel before an apostrophe.
var elisions = set("l d qu c j m n s t jusqu lorsqu puisqu quoiqu")

// Stop words are folded. Those that fold to a word that people look for are
// left in: été, sous, car, or.
var (
	frenchStop = set(`a ai ainsi alors au aucun aussi autre aux avec avoir avait ayant c ce ceci cela celle celles celui ces cet
cette ceux chez comme d dans de des deux donc dont du elle elles en encore entre es est et eu eux fait il ils j je l la le les leur
leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas pendant peu plus pour pourquoi qu quand que quel
quelle quelles quels qui quoi s sa sans se selon sera ses si sien soi soit son sont suis sur t ta te tes toi ton tous tout toute
toutes tres trop tu un une vers vos votre vous y`)
	englishStop = set(`a about all also an and any are as at be because been but by can could d did do does for from had has have he
her here him his how i if in into is it its just ll m me more most my no nor not of on or our out over re s she should so some such
t than that the their them then there these they this those through to too under until up ve was we were what when where which while
who whom why will with would you your`)
)
