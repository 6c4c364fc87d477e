package signin

import (
	"net/http"

	"bourgeon/web/page"
)

// asking is the page that asks for an address.
type asking struct {
	Email  string
	Next   string
	Faults page.Faults
}

// Ask is GET /signin.
func (f *Face) Ask(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("X-Robots-Tag", "noindex")
	if v.Viewer.Known() {
		return page.Redirect(w, r, v.Link(next(r)))
	}
	return page.Render(w, r, ask(v, asking{Next: next(r)}))
}

// Send is POST /signin: mails a link and a code. It answers the same whether the address is known or not.
func (f *Face) Send(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	a := asking{Email: in.Line("email"), Next: next(r)}
	err = v.Welcome(in)
	if err == nil {
		err = v.Allow(v.House.Limits.SignIn)
	}
	if err == nil {
		h, askErr := f.Door.AskToSignIn(r.Context(), a.Email, v.Site.ID, a.Next, v.L.Lang())
		if askErr == nil {
			return page.Redirect(w, r, page.WithParam(v.Link("/challenge/"+string(h.ID)), "back", "/signin"))
		}
		err = askErr
	}
	faults, status, ok := page.Refused(w, err)
	if !ok {
		return err
	}
	a.Faults = faults
	return page.RenderStatus(w, r, status, ask(v, a))
}

// SignOut is POST /signout; everywhere=1 ends the sessions on all devices.
func (f *Face) SignOut(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if in.Has("everywhere") && v.Viewer.Known() {
		err = f.Door.LeaveEverywhere(r.Context(), v.Viewer)
	} else if token := page.SessionToken(r); token != "" {
		err = f.Door.Leave(r.Context(), token)
	}
	if err != nil {
		return err
	}
	v.CloseSession(w)
	return page.Redirect(w, r, page.WithParam(v.Link("/"), "done", "signedout"))
}
