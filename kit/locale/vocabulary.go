package locale

import (
	"strconv"
	"strings"
	"time"
)

// vocabulary is how a language writes dates and numbers.
type vocabulary struct {
	months   [12]string
	date     func(day int, month string, year int) string
	clock    func(date string, hour, minute int) string
	group    string // between thousands
	decimal  string
	bytes    [5]string
	now      string
	ago      func(span string) string
	ahead    func(span string) string
	span     func(n int, u unit) string
	tomorrow string
	before   string // yesterday
}

type unit int

const (
	minute unit = iota
	hour
	day
	week
	month
	year
)

const (
	noBreak = "\u00a0"
	narrow  = "\u202f"
)

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

func english() vocabulary {
	names := [...]string{"minute", "hour", "day", "week", "month", "year"}
	return vocabulary{
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December"},
		date: func(d int, m string, y int) string {
			return strconv.Itoa(d) + noBreak + m + " " + strconv.Itoa(y)
		},
		clock: func(date string, h, m int) string { return date + " at " + two(h) + ":" + two(m) },
		group: ",", decimal: ".", bytes: [5]string{"B", "kB", "MB", "GB", "TB"},
		now: "just now", before: "yesterday", tomorrow: "tomorrow",
		ago:   func(s string) string { return s + " ago" },
		ahead: func(s string) string { return "in " + s },
		span: func(n int, u unit) string {
			s := strconv.Itoa(n) + noBreak + names[u]
			if n != 1 {
				s += "s"
			}
			return s
		},
	}
}

func french() vocabulary {
	names := [...]string{"minute", "heure", "jour", "semaine", "mois", "an"}
	return vocabulary{
		months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
			"septembre", "octobre", "novembre", "décembre"},
		date: func(d int, m string, y int) string {
			s := strconv.Itoa(d)
			if d == 1 {
				s = "1er"
			}
			return s + noBreak + m + " " + strconv.Itoa(y)
		},
		clock: func(date string, h, m int) string {
			return date + " à " + strconv.Itoa(h) + noBreak + "h" + noBreak + two(m)
		},
		group: narrow, decimal: ",", bytes: [5]string{"o", "ko", "Mo", "Go", "To"},
		now: "à l’instant", before: "hier", tomorrow: "demain",
		ago:   func(s string) string { return "il y a " + s },
		ahead: func(s string) string { return "dans " + s },
		span: func(n int, u unit) string {
			s := strconv.Itoa(n) + noBreak + names[u]
			if n > 1 && u != month {
				s += "s"
			}
			return s
		},
	}
}

func breton() vocabulary {
	return vocabulary{
		months: [12]string{"Genver", "C’hwevrer", "Meurzh", "Ebrel", "Mae", "Mezheven", "Gouere", "Eost",
			"Gwengolo", "Here", "Du", "Kerzu"},
		date: func(d int, m string, y int) string {
			s := strconv.Itoa(d)
			if d == 1 {
				s = "1añ"
			}
			return s + noBreak + "a viz " + m + " " + strconv.Itoa(y)
		},
		clock: func(date string, h, m int) string { return date + " da " + strconv.Itoa(h) + "e" + two(m) },
		group: narrow, decimal: ",", bytes: [5]string{"o", "ko", "Mo", "Go", "To"},
		now: "bremañ", before: "dec’h", tomorrow: "warc’hoazh",
		ago:   func(s string) string { return s + " zo" },
		ahead: func(s string) string { return "a-benn " + s },
		span:  bretonSpan,
	}
}

// bretonSpan counts in Breton, where the noun stays in the singular and two, and
// for years most numbers, soften its first letter.
func bretonSpan(n int, u unit) string {
	names := [...]string{"munut", "eur", "deiz", "sizhun", "miz", "bloaz"}
	soft := [...]string{"vunut", "eur", "zeiz", "sizhun", "viz", "vloaz"}
	softens := bretonPlural(n) == 1
	if u == year {
		softens = n != 1 && bretonPlural(n) != 0 && n != 3 && n != 4 && n != 5 && n != 9
	}
	if softens {
		return strconv.Itoa(n) + noBreak + soft[u]
	}
	return strconv.Itoa(n) + noBreak + names[u]
}

// Month returns the name of t's month.
func (l *Locale) Month(t time.Time) string { return l.words.months[t.Month()-1] }

// Date writes t's day in words: "23 novembre 2026". The day and what follows it
// don't come apart at the end of a line. The zone is t's own.
func (l *Locale) Date(t time.Time) string {
	return l.words.date(t.Day(), l.Month(t), t.Year())
}

// DateTime writes t's day and time: "23 novembre 2026 à 14 h 30".
func (l *Locale) DateTime(t time.Time) string {
	return l.words.clock(l.Date(t), t.Hour(), t.Minute())
}

// ISO writes t in RFC 3339, for the attribute datetime.
func (l *Locale) ISO(t time.Time) string { return t.Format(time.RFC3339) }

// Number writes n with its thousands apart.
func (l *Locale) Number(n int) string {
	s := strconv.Itoa(n)
	digits := strings.TrimPrefix(s, "-")
	var b strings.Builder
	if len(digits) < len(s) {
		b.WriteByte('-')
	}
	for i := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.words.group)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// Decimal writes x with so many digits after the decimal sign.
func (l *Locale) Decimal(x float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', digits, 64), ".", l.words.decimal, 1)
}

// Bytes writes a size of n bytes in decimal units (1 kB is 1,000 bytes) with two
// significant digits at most below 10: "1,2 Mo".
func (l *Locale) Bytes(n int64) string {
	value, u := float64(n), 0
	for u < len(l.words.bytes)-1 && (value >= 999.5 || value <= -999.5) {
		value /= 1000
		u++
	}
	digits := 0
	if u > 0 && value < 9.95 && value > -9.95 {
		digits = 1
	}
	s := strings.TrimSuffix(strconv.FormatFloat(value, 'f', digits, 64), ".0")
	return strings.Replace(s, ".", l.words.decimal, 1) + noBreak + l.words.bytes[u]
}

// Relative says how far t is from now: "il y a 3 jours", "dans 2 heures". Both
// yesterday and tomorrow are days of now's calendar, in now's zone.
func (l *Locale) Relative(t, now time.Time) string {
	t = t.In(now.Location())
	d := now.Sub(t)
	say, near := l.words.ago, l.words.before
	if d < 0 {
		d, say, near = -d, l.words.ahead, l.words.tomorrow
	}
	days := calendarDays(t, now)
	switch {
	case d < time.Minute:
		return l.words.now
	case d < time.Hour:
		return say(l.words.span(int(d/time.Minute), minute))
	case d < 24*time.Hour && (days == 0 || d < 6*time.Hour):
		return say(l.words.span(int(d/time.Hour), hour))
	case days <= 1:
		return near
	case days < 14:
		return say(l.words.span(days, day))
	case days < 61:
		return say(l.words.span(days/7, week))
	}
	if days < 365 {
		return say(l.words.span(min(days*12/365, 11), month))
	}
	return say(l.words.span(max(days*400/146097, 1), year))
}

// calendarDays counts the midnights between a and b.
func calendarDays(a, b time.Time) int {
	day := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	n := int(day(b).Sub(day(a)) / (24 * time.Hour))
	return max(n, -n)
}
