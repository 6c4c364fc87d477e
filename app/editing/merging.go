package editing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/kit/merge"
	"bourgeon/kit/textdiff"
	"bourgeon/press"
	"bourgeon/store"
)

// Merging is two texts made from one, for their writer to make one again.
type Merging struct {
	Base, Mine, Theirs press.Content
	Merged             press.Content
	Conflicts          int // passages that both changed: both stand in Merged
	// Theirs is the entry's revision with this number, made by that credit.
	Number int
	By     press.Credit
}

// Merge prepares the meeting of a working copy with its entry as it stands.
func (ed *Editor) Merge(ctx context.Context, v press.Viewer, key string) (press.Draft, Merging, error) {
	d, err := ed.Open(ctx, v, key)
	if err != nil {
		return d, Merging{}, err
	}
	e, err := ed.Store.Entry(ctx, v, d.Entry)
	if err != nil {
		return d, Merging{}, fmt.Errorf("merge: %w", err)
	}
	form, err := ed.Store.Form(ctx, v, d.Form)
	if err != nil {
		return d, Merging{}, fmt.Errorf("merge: %w", err)
	}
	base, err := ed.Store.Revision(ctx, press.Itself, e.ID, d.Base)
	if err != nil {
		return d, Merging{}, fmt.Errorf("merge: %w", err)
	}
	theirs, err := ed.Store.Revision(ctx, press.Itself, e.ID, e.Revision)
	if err != nil {
		return d, Merging{}, fmt.Errorf("merge: %w", err)
	}
	m := mergeContent(form, base.Content, d.Content, e.Content)
	m.Number, m.By = e.Revision, theirs.Maker
	return d, m, nil
}

// Adopt makes a working copy begin from the entry as it stands, with the text
// that its writer made of both; number is the revision that they saw.
func (ed *Editor) Adopt(ctx context.Context, v press.Viewer, key string, version, number int, w Work) (press.Draft, error) {
	var d press.Draft
	err := ed.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if d, err = open(ctx, tx.Reader, v, key); err != nil {
			return err
		}
		d.Base = number
		d, err = ed.save(ctx, tx, v, d, version, w)
		return err
	})
	if err != nil {
		return d, fmt.Errorf("adopt the merged text: %w", err)
	}
	return d, nil
}

// MergeDrafts is the meeting of what was typed on two devices: the draft as
// kept, and work that was begun from an older state of it. Nothing tells what
// it was then: what both say stands once, and where they differ both stand.
func MergeDrafts(form press.Form, kept, typed press.Content) Merging {
	base := press.Content{Answers: press.Answers{}}
	for _, field := range form.Fields {
		if field.Kind.Media() {
			continue // what either has is kept
		}
		if field.Kind != press.ShortText && field.Kind != press.LongText {
			base.Answers[field.Key] = kept.Answers[field.Key] // what was typed last stands
			continue
		}
		base.Answers[field.Key] = []string{common(first(kept.Answers[field.Key]), first(typed.Answers[field.Key]))}
	}
	return mergeContent(form, base, typed, kept)
}

// common is the lines that both texts have, in order.
func common(a, b string) string {
	la, lb := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	var both strings.Builder
	for _, run := range textdiff.Align(la, lb) {
		both.WriteString(strings.Join(la[run.A:run.A+run.Len], ""))
	}
	return both.String()
}

func mergeContent(form press.Form, base, mine, theirs press.Content) Merging {
	m := Merging{Base: base, Mine: mine, Theirs: theirs, Merged: mine}
	m.Merged.Answers = press.Answers{}
	for _, field := range form.Fields {
		b, x, y := base.Answers[field.Key], mine.Answers[field.Key], theirs.Answers[field.Key]
		if field.Kind.Media() {
			m.Merged.Answers[field.Key] = union(b, x, y)
			continue
		}
		if field.Kind != press.ShortText && field.Kind != press.LongText {
			answer, met := whole(b, x, y)
			if met {
				m.Conflicts++
			}
			if len(answer) > 0 {
				m.Merged.Answers[field.Key] = answer
			}
			continue
		}
		r := merge.Texts(first(b), first(x), first(y))
		m.Conflicts += r.Conflicts
		if r.Text != "" {
			m.Merged.Answers[field.Key] = []string{r.Text}
		}
	}
	filed := keepFiling(base, mine, theirs)
	m.Merged.Section, m.Merged.Tags = filed.Section, filed.Tags
	if mine.Licence == base.Licence {
		m.Merged.Licence = theirs.Licence
	}
	if mine.Language == base.Language {
		m.Merged.Language = theirs.Language
	}
	return m
}

// whole takes the answer that changed; mine where both did, which is told.
func whole(base, mine, theirs []string) (answer []string, met bool) {
	switch {
	case slices.Equal(mine, base):
		return theirs, false
	case slices.Equal(theirs, base), slices.Equal(mine, theirs):
		return mine, false
	}
	return mine, true
}

// keepFiling gives a text made from base the section and tags that the entry
// was filed under meanwhile: filing makes no revision.
func keepFiling(base, mine, theirs press.Content) press.Content {
	if mine.Section == base.Section {
		mine.Section = theirs.Section
	}
	mine.Tags = union(base.Tags, mine.Tags, theirs.Tags)
	return mine
}

func first(a []string) string {
	if len(a) == 0 {
		return ""
	}
	return a[0]
}

// union keeps what either side has, less what the other side took away.
func union(base, mine, theirs []string) []string {
	var all []string
	for _, s := range slices.Concat(theirs, mine) {
		dropped := slices.Contains(base, s) && (!slices.Contains(mine, s) || !slices.Contains(theirs, s))
		if !dropped && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
