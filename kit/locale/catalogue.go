// Package locale speaks to people in their language: messages from PO files
// (GNU gettext), dates, numbers and sizes in words.
//
// The identifier of a message is its English text in the source, so that a
// missing translation shows English and never a code. Plurals follow each
// language's own rule, msgctxt tells homonyms apart, and French is set by the
// rules of its typography once, when the catalogue is loaded. It doesn't
// translate what people write. Start with [Load], [Catalogue.In] and [Match];
// [Extract] and [Missing] let a test tell what isn't translated.
package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/leonelquinteros/gotext"

	"bourgeon/kit/typography"
)

// Source is the language of the message identifiers. It needs no catalogue.
const Source = "en"

// Catalogue holds the messages of several languages. It doesn't change once
// loaded and is safe for concurrent use.
type Catalogue struct {
	languages []string
	locales   map[string]*Locale
}

// key names a message.
type key struct{ context, id string }

// Load reads the files <language>/*.po of fsys for each language, in the order
// of their names; the first translation of a message counts. A language without
// files is there, untranslated. Errors are those of reading, a file that isn't
// UTF-8 or holds no message, and a plural rule that can't be read.
func Load(fsys fs.FS, languages ...string) (*Catalogue, error) {
	c := &Catalogue{locales: map[string]*Locale{}}
	for _, lang := range languages {
		l, err := load(fsys, lang)
		if err != nil {
			return nil, fmt.Errorf("load messages of %q: %w", lang, err)
		}
		c.languages = append(c.languages, lang)
		c.locales[lang] = l
	}
	return c, nil
}

func load(fsys fs.FS, lang string) (*Locale, error) {
	l := newLocale(lang)
	names, err := fs.Glob(fsys, path.Join(lang, "*.po"))
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if err := l.read(text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return l, nil
}

// read adds the messages of a PO file.
func (l *Locale) read(text []byte) error {
	if !utf8.Valid(text) {
		return errors.New("not in UTF-8")
	}
	po := gotext.NewPo()
	po.Parse(text)
	d := po.GetDomain()
	if d.PluralForms != "" {
		rule, err := pluralRule(d.PluralForms)
		if err != nil {
			return err
		}
		l.plural = rule
	}
	found := len(d.Headers)
	for id, t := range d.GetTranslations() {
		if id != "" {
			found++
			l.put(key{"", id}, t.Trs)
		}
	}
	for context, ts := range d.GetCtxTranslations() {
		for id, t := range ts {
			found++
			l.put(key{context, id}, t.Trs)
		}
	}
	if found == 0 {
		return errors.New("no messages")
	}
	return nil
}

// put stores the forms of a message, unless one is empty: half a translation is
// none.
func (l *Locale) put(k key, forms map[int]string) {
	if _, there := l.messages[k]; there || len(forms) == 0 {
		return
	}
	texts := make([]string, len(forms))
	for i := range texts {
		text := forms[i]
		if text == "" {
			return
		}
		if l.lang == "fr" {
			text = typography.French(text)
		}
		texts[i] = text
	}
	l.messages[k] = texts
}

// Languages lists the languages in the order given to Load.
func (c *Catalogue) Languages() []string { return append([]string(nil), c.languages...) }

// In returns the locale of lang, or of the language that lang is a variant of
// (fr-CA: fr), or of the source language, without messages, if there is neither.
func (c *Catalogue) In(lang string) *Locale {
	for tag := strings.ReplaceAll(lang, "_", "-"); tag != ""; {
		if l := c.locales[tag]; l != nil {
			return l
		}
		i := strings.LastIndexByte(tag, '-')
		tag = tag[:max(i, 0)]
	}
	if l := c.locales[Source]; l != nil {
		return l
	}
	return newLocale(Source)
}
