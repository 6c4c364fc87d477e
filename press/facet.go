package press

import (
	"encoding/json"
	"slices"
	"strings"
)

// Facet is a value by which a selection can be narrowed, and how many of its
// entries have it.
type Facet struct {
	Value   string // a slug, a year, a licence, a language
	Label   string // "" where the value says it
	Name    Text   // of a form, in each language
	Entries int
}

// Facets are the values that the entries of a selection have, the most frequent
// first, years the newest first. Sites are counted across the network, sections
// on one site.
type Facets struct {
	Total                                                             int
	Sites, Forms, Sections, Tags, Authors, Years, Licences, Languages []Facet
}

// Add puts a value to those of its kind. A form's label is its name in JSON.
func (f *Facets) Add(kind string, value Facet) error {
	switch kind {
	case "total":
		f.Total = value.Entries
	case "form":
		if err := json.Unmarshal([]byte(value.Label), &value.Name); err != nil {
			return err
		}
		value.Label = ""
		f.Forms = append(f.Forms, value)
	default:
		kinds := map[string]*[]Facet{
			"site": &f.Sites, "section": &f.Sections, "tag": &f.Tags, "author": &f.Authors, "year": &f.Years,
			"licence": &f.Licences, "language": &f.Languages,
		}
		*kinds[kind] = append(*kinds[kind], value)
	}
	return nil
}

// Sort puts the most frequent values first, years the newest first, and keeps
// some of each kind.
func (f *Facets) Sort(most int) {
	for _, all := range []*[]Facet{&f.Sites, &f.Forms, &f.Sections, &f.Tags, &f.Authors, &f.Licences, &f.Languages} {
		slices.SortFunc(*all, func(a, b Facet) int {
			if a.Entries != b.Entries {
				return b.Entries - a.Entries
			}
			return strings.Compare(a.Value, b.Value)
		})
		*all = (*all)[:min(len(*all), most)]
	}
	slices.SortFunc(f.Years, func(a, b Facet) int { return strings.Compare(b.Value, a.Value) })
}
