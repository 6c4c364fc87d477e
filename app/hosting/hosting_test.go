package hosting

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// house is a host in a small world, and the events of its acts.
type house struct {
	*Host
	*storetest.World
	events []press.Event
}

func newHouse(t *testing.T, s *store.Store) *house {
	t.Helper()
	h := &house{World: storetest.NewWorld(t, s)}
	h.Host = &Host{
		Store: s, Now: h.World.Now, Addresses: press.Addresses{Base: "https://pays.example"},
		Render: func(form press.Form, c press.Content, _ []press.Media) map[string]string {
			return map[string]string{"text": markdown.Render(c.Answers.One("text"), markdown.Options{})}
		},
	}
	s.React(func(_ context.Context, _ *store.Tx, e press.Event) error { h.events = append(h.events, e); return nil })
	return h
}

func (h *house) st() *store.Store { return h.Host.Store }

// site reads a site as the program sees it.
func (h *house) site(t *testing.T, id press.SiteID) press.Site {
	t.Helper()
	s, err := h.st().Site(t.Context(), press.Itself, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// faulty tells which fields an error is about.
func faulty(err error) []string {
	var p *press.Error
	var fields []string
	if errors.As(err, &p) {
		for _, f := range p.Fields {
			fields = append(fields, f.Field)
		}
	}
	slices.Sort(fields)
	return fields
}

func TestFound(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := &Host{Store: s, Now: (&storetest.World{}).Now, Addresses: press.Addresses{Base: "https://pays.example"}}
		if _, err := h.Found(t.Context(), press.Network{Language: "tlh"}); !cmp.Equal(faulty(err), []string{"language", "name"}) {
			t.Errorf("a network without name: %v", err)
		}
		first, err := h.Found(t.Context(), press.Network{Name: " Pays de  Kerbalan ", About: "Un *réseau*."})
		if err != nil {
			t.Fatal(err)
		}
		if first.Name != "Pays de Kerbalan" || first.Language != "fr" || !strings.Contains(first.AboutHTML, "<em>réseau</em>") || first.CreatedAt.IsZero() {
			t.Errorf("founded %+v", first)
		}
		again, err := h.Found(t.Context(), press.Network{Name: "Autre"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("founded again (-first +again):\n%s", diff)
		}
	})
}

func TestDescribeNetwork(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	site := h.Site("mag")
	if err := h.DescribeNetwork(t.Context(), h.Member("S", press.Steward, site.ID, ""), press.Network{Name: "À moi"}); press.KindOf(err) != press.Forbidden {
		t.Errorf("a site's steward: %v", err)
	}
	if err := h.DescribeNetwork(t.Context(), h.Member("N", press.Steward, "", ""), press.Network{Name: "Le pays", Tagline: "Écrit", Language: "br"}); err != nil {
		t.Fatal(err)
	}
	n, err := h.st().Network(t.Context(), press.Itself)
	if err != nil || n.Name != "Le pays" || n.Language != "br" || n.CreatedAt.IsZero() || n.Version < 2 {
		t.Errorf("network %+v, %v", n, err)
	}
	if now, err := h.st().Site(t.Context(), press.Itself, site.ID); err != nil || now.Version == site.Version {
		t.Errorf("the site's pages, which name the network, are kept: version %d, %v", now.Version, err)
	}
}

func TestOpenSite(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		steward := h.Member("Steren", press.Steward, "", "")
		ctx := t.Context()
		got, err := h.OpenSite(ctx, steward, SiteDraft{Slug: "mag", Host: "Mag.Example.ORG", Description: Description{Name: " Le Mag "}})
		if err != nil {
			t.Fatal(err)
		}
		want := press.Site{
			ID: got.ID, Slug: "mag", Host: "mag.example.org", Name: "Le Mag", Languages: []string{"fr"}, Timezone: "Europe/Paris",
			Openness: press.First, Revising: press.ReviseAtOnce, Talk: press.TalkAfter, Licence: "CC-BY-SA-4.0",
			Charter: got.Charter, CharterHTML: got.CharterHTML, Front: got.Front, CreatedAt: got.CreatedAt, Version: got.Version,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("site (-want +got):\n%s", diff)
		}
		if !strings.Contains(got.Charter, "Ce site est à celles et ceux qui l’écrivent") || !strings.Contains(got.CharterHTML, ">Vos données<") {
			t.Errorf("charter %q", got.CharterHTML)
		}

		front, err := s.Entry(ctx, press.Viewer{}, got.Front)
		if err != nil {
			t.Fatal(err)
		}
		if front.Path() != "page/accueil" || front.Title != "Le Mag" || front.Status != press.Published || front.CreatedBy != steward.Person {
			t.Errorf("front page %+v", front)
		}
		var directives []string
		for _, segment := range markdown.Segments(front.Rendered["text"]) {
			if segment.Directive != nil {
				directives = append(directives, segment.Directive.Name)
			}
		}
		if diff := cmp.Diff([]string{"lead", "seconds", "writers", "sections", "debuts", "latest"}, directives); diff != "" {
			t.Errorf("directives (-want +got):\n%s", diff)
		}
		if revisions, err := s.Revisions(ctx, steward, front.ID); err != nil || len(revisions) != 1 {
			t.Errorf("revisions of the front page: %v, %v", revisions, err)
		}
		forms, err := s.Forms(ctx, press.Viewer{}, got.ID)
		if err != nil || len(forms) != len(press.BuiltInForms()) {
			t.Errorf("%d forms, %v", len(forms), err)
		}
		v, err := s.Viewer(ctx, steward.Person)
		if err != nil || len(v.Memberships) != 2 || v.Memberships[1].Site != got.ID || v.Memberships[1].Role != press.Steward {
			t.Errorf("roles %+v, %v", v.Memberships, err)
		}
		if len(h.events) != 1 || h.events[0].Kind != press.SiteOpened || h.events[0].Site != got.ID {
			t.Errorf("events %+v", h.events)
		}

		if _, err := h.OpenSite(ctx, press.Itself, SiteDraft{Slug: "host", Description: Description{Name: "Sans personne", Languages: []string{"br", "fr"}}}); err != nil {
			t.Errorf("the program opens a site: %v", err)
		}
	})
}

