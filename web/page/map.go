package page

import (
	"fmt"
	"net/http"
	"strconv"

	"bourgeon/kit/webmap"
)

// Map is a piece of the map as a page draws it: without a script, its parts being links.
type Map struct {
	View  webmap.View
	Label string // what it shows, for those who don't see it
	Marks []Mark
	// Link is the address of the page with another view; nil for a map that stays.
	Link func(webmap.View) string
}

// Mark is one contribution on the map, or several too close to be told apart.
type Mark struct {
	X, Y  float64
	Count int
	Title string // of the one, or how many
	Link  string // the one, or a nearer view; "" leads nowhere
}

// ShowMap lets the map's tiles into a page that shows one.
func (v *Visit) ShowMap(w http.ResponseWriter) {
	if host := v.Network.Maps.Host(); host != "" {
		w.Header().Set("Content-Security-Policy", Policy+"; img-src 'self' data: "+host)
	}
}

// role is that of a picture, or of a group where its marks lead somewhere.
func (m Map) role() string {
	for _, mark := range m.Marks {
		if mark.Link != "" {
			return "group"
		}
	}
	return "img"
}

// radius is such that a mark can be pressed on a phone; the stylesheet makes it smaller on wide screens.
func (m Mark) radius() string {
	switch {
	case m.Count < 100:
		return "18"
	case m.Count < 1000:
		return "21"
	}
	return "25"
}

func px(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

func (m Map) viewBox() string { return fmt.Sprintf("0 0 %d %d", m.View.Width, m.View.Height) }

// scale is the distance that the map's scale shows, in words, and where its line ends.
func (m Map) scale(v *Visit) (words, end string) {
	metres, pixels := m.View.Scale(110)
	words = v.T("%d m", metres)
	if metres >= 1000 {
		words = v.T("%d km", metres/1000)
	}
	return words, px(12 + pixels)
}

// at is how far down the view's lower edge a line stands.
func (m Map) foot(up float64) string { return px(float64(m.View.Height) - up) }

// steps are the ways to look elsewhere.
func (m Map) steps(v *Visit) []Option {
	nearer, farther := m.View.Zoomed(1), m.View.Zoomed(-1)
	var all []Option
	if nearer.Zoom != m.View.Zoom {
		all = append(all, Option{Value: m.Link(nearer), Label: "+", Help: v.T("Nearer")})
	}
	if farther.Zoom != m.View.Zoom {
		all = append(all, Option{Value: m.Link(farther), Label: "−", Help: v.T("Farther")})
	}
	for _, move := range []struct {
		sign, words string
		right, down float64
	}{{"↑", v.T("North"), 0, -.5}, {"↓", v.T("South"), 0, .5}, {"←", v.T("West"), -.5, 0}, {"→", v.T("East"), .5, 0}} {
		all = append(all, Option{Value: m.Link(m.View.Moved(move.right, move.down)), Label: move.sign, Help: move.words})
	}
	return all
}
