package report_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"bourgeon/app/editing"
	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
	"bourgeon/web/report"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

type desk struct {
	*storetest.World
	t     *testing.T
	face  *report.Face
	house *page.House
	site  press.Site
	entry press.Entry
	mails []press.Mail
}

func open(t *testing.T) *desk {
	t.Helper()
	w := storetest.NewWorld(t, storetest.SQLite(t))
	d := &desk{World: w, t: t, house: pagetest.NewHouse(t, w.Store.Reader)}
	d.site = w.Site("la-criee")
	d.entry = w.Entry(d.site, "Le banc bleu", press.Published, storetest.By(w.Person("Odile Trébern")), func(e *press.Entry) {
		e.Pictures = []press.Media{w.Picture(d.site, "banc.jpg")}
	})
	now := d.house.Time
	editor := &editing.Editor{Store: w.Store, Now: now}
	post := func(_ context.Context, _ *store.Tx, m press.Mail) error {
		d.mails = append(d.mails, m)
		return nil
	}
	d.face = &report.Face{Clerk: &reporting.Clerk{Store: w.Store, Now: now, Post: post, Acts: map[press.ThingKind]reporting.Acts{
		press.ThingEntry:   {See: editor.See, TakeOff: editor.TakeOff, PutBack: editor.PutBack},
		press.ThingPicture: {},
	}}}
	return d
}

func (d *desk) get(path string) pagetest.Answer {
	d.t.Helper()
	pattern, handler := "GET /report/{token}", d.face.Follow
	if strings.HasPrefix(path, "/report?") {
		pattern, handler = "GET /report", d.face.Ask
	}
	return pagetest.Browser{House: d.house, Site: d.site}.Get(d.t, pattern, handler, path)
}

func (d *desk) post(path string, pairs ...string) pagetest.Answer {
	d.t.Helper()
	routes := map[string]page.Handler{"": d.face.Send, "/appeal": d.face.Appeal, "/silence": d.face.Silence}
	pattern := "POST /report"
	act := ""
	if path != "/report" {
		act = path[strings.LastIndex(path, "/"):]
		pattern = "POST /report/{token}" + act
	}
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return pagetest.Browser{House: d.house, Site: d.site}.Post(d.t, pattern, routes[act], path, form)
}

func (d *desk) answers(with ...string) []string {
	return append([]string{"entry", string(d.entry.ID), "thing", "", "reason", "privacy", "words", "Mon adresse y est.", "faith", "1"}, with...)
}

// send reports, and gives the path of the page that follows.
func (d *desk) send(pairs ...string) string {
	d.t.Helper()
	a := d.post("/report", pairs...)
	if a.StatusCode != http.StatusSeeOther {
		d.t.Fatalf("status %d: %q", a.StatusCode, a.Page.Texts("main"))
	}
	if len(a.Cookies()) > 0 {
		d.t.Error("a cookie is set")
	}
	return strings.TrimPrefix(a.Header.Get("Location"), "/la-criee")
}

func says(t *testing.T, a pagetest.Answer, selector, words string) {
	t.Helper()
	if a.StatusCode >= 500 || !strings.Contains(strings.Join(a.Page.Texts(selector), "\n"), words) {
		t.Errorf("status %d: no %q says %q: %q", a.StatusCode, selector, words, a.Page.Texts(selector))
	}
}

func TestTheFormAsksWhatIsWrong(t *testing.T) {
	d := open(t)
	a := d.get("/report?entry=" + string(d.entry.ID))
	says(t, a, "#thing", "Le banc bleu")
	if n := len(a.Page.All("#thing img")); n != 1 {
		t.Errorf("%d pictures to choose from", n)
	}
	if len(a.Page.All("[name=reason]")) != len(press.ReportReasons) || a.Page.Has("[name=reason][checked]") {
		t.Error("the reasons aren’t all there, or one is chosen already")
	}
	if !strings.Contains(a.Header.Get("X-Robots-Tag"), "noindex") {
		t.Error("search engines may keep the page")
	}
	for _, path := range []string{"/report?entry=nothing", "/report?entry=" + string(d.entry.ID) + "&comment=nothing",
		"/report?entry=" + string(d.Entry(d.site, "Caché", press.Proposed).ID)} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
}

