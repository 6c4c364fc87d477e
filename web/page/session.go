package page

import (
	"net/http"
	"strings"
	"time"
)

const sessionCookie = "bourgeon_session"

// SessionToken is the secret of the request's session cookie, "" without one.
func SessionToken(r *http.Request) string {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// OpenSession gives the browser the secret of a session, on this host.
func (v *Visit) OpenSession(w http.ResponseWriter, token string, expires time.Time) {
	cookie := v.cookie(token)
	cookie.Expires = expires
	http.SetCookie(w, cookie)
}

// CloseSession makes the browser forget its session.
func (v *Visit) CloseSession(w http.ResponseWriter) {
	cookie := v.cookie("")
	cookie.MaxAge = -1
	http.SetCookie(w, cookie)
}

func (v *Visit) cookie(token string) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: token, Path: v.Host + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(v.Addresses.Base, "https://"),
	}
}
