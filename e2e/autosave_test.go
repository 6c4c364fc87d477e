package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bourgeon/e2e/browser"
	"bourgeon/press"
	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

const (
	title = "Quel titre donnez-vous à votre texte ?"
	text  = "Racontez"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// serve puts a town on the network of this machine; the address is its site's.
func serve(t *testing.T, town *walktest.Town) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { town.Handler().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	town.At = time.Now() // the browser has a clock of its own, for cookies
	town.House.Addresses.Base = server.URL
	town.Editor.Addresses.Base = server.URL
	return server.URL + "/" + town.Site.Slug
}

// TestAutosave: what is typed is on the server after a pause, and comes back after a tab was closed.
func TestAutosave(t *testing.T) {
	town := walktest.NewTown(t)
	town.Section(town.Site, "Vie du port")
	address := serve(t, town)
	tab := browser.Start(t).Tab()
	tab.Open(address + "/write/article")
	tab.Fill(title, "La criée rouvre")
	tab.Fill(text, "Le premier samedi, nous étions neuf.")
	tab.See("Enregistré à")
	tab.Await(`form#sheet[action*="/draft/"]`)
	draft := tab.URL()
	if !strings.Contains(draft, "/draft/") {
		t.Fatalf("still at %s", draft)
	}

	tab.Fill(text, "Le premier samedi, nous étions neuf, en comptant le chien.")
	tab.Open(address + "/write") // before the pause is over
	tab.Open(draft)
	tab.See("Nous avons retrouvé")
	if got := tab.Value(text); !strings.Contains(got, "le chien") {
		t.Fatalf("recovered %q", got)
	}
	tab.See("Enregistré à")

	other := town.Walker().Go(strings.TrimPrefix(draft, address))
	other.Press("#sheet button[value=save]", walktest.Fill{"title": {"La criée rouvre le samedi"}})
	tab.Fill(text, "Le premier samedi, nous étions neuf, chien compris.")
	tab.Press("Voir les deux textes")
	tab.See("Composez la version à garder")
	tab.See("La criée rouvre le samedi")
	tab.Press("Enregistrer cette version")
	if got := tab.Value(text); !strings.Contains(got, "chien compris") {
		t.Errorf("merged %q", got)
	}
	for _, said := range tab.Complaints() {
		if !strings.Contains(said, "409") {
			t.Errorf("the browser complains: %s", said)
		}
	}
}

// TestLook takes pictures of the contributor's pages into the folder LOOK.
func TestLook(t *testing.T) {
	folder := os.Getenv("LOOK")
	if folder == "" {
		t.Skip("LOOK names no folder")
	}
	town := walktest.NewTown(t)
	for _, name := range []string{"Vie du port", "Portraits", "Culture"} {
		town.Section(town.Site, name)
	}
	soraya := town.Member("Soraya Benali", press.Animator, town.Site.ID, "")
	address := serve(t, town)
	tab := browser.Start(t).Tab()
	shot := func(name string) {
		for _, width := range []int{360, 1280} {
			tab.Size(width, 900)
			tab.Screenshot(filepath.Join(folder, name+"-"+map[int]string{360: "360", 1280: "1280"}[width]+".png"))
		}
	}
	tab.Open(address + "/write")
	shot("doors")
	tab.Open(address + "/write/article")
	shot("blank")
	tab.Press("Relire avant de signer")
	shot("faults")
	tab.Fill(title, "La criée rouvre le samedi")
	tab.Fill("En deux phrases, de quoi s’agit-il ?", "Pendant onze ans, le hangar n’a servi qu’aux mouettes.")
	tab.Fill(text, "Je n’avais jamais écrit.\n\n## Trois espèces, pas plus\n\nLa règle est simple.")
	tab.Upload("Avez-vous des images ?", os.Getenv("LOOK_PICTURE"))
	tab.Press("Ajouter ces images")
	shot("pictures")
	tab.Press("Relire avant de signer")
	shot("preview")
	tab.Follow("Continuer et signer")
	shot("sign")
	tab.Fill("Prénom et nom", "Nolwenn Le Garrec")
	tab.Fill("À quelle adresse vous écrire ?", "nolwenn@criee.example")
	tab.Press("Signer et recevoir le courrier de confirmation")
	shot("sign-faults")
	tab.Check("J’ai lu la charte")
	tab.Press("Signer et recevoir le courrier de confirmation")
	shot("mail")
	tab.Fill("Le code reçu", town.LastMail("nolwenn@criee.example").Data["code"])
	tab.Press("Confirmer")
	shot("thanks")
	author, err := town.Store.PersonByEmail(t.Context(), press.Itself, "nolwenn@criee.example")
	if err != nil {
		t.Fatal(err)
	}
	for i, status := range []press.Status{press.Proposed, press.Published, press.Withdrawn} {
		town.Entry(town.Site, []string{"Cherche conducteurs", "La criée a rouvert", "Un vieux texte"}[i], status, storetest.By(author))
	}
	back := town.Entry(town.Site, "Le battant de cloche", press.Proposed, storetest.By(author))
	if err := town.Editor.Return(t.Context(), soraya, back.ID, "Il est presque prêt.\nPourriez-vous dire qui l’a retrouvé ?"); err != nil {
		t.Fatal(err)
	}
	tab.Open(address + "/me")
	shot("me")
	tab.Open(address + "/article/le-battant-de-cloche/edit")
	shot("returned")
	tab.Open(address + "/article/la-criee-a-rouvert/withdraw")
	shot("withdraw")
}
