package hosting

import (
	"context"
	"fmt"
	"reflect"
	"regexp"

	"bourgeon/kit/cssclean"
	"bourgeon/press"
	"bourgeon/store"
)

// Front is the text of a site's front page, and the revision that it is.
type Front struct {
	Text     string
	Revision int // 0 without a front page
}

// FrontOf finds a site's front page.
func FrontOf(ctx context.Context, r store.Reader, s press.Site) (Front, error) {
	e, _, body, err := frontEntry(ctx, r, s)
	return Front{Text: e.Answers.One(body.Key), Revision: e.Revision}, err
}

func frontEntry(ctx context.Context, r store.Reader, s press.Site) (e press.Entry, form press.Form, body press.Field, err error) {
	if s.Front == "" {
		return e, form, body, nil
	}
	if e, err = r.Entry(ctx, press.Itself, s.Front); err != nil {
		return e, form, body, fmt.Errorf("find the front page: %w", err)
	}
	if form, err = r.Form(ctx, press.Itself, e.Form); err != nil {
		return e, form, body, fmt.Errorf("find the front page's form: %w", err)
	}
	body, _ = form.Field(press.RoleBody)
	return e, form, body, nil
}

var mentioned = regexp.MustCompile(`\(media:([A-Za-z0-9-]+)`)

// renderFront renders another text of the front page.
func (h *Host) renderFront(ctx context.Context, r store.Reader, s press.Site, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	e, form, body, err := frontEntry(ctx, r, s)
	if err != nil {
		return "", err
	}
	var ids []press.MediaID
	for _, m := range mentioned.FindAllStringSubmatch(text, -1) {
		ids = append(ids, press.MediaID(m[1]))
	}
	pictures, err := r.MediaOf(ctx, press.Itself, ids)
	if err != nil {
		return "", err
	}
	content := e.Content
	content.Answers = press.Answers{body.Key: {text}}
	return h.Render(form, content, pictures)[body.Key], nil
}

// pictured is an address that a site's stylesheet may load: a file of the network's.
var pictured = regexp.MustCompile(`^(/[a-z0-9/-]*)?/media/[0-9a-f]{64}/?[A-Za-z0-9._-]*$`)

// CleanSheet is what of a stylesheet a site may serve, and what was left out.
func CleanSheet(sheet string) (string, []cssclean.Remark) {
	return cssclean.Clean(sheet, cssclean.Options{Picture: pictured.MatchString})
}

// dressed tidies a look, and makes what follows from it.
func (h *Host) dressed(l press.Look) press.Look {
	l.Tidy()
	l.CSS, _ = CleanSheet(l.Sheet)
	l.WordsHTML = nil
	for lang, text := range l.Words {
		if l.WordsHTML == nil {
			l.WordsHTML = press.Text{}
		}
		l.WordsHTML[lang] = h.rendered(text, lang)
	}
	return l
}

// TryLook keeps a look for the site's stewards alone to see, and for none to
// wear yet; front is the text of the front page with it, the zero Front to
// leave it as it is.
func (h *Host) TryLook(ctx context.Context, v press.Viewer, id press.SiteID, l press.Look, front Front) error {
	return h.steward(ctx, v, "try a look on", id, func(tx *store.Tx, s press.Site) error {
		l = h.dressed(l)
		if err := h.checkLook(ctx, tx, s, l, front); err != nil {
			return err
		}
		now, err := FrontOf(ctx, tx.Reader, s)
		if err != nil {
			return err
		}
		if front.Text == now.Text {
			front = Front{}
		}
		if front.Text == "" && reflect.DeepEqual(l, s.Look) {
			return h.dropTrial(ctx, tx, s)
		}
		html, err := h.renderFront(ctx, tx.Reader, s, front.Text)
		if err != nil {
			return err
		}
		err = tx.SaveLookTrial(ctx, press.LookVersion{
			Site: id, Look: l, Front: front.Text, FrontHTML: html, FrontRevision: front.Revision, MadeBy: v.Person, MadeAt: h.Now(),
		})
		if err != nil {
			return err
		}
		return tx.KeepLookPictures(ctx, s.ID, []press.MediaID{s.Look.Logo, s.Look.Picture, l.Logo, l.Picture})
	})
}

