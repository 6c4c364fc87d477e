package write_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/web/walktest"
)

// TestAColleaguesEye goes from the request to the credit, without scripts.
func TestAColleaguesEye(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article").Press(save, one("title", "Le lavoir rouvre", "text", "Il rouvre samdi.\n\nOn y lave le linge.")).Want(http.StatusOK)
	w.Press("#ask form.form button", one("who", "person", "reader", "nolwenn", "message", "Est-ce clair ?")).Want(http.StatusUnprocessableEntity)
	if !w.Page.Has("#ask[open] .field.bad, #ask[open] .error") {
		t.Error("the address that can't be one isn't said beside its field")
	}
	w.Press("#ask form.form button", one("who", "person", "reader", "nolwenn@example.org", "by", "Odile", "message", "Est-ce clair ?")).
		Want(http.StatusOK).Says("La demande est partie", "nolwenn@example.org", "0 remarque")

	secret := town.LastMail("nolwenn@example.org").Data["token"]
	reads := town.Walker().Go("/proofread/"+secret).Want(http.StatusOK).Says("Odile vous demande", "Est-ce clair ?", "On y lave le linge.")
	if strings.Contains(reads.Page.String(), w.Path) {
		t.Error("the reader's page leads to the writer's")
	}
	passage := "#passage-1 details form button"
	reads.Press(passage, one("words-1", "", "instead-1", "Il rouvre samdi.")).Want(http.StatusUnprocessableEntity).Says("Écrivez une remarque")
	reads.Press(passage, one("words-1", "Un e manque.", "instead-1", "Il rouvre samedi.")).Want(http.StatusOK).Says("Votre remarque est gardée", "Un e manque.")
	if got := reads.Page.One(t, "#passage-1 ins").Text(); got != "samedi" {
		t.Errorf("what the wording brings: %q", got)
	}
	reads.Press("#passage-2 details form button", one("words-2", "À garder ?", "instead-2", "On y lave le linge.")).Want(http.StatusOK)
	reads.Press("#passage-2 button[value^=unsay]", nil).Want(http.StatusOK).Says("Votre remarque est retirée")
	reads.Press("button[value=done]", one("name", "", "credited", "1")).Want(http.StatusUnprocessableEntity).Says("Écrivez votre nom")
	reads.Press("button[value=done]", one("name", "Nolwenn Le Gall", "credited", "1")).Want(http.StatusOK).Says("Merci !")

	draft, _, _ := strings.Cut(strings.TrimPrefix(w.Path, "/la-criee"), "?")
	draft, _, _ = strings.Cut(draft, "#")
	w.Go(draft).Want(http.StatusOK).Says("1 remarque vous attend", "Nolwenn Le Gall", "Un e manque.")
	w.Press("#remarks button[value^=take]", nil).Want(http.StatusOK).Says("La formulation est dans votre texte")
	if got := w.Page.One(t, "#text").Text(); !strings.HasPrefix(got, "Il rouvre samedi.") {
		t.Errorf("the text is %q", got)
	}
	w.Press("#remarks button[value^=reopen]", nil).Want(http.StatusOK)
	w.Press("#remarks button[value^=take]", one("text", "Tout autre chose.")).Want(http.StatusConflict).Says("Vous avez changé ce passage")
	if got := w.Page.One(t, "#text").Text(); got != "Tout autre chose." {
		t.Errorf("what was typed is lost: %q", got)
	}
	w.Go(draft + "/sign").Want(http.StatusOK)
	if got := w.Page.One(t, "#proofreaders").Text(); got != "Nolwenn Le Gall" {
		t.Errorf("who read it over: %q", got)
	}
	town.Walker().Go("/proofread/nobody").Want(http.StatusNotFound)
}

// TestTheTeamReadsOver: the people of the site are asked, and the writer may take the request back.
func TestTheTeamReadsOver(t *testing.T) {
	town := walktest.NewTown(t)
	sterenn := town.Member("Sterenn", press.Animator, town.Site.ID, "")
	w := town.As(town.Viewer(town.Person("Odile"))).Go("/write/article").Press(save, one("title", "Le lavoir rouvre", "text", "Samedi.")).Want(http.StatusOK)
	w.Press("#ask form.form button", one("who", "team")).Want(http.StatusOK).Says("L’équipe de")
	mail := town.Mails[len(town.Mails)-1]
	if mail.Person != sterenn.Person {
		t.Errorf("the request goes to %+v", mail)
	}
	secret := mail.Data["token"]
	town.Walker().Go("/proofread/" + secret).Want(http.StatusOK)
	w.Press(`#ask li form button`, nil).Want(http.StatusOK).Says("La demande est retirée")
	town.Walker().Go("/proofread/" + secret).Want(http.StatusGone).Says("terminée")
}
