package hosting

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bourgeon/press"
)

// Severity says how much a finding matters.
type Severity int

const (
	Fine    Severity = iota
	Warning          // works, and may not for long
	Broken           // does not work
)

// Finding is something that was looked at, in plain English.
type Finding struct {
	Severity Severity
	What     string
	Remedy   string // how to mend it; "" when Fine
}

// Diagnose looks at what a host can misconfigure, what is well included. It
// changes nothing but a small file in the data folder and in a store of its
// own for pictures, written and removed at once, and sends no mail: the mail server is only greeted.
func (i *Installation) Diagnose(ctx context.Context) []Finding {
	var d diagnosis
	i.checkData(&d)
	i.checkBase(&d)
	i.checkMail(ctx, &d)
	if i.Store == nil {
		d.add(Broken, fmt.Sprintf("The database can't be opened: %v.", i.Closed),
			"Check --database, that the server runs, and that the data folder belongs to the user who runs bourgeon.")
		return d.findings
	}
	i.checkDatabase(ctx, &d)
	i.checkNetwork(ctx, &d)
	i.checkSites(ctx, &d)
	i.checkSearch(ctx, &d)
	i.checkJobs(ctx, &d)
	i.checkFiles(ctx, &d)
	return d.findings
}

type diagnosis struct{ findings []Finding }

func (d *diagnosis) add(s Severity, what, remedy string) {
	d.findings = append(d.findings, Finding{s, what, remedy})
}

func (d *diagnosis) fine(format string, args ...any) { d.add(Fine, fmt.Sprintf(format, args...), "") }

// unread notes that a question to the database failed.
func (d *diagnosis) unread(err error) {
	d.add(Broken, fmt.Sprintf("The database doesn't answer: %v.", err), "Check that its disk is whole and its server runs, then look again.")
}

const (
	littleSpace = 1 << 30   // bytes; less is a warning
	noSpace     = 100 << 20 // bytes; less stops the writers soon
)

func (i *Installation) checkData(d *diagnosis) {
	probe, err := os.CreateTemp(i.Data, ".doctor-*")
	if err == nil {
		_, err = probe.WriteString("ok")
		err = errors.Join(err, probe.Sync(), probe.Close(), os.Remove(probe.Name()))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.add(Broken, fmt.Sprintf("The data folder %s does not exist.", i.Data), "Make it, or give the right one with --data.")
		return
	case errors.Is(err, fs.ErrPermission):
		d.add(Broken, fmt.Sprintf("The data folder %s can't be written in.", i.Data), "Give it to the user who runs bourgeon: chown -R USER "+i.Data)
		return
	case err != nil:
		d.add(Broken, fmt.Sprintf("Writing in the data folder %s failed: %v.", i.Data, err), "Check its disk: it may be full, or mounted read-only.")
		return
	}
	d.fine("The data folder %s can be written in.", i.Data)
	free, known := freeSpace(i.Data)
	if !known {
		return
	}
	what, remedy := fmt.Sprintf("%d MB are free on the disk of the data folder.", free>>20), "Make room: when the disk is full, nobody can write any more."
	switch {
	case free < noSpace:
		d.add(Broken, what, remedy)
	case free < littleSpace:
		d.add(Warning, what, remedy)
	default:
		d.add(Fine, what, "")
	}
}

func (i *Installation) checkBase(d *diagnosis) {
	u, err := url.Parse(i.Addresses.Base)
	const remedy = "Give --base-url the address that people type, such as https://ecrire.example.org."
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		d.add(Broken, fmt.Sprintf("The base URL %q is no address.", i.Addresses.Base), remedy)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(u.Path, "/"):
		d.add(Broken, fmt.Sprintf("The base URL %s should hold a host and perhaps a path, without a slash at the end.", u.Redacted()), remedy)
	case loopback(u.Hostname()):
		d.add(Warning, fmt.Sprintf("The base URL %s works on this machine only: links in mails lead nowhere for others.", u), remedy)
	case u.Scheme == "http":
		d.add(Broken, fmt.Sprintf("The base URL %s is not encrypted: sign-in links and codes can be read on the way.", u),
			"Serve behind a proxy that holds a certificate, and begin the base URL with https://.")
	case !strings.Contains(u.Hostname(), "."):
		d.add(Warning, fmt.Sprintf("The base URL %s has a host that only a local network knows.", u), remedy)
	default:
		d.fine("The base URL is %s.", u)
	}
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

