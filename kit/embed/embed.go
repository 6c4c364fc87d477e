// Package embed knows the addresses of videos, sounds and maps that other services show, and the address from which each lets
// a page show it: in its most private mode, where there is one.
//
// It fetches nothing and trusts nothing: what an address names is checked letter by letter before it is put into another.
// Start with Of.
package embed

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Kind is what is shown.
type Kind string

const (
	Video Kind = "video"
	Sound Kind = "sound"
	Map   Kind = "map"
)

// Card is something that a service shows.
type Card struct {
	Service string // its name, as people know it: "YouTube", or the host of a PeerTube server
	Kind    Kind
	Page    string // the address given, to open there
	Frame   string // what to put into a frame; "" where this can't be known to be safe
}

// Host of the frame, as a policy names it: "https://player.vimeo.com"; "" without a frame.
func (c Card) Host() string {
	u, err := url.Parse(c.Frame)
	if err != nil || u.Host == "" {
		return ""
	}
	return "https://" + u.Host
}

// Servers of PeerTube that a page may frame: the network is open, and anybody may call a page of theirs a video.
type Servers []string

const maxAddress = 2000 // bytes

// Of tells what an address shows; false for one that is an ordinary link.
func Of(address string, servers Servers) (Card, bool) {
	if len(address) > maxAddress {
		return Card{}, false
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.Port() != "" {
		return Card{}, false
	}
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "m.")
	var c Card
	switch host {
	case "youtube.com", "youtube-nocookie.com", "music.youtube.com", "youtu.be":
		c = youTube(u, host)
	case "vimeo.com", "player.vimeo.com":
		c = vimeo(u)
	case "dailymotion.com", "dai.ly":
		c = dailymotion(u, host)
	case "soundcloud.com":
		c = soundCloud(u)
	case "openstreetmap.org", "osm.org":
		c = openStreetMap(u)
	case "umap.openstreetmap.fr", "umap.openstreetmap.de":
		c = uMap(u, host)
	default:
		c = peerTube(u, host, servers)
	}
	c.Page = u.String()
	return c, c.Service != ""
}

var (
	youTubeID     = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)
	vimeoID       = regexp.MustCompile(`^[0-9]{5,12}$`)
	vimeoKey      = regexp.MustCompile(`^[0-9a-f]{6,16}$`)
	dailymotionID = regexp.MustCompile(`^[A-Za-z0-9]{5,12}$`)
	soundName     = regexp.MustCompile(`^[a-z0-9_-]{1,100}$`)
	peerTubeID    = regexp.MustCompile(`^(?:[A-Za-z0-9]{22}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$`)
	hostName      = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// segments of a path, without the empty ones at its ends.
func segments(u *url.URL) []string { return strings.Split(strings.Trim(u.Path, "/"), "/") }

func youTube(u *url.URL, host string) Card {
	parts, id := segments(u), ""
	switch {
	case host == "youtu.be":
		id = parts[0]
	case parts[0] == "watch":
		id = u.Query().Get("v")
	case len(parts) == 2 && (parts[0] == "shorts" || parts[0] == "live" || parts[0] == "embed"):
		id = parts[1]
	}
	if !youTubeID.MatchString(id) {
		return Card{}
	}
	frame := "https://www.youtube-nocookie.com/embed/" + id + "?rel=0"
	if at := seconds(u.Query()); at > 0 {
		frame += "&start=" + strconv.Itoa(at)
	}
	return Card{Service: "YouTube", Kind: Video, Frame: frame}
}

// seconds reads where a video shall begin: "90", "90s" or "1m30s".
func seconds(query url.Values) int {
	given := query.Get("t") + query.Get("start")
	total, n := 0, 0
	for _, c := range given {
		switch {
		case c >= '0' && c <= '9' && n < 1_000_000:
			n = 10*n + int(c-'0')
		case c == 'h':
			total, n = total+3600*n, 0
		case c == 'm':
			total, n = total+60*n, 0
		case c == 's':
			total, n = total+n, 0
		default:
			return 0
		}
	}
	if total += n; total > 24*3600 {
		return 0
	}
	return total
}

func vimeo(u *url.URL) Card {
	parts := segments(u)
	if parts[0] == "video" {
		parts = parts[1:]
	}
	if len(parts) == 0 || !vimeoID.MatchString(parts[0]) {
		return Card{}
	}
	frame := "https://player.vimeo.com/video/" + parts[0] + "?dnt=1"
	key := u.Query().Get("h")
	if len(parts) == 2 {
		key = parts[1]
	}
	if vimeoKey.MatchString(key) { // of a video that isn't listed
		frame += "&h=" + key
	}
	return Card{Service: "Vimeo", Kind: Video, Frame: frame}
}

