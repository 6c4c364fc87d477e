package write

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"bourgeon/app/filing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// attach keeps the pictures that came with a form and adds them to the draft's answers; those refused are faults of the
// field, and the rest goes on.
func (f *Face) attach(ctx context.Context, v *page.Visit, d desk, in *received, c *press.Content) page.Faults {
	field, ok := d.Form.Field(press.RolePictures)
	if !ok {
		return nil
	}
	var faults page.Faults
	for _, u := range in.uploads {
		fault := u.fault
		if u.file != nil {
			if field.Max > 0 && len(c.Answers[field.Key]) >= field.Max {
				fault = press.FieldError{Message: "Keep at most %d pictures.", Args: []any{field.Max}}
			} else {
				_, err := u.file.Seek(0, 0)
				var m press.Media
				if err == nil {
					m, err = f.Cabinet.Keep(ctx, v.Viewer, v.Site.ID, d.Key, u.name, u.file)
				}
				if err == nil {
					c.Answers[field.Key] = append(c.Answers[field.Key], string(m.ID))
				} else {
					fault = pictureFault(v, u.name, err)
				}
			}
		}
		if fault.Message != "" {
			fault.Field = field.Key
			faults = append(faults, fault)
		}
	}
	return faults
}

func pictureFault(v *page.Visit, name string, err error) press.FieldError {
	var e *press.Error
	if errors.As(err, &e) && e.Kind != press.Unknown {
		message, args := e.Message, e.Args
		if len(e.Fields) > 0 {
			message, args = e.Fields[0].Message, e.Fields[0].Args
		}
		return press.FieldError{Message: "%s: %s", Args: []any{name, v.T(message, args...)}}
	}
	logger(v).Error("picture not kept", "error", err)
	return press.FieldError{Message: "%s could not be kept for now: try again in a minute.", Args: []any{name}}
}

// describe keeps what was said of the draft's pictures.
func (f *Face) describe(ctx context.Context, v *page.Visit, d desk, in *received, c press.Content) error {
	pictures, err := v.House.Reader.MediaOf(ctx, v.Viewer, d.Form.Pictures(c.Answers))
	if err != nil {
		return err
	}
	for _, m := range pictures {
		id := string(m.ID)
		if !in.Has("alt-" + id) {
			continue // it came with this form, and was not described yet
		}
		_, err := f.Cabinet.Describe(ctx, v.Viewer, d.Key, m.ID, filing.Description{
			Alt: in.Line("alt-" + id), Caption: in.Line("caption-" + id), Credit: in.Line("credit-" + id),
			Licence: press.LicenceID(in.Line("licence-" + id)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ours drops pictures that are neither the draft's own nor those it had before: an answer may have been forged.
func (f *Face) ours(ctx context.Context, v *page.Visit, d desk, c press.Content) (press.Content, error) {
	field, ok := d.Form.Field(press.RolePictures)
	if !ok || len(c.Answers[field.Key]) == 0 {
		return c, nil
	}
	had := d.Draft.Answers[field.Key]
	var kept []string
	for _, id := range c.Answers[field.Key] {
		if slices.Contains(kept, id) {
			continue
		}
		if !slices.Contains(had, id) {
			m, err := v.House.Reader.Media(ctx, v.Viewer, press.MediaID(id))
			if press.KindOf(err) == press.NotFound || err == nil && (d.Draft.ID == "" || m.Draft != d.Draft.ID) {
				continue
			}
			if err != nil {
				return c, err
			}
		}
		kept = append(kept, id)
	}
	c.Answers[field.Key] = kept
	return c, nil
}

func logger(v *page.Visit) *slog.Logger {
	if v.House.Log == nil {
		return slog.Default()
	}
	return v.House.Log
}
