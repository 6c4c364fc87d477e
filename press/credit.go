package press

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CreditRole is what someone did for an entry.
type CreditRole string

const (
	Author       CreditRole = "author"
	Scribe       CreditRole = "scribe" // wrote it down for someone
	Actor        CreditRole = "actor"  // did the thing told
	Translator   CreditRole = "translator"
	Photographer CreditRole = "photographer"
	Proofreader  CreditRole = "proofreader"
	// Keeper is of the same organisation as who signed: they complete it too, and
	// are shown nowhere.
	Keeper CreditRole = "keeper"
)

// SignatureKind is how a person chooses to be named.
type SignatureKind string

const (
	SignName         SignatureKind = "name"
	SignOrganisation SignatureKind = "organisation"
	SignPseudonym    SignatureKind = "pseudonym"
	SignAnonymous    SignatureKind = "anonymous"
)

// Byline is a public identity: a name under which entries stand together on
// one author page. A person may have several, and nothing public links them.
type Byline struct {
	ID           BylineID
	Slug         string
	Kind         SignatureKind
	Name         string
	Organisation string
	Entries      int // published ones, on the site asked for
}

// Credit names who did what. Person is private; Name is what is shown.
type Credit struct {
	ID           CreditID
	Role         CreditRole
	Kind         SignatureKind
	Byline       BylineID // "" when anonymous
	Slug         string   // of the byline's author page
	Name         string   // "" when anonymous
	Organisation string
	Person       PersonID // never shown; "" when only a name was given
	Position     int
}

// Anonymous tells that no name may be shown.
func (c Credit) Anonymous() bool { return c.Kind == SignAnonymous || c.Name == "" }

// Initials are one or two letters for the disc beside a name.
func (c Credit) Initials() string {
	var b strings.Builder
	for i, word := range strings.FieldsFunc(c.Name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if i == 2 {
			break
		}
		_, size := utf8.DecodeRuneInString(word)
		rest := strings.TrimLeftFunc(word[size:], unicode.IsMark) // an accent apart stays with its letter
		b.WriteString(strings.ToUpper(word[:len(word)-len(rest)]))
	}
	return b.String()
}

// Signing is what a writer answers when signing, kept with the draft.
type Signing struct {
	Kind         SignatureKind `json:"kind,omitempty"`
	Name         string        `json:"name,omitempty"` // or pseudonym
	Organisation string        `json:"organisation,omitempty"`
	// ForSomeone: the writer is the scribe of the author named in AuthorName,
	// and is shown as such; Kind and Name then speak of the author.
	ForSomeone bool   `json:"for_someone,omitempty"`
	ScribeName string `json:"scribe_name,omitempty"`
	CoAuthors  string `json:"co_authors,omitempty"` // a line each: Name, or Name <address>
	// Proofreaders are those who read it over, a name a line.
	Proofreaders string `json:"proofreaders,omitempty"`
	Email        string `json:"email,omitempty"`   // never shown
	Charter      bool   `json:"charter,omitempty"` // accepted
	// Source tells where the text comes from, unless it is an original.
	Source Provenance `json:"source,omitzero"`
}

// CoAuthor is someone who wrote too. With an address, they may revise the
// entry as its other authors do.
type CoAuthor struct{ Name, Email string }

// MaxCoAuthors bounds the co-authors of an entry.
const MaxCoAuthors = 20

// WithCoAuthors reads the co-authors, a line each: "Name" or "Name <address>".
// All are kept as typed, the same line once: Check says what must be mended.
func (s Signing) WithCoAuthors() []CoAuthor {
	var all []CoAuthor
	for line := range strings.Lines(s.CoAuthors) {
		name, address, _ := strings.Cut(line, "<")
		c := CoAuthor{CleanLine(name), FoldEmail(strings.TrimSuffix(CleanLine(address), ">"))}
		if c != (CoAuthor{}) && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// ReadOverBy are the names of those who read it over, each once.
func (s Signing) ReadOverBy() []string {
	var all []string
	for line := range strings.Lines(s.Proofreaders) {
		if name := CleanLine(line); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// Tidy cleans what was typed.
func (s Signing) Tidy() Signing {
	s.Name = CleanLine(s.Name)
	s.Organisation = CleanLine(s.Organisation)
	s.ScribeName = CleanLine(s.ScribeName)
	s.CoAuthors, s.Proofreaders = Clean(s.CoAuthors), Clean(s.Proofreaders)
	s.Source.Title, s.Source.URL = CleanLine(s.Source.Title), CleanLine(s.Source.URL)
	s.Source.Author = CleanLine(s.Source.Author)
	s.Email = FoldEmail(s.Email)
	return s
}

// OwnName is how the writer calls themselves, "" when they would not say.
func (s Signing) OwnName() string {
	switch {
	case s.ForSomeone:
		return s.ScribeName
	case s.Kind == SignAnonymous:
		return ""
	default:
		return s.Name
	}
}

// Author is the credit of whoever signs, before it has a byline.
func (s Signing) Author(person PersonID) Credit {
	c := Credit{Role: Author, Kind: s.Kind, Name: s.Name, Organisation: s.Organisation, Person: person}
	if s.Kind == SignOrganisation {
		c.Name, c.Organisation = s.Organisation, ""
	}
	return c
}

const maxName = 100 // characters

func checkName(c *Checks, field, name string) {
	if utf8.RuneCountInString(name) > maxName {
		c.Fault(field, "Make the name shorter: 100 characters at most.")
	}
}

// Check finds what must be mended before signing. The e-mail is needed only of
// a writer who isn't signed in yet.
func (s Signing) Check(knownPerson bool) error {
	var c Checks
	switch s.Kind {
	case SignName, SignPseudonym:
		if s.Name == "" {
			c.Fault("name", "Write the name that will stand under the title.")
		}
	case SignOrganisation:
		if s.Organisation == "" {
			c.Fault("organisation", "Write the organisation's name.")
		}
	case SignAnonymous:
	default:
		c.Fault("kind", "Choose how to sign.")
	}
	checkName(&c, "name", s.Name)
	checkName(&c, "organisation", s.Organisation)
	checkName(&c, "scribe_name", s.ScribeName)
	if s.ForSomeone && s.ScribeName == "" {
		c.Fault("scribe_name", "Write your own name: you will be credited for having written it down.")
	}
	coAuthors := s.WithCoAuthors()
	if len(coAuthors) > MaxCoAuthors {
		c.Fault("co_authors", "Name at most %d people here, and thank the others in the text.", MaxCoAuthors)
	}
	for _, co := range coAuthors {
		if co.Name == "" {
			c.Fault("co_authors", "Write a name before each address.")
		}
		checkName(&c, "co_authors", co.Name)
		if co.Email != "" {
			CheckEmail(&c, "co_authors", co.Email)
		}
	}
	proofreaders := s.ReadOverBy()
	if len(proofreaders) > MaxCoAuthors {
		c.Fault("proofreaders", "Name at most %d people here, and thank the others in the text.", MaxCoAuthors)
	}
	for _, name := range proofreaders {
		checkName(&c, "proofreaders", name)
	}
	s.Source.check(&c)
	if !knownPerson {
		CheckEmail(&c, "email", s.Email)
	}
	if !s.Charter {
		c.Fault("charter", "Accept the charter to go on.")
	}
	return c.Err()
}
