package desk

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bourgeon/app/hosting"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/web/page"
)

// dressing is a site's look as its stewards try it, or as it was typed.
type dressing struct {
	press.Look
	front  hosting.Front // Text "" leaves the front page as it is
	pieces []markdown.Piece
	forms  []press.Form
	pages  []press.Entry
	part   string
	trial  *press.LookVersion // nil when nothing is tried
	by     string             // who tried it last, when another than the viewer
	faults page.Faults
}

// The parts of a look, by the last segment of their address.
const (
	partLook  = ""
	partMenu  = "menu"
	partFront = "front"
	partSheet = "sheet"
)

var parts = []string{partLook, partFront, partMenu, partSheet}

func lookPath(part string) string {
	if part == partLook {
		return "/desk/look"
	}
	return "/desk/look/" + part
}

// dressing finds what is on trial, else what the site wears.
func (f *Face) dressing(ctx context.Context, v *page.Visit, part string) (dressing, error) {
	d := dressing{Look: v.Site.Look, part: part}
	trial, err := f.Reader.LookTrial(ctx, v.Viewer, v.Site.ID)
	switch {
	case err == nil:
		d.Look, d.trial = trial.Look, &trial
		d.front = hosting.Front{Text: trial.Front, Revision: trial.FrontRevision}
		if trial.MadeBy != v.Viewer.Person {
			d.by, err = f.nameOf(ctx, v, trial.MadeBy)
			return d, err
		}
	case press.KindOf(err) != press.NotFound:
		return d, err
	}
	return d, nil
}

// nameOf is somebody's name, "" when they are gone.
func (f *Face) nameOf(ctx context.Context, v *page.Visit, id press.PersonID) (string, error) {
	person, err := f.Reader.Person(ctx, v.Viewer, id)
	if press.KindOf(err) == press.NotFound {
		err = nil
	}
	return person.Name, err
}

// arrange finds what the arrangement of the front page offers.
func (f *Face) arrange(ctx context.Context, v *page.Visit, d *dressing) error {
	var err error
	if d.part == partFront || d.part == partMenu {
		if d.pages, err = f.pagesOf(ctx, v); err != nil {
			return err
		}
	}
	if d.part != partFront {
		return nil
	}
	if d.front.Text == "" {
		if d.front, err = hosting.FrontOf(ctx, f.Reader, v.Site); err != nil {
			return err
		}
	}
	d.pieces = markdown.Pieces(d.front.Text)
	d.forms, err = f.Reader.Forms(ctx, v.Viewer, v.Site.ID)
	return err
}

// Look is GET /desk/look and its parts: what the site's pages look like, tried before they are worn.
func (f *Face) Look(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	part := r.PathValue("part")
	if !slices.Contains(parts, part) {
		return nowhere()
	}
	d, err := f.dressing(r.Context(), v, part)
	if err != nil {
		return err
	}
	return f.showLook(v, w, r, http.StatusOK, d)
}

func (f *Face) showLook(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, d dressing) error {
	if err := f.arrange(r.Context(), v, &d); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Look"), "/desk/look")
	if err != nil {
		return err
	}
	h.Scripts, h.Stylesheets = []string{"look.js"}, []string{"looks.css"}
	return page.RenderStatus(w, r, status, lookPage(v, h, d))
}

