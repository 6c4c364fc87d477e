// Package htmltest lets tests ask questions of a page by CSS selector, as a reader of its code would.
//
// It knows type, id, class and attribute selectors ([a], [a=v], [a^=v], [a*=v]), compounds of them, the descendant and
// child combinators, and lists; nothing else of CSS. A selector that it can't read panics: it is a mistake in a test. Start
// with Parse.
package htmltest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Node is an element of a page, or the whole of it.
type Node struct{ *html.Node }

// Parse reads a page.
func Parse(t testing.TB, page string) Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("parse the page: %v", err)
	}
	return Node{root}
}

// All finds the elements below n that a selector matches, in the order of the page.
func (n Node) All(selector string) []Node {
	var lists [][]step
	for one := range strings.SplitSeq(selector, ",") {
		lists = append(lists, parse(one))
	}
	var found []Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.ContainsFunc(lists, func(steps []step) bool { return matches(d, steps) }) {
			found = append(found, Node{d})
		}
	}
	return found
}

// Has tells whether a selector matches anything.
func (n Node) Has(selector string) bool { return len(n.All(selector)) > 0 }

// One finds the only element that a selector matches, and ends the test when there are none or several.
func (n Node) One(t testing.TB, selector string) Node {
	t.Helper()
	found := n.All(selector)
	if len(found) != 1 {
		t.Fatalf("%q matches %d elements, want 1, in:\n%s", selector, len(found), n)
	}
	return found[0]
}

// Texts are the texts of what a selector matches.
func (n Node) Texts(selector string) []string {
	var texts []string
	for _, found := range n.All(selector) {
		texts = append(texts, found.Text())
	}
	return texts
}

// Text is the text inside n, white space folded. No-break spaces are kept.
func (n Node) Text() string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

// Attr is the value of an attribute, "" without it.
func (n Node) Attr(name string) string {
	for _, a := range n.Node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// String is n as HTML.
func (n Node) String() string {
	var b strings.Builder
	if err := html.Render(&b, n.Node); err != nil {
		return err.Error()
	}
	return b.String()
}

// step is a compound selector, and whether it must be the parent of the step after it rather than any ancestor.
type step struct {
	conditions []func(*html.Node) bool
	parent     bool
}

var condition = regexp.MustCompile(`^(?:([a-zA-Z][\w-]*|\*)|#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:([\^*]?=)(?:"([^"]*)"|([^\]"]*)))?\])`)

func parse(selector string) []step {
	var steps []step
	for _, token := range tokens(selector) {
		if token == ">" {
			if len(steps) == 0 {
				panic(fmt.Sprintf("htmltest: selector %q begins with >", selector))
			}
			steps[len(steps)-1].parent = true
			continue
		}
		var s step
		for rest := token; rest != ""; {
			m := condition.FindStringSubmatch(rest)
			if m == nil {
				panic(fmt.Sprintf("htmltest: can't read %q in selector %q", rest, selector))
			}
			rest = rest[len(m[0]):]
			s.conditions = append(s.conditions, test(m))
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		panic("htmltest: empty selector")
	}
	return steps
}

// tokens cuts a selector at white space and >, outside brackets.
func tokens(selector string) []string {
	inside := false
	return strings.FieldsFunc(strings.ReplaceAll(selector, ">", " > "), func(r rune) bool {
		switch r {
		case '[':
			inside = true
		case ']':
			inside = false
		}
		return !inside && (r == ' ' || r == '\n' || r == '\t')
	})
}

func test(m []string) func(*html.Node) bool {
	tag, id, class, attribute, operator, value := m[1], m[2], m[3], m[4], m[5], m[6]+m[7]
	return func(n *html.Node) bool {
		e := Node{n}
		switch {
		case tag == "*":
			return true
		case tag != "":
			return n.Data == strings.ToLower(tag)
		case id != "":
			return e.Attr("id") == id
		case class != "":
			return slices.Contains(strings.Fields(e.Attr("class")), class)
		case operator == "":
			return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == attribute })
		case operator == "^=":
			return strings.HasPrefix(e.Attr(attribute), value)
		case operator == "*=":
			return strings.Contains(e.Attr(attribute), value)
		default:
			return e.Attr(attribute) == value
		}
	}
}

// matches tells whether steps lead to n.
func matches(n *html.Node, steps []step) bool {
	last := steps[len(steps)-1]
	for _, holds := range last.conditions {
		if !holds(n) {
			return false
		}
	}
	before := steps[:len(steps)-1]
	if len(before) == 0 {
		return true
	}
	for p := n.Parent; p != nil && p.Type == html.ElementNode; p = p.Parent {
		if matches(p, before) {
			return true
		}
		if before[len(before)-1].parent {
			return false
		}
	}
	return false
}
