// Package typography sets text by the rules of the French printing office
// (Imprimerie nationale, Lexique des règles typographiques): the right
// non-breaking spaces, apostrophes, guillemets and ellipses.
//
// It leaves alone what isn't prose: addresses, e-mail, code between backquotes,
// times, "::" and smileys. It corrects no spelling. Start with [French] for plain
// text and [FrenchHTML] for pages. Both are idempotent.
package typography

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	nbsp = '\u00a0' // no-break space: before : and after «
	thin = '\u202f' // narrow no-break space: before ; ! ? »
)

// French sets a plain text: U+202F before ; ! ? and », U+00A0 before : and
// after «, ’ for a straight apostrophe between letters, « … » for a pair of
// straight double quotes within a paragraph, … for three dots, U+202F between
// the thousands of a number, and U+00A0 before its unit and within an hour.
func French(s string) string {
	g := make([]glyph, 0, len(s))
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		g = append(g, glyph{r: r, start: int32(i), end: int32(i + size)})
	}
	g = set(g)
	var b strings.Builder
	b.Grow(len(s) + len(s)/50)
	for _, x := range g {
		if x.end > x.start {
			b.WriteString(s[x.start:x.end])
		} else {
			b.WriteRune(x.r)
		}
	}
	return b.String()
}

// glyph is one character of the text being set, with the bytes of the source
// that it stands for, so that whatever isn't changed is copied as it was.
type glyph struct {
	r          rune
	start, end int32 // source bytes; equal, and where it goes, if the character is ours
	locked     bool  // not prose
	silent     bool  // marks a boundary, isn't written
}

// set applies all rules, again until nothing changes, since a rule can prepare
// the ground for another.
func set(g []glyph) []glyph {
	lock(g)
	for range 4 {
		n, changed := rewrite(g)
		g = n
		if !changed {
			break
		}
	}
	return g
}

// notProse matches what must stay as typed. Closing punctuation at the end of an
// address belongs to the sentence; lock gives it back.
var notProse = regexp.MustCompile("`+[^`\n]+`+" +
	`|[A-Za-z][A-Za-z0-9+.-]*://[^\s\x{a0}\x{202f}\x{2009}«»"<>]+` +
	`|(?:www\.|mailto:|tel:)[^\s\x{a0}\x{202f}\x{2009}«»"<>]+` +
	`|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+` +
	`|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)

func lock(g []glyph) {
	var b strings.Builder
	at := make([]int32, 0, len(g)+1) // byte offset of each glyph in b
	for _, x := range g {
		at = append(at, int32(b.Len()))
		if x.locked {
			b.WriteByte('\n')
		} else {
			b.WriteRune(x.r)
		}
	}
	text, i := b.String(), 0
	for _, m := range notProse.FindAllStringIndex(text, -1) {
		from, to := m[0], m[1]
		if text[from] != '`' && text[from] != '&' {
			to = from + len(strings.TrimRight(text[from:to], "!?:;.,…)]'’"))
		}
		for i < len(g) && int(at[i]) < from {
			i++
		}
		for ; i < len(g) && int(at[i]) < to; i++ {
			g[i].locked = true
		}
	}
}

// rewrite makes one pass over g.
func rewrite(g []glyph) ([]glyph, bool) {
	pairs := quotes(g)
	out := make([]glyph, 0, len(g)+8)
	changed := false
	put := func(r rune, pos int32) {
		changed = true
		out = append(out, glyph{r: r, start: pos, end: pos})
	}
	for i := 0; i < len(g); i++ {
		x := g[i]
		if x.locked {
			out = append(out, x)
			continue
		}
		switch x.r {
		case ' ':
			if space := numeric(g, i); space != 0 {
				put(space, x.start)
			} else {
				out = append(out, x)
			}
		case '.':
			if n := run(g, i, '.'); n != 3 {
				out = append(out, g[i:i+n]...)
				i += n - 1
			} else {
				put('…', x.start)
				i += 2
			}
		case '\'':
			if i > 0 && unicode.IsLetter(g[i-1].r) && !g[i-1].locked && i+1 < len(g) &&
				(unicode.IsLetter(g[i+1].r) || unicode.IsDigit(g[i+1].r) || g[i+1].r == '«' || pairs[i+1] == opening) {
				put('’', x.start)
			} else {
				out = append(out, x)
			}
		case '"':
			switch pairs[i] {
			case opening:
				put('«', x.start)
			case closing:
				put('»', x.start)
			default:
				out = append(out, x)
			}
		case '«':
			out = append(out, x)
			if n := spaces(g, i+1); opensGuillemet(g, i, n) && !is(g, i+1, n, nbsp) {
				pos := x.end
				if n > 0 {
					pos = g[i+1].start
				}
				put(nbsp, pos)
				i += n
			}
		case ';', '!', '?', ':', '»':
			n := 1
			if x.r != '»' {
				n = cluster(g, i)
			}
			space := thin
			if x.r == ':' {
				space = nbsp
			}
			back := spacesBefore(out)
			if takesSpace(g, i, n, out, back) && !is(out, len(out)-back, back, space) {
				pos := x.start
				if back > 0 {
					pos = out[len(out)-back].start
				}
				out = out[:len(out)-back]
				put(space, pos)
			}
			out = append(out, g[i:i+n]...)
			i += n - 1
		default:
			out = append(out, x)
		}
	}
	return out, changed
}

