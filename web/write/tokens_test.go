package write_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/web/walktest"
)

// TestTokens makes a token, which is shown once and opens the API until it is revoked.
func TestTokens(t *testing.T) {
	town := walktest.NewTown(t)
	odile := town.Viewer(town.Person("Odile"))
	w := town.As(odile)
	const button = "main form.form button"
	asks := func(secret string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost:8080/api/v1/me", nil)
		r.Header.Set("Authorization", "Bearer "+secret)
		answer := httptest.NewRecorder()
		town.Handler().ServeHTTP(answer, r)
		return answer.Code
	}

	town.Walker().Go("/me/tokens").Want(http.StatusOK)
	w.Go("/me").Want(http.StatusOK)
	w.Page.One(t, "a[href=/la-criee/me/tokens]")
	w.Go("/me/tokens").Want(http.StatusOK)
	w.Press(button, fill{"name": {""}, "scope-read": nil}).Want(http.StatusUnprocessableEntity)
	if got := said(w, ".errors"); !strings.Contains(got, "quelques mots") || !strings.Contains(got, "au moins une chose") {
		t.Errorf("the faults: %s", got)
	}
	w.Press(button, fill{"name": {"La lettre"}, "scope-write": {"1"}, "site": {string(town.Site.ID)}, "life": {"30"}}).Want(http.StatusCreated)
	secret := w.Page.One(t, "#secret").Text()
	if got := said(w, ".queue"); !strings.Contains(got, "La lettre") || !strings.Contains(got, "La Criée") || !strings.Contains(got, "jamais servi") {
		t.Errorf("the list: %s", got)
	}
	if code := asks(secret); code != http.StatusOK {
		t.Errorf("it opens %d", code)
	}
	w.Go("/me/tokens").Want(http.StatusOK)
	if strings.Contains(w.Body, secret) {
		t.Error("the secret is shown again")
	}
	if got := said(w, ".queue"); !strings.Contains(got, "servi la dernière fois") {
		t.Errorf("after it was used: %s", got)
	}
	other := town.As(town.Viewer(town.Person("Dom"))).Go("/me/tokens").Want(http.StatusOK)
	if strings.Contains(other.Body, "La lettre") {
		t.Error("somebody else sees it")
	}
	revoke := w.Page.One(t, ".queue form").Attr("action")
	other.Send(revoke, url.Values{}, false).Want(http.StatusNotFound)
	w.Press(".queue form button", nil).Want(http.StatusOK)
	if code := asks(secret); code != http.StatusUnauthorized {
		t.Errorf("revoked, it opens %d", code)
	}
	if len(w.Page.All(".queue form")) > 0 || !strings.Contains(said(w, "main"), "révoqué le") {
		t.Errorf("after it was revoked: %s", said(w, "main"))
	}
	all, err := town.Store.AccessTokens(t.Context(), odile)
	if err != nil || len(all) != 1 || all[0].Scopes[0] != press.ScopeWrite || all[0].Site != town.Site.ID {
		t.Errorf("kept: %+v, %v", all, err)
	}
	decisions, _, err := town.Store.Decisions(t.Context(), press.Viewer{}, town.Site.ID, "", 10)
	if err != nil || len(decisions) > 0 {
		t.Errorf("the public journal tells: %+v, %v", decisions, err)
	}
}

func said(w *walktest.Walker, selector string) string {
	return strings.Join(w.Page.Texts(selector), " ")
}
