package desk

import (
	"net/http"
	"slices"

	"bourgeon/app/hosting"
	"bourgeon/press"
	"bourgeon/web/page"
)

// settings is a site's description as it is, or as it was typed.
type settings struct {
	hosting.Description
	slug, host string
	email      string // of the first steward of a new site
	faults     page.Faults
}

// Site shows the settings; at the portal, the network's.
func (f *Face) Site(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	if v.AtPortal() {
		return f.network(v, w, r, http.StatusOK, v.Network, nil)
	}
	return f.settings(v, w, r, http.StatusOK, settings{Description: hosting.DescriptionOf(v.Site)})
}

func (f *Face) settings(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s settings) error {
	h, err := f.head(r.Context(), v, v.T("Settings"), "/desk/site")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, sitePage(v, h, s))
}

// Describe keeps the settings.
func (f *Face) Describe(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if v.AtPortal() {
		return f.describeNetwork(v, w, r, form)
	}
	s := settings{Description: described(form, v.Site)}
	err = f.Host.DescribeSite(r.Context(), v.Viewer, v.Site.ID, s.Description)
	if press.KindOf(err) == press.Invalid {
		s.faults = faultsOf(err, nil)
		return f.settings(v, w, r, http.StatusUnprocessableEntity, s)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/site", "saved")
}

// described reads a description from a form; the main language comes first. What the site said in a language that the form
// didn't ask about stays.
func described(form page.Form, was press.Site) hosting.Description {
	languages := form.All("languages")
	if main := form.Line("language"); main != "" {
		languages = append([]string{main}, slices.DeleteFunc(languages, func(l string) bool { return l == main })...)
	}
	words := map[string]press.SiteWords{}
	for _, lang := range press.Languages {
		if form.Has("name-" + lang) {
			words[lang] = press.SiteWords{Name: form.Line("name-" + lang), Tagline: form.Line("tagline-" + lang), Charter: form.Text("charter-" + lang)}
		} else if kept, ok := was.Words[lang]; ok {
			words[lang] = kept
		}
	}
	return hosting.Description{
		Words: words, Name: form.Line("name"), Tagline: form.Line("tagline"), Languages: languages, Timezone: form.Line("timezone"),
		Charter: form.Text("charter"), Openness: press.Openness(form.Line("openness")), Revising: press.Revising(form.Line("revising")),
		Licence: press.LicenceID(form.Line("licence")),
	}
}

// Address shows where the site answers.
func (f *Face) Address(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	return f.address(v, w, r, http.StatusOK, settings{slug: v.Site.Slug, host: v.Site.Host})
}

func (f *Face) address(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s settings) error {
	h, err := f.head(r.Context(), v, v.T("Address"), "/desk/site")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, addressPage(v, h, s))
}

// Move gives the site another address, and leads there.
func (f *Face) Move(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	s := settings{slug: form.Line("slug"), host: form.Line("host")}
	err = f.Host.SetAddress(r.Context(), v.Viewer, v.Site.ID, s.slug, s.host)
	if press.KindOf(err) == press.Invalid {
		s.faults = faultsOf(err, nil)
		return f.address(v, w, r, http.StatusUnprocessableEntity, s)
	}
	if err != nil {
		return err
	}
	moved, err := f.Reader.Site(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	if moved.Host == v.Site.Host {
		link := v.Link("/desk/site/address")
		if moved.Host == "" {
			link = v.Portal("/" + moved.Slug + "/desk/site/address")
		}
		return page.Redirect(w, r, page.WithParam(link, "done", "saved"))
	}
	// Browsers don't follow a form to another host (form-action 'self'), where nobody is signed in anyway.
	address := v.Addresses.Site(moved.Slug, moved.Host)
	return page.Render(w, r, movedPage(v, page.Head{Title: v.T("The site has moved"), Private: true}, address))
}

// Front leads to the front page's text, to change it.
func (f *Face) Front(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	if v.Site.Front == "" {
		return press.Problem(press.NotFound, "This site has no front page of its own yet.")
	}
	e, err := f.Reader.Entry(r.Context(), v.Viewer, v.Site.Front)
	if err != nil {
		return err
	}
	return page.Redirect(w, r, v.EntryLink(e, "/edit"))
}

// Closing asks to confirm that the site closes, or offers to reopen it.
func (f *Face) Closing(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Close the site"), "/desk/site")
	if err != nil {
		return err
	}
	return page.Render(w, r, closingPage(v, h))
}

// Close closes the site.
func (f *Face) Close(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if err := f.Host.CloseSite(r.Context(), v.Viewer, v.Site.ID, form.Text("reason")); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/site/closing", "closed")
}

// ReopenSite undoes Close.
func (f *Face) ReopenSite(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	if err := f.Host.ReopenSite(r.Context(), v.Viewer, v.Site.ID); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/site", "opened")
}
