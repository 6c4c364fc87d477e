package press

import (
	"slices"
	"strings"
)

// FieldKind is the type of a field's answer. An answer is a list of texts, of
// the shape given beside each.
type FieldKind string

const (
	ShortText   FieldKind = "text"        // one line
	LongText    FieldKind = "markdown"    // Markdown
	Number      FieldKind = "number"      // decimal, with a point: "12.5"
	YesNo       FieldKind = "yesno"       // "yes" or "no"
	Date        FieldKind = "date"        // ISO 8601: "2026-03-14"
	Period      FieldKind = "period"      // first and last day; the last may be missing
	Choice      FieldKind = "choice"      // the key of an option, or words of one's own
	Choices     FieldKind = "choices"     // several of them
	Words       FieldKind = "tags"        // none of its own: asks for the entry's keywords
	Link        FieldKind = "link"        // an address of the web
	Email       FieldKind = "email"       // never shown: readers write through a form
	Phone       FieldKind = "phone"       // as typed
	Pictures    FieldKind = "pictures"    // media identifiers, in order
	Files       FieldKind = "files"       // the same, of documents, recordings and videos
	PlaceKind   FieldKind = "place"       // see Place
	Reference   FieldKind = "reference"   // identifiers of entries of another form
	People      FieldKind = "people"      // names of persons or organisations
	Computed    FieldKind = "computed"    // made of other answers: see Field.Template
	Explanation FieldKind = "explanation" // none: words between two questions
	Inviter     FieldKind = "inviter"     // see Inviting
)

// FieldKinds in the order in which they are offered.
var FieldKinds = []FieldKind{
	ShortText, LongText, Choice, Choices, YesNo, Number, Date, Period, PlaceKind, Pictures, Files, Link, Email, Phone, Words,
	People, Reference, Inviter, Computed, Explanation,
}

// Known tells whether k is one of FieldKinds.
func (k FieldKind) Known() bool { return slices.Contains(FieldKinds, k) }

// Media tells whether answers are identifiers of files, in order.
func (k FieldKind) Media() bool { return k == Pictures || k == Files }

// Silent tells whether nobody answers a field of this kind.
func (k FieldKind) Silent() bool { return k == Explanation || k == Computed }

// Chosen tells whether answers are among options.
func (k FieldKind) Chosen() bool { return k == Choice || k == Choices || k == YesNo }

// several tells whether an answer may be more than one text.
func (k FieldKind) several() bool {
	switch k {
	case Choices, Period, PlaceKind, Reference, People, Inviter:
		return true
	}
	return k.Media()
}

// FieldRole tells what the house uses an answer for; most fields have none.
type FieldRole string

const (
	RoleTitle      FieldRole = "title"
	RoleStandfirst FieldRole = "standfirst"
	RoleBody       FieldRole = "body"
	RolePictures   FieldRole = "pictures"
	RoleFiles      FieldRole = "files"
	RoleActor      FieldRole = "actor" // of people: who did the thing told, credited for it
)

// Audience is who may see an answer, or give it.
type Audience string

const (
	Everyone     Audience = ""
	Contributors Audience = "contributors" // of the site
	Animators    Audience = "animators"
	// writersOnly is for what is never shown: their own writer finds it.
	writersOnly Audience = "writers"
	// whenNamed is for what would tell of somebody who signs without a name.
	whenNamed Audience = "named"
)

// Audiences that a field may choose.
var Audiences = []Audience{Everyone, Contributors, Animators}

// Known tells whether a is one of Audiences.
func (a Audience) Known() bool { return slices.Contains(Audiences, a) }

// includes tells whether a viewer of a site is of the audience.
func (a Audience) includes(v Viewer, site SiteID) bool {
	switch a {
	case Everyone, whenNamed:
		return true
	case Contributors:
		return v.MaySomewhere(Contributor, site)
	case Animators:
		return v.MaySomewhere(Animator, site)
	}
	return v.System
}

