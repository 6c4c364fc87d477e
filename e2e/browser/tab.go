package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Open goes to an address and waits until the page is loaded. An answer of any status is a page.
func (tab *Tab) Open(url string) {
	tab.t.Helper()
	tab.must("Open "+url, chromedp.Navigate(url))
}

// Reload loads the page again.
func (tab *Tab) Reload() {
	tab.t.Helper()
	tab.must("Reload", chromedp.Reload())
}

// Back returns to the page before.
func (tab *Tab) Back() {
	tab.t.Helper()
	tab.must("Back", chromedp.NavigateBack())
}

// Fill replaces what a field holds. The text arrives as if pasted, in one input
// event. Dates and times are given as HTML writes them: 2026-05-01, 18:30.
func (tab *Tab) Fill(field, text string) {
	tab.t.Helper()
	verb := fmt.Sprintf("Fill %q", field)
	if tab.until(verb, "ready", field).Picker {
		tab.until(verb, "assign", field, text)
		return
	}
	if text == "" {
		tab.must(verb, chromedp.KeyEvent(kb.Delete))
		return
	}
	_, err := chromedp.Call(tab.ctx, input.InsertText, input.InsertTextParams{Text: text})
	if err != nil {
		tab.fail(verb, err.Error())
	}
}

// Type presses the keys of text, one after the other, in what has the focus.
// Constants for special keys are in the driver's package kb.
func (tab *Tab) Type(text string) {
	tab.t.Helper()
	tab.must(fmt.Sprintf("Type %q", text), chromedp.KeyEvent(text))
}

// Choose picks an option of a list, or the radio button of that label in a
// group; field is the list's label or the group's legend.
func (tab *Tab) Choose(field, option string) {
	tab.t.Helper()
	verb := fmt.Sprintf("Choose %q in %q", option, field)
	if tab.until(verb, "kind", field).Text == "select" {
		tab.until(verb, "choose", field, option)
		return
	}
	tab.check(verb, option, true, field)
}

// Check ticks a box or picks a radio button.
func (tab *Tab) Check(field string) {
	tab.t.Helper()
	tab.check(fmt.Sprintf("Check %q", field), field, true, "")
}

// Uncheck unticks a box.
func (tab *Tab) Uncheck(field string) {
	tab.t.Helper()
	tab.check(fmt.Sprintf("Uncheck %q", field), field, false, "")
}

func (tab *Tab) check(verb, field string, on bool, group string) {
	tab.t.Helper()
	at := tab.until(verb, "check", field, on, group)
	if at.Done {
		return
	}
	tab.must(verb, chromedp.MouseClickXY(at.X, at.Y))
	_, why := tab.wait(func() (answer, string) {
		got, err := tab.ask("check", field, on, group)
		if err == nil && got.Done {
			return got, ""
		}
		return got, "the click did not change it"
	})
	if why != "" {
		tab.fail(verb, why)
	}
}

// Upload gives files to a file field, visible or not.
func (tab *Tab) Upload(field string, paths ...string) {
	tab.t.Helper()
	verb := fmt.Sprintf("Upload %q", field)
	var files []string
	for _, path := range paths {
		abs, err := filepath.Abs(path)
		if err != nil {
			tab.t.Fatalf("%s: %v", verb, err)
		}
		files = append(files, abs)
	}
	tab.until(verb, "value", field)
	ctx, cancel := context.WithTimeout(tab.ctx, tab.Patience)
	defer cancel()
	name, _ := json.Marshal(field)
	object, err := chromedp.Run(ctx, chromedp.Evaluate[*runtime.RemoteObject](questions+`("node",`+string(name)+`)`))
	if err == nil && object.ObjectID == "" {
		tab.fail(verb, "no such file field")
	}
	if err == nil {
		_, err = chromedp.Call(ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, ObjectID: object.ObjectID})
	}
	if err != nil {
		tab.fail(verb, err.Error())
	}
}

// Press clicks a button, or the summary of a disclosure, and waits for the page
// that it brings, if it brings one.
func (tab *Tab) Press(button string) {
	tab.t.Helper()
	tab.click(fmt.Sprintf("Press %q", button), "button", button)
}

// Follow clicks a link and waits for the page that it brings.
func (tab *Tab) Follow(link string) {
	tab.t.Helper()
	tab.click(fmt.Sprintf("Follow %q", link), "link", link)
}

