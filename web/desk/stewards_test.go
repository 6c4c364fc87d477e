package desk_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bourgeon/kit/post"
	"bourgeon/press"
)

func TestInvitingCancellingAndTheTree(t *testing.T) {
	r := open(t)
	a := r.post(r.steward, "/desk/people/invite", "email", "pas une adresse", "role", "animator", "message", "Venez !")
	status(t, "a bad address", a, http.StatusUnprocessableEntity)
	if !a.Page.Has("#email-error") || a.Page.One(t, "#email").Attr("value") != "pas une adresse" {
		t.Error("the fault isn't beside its field, or what was typed is lost")
	}
	says(t, a, "#message", "Venez !")
	leadsTo(t, r.post(r.steward, "/desk/people/invite", "email", "Mona@Example.net", "role", "animator", "section", string(r.section.ID)), "/la-criee/desk/people?done=invited")
	if len(r.mails) != 1 || r.mails[0].To != "mona@example.net" {
		t.Fatalf("mails %+v", r.mails)
	}
	status(t, "another site's section", r.post(r.steward, "/desk/people/invite", "email", "a@example.net", "role", "animator", "section", "x"), http.StatusUnprocessableEntity)
	status(t, "an animator naming a steward", r.post(r.animator, "/desk/people/invite", "email", "a@example.net", "role", "steward"), http.StatusForbidden)
	status(t, "a contributor inviting", r.post(r.contributor, "/desk/people/invite", "email", "a@example.net", "role", "contributor"), http.StatusForbidden)
	leadsTo(t, r.post(r.animator, "/desk/people/invite", "email", "b@example.net", "role", "contributor"), "/la-criee/desk/people?done=invited")

	a = r.get(r.steward, "/desk/people")
	says(t, a, "#pending li", "m…@example.net")
	if n := len(a.Page.All("#pending li")); n != 2 {
		t.Errorf("%d wait", n)
	}
	if r.get(r.animator, "/desk/people").Page.Has("#pending") {
		t.Error("an animator sees invitations")
	}
	if _, _, err := r.face.Door.Accept(t.Context(), r.mails[0].Data["token"], "Mona Ar Bihan", "fr"); err != nil {
		t.Fatal(err)
	}
	a = r.get(r.steward, "/desk/people")
	says(t, a, ".people-rows li", "Mona Ar Bihan")
	says(t, a, ".people-rows li", "Soraya Benali")
	says(t, a, ".tree .tree li", "Mona Ar Bihan")
	cancel := strings.TrimPrefix(a.Page.One(t, "#pending form").Attr("action"), "/la-criee")
	status(t, "cancelled by an animator", r.post(r.animator, cancel), http.StatusForbidden)
	leadsTo(t, r.post(r.steward, cancel), "/la-criee/desk/people?done=cancelled")
	if r.get(r.steward, "/desk/people").Page.Has("#pending") {
		t.Error("still waits")
	}
	status(t, "twice", r.post(r.steward, cancel), http.StatusNotFound)
}

func (r *room) role(v press.Viewer) press.Membership {
	r.t.Helper()
	return r.again(v).Memberships[0]
}

