package hosting

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// healthy is an installation at which there is nothing to mend.
func healthy(t *testing.T) (*Installation, *storetest.World) {
	t.Helper()
	i, w := installed(t)
	w.Member("Steren", press.Steward, "", "")
	site := w.Site("mag", func(s *press.Site) { s.Host = "mag.example.org" })
	w.Member("Soazig", press.Steward, site.ID, "")
	i.SMTP = "smtp://" + mailServer(t, "220 mail.example.org ESMTP") + "?tls=none"
	return i, w
}

// mailServer greets whoever comes, and returns its address.
func mailServer(t *testing.T, greeting string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(conn, greeting+"\r\n")
			conn.Close()
		}
	}()
	return l.Addr().String()
}

func TestDiagnoseHealthy(t *testing.T) {
	i, _ := healthy(t)
	findings := i.Diagnose(t.Context())
	if len(findings) < 6 {
		t.Errorf("only %d findings", len(findings))
	}
	for _, f := range findings {
		if f.Severity != Fine && !strings.Contains(f.What, "MB are free") || f.What == "" {
			t.Errorf("a healthy installation: %+v", f)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(i.Data, ".doctor-*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestDiagnose(t *testing.T) {
	nobody := func(t *testing.T) string { // an address at which nothing listens
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		return l.Addr().String()
	}
	base := func(address string) func(*testing.T, *Installation, *storetest.World) {
		return func(_ *testing.T, i *Installation, _ *storetest.World) { i.Addresses.Base = address }
	}
	tests := []struct {
		name  string
		spoil func(*testing.T, *Installation, *storetest.World)
		want  Severity
		what  string
	}{
		{"no data folder", func(t *testing.T, i *Installation, _ *storetest.World) { i.Data = filepath.Join(t.TempDir(), "none") }, Broken, "does not exist"},
		{"data folder is a file", func(t *testing.T, i *Installation, _ *storetest.World) { i.Data = i.Database }, Broken, "Writing in the data folder"},
		{"no base", base(""), Broken, "is no address"},
		{"not a base", base("ecrire.example.org"), Broken, "is no address"},
		{"slash at the end", base("https://ecrire.example.org/"), Broken, "without a slash"},
		{"password in it", base("https://u:hunter2@ecrire.example.org"), Broken, "without a slash"},
		{"not encrypted", base("http://ecrire.example.org"), Broken, "not encrypted"},
		{"loopback", base("http://localhost:8080"), Warning, "this machine only"},
		{"loopback by number", base("http://127.0.0.1"), Warning, "this machine only"},
		{"local name", base("https://serveur"), Warning, "local network"},
		{"no mail server", func(_ *testing.T, i *Installation, _ *storetest.World) { i.SMTP = "" }, Warning, "No mail leaves"},
		{"not a mail server", func(_ *testing.T, i *Installation, _ *storetest.World) { i.SMTP = "http://u:hunter2@x" }, Broken, "can't be read"},
		{"mail server down", func(t *testing.T, i *Installation, _ *storetest.World) { i.SMTP = "smtp://u:hunter2@" + nobody(t) }, Broken, "doesn't answer"},
		{"mail server unwilling", func(t *testing.T, i *Installation, _ *storetest.World) { i.SMTP = "smtp://" + mailServer(t, "554 no") }, Broken, "554 no"},
		{"no database", func(_ *testing.T, i *Installation, _ *storetest.World) {
			i.Store, i.Closed = nil, errors.New("connection refused")
		}, Broken, "connection refused"},
		{"clock behind", func(_ *testing.T, i *Installation, _ *storetest.World) {
			i.Now = func() time.Time { return time.Unix(0, 0) }
		}, Broken, "The clock says 1970"},
		{"not founded", func(t *testing.T, i *Installation, _ *storetest.World) {
			i.Store = storetest.SQLite(t)
		}, Broken, "not founded"},
		{"site without steward", func(_ *testing.T, _ *Installation, w *storetest.World) { w.Site("seul") }, Warning, "seul has no steward"},
		{"the network's domain", func(_ *testing.T, _ *Installation, w *storetest.World) {
			w.Site("copie", func(s *press.Site) { s.Host = "Pays.example" })
		}, Broken, "share the domain"},
		{"failed job", func(_ *testing.T, i *Installation, w *storetest.World) {
			w.Write(func(tx *store.Tx) error {
				if err := tx.Enqueue(w.T.Context(), "mail", 0, w.Now(), ""); err != nil {
					return err
				}
				j, _, err := tx.ClaimJob(w.T.Context(), w.Now(), w.Now())
				return errors.Join(err, tx.FailJob(w.T.Context(), j.ID, "no", w.Now()))
			})
		}, Warning, "given up"},
		{"late job", func(_ *testing.T, i *Installation, w *storetest.World) {
			w.Write(func(tx *store.Tx) error {
				return tx.Enqueue(w.T.Context(), "mail", 0, storetest.Epoch.Add(-time.Hour), "")
			})
		}, Warning, "Jobs wait since"},
		{"rollback journal", func(t *testing.T, i *Installation, _ *storetest.World) {
			header := make([]byte, 100)
			header[18], header[19] = 1, 1
			i.Database = filepath.Join(t.TempDir(), "legacy.db")
			if err := os.WriteFile(i.Database, header, 0o600); err != nil {
				t.Fatal(err)
			}
		}, Warning, "WAL"},
		{"no steward", func(t *testing.T, i *Installation, _ *storetest.World) {
			i.Store = storetest.NewWorld(t, storetest.SQLite(t)).Store
		}, Warning, "no steward"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i, w := healthy(t)
			tt.spoil(t, i, w)
			found := false
			for _, f := range i.Diagnose(t.Context()) {
				if f.Severity == tt.want && strings.Contains(f.What, tt.what) {
					found = f.Remedy != ""
				}
				if strings.Contains(f.What+f.Remedy, "hunter2") {
					t.Errorf("a password is shown: %+v", f)
				}
			}
			if !found {
				t.Errorf("no finding of severity %d about %q with a remedy, in %+v", tt.want, tt.what, i.Diagnose(t.Context()))
			}
		})
	}
}
