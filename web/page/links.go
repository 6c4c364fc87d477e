package page

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"bourgeon/press"
	"bourgeon/store"
)

// carry adds what the reader chose, the language by ?lang= and the comfortable reading by ?reading=, to a link of ours:
// choices last without a cookie.
func (v *Visit) carry(link string) string {
	if v.chosen == "" && !v.Plain && v.tried == "" {
		return link
	}
	link, fragment, found := strings.Cut(link, "#")
	link = withChoice(link, "lang", v.chosen)
	if v.Plain {
		link = withChoice(link, readingParam, readingPlain)
	}
	link = withChoice(link, lookParam, v.tried)
	if found {
		link += "#" + fragment
	}
	return link
}

func withChoice(link, name, value string) string {
	if value == "" || strings.Contains(link, name+"=") {
		return link
	}
	sign := "?"
	if strings.Contains(link, "?") {
		sign = "&"
	}
	return link + sign + name + "=" + value
}

// The comfortable reading: plain letters, more air.
const (
	readingParam = "reading"
	readingPlain = "plain"
)

// OtherReading is this page in the other reading, comfortable or not.
func (v *Visit) OtherReading() string {
	if v.Plain {
		return v.With(readingParam, "")
	}
	return v.With(readingParam, readingPlain)
}

// Link is the address of a path inside this site, or inside the portal: v.Link("/write").
func (v *Visit) Link(path string) string { return v.carry(v.Root + path) }

// Portal is the address of a path of the network.
func (v *Visit) Portal(path string) string { return v.carry(v.Home + path) }

// SiteLink is the address of a path inside any site, from here.
func (v *Visit) SiteLink(s press.Site, path string) string {
	return v.siteLink(s.ID, s.Slug, s.Host, path)
}

func (v *Visit) siteLink(id press.SiteID, slug, host, path string) string {
	switch {
	case id == v.Site.ID && id != "":
		return v.Link(path)
	case host != "":
		return v.carry(v.Addresses.Site(slug, host) + path)
	default:
		return v.Portal("/" + slug + path)
	}
}

// Entry is the address of an entry, from here.
func (v *Visit) Entry(e press.Entry) string { return v.EntryLink(e, "") }

// EntryLink is the address of a page of an entry, from here: v.EntryLink(e, "/history").
func (v *Visit) EntryLink(e press.Entry, path string) string {
	return v.InSiteOf(e, "/"+e.Path()+path)
}

// InSiteOf is the address of a path inside an entry's site, from here: its section, a tag, an author.
func (v *Visit) InSiteOf(e press.Entry, path string) string {
	return v.siteLink(e.Site, e.Address.SiteSlug, e.Address.SiteHost, path)
}

// Section is the address of an entry's section, from here.
func (v *Visit) Section(e press.Entry) string {
	return v.InSiteOf(e, "/section/"+e.Address.SectionSlug)
}

// SiteName is what an entry's site is called, in the visit's language where the visit knows it.
func (v *Visit) SiteName(e press.Entry) string {
	if e.Site == v.Site.ID && e.Site != "" {
		return v.Name()
	}
	for _, site := range v.Sites {
		if site.ID == e.Site {
			return site.Name
		}
	}
	return e.Address.SiteName
}

// SectionName is what an entry's section is called, in the visit's language where the visit knows it.
func (v *Visit) SectionName(e press.Entry) string {
	for _, section := range v.Sections {
		if section.ID == e.Section && e.Section != "" {
			return section.Name
		}
	}
	return e.Address.SectionName
}

// Author is the address of an author's page on an entry's site.
func (v *Visit) Author(e press.Entry, c press.Credit) string {
	return v.InSiteOf(e, "/author/"+c.Slug)
}

// Tag is the address of a tag on an entry's site.
func (v *Visit) Tag(e press.Entry, t press.Tag) string { return v.InSiteOf(e, "/tag/"+t.Slug) }

