package press

import (
	"slices"
	"strings"
)

// Convert reads an answer of one kind as one of another. It is false where the
// answer can't be read so without losing something: it then stays where it was.
// Answers that are never shown become nothing else, lest they be shown.
func Convert(from, to Field, answer []string, lang string) ([]string, bool) {
	if len(answer) == 0 {
		return nil, true
	}
	if from.Kind == to.Kind {
		return to.tidy(slices.Clone(answer)), true
	}
	if from.Kind == Email || !convertible(from.Kind) || !convertible(to.Kind) {
		return nil, false
	}
	texts := from.pieces(answer, lang)
	switch {
	case to.Kind == Choice || to.Kind == YesNo:
		if len(texts) == 1 {
			texts = to.optionsFor(texts)
		}
	case to.Kind == Choices:
		texts = to.optionsFor(parted(from, texts))
	case to.Kind == People:
		texts = parted(from, texts)
	case to.Kind == LongText && len(texts) > 1:
		texts = []string{"- " + strings.Join(texts, "\n- ")}
	case to.Kind == ShortText && len(texts) > 1 && from.Kind != Period && from.Kind != PlaceKind:
		texts = []string{strings.Join(texts, ", ")}
	case to.Kind == PlaceKind:
		texts = []string{"", "", string(Exact), strings.Join(texts, ", ")}
	}
	if from.Kind == LongText && to.Kind != LongText && strings.Contains(answer[0], "\n") {
		return nil, false // its lines would be lost
	}
	if !to.Kind.several() && len(texts) > 1 {
		return nil, false
	}
	converted := to.tidy(texts)
	var c Checks
	to.Required = false
	to.check(&c, converted)
	if c.Err() != nil || len(converted) == 0 {
		return nil, false
	}
	return converted, true
}

func convertible(k FieldKind) bool {
	return !k.Silent() && !k.Media() && k != Reference && k != Words && k != Inviter && k.Known()
}

// pieces are the parts of an answer, in words.
func (f Field) pieces(answer []string, lang string) []string {
	switch f.Kind {
	case YesNo, Choice, Choices:
		var all []string
		for _, s := range answer {
			all = append(all, f.Worded(s, lang))
		}
		return all
	case PlaceKind:
		p := PlaceOf(answer)
		if p.Name == "" && p.Located {
			return []string{degrees(p.Lat) + ", " + degrees(p.Lon)}
		}
		if p.Located { // its position would be lost
			return []string{p.Name + " (" + degrees(p.Lat) + ", " + degrees(p.Lon) + ")"}
		}
		return []string{p.Name}
	}
	return slices.Clone(answer)
}

// parted takes a line of text for a list, where it came from one.
func parted(from Field, texts []string) []string {
	if from.Kind != ShortText && from.Kind != LongText {
		return texts
	}
	var all []string
	for _, s := range texts {
		for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
			if part = CleanLine(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// OptionFor finds the option that words name, by its key or by its label in any language.
func (f Field) OptionFor(words string) (string, bool) {
	words = CleanLine(words)
	options := f.Options
	if f.Kind == YesNo {
		options = yesNo
	}
	for _, o := range options {
		if strings.EqualFold(o.Key, words) {
			return o.Key, true
		}
		for _, label := range o.Label {
			if strings.EqualFold(label, words) {
				return o.Key, true
			}
		}
	}
	return words, false
}

func (f Field) optionsFor(texts []string) []string {
	var all []string
	for _, s := range texts {
		key, _ := f.OptionFor(s)
		all = append(all, key)
	}
	return all
}
