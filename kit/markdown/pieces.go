package markdown

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Piece is a stretch of a text: a directive alone on its line, or whatever is
// written between directives.
type Piece struct {
	Text      string     // as written, without the blank lines around it
	Directive *Directive // nil for words
}

var fence = regexp.MustCompile("^ {0,3}(```+|~~~+)")

// Pieces splits a text at its directives, as Render finds them: not in a fenced
// piece of code, nor in a box. Join puts pieces together again.
func Pieces(src string) []Piece {
	var pieces []Piece
	var words []string
	flush := func() {
		if text := strings.Trim(strings.Join(words, "\n"), "\n"); strings.TrimSpace(text) != "" {
			pieces = append(pieces, Piece{Text: text})
		}
		words = nil
	}
	fenced, boxed := "", false
	for _, line := range strings.Split(src, "\n") {
		mark := ""
		if m := fence.FindStringSubmatch(line); m != nil {
			mark = m[1]
		}
		switch {
		case fenced != "":
			if strings.HasPrefix(mark, fenced) {
				fenced = ""
			}
		case mark != "":
			fenced = mark
		case boxOpen.MatchString(line):
			boxed = true
		case boxClose.MatchString(line):
			boxed = false
		case !boxed:
			if d, ok := parseDirective(line); ok {
				flush()
				pieces = append(pieces, Piece{Text: strings.TrimSpace(line), Directive: &d})
				continue
			}
		}
		words = append(words, line)
	}
	flush()
	return pieces
}

// Join is the text of pieces.
func Join(pieces []Piece) string {
	var texts []string
	for _, p := range pieces {
		texts = append(texts, p.Text)
	}
	if len(texts) == 0 {
		return ""
	}
	return strings.Join(texts, "\n\n") + "\n"
}

// String is the line that says the directive.
func (d Directive) String() string {
	var args []string
	for _, key := range slices.Sorted(maps.Keys(d.Args)) {
		value := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(d.Args[key])
		args = append(args, key+`="`+value+`"`)
	}
	if len(args) == 0 {
		return "::" + d.Name
	}
	return "::" + d.Name + "{" + strings.Join(args, " ") + "}"
}
