package main

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"bourgeon/cmd/bourgeon/demo"
	"bourgeon/press"
	"bourgeon/store"
)

// TestDemo seeds the demonstration once, and looks at what it shows.
func TestDemo(t *testing.T) {
	var door *demoDoor
	address := httptest.NewUnstartedServer(nil)
	base := "http://" + address.Listener.Addr().String()
	clock, log := &demo.Clock{}, slog.New(slog.DiscardHandler)
	h, err := open(t.Context(), settings{Data: t.TempDir(), BaseURL: base}, log, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	var progress bytes.Buffer
	begun := time.Now()
	guests, err := h.seed(t.Context(), clock, &progress)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("seeded in %v", time.Since(begun).Round(time.Millisecond))
	if strings.Count(progress.String(), "\n") == 0 || strings.Contains(progress.String(), "\r") {
		t.Errorf("progress off a terminal is plain lines: %q", progress.String())
	}
	handler, err := h.handler(serving{log: log, now: clock.Now, demo: true})
	if err != nil {
		t.Fatal(err)
	}
	door = newDemoDoor(h, guests)
	address.Config.Handler = door.open(handler)
	address.Start()
	defer address.Close()

	t.Run("content", func(t *testing.T) { checkTerritory(t, h.store.Reader) })
	t.Run("links", func(t *testing.T) { checkLinks(t, h.store.Reader, base) })
	t.Run("doors", func(t *testing.T) { checkDoors(t, h, door, base) })
	t.Run("again", func(t *testing.T) { checkSeededOnce(t, h, clock, guests) })
}

func checkTerritory(t *testing.T, r store.Reader) {
	ctx := t.Context()
	sites, err := r.Sites(ctx, press.Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	if len(sites) != 4 {
		t.Fatalf("%d sites", len(sites))
	}
	statuses := []press.Status{press.Published, press.Proposed, press.Returned, press.Withdrawn}
	count, languages := map[press.Status]int{}, map[string]int{}
	names, pictures, days := map[string]bool{}, 0, 0.0
	for _, site := range sites {
		if site.Charter == "" || site.Tagline == "" {
			t.Errorf("%s has no charter or no tagline", site.Slug)
		}
		if sections, err := r.Sections(ctx, press.Viewer{}, site.ID); err != nil || len(sections) < 3 {
			t.Errorf("%s has %d sections, %v", site.Slug, len(sections), err)
		}
		found, err := r.Entries(ctx, press.Itself, store.Selection{Site: site.ID, Statuses: statuses, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found.Entries {
			if e.ID == site.Front {
				continue
			}
			count[e.Status]++
			languages[e.Language]++
			pictures += len(e.Pictures)
			if age := time.Since(e.CreatedAt).Hours() / 24; age < -1 {
				t.Errorf("%s was written in the future", e.Slug)
			} else {
				days = max(days, age)
			}
			for _, c := range e.Credits {
				names[c.Name] = true
			}
			for _, m := range e.Pictures {
				if m.Alt == "" || m.Credit == "" {
					t.Errorf("%s: a picture without description or credit", e.Slug)
				}
			}
		}
	}
	delete(names, "")
	total := 0
	for _, n := range count {
		total += n
	}
	t.Logf("%d contributions %v, by %d names, in %v, with %d pictures, over %.0f days", total, count, len(names), languages, pictures, days)
	if total < 80 || count[press.Proposed] < 3 || count[press.Returned] < 1 {
		t.Errorf("contributions: %v", count)
	}
	if len(names) < 40 {
		t.Errorf("%d names", len(names))
	}
	if languages["fr"] < 50 || languages["br"] < 2 || languages["en"] < 2 {
		t.Errorf("languages: %v", languages)
	}
	if pictures < 30 || days < 2*365 {
		t.Errorf("%d pictures, over %.0f days", pictures, days)
	}
}

var href = regexp.MustCompile(`(?:href|src)="([^"]+)"`)

// checkLinks follows every link of this network in every published text.
func checkLinks(t *testing.T, r store.Reader, base string) {
	found, err := r.Entries(t.Context(), press.Viewer{}, store.Selection{Limit: 1000, Body: true})
	if err != nil {
		t.Fatal(err)
	}
	between, seen := 0, map[string]bool{}
	for _, e := range found.Entries {
		at, err := url.Parse(press.Addresses{Base: base}.Entry(e))
		if err != nil {
			t.Fatal(err)
		}
		for _, html := range e.Rendered {
			for _, link := range href.FindAllStringSubmatch(html, -1) {
				u, err := at.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
				if err != nil || u.Host != at.Host || strings.HasPrefix(link[1], "#") {
					continue
				}
				u.Fragment = ""
				if strings.Count(u.Path, "/") == 3 {
					between++
				}
				if seen[u.String()] {
					continue
				}
				seen[u.String()] = true
				if status, _ := get(t, u.String()); status != http.StatusOK {
					t.Errorf("%s leads to %s: %d", at.Path, u.Path, status)
				}
			}
		}
		if status, body := get(t, at.String()); status != http.StatusOK || !strings.Contains(body, "</html>") {
			t.Errorf("%s: %d", at.Path, status)
		}
	}
	if between < 5 {
		t.Errorf("%d links between contributions", between)
	}
	t.Logf("%d texts, %d links between them, %d pages followed", len(found.Entries), between, len(seen))
}

var demoLink = regexp.MustCompile(`(?m)^  (\w+) +(http://\S+/demo/\S+)$`)

// checkDoors opens each one-click link as it is printed.
func checkDoors(t *testing.T, h *house, door *demoDoor, base string) {
	var printed bytes.Buffer
	door.print(&printed, base)
	if !strings.Contains(printed.String(), base+"\n") {
		t.Errorf("the address isn't printed:\n%s", printed.String())
	}
	people := map[string]press.PersonID{}
	for _, g := range door.guests {
		people[g.role] = g.person
	}
	criee, err := h.store.SiteBySlug(t.Context(), press.Itself, "la-criee")
	if err != nil {
		t.Fatal(err)
	}
	may := map[string]func(press.Viewer) bool{
		"steward":  func(v press.Viewer) bool { return v.May(press.Steward, "", "") && v.May(press.Steward, criee.ID, "") },
		"animator": func(v press.Viewer) bool { return v.May(press.Animator, criee.ID, "") && !v.May(press.Steward, "", "") },
		"contributor": func(v press.Viewer) bool {
			return v.May(press.Contributor, criee.ID, "") && !v.May(press.Animator, criee.ID, "")
		},
	}
	links := demoLink.FindAllStringSubmatch(printed.String(), -1)
	if len(links) != len(may) {
		t.Fatalf("%d links are printed:\n%s", len(links), printed.String())
	}
	for _, link := range links {
		role, way := link[1], link[2]
		jar, _ := cookiejar.New(nil) // never fails
		browser := &http.Client{Jar: jar}
		answer, err := browser.Get(way)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || strings.Contains(answer.Request.URL.Path, "signin") {
			t.Errorf("%s arrives at %s: %d", role, answer.Request.URL, answer.StatusCode)
		}
		cookies := jar.Cookies(answer.Request.URL)
		if len(cookies) != 1 {
			t.Fatalf("%s has %d cookies", role, len(cookies))
		}
		v, err := h.door.Viewer(t.Context(), cookies[0].Value)
		if err != nil || v.Person != people[role] || !may[role](v) {
			t.Errorf("%s is %+v, %v", role, v, err)
		}
	}
	if status, _ := get(t, base+"/demo/guessed"); status != http.StatusNotFound {
		t.Errorf("a guessed link: %d", status)
	}
	if status, _ := get(t, base+"/outbox"); status != http.StatusOK {
		t.Errorf("the outbox: %d", status)
	}
}

// checkSeededOnce seeds the same folder again: nothing is added, and the
// guests are who they were.
func checkSeededOnce(t *testing.T, h *house, clock *demo.Clock, guests demo.Guests) {
	before, err := h.store.CountEntries(t.Context(), press.Itself, store.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.seed(t.Context(), clock, io.Discard)
	if err != nil || again != guests {
		t.Errorf("seeded again: %v, %v", again, err)
	}
	after, err := h.store.CountEntries(t.Context(), press.Itself, store.Selection{})
	if err != nil || after != before {
		t.Errorf("%d entries, then %d: %v", before, after, err)
	}
	if jobs, err := h.store.JobCounts(t.Context()); err != nil || len(jobs) != 0 {
		t.Errorf("the demonstration has mails to send: %v, %v", jobs, err)
	}
}

// TestDemoNeedsItsPort takes the port before the work.
func TestDemoNeedsItsPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	data := t.TempDir()
	code, _, problems := command(t, "demo", "--listen", taken.Addr().String(), "--data", data)
	if code != failed || !strings.Contains(problems, "--listen") {
		t.Errorf("exit code %d: %s", code, problems)
	}
	if left, err := os.ReadDir(data); err != nil || len(left) > 0 {
		t.Errorf("it began all the same: %v, %v", left, err)
	}
}
