// Package feeds publishes what a site or the network publishes, for those who
// follow it elsewhere: Atom (RFC 4287), with whole texts.
//
// Feeds hold what pages show and no more: names as signed, no address. They are
// cached and answered conditionally like pages. Start with Atom.
package feeds

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"bourgeon/kit/atom"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// length is how many entries a feed holds: those who ask once a week on a busy
// site miss nothing.
const length = 30

// Atom is the feed of the site, or at the portal of all sites. ?section=, ?tag=
// and ?form= narrow it down by slug.
func Atom(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	s, title, err := selection(v, r)
	if err != nil {
		return err
	}
	found, err := v.House.Reader.Entries(r.Context(), v.Viewer, s)
	if err != nil {
		return fmt.Errorf("write the feed: %w", err)
	}
	f := feed(v, title, r.URL.RawQuery)
	for _, e := range found.Entries {
		item := entry(v, e)
		f.Entries = append(f.Entries, item)
		if item.Updated.After(f.Updated) {
			f.Updated = item.Updated
		}
	}
	w.Header().Set("Content-Type", atom.MediaType)
	_, err = f.WriteTo(w)
	return err
}

// selection reads what the feed is about; title is what it adds to the name.
func selection(v *page.Visit, r *http.Request) (s store.Selection, title string, err error) {
	s = store.Selection{Site: v.Site.ID, Limit: length, Body: true}
	if v.AtPortal() {
		return s, "", nil
	}
	q := r.URL.Query()
	var titles []string
	if slug := q.Get("section"); slug != "" {
		section, err := v.House.Reader.SectionBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
		if err != nil {
			return s, "", err
		}
		s.Section = section.ID
		titles = append(titles, section.Name)
	}
	if slug := q.Get("form"); slug != "" {
		form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
		if err != nil {
			return s, "", err
		}
		s.Form = form.ID
		titles = append(titles, form.Plural.In(v.L.Lang()))
	}
	if slug := q.Get("tag"); slug != "" {
		tag, err := v.House.Reader.TagBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
		if err != nil {
			return s, "", err
		}
		s.Tag = tag.Slug
		titles = append(titles, tag.Label)
	}
	return s, strings.Join(titles, ", "), nil
}

func feed(v *page.Visit, title, query string) atom.Feed {
	f := atom.Feed{
		ID: v.Canonical("/"), Title: v.Name(), Subtitle: v.Tagline(), Language: language(v), Updated: v.Network.CreatedAt,
		Generator: "Bourgeon",
		Links: []atom.Link{
			{Rel: "self", Href: v.Canonical("/feed.atom"), Type: "application/atom+xml"},
			{Rel: "alternate", Href: v.Canonical("/"), Type: "text/html"},
		},
	}
	if !v.AtPortal() {
		f.ID, f.Updated = "urn:uuid:"+string(v.Site.ID), v.Site.CreatedAt
	}
	if query != "" {
		f.Links[0].Href += "?" + query
	}
	if title != "" {
		f.ID = f.Links[0].Href
		f.Title += " · " + title
	}
	return f
}

func language(v *page.Visit) string {
	if v.AtPortal() {
		return v.Network.Language
	}
	return v.Site.Language()
}

func entry(v *page.Visit, e press.Entry) atom.Entry {
	origin := v.Addresses.Site(e.Address.SiteSlug, e.Address.SiteHost)
	address := v.Addresses.Entry(e)
	item := atom.Entry{
		ID: "urn:uuid:" + string(e.ID), Title: v.Set(e.Language, e.Title), Language: e.Language, Published: e.PublishedAt,
		Updated: e.UpdatedAt, Summary: v.Set(e.Language, e.Standfirst), Content: content(v, e),
		Links: []atom.Link{{Rel: "alternate", Href: address, Type: "text/html", Language: e.Language}},
	}
	if item.Updated.Before(e.PublishedAt) {
		item.Updated = e.PublishedAt
	}
	for _, c := range e.Credits {
		person := atom.Person{Name: v.Named(c)}
		if !c.Anonymous() && c.Slug != "" {
			person.URI = origin + "/author/" + c.Slug
		}
		if c.Role == press.Author {
			item.Authors = append(item.Authors, person)
		} else {
			item.Contributors = append(item.Contributors, person)
		}
	}
	if len(item.Authors) == 0 {
		item.Authors = []atom.Person{{Name: v.T("Anonymous")}}
	}
	if e.Address.SectionSlug != "" {
		item.Categories = append(item.Categories, atom.Category{
			Term: e.Address.SectionSlug, Scheme: origin + "/section/", Label: e.Address.SectionName,
		})
	}
	for _, t := range e.TagList {
		item.Categories = append(item.Categories, atom.Category{Term: t.Slug, Scheme: origin + "/tag/", Label: t.Label})
	}
	if licence, ok := press.LicenceByID(e.Licence); ok {
		item.Rights = licence.Name + " · " + v.LicenceWords(licence)
		if licence.URL != "" {
			item.Links = append(item.Links, atom.Link{Rel: "license", Href: licence.URL})
		}
	}
	if e.Provenance.URL != "" {
		item.Links = append(item.Links, atom.Link{Rel: "via", Href: e.Provenance.URL, Title: e.Provenance.Title})
	}
	if m, ok := e.Lead(); ok {
		best := m.Smallest(1200)
		item.Links = append(item.Links, atom.Link{Rel: "enclosure", Href: host(v) + v.Addresses.BasePath() + best.Path(), Type: best.Type, Length: best.Bytes})
	}
	return item
}

// content is the whole text with its pictures, as HTML that stands by itself:
// addresses are absolute, and directives, which are lists of the site, are left
// out.
func content(v *page.Visit, e press.Entry) string {
	var b strings.Builder
	if m, ok := e.Lead(); ok {
		best := m.Smallest(1200)
		fmt.Fprintf(&b, `<p><img src="%s" alt="%s"></p>`+"\n", escape(v.Addresses.BasePath()+best.Path()), escape(m.Alt))
	}
	if e.Standfirst != "" {
		b.WriteString("<p><strong>" + escape(v.Set(e.Language, e.Standfirst)) + "</strong></p>\n")
	}
	for _, key := range sorted(e.Rendered) {
		for _, segment := range markdown.Segments(e.Rendered[key]) {
			b.WriteString(segment.HTML)
		}
	}
	return absolute(b.String(), host(v), v.Addresses.Entry(e))
}

// host is the network's address without its path.
func host(v *page.Visit) string {
	return strings.TrimSuffix(v.Addresses.Base, v.Addresses.BasePath())
}

var (
	attribute = regexp.MustCompile(`( (?:src|href)=")([/#][^"]*)`)
	srcset    = regexp.MustCompile(` srcset="[^"]*"`)
)

// absolute makes the addresses of sanitised HTML absolute. Attributes there are
// quoted by double quotes, always.
func absolute(page, host, entry string) string {
	page = srcset.ReplaceAllString(page, "")
	return attribute.ReplaceAllStringFunc(page, func(s string) string {
		m := attribute.FindStringSubmatch(s)
		switch {
		case strings.HasPrefix(m[2], "#"):
			return m[1] + entry + m[2]
		case strings.HasPrefix(m[2], "//"):
			return s
		}
		return m[1] + host + m[2]
	})
}

func escape(s string) string { return html.EscapeString(s) }

// sorted are the keys of an entry's long answers, in an order that lasts.
func sorted(rendered map[string]string) []string { return slices.Sorted(maps.Keys(rendered)) }
