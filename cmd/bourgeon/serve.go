package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"bourgeon/app/filing"
	"bourgeon/app/repeating"
	"bourgeon/kit/embed"
	"bourgeon/kit/geocode"
	"bourgeon/kit/pagecache"
	"bourgeon/kit/pow"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/web"
	"bourgeon/web/api"
	"bourgeon/web/desk"
	"bourgeon/web/desk/shape"
	"bourgeon/web/page"
	"bourgeon/web/report"
	"bourgeon/web/signin"
	"bourgeon/web/talk"
	"bourgeon/web/write"
)

type serveCommand struct {
	settings   `embed:""`
	Listen     string   `help:"Address to listen on." default:"localhost:8080" placeholder:"ADDR"`
	Metrics    string   `help:"Address of Prometheus metrics, on a listener of their own." placeholder:"ADDR"`
	TrustProxy bool     `help:"Believe X-Forwarded-For and X-Forwarded-Host: only behind a proxy that sets them."`
	Name       string   `help:"Name of the network, when it is founded." default:"Bourgeon" env:"BOURGEON_NETWORK_NAME"`
	VideoHosts []string `name:"video-host" help:"Host of a PeerTube server whose videos pages may show, once asked to. May be given several times." placeholder:"HOST"`
	sizes      `embed:""`
}

// sizes bound what people attach, in megabytes.
type sizes struct {
	MaxDocument int64 `help:"Megabytes that an attached document may have." default:"25" placeholder:"MB"`
	MaxAudio    int64 `help:"Megabytes that an attached recording may have." default:"100" placeholder:"MB"`
	MaxVideo    int64 `help:"Megabytes that an attached video may have, at most 900." default:"250" placeholder:"MB"`
}

func (s sizes) bytes() filing.Sizes {
	const most = 900 // what a form lets through, and somewhat less
	of := func(mb int64) int64 { return min(mb, most) * 1_000_000 }
	return filing.Sizes{Document: of(s.MaxDocument), Audio: of(s.MaxAudio), Video: of(s.MaxVideo)}
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, at console) error {
	log := newLog(at.err)
	h, err := open(ctx, c.settings, log, time.Now)
	if err != nil {
		return err
	}
	defer func() {
		if err := h.close(); err != nil {
			log.Error("close", "error", err)
		}
	}()
	h.cabinet.Sizes = c.sizes.bytes()
	if _, err := h.host.Found(ctx, press.Network{Name: c.Name, Language: press.Languages[0]}); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	return h.serve(ctx, serving{listener: listener, metrics: c.Metrics, trustProxy: c.TrustProxy, servers: c.VideoHosts, log: log, now: time.Now})
}

// newLog writes structured lines: JSON for machines, text on a terminal.
func newLog(w io.Writer) *slog.Logger {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return slog.New(slog.NewTextHandler(w, nil))
		}
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

// serving is how to serve.
type serving struct {
	listener   net.Listener
	metrics    string
	trustProxy bool
	servers    embed.Servers
	log        *slog.Logger
	now        func() time.Time
	// also answers some requests first: the demonstration's own.
	also func(http.Handler) http.Handler
	demo bool
}

const (
	cacheBytes    = 64 << 20
	headerTimeout = 10 * time.Second
	readTimeout   = 5 * time.Minute // a picture over a slow line
	stopTimeout   = 15 * time.Second
)

