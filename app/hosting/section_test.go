package hosting

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestSections(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		site := h.Site("mag")
		steward := h.Member("S", press.Steward, site.ID, "")
		ctx := t.Context()
		open := func(d SectionDraft) press.Section {
			t.Helper()
			c, err := h.SaveSection(ctx, steward, site.ID, d)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		names := func() (all []string) {
			sections, err := s.Sections(ctx, press.Viewer{}, site.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range sections {
				all = append(all, c.Slug)
			}
			return all
		}
		port, ville := open(SectionDraft{Name: "Le port"}), open(SectionDraft{Name: "La ville", Slug: "ville"})
		again := open(SectionDraft{Name: "Le port"})
		if diff := cmp.Diff([]string{"le-port", "ville", "le-port-2"}, names()); diff != "" {
			t.Errorf("sections (-want +got):\n%s", diff)
		}

		port, err := h.SaveSection(ctx, steward, site.ID, SectionDraft{ID: port.ID, Slug: "quais", Name: "Les quais", Description: "D’un bout à l’autre."})
		if err != nil || port.Slug != "quais" || port.Position != 1 {
			t.Errorf("renamed %+v, %v", port, err)
		}
		if kind, target, err := s.Redirect(ctx, press.Viewer{}, string(site.ID), "section/le-port"); kind != "section" || target != string(port.ID) || err != nil {
			t.Errorf("the old address leads to %s %s, %v", kind, target, err)
		}
		// Another section never takes an old address, nor a present one.
		if c := open(SectionDraft{Name: "Le port"}); c.Slug != "le-port-3" {
			t.Errorf("a new section stands at %s", c.Slug)
		}
		for slug, name := range map[string]string{"le-port": "X", "ville": "X", "Pas Bon": "X"} {
			if _, err := h.SaveSection(ctx, steward, site.ID, SectionDraft{Slug: slug, Name: name}); !cmp.Equal(faulty(err), []string{"slug"}) {
				t.Errorf("at %s: %v", slug, err)
			}
		}
		if _, err := h.SaveSection(ctx, steward, site.ID, SectionDraft{Name: " "}); !cmp.Equal(faulty(err), []string{"name"}) {
			t.Errorf("without name: %v", err)
		}

		if err := h.OrderSections(ctx, steward, site.ID, []press.SectionID{again.ID, "gone", port.ID}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"le-port-2", "quais", "ville", "le-port-3"}, names()); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
		for range 2 {
			if err := h.CloseSection(ctx, steward, site.ID, ville.ID); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]string{"le-port-2", "quais", "le-port-3"}, names()); diff != "" {
			t.Errorf("after closing (-want +got):\n%s", diff)
		}
		if err := h.ReopenSection(ctx, steward, site.ID, ville.ID); err != nil {
			t.Fatal(err)
		}
		if len(names()) != 4 {
			t.Errorf("after reopening %v", names())
		}
		before, events := h.site(t, site.ID).Version, len(h.events)
		open(SectionDraft{ID: port.ID, Name: port.Name, Description: port.Description})
		if err := h.OrderSections(ctx, steward, site.ID, nil); err != nil {
			t.Fatal(err)
		}
		if h.site(t, site.ID).Version != before || len(h.events) != events {
			t.Error("acts that change nothing raised the version or left events")
		}
	})
}

func TestSectionRights(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	site, other := h.Site("mag"), h.Site("autre")
	section := h.Section(site, "Port")
	ctx := t.Context()
	own := h.Member("SS", press.Steward, site.ID, section.ID)
	tests := []struct {
		name           string
		viewer         press.Viewer
		site           press.SiteID
		describe, rest press.Kind
	}{
		{"anonymous", press.Viewer{}, site.ID, press.Forbidden, press.Forbidden},
		{"animator", h.Member("A", press.Animator, site.ID, ""), site.ID, press.Forbidden, press.Forbidden},
		{"its own steward", own, site.ID, press.Unknown, press.Forbidden},
		{"the site's steward", h.Member("S", press.Steward, site.ID, ""), site.ID, press.Unknown, press.Unknown},
		{"another site's steward, by way of theirs", h.Member("SO", press.Steward, other.ID, ""), other.ID, press.NotFound, press.NotFound},
	}
	for _, tt := range tests {
		_, err := h.SaveSection(ctx, tt.viewer, tt.site, SectionDraft{ID: section.ID, Name: "Port de " + tt.name})
		if (err == nil) != (tt.describe == press.Unknown) || press.KindOf(err) != tt.describe {
			t.Errorf("%s describes: %v", tt.name, err)
		}
		err = h.CloseSection(ctx, tt.viewer, tt.site, section.ID)
		if (err == nil) != (tt.rest == press.Unknown) || press.KindOf(err) != tt.rest {
			t.Errorf("%s closes: %v", tt.name, err)
		}
	}
	if _, err := h.SaveSection(ctx, own, site.ID, SectionDraft{Name: "Autre"}); press.KindOf(err) != press.Forbidden {
		t.Errorf("a section's steward opens another: %v", err)
	}
	if _, err := h.SaveSection(ctx, press.Itself, "nothing", SectionDraft{Name: "Autre"}); press.KindOf(err) != press.NotFound {
		t.Errorf("a section of no site: %v", err)
	}
}
