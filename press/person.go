package press

import (
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// Person is someone, across all sites of the network.
type Person struct {
	ID          PersonID
	Email       string // folded by FoldEmail; never shown
	Name        string // as they call themselves; shown to the site's people
	Language    string // of their mails
	InvitedBy   PersonID
	ConfirmedAt time.Time // zero until they followed a link or typed a code
	CreatedAt   time.Time
}

// FoldEmail gives an address the form under which it is known: trimmed and in
// lower case (providers that tell case apart are not met any more).
func FoldEmail(s string) string { return strings.ToLower(CleanLine(s)) }

// mailDomain is a public domain, in any script: no IP address, no bare host.
var mailDomain = regexp.MustCompile(`^([\pL\pN]([\pL\pM\pN-]*[\pL\pM\pN])?\.)+\pL[\pL\pM\pN-]*[\pL\pM\pN]$`)

// CheckEmail says what is wrong with an address.
func CheckEmail(c *Checks, field, email string) {
	if email == "" {
		c.Fault(field, "Write your e-mail address: it is never shown.")
		return
	}
	_, domain, _ := strings.Cut(email, "@")
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > 254 || !mailDomain.MatchString(domain) {
		c.Fault(field, "An e-mail address looks like name@example.org.")
	}
}

// Invitation brings someone to a site, and remembers who invited whom.
type Invitation struct {
	ID         InvitationID
	Token      string // only on creation; the store keeps its hash
	Site       SiteID // "" for the network
	Section    SectionID
	Role       Role
	Email      string
	Name       string
	Message    string
	InvitedBy  PersonID
	CreatedAt  time.Time
	ExpiresAt  time.Time
	AcceptedAt time.Time
	AcceptedBy PersonID
	// CancelledAt is set when the one who invited took it back.
	CancelledAt time.Time
}

// Session is a device on which a person is signed in.
type Session struct {
	Token     string // only on creation; the store keeps its hash
	Person    PersonID
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Purpose is what a challenge proves an address for.
type Purpose string

const (
	ForSignIn  Purpose = "signin"
	ForConfirm Purpose = "confirm" // an entry just signed
	ForComment Purpose = "comment" // a comment just signed
)

// Challenge is a mailed link and six-digit code that prove an address.
type Challenge struct {
	ID        ChallengeID
	Purpose   Purpose
	Email     string
	Person    PersonID
	Entry     EntryID   // what it confirms, or is commented on
	Comment   CommentID // what it confirms
	Site      SiteID    // where it was asked, "" at the portal
	Next      string    // where to go then: a path of our own
	Attempts  int       // wrong codes so far
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time
}

// MaxAttempts wrong codes end a challenge: one in 200,000 guesses right.
const MaxAttempts = 5
