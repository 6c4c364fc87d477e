package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/store"
)

// smallDisk mounts a file system of some bytes for the test, which only root
// may.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size)
	if errors.Is(err, syscall.EPERM) && (os.Getenv("CI") != "true" || os.Getuid() != 0) {
		t.Skip("only root may mount a small disk to fill")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill leaves no room on a disk; the file returned can be removed to make some.
func fill(t *testing.T, dir string) string {
	t.Helper()
	name := filepath.Join(dir, "ballast")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return name
}

// state is what an act that failed must leave as it was.
type state struct {
	entries, drafts, published int
	version                    int64
}

var signing = press.Signing{Kind: press.SignName, Name: "Aziliz", Charter: true}

// TestFullDisk fills the disk under a network, and makes room again.
func TestFullDisk(t *testing.T) {
	disk := smallDisk(t, "12m")
	data := filepath.Join(disk, "data")
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--openness", "open", "--data", data)
	h, err := open(t.Context(), settings{Data: data, BaseURL: "http://localhost:8080"}, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	person := writer(t, h, 1)
	if _, err := publish(t, h, person, "Quand il y avait de la place"); err != nil {
		t.Fatal(err)
	}
	var drafts []press.Draft
	for n := range 40 {
		drafts = append(drafts, begin(t, h, person, fmt.Sprintf("Ce qui attendait %d", n)))
	}
	handler, err := h.handler(serving{log: slog.New(slog.DiscardHandler), now: time.Now})
	if err != nil {
		t.Fatal(err)
	}

	ballast := fill(t, disk)
	before := stateOf(t, h, person)
	site, form := home(t, h)
	big := editing.Work{Content: press.Content{Answers: press.Answers{"title": {"Trop tard"}, "text": {strings.Repeat("Un texte. ", 50_000)}}}}
	acts := map[string]func() error{
		"begin": func() error {
			_, err := h.editor.Begin(t.Context(), person, site, form, big)
			return err
		},
		"save": func() error {
			_, err := h.editor.Save(t.Context(), person, drafts[0].Key(), drafts[0].Version, big)
			return err
		},
		"picture": func() error {
			_, err := h.cabinet.Keep(t.Context(), person, site.ID, drafts[0].Key(), "photo.png", bytes.NewReader(photo("une photo")))
			return err
		},
	}
	for name, act := range acts {
		err := act()
		if press.KindOf(err) != press.Unavailable {
			t.Errorf("%s on a full disk: %v", name, err)
			continue
		}
		if p, ok := errors.AsType[*press.Error](err); !ok || !strings.Contains(p.Message, "disk is full") {
			t.Errorf("%s on a full disk says %v", name, err)
		}
	}
	// What fits into the room that the database already has may still be
	// published; what doesn't is refused whole.
	var refused []press.Draft
	for _, d := range drafts {
		signed, err := h.editor.Sign(t.Context(), person, d.Key(), d.Version, signing)
		switch {
		case press.KindOf(err) == press.Unavailable:
			refused = append(refused, d)
		case err != nil || signed.Entry.Status != press.Published:
			t.Fatalf("neither published nor refused: %s, %v", signed.Entry.Status, err)
		}
	}
	after := stateOf(t, h, person)
	if len(refused) == 0 {
		t.Error("a full disk refuses no publication")
	}
	want := before
	n := len(drafts) - len(refused)
	want.entries, want.published, want.version, want.drafts = before.entries+n, before.published+n, before.version+int64(n), before.drafts-n
	if after != want {
		t.Errorf("with %d published meanwhile: %+v, want %+v", n, after, want)
	}
	t.Logf("%d publications still fitted, %d were refused", n, len(refused))
	pageSaysSo(t, handler, "/mag/write/article")
	pageSaysSo(t, handler, "/mag/draft/"+drafts[0].Key())
	checkWhole(t, filepath.Join(data, databaseFile))

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if _, err := publish(t, h, person, "La place est revenue"); err != nil {
		t.Errorf("with room again: %v", err)
	}
	for _, d := range refused {
		// Signing keeps what was typed before anything else; that may have fitted.
		if d, err = h.editor.Open(t.Context(), person, d.Key()); err != nil {
			t.Fatal(err)
		}
		signed, err := h.editor.Sign(t.Context(), person, d.Key(), d.Version, signing)
		if err != nil || signed.Entry.Status != press.Published || !strings.HasPrefix(signed.Entry.Title, "Ce qui attendait") {
			t.Errorf("what waited: %s, %v", signed.Entry.Status, err)
		}
	}
	checkWhole(t, filepath.Join(data, databaseFile))
}

func home(t *testing.T, h *house) (press.Site, press.Form) {
	t.Helper()
	site, err := h.store.SiteBySlug(t.Context(), press.Itself, "mag")
	if err != nil {
		t.Fatal(err)
	}
	form, err := h.store.FormBySlug(t.Context(), press.Itself, site.ID, "article")
	if err != nil {
		t.Fatal(err)
	}
	return site, form
}

func begin(t *testing.T, h *house, v press.Viewer, title string) press.Draft {
	t.Helper()
	site, form := home(t, h)
	d, err := h.editor.Begin(t.Context(), v, site, form, editing.Work{Content: press.Content{
		Answers: press.Answers{"title": {title}, "text": {"Un texte."}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func stateOf(t *testing.T, h *house, v press.Viewer) state {
	t.Helper()
	site, _ := home(t, h)
	all := []press.Status{press.Drafted, press.Proposed, press.Published}
	entries, err := h.store.CountEntries(t.Context(), press.Itself, store.Selection{Statuses: all})
	if err != nil {
		t.Fatal(err)
	}
	published, err := h.store.CountEntries(t.Context(), press.Itself, store.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := h.store.Drafts(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	return state{entries: entries, drafts: len(drafts), published: published, version: site.Version}
}

// pageSaysSo sends a form as a browser does: the page keeps what was typed.
func pageSaysSo(t *testing.T, handler http.Handler, path string) {
	t.Helper()
	form := url.Values{"title": {"Trop tard"}, "text": {strings.Repeat("Un texte précieux. ", 30_000)}, "version": {"1"}}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost:8080"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "fr")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(string(body), "disque") {
		t.Errorf("%s answers %d\n%.3000s", path, w.Code, body)
	}
	if n := strings.Count(string(body), "Un texte précieux."); n < 30_000 {
		t.Errorf("%s gives back %d sentences of 30000", path, n)
	}
}
