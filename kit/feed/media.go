package feed

import "strings"

// mediaSpace is the namespace of Media RSS (https://www.rssboard.org/media-rss), which serves in Atom too.
const mediaSpace = "http://search.yahoo.com/mrss/"

// mediaContent is a file with what Media RSS lets one say of it.
type mediaContent struct {
	URL         string        `xml:"url,attr"`
	Bytes       int64         `xml:"fileSize,attr,omitempty"`
	Type        string        `xml:"type,attr,omitempty"`
	Medium      string        `xml:"medium,attr,omitempty"`
	Seconds     int64         `xml:"duration,attr,omitempty"`
	Width       int           `xml:"width,attr,omitempty"`
	Height      int           `xml:"height,attr,omitempty"`
	Title       string        `xml:"media:title,omitempty"`
	Description *mediaText    `xml:"media:description"`
	Credit      string        `xml:"media:credit,omitempty"`
	Licence     *mediaLicence `xml:"media:license"`
}

// mediaText is a text with its type, "plain" or "html".
type mediaText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type mediaLicence struct {
	Type  string `xml:"type,attr"`
	Href  string `xml:"href,attr,omitempty"`
	Words string `xml:",chardata"`
}

// media are the item's files: the picture first.
func (i Item) media() []mediaContent {
	var all []mediaContent
	if p := i.Picture; p != nil {
		all = append(all, mediaContent{
			URL: p.URL, Bytes: p.Bytes, Type: p.Type, Medium: "image", Width: p.Width, Height: p.Height, Title: p.Caption,
			Description: plain(p.Alt), Credit: p.Credit, Licence: p.Licence.media(),
		})
	}
	for _, a := range i.Attachments {
		all = append(all, mediaContent{
			URL: a.URL, Bytes: a.Bytes, Type: a.Type, Medium: medium(a.Type), Seconds: int64(a.Duration.Seconds()), Title: a.Title,
			Credit: a.Credit, Licence: a.Licence.media(),
		})
	}
	return all
}

func plain(s string) *mediaText {
	if s == "" {
		return nil
	}
	return &mediaText{"plain", s}
}

func (l Licence) media() *mediaLicence {
	if l == (Licence{}) {
		return nil
	}
	return &mediaLicence{Type: "text/html", Href: l.URL, Words: l.Words}
}

// medium is the kind of a file as Media RSS names it.
func medium(mime string) string {
	switch kind, _, _ := strings.Cut(mime, "/"); kind {
	case "image", "audio", "video":
		return kind
	default:
		return "document"
	}
}
