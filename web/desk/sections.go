package desk

import (
	"maps"
	"net/http"
	"slices"

	"bourgeon/app/hosting"
	"bourgeon/press"
	"bourgeon/web/page"
)

// sectionForm is a section to open or describe, with what is wrong with it.
type sectionForm struct {
	hosting.SectionDraft
	faults page.Faults
}

// Sections lists the sections in order, closed ones last, and opens one.
func (f *Face) Sections(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	return f.sectionList(v, w, r, http.StatusOK, sectionForm{})
}

func (f *Face) sectionList(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s sectionForm) error {
	ever, err := f.Reader.SectionsEver(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	closed := slices.DeleteFunc(ever, func(c press.Section) bool { return c.ClosedAt.IsZero() })
	h, err := f.head(r.Context(), v, v.T("Sections"), "/desk/site")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, sectionsPage(v, h, closed, s))
}

// Section shows one section, to describe it anew.
func (f *Face) Section(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	c, err := f.section(v, r)
	if err != nil {
		return err
	}
	return f.oneSection(v, w, r, http.StatusOK, sectionForm{SectionDraft: hosting.SectionDraft{
		ID: c.ID, Slug: c.Slug, Name: c.Name, Description: c.Description, Words: c.Words,
	}})
}

func (f *Face) oneSection(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s sectionForm) error {
	h, err := f.head(r.Context(), v, s.Name, "/desk/site")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, sectionPage(v, h, s))
}

func (f *Face) section(v *page.Visit, r *http.Request) (press.Section, error) {
	c, err := f.Reader.Section(r.Context(), v.Viewer, press.SectionID(r.PathValue("id")))
	if err == nil && c.Site != v.Site.ID {
		return press.Section{}, nowhere()
	}
	return c, err
}

// SaveSection opens a section, or describes that of the path.
func (f *Face) SaveSection(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	s := sectionForm{SectionDraft: hosting.SectionDraft{
		ID: press.SectionID(r.PathValue("id")), Slug: form.Line("slug"), Name: form.Line("name"), Description: form.Text("description"),
	}}
	if s.Words, err = f.sectionWords(v, r, form, s.ID); err != nil {
		return err
	}
	_, err = f.Host.SaveSection(r.Context(), v.Viewer, v.Site.ID, s.SectionDraft)
	if press.KindOf(err) == press.Invalid {
		s.faults = faultsOf(err, nil)
		if s.ID != "" {
			return f.oneSection(v, w, r, http.StatusUnprocessableEntity, s)
		}
		return f.sectionList(v, w, r, http.StatusUnprocessableEntity, s)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/sections", "saved")
}

// sectionWords are a section's name and description in the site's further languages. What it has in one that the form
// didn't ask about stays.
func (f *Face) sectionWords(v *page.Visit, r *http.Request, form page.Form, id press.SectionID) (map[string]press.SectionWords, error) {
	words := map[string]press.SectionWords{}
	if id != "" {
		was, err := f.section(v, r)
		if err != nil {
			return nil, err
		}
		maps.Copy(words, was.Words)
	}
	for _, lang := range furtherLanguages(v) {
		words[lang] = press.SectionWords{Name: form.Line("name-" + lang), Description: form.Text("description-" + lang)}
	}
	return words, nil
}

// furtherLanguages are those of the site besides its main one.
func furtherLanguages(v *page.Visit) []string {
	if len(v.Site.Languages) < 2 {
		return nil
	}
	return v.Site.Languages[1:]
}

// ChangeSection closes or reopens a section, or moves it up or down: the last
// segment of the path says which.
func (f *Face) ChangeSection(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	ctx, id := r.Context(), press.SectionID(r.PathValue("id"))
	var err error
	switch r.PathValue("act") {
	case "close":
		err = f.Host.CloseSection(ctx, v.Viewer, v.Site.ID, id)
	case "reopen":
		err = f.Host.ReopenSection(ctx, v.Viewer, v.Site.ID, id)
	case "up", "down":
		var order []press.SectionID
		for _, c := range v.Sections {
			order = append(order, c.ID)
		}
		err = f.Host.OrderSections(ctx, v.Viewer, v.Site.ID, shifted(order, r.PathValue("act"), slices.Index(order, id)))
	default:
		err = nowhere()
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/sections", "saved")
}
