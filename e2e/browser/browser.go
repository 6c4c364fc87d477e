// Package browser drives a real Chromium for the end-to-end stories, in verbs
// that people use: open, fill, press, follow, see.
//
// Every verb waits for what it needs, up to [Tab.Patience], and never for a
// fixed time; on failure it says what was on the page. Fields, buttons and
// links are named as a person names them (by label or visible text) or by a
// CSS selector. It works the same with JavaScript switched off in the page.
//
// It is not a general driver: what a story needs and a person can't do has no
// verb. Start with [Start] and [Browser.Tab].
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A Browser is one Chromium process with a fresh profile, which ends with the test.
type Browser struct {
	t   testing.TB
	ctx context.Context
}

// Find returns the path of an installed Chromium or Chrome, or "".
func Find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Start starts Chromium. Without one, the test is skipped, or fails where
// nothing may be skipped (CI=true in the environment).
func Start(t testing.TB) *Browser {
	t.Helper()
	Need(t)
	// Registered after TempDir, so that the process is gone before its folder is removed.
	b, stop, err := Launch(t.TempDir())
	t.Cleanup(stop)
	if err != nil {
		t.Fatal(err)
	}
	return b.For(t)
}

// Need skips the test, or fails it in continuous integration, where there is no Chromium.
func Need(t testing.TB) {
	t.Helper()
	if Find() != "" {
		return
	}
	const missing = "no Chromium in PATH: install the package chromium to run this test"
	if os.Getenv("CI") == "true" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

// Launch starts a Chromium that several tests share, each through [Browser.For].
// Its profile is kept in dir. stop ends it, and may be called after an error too.
// Names under .test, which RFC 2606 reserves, lead to this machine.
func Launch(dir string) (b *Browser, stop func(), err error) {
	path := Find()
	if path == "" {
		return nil, func() {}, errors.New("no Chromium in PATH")
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.UserDataDir(dir),
		chromedp.Headless,
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-breakpad", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
		chromedp.Flag("disable-features", "Translate"),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("host-resolver-rules", "MAP *.test 127.0.0.1"),
		chromedp.Flag("lang", "fr"),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("password-store", "basic"),
	)
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	stop = func() { cancel(); stopAllocator() }
	if err := chromedp.Do(ctx); err != nil {
		return nil, stop, fmt.Errorf("start %s: %w", path, err)
	}
	return &Browser{ctx: ctx}, stop, nil
}

// For returns the same browser for a subtest, which its tabs then end with.
func (b *Browser) For(t testing.TB) *Browser { return &Browser{t: t, ctx: b.ctx} }

// Tab opens a tab for someone new: it shares no cookie and no storage with the others.
func (b *Browser) Tab() *Tab {
	b.t.Helper()
	return b.open(b.ctx, chromedp.WithNewBrowserContext())
}

// NewTab opens another tab of the same person: cookies and storage are shared.
// It stays usable as long as the first tab of that person is open.
func (tab *Tab) NewTab() *Tab {
	tab.t.Helper()
	return tab.browser.open(tab.person)
}

func (b *Browser) open(parent context.Context, opts ...chromedp.ContextOption) *Tab {
	b.t.Helper()
	tab := &Tab{t: b.t, browser: b, Patience: 15 * time.Second}
	ctx, cancel := chromedp.NewContext(parent, append(opts,
		chromedp.WithListener(func(ev any) { tab.hear(ev) }))...)
	b.t.Cleanup(cancel)
	tab.ctx, tab.person = ctx, ctx
	if parent != b.ctx {
		tab.person = parent
	}
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		tab.frame(cdp.FrameID(target.TargetID))
		return nil
	}))
	if err != nil {
		b.t.Fatalf("open a tab: %v", err)
	}
	tab.Size(1280, 900)
	tab.emulate()
	return tab
}

// Close closes the tab, as someone does who leaves in the middle: no question is answered.
func (tab *Tab) Close() {
	tab.t.Helper()
	if _, err := chromedp.Call(tab.ctx, page.Close, cdp.Empty{}); err != nil {
		tab.t.Fatalf("Close: %v", err)
	}
}

// Size sets the viewport, in CSS pixels. Under 600 px wide it is a phone: touch, mobile layout.
func (tab *Tab) Size(width, height int) {
	tab.t.Helper()
	var opts []chromedp.EmulateViewportOption
	if width < 600 {
		opts = append(opts, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	tab.must("Size", chromedp.EmulateViewport(int64(width), int64(height), opts...))
}

// Dark makes the page see a person who prefers dark colours.
func (tab *Tab) Dark() { tab.t.Helper(); tab.dark = true; tab.emulate() }

// Light makes the page see a person who prefers light colours; this is the default.
func (tab *Tab) Light() { tab.t.Helper(); tab.dark = false; tab.emulate() }

// Print shows the page as it would be printed, until Screen.
func (tab *Tab) Print() { tab.t.Helper(); tab.media = "print"; tab.emulate() }

// Screen shows the page as on a screen; this is the default.
func (tab *Tab) Screen() { tab.t.Helper(); tab.media = "screen"; tab.emulate() }

// emulate sends the media that the page sees. Motion is always reduced, so that
// no verb has to wait for an animation.
func (tab *Tab) emulate() {
	tab.t.Helper()
	scheme := "light"
	if tab.dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(tab.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: tab.media,
		Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		},
	})
	if err != nil {
		tab.t.Fatalf("emulate media: %v", err)
	}
}

// WithoutJavaScript switches the scripts of pages off, from the next page that is opened.
func (tab *Tab) WithoutJavaScript() { tab.t.Helper(); tab.scripts(false) }

// WithJavaScript switches them on again, from the next page that is opened.
func (tab *Tab) WithJavaScript() { tab.t.Helper(); tab.scripts(true) }

func (tab *Tab) scripts(on bool) {
	tab.t.Helper()
	_, err := chromedp.Call(tab.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: !on})
	if err != nil {
		tab.t.Fatalf("switch JavaScript: %v", err)
	}
}

// Screenshot writes the whole page, however long, as a PNG file.
func (tab *Tab) Screenshot(path string) {
	tab.t.Helper()
	picture, err := chromedp.Run(tab.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		tab.fail("Screenshot", err.Error())
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		tab.t.Fatalf("Screenshot: %v", err)
	}
}
