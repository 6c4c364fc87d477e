package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/web/page/pagetest"
)

func TestWhoMayOpenWhichPage(t *testing.T) {
	r := open(t)
	e := r.proposal("Le battant de cloche", in(r.section))
	const ok, signIn, no, none = http.StatusOK, http.StatusSeeOther, http.StatusForbidden, http.StatusNotFound
	pages := []struct {
		path                                                                string
		nobody, stranger, writer, contributor, sectional, animator, steward int
	}{
		{"/desk", signIn, none, none, ok, ok, ok, ok},
		{"/desk/entry/" + string(e.ID), signIn, none, none, ok, ok, ok, ok},
		{"/desk/entry/nothing", signIn, none, none, none, none, none, none},
		{"/desk/reports", signIn, none, none, no, ok, ok, ok},
		{"/desk/reports/nothing", signIn, none, none, no, none, none, none},
		{"/desk/published", signIn, none, none, no, ok, ok, ok},
		{"/desk/bin", signIn, none, none, no, ok, ok, ok},
		{"/desk/journal", signIn, none, none, ok, ok, ok, ok},
		{"/desk/people", signIn, none, none, ok, ok, ok, ok},
		{"/desk/site", signIn, none, none, no, no, no, ok},
		{"/desk/site/address", signIn, none, none, no, no, no, ok},
		{"/desk/site/closing", signIn, none, none, no, no, no, ok},
		{"/desk/sections", signIn, none, none, no, no, no, ok},
		{"/desk/sections/" + string(r.section.ID), signIn, none, none, no, no, no, ok},
		{"/desk/front", signIn, none, none, no, none, none, none}, // the world's sites have no front page
	}
	for _, p := range pages {
		for _, visit := range []struct {
			who  string
			v    press.Viewer
			want int
		}{
			{"nobody", press.Viewer{}, p.nobody}, {"a steward of another site", r.stranger, p.stranger},
			{"the author, without role", r.Viewer(r.writer), p.writer}, {"a contributor", r.contributor, p.contributor},
			{"a section's animator", r.sectional, p.sectional}, {"an animator", r.animator, p.animator},
			{"a steward", r.steward, p.steward}, {"the network's steward", r.network, p.steward},
		} {
			a := r.get(visit.v, p.path)
			status(t, p.path+" for "+visit.who, a, visit.want)
			if visit.want == ok && !a.Page.Has("nav.deskline a") {
				t.Errorf("%s for %s has no way to the other pages", p.path, visit.who)
			}
		}
	}
}

func TestWhoMayDecide(t *testing.T) {
	r := open(t)
	here, there := r.proposal("Ici", in(r.section)), r.proposal("Ailleurs", in(r.other))
	acts := map[string][]string{
		"publish": nil, "return": {"note", "Un mot."}, "refuse": {"reason", "Publicité."}, "schedule": {"at", "2027-01-01T08:00"},
		"file": {"tags", "port"}, "feature": {"on", "1"}, "bin": nil, "recover": nil, "reopen": nil,
	}
	for act, fields := range acts {
		for _, visit := range []struct {
			who  string
			v    press.Viewer
			e    press.Entry
			want int
		}{
			{"nobody", press.Viewer{}, here, http.StatusSeeOther},
			{"a steward of another site", r.stranger, here, http.StatusNotFound},
			{"the author", r.Viewer(r.writer), here, http.StatusNotFound},
			{"a contributor", r.contributor, here, http.StatusForbidden},
			{"another section's animator", r.sectional, there, http.StatusForbidden},
		} {
			status(t, act+" by "+visit.who, r.post(visit.v, "/desk/entry/"+string(visit.e.ID)+"/"+act, fields...), visit.want)
		}
	}
	for _, e := range []press.Entry{here, there} {
		if got := r.now(e.ID); got.Status != press.Proposed || len(got.Tags) > 0 {
			t.Errorf("%s changed: %+v", e.Title, got)
		}
	}
	leadsTo(t, r.post(r.sectional, "/desk/entry/"+string(here.ID)+"/publish"), "/la-criee/desk?undo="+string(here.ID))
}

