package desk

import (
	"net/http"
	"time"

	"bourgeon/app/filing"
	"bourgeon/kit/fold"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// album is the site's library, or a part of it.
type album struct {
	store.MediaPage
	shelf        store.Shelf
	words        string
	unused       int // of the whole library
	silent       int
	newer, older string
}

// Media is GET /desk/media: the site's library. Everybody of the site looks for files in it.
func (f *Face) Media(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Contributor); err != nil {
		return err
	}
	ctx, query := r.Context(), r.URL.Query()
	a := album{words: press.CleanLine(query.Get("q")), shelf: store.Shelf{Site: v.Site.ID, Limit: 24}}
	a.shelf.Words = fold.Words(a.words)
	for _, kind := range press.FileKinds {
		if query.Get("kind") == string(kind) {
			a.shelf.Kind = kind
		}
	}
	if licence, ok := press.LicenceByID(press.LicenceID(query.Get("licence"))); ok {
		a.shelf.Licence = licence.ID
	}
	switch query.Get("only") {
	case "unused":
		a.shelf.Unused = true
	case "silent":
		a.shelf.Silent = true
	case "bin":
		a.shelf.Binned = v.Animates()
	}
	a.shelf.Before, a.shelf.After = page.Cursors(r)
	var err error
	if a.MediaPage, err = f.Reader.Library(ctx, v.Viewer, a.shelf); err != nil {
		return err
	}
	if a.unused, err = f.Reader.CountMedia(ctx, v.Viewer, store.Shelf{Site: v.Site.ID, Unused: true}); err != nil {
		return err
	}
	if a.silent, err = f.Reader.CountMedia(ctx, v.Viewer, store.Shelf{Site: v.Site.ID, Silent: true}); err != nil {
		return err
	}
	if a.Newer != "" {
		a.newer = v.With("after", string(a.Newer), "before", "")
	}
	if a.Older != "" {
		a.older = v.With("before", string(a.Older), "after", "")
	}
	h, err := f.head(ctx, v, v.T("Library"), "/desk/media")
	if err != nil {
		return err
	}
	h.Stylesheets = []string{"files.css"}
	return page.Render(w, r, albumPage(v, h, a))
}

// medium is one file of the library.
type medium struct {
	press.Media
	uses     []press.Entry
	animates bool
	mine     bool
	faults   page.Faults
}

// describes tells whether the viewer may say something else of the file.
func (m medium) describes() bool { return m.animates || m.mine }

func (f *Face) medium(v *page.Visit, r *http.Request) (medium, error) {
	if err := enter(v, press.Contributor); err != nil {
		return medium{}, err
	}
	found, err := f.Reader.OnShelf(r.Context(), v.Viewer, v.Site.ID, press.MediaID(r.PathValue("id")))
	return medium{Media: found, animates: v.Animates(), mine: v.Viewer.Known() && found.UploadedBy == v.Viewer.Person}, err
}

// Medium is GET /desk/media/{id}: a file, what is said of it, and where it is shown.
func (f *Face) Medium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	m, err := f.medium(v, r)
	if err != nil {
		return err
	}
	return f.showMedium(v, w, r, m, http.StatusOK)
}

func (f *Face) showMedium(v *page.Visit, w http.ResponseWriter, r *http.Request, m medium, status int) error {
	var err error
	if m.uses, err = f.Reader.EntriesShowing(r.Context(), v.Viewer, m.ID); err != nil {
		return err
	}
	h, err := f.head(r.Context(), v, mediumTitle(v, m.Media), "/desk/media")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, mediumPage(v, h, m))
}

// DescribeMedium is POST /desk/media/{id}.
func (f *Face) DescribeMedium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	m, err := f.medium(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	d := filing.DescriptionOf(m.Media)
	d.Title, d.Alt, d.Caption, d.Transcript = in.Line("title"), in.Line("alt"), in.Line("caption"), in.Text("transcript")
	d.Maker, d.Credit, d.Origin, d.Licence = press.Maker(in.Line("made")), in.Line("credit"), in.Line("origin"), press.LicenceID(in.Line("licence"))
	_, err = f.Cabinet.Describe(r.Context(), v.Viewer, "", m.ID, d)
	if faults, ok := page.FaultsOf(err); ok {
		m.faults = faults
		m.Title, m.Alt, m.Caption, m.Transcript = d.Title, d.Alt, d.Caption, d.Transcript
		m.Maker, m.Credit, m.Origin, m.Licence = d.Maker, d.Credit, d.Origin, d.Licence
		return f.showMedium(v, w, r, m, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/media/"+string(m.ID), "saved")
}

// ShelveMedium is POST /desk/media/{id}/bin and /recover.
func (f *Face) ShelveMedium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := enter(v, press.Animator); err != nil {
		return err
	}
	id, act, code := press.MediaID(r.PathValue("id")), f.Cabinet.Bin, "binned"
	if r.PathValue("act") == "recover" {
		act, code = f.Cabinet.Recover, "recovered"
	} else if r.PathValue("act") != "bin" {
		return nowhere()
	}
	if err := act(r.Context(), v.Viewer, v.Site.ID, id); err != nil {
		return err
	}
	return v.Done(w, r, "/desk/media/"+string(id), code)
}

// FrameMedium is GET /desk/media/{id}/picture: the picture, to crop it.
func (f *Face) FrameMedium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	m, err := f.picture(v, r)
	if err != nil {
		return err
	}
	return f.showFrame(v, w, r, page.Frame{Media: m.Media, Crop: m.Crop, Focus: m.Focus}, http.StatusOK)
}

