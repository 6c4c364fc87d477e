package press

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faults lists the fields that a check found wrong.
func faults(err error) []string {
	var e *Error
	if !errors.As(err, &e) {
		return nil
	}
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, f.Field)
	}
	return fields
}

var sample = Form{Fields: []Field{
	{Key: "title", Kind: ShortText, Role: RoleTitle, Required: true, Max: 10},
	{Key: "lead", Kind: ShortText, Role: RoleStandfirst},
	{Key: "text", Kind: LongText, Role: RoleBody, Required: true},
	{Key: "pictures", Kind: Pictures, Role: RolePictures, Max: 2},
}}

func TestTidy(t *testing.T) {
	for name, c := range map[string]struct{ typed, want Answers }{
		"nothing":         {nil, Answers{}},
		"unknown field":   {Answers{"role": {"steward"}}, Answers{}},
		"white space":     {Answers{"title": {"  a \n\t b  "}, "text": {" \n "}}, Answers{"title": {"a b"}}},
		"lines kept":      {Answers{"text": {"a\r\n\r\nb\rc"}}, Answers{"text": {"a\n\nb\nc"}}},
		"several answers": {Answers{"title": {"", "a", "b"}}, Answers{"title": {"a"}}},
		"pictures":        {Answers{"pictures": {"1", " ", "2", "3"}}, Answers{"pictures": {"1", "2", "3"}}},
		"control":         {Answers{"title": {"a\x00b\x07\x7f"}}, Answers{"title": {"ab"}}},
		"not UTF-8":       {Answers{"title": {"a\xff"}}, Answers{"title": {"a\uFFFD"}}},
	} {
		got := sample.Tidy(c.typed)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(got, sample.Tidy(got)); diff != "" {
			t.Errorf("%s: tidied twice: %s", name, diff)
		}
	}
}

func TestFormCheck(t *testing.T) {
	for name, c := range map[string]struct {
		a    Answers
		want []string
	}{
		"nothing":           {nil, []string{"title", "text"}},
		"enough":            {Answers{"title": {"a"}, "text": {"b"}}, nil},
		"ten letters":       {Answers{"title": {"éééééééééé"}, "text": {"b"}}, nil},
		"eleven":            {Answers{"title": {"ééééééééééé"}, "text": {"b"}}, []string{"title"}},
		"a novel":           {Answers{"title": {"a"}, "text": {strings.Repeat("a", MaxText)}}, nil},
		"two megabytes":     {Answers{"title": {"a"}, "text": {strings.Repeat("a", 2<<20)}}, []string{"text"}},
		"pictures":          {Answers{"title": {"a"}, "text": {"b"}, "pictures": {"1", "2"}}, nil},
		"too many pictures": {Answers{"title": {"a"}, "text": {"b"}, "pictures": {"1", "2", "3"}}, []string{"pictures"}},
	} {
		err := sample.Check(c.a)
		if diff := cmp.Diff(c.want, faults(err)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if err != nil && KindOf(err) != Invalid {
			t.Errorf("%s: kind %d", name, KindOf(err))
		}
	}
}

func TestAnswersByRole(t *testing.T) {
	a := Answers{"title": {"T"}, "lead": {"L"}, "pictures": {"1", "2"}}
	if sample.Title(a) != "T" || sample.Standfirst(a) != "L" {
		t.Errorf("title %q, standfirst %q", sample.Title(a), sample.Standfirst(a))
	}
	if diff := cmp.Diff([]MediaID{"1", "2"}, sample.Pictures(a)); diff != "" {
		t.Error(diff)
	}
	if (Form{}).Title(a) != "" || (Form{}).Pictures(a) != nil || sample.Title(nil) != "" {
		t.Error("answers of a form without those fields")
	}
}

// TestBuiltInForms holds the forms that every site begins with to what the
// house needs of them, and each of their texts to the three languages.
func TestBuiltInForms(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range BuiltInForms() {
		for name, text := range map[string]Text{"name": f.Name, "plural": f.Plural, "pitch": f.Pitch} {
			checkText(t, f.Slug+" "+name, text, true)
		}
		if f.BuiltIn == "" || seen[f.Slug] || f.Version != 1 || f.Position != len(seen)+1 {
			t.Errorf("%s: %+v", f.Slug, f)
		}
		seen[f.Slug] = true
		var c Checks
		if CheckSlug(&c, "slug", f.Slug, ReservedForms); c.Err() != nil {
			t.Errorf("%s: %v", f.Slug, c.Err())
		}
		keys := map[string]bool{}
		for _, field := range f.Fields {
			if keys[field.Key] || field.Key == "" {
				t.Errorf("%s: the key %q again", f.Slug, field.Key)
			}
			keys[field.Key] = true
			checkText(t, f.Slug+" "+field.Key+" label", field.Label, true)
			checkText(t, f.Slug+" "+field.Key+" help", field.Help, true)
			checkText(t, f.Slug+" "+field.Key+" example", field.Example, false)
			if field.Kind == ShortText && field.Max == 0 {
				t.Errorf("%s: the line %q has no end", f.Slug, field.Key)
			}
		}
		for _, role := range []FieldRole{RoleTitle, RoleBody} {
			if field, ok := f.Field(role); !ok || !field.Required {
				t.Errorf("%s has no required %s", f.Slug, role)
			}
		}
	}
	if !seen["article"] || !seen["brief"] || !seen["page"] {
		t.Errorf("forms: %v", seen)
	}
}

// checkText wants a text in every language of the interface, with French
// apostrophes.
func checkText(t *testing.T, what string, text Text, required bool) {
	t.Helper()
	if text == nil && !required {
		return
	}
	for _, lang := range Languages {
		s := text[lang]
		if s == "" {
			t.Errorf("%s: nothing in %s", what, lang)
		}
		if lang != "en" && strings.Contains(s, "'") {
			t.Errorf("%s: a typewriter's apostrophe in %q", what, s)
		}
	}
}

func TestSplitTags(t *testing.T) {
	for typed, want := range map[string][]string{
		"":                               nil,
		" , ;\n, ":                       nil,
		"vélo":                           {"vélo"},
		" #vélo, quartier  nord;\nport ": {"vélo", "quartier nord", "port"},
		"a,b,a":                          {"a", "b"},
		"#":                              nil,
		"1,2,3,4,5,6,7,8,9,10,11,12,13":  {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"},
	} {
		if diff := cmp.Diff(want, SplitTags(typed)); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
}

func TestCheckTagsTellsWhatToDo(t *testing.T) {
	for typed, ok := range map[string]bool{
		"":                              true,
		"1,2,3,4,5,6,7,8,9,10,11,12":    true,
		"1,2,3,4,5,6,7,8,9,10,11,12,13": false,
		strings.Repeat("é", 50):         true,
		strings.Repeat("é", 51):         false,
	} {
		var c Checks
		CheckTags(&c, SplitTags(typed))
		if (c.Err() == nil) != ok {
			t.Errorf("%q: %v", typed, c.Err())
		}
	}
}
