package press

import "testing"

func TestASiteInALanguage(t *testing.T) {
	s := Site{
		Name: "L’Estran", Tagline: "Le rivage", Charter: "Parlez vrai", CharterHTML: "<p>Parlez vrai</p>", Languages: []string{"fr", "br"},
		Words: map[string]SiteWords{"br": {Name: "An Aod"}, "en": {Name: "The Foreshore"}},
	}
	if br := s.In("br"); br.Name != "An Aod" || br.Tagline != "Le rivage" || br.CharterHTML != s.CharterHTML {
		t.Errorf("in Breton: %+v", br)
	}
	if en := s.In("en"); en.Name != "L’Estran" {
		t.Errorf("in a language that it doesn’t speak: %s", en.Name)
	}
	s.Words["br"] = SiteWords{Charter: "Lavarit ar wirionez", CharterHTML: "<p>Lavarit</p>"}
	if br := s.In("br"); br.Name != "L’Estran" || br.Charter != "Lavarit ar wirionez" || br.CharterHTML != "<p>Lavarit</p>" {
		t.Errorf("a charter alone: %+v", br)
	}
	c := Section{Name: "Le rivage", Description: "Le bord", Words: map[string]SectionWords{"br": {Name: "An aod"}}}
	if br := c.In("br"); br.Name != "An aod" || br.Description != "Le bord" || c.In("fr").Name != "Le rivage" {
		t.Errorf("a section in Breton: %+v", br)
	}
}
