// Package ids makes identifiers that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7) in its usual
// lower-case form of 36 characters.
//
// They reveal the moment of their making and are only partly random: they name things and protect nothing. For secrets, see
// a package made for them.
package ids

import (
	"time"

	"github.com/google/uuid"
)

// New returns an identifier greater, as a string, than all that this process made before it, even within a millisecond
// and when the clock steps back. It is safe for concurrent use.
func New() string {
	// NewV7 keeps the last value under a lock and fails only with crypto/rand, which does not fail.
	return uuid.Must(uuid.NewV7()).String()
}

// Time returns the moment at which New made id, in UTC, to the millisecond. It reports false for anything but a version 7
// identifier in its canonical form, so that one thing never has two names.
func Time(id string) (time.Time, bool) {
	u, err := uuid.Parse(id)
	if err != nil || u.String() != id || u.Version() != 7 || u.Variant() != uuid.RFC4122 {
		return time.Time{}, false
	}
	var ms int64
	for _, b := range u[:6] {
		ms = ms<<8 | int64(b)
	}
	return time.UnixMilli(ms).UTC(), true
}
