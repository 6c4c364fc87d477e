// Package locale gives texts, dates and numbers in the reader's language, from gettext catalogues.
//
// A provisional version: it keeps the promised interface until the whole package lands.
package locale

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/leonelquinteros/gotext"
)

// Catalogue holds the texts of several languages.
type Catalogue struct {
	langs map[string]*Locale
	first *Locale
}

// Locale is one language.
type Locale struct {
	lang string
	pos  []*gotext.Po
}

// Load reads {lang}/*.po from a file system. A language without files speaks the source language.
func Load(files fs.FS, langs ...string) (*Catalogue, error) {
	c := &Catalogue{langs: map[string]*Locale{}}
	for _, lang := range langs {
		l := &Locale{lang: lang}
		names, err := fs.Glob(files, path.Join(lang, "*.po"))
		if err != nil {
			return nil, fmt.Errorf("load catalogues: %w", err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, fmt.Errorf("load catalogues: %w", err)
			}
			po := gotext.NewPo()
			po.Parse(text)
			l.pos = append(l.pos, po)
		}
		c.langs[lang] = l
		if c.first == nil {
			c.first = l
		}
	}
	return c, nil
}

// In is the locale of a language, or the first one.
func (c *Catalogue) In(lang string) *Locale {
	if l := c.langs[lang]; l != nil {
		return l
	}
	return c.first
}

func (l *Locale) Lang() string { return l.lang }
func (l *Locale) Dir() string  { return "ltr" }

func format(s string, args []any) string {
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// T translates a text.
func (l *Locale) T(msg string, args ...any) string {
	for _, po := range l.pos {
		if po.IsTranslated(msg) {
			get := po.Get
			return format(get(msg), args)
		}
	}
	return format(msg, args)
}

// N translates a text that depends on a number.
func (l *Locale) N(one, many string, n int, args ...any) string {
	for _, po := range l.pos {
		if po.IsTranslatedN(one, n) {
			get := po.GetN
			return format(get(one, many, n), args)
		}
	}
	if n == 1 {
		return format(one, args)
	}
	return format(many, args)
}

// TC translates a text in a context.
func (l *Locale) TC(context, msg string, args ...any) string {
	for _, po := range l.pos {
		if po.IsTranslatedC(msg, context) {
			get := po.GetC
			return format(get(msg, context), args)
		}
	}
	return format(msg, args)
}

var months = map[string][]string{
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"br": {"Genver", "C’hwevrer", "Meurzh", "Ebrel", "Mae", "Mezheven", "Gouere", "Eost", "Gwengolo", "Here", "Du", "Kerzu"},
}

// Date is a day in words.
func (l *Locale) Date(t time.Time) string {
	names := months[l.lang]
	if names == nil {
		return t.Format("2 January 2006")
	}
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 && l.lang == "fr" {
		day = "1er"
	}
	return day + " " + names[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// DateTime is a moment in words.
func (l *Locale) DateTime(t time.Time) string { return l.Date(t) + ", " + t.Format("15:04") }

// Relative is how far a moment is from now.
func (l *Locale) Relative(t, now time.Time) string { return l.DateTime(t) }

// Number is a count with its thousands apart.
func (l *Locale) Number(n int) string { return strconv.Itoa(n) }

// Match chooses among supported languages, "" when none fits.
func Match(acceptLanguage string, supported []string) string {
	type choice struct {
		lang string
		q    float64
	}
	var choices []choice
	for part := range strings.SplitSeq(acceptLanguage, ",") {
		lang, q, found := strings.Cut(strings.TrimSpace(part), ";q=")
		c := choice{strings.ToLower(strings.SplitN(lang, "-", 2)[0]), 1}
		if found {
			c.q, _ = strconv.ParseFloat(q, 64)
		}
		choices = append(choices, c)
	}
	sort.SliceStable(choices, func(i, j int) bool { return choices[i].q > choices[j].q })
	for _, c := range choices {
		if c.q > 0 && slices.Contains(supported, c.lang) {
			return c.lang
		}
	}
	return ""
}
