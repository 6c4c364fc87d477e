// Package slug makes the readable last part of an address out of a title.
//
// It keeps to lower-case ASCII words joined by hyphens, so that an address can
// be dictated over the telephone. It does not make addresses unique: whoever
// stores them does. Start with [Make].
package slug

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spelled gives the ASCII spelling of Latin letters that have no Unicode
// decomposition into a base letter and a mark.
var spelled = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ẞ': "ss", 'ø': "o", 'ł': "l",
	'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "ng", 'ĸ': "k", 'ŧ': "t",
}

// Make returns the words of s in lower-case ASCII, joined by "-". Accents fold
// (é → e, œ → oe, ß → ss); apostrophes separate words, except in the Breton
// trigraph c’h, which becomes "ch".
//
// The result is at most limit bytes, cut between words; only a first word that
// is too long by itself is cut inside. A limit of 0 or less means no limit. The
// result is empty when s holds no letter or digit that has an ASCII spelling.
func Make(s string, limit int) string {
	s = breton(norm.NFKC.String(s))
	var b strings.Builder
	pending := false
	write := func(t string) {
		if pending && b.Len() > 0 {
			b.WriteByte('-')
		}
		pending = false
		b.WriteString(t)
	}
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			write(string(r))
		case spelled[r] != "":
			write(spelled[r])
		case unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
			// A mark or an invisible sign stands within a word.
		default:
			pending = true
		}
	}
	return cut(b.String(), limit)
}

// breton replaces c’h, in any case and with any apostrophe, by ch.
func breton(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i := 0; i < len(rs); i++ {
		b.WriteRune(rs[i])
		if (rs[i] == 'c' || rs[i] == 'C') && i+2 < len(rs) && isApostrophe(rs[i+1]) &&
			(rs[i+2] == 'h' || rs[i+2] == 'H') {
			i++
		}
	}
	return b.String()
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`', '´', '′':
		return true
	}
	return false
}

func cut(s string, limit int) string {
	if limit <= 0 || len(s) <= limit {
		return s
	}
	if s[limit] == '-' {
		return s[:limit]
	}
	if i := strings.LastIndexByte(s[:limit], '-'); i > 0 {
		return s[:i]
	}
	return s[:limit]
}
