package desk_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store/storetest"
)

func TestQueueIsOldestFirstWithOneGestureAndUndo(t *testing.T) {
	r := open(t)
	young := r.proposal("Cherche conducteurs", since(5*time.Hour))
	old := r.proposal("Le battant de cloche", since(72*time.Hour), in(r.section))
	r.Entry(r.site, "Petite histoire du tramway", press.Returned, storetest.By(r.writer))
	r.Entry(r.site, "Éteindre Beg-an-Avel", press.Scheduled, storetest.By(r.writer))
	a := r.get(r.animator, "/desk")
	if got := a.Page.Texts(".slip h2"); len(got) != 2 || got[0] != "Le battant de cloche" {
		t.Fatalf("waiting %q", got)
	}
	says(t, a, ".slip .meta", "Vie du port")
	says(t, a, ".slip .by", "Nolwenn Le Garrec")
	says(t, a, "#returned", "Petite histoire du tramway")
	says(t, a, "#scheduled", "Éteindre Beg-an-Avel")
	if got := a.Page.Texts(".slip .first"); len(got) != 2 {
		t.Errorf("first texts %q", got)
	}
	// What the first button sends, as a browser without scripts would.
	form := a.Page.All(".slip form")[0]
	action := strings.TrimPrefix(form.Attr("action"), "/la-criee")
	leadsTo(t, r.post(r.animator, action, "seen", form.All("input[name=seen]")[0].Attr("value")), "/la-criee/desk?undo="+string(old.ID))
	if got := r.now(old.ID).Status; got != press.Published {
		t.Fatalf("status %s", got)
	}
	undo := r.get(r.animator, "/desk?undo="+string(old.ID)).Page.One(t, ".notice form")
	leadsTo(t, r.post(r.animator, strings.TrimPrefix(undo.Attr("action"), "/la-criee"), "seen", undo.All("input[name=seen]")[0].Attr("value")), "/la-criee/desk?done=reopened")
	if got := r.now(old.ID).Status; got != press.Proposed {
		t.Errorf("after undo %s", got)
	}
	if a := r.get(r.animator, "/desk?section=vie-du-port"); len(a.Page.All(".slip")) != 1 {
		t.Errorf("filtered %q", a.Page.Texts(".slip h2"))
	}
	if a := r.get(r.animator, "/desk?section=portraits"); !a.Page.Has(".empty a") {
		t.Error("an empty filter leads nowhere")
	}
	if a := r.get(r.contributor, "/desk?undo="+string(young.ID)); a.Page.Has(".notice") {
		t.Error("what wasn't decided can't be undone")
	}
}

func TestEmptyQueueSaysWhatToDo(t *testing.T) {
	r := open(t)
	a := r.get(r.animator, "/desk")
	if !a.Page.Has(".empty a[href*=#invite]") {
		t.Errorf("%s", a.Page.Texts("main"))
	}
}

func TestStaleDecisionTellsWhereItStands(t *testing.T) {
	r := open(t)
	e := r.proposal("Le battant de cloche")
	path := "/desk/entry/" + string(e.ID)
	if a := r.post(r.steward, path+"/publish", "seen", "proposed.1"); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode)
	}
	a := r.post(r.animator, path+"/return", "seen", "proposed.1", "note", "Il manque une date.")
	status(t, "a return of what was published meanwhile", a, http.StatusConflict)
	says(t, a, "#errors", "Le battant de cloche")
	says(t, a, "#errors", "Soraya Benali")
	says(t, a, "#return textarea", "Il manque une date.")
	if got := r.now(e.ID).Status; got != press.Published {
		t.Errorf("status %s", got)
	}
	status(t, "twice", r.post(r.animator, path+"/publish", "seen", "proposed.1"), http.StatusConflict)
	status(t, "another text", r.post(r.animator, path+"/bin", "seen", "published.7"), http.StatusConflict)
	status(t, "a form of before", r.post(r.animator, path+"/recover"), http.StatusConflict)
}

func TestFaultsStandBesideFieldsAndKeepWhatWasTyped(t *testing.T) {
	r := open(t)
	e := r.proposal("Le battant de cloche")
	r.Entry(r.site, "Déjà là", press.Published, storetest.By(r.writer))
	path := "/desk/entry/" + string(e.ID)
	for _, tt := range []struct {
		act    string
		fields []string
		fault  string // id of the fault's paragraph
		open   string // id of the unfolded form
		keeps  string // selector of the control, where something was typed
		value  string
	}{
		{"return", []string{"note", " "}, "note-error", "return", "", ""},
		{"refuse", []string{"reason", "\n"}, "reason-error", "refuse", "", ""},
		{"schedule", []string{"at", "demain"}, "at-error", "schedule", "#at", "demain"},
		{"schedule", []string{"at", "2020-01-01T08:00"}, "at-error", "schedule", "#at", "2020-01-01T08:00"},
		{"file", []string{"slug", "deja-la", "tags", "cloche"}, "slug-error", "file", "#tags", "cloche"},
		{"file", []string{"section", "gone"}, "section-error", "file", "", ""},
		{"note", []string{"text", ""}, "text-error", "talk", "", ""},
	} {
		a := r.post(r.animator, path+"/"+tt.act, tt.fields...)
		status(t, tt.act, a, http.StatusUnprocessableEntity)
		if !a.Page.Has("#"+tt.fault) || !a.Page.Has("#errors a") {
			t.Errorf("%s: no fault beside the field: %q", tt.act, a.Page.Texts("#errors"))
		}
		if tt.open != "talk" && !a.Page.Has("details#"+tt.open+"[open]") {
			t.Errorf("%s: its form is folded", tt.act)
		}
		if tt.keeps != "" && a.Page.One(t, tt.keeps).Attr("value") != tt.value {
			t.Errorf("%s: typed %q lost", tt.act, tt.value)
		}
	}
	if got := r.now(e.ID); got.Status != press.Proposed {
		t.Errorf("status %s", got.Status)
	}
}

func TestReadyMadeNoteIsPutIntoTheFieldAndSent(t *testing.T) {
	r := open(t)
	e := r.proposal("Le battant de cloche")
	path := "/desk/entry/" + string(e.ID)
	if n := len(r.get(r.animator, path+"?act=return").Page.All("#return input[type=radio]")); n < 3 {
		t.Errorf("%d ready-made notes", n)
	}
	a := r.post(r.animator, path+"/return", "ready", "detail", "note", "", "fill", "1")
	status(t, "fill", a, http.StatusOK)
	says(t, a, "#return textarea", "Nolwenn")
	a = r.post(r.animator, path+"/return", "ready", "source", "note", "Bravo !", "fill", "1")
	says(t, a, "#return textarea", "Bravo !")
	leadsTo(t, r.post(r.animator, path+"/return", "note", "Bravo ! D’où vient ce chiffre ?", "seen", "proposed.1"), "/la-criee/desk?undo="+string(e.ID))
	a = r.get(r.contributor, path)
	says(t, a, ".opening .typed", "D’où vient ce chiffre\u202f?")
	if strings.Contains(r.get(r.animator, "/desk/journal").Body, "chiffre") {
		t.Error("a note to an author stands in the journal")
	}
}

func TestDecisionsDoWhatTheySay(t *testing.T) {
	r := open(t)
	for _, tt := range []struct {
		act    string
		fields []string
		want   press.Status
		back   string
	}{
		{"refuse", []string{"reason", "C’est une publicité."}, press.Refused, "/reopen"},
		{"schedule", []string{"at", "2026-05-16T08:00"}, press.Scheduled, "/reopen"},
		{"bin", []string{"bin_reason", "Doublon."}, press.Binned, "/recover"},
	} {
		e := r.proposal("Un texte à " + tt.act)
		path := "/desk/entry/" + string(e.ID)
		leadsTo(t, r.post(r.animator, path+"/"+tt.act, tt.fields...), "/la-criee/desk?undo="+string(e.ID))
		got := r.now(e.ID)
		if got.Status != tt.want {
			t.Errorf("%s: %s", tt.act, got.Status)
		}
		if tt.want == press.Scheduled && got.PublishAt.UTC().Format(time.RFC3339) != "2026-05-16T06:00:00Z" {
			t.Errorf("scheduled in another zone: %s", got.PublishAt)
		}
		if a := r.get(r.animator, "/desk?undo="+string(e.ID)); !a.Page.Has(`.notice form[action*=` + tt.back + `]`) {
			t.Errorf("%s can't be taken back", tt.act)
		}
		says(t, r.get(r.animator, path), "h1", "Un texte à")
		if a := r.post(r.animator, path+tt.back); a.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: %d", tt.back, a.StatusCode)
		}
		if got := r.now(e.ID).Status; got != press.Proposed {
			t.Errorf("%s taken back: %s", tt.act, got)
		}
	}
	says(t, r.get(r.animator, "/desk/journal"), ".journal .reason", "C’est une publicité.")
}

