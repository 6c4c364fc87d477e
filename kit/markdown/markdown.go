// Package markdown renders what people write (CommonMark 0.31 with tables,
// strikethrough, footnotes and bare addresses as links) to safe HTML.
//
// It is made for text by strangers: HTML they type shows as the text it is,
// the result is sanitised by a list of exactly what this package produces, and
// hostile nesting costs no more than honest prose. The source is never changed,
// so nothing is lost. A page that wants live parts (a list, a map) has
// directives: a line "::name{key="value" n=3}", which [Segments] finds again in
// the rendered page. Start with [Render].
package markdown

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"bourgeon/kit/typography"
)

// Options says how to render. The zero value renders plain documents without
// pictures.
type Options struct {
	// HeadingBase is the level of the text's highest headings, whatever signs
	// they are written with, 1 to 6; 2 if zero. Lower ones follow, none beyond 6.
	HeadingBase int
	// French applies the typography of that language.
	French bool
	// Image resolves the ID of ![alt](media:ID "caption"). Where it is nil or
	// answers false, the alternative text stands in for the picture.
	Image func(ref string) (Image, bool)
	// LinkBase is the absolute address under which the text is published. Links
	// to its host are internal; all other absolute ones are external, and get
	// rel="nofollow ugc noopener". Relative links stay relative; those that
	// begin with "/" are taken from the path of LinkBase.
	LinkBase string
	// IDPrefix opens every id of the result, so that several texts can stand on
	// one page. Only ASCII letters, digits and hyphens are kept of it.
	IDPrefix string
	// Short is for what is said in passing, such as a comment: paragraphs, emphasis,
	// links, lists, quotes and code. Signs of anything else are just characters.
	Short bool
	// NoteBack is the accessible name of the link that leads from a footnote
	// back to its reference, such as "Retour au texte". Without it the link has
	// its arrow alone.
	NoteBack string
}

// Image is a picture that a text shows.
type Image struct {
	Src    string // address; http, https or relative
	SrcSet string // as the attribute of HTML; optional
	WebP   string // as SrcSet, for browsers that know the format; optional
	Sizes  string // as the attribute of HTML, for both; optional
	Alt    string // used where the text gives none
	Credit string // shown below the picture, as plain text
	Width  int    // in pixels; not written if 0
	Height int
}

// Render returns the HTML of src. It has no error: whatever isn't Markdown is
// text.
func Render(src string, o Options) string {
	o = o.normal()
	source := []byte(bullets(clean(src)))
	doc := newParser(o.Short).Parse(text.NewReader(source), parser.WithContext(parser.NewContext()))
	transform(doc, source, o)
	var b bytes.Buffer
	b.Grow(len(source) * 3 / 2)
	if err := newRenderer(o).Render(&b, source, doc); err != nil {
		panic("markdown: a buffer failed: " + err.Error())
	}
	page := b.String()
	if o.French {
		page = typography.FrenchHTML(page)
	}
	return policy().Sanitize(page)
}

func (o Options) normal() Options {
	if o.HeadingBase < 1 || o.HeadingBase > 6 {
		o.HeadingBase = 2
	}
	o.IDPrefix = strings.Map(func(r rune) rune {
		if r == '-' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, o.IDPrefix)
	if o.Image == nil {
		o.Image = func(string) (Image, bool) { return Image{}, false }
	}
	return o
}

// clean unifies line ends and drops the control characters that HTML forbids.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || 0x7f <= r && r < 0xa0:
			return -1
		}
		return r
	}, s)
}

// bullets makes a list of lines that begin with "•", as word processors and
// mails paste them. Such a list ends with the first line that has no bullet.
func bullets(s string) string {
	if !strings.Contains(s, "•") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/16)
	inList := false
	for line := range strings.Lines(s) {
		item, found := strings.CutPrefix(strings.TrimLeft(line, " \t\u00a0"), "•")
		switch {
		case found:
			if !inList {
				b.WriteByte('\n')
			}
			b.WriteString("- " + strings.TrimLeft(item, " \t\u00a0"))
		case inList && strings.TrimSpace(line) != "":
			b.WriteString("\n" + line)
		default:
			b.WriteString(line)
		}
		inList = found || inList && strings.TrimSpace(line) == ""
	}
	return b.String()
}
