package press

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func choose(kind FieldKind, other bool) Field {
	return Field{Key: "a", Kind: kind, Other: other, Options: []Option{
		{Key: "sea", Label: Text{"fr": "La mer", "en": "The sea"}}, {Key: "land", Label: Text{"fr": "La terre"}},
	}}
}

func TestAnswersAreTidied(t *testing.T) {
	for name, c := range map[string]struct {
		field Field
		typed []string
		want  []string
	}{
		"a French number":           {Field{Kind: Number}, []string{"1\u202f234,50"}, []string{"1234.5"}},
		"what isn't a number stays": {Field{Kind: Number}, []string{"douze"}, []string{"douze"}},
		"a French day":              {Field{Kind: Date}, []string{"14/3/2026"}, []string{"2026-03-14"}},
		"a day in words":            {Field{Kind: Date}, []string{"1er mars 2026"}, []string{"2026-03-01"}},
		"a day that doesn't exist":  {Field{Kind: Date}, []string{"31/02/2026"}, []string{"31/02/2026"}},
		"a period of a day":         {Field{Kind: Period}, []string{"2026-03-14", "14/03/2026"}, []string{"2026-03-14"}},
		"a period without its end":  {Field{Kind: Period}, []string{"14/03/2026", ""}, []string{"2026-03-14"}},
		"one choice":                {choose(Choice, false), []string{"sea", "land"}, []string{"sea"}},
		"other words":               {choose(Choice, true), []string{"other:", "le vent"}, []string{"le vent"}},
		"words beside no other":     {choose(Choice, true), []string{"sea", "le vent"}, []string{"sea"}},
		"other, and no words":       {choose(Choice, true), []string{"other:", ""}, nil},
		"several, each once":        {choose(Choices, true), []string{"sea", "other:", "", "sea", "vent"}, []string{"sea", "vent"}},
		"an address without https":  {Field{Kind: Link}, []string{"example.org/a"}, []string{"https://example.org/a"}},
		"a place to the street":     {Field{Kind: PlaceKind}, []string{"48.39011", "-4.48612", "street", "Rue du Port"}, []string{"48.39", "-4.486", "street", "Rue du Port"}},
		"a place to the town":       {Field{Kind: PlaceKind}, []string{"48.39511", "-4.48612", "town", ""}, []string{"48.4", "-4.48", "town", ""}},
		"a place by its name":       {Field{Kind: PlaceKind}, []string{"", "", "exact", "Le port"}, []string{"", "", "exact", "Le port"}},
		"no place":                  {Field{Kind: PlaceKind}, []string{"", "", "exact", ""}, nil},
		"an invitation":             {Field{Kind: Inviter}, []string{"Anne", "shown"}, []string{"Anne", "shown", ""}},
		"nobody":                    {Field{Kind: Inviter}, []string{"", "shown"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.field.Key = "a"
			form := Form{Fields: []Field{c.field}}
			if diff := cmp.Diff(c.want, form.Tidy(Answers{"a": slices.Clone(c.typed)})["a"]); diff != "" {
				t.Error(diff)
			}
			again := form.Tidy(form.Tidy(Answers{"a": slices.Clone(c.typed)}))["a"]
			if diff := cmp.Diff(c.want, again); diff != "" {
				t.Errorf("tidied twice: %s", diff)
			}
		})
	}
}

