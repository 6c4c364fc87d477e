package feeds

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"strings"

	"bourgeon/kit/feed"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/web/page"
)

// item is an entry without its text.
func item(v *page.Visit, e press.Entry) feed.Item {
	origin := v.Addresses.Site(e.Address.SiteSlug, e.Address.SiteHost)
	i := feed.Item{
		ID: "urn:uuid:" + string(e.ID), URL: v.Addresses.Entry(e), Title: v.Set(e.Language, e.Title), Language: e.Language,
		Published: e.PublishedAt, Updated: e.UpdatedAt, Summary: v.Set(e.Language, page.Summary(e, summaryLength)), Licence: licence(v, e.Licence),
	}
	if i.Updated.Before(e.PublishedAt) {
		i.Updated = e.PublishedAt
	}
	for _, c := range e.Credits {
		person := feed.Person{Name: v.Named(c)}
		if !c.Anonymous() && c.Slug != "" {
			person.URL = origin + "/author/" + c.Slug
		}
		if c.Role == press.Author {
			i.Authors = append(i.Authors, person)
		} else {
			person.Role = string(c.Role)
			i.Contributors = append(i.Contributors, person)
		}
	}
	if len(i.Authors) == 0 {
		i.Authors = []feed.Person{{Name: v.T("Anonymous")}}
	}
	if e.Address.SectionSlug != "" {
		i.Categories = append(i.Categories, feed.Category{
			Term: e.Address.SectionSlug, Scheme: origin + "/section/", Label: v.SectionName(e),
		})
	}
	for _, t := range e.TagList {
		i.Categories = append(i.Categories, feed.Category{Term: t.Slug, Scheme: origin + "/tag/", Label: t.Label})
	}
	if link := e.Provenance.Link(); link != "" {
		i.Via = &feed.Link{URL: link, Title: e.Provenance.Title}
	}
	if v.AtPortal() {
		i.Origin = &feed.Origin{
			ID: "urn:uuid:" + string(e.Site), Title: v.SiteName(e), Home: origin + "/", Self: origin + "/feed.atom",
		}
	}
	if e.Address.Talks {
		i.Talk = origin + "/talk/" + e.Path()
		i.TalkFeed = i.Talk + "/feed.atom"
	}
	if m, ok := e.Lead(); ok {
		best := m.Smallest(pictureWidth)
		i.Picture = &feed.Picture{
			URL: v.Addresses.File(best), Type: best.Type, Bytes: best.Bytes, Width: best.Width, Height: best.Height,
			Alt: m.Alt, Caption: v.Set(e.Language, m.Caption), Credit: v.Maker(m), Licence: licence(v, m.Licence),
		}
	}
	for _, m := range e.Attachments {
		i.Attachments = append(i.Attachments, feed.Attachment{
			URL: v.AttachmentAddress(m), Type: m.Type, Bytes: m.Bytes, Title: v.Set(e.Language, m.Label()), Credit: v.Maker(m), Licence: licence(v, m.Licence),
		})
	}
	return i
}

// summaryLength bounds what stands for the text in a headline, in characters.
const summaryLength = 400

// pictureWidth is that of pictures in feeds, in pixels.
const pictureWidth = 1200

func licence(v *page.Visit, id press.LicenceID) feed.Licence {
	l, ok := press.LicenceByID(id)
	if !ok {
		return feed.Licence{}
	}
	return feed.Licence{Words: l.Name + " · " + v.LicenceWords(l), URL: l.URL}
}

// texts writes whole texts, and remembers the forms that say in which order.
type texts struct {
	v     *page.Visit
	forms map[press.FormID]press.Form
}

// of is the whole text of an entry with its pictures, as HTML that stands by itself: addresses are absolute, and directives,
// which are lists of the site, are left out.
func (t texts) of(ctx context.Context, e press.Entry) (string, error) {
	form, known := t.forms[e.Form]
	if !known {
		var err error
		if form, err = t.v.House.Reader.Form(ctx, t.v.Viewer, e.Form); err != nil {
			return "", err
		}
		t.forms[e.Form] = form
	}
	var b strings.Builder
	lead, others := e.Illustrations()
	if lead != nil {
		t.figure(&b, e, *lead)
	}
	if e.Standfirst != "" {
		b.WriteString("<p><strong>" + html.EscapeString(t.v.Set(e.Language, e.Standfirst)) + "</strong></p>\n")
	}
	for _, field := range form.Fields {
		if e.Rendered[field.Key] == "" {
			continue
		}
		if field.Role != press.RoleBody {
			b.WriteString("<h2>" + html.EscapeString(t.v.Set(e.Language, field.Label.In(e.Language))) + "</h2>\n")
		}
		for _, segment := range markdown.Segments(e.Rendered[field.Key]) {
			b.WriteString(segment.HTML)
		}
	}
	for _, m := range others {
		t.figure(&b, e, m)
	}
	for _, m := range e.Attachments {
		fmt.Fprintf(&b, "<p><a href=\"%s\">%s</a> %s</p>\n", html.EscapeString(t.v.AttachmentAddress(m)),
			html.EscapeString(t.v.Set(e.Language, m.Label())), html.EscapeString(t.v.MadeBy(m)))
	}
	return absolute(b.String(), host(t.v), t.v.Addresses.Entry(e)), nil
}

// figure is a picture with who made it.
func (t texts) figure(b *strings.Builder, e press.Entry, m press.Media) {
	best := m.Smallest(pictureWidth)
	fmt.Fprintf(b, `<figure><img src="%s" alt="%s" width="%d" height="%d">`, html.EscapeString(t.v.Addresses.BasePath()+best.Path()),
		html.EscapeString(m.Alt), best.Width, best.Height)
	var words []string
	if m.Caption != "" {
		words = append(words, t.v.Set(e.Language, m.Caption))
	}
	if made := t.v.MadeBy(m); made != "" {
		words = append(words, made)
	}
	if licence, ok := press.LicenceByID(m.Licence); ok && len(words) > 0 {
		words = append(words, "("+licence.Name+")")
	}
	if len(words) > 0 {
		b.WriteString("<figcaption>" + html.EscapeString(strings.Join(words, " ")) + "</figcaption>")
	}
	b.WriteString("</figure>\n")
}

// host is the network's address without its path.
func host(v *page.Visit) string {
	return strings.TrimSuffix(v.Addresses.Base, v.Addresses.BasePath())
}

var (
	attribute = regexp.MustCompile(`( (?:src|href)=")([/#][^"]*)`)
	// What offers a browser several files of one picture: a feed has the one that everybody reads.
	choices = regexp.MustCompile(`<source [^>]*>| srcset="[^"]*"`)
)

// absolute makes the addresses of sanitised HTML absolute. Attributes there are quoted by double quotes, always.
func absolute(page, host, entry string) string {
	page = choices.ReplaceAllString(page, "")
	return attribute.ReplaceAllStringFunc(page, func(s string) string {
		m := attribute.FindStringSubmatch(s)
		switch {
		case strings.HasPrefix(m[2], "#"):
			return m[1] + entry + m[2]
		case strings.HasPrefix(m[2], "//"):
			return s
		}
		return m[1] + host + m[2]
	})
}