// units stand by their number.
var units = map[string]bool{
	"%": true, "€": true, "$": true, "£": true, "°": true, "°C": true, "h": true, "min": true, "s": true, "m": true, "km": true, "cm": true, "mm": true,
	"kg": true, "g": true, "t": true, "l": true, "ha": true, "ko": true, "Mo": true, "Go": true, "kW": true, "kWh": true, "km/h": true,
}

// numeric is the space that belongs in place of the ordinary one at g[i], when
// it stands within a number or an hour, or before a unit; otherwise 0.
func numeric(g []glyph, i int) rune {
	before := 0
	for isDigit(at(g, i-1-before)) && !g[i-1-before].locked {
		before++
	}
	after := 0
	for isDigit(at(g, i+1+after)) && !g[i+1+after].locked {
		after++
	}
	switch {
	case before > 0 && before <= 3 && after == 3 && !unicode.IsLetter(at(g, i-1-before)) && !strings.ContainsRune(",./:-+", at(g, i-1-before)) &&
		!unicode.IsLetter(at(g, i+4)):
		return thin
	case before > 0 && after == 0:
		word := []rune{}
		for j := i + 1; len(word) < 5 && !unicode.IsSpace(at(g, j)) && !strings.ContainsRune(".,;:!?)»…’'", at(g, j)); j++ {
			word = append(word, at(g, j))
		}
		if next := at(g, i+1+len(word)); units[string(word)] && next != '’' && next != '\'' {
			return nbsp
		}
	case after == 2 && at(g, i-1) == 'h' && (isDigit(at(g, i-2)) || isSpace(at(g, i-2)) && isDigit(at(g, i-3))):
		return nbsp // 14 h 32
	case after == 2 && at(g, i-1) == 'n' && at(g, i-2) == 'i' && at(g, i-3) == 'm' && isSpace(at(g, i-4)) && isDigit(at(g, i-5)):
		return nbsp // 41 min 02
	}
	return 0
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// takesSpace tells whether the mark made of the n characters at g[i] is French
// punctuation that wants a space before it; out, with back spaces at its end,
// is what precedes.
func takesSpace(g []glyph, i, n int, out []glyph, back int) bool {
	before := at(out, len(out)-back-1)
	if unicode.IsSpace(before) || strings.ContainsRune("([{«¿¡/=<>*_~|\\", before) {
		return false
	}
	after := at(g, i+n)
	switch g[i].r {
	case '»':
		return back == 0 || !unicode.IsLetter(after) && !unicode.IsDigit(after)
	case ':':
		if n > 1 && g[i+1].r == ':' {
			return false
		}
	}
	if n == 1 && (g[i].r == ':' || g[i].r == ';') && strings.ContainsRune(")(-", after) {
		return false // a smiley
	}
	return unicode.IsSpace(after) || strings.ContainsRune(`»"”’'),.…]*_~`, after)
}

// opensGuillemet tells whether « at g[i], followed by n spaces, opens a
// quotation, and isn't one that stands the other way round, or alone.
func opensGuillemet(g []glyph, i, n int) bool {
	next := at(g, i+1+n)
	if unicode.IsSpace(next) || next == '»' {
		return false
	}
	before := at(g, i-1)
	return n == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

type side byte

const (
	opening side = iota + 1
	closing
)

// quotes pairs the straight double quotes of each paragraph.
func quotes(g []glyph) map[int]side {
	pairs := map[int]side{}
	var open []int
	for i, x := range g {
		if x.r == '\n' && at(g, i+1) == '\n' {
			open = open[:0]
		}
		if x.r != '"' || x.locked {
			continue
		}
		before, after := at(g, i-1), at(g, i+1)
		if before == '"' || after == '"' {
			continue
		}
		starts := unicode.IsSpace(before) || strings.ContainsRune("([{'’«—–-/*_", before)
		ends := unicode.IsSpace(after) || !unicode.IsLetter(after) && !unicode.IsDigit(after)
		switch {
		case starts && !unicode.IsSpace(after):
			open = append(open, i)
		case ends && !unicode.IsSpace(before) && len(open) > 0:
			pairs[open[len(open)-1]], pairs[i] = opening, closing
			open = open[:len(open)-1]
		}
	}
	return pairs
}

// at returns the character at i, or a line end beyond the text.
func at(g []glyph, i int) rune {
	if i < 0 || i >= len(g) {
		return '\n'
	}
	return g[i].r
}

func run(g []glyph, i int, r rune) int {
	n := 0
	for i+n < len(g) && g[i+n].r == r && !g[i+n].locked {
		n++
	}
	return n
}

// cluster counts the marks that stand together, as in "?!" or "::".
func cluster(g []glyph, i int) int {
	n := 0
	for i+n < len(g) && !g[i+n].locked && strings.ContainsRune(";:!?", g[i+n].r) {
		n++
	}
	return n
}

func isSpace(r rune) bool { return r == ' ' || r == nbsp || r == thin || r == '\u2009' }

func spaces(g []glyph, i int) int {
	n := 0
	for i+n < len(g) && isSpace(g[i+n].r) && !g[i+n].locked {
		n++
	}
	return n
}

func spacesBefore(g []glyph) int {
	n := 0
	for n < len(g) && isSpace(g[len(g)-1-n].r) && !g[len(g)-1-n].locked {
		n++
	}
	return n
}

// is tells whether the n characters at i are exactly one r.
func is(g []glyph, i, n int, r rune) bool { return n == 1 && g[i].r == r }
