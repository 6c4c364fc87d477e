package reader

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Search finds entries by words and filters: on this site, or at the portal on
// all sites. Everything that narrows it is in the query, so that a search can be
// kept, sent, and gone back to.
func Search(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p := searchView{Query: press.CleanLine(r.FormValue("q"))}
	if utf8.RuneCountInString(p.Query) > terms.MaxQuery {
		p.Query = string([]rune(p.Query)[:terms.MaxQuery])
	}
	s, filters, err := chosen(v, r)
	if err != nil {
		return err
	}
	s.Query = terms.Parse(p.Query)
	if r.FormValue(typingParam) != "" {
		s.Query = s.Query.Typing()
	}
	if s.Query.Empty() && len(filters) == 0 {
		return page.Render(w, r, searchPage(v, p))
	}
	if err := v.Allow(v.House.Limits.Search); err != nil {
		return err
	}
	p.Asked = true
	if err := p.find(v, r, s, filters); err != nil {
		return err
	}
	return page.Render(w, r, searchPage(v, p))
}

// typingParam says that the last word of the query isn't ended.
const typingParam = "typing"

type searchView struct {
	Query        string
	Asked        bool
	Total        int
	Hits         []hit
	Filters      []filter
	Facets       []facet
	Guess        string // what was meant, perhaps
	GuessLink    string
	Newer, Older string
}

// find fills the view with what a selection finds. What finds nothing as a
// whole word may begin one; failing that, it may be a slip.
func (p *searchView) find(v *page.Visit, r *http.Request, s store.Selection, filters []filter) error {
	ctx, reader := r.Context(), v.House.Reader
	facets, err := reader.Facets(ctx, v.Viewer, s, v.Zone())
	if err != nil {
		return err
	}
	if facets.Total == 0 && !s.Query.Empty() {
		begun := s
		begun.Query = s.Query.Typing()
		if facets, err = reader.Facets(ctx, v.Viewer, begun, v.Zone()); err != nil {
			return err
		}
		if facets.Total > 0 {
			s = begun
		}
	}
	p.Total = facets.Total
	p.Filters, p.Facets = named(filters, facets, v), offered(v, filters, facets)
	if p.Total == 0 {
		return p.guess(v, r, s)
	}
	s.Body, s.Order = true, store.Relevance
	s.Limit = pageSize
	s.Before, s.After = page.Cursors(r)
	found, err := reader.Entries(ctx, v.Viewer, s)
	if err != nil {
		return err
	}
	p.Newer, p.Older = v.PagesAround(found)
	for _, e := range found.Entries {
		marker := s.Query.Marker(e.Language)
		p.Hits = append(p.Hits, hit{Entry: e, Title: marker.Pieces(v.Set(e.Language, e.Title)), Words: passage(v, e, marker)})
	}
	return nil
}

func (p *searchView) guess(v *page.Visit, r *http.Request, s store.Selection) error {
	meant, ok, err := v.House.Reader.Guess(r.Context(), v.Viewer, s)
	if ok {
		p.Guess = meant.String()
		p.GuessLink = narrowed(v, "q", p.Guess)
	}
	return err
}

// narrowed is the address of this search with parameters changed, from its
// first page.
func narrowed(v *page.Visit, pairs ...string) string {
	return v.With(append([]string{"before", "", "after", "", typingParam, ""}, pairs...)...)
}

// hit is an entry found, with the words asked for marked.
type hit struct {
	press.Entry
	Title, Words []terms.Piece
}

// everywhere is the address of a query on all sites.
func everywhere(v *page.Visit, query string) string {
	link := v.Portal("/search")
	sign := "?"
	if strings.Contains(link, "?") {
		sign = "&"
	}
	return link + sign + "q=" + queryEscape(query)
}
