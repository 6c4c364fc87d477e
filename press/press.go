// Package press holds the nouns of open publishing and their pure rules: what a
// site, a form, an entry, a credit or a licence is, which status may follow
// which, who may do what. It does no I/O, tells no time and imports the
// standard library only.
//
// Start with entry.go (what is written), site.go (where), person.go and
// membership.go (by whom), event.go (what happened) and errors.go.
package press

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Identifiers are UUIDv7 texts made by the caller; each noun has its own type
// so that one can't be passed for another.
type (
	SiteID         string
	FormID         string
	SectionID      string
	VocabularyID   string
	TermID         string
	EntryID        string
	DraftID        string
	ProofreadingID string
	RemarkID       string
	PersonID       string
	BylineID       string
	CreditID       string
	MembershipID   string
	InvitationID   string
	ChallengeID    string
	MediaID        string
	NoteID         string
	CommentID      string
	EventID        string
	JobID          string
	TokenID        string
	HandingID      string // of a personal invitation link
	CrewID         string // of the people of an organisation
	DossierID      string
	QuotationID    string
	ImportID       string
	CaseID         string
	ReportID       string
	AppealID       string
)

// Text is a short text in several languages, keyed by BCP 47 tag ("fr").
type Text map[string]string

// In returns the text in lang, else in French, else in English, else in the
// first language it has.
func (t Text) In(lang string) string {
	for _, l := range []string{lang, "fr", "en"} {
		if s := t[l]; s != "" {
			return s
		}
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if t[l] != "" {
			return t[l]
		}
	}
	return ""
}

// Languages that the interface speaks, the first being the default.
var Languages = []string{"fr", "en", "br"}

// KnownLanguage tells whether the interface speaks lang.
func KnownLanguage(lang string) bool { return slices.Contains(Languages, lang) }

// Clean makes typed text safe to keep: valid UTF-8, no NUL or other control
// character but tab and line feed, line ends as "\n", no white space around.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// CleanLine is Clean for a text of one line: white space is folded.
func CleanLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }
