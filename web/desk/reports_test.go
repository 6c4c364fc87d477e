package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/store/storetest"
)

// reported is a published entry of which somebody says something.
func (r *room) reported(title string, n reporting.Notice, with ...func(*press.Entry)) (press.Entry, reporting.Received) {
	r.t.Helper()
	e := r.Entry(r.site, title, press.Published, append([]func(*press.Entry){storetest.By(r.writer)}, with...)...)
	n.Thing = press.Thing{Kind: press.ThingEntry, ID: string(e.ID), Entry: e.ID}
	n.GoodFaith = true
	received, err := r.face.Clerk.Report(r.t.Context(), press.Viewer{}, r.site.ID, n)
	if err != nil {
		r.t.Fatal(err)
	}
	return e, received
}

func privacy() reporting.Notice {
	return reporting.Notice{Reason: press.ReportPrivacy, Words: "Mon adresse y est.", Name: "Azenor Rannou", Email: "azenor@example.net", Language: "fr"}
}

func TestReportsWaitWithTheGravestFirst(t *testing.T) {
	r := open(t)
	r.reported("Le banc bleu", privacy(), in(r.other))
	r.reported("Menaces", reporting.Notice{Reason: press.ReportDanger, Language: "fr"}, in(r.section))
	a := r.get(r.animator, "/desk/reports")
	if got := a.Page.Texts(".slip h2"); len(got) != 2 || got[0] != "Menaces" {
		t.Errorf("waiting %q", got)
	}
	says(t, a, ".slip .status", "urgent")
	queue := r.get(r.animator, "/desk")
	says(t, queue, ".deskline", "Signalements")
	says(t, queue, ".notice a", "Menaces")
	if got := r.get(r.sectional, "/desk/reports").Page.Texts(".slip h2"); len(got) != 1 {
		t.Errorf("a section's animator sees %q", got)
	}
	if strings.Contains(a.Body, "azenor@example.net") {
		t.Error("an address is shown")
	}
}

func TestOneDecidesOnAReportAndTakesItBack(t *testing.T) {
	r := open(t)
	e, report := r.reported("Le banc bleu", privacy())
	path := "/desk/reports/" + string(report.Case)
	a := r.get(r.animator, path)
	says(t, a, "#reports", "Mon adresse y est.")
	says(t, a, "#reports", "Azenor Rannou")
	if strings.Contains(a.Body, "azenor@example.net") {
		t.Error("an address is shown")
	}
	says(t, a, "#off", "cela montre la vie privée")
	status(t, "the author, who animates now", r.get(r.authorAsAnimator(), path), http.StatusNotFound)

	refused := r.post(r.animator, path+"/rule", "act", "off", "reason-off", " ", "to_reporters-off", "Merci !", "to_author-off", "Une adresse.", "ground-off", "law")
	status(t, "without a reason", refused, http.StatusUnprocessableEntity)
	says(t, refused, ".errors", "raison")
	says(t, refused, "#off[open] [name=to_reporters-off]", "Merci !")
	if r.now(e.ID).Status != press.Published {
		t.Error("a faulty decision was taken")
	}
	full := []string{"act", "off", "reason-off", "Une adresse.", "to_reporters-off", "Merci !", "to_author-off", "Une adresse.", "ground-off", "law"}
	leadsTo(t, r.post(r.animator, path+"/rule", full...), "/la-criee"+path+"?done=ruled")
	if got := r.now(e.ID); got.Status != press.Binned || !got.PublishedAt.Equal(e.PublishedAt) {
		t.Errorf("the entry is %s of %s", got.Status, got.PublishedAt)
	}
	status(t, "decided meanwhile", r.post(r.steward, path+"/rule", full...), http.StatusConflict)
	a = r.get(r.animator, path)
	says(t, a, "#ruled", "Retrait")
	says(t, r.get(r.animator, "/desk/reports"), "#decided", "Le banc bleu")
	undo := strings.TrimPrefix(a.Page.One(t, "#ruled form").Attr("action"), "/la-criee")
	leadsTo(t, r.post(r.animator, undo), "/la-criee"+path+"?done=report-reopened")
	if got := r.now(e.ID); got.Status != press.Published || !got.PublishedAt.Equal(e.PublishedAt) {
		t.Errorf("after the undo %s of %s", got.Status, got.PublishedAt)
	}

	// Sent back, with words that its author finds beside the text.
	leadsTo(t, r.post(r.animator, path+"/rule", "act", "returned", "reason-returned", "Une adresse.", "to_reporters-returned", "Merci !",
		"to_author-returned", "Ôtez l’adresse.", "ground-returned", "law"), "/la-criee"+path+"?done=ruled")
	if got := r.now(e.ID).Status; got != press.Returned {
		t.Errorf("sent back: %s", got)
	}
	says(t, r.get(r.animator, "/desk/entry/"+string(e.ID)), "main", "Ôtez l’adresse.")
}

// authorAsAnimator is the writer, with a role that doesn't let them decide on their own texts.
func (r *room) authorAsAnimator() press.Viewer {
	r.Role(r.writer, press.Animator, r.site.ID, "")
	return r.Viewer(r.writer)
}

func TestAStewardAnswersAnAppeal(t *testing.T) {
	r := open(t)
	e, report := r.reported("Le banc bleu", privacy())
	path := "/desk/reports/" + string(report.Case)
	r.post(r.animator, path+"/rule", "act", "left", "reason-left", "Rien de privé.", "to_reporters-left", "Relu.")
	if err := r.face.Clerk.Appeal(t.Context(), report.Token, "C’est ma porte."); err != nil {
		t.Fatal(err)
	}
	a := r.get(r.animator, path)
	says(t, a, "#ruled", "C’est ma porte.")
	if a.Page.Has("#judge") || a.Page.Has("#ruled form") {
		t.Error("who decided is offered to answer, or to undo")
	}
	status(t, "who decided answers", r.post(r.animator, path+"/judge", "act", "left"), http.StatusForbidden)
	a = r.get(r.steward, path)
	if !a.Page.Has("#judge #left") || !a.Page.Has("#judge #off") || !a.Page.Has("#judge #returned") {
		t.Fatalf("choices: %q", a.Page.Texts("#judge summary"))
	}
	refused := r.post(r.steward, path+"/judge", "act", "off", "reason-off", "Une porte.", "to_author-off", "Votre texte montre une porte.", "ground-off", "law")
	status(t, "without an answer", refused, http.StatusUnprocessableEntity)
	says(t, refused, "#off[open] [name=to_author-off]", "montre une porte")
	leadsTo(t, r.post(r.steward, path+"/judge", "act", "off", "reason-off", "Une porte.", "answer-off", "Vous avez raison.",
		"to_author-off", "Votre texte montre une porte.", "ground-off", "law"), "/la-criee"+path+"?done=judged")
	if got := r.now(e.ID).Status; got != press.Binned {
		t.Errorf("the appeal left it %s", got)
	}
	says(t, r.get(r.animator, path), "#ruled", "Vous avez raison.")
}
