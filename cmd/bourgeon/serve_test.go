package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bourgeon/kit/post"
)

// process is bourgeon as a process of its own.
type process struct {
	*exec.Cmd
	mu    sync.Mutex
	log   bytes.Buffer
	lines chan map[string]any // of the log, as they come
	ended chan struct{}
}

// start runs a command line that goes on until it is stopped.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], args...), lines: make(chan map[string]any, 10_000), ended: make(chan struct{})}
	p.Env = append(os.Environ(), envMain+"=1")
	said, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go p.read(said)
	t.Cleanup(func() {
		_ = p.Process.Kill()
		<-p.ended
	})
	return p
}

func (p *process) read(said io.Reader) {
	for scanner := bufio.NewScanner(said); scanner.Scan(); {
		p.mu.Lock()
		p.log.Write(append(scanner.Bytes(), '\n'))
		p.mu.Unlock()
		var line map[string]any
		if json.Unmarshal(scanner.Bytes(), &line) != nil {
			line = map[string]any{"plain": scanner.Text()}
		}
		p.lines <- line
	}
	_ = p.Wait() // ProcessState tells
	close(p.ended)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

const patience = 30 * time.Second

// await waits for a line of the log.
func (p *process) await(t *testing.T, message string) map[string]any {
	t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case line := <-p.lines:
			if line["msg"] == message {
				return line
			}
		case <-timeout:
			t.Fatalf("%q is never logged:\n%s", message, p.said())
		}
	}
}

// serveNetwork makes a network with a site and a steward, and serves it.
func serveNetwork(t *testing.T, more ...string) (p *process, base, data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--data", data, "--steward", "nolwenn@secret.example")
	p = start(t, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, more...)...)
	address, ok := p.await(t, "serving")["listen"].(string)
	if !ok {
		t.Fatalf("the log doesn't say where it listens:\n%s", p.said())
	}
	return p, "http://" + address, data
}

func fetch(t *testing.T, request *http.Request) (status int, body string) {
	t.Helper()
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(all)
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return fetch(t, request)
}

// TestServe looks at a serving program from outside.
func TestServe(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	measures := free.Addr().String()
	free.Close()
	p, base, data := serveNetwork(t, "--metrics", measures, "--trust-proxy")

	if status, body := get(t, base+"/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d %q", status, body)
	}
	for _, path := range []string{"/", "/mag/", "/mag/feed.atom", "/mag/write"} {
		if status, _ := get(t, base+path); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, body := get(t, base+"/metrics"); status != http.StatusNotFound || strings.Contains(body, "process_resident") {
		t.Errorf("measures on the public address: %d", status)
	}
	status, body := get(t, "http://"+measures+"/metrics")
	if status != http.StatusOK || !strings.Contains(body, "process_resident_memory_bytes") || !strings.Contains(body, `route="site GET /{$}"`) {
		t.Errorf("measures: %d\n%.2000s", status, body)
	}
	if status, _ := get(t, "http://"+measures+"/"); status != http.StatusNotFound {
		t.Errorf("the measures' address serves pages too: %d", status)
	}

	// Somebody signs in from a known address; the log must not tell who or whence.
	form := url.Values{"email": {"nolwenn@secret.example"}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/signin", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Forwarded-For", "203.0.113.77")
	if status, body := fetch(t, request); status >= 400 {
		t.Fatalf("signing in: %d\n%s", status, body)
	}
	mail := delivered(t, filepath.Join(data, outboxFolder))
	if !strings.Contains(mail.To, "nolwenn@secret.example") {
		t.Errorf("the mail goes to %s", mail.To)
	}
	if status, _ := get(t, base+"/nulle-part?email=nolwenn@secret.example"); status != http.StatusNotFound {
		t.Errorf("nowhere: %d", status)
	}
	stop(t, p)
	checkLog(t, p.said(), strings.TrimPrefix(base, "http://"))
}

// delivered waits for the first mail of an outbox.
func delivered(t *testing.T, outbox string) post.Stored {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		mails, err := post.Read(outbox, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(mails) > 0 {
			return mails[0]
		}
	}
	t.Fatal("no mail was sent")
	return post.Stored{}
}

// stop asks the program to stop, and wants it to, well and soon.
func stop(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Fatalf("it doesn't stop:\n%s", p.said())
	}
	if code := p.ProcessState.ExitCode(); code != done {
		t.Errorf("stopped with exit code %d:\n%s", code, p.said())
	}
}

// checkLog wants JSON that tells nothing of people.
func checkLog(t *testing.T, log, listen string) {
	t.Helper()
	requests := 0
	for line := range strings.Lines(log) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Errorf("not JSON: %s", line)
			continue
		}
		if fields["msg"] == "request" {
			requests++
		}
		for _, private := range []string{"@", "nolwenn", "203.0.113.77", "127.0.0.1"} {
			if strings.Contains(strings.ReplaceAll(line, listen, ""), private) && fields["msg"] != "serving" {
				t.Errorf("the log holds %q: %s", private, line)
			}
		}
	}
	if requests < 5 {
		t.Errorf("%d requests are logged", requests)
	}
}

// TestStopWithARequestUnderWay stops the program while somebody's form is half
// sent: they are answered, and nobody after them.
func TestStopWithARequestUnderWay(t *testing.T) {
	p, base, data := serveNetwork(t)
	address := strings.TrimPrefix(base, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := url.Values{"email": {"nolwenn@secret.example"}}.Encode()
	fmt.Fprintf(conn, "POST /signin HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", address, len(body))
	answers := bufio.NewReader(conn)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100") { // the handler reads the form
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, body[:5])

	begun := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.await(t, "stopping")
	for deadline := time.Now().Add(patience); ; { // the door closes
		late, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		late.Close()
		if time.Now().After(deadline) {
			t.Fatal("it still takes visitors")
		}
	}
	select {
	case <-p.ended:
		t.Fatalf("it stopped with a request under way:\n%s", p.said())
	default:
	}
	fmt.Fprint(conn, body[5:])
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode >= 400 {
		t.Errorf("answered %d, %v", answer.StatusCode, err)
	}
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Fatalf("it doesn't stop:\n%s", p.said())
	}
	if took := time.Since(begun); p.ProcessState.ExitCode() != done || took > 10*time.Second {
		t.Errorf("exit code %d after %v\n%s", p.ProcessState.ExitCode(), took, p.said())
	}
	s := look(t, filepath.Join(data, databaseFile))
	jobs, err := s.JobCounts(t.Context())
	const ofTheStart = 1 // that looks for old pictures
	if err != nil || jobs["waiting"]+jobs["done"] != 1+ofTheStart || jobs["running"] != 0 {
		t.Errorf("what the last visitor asked for is lost, or left half done: %v, %v", jobs, err)
	}
}
