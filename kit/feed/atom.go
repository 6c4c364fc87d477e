package feed

import (
	"encoding/xml"
	"time"
)

// atomFeed is a feed document of RFC 4287, section 4.1.1.
type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Media     string      `xml:"xmlns:media,attr"`
	Thread    string      `xml:"xmlns:thr,attr"`
	Language  string      `xml:"xml:lang,attr,omitempty"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	Updated   string      `xml:"updated"`
	Links     []atomLink  `xml:"link"`
	Authors   []atomName  `xml:"author"`
	Rights    string      `xml:"rights,omitempty"`
	Icon      string      `xml:"icon,omitempty"`
	Generator string      `xml:"generator,omitempty"`
	Entries   []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Language     string         `xml:"xml:lang,attr,omitempty"`
	ID           string         `xml:"id"`
	Title        string         `xml:"title"`
	Links        []atomLink     `xml:"link"`
	Published    string         `xml:"published,omitempty"`
	Updated      string         `xml:"updated"`
	Authors      []atomName     `xml:"author"`
	Contributors []atomName     `xml:"contributor"`
	Categories   []atomCategory `xml:"category"`
	Rights       string         `xml:"rights,omitempty"`
	Summary      string         `xml:"summary,omitempty"`
	Content      *atomContent   `xml:"content"`
	Source       *atomSource    `xml:"source"`
	Reply        *atomReply     `xml:"thr:in-reply-to"`
	Media        []mediaContent `xml:"media:content"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr,omitempty"`
	Href     string `xml:"href,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Language string `xml:"hreflang,attr,omitempty"`
	Title    string `xml:"title,attr,omitempty"`
	Length   int64  `xml:"length,attr,omitempty"`
}

type atomName struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",chardata"`
}

type atomSource struct {
	ID      string     `xml:"id,omitempty"`
	Title   string     `xml:"title,omitempty"`
	Updated string     `xml:"updated,omitempty"`
	Links   []atomLink `xml:"link"`
}

type atomReply struct {
	Ref  string `xml:"ref,attr"`
	Href string `xml:"href,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
}

func (f Feed) atom() atomFeed {
	document := atomFeed{
		Media: mediaSpace, Thread: "http://purl.org/syndication/thread/1.0", Language: f.Language, ID: f.ID, Title: f.Title, Subtitle: f.Subtitle,
		Updated: required(f.Updated), Links: f.links(Atom), Authors: atomNames(f.Authors), Rights: f.Licence.Words, Icon: f.Icon,
		Generator: f.Generator,
	}
	for _, item := range f.Items {
		document.Entries = append(document.Entries, item.atom())
	}
	return document
}

// links are those of the feed, of which Atom and RSS say the same.
func (f Feed) links(own Format) []atomLink {
	all := someLinks(
		atomLink{Rel: "self", Href: f.Self, Type: own.MediaType()},
		atomLink{Rel: "alternate", Href: f.Home, Type: "text/html"},
		atomLink{Rel: "first", Href: f.First, Type: own.MediaType()},
		atomLink{Rel: "previous", Href: f.Previous, Type: own.MediaType()},
		atomLink{Rel: "next", Href: f.Next, Type: own.MediaType()},
		atomLink{Rel: "license", Href: f.Licence.URL},
	)
	for _, other := range f.Others {
		all = append(all, atomLink{Rel: "alternate", Href: other.URL, Type: other.Type, Title: other.Title})
	}
	return all
}

// translations may be as many alternates as there are languages (RFC 4287, section 4.1.2).
func (i Item) translations() []atomLink {
	var all []atomLink
	for _, t := range i.Translations {
		all = append(all, atomLink{Rel: "alternate", Href: t.URL, Type: "text/html", Language: t.Language, Title: t.Title})
	}
	return all
}

// someLinks are those that lead somewhere.
func someLinks(links ...atomLink) []atomLink {
	var some []atomLink
	for _, link := range links {
		if link.Href != "" {
			some = append(some, link)
		}
	}
	return some
}

func (i Item) atom() atomEntry {
	e := atomEntry{
		Language: i.Language, ID: i.ID, Title: i.Title, Published: date(i.Published), Updated: required(i.Updated),
		Authors: atomNames(i.Authors), Contributors: atomNames(i.Contributors), Rights: i.Licence.Words, Summary: i.Summary, Media: i.media(),
		Links: someLinks(
			atomLink{Rel: "alternate", Href: i.URL, Type: "text/html", Language: i.Language},
			atomLink{Rel: "license", Href: i.Licence.URL},
			atomLink{Rel: "replies", Href: i.Talk, Type: "text/html"},
			atomLink{Rel: "replies", Href: i.TalkFeed, Type: Atom.MediaType()},
		),
	}
	e.Links = append(e.Links, i.translations()...)
	if i.Via != nil {
		e.Links = append(e.Links, atomLink{Rel: "via", Href: i.Via.URL, Type: i.Via.Type, Title: i.Via.Title})
	}
	for _, a := range i.Attachments {
		e.Links = append(e.Links, atomLink{Rel: "enclosure", Href: a.URL, Type: a.Type, Title: a.Title, Length: a.Bytes})
	}
	for _, c := range i.Categories {
		e.Categories = append(e.Categories, atomCategory(c))
	}
	if i.Content != "" {
		e.Content = &atomContent{"html", i.Content}
	}
	if o := i.Origin; o != nil {
		e.Source = &atomSource{o.ID, o.Title, date(o.Updated), someLinks(
			atomLink{Rel: "self", Href: o.Self, Type: Atom.MediaType()}, atomLink{Rel: "alternate", Href: o.Home, Type: "text/html"})}
	}
	if i.InReplyTo != nil {
		e.Reply = &atomReply{i.InReplyTo.ID, i.InReplyTo.URL, "text/html"}
	}
	return e
}

func atomNames(people []Person) []atomName {
	var names []atomName
	for _, p := range people {
		names = append(names, atomName{p.Name, p.URL})
	}
	return names
}

// required is date where the format wants one.
func required(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0).UTC()
	}
	return date(t)
}
