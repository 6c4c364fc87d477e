// Package program builds the real bourgeon, once for all tests of a process,
// and runs it as a process of its own: what tests kill, measure and visit.
//
// It knows the command line and nothing of what is inside. Start with Serve.
package program

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Path is the binary's, built at the first call. Main removes it.
func Path(tb testing.TB) string {
	tb.Helper()
	path, err := build()
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

var folder struct {
	sync.Mutex
	path string
}

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "bourgeon-program-")
	if err != nil {
		return "", err
	}
	folder.Lock()
	folder.path = dir
	folder.Unlock()
	path := filepath.Join(dir, "bourgeon")
	said, err := exec.Command("go", "build", "-o", path, "bourgeon/cmd/bourgeon").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build bourgeon: %w\n%s", err, said)
	}
	return path, nil
})

// Main is what TestMain hands to os.Exit: it runs the tests, then removes the
// binary.
func Main(m *testing.M) int {
	code := m.Run()
	folder.Lock()
	defer folder.Unlock()
	if folder.path != "" {
		_ = os.RemoveAll(folder.path) // a temporary folder: not worth a failure
	}
	return code
}

// Server is a running `bourgeon serve`.
type Server struct {
	Base    string // http://127.0.0.1:port, which it also takes for its public address
	Started time.Duration
	command *exec.Cmd
	log     *logs
	ended   chan error
}

// Serve starts `bourgeon serve` on the data of a folder and a free port, and
// waits until it answers. More arguments follow its own. It is killed at the
// end of the test unless it ended before.
func Serve(tb testing.TB, data string, more ...string) *Server {
	tb.Helper()
	s, err := serve(tb.Context(), Path(tb), data, more)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Kill() })
	return s
}

const patience = 30 * time.Second

func serve(ctx context.Context, path, data string, more []string) (*Server, error) {
	begun := time.Now()
	s := &Server{log: &logs{listening: make(chan string, 1)}, ended: make(chan error, 1)}
	args := append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, more...)
	s.command = exec.Command(path, args...)
	said, err := s.command.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		s.log.read(said)
		s.ended <- s.command.Wait()
	}()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case address := <-s.log.listening:
		s.Base = "http://" + address
	case err := <-s.ended:
		s.ended <- err
		return nil, fmt.Errorf("bourgeon serve ended: %w\n%s", err, s.Log())
	case <-ctx.Done():
		s.Kill()
		return nil, fmt.Errorf("bourgeon serve doesn't listen\n%s", s.Log())
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Base+"/healthz", http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.Kill()
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.Kill()
		return nil, fmt.Errorf("bourgeon serve is not well: %s\n%s", answer.Status, s.Log())
	}
	s.Started = time.Since(begun)
	return s, nil
}

// PID is the process's.
func (s *Server) PID() int { return s.command.Process.Pid }

// Log is what the program has written so far.
func (s *Server) Log() string { return s.log.String() }

// Kill ends the process as a power cut would (SIGKILL), and waits until it is
// gone.
func (s *Server) Kill() {
	_ = s.command.Process.Kill() // it may have ended before
	s.ended <- <-s.ended
}

// Stop asks the process to stop (SIGTERM), waits until it has, and returns its
// exit code and how long it took.
func (s *Server) Stop() (code int, took time.Duration, err error) {
	begun := time.Now()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, 0, err
	}
	err = <-s.ended
	s.ended <- err
	if _, exited := errors.AsType[*exec.ExitError](err); exited {
		err = nil
	}
	return s.command.ProcessState.ExitCode(), time.Since(begun), err
}

// logs keeps what the program writes, and finds in it where it listens.
type logs struct {
	mu        sync.Mutex
	text      bytes.Buffer
	listening chan string
}

func (l *logs) read(r io.Reader) {
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadBytes('\n')
		l.mu.Lock()
		l.text.Write(line)
		l.mu.Unlock()
		var said struct{ Msg, Listen string }
		if json.Unmarshal(line, &said) == nil && said.Msg == "serving" {
			l.listening <- said.Listen
		}
		if err != nil {
			return
		}
	}
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
