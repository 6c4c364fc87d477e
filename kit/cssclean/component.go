package cssclean

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// functions are those that values and conditions may call, then those of
// selectors: none of them loads or runs anything.
var functions = strings.Fields(`
	var env attr calc min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 pow sqrt hypot log exp
	rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark
	linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient
	translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate rotatex rotatey rotatez
	rotate3d skew skewx skewy matrix matrix3d perspective cubic-bezier steps linear
	blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
	repeat minmax fit-content counter counters circle ellipse inset polygon path rect xywh anchor anchor-size
	symbols style selector scroll view snap-block snap-inline stylistic styleset swash ornaments annotation
	and or not only supports is where has nth-child nth-last-child nth-of-type nth-last-of-type lang dir part slotted host state
	highlight cue view-transition-group view-transition-image-pair view-transition-old view-transition-new`)

// prelude reads up to what ends it: '{', ';', '}' (which stays to be read) or 0
// at the end of the sheet. It is given with one space between its parts; why is
// set when it may not stand.
func (c *cleaner) prelude(depth int) (text string, end byte, why Why) {
	var b strings.Builder
	var open []byte // brackets
	for !c.done() {
		before := c.at
		c.space()
		if c.done() {
			break
		}
		if c.at > before && b.Len() > 0 {
			b.WriteByte(' ')
		}
		sign := c.src[c.at]
		if len(open) == 0 {
			switch sign {
			case '{':
				c.at++
				return strings.TrimSpace(b.String()), '{', why
			case ';':
				c.at++
				return strings.TrimSpace(b.String()), ';', why
			case '}':
				if depth > 0 {
					return strings.TrimSpace(b.String()), '}', why
				}
			}
		}
		part, sign, fault := c.component()
		if why == "" {
			why = fault
		}
		switch sign {
		case '(', '[':
			open = append(open, sign)
		case ')', ']':
			if len(open) == 0 || open[len(open)-1] != opening(sign) {
				why = first(why, Malformed)
			} else {
				open = open[:len(open)-1]
			}
		case '{':
			// A block among brackets: no rule has one.
			why = first(why, Malformed)
			c.skipBlock()
		case '}':
			why = first(why, Malformed)
		}
		b.WriteString(part)
	}
	if len(open) > 0 {
		why = first(why, Malformed)
	}
	return strings.TrimSpace(b.String()), 0, why
}

func first(a, b Why) Why {
	if a != "" {
		return a
	}
	return b
}

func opening(sign byte) byte {
	if sign == ')' {
		return '('
	}
	return '['
}

// component reads a string, a word with the bracket of its function, or a
// sign. It gives the sign that it ended with, and why it may not stand.
func (c *cleaner) component() (text string, sign byte, why Why) {
	switch r := c.src[c.at]; {
	case r == '"' || r == '\'':
		return c.quoted(r)
	case r == '/' && strings.HasPrefix(c.src[c.at:], "/*"):
		c.space()
		return " ", ' ', ""
	case r == '\\':
		// An escape outside a string: a name may hide in it.
		c.at++
		if _, size := utf8.DecodeRuneInString(c.src[c.at:]); !c.done() {
			c.at += size
		}
		return "", '\\', Malformed
	case wordly(r):
		from := c.at
		for !c.done() && wordly(c.src[c.at]) {
			c.at++
		}
		word := c.src[from:c.at]
		if c.done() || c.src[c.at] != '(' {
			return word, 'a', ""
		}
		c.at++
		name := strings.ToLower(word)
		switch {
		case name == "url":
			return c.address()
		case strings.HasPrefix(word, "@"), slices.Contains(functions, name):
			return word + "(", '(', ""
		default:
			return word + "(", '(', Function
		}
	default:
		c.at++
		if r < 0x20 && r != '\n' && r != '\t' {
			return "", r, Malformed
		}
		return string(rune(r)), r, ""
	}
}

// wordly tells whether a byte belongs to a name, a number or an at-keyword.
func wordly(r byte) bool {
	return r == '-' || r == '_' || r == '@' || r == '#' || r == '%' || r >= 0x80 || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// quoted reads a string. One that its line doesn't end is no string (CSS Syntax
// 3, section 4.3.5).
func (c *cleaner) quoted(mark byte) (string, byte, Why) {
	from := c.at
	for c.at++; !c.done(); c.at++ {
		switch c.src[c.at] {
		case mark:
			c.at++
			return c.src[from:c.at], mark, ""
		case '\n':
			return "", mark, Malformed
		case '\\':
			c.at++
		}
	}
	c.at = len(c.src)
	return "", mark, Malformed
}

// address reads the rest of url(…).
func (c *cleaner) address() (string, byte, Why) {
	end := strings.IndexByte(c.src[c.at:], ')')
	if end < 0 {
		c.at = len(c.src)
		return "", 'u', Malformed
	}
	address := strings.TrimSpace(c.src[c.at : c.at+end])
	c.at += end + 1
	if n := len(address); n >= 2 && (address[0] == '"' || address[0] == '\'') && address[n-1] == address[0] {
		address = address[1 : n-1]
	}
	if strings.ContainsAny(address, "\"'\\() \t\n<>") || c.o.Picture == nil || !c.o.Picture(address) {
		return "", 'u', Address
	}
	return `url("` + address + `")`, 'u', ""
}
