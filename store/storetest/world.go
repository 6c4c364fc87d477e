package storetest

import (
	"fmt"
	"html"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bourgeon/kit/fold"
	"bourgeon/kit/ids"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// World builds what a test is about, a call a thing, and ends the test when
// something can't be built. Everything that it makes is valid and in French.
type World struct {
	T     testing.TB
	Store *store.Store
	ticks atomic.Int64
}

// Epoch is when worlds begin.
var Epoch = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// NewWorld founds a network in an empty store.
func NewWorld(t testing.TB, s *store.Store) *World {
	t.Helper()
	w := &World{T: t, Store: s}
	w.Write(func(tx *store.Tx) error {
		return tx.SaveNetwork(t.Context(), press.Network{
			Name: "Pays de Kerbalan", Tagline: "On s’écrit", Language: "fr", CreatedAt: w.Now(),
		})
	})
	return w
}

// Now is a second later at each call, so that what is built has an order.
func (w *World) Now() time.Time { return Epoch.Add(time.Duration(w.ticks.Add(1)) * time.Second) }

// Write runs a transaction that must succeed.
func (w *World) Write(f func(*store.Tx) error) {
	w.T.Helper()
	if err := w.Store.Write(w.T.Context(), f); err != nil {
		w.T.Fatal(err)
	}
}

// ID makes an identifier of any noun.
func ID[T ~string]() T { return T(ids.New()) }

// Site opens a site with the built-in forms, changed by with before it is kept.
func (w *World) Site(slug string, with ...func(*press.Site)) press.Site {
	w.T.Helper()
	s := press.Site{
		ID: ID[press.SiteID](), Slug: slug, Name: "Le site " + slug, Languages: []string{"fr", "br"}, Timezone: "Europe/Paris",
		Charter: "Soyons justes.", CharterHTML: "<p>Soyons justes.</p>", Openness: press.First, Revising: press.ReviseAtOnce,
		Licence: "CC-BY-SA-4.0", Look: press.Look{Colour: press.HouseColour}, CreatedAt: w.Now(), Version: 1,
	}
	for _, change := range with {
		change(&s)
	}
	w.Write(func(tx *store.Tx) error {
		if err := tx.InsertSite(w.T.Context(), s); err != nil {
			return err
		}
		for _, f := range press.BuiltInForms() {
			f.ID, f.Site = ID[press.FormID](), s.ID
			if err := tx.InsertForm(w.T.Context(), f); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

// Form finds a form of a site by its address.
func (w *World) Form(site press.Site, slug string) press.Form {
	w.T.Helper()
	return must(w.Store.FormBySlug(w.T.Context(), press.Itself, site.ID, slug))(w.T)
}

// Section adds a section to a site.
func (w *World) Section(site press.Site, name string) press.Section {
	w.T.Helper()
	c := press.Section{ID: ID[press.SectionID](), Site: site.ID, Slug: slug.Make(name, 60), Name: name}
	w.Write(func(tx *store.Tx) error { return tx.SaveSection(w.T.Context(), c) })
	return c
}

// Person makes someone whose address is confirmed.
func (w *World) Person(name string) press.Person {
	w.T.Helper()
	id := ID[press.PersonID]()
	p := press.Person{
		ID: id, Name: name, Email: fmt.Sprintf("%s.%s@example.org", slug.Make(name, 40), id), Language: "fr",
		ConfirmedAt: w.Now(), CreatedAt: w.Now(),
	}
	w.Write(func(tx *store.Tx) error { return tx.SavePerson(w.T.Context(), p) })
	return p
}

// Role gives a person a role on the network (site ""), a site or a section.
func (w *World) Role(p press.Person, role press.Role, site press.SiteID, section press.SectionID) press.Membership {
	w.T.Helper()
	m := press.Membership{
		ID: ID[press.MembershipID](), Person: p.ID, Site: site, Section: section, Role: role, CreatedAt: w.Now(),
	}
	w.Write(func(tx *store.Tx) error { return tx.SaveMembership(w.T.Context(), m) })
	return m
}

// Member makes someone with a role, and is how they see the network.
func (w *World) Member(name string, role press.Role, site press.SiteID, section press.SectionID) press.Viewer {
	w.T.Helper()
	p := w.Person(name)
	w.Role(p, role, site, section)
	return w.Viewer(p)
}

// Viewer is how a person sees the network, with their present roles.
func (w *World) Viewer(p press.Person) press.Viewer {
	w.T.Helper()
	return must(w.Store.Viewer(w.T.Context(), p.ID))(w.T)
}

// Entry keeps an article in a status, with its first revision. Credits, Tags
// and Pictures that with sets are kept too: a credit with a name gets its
// byline. The result is the entry as the store gives it back.
func (w *World) Entry(site press.Site, title string, status press.Status, with ...func(*press.Entry)) press.Entry {
	w.T.Helper()
	now := w.Now()
	e := press.Entry{
		ID: ID[press.EntryID](), Site: site.ID, Form: w.Form(site, "article").ID, Slug: slug.Make(title, 60), Status: status,
		Revision: 1, Title: title, CreatedAt: now, UpdatedAt: now,
		Content: press.Content{
			Answers:  press.Answers{"title": {title}, "text": {"Un texte."}},
			Language: "fr", Licence: site.Licence,
		},
	}
	switch status {
	case press.Published:
		e.ProposedAt, e.PublishedAt = now, now
	case press.Scheduled:
		e.ProposedAt, e.PublishAt = now, now.Add(time.Hour)
	case press.Binned:
		e.Binned = press.Proposed
	case press.Drafted:
	default:
		e.ProposedAt = now
	}
	for _, change := range with {
		change(&e)
	}
	if text := e.Answers.One("text"); text != "" && e.Rendered == nil {
		e.Rendered = map[string]string{"text": "<p>" + html.EscapeString(text) + "</p>"}
	}
	w.Write(func(tx *store.Tx) error { return w.keep(tx, e) })
	return must(w.Store.Entry(w.T.Context(), press.Itself, e.ID))(w.T)
}

func (w *World) keep(tx *store.Tx, e press.Entry) error {
	ctx := w.T.Context()
	if err := tx.InsertEntry(ctx, e); err != nil {
		return err
	}
	err := tx.InsertRevision(ctx, press.Revision{
		Entry: e.ID, Number: 1, Content: e.Content, Kind: press.Created, State: press.Kept, MadeBy: e.CreatedBy, MadeAt: e.CreatedAt,
	})
	if err != nil {
		return err
	}
	if err := w.credit(tx, e.ID, e.Credits); err != nil {
		return err
	}
	var tags []press.Tag
	for _, label := range e.Tags {
		tags = append(tags, press.Tag{Slug: slug.Make(label, 60), Label: label})
	}
	if err := tx.ReplaceTags(ctx, e, tags); err != nil {
		return err
	}
	var placing store.Placing
	for _, m := range e.Pictures {
		placing.Pictures = append(placing.Pictures, m.ID)
	}
	for _, m := range e.Attachments {
		placing.Files = append(placing.Files, m.ID)
	}
	return tx.PlaceMedia(ctx, e.ID, placing)
}

func (w *World) credit(tx *store.Tx, id press.EntryID, credits []press.Credit) error {
	kept := make([]press.Credit, len(credits))
	for i, c := range credits {
		if c.ID == "" {
			c.ID = ID[press.CreditID]()
		}
		if !c.Anonymous() && c.Byline == "" {
			b, err := w.byline(tx, c)
			if err != nil {
				return err
			}
			c.Byline = b.ID
		}
		kept[i] = c
	}
	return tx.ReplaceCredits(w.T.Context(), id, kept)
}

func (w *World) byline(tx *store.Tx, c press.Credit) (press.Byline, error) {
	b := press.Byline{
		ID: ID[press.BylineID](), Slug: slug.Make(c.Name, 60), Kind: c.Kind, Name: c.Name, Organisation: c.Organisation,
	}
	return tx.BylineOf(w.T.Context(), b, fold.Text(c.Name), c.Person)
}

// By signs an entry with a person's own name.
func By(p press.Person) func(*press.Entry) {
	return func(e *press.Entry) {
		e.CreatedBy = p.ID
		e.Credits = append(e.Credits, press.Credit{Role: press.Author, Kind: press.SignName, Name: p.Name, Person: p.ID})
	}
}

// Picture keeps a file's description on a site.
func (w *World) Picture(site press.Site, name string) press.Media {
	w.T.Helper()
	return w.MediaWith(site, func(m *press.Media) { m.Name = name })
}

// MediaWith keeps the description of a file on a site: a picture's, unless with says otherwise.
func (w *World) MediaWith(site press.Site, with func(*press.Media)) press.Media {
	w.T.Helper()
	m := press.Media{
		ID: ID[press.MediaID](), Site: site.ID, Hash: strings.Repeat("a", 64), Type: "image/webp", Bytes: 1234, Width: 800,
		Height: 600, Variants: []press.Variant{{Hash: strings.Repeat("b", 64), Width: 400, Height: 300, Bytes: 500, Type: "image/webp"}},
		Colour: "#336699", Name: "image.png", Alt: "Une image", Credit: "Dom", Licence: "CC-BY-4.0", CreatedAt: w.Now(),
	}
	with(&m)
	w.Write(func(tx *store.Tx) error { return tx.SaveMedia(w.T.Context(), m) })
	return m
}