func dailymotion(u *url.URL, host string) Card {
	parts, id := segments(u), ""
	switch {
	case host == "dai.ly":
		id = parts[0]
	case len(parts) >= 2 && parts[len(parts)-2] == "video":
		id, _, _ = strings.Cut(parts[len(parts)-1], "_") // a title may follow
	}
	if !dailymotionID.MatchString(id) {
		return Card{}
	}
	return Card{Service: "Dailymotion", Kind: Video, Frame: "https://www.dailymotion.com/embed/video/" + id}
}

func soundCloud(u *url.URL) Card {
	parts := segments(u)
	if len(parts) < 2 || len(parts) > 3 || len(parts) == 3 && parts[1] != "sets" {
		return Card{}
	}
	for _, part := range parts {
		if !soundName.MatchString(part) {
			return Card{}
		}
	}
	page := "https://soundcloud.com/" + strings.Join(parts, "/")
	return Card{Service: "SoundCloud", Kind: Sound, Frame: "https://w.soundcloud.com/player/?visual=false&url=" + url.QueryEscape(page)}
}

// openStreetMap reads the place from #map=zoom/latitude/longitude, and a mark from ?mlat=…&mlon=….
func openStreetMap(u *url.URL) Card {
	spot, found := strings.CutPrefix(u.Fragment, "map=")
	parts := strings.Split(spot, "/")
	if !found || len(parts) != 3 {
		return Card{}
	}
	zoom, latitude, longitude := number(parts[0], 1, 20), number(parts[1], -85, 85), number(parts[2], -180, 180)
	if math.IsNaN(zoom + latitude + longitude) {
		return Card{}
	}
	// A frame of some 600 × 400 pixels, of tiles of 256.
	across := 600 / 256.0 * 360 / math.Pow(2, zoom)
	down := across * 2 / 3 * math.Cos(latitude*math.Pi/180)
	query := url.Values{"layer": {"mapnik"}}
	query.Set("bbox", fmt.Sprintf("%.5f,%.5f,%.5f,%.5f", longitude-across/2, latitude-down/2, longitude+across/2, latitude+down/2))
	if lat, lon := number(u.Query().Get("mlat"), -85, 85), number(u.Query().Get("mlon"), -180, 180); !math.IsNaN(lat + lon) {
		query.Set("marker", fmt.Sprintf("%.5f,%.5f", lat, lon))
	}
	return Card{Service: "OpenStreetMap", Kind: Map, Frame: "https://www.openstreetmap.org/export/embed.html?" + query.Encode()}
}

// uMap reads /fr/map/name_123, the address of a map that people drew on a base of OpenStreetMap.
func uMap(u *url.URL, host string) Card {
	parts := segments(u)
	if len(parts) != 3 || parts[1] != "map" || !uMapLanguage.MatchString(parts[0]) || !uMapName.MatchString(parts[2]) {
		return Card{}
	}
	return Card{Service: "uMap", Kind: Map, Frame: "https://" + host + "/" + parts[0] + "/map/" + parts[2] + "?scaleControl=true&scrollWheelZoom=false"}
}

var (
	uMapLanguage = regexp.MustCompile(`^[a-z]{2}(-[a-z]{2,8})?$`)
	uMapName     = regexp.MustCompile(`^[a-z0-9-]*_[0-9]+$`)
)

// number is NaN unless s is one within bounds.
func number(s string, from, to float64) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= from && n <= to) {
		return math.NaN()
	}
	return n
}

// peerTube knows a video by the shape of its address: any server may be one.
func peerTube(u *url.URL, host string, servers Servers) Card {
	parts := segments(u)
	last := parts[len(parts)-1]
	shape := strings.Join(parts[:len(parts)-1], "/")
	if !peerTubeID.MatchString(last) || shape != "w" && shape != "videos/watch" && shape != "videos/embed" || !hostName.MatchString(host) {
		return Card{}
	}
	c := Card{Service: host, Kind: Video}
	for _, known := range servers {
		if strings.EqualFold(known, u.Hostname()) {
			c.Frame = "https://" + strings.ToLower(u.Hostname()) + "/videos/embed/" + last + "?p2p=0&title=0&warningTitle=0"
		}
	}
	return c
}
