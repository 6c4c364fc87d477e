package write

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bourgeon/app/advising"
	"bourgeon/app/filing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// sheet is the form with what was typed.
type sheet struct {
	desk
	Faults   page.Faults
	Files    map[string][]file // by field
	Names    []string          // of those known to make pictures here
	Most     bounds
	Typed    *received     // what was said of files and could not be kept; nil where all was
	InText   []press.Media // that the editor can show
	Returned string        // the animator's note, on an entry that came back
	Email    string        // typed to have the draft's link mailed
	Ended    bool          // the session ended: nothing could be kept
	Reading  advising.Reading
	Asked    bool                 // for advice, which is shown open
	Original press.Entry          // that the text translates; zero for none
	Proofs   []press.Proofreading // that the writer asked for
	Margins  []margin             // what those who read over said
	Ask      asking
	Step     int                      // the question shown alone, from 1; 0 for all on one page
	Handing  press.Handing            // the personal link by which the writer came
	Places   map[string]locating      // by field
	Referred map[string][]page.Option // by field
	Lists    []press.Form             // that a text may show
	Find     string                   // the field whose address is looked for
}

// bounds are how many bytes files may have.
type bounds struct {
	Picture int64
	filing.Sizes
}

// Doors is GET /write: what one may write here.
func (f *Face) Doors(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if !v.Site.ClosedAt.IsZero() {
		return press.Problem(press.Gone, "This site is closed.")
	}
	ctx := r.Context()
	all, err := v.House.Reader.Forms(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	p := doorsPage{Closed: v.Site.Openness == press.Members && !v.Contributes()}
	for _, form := range all {
		if form.Version > 0 && (form.Listed || v.Animates()) {
			p.Forms = append(p.Forms, form)
		}
	}
	drafts, err := v.House.Reader.Drafts(ctx, v.Viewer)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.Site == v.Site.ID && d.Base == 0 && d.Entry == "" {
			p.Draft = d
			p.Title = titleOf(all, d)
			break
		}
	}
	return page.Render(w, r, doors(v, p))
}

type doorsPage struct {
	Forms  []press.Form
	Closed bool        // to those who aren't of the site
	Draft  press.Draft // the last one that the viewer left here
	Title  string
}

func titleOf(forms []press.Form, d press.Draft) string {
	for _, form := range forms {
		if form.ID == d.Form {
			return form.Title(d.Answers)
		}
	}
	return ""
}

