package press

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Look is how a site's pages look and what frames them. The zero Look is the
// house's: its first model in its own blue, sections as menu.
type Look struct {
	Model   Model    `json:"model,omitempty"`
	Type    Typeface `json:"type,omitempty"`    // "" is the model's own
	Paper   Paper    `json:"paper,omitempty"`   // "" is cream
	Colour  string   `json:"colour,omitempty"`  // "#rrggbb": words, links and buttons take its hue and strength
	Second  string   `json:"second,omitempty"`  // "#rrggbb" of bands; "" is Colour
	Logo    MediaID  `json:"logo,omitempty"`    // beside the name
	Picture MediaID  `json:"picture,omitempty"` // across the top of the front page
	// Menu stands under the name; empty, it is the site's sections.
	Menu []MenuLine `json:"menu,omitempty"`
	// Foot stands in the foot, before what is always there.
	Foot []MenuLine `json:"foot,omitempty"`
	// Words are the foot's own, in Markdown, by language; WordsHTML is what they render to.
	Words     Text `json:"words,omitempty"`
	WordsHTML Text `json:"wordsHTML,omitempty"`
	// Sheet is a stylesheet of the site's own, as typed; CSS is what is left of it once sanitised.
	Sheet string `json:"sheet,omitempty"`
	CSS   string `json:"css,omitempty"`
}

// MenuLine is a link of a menu.
type MenuLine struct {
	Label  Text   `json:"label,omitempty"` // by language; for a section, empty is its name
	Target string `json:"target"`          // a path inside the site ("/section/mer"), or an https:, http: or mailto: address
}

// LookVersion is a look that a site wore, or one that its stewards try.
type LookVersion struct {
	Site          SiteID
	Number        int // from 1, without gaps; 0 on trial
	Look          Look
	Front         string // Markdown of the front page; on trial, "" leaves it as it is
	FrontRevision int    // of the front page's entry, which Front was, or began from
	FrontHTML     string // Front rendered; on trial alone
	MadeBy        PersonID
	MadeAt        time.Time
}

// Model is a ready-made look: it decides of grid, rule lines and pictures, and
// proposes a typeface.
type Model string

const (
	Review   Model = "review"   // a magazine: double rules, old-style letters
	Poster   Model = "poster"   // tall condensed titles on solid colour
	Notebook Model = "notebook" // typewriter on ruled paper, pasted pictures
	Gazette  Model = "gazette"  // a newspaper in columns, black and white pictures
	Pebble   Model = "pebble"   // round and airy
	Plain    Model = "plain"    // the device's own letters, strict grid; the lightest
)

// Models in the order of the interface.
var Models = []Model{Review, Poster, Notebook, Gazette, Pebble, Plain}

// Typeface is a pairing of letters for titles and for text.
type Typeface string

const (
	YoungSerif   Typeface = "young-serif"
	LeagueGothic Typeface = "league-gothic"
	CourierPrime Typeface = "courier-prime"
	LibreBodoni  Typeface = "libre-bodoni"
	Nunito       Typeface = "nunito"
	DeviceSans   Typeface = "device"
)

// Typefaces in the order of the interface.
var Typefaces = []Typeface{YoungSerif, LeagueGothic, CourierPrime, LibreBodoni, Nunito, DeviceSans}

// Paper is the paper.
type Paper string

const (
	Cream  Paper = "cream"
	White  Paper = "white"
	Tinted Paper = "tinted" // of the site's own hue
)

// Papers in the order of the interface.
var Papers = []Paper{Cream, White, Tinted}

// HouseColour is the colour of a site that chose none.
const HouseColour = "#1b5e8c"

const (
	maxMenu  = 12     // lines
	maxLabel = 60     // characters
	maxSheet = 20_000 // bytes
)

// Dressed is l with what it leaves open chosen: a model, its typeface, a paper and colours.
func (l Look) Dressed() Look {
	if !slices.Contains(Models, l.Model) {
		l.Model = Review
	}
	if !slices.Contains(Typefaces, l.Type) {
		l.Type = l.Model.Typeface()
	}
	if !slices.Contains(Papers, l.Paper) {
		l.Paper = Cream
	}
	if !hexColour.MatchString(l.Colour) {
		l.Colour = HouseColour
	}
	if !hexColour.MatchString(l.Second) {
		l.Second = l.Colour
	}
	return l
}

