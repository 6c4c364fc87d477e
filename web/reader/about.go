package reader

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// About says what the site is, who keeps it and how a text appears; at the
// portal, what the network is.
func About(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var p aboutView
	var err error
	if p.Writers, err = v.House.Reader.Writers(ctx, v.Viewer, v.Site.ID); err != nil {
		return err
	}
	if p.Entries, err = v.House.Reader.CountEntries(ctx, v.Viewer, store.Selection{Site: v.Site.ID}); err != nil {
		return err
	}
	if v.AtPortal() {
		return page.Render(w, r, networkAboutPage(v, p))
	}
	// The names of those who decide are public: they stand in the journal. Nothing else of them is read.
	people, err := v.House.Reader.Memberships(ctx, press.Itself, v.Site.ID)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, m := range people {
		if m.Role == press.Contributor || m.Site == "" || m.Name == "" || seen[m.Name] {
			continue
		}
		seen[m.Name] = true
		p.People = append(p.People, m.Name)
	}
	return page.Render(w, r, aboutPage(v, p))
}

type aboutView struct {
	Writers, Entries int
	People           []string // who animate the site
}

// Charter shows what those who write here accept.
func Charter(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return page.Render(w, r, charterPage(v))
}

// Licences says what readers may do with what stands here.
func Licences(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p := licencesView{}
	for _, l := range press.Licences {
		if l.ID == v.Site.Licence {
			p.Usual = l
		} else {
			p.Others = append(p.Others, l)
		}
	}
	return page.Render(w, r, licencesPage(v, p))
}

type licencesView struct {
	Usual  press.Licence
	Others []press.Licence
}

// Accessibility says what was done, checked and left for everyone to be able
// to read and write here.
func Accessibility(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return page.Render(w, r, accessibilityPage(v))
}

// Journal lists the decisions taken on this site, newest first.
func Journal(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	const aPage = 50
	before, _ := page.Cursors(r)
	decisions, older, err := v.House.Reader.Decisions(r.Context(), v.Viewer, v.Site.ID, before, aPage)
	if err != nil {
		return err
	}
	p := journalView{Decisions: decisions}
	if older != "" {
		p.Older = v.With("before", string(older), "after", "")
	}
	if before != "" {
		p.Newest = v.With("before", "", "after", "")
	}
	return page.Render(w, r, journalPage(v, p))
}

type journalView struct {
	Decisions     []press.Decision
	Newest, Older string
}

// Reports shows the year's figures of what readers reported on this site.
func Reports(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	cases, err := v.House.Reader.ReportFigures(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	return page.Render(w, r, reportsPage(v, press.ReportYears(cases, v.Zone())))
}
