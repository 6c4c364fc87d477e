package feeds

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bourgeon/kit/opml"
	"bourgeon/press"
	"bourgeon/web/page"
)

// group is some feeds of one place, by what they follow. The first group is the place as a whole, without a heading.
type group struct {
	Heading string
	Feeds   []followed
}

// followed is a feed and the page that it follows.
type followed struct {
	Name     string
	Language string // of Name and of the feed; "" is the place's
	Query    string // of the feed's address: "section=port"
	Page     string // path inside the place
}

// feed is the feed as pages link to it.
func (f followed) feed(v *page.Visit, full bool) page.Feed {
	query := f.Query
	if full {
		query = strings.TrimPrefix(query+"&full=1", "&")
	}
	return page.Feed{Title: f.Name, Link: v.Link("/feed.atom" + question(query))}
}

func question(query string) string {
	if query == "" {
		return ""
	}
	return "?" + query
}

// shownTags bounds the tags that the page offers: the others are a page away.
const shownTags = 20

// groupsOf are the feeds of a site, and of its most used tags if wanted.
func groupsOf(ctx context.Context, v *page.Visit, s press.Site, tags bool) ([]group, error) {
	lang := v.L.Lang()
	groups := []group{{Feeds: []followed{{Name: s.Name, Page: "/"}}}}
	if len(s.Languages) > 1 {
		g := group{Heading: v.T("By language")}
		for _, language := range s.Languages {
			g.Feeds = append(g.Feeds, followed{Name: page.LanguageName(language), Language: language, Query: "language=" + language, Page: "/"})
		}
		groups = append(groups, g)
	}
	sections, err := v.House.Reader.Sections(ctx, v.Viewer, s.ID)
	if err != nil {
		return nil, err
	}
	g := group{Heading: v.T("By section")}
	for _, section := range sections {
		g.Feeds = append(g.Feeds, followed{Name: section.Name, Query: "section=" + section.Slug, Page: "/section/" + section.Slug})
	}
	groups = append(groups, g)
	forms, err := v.House.Reader.Forms(ctx, v.Viewer, s.ID)
	if err != nil {
		return nil, err
	}
	g = group{Heading: v.T("By kind of text")}
	for _, form := range forms {
		if form.Listed {
			g.Feeds = append(g.Feeds, followed{Name: form.Plural.In(lang), Query: "form=" + form.Slug, Page: "/" + form.Slug + "/"})
		}
	}
	groups = append(groups, g)
	if !tags {
		return some(groups), nil
	}
	used, err := v.House.Reader.Tags(ctx, v.Viewer, s.ID, shownTags)
	if err != nil {
		return nil, err
	}
	g = group{Heading: v.T("By keyword")}
	for _, tag := range used {
		g.Feeds = append(g.Feeds, followed{Name: tag.Label, Query: "tag=" + url.QueryEscape(tag.Slug), Page: "/tag/" + tag.Slug})
	}
	return some(append(groups, g)), nil
}

// some are the groups that hold something.
func some(groups []group) []group {
	var kept []group
	for _, g := range groups {
		if len(g.Feeds) > 0 {
			kept = append(kept, g)
		}
	}
	return kept
}

// Follow explains what a feed is, and lists those of the site; at the portal, the network's. Asked for the same as a feed, it
// is about that one first.
func Follow(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	about, err := subjectOf(v, r)
	if err != nil {
		return err
	}
	about.query.Del("lang") // which links carry themselves
	p := followView{Asked: followed{Name: v.Name(), Query: about.query.Encode(), Page: about.home}, Full: about.full}
	if about.title != "" {
		p.Asked.Name += " · " + about.title
	}
	p.Groups = []group{{Feeds: []followed{{Name: v.Name(), Page: "/"}}}}
	if !v.AtPortal() {
		if p.Groups, err = groupsOf(r.Context(), v, v.Site, true); err != nil {
			return err
		}
	}
	return page.Render(w, r, followPage(v, p))
}

type followView struct {
	Asked  followed
	Full   bool // with whole texts
	Groups []group
}

// OPML lists the feeds of the site; at the portal, those of every site. Programs take it in one go.
func OPML(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	v = v.ForPrograms()
	document := opml.Document{Title: v.T("Feeds of %s", v.Name()), Modified: v.Now.UTC().Truncate(time.Second)}
	sites := []press.Site{v.Site}
	if v.AtPortal() {
		sites = v.Sites
		document.Outlines = append(document.Outlines, opml.Outline{
			Text: v.Name(), Description: v.Tagline(), Language: v.Network.Language, Feed: v.Canonical("/feed.atom"), Page: v.Canonical("/"),
		})
	}
	for _, s := range sites {
		o, err := outline(r.Context(), v, s)
		if err != nil {
			return err
		}
		document.Outlines = append(document.Outlines, o)
	}
	v.Dated(w)
	w.Header().Set("Content-Type", opml.ContentType)
	return document.Write(w)
}

// outline is a site's feed with those of its parts.
func outline(ctx context.Context, v *page.Visit, s press.Site) (opml.Outline, error) {
	groups, err := groupsOf(ctx, v, s, false)
	if err != nil {
		return opml.Outline{}, err
	}
	at := v.Addresses.Site(s.Slug, s.Host)
	feed := func(f followed) opml.Outline {
		o := opml.Outline{Text: s.Name + " · " + f.Name, Language: f.Language, Feed: at + "/feed.atom" + question(f.Query), Page: at + f.Page}
		if o.Language == "" {
			o.Language = s.Language()
		}
		return o
	}
	site := feed(groups[0].Feeds[0])
	site.Text, site.Description = s.Name, s.Tagline
	for _, g := range groups[1:] {
		part := opml.Outline{Text: g.Heading}
		for _, f := range g.Feeds {
			part.Outlines = append(part.Outlines, feed(f))
		}
		site.Outlines = append(site.Outlines, part)
	}
	return site, nil
}
