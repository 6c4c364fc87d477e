package page

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bourgeon/kit/markdown"
	"bourgeon/press"
)

// Named is the name to show for a credit: "Anonymous" where none may be.
func (v *Visit) Named(c press.Credit) string {
	if c.Anonymous() {
		return v.T("Anonymous")
	}
	return c.Name
}

// AuthorNames are the authors of an entry in a sentence.
func (v *Visit) AuthorNames(e press.Entry) string {
	authors := e.Authors()
	if len(authors) == 0 {
		return v.T("Anonymous")
	}
	var b strings.Builder
	for i, c := range authors {
		b.WriteString(v.Separator(i, len(authors)) + v.Named(c))
	}
	return b.String()
}

// Separator stands before the i-th of n names in a sentence: "", ", " or " and ".
func (v *Visit) Separator(i, n int) string {
	switch i {
	case 0:
		return ""
	case n - 1:
		return v.T(" and ")
	default:
		return ", "
	}
}

// tone gives a name one of five colours of the palette, always the same.
func tone(name string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return strconv.Itoa(int(h.Sum32() % 5))
}

// roleWords are what each role did, for the list of credits.
func (v *Visit) roleWords(role press.CreditRole) string {
	switch role {
	case press.Scribe:
		return v.T("Written down by")
	case press.Actor:
		return v.T("Done by")
	case press.Translator:
		return v.T("Translated by")
	case press.Photographer:
		return v.T("Photographs by")
	case press.Proofreader:
		return v.T("Proof-read by")
	default:
		return v.T("Text by")
	}
}

var creditOrder = []press.CreditRole{
	press.Author, press.Scribe, press.Actor, press.Translator, press.Photographer, press.Proofreader,
}

type creditLine struct {
	words string
	names []press.Credit
}

func (v *Visit) creditLines(credits []press.Credit) []creditLine {
	var lines []creditLine
	for _, role := range creditOrder {
		line := creditLine{words: v.roleWords(role)}
		for _, c := range credits {
			if c.Role == role {
				line.names = append(line.names, c)
			}
		}
		if len(line.names) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

// LicenceName is the short name of a licence, such as "CC BY-SA 4.0".
func LicenceName(id press.LicenceID) string {
	if l, ok := press.LicenceByID(id); ok {
		return l.Name
	}
	return string(id)
}

// LicenceWords say to readers what a licence lets them do; the licence's own words speak to its authors.
func (v *Visit) LicenceWords(l press.Licence) string {
	switch l.ID {
	case "CC0-1.0":
		return v.T("The authors waived their rights: you may do anything with this text.")
	case "all-rights-reserved":
		return v.T("All rights reserved: ask the authors before you reuse this text.")
	default:
		return v.Set("", l.Plain.In(v.L.Lang()))
	}
}

// ReadingTime is how long an entry takes to read, in whole minutes, at 220 words a minute; 0 when its text wasn't
// selected.
func ReadingTime(e press.Entry) int {
	words := 0
	for _, html := range e.Rendered {
		words += len(strings.Fields(html))
	}
	if words == 0 {
		return 0
	}
	return max(1, (words+110)/220)
}

// Shorten cuts a text for a description, at a word, to at most n characters.
func Shorten(s string, n int) string {
	s = press.CleanLine(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// Summary sums an entry up in at most n characters: its standfirst, else how its text begins, where that was selected.
func Summary(e press.Entry, n int) string {
	if e.Standfirst != "" {
		return Shorten(e.Standfirst, n)
	}
	for _, key := range slices.Sorted(maps.Keys(e.Rendered)) { // an order that lasts
		return Shorten(markdown.Plain(e.Rendered[key]), n)
	}
	return ""
}

// LanguageName is a language in its own words, the tag where we don't know it.
func LanguageName(tag string) string { return cmp.Or(languageNames[tag], tag) }

// toProofread are the languages of the interface that nobody who speaks them has read over yet.
var toProofread = map[string]bool{"br": true}

// languageNames in their own language.
var languageNames = map[string]string{"fr": "Français", "en": "English", "br": "Brezhoneg"}
