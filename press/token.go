package press

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Scope is a part of what its person may do that a token lets a program do.
type Scope string

const (
	ScopeRead  Scope = "read"  // what the person reads and others don't
	ScopeWrite Scope = "write" // write, amend and withdraw the person's own contributions
	ScopeMedia Scope = "media" // send pictures and describe them
)

// Scopes in the order of the interface.
var Scopes = []Scope{ScopeRead, ScopeWrite, ScopeMedia}

// AccessToken lets a program act for a person, within its scopes: never more
// than the person may.
type AccessToken struct {
	ID        TokenID
	Secret    string // only on creation; the store keeps its hash
	Person    PersonID
	Name      string // what it is for, in the person's words
	Scopes    []Scope
	Site      SiteID // "" for all sites
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // to within some minutes; zero before
	RevokedAt time.Time
}

// Allows tells whether the token lets a program do something on a site.
func (t AccessToken) Allows(scope Scope, site SiteID) bool {
	return slices.Contains(t.Scopes, scope) && t.Covers(site)
}

// Covers tells whether the token is for a site.
func (t AccessToken) Covers(site SiteID) bool { return t.Site == "" || t.Site == site }

// Live tells whether the token opens anything at a moment.
func (t AccessToken) Live(now time.Time) bool { return t.RevokedAt.IsZero() && now.Before(t.ExpiresAt) }

const (
	maxTokenName = 80 // characters
	// MaxTokenLife bounds how long a token opens anything.
	MaxTokenLife = 366 * 24 * time.Hour
)

// Check finds what must be mended in a token asked for.
func (t AccessToken) Check() error {
	var c Checks
	if t.Name == "" || utf8.RuneCountInString(t.Name) > maxTokenName {
		c.Fault("name", "Say what it is for, in a few words.")
	}
	if len(t.Scopes) == 0 {
		c.Fault("scopes", "Choose at least one thing that the program may do.")
	}
	for _, s := range t.Scopes {
		if !slices.Contains(Scopes, s) {
			c.Fault("scopes", "Choose among the things offered.")
		}
	}
	if life := t.ExpiresAt.Sub(t.CreatedAt); life <= 0 || life > MaxTokenLife {
		c.Fault("life", "Choose how long it lasts.")
	}
	return c.Err()
}
