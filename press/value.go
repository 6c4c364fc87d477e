package press

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Chosen is an answer by which a list is narrowed.
type Chosen struct{ Field, Value string }

// What sorts a list where a field's key is expected.
const (
	ByTitle = "title:"
	ByDate  = "date:" // of publication
)

// Value is an answer by which lists are narrowed, counted or sorted.
type Value struct{ Field, Value string }

// Located is where an entry is, by an answer.
type Located struct {
	Field    string
	Lat, Lon float64
}

// Point is an entry on a map.
type Point struct {
	Lat, Lon float64
	Entry    EntryID
}

// Tabulated tells whether lists of a form are more than a stream of texts:
// those of articles, briefs and pages aren't.
func (f Form) Tabulated() bool { return f.BuiltIn == "" }

const maxValue = 120 // bytes

// Values are what an entry is found by in the lists of its form: public
// answers alone, that are asked of it. fold makes words comparable.
func (f Form) Values(e Entry, fold func(string) string) (values []Value, places []Located) {
	values = []Value{{"", cut(fold(e.Title))}}
	for _, field := range f.Shown(e.Answers) {
		if !field.Public() {
			continue
		}
		answer := e.Answers[field.Key]
		switch field.Kind {
		case YesNo, Choice, Choices, People:
			for _, s := range answer {
				values = append(values, Value{field.Key, cut(s)})
			}
		case Number:
			values = append(values, Value{field.Key, sortableNumber(answer[0])})
		case Date, Period:
			values = append(values, Value{field.Key, cut(answer[0])})
		case ShortText, Computed, Phone:
			values = append(values, Value{field.Key, cut(fold(answer[0]))})
		case PlaceKind:
			p := PlaceOf(answer)
			if p.Name != "" {
				values = append(values, Value{field.Key, cut(fold(p.Name))})
			}
			if p.Located {
				places = append(places, Located{field.Key, p.Lat, p.Lon})
			}
		}
	}
	return slices.DeleteFunc(values, func(v Value) bool { return v.Value == "" && v.Field != "" }), places
}

// cut bounds what is compared, at a whole letter.
func cut(s string) string {
	if len(s) <= maxValue {
		return s
	}
	s = s[:maxValue]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// sortableNumber is a decimal whose order as text is that of numbers: a sign,
// then its whole part in 16 digits; negatives by their complement.
func sortableNumber(s string) string {
	negative := strings.HasPrefix(s, "-")
	whole, rest, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if strings.Trim(whole+rest, "0123456789") != "" || len(whole) > 16 {
		return cut(s)
	}
	padded := strings.Repeat("0", 16-len(whole)) + whole
	if rest != "" {
		padded += "." + rest
	}
	if !negative {
		return "1" + padded
	}
	return "0" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9' - r + '0'
		}
		return r
	}, padded) + "~"
}

// Order puts the counted answers to a field in the order of its options, or
// the most frequent first.
func (f Field) Order(counted []Facet) {
	at := map[string]int{}
	options := f.Options
	if f.Kind == YesNo {
		options = yesNo
	}
	for i, o := range options {
		at[o.Key] = i + 1
	}
	slices.SortFunc(counted, func(a, b Facet) int {
		switch {
		case at[a.Value] > 0 && at[b.Value] > 0:
			return at[a.Value] - at[b.Value]
		case at[a.Value] > 0:
			return -1
		case at[b.Value] > 0:
			return 1
		case a.Entries != b.Entries:
			return b.Entries - a.Entries
		}
		return strings.Compare(a.Value, b.Value)
	})
}
