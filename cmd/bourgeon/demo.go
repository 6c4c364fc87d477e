package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"bourgeon/cmd/bourgeon/demo"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/web/page"
)

type demoCommand struct {
	Listen string `help:"Address to listen on." default:"localhost:8080" placeholder:"ADDR"`
	Data   string `help:"Folder to keep the demonstration in; a throw-away one unless told." type:"path" placeholder:"DIR" env:"BOURGEON_DEMO_DATA"`
}

// Run seeds a demonstration network and serves it, with the way in printed.
func (c *demoCommand) Run(ctx context.Context, at console) (err error) {
	folder := c.Data
	if folder == "" {
		if folder, err = os.MkdirTemp("", "bourgeon-demo-"); err != nil {
			return fmt.Errorf("make a throw-away folder: %w", err)
		}
		defer func() { _ = os.RemoveAll(folder) }()
	}
	// The port is taken before the work: a demonstration that can't be shown
	// isn't built.
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w (choose another address with --listen)", err)
	}
	base := "http://" + shownHost(c.Listen, listener)
	clock := &demo.Clock{}
	log := slog.New(slog.NewTextHandler(at.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := open(ctx, settings{Data: folder, BaseURL: base}, log, clock.Now)
	if err != nil {
		return err
	}
	defer func() { _ = h.close() }()
	guests, err := h.seed(ctx, clock, at.out)
	if err != nil {
		return err
	}
	door := newDemoDoor(h, guests)
	door.print(at.out, base)
	return h.serve(ctx, serving{listener: listener, log: log, now: clock.Now, demo: true, also: door.open})
}

// shownHost is how the address is written for a browser.
func shownHost(asked string, listener net.Listener) string {
	host, _, err := net.SplitHostPort(asked)
	if err != nil || host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return net.JoinHostPort(host, port)
}

// seed fills the network. Its mails were read long ago: none is sent.
func (h *house) seed(ctx context.Context, clock *demo.Clock, out io.Writer) (demo.Guests, error) {
	h.store.React(nil)
	defer h.store.React(h.postman.Concern)
	builder := &demo.Builder{
		Store: h.store, Host: h.host, Door: h.door, Editor: h.editor, Cabinet: h.cabinet, Discussion: h.discussion, Clerk: h.clerk, Clock: clock,
		Shaper: h.shaper, Gatherer: h.gatherer, Importer: h.importer,
		Progress: progress(out, "Preparing the demonstration"),
	}
	return builder.Seed(ctx)
}

// progress tells how far work has come: on one line of a terminal, else in a
// few plain lines.
func progress(out io.Writer, what string) func(done, total int) {
	terminal, said := false, 0
	if f, ok := out.(*os.File); ok {
		info, err := f.Stat()
		terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return func(done, total int) {
		step := max(50, total/20) // between two plain lines
		switch {
		case terminal:
			fmt.Fprintf(out, "\r%s… %d/%d", what, done, total)
			if done == total {
				fmt.Fprintln(out)
			}
		case done == total || done/step > said:
			said = done / step
			fmt.Fprintf(out, "%s: %d of %d\n", what, done, total)
		}
	}
}

// demoDoor signs visitors of a demonstration in with one click.
type demoDoor struct {
	house  *house
	guests []guest
}

type guest struct {
	role   string
	person press.PersonID
	secret string
	site   string // where they arrive
}

func newDemoDoor(h *house, g demo.Guests) *demoDoor {
	return &demoDoor{h, []guest{
		{"steward", g.Steward, token.New(), "/desk"},
		{"animator", g.Animator, token.New(), "/la-criee/desk"},
		{"contributor", g.Contributor, token.New(), "/la-criee/me"},
	}}
}

func (d *demoDoor) print(out io.Writer, base string) {
	fmt.Fprintf(out, "\nThe demonstration network is at %s\n\nTo sign in with one click:\n", base)
	for _, g := range d.guests {
		fmt.Fprintf(out, "  %-12s %s/demo/%s\n", g.role, base, g.secret)
	}
	fmt.Fprintf(out, "\nMails are shown at %s/outbox. Stop with Ctrl-C.\n", base)
}

const demoSession = 24 * time.Hour

// open answers the one-click links, and hands on the rest.
func (d *demoDoor) open(next http.Handler) http.Handler {
	visit := &page.Visit{Addresses: d.house.addresses}
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("GET /demo/{secret}", func(w http.ResponseWriter, r *http.Request) {
		for _, g := range d.guests {
			if !token.Equal(g.secret, r.PathValue("secret")) {
				continue
			}
			session, err := d.house.door.Open(r.Context(), g.person)
			if err != nil {
				http.Error(w, "The session could not be opened.", http.StatusInternalServerError)
				return
			}
			visit.OpenSession(w, session.Token, time.Now().Add(demoSession))
			http.Redirect(w, r, g.site, http.StatusSeeOther)
			return
		}
		next.ServeHTTP(w, r)
	})
	return mux
}
