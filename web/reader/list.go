package reader

import (
	"context"
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// list is a page of entries with what stands above it.
type list struct {
	Head              page.Head
	Kicker, Title     string
	Standfirst        string
	Feed              string // what its feed asks for: "section=port"
	Write, WriteWords string // an invitation to write just there
	Author            *press.Byline
	Page              store.Page
	Show              page.Show
	Empty, EmptyWords string
}

func (l list) render(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	l.Head.Title = l.Title
	l.Head.Newer, l.Head.Older = v.PagesAround(l.Page)
	if l.Feed != "" {
		l.Head.Feeds = append(l.Head.Feeds, page.Feed{Title: v.Name() + " · " + l.Title, Link: v.Link("/feed.atom?" + l.Feed)})
	}
	if l.Head.Description == "" {
		l.Head.Description = page.Shorten(l.Standfirst, 180)
	}
	return page.Render(w, r, listPage(v, l))
}

// Section lists the entries of a section.
func Section(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("slug")
	section, err := v.House.Reader.SectionBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
	if err != nil && press.KindOf(err) == press.NotFound {
		gone, movedErr := moved(v, w, r, "section/"+slug, func(ctx context.Context, kind, target string) (string, error) {
			if kind != "section" {
				return "", nil
			}
			section, err := v.House.Reader.Section(ctx, v.Viewer, press.SectionID(target))
			return v.Link("/section/" + section.Slug), err
		})
		if movedErr != nil || gone {
			return movedErr
		}
	}
	if err != nil {
		return err
	}
	section = section.In(v.L.Lang())
	l := list{
		Head: page.Head{Section: section.ID}, Kicker: v.T("Section"), Title: section.Name, Standfirst: section.Description,
		Feed: "section=" + section.Slug, Show: page.Show{Picture: true, Standfirst: true},
		Empty: v.T("This section waits for its first text."), EmptyWords: v.T("Ten lines are enough to begin."),
	}
	if section.ClosedAt.IsZero() {
		l.Write, l.WriteWords = v.Link("/write?section="+section.Slug), v.T("Write in this section")
	} else {
		l.Standfirst = v.T("This section is closed: its texts stay here.")
	}
	if l.Page, err = read(v, r, store.Selection{Section: section.ID}); err != nil {
		return err
	}
	return l.render(v, w, r)
}

// Tag lists the entries that carry a tag.
func Tag(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	tag, err := v.House.Reader.TagBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	selection := store.Selection{Site: v.Site.ID, Tag: tag.Slug}
	n, err := v.House.Reader.CountEntries(r.Context(), v.Viewer, selection)
	if err != nil {
		return err
	}
	l := list{
		Kicker: v.T("Keyword"), Title: tag.Label,
		Standfirst: v.N("%d contribution carries this word.", "%d contributions carry this word.", n, n),
		Feed:       "tag=" + tag.Slug, Show: page.Show{Picture: true, Standfirst: true, Section: true},
		Empty: v.T("Nothing carries this word any more."),
	}
	if l.Page, err = read(v, r, selection); err != nil {
		return err
	}
	return l.render(v, w, r)
}

// Author lists what somebody published on this site under one name.
func Author(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	byline, err := v.House.Reader.BylineBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if byline.Entries == 0 {
		return missing() // the name exists elsewhere, or on what isn't public
	}
	l := list{
		Head: page.Head{Data: describedAuthor(v, byline)}, Title: byline.Name, Author: &byline, Feed: "author=" + byline.Slug, Show: page.Show{Picture: true, Standfirst: true, Section: true},
		Empty: v.T("Nothing is here any more."),
	}
	if l.Page, err = read(v, r, store.Selection{Byline: byline.ID}); err != nil {
		return err
	}
	return l.render(v, w, r)
}

// maxNames bounds the lists of authors and of tags, which stand on one page.
const maxNames = 2000

// Authors lists who wrote on this site.
func Authors(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	all, err := v.House.Reader.Bylines(r.Context(), v.Viewer, v.Site.ID, maxNames)
	if err != nil {
		return err
	}
	return page.Render(w, r, authorsPage(v, all))
}

// Tags lists the site's tags, the most used first.
func Tags(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	all, err := v.House.Reader.Tags(r.Context(), v.Viewer, v.Site.ID, maxNames)
	if err != nil {
		return err
	}
	return page.Render(w, r, tagsPage(v, all))
}
