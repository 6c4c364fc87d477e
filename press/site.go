package press

import (
	"cmp"
	"regexp"
	"slices"
	"time"
)

// Network is one installation: a territory, its portal, its people.
type Network struct {
	Name     string
	Tagline  string
	Language string // of the portal
	About    string // Markdown
	// AboutHTML is About rendered and sanitised.
	AboutHTML string
	Maps      Maps
	Version   int64 // raised by every public change on any site
	CreatedAt time.Time
}

// Site is one publication of the network.
type Site struct {
	ID          SiteID
	Slug        string // its address under the network's: /{slug}/
	Host        string // its own domain, if any: "mag.example.org"
	Name        string
	Tagline     string
	Languages   []string // the first is the default
	Timezone    string   // IANA name
	Charter     string   // Markdown
	CharterHTML string
	Openness    Openness
	Revising    Revising
	Talk        Talk      // "" until a steward chose; see TalkOn
	Licence     LicenceID // default of its entries
	Look        Look      // zero until a steward chose one
	// Words are what the site says of itself in its further languages; see In.
	Words     map[string]SiteWords
	Front     EntryID // the entry shown as front page
	Version   int64   // raised by every public change, in the same transaction
	CreatedAt time.Time
	ClosedAt  time.Time // zero while open
}

// SiteWords are what a site says of itself in one language. What is empty is said in its main one.
type SiteWords struct {
	Name        string `json:"name,omitempty"`
	Tagline     string `json:"tagline,omitempty"`
	Charter     string `json:"charter,omitempty"` // Markdown
	CharterHTML string `json:"charterHTML,omitempty"`
}

// In is the site as it presents itself in a language that it speaks, otherwise in its main one.
func (s Site) In(lang string) Site {
	words, ok := s.Words[lang]
	if !ok || !slices.Contains(s.Languages, lang) {
		return s
	}
	s.Name, s.Tagline = cmp.Or(words.Name, s.Name), cmp.Or(words.Tagline, s.Tagline)
	if words.CharterHTML != "" {
		s.Charter, s.CharterHTML = words.Charter, words.CharterHTML
	}
	return s
}

// Language is the site's default language.
func (s Site) Language() string {
	if len(s.Languages) == 0 {
		return Languages[0]
	}
	return s.Languages[0]
}

// Zone is the site's time zone, UTC where its name is unknown.
func (s Site) Zone() *time.Location {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Openness says when a contribution appears.
type Openness string

const (
	Open     Openness = "open"     // once the writer's address is confirmed
	First    Openness = "first"    // a person's first contribution is read before
	Reviewed Openness = "reviewed" // every contribution is read before
	Members  Openness = "members"  // only the site's people write; theirs appear at once
)

// Opennesses in the order of the interface.
var Opennesses = []Openness{Open, First, Reviewed, Members}

// Known tells whether o is one of Opennesses.
func (o Openness) Known() bool { return slices.Contains(Opennesses, o) }

// Revising says what becomes of an author's change to a published entry.
type Revising string

const (
	ReviseAtOnce   Revising = "free"     // appears at once
	ReviseReviewed Revising = "reviewed" // waits for an animator
)

// Known tells whether r is a rule of revising.
func (r Revising) Known() bool { return r == ReviseAtOnce || r == ReviseReviewed }

// Section is a rubric of a site; on a site of associations, one structure.
type Section struct {
	ID          SectionID
	Site        SiteID
	Slug        string
	Name        string
	Description string
	Position    int
	ClosedAt    time.Time // zero while entries may be filed in it
	// Words are its name and description in the site's further languages; see In.
	Words map[string]SectionWords
}

// SectionWords name and describe a section in one language. What is empty is said in the site's main one.
type SectionWords struct {
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
}

// In is the section as it is presented in a language.
func (c Section) In(lang string) Section {
	words := c.Words[lang]
	c.Name, c.Description = cmp.Or(words.Name, c.Name), cmp.Or(words.Description, c.Description)
	return c
}

// Vocabulary is a controlled list that fields and facets use.
type Vocabulary struct {
	ID    VocabularyID
	Site  SiteID
	Slug  string
	Name  Text
	Terms []Term
}

// Term is a word of a vocabulary.
type Term struct {
	ID       TermID
	Slug     string
	Label    Text
	Position int
}

var (
	slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	hostShape = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$`)
	hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)
)

// ReservedSlugs are first path segments that belong to the network.
var ReservedSlugs = []string{
	"about", "accessibility", "agenda", "api", "charter", "demo", "desk", "feed", "feeds", "healthz", "invitation", "journal",
	"licence", "map", "me", "media", "metrics", "new", "network", "oembed", "outbox", "portal", "search", "signin",
	"signout", "sitemap", "sites", "static", "challenge", "confirm", "draft", "write",
}

// ReservedForms are path segments inside a site that no form may take.
var ReservedForms = []string{
	"about", "accessibility", "agenda", "archive", "author", "authors", "charter", "cutting", "desk", "draft", "feed", "feeds", "journal",
	"licence", "look", "map", "me", "media", "notebook", "oai", "programme", "search", "section", "sections", "signin",
	"signout", "sitemap", "spip2spip", "static", "tag", "tags", "write", "challenge", "confirm", "invitation", "talk", "comment", "leave",
	"report", "proofread", "dossier", "dossiers",
}

// CheckSlug says what is wrong with an address chosen by a person; reserved
// lists the segments that are taken.
func CheckSlug(c *Checks, field, slug string, reserved []string) {
	switch {
	case slug == "":
		c.Fault(field, "Choose an address.")
	case len(slug) > 60 || !slugShape.MatchString(slug):
		c.Fault(field, "Use only small letters without accents, digits and hyphens, 60 at most.")
	case slices.Contains(reserved, slug):
		c.Fault(field, "This address is kept for the program: choose another one.")
	}
}

// Check finds what must be mended before the site can be kept.
func (s *Site) Check() error {
	var c Checks
	CheckSlug(&c, "slug", s.Slug, ReservedSlugs)
	if s.Name == "" {
		c.Fault("name", "Give the site a name.")
	}
	if len([]rune(s.Name)) > 100 {
		c.Fault("name", "Make the name shorter: 100 characters at most.")
	}
	if s.Host != "" && !hostShape.MatchString(s.Host) {
		c.Fault("host", "A domain looks like mag.example.org, without https:// or slashes.")
	}
	for _, l := range s.Languages {
		if !KnownLanguage(l) {
			c.Fault("languages", "Choose among the languages offered.")
		}
	}
	if len(s.Languages) == 0 {
		c.Fault("languages", "Choose at least one language.")
	}
	// LoadLocation takes "" and "Local" too: the zone would depend on the server.
	if _, err := time.LoadLocation(s.Timezone); err != nil || s.Timezone == "" || s.Timezone == "Local" {
		c.Fault("timezone", "A time zone looks like Europe/Paris.")
	}
	if !s.Openness.Known() {
		c.Fault("openness", "Choose how open the site is.")
	}
	if !s.Revising.Known() {
		c.Fault("revising", "Choose what happens when authors change a published text.")
	}
	if s.Talk != "" && !s.Talk.Known() {
		c.Fault("talk", "Choose how people talk under the texts.")
	}
	if _, ok := LicenceByID(s.Licence); !ok {
		c.Fault("licence", "Choose a licence.")
	}
	return c.Err()
}
