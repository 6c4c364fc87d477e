package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"bourgeon/kit/markdown"
	"bourgeon/kit/slug"
	"bourgeon/press"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encoder.Encode(m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// list is a page of things.
func list(things any, next, prev string) reply {
	return reply{body: object{{"data", things}}, next: next, prev: prev}
}

// optional is a time, or null.
func optional(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// each makes a JSON list, never null.
func each[T any](all []T, f func(T) object) []object {
	list := make([]object, 0, len(all))
	for _, one := range all {
		list = append(list, f(one))
	}
	return list
}

// host is the network's address without its path: what /media begins from.
func (c *call) host() string { return strings.TrimSuffix(c.Addresses.Base, c.Addresses.BasePath()) }

func (c *call) site(s press.Site) object {
	home := c.Addresses.Site(s.Slug, s.Host)
	return object{
		{"slug", s.Slug}, {"name", s.Name}, {"tagline", s.Tagline}, {"url", home + "/"}, {"languages", s.Languages},
		{"timezone", s.Timezone}, {"licence", s.Licence}, {"openness", s.Openness}, {"colour", s.Look.Dressed().Colour},
		{"charter", home + "/charter"}, {"feed", home + "/feed.atom"}, {"created", s.CreatedAt},
	}
}

func form(s press.Site) func(press.Form) object {
	return func(f press.Form) object {
		openness := f.Openness
		if openness == "" {
			openness = s.Openness
		}
		return object{
			{"slug", f.Slug}, {"name", f.Name}, {"plural", f.Plural}, {"pitch", f.Pitch}, {"openness", openness}, {"listed", f.Listed},
			{"fields", each(f.Asked(press.Viewer{}, true), field)},
		}
	}
}

func field(f press.Field) object {
	o := object{{"key", f.Key}, {"kind", f.Kind}, {"label", f.Label}, {"required", f.Required}}
	if f.Role != "" {
		o = append(o, member{"role", f.Role})
	}
	if len(f.Help) > 0 {
		o = append(o, member{"help", f.Help})
	}
	if f.Max > 0 {
		o = append(o, member{"max", f.Max})
	}
	if f.Kind.Chosen() {
		o = append(o, member{"options", each(f.Choosable(), option)}, member{"other", f.Other})
	}
	if f.When != nil {
		o = append(o, member{"when", f.When})
	}
	if f.Means != "" {
		o = append(o, member{"means", f.Means})
	}
	return o
}

func option(o press.Option) object { return object{{"key", o.Key}, {"label", o.Label}} }

func licence(l press.Licence) object {
	return object{
		{"id", l.ID}, {"name", l.Name}, {"url", text(l.URL)}, {"plain", l.Plain}, {"free", l.Free}, {"adapt", l.Adapt}, {"sell", l.Sell},
		{"share_alike", l.ShareAlike},
	}
}

// person is a public identity. Whether a name is a pen name is nobody's business: both are a "person".
func (c *call) person(b press.Byline) object {
	return object{
		{"slug", b.Slug}, {"type", typeOf(b.Kind)}, {"name", b.Name}, {"organisation", text(b.Organisation)}, {"entries", b.Entries},
		{"entries_url", c.address("/entries?author=" + b.Slug)},
	}
}

func typeOf(k press.SignatureKind) string {
	if k == press.SignOrganisation {
		return "organisation"
	}
	return "person"
}

func credit(k press.Credit) object { return append(object{{"role", k.Role}}, signature(k)...) }

func signature(k press.Credit) object {
	if k.Anonymous() {
		return object{{"type", "anonymous"}}
	}
	return object{{"type", typeOf(k.Kind)}, {"name", k.Name}, {"organisation", text(k.Organisation)}, {"person", text(k.Slug)}}
}

// media leaves out the name that the file had, who sent it, and whether they said that it is theirs.
func (c *call) media(m press.Media) object {
	path := press.Variant{Hash: m.Hash, Type: m.Type}.Path()
	if m.Kind() != press.PictureFile {
		path = m.Path(slug.Make(m.Title, 60))
	}
	return object{
		{"id", m.ID}, {"kind", m.Kind()}, {"url", c.Addresses.Base + path}, {"type", m.Type}, {"width", m.Width}, {"height", m.Height},
		{"bytes", m.Bytes}, {"colour", m.Colour}, {"title", m.Title}, {"alt", m.Alt}, {"caption", m.Caption}, {"credit", m.Credit},
		{"origin", text(m.Origin)}, {"licence", m.Licence}, {"transcript", m.Transcript},
		{"variants", each(slices.Concat(m.Variants, m.Modern), c.variant)},
	}
}

func (c *call) variant(v press.Variant) object {
	return object{{"url", c.Addresses.Base + v.Path()}, {"type", v.Type}, {"width", v.Width}, {"height", v.Height}, {"bytes", v.Bytes}}
}

func provenance(p press.Provenance) any {
	if p.Kind == press.Original {
		return nil
	}
	return object{{"kind", p.Kind}, {"title", p.Title}, {"url", text(p.URL)}, {"author", text(p.Author)}, {"licence", text(string(p.Licence))}}
}

// long are the members of an entry that lists leave out unless asked for.
var long = []string{"answers", "html"}

// entry has the members asked for, or those that are usual.
func (c *call) entry(e press.Entry, wanted []string, whole bool) object {
	all := object{
		{"id", e.ID}, {"url", c.Addresses.Entry(e)}, {"site", e.Address.SiteSlug}, {"form", e.Address.FormSlug}, {"section", section(e)},
		{"tags", each(e.TagList, tag)}, {"title", e.Title}, {"standfirst", e.Standfirst}, {"language", e.Language}, {"licence", e.Licence},
		{"status", e.Status}, {"revision", e.Revision}, {"debut", e.Debut}, {"featured", !e.FeaturedAt.IsZero()},
		{"published", optional(e.PublishedAt)}, {"updated", e.UpdatedAt}, {"credits", each(e.Credits, credit)},
		{"provenance", provenance(e.Provenance)}, {"translations", each(c.translations[e.ID], c.translation)}, {"pictures", each(e.Pictures, c.media)},
		{"attachments", each(e.Attachments, c.media)},
	}
	if whole {
		answers := e.Answers
		if answers == nil {
			answers = press.Answers{}
		}
		all = append(all, member{"answers", answers}, member{"html", c.rendered(e)})
	}
	if len(wanted) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(m member) bool { return m.name != "id" && !slices.Contains(wanted, m.name) })
}

// translated finds what says the same as some entries in other languages, for entry to tell.
func (c *call) translated(entries []press.Entry) (err error) {
	c.translations, err = c.House.Reader.TranslationsOf(c.ctx(), c.Viewer, entries)
	return err
}

func (c *call) translation(e press.Entry) object {
	return object{{"id", e.ID}, {"url", c.Addresses.Entry(e)}, {"language", e.Language}, {"title", e.Title}}
}

func section(e press.Entry) any {
	if e.Address.SectionSlug == "" {
		return nil
	}
	return object{{"slug", e.Address.SectionSlug}, {"name", e.Address.SectionName}}
}

func tag(t press.Tag) object { return object{{"slug", t.Slug}, {"label", t.Label}} }

// rendered is the sanitised HTML of long answers with absolute addresses. Directives, which are lists of the site, are
// left out.
func (c *call) rendered(e press.Entry) object {
	o := object{}
	for _, key := range slices.Sorted(maps.Keys(e.Rendered)) {
		var b strings.Builder
		for _, segment := range markdown.Segments(e.Rendered[key]) {
			b.WriteString(segment.HTML)
		}
		o = append(o, member{key, whole(b.String(), c.host(), c.Addresses.Entry(e))})
	}
	return o
}

var linked = regexp.MustCompile(`( (?:src|href|srcset)=")([^"]*)`)

// whole makes the addresses of sanitised HTML absolute; attributes there are quoted by double quotes, always.
func whole(html, host, entry string) string {
	return linked.ReplaceAllStringFunc(html, func(s string) string {
		m := linked.FindStringSubmatch(s)
		places := strings.Split(m[2], ", ")
		for i, place := range places {
			switch {
			case strings.HasPrefix(place, "#"):
				places[i] = entry + place
			case strings.HasPrefix(place, "/") && !strings.HasPrefix(place, "//"):
				places[i] = host + place
			}
		}
		return m[1] + strings.Join(places, ", ")
	})
}
