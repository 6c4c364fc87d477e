package desk

import (
	"strings"

	"bourgeon/press"
	"bourgeon/web/page"
)

// ready is a note to an author to start from.
type ready struct{ key, name, text string }

// readyNotes are in the language of the interface, and speak to the entry's author.
func readyNotes(v *page.Visit, e press.Entry) []ready {
	hello := v.T("Hello,")
	if by := e.Authors(); len(by) == 1 && !by[0].Anonymous() && by[0].Kind == press.SignName {
		first, _, _ := strings.Cut(by[0].Name, " ")
		hello = v.T("Hello %s,", first)
	}
	note := func(key, name, text string) ready {
		return ready{key, name, hello + "\n\n" + text + "\n\n" + v.T("You can change your text by the link in this mail; it then comes back to us. Thank you!")}
	}
	return []ready{
		note("detail", v.T("A detail is missing"), v.T("Thank you for your text, we would like to publish it. Could you add when and where it happens, and who to ask for more?")),
		note("source", v.T("A source to name"), v.T("Thank you for your text. Could you say where the figures or the quotations come from, with a link if there is one?")),
		note("picture", v.T("A picture to credit"), v.T("Thank you for your text and its pictures. Could you say who made them, and that they agree to see them here?")),
		note("people", v.T("People who must agree"), v.T("Thank you for your text. It names people: could you check that they agree to be named, or tell it without their names?")),
		note("shorter", v.T("A little shorter"), v.T("Thank you for your text: there is a lot in it. Could you shorten it, or make two of it? The first lines should say the main thing.")),
	}
}

// start puts a ready-made note into what was typed: in place of nothing or of another one, else below, so that nothing
// typed is lost.
func start(notes []ready, typed, key string) string {
	chosen := ""
	replace := typed == ""
	for _, n := range notes {
		if n.key == key {
			chosen = n.text
		}
		replace = replace || press.Clean(n.text) == press.Clean(typed)
	}
	switch {
	case chosen == "":
		return typed
	case replace:
		return chosen
	default:
		return typed + "\n\n" + chosen
	}
}
