package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestGet(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/file":
			_, _ = w.Write([]byte("0123456789"))
		case "/on":
			http.Redirect(w, r, "/file", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	open := Client{Private: true}
	for _, path := range []string{"/file", "/on"} {
		if b, err := open.Get(t.Context(), server.URL+path); err != nil || string(b) != "0123456789" {
			t.Errorf("%s: %q, %v", path, b, err)
		}
	}
	if _, err := open.Get(t.Context(), server.URL+"/gone"); !errors.Is(err, ErrFailed) {
		t.Errorf("nothing there: %v", err)
	}
	if _, err := (Client{Private: true, Most: 5}).Get(t.Context(), server.URL+"/file"); !errors.Is(err, ErrFailed) {
		t.Errorf("too much: %v", err)
	}
	for _, address := range []string{server.URL + "/file", "file:///etc/hosts", "ftp://example.org/a", "http://a:b@example.org", "nonsense", "http://[::1]/", "http://10.0.0.1:1/"} {
		if _, err := (Client{}).Get(t.Context(), address); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
