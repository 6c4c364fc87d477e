package page

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bourgeon/press"
)

// Refused finds in an error what a form should say of it, so that what was typed stays on the page: the faults of its
// fields, or the error's message as the fault of field "". It is false for errors that no form can help, which the
// handler returns. Retry-After is set for those that pass with time.
func Refused(w http.ResponseWriter, err error) (faults Faults, status int, ok bool) {
	var e *press.Error
	if !errors.As(err, &e) {
		return nil, 0, false
	}
	switch e.Kind {
	case press.Invalid:
		faults, ok = FaultsOf(err)
	case press.Forbidden, press.Gone, press.Expired, press.TooMany, press.TooLarge, press.Unavailable:
		faults, ok = Faults{{Message: e.Message, Args: e.Args}}, true
	}
	TellWhen(w, err)
	return faults, Status(err), ok
}

// TellWhen sets Retry-After for an error that passes with time, for handlers that show it themselves.
func TellWhen(w http.ResponseWriter, err error) {
	var limited later
	if errors.As(err, &limited) {
		w.Header().Set("Retry-After", strconv.Itoa(int((limited.after+time.Second-1)/time.Second)))
	}
}

// KeepPrivate keeps a page whose address is a secret out of search engines, caches and the referrers of its links.
func KeepPrivate(w http.ResponseWriter) {
	h := w.Header()
	// Not no-referrer: forms would then be sent with "Origin: null", and refused where browsers send no Sec-Fetch-Site (old
	// ones, and all over plain http).
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "private, no-store")
}

// WithParam adds a parameter to one of our addresses.
func WithParam(link, key, value string) string {
	link, fragment, found := strings.Cut(link, "#")
	separator := "?"
	if strings.Contains(link, "?") {
		separator = "&"
	}
	link += separator + key + "=" + url.QueryEscape(value)
	if found {
		link += "#" + fragment
	}
	return link
}
