package write

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bourgeon/press"
	"bourgeon/web/page"
)

// asked are the questions of the page, for whoever answers.
func (s sheet) asked(v *page.Visit) []press.Field { return s.desk.asked(v) }

func (d desk) asked(v *page.Visit) []press.Field {
	return d.Form.Asked(v.Viewer, !d.Revising() || v.Viewer.Owns(d.Entry))
}

// steps are the questions that are asked one at a time, the answers so far being such.
func (d desk) steps(v *page.Visit) []press.Field {
	var all []press.Field
	for _, field := range d.asked(v) {
		if !field.Kind.Silent() && d.Form.Applies(field, d.Draft.Answers) {
			all = append(all, field)
		}
	}
	return all
}

// step is the question shown alone.
func (s sheet) step(v *page.Visit) press.Field { return s.steps(v)[s.Step-1] }

// explained are the explanations that stand just before a question.
func (s sheet) explained(v *page.Visit, field press.Field) []press.Field {
	var before []press.Field
	for _, other := range s.asked(v) {
		switch {
		case other.Key == field.Key:
			return before
		case other.Kind == press.Explanation:
			before = append(before, other)
		case !other.Kind.Silent():
			before = nil
		}
	}
	return nil
}

func (s sheet) answered(field press.Field) bool {
	if field.Kind == press.Words {
		return len(s.Draft.Tags) > 0
	}
	return len(s.Draft.Answers[field.Key]) > 0
}

// sheetAttributes are those of the form in which one writes: what static/write.js needs.
func (s sheet) sheetAttributes(v *page.Visit) templ.Attributes {
	return templ.Attributes{
		"id": "sheet", "method": "post", "action": s.Link(v, ""), "enctype": "multipart/form-data",
		"data-autosave": s.Link(v, "/autosave"), "data-version": version(s.desk), "data-limits": s.limits(),
		"data-unsaved":  v.T("Not saved yet…"),
		"data-offline":  v.T("No connection: your text is kept on this device, and will be sent when it comes back."),
		"data-found":    v.T("We found what you had typed on this device and put it back."),
		"data-conflict": v.T("Show both texts"), "data-left": v.T("%d characters left"), "data-over": v.T("%d characters too many"),
		"data-pow": begins(v, s.desk), "data-form": s.Form.Slug,
	}
}

// when tells static/forms.js on what answers a question depends. Without it, the page says it in words.
func (s sheet) when(field press.Field) templ.Attributes {
	if field.When == nil {
		return nil
	}
	return templ.Attributes{"class": "depends", "data-when": field.When.Field, "data-is": strings.Join(field.When.Is, " ")}
}

// wholeLink is the page with all questions, from the one where they come one by one.
func (s sheet) wholeLink(v *page.Visit) string {
	link := s.Link(v, "?whole=1")
	if s.Handing.Token != "" {
		link += "&from=" + s.Handing.Token
	}
	return link
}

// step is the question that a form came from, 0 for the whole page.
func (in *received) step() int {
	n, _ := strconv.Atoi(in.Line("step"))
	return max(0, n)
}

// onItsWay tells whether a form that holds nothing begins a draft all the same: files, headings or the first question follow.
func (in *received) onItsWay() bool {
	act, _, _ := strings.Cut(in.pressed(), ":")
	return act == "plan" || act == "begin" || act == "view" || act == "find"
}

// onward is the page of a question, 0 being the one that the form came from.
func (in *received) onward(v *page.Visit, d desk, n int) string {
	if n == 0 {
		n = in.step()
	}
	if n == 0 {
		return d.Link(v, "")
	}
	return page.WithParam(d.Link(v, ""), "question", strconv.Itoa(n))
}

// mend finds what keeps one from going on to the next question.
func (f *Face) mend(v *page.Visit, d desk, step int) page.Faults {
	all := d.steps(v)
	if step > len(all) {
		return nil
	}
	key := all[step-1].Key
	if all[step-1].Kind == press.Words {
		key = "tags"
	}
	faults, _ := page.FaultsOf(d.Form.CheckContent(d.Draft.Content))
	var here page.Faults
	for _, fault := range faults {
		if fault.Field == key {
			here = append(here, fault)
		}
	}
	return here
}

// walk goes from one question to another, once what was typed is kept.
func (f *Face) walk(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, in *received, act, to string) error {
	n := in.step()
	switch act {
	case "begin":
		n = 1
	case "next", "skip":
		n++
	case "prev":
		n = max(1, n-1)
	case "goto":
		n, _ = strconv.Atoi(to)
	case "whole":
		return page.Redirect(w, r, d.Link(v, ""))
	case "later":
		return page.Redirect(w, r, done(in.onward(v, d, 0), "kept"))
	}
	if n > len(d.steps(v)) {
		if faults, _ := page.FaultsOf(d.Form.CheckContent(d.Draft.Content)); len(faults) > 0 {
			for i, field := range d.steps(v) {
				if faults[0].Field == field.Key { // back to the first question that must be answered
					return f.show(v, w, r, sheet{desk: d, Faults: faults[:1], Step: i + 1}, http.StatusUnprocessableEntity)
				}
			}
		}
		return page.Redirect(w, r, d.Link(v, "/preview"))
	}
	return page.Redirect(w, r, in.onward(v, d, max(1, n)))
}
