package press

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Kind classes an error by what the person who meets it can do about it.
type Kind int

const (
	Unknown     Kind = iota // our fault: shown as an incident number
	NotFound                // nothing there, or nothing that the viewer may see
	Gone                    // was there, and was withdrawn
	Forbidden               // known, but may not
	SignIn                  // must say who they are first
	Conflict                // somebody else changed it meanwhile
	Invalid                 // what was typed must be mended: see Fields
	Expired                 // a link or code that is too old, or was used
	TooMany                 // too fast or too often: later
	TooLarge                // more than we take
	Unavailable             // a resource is missing for now: disk, mail, database
)

// Error is a failure that people can read. Message is a catalogue key, in
// plain English with fmt verbs for Args; it says what to do.
type Error struct {
	Kind    Kind
	Message string
	Args    []any
	Fields  []FieldError
}

// FieldError says what is wrong with one field of a form.
type FieldError struct {
	Field   string // the field's key
	Message string // catalogue key
	Args    []any
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, e.Message, e.Args...)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: ", f.Field)
		fmt.Fprintf(&b, f.Message, f.Args...)
	}
	return b.String()
}

// Problem makes an error of a kind, with a message for people.
func Problem(kind Kind, message string, args ...any) *Error {
	return &Error{Kind: kind, Message: message, Args: args}
}

// KindOf finds the kind of a wrapped error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Unknown
}

// Checks gathers the faults of a form, field by field.
type Checks struct{ fields []FieldError }

// Fault records that a field must be mended, unless it has a fault already.
func (c *Checks) Fault(field, message string, args ...any) {
	for _, f := range c.fields {
		if f.Field == field {
			return
		}
	}
	c.fields = append(c.fields, FieldError{field, message, args})
}

// With adds the faults of another check, and is nil when there is none at all.
func (c *Checks) With(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Kind == Invalid {
		for _, f := range e.Fields {
			c.Fault(f.Field, f.Message, f.Args...)
		}
		return c.Err()
	}
	return cmp.Or(err, c.Err())
}

// CheckLength says how much shorter a text must be to have most characters.
func CheckLength(c *Checks, field, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		c.Fault(field, "Make it shorter: %d characters at most, you have %d.", most, n)
	}
}

// Err is nil when nothing was wrong.
func (c *Checks) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Message: "Some answers need mending.", Fields: c.fields}
}
