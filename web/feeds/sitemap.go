package feeds

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"bourgeon/kit/sitemap"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

const (
	// partSize is how many entries a sitemap lists: few enough for a part to be read in one go, and for most parts, which
	// hold what is old, never to change.
	partSize = 1000
	// maxNames bounds the authors and the tags in a sitemap, as on their pages.
	maxNames = 2000
)

// Sitemap is the index of a site's sitemaps: one of its standing pages, and its entries in parts. At the portal it is the
// index of all sites under the network's address; a site on its own domain has its own, as the protocol wants.
func Sitemap(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	sites := []press.Site{v.Site}
	if v.AtPortal() {
		sites = slices.DeleteFunc(slices.Clone(v.Sites), func(s press.Site) bool { return s.Host != "" })
	}
	parts := make([][]store.Part, len(sites)) // all of them before the first word, which no error may follow
	for i, s := range sites {
		var err error
		if parts[i], err = v.House.Reader.Parts(r.Context(), v.Viewer, s.ID, partSize); err != nil {
			return fmt.Errorf("write the sitemap: %w", err)
		}
	}
	v.Dated(w)
	w.Header().Set("Content-Type", sitemap.ContentType)
	index := sitemap.NewIndex(w)
	if v.AtPortal() {
		index.Add(v.Canonical("/sitemap/pages.xml"), time.Time{})
	}
	for i, s := range sites {
		at := v.Addresses.Site(s.Slug, s.Host) + "/sitemap/"
		index.Add(at+"pages.xml", time.Time{})
		for _, part := range parts[i] {
			index.Add(at+string(part.First)+".xml", part.Changed)
		}
	}
	return index.Close()
}

// SitemapPart lists the pages of one part: pages.xml, or the entries from the one that it is named after.
func SitemapPart(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	name, isXML := strings.CutSuffix(r.PathValue("part"), ".xml")
	switch {
	case !isXML:
		return missing()
	case name == "pages":
		return standing(v, w, r)
	case v.AtPortal():
		return missing()
	}
	entries, err := v.House.Reader.Mapped(r.Context(), v.Viewer, v.Site.ID, press.EntryID(name), partSize)
	if err != nil {
		return fmt.Errorf("write the sitemap: %w", err)
	}
	if len(entries) == 0 {
		return missing()
	}
	all := make([]press.Entry, len(entries))
	for i, e := range entries {
		all[i] = e.Entry
	}
	translations, err := v.House.Reader.TranslationsOf(r.Context(), v.Viewer, all)
	if err != nil {
		return fmt.Errorf("write the sitemap: %w", err)
	}
	v.Dated(w)
	w.Header().Set("Content-Type", sitemap.ContentType)
	set := sitemap.NewSet(w)
	for _, e := range entries {
		var others []sitemap.Alternate
		for _, t := range translations[e.ID] {
			others = append(others, sitemap.Alternate{Language: t.Language, Address: v.Addresses.Entry(t)})
		}
		set.AddIn(v.Canonical("/"+e.Path), e.Changed, e.Language, others)
	}
	return set.Close()
}

// standing lists the pages that aren't entries.
func standing(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	paths := []string{"/", "/sites", "/about", "/accessibility", "/feeds"}
	if !v.AtPortal() {
		var err error
		if paths, err = standingOnSite(v, r); err != nil {
			return fmt.Errorf("write the sitemap: %w", err)
		}
	}
	v.Dated(w)
	w.Header().Set("Content-Type", sitemap.ContentType)
	set := sitemap.NewSet(w)
	for _, path := range paths {
		set.Add(v.Canonical(path), time.Time{})
	}
	return set.Close()
}

func standingOnSite(v *page.Visit, r *http.Request) ([]string, error) {
	ctx, house := r.Context(), v.House.Reader
	paths := []string{"/", "/about", "/charter", "/licence", "/journal", "/accessibility", "/feeds", "/authors", "/tags", "/archive"}
	for _, s := range v.Sections {
		paths = append(paths, "/section/"+s.Slug)
	}
	forms, err := house.Forms(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.Listed {
			paths = append(paths, "/"+f.Slug+"/")
		}
	}
	times, err := house.PublicationTimes(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return nil, err
	}
	last := 0
	for _, t := range times {
		if year := t.In(v.Zone()).Year(); year != last {
			last = year
			paths = append(paths, "/archive/"+strconv.Itoa(year))
		}
	}
	authors, err := house.Bylines(ctx, v.Viewer, v.Site.ID, maxNames)
	if err != nil {
		return nil, err
	}
	for _, b := range authors {
		paths = append(paths, "/author/"+b.Slug)
	}
	tags, err := house.Tags(ctx, v.Viewer, v.Site.ID, maxNames)
	if err != nil {
		return nil, err
	}
	for _, t := range tags {
		paths = append(paths, "/tag/"+t.Slug)
	}
	return paths, nil
}
