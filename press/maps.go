package press

import "strings"

// Maps say what a network draws maps with. The zero value draws them on a
// plain background, and finds no address.
type Maps struct {
	Tiles    string `json:"tiles,omitempty"`    // a tile server's addresses, with {z}, {x} and {y}
	Credit   string `json:"credit,omitempty"`   // of the tiles, as their licence asks
	Geocoder string `json:"geocoder,omitempty"` // a service that finds addresses, with {q}
}

func (m Maps) tidy() Maps {
	return Maps{CleanLine(m.Tiles), CleanLine(m.Credit), CleanLine(m.Geocoder)}
}

// Check cleans what was typed and finds what must be mended.
func (m Maps) Check(c *Checks) Maps {
	m = m.tidy()
	if m.Tiles != "" && (!isWeb(m.Tiles) || !strings.Contains(m.Tiles, "{z}") || !strings.Contains(m.Tiles, "{x}") || !strings.Contains(m.Tiles, "{y}")) {
		c.Fault("tiles", "The address of tiles begins with https:// and holds {z}, {x} and {y}.")
	}
	if m.Tiles != "" && m.Credit == "" {
		c.Fault("credit", "Say whom the map is by: those who draw it ask for it.")
	}
	if m.Geocoder != "" && (!isWeb(m.Geocoder) || !strings.Contains(m.Geocoder, "{q}")) {
		c.Fault("geocoder", "The address of the service begins with https:// and holds {q}.")
	}
	for field, s := range map[string]string{"tiles": m.Tiles, "credit": m.Credit, "geocoder": m.Geocoder} {
		CheckLength(c, field, s, 500)
	}
	return m
}

// Host is the origin of the tiles, as a Content-Security-Policy names it: "https://tiles.example"; "" without tiles.
func (m Maps) Host() string {
	scheme, rest, ok := strings.Cut(m.Tiles, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	if host == "" || strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") != "" {
		return ""
	}
	return scheme + "://" + host
}
