package markdown

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy allows exactly what Render produces. It is built once, for its many
// expressions, and never changes.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	is := func(expr string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + expr + `)$`) }
	const id = `[A-Za-z0-9-]+`
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li",
		"table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "picture", "sup", "small",
		"h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "a")
	p.AllowAttrs("id").Matching(is(id)).OnElements("h1", "h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("start").Matching(is(`[0-9]{1,9}`)).OnElements("ol")
	p.AllowAttrs("class").Matching(is(`language-[A-Za-z0-9_+.#-]+`)).OnElements("code")
	p.AllowAttrs("align").Matching(is(`left|right|center`)).OnElements("th", "td")

	p.AllowAttrs("href", "title").OnElements("a")
	p.AllowAttrs("rel").Matching(is(`nofollow ugc noopener`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)

	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("srcset", "sizes").Matching(is(`[^<>"]*`)).OnElements("img", "source")
	p.AllowAttrs("type").Matching(is(`image/webp`)).OnElements("source")
	p.AllowAttrs("width", "height").Matching(is(`[0-9]{1,6}`)).OnElements("img")
	p.AllowAttrs("loading").Matching(is(`lazy`)).OnElements("img")
	p.AllowAttrs("decoding").Matching(is(`async`)).OnElements("img")
	p.AllowAttrs("class").Matching(is(`credit`)).OnElements("small")
	p.AllowAttrs("class").Matching(is(`lone`)).OnElements("p")
	p.AllowAttrs("class").Matching(is(`missing-media`)).OnElements("em")

	p.AllowAttrs("id").Matching(is(`[A-Za-z0-9-]*fnref[0-9]*:[0-9]+`)).OnElements("sup")
	p.AllowAttrs("id").Matching(is(`[A-Za-z0-9-]*fn:[0-9]+`)).OnElements("li")
	p.AllowAttrs("class").Matching(is(`footnote-ref|footnote-backref`)).OnElements("a")
	p.AllowAttrs("role").Matching(is(`doc-noteref|doc-backlink`)).OnElements("a")
	p.AllowAttrs("class").Matching(is(`footnotes`)).OnElements("div")
	p.AllowAttrs("role").Matching(is(`doc-endnotes`)).OnElements("div")
	p.AllowAttrs("class").Matching(is(`visually-hidden`)).OnElements("span")
	p.AllowAttrs("aria-hidden").Matching(is(`true`)).OnElements("span")

	p.AllowAttrs("data-directive").Matching(is(`[A-Za-z0-9_-]+`)).OnElements("div")
	return p
})
