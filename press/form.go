package press

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Form is a kind of contribution: ordered, typed fields. Forms are data: the
// built-in ones are seeded on every new site and may be changed there.
type Form struct {
	ID       FormID
	Site     SiteID
	Slug     string // its segment in addresses: "article"
	BuiltIn  string // key of the built-in form it comes from, else ""
	Name     Text   // "Un article"
	Plural   Text   // "Articles"
	Pitch    Text   // one sentence that tells when to choose it
	Fields   []Field
	Openness Openness // "" follows the site's
	Talk     Talk     // "" follows the site's
	Position int
	Listed   bool // offered to writers and counted among the latest
	Version  int
	FormSettings
	BinnedAt time.Time // zero while it stands
}

// FormSettings are how a form is answered and shown.
type FormSettings struct {
	Views    []View    `json:"views,omitempty"`    // that readers are offered, the first one first
	Headings bool      `json:"headings,omitempty"` // the question of the main text stands above it, as others do
	Stepwise bool      `json:"stepwise,omitempty"` // answered question by question, unless one prefers one page
	Order    string    `json:"order,omitempty"`    // of its list, where it isn't the newest first: a field's key
	Origin   string    `json:"origin,omitempty"`   // the address that it was copied from
	Away     []EntryID `json:"away,omitempty"`     // the entries that went to the bin with it
}

// Answers to a form, by field key. An answer is a list of texts as in an HTML
// form; the field's kind says how to read them.
type Answers map[string][]string

// One is the first text of an answer, or "".
func (a Answers) One(key string) string {
	if len(a[key]) == 0 {
		return ""
	}
	return a[key][0]
}

// Field finds the first field with a role.
func (f Form) Field(role FieldRole) (Field, bool) {
	for _, field := range f.Fields {
		if field.Role == role {
			return field, true
		}
	}
	return Field{}, false
}

func (f Form) answer(a Answers, role FieldRole) string {
	field, ok := f.Field(role)
	if !ok {
		return ""
	}
	return a.One(field.Key)
}

// Title is the answer that names the entry.
func (f Form) Title(a Answers) string { return f.answer(a, RoleTitle) }

// TitleIn is Title, in a language where it is made of other answers.
func (f Form) TitleIn(a Answers, lang string) string {
	field, ok := f.Field(RoleTitle)
	if ok && field.Kind == Computed {
		return f.filled(field.Template, a, lang)
	}
	return f.Title(a)
}

// Standfirst is the answer that sums the entry up.
func (f Form) Standfirst(a Answers) string { return f.answer(a, RoleStandfirst) }

// Pictures are the entry's own pictures, the first being the lead one.
func (f Form) Pictures(a Answers) []MediaID { return f.media(a, Pictures, RolePictures) }

// Files are the entry's attachments, in order.
func (f Form) Files(a Answers) []MediaID { return f.media(a, Files, RoleFiles) }

// media are the files of all fields of a kind, those of the role first.
func (f Form) media(a Answers, kind FieldKind, role FieldRole) []MediaID {
	var first, others []MediaID
	for _, field := range f.Fields {
		if field.Kind != kind || field.Gone {
			continue
		}
		for _, s := range a[field.Key] {
			if field.Role == role {
				first = append(first, MediaID(s))
			} else {
				others = append(others, MediaID(s))
			}
		}
	}
	return append(first, others...)
}

// MaxText bounds a long answer, in bytes: a novel fits, an attack does not.
const MaxText = 1 << 20

// Tidy keeps only answers to the form's fields, those taken off it too, cleaned by kind.
func (f Form) Tidy(a Answers) Answers {
	tidy := Answers{}
	for _, field := range f.Fields {
		if kept := field.tidy(a[field.Key]); len(kept) > 0 {
			tidy[field.Key] = kept
		}
	}
	return tidy
}

// Check finds what must be mended in tidied answers before they are proposed.
func (f Form) Check(a Answers) error { return f.CheckContent(Content{Answers: a}) }

// CheckContent is Check for the answers and the tags.
func (f Form) CheckContent(content Content) error {
	var c Checks
	for _, field := range f.Fields {
		if field.Gone || !f.applies(field, content.Answers) {
			continue
		}
		if field.Kind == Words && field.Required && len(content.Tags) == 0 {
			c.Fault("tags", requiredMessage(field.Role))
		}
		field.check(&c, content.Answers[field.Key])
	}
	CheckTags(&c, content.Tags)
	return c.Err()
}

func requiredMessage(role FieldRole) string {
	switch role {
	case RoleTitle:
		return "Give your text a title: a few words are enough."
	case RoleBody:
		return "Write your text: a few lines are enough to begin."
	default:
		return "Answer this question."
	}
}

// Tag is a free word; its slug makes it one whatever its capitals and accents.
type Tag struct {
	Slug  string
	Label string
}

// MaxTags bounds the tags of an entry.
const MaxTags = 12

// SplitTags reads tags typed with commas, semicolons or line ends, without
// repeats. What is too long or too much is kept for CheckTags to tell.
func SplitTags(s string) []string {
	var tags []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = CleanLine(strings.TrimPrefix(strings.TrimSpace(part), "#"))
		if part != "" && !slices.Contains(tags, part) {
			tags = append(tags, part)
		}
	}
	return tags
}

const maxTag = 50 // characters

// CheckTags says what is wrong with an entry's tags.
func CheckTags(c *Checks, tags []string) {
	if len(tags) > MaxTags {
		c.Fault("tags", "Keep at most %d keywords: the ones that people would search for.", MaxTags)
	}
	for _, t := range tags {
		if utf8.RuneCountInString(t) > maxTag {
			c.Fault("tags", "A keyword is a word or two: separate them with commas.")
		}
	}
}
