package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"bourgeon/kit/slug"
	"bourgeon/kit/typography"
)

// picture stands for an image whose reference was looked up.
type picture struct {
	ast.BaseInline
	image    Image
	found    bool
	alt      string
	caption  string
	external string // the address of a picture that isn't ours: shown as a link
}

// figure holds one picture that had its paragraph to itself.
type figure struct{ ast.BaseBlock }

var (
	kindPicture = ast.NewNodeKind("Picture")
	kindFigure  = ast.NewNodeKind("Figure")
)

func (*picture) Kind() ast.NodeKind      { return kindPicture }
func (n *picture) Dump(s []byte, lv int) { ast.DumpHelper(n, s, lv, nil, nil) }
func (*figure) Kind() ast.NodeKind       { return kindFigure }
func (n *figure) Dump(s []byte, lv int)  { ast.DumpHelper(n, s, lv, nil, nil) }

const mediaScheme = "media:"

// transform settles what depends on the options: levels and ids of headings,
// pictures, boxes, and how much reference definitions may add.
func transform(doc ast.Node, source []byte, o Options) {
	boxes(doc, source)
	var headings []*ast.Heading
	var images []*ast.Image
	var links []*ast.Link
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Heading:
				headings = append(headings, n)
			case *ast.Image:
				images = append(images, n)
			case *ast.Link:
				links = append(links, n)
			}
		}
		return ast.WalkContinue, nil
	})
	used := map[string]bool{}
	last := map[string]int{}
	highest := 6
	for _, h := range headings {
		highest = min(highest, h.Level)
	}
	for _, h := range headings {
		h.Level = min(h.Level-highest+o.HeadingBase, 6)
		h.SetAttributeString("id", []byte(o.IDPrefix+headingID(textOf(h, source), used, last)))
	}
	paragraphs := map[ast.Node]bool{}
	// A long address defined once and referred to often would grow the page
	// without measure, so references add at most the length of the text.
	budget := max(len(source), 100_000)
	for _, img := range images {
		if img.Reference != nil {
			if budget -= len(img.Destination) + len(img.Title); budget < 0 {
				img.Destination, img.Title = nil, nil
			}
		}
		p := lookUp(img, source, o)
		parent := img.Parent()
		parent.ReplaceChild(parent, img, p)
		if parent.Kind() == ast.KindParagraph {
			paragraphs[parent] = true
		}
	}
	for _, l := range links {
		if l.Reference != nil {
			if budget -= len(l.Destination) + len(l.Title); budget < 0 {
				l.Destination, l.Title = nil, nil
			}
		}
	}
	for p := range paragraphs {
		toFigures(p, source)
	}
	for p := doc.FirstChild(); p != nil; p = p.NextSibling() {
		if link, ok := p.FirstChild().(*ast.AutoLink); ok && p.Kind() == ast.KindParagraph && p.ChildCount() == 1 && link.AutoLinkType == ast.AutoLinkURL {
			p.SetAttributeString("class", []byte("lone"))
		}
	}
}

// headingID folds a heading to an id that no other heading has.
func headingID(title string, used map[string]bool, last map[string]int) string {
	base := slug.Make(title, 60)
	if base == "" {
		base = "section"
	}
	id := base
	for n := max(last[base], 1); used[id]; {
		n++
		last[base] = n
		id = base + "-" + strconv.Itoa(n)
	}
	used[id] = true
	return id
}

func lookUp(img *ast.Image, source []byte, o Options) *picture {
	p := &picture{alt: strings.TrimSpace(textOf(img, source)), caption: strings.TrimSpace(unescape(img.Title))}
	dest := string(img.Destination)
	ref, ours := strings.CutPrefix(dest, mediaScheme)
	if !ours {
		p.external = dest
		return p
	}
	p.image, p.found = o.Image(ref)
	if p.alt == "" {
		p.alt = p.image.Alt
	}
	if o.French {
		p.alt = typography.French(p.alt)
	}
	return p
}

// toFigures replaces a paragraph that holds nothing but pictures of ours.
func toFigures(p ast.Node, source []byte) {
	var pictures []*picture
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *picture:
			if !c.found {
				return
			}
			pictures = append(pictures, c)
		case *ast.Text:
			if len(strings.TrimSpace(string(c.Segment.Value(source)))) > 0 {
				return
			}
		default:
			return
		}
	}
	parent := p.Parent()
	for _, pic := range pictures {
		f := &figure{}
		f.AppendChild(f, pic)
		parent.InsertBefore(parent, p, f)
	}
	parent.RemoveChild(parent, p)
}

// textOf returns the text within n, without its marks.
func textOf(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			if v := c.Segment.Value(source); c.IsRaw() {
				b.Write(v)
			} else {
				b.WriteString(unescape(v))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape resolves the backslashes and character references of Markdown.
func unescape(v []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(v))))
}