func TestRolesChangeAndKeysAreHandedOver(t *testing.T) {
	r := open(t)
	path := func(v press.Viewer, act string) string { return "/desk/people/" + string(r.role(v).ID) + "/" + act }
	status(t, "by an animator", r.post(r.animator, path(r.contributor, "role"), "new_role", "animator"), http.StatusForbidden)
	status(t, "by another site's steward", r.post(r.stranger, path(r.contributor, "role"), "new_role", "animator"), http.StatusNotFound)
	a := r.post(r.steward, path(r.contributor, "role"), "new_role", "king")
	status(t, "an unknown role", a, http.StatusUnprocessableEntity)
	leadsTo(t, r.post(r.steward, path(r.contributor, "role"), "new_role", "animator", "new_section", string(r.other.ID)), "/la-criee/desk/people?done=saved")
	if m := r.role(r.contributor); m.Role != press.Animator || m.Section != r.other.ID {
		t.Errorf("changed to %+v", m)
	}
	a = r.post(r.steward, path(r.steward, "remove"))
	status(t, "the last steward leaves", a, http.StatusConflict)
	if !a.Page.Has("#errors h2") {
		t.Error("nothing says why")
	}
	status(t, "a role of another site", r.post(r.network, "/desk/people/"+string(r.role(r.stranger).ID)+"/remove"), http.StatusNotFound)

	says(t, r.get(r.steward, path(r.animator, "handover")), "h1", "Gwenola Stéphan")
	status(t, "by an animator", r.get(r.animator, path(r.animator, "handover")), http.StatusForbidden)
	leadsTo(t, r.post(r.steward, path(r.animator, "handover"), "leave", "1"), "/la-criee/desk/people?done=handed-over")
	if r.role(r.animator).Role != press.Steward || r.role(r.steward).Role != press.Contributor {
		t.Errorf("after: %+v, %+v", r.role(r.animator), r.role(r.steward))
	}
	leadsTo(t, r.post(r.again(r.steward), path(r.steward, "remove")), "/la-criee/me?done=left")
}

func TestSettingsAreKeptOrToldApart(t *testing.T) {
	r := open(t)
	typed := []string{
		"name", "La Criée du port", "tagline", "On s’écrit", "language", "br", "languages", "fr", "languages", "br", "timezone", "Europe/Paris",
		"openness", "open", "revising", "reviewed", "licence", "CC-BY-4.0", "charter", "## Pour tous",
	}
	leadsTo(t, r.post(r.steward, "/desk/site", typed...), "/la-criee/desk/site?done=saved")
	site, err := r.Store.Site(t.Context(), press.Itself, r.site.ID)
	if err != nil {
		t.Fatal(err)
	}
	if site.Name != "La Criée du port" || !slices.Equal(site.Languages, []string{"br", "fr"}) || site.Openness != press.Open ||
		!strings.Contains(site.CharterHTML, "Pour tous") || site.Revising != press.ReviseReviewed {
		t.Errorf("kept %+v", site)
	}
	for field, bad := range map[string]string{
		"name": "", "timezone": "Nulle/Part", "openness": "closed", "revising": "", "licence": "mine",
		"tagline": strings.Repeat("é", 201), "language": "de",
	} {
		form := slices.Clone(typed)
		for i := 0; i < len(form); i += 2 {
			if form[i] == field {
				form[i+1] = bad
			}
		}
		a := r.post(r.steward, "/desk/site", form...)
		status(t, field, a, http.StatusUnprocessableEntity)
		if !a.Page.Has(".field.bad") || !a.Page.Has("#errors a") {
			t.Errorf("%s: no fault beside the field", field)
		}
		says(t, a, "#charter", "## Pour tous")
	}
	status(t, "by an animator", r.post(r.animator, "/desk/site", typed...), http.StatusForbidden)
}

