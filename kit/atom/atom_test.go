package atom

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

func example() Feed {
	at := time.Date(2026, 11, 23, 14, 30, 0, 0, time.FixedZone("CET", 3600))
	return Feed{
		ID: "https://mag.bzh/nord/", Title: "Le Nord & <nous>", Subtitle: "Journal", Language: "fr", Updated: at,
		Links: []Link{
			{Rel: "self", Href: "https://mag.bzh/nord/feed.atom", Type: "application/atom+xml"},
			{Rel: "alternate", Href: "https://mag.bzh/nord/?a=1&b=2", Type: "text/html"},
		},
		Rights: "CC BY-SA 4.0",
		Entries: []Entry{{
			ID: "tag:mag.bzh,2026:1", Title: "L’été\x00\x0b\ufffe !", Language: "br", Published: at, Updated: at.Add(time.Hour),
			Links:   []Link{{Rel: "alternate", Href: "https://mag.bzh/nord/article/ete"}, {Rel: "edit", Href: "https://mag.bzh/nord/article/ete/edit"}},
			Authors: []Person{{Name: "Maëlle"}, {Name: "Collectif", URI: "https://c.bzh"}}, Contributors: []Person{{Name: "Yann"}},
			Categories: []Category{{Term: "mer", Label: "La mer", Scheme: "https://mag.bzh/tag/"}},
			Rights:     "CC BY", Summary: "a < b", Content: "<p>Un &amp; <em>deux</em> ]]></p>",
			Source: &Source{ID: "tag:x", Title: "Ailleurs", Updated: at},
		}},
	}
}

func TestWriteTo(t *testing.T) {
	var b bytes.Buffer
	n, err := example().WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("WriteTo = %d, %v; %d bytes", n, err, b.Len())
	}
	feed, err := gofeed.NewParser().ParseString(b.String())
	if err != nil {
		t.Fatalf("%v in %s", err, &b)
	}
	e := feed.Items[0]
	got := []string{
		feed.FeedType, feed.FeedVersion, feed.Title, feed.Description, feed.Language, feed.FeedLink, feed.Link, feed.Updated,
		feed.Copyright, e.GUID, e.Title, e.Link, e.Published, e.Updated, e.Authors[0].Name, e.Authors[1].Name,
		strings.Join(e.Categories, ","), e.Description, e.Content,
	}
	want := []string{
		"atom", "1.0", "Le Nord & <nous>", "Journal", "fr", "https://mag.bzh/nord/feed.atom", "https://mag.bzh/nord/?a=1&b=2",
		"2026-11-23T14:30:00+01:00", "CC BY-SA 4.0", "tag:mag.bzh,2026:1", "L’été !", "https://mag.bzh/nord/article/ete",
		"2026-11-23T14:30:00+01:00", "2026-11-23T15:30:00+01:00", "Maëlle", "Collectif", "La mer",
		"a < b", "<p>Un &amp; <em>deux</em> ]]></p>",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s in %s", diff, &b)
	}
	for _, s := range []string{
		`xml:lang="br"`, `rel="edit"`, `term="mer" scheme="https://mag.bzh/tag/" label="La mer"`, `<content type="html">`,
		"<contributor>", "<source>", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">`,
	} {
		if !strings.Contains(b.String(), s) {
			t.Errorf("%s is not in %s", s, &b)
		}
	}
}

func FuzzWriteTo(f *testing.F) {
	f.Add("Titre", "<p>x</p>", "fr")
	f.Add("\x00\xff", "]]>\u2028\ufffe", "\"<")
	f.Fuzz(func(t *testing.T, title, content, lang string) {
		var b bytes.Buffer
		feed := Feed{Title: title, Language: lang, Entries: []Entry{{Title: lang, Content: content, Links: []Link{{Href: title}}}}}
		if _, err := feed.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(&b)
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	})
}
