package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"bourgeon/press"
	"bourgeon/web/page"
)

// watch sets the headers of every answer, logs and measures it, and turns a panic into an incident.
func (s *server) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		watched := &watcher{ResponseWriter: w, route: "unmatched"}
		secure(watched.Header())
		defer func() {
			if reason := recover(); reason != nil {
				if reason == http.ErrAbortHandler {
					panic(reason)
				}
				s.panicked(watched, r, reason)
			}
			s.account(watched, r, time.Since(start))
		}()
		next.ServeHTTP(watched, r)
	})
}

// secure sets what every page is safe by. See https://www.w3.org/TR/CSP3/.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", page.Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
}

func (s *server) panicked(w *watcher, r *http.Request, reason any) {
	s.logger().LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("route", w.route), slog.Any("reason", reason),
		slog.String("stack", string(debug.Stack())))
	if w.status != 0 {
		return // too late to say anything else
	}
	err := fmt.Errorf("panic: %v", reason)
	v := w.visit
	if v == nil || v.L == nil {
		v = &page.Visit{Addresses: s.House.Addresses, House: s.House, Path: "/", Now: s.House.Time()}
		v.Speak(r, press.Languages)
	}
	s.fail(v, w, r, err)
}

// account logs and measures an answer. It keeps no address of a client and no path: drafts and confirmations carry
// secrets in theirs; the route says enough.
func (s *server) account(w *watcher, r *http.Request, took time.Duration) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	s.logger().LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", r.Method), slog.String("route", w.route),
		slog.Int("status", w.status), slog.Int64("bytes", w.bytes), slog.Duration("took", took))
	if s.Metrics != nil {
		name := fmt.Sprintf("http_request_duration_seconds{route=%q,status=\"%d\"}", w.route, w.status)
		s.Metrics.GetOrCreatePrometheusHistogram(name).Update(took.Seconds())
	}
}

func (s *server) logger() *slog.Logger {
	if s.House.Log == nil {
		return slog.Default()
	}
	return s.House.Log
}

// watcher remembers how a request was answered.
type watcher struct {
	http.ResponseWriter
	route  string
	visit  *page.Visit // once known
	status int
	bytes  int64
}

func (w *watcher) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watcher) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }
