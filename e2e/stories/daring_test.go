package stories_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"bourgeon/e2e/browser"
)

// document is what LibreOffice puts on the clipboard for a text with headings, lists, a table, a note and a picture.
func document(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../editor/testdata/paste/libreoffice.html")
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 200, 100))); err != nil {
		t.Fatal(err)
	}
	whole := strings.Replace(string(page), "iVBORw0KGgo=", base64.StdEncoding.EncodeToString(picture.Bytes()), 1)
	if whole == string(page) {
		t.Fatal("the document has no picture")
	}
	return whole
}

// TestDaringToWrite is somebody's first text, on a phone's width and with the keyboard alone: pasted, corrected, read over,
// reworded, published, translated.
func TestDaringToWrite(t *testing.T) {
	n := open(t)
	tab := n.someone()
	tab.Size(360, 740)
	n.signIn(tab, author)
	field := func(name string) func(focused) bool { return func(f focused) bool { return f.Name == name } }
	says := func(words string) func(focused) bool {
		return func(f focused) bool { return strings.Contains(f.Text, words) }
	}
	press := func(tab *browser.Tab, words, then string) {
		t.Helper()
		tabTo(t, tab, words, says(words))
		tab.Type(kb.Enter)
		tab.See(then)
	}

	// Pasted, and corrected.
	tab.Open(n.at("/write/article"))
	tabTo(t, tab, "the title", field("title"))
	tab.Type("Le lavoir rouvre samedi")
	tabTo(t, tab, "the text", field("text-editor"))
	html, err := json.Marshal(document(t))
	if err != nil {
		t.Fatal(err)
	}
	do(t, tab, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", %s);
		data.setData("text/plain", "x");
		return !document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	})()`, html))
	eventually(t, func() string {
		for _, part := range []string{"## Qui a aidé", "- Soraya", "1. Creuser", "| Quand | Quoi |", "[^1]: Le premier fut doux.", "![Le lavoir](media:"} {
			if text := tab.Value("[name=text]"); !strings.Contains(text, part) {
				return fmt.Sprintf("no %q in %q", part, text)
			}
		}
		return ""
	})
	tab.Type(" Tout le monde y vien.")
	press(tab, "Garder et revenir plus tard", "Votre texte est gardé")
	draft := tab.URL()

	// Somebody reads it over.
	press(tab, "Demander une relecture", "Qui le relirait")
	tabTo(t, tab, "whom to ask", field("who"))
	tab.Type(kb.ArrowDown)
	tabTo(t, tab, "their address", field("reader"))
	tab.Type("nolwenn@example.org")
	press(tab, "Envoyer la demande", "La demande est partie")
	reads := n.someone()
	reads.Size(360, 740)
	reads.Open(link(t, n.mail("nolwenn@example.org", "Le lavoir rouvre samedi"), "/proofread/"))
	reads.See("Le premier fut doux")
	n1, err := browser.Evaluate[int](reads, `[...document.querySelectorAll(".passage")].findIndex(p => p.innerText.includes("y vien."))`)
	if err != nil || n1 < 0 {
		t.Fatalf("what was typed stands in no passage: %v", err)
	}
	wording := fmt.Sprintf("instead-%d", n1)
	for range n1 + 1 {
		tabTo(t, reads, "a passage", says("Commenter ce passage"))
	}
	reads.Type(kb.Enter)
	tabTo(t, reads, "another wording", field(wording))
	reads.Type("Venez ! ")
	press(reads, "Garder cette remarque", "Votre remarque est gardée")
	tabTo(t, reads, "the name", field("name"))
	reads.Type("Nolwenn Le Gall")
	press(reads, "J’ai tout lu", "Merci")
	n.mail(author, "Relu : Le lavoir")

	// Their wording is taken, and they are credited.
	tab.Open(draft)
	tab.See("1 remarque vous attend")
	press(tab, "Prendre cette formulation", "La formulation est dans votre texte")
	if text := tab.Value("[name=text]"); !strings.Contains(text, "Venez !") {
		t.Errorf("the text is %q", text)
	}
	press(tab, "Relire avant de signer", "Voici comment on le lira")
	press(tab, "Continuer et signer", "Sous quel nom")
	tabTo(t, tab, "the name", field("name"))
	tab.Type("Yann Le Fournil")
	if got := tab.Value("[name=proofreaders]"); got != "Nolwenn Le Gall" {
		t.Errorf("who read it over: %q", got)
	}
	tabTo(t, tab, "the charter", field("charter"))
	tab.Type(" ")
	tabTo(t, tab, "the button", func(f focused) bool { return f.Tag == "BUTTON" && strings.HasPrefix(f.Text, "Signer") })
	tab.Type(kb.Enter)
	tab.Await("a[href$='/me']")
	n.mail(author, "Bien reçu : Le lavoir")
	french := n.publish(n.enter(animator), "Le lavoir rouvre samedi")
	if m := n.mail(author, "Publié : Le lavoir"); !strings.Contains(m.Text, "merci d’avoir osé") || !strings.Contains(m.Text, "/reuse") {
		t.Errorf("the first publication isn't celebrated:\n%s", m.Text)
	}

	// It is translated, and both lead to each other.
	tab.Open(french)
	tab.See("Nolwenn Le Gall")
	press(tab, "Traduire", "En quelle langue")
	tabTo(t, tab, "the language", field("language"))
	tab.Type("English")
	press(tab, "Commencer la traduction", "Votre traduction")
	tab.Await("details.original") // the page before speaks of a translation too
	tabTo(t, tab, "the title", field("title"))
	tab.Type("The wash house opens again")
	tabTo(t, tab, "the text", field("text-editor"))
	tab.Type("Come on Saturday!")
	press(tab, "Relire avant de signer", "Voici comment on le lira")
	press(tab, "Continuer et signer", "Une traduction de")
	tabTo(t, tab, "the name", field("name"))
	tab.Type("Yann Le Fournil")
	tabTo(t, tab, "the charter", field("charter"))
	tab.Type(" ")
	tabTo(t, tab, "the button", func(f focused) bool { return f.Tag == "BUTTON" && strings.HasPrefix(f.Text, "Signer") })
	tab.Type(kb.Enter)
	tab.See("C’est publié")
	n.mail(author, "Publié : The wash house")

	tab.Open(french)
	tabTo(t, tab, "the translation", func(f focused) bool { return f.Tag == "A" && f.Text == "English" && !strings.Contains(f.Href, "lang=") })
	tab.Type(kb.Enter)
	tab.See("Come on Saturday!")
	inspect(t, tab)
	tabTo(t, tab, "the original", func(f focused) bool { return f.Tag == "A" && f.Text == "français" })
	tab.Type(kb.Enter)
	tab.See("Venez !")
	silent(t, tab)
}
