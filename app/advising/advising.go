// Package advising reads a text as a kind colleague would, and says what could
// make it clearer: suggestions, each with an example, never a gate.
//
// It changes nothing and keeps nothing; the words for people are the faces'.
// Start with Read.
package advising

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bourgeon/kit/markdown"
	"bourgeon/kit/readability"
	"bourgeon/press"
)

// Matter is what a suggestion is about.
type Matter string

const (
	TitleLong       Matter = "title-long"   // Count: its characters
	TitleShort      Matter = "title-short"  // one or two words
	TitleShouts     Matter = "title-shouts" // all in capitals
	TitleStops      Matter = "title-stops"  // a full stop at its end
	StandfirstNone  Matter = "standfirst-none"
	StandfirstLeans Matter = "standfirst-leans" // Words: the pronoun that it begins with
	WhenMissing     Matter = "when"
	WhoMissing      Matter = "who" // no name of a person or place
	PictureNone     Matter = "picture-none"
	PicturesSilent  Matter = "pictures-silent" // Count: those without alternative text
	LinksVague      Matter = "links-vague"     // Words: of the first one; Count: how many
	LinksBare       Matter = "links-bare"      // Words: the first address
	ParagraphLong   Matter = "paragraph-long"  // Words: how it begins; Count: its words
	HeadingsNone    Matter = "headings-none"   // Count: words without one
	SentencesLong   Matter = "sentences-long"  // Words: the longest; Count: its words
)

// Suggestion is something that could be clearer.
type Suggestion struct {
	Matter Matter
	Field  press.FieldRole // that it is about
	Words  string          // of the text, that it is about
	Count  int
}

// Level is how easily a text is read.
type Level int

const (
	LevelUnknown Level = iota // too short, or a language without a formula
	LevelHard
	LevelFair
	LevelEasy
)

// Reading is what was found in a text.
type Reading struct {
	Words       int // 0 when nothing was written yet
	Level       Level
	Suggestions []Suggestion
}

// From which ease a text is fair to read, and easy: Flesch's own table calls 60
// "standard", and 30 to 50 "difficult".
const (
	fairEase = 45
	easyEase = 60
)

const (
	longTitle     = 90  // characters
	longParagraph = 130 // words
	longSentence  = 35  // words
	noHeading     = 450 // words
)

// Read looks at a rendered text, in the form's order of fields.
func Read(form press.Form, e press.Entry) Reading {
	var page strings.Builder
	for _, field := range form.Fields {
		page.WriteString(e.Rendered[field.Key])
	}
	plain := markdown.Plain(page.String())
	m := readability.Measure(plain, e.Language)
	r := Reading{Words: m.Words}
	if ease, ok := m.Ease(e.Language); ok {
		switch {
		case ease >= easyEase:
			r.Level = LevelEasy
		case ease >= fairEase:
			r.Level = LevelFair
		default:
			r.Level = LevelHard
		}
	}
	r.ofTitle(e.Title)
	if _, asked := form.Field(press.RoleStandfirst); asked && m.Words > 0 {
		r.ofStandfirst(e)
	}
	if m.Words == 0 {
		return r
	}
	r.ofFacts(e.Title + "\n" + e.Standfirst + "\n" + plain)
	if _, asked := form.Field(press.RolePictures); asked {
		r.ofPictures(e.Pictures)
	}
	r.ofStructure(page.String())
	if m.LongestIn > longSentence {
		r.suggest(Suggestion{SentencesLong, press.RoleBody, begins(m.Longest, 12), m.LongestIn})
	}
	return r
}

func (r *Reading) suggest(s Suggestion) { r.Suggestions = append(r.Suggestions, s) }

func (r *Reading) ofTitle(title string) {
	n, letters, small := utf8.RuneCountInString(title), 0, 0
	for _, c := range title {
		if unicode.IsLetter(c) {
			letters++
		}
		if unicode.IsLower(c) {
			small++
		}
	}
	switch {
	case n == 0:
	case letters > 8 && small == 0:
		r.suggest(Suggestion{Matter: TitleShouts, Field: press.RoleTitle})
	case n > longTitle:
		r.suggest(Suggestion{Matter: TitleLong, Field: press.RoleTitle, Count: n})
	case len(strings.Fields(title)) < 3:
		r.suggest(Suggestion{Matter: TitleShort, Field: press.RoleTitle})
	case strings.HasSuffix(title, ".") && !strings.HasSuffix(title, ".."):
		r.suggest(Suggestion{Matter: TitleStops, Field: press.RoleTitle})
	}
}

// leaning are words that point at something said before, by language.
var leaning = map[string][]string{
	"fr": {"il", "elle", "ils", "elles", "cela", "ça", "ceci", "celui-ci", "celle-ci", "y", "en"},
	"en": {"he", "she", "it", "they", "this", "that", "these", "those"},
	"br": {"eñ", "hi", "int", "kement-se", "an dra-se"},
}

