package page

import (
	"net/http"
	"strings"

	"bourgeon/kit/embed"
)

// Policy is what every page is safe by; see https://www.w3.org/TR/CSP3/.
const Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"

// Embeds are the cards of a page: what other services show, and whom the page must let into its frames.
type Embeds struct{ hosts []string }

// Add notes a card that stands on the page.
func (e *Embeds) Add(c embed.Card) {
	if host := c.Host(); host != "" {
		e.hosts = append(e.hosts, host)
	}
}

// Allow lets the services of the page's cards, and no others, into a frame: nothing is loaded before it is asked for.
func (e *Embeds) Allow(w http.ResponseWriter) {
	if len(e.hosts) == 0 {
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", Policy+"; frame-src "+strings.Join(e.hosts, " "))
}

// cardWords say what stands behind a card, and what pressing it does.
func (v *Visit) cardWords(c embed.Card) (title, act string) {
	switch c.Kind {
	case embed.Sound:
		return v.T("A recording at %s", c.Service), v.T("Listen to it here")
	case embed.Map:
		return v.T("A map of %s", c.Service), v.T("See the map here")
	}
	return v.T("A video at %s", c.Service), v.T("Watch it here")
}

func cardIcon(c embed.Card) string {
	switch c.Kind {
	case embed.Sound:
		return "sound"
	case embed.Map:
		return "map"
	}
	return "play"
}
