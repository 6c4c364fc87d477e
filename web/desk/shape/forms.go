package shape

import (
	"io"
	"net/http"
	"strings"

	"bourgeon/app/shaping"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// shelf is the list of a site's forms.
type shelf struct {
	Forms  []listed
	Binned []press.Form
	Words  []press.Vocabulary
	Folder []press.Dossier
}

type listed struct {
	press.Form
	Entries int
	Changed bool // somebody goes on changing it
}

// Forms lists the site's forms.
func (f *Face) Forms(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	ctx := r.Context()
	all, err := f.Reader.FormsEver(ctx, v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	var s shelf
	for _, form := range all {
		if !form.BinnedAt.IsZero() {
			s.Binned = append(s.Binned, form)
			continue
		}
		one := listed{Form: form}
		if one.Entries, err = f.Reader.CountEntries(ctx, v.Viewer, store.Selection{Site: v.Site.ID, Form: form.ID}); err != nil {
			return err
		}
		_, _, err := f.Reader.FormDraft(ctx, v.Viewer, form.ID)
		if one.Changed = err == nil; err != nil && press.KindOf(err) != press.NotFound {
			return err
		}
		s.Forms = append(s.Forms, one)
	}
	if s.Words, err = f.Reader.Vocabularies(ctx, v.Viewer, v.Site.ID); err != nil {
		return err
	}
	if s.Folder, err = f.Reader.Dossiers(ctx, v.Viewer, v.Site.ID); err != nil {
		return err
	}
	h, err := f.head(ctx, v, v.T("Forms"))
	if err != nil {
		return err
	}
	return page.Render(w, r, formsPage(v, h, s))
}

// beginning is the page on which a form is begun.
type beginning struct {
	Models        []shaping.Model
	Name, Address string
	Faults        page.Faults
}

// New asks what a form begins from.
func (f *Face) New(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	return f.beginning(v, w, r, http.StatusOK, beginning{})
}

func (f *Face) beginning(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, b beginning) error {
	var err error
	if b.Models, err = shaping.Models(); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, v.T("A new form"))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, newPage(v, h, b))
}

// Begin begins a form from a model, a file, an address, or nothing.
func (f *Face) Begin(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	start, b := shaping.Start{}, beginning{Name: in.Line("name"), Address: in.Line("address")}
	act, model, _ := strings.Cut(in.Line("do"), ":")
	switch act {
	case "model":
		start.Model = model
	case "file":
		if start.File, err = fileOf(in, "file"); err != nil {
			return err
		}
		if len(start.File) == 0 {
			b.Faults = page.Faults{{Field: "file", Message: "Choose the file of a form first."}}
			return f.beginning(v, w, r, http.StatusUnprocessableEntity, b)
		}
	case "address":
		if start.Address = b.Address; start.Address == "" {
			start.Address = "https://"
		}
	default:
		start.Name = b.Name
	}
	form, err := f.Shaper.Begin(r.Context(), v.Viewer, v.Site, start)
	if press.KindOf(err) == press.Invalid || press.KindOf(err) == press.TooLarge {
		b.Faults = faultsOf(err)
		if act == "file" {
			for i := range b.Faults {
				b.Faults[i].Field = "file"
			}
		}
		return f.beginning(v, w, r, http.StatusUnprocessableEntity, b)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, at(form.ID, ""), "begun")
}

// fileOf reads the first file sent under a name.
func fileOf(in page.Form, name string) ([]byte, error) {
	files := in.Files(name)
	if len(files) == 0 {
		return nil, nil
	}
	file, err := files[0].Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, press.MaxFormFile+1))
}

// workpiece is a form on the table.
type workpiece struct {
	press.Form
	Changed bool
	Entries int
	Label   string // of a question that couldn't be added
	Kind    press.FieldKind
	Faults  page.Faults
}

// Form shows one form and its questions.
func (f *Face) Form(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	return f.workshop(v, w, r, http.StatusOK, workpiece{Form: form, Changed: changed})
}

func (f *Face) workshop(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, p workpiece) error {
	var err error
	if p.Entries, err = f.Reader.CountEntries(r.Context(), v.Viewer, store.Selection{Site: v.Site.ID, Form: p.ID}); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, p.Name.In(v.L.Lang()))
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, formPage(v, h, p))
}

// Add puts a question on the form, and leads to it.
func (f *Face) Add(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, changed, err := f.onTable(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	p := workpiece{Form: form, Changed: changed, Label: in.Line("label"), Kind: press.FieldKind(in.Line("kind"))}
	key, err := f.Shaper.Add(r.Context(), v.Viewer, v.Site, form.ID, p.Kind, p.Label)
	if press.KindOf(err) == press.Invalid {
		p.Faults = faultsOf(err)
		return f.workshop(v, w, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, fieldAt(form.ID, key, ""), "added")
}

// Act does one of the gestures on a form: the last segment of the path says which.
func (f *Face) Act(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := animator(v); err != nil {
		return err
	}
	ctx, id := r.Context(), formID(r)
	var err error
	to, done := formsPath, "saved"
	switch r.PathValue("act") {
	case "up", "down":
		err = f.Shaper.Order(ctx, v.Viewer, v.Site.ID, id, r.PathValue("act") == "down")
	case "bin":
		err, done = f.Shaper.Bin(ctx, v.Viewer, v.Site.ID, id), "binnedform"
	case "recover":
		err = f.Shaper.Recover(ctx, v.Viewer, v.Site.ID, id)
	case "drop":
		err = f.Shaper.Drop(ctx, v.Viewer, v.Site.ID, id)
	default:
		err = nowhere()
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, to, done)
}
