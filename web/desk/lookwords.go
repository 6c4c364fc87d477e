package desk

import (
	"slices"
	"strconv"

	"bourgeon/app/hosting"
	"bourgeon/kit/cssclean"
	"bourgeon/kit/markdown"
	"bourgeon/kit/oklch"
	"bourgeon/press"
	"bourgeon/web/page"
)

func modelWords(v *page.Visit, m press.Model) (name, words string) {
	switch m {
	case press.Poster:
		return v.L.TC("look", "Poster"), v.T("Tall capitals on solid colour, thick bars, pictures in one ink.")
	case press.Notebook:
		return v.L.TC("look", "Notebook"), v.T("A typewriter, ruled paper, pasted pictures: work in progress.")
	case press.Gazette:
		return v.L.TC("look", "Gazette"), v.T("A newspaper: columns, fine rules, black and white pictures.")
	case press.Pebble:
		return v.L.TC("look", "Pebble"), v.T("Round and airy, without rules; for neighbours and children too.")
	case press.Plain:
		return v.L.TC("look", "Plain"), v.T("Words first, the device’s own letters: the lightest of all.")
	default:
		return v.L.TC("look", "Review"), v.T("A magazine one would keep: double rules, large titles.")
	}
}

func typeWords(v *page.Visit, t press.Typeface) (name, words string) {
	switch t {
	case press.LeagueGothic:
		return "League Gothic", v.T("Tall and narrow, with a plain face for texts.")
	case press.CourierPrime:
		return "Courier Prime", v.T("A typewriter’s, with an old-style face for texts.")
	case press.LibreBodoni:
		return "Libre Bodoni", v.T("Sharp contrasts, as in newspapers.")
	case press.Nunito:
		return "Nunito", v.T("Round, with a plain face for texts.")
	case press.DeviceSans:
		return v.T("The device’s own"), v.T("Nothing to load.")
	default:
		return "Young Serif", v.T("Sturdy, with an old-style face for texts.")
	}
}

func paperOptions(v *page.Visit) []page.Option {
	return []page.Option{
		{Value: string(press.Cream), Label: v.L.TC("paper", "Cream")},
		{Value: string(press.White), Label: v.L.TC("paper", "White")},
		{Value: string(press.Tinted), Label: v.T("Tinted with the site’s colour")},
	}
}

func partWords(v *page.Visit, part string) string {
	switch part {
	case partMenu:
		return v.T("Menus and foot")
	case partFront:
		return v.T("Front page")
	case partSheet:
		return v.T("Own stylesheet")
	default:
		return v.T("Look and colours")
	}
}

// swatch is two colours of a palette, one written on the other.
type swatch struct {
	Words    string
	On, Text oklch.Colour
}

func (s swatch) ratio(v *page.Visit) string {
	return v.T("%s to 1", v.L.Decimal(oklch.Contrast(s.On, s.Text), 1))
}

func swatches(v *page.Visit, l press.Look, inTheDark bool) []swatch {
	p := page.PaletteOf(l, inTheDark)
	return []swatch{
		{v.T("Text"), p.Paper, p.Ink}, {v.T("Links and names"), p.Paper, p.Accent},
		{v.T("Buttons"), p.Accent, p.Paper}, {v.T("Bands"), p.Poster, p.Cream},
	}
}

// enough is the contrast under which words are hard to read (WCAG 2.2, 1.4.3).
const enough = 4.5

// mended says what became of the colour that was chosen.
func mended(v *page.Visit, l press.Look) string {
	l = l.Dressed()
	p := page.PaletteOf(l, false)
	chosen := oklch.FromRGB(press.RGB(l.Colour))
	as, now := oklch.Contrast(chosen, p.Paper), oklch.Contrast(p.Accent, p.Paper)
	if as < enough {
		return v.T("As you chose it (%[1]s), words in this colour would be hard to read: %[2]s to 1, where 4.5 is needed. On light paper they are written in %[3]s: %[4]s to 1.",
			l.Colour, v.L.Decimal(as, 1), p.Accent.Hex(), v.L.Decimal(now, 1))
	}
	return v.T("On light paper, words in this colour are written in %s: %s to 1.", p.Accent.Hex(), v.L.Decimal(now, 1))
}

// remarks say what of a stylesheet is left out, and why.
func remarks(v *page.Visit, sheet string) []string {
	_, all := hosting.CleanSheet(sheet)
	var said []string
	for _, r := range all {
		said = append(said, v.T("Line %d, left out: %s", r.Line, r.What)+" — "+whyWords(v, r.Why))
	}
	return said
}

