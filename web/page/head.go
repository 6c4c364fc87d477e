package page

import (
	"github.com/a-h/templ"

	"bourgeon/press"
)

// Head is what a page says of itself to the layout. The zero Head is fine.
type Head struct {
	Title       string          // of the page; "" shows the site's name alone
	Language    string          // of Title; "" is the page's
	Description string          // for search engines and shares
	Canonical   string          // path inside the site; "" is this page's own
	Picture     press.Media     // for shares
	Section     press.SectionID // marked in the navigation
	Front       bool            // large masthead, with the site's name as the h1
	Feeds       []Feed          // besides the site's own
	Newer       string          // addresses for rel=prev and rel=next
	Older       string
	Private     bool     // not for search engines
	Desk        []Tab    // the desk's navigation, in place of the sections
	Scripts     []string // static ES modules: "draft.js"
	Stylesheets []string // static ones, besides style.css
}

// Tab is a link of the desk's navigation; Count 0 isn't shown.
type Tab struct {
	Name, Link string
	Count      int
	Current    bool
}

func (v *Visit) pageTitle(h Head) string {
	if h.Title == "" {
		return v.Name()
	}
	return v.Set(h.Language, h.Title) + " · " + v.Name()
}

func (v *Visit) canonical(h Head) string {
	if h.Canonical != "" {
		return v.Canonical(h.Canonical)
	}
	return v.Canonical(v.Path)
}

func (v *Visit) shareType(h Head) string {
	if h.Front || h.Picture.Hash == "" {
		return "website"
	}
	return "article"
}

// absolute makes an address on the host asked usable elsewhere.
func (v *Visit) absolute(link string) string {
	host := v.Addresses.Base
	if v.Host == "" && !v.AtPortal() && v.Site.Host != "" {
		host = v.Addresses.Site(v.Site.Slug, v.Site.Host)
	} else if base := v.Addresses.BasePath(); base != "" {
		host = host[:len(host)-len(base)]
	}
	return host + link
}

// current marks the link to where one is.
func current(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

// currentTrue marks the choice that holds, where it isn't a page.
func currentTrue(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

func footHeading(v *Visit) string {
	if v.AtPortal() {
		return v.T("The network")
	}
	return v.T("This site")
}
