package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bourgeon/web"
	"bourgeon/web/api"
)

// TestAPIRoutes: what is served is described, and the other way round.
func TestAPIRoutes(t *testing.T) {
	w := newTown(t, func(c *web.Config) { c.API = &api.Face{} })
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost:8080/api/v1/openapi.json", nil))
	var document struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &document); err != nil {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	described := map[string]bool{}
	for path, item := range document.Paths {
		for method := range item {
			if method != "parameters" {
				described[strings.ToUpper(method)+" "+api.Root+path] = true
			}
		}
	}
	for _, route := range web.Programs() {
		if strings.HasSuffix(route.Pattern, "{$}") {
			continue // the page for people
		}
		if !route.Program {
			t.Errorf("%s is not for programs", route.Pattern)
		}
		if !described[route.Pattern] {
			t.Errorf("%s is served and not described", route.Pattern)
		}
		delete(described, route.Pattern)
	}
	for pattern := range described {
		t.Errorf("%s is described and not served", pattern)
	}
}
