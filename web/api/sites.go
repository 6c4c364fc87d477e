package api

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Sites is GET /api/v1/sites.
func (f *Face) Sites(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		all, err := v.House.Reader.Sites(c.ctx(), press.Viewer{})
		return list(each(all, c.site), "", ""), err
	})
}

// Site is GET /api/v1/sites/{site}.
func (f *Face) Site(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ofSite(v, w, r, func(c *call, s press.Site) (reply, error) { return reply{body: c.site(s)}, nil })
}

// Forms is GET /api/v1/sites/{site}/forms.
func (f *Face) Forms(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ofSite(v, w, r, func(c *call, s press.Site) (reply, error) {
		all, err := v.House.Reader.Forms(c.ctx(), v.Viewer, s.ID)
		return list(each(all, form(s)), "", ""), err
	})
}

// Sections is GET /api/v1/sites/{site}/sections.
func (f *Face) Sections(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ofSite(v, w, r, func(c *call, s press.Site) (reply, error) {
		all, err := v.House.Reader.Sections(c.ctx(), v.Viewer, s.ID)
		return list(each(all, func(one press.Section) object {
			return object{
				{"slug", one.Slug}, {"name", one.Name}, {"description", one.Description},
				{"url", c.Addresses.Site(s.Slug, s.Host) + "/section/" + one.Slug},
			}
		}), "", ""), err
	})
}

const maxTags = 1000 // the most used ones

// Tags is GET /api/v1/sites/{site}/tags.
func (f *Face) Tags(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.ofSite(v, w, r, func(c *call, s press.Site) (reply, error) {
		all, err := v.House.Reader.Tags(c.ctx(), v.Viewer, s.ID, maxTags)
		return list(each(all, func(t store.TagCount) object { return append(tag(t.Tag), member{"entries", t.Entries}) }), "", ""), err
	})
}

// ofSite reads something of the open site that the path names.
func (f *Face) ofSite(v *page.Visit, w http.ResponseWriter, r *http.Request, a func(*call, press.Site) (reply, error)) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		s, err := v.House.Reader.SiteBySlug(c.ctx(), press.Viewer{}, r.PathValue("site"))
		if err != nil {
			return reply{}, err
		}
		return a(c, s)
	})
}

// Licences is GET /api/v1/licences.
func (f *Face) Licences(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(*call) (reply, error) { return list(each(press.Licences, licence), "", ""), nil })
}

// People is GET /api/v1/people: those who are named in what is published.
func (f *Face) People(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		s, err := c.siteAsked()
		if err != nil {
			return reply{}, err
		}
		all, next, err := v.House.Reader.PublicBylines(c.ctx(), v.Viewer, s.ID, c.query.cursor("cursor"), c.query.limit())
		return list(each(all, c.person), string(next), ""), err
	})
}

// Person is GET /api/v1/people/{person}.
func (f *Face) Person(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		b, err := v.House.Reader.PublicByline(c.ctx(), v.Viewer, r.PathValue("person"))
		return reply{body: c.person(b)}, err
	})
}

// siteAsked is the site that the query names, zero for all.
func (c *call) siteAsked() (press.Site, error) {
	slug := c.query.text("site")
	if slug == "" {
		return press.Site{}, nil
	}
	s, err := c.House.Reader.SiteBySlug(c.ctx(), press.Viewer{}, slug)
	return s, unknown(err, inQuery.Fault("site", "There is no such site."))
}

// unknown is the error of a part of the request that names something, with a fault when it names nothing.
func unknown(err error, f fault) error {
	kind := press.KindOf(err)
	switch {
	case kind != press.NotFound && kind != press.Gone:
		return err
	case f.in == inBody:
		return invalid(f)
	}
	return badRequest(f)
}

// Me is GET /api/v1/me: what the token is for.
func (f *Face) Me(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		if c.token.ID == "" {
			return reply{}, press.Problem(press.SignIn, "This needs a personal token: make one among your texts.")
		}
		var site any
		if c.token.Site != "" {
			s, err := v.House.Reader.Site(c.ctx(), press.Itself, c.token.Site)
			if err != nil {
				return reply{}, err
			}
			site = s.Slug
		}
		return reply{body: object{
			{"name", c.bearer.Name}, {"language", c.bearer.Language},
			{"token", object{{"name", c.token.Name}, {"scopes", c.token.Scopes}, {"site", site}, {"expires", c.token.ExpiresAt}}},
		}}, nil
	})
}
