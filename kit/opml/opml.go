// Package opml writes lists of feeds in OPML 2.0 (http://opml.org/spec2.opml), which reading programs import.
//
// It only writes. Characters that XML forbids become U+FFFD. Start with [Document].
package opml

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// ContentType is that of a document, with its encoding.
const ContentType = "text/x-opml; charset=utf-8"

// Document is a list of feeds.
type Document struct {
	Title    string
	Modified time.Time // omitted if zero
	Outlines []Outline
}

// Outline is a feed, a group of outlines, or both. Text is required.
type Outline struct {
	Text        string
	Description string
	Language    string // BCP 47
	Feed        string // address of the feed; "" for a mere group
	Page        string // address of the page that it follows
	Outlines    []Outline
}

// Write writes the document in UTF-8. Its only errors are those of w.
func (d Document) Write(w io.Writer) error {
	x := documentXML{Version: "2.0", Title: d.Title, Docs: "http://opml.org/spec2.opml", Outlines: outlines(d.Outlines)}
	if !d.Modified.IsZero() {
		x.Modified = d.Modified.Format(time.RFC1123Z)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(x); err != nil {
		return fmt.Errorf("write the outline: %w", err)
	}
	b.WriteByte('\n')
	_, err := b.WriteTo(w)
	return err
}

type documentXML struct {
	XMLName  xml.Name     `xml:"opml"`
	Version  string       `xml:"version,attr"`
	Title    string       `xml:"head>title"`
	Modified string       `xml:"head>dateModified,omitempty"`
	Docs     string       `xml:"head>docs"`
	Outlines []outlineXML `xml:"body>outline"`
}

type outlineXML struct {
	Text        string       `xml:"text,attr"`
	Title       string       `xml:"title,attr,omitempty"`
	Type        string       `xml:"type,attr,omitempty"`
	Feed        string       `xml:"xmlUrl,attr,omitempty"`
	Page        string       `xml:"htmlUrl,attr,omitempty"`
	Description string       `xml:"description,attr,omitempty"`
	Language    string       `xml:"language,attr,omitempty"`
	Outlines    []outlineXML `xml:"outline"`
}

func outlines(all []Outline) []outlineXML {
	var xs []outlineXML
	for _, o := range all {
		x := outlineXML{Text: o.Text, Feed: o.Feed, Page: o.Page, Description: o.Description, Language: o.Language, Outlines: outlines(o.Outlines)}
		if o.Feed != "" {
			x.Title, x.Type = o.Text, "rss" // of any format: "rss" is the specification's word for all
		}
		xs = append(xs, x)
	}
	return xs
}