func TestFilingFeaturingAndTheBin(t *testing.T) {
	r := open(t)
	e := r.Entry(r.site, "La criée rouvre", press.Published, storetest.By(r.writer))
	path := "/desk/entry/" + string(e.ID)
	leadsTo(t, r.post(r.animator, path+"/file", "section", string(r.section.ID), "tags", "Criée, port", "slug", "samedi"), "/la-criee"+path+"?done=filed")
	if got := r.now(e.ID); got.Section != r.section.ID || got.Slug != "samedi" || len(got.Tags) != 2 {
		t.Errorf("filed %+v", got)
	}
	leadsTo(t, r.post(r.animator, path+"/feature", "on", "1", "back", "/desk/published"), "/la-criee/desk/published?done=featured")
	says(t, r.get(r.animator, "/desk/published?q=criee"), ".slip .status", "une")
	if a := r.get(r.animator, "/desk/published?q=absent"); !a.Page.Has(".empty a") {
		t.Error("a search without answer leads nowhere")
	}
	r.post(r.animator, path+"/feature", "on", "0")
	if !r.now(e.ID).FeaturedAt.IsZero() {
		t.Error("still featured")
	}
	r.post(r.animator, path+"/bin", "bin_reason", "Par erreur.")
	a := r.get(r.steward, "/desk/bin")
	says(t, a, ".slip", "Gwenola Stéphan")
	says(t, a, ".slip .reason", "Par erreur.")
	leadsTo(t, r.post(r.steward, path+"/recover", "back", "/desk/bin"), "/la-criee/desk/bin?done=recovered")
	if got := r.now(e.ID).Status; got != press.Published {
		t.Errorf("recovered as %s", got)
	}
	leadsTo(t, r.post(r.animator, path+"/feature", "on", "1", "back", "//evil.example/desk/"), "/la-criee"+path+"?done=featured")
}

func TestWaitingRevisionIsComparedAcceptedAndDeclined(t *testing.T) {
	r := open(t, func(s *press.Site) { s.Revising = press.ReviseReviewed })
	e := r.Entry(r.site, "La bibliothèque prête", press.Published, storetest.By(r.writer))
	propose := func(text string) {
		t.Helper()
		writer := r.Viewer(r.writer)
		d, err := r.face.Editor.Revise(t.Context(), writer, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		w := d.Content
		w.Answers = press.Answers{"title": {"La bibliothèque prête"}, "text": {text}}
		if d, err = r.face.Editor.Save(t.Context(), writer, string(d.ID), d.Version, workOf(w)); err != nil {
			t.Fatal(err)
		}
		if out, err := r.face.Editor.Amend(t.Context(), writer, string(d.ID), d.Version, "Des graines."); err != nil || !out.Waiting {
			t.Fatal(out, err)
		}
	}
	propose("Un texte sur les graines <b>.")
	a := r.get(r.animator, "/desk")
	says(t, a, ".slip h2", "La bibliothèque prête")
	if !strings.HasSuffix(a.Page.One(t, ".slip h2 a").Attr("href"), "#revision-2") {
		t.Error("the list doesn't lead to the change")
	}
	if r.get(r.contributor, "/desk").Page.Has(".slip") {
		t.Error("a contributor is shown what only animators decide")
	}
	path := "/desk/entry/" + string(e.ID)
	a = r.get(r.animator, path)
	says(t, a, "#revision-2 ins", "sur les graines <b>")
	leadsTo(t, r.post(r.animator, path+"/revision/2/accept"), "/la-criee"+path+"?done=revision-accepted")
	if got := r.now(e.ID).Answers.One("text"); got != "Un texte sur les graines <b>." {
		t.Errorf("accepted %q", got)
	}
	status(t, "twice", r.post(r.steward, path+"/revision/2/decline", "decline-2", "Trop tard."), http.StatusConflict)
	propose("Autre chose.")
	a = r.post(r.animator, path+"/revision/3/decline", "decline-3", " ")
	status(t, "without a reason", a, http.StatusUnprocessableEntity)
	if !a.Page.Has("#decline-3-error") || !a.Page.Has("#decline-3-form[open]") {
		t.Error("the fault isn't beside its field")
	}
	leadsTo(t, r.post(r.animator, path+"/revision/3/decline", "decline-3", "C’était mieux avant."), "/la-criee"+path+"?done=revision-declined")
	status(t, "no such revision", r.post(r.animator, path+"/revision/99/accept"), http.StatusNotFound)
	status(t, "no number", r.post(r.animator, path+"/revision/x/accept"), http.StatusNotFound)
	status(t, "by a contributor", r.post(r.contributor, path+"/revision/3/accept"), http.StatusForbidden)
}
