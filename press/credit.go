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
	CoAuthors  string `json:"co_authors,omitempty"` // a name a line
	Email      string `json:"email,omitempty"`      // never shown
	Charter    bool   `json:"charter,omitempty"`    // accepted
}

// CoAuthorNames reads the co-authors' names, a line, comma or semicolon apart.
// All are kept: Check says when they are too many or too long.
func (s Signing) CoAuthorNames() []string {
	var names []string
	for part := range strings.FieldsFuncSeq(s.CoAuthors, betweenItems) {
		if name := CleanLine(part); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Tidy cleans what was typed.
func (s Signing) Tidy() Signing {
	s.Name = CleanLine(s.Name)
	s.Organisation = CleanLine(s.Organisation)
	s.ScribeName = CleanLine(s.ScribeName)
	s.CoAuthors = Clean(s.CoAuthors)
	s.Email = FoldEmail(s.Email)
	return s
}

const (
	maxName = 100 // characters
	// MaxCoAuthors bounds the names that stand beside the writer's.
	MaxCoAuthors = 20
)

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
	names := s.CoAuthorNames()
	if len(names) > MaxCoAuthors {
		c.Fault("co_authors", "Name at most %d people here, and thank the others in the text.", MaxCoAuthors)
	}
	for _, name := range names {
		checkName(&c, "co_authors", name)
	}
	if s.ForSomeone && s.ScribeName == "" {
		c.Fault("scribe_name", "Write your own name: you will be credited for having written it down.")
	}
	if !knownPerson {
		CheckEmail(&c, "email", s.Email)
	}
	if !s.Charter {
		c.Fault("charter", "Accept the charter to go on.")
	}
	return c.Err()
}
