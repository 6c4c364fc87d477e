package hosting

import (
	"cmp"
	"context"
	"embed"
	"fmt"

	"bourgeon/press"
	"bourgeon/store"
)

// SiteDraft is a site to open. What is left out has a default, save its slug
// and name: French, the time of Paris, a charter to start from, first
// contributions read before, CC BY-SA 4.0.
type SiteDraft struct {
	Description
	Slug string
	Host string
	Look press.Look
}

// texts are what a new site begins with, by language: its charter, and the
// text of its front page.
//
//go:embed texts
var texts embed.FS

func text(name, language string) (string, error) {
	b, err := texts.ReadFile("texts/" + name + "." + language + ".md")
	if err != nil {
		b, err = texts.ReadFile("texts/" + name + "." + press.Languages[0] + ".md")
	}
	return string(b), err
}

// OpenSite opens a site with the built-in forms and a front page. Whoever
// opens it becomes its steward.
func (h *Host) OpenSite(ctx context.Context, v press.Viewer, d SiteDraft) (press.Site, error) {
	var s press.Site
	err := h.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if !v.May(press.Steward, "", "") {
			return press.Problem(press.Forbidden, "Only the network's stewards open sites: ask one of them.")
		}
		if s, err = h.site(d); err != nil {
			return err
		}
		if err := h.check(ctx, tx.Reader, s); err != nil {
			return err
		}
		if err := tx.InsertSite(ctx, s); err != nil {
			return err
		}
		if err := h.seed(ctx, tx, v, &s); err != nil {
			return err
		}
		if v.Known() {
			err := tx.SaveMembership(ctx, press.Membership{
				ID: newID[press.MembershipID](), Person: v.Person, Site: s.ID, Role: press.Steward, GivenBy: v.Person, CreatedAt: s.CreatedAt,
			})
			if err != nil {
				return err
			}
		}
		if err := tx.UpdateSite(ctx, s); err != nil {
			return err
		}
		if err := tx.Touch(ctx, s.ID); err != nil {
			return err
		}
		if err := tx.Emit(ctx, press.Event{Kind: press.SiteOpened, Site: s.ID, Actor: v.Person, At: s.CreatedAt}); err != nil {
			return err
		}
		s, err = tx.Site(ctx, press.Itself, s.ID)
		return err
	})
	if err != nil {
		return press.Site{}, fmt.Errorf("open a site: %w", err)
	}
	return s, nil
}

// site makes a site of a draft, its defaults filled in.
func (h *Host) site(d SiteDraft) (press.Site, error) {
	if len(d.Languages) == 0 {
		d.Languages = []string{press.Languages[0]}
	}
	d.Timezone = cmp.Or(d.Timezone, "Europe/Paris")
	d.Openness = cmp.Or(d.Openness, press.First)
	d.Revising = cmp.Or(d.Revising, press.ReviseAtOnce)
	d.Licence = cmp.Or(d.Licence, press.Licences[0].ID)
	if press.Clean(d.Charter) == "" {
		charter, err := text("charter", d.Languages[0])
		if err != nil {
			return press.Site{}, fmt.Errorf("read the first charter: %w", err)
		}
		d.Charter = charter
	}
	s := press.Site{ID: newID[press.SiteID](), Talk: press.TalkAfter, CreatedAt: h.Now()}
	s.Slug, s.Host = tidyAddress(d.Slug, d.Host)
	h.apply(&s, d.Description)
	s.Look = h.dressed(d.Look)
	return s, nil
}

// seed gives a new site its forms and its front page.
func (h *Host) seed(ctx context.Context, tx *store.Tx, v press.Viewer, s *press.Site) error {
	for _, form := range press.BuiltInForms() {
		form.ID, form.Site = newID[press.FormID](), s.ID
		if err := tx.InsertForm(ctx, form); err != nil {
			return err
		}
		if form.BuiltIn != "page" {
			continue
		}
		front, err := h.front(*s, form, v)
		if err != nil {
			return err
		}
		if err := tx.InsertEntry(ctx, front); err != nil {
			return err
		}
		err = tx.InsertRevision(ctx, press.Revision{
			Entry: front.ID, Number: 1, Content: front.Content, Kind: press.Created, State: press.Kept, MadeBy: v.Person, MadeAt: front.CreatedAt,
		})
		if err != nil {
			return err
		}
		s.Front = front.ID
	}
	return nil
}

// front is the front page of a new site: a welcome and what is latest. It is
// an entry like others, so that animators change it as they do the others.
func (h *Host) front(s press.Site, form press.Form, v press.Viewer) (press.Entry, error) {
	welcome, err := text("front", s.Language())
	if err != nil {
		return press.Entry{}, fmt.Errorf("read the first front page: %w", err)
	}
	answers := press.Answers{}
	for role, answer := range map[press.FieldRole]string{press.RoleTitle: s.Name, press.RoleBody: welcome} {
		if field, ok := form.Field(role); ok {
			answers[field.Key] = []string{answer}
		}
	}
	e := press.Entry{
		ID: newID[press.EntryID](), Site: s.ID, Form: form.ID, Slug: "accueil", Status: press.Published, Revision: 1, Title: s.Name,
		Content:   press.Content{Answers: form.Tidy(answers), Language: s.Language(), Licence: s.Licence},
		CreatedBy: v.Person, CreatedAt: s.CreatedAt, UpdatedAt: s.CreatedAt, ProposedAt: s.CreatedAt, PublishedAt: s.CreatedAt,
	}
	e.Rendered = h.Render(form, e.Content, nil)
	return e, nil
}
