package press

import (
	"regexp"
	"slices"
	"strings"
)

// Bounds of a form.
const (
	maxFields   = 80
	maxOptions  = 300
	maxQuestion = 300  // characters
	maxHelp     = 1500 // characters
)

var (
	keyShape   = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	optionKey  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	meansShape = regexp.MustCompile(`^(schema|dcterms|dc|foaf|geo):[A-Za-z]{2,40}$`)
	ofShape    = regexp.MustCompile(`^([a-z0-9-]{1,60}/)?[a-z0-9-]{1,60}$`)
	inBraces   = regexp.MustCompile(`\{([^{}]*)\}`)
)

// asked are the names that the page which asks a form's questions uses besides
// them: no field may take one.
var asked = []string{
	"do", "version", "section", "tags", "language", "note", "website", "pow", "pow-nonce", "upload", "from",
}

// CheckShape finds what keeps a form from standing on a site: faults are by
// "name", "slug", "fields", or "field:" and the key of one.
func (f Form) CheckShape() error {
	var c Checks
	if f.Name.In("") == "" {
		c.Fault("name", "Say what one writes with it: “A story”.")
	}
	if f.Plural.In("") == "" {
		c.Fault("plural", "Say what its list is called: “Stories”.")
	}
	for field, text := range map[string]Text{"name": f.Name, "plural": f.Plural} {
		for _, s := range text {
			CheckLength(&c, field, s, 100)
		}
	}
	for _, s := range f.Pitch {
		CheckLength(&c, "pitch", s, maxQuestion)
	}
	if !slugShape.MatchString(f.Slug) || len(f.Slug) > 60 {
		c.Fault("slug", "Write the address in small letters without accents, with hyphens: “stories-of-the-port”.")
	} else if slices.Contains(ReservedForms, f.Slug) {
		c.Fault("slug", "This address is used by the site itself: choose another one.")
	}
	standing, titles := 0, 0
	keys := map[string]bool{}
	for _, field := range f.Fields {
		if keys[field.Key] {
			c.Fault("field:"+field.Key, "Two questions have the same key.")
		}
		keys[field.Key] = true
		if field.Gone {
			continue
		}
		standing++
		if field.Role == RoleTitle {
			titles++
		}
		f.checkField(&c, field)
	}
	switch {
	case standing > maxFields:
		c.Fault("fields", "Keep at most %d questions: nobody would answer more.", maxFields)
	case titles != 1:
		c.Fault("fields", "One question, and one alone, must give the title.")
	}
	return c.Err()
}

func (f Form) checkField(c *Checks, field Field) {
	at := "field:" + field.Key
	if !keyShape.MatchString(field.Key) || len(field.Key) > 60 || slices.Contains(asked, field.Key) && field.Role == "" {
		c.Fault(at, "This key can’t be used: small letters, figures and hyphens.")
	}
	if !field.Kind.Known() {
		c.Fault(at, "Choose what kind of answer is expected.")
	}
	if field.Label.In("") == "" {
		c.Fault(at, "Write the question.")
	}
	for _, s := range field.Label {
		CheckLength(c, at, s, maxQuestion*2)
	}
	for _, text := range []Text{field.Help, field.Example} {
		for _, s := range text {
			CheckLength(c, at, s, maxHelp)
		}
	}
	if !field.Seen.Known() || !field.By.Known() {
		c.Fault(at, "Choose who may see the answer and who may give it.")
	}
	if field.Seen != Everyone && (field.Kind.Media() || field.Role == RoleTitle || field.Role == RoleStandfirst || field.Role == RoleBody) {
		c.Fault(at, "Files, titles and main texts are for everybody.")
	}
	if field.Role == RoleTitle && field.Kind != ShortText && field.Kind != Computed {
		c.Fault(at, "A title is a line of text, or made of other answers.")
	}
	if field.Kind == Choice || field.Kind == Choices {
		field.checkOptions(c, at)
	}
	if field.When != nil {
		f.checkCondition(c, at, field)
	}
	if field.Kind == Computed {
		f.checkTemplate(c, at, field)
	}
	if field.Means != "" && !meansShape.MatchString(field.Means) {
		c.Fault(at, "A standard meaning is written as schema:startDate or dcterms:subject.")
	}
	if field.Kind == Reference && !ofShape.MatchString(field.Of) {
		c.Fault(at, "Say which form’s contributions may be chosen.")
	}
}

