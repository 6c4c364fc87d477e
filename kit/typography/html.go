package typography

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FrenchHTML applies [French] to the text of an HTML page or fragment, reading
// across inline elements: "<em>Quoi</em> ?" is one sentence. Code, keyboard
// input, preformatted text, scripts, styles, form texts, comments and attributes
// stay as they are, and so does every byte that no rule concerns.
func FrenchHTML(page string) string {
	var g []glyph
	z := html.NewTokenizer(strings.NewReader(page))
	pos, depth := 0, 0 // bytes read; open elements whose text isn't prose
	var within atom.Atom
	for {
		kind := z.Next()
		raw := len(z.Raw())
		from := pos
		pos += raw
		if kind == html.ErrorToken {
			if from < len(page) {
				g = append(g, markup(from, len(page)))
			}
			break
		}
		if kind == html.TextToken {
			if depth > 0 {
				g = append(g, markup(from, pos))
			} else {
				g = appendText(g, page, from, pos)
			}
			continue
		}
		g = append(g, markup(from, pos))
		if kind == html.CommentToken || kind == html.DoctypeToken {
			continue
		}
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case depth == 0 && kind == html.StartTagToken && !void[tag] && raws[tag]:
			within, depth = tag, 1
		case depth > 0 && tag == within && kind == html.StartTagToken:
			depth++
		case depth > 0 && tag == within && kind == html.EndTagToken:
			depth--
			// What was skipped is one opaque character to its neighbours.
			if within != atom.Script && within != atom.Style {
				g = append(g, glyph{r: '\ufffc', locked: true, silent: true})
			}
		case depth == 0 && tag == atom.Br:
			g = append(g, glyph{r: '\n', locked: true, silent: true})
		case depth == 0 && tag == atom.Img:
			g = append(g, glyph{r: '\ufffc', locked: true, silent: true})
		case depth == 0 && !inline[tag]:
			end := glyph{r: '\n', locked: true, silent: true}
			g = append(g, end, end)
		}
	}
	return write(page, g)
}

// write takes the markup out of the text, sets the text, and puts both together
// again.
func write(page string, g []glyph) string {
	text := make([]glyph, 0, len(g))
	for _, x := range g {
		if !x.silent || x.end == x.start {
			text = append(text, x)
		}
	}
	text = set(text)

	var b strings.Builder
	b.Grow(len(page) + len(page)/50)
	tags := make([]glyph, 0, 64)
	for _, x := range g {
		if x.silent && x.end > x.start {
			tags = append(tags, x)
		}
	}
	flush := func(until int32) {
		for len(tags) > 0 && tags[0].start < until {
			b.WriteString(page[tags[0].start:tags[0].end])
			tags = tags[1:]
		}
	}
	for _, x := range text {
		if x.silent {
			continue
		}
		flush(x.start)
		if x.end > x.start {
			b.WriteString(page[x.start:x.end])
		} else {
			b.WriteRune(x.r)
		}
	}
	flush(int32(len(page)) + 1)
	return b.String()
}

// markup is a stretch of page that isn't text.
func markup(from, to int) glyph {
	return glyph{start: int32(from), end: int32(to), silent: true, locked: true}
}

var reference = regexp.MustCompile(`^&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)

// appendText appends the characters of page[from:to], a character reference
// counting as the character it names.
func appendText(g []glyph, page string, from, to int) []glyph {
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(page[i:to])
		if r == '&' {
			if ref := reference.FindString(page[i:min(to, i+40)]); ref != "" {
				if s := html.UnescapeString(ref); utf8.RuneCountInString(s) == 1 {
					r, _ = utf8.DecodeRuneInString(s)
					size = len(ref)
				}
			}
		}
		g = append(g, glyph{r: r, start: int32(i), end: int32(i + size)})
		i += size
	}
	return g
}

var (
	// raws are the elements whose text isn't prose.
	raws = map[atom.Atom]bool{
		atom.Code: true, atom.Pre: true, atom.Kbd: true, atom.Samp: true, atom.Var: true, atom.Sup: true, atom.Script: true,
		atom.Style: true, atom.Textarea: true, atom.Title: true, atom.Math: true, atom.Svg: true,
		atom.Noscript: true, atom.Iframe: true, atom.Template: true, atom.Xmp: true, atom.Noembed: true,
		atom.Noframes: true, atom.Plaintext: true,
	}
	void = map[atom.Atom]bool{atom.Br: true, atom.Img: true, atom.Input: true, atom.Hr: true, atom.Wbr: true}
	// inline are the elements that a sentence runs through.
	inline = map[atom.Atom]bool{
		atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true,
		atom.Data: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true,
		atom.Ins: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true,
		atom.Strike: true, atom.Strong: true, atom.Sub: true, atom.Time: true, atom.Tt: true,
		atom.U: true, atom.Wbr: true,
	}
)
