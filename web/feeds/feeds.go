// Package feeds publishes what a site or the network publishes for programs that follow it: Atom, RSS and JSON Feed.
//
// Feeds hold what pages show and no more: names as signed, no address. They are cached and answered conditionally like
// pages, in the language of the place whatever the machine speaks, and can be walked to the first entry by their links
// "next". Start with Atom.
package feeds

import (
	"fmt"
	"net/http"
	"net/url"

	"bourgeon/kit/feed"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// length is how many entries a page of a feed holds: those who ask once a week on a busy site miss nothing.
const length = 30

// Query is what the address of a feed may ask for: the entries of a section, a tag, a form or an author, by slug; those in a language; full=1 for
// whole texts; a page by the place where it begins or ends.
var Query = []string{"section", "tag", "form", "author", "language", "full", "before", "after", "f."}

// Atom is the feed of the site, or at the portal of all sites, in Atom.
func Atom(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return serve(v, w, r, feed.Atom)
}

// RSS is the same feed in RSS 2.0.
func RSS(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return serve(v, w, r, feed.RSS)
}

// JSON is the same feed in JSON Feed 1.1.
func JSON(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return serve(v, w, r, feed.JSON)
}

func serve(v *page.Visit, w http.ResponseWriter, r *http.Request, format feed.Format) error {
	v = v.ForPrograms()
	about, err := subjectOf(v, r)
	if err != nil {
		return err
	}
	s := about.Selection
	s.Before, s.After = page.Cursors(r)
	found, err := v.House.Reader.Entries(r.Context(), v.Viewer, s)
	if err != nil {
		return fmt.Errorf("write the feed: %w", err)
	}
	f := about.feed(v, format)
	about.page(v, format, found, &f)
	translations, err := v.House.Reader.TranslationsOf(r.Context(), v.Viewer, found.Entries)
	if err != nil {
		return fmt.Errorf("write the feed: %w", err)
	}
	texts := texts{v: v, forms: map[press.FormID]press.Form{}}
	for _, e := range found.Entries {
		item := item(v, e)
		for _, t := range translations[e.ID] {
			item.Translations = append(item.Translations, feed.Link{URL: v.Addresses.Entry(t), Title: v.Set(t.Language, t.Title), Language: t.Language})
		}
		if about.full {
			if item.Content, err = texts.of(r.Context(), e); err != nil {
				return fmt.Errorf("write the feed: %w", err)
			}
		}
		if item.Language == f.Language {
			item.Language = ""
		}
		f.Items = append(f.Items, item)
		if item.Updated.After(f.Updated) {
			f.Updated = item.Updated
		}
	}
	return v.ServeFeed(w, format, f)
}

// subject is what a feed is about.
type subject struct {
	store.Selection
	title string     // what it adds to the place's name
	home  string     // the page of the same entries, inside the place
	query url.Values // what its addresses ask for, but for full and the page
	full  bool
}

// subjectOf reads what the feed is about from the query.
func subjectOf(v *page.Visit, r *http.Request) (subject, error) {
	asked := r.URL.Query()
	about := subject{
		Selection: store.Selection{Site: v.Site.ID, Limit: length, Body: true, Except: v.Site.Front}, home: "/", query: url.Values{},
		full: asked.Get("full") == "1",
	}
	about.keep("lang", asked.Get("lang"))
	for _, narrow := range []struct {
		name string
		find func(*page.Visit, *http.Request, string, *store.Selection) (title, home string, err error)
	}{{"section", ofSection}, {"form", ofForm}, {"tag", ofTag}, {"author", ofAuthor}, {"language", ofLanguage}} {
		slug := asked.Get(narrow.name)
		if slug == "" {
			continue
		}
		title, home, err := narrow.find(v, r, slug, &about.Selection)
		if err != nil {
			return about, err
		}
		about.keep(narrow.name, slug)
		for _, chosen := range about.Chosen {
			about.keep("f."+chosen.Field, chosen.Value)
		}
		if about.title == "" {
			about.title, about.home = title, home
		} else {
			about.title, about.home = about.title+", "+title, "/" // no page shows both
		}
	}
	return about, nil
}

func (s subject) keep(name, value string) {
	if value != "" {
		s.query.Set(name, value)
	}
}

func ofSection(v *page.Visit, r *http.Request, slug string, s *store.Selection) (title, home string, err error) {
	section, err := v.House.Reader.SectionBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
	s.Section = section.ID
	return section.In(v.L.Lang()).Name, "/section/" + slug, err
}

func ofForm(v *page.Visit, r *http.Request, slug string, s *store.Selection) (title, home string, err error) {
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
	s.Form = form.ID
	title, home = form.Plural.In(v.L.Lang()), "/"+slug+"/"
	narrow := url.Values{}
	for _, field := range form.Fields {
		value := press.CleanLine(r.URL.Query().Get("f." + field.Key))
		if value == "" || !field.Countable() {
			continue
		}
		s.Chosen = append(s.Chosen, press.Chosen{Field: field.Key, Value: value})
		title += ", " + field.Worded(value, v.L.Lang())
		narrow.Set("f."+field.Key, value)
	}
	if len(narrow) > 0 {
		home += "?" + narrow.Encode()
	}
	return title, home, err
}

func ofTag(v *page.Visit, r *http.Request, slug string, s *store.Selection) (title, home string, err error) {
	tag, err := v.House.Reader.TagBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
	s.Tag = tag.Slug
	return tag.Label, "/tag/" + slug, err
}

// ofAuthor finds somebody of this site: under the same name, they are published nowhere else for its readers.
func ofAuthor(v *page.Visit, r *http.Request, slug string, s *store.Selection) (title, home string, err error) {
	byline, err := v.House.Reader.BylineBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
	if err == nil && byline.Entries == 0 {
		err = missing()
	}
	s.Byline = byline.ID
	return byline.Name, "/author/" + slug, err
}

func ofLanguage(_ *page.Visit, _ *http.Request, lang string, s *store.Selection) (title, home string, err error) {
	if !press.IsLanguage(lang) {
		return "", "", missing()
	}
	s.Language = lang
	return page.LanguageName(lang), "/", nil
}

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// address is that of the feed in a format, with some parameters more.
func (s subject) address(v *page.Visit, format feed.Format, full bool, more ...string) string {
	query := url.Values{}
	for name := range s.query {
		query.Set(name, s.query.Get(name))
	}
	if full {
		query.Set("full", "1")
	}
	for i := 0; i+1 < len(more); i += 2 {
		query.Set(more[i], more[i+1])
	}
	address := v.Canonical("/feed." + string(format))
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// feed is the feed without its items.
func (s subject) feed(v *page.Visit, format feed.Format) feed.Feed {
	f := feed.Feed{
		ID: "urn:uuid:" + string(v.Site.ID), Title: v.Name(), Subtitle: v.Tagline(), Language: v.Site.Language(), Updated: v.Site.CreatedAt,
		Home: v.Canonical(s.home), Self: s.address(v, format, s.full), Generator: "Bourgeon",
	}
	if v.AtPortal() {
		f.ID, f.Language, f.Updated = v.Canonical("/"), v.Network.Language, v.Network.CreatedAt
	} else if licence, ok := press.LicenceByID(v.Site.Licence); ok {
		f.Licence = feed.Licence{Words: v.T("Unless stated otherwise, texts are under this licence:") + " " + licence.Name, URL: licence.URL}
	}
	if s.query.Get("lang") != "" {
		f.Language = v.L.Lang()
	}
	if s.Language != "" {
		f.Language = s.Language
	}
	if s.title != "" {
		f.ID, f.Title = s.address(v, feed.Atom, false), f.Title+" · "+s.title
	}
	for _, other := range feed.Formats {
		if other != format {
			f.Others = append(f.Others, feed.Link{URL: s.address(v, other, s.full), Type: other.MediaType(), Title: other.Name()})
		}
	}
	return f
}

// page says which page of the feed this is.
func (s subject) page(v *page.Visit, format feed.Format, found store.Page, f *feed.Feed) {
	if found.Older != "" {
		f.Next = s.address(v, format, s.full, "before", string(found.Older))
	}
	if found.Newer != "" {
		f.First, f.Previous = f.Self, s.address(v, format, s.full, "after", string(found.Newer))
	}
	switch {
	case s.After != "":
		f.Self = s.address(v, format, s.full, "after", string(s.After))
	case s.Before != "":
		f.Self = s.address(v, format, s.full, "before", string(s.Before))
	}
}