func TestOpenSiteRefuses(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	h.Site("pris", func(s *press.Site) { s.Host = "pris.example.org" })
	site := h.Site("ancien")
	if err := h.SetAddress(t.Context(), press.Itself, site.ID, "nouveau", ""); err != nil {
		t.Fatal(err)
	}
	h.events = nil
	steward := h.Member("Steren", press.Steward, "", "")
	if _, err := h.OpenSite(t.Context(), h.Member("S", press.Steward, site.ID, ""), SiteDraft{Slug: "x"}); press.KindOf(err) != press.Forbidden {
		t.Errorf("a site's steward opens another: %v", err)
	}
	tests := []struct {
		name string
		d    SiteDraft
		want []string
	}{
		{"empty", SiteDraft{}, []string{"name", "slug"}},
		{"taken", SiteDraft{Slug: "pris", Host: "PRIS.example.org"}, []string{"host", "name", "slug"}},
		{"old address of another", SiteDraft{Slug: "ancien", Description: Description{Name: "N"}}, []string{"slug"}},
		{"reserved", SiteDraft{Slug: "signin", Description: Description{Name: "N"}}, []string{"slug"}},
		{"the network's domain", SiteDraft{Slug: "n", Host: "pays.example", Description: Description{Name: "N"}}, []string{"host"}},
		{"not a domain", SiteDraft{Slug: "n", Host: "https://x.example/", Description: Description{Name: "N"}}, []string{"host"}},
		{"everything else", SiteDraft{Slug: "n", Look: press.Look{Colour: "red"}, Description: Description{
			Name: strings.Repeat("n", 101), Tagline: strings.Repeat("t", 201), Languages: []string{"tlh"}, Timezone: "Mars/Olympus",
			Openness: "ajar", Revising: "never", Licence: "WTFPL", Charter: strings.Repeat("c", press.MaxText+1),
		}}, []string{"charter", "colour", "languages", "licence", "name", "openness", "revising", "tagline", "timezone"}},
	}
	for _, tt := range tests {
		_, err := h.OpenSite(t.Context(), steward, tt.d)
		if diff := cmp.Diff(tt.want, faulty(err)); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", tt.name, diff)
		}
	}
	if sites, err := h.st().Sites(t.Context(), press.Itself); err != nil || len(sites) != 2 || len(h.events) != 0 {
		t.Errorf("refused sites left %d sites, %d events, %v", len(sites), len(h.events), err)
	}
}