// Field is a question of a form.
type Field struct {
	Key      string    `json:"key"`
	Kind     FieldKind `json:"kind"`
	Role     FieldRole `json:"role,omitempty"`
	Label    Text      `json:"label"`
	Help     Text      `json:"help,omitempty"`
	Example  Text      `json:"example,omitempty"`
	Required bool      `json:"required,omitempty"`
	Max      int       `json:"max,omitempty"` // characters, files or names

	Options    []Option `json:"options,omitempty"`    // of a choice
	Vocabulary string   `json:"vocabulary,omitempty"` // slug of the site's, that gives the options instead
	Other      bool     `json:"other,omitempty"`      // words of one's own may be chosen
	Facet      bool     `json:"facet,omitempty"`      // readers narrow lists by it

	When *Condition `json:"when,omitempty"` // asked only then
	Seen Audience   `json:"seen,omitempty"` // by whom the answer is
	By   Audience   `json:"by,omitempty"`   // whom it may be answered by

	Means    string `json:"means,omitempty"`    // a term of schema.org or Dublin Core: "schema:startDate", "dcterms:subject"
	Template string `json:"template,omitempty"` // of a computed answer: "{name}, {town}"
	Of       string `json:"of,omitempty"`       // the form that is referred to: "organisations", or "site/organisations" elsewhere
	Gone     bool   `json:"gone,omitempty"`     // taken off the form; its answers are kept, hidden
}

// Option is an answer to choose.
type Option struct {
	Key   string `json:"key"`
	Label Text   `json:"label"`
	Gone  bool   `json:"gone,omitempty"` // no longer offered; entries that chose it keep it
}

// Condition asks for another answer: one of Is, or any where Is is empty.
type Condition struct {
	Field string   `json:"field"`
	Is    []string `json:"is,omitempty"`
}

// Holds tells whether the answers are so.
func (c *Condition) Holds(a Answers) bool {
	if c == nil {
		return true
	}
	answer := a[c.Field]
	if len(c.Is) == 0 {
		return len(answer) > 0
	}
	return slices.ContainsFunc(answer, func(s string) bool { return slices.Contains(c.Is, s) })
}

// yesNo are the options of a yes/no question.
var yesNo = []Option{
	{Key: "yes", Label: Text{"fr": "Oui", "en": "Yes", "br": "Ya"}},
	{Key: "no", Label: Text{"fr": "Non", "en": "No", "br": "Ket"}},
}

// Choosable are the options that a field offers.
func (f Field) Choosable() []Option {
	if f.Kind == YesNo {
		return yesNo
	}
	return slices.DeleteFunc(slices.Clone(f.Options), func(o Option) bool { return o.Gone })
}

// Label of an answer to a choice, in a language: its option's, or the words themselves.
func (f Field) Worded(answer, lang string) string {
	options := f.Options
	if f.Kind == YesNo {
		options = yesNo
	}
	for _, o := range options {
		if o.Key == answer {
			return o.Label.In(lang)
		}
	}
	return answer
}

// audience is who sees the field's answers, its kind considered.
func (f Field) audience() Audience {
	switch f.Kind {
	case Email:
		return writersOnly
	case Inviter:
		if f.Seen == Everyone {
			return whenNamed
		}
	}
	return f.Seen
}

// Public tells whether every reader may see the answers, whoever gave them.
func (f Field) Public() bool { return f.audience() == Everyone }

// Countable tells whether answers are counted and narrowed by, in public.
func (f Field) Countable() bool {
	return f.Public() && !f.Gone && (f.Kind.Chosen() || f.Kind == People)
}

// Hidden are the keys of answers that not everybody may see, and who may.
type Hidden map[string]Audience

// Hidden finds them in a form: fields taken off are for nobody but the program.
func (f Form) Hidden() Hidden {
	h := Hidden{}
	for _, field := range f.Fields {
		switch {
		case field.Gone:
			h[field.Key] = writersOnly
		case !field.Public():
			h[field.Key] = field.audience()
		}
	}
	return h
}

// Conceal takes off an entry what the viewer may not see of it. Who wrote it
// sees all of it.
func (v Viewer) Conceal(e *Entry, hidden Hidden) {
	if len(hidden) == 0 || v.System || v.Owns(*e) {
		return
	}
	e.Answers = v.concealed(e.Answers, *e, hidden)
	for key, audience := range hidden {
		if !v.sees(*e, audience) {
			delete(e.Rendered, key)
		}
	}
}

