package reader

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// filter is a restriction that somebody chose, and how to take it off again.
type filter struct {
	Param, Value string
	Label        string
	Remove       string // address of the search without it
}

// facet is a question by which what was found can be narrowed.
type facet struct {
	Param, Name string
	Choices     []choice
}

// choice is an answer, and what it would leave.
type choice struct {
	Value, Label, Link string
	Entries            int
}

// filterParams are the parameters that narrow a search, in the order in which
// they are shown; at the portal sites stand for sections.
var filterParams = []string{"site", "section", "form", "tag", "author", "year", "licence", "language"}

// nothing is an identifier that nothing has: a filter by what isn't there finds
// nothing, and can be taken off.
const nothing = "-"

// chosen reads the filters of a search.
func chosen(v *page.Visit, r *http.Request) (store.Selection, []filter, error) {
	s := store.Selection{Site: v.Site.ID}
	var all []filter
	for _, param := range filterParams {
		value := press.CleanLine(r.FormValue(param))
		if value == "" || len(value) > 200 || param == "site" && !v.AtPortal() || param == "section" && s.Site == "" {
			continue
		}
		label, err := restrict(r.Context(), v, &s, param, value)
		if err != nil {
			return s, nil, err
		}
		chosen := filter{Param: param, Value: value, Label: label, Remove: narrowed(v, param, "")}
		if param == "site" {
			chosen.Remove = narrowed(v, param, "", "section", "")
		}
		all = append(all, chosen)
	}
	return s, all, nil
}

// restrict narrows a selection, and names what it is narrowed to where that is
// public by itself.
func restrict(ctx context.Context, v *page.Visit, s *store.Selection, param, value string) (label string, err error) {
	reader := v.House.Reader
	switch param {
	case "site":
		var site press.Site
		site, err = reader.SiteBySlug(ctx, press.Viewer{}, value)
		s.Site, label = cmp.Or(site.ID, nothing), site.In(v.L.Lang()).Name
	case "section":
		var section press.Section
		section, err = reader.SectionBySlug(ctx, v.Viewer, s.Site, value)
		s.Section, label = cmp.Or(section.ID, nothing), section.In(v.L.Lang()).Name
	case "author":
		var byline press.Byline
		byline, err = reader.BylineBySlug(ctx, v.Viewer, s.Site, value)
		s.Byline = cmp.Or(byline.ID, nothing)
	case "year":
		year, wrong := strconv.Atoi(value)
		if wrong != nil || year < 1000 || year > 9999 {
			year = 9999
		}
		s.From, s.To = time.Date(year, 1, 1, 0, 0, 0, 0, v.Zone()), time.Date(year+1, 1, 1, 0, 0, 0, 0, v.Zone())
	case "form":
		s.FormSlug = value
	case "tag":
		s.Tag = value
	case "licence":
		s.Licence = press.LicenceID(value)
	case "language":
		s.Language = value
	}
	if kind := press.KindOf(err); kind == press.NotFound || kind == press.Gone {
		return "", nil
	}
	return label, err
}

// named gives filters the words under which what was found counts them.
func named(filters []filter, f press.Facets, v *page.Visit) []filter {
	for i, chosen := range filters {
		filters[i].Label = cmp.Or(chosen.Label, chosen.Value)
		for _, value := range valuesOf(f, chosen.Param) {
			if value.Value == chosen.Value {
				filters[i].Label = valueName(v, chosen.Param, value)
			}
		}
	}
	return filters
}

// offered are the facets that would narrow what was found further.
func offered(v *page.Visit, filters []filter, f press.Facets) []facet {
	taken := map[string]bool{}
	for _, chosen := range filters {
		taken[chosen.Param] = true
	}
	var all []facet
	for _, param := range filterParams {
		if taken[param] {
			continue
		}
		one := facet{Param: param, Name: facetName(v, param)}
		for _, value := range valuesOf(f, param) {
			if value.Entries < f.Total || param == "tag" || param == "author" {
				one.Choices = append(one.Choices, choice{value.Value, valueName(v, param, value), narrowed(v, param, value.Value), value.Entries})
			}
		}
		if len(one.Choices) > 0 {
			all = append(all, one)
		}
	}
	return all
}

func valuesOf(f press.Facets, param string) []press.Facet {
	return map[string][]press.Facet{
		"site": f.Sites, "section": f.Sections, "form": f.Forms, "tag": f.Tags, "author": f.Authors, "year": f.Years,
		"licence": f.Licences, "language": f.Languages,
	}[param]
}

func facetName(v *page.Visit, param string) string {
	return map[string]string{
		"site": v.T("Site"), "section": v.T("Section"), "form": v.T("Kind of text"), "tag": v.T("Keyword"), "author": v.T("Author"),
		"year": v.T("Year"), "licence": v.T("Licence"), "language": v.T("Language"),
	}[param]
}

func valueName(v *page.Visit, param string, value press.Facet) string {
	switch param {
	case "form":
		return value.Name.In(v.L.Lang())
	case "licence":
		if l, ok := press.LicenceByID(press.LicenceID(value.Value)); ok {
			return l.Name
		}
	case "language":
		return page.LanguageName(value.Value)
	}
	return v.Set("", cmp.Or(value.Label, value.Value))
}
