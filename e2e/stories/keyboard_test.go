package stories_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"bourgeon/e2e/browser"
)

// focused is what has the focus, and whether people see that it has.
type focused struct {
	Tag, Name, Text, Href string
	Visible               bool
	Why                   string
}

const whatHasFocus = `(() => {
	const el = document.activeElement;
	const box = el.getBoundingClientRect();
	const shape = (e, pseudo) => { const s = getComputedStyle(e, pseudo); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecorationLine].join("|"); };
	const label = el.labels && el.labels[0];
	const s = getComputedStyle(el);
	const outlined = e => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && !/, 0\)$/.test(s.outlineColor); };
	const marked = outlined(el) || (label && outlined(label)) || s.boxShadow !== "none";
	const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0;
	const middle = document.elementFromPoint(Math.max(1, Math.min(innerWidth - 1, box.left + box.width / 2)), Math.max(1, Math.min(innerHeight - 1, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2)));
	const covered = inView && middle && !(el.contains(middle) || middle.contains(el) || label?.contains(middle));
	return { Tag: el.tagName, Name: el.name || el.id || "", Text: (el.innerText || el.ariaLabel || "").trim().slice(0, 60), Href: el.getAttribute("href") || "",
		Visible: Boolean(marked && inView && !covered), Why: marked ? inView ? covered ? "covered by " + middle.outerHTML.slice(0, 80) : "" : "out of view" : "no outline: " + shape(el) };
})()`

// tabTo presses Tab until what has the focus is wanted, and holds that each stop on the way is seen.
func tabTo(t *testing.T, tab *browser.Tab, what string, wanted func(focused) bool) {
	t.Helper()
	var way []string
	for range 120 {
		tab.Type(kb.Tab)
		at, err := browser.Evaluate[focused](tab, whatHasFocus)
		if err != nil {
			t.Fatal(err)
		}
		if at.Tag == "BODY" { // past the end: the browser's own bar
			continue
		}
		way = append(way, at.Tag+" "+at.Name+at.Text)
		if !at.Visible {
			t.Errorf("%s: the focus on %s %s “%s” is not seen: %s", tab.URL(), at.Tag, at.Name, at.Text, at.Why)
		}
		if wanted(at) {
			return
		}
	}
	t.Fatalf("Tab does not lead to %s at %s; the way was %s", what, tab.URL(), strings.Join(way, " · "))
}

// TestWritingWithTheKeyboardAlone goes from the front page to the signature with Tab, Enter and Space.
func TestWritingWithTheKeyboardAlone(t *testing.T) {
	n := open(t)
	tab := n.someone()
	field := func(name string) func(focused) bool { return func(f focused) bool { return f.Name == name } }
	to := func(part string) func(focused) bool {
		return func(f focused) bool { return f.Tag == "A" && strings.Contains(f.Href, part) }
	}
	goes := func(key, address string) {
		t.Helper()
		tab.Type(key)
		eventually(t, func() string {
			if at := tab.URL(); !strings.Contains(at, address) {
				return "still at " + at
			}
			return ""
		})
		tab.Await("footer")
	}

	tab.Open(n.at("/"))
	tab.Type(kb.Tab) // the first stop skips what every page repeats
	if at, err := browser.Evaluate[focused](tab, whatHasFocus); err != nil || at.Href != "#content" || !at.Visible {
		t.Errorf("the first stop is %+v (%v)", at, err)
	}
	tabTo(t, tab, "Écrire", to("/write"))
	goes(kb.Enter, "/write")
	tabTo(t, tab, "the article", to("/write/article"))
	goes(kb.Enter, "/write/article")
	tabTo(t, tab, "the title", field("title"))
	tab.Type("Sans souris")
	tabTo(t, tab, "the standfirst", field("standfirst"))
	tab.Type("Tout au clavier.")
	tabTo(t, tab, "the text", field("text-editor"))
	tab.Type("Une phrase.")
	tabTo(t, tab, "the keywords", field("tags"))
	tab.Type("clavier")
	tabTo(t, tab, "reading over", func(f focused) bool { return f.Tag == "BUTTON" && strings.Contains(f.Text, "Relire") })
	goes(kb.Enter, "/preview")
	tabTo(t, tab, "signing", to("/sign"))
	goes(kb.Enter, "/sign")
	tabTo(t, tab, "the name", field("name"))
	tab.Type("Azenor Le Clavier")
	tabTo(t, tab, "the address", field("email"))
	tab.Type(author)
	tabTo(t, tab, "the charter", field("charter"))
	tab.Type(" ")
	if tab.Value("[name=charter]") != "true" {
		t.Error("Space does not tick the charter")
	}
	tabTo(t, tab, "the button", func(f focused) bool { return f.Tag == "BUTTON" && strings.HasPrefix(f.Text, "Signer") })
	goes(kb.Enter, "/challenge/")
	tabTo(t, tab, "the code", field("code"))
	tab.Type(code(t, n.mail(author, "Sans souris")))
	goes(kb.Enter, "/me/thanks")
	silent(t, tab)
}
