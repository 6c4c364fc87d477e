package browser_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bourgeon/e2e/browser"
)

const form = `<!doctype html><html lang="fr"><title>Écrire</title>
<meta name="viewport" content="width=device-width">
<style>
  body { margin: 0; padding-top: 80px; text-wrap: wrap }
  header { position: fixed; top: 0; height: 60px; width: 100%; background: #fff }
  .far { margin-top: 3000px }
  .drawn input { position: absolute; opacity: 0; width: 0; height: 0; overflow: hidden; clip-path: inset(50%) }
  b { text-transform: uppercase }
  @media (prefers-color-scheme: dark) { #light { display: none } }
  @media (max-width: 400px) { #wide { display: none } }
</style>
<header><a href="/other">Ailleurs</a></header>
<p id="light">fond clair</p><p id="wide">écran large</p>
<b>À la une</b> <p>L’été&nbsp;: déjà&nbsp;!</p>
<form method="post" action="/save" enctype="multipart/form-data" id="f">
  <label for="t">Titre <span>*</span></label><input id="t" name="title" value="ancien" required>
  <label>Le texte<textarea name="text"></textarea></label>
  <label for="d">Date</label><input type="date" id="d" name="day">
  <label for="s">Rubrique</label><select id="s" name="section"><option value="">–</option><option value="1">Ville</option><option value="2">Jardins</option></select>
  <fieldset class="drawn"><legend>Signature</legend>
    <input type="radio" name="sign" value="name" id="n"><label for="n">Votre nom</label>
    <input type="radio" name="sign" value="anon" id="a"><label for="a">Anonyme</label></fieldset>
  <label><input type="checkbox" name="charter"> J’accepte la charte</label>
  <label for="p">Images</label><input type="file" id="p" name="picture" hidden>
  <p class="far"><button>Envoyer</button>
</form>
<script src="/script.js"></script>`

const script = `
document.getElementById("t").addEventListener("input", e => { document.title = "Écrire " + e.target.value });
document.body.insertAdjacentHTML("beforeend", '<button type="button" id="js">Aperçu</button><p id="out"></p>');
document.getElementById("js").addEventListener("click", () => requestAnimationFrame(() => { document.getElementById("out").textContent = "Voici l’aperçu" }));
`

// site answers with the form, and shows what the form brought.
func site(t *testing.T) string {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; form-action 'self'")
		_, _ = io.WriteString(w, form)
	})
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = io.WriteString(w, script)
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /other", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><title>Ailleurs</title><p>Une autre page <a href="/">Retour</a> <a href="#bas">Bas</a><p id=bas>Le bas`)
	})
	mux.HandleFunc("POST /save", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var said strings.Builder
		for _, name := range []string{"title", "text", "day", "section", "sign", "charter"} {
			fmt.Fprintf(&said, "<p>%s=%s.</p>", name, html.EscapeString(r.FormValue(name)))
		}
		for _, file := range r.MultipartForm.File["picture"] {
			fmt.Fprintf(&said, "<p>file %s, %d</p>", html.EscapeString(file.Filename), file.Size)
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "me", Path: "/"})
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html><title>Merci</title><h1>Merci</h1>"+said.String())
	})
	mux.HandleFunc("GET /who", func(w http.ResponseWriter, r *http.Request) {
		who := "personne"
		if cookie, err := r.Cookie("who"); err == nil {
			who = cookie.Value
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html><title>Qui</title><p>C’est "+who)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestVerbs(t *testing.T) {
	url := site(t)
	b := browser.Start(t)
	picture := filepath.Join(t.TempDir(), "photo.png")
	if err := os.WriteFile(picture, []byte("abc"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("JavaScript=%v", scripts), func(t *testing.T) {
			b := b.For(t)
			tab := b.Tab()
			if !scripts {
				tab.WithoutJavaScript()
			}
			tab.Open(url)
			tab.See("À la une")
			tab.See("L'été : déjà !")
			tab.DontSee("Une autre page")
			tab.Fill("Titre", "Le jardin partagé")
			tab.Fill("Le texte", "Deux\nlignes")
			tab.Fill("Date", "2026-05-01")
			tab.Choose("Rubrique", "Jardins")
			tab.Choose("Signature", "Anonyme")
			tab.Check("J’accepte la charte")
			tab.Upload("Images", picture)
			if got := tab.Value("Titre"); got != "Le jardin partagé" {
				t.Errorf("title holds %q", got)
			}
			if scripts {
				if got := tab.Title(); got != "Écrire Le jardin partagé" {
					t.Errorf("the script heard %q", got)
				}
				tab.Press("Aperçu")
				tab.See("Voici l’aperçu")
			} else {
				if tab.Has("#js") {
					t.Error("the page's script ran")
				}
			}
			tab.Press("Envoyer")
			if got := tab.Text("h1"); got != "Merci" {
				t.Errorf("the heading is %q", got)
			}
			for _, want := range []string{"title=Le jardin partagé.", "text=Deux lignes.", "day=2026-05-01.", "section=2.", "sign=anon.", "charter=on.", "file photo.png, 3"} {
				tab.See(want)
			}
			same := tab.NewTab()
			same.Open(url + "/who")
			same.See("C’est me")
			same.Close()
			stranger := b.Tab()
			stranger.Open(url + "/who")
			stranger.See("C’est personne")

			tab.Open(url)
			tab.Follow("Ailleurs")
			tab.See("Une autre page")
			tab.Follow("Bas")
			if got := tab.URL(); got != url+"/other#bas" {
				t.Errorf("at %s", got)
			}
			tab.Follow("Retour")
			tab.Uncheck("J’accepte la charte")
			// An empty required field keeps the form here, without a wait for a page that can't come.
			tab.Fill("Titre", "")
			began := time.Now()
			tab.Press("Envoyer")
			if took := time.Since(began); took > time.Second {
				t.Errorf("Press on an incomplete form took %v", took)
			}
			tab.See("Rubrique")
			if complaints := tab.Complaints(); len(complaints) > 0 {
				t.Errorf("console: %q", complaints)
			}
		})
	}
}

func TestEmulation(t *testing.T) {
	url := site(t)
	tab := browser.Start(t).Tab()
	tab.Open(url)
	tab.See("fond clair")
	tab.See("écran large")
	tab.Dark()
	tab.DontSee("fond clair")
	tab.Light()
	tab.See("fond clair")
	tab.Size(360, 740)
	tab.DontSee("écran large")
	width, err := browser.Evaluate[int](tab, "Promise.resolve(innerWidth)")
	if err != nil || width != 360 {
		t.Errorf("inner width %d, %v", width, err)
	}
	path := filepath.Join(t.TempDir(), "page.png")
	tab.Screenshot(path)
	picture, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(picture), "\x89PNG") {
		t.Errorf("screenshot of %d bytes, %v", len(picture), err)
	}
}
