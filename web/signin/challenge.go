package signin

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// expecting is the page that asks for the code of a mail.
type expecting struct {
	press.Challenge
	Back   string // where a mistyped address is mended
	Ended  bool   // no code will be right any more: ask for another mail
	Faults page.Faults
}

// Confirms tells whether a contribution waits for it.
func (e expecting) Confirms() bool { return e.Purpose == press.ForConfirm }

// Expect is GET /challenge/{id}: the mail is on its way, and its code may be typed here.
func (f *Face) Expect(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, err := f.expecting(v, w, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, expect(v, e))
}

func (f *Face) expecting(v *page.Visit, w http.ResponseWriter, r *http.Request) (expecting, error) {
	page.KeepPrivate(w)
	h, err := v.House.Reader.Challenge(r.Context(), press.ChallengeID(r.PathValue("id")))
	if err != nil {
		return expecting{}, err
	}
	e := expecting{Challenge: h.Challenge}
	if r.FormValue("back") != "" {
		e.Back = page.SafePath(r.FormValue("back"))
	}
	e.Ended = h.Attempts >= press.MaxAttempts || v.Now.After(h.ExpiresAt) || !h.UsedAt.IsZero()
	return e, nil
}

// Try is POST /challenge/{id}: a code, or again=1 for another mail.
func (f *Face) Try(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := f.expecting(v, w, r)
	if err != nil {
		return err
	}
	err = v.Allow(v.House.Limits.SignIn)
	if err == nil && in.Has("again") {
		h, againErr := f.Door.AskAgain(r.Context(), e.ID, v.L.Lang())
		if againErr == nil {
			link := v.Link("/challenge/" + string(h.ID))
			if e.Back != "" {
				link = page.WithParam(link, "back", e.Back)
			}
			return page.Redirect(w, r, page.WithParam(link, "done", "mailed"))
		}
		err = againErr
	}
	if err == nil {
		p, proveErr := f.Door.ProveByCode(r.Context(), e.ID, in.Line("code"))
		if proveErr == nil {
			return f.proved(v, w, r, p)
		}
		err = proveErr
	}
	faults, status, ok := page.Refused(w, err)
	if !ok {
		return err
	}
	again, readErr := f.expecting(v, w, r)
	if readErr != nil {
		return readErr
	}
	again.Faults = faults
	return page.RenderStatus(w, r, status, expect(v, again))
}

// Open is GET /confirm/{token}: the page that a mailed link leads to, with one button.
func (f *Face) Open(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	h, err := f.Door.Expected(r.Context(), r.PathValue("token"))
	if err != nil {
		return f.stale(v, w, r, err)
	}
	return page.Render(w, r, confirm(v, h, r.PathValue("token")))
}

// Redeem is POST /confirm/{token}.
func (f *Face) Redeem(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	if err := v.Allow(v.House.Limits.SignIn); err != nil {
		return err
	}
	p, err := f.Door.ProveByLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return f.stale(v, w, r, err)
	}
	return f.proved(v, w, r, p)
}

// stale tells of a link that is too old or was used, with the way out.
func (f *Face) stale(v *page.Visit, w http.ResponseWriter, r *http.Request, err error) error {
	if press.KindOf(err) != press.Expired {
		return err
	}
	faults, status, _ := page.Refused(w, err)
	return page.RenderStatus(w, r, status, staleLink(v, v.Set("", v.T(faults[0].Message, faults[0].Args...))))
}