// TryLook is POST /desk/look and its parts: what was chosen is put on trial, and worn when asked. The page's script gets an
// answer in JSON.
func (f *Face) TryLook(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	ctx, part := r.Context(), r.PathValue("part")
	if !slices.Contains(parts, part) {
		return nowhere()
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	d, err := f.dressing(ctx, v, part)
	if err != nil {
		return err
	}
	if part == partFront {
		d.readFront(form)
	} else if err := f.readLook(ctx, v, &d, form); err != nil {
		return err
	}
	if d.faults == nil {
		err = f.Host.TryLook(ctx, v.Viewer, v.Site.ID, d.Look, d.front)
		if faults, ok := page.FaultsOf(err); ok {
			d.faults = faults
		} else if err != nil {
			return err
		}
	}
	if r.Header.Get("Accept") == "application/json" {
		return f.answerTrial(ctx, v, w, d)
	}
	if d.faults != nil {
		return f.showLook(v, w, r, http.StatusUnprocessableEntity, d)
	}
	if form.Line("do") == "wear" {
		return f.wear(v, w, r)
	}
	return v.Done(w, r, lookPath(part), "tried")
}

// answerTrial tells the script what is wrong, whether anything is on trial, and how the colours can be read now.
func (f *Face) answerTrial(ctx context.Context, v *page.Visit, w http.ResponseWriter, d dressing) error {
	answer := struct {
		Fault    string `json:"fault"` // the first; the others come with the buttons
		Trial    bool   `json:"trial"` // something else than what the site wears is tried
		Palettes string `json:"palettes"`
	}{}
	if len(d.faults) > 0 {
		answer.Fault = v.Set("", v.T(d.faults[0].Message, d.faults[0].Args...))
	}
	_, err := f.Reader.LookTrial(ctx, v.Viewer, v.Site.ID)
	if answer.Trial = err == nil; err != nil && press.KindOf(err) != press.NotFound {
		return err
	}
	var b strings.Builder
	if err := palettes(v, d.Look).Render(ctx, &b); err != nil {
		return err
	}
	answer.Palettes = b.String()
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(answer)
}

// readLook reads a part of a look from its form.
func (f *Face) readLook(ctx context.Context, v *page.Visit, d *dressing, form page.Form) error {
	switch d.part {
	case partMenu:
		d.Menu, d.Foot, d.Words = d.menuOf(v, form, "menu"), d.menuOf(v, form, "foot"), press.Text{}
		for _, lang := range v.Site.Languages {
			d.Words[lang] = form.Text("words-" + lang)
		}
		return nil
	case partSheet:
		d.Sheet = form.Text("sheet")
		return nil
	}
	d.Model, d.Type, d.Paper = press.Model(form.Line("model")), press.Typeface(form.Line("type")), press.Paper(form.Line("paper"))
	d.Colour, d.Second = form.Line("colour"), ""
	if form.Line("band") == "own" {
		d.Second = form.Line("second")
	}
	for field, id := range map[string]*press.MediaID{"logo": &d.Logo, "picture": &d.Picture} {
		if form.Has(field + "-drop") {
			*id = ""
		}
		for _, sent := range form.Files(field) {
			file, err := sent.Open()
			if err != nil {
				return err
			}
			m, err := f.Cabinet.Keep(ctx, v.Viewer, v.Site.ID, "", sent.Filename, file)
			_ = file.Close()
			if faults, ok := page.FaultsOf(err); ok {
				for _, fault := range faults {
					d.faults = append(d.faults, press.FieldError{Field: field, Message: fault.Message, Args: fault.Args})
				}
				continue
			}
			var problem *press.Error
			if errors.As(err, &problem) && problem.Kind == press.TooLarge {
				d.faults = append(d.faults, press.FieldError{Field: field, Message: problem.Message, Args: problem.Args})
				continue
			}
			if err != nil {
				return err
			}
			*id = m.ID
		}
	}
	return nil
}

// menuOf reads the lines of a menu, in the order of their numbers, and moves or drops one when its button was pressed.
func (d dressing) menuOf(v *page.Visit, form page.Form, name string) []press.MenuLine {
	var lines []press.MenuLine
	for i := 1; form.Has(lineName(name, i, "target")); i++ {
		line := press.MenuLine{Target: form.Line(lineName(name, i, "target")), Label: press.Text{}}
		for _, lang := range v.Site.Languages {
			line.Label[lang] = form.Line(lineName(name, i, "label-"+lang))
		}
		lines = append(lines, line)
	}
	act, number, _ := strings.Cut(form.Line("do"), "-")
	if rest, is := strings.CutPrefix(number, name+"-"); is {
		if i, err := strconv.Atoi(rest); err == nil {
			lines = shifted(lines, act, i-1)
		}
	}
	return lines
}

func lineName(menu string, i int, what string) string {
	return menu + "-" + strconv.Itoa(i) + "-" + what
}

// shifted is a list with one of its elements a place up or down, or without it.
func shifted[T any](list []T, act string, i int) []T {
	switch {
	case i < 0 || i >= len(list):
	case act == "up" && i > 0:
		list[i-1], list[i] = list[i], list[i-1]
	case act == "down" && i+1 < len(list):
		list[i+1], list[i] = list[i], list[i+1]
	case act == "drop":
		list = slices.Delete(list, i, i+1)
	}
	return list
}

// WearLook is POST /desk/look/wear: the site wears what was tried.
func (f *Face) WearLook(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	return f.wear(v, w, r)
}

func (f *Face) wear(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := f.Host.WearLook(r.Context(), v.Viewer, v.Site.ID); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/look/versions", "worn")
}

// DropLook is POST /desk/look/drop: what was tried is forgotten.
func (f *Face) DropLook(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	if err := f.Host.DropLook(r.Context(), v.Viewer, v.Site.ID); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/look", "untried")
}

// worn is a look that the site wore, and who gave it to it.
type worn struct {
	press.LookVersion
	By string
}

// Looks is GET /desk/look/versions: the looks that the site wore.
func (f *Face) Looks(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	versions, err := f.Reader.LookVersions(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	var all []worn
	names := map[press.PersonID]string{"": ""}
	for _, version := range versions {
		if _, known := names[version.MadeBy]; !known {
			if names[version.MadeBy], err = f.nameOf(r.Context(), v, version.MadeBy); err != nil {
				return err
			}
		}
		all = append(all, worn{version, names[version.MadeBy]})
	}
	h, err := f.head(r.Context(), v, v.T("Earlier looks"), "/desk/look")
	if err != nil {
		return err
	}
	h.Stylesheets = []string{"looks.css"}
	return page.Render(w, r, looksPage(v, h, all))
}

// WearAgain is POST /desk/look/versions/{n}: the site takes an earlier look again.
func (f *Face) WearAgain(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return nowhere()
	}
	if err := f.Host.RestoreLook(r.Context(), v.Viewer, v.Site.ID, n); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/look/versions", "worn")
}
