// Package fold brings text to the form in which it is compared for search:
// without case, accents, ligatures or punctuation.
//
// It does not stem and knows no language; "c’était" folds to "c etait".
// Start with [Text].
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// opened spells out letters that Unicode does not decompose.
var opened = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d",
	'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ς': "σ",
}

// Text folds s: compatibility forms unified (NFKC), lower case, accents
// stripped, ligatures opened, and everything that is neither letter nor digit
// (apostrophes and hyphens included) turned into one space between words.
// Invisible signs such as the soft hyphen vanish. Text is idempotent.
func Text(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, " ")) {
		r = unicode.ToLower(r)
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me) && unicode.Is(unicode.Inherited, r),
			unicode.Is(unicode.Cf, r):
			// An accent, or a sign without width inside a word.
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			// Marks that are left here are vowels of Indic scripts: part of the word.
			if pending && b.Len() > 0 {
				b.WriteByte(' ')
			}
			pending = false
			if o := opened[r]; o != "" {
				b.WriteString(o)
			} else {
				b.WriteRune(r)
			}
		default:
			pending = true
		}
	}
	return norm.NFC.String(b.String())
}

// Words returns the words of Text(s), in order; nil if there are none.
func Words(s string) []string {
	t := Text(s)
	if t == "" {
		return nil
	}
	return strings.Split(t, " ")
}
