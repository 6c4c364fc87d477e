package reader

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/web/page"
)

// History lists an entry's versions, and who did what.
func History(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, ok, err := entryAt(v, w, r, "/history")
	if err != nil || !ok {
		return err
	}
	p := historyView{Entry: e}
	if p.Revisions, err = v.House.Reader.Revisions(r.Context(), v.Viewer, e.ID); err != nil {
		return fmt.Errorf("show the history: %w", err)
	}
	if p.Steps, err = v.House.Reader.Steps(r.Context(), v.Viewer, e.ID); err != nil {
		return fmt.Errorf("show the history: %w", err)
	}
	return page.Render(w, r, historyPage(v, p))
}

type historyView struct {
	press.Entry
	Revisions []press.Revision
	Steps     []press.Step
}

// Revision shows one version of an entry.
func Revision(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, ok, err := entryAt(v, w, r, "/history/"+r.PathValue("n"))
	if err != nil || !ok {
		return err
	}
	ctx := r.Context()
	rev, err := revision(ctx, v, e, r.PathValue("n"))
	if err != nil {
		return err
	}
	form, err := v.House.Reader.Form(ctx, v.Viewer, e.Form)
	if err != nil {
		return err
	}
	p := revisionView{
		Entry: e, Revision: rev, Title: form.Title(rev.Answers), Standfirst: form.Standfirst(rev.Answers),
		Restores: restores(v, e, rev.Number),
	}
	old := e
	old.Content, old.Rendered = rev.Content, map[string]string{}
	for _, field := range form.Fields {
		if field.Kind == press.LongText {
			old.Rendered[field.Key] = rendered(ctx, v, rev, field.Key)
		}
	}
	var embeds page.Embeds
	if p.Texts, embeds, err = texts(ctx, v, form, old); err != nil {
		return err
	}
	embeds.Allow(w)
	return page.Render(w, r, revisionPage(v, p))
}

type revisionView struct {
	press.Entry
	Revision          press.Revision
	Title, Standfirst string
	Texts             []text
	Restores          bool
}

// restores tells whether the viewer may take a version again.
func restores(v *page.Visit, e press.Entry, number int) bool {
	return number != e.Revision && (v.Viewer.Owns(e) || v.Viewer.May(press.Animator, e.Site, e.Section))
}

func revision(ctx context.Context, v *page.Visit, e press.Entry, number string) (press.Revision, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return press.Revision{}, missing()
	}
	return v.House.Reader.Revision(ctx, v.Viewer, e.ID, n)
}

// rendered is a long answer of an earlier version, as it would be read today.
func rendered(ctx context.Context, v *page.Visit, rev press.Revision, field string) string {
	const column = 880 // CSS pixels that a text's column never exceeds
	return markdown.Render(rev.Answers.One(field), markdown.Options{
		French:   rev.Language == "fr",
		LinkBase: v.Addresses.BasePath(),
		Image: func(ref string) (markdown.Image, bool) {
			m, err := v.House.Reader.Media(ctx, v.Viewer, press.MediaID(strings.TrimPrefix(ref, "media:")))
			if err != nil {
				return markdown.Image{}, false
			}
			p := v.Picture(m, column)
			return markdown.Image{Src: p.Src, SrcSet: p.Srcset, WebP: p.WebP, Sizes: press.TextSizes, Alt: m.Alt, Credit: m.Credit, Width: p.Width, Height: p.Height}, true
		},
	})
}

// ChooseDiff leads from the form of the history to the comparison of the two
// versions chosen, the older first.
func ChooseDiff(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	e, ok, err := entryAt(v, w, r, "/history")
	if err != nil || !ok {
		return err
	}
	a, errA := strconv.Atoi(q.Get("a"))
	b, errB := strconv.Atoi(q.Get("b"))
	if errA != nil || errB != nil {
		return page.Redirect(w, r, v.EntryLink(e, "/history"))
	}
	return page.Redirect(w, r, v.EntryLink(e, fmt.Sprintf("/diff/%d/%d", min(a, b), max(a, b))))
}

// Diff shows what changed between two versions, word by word.
func Diff(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, ok, err := entryAt(v, w, r, "/diff/"+r.PathValue("a")+"/"+r.PathValue("b"))
	if err != nil || !ok {
		return err
	}
	p := diffView{Entry: e}
	if p.Before, err = revision(ctx, v, e, r.PathValue("a")); err != nil {
		return err
	}
	if p.After, err = revision(ctx, v, e, r.PathValue("b")); err != nil {
		return err
	}
	form, err := v.House.Reader.Form(ctx, v.Viewer, e.Form)
	if err != nil {
		return err
	}
	p.Restores = restores(v, e, p.Before.Number)
	p.Compared = v.Compare(form, p.Before.Content, p.After.Content)
	return page.Render(w, r, diffPage(v, p))
}

type diffView struct {
	press.Entry
	page.Compared
	Before, After press.Revision
	Restores      bool
}
