// Package atom writes feeds in the Atom Syndication Format (RFC 4287).
//
// It only writes; reading foreign feeds takes a tolerant parser. Characters that
// XML forbids are dropped, times are given in RFC 3339, and nothing else is
// changed. Start with [Feed] and its WriteTo.
package atom

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

// MediaType is the content type of a feed, with its encoding.
const MediaType = "application/atom+xml; charset=utf-8"

// Feed is a feed document (RFC 4287, section 4.1.1). ID, Title and Updated are
// required by the standard.
type Feed struct {
	ID        string // permanent, such as a tag: or https: address
	Title     string
	Subtitle  string
	Language  string // BCP 47
	Updated   time.Time
	Links     []Link
	Authors   []Person
	Rights    string
	Icon      string // address of a square picture
	Logo      string // address of a picture twice as wide as high
	Generator string
	Entries   []Entry
}

// Entry is one entry (section 4.1.2). ID, Title and Updated are required; so is
// an author, here or in the feed.
type Entry struct {
	ID           string
	Title        string
	Language     string // BCP 47, where it differs from the feed's
	Links        []Link
	Published    time.Time // omitted if zero
	Updated      time.Time
	Authors      []Person
	Contributors []Person
	Categories   []Category
	Rights       string
	Summary      string // plain text
	Content      string // HTML; omitted if empty
	Source       *Source
}

// Link refers to something on the web (section 4.2.7).
type Link struct {
	Rel      string // "self", "alternate", "edit", "enclosure", "license", "via" …
	Href     string
	Type     string // media type
	Language string
	Title    string
	Length   int64 // bytes; omitted if 0
}

// Person is an author or contributor (section 3.2).
type Person struct {
	Name  string
	URI   string
	Email string
}

// Category is a subject (section 4.2.2).
type Category struct {
	Term   string
	Scheme string
	Label  string
}

// Source says which feed an entry was taken from (section 4.2.11).
type Source struct {
	ID      string
	Title   string
	Updated time.Time
	Links   []Link
	Authors []Person
	Rights  string
}

// WriteTo writes the feed as an XML document in UTF-8. Its only errors are those
// of w.
func (f Feed) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(f.document()); err != nil {
		return 0, err
	}
	b.WriteByte('\n')
	return b.WriteTo(w)
}

type document struct {
	XMLName   xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Language  string     `xml:"xml:lang,attr,omitempty"`
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Subtitle  string     `xml:"subtitle,omitempty"`
	Updated   string     `xml:"updated"`
	Links     []link     `xml:"link"`
	Authors   []person   `xml:"author"`
	Rights    string     `xml:"rights,omitempty"`
	Icon      string     `xml:"icon,omitempty"`
	Logo      string     `xml:"logo,omitempty"`
	Generator string     `xml:"generator,omitempty"`
	Entries   []entryXML `xml:"entry"`
}

type entryXML struct {
	Language     string     `xml:"xml:lang,attr,omitempty"`
	ID           string     `xml:"id"`
	Title        string     `xml:"title"`
	Links        []link     `xml:"link"`
	Published    string     `xml:"published,omitempty"`
	Updated      string     `xml:"updated"`
	Authors      []person   `xml:"author"`
	Contributors []person   `xml:"contributor"`
	Categories   []category `xml:"category"`
	Rights       string     `xml:"rights,omitempty"`
	Summary      string     `xml:"summary,omitempty"`
	Content      *content   `xml:"content"`
	Source       *source    `xml:"source"`
}

type link struct {
	Rel      string `xml:"rel,attr,omitempty"`
	Href     string `xml:"href,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Language string `xml:"hreflang,attr,omitempty"`
	Title    string `xml:"title,attr,omitempty"`
	Length   int64  `xml:"length,attr,omitempty"`
}

type person struct {
	Name  string `xml:"name"`
	URI   string `xml:"uri,omitempty"`
	Email string `xml:"email,omitempty"`
}

type category struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type content struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",chardata"`
}

type source struct {
	ID      string   `xml:"id,omitempty"`
	Title   string   `xml:"title,omitempty"`
	Updated string   `xml:"updated,omitempty"`
	Links   []link   `xml:"link"`
	Authors []person `xml:"author"`
	Rights  string   `xml:"rights,omitempty"`
}

func (f Feed) document() document {
	d := document{
		Language: clean(f.Language), ID: clean(f.ID), Title: clean(f.Title), Subtitle: clean(f.Subtitle),
		Updated: date(f.Updated), Links: links(f.Links), Authors: persons(f.Authors), Rights: clean(f.Rights),
		Icon: clean(f.Icon), Logo: clean(f.Logo), Generator: clean(f.Generator),
	}
	if d.Updated == "" {
		d.Updated = date(time.Unix(0, 0))
	}
	for _, e := range f.Entries {
		d.Entries = append(d.Entries, e.xml())
	}
	return d
}

func (e Entry) xml() entryXML {
	x := entryXML{
		Language: clean(e.Language), ID: clean(e.ID), Title: clean(e.Title), Links: links(e.Links),
		Published: date(e.Published), Updated: date(e.Updated), Authors: persons(e.Authors),
		Contributors: persons(e.Contributors), Rights: clean(e.Rights), Summary: clean(e.Summary),
	}
	if x.Updated == "" {
		x.Updated = date(time.Unix(0, 0))
	}
	for _, c := range e.Categories {
		x.Categories = append(x.Categories, category{clean(c.Term), clean(c.Scheme), clean(c.Label)})
	}
	if e.Content != "" {
		x.Content = &content{"html", clean(e.Content)}
	}
	if s := e.Source; s != nil {
		x.Source = &source{clean(s.ID), clean(s.Title), date(s.Updated), links(s.Links), persons(s.Authors), clean(s.Rights)}
	}
	return x
}

func links(ls []Link) []link {
	var xs []link
	for _, l := range ls {
		xs = append(xs, link{clean(l.Rel), clean(l.Href), clean(l.Type), clean(l.Language), clean(l.Title), l.Length})
	}
	return xs
}

func persons(ps []Person) []person {
	var xs []person
	for _, p := range ps {
		xs = append(xs, person{clean(p.Name), clean(p.URI), clean(p.Email)})
	}
	return xs
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// clean drops what XML 1.0, production 2 (Char), excludes.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r', 0x20 <= r && r <= 0xd7ff, 0xe000 <= r && r <= 0xfffd, 0x10000 <= r:
			return r
		}
		return -1
	}, s)
}
