package reader

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Portal is the network's front page: its sites, and the latest of all.
func Portal(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := portalOf(v, r)
	if err != nil {
		return err
	}
	const latest = 12
	found, err := v.House.Reader.Entries(r.Context(), v.Viewer, store.Selection{Limit: latest})
	if err != nil {
		return err
	}
	p.Latest = found.Entries
	if p.Writers, err = v.House.Reader.Writers(r.Context(), v.Viewer, ""); err != nil {
		return err
	}
	return page.Render(w, r, portalPage(v, p))
}

// Sites lists the network's sites, without anything else.
func Sites(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := portalOf(v, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, sitesPage(v, p))
}

// Write is where "Write" leads at the portal: one writes on a site, so the question is which. With one site there is none.
func Write(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if len(v.Sites) == 1 {
		return page.Redirect(w, r, v.SiteLink(v.Sites[0], "/write"))
	}
	return page.Render(w, r, writePage(v))
}

type portalView struct {
	Sites   []siteCard
	Latest  []press.Entry
	Writers int
}

// siteCard is a site with what was last published there.
type siteCard struct {
	press.Site
	Writers, Sections int
	Latest            []press.Entry
}

func portalOf(v *page.Visit, r *http.Request) (portalView, error) {
	const latest = 3
	ctx := r.Context()
	var p portalView
	for _, s := range v.Sites {
		card := siteCard{Site: s}
		found, err := v.House.Reader.Entries(ctx, v.Viewer, store.Selection{Site: s.ID, Limit: latest})
		if err != nil {
			return p, err
		}
		card.Latest = found.Entries
		if card.Writers, err = v.House.Reader.Writers(ctx, v.Viewer, s.ID); err != nil {
			return p, err
		}
		sections, err := v.House.Reader.Sections(ctx, v.Viewer, s.ID)
		if err != nil {
			return p, err
		}
		card.Sections = len(sections)
		p.Sites = append(p.Sites, card)
	}
	return p, nil
}
