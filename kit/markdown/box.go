package markdown

import (
	"regexp"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A box is what stands, at the top level, between a line ":::box" and a line ":::", or the
// text's end. Boxes don't hold each other, nor directives: such lines are words there.

var (
	boxOpen  = regexp.MustCompile(`^:::box[ \t]*\n?$`)
	boxClose = regexp.MustCompile(`^:::[ \t]*\n?$`)
)

func isBoxLine(line []byte) bool { return boxOpen.Match(line) || boxClose.Match(line) }

var (
	kindBoxLine = ast.NewNodeKind("BoxLine")
	kindBox     = ast.NewNodeKind("Box")
)

// boxLine is an end of a box, as it was parsed; boxes leaves none.
type boxLine struct{ ast.BaseBlock }

func (*boxLine) Kind() ast.NodeKind      { return kindBoxLine }
func (*boxLine) IsRaw() bool             { return true }
func (n *boxLine) Dump(s []byte, lv int) { ast.DumpHelper(n, s, lv, nil, nil) }

func newBoxLine(line text.Segment) *boxLine {
	n := &boxLine{}
	n.Lines().Append(line)
	return n
}

type box struct{ ast.BaseBlock }

func (*box) Kind() ast.NodeKind      { return kindBox }
func (n *box) Dump(s []byte, lv int) { ast.DumpHelper(n, s, lv, nil, nil) }

// boxes makes boxes of what stands between their ends.
func boxes(doc ast.Node, source []byte) {
	var open *box
	for n := doc.FirstChild(); n != nil; {
		next := n.NextSibling()
		switch n.Kind() {
		case kindBoxLine:
			line := n.Lines().At(0)
			switch opens := boxOpen.Match(line.Value(source)); {
			case open == nil && opens:
				open = &box{}
				doc.ReplaceChild(doc, n, open)
			case open != nil && !opens:
				doc.RemoveChild(doc, n)
				open = nil
			default:
				words := said(line, source)
				doc.ReplaceChild(doc, n, words)
				hold(open, words, doc)
			}
		case kindDirective:
			if open != nil {
				words := said(n.Lines().At(0), source)
				doc.ReplaceChild(doc, n, words)
				hold(open, words, doc)
			}
		default:
			if n.Kind().String() != "FootnoteList" {
				hold(open, n, doc)
			}
		}
		n = next
	}
}

func hold(open *box, n, doc ast.Node) {
	if open == nil {
		return
	}
	doc.RemoveChild(doc, n)
	open.AppendChild(open, n)
}

// said is a line as a paragraph of its own.
func said(line text.Segment, source []byte) ast.Node {
	p := ast.NewParagraph()
	t := ast.NewString(slices.Clone(util.TrimRightSpace(line.Value(source))))
	t.SetRaw(true)
	p.AppendChild(p, t)
	return p
}

func (ours) box(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="box" role="note">` + "\n")
	} else {
		_, _ = w.WriteString("</div>\n")
	}
	return ast.WalkContinue, nil
}
