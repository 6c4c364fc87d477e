package press

import (
	"slices"
	"strings"
)

// Guest is somebody in the chain of invitations: who brought whom.
type Guest struct {
	Name    string
	Byline  string // slug of their page, "" where they wrote nothing
	Entries []Entry
	Brought []*Guest
	by      *Guest
}

// Chain draws who brought whom from the published entries of a form. Only those
// who agree stand in it, and nobody who signs without a name: an inviter who
// didn't agree is left out, and whom they brought begins a line. fold makes
// names comparable. Who brought nobody and was brought by nobody shown stays too.
func Chain(form Form, entries []Entry, links []Handing, fold func(string) string) []*Guest {
	field, ok := form.OfKind(Inviter)
	if !ok {
		return nil
	}
	handed := map[HandingID]Handing{}
	agree := map[string]Handing{} // to be shown, by the name of their link
	for _, h := range links {
		if handed[h.ID] = h; h.Shown {
			agree[fold(h.Name)] = h
		}
	}
	guests := map[string]*Guest{}
	var order []*Guest
	guest := func(name string) *Guest {
		key := fold(name)
		if guests[key] == nil {
			guests[key] = &Guest{Name: name}
			order = append(order, guests[key])
		}
		return guests[key]
	}
	type brought struct {
		guest *Guest
		by    string
	}
	var all []brought
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.PublishedAt.Compare(b.PublishedAt) })
	for _, e := range entries {
		invited := InvitingOf(e.Answers[field.Key])
		authors := e.Authors()
		if !invited.Shown || len(authors) == 0 || slices.ContainsFunc(authors, Credit.Anonymous) {
			continue
		}
		g := guest(authors[0].Name)
		g.Byline, g.Entries = authors[0].Slug, append(g.Entries, e)
		by := invited.Name
		if h, ok := handed[invited.Link]; ok && (by == "" || by == h.Name) {
			if by = ""; h.Shown {
				by = h.Name
			}
		}
		if h, ok := agree[fold(by)]; ok {
			guest(h.Name)
		}
		all = append(all, brought{g, by})
	}
	for _, b := range all {
		by := guests[fold(b.by)]
		if strings.TrimSpace(b.by) == "" || by == nil || by == b.guest || b.guest.by != nil || by.under(b.guest) {
			continue
		}
		b.guest.by = by
		by.Brought = append(by.Brought, b.guest)
	}
	return slices.DeleteFunc(order, func(g *Guest) bool { return g.by != nil })
}

// under tells whether other brought g, or whom brought g.
func (g *Guest) under(other *Guest) bool {
	for ; g != nil; g = g.by {
		if g == other {
			return true
		}
	}
	return false
}
