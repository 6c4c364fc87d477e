package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"bourgeon/press"
	"bourgeon/web/api"
	"bourgeon/web/page"
)

// endpoint serves one route.
type endpoint struct {
	Route
	name   string // for the log and the measures
	server *server
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := page.VisitOf(r.Context())
	if watched, ok := w.(*watcher); ok {
		watched.route = e.name
	}
	if err := e.serve(v, w, r); err != nil {
		e.server.fail(v, w, r, err)
	}
}

func (e *endpoint) serve(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if e.Program {
		r.Body = e.body(w, r)
		return e.Handler(v, w, r)
	}
	h := w.Header()
	if e.SignedIn {
		h.Set("X-Robots-Tag", "noindex")
		if err := v.SignedIn(); err != nil {
			return err
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if err := e.guard(v, w, r); err != nil {
			return err
		}
	}
	if e.Cached {
		if r = v.Heed(r, e.Query...); v.Cacheable(r) {
			return page.Cached(v, w, r, e.Handler)
		}
	}
	h.Set("Cache-Control", "private, no-store")
	h.Add("Vary", "Accept-Language")
	h.Add("Vary", "Cookie")
	if err := v.Load(r.Context()); err != nil {
		return err
	}
	return e.Handler(v, w, r)
}

// guard checks what may change something: where it comes from, how much it is, how often.
func (e *endpoint) guard(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := e.server.cross.Check(r); err != nil {
		return fmt.Errorf("%w: %w", err, press.Problem(press.Forbidden,
			"This form was sent from another site. Open the page here, and send it again."))
	}
	r.Body = e.body(w, r)
	if e.Free {
		return nil
	}
	return v.Allow(e.server.House.Limits.Post)
}

// body is that of a request, within what the route takes.
func (e *endpoint) body(w http.ResponseWriter, r *http.Request) io.ReadCloser {
	limit := e.Body
	if limit == 0 {
		limit = maxForm
	}
	body := http.MaxBytesReader(w, r.Body, limit)
	if limit > maxForm {
		return patient{body, http.NewResponseController(w)}
	}
	return body
}

// forPrograms tells whether a visit is to the API, whose answers are never pages.
func forPrograms(v *page.Visit) bool {
	return v.AtPortal() && v.L != nil && strings.HasPrefix(v.Path, api.Root+"/") && v.Path != api.Root+"/"
}

// patient reads for as long as something comes: a video over a slow line takes more than the server's usual time.
type patient struct {
	io.ReadCloser
	line *http.ResponseController
}

const patience = time.Minute

func (p patient) Read(b []byte) (int, error) {
	_ = p.line.SetReadDeadline(time.Now().Add(patience)) // where it can't be set, the usual time holds
	return p.ReadCloser.Read(b)
}

// fail shows an error, in the layout if what it needs can still be read.
func (s *server) fail(v *page.Visit, w http.ResponseWriter, r *http.Request, err error) {
	if forPrograms(v) {
		api.Fail(v, w, r, err)
		return
	}
	if loadErr := v.Load(r.Context()); loadErr != nil {
		s.logger().LogAttrs(r.Context(), slog.LevelWarn, "visit not loaded", slog.String("error", loadErr.Error()))
	}
	page.Fail(v, w, r, err)
}

// tell shows an error page for a status that is no error of ours.
func (s *server) tell(v *page.Visit, w http.ResponseWriter, r *http.Request, status int) {
	if forPrograms(v) {
		api.Tell(v, w, r, status)
		return
	}
	if err := v.Load(r.Context()); err != nil {
		page.Fail(v, w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := page.RenderStatus(w, r, status, page.ErrorPage(v, page.Trouble{Status: status})); err != nil {
		page.Fail(v, w, r, err)
	}
}
