package reader

import (
	"net/http"
	"strconv"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// yearCount is a year and how many entries appeared in it.
type yearCount struct{ Year, Entries int }

// years counts the site's entries by year of the site's own calendar, newest
// first.
func years(v *page.Visit, r *http.Request) ([]yearCount, error) {
	times, err := v.House.Reader.PublicationTimes(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return nil, err
	}
	var all []yearCount
	for _, t := range times {
		year := t.In(v.Zone()).Year()
		if n := len(all); n > 0 && all[n-1].Year == year {
			all[n-1].Entries++
		} else {
			all = append(all, yearCount{year, 1})
		}
	}
	return all, nil
}

// Archive lists the years in which the site published.
func Archive(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	all, err := years(v, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, archivePage(v, all))
}

// Year lists the entries of one year, by month and day.
func Year(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil || year < 1000 || year > 9999 || r.PathValue("year") != strconv.Itoa(year) {
		return missing()
	}
	p := yearView{Year: year}
	if p.Years, err = years(v, r); err != nil {
		return err
	}
	for _, y := range p.Years {
		if y.Year == year {
			p.Entries = y.Entries
		}
	}
	if p.Entries == 0 {
		return missing()
	}
	const aPage = 100 // lines, not cards
	found, err := read(v, r, store.Selection{
		From: time.Date(year, 1, 1, 0, 0, 0, 0, v.Zone()), To: time.Date(year+1, 1, 1, 0, 0, 0, 0, v.Zone()), Limit: aPage,
	})
	if err != nil {
		return err
	}
	p.Newer, p.Older = v.PagesAround(found)
	p.Months = months(v, found.Entries)
	return page.Render(w, r, yearPage(v, p))
}

type yearView struct {
	Year, Entries int
	Years         []yearCount
	Months        []month
	Newer, Older  string
}

// month is the entries of one month that stand on a page.
type month struct {
	Name    string
	Entries []press.Entry
}

func months(v *page.Visit, entries []press.Entry) []month {
	var all []month
	for _, e := range entries {
		name := v.L.Month(e.PublishedAt.In(v.Zone()))
		if n := len(all); n == 0 || all[n-1].Name != name {
			all = append(all, month{Name: name})
		}
		last := &all[len(all)-1]
		last.Entries = append(last.Entries, e)
	}
	return all
}
