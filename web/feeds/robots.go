package feeds

import (
	"net/http"
	"strings"

	"bourgeon/web/page"
)

// kept are the paths that robots leave alone: what belongs to one person, and lists without end. Pages that aren't public
// say noindex themselves; this spares robots the way, and hides nothing.
var kept = []string{"desk/", "draft/", "challenge/", "confirm/", "invitation/", "leave/", "signin?", "search?", "diff/"}

// Robots tells robots where the sitemap is, and what isn't worth their while (RFC 9309). It serves any host: the network's,
// or that of a site on its own domain. Under a base path, whoever keeps the root of the host has to take it up there.
func Robots(v *page.Visit, w http.ResponseWriter) error {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	base := v.Addresses.BasePath() + "/"
	if !v.AtPortal() {
		base = "/"
	}
	for _, path := range kept {
		b.WriteString("Disallow: " + base + path + "\nDisallow: " + base + "*/" + path + "\n")
	}
	b.WriteString("\nSitemap: " + v.Canonical("/sitemap.xml") + "\n")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte(b.String()))
	return err
}
