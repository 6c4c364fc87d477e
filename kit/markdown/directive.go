package markdown

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Directive is a line such as ::entries{tag="mer" n=3}: a place in the page
// where the one who shows it puts something live.
type Directive struct {
	Name string            // a lower-case ASCII letter, then letters, digits, hyphens
	Args map[string]string // never nil; of equal keys the last counts
}

// Segment is a stretch of a rendered page: either HTML, whose tags are balanced,
// or a directive.
type Segment struct {
	HTML      string
	Directive *Directive
	// Address is set for a paragraph of nothing but a bare address, of which HTML
	// is the link: whoever shows it may know what stands there.
	Address string
}

// lone is such a paragraph. Its class can't be forged, and is given at the top
// level of a text alone.
var lone = regexp.MustCompile(`<p class="lone"><a href="([^"]*)"[^>]*>[^<]*</a></p>\n?`)

var marker = regexp.MustCompile(`<div data-directive="([A-Za-z0-9_-]+)"></div>\n?`)

// Segments splits a page made by [Render] at its directives and lone addresses. Nobody can forge
// one: what a text says in HTML is escaped, and Render makes the marker only of a
// directive that stands by itself at the top level of the text.
func Segments(page string) []Segment {
	var segments []Segment
	add := func(s string) {
		for strings.TrimSpace(s) != "" {
			m := lone.FindStringSubmatchIndex(s)
			if m == nil {
				segments = append(segments, Segment{HTML: s})
				return
			}
			if before := s[:m[0]]; strings.TrimSpace(before) != "" {
				segments = append(segments, Segment{HTML: before})
			}
			segments = append(segments, Segment{HTML: s[m[0]:m[1]], Address: html.UnescapeString(s[m[2]:m[3]])})
			s = s[m[1]:]
		}
	}
	for {
		m := marker.FindStringSubmatchIndex(page)
		if m == nil {
			add(page)
			return segments
		}
		add(page[:m[0]])
		if d, ok := decodeDirective(page[m[2]:m[3]]); ok {
			segments = append(segments, Segment{Directive: &d})
		}
		page = page[m[1]:]
	}
}

func (d Directive) encode() string {
	b, err := json.Marshal(d)
	if err != nil {
		panic("markdown: strings failed to encode: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func decodeDirective(s string) (Directive, bool) {
	var d Directive
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(b, &d) != nil || d.Name == "" {
		return Directive{}, false
	}
	if d.Args == nil {
		d.Args = map[string]string{}
	}
	return d, true
}

var (
	directiveLine = regexp.MustCompile(`^::([a-z][a-z0-9-]*)[ \t]*(?:\{(.*)\})?[ \t]*$`)
	argument      = regexp.MustCompile(`^[ \t,]*([A-Za-z][A-Za-z0-9_-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"{},]+))`)
	escaped       = regexp.MustCompile(`\\(.)`)
)

// parseDirective reads a line; false if it isn't a directive, whole.
func parseDirective(line string) (Directive, bool) {
	m := directiveLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
	if m == nil {
		return Directive{}, false
	}
	d := Directive{Name: m[1], Args: map[string]string{}}
	rest := m[2]
	for strings.Trim(rest, " \t,") != "" {
		a := argument.FindStringSubmatch(rest)
		if a == nil {
			return Directive{}, false
		}
		value := a[3]
		if value == "" {
			value = escaped.ReplaceAllString(a[2], "$1")
		}
		d.Args[a[1]] = value
		rest = rest[len(a[0]):]
	}
	return d, true
}

var kindDirective = ast.NewNodeKind("Directive")

type directiveNode struct {
	ast.BaseBlock
	directive Directive
}

func (*directiveNode) Kind() ast.NodeKind      { return kindDirective }
func (*directiveNode) IsRaw() bool             { return true }
func (n *directiveNode) Dump(s []byte, lv int) { ast.DumpHelper(n, s, lv, nil, nil) }

// directiveParser reads directives at the top level of a text.
type directiveParser struct{}

func (directiveParser) Trigger() []byte { return []byte{':'} }

func (directiveParser) Open(parent ast.Node, r text.Reader, _ parser.Context) (ast.Node, parser.State) {
	if parent.Kind() != ast.KindDocument {
		return nil, parser.NoChildren
	}
	line, _ := r.PeekLine()
	d, ok := parseDirective(string(line))
	if !ok {
		return nil, parser.NoChildren
	}
	r.AdvanceToEOL()
	return &directiveNode{directive: d}, parser.NoChildren
}

func (directiveParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (directiveParser) Close(ast.Node, text.Reader, parser.Context) {}
func (directiveParser) CanInterruptParagraph() bool                 { return true }
func (directiveParser) CanAcceptIndentedLine() bool                 { return false }
