package page

import (
	"slices"
	"strings"
	"unicode"

	"bourgeon/kit/textdiff"
	"bourgeon/press"
)

// Compared is what differs between two states of a text, by word.
type Compared struct {
	Changes        []Change
	Files          []string // what became of pictures and files, in words
	Added, Removed int      // words
}

// Change is one answer that isn't the same in both states.
type Change struct {
	Name string
	Ops  []textdiff.Op
}

// Same tells that nothing differs.
func (c Compared) Same() bool { return len(c.Changes)+len(c.Files) == 0 }

// Compare finds what changed from one state of a text to another.
func (v *Visit) Compare(form press.Form, before, after press.Content) Compared {
	var c Compared
	for _, field := range form.Fields {
		old, now := before.Answers[field.Key], after.Answers[field.Key]
		switch {
		case field.Gone:
		case field.Kind != press.ShortText && field.Kind != press.LongText && !field.Kind.Media():
			c.add(v.fieldName(field), v.Answer(field, old), v.Answer(field, now))
		case !field.Kind.Media():
			c.add(v.fieldName(field), strings.Join(old, "\n"), strings.Join(now, "\n"))
		case slices.Equal(old, now):
		case field.Kind == press.Files:
			c.Files = append(c.Files, v.T("Files: %d before, %d after.", len(old), len(now)))
		default:
			c.Files = append(c.Files, v.T("Pictures: %d before, %d after.", len(old), len(now)))
		}
	}
	c.add(v.T("Keywords"), strings.Join(before.Tags, ", "), strings.Join(after.Tags, ", "))
	c.add(v.T("Licence"), LicenceName(before.Licence), LicenceName(after.Licence))
	return c
}

func (c *Compared) add(name, before, after string) {
	if before == after {
		return
	}
	change := Change{Name: name, Ops: textdiff.Words(before, after)}
	for _, op := range change.Ops {
		switch op.Kind {
		case textdiff.Insert:
			c.Added += words(op.Text)
		case textdiff.Delete:
			c.Removed += words(op.Text)
		}
	}
	c.Changes = append(c.Changes, change)
}

func words(s string) int {
	return len(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }))
}

// Counted says how many words came and went, "" for none.
func (c Compared) Counted(v *Visit) string {
	if c.Added+c.Removed == 0 {
		return ""
	}
	return v.N("%d word added", "%d words added", c.Added, c.Added) + ", " + v.N("%d taken away", "%d taken away", c.Removed, c.Removed)
}

// fieldName is a short name for an answer: the question where the house knows none.
func (v *Visit) fieldName(field press.Field) string {
	switch field.Role {
	case press.RoleTitle:
		return v.T("Title")
	case press.RoleStandfirst:
		return v.T("Standfirst")
	case press.RoleBody:
		return v.T("Text")
	}
	return field.Label.In(v.L.Lang())
}
