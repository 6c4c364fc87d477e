package page

import (
	"fmt"
	"html"

	"bourgeon/press"
)

// CardWidth and CardHeight are the room that the card of an entry wants on other sites, in CSS pixels.
const (
	CardWidth  = 600
	CardHeight = 280
)

// FrameCode is the HTML that shows the card of an entry on another site, in a frame.
func (v *Visit) FrameCode(e press.Entry, width, height int) string {
	return fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" loading="lazy"></iframe>`,
		html.EscapeString(v.Addresses.Entry(e)+"/embed"), html.EscapeString(v.Set(e.Language, e.Title)), width, height)
}

// QuoteCode is the HTML that names an entry on another site, without a frame or a script: title, first words, authors,
// licence, link.
func (v *Visit) QuoteCode(e press.Entry) string {
	address := html.EscapeString(v.Addresses.Entry(e))
	words := ""
	if summary := Summary(e, 280); summary != "" {
		words = "<p>" + html.EscapeString(v.Set(e.Language, summary)) + "</p>"
	}
	return fmt.Sprintf(`<blockquote cite="%s" lang="%s"><p><a href="%s">%s</a></p>%s<footer>%s, <cite>%s</cite>, %s (%s)</footer></blockquote>`,
		address, html.EscapeString(e.Language), address, html.EscapeString(v.Set(e.Language, e.Title)), words, html.EscapeString(v.AuthorNames(e)),
		html.EscapeString(v.SiteName(e)), html.EscapeString(v.Date(e.PublishedAt)), html.EscapeString(LicenceName(e.Licence)))
}