func (h *Host) checkLook(ctx context.Context, tx *store.Tx, s press.Site, l press.Look, front Front) error {
	var c press.Checks
	if err := faults(&c, l.Check()); err != nil {
		return err
	}
	for field, id := range map[string]press.MediaID{"logo": l.Logo, "picture": l.Picture} {
		if id == "" {
			continue
		}
		m, err := tx.Media(ctx, press.Itself, id)
		if err != nil && press.KindOf(err) != press.NotFound {
			return err
		}
		if err != nil || m.Site != s.ID || m.Kind() != press.PictureFile || !m.BinnedAt.IsZero() {
			c.Fault(field, "This picture is not there any more: choose another one.")
		}
	}
	if len(front.Text) > press.MaxText {
		c.Fault("front", "This text is too long for one page.")
	}
	return c.Err()
}

// DropLook forgets the look that was tried.
func (h *Host) DropLook(ctx context.Context, v press.Viewer, id press.SiteID) error {
	return h.steward(ctx, v, "drop the look on trial", id, func(tx *store.Tx, s press.Site) error {
		return h.dropTrial(ctx, tx, s)
	})
}

// dropTrial leaves a site with nothing on trial, and the pictures of what it wears.
func (h *Host) dropTrial(ctx context.Context, tx *store.Tx, s press.Site) error {
	if err := tx.DropLookTrial(ctx, s.ID); err != nil {
		return err
	}
	return tx.KeepLookPictures(ctx, s.ID, []press.MediaID{s.Look.Logo, s.Look.Picture})
}

// WearLook has the site wear the look that was tried. What it wore before can
// be taken again: see RestoreLook.
func (h *Host) WearLook(ctx context.Context, v press.Viewer, id press.SiteID) error {
	return h.steward(ctx, v, "wear a look", id, func(tx *store.Tx, s press.Site) error {
		trial, err := tx.LookTrial(ctx, press.Itself, id)
		if press.KindOf(err) == press.NotFound && err != nil {
			return press.Problem(press.Conflict, "No look is on trial any more: somebody put it on, or dropped it.")
		}
		if err != nil {
			return err
		}
		if err := h.checkLook(ctx, tx, s, trial.Look, Front{}); err != nil {
			return err
		}
		return h.wear(ctx, tx, v, s, trial)
	})
}

// RestoreLook has the site wear a look again that it wore before, with the
// front page of that moment.
func (h *Host) RestoreLook(ctx context.Context, v press.Viewer, id press.SiteID, number int) error {
	return h.steward(ctx, v, "wear a look again", id, func(tx *store.Tx, s press.Site) error {
		l, err := tx.LookVersion(ctx, press.Itself, id, number)
		if err != nil {
			return err
		}
		now, err := FrontOf(ctx, tx.Reader, s)
		if err != nil {
			return err
		}
		l.Look, l.FrontRevision = h.dressed(l.Look), now.Revision
		return h.wear(ctx, tx, v, s, l)
	})
}

// wear gives a site a look, and keeps it among its versions; what the site has
// by now becomes the first of them.
func (h *Host) wear(ctx context.Context, tx *store.Tx, v press.Viewer, s press.Site, l press.LookVersion) error {
	worn, err := tx.LookVersions(ctx, press.Itself, s.ID)
	if err != nil {
		return err
	}
	front, err := FrontOf(ctx, tx.Reader, s)
	if err != nil {
		return err
	}
	number := 2
	if len(worn) > 0 {
		number = worn[0].Number + 1
	} else {
		first := press.LookVersion{Site: s.ID, Number: 1, Look: s.Look, Front: front.Text, FrontRevision: front.Revision, MadeAt: s.CreatedAt}
		if err := tx.InsertLook(ctx, first); err != nil {
			return err
		}
	}
	if l.Front == "" || s.Front == "" {
		l.Front, l.FrontRevision = front.Text, front.Revision
	} else if l.FrontRevision, err = h.Rewrite(ctx, tx, v, s.Front, l.FrontRevision, l.Front); err != nil {
		return err
	}
	s.Look, l.Number, l.MadeBy, l.MadeAt = l.Look, number, v.Person, h.Now()
	if err := tx.InsertLook(ctx, l); err != nil {
		return err
	}
	if err := h.dropTrial(ctx, tx, s); err != nil {
		return err
	}
	return h.keep(ctx, tx, v, s, "", map[string]string{"changed": "look", "look": fmt.Sprint(number)})
}
