package write_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"bourgeon/kit/pow"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

func (m mine) entry(id press.EntryID) press.Entry {
	m.t.Helper()
	e, err := m.town.Store.Entry(m.t.Context(), press.Itself, id)
	if err != nil {
		m.t.Fatal(err)
	}
	return e
}

// mine is an author with a published entry.
type mine struct {
	t      *testing.T
	town   *walktest.Town
	author press.Person
	e      press.Entry
	*walktest.Walker
}

func published(t *testing.T, status press.Status, with ...func(*press.Site)) mine {
	town := walktest.NewTown(t, with...)
	author := town.Person("Nolwenn Le Garrec")
	e := town.Entry(town.Site, "Le battant de cloche", status, storetest.By(author))
	return mine{t, town, author, e, town.As(town.Viewer(author))}
}

func TestReviseAtOnce(t *testing.T) {
	m := published(t, press.Published)
	m.town.Walker().Go("/article/le-battant-de-cloche/edit").At("/signin")
	m.Go("/article/le-battant-de-cloche/edit").Want(200).At("/draft/")
	if words := m.Page.One(t, amend).Text(); words != "Publier les changements" {
		t.Errorf("the button says %q", words)
	}
	m.Press(amend, one("text", "Deux battants.", "note", "J’en ai retrouvé un autre."))
	e := m.entry(m.e.ID)
	if e.Answers.One("text") != "Deux battants." || e.Revision != 2 {
		t.Errorf("revised: %+v", e)
	}
	if !strings.Contains(m.Path, "/article/le-battant-de-cloche?done=amended") {
		t.Errorf("at %s", m.Path)
	}
	m.Send("/la-criee/article/le-battant-de-cloche/restore/1", url.Values{}, false)
	if e := m.entry(m.e.ID); e.Answers.One("text") != "Un texte." || e.Revision != 3 {
		t.Errorf("restored: %+v", e)
	}
}

func TestReviseReviewed(t *testing.T) {
	m := published(t, press.Published, func(s *press.Site) { s.Revising = press.ReviseReviewed })
	m.Go("/article/le-battant-de-cloche/edit")
	if words := m.Page.One(t, amend).Text(); words != "Proposer les changements" {
		t.Errorf("the button says %q", words)
	}
	m.Press(preview, one("text", "Deux battants.")).Says("Deux battants")
	m.Go(strings.TrimPrefix(strings.TrimSuffix(m.Path, "/preview"), "/la-criee")+"/sign").Press(submit, one("note", "Un autre."))
	if e := m.entry(m.e.ID); e.Revision != 1 || e.Answers.One("text") != "Un texte." {
		t.Errorf("a change that must wait was shown: %+v", e)
	}
	if !strings.Contains(m.Path, "done=revision-proposed") {
		t.Errorf("at %s", m.Path)
	}
}

func TestReturnedEntryShowsTheNote(t *testing.T) {
	m := published(t, press.Proposed)
	soraya := m.town.Member("Soraya Benali", press.Animator, m.town.Site.ID, "")
	if err := m.town.Editor.Return(t.Context(), soraya, m.e.ID, "Presque prêt.\nQui l’a retrouvé ?"); err != nil {
		t.Fatal(err)
	}
	m.Go("/me").Want(200).Says("Revient vers vous", "Qui l’a retrouvé ?")
	m.Go("/article/le-battant-de-cloche/edit").Says("Qui l’a retrouvé ?")
	m.Press(amend, one("text", "C’est Loeiz.")).At("/me")
	if e := m.entry(m.e.ID); e.Status != press.Proposed || e.Answers.One("text") != "C’est Loeiz." {
		t.Errorf("amended: %+v", e)
	}
}

func TestChangedMeanwhileMerges(t *testing.T) {
	m := published(t, press.Published)
	m.Go("/article/le-battant-de-cloche/edit")
	soraya := m.town.Member("Soraya Benali", press.Animator, m.town.Site.ID, "")
	s := m.town.As(soraya).Go("/article/le-battant-de-cloche/edit")
	s.Press(amend, one("title", "Le battant de la cloche"))
	m.Press(amend, one("text", "Deux battants.")).Want(200).At("/draft/").Says("Soraya Benali")
	if got := m.Page.One(t, ".whole textarea#title").Text(); got != "Le battant de la cloche" {
		t.Errorf("merged title: %q", got)
	}
	m.Press(".whole button", nil).Want(200).At("/draft/").Press(amend, nil)
	if e := m.entry(m.e.ID); e.Title != "Le battant de la cloche" || e.Answers.One("text") != "Deux battants." {
		t.Errorf("merged: %q %q", e.Title, e.Answers.One("text"))
	}
}

func TestWithdrawAndProposeAgain(t *testing.T) {
	m := published(t, press.Published)
	m.town.As(m.town.Viewer(m.town.Person("Youenn"))).Go("/article/le-battant-de-cloche/withdraw").Want(404)
	m.Go("/article/le-battant-de-cloche/withdraw").Want(200).Press(submit, nil).Want(422)
	m.Press(submit, one("reason", "Je le reprends.")).At("/me").Says("Retiré")
	if e := m.entry(m.e.ID); e.Status != press.Withdrawn {
		t.Fatalf("%s", e.Status)
	}
	m.Press(`form[action="/la-criee/me/propose-again"] button`, nil).At("/me")
	if e := m.entry(m.e.ID); e.Status != press.Proposed {
		t.Errorf("%s", e.Status)
	}
}