// ConcealIn is Conceal for an earlier state of an entry.
func (v Viewer) ConcealIn(c *Content, e Entry, hidden Hidden) {
	if len(hidden) > 0 && !v.System && !v.Owns(e) {
		c.Answers = v.concealed(c.Answers, e, hidden)
	}
}

func (v Viewer) sees(e Entry, audience Audience) bool {
	if audience == whenNamed {
		return !slices.ContainsFunc(e.Authors(), Credit.Anonymous)
	}
	return audience.includes(v, e.Site)
}

func (v Viewer) concealed(a Answers, e Entry, hidden Hidden) Answers {
	left := Answers{}
	for key, answer := range a {
		if audience, ok := hidden[key]; !ok || v.sees(e, audience) {
			left[key] = answer
		}
	}
	return left
}

// Asked are the fields that stand on the form, for those who may answer them;
// own tells that the contribution is the viewer's. Others aren't shown answers
// through the form that they couldn't see on its page.
func (f Form) Asked(v Viewer, own bool) []Field {
	var asked []Field
	for _, field := range f.Fields {
		if f.gives(v, own, field) {
			asked = append(asked, field)
		}
	}
	return asked
}

// Told are the fields whose answers a viewer may see of others' contributions.
func (f Form) Told(v Viewer) []Field {
	var told []Field
	for _, field := range f.Fields {
		if !field.Gone && field.audience().includes(v, f.Site) {
			told = append(told, field)
		}
	}
	return told
}

func (f Form) gives(v Viewer, own bool, field Field) bool {
	audience := field.audience()
	sees := own || audience != whenNamed && audience.includes(v, f.Site) // who brought somebody, they alone say
	return !field.Gone && field.By.includes(v, f.Site) && sees
}

// Steady keeps the answers that a viewer may not give as they were before.
func (f Form) Steady(v Viewer, own bool, typed, before Answers) Answers {
	steady := Answers{}
	for _, field := range f.Fields {
		from := before
		if f.gives(v, own, field) {
			from = typed
		}
		if answer, ok := from[field.Key]; ok {
			steady[field.Key] = answer
		}
	}
	return steady
}

// Shown are the fields of which an entry shows an answer, in order: those
// whose condition holds.
func (f Form) Shown(a Answers) []Field {
	var shown []Field
	for _, field := range f.Fields {
		if !field.Gone && len(a[field.Key]) > 0 && f.applies(field, a) {
			shown = append(shown, field)
		}
	}
	return shown
}

// applies tells whether a field's condition holds, and that of the field it asks for.
func (f Form) applies(field Field, a Answers) bool {
	for range len(f.Fields) { // a circle of conditions ends
		if !field.When.Holds(a) {
			return false
		}
		if field.When == nil {
			return true
		}
		next, ok := f.ByKey(field.When.Field)
		if !ok {
			return true
		}
		field = next
	}
	return true
}

// Applies tells whether a question is asked, the other answers being such.
func (f Form) Applies(field Field, a Answers) bool { return f.applies(field, a) }

// ByKey finds a field.
func (f Form) ByKey(key string) (Field, bool) {
	at := slices.IndexFunc(f.Fields, func(field Field) bool { return field.Key == key })
	if at < 0 {
		return Field{}, false
	}
	return f.Fields[at], true
}

// OfKind finds the first field of a kind that stands on the form.
func (f Form) OfKind(kind FieldKind) (Field, bool) {
	at := slices.IndexFunc(f.Fields, func(field Field) bool { return field.Kind == kind && !field.Gone })
	if at < 0 {
		return Field{}, false
	}
	return f.Fields[at], true
}

// filled is a template with the answers that everybody may see in it; what
// stands between two answers goes where one is missing.
func (f Form) filled(template string, a Answers, lang string) string {
	var b strings.Builder
	for template != "" {
		before, rest, ok := strings.Cut(template, "{")
		if !ok {
			b.WriteString(template)
			break
		}
		key, after, _ := strings.Cut(rest, "}")
		template = after
		value := ""
		if field, known := f.ByKey(key); known && field.Public() && field.Kind != Computed {
			value = field.Plain(a[key], lang)
		}
		if value == "" {
			continue
		}
		b.WriteString(before)
		b.WriteString(value)
	}
	return CleanLine(strings.Trim(CleanLine(b.String()), ",;:–-· "))
}
