package page

import (
	"net/http"
	"slices"
	"strings"

	"bourgeon/kit/feed"
)

// Feed is a feed to discover. Link is its Atom address, with ".atom" in it: the other formats have it with their own ending.
type Feed struct{ Title, Link string }

// In is the address of the feed in a format.
func (f Feed) In(format feed.Format) string {
	return strings.Replace(f.Link, "."+string(feed.Atom), "."+string(format), 1)
}

// SiteFeed is the feed of the whole site, or of the network at the portal.
func (v *Visit) SiteFeed() Feed { return Feed{Title: v.Name(), Link: v.Link("/feed.atom")} }

// discovered is a feed in one format, for the head of a page.
type discovered struct {
	Feed
	format feed.Format
}

// feeds are those of a page: its own, then the site's. The first that follows entries is offered in each format, the others
// in Atom: readers that ask which one to take have few to choose from.
func (v *Visit) feeds(h Head) []discovered {
	var all []discovered
	offered := false
	for _, f := range slices.Concat(h.Feeds, []Feed{v.SiteFeed()}) {
		formats := []feed.Format{feed.Atom}
		if !offered && strings.HasPrefix(f.Link, v.Root+"/feed.atom") {
			formats, offered = feed.Formats, true
		}
		for _, format := range formats {
			all = append(all, discovered{f, format})
		}
	}
	return all
}

// title names the feed with its format, which only Atom doesn't need.
func (d discovered) title() string {
	if d.format == feed.Atom {
		return d.Title
	}
	return d.Title + " (" + d.format.Name() + ")"
}

// ForPrograms is the visit in the language asked for by ?lang=, else in the place's own: what programs read must not depend
// on the language of the machine that asks.
func (v *Visit) ForPrograms() *Visit {
	own := *v
	lang := v.chosen
	if lang == "" {
		lang = v.Languages[0]
	}
	own.L = v.House.Catalogue.In(lang)
	return &own
}

// ServeFeed answers with a feed. Whoever asks again with its ETag or date hears 304 where the route is cached.
func (v *Visit) ServeFeed(w http.ResponseWriter, format feed.Format, f feed.Feed) error {
	v.Dated(w)
	w.Header().Set("Access-Control-Allow-Origin", "*") // reading programs live in browsers too
	w.Header().Set("Content-Type", format.ContentType())
	return format.Write(w, f)
}

// Dated says in Last-Modified that the answer is as of now. A kept answer keeps the date on which it was written, which no
// later change of its content can precede.
func (v *Visit) Dated(w http.ResponseWriter) {
	w.Header().Set("Last-Modified", v.Now.UTC().Format(http.TimeFormat))
}
