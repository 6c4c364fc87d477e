package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"bourgeon/e2e/browser"
)

// trial is a test whose failure is looked at instead of suffered.
type trial struct {
	testing.TB
	said string
}

func (f *trial) Helper() {}
func (f *trial) Fatal(args ...any) {
	f.said = fmt.Sprint(args...)
	runtime.Goexit()
}
func (f *trial) Fatalf(format string, args ...any) { f.Fatal(fmt.Sprintf(format, args...)) }

// TestFailuresSayWhatWasThere checks that each verb gives up with the page's
// title, address and text, and with the names that it could have used.
func TestFailuresSayWhatWasThere(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(w, `<!doctype html><title>Accueil</title><p>Bonjour à tous
<label>Nom <input name=n></label><label>Fixe <input readonly></label>
<button disabled>Publier</button><a href="/">Plan</a>
<div style="position:relative"><button>Caché</button><div id=veil style="position:absolute;inset:0">&nbsp;</div></div>
<script>console.log("rien"); nothing()</script>`)
	}))
	t.Cleanup(server.Close)
	b := browser.Start(t)
	for name, c := range map[string]struct {
		do   func(*browser.Tab)
		want []string
	}{
		"text":     {func(tab *browser.Tab) { tab.See("Au revoir") }, []string{`See "Au revoir"`, "Bonjour à tous", "Accueil", server.URL, "nothing is not defined"}},
		"present":  {func(tab *browser.Tab) { tab.DontSee("bonjour") }, []string{"it is there"}},
		"field":    {func(tab *browser.Tab) { tab.Fill("Prénom", "x") }, []string{"no field “Prénom”", "“Nom”"}},
		"readonly": {func(tab *browser.Tab) { tab.Fill("Fixe", "x") }, []string{"read-only"}},
		"button":   {func(tab *browser.Tab) { tab.Press("Envoyer") }, []string{"no button “Envoyer”", "“Publier”"}},
		"disabled": {func(tab *browser.Tab) { tab.Press("Publier") }, []string{"is disabled"}},
		"covered":  {func(tab *browser.Tab) { tab.Press("Caché") }, []string{"lies under", "veil"}},
		"link":     {func(tab *browser.Tab) { tab.Follow("Agenda") }, []string{"no link “Agenda”", "“Plan”"}},
		"selector": {func(tab *browser.Tab) { tab.Text("#nowhere") }, []string{"nothing matches #nowhere"}},
		"address":  {func(tab *browser.Tab) { tab.Open("http://127.0.0.1:1/") }, []string{"ERR_"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := &trial{TB: t}
			tab := b.For(f).Tab()
			tab.Patience = 2 * time.Second
			tab.Open(server.URL)
			tab.Patience = 300 * time.Millisecond
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				c.do(tab)
			}()
			<-ended
			if f.said == "" {
				t.Fatal("it did not fail")
			}
			for _, want := range c.want {
				if !strings.Contains(f.said, want) {
					t.Errorf("no %q in:\n%s", want, f.said)
				}
			}
		})
	}
}