// TestConversions tells, for every change of kind, what is kept as it is read anew, and what stays hidden where it was.
func TestConversions(t *testing.T) {
	answers := map[FieldKind][]string{
		ShortText: {"La mer, 12"}, LongText: {"Deux\nlignes"}, Number: {"12.5"}, YesNo: {"yes"}, Date: {"2026-03-14"},
		Period: {"2026-03-14", "2026-03-16"}, Choice: {"sea"}, Choices: {"sea", "land"}, Link: {"https://example.org"},
		Email: {"a@example.org"}, Phone: {"01 02 03"}, PlaceKind: {"48.4", "-4.48", "town", "Kerbalan"}, People: {"Anne", "Yann"},
		Pictures: {"m1"}, Files: {"m2"}, Reference: {"e1"}, Inviter: {"Anne", "shown", ""},
	}
	kept := map[FieldKind]map[FieldKind][]string{
		ShortText: {LongText: {"La mer, 12"}, Choice: {"La mer, 12"}, Choices: {"sea", "12"}, People: {"La mer", "12"}, PlaceKind: {"", "", "exact", "La mer, 12"}},
		LongText:  {},
		Number: {
			ShortText: {"12.5"}, LongText: {"12.5"}, Phone: {"12.5"}, Link: {"https://12.5"}, Choice: {"12.5"}, Choices: {"12.5"}, People: {"12.5"},
			PlaceKind: {"", "", "exact", "12.5"},
		},
		YesNo: {
			ShortText: {"Oui"}, LongText: {"Oui"}, Choice: {"Oui"}, Choices: {"Oui"}, People: {"Oui"}, PlaceKind: {"", "", "exact", "Oui"},
		},
		Date: {
			ShortText: {"2026-03-14"}, LongText: {"2026-03-14"}, Period: {"2026-03-14"}, Phone: {"2026-03-14"}, Choice: {"2026-03-14"},
			Choices: {"2026-03-14"}, People: {"2026-03-14"}, PlaceKind: {"", "", "exact", "2026-03-14"},
		},
		Period: {
			LongText: {"- 2026-03-14\n- 2026-03-16"}, Choices: {"2026-03-14", "2026-03-16"}, People: {"2026-03-14", "2026-03-16"},
			PlaceKind: {"", "", "exact", "2026-03-14, 2026-03-16"},
		},
		Choice: {
			ShortText: {"La mer"}, LongText: {"La mer"}, Choices: {"sea"}, People: {"La mer"}, PlaceKind: {"", "", "exact", "La mer"},
		},
		Choices: {
			ShortText: {"La mer, La terre"}, LongText: {"- La mer\n- La terre"}, People: {"La mer", "La terre"},
			PlaceKind: {"", "", "exact", "La mer, La terre"},
		},
		Link: {
			ShortText: {"https://example.org"}, LongText: {"https://example.org"}, Choice: {"https://example.org"},
			Choices: {"https://example.org"}, People: {"https://example.org"}, PlaceKind: {"", "", "exact", "https://example.org"},
		},
		Email: {},
		Phone: {
			ShortText: {"01 02 03"}, LongText: {"01 02 03"}, Choice: {"01 02 03"}, Choices: {"01 02 03"}, People: {"01 02 03"},
			Number: {"10203"}, PlaceKind: {"", "", "exact", "01 02 03"},
		},
		PlaceKind: {
			ShortText: {"Kerbalan (48.4, -4.48)"}, LongText: {"Kerbalan (48.4, -4.48)"}, Choice: {"Kerbalan (48.4, -4.48)"},
			Choices: {"Kerbalan (48.4, -4.48)"}, People: {"Kerbalan (48.4, -4.48)"},
		},
		People: {
			ShortText: {"Anne, Yann"}, LongText: {"- Anne\n- Yann"}, Choices: {"Anne", "Yann"}, PlaceKind: {"", "", "exact", "Anne, Yann"},
		},
	}
	for from, answer := range answers {
		for _, to := range FieldKinds {
			if from == to {
				continue
			}
			got, whole := Convert(choose(from, true), choose(to, true), slices.Clone(answer), "fr")
			want, expected := kept[from][to]
			if whole != expected {
				t.Errorf("%s as %s: converted %t, want %t (%q)", from, to, whole, expected, got)
			}
			if diff := cmp.Diff(want, got); diff != "" && expected {
				t.Errorf("%s as %s: %s", from, to, diff)
			}
		}
	}
}

func TestConditionsFollowEachOther(t *testing.T) {
	form := Form{Fields: []Field{
		{Key: "kind", Kind: Choice, Options: []Option{{Key: "need"}, {Key: "offer"}}},
		{Key: "what", Kind: ShortText, When: &Condition{Field: "kind", Is: []string{"need"}}, Required: true},
		{Key: "when", Kind: Date, When: &Condition{Field: "what"}, Required: true},
	}}
	offer := Answers{"kind": {"offer"}, "what": {"left from before"}, "when": {"2026-03-14"}}
	if err := form.Check(offer); err != nil {
		t.Errorf("what isn't asked is required: %v", err)
	}
	if shown := form.Shown(offer); len(shown) != 1 {
		t.Errorf("what isn't asked is shown: %v", shown)
	}
	if err := form.Check(Answers{"kind": {"need"}}); err == nil {
		t.Error("what is asked isn't required")
	}
}

