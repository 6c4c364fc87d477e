package geocode

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const answer = `{"type":"FeatureCollection","features":[
 {"geometry":{"type":"Point","coordinates":[-4.486,48.39]},"properties":{"label":"2 Rue du Port 29000 Kerbalan"}},
 {"geometry":{"type":"Point","coordinates":[-4.5,48.4]},"properties":{"name":"Le Port","street":"Quai","housenumber":"3","city":"Kerbalan","postcode":"29000"}},
 {"geometry":{"type":"Point","coordinates":[-4.6,480]},"properties":{"label":"nowhere"}},
 {"geometry":{"type":"Polygon","coordinates":[]},"properties":{"label":"an area"}}]}`

func TestFind(t *testing.T) {
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Query().Get("q")
		if asked == "broken" {
			http.Error(w, "no", http.StatusBadGateway)
			return
		}
		_, _ = w.Write([]byte(answer))
	}))
	defer server.Close()
	s := Service{Template: server.URL + "/?q={q}"}
	got, err := s.Find(t.Context(), "rue du port & quai")
	if err != nil {
		t.Fatal(err)
	}
	want := []Found{{48.39, -4.486, "2 Rue du Port 29000 Kerbalan"}, {48.4, -4.5, "Le Port, 3 Quai, 29000 Kerbalan"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if asked != "rue du port & quai" {
		t.Errorf("asked %q", asked)
	}
	if _, err := s.Find(t.Context(), "broken"); !errors.Is(err, ErrUnreachable) {
		t.Errorf("a failing service: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(answer))
	f.Fuzz(func(t *testing.T, b []byte) {
		found, _ := Read(b)
		for _, p := range found {
			if p.Name == "" || p.Lat > 90 || p.Lon < -180 {
				t.Error(p)
			}
		}
	})
}
