// Package feed writes web feeds: one model, and a writer for each of Atom (RFC 4287), RSS 2.0
// (https://www.rssboard.org/rss-specification) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
//
// Each fact goes where its format has a standard place for it: paging as in RFC 5005, licences as in RFC 4946, what RSS
// lacks in the modules of Dublin Core, Creative Commons, Media RSS and Atom, what JSON Feed lacks in the terms of Dublin
// Core. It only writes; reading foreign feeds takes a tolerant parser. Characters that XML forbids become U+FFFD there.
//
// Start with [Feed] and [Format.Write].
package feed

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// Format is a kind of feed; its value is the usual ending of its address.
type Format string

const (
	Atom Format = "atom"
	RSS  Format = "rss"
	JSON Format = "json"
)

// Formats in the order in which to offer them.
var Formats = []Format{Atom, RSS, JSON}

// Name is what people call the format.
func (f Format) Name() string {
	switch f {
	case RSS:
		return "RSS"
	case JSON:
		return "JSON Feed"
	default:
		return "Atom"
	}
}

// MediaType is the format's content type, without parameters.
func (f Format) MediaType() string {
	switch f {
	case RSS:
		return "application/rss+xml"
	case JSON:
		return "application/feed+json"
	default:
		return "application/atom+xml"
	}
}

// ContentType is MediaType with the encoding of the documents written here.
func (f Format) ContentType() string { return f.MediaType() + "; charset=utf-8" }

// Write writes the feed in the format, in UTF-8. Its only errors are those of w.
func (f Format) Write(w io.Writer, feed Feed) error {
	switch f {
	case RSS:
		return writeXML(w, feed.rss())
	case JSON:
		return feed.writeJSON(w)
	default:
		return writeXML(w, feed.atom())
	}
}

// Feed is a feed document. ID, Title, Home and Self are required by one format or another; so is an author for each item,
// there or here.
type Feed struct {
	ID        string // permanent, such as a urn: or https: address
	Title     string
	Subtitle  string
	Language  string    // BCP 47
	Updated   time.Time // of the last change of anything in it
	Home      string    // address of the page that it follows
	Self      string    // its own address
	First     string    // address of its newest page, where Self is an older one (RFC 5005, section 3)
	Previous  string    // address of the page with what is newer
	Next      string    // address of the page with what is older
	Others    []Link    // the same in other formats or lengths
	Authors   []Person
	Licence   Licence // of whatever doesn't say another
	Icon      string  // address of a square picture
	Generator string
	Items     []Item
}

// Item is one entry. ID, Title and Updated are required.
type Item struct {
	ID           string // permanent, such as a urn: or https: address
	URL          string // of its page
	Title        string
	Language     string    // BCP 47, where it differs from the feed's
	Published    time.Time // omitted if zero
	Updated      time.Time
	Authors      []Person
	Contributors []Person
	Categories   []Category
	Licence      Licence
	Summary      string // plain text
	Content      string // HTML that stands by itself; omitted if empty
	Picture      *Picture
	Attachments  []Attachment
	Via          *Link   // what it was taken from, on the web
	Origin       *Origin // the feed that it comes from, in a feed of several
	Translations []Link  // pages that say the same in other languages
	Talk         string  // address of the page where it is talked about
	TalkFeed     string  // address of the Atom feed of that talk
	InReplyTo    *Reply  // in a feed of talk
}

// Person is who made something. Role is what they did, in words, for contributors.
type Person struct {
	Name string
	URL  string
	Role string
}

// Licence says what may be done with something.
type Licence struct {
	Words string // plain text
	URL   string // canonical
}

// Category is a subject.
type Category struct {
	Term   string
	Scheme string
	Label  string
}

func (c Category) words() string { return cmp.Or(c.Label, c.Term) }

// Link refers to something on the web.
type Link struct {
	URL      string
	Type     string // media type
	Title    string
	Language string // BCP 47
}

// Picture illustrates an item.
type Picture struct {
	URL           string
	Type          string // media type
	Bytes         int64  // omitted if 0
	Width, Height int    // pixels; omitted if 0
	Alt           string // for those who can't see it
	Caption       string
	Credit        string // who made it
	Licence       Licence
}

// Attachment is a file that goes with an item: audio, video, a document.
type Attachment struct {
	URL      string
	Type     string // media type
	Bytes    int64
	Title    string
	Duration time.Duration // omitted if 0
	Credit   string
	Licence  Licence
}

// Origin is the feed that an item comes from.
type Origin struct {
	ID      string
	Title   string
	Home    string // address of its page
	Self    string // address of the feed
	Updated time.Time
}

// Reply is what an item answers (RFC 4685, section 3).
type Reply struct {
	ID  string // of the item answered
	URL string
}

func writeXML(w io.Writer, document any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(document); err != nil {
		return fmt.Errorf("write the feed: %w", err)
	}
	b.WriteByte('\n')
	_, err := b.WriteTo(w)
	return err
}

// summary is what stands for an item without its text, where a format wants something.
func (i Item) summary() string { return cmp.Or(i.Summary, i.Title) }

// date is a time as RFC 3339 has it, "" for none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
