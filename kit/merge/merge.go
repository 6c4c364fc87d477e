// Package merge joins two versions of a text that come from the same base, line
// by line, as when two people edited one page.
//
// A line is a paragraph in most prose. Where both changed the same or
// neighbouring lines differently, that is a conflict, and people decide: nothing
// is ever dropped. Start with [Texts].
package merge

import (
	"slices"
	"strings"

	"bourgeon/kit/textdiff"
)

// Result is a merged text.
type Result struct {
	// Text is the whole: settled parts, and for a conflict mine, then theirs,
	// with an empty line between, unmarked. It is what to save if nobody chooses.
	Text      string
	Conflicts int
	Chunks    []Chunk // in order
}

// Chunk is a stretch of the result: settled, or a conflict between two.
type Chunk struct {
	Conflict bool
	Text     string // settled text; empty in a conflict
	// The three versions of a conflict, each whole lines or empty.
	Base, Mine, Theirs string
}

// Texts merges mine and theirs, which both come from base. If only one changed,
// or both alike, the result is that text, byte for byte. Otherwise the last line
// of each is treated as if it ended like all others.
func Texts(base, mine, theirs string) Result {
	switch {
	case mine == theirs, theirs == base:
		return settled(mine)
	case mine == base:
		return settled(theirs)
	}
	var r Result
	b, m, t := lines(base), lines(mine), lines(theirs)
	for _, h := range hunks(b, m, t) {
		r.add(h)
	}
	var text strings.Builder
	for _, c := range r.Chunks {
		if !c.Conflict {
			text.WriteString(c.Text)
			continue
		}
		text.WriteString(c.Mine)
		if c.Mine != "" && c.Theirs != "" {
			text.WriteByte('\n')
		}
		text.WriteString(c.Theirs)
		r.Conflicts++
	}
	r.Text = text.String()
	if !endsLine(base, mine, theirs) {
		r.Text = strings.TrimSuffix(r.Text, "\n")
		if n := len(r.Chunks) - 1; n >= 0 && !r.Chunks[n].Conflict {
			r.Chunks[n].Text = strings.TrimSuffix(r.Chunks[n].Text, "\n")
		}
	}
	return r
}

func settled(text string) Result {
	r := Result{Text: text}
	if text != "" {
		r.Chunks = []Chunk{{Text: text}}
	}
	return r
}

// endsLine merges whether the text ends with a line end.
func endsLine(base, mine, theirs string) bool {
	b, m, t := strings.HasSuffix(base, "\n"), strings.HasSuffix(mine, "\n"), strings.HasSuffix(theirs, "\n")
	if m == t {
		return m
	}
	return !b // the one that changed it
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	if !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	l := strings.SplitAfter(s, "\n")
	return l[:len(l)-1]
}

// hunk is a stretch of lines in the three texts.
type hunk struct {
	stable             bool // equal in all three
	base, mine, theirs []string
}

// hunks cuts the texts at the lines that all three share; see S. Khanna,
// K. Kunal, B. Pierce, A Formal Investigation of Diff3 (2007).
func hunks(b, m, t []string) []hunk {
	inMine, inTheirs := partners(b, m), partners(b, t)
	var hs []hunk
	ib, im, it := 0, 0, 0
	for i := 0; i <= len(b); i++ {
		pm, pt := len(m), len(t)
		if i < len(b) {
			pm, pt = inMine[i], inTheirs[i]
			if pm < 0 || pt < 0 {
				continue
			}
		}
		if ib < i || im < pm || it < pt {
			hs = append(hs, hunk{false, b[ib:i], m[im:pm], t[it:pt]})
		}
		if n := len(hs) - 1; i < len(b) && ib == i && n >= 0 && hs[n].stable {
			hs[n].base = b[i-len(hs[n].base) : i+1]
		} else if i < len(b) {
			hs = append(hs, hunk{stable: true, base: b[i : i+1]})
		}
		ib, im, it = i+1, pm+1, pt+1
	}
	return hs
}

// partners gives for each line of b the line of x that it became, or -1.
func partners(b, x []string) []int {
	p := make([]int, len(b))
	for i := range p {
		p[i] = -1
	}
	for _, run := range textdiff.Align(b, x) {
		for i := range run.Len {
			p[run.A+i] = run.B + i
		}
	}
	return p
}

func (r *Result) add(h hunk) {
	switch {
	case h.stable:
		r.settle(h.base)
	case slices.Equal(h.mine, h.theirs):
		r.settle(h.mine)
	case slices.Equal(h.mine, h.base):
		r.settle(h.theirs)
	case slices.Equal(h.theirs, h.base):
		r.settle(h.mine)
	default:
		r.conflict(h)
	}
}

func (r *Result) settle(lines []string) {
	if len(lines) == 0 {
		return
	}
	text := strings.Join(lines, "")
	if n := len(r.Chunks) - 1; n >= 0 && !r.Chunks[n].Conflict {
		r.Chunks[n].Text += text
		return
	}
	r.Chunks = append(r.Chunks, Chunk{Text: text})
}

// conflict settles the lines that mine and theirs share at the ends.
func (r *Result) conflict(h hunk) {
	head := 0
	for head < len(h.mine) && head < len(h.theirs) && h.mine[head] == h.theirs[head] {
		head++
	}
	tail := 0
	for tail < len(h.mine)-head && tail < len(h.theirs)-head &&
		h.mine[len(h.mine)-1-tail] == h.theirs[len(h.theirs)-1-tail] {
		tail++
	}
	r.settle(h.mine[:head])
	r.Chunks = append(r.Chunks, Chunk{
		Conflict: true,
		Base:     strings.Join(h.base, ""),
		Mine:     strings.Join(h.mine[head:len(h.mine)-tail], ""),
		Theirs:   strings.Join(h.theirs[head:len(h.theirs)-tail], ""),
	})
	r.settle(h.mine[len(h.mine)-tail:])
}
