// Package cssclean makes a stylesheet by strangers safe to serve: what is left
// can't load anything but the pictures it may, can't run anything, and can't
// break out of itself. It reads CSS as CSS Syntax Module Level 3 does, keeps
// rules and declarations whole or not at all, and says what it left out.
//
// It doesn't judge taste, nor whether a browser knows a property.
//
// Start with Clean.
package cssclean

import (
	"slices"
	"strings"
)

// Options says what a stylesheet may show. The zero value allows no picture.
type Options struct {
	// Picture tells whether url(address) may stand.
	Picture func(address string) bool
}

// Why something was left out.
type Why string

const (
	AtRule    Why = "at-rule"  // an at-rule that isn't known, or loads something
	Address   Why = "address"  // an address that may not be loaded
	Function  Why = "function" // a function that isn't known
	Property  Why = "property" // a property that runs something
	Malformed Why = "malformed"
	TooDeep   Why = "too-deep" // more than MaxDepth blocks within each other
)

// Remark is something left out.
type Remark struct {
	Line int // from 1
	Why  Why
	What string // its beginning, as typed
}

// MaxDepth is how many blocks may stand within each other.
const MaxDepth = 8

// Clean returns what of a stylesheet may be served, a rule a line, and what it
// left out. What it returns it leaves as it is.
func Clean(sheet string, o Options) (string, []Remark) {
	sheet = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\x00", "\uFFFD").Replace(strings.ToValidUTF8(sheet, "\uFFFD"))
	c := cleaner{src: sheet, o: o}
	var b strings.Builder
	c.rules(&b, 0)
	return b.String(), c.remarks
}

type cleaner struct {
	src     string
	at      int
	o       Options
	remarks []Remark
}

// leave records that what stands between two places is left out.
func (c *cleaner) leave(why Why, from, to int) {
	what := strings.Join(strings.Fields(c.src[from:max(from, min(to, len(c.src)))]), " ")
	if r := []rune(what); len(r) > 60 {
		what = string(r[:59]) + "…"
	}
	c.remarks = append(c.remarks, Remark{Line: 1 + strings.Count(c.src[:from], "\n"), Why: why, What: what})
}

func (c *cleaner) done() bool { return c.at >= len(c.src) }

// space passes over white space, comments, and the signs that HTML put around
// sheets once (CSS Syntax 3, section 4.2: CDO and CDC).
func (c *cleaner) space() {
	for !c.done() {
		rest := c.src[c.at:]
		switch {
		case strings.ContainsRune(" \t\n", rune(rest[0])):
			c.at++
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				c.at = len(c.src)
				return
			}
			c.at += end + 4
		case strings.HasPrefix(rest, "<!--"):
			c.at += 4
		case strings.HasPrefix(rest, "-->"):
			c.at += 3
		default:
			return
		}
	}
}

// rules cleans what stands in a sheet, or in the block of a rule at a depth:
// declarations too, in the latter.
func (c *cleaner) rules(b *strings.Builder, depth int) {
	for {
		c.space()
		if c.done() {
			return
		}
		switch c.src[c.at] {
		case '}':
			c.at++
			if depth > 0 {
				return
			}
			c.leave(Malformed, c.at-1, c.at)
		case ';':
			c.at++
		default:
			c.rule(b, depth)
		}
	}
}

// rule cleans one rule, or a declaration where one may stand.
func (c *cleaner) rule(b *strings.Builder, depth int) {
	from := c.at
	prelude, end, why := c.prelude(depth)
	if why != "" {
		c.leave(why, from, c.at)
		if end == '{' {
			c.skipBlock()
		}
		return
	}
	if end != '{' {
		if declaration, why := c.declaration(prelude, depth); why != "" {
			c.leave(why, from, c.at)
		} else {
			b.WriteString(declaration)
		}
		return
	}
	if strings.HasPrefix(prelude, "@") && !atRuleWithBlock(prelude) {
		c.leave(AtRule, from, c.at)
		c.skipBlock()
		return
	}
	if prelude == "" || strings.ContainsAny(prelude, "!") {
		c.leave(Malformed, from, c.at)
		c.skipBlock()
		return
	}
	if depth == MaxDepth {
		c.leave(TooDeep, from, c.at)
		c.skipBlock()
		return
	}
	var inside strings.Builder
	c.rules(&inside, depth+1)
	if inside.Len() == 0 {
		return
	}
	b.WriteString(prelude + "{" + inside.String() + "}")
	if depth == 0 {
		b.WriteByte('\n')
	}
}

// withBlock are the at-rules that may stand: none of them loads anything.
var withBlock = []string{"@media", "@supports", "@container", "@layer", "@keyframes", "@page", "@starting-style"}

func atRuleWithBlock(prelude string) bool {
	name := prelude
	if i := strings.IndexAny(prelude, " ("); i >= 0 {
		name = prelude[:i]
	}
	return slices.Contains(withBlock, strings.ToLower(name))
}

// declaration cleans "property: value", at a depth.
func (c *cleaner) declaration(text string, depth int) (string, Why) {
	if strings.HasPrefix(text, "@") {
		return "", AtRule
	}
	name, value, found := strings.Cut(text, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if depth == 0 || !found || value == "" || !identifier(name) {
		return "", Malformed
	}
	if !strings.HasPrefix(name, "--") {
		name = strings.ToLower(name)
	}
	if slices.Contains([]string{"behavior", "-moz-binding", "-ms-behavior"}, name) {
		return "", Property
	}
	return name + ":" + value + ";", ""
}

func identifier(s string) bool {
	for _, r := range s {
		if r != '-' && r != '_' && r < 0x80 && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != "" && (s[0] < '0' || s[0] > '9')
}

// skipBlock passes over the rest of a block whose "{" was read.
func (c *cleaner) skipBlock() {
	for depth := 1; depth > 0 && !c.done(); {
		switch _, sign, _ := c.component(); sign {
		case '{':
			depth++
		case '}':
			depth--
		}
	}
}
