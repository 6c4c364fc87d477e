package write_test

import (
	"strings"
	"testing"

	"bourgeon/web/walktest"
)

// TestAdvice is shown beside the text as it is kept, and keeps nobody from going on.
func TestAdvice(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article")
	if !w.Page.Has("details.advice") || w.Page.Has("details.advice[open]") {
		t.Error("the advice isn't there, or open before anybody asked")
	}
	w.Press(`button[value="advice"]`, one("title", "LE LAVOIR ROUVRE", "text", "On y lave le linge. [Ici](https://a.example).")).Want(200)
	if !w.Page.Has("details.advice[open]") {
		t.Error("the advice asked for is closed")
	}
	said := w.Page.One(t, "[data-advised]").Text()
	for _, want := range []string{"Un titre en capitales", "1 minute de lecture", "Ici", "Vous décidez"} {
		if !strings.Contains(said, want) {
			t.Errorf("the advice doesn't say %q: %s", want, said)
		}
	}
	w.Press(`button[value="preview"]`, one("title", "LE LAVOIR ROUVRE", "text", "On y lave le linge.")).Want(200)
	if !strings.Contains(w.Page.One(t, "main").Text(), "Voici comment on le lira") {
		t.Errorf("a suggestion keeps one from going on: %s", w.Page.One(t, "main").Text())
	}
}

// TestPlan puts headings after what was typed, in an empty text too.
func TestPlan(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article")
	w.Press(`button[value="plan:report"]`, one("text", "")).Want(200)
	if got := w.Page.One(t, "#text").Text(); !strings.HasPrefix(got, "## Ce qui a été décidé … ## ") {
		t.Errorf("the plan of an empty text: %q", got)
	}
	w.Press(`button[value="plan:interview"]`, one("text", "Mes mots.")).Want(200)
	if got := w.Page.One(t, "#text").Text(); !strings.HasPrefix(got, "Mes mots. **") {
		t.Errorf("the plan comes after what was typed: %q", got)
	}
	if said := w.Page.One(t, ".notice").Text(); !strings.Contains(said, "à la fin de votre texte") {
		t.Errorf("it isn't told: %q", said)
	}
}
