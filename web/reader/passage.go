package reader

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bourgeon/kit/markdown"
	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/web/page"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

// passage is the sentence or so around the first word found in the text; the
// standfirst where the words are elsewhere, in a name or a tag.
func passage(v *page.Visit, e press.Entry, marker terms.Marker) []terms.Piece {
	const before, after = 90, 190 // bytes, about
	var texts []string
	if e.Standfirst != "" {
		texts = append(texts, v.Set(e.Language, e.Standfirst))
	}
	for _, key := range slices.Sorted(maps.Keys(e.Rendered)) {
		texts = append(texts, v.Set(e.Language, press.CleanLine(markdown.Plain(e.Rendered[key]))))
	}
	for _, text := range texts {
		at := 0
		for _, p := range marker.Pieces(text) {
			if p.Marked {
				return marker.Pieces(window(text, at-before, at+after))
			}
			at += len(p.Text)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return []terms.Piece{{Text: v.Set(e.Language, page.Shorten(texts[0], before+after))}}
}

// window cuts a text between two places, at spaces, and says so.
func window(text string, from, to int) string {
	lead, tail := "", ""
	if from > 0 {
		if i := strings.IndexByte(text[from:], ' '); i >= 0 {
			from += i + 1
		}
		lead = "… "
	} else {
		from = 0
	}
	if to < len(text) {
		if i := strings.LastIndexByte(text[from:to], ' '); i >= 0 {
			to = from + i
		}
		tail = " …"
	} else {
		to = len(text)
	}
	return lead + strings.ToValidUTF8(text[from:to], "") + tail
}

// pieceOf writes a piece without a space that its text doesn't have.
func pieceOf(p terms.Piece) templ.Component {
	text := templ.EscapeString(p.Text)
	if p.Marked {
		text = "<mark>" + text + "</mark>"
	}
	return templ.Raw(text)
}
