package pgtemp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	if os.Getenv("PGTEMP_TEST_CHILD") != "" {
		c, err := Start(context.Background())
		if err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		fmt.Println(c.dir)
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func start(t *testing.T) *Cluster {
	t.Helper()
	c, err := Start(t.Context())
	if errors.Is(err, ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	return c
}

func query[T any](t *testing.T, url, statement string) (value T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), statement).Scan(&value); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return value
}

func TestCluster(t *testing.T) {
	began := time.Now()
	c := start(t)
	t.Logf("ready after %v", time.Since(began).Round(time.Millisecond))
	ctx := t.Context()

	if err := c.CreateDatabase(ctx, "model", ""); err != nil {
		t.Fatal(err)
	}
	if got := query[int](t, c.URL("model"), "with x as (select 7 as n) select n from x"); got != 7 {
		t.Errorf("got %d", got)
	}
	conn, err := pgx.Connect(ctx, c.URL("model"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "create table t as select 'été' as x"); err != nil {
		t.Fatal(err)
	}
	conn.Close(ctx)

	const odd = `a "test" / name?` // any text is a name
	if err := c.CreateDatabase(ctx, odd, "model"); err != nil {
		t.Fatal(err)
	}
	if got := query[string](t, c.URL(odd), "select x from t"); got != "été" {
		t.Errorf("the copy holds %q", got)
	}
	if err := c.CreateDatabase(ctx, odd, "model"); err == nil {
		t.Error("a database was created twice")
	}
	for range 2 {
		if err := c.DropDatabase(ctx, odd); err != nil {
			t.Error(err)
		}
	}
	for setting, want := range map[string]string{
		"server_encoding": "UTF8", "fsync": "off", "listen_addresses": "", "TimeZone": "UTC",
	} {
		if got := query[string](t, c.URL("postgres"), "show "+setting); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}

	c.Stop()
	c.Stop()
	if _, err := os.Stat(c.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestTheServerDiesWithItsProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends the server with a killed process")
	}
	if _, err := programs(); err != nil {
		t.Skip(err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "PGTEMP_TEST_CHILD=1", "TMPDIR="+os.TempDir())
	stdin, err := child.StdinPipe() // ends the child if this process dies first
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	dir := strings.TrimSpace(line)
	if err != nil || !strings.HasPrefix(dir, "/") {
		child.Process.Kill()
		child.Wait()
		t.Fatalf("child says %q, %v", line, err)
	}
	defer os.RemoveAll(dir)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()

	socket := filepath.Join(dir, ".s.PGSQL.5432")
	deadline := time.Now().Add(20 * time.Second)
	for {
		conn, err := net.Dial("unix", socket)
		if err != nil {
			break
		}
		conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("the server lives on")
		}
		runtime.Gosched()
	}

	// What was left is removed by a later Start, once it is old enough.
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(dir, old, old); err != nil {
		t.Fatal(err)
	}
	sweep(filepath.Dir(dir))
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestSweepSparesLockedFolders(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, prefix+"1")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	unlock, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(dir, old, old); err != nil {
		t.Fatal(err)
	}
	sweep(parent)
	if _, err := os.Stat(dir); err != nil {
		t.Errorf("a locked folder was removed: %v", err)
	}
	unlock()
	sweep(parent)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an abandoned folder is still there: %v", err)
	}
}

func TestCanceledStartLeavesNothing(t *testing.T) {
	if _, err := programs(); err != nil {
		t.Skip(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Start = %v, want %v", err, context.Canceled)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
