// Package sitemap writes lists of addresses for search engines (https://www.sitemaps.org/protocol.html): a [Set] lists
// pages, an [Index] lists sets.
//
// Both write as they are told, one address at a time, and keep nothing. The protocol allows 50,000 addresses and 50 MB a
// document: whoever writes more begins another.
package sitemap

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// ContentType is that of both documents, with their encoding.
const ContentType = "application/xml; charset=utf-8"

// Limit is how many addresses the protocol allows in a document.
const Limit = 50_000

// Set writes a list of pages.
type Set struct{ list }

// Alternate is a page that says the same in another language.
type Alternate struct{ Language, Address string }

// AddIn is Add for a page in a language of which there are translations: each is named beside it, and so is itself
// (https://developers.google.com/search/docs/specialty/international/localized-versions).
func (s *Set) AddIn(address string, at time.Time, language string, others []Alternate) {
	if len(others) > 0 {
		others = append([]Alternate{{language, address}}, others...)
	}
	s.add(address, at, others)
}

// Index writes a list of sets.
type Index struct{ list }

// list is what both documents are: elements with an address and a date.
type list struct {
	w       io.Writer
	root    string
	element string
	err     error
}

// NewSet begins a list of pages.
func NewSet(w io.Writer) *Set { return &Set{begin(w, "urlset", "url")} }

// NewIndex begins a list of sets.
func NewIndex(w io.Writer) *Index { return &Index{begin(w, "sitemapindex", "sitemap")} }

func begin(w io.Writer, root, element string) list {
	l := list{w: w, root: root, element: element}
	l.print("%s<%s xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n", xml.Header, root)
	return l
}

// Add lists an absolute address, and when what stands there last changed, if at isn't zero.
func (l *list) Add(address string, at time.Time) { l.add(address, at, nil) }

func (l *list) add(address string, at time.Time, others []Alternate) {
	l.print(" <%s><loc>", l.element)
	l.escape(address)
	l.print("</loc>")
	for _, o := range others {
		l.print("<xhtml:link rel=\"alternate\" hreflang=\"")
		l.escape(o.Language)
		l.print("\" href=\"")
		l.escape(o.Address)
		l.print("\"/>")
	}
	if !at.IsZero() {
		l.print("<lastmod>%s</lastmod>", at.UTC().Format(time.RFC3339))
	}
	l.print("</%s>\n", l.element)
}

// Close ends the document, and tells the first error of the writer.
func (l *list) Close() error {
	l.print("</%s>\n", l.root)
	if l.err != nil {
		return fmt.Errorf("write the sitemap: %w", l.err)
	}
	return nil
}

func (l *list) escape(text string) {
	if l.err == nil {
		l.err = xml.EscapeText(l.w, []byte(text))
	}
}

func (l *list) print(format string, args ...any) {
	if l.err == nil {
		_, l.err = fmt.Fprintf(l.w, format, args...)
	}
}
