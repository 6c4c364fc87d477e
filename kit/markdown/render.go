package markdown

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func newRenderer(o Options) renderer.Renderer {
	back := `<span aria-hidden="true">↩</span>`
	if o.NoteBack != "" {
		back += `<span class="visually-hidden">` + html.EscapeString(o.NoteBack) + ` ^^</span>`
	}
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(ours{o: o, base: host(o.LinkBase), root: root(o.LinkBase)}, 100),
		util.Prioritized(extension.NewTableHTMLRenderer(
			extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(
			extension.WithFootnoteIDPrefix(o.IDPrefix),
			extension.WithFootnoteBacklinkHTML(back)), 500),
		// Who writes for the first time ends a line where they want one.
		util.Prioritized(goldhtml.NewRenderer(goldhtml.WithHardWraps()), 1000),
	))
}

// ours renders the nodes in which we differ from goldmark.
type ours struct {
	o    Options
	base string // host of LinkBase
	root string // path of LinkBase, without a slash at its end
}

func (r ours) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindAutoLink, r.autoLink)
	reg.Register(kindPicture, r.picture)
	reg.Register(kindFigure, r.figure)
	reg.Register(kindDirective, r.directive)
}

func (r ours) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	l := n.(*ast.Link)
	r.openLink(w, string(util.URLEscape(l.Destination, true)), unescape(l.Title))
	return ast.WalkContinue, nil
}

func (r ours) autoLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	l := n.(*ast.AutoLink)
	dest := string(util.URLEscape(l.URL(source), false))
	if l.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	r.openLink(w, dest, "")
	_, _ = w.WriteString(html.EscapeString(string(l.Label(source))) + "</a>")
	return ast.WalkContinue, nil
}

func (r ours) openLink(w util.BufWriter, dest, title string) {
	if strings.HasPrefix(dest, "/") && !strings.HasPrefix(dest, "//") {
		dest = r.root + dest
	}
	_, _ = w.WriteString("<a")
	attribute(w, "href", dest)
	if title != "" {
		attribute(w, "title", title)
	}
	if r.external(dest) {
		attribute(w, "rel", "nofollow ugc noopener")
	}
	_ = w.WriteByte('>')
}

// external tells whether dest leads to another host than the site's.
func (r ours) external(dest string) bool {
	h := host(dest)
	return h != "" && h != r.base
}

func root(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(u.EscapedPath(), "/")
}

func host(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

func (r ours) picture(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	p := n.(*picture)
	switch {
	case p.external != "":
		r.openLink(w, string(util.URLEscape([]byte(p.external), true)), p.caption)
		_, _ = w.WriteString(html.EscapeString(orElse(p.alt, p.external)) + "</a>")
		return ast.WalkContinue, nil
	case !p.found:
		_, _ = w.WriteString(`<em class="missing-media">` +
			html.EscapeString(orElse(p.alt, orElse(p.caption, "…"))) + `</em>`)
		return ast.WalkContinue, nil
	}
	if p.image.WebP != "" {
		_, _ = w.WriteString("<picture><source")
		attribute(w, "type", "image/webp")
		attribute(w, "srcset", p.image.WebP)
		if p.image.Sizes != "" {
			attribute(w, "sizes", p.image.Sizes)
		}
		_ = w.WriteByte('>')
		defer func() { _, _ = w.WriteString("</picture>") }()
	}
	_, _ = w.WriteString("<img")
	attribute(w, "src", p.image.Src)
	if p.image.SrcSet != "" {
		attribute(w, "srcset", p.image.SrcSet)
		if p.image.Sizes != "" {
			attribute(w, "sizes", p.image.Sizes)
		}
	}
	attribute(w, "alt", p.alt)
	if p.image.Width > 0 && p.image.Height > 0 {
		attribute(w, "width", strconv.Itoa(p.image.Width))
		attribute(w, "height", strconv.Itoa(p.image.Height))
	}
	_, _ = w.WriteString(` loading="lazy" decoding="async">`)
	return ast.WalkContinue, nil
}

func (r ours) figure(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<figure>")
		return ast.WalkContinue, nil
	}
	p := n.FirstChild().(*picture)
	if p.caption != "" || p.image.Credit != "" {
		_, _ = w.WriteString("<figcaption>" + html.EscapeString(p.caption))
		if p.image.Credit != "" {
			if p.caption != "" {
				_ = w.WriteByte(' ')
			}
			_, _ = w.WriteString(`<small class="credit">` + html.EscapeString(p.image.Credit) + `</small>`)
		}
		_, _ = w.WriteString("</figcaption>")
	}
	_, _ = w.WriteString("</figure>\n")
	return ast.WalkContinue, nil
}

func (r ours) directive(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div data-directive="` + n.(*directiveNode).directive.encode() + `"></div>` + "\n")
	}
	return ast.WalkContinue, nil
}

func attribute(w util.BufWriter, name, value string) {
	_, _ = w.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
