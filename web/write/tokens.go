package write

import (
	"net/http"
	"strconv"
	"time"

	"bourgeon/press"
	"bourgeon/web/page"
)

// tokensView is the page of one's access tokens.
type tokensView struct {
	Live, Ended []press.AccessToken
	Sites       []press.Site
	Made        press.AccessToken // just now: its secret is shown this once

	Asked  press.AccessToken // what was filled in
	Days   string
	Faults page.Faults
}

// days are how long a token may last.
func days() []int { return []int{30, 90, 365} }

const usualDays = 90

// Tokens is GET /me/tokens: the secrets with which programs act for the viewer.
func (f *Face) Tokens(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.tokens(v, w, r, tokensView{Asked: press.AccessToken{Scopes: []press.Scope{press.ScopeRead}}, Days: strconv.Itoa(usualDays)}, http.StatusOK)
}

func (f *Face) tokens(v *page.Visit, w http.ResponseWriter, r *http.Request, t tokensView, status int) error {
	page.KeepPrivate(w)
	if err := v.SignedIn(); err != nil {
		return err
	}
	all, err := v.House.Reader.AccessTokens(r.Context(), v.Viewer)
	if err != nil {
		return err
	}
	for _, one := range all {
		switch {
		case one.Live(v.Now):
			t.Live = append(t.Live, one)
		case len(t.Ended) < 10:
			t.Ended = append(t.Ended, one)
		}
	}
	if t.Sites, err = v.House.Reader.Sites(r.Context(), press.Viewer{}); err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, tokensPage(v, t))
}

// MakeToken is POST /me/tokens. It answers with the page itself: the secret is nowhere to be read afterwards.
func (f *Face) MakeToken(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	t := tokensView{Asked: press.AccessToken{Name: in.Line("name"), Site: press.SiteID(in.Line("site"))}, Days: in.Line("life")}
	for _, scope := range press.Scopes {
		if in.Has("scope-" + string(scope)) {
			t.Asked.Scopes = append(t.Asked.Scopes, scope)
		}
	}
	n, _ := strconv.Atoi(t.Days) // what is no number lasts no time, and is refused
	made, err := f.Door.Make(r.Context(), v.Viewer, t.Asked, time.Duration(n)*24*time.Hour)
	if err != nil {
		faults, status, ok := page.Refused(w, err)
		if press.KindOf(err) == press.Conflict {
			faults, status, ok = page.Faults{{Message: "You have many tokens already: revoke those that no program uses any more."}}, http.StatusConflict, true
		}
		if !ok {
			return err
		}
		t.Faults = faults
		return f.tokens(v, w, r, t, status)
	}
	return f.tokens(v, w, r, tokensView{Made: made, Asked: press.AccessToken{Scopes: []press.Scope{press.ScopeRead}}, Days: strconv.Itoa(usualDays)}, http.StatusCreated)
}

// RevokeToken is POST /me/tokens/{id}/revoke.
func (f *Face) RevokeToken(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.SignedIn(); err != nil {
		return err
	}
	if err := f.Door.Revoke(r.Context(), v.Viewer, press.TokenID(r.PathValue("id"))); err != nil {
		return err
	}
	return v.Done(w, r, "/me/tokens", "token-revoked")
}

// scopeWords says what a scope lets a program do.
func scopeWords(v *page.Visit, s press.Scope) string {
	switch s {
	case press.ScopeRead:
		return v.T("Read what I read: my texts that aren’t published yet, and what waits on my sites")
	case press.ScopeWrite:
		return v.T("Write, change and withdraw texts of mine")
	default:
		return v.T("Send pictures and describe them")
	}
}

// tokenSite is where a token opens something.
func (t tokensView) tokenSite(v *page.Visit, one press.AccessToken) string {
	for _, s := range t.Sites {
		if s.ID == one.Site {
			return v.T("on %s only", s.Name)
		}
	}
	if one.Site != "" {
		return v.T("on a site that is closed")
	}
	return v.T("on all sites")
}

func (t tokensView) siteOptions(v *page.Visit) []page.Option {
	all := []page.Option{{Value: "", Label: v.T("All sites of the network")}}
	for _, s := range t.Sites {
		all = append(all, page.Option{Value: string(s.ID), Label: s.Name})
	}
	return all
}

func lifeOptions(v *page.Visit) []page.Option {
	var all []page.Option
	for _, n := range days() {
		all = append(all, page.Option{Value: strconv.Itoa(n), Label: v.N("%d day", "%d days", n, n)})
	}
	return all
}