// Typeface is the one that a model proposes.
func (m Model) Typeface() Typeface {
	if i := slices.Index(Models, m); i > 0 {
		return Typefaces[i]
	}
	return YoungSerif
}

// RGB returns a colour such as "#1b5e8c" as three bytes, the house's for any other text.
func RGB(colour string) (r, g, b uint8) {
	if !hexColour.MatchString(colour) {
		colour = HouseColour
	}
	n, _ := strconv.ParseUint(colour[1:], 16, 32)
	return uint8(n >> 16), uint8(n >> 8), uint8(n)
}

// Tidy gives what people typed the shape in which it is kept: colours in small
// letters, menus without empty lines.
func (l *Look) Tidy() {
	l.Colour, l.Second = tidyColour(l.Colour), tidyColour(l.Second)
	l.Menu, l.Foot = tidyMenu(l.Menu), tidyMenu(l.Foot)
	words := Text{}
	for lang, text := range l.Words {
		if text = Clean(text); text != "" {
			words[lang] = text
		}
	}
	if l.Words = words; len(words) == 0 {
		l.Words = nil
	}
	l.Sheet = Clean(l.Sheet)
}

func tidyColour(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if s != "" && !strings.HasPrefix(s, "#") {
		s = "#" + s
	}
	return s
}

func tidyMenu(lines []MenuLine) []MenuLine {
	var kept []MenuLine
	for _, line := range lines {
		label := Text{}
		for lang, s := range line.Label {
			if s = CleanLine(s); s != "" {
				label[lang] = s
			}
		}
		if len(label) == 0 {
			label = nil
		}
		line = MenuLine{Label: label, Target: CleanLine(line.Target)}
		if line.Label != nil || line.Target != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// Check finds what must be mended before the look can be worn. The fields of
// faults are those of the forms: "colour", "menu-3-target" (from 1).
func (l Look) Check() error {
	var c Checks
	for _, colour := range [][2]string{{"colour", l.Colour}, {"second", l.Second}} {
		if colour[1] != "" && !hexColour.MatchString(colour[1]) {
			c.Fault(colour[0], "A colour looks like #1b5e8c.")
		}
	}
	if l.Model != "" && !slices.Contains(Models, l.Model) {
		c.Fault("model", "Choose one of the looks.")
	}
	if l.Type != "" && !slices.Contains(Typefaces, l.Type) {
		c.Fault("type", "Choose among the letters offered.")
	}
	if l.Paper != "" && !slices.Contains(Papers, l.Paper) {
		c.Fault("paper", "Choose a paper.")
	}
	checkMenu(&c, "menu", l.Menu)
	checkMenu(&c, "foot", l.Foot)
	for _, lang := range Languages {
		if len(l.Words[lang]) > 5_000 {
			c.Fault("words-"+lang, "Make this text shorter: it stands at the foot of every page.")
		}
	}
	if len(l.Sheet) > maxSheet {
		c.Fault("sheet", "Make the stylesheet shorter: 20,000 characters at most.")
	}
	return c.Err()
}

func checkMenu(c *Checks, name string, lines []MenuLine) {
	if len(lines) > maxMenu {
		c.Fault(name, "A menu has 12 lines at most: fewer is easier to read.")
	}
	for i, line := range lines {
		field := name + "-" + strconv.Itoa(i+1)
		switch {
		case line.Target == "":
			c.Fault(field+"-target", "Say where this line leads.")
		case !line.Leads():
			c.Fault(field+"-target", "An address begins with / inside the site, else with https://, http:// or mailto:.")
		case line.Label == nil && !strings.HasPrefix(line.Target, "/section/"):
			c.Fault(field+"-label", "Give this line a name.")
		}
		for _, label := range line.Label {
			if len([]rune(label)) > maxLabel {
				c.Fault(field+"-label", "Make this name shorter: 60 characters at most.")
			}
		}
	}
}

// Leads tells whether a line leads somewhere that a link may lead to.
func (m MenuLine) Leads() bool {
	return m.Inside() || strings.HasPrefix(m.Target, "https://") || strings.HasPrefix(m.Target, "http://") ||
		strings.HasPrefix(m.Target, "mailto:")
}

// Inside tells whether a line leads to a page of the site.
func (m MenuLine) Inside() bool {
	return strings.HasPrefix(m.Target, "/") && !strings.HasPrefix(m.Target, "//") && !strings.Contains(m.Target, `\`)
}
