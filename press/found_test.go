package press

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFound(t *testing.T) {
	form := Form{Fields: []Field{
		{Key: "title", Kind: ShortText, Role: RoleTitle}, {Key: "place", Kind: ShortText}, {Key: "text", Kind: LongText, Role: RoleBody},
		{Key: "pictures", Kind: Pictures},
	}}
	facts, body := form.Found(Entry{
		Standfirst: "Chapeau", Title: "Titre", Rendered: map[string]string{"text": "<p>Texte"},
		Content: Content{Tags: []string{"Mer"}, Answers: Answers{"title": {"Titre"}, "place": {"Le quai"}, "pictures": {"id"}}},
		Credits: []Credit{
			{Kind: SignAnonymous, Name: "Cachée", Person: "p"}, {Kind: SignPseudonym, Name: "Goéland", Person: "p"},
		},
	}, func(html string) string { return html[len("<p>"):] })
	if diff := cmp.Diff([]string{"Chapeau", "", "Mer", "Goéland", "", "", ""}, facts); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Le quai", "Texte"}, body); diff != "" {
		t.Error(diff)
	}
}
