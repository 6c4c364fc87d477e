package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// jsonFeed is a document of JSON Feed 1.1.
type jsonFeed struct {
	Version  string       `json:"version"`
	Title    string       `json:"title"`
	Home     string       `json:"home_page_url,omitempty"`
	Self     string       `json:"feed_url,omitempty"`
	Subtitle string       `json:"description,omitempty"`
	Next     string       `json:"next_url,omitempty"`
	Icon     string       `json:"icon,omitempty"`
	Authors  []jsonAuthor `json:"authors,omitempty"`
	Language string       `json:"language,omitempty"`
	Terms    *jsonTerms   `json:"_dcterms,omitempty"`
	Items    []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	Role string `json:"role,omitempty"` // of contributors, in the terms of Dublin Core
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url,omitempty"`
	External    string           `json:"external_url,omitempty"`
	Title       string           `json:"title,omitempty"`
	HTML        string           `json:"content_html,omitempty"`
	Text        string           `json:"content_text,omitempty"`
	Summary     string           `json:"summary,omitempty"`
	Image       string           `json:"image,omitempty"`
	Published   string           `json:"date_published,omitempty"`
	Modified    string           `json:"date_modified,omitempty"`
	Authors     []jsonAuthor     `json:"authors,omitempty"`
	Tags        []string         `json:"tags,omitempty"`
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
	Terms       *jsonTerms       `json:"_dcterms,omitempty"`
	Picture     *jsonPicture     `json:"_image,omitempty"`
}

type jsonAttachment struct {
	URL     string     `json:"url"`
	Type    string     `json:"mime_type"`
	Title   string     `json:"title,omitempty"`
	Bytes   int64      `json:"size_in_bytes,omitempty"`
	Seconds float64    `json:"duration_in_seconds,omitempty"`
	Terms   *jsonTerms `json:"_dcterms,omitempty"`
}

// jsonTerms is what JSON Feed has no word for, in the terms of Dublin Core. "about" is where its specification wants custom
// objects to be explained.
type jsonTerms struct {
	About        string       `json:"about"`
	Rights       string       `json:"rights,omitempty"`
	Licence      string       `json:"license,omitempty"`
	Creator      string       `json:"creator,omitempty"`
	Contributors []jsonAuthor `json:"contributor,omitempty"`
	References   string       `json:"references,omitempty"` // what the item answers
	Versions     []jsonText   `json:"hasVersion,omitempty"` // the same in other languages
}

type jsonText struct {
	URL      string `json:"url"`
	Language string `json:"language"`
	Title    string `json:"title,omitempty"`
}

// jsonPicture describes the item's image.
type jsonPicture struct {
	About   string `json:"about"`
	Alt     string `json:"alternateName,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"creditText,omitempty"`
	Licence string `json:"license,omitempty"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
}

const (
	aboutTerms   = "https://www.dublincore.org/specifications/dublin-core/dcmi-terms/"
	aboutPicture = "https://schema.org/ImageObject"
)

func (f Feed) writeJSON(w io.Writer) error {
	document := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.Self, Subtitle: f.Subtitle, Next: f.Next,
		Icon: f.Icon, Authors: jsonAuthors(f.Authors), Language: f.Language,
		Terms: jsonTerms{Rights: f.Licence.Words, Licence: f.Licence.URL}.orNil(), Items: []jsonItem{},
	}
	for _, item := range f.Items {
		document.Items = append(document.Items, item.json())
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // it is no page
	e.SetIndent("", " ")
	if err := e.Encode(document); err != nil {
		return fmt.Errorf("write the feed: %w", err)
	}
	_, err := b.WriteTo(w)
	return err
}

func (i Item) json() jsonItem {
	x := jsonItem{
		ID: i.ID, URL: i.URL, Title: i.Title, HTML: i.Content, Summary: i.Summary, Published: date(i.Published), Modified: date(i.Updated),
		Authors: jsonAuthors(i.Authors), Language: i.Language,
	}
	if x.HTML == "" {
		x.Text = i.summary() // one of both is required
	}
	for _, c := range i.Categories {
		x.Tags = append(x.Tags, c.words())
	}
	terms := jsonTerms{Rights: i.Licence.Words, Licence: i.Licence.URL, Contributors: jsonAuthors(i.Contributors)}
	if i.InReplyTo != nil {
		terms.References = i.InReplyTo.ID
	}
	for _, t := range i.Translations {
		terms.Versions = append(terms.Versions, jsonText{t.URL, t.Language, t.Title})
	}
	x.Terms = terms.orNil()
	if i.Via != nil {
		x.External = i.Via.URL
	}
	if p := i.Picture; p != nil {
		x.Image = p.URL
		x.Picture = &jsonPicture{aboutPicture, p.Alt, p.Caption, p.Credit, p.Licence.URL, p.Width, p.Height}
	}
	for _, a := range i.Attachments {
		x.Attachments = append(x.Attachments, jsonAttachment{
			a.URL, a.Type, a.Title, a.Bytes, a.Duration.Seconds(),
			jsonTerms{Rights: a.Licence.Words, Licence: a.Licence.URL, Creator: a.Credit}.orNil(),
		})
	}
	return x
}

// orNil is the terms, unless they say nothing.
func (t jsonTerms) orNil() *jsonTerms {
	if t.Rights == "" && t.Licence == "" && t.Creator == "" && t.References == "" && len(t.Contributors) == 0 && len(t.Versions) == 0 {
		return nil
	}
	t.About = aboutTerms
	return &t
}

func jsonAuthors(people []Person) []jsonAuthor {
	var all []jsonAuthor
	for _, p := range people {
		all = append(all, jsonAuthor(p))
	}
	return all
}
