package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

var at = time.Date(2026, 11, 23, 14, 30, 0, 0, time.FixedZone("CET", 3600))

func example() Feed {
	free := Licence{Words: "CC BY-SA 4.0 & partage", URL: "https://creativecommons.org/licenses/by-sa/4.0/"}
	return Feed{
		ID: "https://mag.bzh/nord/", Title: "Le Nord & <nous>", Subtitle: "Journal", Language: "fr", Updated: at, Generator: "Essai",
		Home: "https://mag.bzh/nord/?a=1&b=2", Self: "https://mag.bzh/nord/feed", Next: "https://mag.bzh/nord/feed?before=x",
		Others: []Link{{URL: "https://mag.bzh/nord/feed.json", Type: JSON.MediaType(), Title: "JSON"}}, Licence: free,
		Items: []Item{{
			ID: "tag:mag.bzh,2026:1", URL: "https://mag.bzh/nord/article/ete", Title: "L’été\x00\x0b ! ]]> <b>", Language: "br",
			Published: at, Updated: at.Add(time.Hour), Licence: free, Summary: "a < b", Content: "<p>Un &amp; <em>deux</em> ]]></p>",
			Authors: []Person{{Name: "Maëlle"}, {Name: "Collectif & fils", URL: "https://c.bzh"}}, Contributors: []Person{{Name: "Yann", Role: "Photos"}},
			Categories: []Category{{Term: "mer", Label: "La mer", Scheme: "https://mag.bzh/tag/"}, {Term: "sel"}},
			Picture:    &Picture{URL: "https://mag.bzh/p.jpg", Type: "image/jpeg", Width: 1200, Height: 800, Alt: "Une vague", Credit: "Yann", Licence: free},
			Attachments: []Attachment{
				{URL: "https://mag.bzh/a.mp3", Type: "audio/mpeg", Bytes: 1234, Duration: 90 * time.Second, Title: "Écouter"},
				{URL: "https://mag.bzh/b.pdf", Type: "application/pdf", Bytes: 5},
			},
			Via:    &Link{URL: "https://ailleurs.example/x"},
			Origin: &Origin{ID: "urn:x", Title: "Ailleurs", Self: "https://ailleurs.example/feed", Home: "https://ailleurs.example/"},
			Talk:   "https://mag.bzh/nord/article/ete#talk", TalkFeed: "https://mag.bzh/nord/article/ete/talk.atom",
			InReplyTo: &Reply{ID: "tag:mag.bzh,2026:0", URL: "https://mag.bzh/zero"},
		}},
	}
}

