package editor_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writer makes up texts of every construct of kit/markdown, in the ways in which people and programs write them.
type writer struct {
	*rand.Rand
	notes int // footnotes called so far
	refs  int // links defined at the end
	depth int
	auto  bool // bare addresses, rather than bare brackets, within which they aren't links
}

func made(seed uint64) string {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 3)), auto: seed%2 == 0}
	var all []string
	for range 1 + w.IntN(6) {
		all = append(all, w.top())
	}
	for n := range w.notes {
		all = append(all, w.note(n+1))
	}
	for n := range w.refs {
		all = append(all, fmt.Sprintf("[ref%d]: https://ref.example/%d \"Titre %d\"", n+1, n+1, n+1))
	}
	return strings.Join(all, "\n\n") + pick(w, "", "\n", "\n\n")
}

func pick[T any](w *writer, all ...T) T { return all[w.IntN(len(all))] }

func (w *writer) top() string {
	switch w.IntN(12) {
	case 0:
		return pick(w, "::latest", "::latest{count=3}", `::latest{section="la \"mer\"" count=2}`, "::lead", "::tag{name=été}  ")
	case 1:
		return ":::box\n" + w.blocks(1+w.IntN(3)) + "\n:::"
	}
	return w.block()
}

func (w *writer) blocks(n int) string {
	var all []string
	for range n {
		all = append(all, w.block())
	}
	return strings.Join(all, "\n\n")
}

func (w *writer) block() string {
	w.depth++
	defer func() { w.depth-- }()
	kind := w.IntN(16)
	if w.depth > 3 {
		kind %= 4
	}
	switch kind {
	case 0, 1, 2:
		return w.paragraph()
	case 3:
		return fmt.Sprintf("![%s](media:%s%s)", w.plain(), pick(w, "1", "2"), pick(w, "", ` "Une légende"`, ` "Le \"grand\" soir & l'autre"`))
	case 4, 5:
		return strings.Repeat("#", 1+w.IntN(6)) + " " + w.line() + pick(w, "", "", " ##")
	case 6:
		return w.line() + "\n" + pick(w, "===", "---")
	case 7, 8, 9:
		return w.list()
	case 10, 11:
		return indent(w.blocks(1+w.IntN(2)), "> ", "> ")
	case 12:
		return w.table()
	case 13:
		return pick(w, "```\na < b\n\n  *c*\n```", "~~~go mod\nfunc main() {}\n```\n~~~", "    indenté\n\n    encore\n\nfin", "```\n```", "````\n```\n````")
	case 14:
		return pick(w, "---", "***", "_ _ _")
	}
	return pick(w, "<div class=\"x\">\n<b>gras</b>\n</div>", "• Odile\n• Karim", "a\n• b\nc", ":::", ":::boxe", "::Nope", "1986\\. Une grande année", "\\- pas une liste", "\\+ pas une liste", "1\\) pas une liste", "a\n\\> pas une citation", "+ a\n+ b", "* a\n* b",
		"[ ] à faire", "- [x] fait\n- [ ] à faire", "\\# pas un titre", "| pas | un tableau |", "#pas un titre", "=====", "Terme\n: définition", "[^9]: note sans appel", "[^8] appel sans note")
}

func (w *writer) list() string { return w.listFrom(pick(w, 1, 1, 3, 0, 99)) }

// listFrom is a list whose numbers, if it has some, begin with n: right under a line, only 1 begins one.
func (w *writer) listFrom(n int) string {
	mark, next := pick(w, "- ", "* ", "+ "), func(string) string { return "" }
	if w.IntN(3) == 0 {
		sign := pick(w, ".", ")")
		next = func(string) string { n++; return fmt.Sprintf("%d%s ", n-1, sign) }
	}
	gap := pick(w, "\n", "\n", "\n\n")
	var all []string
	for range 1 + w.IntN(4) {
		m := mark
		if own := next(""); own != "" {
			m = own
		}
		var item string
		switch w.IntN(8) {
		case 0:
			item = pick(w, "> "+w.line(), "```\ncode\n```", w.paragraph()+"\n\n"+w.block(), "### "+w.line(), w.paragraph()+"\n\n"+w.paragraph())
		case 1, 2:
			if w.depth > 3 {
				item = w.line()
				break
			}
			w.depth++
			item = w.line() + "\n" + w.listFrom(1)
			w.depth--
		default:
			item = w.paragraph()
		}
		all = append(all, indent(item, m, strings.Repeat(" ", len(m))))
	}
	return strings.Join(all, gap)
}

func indent(text, first, rest string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] = first + line
		case line != "" || strings.TrimSpace(rest) != "":
			lines[i] = rest + line
		}
	}
	return strings.Join(lines, "\n")
}

