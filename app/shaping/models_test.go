package shaping

import (
	"testing"

	"bourgeon/press"
)

func TestModelsStand(t *testing.T) {
	all, err := Models()
	if err != nil {
		t.Fatal(err)
	}
	slugs := map[string]bool{}
	for _, m := range all {
		if err := m.CheckShape(); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
		if slugs[m.Slug] {
			t.Errorf("%s: another model has the address %s", m.Name, m.Slug)
		}
		slugs[m.Slug] = true
		for _, w := range m.Views {
			if !w.Suits(m.Form) {
				t.Errorf("%s: the view %s has nothing to show", m.Name, w)
			}
		}
		helped := 0
		for _, f := range m.Fields {
			texts := []press.Text{f.Label, f.Help, f.Example}
			for _, o := range f.Options {
				texts = append(texts, o.Label)
			}
			for _, text := range texts {
				if (text["fr"] == "") != (text["en"] == "") {
					t.Errorf("%s, %s: said in one language alone: %v", m.Name, f.Key, text)
				}
			}
			if f.Label["fr"] == "" {
				t.Errorf("%s, %s: no question", m.Name, f.Key)
			}
			if f.Help["fr"] != "" || f.Example["fr"] != "" {
				helped++
			}
		}
		if helped == 0 {
			t.Errorf("%s: no help and no example", m.Name)
		}
	}
}
