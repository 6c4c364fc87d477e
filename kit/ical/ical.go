// Package ical writes calendars of whole days, as RFC 5545 says.
//
// It reads none, and knows no hours: start with Calendar.
package ical

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// Calendar is a list of events with a name.
type Calendar struct {
	Name    string
	Product string // who writes it: "-//Name//FR"
	Events  []Event
}

// Event is something on a day, or on several.
type Event struct {
	UID         string // the same for ever
	Stamp       time.Time
	First, Last time.Time // days, the last included
	Summary     string
	Description string
	Location    string
	URL         string
	Lat, Lon    float64
	Located     bool
}

// Write writes the calendar.
func (c Calendar) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	put := func(name, value string) {
		if value != "" {
			folded(b, name+":"+value)
		}
	}
	put("BEGIN", "VCALENDAR")
	put("VERSION", "2.0")
	put("PRODID", escaped(c.Product))
	put("NAME", escaped(c.Name))         // RFC 7986, section 5.1
	put("X-WR-CALNAME", escaped(c.Name)) // what was read before it
	for _, e := range c.Events {
		put("BEGIN", "VEVENT")
		put("UID", escaped(e.UID))
		put("DTSTAMP", e.Stamp.UTC().Format("20060102T150405Z"))
		put("DTSTART;VALUE=DATE", e.First.Format("20060102"))
		put("DTEND;VALUE=DATE", e.Last.AddDate(0, 0, 1).Format("20060102")) // the end isn't part of it
		put("SUMMARY", escaped(e.Summary))
		put("DESCRIPTION", escaped(e.Description))
		put("LOCATION", escaped(e.Location))
		if e.Located {
			put("GEO", fmt.Sprintf("%.6f;%.6f", e.Lat, e.Lon))
		}
		put("URL", e.URL)
		put("END", "VEVENT")
	}
	put("END", "VCALENDAR")
	return b.Flush()
}

// escaped is a text of section 3.3.11.
func escaped(s string) string {
	return strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n", "\r", "").Replace(s)
}

// folded writes a line of at most 75 bytes, and goes on with a space (section 3.1).
func folded(b *bufio.Writer, line string) {
	most := 75
	for len(line) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		_, _ = b.WriteString(line[:cut] + "\r\n ")
		line, most = line[cut:], 74
	}
	_, _ = b.WriteString(line + "\r\n")
}
