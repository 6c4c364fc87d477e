package stories_test

import (
	"net/http"
	"strings"
	"syscall"
	"testing"

	"bourgeon/e2e/browser"
)

// TestNothingTypedIsLost closes tabs, kills the program and ends sessions while someone writes.
func TestNothingTypedIsLost(t *testing.T) {
	n := open(t)
	writer := n.someone()
	writer.Open(n.at("/write/article"))
	writer.Fill("[name=title]", "La fontaine")
	compose(writer, "Elle coulait déjà en 1802.")
	saved(t, writer)
	draft := writer.URL()
	if !strings.Contains(draft, "/draft/") {
		t.Fatalf("the first pause leaves the address %s", draft)
	}

	// What was typed since the last pause is on the device when the tab is closed.
	compose(writer, "Elle coulait déjà en 1802, dit-on.")
	again := writer.NewTab()
	writer.Open("about:blank")
	again.Open(draft)
	if got := again.Value("[name=text]"); got != "Elle coulait déjà en 1802, dit-on." {
		t.Errorf("the tab closed, the text is %q", got)
	}
	saved(t, again)

	// The program dies in the middle.
	compose(again, "Elle coulait déjà en 1802, dit-on. Ma grand-mère y lavait le linge.")
	n.stop(syscall.SIGKILL)
	again.Fill("[name=title]", "La fontaine du bourg")
	n.start()
	again.Press(".acts button[value=save]")
	elsewhere := n.someone()
	elsewhere.Open(draft)
	if got := elsewhere.Value("[name=title]") + ": " + elsewhere.Value("[name=text]"); got !=
		"La fontaine du bourg: Elle coulait déjà en 1802, dit-on. Ma grand-mère y lavait le linge." {
		t.Errorf("after the restart the draft is %q", got)
	}

	// Another device, from the mailed link.
	again.Open(draft)
	again.Press("summary:has(+ form[action$='/mail-link'])")
	again.Fill("[name=send_to]", author)
	again.Press("form[action$='/mail-link'] button")
	phone := n.someone()
	phone.Size(360, 740)
	phone.Open(link(t, n.mail(author, ""), "/draft/"))
	if got := phone.Value("[name=title]"); got != "La fontaine du bourg" {
		t.Errorf("on the phone the title is %q", got)
	}
}

// saved waits until the page says that the server has the text.
func saved(t testing.TB, tab *browser.Tab) {
	t.Helper()
	eventually(t, func() string {
		if said := tab.Text("#saved"); !strings.HasPrefix(strings.TrimSpace(said), "Enregistré") {
			return "the page says " + said
		}
		return ""
	})
}

// TestSessionEndsWhileWriting: with and without scripts, what was typed is there once signed in again.
func TestSessionEndsWhileWriting(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			n := open(t)
			writer := n.someone()
			if !scripts {
				writer.WithoutJavaScript()
			}
			n.signIn(writer, author)
			writer.Open(n.at("/write/article"))
			writer.Fill("[name=title]", "Le pont")
			compose(writer, "Il a trois arches.")
			writer.Press(".acts button[value=save]")
			draft := writer.URL()
			compose(writer, "Il a trois arches, et une quatrième sous la route.")
			n.sql(`update session set expires_at = 1 where expires_at > $1`, 1)
			writer.Press(".acts button[value=save]")
			writer.Await("#ended")
			n.signIn(writer.NewTab(), author)
			writer.Press(".acts button[value=save]")
			writer.Open(draft)
			if got := writer.Value("[name=text]"); got != "Il a trois arches, et une quatrième sous la route." {
				t.Errorf("the text is %q", got)
			}
		})
	}
}

// TestAnErrorKeepsTheCopyOfTheDevice: a form that was not taken comes back, whatever pages one goes through.
func TestAnErrorKeepsTheCopyOfTheDevice(t *testing.T) {
	n := open(t)
	writer := n.someone()
	n.signIn(writer, author)
	writer.Open(n.at("/write/article"))
	writer.Fill("[name=title]", "Le pont")
	writer.Press(".acts button[value=save]")
	draft := writer.URL()
	writer.Fill("[name=title]", "Le pont de pierre")
	n.stop(syscall.SIGKILL)
	writer.Press(".acts button[value=save]") // into the void
	n.start()
	writer.Open(n.at("/me"))
	writer.Open(draft)
	if got := writer.Value("[name=title]"); got != "Le pont de pierre" {
		t.Errorf("the title is %q", got)
	}
	writer.Press(".acts button[value=preview]")
	if kept, err := browser.Evaluate[int](writer, "localStorage.length"); err != nil || kept != 0 {
		t.Errorf("once the server has it, %d copies stay on the device (%v)", kept, err)
	}
}

// TestTwoPeopleEditOneEntry: the second sees both texts and joins them.
func TestTwoPeopleEditOneEntry(t *testing.T) {
	n := open(t)
	writing := n.visitor()
	desk := n.enter(animator)
	n.propose(writing, author, contribution{title: "Le marché", text: "Il se tient le mardi.\n\nOn y vend du poisson."})
	page := n.publish(desk, "Le marché")

	first, second := n.someone(), n.someone()
	n.signIn(first, animator)
	n.signIn(second, author)
	first.Open(page + "/edit")
	second.Open(page + "/edit")
	compose(first, "Il se tient le mardi matin.\n\nOn y vend du poisson.")
	first.Press("button[value=amend]")
	compose(second, "Il se tient le mercredi.\n\nOn y vend du poisson et des crêpes.")
	second.Press("button[value=amend]")
	second.See("mardi matin")
	second.See("mercredi")
	second.See("crêpes")
	compose(second, "Il se tient le mardi matin.\n\nOn y vend du poisson et des crêpes.")
	second.Press(".whole .button")
	second.See("C’est enregistré.")
	second.Press("button[value=amend]")
	second.See("Votre modification est publiée.")
	reader := n.visitor().get(page).want(http.StatusOK)
	for _, words := range []string{"mardi matin", "des crêpes"} {
		if !strings.Contains(reader.body, words) {
			t.Errorf("the page lacks %q: %s", words, reader.says())
		}
	}
	for _, number := range []string{"/history/1", "/history/2"} {
		reader.get(page + number).want(http.StatusOK)
	}
}

// compose writes the long answer in Markdown, the editor put away if there is one: stories are about what becomes of texts.
func compose(tab *browser.Tab, text string) { composeIn(tab, "text", text) }

// composeIn is compose for another long answer, alone on its page.
func composeIn(tab *browser.Tab, field, text string) {
	if tab.Has(".as-markdown[aria-pressed=false]") {
		tab.Press(".as-markdown")
	}
	tab.Fill("[name="+field+"]", text)
}
