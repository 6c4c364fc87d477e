package reader

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"bourgeon/kit/embed"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// composer turns a rendered text with directives into the pieces of a page.
// It remembers which entries stand on the page, so that none comes twice among
// lead, seconds and lists.
type composer struct {
	v      *page.Visit
	shown  map[press.EntryID]bool
	embeds page.Embeds
	// streams counts the streams so far: the first is set larger.
	streams int
}

func newComposer(v *page.Visit, except ...press.EntryID) *composer {
	c := &composer{v: v, shown: map[press.EntryID]bool{}}
	for _, id := range except {
		c.shown[id] = true
	}
	return c
}

// block is a piece of a page: HTML of the text, or a component in place of a
// directive.
type block struct {
	html string
	live templ.Component
}

// blocks splits a rendered text. A directive that nobody knows, or that has
// nothing to show, leaves no trace.
func (c *composer) blocks(ctx context.Context, html string) ([]block, error) {
	var blocks []block
	segments := markdown.Segments(html)
	for i := 0; i < len(segments); i++ {
		d := segments[i].Directive
		if d == nil {
			if card, known := embed.Of(segments[i].Address, c.v.House.Servers); known {
				c.embeds.Add(card)
				blocks = append(blocks, block{live: page.Card(c.v, card)})
				continue
			}
			blocks = append(blocks, block{html: segments[i].HTML})
			continue
		}
		var live templ.Component
		var err error
		if next := following(segments, i); d.Name == "lead" && (next == "seconds" || next == "latest") {
			if live, err = c.front(ctx, *segments[i+1].Directive); next == "seconds" {
				i++
			}
		} else {
			live, err = c.directive(ctx, *d)
		}
		if err != nil {
			return nil, err
		}
		if live != nil {
			blocks = append(blocks, block{live: live})
		}
	}
	return blocks, nil
}

// following is the name of the directive that stands right after a segment and
// isn't about a part of the site.
func following(segments []markdown.Segment, i int) string {
	if i+1 == len(segments) || segments[i+1].Directive == nil {
		return ""
	}
	next := segments[i+1].Directive
	if next.Args["section"] != "" || next.Args["form"] != "" {
		return "" // a choice of its own
	}
	return next.Name
}

func (c *composer) directive(ctx context.Context, d markdown.Directive) (templ.Component, error) {
	switch d.Name {
	case "lead":
		lead, err := c.lead(ctx)
		if err != nil || lead == nil {
			return nil, err
		}
		return page.LeadCard(c.v, *lead), nil
	case "seconds":
		entries, err := c.seconds(ctx, count(d, 3, 6))
		if err != nil || len(entries) == 0 {
			return nil, err
		}
		return secondsRow(c.v, entries), nil
	case "latest":
		return c.latestStream(ctx, d)
	case "sections":
		return c.sections(ctx, count(d, 3, 12))
	case "debuts":
		return c.debuts(ctx, count(d, 5, 20))
	case "writers":
		n, err := c.v.House.Reader.Writers(ctx, c.v.Viewer, c.v.Site.ID)
		if err != nil {
			return nil, err
		}
		return invitation(c.v, n), nil
	case "form":
		shown, err := c.form(ctx, d.Args, count(d, 6, 60))
		if err != nil || shown == nil {
			return nil, err
		}
		return inPage(c.v, shown), nil
	case "page":
		return c.page(ctx, d.Args["slug"])
	case "tags":
		tags, err := c.v.House.Reader.Tags(ctx, c.v.Viewer, c.v.Site.ID, count(d, 30, 100))
		if err != nil || len(tags) == 0 {
			return nil, err
		}
		return tagStream(c.v, tags), nil
	}
	return nil, nil
}

// count reads how many a directive asks for.
func count(d markdown.Directive, usual, most int) int {
	n, err := strconv.Atoi(d.Args["count"])
	if err != nil || n < 1 {
		return usual
	}
	return min(n, most)
}

// lead is the entry featured last, else the newest; nil on an empty site.
func (c *composer) lead(ctx context.Context) (*press.Entry, error) {
	for _, s := range []store.Selection{{Featured: true, Order: store.Featured}, {}} {
		entries, err := c.latest(ctx, s, 1)
		if err != nil {
			return nil, err
		}
		if len(entries) > 0 {
			return &entries[0], nil
		}
	}
	return nil, nil
}

// latest takes the first n entries of a selection that aren't on the page yet.
func (c *composer) latest(ctx context.Context, s store.Selection, n int) ([]press.Entry, error) {
	entries, err := c.unseen(ctx, s, n)
	for _, e := range entries {
		c.shown[e.ID] = true
	}
	return entries, err
}

// unseen finds what latest takes.
func (c *composer) unseen(ctx context.Context, s store.Selection, n int) ([]press.Entry, error) {
	s.Site = c.v.Site.ID
	s.Limit = n + len(c.shown)
	found, err := c.v.House.Reader.Entries(ctx, c.v.Viewer, s)
	if err != nil {
		return nil, err
	}
	entries := slices.DeleteFunc(found.Entries, func(e press.Entry) bool { return c.shown[e.ID] })
	return entries[:min(n, len(entries))], nil
}

