package signin

import (
	"context"
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// invited is the page of an invitation.
type invited struct {
	press.Invitation
	Secret  string
	By      string
	Place   string // the site's name, or the network's
	Section string
	Known   string // the name of a person who is known already: not asked again
	Asked   string // typed
	Faults  page.Faults
}

// Invitation is GET /invitation/{token}: who invites, to what.
func (f *Face) Invitation(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	p, err := f.invited(r.Context(), v, r.PathValue("token"))
	if err != nil {
		return f.stale(v, w, r, err)
	}
	return page.Render(w, r, invitation(v, p))
}

func (f *Face) invited(ctx context.Context, v *page.Visit, secret string) (invited, error) {
	i, err := f.Door.Invited(ctx, secret)
	p := invited{Invitation: i, Secret: secret, Asked: i.Name, Place: v.Network.Name}
	if err != nil {
		return p, err
	}
	reader := v.House.Reader
	if i.Site != "" {
		site, err := reader.Site(ctx, press.Itself, i.Site)
		if err != nil {
			return p, err
		}
		p.Place = site.Name
	}
	if i.Section != "" {
		section, err := reader.Section(ctx, press.Itself, i.Section)
		if err != nil && press.KindOf(err) != press.NotFound {
			return p, err
		}
		p.Section = section.Name
	}
	if i.InvitedBy != "" {
		by, err := reader.Person(ctx, press.Itself, i.InvitedBy)
		if err != nil && press.KindOf(err) != press.NotFound {
			return p, err
		}
		p.By = by.Name
	}
	person, err := reader.PersonByEmail(ctx, press.Itself, i.Email)
	if err != nil && press.KindOf(err) != press.NotFound {
		return p, err
	}
	p.Known = person.Name
	return p, nil
}

// Accept is POST /invitation/{token}.
func (f *Face) Accept(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if err := v.Allow(v.House.Limits.SignIn); err != nil {
		return err
	}
	secret := r.PathValue("token")
	i, who, err := f.Door.Accept(r.Context(), secret, in.Line("name"), v.L.Lang())
	if faults, ok := page.FaultsOf(err); ok {
		p, readErr := f.invited(r.Context(), v, secret)
		if readErr != nil {
			return readErr
		}
		p.Asked, p.Faults = in.Line("name"), faults
		return page.RenderStatus(w, r, http.StatusUnprocessableEntity, invitation(v, p))
	}
	if err != nil {
		return f.stale(v, w, r, err)
	}
	if err := f.enter(v, w, r, who); err != nil {
		return err
	}
	if i.Site == "" || i.Site != v.Site.ID {
		return page.Redirect(w, r, page.WithParam(v.Link("/me"), "done", "joined"))
	}
	return page.Redirect(w, r, page.WithParam(v.Link("/desk"), "done", "joined"))
}

// role says what one is invited to do.
func (p invited) role(v *page.Visit) string {
	switch p.Role {
	case press.Steward:
		return v.T("to keep the site, as a steward")
	case press.Animator:
		return v.T("to welcome and publish contributions, as an animator")
	default:
		return v.T("to write, and to read what is proposed, as a contributor")
	}
}
