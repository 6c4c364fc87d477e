package stories_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"bourgeon/e2e/browser"
)

// TestAPageOfAnotherSite reads the API in a browser whose owner is signed in here, writes nothing in their name without a
// token, and writes with one.
func TestAPageOfAnotherSite(t *testing.T) {
	n := open(t)
	n.fillSite()
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html lang="fr"><title>Ailleurs</title><link rel="icon" href="data:,"><h1>Ailleurs</h1>`)
	}))
	t.Cleanup(stranger.Close)
	tab := n.someone()
	n.signIn(tab, author)
	tab.Open(n.at("/me/tokens"))
	tab.Fill("[name=name]", "Un autre site")
	tab.Check("[name=scope-write]")
	tab.Press("main form.form .button")
	token := tab.Value("#secret")
	tab.Open(stranger.URL)

	api := n.base + "/api/v1"
	ask := func(what, expression, want string) {
		t.Helper()
		got, err := browser.Evaluate[string](tab, "(async () => { try { "+expression+" } catch (e) { return e.name } })()")
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", what, got, err, want)
		}
	}
	write := func(headers, extra string) string {
		return fmt.Sprintf(`const a = await fetch(%q, {method: "POST", headers: {%s}, body: JSON.stringify({site: "bourg", form: "article",
			answers: {title: "Venu d’ailleurs", text: "Un texte."}, signing: {kind: "name", name: "Yann", charter: true}})%s}); return String(a.status)`,
			api+"/entries", headers, extra)
	}
	ask("read", fmt.Sprintf(`const a = await fetch(%q); const b = await a.json(); return b.data.length + " " + (a.headers.get("ETag") !== null)`, api+"/entries"), "2 true")
	ask("read with cookies", fmt.Sprintf(`await fetch(%q, {credentials: "include"}); return "read"`, api+"/me"), "TypeError")
	ask("write with cookies", write(`"Content-Type": "application/json"`, `, credentials: "include"`), "TypeError")
	ask("write with cookies, unasked", write(`"Content-Type": "text/plain"`, `, credentials: "include", mode: "no-cors"`), "0")
	ask("write with nothing", write(`"Content-Type": "application/json"`, ""), "401")
	if got := n.sql(`select count(*) from entry where title like 'Venu%'`); got != "0" {
		t.Errorf("%s texts were written without a token", got)
	}
	ask("write with a token", write(fmt.Sprintf(`"Content-Type": "application/json", "Authorization": "Bearer %s"`, token), ""), "201")
	if got := n.sql(`select count(*) from entry where title like 'Venu%'`); got != "1" {
		t.Errorf("%s texts were written with a token", got)
	}
	silent(t, tab, "CORS policy", "net::ERR_FAILED", "401", "ERR_BLOCKED")
}
