package opml

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

func TestWrite(t *testing.T) {
	d := Document{Title: "Le pays & <ses> sites", Modified: time.Date(2026, 11, 23, 14, 30, 0, 0, time.UTC), Outlines: []Outline{{
		Text: "La Criée \"\x00", Feed: "https://x/feed.atom?a=1&b=2", Page: "https://x/", Language: "fr",
		Outlines: []Outline{{Text: "Rubriques", Outlines: []Outline{{Text: "Port", Feed: "https://x/port"}}}},
	}}}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version string `xml:"version,attr"`
		Title   string `xml:"head>title"`
		Date    string `xml:"head>dateModified"`
		Body    []struct {
			Text string `xml:"text,attr"`
			Type string `xml:"type,attr"`
			URL  string `xml:"xmlUrl,attr"`
			In   []struct {
				Type string `xml:"type,attr"`
				In   []struct {
					URL string `xml:"xmlUrl,attr"`
				} `xml:"outline"`
			} `xml:"outline"`
		} `xml:"body>outline"`
	}
	if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, &b)
	}
	if got.Version != "2.0" || got.Title != d.Title || got.Date != "Mon, 23 Nov 2026 14:30:00 +0000" {
		t.Errorf("head %+v", got)
	}
	site := got.Body[0]
	if !strings.HasPrefix(site.Text, `La Criée "`) || site.Type != "rss" || site.URL != "https://x/feed.atom?a=1&b=2" {
		t.Errorf("site %+v", site)
	}
	if site.In[0].Type != "" || site.In[0].In[0].URL != "https://x/port" {
		t.Errorf("group %+v", site.In)
	}
}
