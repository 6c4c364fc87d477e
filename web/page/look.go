package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"bourgeon/kit/oklch"
	"bourgeon/press"
)

// Look is a small stylesheet that sets the custom properties from which style.css derives every colour.
type Look struct {
	CSS     string
	Version string
}

// The portal's own colour: a warm brown that leaves the sites' colours their place.
const portalPalette = "--site-hue:60;--site-chroma:.09"

// Look is the site's stylesheet; at the portal it has a rule for every site, used by elements with data-site.
func (v *Visit) Look() Look {
	var b strings.Builder
	if v.AtPortal() {
		b.WriteString(":root{" + portalPalette + "}\n")
		for _, s := range v.Sites {
			fmt.Fprintf(&b, "[data-site=%q]{%s}\n", s.Slug, palette(s))
		}
	} else {
		b.WriteString(":root{" + palette(v.Site) + "}\n")
	}
	sum := sha256.Sum256([]byte(b.String()))
	return Look{CSS: b.String(), Version: hex.EncodeToString(sum[:4])}
}

func palette(s press.Site) string {
	c := oklch.FromRGB(s.RGB())
	return fmt.Sprintf("--site-hue:%.1f;--site-chroma:%.3f", c.H, c.C)
}

// ServeLook answers with the Look of the visit.
func ServeLook(v *Visit, w http.ResponseWriter, r *http.Request) error {
	look := v.Look()
	h := w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	if r.URL.Query().Get("v") == look.Version {
		h.Set("Cache-Control", immutable)
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	_, err := w.Write([]byte(look.CSS))
	return err
}
