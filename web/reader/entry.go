package reader

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"bourgeon/press"
	"bourgeon/web/page"
)

// Entry shows a contribution.
func Entry(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, ok, err := entryAt(v, w, r, "")
	if err != nil || !ok {
		return err
	}
	if e.ID == v.Site.Front && e.Status == press.Published {
		http.Redirect(w, r, v.Link("/"), http.StatusFound) // not for ever: another entry may take its place
		return nil
	}
	p := entryView{Entry: e, Mine: v.Viewer.Owns(e), Decides: v.Viewer.May(press.Animator, e.Site, e.Section)}
	form, err := v.House.Reader.Form(ctx, v.Viewer, e.Form)
	if err != nil {
		return fmt.Errorf("show the entry: %w", err)
	}
	if p.Talk, err = v.TalkUnder(ctx, e, form, "", ""); err != nil {
		return fmt.Errorf("show the entry: %w", err)
	}
	if p.Texts, p.Embeds, err = texts(ctx, v, form, e); err != nil {
		return fmt.Errorf("show the entry: %w", err)
	}
	p.Lead, p.Pictures = e.Illustrations()
	if p.Source, err = sourceOf(ctx, v, e); err != nil {
		return fmt.Errorf("show the entry: %w", err)
	}
	if p.Offspring, err = v.House.Reader.Derived(ctx, v.Viewer, e.ID); err != nil {
		return fmt.Errorf("show the entry: %w", err)
	}
	if e.Status == press.Published {
		if p.Translations, err = v.House.Reader.Translations(ctx, v.Viewer, e); err != nil {
			return fmt.Errorf("show the entry: %w", err)
		}
		slices.SortStableFunc(p.Translations, func(a, b press.Entry) int { return foremost(v, a) - foremost(v, b) })
	}
	if form.Listed && e.Status == press.Published {
		if p.Related, err = v.House.Reader.Related(ctx, v.Viewer, e, related); err != nil {
			return fmt.Errorf("show the entry: %w", err)
		}
	}
	if p.Written, err = reachable(ctx, v, form, e); err != nil {
		return fmt.Errorf("show the entry: %w", err)
	}
	p.Embeds.Allow(w)
	return page.Render(w, r, entryPage(v, form, p))
}

// reachable tells whether an entry keeps an address that readers may write to. They never see it.
func reachable(ctx context.Context, v *page.Visit, form press.Form, e press.Entry) (bool, error) {
	field, ok := form.OfKind(press.Email)
	if !ok || e.Status != press.Published {
		return false, nil
	}
	whole, err := v.House.Reader.Entry(ctx, press.Itself, e.ID)
	return len(whole.Answers[field.Key]) > 0, err
}

// related is how many entries to read next are shown.
const related = 3

// entryView is what an entry's page shows.
type entryView struct {
	press.Entry
	Texts     []text
	Embeds    page.Embeds
	Lead      *press.Media
	Pictures  []press.Media // besides the lead, and those in the text
	Source    *press.Entry  // of this network, that it was made from
	Offspring []press.Entry // made from it
	// Translations are the same text in other languages, the reader's first.
	Translations []press.Entry
	Related      []press.Entry
	Talk         page.Talk
	Mine         bool
	Written      bool // readers may write to an address that it keeps
	Decides      bool
}

// text is one long answer; the heading is its question, "" for the body.
type text struct {
	Heading string
	Blocks  []block
	Facts   []page.Fact // that stand before it
}

// entryAt finds the entry of the path, or redirects from an old address, keeping
// what follows it; false then.
func entryAt(v *page.Visit, w http.ResponseWriter, r *http.Request, after string) (press.Entry, bool, error) {
	form, slug := r.PathValue("form"), r.PathValue("slug")
	e, err := v.House.Reader.EntryBySlug(r.Context(), v.Viewer, v.Site.ID, form, slug)
	if err == nil || press.KindOf(err) != press.NotFound {
		return e, err == nil, err
	}
	gone, movedErr := moved(v, w, r, form+"/"+slug, func(ctx context.Context, kind, target string) (string, error) {
		if kind != "entry" {
			return "", nil
		}
		e, err := v.House.Reader.Entry(ctx, v.Viewer, press.EntryID(target))
		return v.EntryLink(e, after), err
	})
	if movedErr != nil {
		return e, false, movedErr
	}
	if gone {
		return e, false, nil
	}
	return e, false, err
}

// texts are the long answers in the form's order, their directives alive.
func texts(ctx context.Context, v *page.Visit, form press.Form, e press.Entry) ([]text, page.Embeds, error) {
	var all []text
	c := newComposer(v, e.ID)
	facts, err := v.Facts(ctx, form, e)
	if err != nil {
		return nil, c.embeds, err
	}
	for _, field := range form.Shown(e.Answers) {
		if field.Kind != press.LongText {
			continue
		}
		blocks, err := c.blocks(ctx, e.Rendered[field.Key])
		if err != nil {
			return nil, c.embeds, err
		}
		t := text{Blocks: blocks, Facts: facts[field.Key]}
		if field.Role != press.RoleBody || form.Headings {
			t.Heading = field.Label.In(e.Language)
		}
		all = append(all, t)
	}
	if last := facts[""]; len(last) > 0 {
		all = append(all, text{Facts: last})
	}
	return all, c.embeds, nil
}

// sourceOf finds the entry of this network that e was made from, if its reader
// may see it.
func sourceOf(ctx context.Context, v *page.Visit, e press.Entry) (*press.Entry, error) {
	if e.Provenance.Entry == "" {
		return nil, nil
	}
	source, err := v.House.Reader.Entry(ctx, v.Viewer, e.Provenance.Entry)
	switch kind := press.KindOf(err); {
	case err == nil && source.Status == press.Published:
		return &source, nil
	case err == nil, kind == press.NotFound, kind == press.Gone:
		return nil, nil
	}
	return nil, err
}

// behind tells whether the original changed since this translation was made.
func (p entryView) behind() bool {
	from := p.Provenance
	return from.Kind == press.Translated && p.Source != nil && from.Revision > 0 && from.Revision < p.Source.Revision
}

// foremost is 0 for an entry in its reader's language, and 1 for others.
func foremost(v *page.Visit, e press.Entry) int {
	if e.Language == v.L.Lang() {
		return 0
	}
	return 1
}

// authorNames are the authors in a sentence, for a citation.
func authorNames(v *page.Visit, e press.Entry) string { return v.AuthorNames(e) }

// place is the network's name, where it says more than the site's.
func place(v *page.Visit, e press.Entry) string {
	if v.Network.Name == e.Address.SiteName {
		return ""
	}
	return v.Network.Name + ", "
}

// changed tells whether an entry was changed on a later day than it appeared.
func changed(v *page.Visit, e press.Entry) bool {
	return e.UpdatedAt.After(e.PublishedAt) && v.Date(e.UpdatedAt) != v.Date(e.PublishedAt)
}
