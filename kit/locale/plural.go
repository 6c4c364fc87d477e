package locale

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// pluralRule reads a header Plural-Forms, "nplurals=N; plural=EXPRESSION;",
// whose expression is C over the unsigned number n (GNU gettext manual, "Plural
// forms"). It is read here because gotext's own evaluation gets nested
// conditions wrong, such as those of Breton.
func pluralRule(header string) (func(int) int, error) {
	var count, expression string
	for part := range strings.SplitSeq(header, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch strings.TrimSpace(name) {
		case "nplurals":
			count = strings.TrimSpace(value)
		case "plural":
			expression = value
		}
	}
	forms, err := strconv.Atoi(count)
	if err != nil || forms < 1 || forms > 10 {
		return nil, fmt.Errorf("plural rule %q: bad nplurals", header)
	}
	p := pluralParser{rest: expression}
	e, err := p.ternary()
	if err == nil && p.peek() != "" {
		err = fmt.Errorf("unexpected %q", p.rest)
	}
	if err != nil {
		return nil, fmt.Errorf("plural rule %q: %w", header, err)
	}
	return func(n int) int {
		if n < 0 {
			n = -n
		}
		return min(max(e(n), 0), forms-1)
	}, nil
}

// expression computes a value from n; true is 1.
type expression func(n int) int

// pluralParser descends through the levels of C's precedence.
type pluralParser struct {
	rest  string
	depth int
}

var errDeep = errors.New("nested too deeply")

// operators of C that gettext knows, loosest first.
func operators() [][]string {
	return [][]string{{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}}
}

func (p *pluralParser) peek() string {
	p.rest = strings.TrimLeft(p.rest, " \t\n")
	return p.rest
}

func (p *pluralParser) accept(token string) bool {
	if strings.HasPrefix(p.peek(), token) {
		p.rest = p.rest[len(token):]
		return true
	}
	return false
}

func (p *pluralParser) ternary() (expression, error) {
	if p.depth++; p.depth > 100 {
		return nil, errDeep
	}
	defer func() { p.depth-- }()
	condition, err := p.binary(0)
	if err != nil || !p.accept("?") {
		return condition, err
	}
	yes, err := p.ternary()
	if err != nil {
		return nil, err
	}
	if !p.accept(":") {
		return nil, fmt.Errorf("no : before %q", p.rest)
	}
	no, err := p.ternary()
	if err != nil {
		return nil, err
	}
	return func(n int) int {
		if condition(n) != 0 {
			return yes(n)
		}
		return no(n)
	}, nil
}

func (p *pluralParser) binary(level int) (expression, error) {
	levels := operators()
	if level == len(levels) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	if err != nil {
		return nil, err
	}
next:
	for {
		for _, op := range levels[level] {
			if !p.accept(op) {
				continue
			}
			right, err := p.binary(level + 1)
			if err != nil {
				return nil, err
			}
			left = apply(op, left, right)
			continue next
		}
		return left, nil
	}
}

func (p *pluralParser) unary() (expression, error) {
	if p.depth++; p.depth > 100 {
		return nil, errDeep
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("!"):
		e, err := p.unary()
		if err != nil {
			return nil, err
		}
		return func(n int) int { return truth(e(n) == 0) }, nil
	case p.accept("("):
		e, err := p.ternary()
		if err == nil && !p.accept(")") {
			err = fmt.Errorf("no ) before %q", p.rest)
		}
		return e, err
	case p.accept("n"):
		return func(n int) int { return n }, nil
	}
	end := 0
	for end < len(p.peek()) && '0' <= p.rest[end] && p.rest[end] <= '9' {
		end++
	}
	v, err := strconv.Atoi(p.rest[:end])
	if err != nil {
		return nil, fmt.Errorf("no value at %q", p.rest)
	}
	p.rest = p.rest[end:]
	return func(int) int { return v }, nil
}

func apply(op string, a, b expression) expression {
	switch op {
	case "||":
		return func(n int) int { return truth(a(n) != 0 || b(n) != 0) }
	case "&&":
		return func(n int) int { return truth(a(n) != 0 && b(n) != 0) }
	case "==":
		return func(n int) int { return truth(a(n) == b(n)) }
	case "!=":
		return func(n int) int { return truth(a(n) != b(n)) }
	case "<=":
		return func(n int) int { return truth(a(n) <= b(n)) }
	case ">=":
		return func(n int) int { return truth(a(n) >= b(n)) }
	case "<":
		return func(n int) int { return truth(a(n) < b(n)) }
	case ">":
		return func(n int) int { return truth(a(n) > b(n)) }
	case "+":
		return func(n int) int { return a(n) + b(n) }
	case "-":
		return func(n int) int { return a(n) - b(n) }
	case "*":
		return func(n int) int { return a(n) * b(n) }
	case "/":
		return func(n int) int { return divide(a(n), b(n), false) }
	}
	return func(n int) int { return divide(a(n), b(n), true) }
}

// divide gives 0 where C would stop the program.
func divide(a, b int, remainder bool) int {
	switch {
	case b == 0:
		return 0
	case remainder:
		return a % b
	}
	return a / b
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
