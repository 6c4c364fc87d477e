package desk

import (
	"net/http"
	"slices"

	"bourgeon/app/hosting"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/web/page"
)

// place is a site of the network and what the viewer does there.
type place struct {
	press.Site
	roles []press.Membership
}

// Network shows the sites where the viewer holds a role, and to the network's
// stewards all of them.
func (f *Face) Network(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	who := v.Viewer
	if v.Stewards() {
		who = press.Itself // closed sites too
	}
	all, err := f.Reader.Sites(r.Context(), who)
	if err != nil {
		return err
	}
	var places []place
	for _, s := range all {
		p := place{Site: s}
		for _, m := range v.Viewer.Memberships {
			if m.Site == s.ID {
				p.roles = append(p.roles, m)
			}
		}
		if v.Stewards() || len(p.roles) > 0 {
			places = append(places, p)
		}
	}
	h, err := f.head(r.Context(), v, v.T("Desk"), "/desk")
	if err != nil {
		return err
	}
	return page.Render(w, r, networkPage(v, h, places))
}

// New asks for what a site needs to open.
func (f *Face) New(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := networkSteward(v); err != nil {
		return err
	}
	return f.opening(v, w, r, http.StatusOK, settings{Description: hosting.Description{
		Languages: []string{v.Network.Language}, Openness: press.First, Licence: press.Licences[0].ID,
	}})
}

func (f *Face) opening(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s settings) error {
	h, err := f.head(r.Context(), v, v.T("Open a site"), "/desk")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, newPage(v, h, s))
}

// Open opens a site, and invites its first steward.
func (f *Face) Open(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := networkSteward(v); err != nil {
		return err
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	s := settings{Description: described(form, press.Site{}), slug: form.Line("slug"), email: press.FoldEmail(form.Line("email"))}
	if s.slug == "" {
		s.slug = slug.Make(s.Name, 60)
	}
	var c press.Checks
	if s.email != "" {
		press.CheckEmail(&c, "email", s.email)
	}
	if err := c.Err(); err != nil {
		s.faults = faultsOf(err, nil)
		return f.opening(v, w, r, http.StatusUnprocessableEntity, s)
	}
	site, err := f.Host.OpenSite(r.Context(), v.Viewer, hosting.SiteDraft{Description: s.Description, Slug: s.slug})
	if press.KindOf(err) == press.Invalid {
		s.faults = faultsOf(err, nil)
		return f.opening(v, w, r, http.StatusUnprocessableEntity, s)
	}
	if err != nil {
		return err
	}
	if s.email != "" && s.email != v.Viewer.Email {
		invitation := press.Invitation{Site: site.ID, Role: press.Steward, Email: s.email}
		if _, err := f.Door.Invite(r.Context(), v.Viewer, invitation); err != nil {
			return err
		}
	}
	return page.Redirect(w, r, v.SiteLink(site, "/desk/site?done=opened"))
}

func (f *Face) network(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, n press.Network, faults page.Faults) error {
	h, err := f.head(r.Context(), v, v.T("Settings"), "/desk/site")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, networkSettingsPage(v, h, n, faults))
}

func (f *Face) describeNetwork(v *page.Visit, w http.ResponseWriter, r *http.Request, form page.Form) error {
	n := press.Network{
		Name: form.Line("name"), Tagline: form.Line("tagline"), Language: form.Line("language"), About: form.Text("about"),
		Maps: press.Maps{Tiles: form.Line("tiles"), Credit: form.Line("credit"), Geocoder: form.Line("geocoder")},
	}
	err := f.Host.DescribeNetwork(r.Context(), v.Viewer, n)
	if press.KindOf(err) == press.Invalid {
		return f.network(v, w, r, http.StatusUnprocessableEntity, n, faultsOf(err, nil))
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/site", "saved")
}

// languageOptions are the languages of the interface, in their own names.
func languageOptions(v *page.Visit) []page.Option {
	var all []page.Option
	for _, l := range press.Languages {
		all = append(all, page.Option{Value: l, Label: v.L.Name(l)})
	}
	return all
}

func (s settings) speaks(language string) bool { return slices.Contains(s.Languages, language) }

// main is the first of the languages, "" before one is chosen.
func (s settings) main() string {
	if len(s.Languages) == 0 {
		return ""
	}
	return s.Languages[0]
}

func opennessOptions(v *page.Visit) []page.Option {
	var all []page.Option
	for _, o := range press.Opennesses {
		all = append(all, page.Option{Value: string(o), Label: opennessName(v, o), Help: opennessHelp(v, o)})
	}
	return all
}

func revisingOptions(v *page.Visit) []page.Option {
	var all []page.Option
	for _, o := range []press.Revising{press.ReviseAtOnce, press.ReviseReviewed} {
		all = append(all, page.Option{Value: string(o), Label: revisingName(v, o), Help: revisingHelp(v, o)})
	}
	return all
}

func licenceOptions(v *page.Visit) []page.Option {
	var all []page.Option
	for _, l := range press.Licences {
		all = append(all, page.Option{Value: string(l.ID), Label: l.Name, Help: v.LicenceWords(l)})
	}
	return all
}
