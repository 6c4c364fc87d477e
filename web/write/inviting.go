package write

import (
	"fmt"
	"net/http"
	"strings"

	"rsc.io/qr"

	"bourgeon/press"
	"bourgeon/web/page"
)

// inviting is the page on which a contributor makes a personal link.
type inviting struct {
	Name   string
	Shown  bool
	Links  []handedOn
	Forms  []press.Form // that ask who brought one here
	Faults page.Faults
}

// handedOn is a link that works, with where it leads.
type handedOn struct {
	press.Handing
	Addresses []page.Option // by form
}

// Inviting is GET /me/invite: the viewer's personal links.
func (f *Face) Inviting(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.inviting(v, w, r, http.StatusOK, inviting{Name: v.Viewer.Name, Shown: true})
}

func (f *Face) inviting(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, p inviting) error {
	ctx := r.Context()
	if v.AtPortal() {
		return nothing()
	}
	forms, err := v.House.Reader.Forms(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	for _, form := range forms {
		if _, asks := form.OfKind(press.Inviter); asks && form.Version > 0 {
			p.Forms = append(p.Forms, form)
		}
	}
	links, err := v.House.Reader.Handings(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	for _, h := range links {
		one := handedOn{Handing: h}
		for _, form := range p.Forms {
			one.Addresses = append(one.Addresses, page.Option{Value: f.handedAt(v, form, h), Label: form.Name.In(v.L.Lang()), Help: form.Slug})
		}
		p.Links = append(p.Links, one)
	}
	return page.RenderStatus(w, r, status, invitingPage(v, p))
}

func (f *Face) handedAt(v *page.Visit, form press.Form, h press.Handing) string {
	return v.Addresses.Site(v.Site.Slug, v.Site.Host) + "/write/" + form.Slug + "?from=" + h.Token
}

// Hand is POST /me/invite: a link is made, or ended.
func (f *Face) Hand(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if v.AtPortal() {
		return nothing()
	}
	if id := in.Line("end"); id != "" {
		if err := f.Gatherer.EndHanding(r.Context(), v.Viewer, press.HandingID(id)); err != nil {
			return err
		}
		return v.Done(w, r, "/me/invite", "unhanded")
	}
	p := inviting{Name: in.Line("name"), Shown: in.Has("shown")}
	_, err = f.Gatherer.Hand(r.Context(), v.Viewer, v.Site.ID, p.Name, p.Shown)
	if press.KindOf(err) == press.Invalid {
		p.Faults, _ = page.FaultsOf(err)
		return f.inviting(v, w, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/me/invite", "handed")
}

// InvitingCode is GET /me/invite/{token}/code.svg?form=: a link as a QR code (ISO/IEC 18004), to show or to print.
func (f *Face) InvitingCode(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	h, err := v.House.Reader.HandingByToken(r.Context(), r.PathValue("token"))
	if err == nil && (h.Person != v.Viewer.Person || h.Site != v.Site.ID) {
		err = nothing()
	}
	if err != nil {
		return err
	}
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, r.URL.Query().Get("form"))
	if err != nil {
		return err
	}
	code, err := qr.Encode(f.handedAt(v, form, h), qr.M)
	if err != nil {
		return fmt.Errorf("draw the code: %w", err)
	}
	const quiet = 4 // modules around it, as the standard asks
	var b strings.Builder
	size := code.Size + 2*quiet
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><rect width="100%%" height="100%%" fill="#fff"/><path d="`, size, size)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	b.WriteString(`" fill="#000"/></svg>`)
	w.Header().Set("Content-Type", "image/svg+xml")
	_, err = w.Write([]byte(b.String()))
	return err
}

// writing to those who keep an address with their contribution, without seeing it.
type letter struct {
	Entry       press.Entry
	Name, Email string
	Text        string
	Faults      page.Faults
}

// AskToWrite is GET /{form}/{slug}/contact.
func (f *Face) AskToWrite(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.reached(v, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, letterPage(v, letter{Entry: e, Name: v.Viewer.Name, Email: v.Viewer.Email}))
}

// reached finds the entry of the path, if it keeps an address to write to.
func (f *Face) reached(v *page.Visit, r *http.Request) (press.Entry, error) {
	ctx := r.Context()
	e, err := v.House.Reader.EntryBySlug(ctx, press.Viewer{}, v.Site.ID, r.PathValue("form"), r.PathValue("slug"))
	if err != nil {
		return e, err
	}
	if reachable, err := f.Editor.Reachable(ctx, e.ID); err != nil || !reachable {
		return e, firstOf(func() error { return err }, nothing)
	}
	return e, nil
}

// WriteTo is POST /{form}/{slug}/contact: the message leaves, with an address to answer to.
func (f *Face) WriteTo(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.reached(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	l := letter{Entry: e, Name: in.Line("name"), Email: in.Line("email"), Text: in.Text("text")}
	err = firstOf(
		func() error { return v.Welcome(in) },
		func() error { return v.Allow(v.House.Limits.SignIn) },
		func() error { return f.Editor.WriteTo(r.Context(), e.ID, l.Name, l.Email, l.Text) },
	)
	if err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		l.Faults = faults
		return page.RenderStatus(w, r, status, letterPage(v, l))
	}
	return page.Redirect(w, r, page.WithParam(v.Entry(e), "done", "written"))
}