func TestWhatWasTypedStays(t *testing.T) {
	d := open(t)
	a := d.post("/report", "entry", string(d.entry.ID), "reason", "false", "email", "rozenn", "name", "Rozenn")
	if a.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", a.StatusCode)
	}
	for _, field := range []string{"words", "email", "faith"} {
		if !a.Page.Has("#" + field + "-error") {
			t.Errorf("nothing is said beside %s", field)
		}
	}
	if a.Page.One(t, "#email").Attr("value") != "rozenn" || !a.Page.Has("#reason-false[checked]") {
		t.Error("what was typed is lost")
	}
	if a := d.post("/report", d.answers("website", "http://spam.example")...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a robot gets %d", a.StatusCode)
	}
}

func TestTheReporterFollowsWithoutAnAccount(t *testing.T) {
	d := open(t)
	path := d.send(d.answers("email", "rozenn@example.net")...)
	a := d.get(path)
	says(t, a, "h1", "attend d’être lu")
	says(t, a, "#report", "Mon adresse y est.")
	says(t, a, "#news", "Nous écrivons")
	if strings.Contains(a.Body, "rozenn@example.net") || strings.Contains(a.Body, "Odile") {
		t.Error("the page shows an address, or who wrote")
	}
	says(t, d.get(d.send(d.answers()...)), "#news", "Gardez son adresse")

	path, _, _ = strings.Cut(path, "?")
	animator := d.Member("Sterenn", press.Animator, d.site.ID, "")
	waiting, err := d.Store.Cases(t.Context(), animator, d.site.ID, 10)
	if err != nil || len(waiting) != 1 || len(waiting[0].Reports) != 2 {
		t.Fatalf("%d cases, %v", len(waiting), err)
	}
	if err := d.face.Clerk.Decide(t.Context(), animator, waiting[0].ID, press.Ruling{
		Outcome: press.SentBack, Ground: press.GroundLaw, Reason: "Une adresse.", ToReporters: "Merci, c’est demandé.", ToAuthor: "Ôtez l’adresse.",
	}); err != nil {
		t.Fatal(err)
	}
	a = d.get(path)
	says(t, a, "#ruling", "Merci, c’est demandé.")
	if strings.Contains(a.Body, "Ôtez l’adresse") || a.Page.Has("#report a") {
		t.Error("who reported reads what was written to the author, or is led to what can’t be read")
	}

	// The author's own link.
	author := ""
	for _, m := range d.mails {
		if m.Data["side"] == "author" {
			author = "/report/" + m.Data["token"]
		}
	}
	a = d.get(author)
	says(t, a, "#ruling", "Ôtez l’adresse.")
	says(t, a, "#ruling", "La loi")
	if strings.Contains(a.Body, "Mon adresse y est") || strings.Contains(a.Body, "rozenn") {
		t.Error("the author reads the report")
	}
	if a := d.post(author+"/appeal", "words", " "); a.StatusCode != http.StatusUnprocessableEntity || !a.Page.Has("#words-error") {
		t.Errorf("an empty appeal: %d", a.StatusCode)
	}
	if a := d.post(author+"/appeal", "words", "Ce n’est pas une adresse."); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the appeal: %d", a.StatusCode)
	}
	says(t, d.get(author), "h1", "recours")
	if a := d.post(author+"/silence", "", ""); a.StatusCode != http.StatusNotFound {
		t.Errorf("an author silences reports: %d", a.StatusCode)
	}
	if a := d.post(path + "/silence"); a.StatusCode != http.StatusSeeOther || d.get(path).Page.Has("#news form") {
		t.Error("no way to have peace")
	}
	other := d.Site("estran")
	b := pagetest.Browser{House: d.house, Site: other}
	if a := b.Get(t, "GET /report/{token}", d.face.Follow, path); a.StatusCode != http.StatusNotFound {
		t.Errorf("from another site: %d", a.StatusCode)
	}
}
