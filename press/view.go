package press

import "slices"

// View is a way to show the entries of a form.
type View string

const (
	ViewList      View = "list"
	ViewCards     View = "cards"
	ViewMap       View = "map"
	ViewTable     View = "table"
	ViewTimeline  View = "timeline"
	ViewDirectory View = "directory" // by letter
	ViewAlbum     View = "album"
	ViewFigures   View = "figures"   // statistics of what was chosen
	ViewWall      View = "wall"      // of stories
	ViewQuestions View = "questions" // across stories, by question
	ViewChain     View = "chain"     // of invitations
)

// Views in the order of the interface.
var Views = []View{
	ViewList, ViewCards, ViewWall, ViewQuestions, ViewMap, ViewTable, ViewTimeline, ViewDirectory, ViewAlbum, ViewFigures, ViewChain,
}

// Known tells whether w is one of Views.
func (w View) Known() bool { return slices.Contains(Views, w) }

// Suits tells whether a form has what a view shows.
func (w View) Suits(f Form) bool {
	switch w {
	case ViewMap:
		field, ok := f.OfKind(PlaceKind)
		return ok && field.Public()
	case ViewTimeline:
		_, ok := f.When()
		return ok
	case ViewAlbum:
		_, ok := f.OfKind(Pictures)
		return ok
	case ViewFigures:
		return slices.ContainsFunc(f.Fields, func(field Field) bool { return field.Countable() })
	case ViewChain:
		_, ok := f.OfKind(Inviter)
		return ok
	case ViewQuestions, ViewWall:
		return slices.ContainsFunc(f.Fields, func(field Field) bool { return !field.Gone && field.Kind == LongText })
	}
	return w.Known()
}

// Offered are the views of a form that readers may choose, the first one first.
func (f Form) Offered() []View {
	offered := slices.DeleteFunc(slices.Clone(f.Views), func(w View) bool { return !w.Suits(f) })
	if len(offered) == 0 {
		return []View{ViewList}
	}
	return offered
}

// When is the public field that says on which day an entry is, if any.
func (f Form) When() (Field, bool) {
	for _, field := range f.Fields {
		if (field.Kind == Date || field.Kind == Period) && field.Public() && !field.Gone {
			return field, true
		}
	}
	return Field{}, false
}

// Facets are the fields by which readers narrow lists.
func (f Form) Facets() []Field {
	var all []Field
	for _, field := range f.Fields {
		if field.Facet && field.Countable() {
			all = append(all, field)
		}
	}
	return all
}
