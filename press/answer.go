package press

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of answers that are lists.
const (
	maxChosen  = 60
	maxPeople  = 30
	maxReferee = 30 // entries referred to
)

// tidy cleans the texts of an answer. What can't be read as the field's kind
// stays as it was typed, for check to tell.
func (f Field) tidy(answer []string) []string {
	if f.Kind.Silent() || f.Kind == Words {
		return nil
	}
	var kept []string
	for _, s := range answer {
		if f.Kind == LongText {
			s = Clean(s)
		} else {
			s = CleanLine(s)
		}
		if s == "" && f.Kind != PlaceKind && f.Kind != Period && f.Kind != Inviter {
			continue // where places in the list mean something
		}
		kept = append(kept, s)
	}
	if !f.Kind.several() && len(kept) > 1 {
		kept = kept[:1]
		if f.Kind == Choice && f.Other { // the words typed beside the option "other"
			kept = []string{otherOr(answer)}
		}
	}
	switch f.Kind {
	case Number:
		return each(kept, tidyNumber)
	case Date:
		return each(kept, tidyDate)
	case Period:
		return tidyPeriod(kept)
	case Choices, People, Reference:
		return distinct(kept)
	case Choice:
		if len(kept) == 1 && kept[0] == otherKey {
			return nil
		}
	case Link:
		return each(kept, tidyLink)
	case Email:
		return each(kept, FoldEmail)
	case PlaceKind:
		return PlaceOf(kept).Answer()
	case Inviter:
		return InvitingOf(kept).Answer()
	}
	return kept
}

// otherKey is what the box "other" sends beside the words typed.
const otherKey = "other:"

// otherOr is the option chosen, or the words typed where "other" was.
func otherOr(answer []string) string {
	first := CleanLine(answer[0])
	if first != otherKey {
		return first
	}
	return CleanLine(answer[len(answer)-1])
}

func each(answer []string, tidy func(string) string) []string {
	for i, s := range answer {
		answer[i] = tidy(s)
	}
	return answer
}

