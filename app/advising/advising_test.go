package advising

import (
	"slices"
	"strings"
	"testing"

	"bourgeon/kit/markdown"
	"bourgeon/press"
)

// article asks for a title, a standfirst, a text and pictures.
var article = press.Form{Fields: []press.Field{
	{Key: "title", Role: press.RoleTitle}, {Key: "standfirst", Role: press.RoleStandfirst}, {Key: "text", Kind: press.LongText, Role: press.RoleBody},
	{Key: "pictures", Kind: press.Pictures, Role: press.RolePictures},
}}

// clear is a text of which there is nothing to say.
func clear() press.Entry {
	return written("Le lavoir rouvre samedi à Kerbalan", "Samedi, le lavoir de Kerbalan rouvre après deux ans de travaux.",
		"Samedi 3 mai, Jeanne Kerbrat a rempli le bassin. Voyez [le programme de la fête](https://example.org).")
}

func written(title, standfirst, text string) press.Entry {
	return press.Entry{
		Title: title, Standfirst: standfirst, Pictures: []press.Media{{Alt: "Un bassin"}},
		Content:  press.Content{Language: "fr"},
		Rendered: map[string]string{"text": markdown.Render(text, markdown.Options{})},
	}
}

func TestSuggestions(t *testing.T) {
	long := strings.Repeat("mot ", 140)
	for name, c := range map[string]struct {
		change func(*press.Entry)
		want   []Suggestion
	}{
		"a clear text":  {func(*press.Entry) {}, nil},
		"a short title": {func(e *press.Entry) { e.Title = "Le lavoir" }, []Suggestion{{Matter: TitleShort, Field: press.RoleTitle}}},
		"a long title": {
			func(e *press.Entry) { e.Title = strings.Repeat("Le lavoir ", 10) },
			[]Suggestion{{Matter: TitleLong, Field: press.RoleTitle, Count: 100}},
		},
		"a title in capitals": {func(e *press.Entry) { e.Title = "LE LAVOIR ROUVRE" }, []Suggestion{{Matter: TitleShouts, Field: press.RoleTitle}}},
		"a full stop":         {func(e *press.Entry) { e.Title = "Le lavoir rouvre samedi." }, []Suggestion{{Matter: TitleStops, Field: press.RoleTitle}}},
		"points that go on":   {func(e *press.Entry) { e.Title = "Et le lavoir rouvrit..." }, nil},
		"no standfirst":       {func(e *press.Entry) { e.Standfirst = "" }, []Suggestion{{Matter: StandfirstNone, Field: press.RoleStandfirst}}},
		"a standfirst that leans": {
			func(e *press.Entry) { e.Standfirst = "Elle rouvre samedi." },
			[]Suggestion{{Matter: StandfirstLeans, Field: press.RoleStandfirst, Words: "elle"}},
		},
		"no picture": {func(e *press.Entry) { e.Pictures = nil }, []Suggestion{{Matter: PictureNone, Field: press.RolePictures}}},
		"pictures without description": {
			func(e *press.Entry) { e.Pictures = []press.Media{{}, {Alt: "Un bassin"}, {}} },
			[]Suggestion{{Matter: PicturesSilent, Field: press.RolePictures, Count: 2}},
		},
		"links that don't say where they go": {
			func(e *press.Entry) {
				e.Rendered["text"] = markdown.Render("Le 3 mai, Jeanne : [ici](https://a.example), [Lire la suite…](https://b.example).", markdown.Options{})
			},
			[]Suggestion{{LinksVague, press.RoleBody, "ici", 2}},
		},
		"a bare address": {
			func(e *press.Entry) {
				e.Rendered["text"] = markdown.Render("Le 3 mai, Jeanne : <https://a.example/b>.", markdown.Options{})
			},
			[]Suggestion{{LinksBare, press.RoleBody, "https://a.example/b", 1}},
		},
		"neither when nor who": {
			func(e *press.Entry) {
				*e = written("On rouvre le lavoir", "Un lavoir rouvre.", "On y lave le linge.")
			},
			[]Suggestion{{Matter: WhenMissing, Field: press.RoleBody}, {Matter: WhoMissing, Field: press.RoleBody}},
		},
		"a long paragraph, a long sentence": {
			func(e *press.Entry) { e.Rendered["text"] = markdown.Render(long, markdown.Options{}) },
			[]Suggestion{
				{ParagraphLong, press.RoleBody, strings.TrimSpace(strings.Repeat("mot ", 8)) + "…", 140},
				{SentencesLong, press.RoleBody, strings.TrimSpace(strings.Repeat("mot ", 12)) + "…", 140},
			},
		},
		"no heading": {
			func(e *press.Entry) {
				e.Rendered["text"] = markdown.Render(strings.Repeat("Une phrase de cinq mots.\n\n", 100), markdown.Options{})
			},
			[]Suggestion{{Matter: HeadingsNone, Field: press.RoleBody, Count: 500}},
		},
		"nothing but a title": {func(e *press.Entry) { *e = written("Le lavoir rouvre samedi", "", "") }, nil},
		"nothing":             {func(e *press.Entry) { *e = written("", "", "") }, nil},
	} {
		e := clear()
		c.change(&e)
		if got := Read(article, e).Suggestions; !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestAsked(t *testing.T) {
	brief := press.Form{Fields: []press.Field{{Key: "title", Role: press.RoleTitle}, {Key: "text", Kind: press.LongText, Role: press.RoleBody}}}
	e := clear()
	e.Standfirst, e.Pictures = "", nil
	if got := Read(brief, e).Suggestions; len(got) > 0 {
		t.Errorf("of what the form doesn't ask: %+v", got)
	}
}

func TestLevel(t *testing.T) {
	easy := strings.Repeat("Le chat dort sur le lit. Il a bien mangé. ", 8)
	hard := strings.Repeat("L’institutionnalisation progressive de la contractualisation intercommunale conditionne la rationalisation. ", 8)
	for text, want := range map[string]Level{easy: LevelEasy, hard: LevelHard, "Court.": LevelUnknown} {
		e := written("Un titre qui va", "Ce qui va.", text)
		if got := Read(article, e).Level; got != want {
			t.Errorf("%.30s… has level %d, want %d", text, got, want)
		}
	}
}

// FuzzRead: whatever is written, it is read, and what is said of it names words that are there.
func FuzzRead(f *testing.F) {
	f.Add("Le titre.", "Il vient.", "## Un\n\n[ici](https://a.example) <https://b.example>\n\n- un")
	f.Fuzz(func(t *testing.T, title, standfirst, text string) {
		e := written(press.CleanLine(title), press.CleanLine(standfirst), text)
		for _, s := range Read(article, e).Suggestions {
			if s.Matter == "" || s.Field == "" || s.Count < 0 {
				t.Errorf("%+v", s)
			}
		}
	})
}
