package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"

	"bourgeon/press"
	"bourgeon/web/page"
)

// problem is an error as programs read it: RFC 9457.
type problem struct {
	Type     string       `json:"type"`
	Title    string       `json:"title"`
	Status   int          `json:"status"`
	Detail   string       `json:"detail,omitempty"`
	Instance string       `json:"instance,omitempty"` // urn of an incident, for those who keep the network
	Errors   []wrongField `json:"errors,omitempty"`
}

type wrongField struct {
	Pointer   string `json:"pointer,omitempty"`   // into the body: RFC 6901, as a fragment
	Parameter string `json:"parameter,omitempty"` // of the query
	Header    string `json:"header,omitempty"`
	Detail    string `json:"detail"`
}

// kind is what a type of problem is called: the end of its URI, where the page for people explains it.
type kind struct {
	name    string
	Message string // its title: a catalogue key
}

var kinds = map[int]kind{
	http.StatusBadRequest:            {name: "bad-request", Message: "The request can’t be understood"},
	http.StatusUnauthorized:          {name: "token", Message: "A token is needed"},
	http.StatusForbidden:             {name: "forbidden", Message: "Not allowed"},
	http.StatusNotFound:              {name: "not-found", Message: "Nothing there"},
	http.StatusMethodNotAllowed:      {name: "method", Message: "Not in this way"},
	http.StatusConflict:              {name: "conflict", Message: "Changed meanwhile"},
	http.StatusGone:                  {name: "gone", Message: "Withdrawn"},
	http.StatusPreconditionFailed:    {name: "changed", Message: "Not what you read"},
	http.StatusRequestEntityTooLarge: {name: "too-large", Message: "Too much"},
	http.StatusUnsupportedMediaType:  {name: "media-type", Message: "Not in this format"},
	http.StatusUnprocessableEntity:   {name: "invalid", Message: "Something needs mending"},
	http.StatusPreconditionRequired:  {name: "condition", Message: "Say what you read"},
	http.StatusTooManyRequests:       {name: "too-many", Message: "Too fast"},
	http.StatusInternalServerError:   {name: "incident", Message: "Our fault"},
	http.StatusServiceUnavailable:    {name: "unavailable", Message: "Not now"},
}

// refusal is an error whose status no kind of press.Error has.
type refusal struct {
	status int
	error
	faults []fault
}

func (e refusal) Unwrap() error { return e.error }

// part is a part of a request.
type part int

const (
	inBody part = iota // by a JSON pointer as a fragment
	inQuery
	inHeader
)

// fault is what is wrong with something in a part of a request.
type fault struct {
	in part
	press.FieldError
}

// Fault says what is wrong with something in this part.
func (p part) Fault(name, message string, args ...any) fault {
	return fault{p, press.FieldError{Field: name, Message: message, Args: args}}
}

func badRequest(faults ...fault) error {
	return refuse(http.StatusBadRequest, press.Problem(press.Invalid, "Part of the request can’t be understood: look at the errors."), faults...)
}

func refuse(status int, problem *press.Error, faults ...fault) error {
	return refusal{status, problem, faults}
}

// placed is a press.Invalid whose fields are found in the body by a pointer of their own.
type placed struct {
	error
	at func(field string) string
}

func (p placed) Unwrap() error { return p.error }

// Fail answers with the problem that tells an error.
func Fail(v *page.Visit, w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody is there to read it
	}
	status := statusOf(err)
	h := w.Header()
	var told *press.Error
	p := problem{}
	if errors.As(err, &told) && status < http.StatusInternalServerError || status == http.StatusServiceUnavailable {
		p.Detail = v.Set("", v.T(told.Message, told.Args...))
		p.Errors = wrongFields(v, err, told)
	}
	if status >= http.StatusInternalServerError {
		number := page.Incident()
		p.Instance = "urn:bourgeon:incident:" + number
		v.House.Logger().LogAttrs(r.Context(), slog.LevelError, "request failed", slog.String("incident", number),
			slog.String("route", r.Pattern), slog.String("error", err.Error()))
	}
	page.TellWhen(w, err)
	var lack lacking
	switch {
	case status == http.StatusUnauthorized && r.Header.Get("Authorization") != "":
		h.Set("WWW-Authenticate", `Bearer error="invalid_token"`) // RFC 6750, section 3
	case status == http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	case errors.As(err, &lack):
		h.Set("WWW-Authenticate", fmt.Sprintf(`Bearer error="insufficient_scope", scope=%q`, lack.scope))
	}
	send(v, w, r, status, p)
}

// Tell answers with the problem of a status that is no error of ours.
func Tell(v *page.Visit, w http.ResponseWriter, r *http.Request, status int) {
	send(v, w, r, status, problem{})
}

func send(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, p problem) {
	k, known := kinds[status]
	p.Status = status
	if known {
		p.Type, p.Title = v.Addresses.Base+Root+"/#"+k.name, v.Set("", v.T(k.Message))
	} else {
		p.Type, p.Title = "about:blank", http.StatusText(status)
	}
	body, err := json.Marshal(p)
	if err != nil {
		http.Error(w, http.StatusText(status), status)
		return
	}
	h := w.Header()
	h.Del("ETag")
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Language", v.L.Lang())
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

func statusOf(err error) int {
	var r refusal
	switch {
	case errors.As(err, &r):
		return r.status
	case press.KindOf(err) == press.SignIn:
		return http.StatusUnauthorized
	}
	return page.Status(err)
}

func wrongFields(v *page.Visit, err error, told *press.Error) []wrongField {
	var all []wrongField
	at := func(field string) string { return "#/" + field }
	var p placed
	if errors.As(err, &p) {
		at = p.at
	}
	for _, f := range told.Fields {
		all = append(all, wrongField{Pointer: at(f.Field), Detail: v.Set("", v.T(f.Message, f.Args...))})
	}
	var r refusal
	if errors.As(err, &r) {
		for _, f := range r.faults {
			w := wrongField{Detail: v.Set("", v.T(f.Message, f.Args...))}
			switch f.in {
			case inQuery:
				w.Parameter = f.Field
			case inHeader:
				w.Header = f.Field
			default:
				w.Pointer = f.Field
			}
			all = append(all, w)
		}
	}
	return all
}
