package talk

import (
	"net/http"
	"regexp"
	"strings"
	"time"

	"bourgeon/kit/feed"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/web/page"
)

// feedLength is how many comments a feed holds.
const feedLength = 50

// Feed is GET /talk/feed.{atom,rss,json}: what was said last on the site; GET
// /talk/{form}/{slug}/feed.{…}: under one text.
func Feed(format feed.Format) page.Handler {
	return func(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
		v = v.ForPrograms()
		f := feed.Feed{
			ID: v.Canonical("/talk"), Title: v.T("Conversations") + " · " + v.Name(), Language: v.L.Lang(), Updated: v.Site.CreatedAt,
			Home: v.Canonical("/talk"), Self: v.Canonical(r.URL.Path), Generator: "Bourgeon",
		}
		var under press.Entry
		if r.PathValue("slug") != "" {
			e, form, err := entry(v, r)
			if err != nil {
				return err
			}
			if e.Status != press.Published || v.Site.TalkOn(form) == press.TalkOff {
				return nothing()
			}
			under = e
			f.ID, f.Home = v.Canonical("/talk/"+e.Path()), v.Canonical("/talk/"+e.Path())
			f.Title = v.T("Conversation: %s", v.Set(e.Language, e.Title))
			f.Updated = e.PublishedAt
		}
		all, _, err := v.House.Reader.LatestComments(r.Context(), v.Viewer, v.Site.ID, under.ID, "", feedLength)
		if err != nil {
			return err
		}
		for _, c := range all {
			i := item(v, c)
			if i.Updated.After(f.Updated) {
				f.Updated = i.Updated
			}
			f.Items = append(f.Items, i)
		}
		return v.ServeFeed(w, format, f)
	}
}

// rooted are the links of a comment that begin at the root of the host.
var rooted = regexp.MustCompile(` href="/[^/"]`)

// item is a comment as a feed tells it: as signed, and no more.
func item(v *page.Visit, c press.Comment) feed.Item {
	home := v.Addresses.Site(c.Address.SiteSlug, c.Address.SiteHost)
	host := strings.TrimSuffix(v.Addresses.Base, v.Addresses.BasePath())
	author := feed.Person{Name: v.Named(c.By)}
	if c.By.Slug != "" {
		author.URL = home + "/author/" + c.By.Slug
	}
	about := "urn:uuid:" + string(c.Entry)
	if c.Parent != "" {
		about = "urn:uuid:" + string(c.Parent)
	}
	return feed.Item{
		ID: "urn:uuid:" + string(c.ID), URL: home + "/talk/comment/" + string(c.ID), Language: c.Language,
		Title: v.T("%s, on “%s”", v.Named(c.By), v.Set(c.EntryLanguage, c.EntryTitle)), Published: c.ShownAt, Updated: latestOf(c.ShownAt, c.EditedAt),
		Authors: []feed.Person{author}, Summary: page.Shorten(markdown.Plain(c.HTML), 300),
		Content:   rooted.ReplaceAllStringFunc(c.HTML, func(s string) string { return strings.Replace(s, `"/`, `"`+host+"/", 1) }),
		InReplyTo: &feed.Reply{ID: about, URL: home + "/" + c.Path()},
	}
}

func latestOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
