// Package pgtemp starts a private PostgreSQL for tests: a cluster of its own in a temporary folder, reachable through a
// unix socket in that folder and by nothing else, gone when the process ends.
//
// It needs the PostgreSQL programs on the machine (Debian's package is enough; no server of the system is touched) and
// trades every promise of durability for speed: never use it for data. One cluster per test process is meant to be shared,
// with a database per test. Start with Start, typically in TestMain, and give each test a CreateDatabase.
package pgtemp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing says what to install.
var ErrMissing = errors.New("PostgreSQL is not installed: apt-get install postgresql")

const (
	superuser = "postgres"
	prefix    = "pgtemp-"
	// maxSocket is the longest folder in which a socket can be, given 108 bytes for its whole path (unix(7)).
	maxSocket = 107 - len("/.s.PGSQL.5432")
)

// Cluster is a running server. It is safe for concurrent use.
type Cluster struct {
	dir     string // holds data/, log, lock and the socket
	process *os.Process
	exited  chan struct{} // closed when the server has ended
	unlock  func()

	creating sync.Mutex
	stopping sync.Once
}

// Start makes a cluster and returns when it accepts connections, after a second or two. Run as root, it hands the server
// to the user postgres, or nobody. The server dies with this process, on Linux even when it is killed; what a killed process
// leaves in the temporary folder, a later Start removes. Without PostgreSQL the error is ErrMissing.
func Start(ctx context.Context) (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	owner, err := unprivileged()
	if err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	parent := os.TempDir()
	if len(parent)+len(prefix)+12 > maxSocket {
		parent = "/tmp"
	}
	sweep(parent)
	c := &Cluster{exited: make(chan struct{}), unlock: func() {}}
	if c.dir, err = os.MkdirTemp(parent, prefix); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	if err := c.start(ctx, bin, owner); err != nil {
		c.Stop()
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context, bin string, owner *user) (err error) {
	if c.unlock, err = lock(filepath.Join(c.dir, "lock")); err != nil {
		return err
	}
	if err := owner.own(c.dir); err != nil {
		return err
	}
	if err := c.initdb(ctx, bin, owner); err != nil {
		return err
	}
	if err := c.serve(bin, owner); err != nil {
		return err
	}
	return c.wait(ctx)
}

func (c *Cluster) initdb(ctx context.Context, bin string, owner *user) error {
	var output bytes.Buffer
	for _, locale := range []string{"C.UTF-8", "C"} { // not every system has the first
		output.Reset()
		cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata="+c.data(), "--no-sync", "--no-instructions",
			"--encoding=UTF8", "--locale="+locale, "--auth=trust", "--username="+superuser)
		owner.become(cmd)
		cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.dir, environment(), &output, &output
		err := cmd.Run()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("initdb: %w", ctx.Err())
		}
		if !strings.Contains(output.String(), "locale") {
			return fmt.Errorf("initdb: %w: %s", err, last(output.String()))
		}
	}
	return fmt.Errorf("initdb: %s", last(output.String()))
}

// serve starts the server. It outlives any context: only Stop, or the end of this process, ends it.
func (c *Cluster) serve(bin string, owner *user) error {
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", c.data())
	for _, setting := range []string{
		"listen_addresses=", "unix_socket_directories=" + c.dir, "port=5432", "max_connections=200",
		"fsync=off", "synchronous_commit=off", "full_page_writes=off", "timezone=UTC", "jit=off",
	} {
		cmd.Args = append(cmd.Args, "-c", setting)
	}
	owner.become(cmd)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.dir, environment(), log, log
	if err := startAndDieWithUs(cmd, c.exited); err != nil {
		return err
	}
	c.process = cmd.Process
	return nil
}

func (c *Cluster) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-c.exited:
			log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
			return fmt.Errorf("the server ended: %s", last(string(log)))
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		case <-retry.C:
		}
	}
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// URL returns the address of a database of the cluster, for pgx and every client on libpq, as its superuser.
func (c *Cluster) URL(database string) string {
	query := url.Values{"host": {c.dir}, "port": {"5432"}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}

// CreateDatabase makes a database as a copy of template, to which nobody may be connected; "" means an empty database.
// A copy of a migrated template takes some 50 ms.
func (c *Cluster) CreateDatabase(ctx context.Context, name, template string) error {
	if template == "" {
		template = "template0"
	}
	statement := "create database " + pgx.Identifier{name}.Sanitize() + " template " + pgx.Identifier{template}.Sanitize()
	if err := c.exec(ctx, statement); err != nil {
		return fmt.Errorf("create database %s: %w", name, err)
	}
	return nil
}

// DropDatabase removes a database if there is one, and ends its connections.
func (c *Cluster) DropDatabase(ctx context.Context, name string) error {
	if err := c.exec(ctx, "drop database if exists "+pgx.Identifier{name}.Sanitize()+" with (force)"); err != nil {
		return fmt.Errorf("drop database %s: %w", name, err)
	}
	return nil
}

func (c *Cluster) exec(ctx context.Context, statement string) error {
	c.creating.Lock() // one at a time: two copies of one template would refuse each other
	defer c.creating.Unlock()
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, statement)
	return err
}

// Stop ends the server at once, waits for it, and removes the folder. It may be called more than once.
func (c *Cluster) Stop() {
	c.stopping.Do(func() {
		if c.process != nil {
			c.process.Signal(quit)
			select {
			case <-c.exited:
			case <-time.After(10 * time.Second):
				c.process.Kill()
				<-c.exited
			}
		}
		c.unlock()
		os.RemoveAll(c.dir)
	})
}

// programs returns the folder of initdb and postgres: the newest of Debian's, else that of PATH.
func programs() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	version := func(folder string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		return n
	}
	slices.SortFunc(folders, func(a, b string) int { return version(b) - version(a) })
	folders = append(folders, filepath.SplitList(os.Getenv("PATH"))...)
	for _, folder := range folders {
		if isFile(filepath.Join(folder, "initdb")) && isFile(filepath.Join(folder, "postgres")) {
			return folder, nil
		}
	}
	return "", ErrMissing
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// environment leaves out what would change the server's ways (PGDATA, LANG …).
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
}

// last returns the last lines of a log, on one line.
func last(log string) string {
	lines := strings.Split(strings.TrimSpace(log), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], " · ")
}