func distinct(answer []string) []string {
	var kept []string
	for _, s := range answer {
		if s != otherKey && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

var spaces = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2019", "", "'", "")

// tidyNumber reads "1 234,5" as "1234.5".
func tidyNumber(s string) string {
	bare := strings.Replace(spaces.Replace(s), ",", ".", 1)
	if n, err := strconv.ParseFloat(bare, 64); err == nil && !math.IsInf(n, 0) && !math.IsNaN(n) {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return s
}

// dayShapes are how people type days, the ISO one first.
var dayShapes = []string{"2006-01-02", "2/1/2006", "2-1-2006", "2.1.2006", "2006/1/2", "2/1/06", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04"}

var monthNames = map[string]string{
	"janvier": "1", "février": "2", "fevrier": "2", "mars": "3", "avril": "4", "mai": "5", "juin": "6", "juillet": "7", "août": "8", "aout": "8",
	"septembre": "9", "octobre": "10", "novembre": "11", "décembre": "12", "decembre": "12",
	"january": "1", "february": "2", "march": "3", "april": "4", "may": "5", "june": "6", "july": "7", "august": "8", "september": "9",
	"october": "10", "november": "11", "december": "12",
}

var writtenDay = regexp.MustCompile(`^(\d{1,2})(?:er|st|nd|rd|th)?\s+(\p{L}+)\.?,?\s+(\d{4})$`)

// ReadDay reads a day in the usual shapes: 2026-03-14, 14/03/2026, 14 mars 2026.
func ReadDay(s string) (time.Time, bool) {
	s = strings.ToLower(CleanLine(s))
	if m := writtenDay.FindStringSubmatch(s); m != nil && monthNames[m[2]] != "" {
		s = m[1] + "/" + monthNames[m[2]] + "/" + m[3]
	}
	for _, shape := range dayShapes {
		if t, err := time.Parse(shape, strings.ToUpper(s)); err == nil && t.Year() > 0 {
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), true
		}
	}
	return time.Time{}, false
}

func tidyDate(s string) string {
	if day, ok := ReadDay(s); ok {
		return day.Format(time.DateOnly)
	}
	return s
}

// tidyPeriod puts the days of a period in order; one day is a period of it.
func tidyPeriod(days []string) []string {
	var kept []string
	for _, s := range days {
		if s != "" && len(kept) < 2 {
			kept = append(kept, tidyDate(s))
		}
	}
	if len(kept) == 2 && kept[0] == kept[1] {
		kept = kept[:1]
	}
	return kept
}

// tidyLink gives an address its scheme: "example.org" was meant as one.
func tidyLink(s string) string {
	if !strings.Contains(s, ":") && strings.Contains(s, ".") {
		return "https://" + s
	}
	return s
}

// check finds what must be mended in a tidied answer.
func (f Field) check(c *Checks, answer []string) {
	if len(answer) == 0 {
		if f.Required && !f.Kind.Silent() && f.Kind != Words {
			c.Fault(f.Key, requiredMessage(f.Role))
		}
		return
	}
	first := answer[0]
	switch f.Kind {
	case Pictures:
		if f.Max > 0 && len(answer) > f.Max {
			c.Fault(f.Key, "Keep at most %d pictures.", f.Max)
		}
	case Files:
		if f.Max > 0 && len(answer) > f.Max {
			c.Fault(f.Key, "Keep at most %d files.", f.Max)
		}
	case Number:
		if _, err := strconv.ParseFloat(first, 64); err != nil {
			c.Fault(f.Key, "Write a number, in figures.")
		}
	case Date, Period:
		f.checkDays(c, answer)
	case YesNo, Choice, Choices:
		f.checkChosen(c, answer)
	case Link:
		if u, err := url.Parse(first); err != nil || !isWeb(first) || u.Host == "" {
			c.Fault(f.Key, "An address begins with https://.")
		}
	case Email:
		CheckEmail(c, f.Key, first)
	case Phone:
		if strings.Trim(first, "+0123456789 ().-/\u00a0") != "" {
			c.Fault(f.Key, "Write the number with figures and spaces.")
		}
	case PlaceKind:
		PlaceOf(answer).check(c, f.Key)
	case Reference:
		if len(answer) > maxReferee {
			c.Fault(f.Key, "Keep at most %d of them.", maxReferee)
		}
	case People:
		f.checkPeople(c, answer)
	case Inviter:
		checkName(c, f.Key, first)
	default:
		if len(first) > MaxText {
			c.Fault(f.Key, "This text is too long for one page: cut it into several contributions.")
		}
		if f.Max > 0 {
			CheckLength(c, f.Key, first, f.Max)
		}
	}
}

func (f Field) checkDays(c *Checks, answer []string) {
	for _, s := range answer {
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			c.Fault(f.Key, "Write the day as 14/03/2026.")
			return
		}
	}
	if len(answer) == 2 && answer[1] < answer[0] {
		c.Fault(f.Key, "The last day comes before the first one.")
	}
}

func (f Field) checkChosen(c *Checks, answer []string) {
	if len(answer) > maxChosen {
		c.Fault(f.Key, "Keep at most %d of them.", maxChosen)
	}
	options := f.Options
	if f.Kind == YesNo {
		options = yesNo
	}
	for _, s := range answer {
		known := slices.ContainsFunc(options, func(o Option) bool { return o.Key == s })
		if !known && (!f.Other || f.Kind == YesNo) {
			c.Fault(f.Key, "Choose among the answers.")
		}
		if !known && utf8.RuneCountInString(s) > maxName {
			c.Fault(f.Key, "A few words are enough here.")
		}
	}
}

func (f Field) checkPeople(c *Checks, answer []string) {
	most := maxPeople
	if f.Max > 0 {
		most = f.Max
	}
	if len(answer) > most {
		c.Fault(f.Key, "Keep at most %d of them.", most)
	}
	for _, name := range answer {
		checkName(c, f.Key, name)
	}
}

// Plain is an answer as plain text in a language, for lists, titles and search.
func (f Field) Plain(answer []string, lang string) string {
	if len(answer) == 0 {
		return ""
	}
	switch f.Kind {
	case YesNo, Choice, Choices:
		var all []string
		for _, s := range answer {
			all = append(all, f.Worded(s, lang))
		}
		return strings.Join(all, ", ")
	case Period:
		return strings.Join(answer, " – ")
	case PlaceKind:
		return PlaceOf(answer).Name
	case Inviter:
		return InvitingOf(answer).Name
	case People:
		return strings.Join(answer, ", ")
	case Reference, Pictures, Files, Email:
		return ""
	}
	return answer[0]
}
