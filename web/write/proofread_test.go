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

// TestInTheMarginOfAProposal goes from an animator's remark to the wording that the author takes, without scripts.
func TestInTheMarginOfAProposal(t *testing.T) {
	town := walktest.NewTown(t)
	writer, sterenn := town.Person("Odile Secrète"), town.Member("Sterenn", press.Animator, town.Site.ID, "")
	w := town.As(town.Viewer(writer)).Go("/write/article").Press(save, one("title", "Le lavoir rouvre", "text", "Il rouvre samdi.\n\nOn y lave le linge.")).Want(http.StatusOK)
	draft, _, _ := strings.Cut(strings.TrimPrefix(w.Path, "/la-criee"), "?")
	w.Go(draft+"/sign").Press(submit, one("kind", "anonymous", "charter", "1")).Want(http.StatusOK).At("/me/thanks")
	_, id, _ := strings.Cut(w.Path, "entry=")
	at := "/desk/entry/" + id

	desk := town.As(sterenn).Go(at).Want(http.StatusOK)
	if !desk.Page.Has("#margin a.button") || desk.Page.Has("#return [name=credited]") {
		t.Error("the proposal doesn't lead to its margin, or asks about remarks that aren't there")
	}
	desk.Go(at+"/margin").Want(http.StatusOK).Says("En marge du texte", "On y lave le linge.")
	if strings.Contains(desk.Body, writer.Email) || strings.Contains(desk.Body, writer.Name) || desk.Page.Has("#end") {
		t.Error("the margin tells who wrote, or ends before it began")
	}
	const passage = "#passage-1 details form button"
	desk.Press(passage, one("words-1", "", "instead-1", "Il rouvre samdi.")).Want(http.StatusUnprocessableEntity).Says("Écrivez une remarque")
	desk.Press(passage, one("words-1", "Non, rien.", "instead-1", "Il rouvre samdi.")).Want(http.StatusOK).Says("Votre remarque est gardée", "renverrez le texte")
	desk.Press("#passage-1 button[value^=unsay]", nil).Want(http.StatusOK).Says("Votre remarque est retirée")
	desk.Press(passage, one("words-1", "Un e manque.", "instead-1", "Il rouvre samedi.")).Want(http.StatusOK)
	desk.Press("#end button[value=done]", one("name", "", "credited", "1")).Want(http.StatusUnprocessableEntity).Says("Écrivez votre nom")
	for what, other := range map[string]*walktest.Walker{
		"a contributor": town.As(town.Member("Anna", press.Contributor, town.Site.ID, "")), "its author": town.As(town.Viewer(writer)),
	} {
		if other.Go(at + "/margin").Want(http.StatusForbidden); strings.Contains(other.Body, "Un e manque.") {
			t.Errorf("%s reads the remarks", what)
		}
	}
	town.Walker().Go(at + "/margin").At("/signin")

	desk.Go(at).Says("Sterenn : 1 remarque, 1 pas encore envoyée", "1 remarque en marge part avec lui")
	desk.Press("#return .acts .button", one("note", "Encore un effort !", "credited", "1")).Want(http.StatusOK)
	w.Go("/me").Want(http.StatusOK)
	w.Go("/article/le-lavoir-rouvre/edit").Want(http.StatusOK).Says("Encore un effort !", "1 remarque vous attend", "Sterenn", "Un e manque.")
	if w.Page.Has("#ask li") {
		t.Error("the desk's reading stands among those that the author asked for")
	}
	w.Press("#remarks button[value^=take]", nil).Want(http.StatusOK).Says("La formulation est dans votre texte")
	if got := w.Page.One(t, "#text").Text(); !strings.HasPrefix(got, "Il rouvre samedi.") {
		t.Errorf("the text is %q", got)
	}
	w.Press(amend, nil).Want(http.StatusOK)
	desk.Go(at).Want(http.StatusOK).Says("Sterenn : 1 remarque, 1 formulation prise")
	if credits := desk.Page.One(t, ".credits").Text(); !strings.Contains(credits, "Sterenn") {
		t.Errorf("credited: %q", credits)
	}
	desk.Go(at+"/margin").Want(http.StatusOK).Says("prise", "Il rouvre samedi.")

	// What was decided meanwhile takes no remark, and loses none.
	desk.Press(passage, one("words-1", "Quelle heure ?", "instead-1", "Il rouvre samedi.")).Want(http.StatusOK)
	late := town.As(sterenn).Go(at + "/margin").Want(http.StatusOK)
	desk.Go(at).Press("form.acts[action*=publish] button", nil).Want(http.StatusOK)
	late.Press(passage, one("words-1", "Et le dimanche ?", "instead-1", "Il rouvre samedi.")).Want(http.StatusConflict)
	if got := late.Page.One(t, "#words-1").Text(); got != "Et le dimanche ?" {
		t.Errorf("what was typed too late is %q", got)
	}
}