// front is the lead with seconds beside it: as many as asked for, or the first
// of the latest that follow.
func (c *composer) front(ctx context.Context, next markdown.Directive) (templ.Component, error) {
	lead, err := c.lead(ctx)
	if err != nil || lead == nil {
		return nil, err
	}
	beside := 3
	if next.Name == "seconds" {
		beside = count(next, beside, 6)
	}
	entries, err := c.seconds(ctx, beside)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return page.LeadCard(c.v, *lead), nil
	}
	return frontGrid(c.v, *lead, entries), nil
}

// seconds are the n latest entries, where two briefs count as one: they are
// small, and the column beside the lead shall be full.
func (c *composer) seconds(ctx context.Context, n int) ([]press.Entry, error) {
	found, err := c.unseen(ctx, store.Selection{}, 2*n)
	if err != nil {
		return nil, err
	}
	var entries []press.Entry
	for room := 2 * n; room > 0 && len(found) > 0; found = found[1:] {
		entries = append(entries, found[0])
		c.shown[found[0].ID] = true
		if room--; !brief(found[0]) {
			room--
		}
	}
	return entries, nil
}

func (c *composer) latestStream(ctx context.Context, d markdown.Directive) (templ.Component, error) {
	s := stream{Name: c.v.T("Latest"), Link: c.v.Link("/archive"), Show: page.Show{Picture: true, Standfirst: true, Section: true}}
	var selection store.Selection
	if slug := d.Args["section"]; slug != "" {
		section, err := c.v.House.Reader.SectionBySlug(ctx, c.v.Viewer, c.v.Site.ID, slug)
		if press.KindOf(err) == press.NotFound && err != nil {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		section = section.In(c.v.L.Lang())
		selection.Section = section.ID
		s.Name, s.Words, s.Link, s.Show.Section = section.Name, section.Description, c.v.Link("/section/"+section.Slug), false
	}
	if slug := d.Args["form"]; slug != "" {
		form, err := c.v.House.Reader.FormBySlug(ctx, c.v.Viewer, c.v.Site.ID, slug)
		if press.KindOf(err) == press.NotFound && err != nil {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		selection.Form = form.ID
		if selection.Section == "" {
			s.Name, s.Link = form.Plural.In(c.v.L.Lang()), c.v.Link("/"+form.Slug+"/")
		}
	}
	var err error
	if s.Entries, err = c.latest(ctx, selection, count(d, 12, 60)); err != nil || len(s.Entries) == 0 {
		return nil, err
	}
	return c.streamOf(s), nil
}

// sections is a stream for each section of the site that has something new to
// show.
func (c *composer) sections(ctx context.Context, n int) (templ.Component, error) {
	var all []templ.Component
	for _, section := range c.v.Sections {
		entries, err := c.latest(ctx, store.Selection{Section: section.ID}, n)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			continue
		}
		all = append(all, c.streamOf(stream{
			Name: section.Name, Words: section.Description, Link: c.v.Link("/section/" + section.Slug), Entries: entries,
			Show: page.Show{Picture: true, Standfirst: true},
		}))
	}
	if len(all) == 0 {
		return nil, nil
	}
	return templ.Join(all...), nil
}

// streamOf chooses how a stream is laid out: the page's first one may lead with
// a picture, two entries share the width, others stand three across.
func (c *composer) streamOf(s stream) templ.Component {
	_, pictured := s.Entries[0].Lead()
	switch {
	case c.streams == 0 && len(s.Entries) == 3 && pictured:
		s.Layout = "led"
	case len(s.Entries) == 2:
		s.Layout = "two"
	}
	c.streams++
	return streamSection(c.v, s)
}

// page is the text of a page of the site, under its title.
func (c *composer) page(ctx context.Context, slug string) (templ.Component, error) {
	e, err := c.v.House.Reader.EntryBySlug(ctx, c.v.Viewer, c.v.Site.ID, "page", slug)
	if kind := press.KindOf(err); err != nil && (kind == press.NotFound || kind == press.Gone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if e.Status != press.Published || c.shown[e.ID] {
		return nil, nil
	}
	c.shown[e.ID] = true // it might show itself
	if e, err = spoken(ctx, c.v, e); err != nil {
		return nil, err
	}
	form, err := c.v.House.Reader.Form(ctx, c.v.Viewer, e.Form)
	if err != nil {
		return nil, err
	}
	html := ""
	for _, field := range form.Fields {
		html += e.Rendered[field.Key]
	}
	blocks, err := c.blocks(ctx, html)
	if err != nil {
		return nil, err
	}
	return pageStream(c.v, e, blocks), nil
}

// debutant is someone whose first text was published lately.
type debutant struct {
	Credit press.Credit
	Entry  press.Entry
}

func (c *composer) debuts(ctx context.Context, n int) (templ.Component, error) {
	found, err := c.v.House.Reader.Entries(ctx, c.v.Viewer, store.Selection{Site: c.v.Site.ID, Debut: true, Limit: 2 * n})
	if err != nil {
		return nil, err
	}
	var all []debutant
	seen := map[press.BylineID]bool{}
	for _, e := range found.Entries {
		for _, credit := range e.Authors() {
			if len(all) == n || credit.Anonymous() || seen[credit.Byline] {
				continue
			}
			seen[credit.Byline] = true
			all = append(all, debutant{credit, e})
			break
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return debutStream(c.v, all), nil
}
