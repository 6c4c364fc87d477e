// Package demo looks at the demonstration as whoever starts it does: the real
// program on a folder of its own, its printed links, its pages. What stands
// behind them is read in its database.
package demo

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"bourgeon/app/joining"
	"bourgeon/e2e/program"
	"bourgeon/press"
	"bourgeon/store"
)

func TestMain(m *testing.M) { os.Exit(program.Main(m)) }

const patience = 2 * time.Minute // a minute is promised on a machine that has nothing else to do

// show starts the demonstration and returns what it prints until it says how
// to stop it, and how to.
func show(t *testing.T, data string) (printed string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	late := time.AfterFunc(patience, cancel)
	defer late.Stop() // once it is ready, it may be looked at for as long as that takes
	command := exec.CommandContext(ctx, program.Path(t), "demo", "--listen", "127.0.0.1:0", "--data", data)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		if err := command.Wait(); err != nil {
			t.Errorf("the demonstration ends with %v", err)
		}
	}
	var said strings.Builder
	for lines := bufio.NewReader(out); !strings.Contains(said.String(), "Ctrl-C"); {
		line, err := lines.ReadString('\n')
		if said.WriteString(line); err != nil {
			stop()
			t.Fatalf("the demonstration never says how to stop it: %v\n%s", err, said.String())
		}
	}
	return said.String(), stop
}

var address = regexp.MustCompile(`(?m)^The demonstration network is at (http://\S+)$`)

func TestDemo(t *testing.T) {
	data := t.TempDir()
	program.Path(t)
	begun := time.Now()
	printed, stop := show(t, data)
	t.Logf("ready after %v", time.Since(begun).Round(10*time.Millisecond))
	found := address.FindStringSubmatch(printed)
	if found == nil {
		t.Fatalf("the address isn't printed:\n%s", printed)
	}
	base := found[1]
	if before, _, _ := strings.Cut(printed, "\n\n"); strings.Count(before, "\n") == 0 || strings.Contains(before, "\r") {
		t.Errorf("progress off a terminal is plain lines: %q", before)
	}
	s, err := store.Open(t.Context(), filepath.Join(data, "bourgeon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	t.Run("content", func(t *testing.T) { checkTerritory(t, s.Reader) })
	t.Run("links", func(t *testing.T) { checkLinks(t, s.Reader, base) })
	t.Run("doors", func(t *testing.T) { checkDoors(t, s, printed, base) })
	t.Run("French", func(t *testing.T) { checkFrench(t, printed, base) })
	before := count(t, s)
	stop()

	// The same folder again: nothing is added, and the links still work.
	begun = time.Now()
	printed, stop = show(t, data)
	defer stop()
	t.Logf("again after %v", time.Since(begun).Round(10*time.Millisecond))
	if after := count(t, s); after != before {
		t.Errorf("%d entries, then %d", before, after)
	}
	if found = address.FindStringSubmatch(printed); found == nil {
		t.Fatalf("the address isn't printed:\n%s", printed)
	}
	t.Run("doors again", func(t *testing.T) { checkDoors(t, s, printed, found[1]) })
}

func count(t *testing.T, s *store.Store) int {
	t.Helper()
	n, err := s.CountEntries(t.Context(), press.Itself, store.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
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
func checkDoors(t *testing.T, s *store.Store, printed, base string) {
	criee, err := s.SiteBySlug(t.Context(), press.Itself, "la-criee")
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
	door := &joining.Door{Store: s, Now: time.Now}
	links := demoLink.FindAllStringSubmatch(printed, -1)
	if len(links) != len(may) {
		t.Fatalf("%d links are printed:\n%s", len(links), printed)
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
		v, err := door.Viewer(t.Context(), cookies[0].Value)
		if err != nil || !v.Known() || !may[role](v) {
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

// TestDemoNeedsItsPort takes the port before the work.
func TestDemoNeedsItsPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	data := t.TempDir()
	command := exec.CommandContext(t.Context(), program.Path(t), "demo", "--listen", taken.Addr().String(), "--data", data)
	said, err := command.CombinedOutput()
	if err == nil || command.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "--listen") {
		t.Errorf("%v: %s", err, said)
	}
	if left, err := os.ReadDir(data); err != nil || len(left) > 0 {
		t.Errorf("it began all the same: %v, %v", left, err)
	}
}
