package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Plain returns the text of a rendered page, a line for each block, without the
// numbers and arrows of footnotes and without alternative texts. It is what
// search and excerpts read.
func Plain(page string) string {
	var b strings.Builder
	var line strings.Builder
	end := func() {
		if s := strings.Join(strings.FieldsFunc(line.String(), ordinarySpace), " "); s != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(s)
		}
		line.Reset()
	}
	z := html.NewTokenizer(strings.NewReader(page))
	skipped := false // within a link of a footnote
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			end()
			return b.String()
		case html.TextToken:
			if !skipped {
				line.Write(z.Text())
			}
			continue
		case html.CommentToken, html.DoctypeToken:
			continue
		}
		name, more := z.TagName()
		switch atom.Lookup(name) {
		case atom.A:
			skipped = false
			for more && kind == html.StartTagToken {
				var key, value []byte
				key, value, more = z.TagAttr()
				if string(key) == "role" {
					skipped = string(value) == "doc-noteref" || string(value) == "doc-backlink"
				}
			}
		case atom.Em, atom.Strong, atom.Del, atom.Code, atom.Sup, atom.Span, atom.Small:
		case atom.Br, atom.Td, atom.Th, atom.Img:
			line.WriteByte(' ')
		default:
			end()
		}
	}
}

// ordinarySpace excludes the spaces that do not break.
func ordinarySpace(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
}

// Excerpt returns the beginning of a plain text on one line, at most limit
// characters, ending with … on a word boundary if it had to be cut. A limit of 0
// or less gives an empty string.
func Excerpt(plain string, limit int) string {
	if limit <= 0 {
		return ""
	}
	// No need to read more of a long text than could be shown.
	long := len(plain) > 8*limit+1024
	if long {
		cut := 8*limit + 1024
		for cut > 0 && !utf8.RuneStart(plain[cut]) {
			cut--
		}
		plain = plain[:cut]
	}
	s := strings.Join(strings.FieldsFunc(plain, ordinarySpace), " ")
	runes := []rune(s)
	if len(runes) <= limit && !long {
		return s
	}
	end := min(limit-1, len(runes))
	if end < len(runes) && !ordinarySpace(runes[end]) {
		for i := end; i > 0; i-- {
			if ordinarySpace(runes[i-1]) {
				end = i
				break
			}
		}
	}
	return strings.TrimRightFunc(string(runes[:end]), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:.…«([–—-", r)
	}) + "…"
}