func TestMe(t *testing.T) {
	m := published(t, press.Published)
	m.town.Walker().Go("/me").At("/signin")
	m.Go("/me").Want(200).Says("Le battant de cloche", "Publié")
	m.Press(`form[action="/la-criee/me"] button`, one("name", "", "language", "br")).Want(422)
	m.Press(`form[action="/la-criee/me"] button`, one("name", "Nolwenn", "language", "br")).Want(200)
	p, err := m.town.Store.Person(t.Context(), press.Itself, m.author.ID)
	if err != nil || p.Name != "Nolwenn" || p.Language != "br" {
		t.Errorf("%+v %v", p, err)
	}
	m.Portal().Go("/me").Want(200).Says("Le battant de cloche")
	m.Press(`button[name=everywhere]`, nil)
	if m.SignedIn() {
		t.Error("still signed in")
	}
}

// kept is an autosave's answer.
type kept struct {
	Address string
	Version int
	Told    string
	Retry   bool
}

func autosave(w *walktest.Walker, path string, values url.Values) kept {
	w.T.Helper()
	w.Send(path, values, false)
	var k kept
	if err := json.Unmarshal([]byte(w.Body), &k); err != nil {
		w.T.Fatalf("%d %s", w.Status, w.Body)
	}
	return k
}

func TestAutosave(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker()
	if k := autosave(w, "/la-criee/write/article/autosave", url.Values{"title": {" "}}); w.Status != 422 || k.Told == "" {
		t.Errorf("empty: %d %+v", w.Status, k)
	}
	first := autosave(w, "/la-criee/write/article/autosave", url.Values{"title": {"Un titre"}})
	if w.Status != 201 || first.Version != 1 || !strings.HasPrefix(first.Told, "Enregistré à") {
		t.Fatalf("first: %d %+v", w.Status, first)
	}
	second := autosave(w, first.Address+"/autosave", url.Values{"title": {"Un titre"}, "text": {"Un texte."}, "version": {"1"}})
	if w.Status != 200 || second.Version != 2 {
		t.Fatalf("second: %d %+v", w.Status, second)
	}
	if stale := autosave(w, first.Address+"/autosave", url.Values{"text": {"Autre chose."}, "version": {"1"}}); w.Status != 409 || stale.Told == "" {
		t.Errorf("stale: %d %+v", w.Status, stale)
	}
	w.Go(strings.TrimPrefix(first.Address, "/la-criee")).Want(200)
	if got := w.Page.One(t, "textarea#text").Text(); got != "Un texte." {
		t.Errorf("kept %q", got)
	}
}

func TestWritingOnAfterSigning(t *testing.T) {
	town := walktest.NewTown(t, func(s *press.Site) { s.Openness = press.Open })
	w := town.Walker().Go("/write/article").Press(preview, one("title", "Un titre", "text", "Un texte."))
	draft := strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee")
	w.Go(draft+"/sign").Press(submit, one("name", "N", "email", nolwenn, "charter", "1")).At("/challenge/")
	challenge := strings.TrimPrefix(w.Path, "/la-criee")
	w.Go(draft).Says(nolwenn).Press(save, one("text", "Un texte, et sa suite.")).Want(200)
	w.Go(challenge).Press(submit, one("code", town.LastMail(nolwenn).Data["code"])).At("/me/thanks")
	all, err := town.Store.Entries(t.Context(), press.Itself, store.Selection{Body: true})
	if err != nil || len(all.Entries) != 1 || all.Entries[0].Answers.One("text") != "Un texte." {
		t.Fatalf("%+v %v", all.Entries, err)
	}
	w.Go("/me").Says("pas encore envoyé")
	w.Go("/article/un-titre/edit").Want(200)
	if got := w.Page.One(t, "textarea#text").Text(); got != "Un texte, et sa suite." {
		t.Errorf("what was written after signing is lost: %q", got)
	}
}

func TestDraftElsewhere(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/brief").Press(save, one("title", "Une brève")).Want(200)
	draft := w.Path
	w.Press(`form[action="`+draft[:strings.Index(draft, "?")]+`/mail-link"] button`, one("send_to", "pas une adresse")).Want(422)
	w.Press(`form[action="`+draft[:strings.Index(draft, "?")]+`/mail-link"] button`, one("send_to", nolwenn)).Want(200)
	mail := town.LastMail(nolwenn)
	if mail.Kind != press.MailDraft || mail.Data["title"] != "Une brève" {
		t.Errorf("%+v", mail)
	}
	town.Walker().Go("/draft/"+mail.Data["token"]).Want(200).Press("#discard button", nil).At("/write")
	w.Go("/draft/" + mail.Data["token"]).Want(404)
}

func TestRobots(t *testing.T) {
	town := walktest.NewTown(t)
	town.House.Gate = &pow.Gate{Key: []byte("0123456789abcdef"), Now: func() time.Time { return town.At }}
	town.House.Limits.Bare = ratelimit.New(ratelimit.Rate{Burst: 1, Every: time.Hour}, func() time.Time { return town.At })
	begin := func(answers fill) *walktest.Walker {
		return town.Walker().Go("/write/article").Press(save, answers)
	}
	begin(one("title", "Un titre", "website", "https://spam.example")).Want(422)
	begin(one("title", "Sans script")).Want(200).At("/draft/")
	w := begin(one("title", "Encore", "text", "Un texte")).Want(429)
	if w.Header.Get("Retry-After") == "" || w.Page.One(t, "textarea#text").Text() != "Un texte" {
		t.Errorf("limit: %v %s", w.Header, w.Page.Texts("main"))
	}
	w = town.Walker().Go("/write/article")
	challenge := w.Page.One(t, "#sheet").Attr("data-pow")
	w.Press(save, one("title", "Avec preuve", "pow_nonce", pow.Solve(challenge))).Want(200).At("/draft/")
}
