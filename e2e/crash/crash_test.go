// Package crash kills the real program (SIGKILL) in the middle of publishing,
// again and again on the same data, and looks at what is left: every
// acknowledged publication is there whole, and none is half there.
//
// Two hundred people publish at the same time, through the forms; an answer
// that leads on is an acknowledgement. Start with TestKilled.
package crash

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"bourgeon/e2e/program"
	"bourgeon/kit/pgtemp"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(program.Main(m)) }

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
		url := cluster.URL("crash")
		killAgainAndAgain(t, "pgx", url, t.TempDir(), "--database", url)
	})
}

func killAgainAndAgain(t *testing.T, driver, database, data string, flags ...string) {
	found(t, database)
	sessions := signIn(t, database)
	moments := rand.New(rand.NewPCG(seed, 0))
	known, broken := acknowledgements{map[string]press.DraftID{}, map[string]bool{}}, 0
	for round := 1; round <= rounds; round++ {
		after := 1 + moments.IntN(publications*3/4)
		s := program.Serve(t, data, append(flags, "--trust-proxy")...)
		acknowledged := publishAndKill(t, s, sessions, strconv.Itoa(round), after, known)
		if acknowledged < after {
			t.Fatalf("%d publications before the program was to be killed, after %d\n%s", acknowledged, after, s.Log())
		}
		if acknowledged < publications {
			broken++
		}
		left := inspect(t, driver, database, data, known)
		t.Logf("round %d: killed after %d publications: %d acknowledged, %d drafts left in all, all of %d entries whole",
			round, after, acknowledged, left.drafts, left.entries)
		if t.Failed() {
			return
		}
	}
	if broken == 0 {
		t.Error("all publications ended before the program was killed: the test has shown nothing")
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

// acknowledgements are what the program said before it died, by the name of
// the contribution.
type acknowledgements struct {
	drafts  map[string]press.DraftID
	entries map[string]bool
}