func TestASiteIsDescribedInItsLanguages(t *testing.T) {
	r := open(t, func(s *press.Site) { s.Languages = []string{"fr", "br"} })
	typed := []string{
		"name", "La Criée", "language", "fr", "languages", "fr", "languages", "br", "timezone", "Europe/Paris", "openness", "open",
		"revising", "free", "licence", "CC-BY-4.0", "charter", "Parlez vrai.", "name-br", "Ar Griadeg", "tagline-br", "Keloù", "charter-br", "**Gwir**",
	}
	leadsTo(t, r.post(r.steward, "/desk/site", typed...), "/la-criee/desk/site?done=saved")
	site := func() press.Site {
		s, err := r.Store.Site(t.Context(), press.Itself, r.site.ID)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if words := site().Words["br"]; words.Name != "Ar Griadeg" || !strings.Contains(words.CharterHTML, "<strong>Gwir</strong>") {
		t.Errorf("in Breton: %+v", words)
	}
	if a := r.get(r.steward, "/desk/site"); a.Page.One(t, "#name-br").Attr("value") != "Ar Griadeg" || a.Page.Has("#name-en") {
		t.Error("the form doesn’t ask for the languages of the site")
	}
	bad := append(slices.Clone(typed), "x", "")
	bad[slices.Index(bad, "name-br")+1] = strings.Repeat("é", 101)
	a := r.post(r.steward, "/desk/site", bad...)
	status(t, "a name too long", a, http.StatusUnprocessableEntity)
	if !a.Page.Has("#name-br-error") {
		t.Error("the fault isn’t beside its field")
	}
	// A language taken off the list keeps its words for later.
	alone := []string{"name", "La Criée", "language", "fr", "languages", "fr", "timezone", "Europe/Paris", "openness", "open", "revising", "free", "licence", "CC-BY-4.0", "charter", "Parlez vrai."}
	leadsTo(t, r.post(r.steward, "/desk/site", alone...), "/la-criee/desk/site?done=saved")
	if s := site(); s.Words["br"].Name != "Ar Griadeg" || s.In("br").Name != "La Criée" {
		t.Errorf("words kept: %+v, shown: %s", s.Words, s.In("br").Name)
	}
	leadsTo(t, r.post(r.steward, "/desk/site", typed...), "/la-criee/desk/site?done=saved")
	leadsTo(t, r.post(r.steward, "/desk/sections/"+string(r.section.ID), "name", "Vie du port", "name-br", "Buhez ar porzh", "description-br", "Bemdez"), "/la-criee/desk/sections?done=saved")
	c, err := r.Store.Section(t.Context(), press.Itself, r.section.ID)
	if err != nil || c.In("br").Name != "Buhez ar porzh" || c.Name != "Vie du port" {
		t.Errorf("the section %+v, %v", c, err)
	}
}

func TestAddressMovesAndTheSiteCloses(t *testing.T) {
	r := open(t)
	a := r.post(r.steward, "/desk/site/address", "slug", "estran", "host", "http://x")
	status(t, "taken", a, http.StatusUnprocessableEntity)
	if !a.Page.Has("#slug-error") || !a.Page.Has("#host-error") || a.Page.One(t, "#host").Attr("value") != "http://x" {
		t.Errorf("faults %q", a.Page.Texts("#errors"))
	}
	status(t, "the house's own", r.post(r.steward, "/desk/site/address", "slug", "desk"), http.StatusUnprocessableEntity)
	leadsTo(t, r.post(r.steward, "/desk/site/address", "slug", "la-maree", "host", ""), "/la-maree/desk/site/address?done=saved")
	if kind, target, err := r.Store.Redirect(t.Context(), press.Itself, "network", "la-criee"); err != nil || kind != "site" || target != string(r.site.ID) {
		t.Errorf("the old address leads to %s %s, %v", kind, target, err)
	}
	leadsTo(t, r.post(r.steward, "/desk/site/close", "reason", "Fini."), "/la-maree/desk/site/closing?done=closed")
	if !r.get(r.steward, "/desk/site/closing").Page.Has("form[action*=reopen]") {
		t.Error("no way to reopen")
	}
	leadsTo(t, r.post(r.steward, "/desk/site/reopen"), "/la-maree/desk/site?done=opened")
	status(t, "closed by an animator", r.post(r.animator, "/desk/site/close"), http.StatusForbidden)
}

// TestMovingToAnotherHost: browsers don't follow a form there, so that the page leads on.
func TestMovingToAnotherHost(t *testing.T) {
	r := open(t)
	a := r.post(r.steward, "/desk/site/address", "slug", "la-criee", "host", "mag.example.org")
	status(t, "moved", a, http.StatusOK)
	if got := a.Page.One(t, "main a.button").Attr("href"); got != "http://mag.example.org:8080/desk/site" {
		t.Errorf("leads to %s", got)
	}
}

func TestSectionsAreOpenedOrderedAndClosed(t *testing.T) {
	r := open(t)
	a := r.post(r.steward, "/desk/sections", "name", "", "description", "Des visages.")
	status(t, "without a name", a, http.StatusUnprocessableEntity)
	says(t, a, "#description", "Des visages.")
	leadsTo(t, r.post(r.steward, "/desk/sections", "name", "Sport", "description", "Ballons."), "/la-criee/desk/sections?done=saved")
	names := func() []string { return r.get(r.steward, "/desk/sections").Page.Texts("ol.rows h2") }
	if got := names(); !slices.Equal(got, []string{"Vie du port", "Portraits", "Sport"}) {
		t.Fatalf("sections %q", got)
	}
	r.post(r.steward, "/desk/sections/"+string(r.other.ID)+"/up")
	if got := names(); got[0] != "Portraits" {
		t.Errorf("moved up: %q", got)
	}
	r.post(r.steward, "/desk/sections/"+string(r.other.ID)+"/down")
	r.post(r.steward, "/desk/sections/"+string(r.other.ID)+"/down")
	if got := names(); got[2] != "Portraits" {
		t.Errorf("moved down: %q", got)
	}
	leadsTo(t, r.post(r.steward, "/desk/sections/"+string(r.section.ID), "name", "Le port", "slug", "port"), "/la-criee/desk/sections?done=saved")
	r.post(r.steward, "/desk/sections/"+string(r.section.ID)+"/close")
	says(t, r.get(r.steward, "/desk/sections"), "#closed h3", "Le port")
	r.post(r.steward, "/desk/sections/"+string(r.section.ID)+"/reopen")
	if r.get(r.steward, "/desk/sections").Page.Has("#closed") {
		t.Error("still closed")
	}
	status(t, "no such act", r.post(r.steward, "/desk/sections/"+string(r.section.ID)+"/burn"), http.StatusNotFound)
	status(t, "no such section", r.get(r.steward, "/desk/sections/x"), http.StatusNotFound)
	status(t, "by an animator", r.post(r.animator, "/desk/sections", "name", "X"), http.StatusForbidden)
}

func TestPortalOpensASiteAndInvitesItsSteward(t *testing.T) {
	r := open(t)
	portal := press.Site{}
	status(t, "nobody", r.askAt(portal, press.Viewer{}, http.MethodGet, "/desk", nil), http.StatusSeeOther)
	a := r.askAt(portal, r.animator, http.MethodGet, "/desk", nil)
	status(t, "an animator", a, http.StatusOK)
	if got := a.Page.Texts(".rows h2"); len(got) != 1 || a.Page.Has("a[href*=new]") {
		t.Errorf("an animator's sites %q", got)
	}
	if n := len(r.askAt(portal, r.network, http.MethodGet, "/desk", nil).Page.All(".rows > li")); n != 2 {
		t.Errorf("%d sites for the network's steward", n)
	}
	if !r.askAt(portal, r.Viewer(r.writer), http.MethodGet, "/desk", nil).Page.Has(".empty .write") {
		t.Error("without role, nothing says what to do")
	}
	for _, path := range []string{"/desk/new", "/desk/site", "/desk/people"} {
		status(t, path+" by a site's steward", r.askAt(portal, r.steward, http.MethodGet, path, nil), http.StatusForbidden)
		status(t, path, r.askAt(portal, r.network, http.MethodGet, path, nil), http.StatusOK)
	}
	form := url.Values{"name": {"Bord à bord"}, "language": {"fr"}, "openness": {"members"}, "licence": {"CC-BY-4.0"}, "email": {"nope"}}
	a = r.askAt(portal, r.network, http.MethodPost, "/desk/new", form)
	status(t, "a bad address", a, http.StatusUnprocessableEntity)
	if a.Page.One(t, "#name").Attr("value") != "Bord à bord" || !a.Page.Has("#email-error") {
		t.Error("what was typed is lost")
	}
	form.Set("email", "mona@example.net")
	leadsTo(t, r.askAt(portal, r.network, http.MethodPost, "/desk/new", form), "/bord-a-bord/desk/site?done=opened")
	site, err := r.Store.SiteBySlug(t.Context(), press.Itself, "bord-a-bord")
	if err != nil || site.Openness != press.Members || site.Licence != "CC-BY-4.0" {
		t.Errorf("opened %+v, %v", site, err)
	}
	if len(r.mails) != 1 || r.mails[0].Kind != press.MailInvitation || r.mails[0].Site != site.ID {
		t.Errorf("mails %+v", r.mails)
	}
	leadsTo(t, r.askAt(site, r.again(r.network), http.MethodGet, "/desk/front", nil), "/bord-a-bord/page/accueil/edit")
	status(t, "the same address", r.askAt(portal, r.network, http.MethodPost, "/desk/new", form), http.StatusUnprocessableEntity)
	form = url.Values{"name": {"Le pays"}, "tagline": {"Ensemble"}, "language": {"br"}, "about": {"Bonjour"}}
	leadsTo(t, r.askAt(portal, r.network, http.MethodPost, "/desk/site", form), "/desk/site?done=saved")
	form.Set("name", "")
	status(t, "without a name", r.askAt(portal, r.network, http.MethodPost, "/desk/site", form), http.StatusUnprocessableEntity)
}

func TestOutboxIsForDemonstrationsOnly(t *testing.T) {
	r := open(t)
	portal := press.Site{}
	status(t, "in earnest", r.askAt(portal, r.network, http.MethodGet, "/outbox", nil), http.StatusNotFound)
	r.house.Demo, r.house.Outbox = true, filepath.Join(t.TempDir(), "outbox")
	if !r.askAt(portal, press.Viewer{}, http.MethodGet, "/outbox", nil).Page.Has(".empty a") {
		t.Error("an empty outbox says nothing")
	}
	box := &post.Outbox{Dir: r.house.Outbox}
	for _, m := range []post.Message{
		{From: "criee@example.org", To: "a@example.org", Subject: "Le premier", Text: "Bonjour <b>,\n\nici : http://localhost:8080/confirm/abc."},
		{From: "criee@example.org", To: "a@example.org", Subject: "Le second", Text: "Rien."},
	} {
		if err := box.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	a := r.askAt(portal, press.Viewer{}, http.MethodGet, "/outbox", nil)
	says(t, a, "#letter h2", "Le second")
	files, err := os.ReadDir(r.house.Outbox)
	if err != nil {
		t.Fatal(err)
	}
	a = r.askAt(portal, press.Viewer{}, http.MethodGet, "/outbox?mail="+files[0].Name(), nil)
	says(t, a, "pre.letter", "Bonjour <b>,")
	if got := a.Page.One(t, "pre.letter a").Attr("href"); got != "http://localhost:8080/confirm/abc" {
		t.Errorf("link %q", got)
	}
	status(t, "another file", r.askAt(portal, press.Viewer{}, http.MethodGet, "/outbox?mail=../../etc/passwd", nil), http.StatusOK)
}

func TestAnAnimatorsInvitationTakesNoKeysAway(t *testing.T) {
	r := open(t)
	p, err := r.Store.Person(t.Context(), press.Itself, r.steward.Person)
	if err != nil {
		t.Fatal(err)
	}
	r.post(r.animator, "/desk/people/invite", "email", p.Email, "role", "contributor")
	if _, _, err := r.face.Door.Accept(t.Context(), r.mails[0].Data["token"], "", "fr"); err != nil {
		t.Fatal(err)
	}
	if r.role(r.steward).Role != press.Steward {
		t.Error("a steward became a contributor by accepting an invitation")
	}
}
