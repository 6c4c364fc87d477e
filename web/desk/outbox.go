package desk

import (
	"html"
	"net/http"
	"strings"

	"bourgeon/kit/post"
	"bourgeon/web/page"
)

const letters = 100

// Outbox shows the mails that a demonstration would have sent.
func Outbox(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if !v.House.Demo || v.House.Outbox == "" {
		return nowhere()
	}
	all, err := post.Read(v.House.Outbox, letters)
	if err != nil {
		return err
	}
	var open post.Stored
	if len(all) > 0 {
		open = all[0]
	}
	for _, m := range all {
		if m.File == r.URL.Query().Get("mail") {
			open = m
		}
	}
	return page.Render(w, r, outboxPage(v, all, open))
}

// span is a stretch of a mail's text; Link is set when it is an address.
type span struct{ text, link string }

// linked cuts a text at the web addresses in it.
func linked(text string) []span {
	var spans []span
	for {
		at := strings.Index(text, "http://")
		if secure := strings.Index(text, "https://"); at < 0 || secure >= 0 && secure < at {
			at = secure
		}
		if at < 0 {
			return append(spans, span{text: text})
		}
		end := strings.IndexAny(text[at:], " \t\n\r<>\"\u00a0\u202f")
		if end < 0 {
			end = len(text) - at
		}
		link := strings.TrimRight(text[at:at+end], ".,;:!?)»")
		spans = append(spans, span{text: text[:at]}, span{text: link, link: link})
		text = text[at+len(link):]
	}
}

// letterHTML is a mail's text with its addresses as links. It is put together
// here since templates add spaces between elements, which pre would show.
func letterHTML(text string) string {
	var b strings.Builder
	for _, s := range linked(text) {
		if s.link == "" {
			b.WriteString(html.EscapeString(s.text))
			continue
		}
		b.WriteString(`<a class="inline" href="` + html.EscapeString(s.link) + `">` + html.EscapeString(s.text) + "</a>")
	}
	return b.String()
}
