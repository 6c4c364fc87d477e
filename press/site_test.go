package press

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCheckSlug(t *testing.T) {
	for slug, ok := range map[string]bool{
		"mag": true, "a": true, "le-port-2": true, "2026": true, strings.Repeat("a", 60): true,
		"": false, strings.Repeat("a", 61): false, "Mag": false, "été": false, "a--b": false, "-a": false, "a-": false, "a b": false,
		"a_b": false, "a/b": false, "..": false, "a.b": false, "mag\n": false, "search": false, "api": false, "me": false,
	} {
		var c Checks
		CheckSlug(&c, "slug", slug, ReservedSlugs)
		if (c.Err() == nil) != ok {
			t.Errorf("%q: %v", slug, c.Err())
		}
	}
}

// TestReserved: each reserved word could be typed as an address, stands once,
// and the segments that the design gives to the program are all among them.
func TestReserved(t *testing.T) {
	for name, list := range map[string][]string{"sites": ReservedSlugs, "forms": ReservedForms} {
		seen := map[string]bool{}
		for _, slug := range list {
			if seen[slug] || !slugShape.MatchString(slug) {
				t.Errorf("%s: %q", name, slug)
			}
			seen[slug] = true
		}
	}
	for _, slug := range []string{"search", "agenda", "map", "api", "media", "static", "healthz", "signin", "signout", "me", "write", "outbox"} {
		if !slices.Contains(ReservedSlugs, slug) {
			t.Errorf("a site may take /%s", slug)
		}
	}
	for _, slug := range []string{
		"section", "notebook", "programme", "tag", "author", "search", "agenda", "map", "feed", "write", "desk", "oai", "spip2spip",
		"cutting", "about", "charter", "licence", "journal", "accessibility", "media", "static",
	} {
		if !slices.Contains(ReservedForms, slug) {
			t.Errorf("a form may take /{site}/%s", slug)
		}
	}
}

func TestSiteCheck(t *testing.T) {
	good := Site{
		Slug: "mag", Name: "Le mag", Languages: []string{"fr"}, Timezone: "Europe/Paris", Openness: First, Revising: ReviseAtOnce,
		Licence: "CC-BY-SA-4.0",
	}
	for name, c := range map[string]struct {
		change func(*Site)
		want   []string
	}{
		"good":             {func(*Site) {}, nil},
		"nothing":          {func(s *Site) { *s = Site{} }, []string{"slug", "name", "languages", "timezone", "openness", "revising", "licence"}},
		"reserved":         {func(s *Site) { s.Slug = "static" }, []string{"slug"}},
		"long name":        {func(s *Site) { s.Name = strings.Repeat("é", 101) }, []string{"name"}},
		"own domain":       {func(s *Site) { s.Host = "mag.kerbalan.bzh" }, nil},
		"accented domain":  {func(s *Site) { s.Host = "xn--t-bgaa.xn--p1ai" }, nil},
		"domain with path": {func(s *Site) { s.Host = "mag.example.org/a" }, []string{"host"}},
		"whole address":    {func(s *Site) { s.Host = "https://mag.example.org" }, []string{"host"}},
		"with port":        {func(s *Site) { s.Host = "mag.example.org:8080" }, []string{"host"}},
		"capitals":         {func(s *Site) { s.Host = "Mag.example.org" }, []string{"host"}},
		"numeric address":  {func(s *Site) { s.Host = "127.0.0.1" }, []string{"host"}},
		"one label":        {func(s *Site) { s.Host = "localhost" }, []string{"host"}},
		"other language":   {func(s *Site) { s.Languages = []string{"fr", "xx"} }, []string{"languages"}},
		"no such zone":     {func(s *Site) { s.Timezone = "Mars/Base" }, []string{"timezone"}},
		"the server's":     {func(s *Site) { s.Timezone = "Local" }, []string{"timezone"}},
		"openness":         {func(s *Site) { s.Openness = "ajar" }, []string{"openness"}},
		"revising":         {func(s *Site) { s.Revising = "never" }, []string{"revising"}},
		"licence":          {func(s *Site) { s.Licence = "WTF" }, []string{"licence"}},
	} {
		s := good
		c.change(&s)
		if diff := cmp.Diff(c.want, faults(s.Check())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSiteFacts(t *testing.T) {
	if r, g, b := RGB("#0a1b2c"); r != 0x0a || g != 0x1b || b != 0x2c {
		t.Error(r, g, b)
	}
	if r, g, b := RGB("red"); r != 0x1b || g != 0x5e || b != 0x8c {
		t.Error(r, g, b)
	}
	if (Site{}).Language() != "fr" || (Site{Languages: []string{"br", "fr"}}).Language() != "br" {
		t.Error("the default language")
	}
	if (Site{Timezone: "Mars/Base"}).Zone() != time.UTC || (Site{Timezone: "Europe/Paris"}).Zone().String() != "Europe/Paris" {
		t.Error("the zone")
	}
}

func TestAddresses(t *testing.T) {
	e := Entry{Slug: "fete", Address: Address{SiteSlug: "mag", FormSlug: "article"}}
	own := e
	own.Address.SiteHost = "mag.example.org"
	for base, want := range map[string][5]string{ // site, own site, entry, own entry, path and host
		"https://example.org": {
			"https://example.org/mag", "https://mag.example.org", "https://example.org/mag/article/fete",
			"https://mag.example.org/article/fete", "|example.org",
		},
		"https://example.org/ecrire": {
			"https://example.org/ecrire/mag", "https://mag.example.org", "https://example.org/ecrire/mag/article/fete",
			"https://mag.example.org/article/fete", "/ecrire|example.org",
		},
		"http://localhost:8080": {
			"http://localhost:8080/mag", "http://mag.example.org:8080", "http://localhost:8080/mag/article/fete",
			"http://mag.example.org:8080/article/fete", "|localhost",
		},
		"http://[::1]:8080/a/b": {
			"http://[::1]:8080/a/b/mag", "http://mag.example.org:8080", "http://[::1]:8080/a/b/mag/article/fete",
			"http://mag.example.org:8080/article/fete", "/a/b|::1",
		},
	} {
		a := Addresses{base}
		got := [5]string{
			a.Site("mag", ""), a.Site("mag", "mag.example.org"), a.Entry(e), a.Entry(own), a.BasePath() + "|" + a.Host(),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", base, diff)
		}
	}
}
