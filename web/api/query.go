package api

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bourgeon/press"
	"bourgeon/store"
)

// query is the parameters of a call, each known to the document and of its type.
type query struct {
	operation operation
	values    url.Values
}

const maxValue = 300 // bytes

// readQuery checks the parameters of a request against its operation.
func readQuery(r *http.Request) (query, error) {
	q := query{operation: operationOf(r.Pattern), values: r.URL.Query()}
	var faults []fault
	for _, name := range sortedKeys(q.values) {
		p, known := q.operation.params[name]
		values := q.values[name]
		switch {
		case !known:
			faults = append(faults, inQuery.Fault(name, "There is no such parameter here."))
		case len(values) > 1:
			faults = append(faults, inQuery.Fault(name, "Give it once; several values are separated by commas where they are allowed."))
		default:
			if f, wrong := p.check(name, values[0]); wrong {
				faults = append(faults, f)
			}
		}
	}
	if len(faults) > 0 {
		return q, badRequest(faults...)
	}
	return q, nil
}

// parameter is what the document says of one.
type parameter struct {
	Name   string
	In     string
	Schema schema
}

type schema struct {
	Type    string
	Format  string
	Enum    []string
	Minimum *int
	Maximum *int
	Items   *schema
}

func (p parameter) check(name, value string) (fault, bool) {
	s := p.Schema
	switch {
	case len(value) > maxValue || !utf8.ValidString(value):
		return inQuery.Fault(name, "This value is too long."), true
	case s.Type == "integer":
		n, err := strconv.Atoi(value)
		if err != nil || s.Minimum != nil && n < *s.Minimum || s.Maximum != nil && n > *s.Maximum {
			return inQuery.Fault(name, "Give a whole number between %d and %d.", deref(s.Minimum), deref(s.Maximum)), true
		}
	case s.Type == "boolean":
		if value != "true" && value != "false" {
			return inQuery.Fault(name, "Give true or false."), true
		}
	case s.Type == "array":
		for part := range strings.SplitSeq(value, ",") {
			if s.Items != nil && len(s.Items.Enum) > 0 && !slices.Contains(s.Items.Enum, part) {
				return inQuery.Fault(name, "“%s” is none of these: %s.", part, strings.Join(s.Items.Enum, ", ")), true
			}
		}
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, value):
		return inQuery.Fault(name, "“%s” is none of these: %s.", value, strings.Join(s.Enum, ", ")), true
	case s.Format == "date-time":
		if _, err := moment(value); err != nil {
			return inQuery.Fault(name, "Give a moment as 2026-05-11T08:30:00Z, or a day as 2026-05-11."), true
		}
	case s.Format == "cursor":
		if !store.Cursor(value).Readable() {
			return inQuery.Fault(name, "This place in the list can’t be read: begin again without it."), true
		}
	}
	return fault{}, false
}

func deref(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// moment reads a time of RFC 3339, or a day, which begins at midnight UTC.
func moment(s string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339, s)
}

func (q query) text(name string) string { return press.CleanLine(q.values.Get(name)) }

func (q query) list(name string) []string {
	if q.text(name) == "" {
		return nil
	}
	return strings.Split(q.text(name), ",")
}

func (q query) time(name string) time.Time {
	t, _ := moment(q.text(name)) // checked by readQuery
	return t
}

func (q query) cursor(name string) store.Cursor { return store.Cursor(q.text(name)) }

const usual = 20 // things in a page

func (q query) limit() int {
	n, _ := strconv.Atoi(q.text("limit")) // checked by readQuery
	return cmp.Or(n, usual)
}

// canonical is the query in one order, whoever wrote it.
func (q query) canonical() string {
	values := url.Values{}
	for name := range q.values {
		if name != "lang" {
			values.Set(name, q.values.Get(name))
		}
	}
	return values.Encode()
}

// with is the query with one parameter set and others dropped.
func (q query) with(name, value string, dropped ...string) string {
	values := url.Values{}
	for n := range q.values {
		if !slices.Contains(dropped, n) {
			values.Set(n, q.values.Get(n))
		}
	}
	values.Set(name, value)
	return values.Encode()
}
