package stories_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	cdpnetwork "github.com/chromedp/cdproto/network"

	"bourgeon/e2e/browser"
	"bourgeon/kit/post"
)

// What all stories of a process share.
var (
	program  string
	chromium *browser.Browser
)

func TestMain(m *testing.M) { os.Exit(tell(m)) }

func tell(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bourgeon-stories-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "bourgeon")
	build := exec.Command("go", "build", "-o", program, "bourgeon/cmd/bourgeon")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build bourgeon: %v\n%s", err, said)
		return 1
	}
	if browser.Find() != "" {
		shared, stop, err := browser.Launch(filepath.Join(dir, "profile"))
		defer stop()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		chromium = shared
	}
	return m.Run()
}

const (
	patience = 20 * time.Second
	tick     = 20 * time.Millisecond
)

// eventually waits until try gives no reason against.
func eventually(t testing.TB, try func() (why string)) {
	t.Helper()
	deadline := time.Now().Add(patience)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		why := try()
		if why == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(why)
		}
		<-ticker.C
	}
}

// network is one installation: its folder of data, and the program serving it.
type network struct {
	t      testing.TB
	data   string
	listen string
	base   string   // public address
	site   string   // of the site, without a last slash
	flags  []string // of serve
	serve  *exec.Cmd
	log    *journal
	taken  map[string]bool // mails read
	// entered are the cookies of clients that signed in.
	entered map[string]http.CookieJar
}

// journal is what the program says on its standard error.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// The people of every story.
const (
	animator = "sterenn@example.org"
	steward  = "nolwenn@example.org"
	author   = "yann@example.org"
)

// prepare makes a network with the site "bourg", not yet served. base may be
// "", for the address that it listens on.
func prepare(t testing.TB, base string, flags ...string) *network {
	t.Helper()
	listen := freePort(t)
	if base == "" {
		base = "http://" + strings.Replace(listen, "127.0.0.1", "localhost", 1)
	}
	n := &network{t: t, data: t.TempDir(), listen: listen, base: base, site: base + "/bourg", flags: flags, log: &journal{}, taken: map[string]bool{}, entered: map[string]http.CookieJar{}}
	n.run("site", "create", "bourg", "--name", "Le Bourg", "--tagline", "La vie du bourg", "--steward", steward)
	n.run("person", "role", "--site", "bourg", "--name", "Sterenn", animator, "animator")
	return n
}

// open serves a network with one site.
func open(t testing.TB, flags ...string) *network {
	t.Helper()
	n := prepare(t, "", flags...)
	n.start()
	return n
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// run runs a command of the program on the network's data.
func (n *network) run(words ...string) string {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, words...)
	cmd.Env = n.environment()
	said, err := cmd.CombinedOutput()
	if err != nil {
		n.t.Fatalf("bourgeon %s: %v\n%s", strings.Join(words, " "), err, said)
	}
	return string(said)
}

func (n *network) environment() []string {
	return append(os.Environ(), "BOURGEON_DATA="+n.data, "BOURGEON_BASE_URL="+n.base)
}

// start serves the network, until the test ends.
func (n *network) start() {
	n.t.Helper()
	n.serve = exec.Command(program, append([]string{"serve", "--listen", n.listen, "--name", "Pays de Porzh-Avel"}, n.flags...)...)
	n.serve.Env = n.environment()
	n.serve.Stderr = n.log
	if err := n.serve.Start(); err != nil {
		n.t.Fatal(err)
	}
	served := n.serve
	n.t.Cleanup(func() {
		if served == n.serve {
			n.stop(syscall.SIGTERM)
		}
		if n.t.Failed() {
			n.t.Logf("the program said:\n%s", warnings(n.log.String()))
		}
	})
	eventually(n.t, func() string {
		answer, err := http.Get("http://" + n.listen + "/healthz")
		if err != nil {
			return fmt.Sprintf("no answer: %v\n%s", err, n.log)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return answer.Status
		}
		return ""
	})
}

// stop ends the program by a signal, and waits for its end.
func (n *network) stop(signal os.Signal) {
	n.t.Helper()
	if n.serve.ProcessState != nil {
		return
	}
	if err := n.serve.Process.Signal(signal); err != nil {
		n.t.Errorf("stop: %v", err)
	}
	err := n.serve.Wait()
	if signal == syscall.SIGTERM && err != nil {
		n.t.Errorf("the program ended with %v\n%s", err, n.log)
	}
}

// warnings are the lines of a log that tell of trouble.
func warnings(log string) string {
	var lines []string
	for line := range strings.Lines(log) {
		if !strings.Contains(line, `"level":"INFO"`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// at is the address of a path of the site.
func (n *network) at(path string) string { return n.site + path }

// someone opens a tab for a person who is new here.
func (n *network) someone() *browser.Tab {
	n.t.Helper()
	browser.Need(n.t)
	return chromium.For(n.t).Tab()
}

// mail waits for a mail to someone whose subject holds some words, and takes it.
func (n *network) mail(to, about string) post.Stored {
	n.t.Helper()
	var found post.Stored
	eventually(n.t, func() string {
		all, err := post.Read(filepath.Join(n.data, "outbox"), 0)
		if err != nil {
			return err.Error()
		}
		why := fmt.Sprintf("no mail to %s about %q; there are:", to, about)
		for _, m := range all {
			why += fmt.Sprintf("\n  to %s: %s", m.To, m.Subject)
			if strings.Contains(m.To, to) && strings.Contains(plain(m.Subject), about) && !n.taken[m.File] {
				n.taken[m.File] = true
				found = m
				return ""
			}
		}
		return why
	})
	return found
}

// plain writes no-break spaces, which French sets before some signs, as people type them.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

var (
	sixDigits = regexp.MustCompile(`\b\d{6}\b`)
	address   = regexp.MustCompile(`https?://\S+`)
)

func code(t testing.TB, m post.Stored) string {
	t.Helper()
	found := sixDigits.FindString(m.Text)
	if found == "" {
		t.Fatalf("no code in the mail:\n%s", m.Text)
	}
	return found
}

// link is the first address in a mail that holds part.
func link(t testing.TB, m post.Stored, part string) string {
	t.Helper()
	for _, found := range address.FindAllString(m.Text, -1) {
		if strings.Contains(found, part) {
			return strings.TrimRight(found, ".,)")
		}
	}
	t.Fatalf("no link with %s in the mail:\n%s", part, m.Text)
	return ""
}

// signIn signs someone in with the link of a mail.
func (n *network) signIn(tab *browser.Tab, email string) {
	n.t.Helper()
	tab.Open(n.at("/signin"))
	tab.Fill("[name=email]", email)
	tab.Press("main form .button")
	tab.Open(link(n.t, n.mail(email, "Votre code"), "/confirm/"))
	tab.Press("main form .button")
}

// silent ends a story: the browser had nothing to complain about on any page, but for what the story itself brought about.
func silent(t testing.TB, tab *browser.Tab, expected ...string) {
	t.Helper()
complaints:
	for _, said := range tab.Complaints() {
		// Over plain http elsewhere than on this machine, as in the stories of domains, the header is of no use.
		for _, known := range append(expected, "Cross-Origin-Opener-Policy header has been ignored") {
			if strings.Contains(said, known) {
				continue complaints
			}
		}
		t.Errorf("the console said %q", said)
	}
}

// lend gives a tab the session of a client.
func lend(t testing.TB, tab *browser.Tab, c *client, base string) {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range c.http.Jar.Cookies(u) {
		_, err := browser.Call(tab, cdpnetwork.SetCookie, cdpnetwork.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: base})
		if err != nil {
			t.Fatal(err)
		}
	}
}
