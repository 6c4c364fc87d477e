package page

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"

	"github.com/a-h/templ"

	"bourgeon/kit/schemaorg"
	"bourgeon/press"
)

// Head is what a page says of itself to the layout. The zero Head is fine.
type Head struct {
	Title        string             // of the page; "" shows the site's name alone
	Language     string             // of Title; "" is the page's
	Description  string             // for search engines and shares
	Canonical    string             // path inside the site; "" is this page's own
	Picture      press.Media        // for shares
	Entry        *press.Entry       // that the page shows, once published
	Translations []press.Entry      // of that entry
	Data         schemaorg.Document // for search engines
	Section      press.SectionID    // marked in the navigation
	Front        bool               // large masthead, with the site's name as the h1
	Feeds        []Feed             // besides the site's own
	Newer        string             // addresses for rel=prev and rel=next
	Older        string
	Unlisted     bool     // not for search engines
	Private      bool     // neither for them, nor for everybody: the site's own stylesheet stays out of it
	Desk         []Tab    // the desk's navigation, in place of the sections
	Scripts      []string // static ES modules: "draft.js"
	Stylesheets  []string // static ones, besides style.css
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

// shareTitle names the page where the site is named beside it.
func (v *Visit) shareTitle(h Head) string {
	if h.Title == "" {
		return v.Name()
	}
	return v.Set(h.Language, h.Title)
}

// shareLocale is a language as Open Graph wants it, with a territory; "" where ours isn't known.
func shareLocale(lang string) string {
	return map[string]string{"fr": "fr_FR", "br": "br_FR", "en": "en_GB"}[lang]
}

// data is a block for search engines: browsers don't run it, so that the Content-Security-Policy doesn't mind
// (https://html.spec.whatwg.org/multipage/scripting.html#data-block).
func data(d schemaorg.Document) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		b, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("describe the page: %w", err)
		}
		_, err = fmt.Fprintf(w, `<script type="application/ld+json">%s</script>`, b)
		return err
	})
}

// oEmbed is the address that tells other sites how to show an entry (https://oembed.com, section 4).
func (v *Visit) oEmbed(e press.Entry, format string) string {
	return v.Addresses.Base + "/oembed?format=" + format + "&url=" + url.QueryEscape(v.Addresses.Entry(e))
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
