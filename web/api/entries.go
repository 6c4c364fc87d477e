package api

import (
	"net/http"
	"slices"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Entries is GET /api/v1/entries.
func (f *Face) Entries(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		s, err := c.selection()
		if err != nil {
			return reply{}, err
		}
		found, err := v.House.Reader.Entries(c.ctx(), v.Viewer, s)
		if err != nil {
			return reply{}, err
		}
		if err := c.translated(found.Entries); err != nil {
			return reply{}, err
		}
		wanted := c.query.list("fields")
		things := each(found.Entries, func(e press.Entry) object { return c.entry(e, wanted, s.Body) })
		return list(things, string(found.Older), string(found.Newer)), nil
	})
}

// Entry is GET /api/v1/entries/{id}.
func (f *Face) Entry(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		e, err := c.entryAsked()
		if err != nil {
			return reply{}, err
		}
		if err := c.translated([]press.Entry{e}); err != nil {
			return reply{}, err
		}
		return reply{body: c.entry(e, c.query.list("fields"), true), etag: tagOf(e)}, nil
	})
}

// entryAsked is the entry that the path names; one that isn't public only with a token for its site.
func (c *call) entryAsked() (press.Entry, error) {
	e, err := c.House.Reader.Entry(c.ctx(), c.Viewer, press.EntryID(c.r.PathValue("id")))
	if err != nil {
		return e, err
	}
	site, err := c.House.Reader.Site(c.ctx(), press.Itself, e.Site)
	if err != nil {
		return e, err
	}
	open := e.Status == press.Published && site.ClosedAt.IsZero()
	if !open && (c.token.ID == "" || !c.token.Covers(e.Site)) {
		return press.Entry{}, nothing()
	}
	return e, nil
}

func nothing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// selection reads what a list of entries is about.
func (c *call) selection() (store.Selection, error) {
	q := c.query
	s := store.Selection{
		FormSlug: q.text("form"), Tag: q.text("tag"), Language: q.text("language"), Licence: press.LicenceID(q.text("licence")),
		From: q.time("since"), To: q.time("until"), Limit: q.limit(), Before: q.cursor("cursor"), After: q.cursor("back"),
	}
	s.Body = slices.ContainsFunc(q.list("fields"), func(name string) bool { return slices.Contains(long, name) })
	site, err := c.siteAsked()
	if err != nil {
		return s, err
	}
	s.Site = site.ID
	if slug := q.text("section"); slug != "" {
		if s.Site == "" {
			return s, badRequest(inQuery.Fault("section", "A section is of a site: name the site too."))
		}
		section, err := c.House.Reader.SectionBySlug(c.ctx(), c.Viewer, s.Site, slug)
		if err != nil {
			return s, unknown(err, inQuery.Fault("section", "There is no such section on this site."))
		}
		s.Section = section.ID
	}
	if slug := q.text("author"); slug != "" {
		byline, err := c.House.Reader.PublicByline(c.ctx(), c.Viewer, slug)
		if err != nil {
			return s, unknown(err, inQuery.Fault("author", "Nobody of that name is published here."))
		}
		s.Byline = byline.ID
	}
	if text := q.text("q"); text != "" {
		if err := c.Allow(c.House.Limits.Search); err != nil {
			return s, err
		}
		if s.Query = terms.Parse(text); s.Query.Empty() {
			return s, badRequest(inQuery.Fault("q", "Give at least one word to look for."))
		}
	}
	return s, c.private(&s)
}

// private adds what only a token opens: other statuses, one's own.
func (c *call) private(s *store.Selection) error {
	statuses := c.query.list("status")
	mine := c.query.text("mine") == "true"
	for _, status := range statuses {
		s.Statuses = append(s.Statuses, press.Status(status))
	}
	if !mine && (len(statuses) == 0 || len(statuses) == 1 && s.Statuses[0] == press.Published) {
		s.Statuses = nil
		return nil
	}
	if s.Site == "" {
		s.Site = c.token.Site
	}
	if err := c.needs(press.ScopeRead, s.Site); err != nil {
		return err
	}
	if mine {
		s.Person = c.token.Person
		if len(statuses) == 0 {
			s.Statuses = everyStatus
		}
	}
	return nil
}

var everyStatus = []press.Status{
	press.Drafted, press.Proposed, press.Scheduled, press.Published, press.Returned, press.Refused, press.Withdrawn, press.Binned,
}

// Changes is GET /api/v1/changes: what became public, changed or ceased to be, in an order that lasts.
func (f *Face) Changes(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.readFresh(v, w, r, func(c *call) (reply, error) {
		site, err := c.siteAsked()
		if err != nil {
			return reply{}, err
		}
		after, limit := c.query.cursor("cursor"), c.query.limit()
		all, err := v.House.Reader.Changes(c.ctx(), press.Viewer{}, site.ID, after, limit+1)
		if err != nil {
			return reply{}, err
		}
		more := len(all) > limit
		all = all[:min(len(all), limit)]
		if len(all) > 0 {
			after = all[len(all)-1].At
		}
		things, err := c.changes(all)
		rep := reply{body: object{{"data", things}, {"cursor", after}, {"more", more}}}
		if more {
			rep.next = string(after)
		}
		return rep, err
	}, false)
}

// changes shows each entry as it is now: one that left the public since the list was read is told as gone, and will be
// listed again.
func (c *call) changes(all []store.Change) ([]object, error) {
	var public []press.EntryID
	for _, change := range all {
		if change.Public {
			public = append(public, change.Entry)
		}
	}
	byID := map[press.EntryID]press.Entry{}
	if len(public) > 0 {
		found, err := c.House.Reader.Entries(c.ctx(), press.Viewer{}, store.Selection{IDs: public, Limit: len(public), Body: true})
		if err != nil {
			return nil, err
		}
		if err := c.translated(found.Entries); err != nil {
			return nil, err
		}
		for _, e := range found.Entries {
			byID[e.ID] = e
		}
	}
	wanted := c.query.list("fields")
	return each(all, func(change store.Change) object {
		o := object{{"id", change.Entry}, {"site", change.Slug}}
		e, there := byID[change.Entry]
		if !there {
			return append(o, member{"deleted", true})
		}
		return append(o, member{"deleted", false}, member{"entry", c.entry(e, wanted, true)})
	}), nil
}
