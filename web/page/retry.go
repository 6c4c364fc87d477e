package page

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// TellWhen sets Retry-After for an error that passes with time, for handlers that show it on a form of their own.
func TellWhen(w http.ResponseWriter, err error) {
	var limited later
	if errors.As(err, &limited) {
		w.Header().Set("Retry-After", strconv.Itoa(int((limited.after+time.Second-1)/time.Second)))
	}
}