// Blank is GET /write/{form}: the empty form. Nothing is kept yet.
func (f *Face) Blank(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := f.form(v, r)
	if err != nil {
		return err
	}
	d := desk{Form: form}
	d.Draft.Language = v.Site.Language()
	if slug := r.URL.Query().Get("section"); slug != "" {
		for _, s := range v.Sections {
			if s.Slug == slug {
				d.Draft.Section = s.ID
			}
		}
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	s := sheet{desk: d}
	if err := f.invited(r.Context(), v, r.URL.Query().Get("from"), &s); err != nil {
		return err
	}
	if r.URL.Query().Has("preview") && v.Animates() {
		return f.preview(v, w, r, s)
	}
	if form.Stepwise && !r.URL.Query().Has("whole") {
		return page.Render(w, r, opening(v, s))
	}
	return f.show(v, w, r, s, http.StatusOK)
}

// preview shows a form as it is being changed, or one question of it: nothing is kept.
func (f *Face) preview(v *page.Visit, w http.ResponseWriter, r *http.Request, s sheet) error {
	if only := r.URL.Query().Get("only"); only != "" {
		s.Form.Fields = slices.DeleteFunc(slices.Clone(s.Form.Fields), func(field press.Field) bool { return field.Key != only })
		for i := range s.Form.Fields {
			s.Form.Fields[i].When = nil
		}
	}
	s.Most.Picture, s.Most.Sizes = f.Cabinet.MostBytes()
	if err := f.locate(r.Context(), v, r, &s); err != nil {
		return err
	}
	if err := f.refer(r.Context(), v, &s); err != nil {
		return err
	}
	return page.Render(w, r, trial(v, s))
}

// invited notes the personal link by which somebody came, in the question that asks for it.
func (f *Face) invited(ctx context.Context, v *page.Visit, token string, s *sheet) error {
	field, asks := s.Form.OfKind(press.Inviter)
	if token == "" || !asks {
		return nil
	}
	h, err := v.House.Reader.HandingByToken(ctx, token)
	if press.KindOf(err) == press.NotFound || err == nil && h.Site != v.Site.ID {
		return nil // it was ended: one writes all the same
	}
	s.Handing = h
	s.Draft.Answers = press.Answers{field.Key: given(h).Answer()}
	return err
}

// Draft is GET /draft/{key}: the form as it was left. ?mend=1 shows what keeps it from being signed.
func (f *Face) Draft(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	s := sheet{desk: d, Asked: r.URL.Query().Has("advice"), Find: r.URL.Query().Get("find")}
	s.Step, _ = strconv.Atoi(r.URL.Query().Get("question"))
	if r.URL.Query().Has("mend") {
		s.Faults, _ = page.FaultsOf(d.Form.CheckContent(d.Draft.Content))
	}
	return f.show(v, w, r, s, http.StatusOK)
}

// given is the answer that a personal link gives: the name of whoever agrees to be shown.
func given(h press.Handing) press.Inviting {
	i := press.Inviting{Link: h.ID}
	if h.Shown {
		i.Name = h.Name
	}
	return i
}

// show renders the form.
func (f *Face) show(v *page.Visit, w http.ResponseWriter, r *http.Request, s sheet, status int) error {
	ctx := r.Context()
	s.Step = max(0, min(s.Step, len(s.steps(v))))
	forms, err := v.House.Reader.Forms(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	s.Lists = slices.DeleteFunc(forms, func(form press.Form) bool { return form.Version == 0 || !form.Tabulated() })
	s.Most.Picture, s.Most.Sizes = f.Cabinet.MostBytes()
	if err := f.locate(ctx, v, r, &s); err != nil {
		return err
	}
	if err := f.refer(ctx, v, &s); err != nil {
		return err
	}
	if s.Files, err = f.filesOf(ctx, v, s); err != nil {
		return err
	}
	if s.Names, err = f.knownNames(ctx, v); err != nil {
		return err
	}
	if s.InText, err = f.texts(ctx, v, s.desk); err != nil {
		return err
	}
	if s.Reading, err = f.reading(ctx, v, s.desk); err != nil {
		return err
	}
	if s.Original, err = f.sourceOf(ctx, v, s.desk); err != nil {
		return err
	}
	if s.Key != "" && !s.Ended {
		all, err := f.Editor.Proofreadings(ctx, v.Viewer, s.Draft)
		if err != nil {
			return err
		}
		s.Margins = margins(v, s.Form, s.Draft.Content, all)
		for _, p := range all {
			if p.Draft != "" {
				s.Proofs = append(s.Proofs, p)
			}
		}
	}
	if s.Entry.Status == press.Returned {
		if s.Returned, err = f.note(ctx, v, s.Entry); err != nil {
			return err
		}
	}
	if s.Step > 0 {
		return page.RenderStatus(w, r, status, stepping(v, s))
	}
	return page.RenderStatus(w, r, status, writing(v, s))
}

// note is what an animator wrote when giving an entry back.
func (f *Face) note(ctx context.Context, v *page.Visit, e press.Entry) (string, error) {
	data, err := v.House.Reader.LastData(ctx, v.Viewer, e, press.EntryReturned)
	return data["note"], err
}

// heading of the page.
func (s sheet) heading(v *page.Visit) string {
	if s.Revising() {
		return v.Set("", v.T("Change “%s”", s.Entry.Title))
	}
	if s.Original.ID != "" {
		return v.T("Your translation")
	}
	switch s.Form.BuiltIn {
	case "article":
		return v.T("Your article")
	case "brief":
		return v.T("Your brief")
	}
	return s.Form.Name.In(v.L.Lang())
}

// question is a field of the form as the page asks it.
func (s sheet) question(v *page.Visit, field press.Field) page.Field {
	lang := v.L.Lang()
	q := page.Field{
		Name: field.Key, Label: v.Set("", field.Label.In(lang)), Help: v.Set("", field.Help.In(lang)),
		Example: v.Set("", field.Example.In(lang)), Value: s.Draft.Answers.One(field.Key), Error: s.Faults.On(v, field.Key),
		Optional: !field.Required, Required: field.Required, Language: s.Draft.Language,
	}
	if s.Original.ID != "" {
		q.Example = "" // the original stands there
	}
	switch {
	case field.Kind == press.LongText:
		if q.Class = "tall"; field.Role != press.RoleBody {
			q.Class = "middling"
		}
	case field.Kind == press.Number:
		q.InputMode, q.Class = "decimal", "small"
	case field.Kind == press.Date:
		q.Type, q.Class = "date", "small"
	case field.Kind == press.Link:
		q.InputMode = "url"
	case field.Kind == press.Email:
		q.Type, q.Autocomplete = "email", "email"
	case field.Kind == press.Phone:
		q.Type, q.Autocomplete = "tel", "tel"
	case field.Kind == press.People:
		q.Rows, q.Value = 3, strings.Join(s.Draft.Answers[field.Key], "\n")
		q.Help = strings.TrimSpace(q.Help + " " + v.T("A name a line."))
	case field.Role == press.RoleStandfirst:
		q.Rows = 3
	case field.Kind == press.Pictures:
		q.Accept, q.Multiple, q.Example = "image/jpeg,image/png,image/webp,image/gif", true, "" // said beside each picture
	case field.Kind == press.Files:
		q.Accept, q.Multiple = "application/pdf,audio/*,video/*", true
	}
	return q
}

func (s sheet) section(v *page.Visit) page.Field {
	q := page.Field{
		Name: "section", Label: v.T("In which section would you see it?"), Help: v.T("If you hesitate, leave it: we will choose."),
		Value: string(s.Draft.Section), Error: s.Faults.On(v, "section"), Options: []page.Option{{Label: v.T("I don’t know")}},
	}
	for _, section := range v.Sections {
		q.Options = append(q.Options, page.Option{Value: string(section.ID), Label: section.Name})
	}
	return q
}

// tags asks for the keywords, in the words of the form's own question where it has one.
func (s sheet) tags(v *page.Visit, field press.Field) page.Field {
	q := page.Field{
		Name: "tags", Label: v.T("A few keywords?"), Help: v.T("Separated by commas; four are enough."), Optional: !field.Required,
		Example: v.T("fishing, direct sale, Old Harbour"), Value: strings.Join(s.Draft.Tags, ", "), Error: s.Faults.On(v, "tags"),
	}
	if field.Key != "" {
		asked := s.question(v, field)
		q.Label, q.Example = asked.Label, asked.Example
		if asked.Help != "" {
			q.Help = asked.Help
		}
	}
	return q
}

// asksTags tells whether the page asks for keywords though the form doesn't.
func (s sheet) asksTags() bool {
	_, own := s.Form.OfKind(press.Words)
	return !own && !s.Form.Tabulated()
}

func (s sheet) language(v *page.Visit) page.Field {
	q := page.Field{Name: "language", Label: v.T("In which language do you write?"), Value: s.Draft.Language}
	for _, l := range textLanguages(v) {
		q.Options = append(q.Options, page.Option{Value: l, Label: v.L.Name(l)})
	}
	return q
}

// limits tells the script how long answers may be: "title=150 standfirst=400".
func (s sheet) limits() string {
	var all []string
	for _, field := range s.Form.Fields {
		if field.Max > 0 && !field.Kind.Media() {
			all = append(all, fmt.Sprintf("%s=%d", field.Key, field.Max))
		}
	}
	return strings.Join(all, " ")
}

func licences(v *page.Visit) []page.Option {
	var all []page.Option
	for _, l := range press.Licences {
		label := l.Name
		if l.URL == "" {
			label = v.T("All rights reserved")
		}
		all = append(all, page.Option{Value: string(l.ID), Label: label})
	}
	return all
}

// steps of the path; those who are signed in have nothing to confirm.
func steps(v *page.Visit) []string {
	all := []string{v.T("Write"), v.T("Read over"), v.T("Sign")}
	if !v.Viewer.Known() {
		all = append(all, v.T("Confirm"))
	}
	return all
}

// saved says when the draft was kept.
func (d desk) saved(v *page.Visit) string {
	at := d.Draft.UpdatedAt.In(v.Zone())
	return v.T("Saved at %d:%02d", at.Hour(), at.Minute())
}

// done is an address that tells what was just done.
func done(link, code string) string { return page.WithParam(link, "done", code) }

func version(d desk) string { return strconv.Itoa(d.Draft.Version) }
