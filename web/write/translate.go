package write

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"bourgeon/kit/locale"
	"bourgeon/press"
	"bourgeon/web/page"
)

// translation is the page that asks into which language to translate.
type translation struct {
	Entry  press.Entry
	Others []press.Entry // in other languages already
	Faults page.Faults
}

// AskToTranslate is GET /{form}/{slug}/translate: into which language?
func (f *Face) AskToTranslate(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.translated(v, w, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, translating(v, p))
}

func (f *Face) translated(v *page.Visit, w http.ResponseWriter, r *http.Request) (p translation, err error) {
	page.KeepPrivate(w)
	if p.Entry, err = v.House.Reader.EntryBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"), r.PathValue("slug")); err != nil {
		return p, err
	}
	p.Others, err = v.House.Reader.Translations(r.Context(), v.Viewer, p.Entry)
	return p, err
}

// Translate is POST /{form}/{slug}/translate: the form, with the original beside it.
func (f *Face) Translate(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.translated(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	var d press.Draft
	if err := firstOf(
		func() error { return v.Welcome(in) },
		func() (err error) {
			d, err = f.Editor.Translate(r.Context(), v.Viewer, p.Entry.ID, in.Line("language"))
			return err
		},
	); err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		p.Faults = faults
		return page.RenderStatus(w, r, status, translating(v, p))
	}
	key := d.Token
	if v.Viewer.Known() {
		key = string(d.ID)
	}
	return page.Redirect(w, r, v.Link("/draft/"+key))
}

// textLanguages are those that a text may be written in: those of the site first.
func textLanguages(v *page.Visit) []string {
	all := slices.Clone(v.Site.Languages)
	for _, l := range locale.Named {
		if !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	return all
}

// into are the languages that a text can still be translated into.
func (p translation) into(v *page.Visit) page.Field {
	taken := []string{p.Entry.Language}
	for _, other := range p.Others {
		taken = append(taken, other.Language)
	}
	q := page.Field{Name: "language", Label: v.T("Into which language?"), Error: p.Faults.On(v, "language")}
	for _, l := range textLanguages(v) {
		if !slices.Contains(taken, l) {
			q.Options = append(q.Options, page.Option{Value: l, Label: v.L.Name(l)})
		}
	}
	return q
}

// sourceOf is the published entry that the text on the table translates; zero for none.
func (f *Face) sourceOf(ctx context.Context, v *page.Visit, d desk) (press.Entry, error) {
	from := d.Draft.Signing.Source
	if d.Revising() {
		from = d.Entry.Provenance
	}
	if from.Kind != press.Translated || from.Entry == "" {
		return press.Entry{}, nil
	}
	e, err := v.House.Reader.Entry(ctx, v.Viewer, from.Entry)
	switch kind := press.KindOf(err); {
	case kind == press.NotFound || kind == press.Gone:
		return press.Entry{}, nil
	case err != nil:
		return e, err
	case e.Status != press.Published:
		return press.Entry{}, nil
	}
	return e, nil
}

// changedSince is the address of what changed in the original since it was translated; "" when nothing did.
func (s sheet) changedSince(v *page.Visit) string {
	from := s.Draft.Signing.Source
	if s.Revising() {
		from = s.Entry.Provenance
	}
	if s.Original.ID == "" || from.Revision == 0 || from.Revision >= s.Original.Revision {
		return ""
	}
	return v.EntryLink(s.Original, "/diff/"+strconv.Itoa(from.Revision)+"/"+strconv.Itoa(s.Original.Revision))
}