func write(t *testing.T, format Format, f Feed) string {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEveryFormatSaysTheSame reads each format by a parser that isn't ours.
func TestEveryFormatSaysTheSame(t *testing.T) {
	for _, format := range Formats {
		t.Run(string(format), func(t *testing.T) {
			text := write(t, format, example())
			f, err := gofeed.NewParser().ParseString(text)
			if err != nil {
				t.Fatalf("%v in %s", err, text)
			}
			item := f.Items[0]
			published, updated := item.PublishedParsed, item.UpdatedParsed
			if format == RSS { // its date of change is Atom's
				moment, err := time.Parse(time.RFC3339, item.Extensions["atom"]["updated"][0].Value)
				if err != nil {
					t.Fatal(err)
				}
				updated = &moment
			}
			authors := len(item.Authors)
			if format == RSS { // the parser takes the first one of Dublin Core's
				authors = len(item.DublinCoreExt.Creator)
			}
			got := []any{
				f.FeedType, f.Title, f.Description, f.Language, f.FeedLink, f.Link, item.GUID, item.Link,
				published.Equal(at), updated.Equal(at.Add(time.Hour)), item.Description, item.Content, item.Categories, authors, item.Authors[0].Name,
			}
			want := []any{
				string(format), "Le Nord & <nous>", "Journal", "fr", "https://mag.bzh/nord/feed", "https://mag.bzh/nord/?a=1&b=2",
				"tag:mag.bzh,2026:1", "https://mag.bzh/nord/article/ete", true, true, "a < b", "<p>Un &amp; <em>deux</em> ]]></p>",
				[]string{"La mer", "sel"}, 2, "Maëlle",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s in %s", diff, text)
			}
			if !strings.HasPrefix(item.Title, "L’été") || !strings.HasSuffix(item.Title, " ! ]]> <b>") {
				t.Errorf("title %q", item.Title)
			}
			if n := len(item.Enclosures); n == 0 || item.Enclosures[0].URL != "https://mag.bzh/a.mp3" || item.Enclosures[0].Type != "audio/mpeg" {
				t.Errorf("%d enclosures", n)
			}
		})
	}
}

func TestWhereFactsGo(t *testing.T) {
	for format, wants := range map[Format][]string{
		Atom: {
			`<feed xmlns="http://www.w3.org/2005/Atom"`, `xml:lang="fr"`, `xml:lang="br"`, `rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"`,
			"<rights>CC BY-SA 4.0 &amp; partage</rights>", `rel="next" href="https://mag.bzh/nord/feed?before=x" type="application/atom+xml"`,
			`rel="alternate" href="https://mag.bzh/nord/feed.json" type="application/feed+json" title="JSON"`,
			`term="mer" scheme="https://mag.bzh/tag/" label="La mer"`, "<contributor>", "<source>", `rel="via"`, `rel="enclosure"`, `length="1234"`,
			`rel="replies" href="https://mag.bzh/nord/article/ete/talk.atom"`, `<thr:in-reply-to ref="tag:mag.bzh,2026:0"`,
			`<media:credit>Yann</media:credit>`, `<media:description type="plain">Une vague</media:description>`,
		},
		RSS: {
			"<dc:creator>Maëlle</dc:creator>", "<dc:creator>Collectif &amp; fils</dc:creator>", "<dc:contributor>Yann</dc:contributor>",
			"<dc:rights>CC BY-SA 4.0 &amp; partage</dc:rights>", "<dc:language>br</dc:language>", `<guid isPermaLink="false">`,
			"<creativeCommons:license>https://creativecommons.org/licenses/by-sa/4.0/</creativeCommons:license>", `<atom:link rel="self"`,
			`<atom:link rel="next"`, `<media:license type="text/html" href="https://creativecommons.org/licenses/by-sa/4.0/">`, `duration="90"`,
			`<source url="https://ailleurs.example/feed">Ailleurs</source>`, "<wfw:commentRss>", "<comments>", "Mon, 23 Nov 2026 14:30:00 +0100",
		},
		JSON: {
			`"version": "https://jsonfeed.org/version/1.1"`, `"next_url": "https://mag.bzh/nord/feed?before=x"`,
			`"license": "https://creativecommons.org/licenses/by-sa/4.0/"`, `"role": "Photos"`, `"external_url": "https://ailleurs.example/x"`,
			`"size_in_bytes": 1234`, `"duration_in_seconds": 90`, `"creditText": "Yann"`, `"language": "br"`, `"references": "tag:mag.bzh,2026:0"`,
		},
	} {
		text := write(t, format, example())
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %s in %s", format, want, text)
			}
		}
	}
}

// TestBareFeed: what a format requires is there even where nothing was given.
func TestBareFeed(t *testing.T) {
	bare := Feed{Title: "T", Home: "https://x/", Self: "https://x/feed", Items: []Item{{ID: "1", Title: "Un titre"}}}
	if text := write(t, Atom, bare); strings.Count(text, "<updated>1970-01-01T00:00:00Z</updated>") != 2 {
		t.Errorf("no dates in %s", text)
	}
	if text := write(t, RSS, bare); !strings.Contains(text, "<description>Un titre</description>") {
		t.Errorf("no description in %s", text)
	}
	var f struct{ Items []map[string]any }
	if err := json.Unmarshal([]byte(write(t, JSON, bare)), &f); err != nil || f.Items[0]["content_text"] != "Un titre" {
		t.Errorf("%v, %v", f, err)
	}
	if text := write(t, JSON, Feed{}); !strings.Contains(text, `"items": []`) {
		t.Errorf("an empty feed has no list: %s", text)
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("Titre", "<p>x</p>", "fr")
	f.Add("\x00\xff", "]]>\u2028\ufffe", "\"<")
	f.Fuzz(func(t *testing.T, title, content, lang string) {
		feed := Feed{Title: title, Language: lang, Items: []Item{{
			Title: lang, Content: content, URL: title, Picture: &Picture{URL: lang, Alt: content}, Via: &Link{URL: content},
		}}}
		for _, format := range Formats {
			var b bytes.Buffer
			if err := format.Write(&b, feed); err != nil {
				t.Fatal(err)
			}
			if format == JSON {
				if !json.Valid(b.Bytes()) {
					t.Fatalf("not JSON: %s", &b)
				}
				continue
			}
			d := xml.NewDecoder(&b)
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
