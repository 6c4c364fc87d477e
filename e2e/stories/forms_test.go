package stories_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bourgeon/e2e/browser"
)

// TestEveryViewOfAForm has an animator make a form of initiatives from its model, bring a table in, and looks at every page
// that shows it, as readers, writers and animators see it: no rule of accessibility broken, nothing beside the screen.
func TestEveryViewOfAForm(t *testing.T) {
	n := open(t)
	desk := n.someone()
	n.signIn(desk, animator)
	desk.Open(n.at("/desk/forms/new"))
	desk.Press("button[value='model:initiative']")
	desk.Follow("Voir ce que changerait la publication")
	desk.Press("main form[action$='/publish'] button")
	form := n.sql(`select id from form where slug = $1`, "initiatives")

	table := filepath.Join(t.TempDir(), "initiatives.csv")
	rows := "Numéro;Comment s'appelle cette initiative ?;Résumé;Sujets;Où en est-elle ?;Lat;Lon;Qui;Texte;Depuis;Budget;Ouverte;Courriel\n"
	for i := range 60 {
		rows += fmt.Sprintf("%d;Initiative n° %d;Ce que font des gens du quartier %d;%s;%s;%.4f;%.4f;Les amis du %d;Une **histoire** de voisins.;2026-%02d-03;%d;%s;secrete%d@example.org\n",
			i, i, i, []string{"Culture et patrimoine", "Nature et climat, Alimentation", "Numérique"}[i%3], []string{"Elle tourne", "Une idée"}[i%2],
			48.3+float64(i%10)/50, -4.6+float64(i/10)/40, i, 1+i%12, i*100, []string{"oui", "non"}[i%2], i)
	}
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	desk.Open(n.at("/desk/forms/" + form + "/imports"))
	desk.Upload("[name=file]", table)
	desk.Press("main form .button")
	desk.See("Que sont les colonnes")
	for column, answer := range map[string]string{
		"1": "title", "2": "summary", "3": "themes", "4": "status", "5": "place.lat", "6": "place.lon", "7": "actors", "8": "text", "9": "period", "10": "budget", "11": "open", "12": "email",
	} {
		choose(t, desk, "column-"+column, answer)
	}
	choose(t, desk, "key", "0")
	shoot(desk, "import-match")
	desk.Press("button[value=match]")
	desk.See("Rien n’est encore gardé")
	desk.See("60 nouvelles contributions")
	shoot(desk, "import-dry")
	desk.Press("button[value=run]")
	eventually(t, func() string {
		desk.Reload()
		if !strings.Contains(desk.Text("main"), "C’est apporté") {
			return desk.Text("main")
		}
		return ""
	})

	reader := n.someone()
	look := func(tab *browser.Tab, what, path string) {
		t.Run(what, func(t *testing.T) {
			tab.Open(n.at(path))
			inspect(t, tab)
			if dir := os.Getenv("BOURGEON_SCREENSHOTS"); dir != "" {
				for _, width := range []int{360, 768, 1280} {
					tab.Size(width, 900)
					tab.Screenshot(fmt.Sprintf("%s/view-%s-%d.png", dir, strings.ReplaceAll(what, " ", "-"), width))
				}
			}
		})
	}
	for _, view := range []string{"cards", "map", "table", "timeline", "figures", "list", "directory", "album"} {
		look(reader, view, "/initiatives/?view="+view)
	}
	look(reader, "narrowed", "/initiatives/?f.status=running&q=histoire")
	look(reader, "near", "/initiatives/?view=map&at=13/48.32/-4.55")
	look(reader, "embedded", "/initiatives/embedded?view=map")
	look(reader, "one", "/initiatives/initiative-n-7")
	look(reader, "contact", "/initiatives/initiative-n-7/contact")
	look(reader, "sheet", "/write/initiatives")
	look(reader, "dossiers", "/dossiers")
	for what, path := range map[string]string{
		"forms": "/desk/forms", "new form": "/desk/forms/new", "questions": "/desk/forms/" + form, "question": "/desk/forms/" + form + "/field/themes",
		"a reference": "/desk/forms/" + form + "/field/place", "settings": "/desk/forms/" + form + "/settings", "publishing": "/desk/forms/" + form + "/publish",
		"versions": "/desk/forms/" + form + "/versions", "copying": "/desk/forms/" + form + "/file", "imports": "/desk/forms/" + form + "/imports",
		"gathering": "/desk/forms/" + form + "/gather", "words": "/desk/words", "desk dossiers": "/desk/dossiers", "new dossier": "/desk/dossiers/new", "invite": "/me/invite", "organisations": "/me/organisations",
	} {
		look(desk, what, path)
	}

	// Addresses of mail are nowhere, and one can write to them.
	public := n.visitor()
	hidden := betrays(t, "secrete7@example.org", "secrete")
	for _, path := range []string{"/initiatives.csv", "/initiatives.json", "/initiatives.geojson", "/initiatives.jsonld", "/initiatives.ics", "/initiatives/?view=table", "/initiatives/initiative-n-7", "/initiatives/initiative-n-7/source.md", "/initiatives/initiative-n-7/history/1", "/feed.json?full=1&form=initiatives", "/search?q=secrete7"} {
		c := public.get(n.at(path)).want(http.StatusOK)
		if !strings.Contains(path, "search") {
			hidden(c)
		}
	}
	hidden(n.enter(animator).get(n.at("/initiatives.csv")).want(http.StatusOK))
	public.get(n.at("/initiatives/initiative-n-7/contact")).press("main form .button", fill{"name": {"Yann"}, "email": {"yann@example.org"}, "text": {"Puis-je venir samedi ?"}}).want(http.StatusOK)
	if m := n.mail("secrete7@example.org", "Yann vous écrit"); !strings.Contains(m.Text, "Puis-je venir samedi") || !strings.Contains(m.Text, "yann@example.org") {
		t.Errorf("the message says %s", m.Text)
	}
	if said := public.get(n.at("/initiatives/initiative-n-7")).says(); strings.Count(said, "Les amis du 7") < 2 {
		t.Errorf("who carries it isn't credited: %s", said)
	}
	if csv := public.get(n.at("/initiatives.csv?f.status=running")).want(http.StatusOK).body; strings.Count(csv, "\r\n") != 31 || strings.Contains(csv, "email") || !strings.Contains(csv, "Elle tourne") {
		t.Errorf("%d lines of running initiatives, want 30 and their head", strings.Count(csv, "\r\n"))
	}
}

// choose chooses an option by its value.
func choose(t *testing.T, tab *browser.Tab, name, value string) {
	t.Helper()
	do(t, tab, fmt.Sprintf(`(document.querySelector('[name="%s"]').value = %q) !== ''`, name, value))
}