func TestAnswersForSome(t *testing.T) {
	form := Form{Site: "s", Fields: []Field{
		{Key: "all", Kind: ShortText}, {Key: "team", Kind: ShortText, Seen: Contributors}, {Key: "desk", Kind: ShortText, Seen: Animators},
		{Key: "mail", Kind: Email}, {Key: "gone", Kind: ShortText, Gone: true}, {Key: "who", Kind: Inviter},
	}}
	entry := func(kind SignatureKind) Entry {
		e := Entry{Site: "s", Status: Published, CreatedBy: "writer", Credits: []Credit{{Role: Author, Kind: kind, Name: "Anne", Person: "writer"}}}
		e.Answers, e.Rendered = Answers{}, map[string]string{}
		for _, f := range form.Fields {
			e.Answers[f.Key], e.Rendered[f.Key] = []string{"x"}, "x"
		}
		return e
	}
	as := func(role Role) Viewer { return Viewer{Person: "p", Memberships: []Membership{{Site: "s", Role: role}}} }
	for name, c := range map[string]struct {
		viewer Viewer
		kind   SignatureKind
		want   []string
	}{
		"a reader":                {Viewer{}, SignName, []string{"all", "who"}},
		"a reader of an unnamed":  {Viewer{}, SignAnonymous, []string{"all"}},
		"a contributor":           {as(Contributor), SignName, []string{"all", "team", "who"}},
		"an animator":             {as(Animator), SignName, []string{"all", "desk", "team", "who"}},
		"an animator elsewhere":   {Viewer{Person: "p", Memberships: []Membership{{Site: "t", Role: Steward}}}, SignName, []string{"all", "who"}},
		"an animator, an unnamed": {as(Animator), SignAnonymous, []string{"all", "desk", "team"}},
		"its writer":              {Viewer{Person: "writer"}, SignAnonymous, []string{"all", "desk", "gone", "mail", "team", "who"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := entry(c.kind)
			c.viewer.Conceal(&e, form.Hidden())
			for what, got := range map[string][]string{"answers": keys(e.Answers), "rendered": keys(e.Rendered)} {
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s: %s", what, diff)
				}
			}
			content := entry(c.kind).Content
			c.viewer.ConcealIn(&content, entry(c.kind), form.Hidden())
			if diff := cmp.Diff(c.want, keys(content.Answers)); diff != "" {
				t.Errorf("an earlier state: %s", diff)
			}
		})
	}
}

// TestSteady keeps what a viewer may neither see nor give when they correct somebody else's contribution.
func TestSteady(t *testing.T) {
	form := Form{Site: "s", Fields: []Field{
		{Key: "text", Kind: LongText}, {Key: "mail", Kind: Email}, {Key: "who", Kind: Inviter}, {Key: "desk", Kind: ShortText, By: Animators}, {Key: "gone", Kind: ShortText, Gone: true},
	}}
	before := Answers{"text": {"a"}, "mail": {"a@example.org"}, "who": {"Anne", "shown", ""}, "desk": {"noted"}, "gone": {"kept"}}
	typed := Answers{"text": {"b"}, "mail": {"forged@example.org"}, "who": {"Forged"}, "desk": {"forged"}, "gone": {"forged"}}
	animator := Viewer{Person: "p", Memberships: []Membership{{Site: "s", Role: Animator}}}
	for name, c := range map[string]struct {
		viewer Viewer
		own    bool
		want   Answers
	}{
		"an animator who corrects": {animator, false, Answers{"text": {"b"}, "mail": {"a@example.org"}, "who": {"Anne", "shown", ""}, "desk": {"forged"}, "gone": {"kept"}}},
		"its writer":               {Viewer{Person: "w"}, true, Answers{"text": {"b"}, "mail": {"forged@example.org"}, "who": {"Forged"}, "desk": {"noted"}, "gone": {"kept"}}},
	} {
		if diff := cmp.Diff(c.want, form.Steady(c.viewer, c.own, typed, before)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func keys[V any](m map[string]V) []string {
	var all []string
	for key := range m {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}

func TestComputedTitle(t *testing.T) {
	form := Form{Fields: []Field{
		{Key: "title", Kind: Computed, Role: RoleTitle, Template: "{first} {last}, {town}", Label: Text{"fr": "Titre"}},
		{Key: "first", Kind: ShortText}, {Key: "last", Kind: ShortText}, {Key: "town", Kind: PlaceKind}, {Key: "mail", Kind: Email},
	}}
	for want, a := range map[string]Answers{
		"Anne Riou, Kerbalan": {"first": {"Anne"}, "last": {"Riou"}, "town": {"", "", "exact", "Kerbalan"}},
		"Anne":                {"first": {"Anne"}},
		"Kerbalan":            {"town": {"", "", "exact", "Kerbalan"}},
		"":                    {},
	} {
		if got := form.TitleIn(a, "fr"); got != want {
			t.Errorf("title %q, want %q", got, want)
		}
	}
	form.Fields[0].Template = "{mail}"
	form.Slug, form.Name, form.Plural = "x", Text{"fr": "x"}, Text{"fr": "x"}
	if err := form.CheckShape(); err == nil {
		t.Error("a title may be made of an address that is never shown")
	}
}

func TestBuiltInFormsStand(t *testing.T) {
	for _, f := range BuiltInForms() {
		if err := f.CheckShape(); err != nil {
			t.Errorf("%s: %v", f.Slug, err)
		}
	}
}

func FuzzReadFormFile(f *testing.F) {
	f.Add([]byte(`{"format":"bourgeon-form-1","slug":"a","fields":[{"key":"a","kind":"choice","when":{"field":"a"}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := ReadFormFile(b)
		if err != nil {
			return
		}
		form := file.Form()
		_ = form.CheckShape()
		a := form.Tidy(Answers{"a": {"x", "", "y"}})
		_ = form.Check(a)
		_ = form.Shown(a)
	})
}
