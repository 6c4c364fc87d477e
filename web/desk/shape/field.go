package shape

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/web/page"
)

// question is one question of a form, as it is described.
type question struct {
	press.Field
	Form         press.Form
	Changed      bool
	Vocabularies []press.Vocabulary
	Targets      []string // forms that a reference may be to
	Faults       page.Faults
}

// Field shows one question, to describe it.
func (f *Face) Field(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	field, ok := form.ByKey(r.PathValue("key"))
	if !ok {
		return nowhere()
	}
	return f.describing(v, w, r, http.StatusOK, question{Field: field, Form: form, Changed: changed})
}

func (f *Face) describing(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, q question) error {
	ctx := r.Context()
	var err error
	if q.Vocabularies, err = f.Reader.Vocabularies(ctx, v.Viewer, v.Site.ID); err != nil {
		return err
	}
	if q.Kind == press.Reference {
		if q.Targets, err = f.targets(v, r); err != nil {
			return err
		}
	}
	h, err := f.head(ctx, v, q.Label.In(v.L.Lang()))
	if err != nil {
		return err
	}
	h.Scripts = []string{"shape.js"}
	return page.RenderStatus(w, r, status, fieldPage(v, h, q))
}

// targets are the forms of the network, as a reference names them.
func (f *Face) targets(v *page.Visit, r *http.Request) ([]string, error) {
	ctx := r.Context()
	sites, err := f.Reader.Sites(ctx, press.Viewer{})
	if err != nil {
		return nil, err
	}
	var all []string
	for _, site := range sites {
		forms, err := f.Reader.Forms(ctx, press.Viewer{}, site.ID)
		if err != nil {
			return nil, err
		}
		for _, form := range forms {
			if form.Version == 0 || form.BuiltIn == "page" {
				continue
			}
			if site.ID == v.Site.ID {
				all = append(all, form.Slug)
			} else {
				all = append(all, site.Slug+"/"+form.Slug)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if near, far := strings.Contains(a, "/"), strings.Contains(b, "/"); near != far {
			if near {
				return 1
			}
			return -1
		}
		return strings.Compare(a, b)
	})
	return all, nil
}

// Describe gives a question its words and rules.
func (f *Face) Describe(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	field, ok := form.ByKey(r.PathValue("key"))
	if !ok {
		return nowhere()
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	field = described(v, in, form, field)
	err = f.Shaper.Describe(r.Context(), v.Viewer, v.Site.ID, form.ID, field)
	if press.KindOf(err) == press.Invalid {
		return f.describing(v, w, r, http.StatusUnprocessableEntity, question{Field: field, Form: form, Changed: changed, Faults: faultsOf(err)})
	}
	if err != nil {
		return err
	}
	to := at(form.ID, "")
	if in.Line("do") == "stay" {
		to = fieldAt(form.ID, field.Key, "")
	}
	return v.Done(w, r, to, "saved")
}

// described reads a question as the page describes it.
func described(v *page.Visit, in page.Form, form press.Form, field press.Field) press.Field {
	field.Kind = press.FieldKind(in.Line("kind"))
	field.Label, field.Help, field.Example = worded(v, in, "label", field.Label), worded(v, in, "help", field.Help), worded(v, in, "example", field.Example)
	field.Required = in.Has("required")
	if in.Has("max") {
		field.Max, _ = strconv.Atoi(in.Line("max"))
		field.Max = max(0, field.Max)
	}
	if in.Has("options") {
		field.Options = optionsOf(v, in, field.Options)
	}
	field.Vocabulary, field.Other, field.Facet = in.Line("vocabulary"), in.Has("other"), in.Has("facet")
	field.Seen, field.By = press.Audience(in.Line("seen")), press.Audience(in.Line("by"))
	field.Means, field.Template, field.Of = in.Line("means"), in.Line("template"), in.Line("of")
	field.When = conditionOf(in, form)
	if field.Kind == press.People {
		if field.Role = ""; in.Has("role") {
			field.Role = press.RoleActor
		}
	}
	return field
}

// worded reads words in the site's languages over those in others.
func worded(v *page.Visit, in page.Form, name string, before press.Text) press.Text {
	text := press.Text{}
	for lang, s := range before {
		text[lang] = s
	}
	for _, lang := range v.Site.Languages {
		if in.Has(name + "-" + lang) {
			text[lang] = in.Line(name + "-" + lang)
		}
	}
	return text
}

// optionsOf reads the answers to choose, a line each, in the site's languages.
// An option keeps its key when it is moved, and when it alone was reworded in its place.
func optionsOf(v *page.Visit, in page.Form, before []press.Option) []press.Option {
	main := v.Site.Language()
	lines := linesOf(in.Text("options"))
	offered := slices.DeleteFunc(slices.Clone(before), func(o press.Option) bool { return o.Gone })
	taken := map[string]bool{}
	var all []press.Option
	for i, line := range lines {
		o := press.Option{Label: press.Text{main: line}}
		same := slices.IndexFunc(before, func(b press.Option) bool { return !taken[b.Key] && strings.EqualFold(b.Label.In(main), line) })
		switch {
		case same >= 0:
			o.Key, o.Label = before[same].Key, copied(before[same].Label)
		case len(lines) == len(offered) && !taken[offered[i].Key] && !slices.Contains(lines, offered[i].Label.In(main)):
			o.Key, o.Label = offered[i].Key, copied(offered[i].Label)
		default:
			o.Key = freeOption(line, before, all)
		}
		o.Label[main] = line
		taken[o.Key] = true
		all = append(all, o)
	}
	for _, lang := range v.Site.Languages[min(1, len(v.Site.Languages)):] {
		if !in.Has("options-" + lang) {
			continue
		}
		words := linesOf(in.Text("options-" + lang))
		for i := range all {
			delete(all[i].Label, lang)
			if i < len(words) {
				all[i].Label[lang] = words[i]
			}
		}
	}
	for _, o := range before { // contributions that chose it keep it
		if !taken[o.Key] {
			o.Gone = true
			all = append(all, o)
		}
	}
	return all
}

func copied(t press.Text) press.Text {
	c := press.Text{}
	for lang, s := range t {
		c[lang] = s
	}
	return c
}

func freeOption(label string, before, now []press.Option) string {
	want := slug.Make(label, 40)
	if want == "" {
		want = "option"
	}
	key := want
	has := func(all []press.Option) bool {
		return slices.ContainsFunc(all, func(o press.Option) bool { return o.Key == key })
	}
	for n := 2; has(before) || has(now); n++ {
		key = want + "-" + strconv.Itoa(n)
	}
	return key
}

func linesOf(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = press.CleanLine(line); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// conditionOf reads on which answers a question depends: keys or labels of options, a line each.
func conditionOf(in page.Form, form press.Form) *press.Condition {
	other, ok := form.ByKey(in.Line("when"))
	if !ok {
		return nil
	}
	c := &press.Condition{Field: other.Key}
	for _, line := range linesOf(in.Text("is")) {
		key, _ := other.OptionFor(line)
		c.Is = append(c.Is, key)
	}
	return c
}

// ActOnField moves a question, takes it off or puts it back.
func (f *Face) ActOnField(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	ctx, id, key := r.Context(), formID(r), r.PathValue("key")
	var err error
	done := "saved"
	switch act := r.PathValue("act"); act {
	case "up", "down":
		err = f.Shaper.Move(ctx, v.Viewer, v.Site.ID, id, key, act == "down")
	case "remove":
		err, done = f.Shaper.Remove(ctx, v.Viewer, v.Site.ID, id, key), "takenoff"
	case "return":
		err = f.Shaper.Return(ctx, v.Viewer, v.Site.ID, id, key)
	default:
		err = nowhere()
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, at(id, "")+"#field-"+key, done)
}