func TestContributorSeesProposalsWithoutDecisions(t *testing.T) {
	r := open(t)
	e := r.proposal("Le battant de cloche", in(r.section))
	queue := r.get(r.contributor, "/desk")
	says(t, queue, ".slip h2", "Le battant de cloche")
	if queue.Page.Has(".slip button") || queue.Page.Has(".slip details") {
		t.Error("a contributor is offered decisions in the list")
	}
	a := r.get(r.contributor, "/desk/entry/"+string(e.ID))
	if a.Page.Has("#decide") || a.Page.Has("form[action*=publish]") {
		t.Error("a contributor is offered decisions")
	}
	leadsTo(t, r.post(r.contributor, "/desk/entry/"+string(e.ID)+"/note", "text", "Très bon."),
		"/la-criee/desk/entry/"+string(e.ID)+"?done=noted#talk")
	says(t, r.get(r.animator, "/desk/entry/"+string(e.ID)), "#talk li", "Très bon.")

	// A section's animator reads the others' proposals, and decides on their own.
	other := r.proposal("Un portrait", in(r.other))
	if a := r.get(r.sectional, "/desk/entry/"+string(other.ID)); a.Page.Has("#decide") {
		t.Error("decisions offered outside one's section")
	}
	if a := r.get(r.sectional, "/desk/entry/"+string(e.ID)); !a.Page.Has("#decide") {
		t.Error("no decisions offered in one's section")
	}
}

// everyPage are all pages of the desk that show an entry or people.
func (r *room) everyPage(v press.Viewer, entries ...press.Entry) []pagetest.Answer {
	paths := []string{"/desk", "/desk/published", "/desk/bin", "/desk/journal", "/desk/people"}
	for _, e := range entries {
		paths = append(paths, "/desk/entry/"+string(e.ID), "/desk?undo="+string(e.ID))
	}
	var all []pagetest.Answer
	for _, path := range paths {
		all = append(all, r.get(v, path))
	}
	return all
}

func TestNobodyAnonymousIsNamedAndNoAddressShown(t *testing.T) {
	r := open(t, func(s *press.Site) { s.Revising = press.ReviseReviewed })
	secret := r.Person("Zephyrine Secrète")
	r.Role(secret, press.Contributor, r.site.ID, "") // of the people by another way, and still nobody's author
	waiting := r.Entry(r.site, "Sans nom", press.Proposed, anonymously(secret))
	out := r.Entry(r.site, "Paru sans nom", press.Published, anonymously(secret))
	binned := r.Entry(r.site, "Jeté sans nom", press.Proposed, anonymously(secret))
	viewer := r.Viewer(secret)
	if a := r.post(viewer, "/desk/entry/"+string(waiting.ID)+"/note", "text", "Une précision."); a.StatusCode != http.StatusSeeOther {
		t.Fatal("the note was not kept")
	}
	for _, act := range []struct {
		id   press.EntryID
		path string
	}{{binned.ID, "/bin"}, {waiting.ID, "/publish"}, {waiting.ID, "/reopen"}} {
		if a := r.post(r.animator, "/desk/entry/"+string(act.id)+act.path); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %d", act.path, a.StatusCode)
		}
	}
	d, err := r.face.Editor.Revise(t.Context(), viewer, out.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.face.Editor.Amend(t.Context(), viewer, string(d.ID), d.Version, "Une faute."); err != nil {
		t.Fatal(err)
	}
	r.post(r.steward, "/desk/people/invite", "email", "quelquun@example.net", "role", "contributor")

	for _, v := range []press.Viewer{r.animator, r.steward} {
		for _, a := range r.everyPage(v, waiting, out, binned) {
			path := a.Page.Texts("h1")
			status(t, "page", a, http.StatusOK)
			main := ""
			for _, n := range a.Page.All("main") {
				main += n.String()
			}
			if len(a.Page.All(".people-rows")) == 0 && strings.Contains(main, "Zephyrine") {
				t.Errorf("%s names someone who signed without a name", path)
			}
			if strings.Contains(a.Body, "@example.org") || strings.Contains(a.Body, "quelquun@") || strings.Contains(a.Body, string(secret.ID)) && len(a.Page.All(".people-rows")) == 0 {
				t.Errorf("%s shows an address, or who is behind", path)
			}
		}
	}
	says(t, r.get(r.animator, "/desk/entry/"+string(waiting.ID)), "#talk li", "Quelqu’un")
}
