package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

const envMain = "BOURGEON_TEST_MAIN" // makes the test binary be bourgeon

func TestMain(m *testing.M) {
	if os.Getenv(envMain) != "" {
		main()
	}
	for _, setting := range os.Environ() { // the machine's own network is none of the tests' business
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "BOURGEON_") {
			os.Unsetenv(name)
		}
	}
	os.Exit(storetest.Main(m))
}

// command runs a command line to its end.
func command(t *testing.T, args ...string) (code int, out, problems string) {
	t.Helper()
	var o, p bytes.Buffer
	code = run(t.Context(), args, &o, &p)
	return code, o.String(), p.String()
}

// succeed runs a command that must, and returns what it says.
func succeed(t *testing.T, args ...string) string {
	t.Helper()
	code, out, problems := command(t, args...)
	if code != done {
		t.Fatalf("bourgeon %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, problems)
	}
	return out
}

// look opens a network's database beside the commands.
func look(t *testing.T, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestExitCodes(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--data", data)
	at := func(args ...string) []string { return append(args, "--data", data) }
	for _, c := range []struct {
		args []string
		want int
		says string // on the standard error, or on the output when it succeeds
	}{
		{[]string{"--help"}, done, "Open publishing"},
		{[]string{"serve", "--help"}, done, "--base-url"},
		{[]string{"version"}, done, "bourgeon"},
		{at("site", "list"), done, "Le magazine"},
		{at("reindex"), done, "whatever their status: 1."},
		{at("doctor", "--mend"), done, "Contributions indexed anew: 0."},
		{at("doctor"), done, "Search knows every contribution as it is."},
		{[]string{"reindex", "--data", filepath.Join(data, "none")}, misused, "no network"},
		{nil, misused, "expected one of"},
		{[]string{"publish"}, misused, "publish"},
		{[]string{"serve", "--colour"}, misused, "--colour"},
		{at("site", "create", "autre"), misused, "--name"},
		{at("site", "create", "Pas une adresse", "--name", "Autre"), misused, "slug"},
		{at("site", "create", "autre", "--name", "Autre", "--openness", "ajar"), misused, "openness"},
		{at("site", "create", "autre", "--name", "Autre", "--base-url", "ecrire.example.org"), misused, "--base-url"},
		{at("person", "invite", "nobody"), misused, "email"},
		{at("person", "role", "a@example.org", "emperor"), misused, "emperor"},
		{at("serve", "--smtp", "http://mail.example.org"), misused, "--smtp"},
		{at("site", "create", "mag", "--name", "Encore un"), misused, "slug"},
		{at("site", "move", "nulle-part", "--to", "ailleurs"), failed, "nothing at this address"},
		{at("person", "invite", "a@example.org", "--site", "nulle-part"), failed, "nothing at this address"},
		{[]string{"site", "list", "--data", data + "/bourgeon.db"}, failed, "data folder"},
		{[]string{"site", "list", "--database", "postgres://127.0.0.1:1/none?connect_timeout=1", "--data", t.TempDir()}, failed, "PostgreSQL"},
		{at("serve", "--listen", "256.0.0.1:80"), failed, "listen"},
		{at("serve", "--listen", "127.0.0.1:0", "--metrics", "256.0.0.1:80"), failed, "metrics"},
		{[]string{"backup", filepath.Join(data, "b.tar"), "--data", filepath.Join(data, "none")}, misused, "no network"},
		{[]string{"doctor", "--data", filepath.Join(data, "none")}, failed, "to mend"},
	} {
		t.Run(strings.ReplaceAll(strings.Join(c.args, " "), data, "DATA"), func(t *testing.T) {
			code, out, problems := command(t, c.args...)
			if code != c.want {
				t.Errorf("exit code %d, want %d\n%s%s", code, c.want, out, problems)
			}
			said := out
			if c.want != done {
				said = problems
			}
			if !strings.Contains(strings.ToLower(said), strings.ToLower(c.says)) {
				t.Errorf("nothing of %q is said:\n%s", c.says, said)
			}
			if c.want == done && problems != "" {
				t.Errorf("done, but: %s", problems)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(data, "none")); err == nil {
		t.Error("looking for a network has made a folder")
	}
}

func TestEnvironment(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	t.Setenv("BOURGEON_DATA", data)
	t.Setenv("BOURGEON_BASE_URL", "https://ecrire.example.org/reseau")
	if out := succeed(t, "site", "create", "mag", "--name", "Le magazine"); !strings.Contains(out, "https://ecrire.example.org/reseau/mag\n") {
		t.Errorf("the base URL of the environment is not heard: %s", out)
	}
	if _, err := os.Stat(filepath.Join(data, databaseFile)); err != nil {
		t.Errorf("the data folder of the environment is not heard: %v", err)
	}
	if out := succeed(t, "site", "list", "--base-url", "https://autre.example.org"); !strings.Contains(out, "https://autre.example.org/mag") {
		t.Errorf("a flag should win over the environment: %s", out)
	}
	t.Setenv("BOURGEON_DATABASE", "postgres://127.0.0.1:1/none?connect_timeout=1")
	if code, _, _ := command(t, "site", "list"); code != failed {
		t.Errorf("the database of the environment is not heard: exit code %d", code)
	}
	t.Setenv("BOURGEON_DATABASE", "")
	t.Setenv("BOURGEON_NAME", "Un nom qui traîne") // of no command: acts take nothing from the environment
	if code, _, _ := command(t, "site", "create", "autre"); code != misused {
		t.Errorf("a site takes its name from the environment: exit code %d", code)
	}
}

func TestSites(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	on := []string{"--data", data, "--base-url", "https://reseau.example"}
	at := func(args ...string) []string { return append(args, on...) }
	succeed(t, at("site", "create", "la-criee", "--name", "La Criée", "--language", "fr,br", "--openness", "open",
		"--licence", "CC-BY-4.0", "--colour", "#336699", "--tagline", "Le journal du port", "--steward", "Nolwenn@example.org")...)
	succeed(t, at("site", "create", "estran", "--name", "L’Estran", "--host", "estran.example")...)

	var listed []map[string]string
	for line := range strings.Lines(succeed(t, at("site", "list", "--json")...)) {
		var site map[string]string
		if err := json.Unmarshal([]byte(line), &site); err != nil {
			t.Fatal(err)
		}
		listed = append(listed, site)
	}
	addresses := map[string]string{}
	for _, site := range listed {
		addresses[site["slug"]] = site["address"]
	}
	want := map[string]string{"la-criee": "https://reseau.example/la-criee", "estran": "https://estran.example"}
	if diff := cmp.Diff(want, addresses); diff != "" {
		t.Errorf("listed: %s", diff)
	}
	table := succeed(t, at("site", "list")...)
	for _, want := range []string{"https://reseau.example/la-criee", "https://estran.example", "La Criée", "open", "first"} {
		if !strings.Contains(table, want) {
			t.Errorf("the list doesn't say %q:\n%s", want, table)
		}
	}

	s := look(t, filepath.Join(data, databaseFile))
	site, err := s.SiteBySlug(t.Context(), press.Itself, "la-criee")
	if err != nil {
		t.Fatal(err)
	}
	if site.Openness != press.Open || site.Licence != "CC-BY-4.0" || len(site.Languages) != 2 || site.Front == "" {
		t.Errorf("opened %+v", site)
	}
	steward, err := s.PersonByEmail(t.Context(), press.Itself, "nolwenn@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := s.Viewer(t.Context(), steward.ID); err != nil || !v.May(press.Steward, site.ID, "") {
		t.Errorf("the steward isn't one: %+v, %v", v, err)
	}

	if out := succeed(t, at("site", "move", "la-criee", "--to", "criee", "--host", "criee.example")...); !strings.Contains(out, "https://criee.example") {
		t.Errorf("moved: %s", out)
	}
	kind, target, err := s.Redirect(t.Context(), press.Itself, "network", "la-criee")
	if err != nil || kind != "site" || target != string(site.ID) {
		t.Errorf("the old address leads to %s %s: %v", kind, target, err)
	}
}

func TestPeople(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	at := func(args ...string) []string {
		return append(args, "--data", data, "--base-url", "https://reseau.example")
	}
	succeed(t, at("site", "create", "mag", "--name", "Le magazine")...)
	said := succeed(t, at("person", "role", "Aziliz@example.org", "animator", "--site", "mag", "--name", "Aziliz")...)
	if !strings.Contains(said, "aziliz@example.org is now animator") || !strings.Contains(said, "https://reseau.example/signin") {
		t.Errorf("said %s", said)
	}
	s := look(t, filepath.Join(data, databaseFile))
	site, err := s.SiteBySlug(t.Context(), press.Itself, "mag")
	if err != nil {
		t.Fatal(err)
	}
	person, err := s.PersonByEmail(t.Context(), press.Itself, "aziliz@example.org")
	if err != nil || person.Name != "Aziliz" {
		t.Fatalf("%+v, %v", person, err)
	}
	v, err := s.Viewer(t.Context(), person.ID)
	if err != nil || !v.May(press.Animator, site.ID, "") || v.May(press.Steward, site.ID, "") {
		t.Errorf("she may %+v, %v", v, err)
	}

	said = succeed(t, at("person", "invite", "yann@example.org", "--role", "steward", "--message", "Viens voir.")...)
	if !strings.Contains(said, "https://reseau.example/invitation/") || !strings.Contains(said, "yann@example.org") {
		t.Errorf("said %s", said)
	}
	invitations, err := s.Invitations(t.Context(), press.Itself, "")
	if err != nil || len(invitations) != 1 || invitations[0].Role != press.Steward || invitations[0].Site != "" {
		t.Errorf("invited %+v, %v", invitations, err)
	}
	if jobs, err := s.JobCounts(t.Context()); err != nil || jobs["waiting"] != 1 {
		t.Errorf("the mail waits for the server: %v, %v", jobs, err)
	}
}

func TestOnPostgreSQL(t *testing.T) {
	url := storetest.URL(t)
	data := t.TempDir()
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--data", data, "--database", url)
	if out := succeed(t, "site", "list", "--data", data, "--database", url); !strings.Contains(out, "Le magazine") {
		t.Errorf("listed %s", out)
	}
	if _, err := os.Stat(filepath.Join(data, databaseFile)); err == nil {
		t.Error("an SQLite database was made beside PostgreSQL")
	}
	file := filepath.Join(data, "b.tar.gz")
	if out := succeed(t, "backup", file, "--data", data, "--database", url); !strings.Contains(out, "pg_dump") {
		t.Errorf("a backup without the database should say so: %s", out)
	}
}
