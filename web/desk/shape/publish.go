package shape

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"bourgeon/app/shaping"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Publishing tells what publishing would change, before it does.
func (f *Face) Publishing(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	report, err := f.Shaper.Report(r.Context(), v.Viewer, v.Site.ID, formID(r))
	if err != nil {
		return err
	}
	report.Form.ID = formID(r)
	return f.publishing(v, w, r, http.StatusOK, report, nil)
}

func (f *Face) publishing(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, report shaping.Report, faults page.Faults) error {
	if faults == nil && report.Fault != nil {
		faults = faultsOf(report.Fault)
	}
	h, err := f.head(r.Context(), v, v.T("Publish the form"))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, publishPage(v, h, report, faults))
}

// Publish makes the form on the table the one that writers answer.
func (f *Face) Publish(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	ctx, id := r.Context(), formID(r)
	_, err := f.Shaper.Publish(ctx, v.Viewer, v.Site.ID, id)
	if press.KindOf(err) == press.Invalid {
		report, reportErr := f.Shaper.Report(ctx, v.Viewer, v.Site.ID, id)
		if reportErr != nil {
			return reportErr
		}
		report.Form.ID = id
		return f.publishing(v, w, r, http.StatusUnprocessableEntity, report, faultsOf(err))
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, at(id, ""), "publishedform")
}

// settings is a form's name and rules, with what is wrong with them.
type settings struct {
	press.Form
	Changed bool
	Faults  page.Faults
}

// Settings shows a form's name, address and rules.
func (f *Face) Settings(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	return f.settling(v, w, r, http.StatusOK, settings{Form: form, Changed: changed})
}

func (f *Face) settling(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, s settings) error {
	h, err := f.head(r.Context(), v, s.Name.In(v.L.Lang()))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, settingsPage(v, h, s))
}

// Settle keeps them, on the table.
func (f *Face) Settle(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	form.Name, form.Plural, form.Pitch = worded(v, in, "name", form.Name), worded(v, in, "plural", form.Plural), worded(v, in, "pitch", form.Pitch)
	if in.Has("slug") {
		form.Slug = in.Line("slug")
	}
	form.Openness, form.Listed, form.Stepwise = press.Openness(in.Line("openness")), in.Has("listed"), in.Has("stepwise")
	form.Headings = in.Has("headings")
	form.Views = nil
	first := press.View(in.Line("first"))
	if in.Has("view-"+string(first)) && first.Known() {
		form.Views = append(form.Views, first)
	}
	for _, view := range press.Views {
		if view != first && in.Has("view-"+string(view)) {
			form.Views = append(form.Views, view)
		}
	}
	form.FormSettings.Order = in.Line("order")
	err = f.Shaper.Settle(r.Context(), v.Viewer, v.Site.ID, form.ID, form)
	if press.KindOf(err) == press.Invalid {
		return f.settling(v, w, r, http.StatusUnprocessableEntity, settings{Form: form, Changed: changed, Faults: faultsOf(err)})
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, at(form.ID, ""), "saved")
}

// Versions lists the states that a form had.
func (f *Face) Versions(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	all, err := f.Reader.FormVersions(r.Context(), v.Viewer, form.ID)
	if err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Versions of the form"))
	if err != nil {
		return err
	}
	return page.Render(w, r, versionsPage(v, h, form, changed, all))
}

// Restore puts an earlier version on the table.
func (f *Face) Restore(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return nowhere()
	}
	if err := f.Shaper.Restore(r.Context(), v.Viewer, v.Site.ID, formID(r), n); err != nil {
		return err
	}
	return v.Done(w, r, at(formID(r), "/publish"), "ontable")
}

// File tells how a form is copied elsewhere.
func (f *Face) File(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("Copy it elsewhere"))
	if err != nil {
		return err
	}
	return page.Render(w, r, filePage(v, h, form, changed))
}

// Download is the form on the table as a file.
func (f *Face) Download(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, _, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(form.File(v.Addresses.Site(v.Site.Slug, v.Site.Host)+"/"+form.Slug+"/"), "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+form.Slug+`.bourgeon.json"`)
	_, err = w.Write(append(b, '\n'))
	return err
}

// orders are the ways to sort a form's list.
func orders(v *page.Visit, form press.Form) []page.Option {
	all := []page.Option{{Label: v.T("The newest first")}, {Value: press.ByTitle, Label: v.T("By title")}}
	for _, field := range standing(form) {
		switch field.Kind {
		case press.Date, press.Period, press.Number, press.ShortText, press.Choice, press.PlaceKind:
			if field.Public() && field.Role != press.RoleTitle {
				all = append(all, page.Option{Value: field.Key, Label: v.Set("", v.T("By the answer to “%s”", strings.TrimSpace(field.Label.In(v.L.Lang()))))})
			}
		}
	}
	return all
}
