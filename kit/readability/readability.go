// Package readability measures how easily a text is read: its words, its
// sentences, and a formula of its language.
//
// It is a hint, not a judgement: formulas count, they don't understand. Start
// with Measure.
package readability

import (
	"strings"
	"unicode"
)

// Measures are what is counted in a text.
type Measures struct {
	Words     int
	Sentences int
	Syllables int
	Longest   string // the sentence with the most words
	LongestIn int    // its words
}

// PerSentence is the mean number of words in a sentence.
func (m Measures) PerSentence() float64 {
	if m.Sentences == 0 {
		return 0
	}
	return float64(m.Words) / float64(m.Sentences)
}

// formula is a constant, and what each word a sentence and each syllable a word
// take from it.
type formula struct{ from, sentence, word float64 }

// Flesch, "A new readability yardstick", Journal of Applied Psychology 32
// (1948); Kandel and Moles, "Application de l'indice de Flesch à la langue
// française", Cahiers Études de Radio-Télévision 19 (1958).
var formulas = map[string]formula{
	"en": {206.835, 1.015, 84.6},
	"fr": {207, 1.015, 73.6},
}

// Ease is from 0, hardest, to 100, easiest: 60 is what most adults read without
// effort. ok is false for languages without a formula, and under 50 words.
func (m Measures) Ease(language string) (ease float64, ok bool) {
	f, known := formulas[language]
	if !known || m.Words < 50 || m.Sentences == 0 {
		return 0, false
	}
	ease = f.from - f.sentence*m.PerSentence() - f.word*float64(m.Syllables)/float64(m.Words)
	return min(max(ease, 0), 100), true
}

// Measure counts in a text, a block a line: the end of a line ends a sentence.
func Measure(text, language string) (m Measures) {
	for line := range strings.Lines(text) {
		for _, sentence := range sentences(strings.TrimSpace(line)) {
			words := 0
			for _, word := range strings.FieldsFunc(sentence, between) {
				if strings.ContainsFunc(word, unicode.IsLetter) || strings.ContainsFunc(word, unicode.IsDigit) {
					words++
					m.Syllables += syllables(word, language)
				}
			}
			if words == 0 {
				continue
			}
			m.Sentences++
			m.Words += words
			if words > m.LongestIn {
				m.Longest, m.LongestIn = sentence, words
			}
		}
	}
	return m
}

func between(r rune) bool {
	return unicode.IsSpace(r) || r == '\'' || r == '’' || r == '-' || r == '‑' || r == '/' || r == '«' || r == '»'
}

// sentences are parted at . ! ? … before a space and a letter that isn't small:
// neither "M. Le Gall" with his initial nor "3.5" part one.
func sentences(line string) (all []string) {
	runes := []rune(line)
	begin, seen := 0, 0
	for i, r := range runes {
		if i < seen || !strings.ContainsRune(".!?…", r) {
			continue
		}
		next := i + 1
		for next < len(runes) && strings.ContainsRune(".!?…»”\")", runes[next]) {
			next++
		}
		seen = next
		after := next
		for after < len(runes) && (unicode.IsSpace(runes[after]) || strings.ContainsRune("«»“”\"(—–", runes[after])) {
			after++
		}
		if after == next && next < len(runes) || after < len(runes) && unicode.IsLower(runes[after]) || initial(runes[begin:i]) {
			continue
		}
		all = append(all, strings.TrimSpace(string(runes[begin:next])))
		begin = next
	}
	if rest := strings.TrimSpace(string(runes[begin:])); rest != "" {
		all = append(all, rest)
	}
	return all
}

// initial tells whether what stands before a full stop is one capital alone, as in "M." or "J."
func initial(before []rune) bool {
	n := len(before)
	return n > 0 && unicode.IsUpper(before[n-1]) && (n == 1 || !unicode.IsLetter(before[n-2]))
}

// syllables are groups of vowels; a mute e at the end counts for none.
func syllables(word, language string) int {
	n, vowel := 0, false
	runes := []rune(strings.ToLower(word))
	for _, r := range runes {
		is := strings.ContainsRune("aeiouyàâäéèêëîïôöùûüÿœæñ", r) && r != 'ñ'
		if is && !vowel {
			n++
		}
		vowel = is
	}
	if n > 1 && mute(string(runes), language) {
		n--
	}
	return max(n, 1)
}

func mute(word, language string) bool {
	switch language {
	case "fr":
		word = strings.TrimSuffix(strings.TrimSuffix(word, "s"), "ent")
		return strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "ée")
	case "en":
		return strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le")
	}
	return false
}
