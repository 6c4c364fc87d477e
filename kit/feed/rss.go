package feed

import (
	"encoding/xml"
	"time"
)

// rssFeed is a document of RSS 2.0 with the modules of https://www.rssboard.org/rss-profile and Creative Commons
// (https://www.rssboard.org/creative-commons).
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Dublin  string     `xml:"xmlns:dc,attr"`
	CC      string     `xml:"xmlns:creativeCommons,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	Comment string     `xml:"xmlns:wfw,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Language    string     `xml:"language,omitempty"`
	Copyright   string     `xml:"copyright,omitempty"`
	Built       string     `xml:"lastBuildDate,omitempty"`
	Docs        string     `xml:"docs"`
	Generator   string     `xml:"generator,omitempty"`
	Image       *rssImage  `xml:"image"`
	Licence     string     `xml:"creativeCommons:license,omitempty"`
	Creators    []string   `xml:"dc:creator"`
	Links       []atomLink `xml:"atom:link"`
	Items       []rssItem  `xml:"item"`
}

type rssImage struct {
	URL   string `xml:"url"`
	Title string `xml:"title"`
	Link  string `xml:"link"`
}

type rssItem struct {
	Title        string         `xml:"title"`
	Link         string         `xml:"link,omitempty"`
	Description  string         `xml:"description"`
	Categories   []rssCategory  `xml:"category"`
	Comments     string         `xml:"comments,omitempty"`
	Enclosure    *rssEnclosure  `xml:"enclosure"`
	GUID         rssGUID        `xml:"guid"`
	Published    string         `xml:"pubDate,omitempty"`
	Source       *rssSource     `xml:"source"`
	Content      string         `xml:"content:encoded,omitempty"`
	Creators     []string       `xml:"dc:creator"`
	Contributors []string       `xml:"dc:contributor"`
	Language     string         `xml:"dc:language,omitempty"`
	Rights       string         `xml:"dc:rights,omitempty"`
	Taken        string         `xml:"dc:source,omitempty"`
	Licence      string         `xml:"creativeCommons:license,omitempty"`
	Updated      string         `xml:"atom:updated,omitempty"`
	Links        []atomLink     `xml:"atom:link"`
	Talk         string         `xml:"wfw:commentRss,omitempty"`
	Media        []mediaContent `xml:"media:content"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Label  string `xml:",chardata"`
}

type rssEnclosure struct {
	URL    string `xml:"url,attr"`
	Length int64  `xml:"length,attr"`
	Type   string `xml:"type,attr"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

type rssSource struct {
	URL   string `xml:"url,attr"`
	Title string `xml:",chardata"`
}

func (f Feed) rss() rssFeed {
	c := rssChannel{
		Title: f.Title, Link: f.Home, Description: f.Subtitle, Language: f.Language, Copyright: f.Licence.Words, Built: rssDate(f.Updated),
		Docs: "https://www.rssboard.org/rss-specification", Generator: f.Generator, Licence: f.Licence.URL, Creators: names(f.Authors),
		Links: f.links(RSS),
	}
	if c.Description == "" {
		c.Description = f.Title // wanted, even of those who have nothing more to say
	}
	if f.Icon != "" {
		c.Image = &rssImage{f.Icon, f.Title, f.Home}
	}
	for _, item := range f.Items {
		c.Items = append(c.Items, item.rss())
	}
	return rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Content: "http://purl.org/rss/1.0/modules/content/",
		Dublin: "http://purl.org/dc/elements/1.1/", CC: "http://backend.userland.com/creativeCommonsRssModule", Media: mediaSpace,
		Comment: "http://wellformedweb.org/CommentAPI/", Channel: c,
	}
}

func (i Item) rss() rssItem {
	x := rssItem{
		Title: i.Title, Link: i.URL, Description: i.summary(), Comments: i.Talk, GUID: rssGUID{false, i.ID}, Published: rssDate(i.Published),
		Content: i.Content, Creators: names(i.Authors), Contributors: names(i.Contributors), Language: i.Language, Rights: i.Licence.Words,
		Licence: i.Licence.URL, Updated: date(i.Updated), Talk: i.TalkFeed, Media: i.media(), Links: i.translations(),
	}
	if i.Published.IsZero() {
		x.Published = rssDate(i.Updated)
	}
	for _, c := range i.Categories {
		x.Categories = append(x.Categories, rssCategory{c.Scheme, c.words()})
	}
	if len(i.Attachments) > 0 { // RSS has room for one; media:content holds them all
		a := i.Attachments[0]
		x.Enclosure = &rssEnclosure{a.URL, a.Bytes, a.Type}
	}
	if i.Via != nil {
		x.Taken = i.Via.URL
	}
	if i.Origin != nil {
		x.Source = &rssSource{i.Origin.Self, i.Origin.Title}
	}
	return x
}

func names(people []Person) []string {
	var all []string
	for _, p := range people {
		all = append(all, p.Name)
	}
	return all
}

// rssDate is a time as RFC 822 has it, with four digits of the year, "" for none.
func rssDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC1123Z)
}