// serve answers requests and does jobs until ctx ends; then it lets what is
// under way end.
func (h *house) serve(ctx context.Context, s serving) error {
	handler, err := h.handler(s)
	if err != nil {
		return errors.Join(err, s.listener.Close())
	}
	if s.also != nil {
		handler = s.also(handler)
	}
	if err := h.cabinet.Renew(ctx); err != nil {
		return errors.Join(err, s.listener.Close())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
	if err := h.librarian.Begin(ctx); err != nil {
		return errors.Join(err, s.listener.Close())
	}
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var jobs sync.WaitGroup
	jobs.Go(func() { h.crew.Run(working) })
	failed := make(chan error, 2)
	go func() { failed <- server.Serve(s.listener) }()
	measures, err := serveMetrics(s.metrics, failed)
	if err != nil {
		return errors.Join(err, server.Close())
	}
	s.log.Info("serving", "listen", s.listener.Addr().String(), "base", h.addresses.Base, "engine", h.store.Engine())
	select {
	case err = <-failed:
	case <-ctx.Done():
		s.log.Info("stopping")
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err = errors.Join(err, server.Shutdown(ending), measures.Shutdown(ending))
	stop()
	jobs.Wait()
	return err
}

func serveMetrics(address string, failed chan<- error) (*http.Server, error) {
	server := &http.Server{ReadHeaderTimeout: headerTimeout}
	if address == "" {
		return server, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return server, fmt.Errorf("listen for metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) { metrics.WritePrometheus(w, true) })
	server.Handler = mux
	go func() { failed <- server.Serve(listener) }()
	return server, nil
}

func (h *house) handler(s serving) (http.Handler, error) {
	texts, err := page.LoadCatalogue()
	if err != nil {
		return nil, err
	}
	files, err := page.LoadFiles()
	if err != nil {
		return nil, err
	}
	secret, err := h.secret()
	if err != nil {
		return nil, err
	}
	set := metrics.NewSet()
	metrics.RegisterSet(set)
	room := &desk.Face{
		Reader: h.store.Reader, Editor: h.editor, Room: h.discussion, Door: h.door, Host: h.host, Clerk: h.clerk, Cabinet: h.cabinet,
	}
	return web.New(web.Config{
		House: &page.House{
			Reader: h.store.Reader, Addresses: h.addresses, Catalogue: texts, Files: files, Cache: pagecache.New(cacheBytes),
			Sessions: h.door, Gate: &pow.Gate{Key: secret, Now: s.now}, Limits: limits(s.now), Log: s.log, Now: s.now,
			Servers: s.servers, Demo: s.demo, Outbox: h.outbox(),
		},
		Blobs: h.blobs, TrustProxy: s.trustProxy, Metrics: set, Ping: h.store.Ping,
		SignIn: &signin.Face{Door: h.door, Confirm: h.editor.Confirm, ConfirmComment: h.discussion.ConfirmComment},
		Write: &write.Face{
			Editor: h.editor, Door: h.door, Cabinet: h.cabinet, Gatherer: h.gatherer, Saves: saves(s.now), Find: h.find,
		},
		Talk:   &talk.Face{Room: h.discussion, Thanks: thanks(s.now)},
		Desk:   room,
		Shape:  &shape.Face{Reader: h.store.Reader, Desk: room, Shaper: h.shaper, Gatherer: h.gatherer, Importer: h.importer},
		Report: &report.Face{Clerk: h.clerk},
		API:    programs(h, s.now),
	})
}

// find asks the network's geocoder where an address is.
func (h *house) find(ctx context.Context, query string) ([]press.Place, error) {
	n, err := h.store.Network(ctx, press.Viewer{})
	if err != nil || n.Maps.Geocoder == "" {
		return nil, err
	}
	found, err := geocode.Service{Template: n.Maps.Geocoder}.Find(ctx, query)
	var places []press.Place
	for _, f := range found {
		places = append(places, press.Place{Lat: f.Lat, Lon: f.Lon, Located: true, Precision: press.Exact, Name: f.Name})
	}
	return places, err
}

// limits are how often one client may act. People stay far below, also when a whole workshop signs from one address:
// SignIn counts two acts for each of them, the signature and the code.
func limits(now func() time.Time) page.Limits {
	return page.Limits{
		Post:   ratelimit.New(ratelimit.Rate{Burst: 120, Every: time.Second}, now),
		Bare:   ratelimit.New(ratelimit.Rate{Burst: 20, Every: 2 * time.Minute}, now),
		SignIn: ratelimit.New(ratelimit.Rate{Burst: 60, Every: 20 * time.Second}, now),
		Search: ratelimit.New(ratelimit.Rate{Burst: 60, Every: time.Second}, now),
	}
}

// saves is how often one client's texts are saved by themselves.
func saves(now func() time.Time) *ratelimit.Limiter {
	return ratelimit.New(ratelimit.Rate{Burst: 120, Every: time.Second}, now)
}

// programs is the API. Answers kept in memory don't count as reads; a harvester that takes its time never waits.
func programs(h *house, now func() time.Time) *api.Face {
	return &api.Face{
		Editor: h.editor, Cabinet: h.cabinet, Door: h.door, Ledger: &repeating.Ledger{Store: h.store, Now: now},
		Reads:  ratelimit.New(ratelimit.Rate{Burst: 600, Every: 100 * time.Millisecond}, now),
		Writes: ratelimit.New(ratelimit.Rate{Burst: 60, Every: 2 * time.Second}, now),
	}
}

// thanks is how often one client may say thank you, a school behind one address included.
func thanks(now func() time.Time) *ratelimit.Limiter {
	return ratelimit.New(ratelimit.Rate{Burst: 60, Every: time.Minute}, now)
}
