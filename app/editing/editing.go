// Package editing holds the verbs of the main job: someone writes, signs and
// revises; an animator welcomes, decides, corrects and files.
//
// Every verb checks rights itself, changes everything in one transaction and
// records what happened in the journal. It sends nothing: mails follow from
// events, or leave through Post in the same transaction.
//
// Start with drafting.go (writing), signing.go and crediting.go (from draft to
// entry), deciding.go and placing.go (the desk), revising.go and merging.go
// (afterwards).
package editing

import (
	"context"
	"strings"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/markdown"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// Editor does the verbs. All fields are needed.
type Editor struct {
	Store *store.Store
	Now   func() time.Time
	// Challenge sends a link and a code that prove an address, in the
	// transaction; it returns the challenge whose page asks for the code.
	Challenge func(ctx context.Context, tx *store.Tx, h press.Challenge, title, language string) (press.Challenge, error)
	// Post sends a mail once the transaction is kept.
	Post func(ctx context.Context, tx *store.Tx, m press.Mail) error
	// Addresses prefixes the links and pictures of rendered texts.
	Addresses press.Addresses

	seen *Seen
}

// Seen is the state of an entry on the page from which somebody decides.
type Seen struct {
	Status   press.Status
	Revision int
}

// After is the editor for decisions on an entry as somebody saw it: when it
// isn't so any more, they fail with press.Conflict and change nothing.
func (ed *Editor) After(seen Seen) *Editor {
	careful := *ed
	careful.seen = &seen
	return &careful
}

const slugLength = 60

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

func forbidden() error {
	return press.Problem(press.Forbidden, "Only the site's animators may do this.")
}

// render gives each long answer its sanitised HTML, and the entry its columns.
func (ed *Editor) render(ctx context.Context, r store.Reader, form press.Form, e *press.Entry) error {
	pictures, err := r.MediaOf(ctx, press.Itself, append(form.Pictures(e.Answers), Mentioned(form, e.Answers)...))
	if err != nil {
		return err
	}
	if e.Attachments, err = r.MediaOf(ctx, press.Itself, form.Files(e.Answers)); err != nil {
		return err
	}
	e.Title = form.TitleIn(e.Answers, e.Language)
	e.Standfirst = form.Standfirst(e.Answers)
	e.Rendered = ed.Rendered(form, e.Content, pictures)
	if e.Title == "" {
		e.Title = markdown.Excerpt(plain(*e), 80)
	}
	return nil
}

// Rendered renders the long answers as they will be read, for previews too.
func (ed *Editor) Rendered(form press.Form, c press.Content, pictures []press.Media) map[string]string {
	byID := map[string]press.Media{}
	for _, m := range pictures {
		byID[string(m.ID)] = m
	}
	rendered := map[string]string{}
	for _, field := range form.Fields {
		if field.Kind != press.LongText || c.Answers.One(field.Key) == "" {
			continue
		}
		rendered[field.Key] = markdown.Render(c.Answers.One(field.Key), markdown.Options{
			HeadingBase: 2,
			French:      c.Language == "fr",
			LinkBase:    ed.Addresses.Base,
			Image: func(ref string) (markdown.Image, bool) {
				m, ok := byID[strings.TrimPrefix(ref, "media:")]
				if !ok {
					return markdown.Image{}, false
				}
				return ed.image(m), true
			},
		})
	}
	return rendered
}

// RenderedText renders a text that is no contribution's: sanitised HTML.
func (ed *Editor) RenderedText(text, language string) string {
	return markdown.Render(text, markdown.Options{HeadingBase: 2, French: language == "fr", LinkBase: ed.Addresses.Base})
}

func (ed *Editor) image(m press.Media) markdown.Image {
	const column = 880 // CSS pixels that a text's column never exceeds
	best := m.Smallest(column)
	shown := markdown.Image{
		Src: ed.Addresses.BasePath() + best.Path(), WebP: ed.srcset(m.Modern), Sizes: press.TextSizes,
		Alt: m.Alt, Credit: m.Credit, Width: best.Width, Height: best.Height,
	}
	if shown.WebP == "" {
		shown.SrcSet = ed.srcset(m.Variants)
	}
	return shown
}

func (ed *Editor) srcset(variants []press.Variant) string {
	var set []string
	for _, v := range variants {
		set = append(set, ed.Addresses.BasePath()+v.Path()+" "+v.Descriptor())
	}
	return strings.Join(set, ", ")
}

// maxMentioned bounds the pictures placed in one entry's texts.
const maxMentioned = 200

// Mentioned finds the pictures placed in texts, ![…](media:ID): the first
// maxMentioned of them.
func Mentioned(form press.Form, a press.Answers) []press.MediaID {
	var found []press.MediaID
	for _, field := range form.Fields {
		if field.Kind != press.LongText {
			continue
		}
		text := a.One(field.Key)
		for len(found) < maxMentioned {
			_, rest, ok := strings.Cut(text, "](media:")
			if !ok {
				break
			}
			id, after, _ := strings.Cut(rest, ")")
			id, _, _ = strings.Cut(id, " ")
			found = append(found, press.MediaID(id))
			text = after
		}
	}
	return found
}

// plain is the entry's text without markup.
func plain(e press.Entry) string {
	var b strings.Builder
	for _, html := range e.Rendered {
		b.WriteString(markdown.Plain(html))
		b.WriteByte('\n')
	}
	return b.String()
}

// keep writes an entry that exists, with what surrounds it.
func (ed *Editor) keep(ctx context.Context, tx *store.Tx, form press.Form, e *press.Entry) error {
	if err := ed.render(ctx, tx.Reader, form, e); err != nil {
		return err
	}
	if err := tx.UpdateEntry(ctx, *e); err != nil {
		return err
	}
	if err := tx.KeepShared(ctx, e.ID, e.CreatedBy); err != nil {
		return err
	}
	if err := ed.creditActors(ctx, tx, form, e); err != nil {
		return err
	}
	if err := tx.ReplaceTags(ctx, *e, tags(e.Tags)); err != nil {
		return err
	}
	return tx.PlaceMedia(ctx, e.ID, store.Placing{
		Pictures: form.Pictures(e.Answers), Files: form.Files(e.Answers), Texts: Mentioned(form, e.Answers),
	})
}

// Reshape keeps an entry whose answers were read anew since its form changed,
// as a revision made by whoever changed the form.
func (ed *Editor) Reshape(ctx context.Context, tx *store.Tx, form press.Form, e press.Entry, by press.PersonID) error {
	number, err := tx.NextRevision(ctx, e.ID)
	if err != nil {
		return err
	}
	e.Revision = number
	err = tx.InsertRevision(ctx, press.Revision{
		Entry: e.ID, Number: number, Content: e.Content, Kind: press.Reshaped, Base: number - 1, State: press.Kept, MadeBy: by, MadeAt: ed.Now(),
	})
	if err != nil {
		return err
	}
	return ed.keep(ctx, tx, form, &e)
}

// Reshow renders the entries that show a file again, in the transaction in
// which something else was said of it: filing.Cabinet.Reshow.
func (ed *Editor) Reshow(ctx context.Context, tx *store.Tx, id press.MediaID) error {
	showing, err := tx.EntriesShowing(ctx, press.Itself, id)
	if err != nil {
		return err
	}
	for _, e := range showing {
		if e, err = tx.EntryToChange(ctx, e.ID); err != nil {
			return err
		}
		form, err := tx.Form(ctx, press.Itself, e.Form)
		if err != nil {
			return err
		}
		if err := ed.keep(ctx, tx, form, &e); err != nil {
			return err
		}
	}
	return nil
}

func tags(labels []string) []press.Tag {
	var all []press.Tag
	for _, label := range labels {
		if s := slug.Make(label, slugLength); s != "" {
			all = append(all, press.Tag{Slug: s, Label: label})
		}
	}
	return all
}

// address finds a free slug for an entry that was never public.
func (ed *Editor) address(ctx context.Context, tx *store.Tx, e press.Entry, title string) (string, error) {
	want := slug.Make(title, slugLength)
	if want == "" || want == "embedded" { // which is a view of the form's list
		want = strings.TrimSuffix("texte-"+want, "-")
	}
	return tx.FreeSlug(ctx, e.Site, e.Form, e.ID, want)
}

// checkSection refuses a section that is closed or of another site, with a
// fault on its field.
func checkSection(ctx context.Context, r store.Reader, site press.SiteID, id press.SectionID) error {
	if id == "" {
		return nil
	}
	section, err := r.Section(ctx, press.Itself, id)
	if err == nil && section.Site == site && section.ClosedAt.IsZero() {
		return nil
	}
	if err != nil && press.KindOf(err) != press.NotFound {
		return err
	}
	var c press.Checks
	c.Fault("section", "This section was closed meanwhile: choose another one. Your text is kept.")
	return c.Err()
}

func newEvent(kind press.EventKind, e press.Entry, actor press.PersonID, reason string, at time.Time) press.Event {
	return press.Event{Kind: kind, Site: e.Site, Entry: e.ID, Actor: actor, Reason: reason, At: at, Data: map[string]string{}}
}

func newID[T ~string]() T { return T(ids.New()) }
