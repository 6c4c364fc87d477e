// Package crash kills the program in the middle of publishing, again and again
// on the same data, and looks at what is left: every acknowledged publication
// is there whole, and none is half there.
//
// TestKilled publishes through the verbs, on both engines, the test binary
// running itself as the child; TestKilledWhileServing through the forms of the
// real program.
package crash

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bourgeon/e2e/program"
	"bourgeon/kit/pgtemp"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) {
	if round := os.Getenv(envRound); round != "" {
		if err := child(round); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(program.Main(m))
}

const (
	rounds = 5
	seed   = 20260301
)

func TestKilled(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		data := t.TempDir()
		killAgainAndAgain(t, "sqlite", filepath.Join(data, "bourgeon.db"), data)
	})
	t.Run("postgres", func(t *testing.T) {
		cluster, err := pgtemp.Start(t.Context())
		if errors.Is(err, pgtemp.ErrMissing) && os.Getenv("CI") != "true" {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(cluster.Stop)
		if err := cluster.CreateDatabase(t.Context(), "crash", ""); err != nil {
			t.Fatal(err)
		}
		killAgainAndAgain(t, "pgx", cluster.URL("crash"), t.TempDir())
	})
}

func killAgainAndAgain(t *testing.T, driver, database, data string) {
	found(t, database)
	moments := rand.New(rand.NewPCG(seed, 0))
	known, broken := acknowledgements{}, 0
	for round := 1; round <= rounds; round++ {
		after := 1 + moments.IntN(publications*3/4)
		acks := kill(t, database, data, round, after)
		if !acks.ended {
			broken++
		}
		known.add(acks)
		left := inspect(t, driver, database, data, known)
		t.Logf("round %d: killed after %d publications: %d acknowledged, %d drafts left, all of %d entries whole",
			round, after, len(acks.entries), left.drafts, left.entries)
		if t.Failed() {
			return
		}
	}
	if broken == 0 {
		t.Error("every child ended its work before it was killed: the test has shown nothing")
	}
	deliver(t, database, data)
}

// found makes a network with a site whose writers are trusted.
func found(t *testing.T, database string) {
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := storetest.NewWorld(t, s)
	site := w.Site(siteSlug)
	for n := range writers {
		w.Role(w.Person("Autrice "+strconv.Itoa(n)), press.Contributor, site.ID, "")
	}
}

// acknowledgements are what children said before they died.
type acknowledgements struct {
	drafts  map[string]press.DraftID // by name of the contribution
	entries map[string]press.EntryID // "" when only the name is known
	ended   bool
}

func (a *acknowledgements) add(b acknowledgements) {
	if a.drafts == nil {
		a.drafts, a.entries = map[string]press.DraftID{}, map[string]press.EntryID{}
	}
	for name, id := range b.drafts {
		a.drafts[name] = id
	}
	for name, id := range b.entries {
		a.entries[name] = id
	}
}

// kill lets a child publish, and kills it once it has acknowledged some
// publications. What it said until it was dead counts.
func kill(t *testing.T, database, data string, round, after int) acknowledgements {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a child that hangs
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0])
	command.Env = append(os.Environ(), envRound+"="+strconv.Itoa(round), envDatabase+"="+database, envData+"="+data)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	acks := acknowledgements{drafts: map[string]press.DraftID{}, entries: map[string]press.EntryID{}}
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadString('\n')
		if err != nil { // the end; a line without its end was not said
			break
		}
		switch words := strings.Fields(line); words[0] {
		case "draft":
			acks.drafts[words[1]] = press.DraftID(words[2])
		case "entry":
			acks.entries[words[1]] = press.EntryID(words[2])
			if len(acks.entries) == after {
				if err := command.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		case "end":
			acks.ended = true
		}
	}
	err = command.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL || len(acks.entries) < after {
		t.Fatalf("the child ended by itself: %v, after %d acknowledgements of %d", err, len(acks.entries), after)
	}
	return acks
}