// Canonical is the absolute address of a path inside this site or portal.
func (v *Visit) Canonical(path string) string {
	if v.AtPortal() {
		return v.Addresses.Base + path
	}
	return v.Addresses.Site(v.Site.Slug, v.Site.Host) + path
}

// Static is the address of an embedded file, which its content's version keeps fresh.
func (v *Visit) Static(name string) string { return v.Host + v.House.Files.Path(name) }

// File is the address of a file, or of one of its variants.
func (v *Visit) File(file press.Variant) string { return v.Host + file.Path() }

// Picture is what a picture element needs.
type Picture struct {
	Src, Srcset   string
	WebP          string // srcset of the source in that format; "" until it is made
	Width, Height int    // of Src, in pixels
}

// Picture chooses the variant for a width in CSS pixels, and lists all of them for the browser to choose better: in WebP,
// or as they are while there is no WebP.
func (v *Visit) Picture(m press.Media, width int) Picture {
	best := m.Smallest(width)
	p := Picture{Src: v.File(best), WebP: v.srcset(m.Modern), Width: best.Width, Height: best.Height}
	if p.WebP == "" && len(m.Variants) > 1 {
		p.Srcset = v.srcset(m.Variants)
	}
	return p
}

func (v *Visit) srcset(variants []press.Variant) string {
	var set []string
	for _, variant := range variants {
		set = append(set, v.File(variant)+" "+variant.Descriptor())
	}
	return strings.Join(set, ", ")
}

// With is this page's own address with some query parameters changed; "" removes one: v.With("lang", "br").
func (v *Visit) With(pairs ...string) string {
	query := maps.Clone(v.query)
	query.Del("done")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			query.Del(pairs[i])
		} else {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	if len(query) == 0 {
		return v.Root + v.Path
	}
	return v.Root + v.Path + "?" + query.Encode()
}

// PagesAround are the addresses of the newer and older pages of a list, "" at its ends: what Pager shows. The cursors
// are in ?after= and ?before=, as Cursors reads them.
func (v *Visit) PagesAround(p store.Page) (newer, older string) {
	if p.Newer != "" {
		newer = v.With("after", string(p.Newer), "before", "")
	}
	if p.Older != "" {
		older = v.With("before", string(p.Older), "after", "")
	}
	return newer, older
}

// Cursors reads a list's place from the query, for store.Selection's Before and After.
func Cursors(r *http.Request) (before, after store.Cursor) {
	q := r.URL.Query()
	return store.Cursor(q.Get("before")), store.Cursor(q.Get("after"))
}

const maxNext = 500

// Next is a path inside this site or portal to go to afterwards, given as next in the form or query; anything that could
// lead elsewhere is "/". Use it as v.Link(page.Next(r)).
func Next(r *http.Request) string { return SafePath(r.FormValue("next")) }

// SafePath keeps a path of our own and turns anything else into "/".
func SafePath(next string) string {
	if len(next) > maxNext || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsFunc(next, unsafe) {
		return "/"
	}
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || u.User != nil || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return next
}

// unsafe tells of characters with which browsers can be led astray: backslashes count as slashes, tabs and line ends
// are dropped (WHATWG URL, section 4.4).
func unsafe(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }

// Redirect sends the browser to an address after a form was taken: 303, so that reloading sends nothing twice.
func Redirect(w http.ResponseWriter, r *http.Request, link string) error {
	http.Redirect(w, r, link, http.StatusSeeOther)
	return nil
}

// Done sends the browser to a path inside this site or portal with a short notice there: see notice.go for the codes.
func (v *Visit) Done(w http.ResponseWriter, r *http.Request, path, code string) error {
	path, fragment, found := strings.Cut(path, "#")
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	path += separator + "done=" + url.QueryEscape(code)
	if found {
		path += "#" + fragment
	}
	return Redirect(w, r, v.Link(path))
}
