package write

import (
	"net/http"
	"time"

	"bourgeon/app/filing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Picture is GET /draft/{key}/picture/{id}: one of the draft's pictures, to crop it.
func (f *Face) Picture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, m, err := f.picture(v, w, r)
	if err != nil {
		return err
	}
	return f.showFrame(v, w, r, d, page.Frame{Media: m, Crop: m.Crop, Focus: m.Focus}, http.StatusOK)
}

func (f *Face) picture(v *page.Visit, w http.ResponseWriter, r *http.Request) (desk, press.Media, error) {
	d, err := f.open(v, w, r)
	if err != nil {
		return d, press.Media{}, err
	}
	m, err := v.House.Reader.Media(r.Context(), v.Viewer, press.MediaID(r.PathValue("id")))
	if err != nil || m.Site != v.Site.ID || m.Kind() != press.PictureFile {
		if err == nil {
			err = nothing()
		}
		return d, m, err
	}
	may, err := f.describable(r.Context(), v, d, m)
	if err == nil && !may {
		err = nothing()
	}
	return d, m, err
}

func (f *Face) showFrame(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, form page.Frame, status int) error {
	form.Link = d.Link(v, "/picture/"+string(form.Media.ID))
	form.Back = d.Link(v, "") + "#file-" + string(form.Media.ID)
	return page.RenderStatus(w, r, status, framing(v, form))
}

// FramePicture is POST /draft/{key}/picture/{id}.
func (f *Face) FramePicture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, m, err := f.picture(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	crop, focus := page.FramingOf(in)
	form := page.Frame{Media: m, Crop: crop, Focus: focus}
	switch in.Line("do") {
	case "preview":
		if crop.Valid() {
			return f.showFrame(v, w, r, d, form, http.StatusOK)
		}
	case "whole":
		form.Crop = press.Crop{}
	}
	_, err = f.Cabinet.Frame(r.Context(), v.Viewer, d.Key, m.ID, filing.Framing{Crop: form.Crop, Focus: form.Focus})
	if faults, ok := page.FaultsOf(err); ok {
		form.Faults, form.Crop = faults, m.Crop
		return f.showFrame(v, w, r, d, form, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "framed")+"#file-"+string(m.ID))
}

// WholePicture is GET /draft/{key}/picture/{id}/whole: all of the picture, for whoever crops it.
func (f *Face) WholePicture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, m, err := f.picture(v, w, r)
	if err != nil {
		return err
	}
	kind, file, err := f.Cabinet.Whole(r.Context(), v.Viewer, d.Key, m.ID)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", kind.Type)
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// PreviewPicture is GET /draft/{key}/picture/{id}/preview?left=…: what a crop would leave.
func (f *Face) PreviewPicture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, m, err := f.picture(v, w, r)
	if err != nil {
		return err
	}
	data, mime, err := f.Cabinet.Preview(r.Context(), v.Viewer, d.Key, m.ID, page.CropAsked(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mime)
	_, err = w.Write(data)
	return err
}
