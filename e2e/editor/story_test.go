package editor_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"

	"bourgeon/e2e/axe"
	"bourgeon/e2e/browser"
	"bourgeon/press"
)

const text = "[name=text]"

// written waits until the form's answer is what it should be.
func written(t *testing.T, tab *browser.Tab, want string) {
	t.Helper()
	var got string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if got = tab.Value(text); got == want {
			return
		}
	}
	t.Fatalf("the text is %q, not %q", got, want)
}

// quiet holds that the browser complained of nothing: no script failed, and nothing went against the content policy.
func quiet(t *testing.T, tab *browser.Tab, expected ...string) {
	t.Helper()
complaints:
	for _, said := range tab.Complaints() {
		for _, known := range expected {
			if strings.Contains(said, known) {
				continue complaints
			}
		}
		t.Errorf("the browser complains: %s", said)
	}
}

// focus puts the cursor at the end of the text.
func focus(t *testing.T, tab *browser.Tab) {
	t.Helper()
	evaluate[bool](t, tab, `(() => {
		const at = document.querySelector(".ProseMirror");
		at.focus();
		getSelection().selectAllChildren(at);
		getSelection().collapseToEnd();
		return true;
	})()`)
}

func evaluate[T any](t *testing.T, tab *browser.Tab, question string) T {
	t.Helper()
	got, err := browser.Evaluate[T](tab, question)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// write types as a keyboard does. Unlike the driver's, its Enter and Tab bring no character where the page took the key.
func write(t *testing.T, tab *browser.Tab, words string) {
	t.Helper()
	keys := map[rune]input.DispatchKeyEventParams{
		'\r': {Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r"},
		'\t': {Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9},
	}
	for words != "" {
		at := strings.IndexAny(words, "\r\t")
		if at < 0 {
			at = len(words)
		}
		if at > 0 {
			tab.Type(words[:at])
		}
		if words = words[at:]; words == "" {
			return
		}
		key := keys[rune(words[0])]
		words = words[1:]
		for _, key.Type = range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
			if _, err := browser.Call(tab, input.DispatchKeyEvent, key); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// paste does what a browser does when somebody pastes.
func paste(t *testing.T, tab *browser.Tab, html string) {
	t.Helper()
	in, err := json.Marshal(html)
	if err != nil {
		t.Fatal(err)
	}
	evaluate[bool](t, tab, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", %s);
		data.setData("text/plain", "x");
		return !document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	})()`, in))
}

// TestWritingByKeyboard makes a text with every tool that the keyboard reaches, on a phone's width.
func TestWritingByKeyboard(t *testing.T) {
	address, _ := serve(t)
	tab := browser.Start(t).Tab()
	tab.Size(320, 740)
	tab.Open(address + "/write/article")
	if wide := evaluate[int](t, tab, "document.documentElement.scrollWidth"); wide > 320 {
		t.Errorf("the page is %d px wide", wide)
	}
	tab.Size(360, 740)
	focus(t, tab)
	write(t, tab, "Il dit : \"l'eau monte\"...")
	written(t, tab, "Il dit\u00a0: «\u00a0l’eau monte\u202f»…")
	write(t, tab, "\r## Un titre\r- un\rdeux\r\r> cité")
	written(t, tab, "Il dit\u00a0: «\u00a0l’eau monte\u202f»…\n\n## Un titre\n\n- un\n- deux\n\n> cité")
	tab.Press("Insérer")
	tab.Type(kb.ArrowDown)
	write(t, tab, "\rLa note.")
	tab.See("Note 1 : revenir au texte")
	written(t, tab, "Il dit\u00a0: «\u00a0l’eau monte\u202f»…\n\n## Un titre\n\n- un\n- deux\n\n> cité[^1]\n\n[^1]: La note.")
	tab.See("Enregistré à")
	for _, what := range []string{"Lien", "Aide"} {
		tab.Press(what)
		tab.Await("dialog[open]")
		sound(t, tab)
		tab.Type(kb.Escape)
	}
	tab.Press("Insérer")
	sound(t, tab)
	tab.Press("Un tableau")
	tab.Await("dialog[open]")
	sound(t, tab)
	tab.Press("dialog .button")
	tab.Await(".ProseMirror table")
	write(t, tab, "a\tb\tc\td")
	if got := tab.Value(text); !strings.Contains(got, "| a | b | c |\n| - | - | - |\n| d | | |") {
		t.Errorf("the table is %q", got)
	}
	sound(t, tab)
	quiet(t, tab)
}

// TestAMapIsInserted puts the address of a map alone on its line, from the menu.
func TestAMapIsInserted(t *testing.T) {
	address, _ := serve(t)
	tab := browser.Start(t).Tab()
	tab.Size(360, 740)
	tab.Open(address + "/write/article")
	focus(t, tab)
	write(t, tab, "Voici la carte.")
	tab.Press("Insérer")
	tab.Press("Une carte, une vidéo, un son")
	tab.Await("dialog[open]")
	sound(t, tab)
	tab.Fill("dialog [name=address]", "umap")
	tab.Press("dialog button.button:not([type=button])")
	tab.See("Ce n’est pas une adresse")
	tab.Fill("dialog [name=address]", "https://umap.openstreetmap.fr/fr/map/composts_12")
	tab.Press("dialog button.button:not([type=button])")
	written(t, tab, "Voici la carte.\n\n<https://umap.openstreetmap.fr/fr/map/composts_12>")
	quiet(t, tab)
}

// TestClosedWindowLeavesTheCursor holds that no key is lost between a window and the text: the text has the focus as soon as the
// window is gone, before the browser does anything else.
func TestClosedWindowLeavesTheCursor(t *testing.T) {
	address, _ := serve(t)
	tab := browser.Start(t).Tab()
	tab.Open(address + "/write/article")
	focus(t, tab)
	for _, tt := range []struct{ tool, item, button string }{
		{"Insérer", "Un tableau", "dialog .button:not(.quiet)"},
		{"Lien", "", "dialog .button.quiet"},
		{"Aide", "", "dialog .button"},
	} {
		tab.Press(tt.tool)
		if tt.item != "" {
			tab.Press(tt.item)
		}
		tab.Await("dialog[open]")
		at := evaluate[string](t, tab, fmt.Sprintf(`(async () => {
			document.querySelector(%q).click();
			for (let i = 0; i < 20; i++) await null; // what follows at once
			return document.querySelector("dialog") ? "the window" : document.activeElement.className;
		})()`, tt.button))
		if !strings.Contains(at, "ProseMirror") {
			t.Errorf("after %q the cursor is in %q", tt.tool, at)
		}
	}
	quiet(t, tab)
}

// sound runs axe over the page as it is.
func sound(t *testing.T, tab *browser.Tab) {
	t.Helper()
	violations, err := axe.Run(tab, axe.Rules()...)
	if err != nil {
		t.Fatalf("axe: %v", err)
	}
	if len(violations) > 0 {
		t.Error(axe.Describe(violations))
	}
}

// TestCareIsUndone: one undo gives back what was typed, and the care can be switched off.
func TestCareIsUndone(t *testing.T) {
	address, _ := serve(t)
	tab := browser.Start(t).Tab()
	tab.Open(address + "/write/article")
	focus(t, tab)
	tab.Type("l'")
	written(t, tab, "l’")
	tab.Press("Annuler")
	written(t, tab, "l'")
	tab.Press("Soin typographique")
	focus(t, tab)
	tab.Type("eau n'")
	written(t, tab, "l'eau n'")
}

// TestPastedPictureComesAlong: a picture within what is pasted is on the draft, and the text shows it.
func TestPastedPictureComesAlong(t *testing.T) {
	address, town := serve(t)
	town.Entry(town.Site, "Le lavoir restauré", press.Published)
	tab := browser.Start(t).Tab()
	tab.Open(address + "/write/article")
	focus(t, tab)
	write(t, tab, "Avant.\r")
	const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="
	paste(t, tab, `<p>Voici <b style="font-weight:normal">le</b> port&nbsp;: <img src="data:image/png;base64,`+pixel+`" alt="Le port"> et la suite.</p>`)
	tab.Await(".ProseMirror figure img")
	tab.See("Enregistré à")
	got := tab.Value(text)
	if !strings.HasPrefix(got, "Avant.\n\nVoici le port\u00a0:\n\n![Le port](media:") || !strings.HasSuffix(got, ")\n\net la suite.") {
		t.Errorf("the text is %q", got)
	}
	tab.Press("La décrire")
	tab.Fill("Sa légende", "Un matin")
	tab.Fill("Qui a fait cette image ?", "Anna Riou")
	tab.Press("dialog .button")
	tab.See("Anna Riou")
	focus(t, tab)
	tab.Type(" Voir ")
	tab.Press("Lien")
	tab.Fill("Où mène-t-il ?", "lavoir")
	tab.Press("Le lavoir restauré")
	tab.Press("dialog .button")
	if got := tab.Value(text); !strings.Contains(got, `"Un matin")`) || !strings.Contains(got, "[Le lavoir restauré]("+address+"/article/le-lavoir-restaure)") {
		t.Errorf("the text is %q", got)
	}
	quiet(t, tab)
}

// TestLostConnection cuts the network while somebody types, then kills the tab: every word is there.
func TestLostConnection(t *testing.T) {
	address, _ := serve(t)
	tab := browser.Start(t).Tab()
	tab.Open(address + "/write/article")
	tab.Fill("[name=title]", "La panne")
	focus(t, tab)
	tab.Type("Avant la coupure.")
	tab.See("Enregistré à")
	tab.Await(`form#sheet[action*="/draft/"]`)
	draft := tab.URL()
	offline(t, tab, true)
	tab.Type(" Pendant la coupure,")
	tab.See("Pas de connexion")
	tab.Type(" jusqu'au dernier mot")
	again := tab.NewTab()
	tab.Close()
	again.Open(draft)
	again.See("Nous avons retrouvé")
	written(t, again, "Avant la coupure. Pendant la coupure, jusqu’au dernier mot")
	if got := again.Text(".ProseMirror"); !strings.Contains(got, "dernier mot") {
		t.Errorf("the editor shows %q", got)
	}
	again.See("Enregistré à")
	response, err := http.Get(draft)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the draft answers %s", response.Status)
	}
}

// conditions of the network, as every Chromium knows them: the driver has left this command of the protocol out.
type conditions struct {
	Offline  bool    `json:"offline"`
	Latency  float64 `json:"latency"`
	Download float64 `json:"downloadThroughput"`
	Upload   float64 `json:"uploadThroughput"`
}

var emulate = cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

func offline(t *testing.T, tab *browser.Tab, cut bool) {
	t.Helper()
	if _, err := browser.Call(tab, emulate, conditions{Offline: cut, Download: -1, Upload: -1}); err != nil {
		t.Fatal(err)
	}
}
