package write

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"

	"bourgeon/app/filing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// attach keeps the files that came with a form and adds them to the draft's answers; those refused are faults of their
// field, and the rest goes on.
func (f *Face) attach(ctx context.Context, v *page.Visit, d desk, in *received, c *press.Content) page.Faults {
	var faults page.Faults
	for _, u := range in.uploads {
		field, ok := mediaField(d.Form, u.field)
		if !ok {
			continue
		}
		fault := u.fault
		if u.file != nil {
			m, err := f.take(ctx, v, d, field, len(c.Answers[field.Key]), u.name, u.file)
			if err == nil {
				c.Answers[field.Key] = append(c.Answers[field.Key], string(m.ID))
			} else {
				fault = fileFault(v, u.name, err)
			}
		}
		if fault.Message != "" {
			fault.Field = field.Key
			faults = append(faults, fault)
		}
	}
	return faults
}

// mediaField is the field of a form that takes files under a key.
func mediaField(form press.Form, key string) (press.Field, bool) {
	for _, field := range form.Fields {
		if field.Key == key && field.Kind.Media() {
			return field, true
		}
	}
	return press.Field{}, false
}

// take keeps one file for a field that has some already.
func (f *Face) take(ctx context.Context, v *page.Visit, d desk, field press.Field, has int, name string, r io.Reader) (press.Media, error) {
	if field.Max > 0 && has >= field.Max {
		message := "Keep at most %d pictures."
		if field.Kind == press.Files {
			message = "Keep at most %d files."
		}
		return press.Media{}, press.Problem(press.Invalid, message, field.Max)
	}
	if s, ok := r.(io.Seeker); ok {
		if _, err := s.Seek(0, io.SeekStart); err != nil {
			return press.Media{}, err
		}
	}
	if field.Kind == press.Files {
		return f.Cabinet.Attach(ctx, v.Viewer, v.Site.ID, d.Key, name, r)
	}
	return f.Cabinet.Keep(ctx, v.Viewer, v.Site.ID, d.Key, name, r)
}

// fileFault says why a file was not kept, under its name.
func fileFault(v *page.Visit, name string, err error) press.FieldError {
	var e *press.Error
	if errors.As(err, &e) && e.Kind != press.Unknown {
		message, args := e.Message, e.Args
		if len(e.Fields) > 0 {
			message, args = e.Fields[0].Message, e.Fields[0].Args
		}
		return press.FieldError{Message: "%s: %s", Args: []any{name, v.T(message, args...)}}
	}
	logger(v).Error("file not kept", "error", err)
	return press.FieldError{Message: "%s could not be kept for now: try again in a minute.", Args: []any{name}}
}

// describe keeps what was said of the draft's files. Faults are of the questions asked about each.
func (f *Face) describe(ctx context.Context, v *page.Visit, d desk, in *received, c press.Content) (page.Faults, error) {
	files, err := v.House.Reader.MediaOf(ctx, v.Viewer, slices.Concat(d.Form.Pictures(c.Answers), d.Form.Files(c.Answers)))
	if err != nil {
		return nil, err
	}
	var faults page.Faults
	for _, m := range files {
		said, given := in.description(m)
		if !given {
			continue // it came with this form, or from the library, and was not described here
		}
		_, err := f.Cabinet.Describe(ctx, v.Viewer, d.Key, m.ID, said)
		switch found, ok := page.FaultsOf(err); {
		case ok:
			for _, fault := range found {
				fault.Field += "-" + string(m.ID)
				faults = append(faults, fault)
			}
		case press.KindOf(err) == press.Forbidden: // somebody else's, of the library
		case err != nil:
			return faults, err
		}
	}
	return faults, nil
}

// description is what the form says of a file, over what was said before.
func (in *received) description(m press.Media) (d filing.Description, given bool) {
	id := "-" + string(m.ID)
	d = filing.DescriptionOf(m)
	for name, text := range map[string]*string{"title": &d.Title, "alt": &d.Alt, "caption": &d.Caption, "credit": &d.Credit, "origin": &d.Origin} {
		if in.Has(name + id) {
			*text, given = in.Line(name+id), true
		}
	}
	if in.Has("transcript" + id) {
		d.Transcript = in.Text("transcript" + id)
	}
	if licence := in.Line("licence" + id); licence != "" {
		d.Licence = press.LicenceID(licence)
	}
	switch d.Maker = press.Maker(in.Line("made" + id)); {
	case d.Maker == press.MakerElsewhere:
		d.Credit = in.Line("found" + id)
	case d.Maker == "" && d.Credit == m.Credit:
		d.Maker = m.Maker // not asked, or not answered
	}
	return d, given
}

// ours drops files that are neither the draft's own, nor those it had before, nor of the library for the site's people:
// an answer may have been forged.
func (f *Face) ours(ctx context.Context, v *page.Visit, d desk, c press.Content) (press.Content, error) {
	for _, field := range d.Form.Fields {
		if !field.Kind.Media() || len(c.Answers[field.Key]) == 0 {
			continue
		}
		had := d.Draft.Answers[field.Key]
		var kept []string
		for _, id := range c.Answers[field.Key] {
			if slices.Contains(kept, id) {
				continue
			}
			if !slices.Contains(had, id) {
				may, err := f.mayTake(ctx, v, d, field, press.MediaID(id))
				if err != nil {
					return c, err
				}
				if !may {
					continue
				}
			}
			kept = append(kept, id)
		}
		c.Answers[field.Key] = kept
	}
	return c, nil
}

func (f *Face) mayTake(ctx context.Context, v *page.Visit, d desk, field press.Field, id press.MediaID) (bool, error) {
	m, err := v.House.Reader.Media(ctx, v.Viewer, id)
	if press.KindOf(err) == press.NotFound {
		return false, nil
	}
	if err != nil || m.Site != d.Form.Site || (m.Kind() == press.PictureFile) != (field.Kind == press.Pictures) {
		return false, err
	}
	if d.Draft.ID != "" && m.Draft == d.Draft.ID {
		return true, nil
	}
	if !v.Contributes() {
		return false, nil
	}
	_, err = v.House.Reader.OnShelf(ctx, v.Viewer, m.Site, id)
	if press.KindOf(err) == press.NotFound {
		return false, nil
	}
	return err == nil, err
}

func logger(v *page.Visit) *slog.Logger {
	if v.House.Log == nil {
		return slog.Default()
	}
	return v.House.Log
}