func (r *Reading) ofStandfirst(e press.Entry) {
	if e.Standfirst == "" {
		r.suggest(Suggestion{Matter: StandfirstNone, Field: press.RoleStandfirst})
		return
	}
	first := strings.ToLower(strings.Fields(e.Standfirst)[0])
	if slices.Contains(leaning[e.Language], first) {
		r.suggest(Suggestion{Matter: StandfirstLeans, Field: press.RoleStandfirst, Words: first})
	}
}

// moments are the beginnings of words that say when, without accents being asked.
var moments = []string{
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre", "aujourd", "hier", "demain", "matin", "soir", "midi", "été",
	"hiver", "automne", "printemps", "semaine", "année", "week-end",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
	"june", "july", "august", "october", "december", "today", "yesterday", "tomorrow", "morning", "evening", "summer", "winter",
	"autumn", "spring", "week", "year", "lun", "meurzh", "merc", "yaou", "gwener", "sadorn", "sul", "genver", "hañv", "goañv",
	"bloaz", "sizhun", "deiz",
}

// ofFacts looks for a moment, and for the name of somebody or somewhere.
func (r *Reading) ofFacts(text string) {
	when, who := false, false
	for line := range strings.Lines(text) {
		for i, word := range strings.Fields(line) {
			bare := strings.TrimFunc(word, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
			if _, after, elided := strings.Cut(bare, "’"); elided {
				bare = after
			}
			first, _ := utf8.DecodeRuneInString(bare)
			when = when || unicode.IsDigit(first) ||
				slices.ContainsFunc(moments, func(m string) bool { return strings.HasPrefix(strings.ToLower(bare), m) })
			who = who || i > 0 && unicode.IsUpper(first)
		}
	}
	if !when {
		r.suggest(Suggestion{Matter: WhenMissing, Field: press.RoleBody})
	}
	if !who {
		r.suggest(Suggestion{Matter: WhoMissing, Field: press.RoleBody})
	}
}

func (r *Reading) ofPictures(all []press.Media) {
	if len(all) == 0 {
		r.suggest(Suggestion{Matter: PictureNone, Field: press.RolePictures})
		return
	}
	silent := 0
	for _, m := range all {
		if m.Alt == "" {
			silent++
		}
	}
	if silent > 0 {
		r.suggest(Suggestion{Matter: PicturesSilent, Field: press.RolePictures, Count: silent})
	}
}

// vague are words of links that don't say where they go.
var vague = []string{
	"ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "le lien", "lire la suite", "en savoir plus", "voir", "là", "plus",
	"here", "click here", "link", "this link", "read more", "more", "amañ", "muioc'h", "muioc’h",
}

// ofStructure looks at links, paragraphs and headings.
func (r *Reading) ofStructure(page string) {
	var links, bare []string
	long, words, headings := Suggestion{Matter: ParagraphLong, Field: press.RoleBody}, 0, 0
	var text strings.Builder
	inLink := 0 // where the words of the link under way begin
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken {
			text.Write(z.Text())
			continue
		}
		name, _ := z.TagName()
		switch a := atom.Lookup(name); {
		case a == atom.A && kind == html.StartTagToken:
			inLink = text.Len()
		case a == atom.A && kind == html.EndTagToken:
			said := strings.TrimSpace(text.String()[min(inLink, text.Len()):])
			switch {
			case strings.HasPrefix(said, "http://"), strings.HasPrefix(said, "https://"), strings.HasPrefix(said, "www."):
				bare = append(bare, said)
			case slices.Contains(vague, strings.ToLower(strings.Trim(said, " .…>»«"))):
				links = append(links, said)
			}
		case a == atom.P:
			n := len(strings.Fields(text.String()))
			if kind == html.EndTagToken {
				words += n
				if n > longParagraph && n > long.Count {
					long.Words, long.Count = begins(strings.TrimSpace(text.String()), 8), n
				}
			}
			text.Reset()
		case a == atom.H2 || a == atom.H3 || a == atom.H4:
			headings++
		}
	}
	if len(links) > 0 {
		r.suggest(Suggestion{LinksVague, press.RoleBody, links[0], len(links)})
	}
	if len(bare) > 0 {
		r.suggest(Suggestion{LinksBare, press.RoleBody, begins(bare[0], 1), len(bare)})
	}
	if long.Count > 0 {
		r.suggest(long)
	}
	if words > noHeading && headings == 0 {
		r.suggest(Suggestion{Matter: HeadingsNone, Field: press.RoleBody, Count: int(math.Round(float64(words)/50) * 50)})
	}
}

// begins is how a text begins, in so many words.
func begins(text string, words int) string {
	all := strings.Fields(text)
	if len(all) <= words {
		return text
	}
	return strings.Join(all[:words], " ") + "…"
}
