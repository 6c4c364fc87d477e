package embed

import (
	"net/url"
	"strings"
	"testing"
)

var servers = Servers{"videos.example.org"}

var addresses = []struct{ address, service, frame string }{
	{"https://www.youtube.com/watch?v=dQw4w9WgXcQ&utm_source=x", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"},
	{"https://youtu.be/dQw4w9WgXcQ?t=1m30s", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0&start=90"},
	{"https://m.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"},
	{"https://www.youtube.com/@someone", "", ""},
	{"https://www.youtube.com/watch?v=\"onload=alert(1)", "", ""},
	{"https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1"},
	{"https://vimeo.com/76979871/8272103f6e", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e"},
	{"https://vimeo.com/about", "", ""},
	{"https://www.dailymotion.com/video/x8ks9l2_un-titre", "Dailymotion", "https://www.dailymotion.com/embed/video/x8ks9l2"},
	{"https://dai.ly/x8ks9l2", "Dailymotion", "https://www.dailymotion.com/embed/video/x8ks9l2"},
	{"https://soundcloud.com/forss/flickermood", "SoundCloud", "https://w.soundcloud.com/player/?visual=false&url=https%3A%2F%2Fsoundcloud.com%2Fforss%2Fflickermood"},
	{"https://soundcloud.com/forss", "", ""},
	{"https://www.openstreetmap.org/?mlat=48.4&mlon=-4.5#map=15/48.4/-4.5", "OpenStreetMap", "https://www.openstreetmap.org/export/embed.html?bbox=-4.51287%2C48.39430%2C-4.48713%2C48.40570&layer=mapnik&marker=48.40000%2C-4.50000"},
	{"https://www.openstreetmap.org/#map=15/north/-4.5", "", ""},
	{"https://umap.openstreetmap.fr/fr/map/les-composts-du-quartier_123456#13/48.4/-4.5", "uMap", "https://umap.openstreetmap.fr/fr/map/les-composts-du-quartier_123456?scaleControl=true&scrollWheelZoom=false"},
	{"https://umap.openstreetmap.fr/fr/user/quelqu-un", "", ""},
	{"https://umap.openstreetmap.fr/fr/map/\"onload_1", "", ""},
	{"https://www.openstreetmap.org/#map=15/NaN/NaN", "", ""},
	{"https://videos.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv", "videos.example.org", "https://videos.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?p2p=0&title=0&warningTitle=0"},
	{"https://tube.example.net/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d", "tube.example.net", ""},
	{"https://tube.example.net/w/short", "", ""},
	{"https://example.org/article", "", ""},
	{"https://user@youtu.be/dQw4w9WgXcQ", "", ""},
	{"https://youtu.be:8443/dQw4w9WgXcQ", "", ""},
	{"javascript:alert(1)//youtu.be/dQw4w9WgXcQ", "", ""},
	{"", "", ""},
}

func TestOf(t *testing.T) {
	for _, tt := range addresses {
		c, ok := Of(tt.address, servers)
		if c.Service != tt.service || ok != (tt.service != "") || c.Frame != tt.frame {
			t.Errorf("%s\n  %q %s, want\n  %q %s", tt.address, c.Service, c.Frame, tt.service, tt.frame)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, tt := range addresses {
		f.Add(tt.address)
	}
	known := map[string]bool{
		"https://www.youtube-nocookie.com": true, "https://player.vimeo.com": true, "https://www.dailymotion.com": true,
		"https://w.soundcloud.com": true, "https://www.openstreetmap.org": true, "https://umap.openstreetmap.fr": true, "https://umap.openstreetmap.de": true, "https://videos.example.org": true,
	}
	f.Fuzz(func(t *testing.T, address string) {
		c, ok := Of(address, servers)
		if !ok || c.Frame == "" {
			return
		}
		u, err := url.Parse(c.Frame)
		if err != nil || u.Scheme != "https" || u.User != nil || !known[c.Host()] || strings.ContainsAny(c.Frame, "\"'<> \\") {
			t.Errorf("%q frames %q", address, c.Frame)
		}
	})
}