func (f *Face) picture(v *page.Visit, r *http.Request) (medium, error) {
	m, err := f.medium(v, r)
	if err == nil && (m.Kind() != press.PictureFile || !m.describes()) {
		err = nowhere()
	}
	return m, err
}

func (f *Face) showFrame(v *page.Visit, w http.ResponseWriter, r *http.Request, form page.Frame, status int) error {
	form.Back = mediumLink(v, form.Media)
	form.Link = v.Link("/desk/media/" + string(form.Media.ID) + "/picture")
	h, err := f.head(r.Context(), v, v.T("Crop the picture"), "/desk/media")
	if err != nil {
		return err
	}
	h.Scripts, h.Stylesheets = []string{"frame.js"}, []string{"files.css"}
	return page.RenderStatus(w, r, status, framePage(v, h, form))
}

// FramedMedium is POST /desk/media/{id}/picture.
func (f *Face) FramedMedium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	m, err := f.picture(v, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	crop, focus := page.FramingOf(in)
	form := page.Frame{Media: m.Media, Crop: crop, Focus: focus}
	switch in.Line("do") {
	case "preview":
		if crop.Valid() {
			return f.showFrame(v, w, r, form, http.StatusOK)
		}
	case "whole":
		form.Crop = press.Crop{}
	}
	_, err = f.Cabinet.Frame(r.Context(), v.Viewer, "", m.ID, filing.Framing{Crop: form.Crop, Focus: form.Focus})
	if faults, ok := page.FaultsOf(err); ok {
		form.Faults, form.Crop = faults, m.Crop
		return f.showFrame(v, w, r, form, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/media/"+string(m.ID), "framed")
}

// WholeMedium is GET /desk/media/{id}/picture/whole: all of the picture, for whoever crops it.
func (f *Face) WholeMedium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	m, err := f.picture(v, r)
	if err != nil {
		return err
	}
	kind, file, err := f.Cabinet.Whole(r.Context(), v.Viewer, "", m.ID)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", kind.Type)
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// PreviewMedium is GET /desk/media/{id}/picture/preview?left=…: what a crop would leave.
func (f *Face) PreviewMedium(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	m, err := f.picture(v, r)
	if err != nil {
		return err
	}
	data, mime, err := f.Cabinet.Preview(r.Context(), v.Viewer, "", m.ID, page.CropAsked(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mime)
	_, err = w.Write(data)
	return err
}

func mediumLink(v *page.Visit, m press.Media) string { return v.Link("/desk/media/" + string(m.ID)) }

// mediumTitle is what to call a file.
func mediumTitle(v *page.Visit, m press.Media) string {
	if label := m.Label(); label != "" {
		return v.Set("", label)
	}
	return v.T("Without a description")
}

// usedWords tell how often a file is shown.
func usedWords(v *page.Visit, m press.Media, n int) string {
	switch {
	case n == 0 && (m.ID == v.Site.Look.Logo || m.ID == v.Site.Look.Picture):
		return v.T("shown in the look of the site")
	case n == 0:
		return v.T("shown nowhere")
	}
	return v.N("shown in %d text", "shown in %d texts", n, n)
}

// kinds are the kinds of files to choose from.
func kinds(v *page.Visit) []page.Option {
	return []page.Option{
		{Value: "", Label: v.T("All kinds")}, {Value: string(press.PictureFile), Label: v.T("Pictures")},
		{Value: string(press.DocumentFile), Label: v.T("Documents")}, {Value: string(press.AudioFile), Label: v.T("Recordings")},
		{Value: string(press.VideoFile), Label: v.T("Videos")},
	}
}

func fileLicences(v *page.Visit) []page.Option {
	all := []page.Option{{Value: "", Label: v.T("All licences")}}
	for _, l := range press.Licences {
		all = append(all, page.Option{Value: string(l.ID), Label: l.Name})
	}
	return all
}

func makers(v *page.Visit, m medium) []page.Option {
	all := []page.Option{
		{Value: string(press.MakerSelf), Label: v.T("Whoever wrote the text")}, {Value: string(press.MakerOther), Label: v.T("Somebody named")},
		{Value: string(press.MakerElsewhere), Label: v.T("It was found elsewhere")}, {Value: string(press.MakerUnnamed), Label: v.T("Somebody who wishes not to be named")},
	}
	if m.Maker == press.MakerUnsaid {
		all = append([]page.Option{{Value: "", Label: v.T("Nobody said it")}}, all...)
	}
	return all
}
