package reader

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"bourgeon/kit/frontmatter"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Source answers with the entry's text as it was written, headed by what one must know to reuse it: a field for each fact,
// in the order of the page. What follows a credit or a picture (author-organisation, picture-alt …) is of that one. It
// holds what the page shows, and nothing private.
func Source(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	e, ok, err := entryAt(v, w, r, "/source.md")
	if err != nil || !ok {
		return err
	}
	form, err := v.House.Reader.Form(r.Context(), v.Viewer, e.Form)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/markdown; charset=utf-8")
	if e.Status != press.Published {
		h.Set("X-Robots-Tag", "noindex")
	}
	_, err = w.Write([]byte(frontmatter.Write(sourceFields(v, e), sourceBody(v, form, e))))
	return err
}

func sourceFields(v *page.Visit, e press.Entry) []frontmatter.Field {
	var fields []frontmatter.Field
	add := func(key, value string) {
		if value != "" {
			fields = append(fields, frontmatter.Field{Key: key, Value: value})
		}
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return v.ISO(t)
	}
	add("title", e.Title)
	add("standfirst", e.Standfirst)
	for _, c := range e.Credits {
		add(string(c.Role), v.Named(c))
		if !c.Anonymous() && c.Organisation != c.Name {
			add(string(c.Role)+"-organisation", c.Organisation)
		}
	}
	add("date", day(e.PublishedAt))
	if e.UpdatedAt.After(e.PublishedAt) {
		add("updated", day(e.UpdatedAt))
	}
	add("version", strconv.Itoa(e.Revision))
	add("language", e.Language)
	add("licence", string(e.Licence))
	if l, ok := press.LicenceByID(e.Licence); ok {
		add("licence-url", l.URL)
	}
	add("site", e.Address.SiteName)
	add("form", e.Address.FormSlug)
	add("section", e.Address.SectionName)
	for _, t := range e.TagList {
		add("tag", t.Label)
	}
	if from := e.Provenance; from.Kind != press.Original {
		add("provenance", string(from.Kind))
		add("source-title", from.Title)
		add("source-author", from.Author)
		add("source-licence", string(from.Licence))
		add("source", from.URL)
	}
	add("url", v.Addresses.Entry(e))
	for _, m := range e.Pictures {
		best := m.Smallest(m.Width)
		add("picture", v.Addresses.File(best))
		add("picture-alt", m.Alt)
		add("picture-caption", m.Caption)
		add("picture-credit", v.Maker(m))
		add("picture-origin", m.Origin)
		add("picture-licence", string(m.Licence))
	}
	for _, m := range e.Attachments {
		add("file", v.AttachmentAddress(m))
		add("file-title", m.Label())
		add("file-type", m.Type)
		add("file-credit", v.Maker(m))
		add("file-licence", string(m.Licence))
	}
	return fields
}

// sourceBody is the long answers; those besides the body stand under their question. Pictures in the text, which writers
// name by "media:", have their address: it says the same anywhere.
func sourceBody(v *page.Visit, form press.Form, e press.Entry) string {
	var b strings.Builder
	for _, field := range form.Shown(e.Answers) {
		if field.Kind != press.LongText {
			if words := v.Answer(field, e.Answers[field.Key]); words != "" && field.Role == "" {
				b.WriteString("**" + field.Label.In(e.Language) + "** " + words + "\n\n")
			}
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		if field.Role != press.RoleBody {
			b.WriteString("## " + field.Label.In(e.Language) + "\n\n")
		}
		b.WriteString(e.Answers.One(field.Key) + "\n")
	}
	var addresses []string
	for _, m := range e.Pictures {
		addresses = append(addresses, "(media:"+string(m.ID), "("+v.Addresses.File(m.Smallest(m.Width)))
	}
	return strings.NewReplacer(addresses...).Replace(b.String())
}
