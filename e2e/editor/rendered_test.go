package editor_test

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// shown is what a reader sees of a rendered page, a line an element or a stretch of words: of emphasis it keeps which words
// have it, not which sign stands within which.
func shown(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	var marks []string
	var words string
	flush := func() {
		if words != "" {
			b.WriteString("“" + words + "”")
			if on := slices.Compact(slices.Sorted(slices.Values(marks))); len(on) > 0 && strings.TrimSpace(words) != "" {
				b.WriteString(" " + strings.Join(on, " "))
			}
			b.WriteByte('\n')
		}
		words = ""
	}
	var walk func(n *html.Node, pre bool)
	walk = func(n *html.Node, pre bool) {
		switch {
		case n.Type == html.TextNode:
			text := n.Data
			if !pre {
				text = strings.ReplaceAll(text, "\n", "")
			}
			words += text
		case n.Type == html.ElementNode && slices.Contains([]string{"strong", "em", "del"}, n.Data) && len(n.Attr) == 0:
			flush()
			marks = append(marks, n.Data)
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c, pre)
			}
			flush()
			marks = marks[:len(marks)-1]
			return
		case n.Type == html.ElementNode:
			flush()
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				if a.Key == "id" && n.Data[0] == 'h' {
					continue // made of the words
				}
				b.WriteString(" " + a.Key + "=" + a.Val)
			}
			b.WriteString(">\n")
			defer func() { flush(); b.WriteString("</" + n.Data + ">\n") }()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, pre || n.Data == "pre")
		}
	}
	walk(root, false)
	return strings.ReplaceAll(beforeBreaks.ReplaceAllString(joined(b.String()), "$1"), "“”\n", "")
}

var beforeBreaks = regexp.MustCompile(` +(”[^\n]*\n<br>)`)

// joined puts stretches of words together that are marked alike.
func joined(text string) string {
	lines := strings.Split(text, "\n")
	var out []string
	for _, line := range lines {
		if n := len(out); n > 0 && strings.HasPrefix(line, "“") && strings.HasPrefix(out[n-1], "“") {
			before, on, _ := strings.Cut(out[n-1], "”")
			words, onToo, _ := strings.Cut(line, "”")
			blank := strings.TrimSpace(strings.TrimPrefix(words, "“")) == "" && onToo == ""
			if on == onToo || blank && on == "" {
				out[n-1] = before + strings.TrimPrefix(words, "“") + "”" + on
				continue
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
