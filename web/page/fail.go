package page

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"bourgeon/press"
)

// statuses maps kinds of errors to HTTP; SignIn is a redirect and isn't here.
var statuses = map[press.Kind]int{
	press.Unknown:     http.StatusInternalServerError,
	press.NotFound:    http.StatusNotFound,
	press.Gone:        http.StatusGone,
	press.Forbidden:   http.StatusForbidden,
	press.Conflict:    http.StatusConflict,
	press.Invalid:     http.StatusUnprocessableEntity,
	press.Expired:     http.StatusGone,
	press.TooMany:     http.StatusTooManyRequests,
	press.TooLarge:    http.StatusRequestEntityTooLarge,
	press.Unavailable: http.StatusServiceUnavailable,
}

// Status is the HTTP status for an error.
func Status(err error) int { return statuses[press.KindOf(err)] }

// later is a press.TooMany that knows when to come back.
type later struct {
	problem error
	after   time.Duration
}

func (l later) Error() string { return l.problem.Error() }
func (l later) Unwrap() error { return l.problem }

// Later is a press.TooMany for someone who may try again after a while.
func Later(after time.Duration) error {
	if after <= time.Minute {
		return later{press.Problem(press.TooMany, "That was a lot at once. Wait a minute, and try again: what you wrote is still in the page before."), after}
	}
	minutes := int((after + time.Minute - 1) / time.Minute)
	return later{press.Problem(press.TooMany, "That was a lot at once. Try again in %d minutes: what you wrote is still in the page before.", minutes), after}
}

// Fail answers a request with the page that tells an error: a message of press.Error in the visit's language, or an
// incident number, which the log shows beside the cause. It needs a loaded visit for the layout.
func Fail(v *Visit, w http.ResponseWriter, r *http.Request, err error) {
	ctx := r.Context()
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return // nobody is there to read it
	}
	kind := press.KindOf(err)
	if kind == press.SignIn {
		http.Redirect(w, r, v.Link("/signin?next="+url.QueryEscape(v.back(r))), http.StatusSeeOther)
		return
	}
	status := statuses[kind]
	TellWhen(w, err)
	told := Trouble{Status: status}
	var problem *press.Error
	if errors.As(err, &problem) && kind != press.Unknown {
		told.Message = v.Set("", v.T(problem.Message, problem.Args...))
		for _, fault := range problem.Fields {
			told.Faults = append(told.Faults, v.Set("", v.T(fault.Message, fault.Args...)))
		}
	}
	if status >= 500 {
		told.Incident = Incident()
		v.House.Logger().LogAttrs(ctx, slog.LevelError, "request failed", slog.String("incident", told.Incident),
			slog.String("route", r.Pattern), slog.String("error", err.Error()))
	}
	w.Header().Set("Cache-Control", "no-store")
	if renderErr := RenderStatus(w, r, status, ErrorPage(v, told)); renderErr != nil {
		v.House.Logger().LogAttrs(ctx, slog.LevelError, "error page failed", slog.String("error", renderErr.Error()))
		http.Error(w, http.StatusText(status), status)
	}
}

// back is where to return to after signing in: this page, or the start where coming back would not make sense.
func (v *Visit) back(r *http.Request) string {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return "/me"
	}
	if r.URL.RawQuery != "" {
		return SafePath(v.Path + "?" + r.URL.RawQuery)
	}
	return SafePath(v.Path)
}

// Incident is a number that people can read out: without letters that are mistaken for others.
func Incident() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	s := base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").EncodeToString(b[:])
	return fmt.Sprintf("%s-%s-%s", s[:3], s[3:6], s[6:])
}
