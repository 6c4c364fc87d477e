// Package geocode asks a service where an address is: any that answers GeoJSON
// (RFC 7946), as Photon, the French national address base and Nominatim
// (with format=geojson) do.
//
// It chooses no service and keeps nothing. Start with Service.Find.
package geocode

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Service is where to ask: an address with {q} for what is looked for.
type Service struct {
	Template string // "https://photon.example/api?limit=5&q={q}"
	Client   *http.Client
}

// Found is a place that a service knows. Degrees, WGS 84.
type Found struct {
	Lat, Lon float64
	Name     string
}

// ErrUnreachable is that the service gave no answer that can be read.
var ErrUnreachable = errors.New("the geocoder gave no answer")

const (
	most    = 6       // places told
	maxBody = 1 << 20 // bytes of an answer
	patient = 6 * time.Second
)

// Find asks where something is; the likeliest first, none where nothing is known.
func (s Service) Find(ctx context.Context, query string) ([]Found, error) {
	ctx, cancel := context.WithTimeout(ctx, patient)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.ReplaceAll(s.Template, "{q}", url.QueryEscape(query)), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	request.Header.Set("User-Agent", "Bourgeon")
	request.Header.Set("Accept", "application/geo+json, application/json")
	client := s.Client
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil || response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: status %d", ErrUnreachable, response.StatusCode)
	}
	return Read(b)
}

// Read reads the answer of a service: a collection of features, of which the points count.
func Read(b []byte) ([]Found, error) {
	var answer struct {
		Type     string `json:"type"`
		Features []struct {
			Geometry struct {
				Type        string          `json:"type"`
				Coordinates json.RawMessage `json:"coordinates"`
			} `json:"geometry"`
			Properties map[string]any `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal(b, &answer); err != nil || answer.Type != "FeatureCollection" {
		return nil, fmt.Errorf("%w: it isn't GeoJSON", ErrUnreachable)
	}
	var all []Found
	for _, f := range answer.Features {
		var at []float64
		if f.Geometry.Type != "Point" || json.Unmarshal(f.Geometry.Coordinates, &at) != nil || len(at) < 2 {
			continue
		}
		if math.Abs(at[1]) > 90 || math.Abs(at[0]) > 180 {
			continue
		}
		if name := named(f.Properties); name != "" && len(all) < most {
			all = append(all, Found{Lat: at[1], Lon: at[0], Name: name})
		}
	}
	return all, nil
}

// named is what a place is called: services have several ways to say it.
func named(p map[string]any) string {
	text := func(key string) string {
		s, _ := p[key].(string)
		return strings.TrimSpace(s)
	}
	for _, key := range []string{"label", "display_name"} {
		if s := text(key); s != "" {
			return s
		}
	}
	street := strings.TrimSpace(text("housenumber") + " " + text("street"))
	var parts []string
	for _, s := range []string{text("name"), street, strings.TrimSpace(text("postcode") + " " + text("city"))} {
		if s != "" && (len(parts) == 0 || parts[len(parts)-1] != s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}