func (tab *Tab) click(verb, kind, key string) {
	tab.t.Helper()
	// Twice at the same place: then nothing moves it any more.
	last, steady := answer{X: -1}, false
	at, why := tab.wait(func() (answer, string) {
		got, err := tab.ask("press", kind, key)
		if err != nil {
			return got, err.Error()
		}
		if !got.OK {
			return got, got.Why
		}
		steady = got.X == last.X && got.Y == last.Y
		last = got
		if !steady {
			return got, fmt.Sprintf("%s “%s” keeps moving", kind, key)
		}
		return got, ""
	})
	if why != "" {
		tab.fail(verb, why)
	}
	if _, err := tab.ask("arm"); err != nil {
		tab.fail(verb, err.Error())
	}
	before, _ := tab.traffic()
	tab.must(verb, chromedp.MouseClickXY(at.X, at.Y))
	if at.Leads {
		tab.arrive(verb, before)
	}
}

// arrive waits until the page that a click should bring is loaded. A click that
// a script has kept to itself brings none.
func (tab *Tab) arrive(verb string, before int) {
	tab.t.Helper()
	// A page begins to load some milliseconds after the click. Where a script
	// stops the click unseen, nothing tells so, and the story goes on after this.
	unseen := time.Now().Add(2 * time.Second)
	_, why := tab.wait(func() (answer, string) {
		loads, loading := tab.traffic()
		if loads > before {
			if loading {
				return answer{}, "the next page does not finish loading"
			}
			return answer{}, ""
		}
		got, err := tab.ask("prevented")
		if (err == nil && got.OK) || time.Now().After(unseen) {
			return got, ""
		}
		return got, "no page came"
	})
	if why != "" {
		tab.fail(verb, why)
	}
}

// See waits until the page shows the text. Case, kinds of spaces and of
// apostrophes don't count; what fields hold is not looked at.
func (tab *Tab) See(text string) {
	tab.t.Helper()
	tab.until(fmt.Sprintf("See %q", text), "see", text)
}

// DontSee waits until the page does not show the text (any more).
func (tab *Tab) DontSee(text string) {
	tab.t.Helper()
	_, why := tab.wait(func() (answer, string) {
		got, err := tab.ask("see", text)
		if err != nil {
			return got, err.Error()
		}
		if got.OK {
			return got, "it is there"
		}
		return got, ""
	})
	if why != "" {
		tab.fail(fmt.Sprintf("DontSee %q", text), why)
	}
}

// Await waits until something that matches the CSS selector is visible.
func (tab *Tab) Await(selector string) {
	tab.t.Helper()
	tab.until("Await "+selector, "has", selector)
}

// Has says whether something that matches the CSS selector is visible now.
func (tab *Tab) Has(selector string) bool {
	tab.t.Helper()
	return tab.until("Has "+selector, "visible", selector).N > 0
}

// Count returns how many elements match the CSS selector now.
func (tab *Tab) Count(selector string) int {
	tab.t.Helper()
	return tab.until("Count "+selector, "count", selector).N
}

// Text waits for the first element that matches the CSS selector and returns its visible text.
func (tab *Tab) Text(selector string) string {
	tab.t.Helper()
	return tab.until("Text "+selector, "text", selector).Text
}

// Attribute waits for the first element that matches the CSS selector and returns an attribute of it.
func (tab *Tab) Attribute(selector, name string) string {
	tab.t.Helper()
	return tab.until("Attribute "+name+" of "+selector, "attribute", selector, name).Text
}

// Value returns what a field holds; for a box or a radio button, "true" or "false".
func (tab *Tab) Value(field string) string {
	tab.t.Helper()
	return tab.until(fmt.Sprintf("Value %q", field), "value", field).Text
}

// URL returns the address of the page.
func (tab *Tab) URL() string {
	tab.t.Helper()
	return tab.until("URL", "page").URL
}

// Title returns the title of the page.
func (tab *Tab) Title() string {
	tab.t.Helper()
	return tab.until("Title", "page").Title
}

// Evaluate runs a JavaScript expression in the page, past its content security
// policy, waits for the promise if it is one, and decodes the result from JSON.
func Evaluate[T any](tab *Tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(tab.ctx, 4*tab.Patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Call sends a command of the Chrome DevTools Protocol to the tab, for what no verb does.
func Call[P, R any](tab *Tab, command cdp.Command[P, R], params P) (R, error) {
	return chromedp.Call(tab.ctx, command, params)
}
