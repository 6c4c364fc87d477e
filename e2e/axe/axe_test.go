package axe_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bourgeon/e2e/axe"
	"bourgeon/e2e/browser"
)

// trial is a test whose errors are looked at instead of suffered.
type trial struct {
	testing.TB
	said []string
}

func (f *trial) Helper() {}
func (f *trial) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

const head = `<!doctype html><html lang="fr"><title>Une page</title><meta name="viewport" content="width=device-width">
<style>.pale { color: #bbb; background: #fff }</style><main>`

// TestCheckUnderStrictPolicy shows a page to axe that may run no script at all.
func TestCheckUnderStrictPolicy(t *testing.T) {
	pages := map[string]string{
		"/good": `<h1>Une page</h1><p>Du texte</p><label>Nom <input></label>`,
		"/bad":  `<h1>Une page</h1><p class="pale">Du texte pâle</p><img src="data:,"><input>`,
		"/low":  `<h3>Un titre qui saute</h3>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'")
		_, _ = fmt.Fprint(w, head+pages[r.URL.Path]+"</main>")
	}))
	t.Cleanup(server.Close)
	tab := browser.Start(t).Tab()

	tab.Open(server.URL + "/good")
	axe.Check(t, tab)

	tab.Open(server.URL + "/bad")
	violations, err := axe.Run(tab, axe.Rules()...)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, v := range violations {
		ids = append(ids, v.ID)
	}
	for _, want := range []string{"color-contrast", "image-alt", "label"} {
		if !slices.Contains(ids, want) {
			t.Errorf("no %s among %v", want, ids)
		}
	}
	f := &trial{TB: t}
	axe.Check(f, tab)
	if len(f.said) != 1 || !strings.Contains(f.said[0], "Du texte pâle") || !strings.Contains(f.said[0], server.URL+"/bad") {
		t.Errorf("Check said %q", f.said)
	}

	tab.Open(server.URL + "/low")
	axe.Check(t, tab)
	f = &trial{TB: t}
	axe.Check(f, tab, axe.BestPractice)
	if len(f.said) != 1 || !strings.Contains(f.said[0], "heading-order") && !strings.Contains(f.said[0], "page-has-heading-one") {
		t.Errorf("with best practice, Check said %q", f.said)
	}
}
