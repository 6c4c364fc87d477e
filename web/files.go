package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"bourgeon/kit/blob"
	"bourgeon/kit/filetype"
	"bourgeon/web/feeds"
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
		named(w, "robots")
		_ = feeds.Robots(v, w) // a robot that left isn't an error of ours
		return true
	}
	return false
}

var pictureTypes = map[string]string{"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}

// What a browser may do with a file that it opens by itself: nothing. Chromium shows no PDF within a sandbox; its viewer,
// like Firefox's, runs no script of the file in our name.
const (
	sealed   = "default-src 'none'; sandbox"
	readable = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)

// media serves a file by the digest of its content: the address never changes its meaning. A picture is at HASH.jpg, an
// attachment at HASH/name.pdf, the name being what it is saved under. The type was told by the content when it was taken in;
// no type served here is one that a page's script could come from.
func (s *server) media(w http.ResponseWriter, r *http.Request, path string) bool {
	hash, name, attached := strings.Cut(path, "/")
	h := w.Header()
	if attached {
		kind := attachmentType(name)
		if kind.Class == filetype.Unknown {
			return false
		}
		h.Set("Content-Type", kind.MIME)
		h.Set("Content-Disposition", `inline; filename="`+name+`"`)
		h.Set("Content-Security-Policy", sealed)
		if kind.Class == filetype.Document {
			h.Set("Content-Security-Policy", readable)
		}
	} else {
		var extension string
		hash, extension, _ = strings.Cut(path, ".")
		mime := pictureTypes[extension]
		if mime == "" {
			return false
		}
		h.Set("Content-Type", mime)
		h.Set("Content-Security-Policy", sealed)
	}
	return s.blob(w, r, hash)
}

// attachmentType is what the name of an attachment's address says: a slug and one of our endings.
func attachmentType(name string) filetype.Type {
	base, ending, _ := strings.Cut(name, ".")
	if base == "" || len(base) > 100 || strings.Trim(base, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return filetype.Type{}
	}
	for _, t := range filetype.All() {
		if t.Ending == ending {
			return t
		}
	}
	return filetype.Type{}
}

// blob sends a file, or the part of it that is asked for. Where the store is on another machine, each opening is a request
// to it: whoever has the content already, or wants the headers alone, causes none.
func (s *server) blob(w http.ResponseWriter, r *http.Request, hash string) bool {
	h := w.Header()
	forget := func() {
		h.Del("Content-Type")
		h.Del("Content-Disposition")
		secure(h)
	}
	if s.Blobs == nil || !blob.Valid(hash) {
		forget()
		return false
	}
	keep := func() {
		h.Set("ETag", `"`+hash+`"`)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin") // free pictures may be shown elsewhere
	}
	if has(r, hash) {
		keep()
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	f, err := s.content(r, hash)
	if err != nil {
		forget()
		if !errors.Is(err, blob.ErrNotFound) {
			s.logger().LogAttrs(r.Context(), slog.LevelError, "file not read", slog.String("hash", hash), slog.String("error", err.Error()))
		}
		return false
	}
	defer f.Close()
	keep()
	http.ServeContent(w, r, "", time.Time{}, f)
	return true
}

// has tells whether a client says that it has the content (RFC 9110, section 13.1.2). It can name the digest only if it
// does; "*" doesn't say so, and If-Match is to be looked at first.
func has(r *http.Request, hash string) bool {
	if r.Header.Get("If-Match") != "" {
		return false
	}
	for _, tags := range r.Header.Values("If-None-Match") {
		for tag := range strings.SplitSeq(tags, ",") {
			if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == `"`+hash+`"` {
				return true
			}
		}
	}
	return false
}

// content is what a file holds. For HEAD it has a size, and nothing to read.
func (s *server) content(r *http.Request, hash string) (io.ReadSeekCloser, error) {
	if r.Method != http.MethodHead {
		return s.Blobs.Open(r.Context(), hash)
	}
	size, err := s.Blobs.Size(r.Context(), hash)
	return struct {
		io.ReadSeeker
		io.Closer
	}{io.NewSectionReader(nil, 0, size), io.NopCloser(nil)}, err
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