func (f Field) checkOptions(c *Checks, at string) {
	if len(f.Choosable()) == 0 && !f.Other && f.Vocabulary == "" {
		c.Fault(at, "Write at least one answer to choose, a line each.")
	}
	if len(f.Options) > maxOptions {
		c.Fault(at, "Keep at most %d answers to choose from.", maxOptions)
	}
	keys := map[string]bool{}
	for _, o := range f.Options {
		if !optionKey.MatchString(o.Key) || len(o.Key) > 80 || keys[o.Key] || o.Label.In("") == "" {
			c.Fault(at, "Two answers to choose are the same, or one says nothing.")
		}
		keys[o.Key] = true
		for _, s := range o.Label {
			CheckLength(c, at, s, maxQuestion)
		}
	}
}

func (f Form) checkCondition(c *Checks, at string, field Field) {
	other, ok := f.ByKey(field.When.Field)
	switch {
	case !ok || other.Gone || other.Key == field.Key || other.Kind.Silent():
		c.Fault(at, "The question on which this one depends isn’t there any more.")
	case field.Required && other.By != Everyone && field.By == Everyone:
		c.Fault(at, "It depends on a question that not everybody may answer.")
	case other.Seen != Everyone && field.Seen == Everyone:
		c.Fault(at, "Whether it is shown would tell an answer that not everybody may see.")
	}
}

func (f Form) checkTemplate(c *Checks, at string, field Field) {
	named := inBraces.FindAllStringSubmatch(field.Template, -1)
	if len(named) == 0 {
		c.Fault(at, "Name other questions in braces: {name}, {town}.")
	}
	for _, m := range named {
		other, ok := f.ByKey(m[1])
		switch {
		case !ok || other.Gone || other.Kind == Computed:
			c.Fault(at, "No question has the key %s.", m[1])
		case !other.Public():
			c.Fault(at, "The answer to %s isn’t for everybody: it can’t be part of this one.", m[1])
		}
	}
}

// FormChange is what becomes of one question of a form that is changed.
type FormChange struct {
	Key    string
	Before Field // zero where it is new
	After  Field // zero where it is no longer there
	What   ChangeKind
}

// ChangeKind says how a question was changed.
type ChangeKind string

const (
	FieldAdded    ChangeKind = "added"
	FieldRemoved  ChangeKind = "removed"
	FieldReturned ChangeKind = "returned"
	FieldRetyped  ChangeKind = "retyped" // another kind of answer
	FieldReworded ChangeKind = "reworded"
	FieldMoved    ChangeKind = "moved"
	FieldOpened   ChangeKind = "opened" // seen by more people, or by fewer
)

// Changes lists how a form differs from what it was, question by question.
func (f Form) Changes(before Form) []FormChange {
	var all []FormChange
	add := func(what ChangeKind, was, is Field) {
		all = append(all, FormChange{cmpKey(was.Key, is.Key), was, is, what})
	}
	order := func(form Form) map[string]int {
		at := map[string]int{}
		for _, field := range form.Fields {
			_, in := f.ByKey(field.Key)
			_, was := before.ByKey(field.Key)
			if !field.Gone && in && was {
				at[field.Key] = len(at)
			}
		}
		return at
	}
	was, is := order(before), order(f)
	for _, field := range f.Fields {
		old, known := before.ByKey(field.Key)
		switch {
		case !known && field.Gone:
		case !known:
			add(FieldAdded, Field{}, field)
		case field.Gone && !old.Gone:
			add(FieldRemoved, old, field)
		case old.Gone && !field.Gone:
			add(FieldReturned, old, field)
		case field.Gone:
		case old.Kind != field.Kind:
			add(FieldRetyped, old, field)
		case old.Seen != field.Seen:
			add(FieldOpened, old, field)
		case !old.saysAs(field):
			add(FieldReworded, old, field)
		case was[field.Key] != is[field.Key]:
			add(FieldMoved, old, field)
		}
	}
	return all
}

func cmpKey(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// saysAs tells whether two states of a field ask the same.
func (f Field) saysAs(other Field) bool {
	same := func(a, b Text) bool {
		for _, lang := range Languages {
			if a[lang] != b[lang] {
				return false
			}
		}
		return true
	}
	when := func(c *Condition) string {
		if c == nil {
			return ""
		}
		return c.Field + "=" + strings.Join(c.Is, "|")
	}
	return same(f.Label, other.Label) && same(f.Help, other.Help) && same(f.Example, other.Example) && f.Required == other.Required &&
		f.Max == other.Max && f.Other == other.Other && f.Facet == other.Facet && f.By == other.By && f.Means == other.Means &&
		f.Template == other.Template && f.Of == other.Of && f.Vocabulary == other.Vocabulary && when(f.When) == when(other.When) &&
		slices.EqualFunc(f.Options, other.Options, func(a, b Option) bool { return a.Key == b.Key && a.Gone == b.Gone && same(a.Label, b.Label) })
}