func TestDescribeSite(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		site := h.Site("mag")
		steward := h.Member("S", press.Steward, site.ID, "")
		section := h.Section(site, "Port")
		d := DescriptionOf(site)
		d.Charter, d.Openness = "Parlez *vrai*.", press.Members
		for name, v := range map[string]press.Viewer{
			"anonymous": {}, "animator": h.Member("A", press.Animator, site.ID, ""), "section's steward": h.Member("SS", press.Steward, site.ID, section.ID),
			"other site's steward": h.Member("SO", press.Steward, h.Site("autre").ID, ""),
		} {
			if err := h.DescribeSite(t.Context(), v, site.ID, d); press.KindOf(err) != press.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		for range 2 { // the second time changes nothing
			if err := h.DescribeSite(t.Context(), steward, site.ID, d); err != nil {
				t.Fatal(err)
			}
		}
		got := h.site(t, site.ID)
		if got.CharterHTML != "<p>Parlez <em>vrai</em>.</p>\n" || got.Openness != press.Members || got.Name != site.Name {
			t.Errorf("described %+v", got)
		}
		if got.Version != site.Version+1 || len(h.events) != 1 || h.events[0].Data["changed"] != "charter,openness" {
			t.Errorf("version %d after %d, events %+v", got.Version, site.Version, h.events)
		}
		d.Timezone = "Kerbalan"
		if err := h.DescribeSite(t.Context(), steward, site.ID, d); !cmp.Equal(faulty(err), []string{"timezone"}) {
			t.Errorf("bad time zone: %v", err)
		}
	})
}

func TestSetAddress(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		site := h.Site("un", func(s *press.Site) { s.Host = "un.example.org" })
		other := h.Site("autre", func(s *press.Site) { s.Host = "autre.example.org" })
		steward := h.Member("S", press.Steward, site.ID, "")
		ctx := t.Context()
		leads := func(path string) press.SiteID {
			_, target, err := s.Redirect(ctx, press.Viewer{}, "network", path)
			if err != nil && press.KindOf(err) != press.NotFound {
				t.Fatal(err)
			}
			return press.SiteID(target)
		}
		if err := h.SetAddress(ctx, h.Member("SO", press.Steward, other.ID, ""), site.ID, "deux", ""); press.KindOf(err) != press.Forbidden {
			t.Errorf("another site's steward: %v", err)
		}
		if err := h.SetAddress(ctx, steward, site.ID, "deux", "DEUX.example.org."); err != nil {
			t.Fatal(err)
		}
		if got := h.site(t, site.ID); got.Slug != "deux" || got.Host != "deux.example.org" {
			t.Errorf("at %s, %s", got.Slug, got.Host)
		}
		if leads("un") != site.ID || leads("un.example.org") != site.ID {
			t.Errorf("the old addresses lead to %q and %q", leads("un"), leads("un.example.org"))
		}
		err := h.SetAddress(ctx, press.Itself, other.ID, "un", "deux.example.org")
		if diff := cmp.Diff([]string{"host", "slug"}, faulty(err)); diff != "" {
			t.Errorf("an old address taken, faults (-want +got):\n%s", diff)
		}
		// Back again: the first addresses answer, the second ones lead there.
		if err := h.SetAddress(ctx, steward, site.ID, "un", ""); err != nil {
			t.Fatal(err)
		}
		if leads("un") != "" || leads("deux") != site.ID || leads("un.example.org") != site.ID || leads("deux.example.org") != site.ID {
			t.Errorf("old addresses lead to %q, %q, %q, %q", leads("un"), leads("deux"), leads("un.example.org"), leads("deux.example.org"))
		}
	})
}

func TestCloseSite(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	site := h.Site("mag")
	steward := h.Member("S", press.Steward, site.ID, "")
	if err := h.CloseSite(t.Context(), press.Viewer{}, site.ID, ""); press.KindOf(err) != press.Forbidden {
		t.Errorf("anybody: %v", err)
	}
	for range 2 {
		if err := h.CloseSite(t.Context(), steward, site.ID, "L’association a fini son travail."); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.st().Site(t.Context(), press.Viewer{}, site.ID); press.KindOf(err) != press.Gone {
		t.Errorf("a closed site: %v", err)
	}
	if err := h.ReopenSite(t.Context(), steward, site.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.st().Site(t.Context(), press.Viewer{}, site.ID); err != nil {
		t.Errorf("a site reopened: %v", err)
	}
	if len(h.events) != 2 || h.events[0].Reason == "" {
		t.Errorf("events %+v", h.events)
	}
}