func whyWords(v *page.Visit, why cssclean.Why) string {
	switch why {
	case cssclean.AtRule:
		return v.T("this at-rule may not stand here, such as those that load other files.")
	case cssclean.Address:
		return v.T("only pictures of this network may be loaded: write their address, beginning with /media/.")
	case cssclean.Function:
		return v.T("this function isn’t known.")
	case cssclean.Property:
		return v.T("this property would run a program.")
	case cssclean.TooDeep:
		return v.T("too many blocks within each other.")
	default:
		return v.T("a sign is missing or too many: a browser would not understand it.")
	}
}

// blockWords name a block of the front page, and say what it shows.
func blockWords(v *page.Visit, kind string) (name, words string) {
	switch kind {
	case "lead":
		return v.T("The lead"), v.T("The text put on the front page last, large; else the newest.")
	case "seconds":
		return v.T("The seconds"), v.T("The newest after it, smaller, beside the lead.")
	case "latest":
		return v.T("The latest"), v.T("Of all, of one section, or of one kind such as stories.")
	case "sections":
		return v.T("Section by section"), v.T("The latest of each section.")
	case "debuts":
		return v.T("They wrote for the first time"), v.T("Those whose first text appeared lately.")
	case "writers":
		return v.T("The invitation to write"), v.T("A band, with the number of people who wrote here.")
	case "tags":
		return v.T("Keywords"), v.T("The most used.")
	case "page":
		return v.T("A free page"), v.T("The text of one of the site’s pages.")
	case "words":
		return v.T("Words of your own"), v.T("In Markdown.")
	default:
		return "::" + kind, ""
	}
}

// blockOf is the kind of a piece of the front page.
func blockOf(p markdown.Piece) string {
	if p.Directive == nil {
		return "words"
	}
	return p.Directive.Name
}

// offers tells whether a choice is among options; none is, everywhere.
func offers(options []page.Option, chosen string) bool {
	return chosen == "" || slices.ContainsFunc(options, func(o page.Option) bool { return o.Value == chosen })
}

func sectionChoices(v *page.Visit) []page.Option {
	all := []page.Option{{Value: "", Label: v.T("All sections")}}
	for _, s := range v.Sections {
		all = append(all, page.Option{Value: s.Slug, Label: s.Name})
	}
	return all
}

func formChoices(v *page.Visit, forms []press.Form) []page.Option {
	all := []page.Option{{Value: "", Label: v.T("All kinds")}}
	for _, form := range forms {
		if form.BuiltIn != "page" {
			all = append(all, page.Option{Value: form.Slug, Label: form.Plural.In(v.L.Lang())})
		}
	}
	return all
}

func pageChoices(v *page.Visit, pages []press.Entry) []page.Option {
	var all []page.Option
	for _, e := range pages {
		all = append(all, page.Option{Value: e.Slug, Label: titled(v, e)})
	}
	return all
}

func countChoices(v *page.Visit) []page.Option {
	all := []page.Option{{Value: "", Label: v.T("As usual")}}
	for _, n := range []int{1, 2, 3, 4, 6, 9, 12, 20} {
		all = append(all, page.Option{Value: strconv.Itoa(n), Label: v.Number(n)})
	}
	return all
}

// targets are addresses that a menu line often leads to.
func targets(v *page.Visit, pages []press.Entry) []page.Option {
	var all []page.Option
	for _, s := range v.Sections {
		all = append(all, page.Option{Value: "/section/" + s.Slug, Label: s.Name})
	}
	for _, e := range pages {
		all = append(all, page.Option{Value: "/" + e.Path(), Label: titled(v, e)})
	}
	for _, fixed := range [][2]string{{"/about", v.T("About")}, {"/archive", v.T("Archive")}, {"/authors", v.T("Authors")}, {"/tags", v.T("Keywords")}, {"/charter", v.T("Charter")}, {"/search", v.T("Search")}} {
		all = append(all, page.Option{Value: fixed[0], Label: fixed[1]})
	}
	return all
}

// inLanguage adds a language to a label, where the site has several.
func inLanguage(v *page.Visit, label, lang string) string {
	if len(v.Site.Languages) < 2 {
		return label
	}
	return label + " (" + v.L.Name(lang) + ")"
}

func lineAt(lines []press.MenuLine, i int) press.MenuLine {
	if i > len(lines) {
		return press.MenuLine{}
	}
	return lines[i-1]
}
