package web

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"bourgeon/kit/blob"
	"bourgeon/web/page"
)

// file answers the paths that every host has at its root. It tells false when the path is none of them.
func (s *server) file(w http.ResponseWriter, r *http.Request, at place, v *page.Visit) bool {
	if !at.atRoot || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	switch {
	case strings.HasPrefix(v.Path, "/static/"):
		named(w, "static")
		return s.House.Files.Serve(w, r, strings.TrimPrefix(v.Path, "/static/"))
	case strings.HasPrefix(v.Path, "/media/"):
		named(w, "media")
		return s.takenOff(w, r, strings.TrimPrefix(v.Path, "/media/")) || s.media(w, r, strings.TrimPrefix(v.Path, "/media/"))
	case v.Path == "/favicon.ico":
		return s.House.Files.Serve(w, r, "favicon.svg")
	case v.Path == "/robots.txt":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("User-agent: *\nDisallow:\n")) // private pages say noindex themselves
		return true
	}
	return false
}

var mediaTypes = map[string]string{"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}

// media serves a picture by the digest of its content: the address never changes its meaning.
func (s *server) media(w http.ResponseWriter, r *http.Request, name string) bool {
	hash, extension, _ := strings.Cut(name, ".")
	mime := mediaTypes[extension]
	if mime == "" || s.Blobs == nil {
		return false
	}
	f, err := s.Blobs.Open(r.Context(), hash)
	if err != nil {
		if !errors.Is(err, blob.ErrNotFound) {
			s.logger().LogAttrs(r.Context(), slog.LevelError, "file not read", slog.String("hash", hash), slog.String("error", err.Error()))
		}
		return false
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", mime)
	h.Set("ETag", `"`+hash+`"`)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // free pictures may be shown elsewhere
	http.ServeContent(w, r, "", time.Time{}, f)
	return true
}

// takenOff answers for a file that a decision took off. Browsers keep for ever what they were sent before.
func (s *server) takenOff(w http.ResponseWriter, r *http.Request, name string) bool {
	const digest = 64 // characters of a SHA-256
	hidden, err := s.House.Reader.FileHidden(r.Context(), name[:min(len(name), digest)])
	if err != nil {
		s.logger().LogAttrs(r.Context(), slog.LevelError, "file not looked up", slog.String("error", err.Error()))
	}
	if err == nil && !hidden {
		return false
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, "taken off", http.StatusGone)
	return true
}

// health answers 200 when the database does.
func (s *server) health(w http.ResponseWriter, r *http.Request) {
	named(w, "healthz")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if s.Ping != nil {
		if err := s.Ping(r.Context()); err != nil {
			s.logger().LogAttrs(r.Context(), slog.LevelError, "not healthy", slog.String("error", err.Error()))
			http.Error(w, "not healthy", http.StatusServiceUnavailable)
			return
		}
	}
	_, _ = w.Write([]byte("ok\n"))
}

func named(w http.ResponseWriter, route string) {
	if watched, ok := w.(*watcher); ok {
		watched.route = route
	}
}