const greeting = 5 * time.Second

func (i *Installation) checkMail(ctx context.Context, d *diagnosis) {
	if i.SMTP == "" {
		d.add(Warning, "No mail leaves: mails are kept as files in the data folder.", "Give a mail server with --smtp smtp://user:password@host:587.")
		return
	}
	u, err := url.Parse(i.SMTP) // it may hold a password: neither it nor err is shown
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		d.add(Broken, "The mail server's address can't be read.", "It looks like smtp://user:password@host:587, user and password percent-encoded.")
		return
	}
	implicit := u.Scheme == "smtps" || u.Query().Get("tls") == "implicit"
	port := u.Port()
	switch {
	case port != "":
	case implicit:
		port = "465"
	case u.Query().Get("tls") == "none":
		port = "25"
	default:
		port = "587"
	}
	address := net.JoinHostPort(u.Hostname(), port)
	if err := greet(ctx, address, implicit); err != nil {
		d.add(Broken, fmt.Sprintf("The mail server %s doesn't answer: %v.", address, err),
			"Check its name and port, and that a firewall lets this machine reach it. Mails wait meanwhile and are tried again.")
		return
	}
	if u.Query().Get("tls") == "none" && !loopback(u.Hostname()) {
		d.add(Warning, fmt.Sprintf("Mails go to %s unencrypted.", address), "Take ?tls=none out of --smtp unless the server is on this machine.")
		return
	}
	d.fine("The mail server %s answers.", address)
}

// greet waits for the server's greeting (RFC 5321, section 3.1), which with
// implicit TLS comes only after a handshake that is left to the sender.
func greet(ctx context.Context, address string, implicit bool) error {
	ctx, cancel := context.WithTimeout(ctx, greeting)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if implicit {
		return nil
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	line, err := bufio.NewReaderSize(conn, 1024).ReadString('\n')
	if err != nil {
		return fmt.Errorf("no greeting: %w", err)
	}
	if !strings.HasPrefix(line, "220") {
		return fmt.Errorf("it greets with %.80q", strings.TrimSpace(line))
	}
	_, err = fmt.Fprint(conn, "QUIT\r\n")
	return err
}

func (i *Installation) checkDatabase(ctx context.Context, d *diagnosis) {
	if err := i.Store.Ping(ctx); err != nil {
		d.unread(err)
		return
	}
	applied, known, err := i.Store.SchemaVersion(ctx)
	switch {
	case err != nil:
		d.unread(err)
	case applied > known:
		d.add(Broken, fmt.Sprintf("The database is of a later version (schema %d, this program knows %d).", applied, known), "Run the version of bourgeon that wrote it, or a later one.")
	case applied < known:
		d.add(Broken, fmt.Sprintf("The database is of an earlier version (schema %d of %d).", applied, known), "Start bourgeon serve once: it brings the schema up to date.")
	default:
		d.fine("The database answers (%s, schema %d).", i.Store.Engine(), applied)
	}
	if i.Store.Engine() == "sqlite" {
		i.checkJournal(d)
	}
}

// checkJournal looks at the journal mode in the file's header: bytes 18 and 19
// are 2 in WAL mode (SQLite database file format, section 1.3.3).
func (i *Installation) checkJournal(d *diagnosis) {
	f, err := os.Open(i.Database)
	if err != nil {
		d.add(Warning, fmt.Sprintf("The database file can't be read: %v.", err), "Give it to the user who runs bourgeon.")
		return
	}
	defer f.Close()
	var modes [2]byte
	if _, err := f.ReadAt(modes[:], 18); err != nil {
		d.unread(err)
		return
	}
	if modes != [2]byte{2, 2} {
		d.add(Warning, "The database is not in WAL mode: readers wait for writers.",
			"Keep "+filepath.Dir(i.Database)+" on a local disk: network file systems don't know how to share memory.")
	}
}

func (i *Installation) checkNetwork(ctx context.Context, d *diagnosis) {
	n, err := i.Store.Network(ctx, press.Itself)
	if press.KindOf(err) == press.NotFound {
		d.add(Broken, "The network is not founded yet.", "Open a first site: bourgeon site create.")
		return
	}
	if err != nil {
		d.unread(err)
		return
	}
	if ahead := n.CreatedAt.Sub(i.Now()); ahead > time.Minute {
		d.add(Broken, fmt.Sprintf("The clock says %s, before the network was founded.", i.Now().UTC().Format(time.DateTime)),
			"Set the machine's clock, and let it follow a time server (timedatectl set-ntp true).")
	}
	members, err := i.Store.Memberships(ctx, press.Itself, "")
	if err != nil {
		d.unread(err)
		return
	}
	if !hasSteward(members) {
		d.add(Warning, "The network has no steward: nobody can open sites from the screen.", "Invite one: bourgeon person invite ADDRESS --role steward.")
		return
	}
	d.fine("The network %s has a steward.", n.Name)
}

func hasSteward(members []press.Membership) bool {
	return slices.ContainsFunc(members, func(m press.Membership) bool { return m.Role == press.Steward && m.Section == "" })
}

func (i *Installation) checkSites(ctx context.Context, d *diagnosis) {
	sites, err := i.Store.Sites(ctx, press.Itself)
	if err != nil {
		d.unread(err)
		return
	}
	at := map[string]string{i.Addresses.Host(): "the network"}
	for _, s := range sites {
		if host := strings.ToLower(s.Host); host != "" {
			if other, taken := at[host]; taken {
				d.add(Broken, fmt.Sprintf("The site %s and %s share the domain %s.", s.Slug, other, host), "Give one of them another address, on its page of settings.")
			}
			at[host] = "the site " + s.Slug
		}
		members, err := i.Store.Memberships(ctx, press.Itself, s.ID)
		if err != nil {
			d.unread(err)
			return
		}
		if s.ClosedAt.IsZero() && !hasSteward(members) {
			d.add(Warning, fmt.Sprintf("The site %s has no steward.", s.Slug), "Invite one: bourgeon person invite ADDRESS --site "+s.Slug+" --role steward.")
		}
	}
	d.fine("Sites open: %d.", len(sites))
}

func (i *Installation) checkSearch(ctx context.Context, d *diagnosis) {
	if i.Search == nil {
		return
	}
	diverging, err := i.Search(ctx)
	switch {
	case err != nil:
		d.unread(err)
	case diverging > 0:
		d.add(Warning, fmt.Sprintf("Search knows contributions otherwise than they are, or not at all: %d.", diverging),
			"Mend it with bourgeon doctor --mend; after an update, bourgeon serve does it by itself within some minutes.")
	default:
		d.fine("Search knows every contribution as it is.")
	}
}

// late is how long a job may wait for its worker.
const late = 15 * time.Minute

func (i *Installation) checkJobs(ctx context.Context, d *diagnosis) {
	counts, err := i.Store.JobCounts(ctx)
	if err != nil {
		d.unread(err)
		return
	}
	if n := counts["failed"]; n > 0 {
		d.add(Warning, fmt.Sprintf("%d jobs were given up, mails for the most part.", n), "Look for “job given up” in the server's log: it says why. A wrong mail server is the usual reason.")
	}
	next, err := i.Store.NextJobAt(ctx)
	switch {
	case err != nil:
		d.unread(err)
	case !next.IsZero() && i.Now().Sub(next) > late:
		d.add(Warning, fmt.Sprintf("Jobs wait since %s.", next.Format(time.DateTime)), "Start bourgeon serve: it does them. If it runs, look into its log.")
	case counts["failed"] == 0:
		d.fine("Jobs are done in time (%d wait).", counts["waiting"])
	}
}