func (w *writer) table() string {
	columns := 1 + w.IntN(4)
	row := func(cell func() string) string {
		var all []string
		for range columns {
			all = append(all, cell())
		}
		return "| " + strings.Join(all, " | ") + " |"
	}
	cell := func() string {
		return strings.ReplaceAll(pick(w, "", w.inline(), w.inline(), "a \\| b", "`x \\| y`"), "\n", " ")
	}
	lines := []string{row(cell), row(func() string { return pick(w, "---", ":--", "--:", ":-:") })}
	for range w.IntN(4) {
		lines = append(lines, row(cell))
	}
	return strings.Join(lines, "\n")
}

func (w *writer) note(n int) string {
	return fmt.Sprintf("[^%d]: %s", n, indent(pick(w, w.plain(), w.line(), "Un.\n\nDeux."), "", "    "))
}

func (w *writer) paragraph() string {
	var b strings.Builder
	b.WriteString(w.line())
	for range w.IntN(3) {
		b.WriteString(pick(w, "\n", "\n", "  \n", " \\\n") + w.line())
	}
	return b.String()
}

func (w *writer) line() string {
	var all []string
	for range 1 + w.IntN(4) {
		all = append(all, w.inline())
	}
	return strings.TrimSpace(w.beside(all))
}

// beside puts pieces one after the other, without a space between where that can't make another sign of two.
func (w *writer) beside(all []string) string {
	isSign := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' }
	text := all[0]
	for _, next := range all[1:] {
		last, _ := utf8.DecodeLastRuneInString(text)
		first, _ := utf8.DecodeRuneInString(next)
		if w.IntN(3) > 0 || isSign(last) && isSign(first) || strings.Contains(text+next, "example") {
			text += " "
		}
		text += next
	}
	return text
}

func (w *writer) plain() string {
	return pick(w, "le port", "à la criée", "L’été", "l'eau", "« oui »", "1986", "snake_case_ici", "2 * 3 * 4", "a_b_", "fin !", "œuf & Cie", "x < y", "R&D", "n° 3", "日本", "un 🌱 vert", "100 %", "a\u00a0: b")
}

func (w *writer) inline() string {
	w.depth++
	defer func() { w.depth-- }()
	kind := w.IntN(22)
	if w.depth > 4 {
		kind %= 8
	}
	switch kind {
	case 8, 9:
		return "**" + w.within("*"+w.plain()+"*") + "**"
	case 10, 11:
		sign := pick(w, "*", "_")
		return sign + w.within("**"+w.plain()+"**") + sign
	case 12:
		return pick(w, "***le tout***", "**_l’un dans l’autre_**", "*a **b** c*", "**a *b* c**", "~~barré~~", "~~**a** b~~", "**a**b", "a**b**c", "*« a »*", "_a_ *b*", "**a** **b**", "__gras__", "**a:** b")
	case 13:
		return "[" + w.within("*"+w.plain()+"*") + "](" + pick(w, "https://ailleurs.example/a_b*c", "/article/x", "../y", "#ancre", "mailto:a@b.example", "<https://a.example/b c>", "https://fr.example/wiki/Port_(Brest)", "") +
			pick(w, "", "", ` "Un titre"`) + ")"
	case 14:
		w.refs++
		return fmt.Sprintf("[%s][ref%d]", w.plain(), w.refs)
	case 15:
		if !w.auto {
			return w.plain()
		}
		return " " + pick(w, "https://nu.example/a_b_c?d=e&f", "<https://nu.example>", "www.nu.example", "moi@nu.example", "<moi@nu.example>", "http://nu.example/x(y).", "*https://nu.example/x*", "voir https://nu.example, puis") + " "
	case 16:
		return pick(w, "`code`", "``a ` b``", "`a*b_c`", "` a `", "`<b>`", "`a\\`")
	case 17:
		w.notes++
		return fmt.Sprintf("mot[^%d]", w.notes)
	case 18:
		return pick(w, "![vue](media:1)", "![vue](media:2 \"légende\")", "![](media:1)", "![x](https://ailleurs.example/a.png)", "![absente](media:404)", "[![vue](media:1)](https://a.example)")
	case 19:
		return pick(w, "\\*pas\\*", "\\[a\\](b)", "&copy; &amp; &lt;b&gt;", "&nbsp;:", "<b>x</b>", "<!-- x -->", "&#42;a&#42;", "a\\_b", "\\\\", "!\\[a]", "~a~", "~", "a~b", "::x", "&", "&amp;copy;", "\\`a\\`")
	case 20:
		if !w.auto {
			return pick(w, "[", "]", "[^", "[x]", "[x](")
		}
		return pick(w, "(", "*", "_", "**", "`", "!", "a - b", "1 + 1", "|", "<", "\\", ":", "\"")
	}
	return w.plain()
}

// within is what stands between signs of emphasis: other emphasis, but not the same again, of which no two readers agree.
func (w *writer) within(other string) string {
	return pick(w, w.plain(), w.plain(), w.plain()+" "+other, other+", "+w.plain(), "`code`", "![vue](media:1)", "a\nb")
}
