package feeds

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"bourgeon/press"
	"bourgeon/web/page"
)

// embedded is an answer of oEmbed 1.0 (https://oembed.com, section 2.3), of the type “rich”.
type embedded struct {
	XMLName         xml.Name `json:"-" xml:"oembed"`
	Version         string   `json:"version" xml:"version"`
	Type            string   `json:"type" xml:"type"`
	Title           string   `json:"title" xml:"title"`
	AuthorName      string   `json:"author_name" xml:"author_name"`
	AuthorURL       string   `json:"author_url,omitempty" xml:"author_url,omitempty"`
	ProviderName    string   `json:"provider_name" xml:"provider_name"`
	ProviderURL     string   `json:"provider_url" xml:"provider_url"`
	CacheAge        int      `json:"cache_age" xml:"cache_age"` // seconds
	Width           int      `json:"width" xml:"width"`
	Height          int      `json:"height" xml:"height"`
	HTML            string   `json:"html" xml:"html"`
	ThumbnailURL    string   `json:"thumbnail_url,omitempty" xml:"thumbnail_url,omitempty"`
	ThumbnailWidth  int      `json:"thumbnail_width,omitempty" xml:"thumbnail_width,omitempty"`
	ThumbnailHeight int      `json:"thumbnail_height,omitempty" xml:"thumbnail_height,omitempty"`
}

// OEmbed tells another site how to show an entry of this network, of any of its sites, by ?url=. It knows what is public
// and no more, whoever asks.
func OEmbed(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	v = v.ForPrograms()
	asked := r.URL.Query()
	format := cmp.Or(asked.Get("format"), "json")
	if format != "json" && format != "xml" {
		http.Error(w, "formats: json, xml", http.StatusNotImplemented) // section 2.3.4
		return nil
	}
	e, err := entryOf(v, r, asked.Get("url"))
	if err != nil {
		return err
	}
	answer := embed(v, e, bound(asked.Get("maxwidth")), bound(asked.Get("maxheight")))
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cache-Control", "public, max-age="+strconv.Itoa(answer.CacheAge))
	if format == "xml" {
		h.Set("Content-Type", "text/xml; charset=utf-8")
		b, err := xml.Marshal(answer)
		if err != nil {
			return fmt.Errorf("write the embed: %w", err)
		}
		_, err = w.Write(append([]byte(xml.Header), b...))
		return err
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(answer)
}

// bound reads the most pixels that the other site has room for; nonsense doesn't bound.
func bound(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n <= 0 {
		return 1 << 20
	}
	return n
}

func embed(v *page.Visit, e press.Entry, width, height int) embedded {
	a := embedded{
		Version: "1.0", Type: "rich", Title: v.Set(e.Language, e.Title), AuthorName: v.AuthorNames(e), ProviderName: v.SiteName(e),
		ProviderURL: v.Addresses.Site(e.Address.SiteSlug, e.Address.SiteHost) + "/", CacheAge: 3600,
		Width: min(page.CardWidth, width), Height: min(page.CardHeight, height),
	}
	a.HTML = v.FrameCode(e, a.Width, a.Height)
	if authors := e.Authors(); len(authors) == 1 && !authors[0].Anonymous() && authors[0].Slug != "" {
		a.AuthorURL = a.ProviderURL + "author/" + authors[0].Slug
	}
	if m, ok := e.Lead(); ok {
		for _, variant := range m.Variants { // by growing width
			if variant.Width <= width && variant.Height <= height {
				a.ThumbnailURL, a.ThumbnailWidth, a.ThumbnailHeight = v.Addresses.File(variant), variant.Width, variant.Height
			}
		}
	}
	return a
}

// entryOf finds the published entry at an address, or at a former one.
func entryOf(v *page.Visit, r *http.Request, address string) (press.Entry, error) {
	ctx, nobody := r.Context(), press.Viewer{}
	at, ok := locate(v.Addresses, address)
	if !ok {
		return press.Entry{}, missing()
	}
	site, err := siteOf(v, r, at)
	if err != nil {
		return press.Entry{}, err
	}
	e, err := v.House.Reader.EntryBySlug(ctx, nobody, site.ID, at.form, at.entry)
	if press.KindOf(err) != press.NotFound || err == nil {
		return e, err
	}
	kind, target, formerErr := v.House.Reader.Redirect(ctx, nobody, string(site.ID), at.form+"/"+at.entry)
	if formerErr != nil || kind != "entry" {
		return e, err
	}
	return v.House.Reader.Entry(ctx, nobody, press.EntryID(target))
}

// siteOf finds the site of an address, or the one that had it before.
func siteOf(v *page.Visit, r *http.Request, at spot) (press.Site, error) {
	ctx, nobody := r.Context(), press.Viewer{}
	find := v.House.Reader.SiteBySlug
	if at.host != "" {
		find = v.House.Reader.SiteByHost
	}
	site, err := find(ctx, nobody, at.host+at.slug)
	if press.KindOf(err) != press.NotFound || err == nil {
		return site, err
	}
	kind, target, formerErr := v.House.Reader.Redirect(ctx, nobody, "network", at.host+at.slug)
	if formerErr != nil || kind != "site" {
		return site, err
	}
	return v.House.Reader.Site(ctx, nobody, press.SiteID(target))
}

// spot is what the address of an entry says: the site, by one of both, the form's slug and the entry's.
type spot struct{ host, slug, form, entry string }

// locate reads the address of an entry on this network or on a site of its own domain; false when it can't be one.
func locate(addresses press.Addresses, address string) (spot, bool) {
	const longest = 2000
	u, err := url.Parse(address)
	if err != nil || len(address) > longest || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Path != press.CleanLine(u.Path) {
		return spot{}, false
	}
	var at spot
	inside := path.Clean("/" + u.Path)
	if strings.EqualFold(u.Hostname(), addresses.Host()) {
		rest, ok := strings.CutPrefix(inside, addresses.BasePath()+"/")
		if !ok {
			return spot{}, false
		}
		at.slug, inside, _ = strings.Cut(rest, "/")
	} else {
		at.host, inside = strings.ToLower(u.Hostname()), inside[1:]
	}
	at.form, at.entry, _ = strings.Cut(inside, "/")
	if at.host+at.slug == "" || at.form == "" || at.entry == "" || strings.Contains(at.entry, "/") {
		return spot{}, false
	}
	return at, true
}
