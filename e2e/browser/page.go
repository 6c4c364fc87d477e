package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed page.js
var questions string

// tick is how often a condition is looked at again.
const tick = 20 * time.Millisecond

// A Tab is one page that someone looks at. Its methods end the test when they fail.
type Tab struct {
	// Patience is how long a verb waits for what it needs.
	Patience time.Duration

	t       testing.TB
	browser *Browser
	ctx     context.Context
	person  context.Context // the first tab of the same person, which owns cookies and storage
	dark    bool
	media   string

	mu         sync.Mutex // guards what events tell, below
	main       cdp.FrameID
	loads      int // pages that began to load
	loading    bool
	complaints []string
}

// answer is what page.js says to a question.
type answer struct {
	OK     bool    `json:"ok"`
	Why    string  `json:"why"`
	Done   bool    `json:"done"`
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Leads  bool    `json:"leads"`
	Picker bool    `json:"picker"`
	N      int     `json:"n"`
	Text   string  `json:"text"`
	Title  string  `json:"title"`
	URL    string  `json:"url"`
}

// ask puts one question to the page as it is now. An error means that there is
// no page to answer, as between two pages.
func (tab *Tab) ask(question string, args ...any) (answer, error) {
	words, err := json.Marshal(append([]any{question}, args...))
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(tab.ctx, tab.Patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[answer](questions+"(..."+string(words)+")"))
}

// until asks again until the answer is yes, and fails the test when patience ends.
func (tab *Tab) until(verb, question string, args ...any) answer {
	tab.t.Helper()
	got, why := tab.wait(func() (answer, string) {
		got, err := tab.ask(question, args...)
		if err != nil {
			return got, err.Error()
		}
		if !got.OK {
			return got, or(got.Why, "it did not happen")
		}
		return got, ""
	})
	if why != "" {
		tab.fail(verb, why)
	}
	return got
}

// wait repeats try until it gives no reason against, or patience ends: then it returns the last reason.
func (tab *Tab) wait(try func() (answer, string)) (answer, string) {
	deadline := time.NewTimer(tab.Patience)
	defer deadline.Stop()
	again := time.NewTicker(tick)
	defer again.Stop()
	for {
		got, why := try()
		if why == "" {
			return got, ""
		}
		select {
		case <-deadline.C:
			return got, why
		case <-tab.ctx.Done():
			return got, "the tab is closed"
		case <-again.C:
		}
	}
}

// must runs an action of the driver, and fails the test when it fails.
func (tab *Tab) must(verb string, action chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, tab.Patience)
	defer cancel()
	if err := chromedp.Do(ctx, action); err != nil {
		tab.fail(verb, err.Error())
	}
}

// fail ends the test, saying what was on the page. With `go test -artifacts`
// a picture of the page is kept.
func (tab *Tab) fail(verb, why string) {
	tab.t.Helper()
	report := fmt.Sprintf("%s: %s", verb, why)
	if now, err := tab.ask("page"); err == nil {
		report += fmt.Sprintf("\n  page:  %s\n  title: %s\n  text:  %s", now.URL, now.Title, excerpt(now.Text))
	}
	if complaints := tab.Complaints(); len(complaints) > 0 {
		report += "\n  console: " + strings.Join(complaints, "\n           ")
	}
	ctx, cancel := context.WithTimeout(tab.ctx, 5*time.Second)
	defer cancel()
	if picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot()); err == nil {
		path := filepath.Join(tab.t.ArtifactDir(), "page.png")
		if os.WriteFile(path, picture, 0o644) == nil {
			report += "\n  picture: " + path
		}
	}
	tab.t.Fatal(report)
}

// excerpt keeps the beginning and the end of a long text.
func excerpt(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n         ")
	letters := []rune(text)
	if len(letters) > 1600 {
		return string(letters[:1100]) + "\n         […]\n         " + string(letters[len(letters)-400:])
	}
	return text
}

// Complaints returns what the browser's console held against the page: errors,
// uncaught exceptions, refusals of the content security policy.
func (tab *Tab) Complaints() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return append([]string(nil), tab.complaints...)
}

// hear notes what the browser tells of the tab. It must not ask anything back
// in the same goroutine, which is the one that brings the answers.
func (tab *Tab) hear(ev any) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	switch ev := ev.(type) {
	case *page.EventFrameStartedLoading:
		if tab.main == "" || ev.FrameID == tab.main {
			tab.loads, tab.loading = tab.loads+1, true
		}
	case *page.EventFrameStoppedLoading:
		if tab.main == "" || ev.FrameID == tab.main {
			tab.loading = false
		}
	case *page.EventJavascriptDialogOpening:
		// A page that asks “leave?” is left, and an alert is read.
		go func() {
			_, _ = chromedp.Call(tab.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError {
			tab.complaints = append(tab.complaints, strings.TrimSpace(ev.Entry.Text+" "+ev.Entry.URL))
		}
	case *runtime.EventExceptionThrown:
		said := ev.ExceptionDetails.Text
		if thrown := ev.ExceptionDetails.Exception; thrown != nil {
			said += " " + thrown.Description
		}
		tab.complaints = append(tab.complaints, said)
	}
}

func (tab *Tab) frame(id cdp.FrameID) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.main = id
}

func (tab *Tab) traffic() (loads int, loading bool) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return tab.loads, tab.loading
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
