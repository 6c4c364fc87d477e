package reader

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"bourgeon/kit/fold"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

const (
	maxQuery      = 200 // characters
	maxQueryWords = 8
)

// Search lists the entries in which every word of the query begins a word: of
// this site, or at the portal of all sites.
func Search(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p := searchView{Query: press.CleanLine(r.FormValue("q"))}
	if utf8.RuneCountInString(p.Query) > maxQuery {
		p.Query = string([]rune(p.Query)[:maxQuery])
	}
	words := fold.Words(p.Query)
	words = words[:min(len(words), maxQueryWords)]
	if len(words) == 0 {
		return page.Render(w, r, searchPage(v, p))
	}
	if err := v.Allow(v.House.Limits.Search); err != nil {
		return err
	}
	p.Asked = true
	selection := store.Selection{Site: v.Site.ID, Words: words, Body: true}
	var err error
	if p.Total, err = v.House.Reader.CountEntries(r.Context(), v.Viewer, selection); err != nil {
		return err
	}
	found, err := read(v, r, selection)
	if err != nil {
		return err
	}
	p.Newer, p.Older = v.PagesAround(found)
	for _, e := range found.Entries {
		p.Hits = append(p.Hits, hit{Entry: e, Title: mark(v.Set(e.Language, e.Title), words), Words: excerpt(v, e, words)})
	}
	return page.Render(w, r, searchPage(v, p))
}

type searchView struct {
	Query        string
	Asked        bool
	Total        int
	Hits         []hit
	Newer, Older string
}

// hit is an entry found, with the words asked for marked.
type hit struct {
	press.Entry
	Title, Words []piece
}

// piece is a stretch of text; a marked one is a word that was asked for.
type piece struct {
	Text   string
	Marked bool
}

// mark finds the words of a text that begin with one of the folded words.
func mark(text string, words []string) []piece {
	var pieces []piece
	add := func(s string, marked bool) {
		if n := len(pieces); n > 0 && pieces[n-1].Marked == marked {
			pieces[n-1].Text += s
		} else if s != "" {
			pieces = append(pieces, piece{s, marked})
		}
	}
	for text != "" {
		gap := strings.IndexFunc(text, ofWord)
		if gap < 0 {
			add(text, false)
			break
		}
		add(text[:gap], false)
		text = text[gap:]
		end := strings.IndexFunc(text, func(r rune) bool { return !ofWord(r) })
		if end < 0 {
			end = len(text)
		}
		folded, found := fold.Text(text[:end]), false
		for _, word := range words {
			found = found || strings.HasPrefix(folded, word)
		}
		add(text[:end], found)
		text = text[end:]
	}
	return pieces
}

func ofWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// excerpt is the sentence or so around the first word found in the text; the
// standfirst where the words are elsewhere, in a name or a tag.
func excerpt(v *page.Visit, e press.Entry, words []string) []piece {
	const before, after = 90, 190 // bytes, about
	var texts []string
	if e.Standfirst != "" {
		texts = append(texts, v.Set(e.Language, e.Standfirst))
	}
	for _, key := range slices.Sorted(maps.Keys(e.Rendered)) {
		texts = append(texts, v.Set(e.Language, press.CleanLine(markdown.Plain(e.Rendered[key]))))
	}
	for _, text := range texts {
		pieces := mark(text, words)
		at := 0
		for _, p := range pieces {
			if p.Marked {
				return mark(window(text, at-before, at+after), words)
			}
			at += len(p.Text)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return []piece{{Text: v.Set(e.Language, page.Shorten(texts[0], before+after))}}
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
func pieceOf(p piece) templ.Component {
	text := templ.EscapeString(p.Text)
	if p.Marked {
		text = "<mark>" + text + "</mark>"
	}
	return templ.Raw(text)
}
