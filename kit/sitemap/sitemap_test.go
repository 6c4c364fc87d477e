package sitemap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"testing"
	"time"
)

type document struct {
	XMLName xml.Name
	URLs    []entry `xml:"url"`
	Sets    []entry `xml:"sitemap"`
}

type entry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

func TestWrite(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 30, 0, 0, time.FixedZone("CET", 3600))
	var b bytes.Buffer
	set := NewSet(&b)
	set.Add("https://x/?a=1&b=<2>", at)
	set.Add("https://x/\x00", time.Time{})
	if err := set.Close(); err != nil {
		t.Fatal(err)
	}
	var d document
	if err := xml.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatalf("%v in %s", err, &b)
	}
	if d.XMLName != (xml.Name{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", Local: "urlset"}) || len(d.URLs) != 2 {
		t.Fatalf("%+v", d)
	}
	if d.URLs[0] != (entry{"https://x/?a=1&b=<2>", "2026-11-23T13:30:00Z"}) || d.URLs[1].LastMod != "" {
		t.Errorf("%+v", d.URLs)
	}

	b.Reset()
	index := NewIndex(&b)
	index.Add("https://x/1.xml", at)
	if err := index.Close(); err != nil {
		t.Fatal(err)
	}
	d = document{}
	if err := xml.Unmarshal(b.Bytes(), &d); err != nil || d.XMLName.Local != "sitemapindex" || d.Sets[0].Loc != "https://x/1.xml" {
		t.Errorf("%+v, %v", d, err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestErrorsOfTheWriter(t *testing.T) {
	set := NewSet(broken{})
	set.Add("https://x/", time.Now())
	if err := set.Close(); err == nil {
		t.Error("the error is lost")
	}
}
