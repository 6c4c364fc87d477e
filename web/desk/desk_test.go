package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"bourgeon/app/discussing"
	"bourgeon/app/editing"
	"bourgeon/app/hosting"
	"bourgeon/app/joining"
	"bourgeon/app/reporting"
	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web/desk"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// room is a site with its people around the desk.
type room struct {
	*storetest.World
	face  *desk.Face
	t     *testing.T
	house *page.House
	site  press.Site
	mails []press.Mail

	section, other press.Section
	writer         press.Person // published nothing; signs anonymously where a test says so

	contributor, sectional, animator, steward, network, stranger press.Viewer
}

func open(t *testing.T, with ...func(*press.Site)) *room {
	t.Helper()
	w := storetest.NewWorld(t, storetest.SQLite(t))
	r := &room{World: w, t: t}
	r.site = w.Site("la-criee", with...)
	elsewhere := w.Site("estran")
	r.section, r.other = w.Section(r.site, "Vie du port"), w.Section(r.site, "Portraits")
	r.writer = w.Person("Nolwenn Le Garrec")
	r.contributor = w.Member("Mael Le Dantec", press.Contributor, r.site.ID, "")
	r.sectional = w.Member("Youenn Bescond", press.Animator, r.site.ID, r.section.ID)
	r.animator = w.Member("Gwenola Stéphan", press.Animator, r.site.ID, "")
	r.steward = w.Member("Soraya Benali", press.Steward, r.site.ID, "")
	r.network = w.Member("Loeiz Kerjean", press.Steward, "", "")
	r.stranger = w.Member("Rozenn Kerjean", press.Steward, elsewhere.ID, "")
	r.house = pagetest.NewHouse(t, w.Store.Reader)
	now := r.house.Time
	post := func(_ context.Context, _ *store.Tx, m press.Mail) error {
		r.mails = append(r.mails, m)
		return nil
	}
	editor := &editing.Editor{Store: w.Store, Now: now, Post: post, Addresses: r.house.Addresses,
		Challenge: func(_ context.Context, _ *store.Tx, h press.Challenge, _, _ string) (press.Challenge, error) {
			h.ID = press.ChallengeID(ids.New())
			return h, nil
		},
	}
	r.face = &desk.Face{
		Reader: w.Store.Reader, Editor: editor, Room: &discussing.Room{Store: w.Store, Now: now},
		Door: &joining.Door{Store: w.Store, Now: now, Post: post},
		Host: &hosting.Host{Store: w.Store, Now: now, Addresses: r.house.Addresses, Render: editor.Rendered, Rewrite: editor.Rewrite},
		Clerk: &reporting.Clerk{Store: w.Store, Now: now, Post: post, Acts: map[press.ThingKind]reporting.Acts{
			press.ThingEntry: {See: editor.See, TakeOff: editor.TakeOff, PutBack: editor.PutBack},
		}},
	}
	return r
}

// routes are the desk's lines of web/routes.go.
func (r *room) routes(portal bool) map[string]page.Handler {
	routes := map[string]page.Handler{
		"GET /desk/people": r.face.People, "POST /desk/people/invite": r.face.Invite,
		"POST /desk/people/invitation/{id}/cancel": r.face.Cancel, "POST /desk/people/{id}/role": r.face.ChangeRole,
		"POST /desk/people/{id}/remove": r.face.RemoveRole, "GET /desk/people/{id}/handover": r.face.HandOver,
		"POST /desk/people/{id}/handover": r.face.HandedOver, "GET /desk/site": r.face.Site, "POST /desk/site": r.face.Describe,
	}
	more := map[string]page.Handler{
		"GET /desk": r.face.Queue, "GET /desk/entry/{id}": r.face.Entry, "POST /desk/entry/{id}/publish": r.face.Publish,
		"POST /desk/entry/{id}/return": r.face.Return, "POST /desk/entry/{id}/refuse": r.face.Refuse,
		"POST /desk/entry/{id}/schedule": r.face.Schedule, "POST /desk/entry/{id}/file": r.face.File,
		"POST /desk/entry/{id}/feature": r.face.Feature, "POST /desk/entry/{id}/bin": r.face.Bin,
		"POST /desk/entry/{id}/recover": r.face.Recover, "POST /desk/entry/{id}/reopen": r.face.Reopen,
		"POST /desk/entry/{id}/note": r.face.Note, "POST /desk/entry/{id}/revision/{n}/accept": r.face.Accept,
		"POST /desk/entry/{id}/revision/{n}/decline": r.face.Decline, "GET /desk/published": r.face.Published,
		"GET /desk/bin": r.face.InBin, "GET /desk/journal": r.face.Journal, "GET /desk/look": r.face.Look, "POST /desk/look": r.face.TryLook,
		"GET /desk/look/{part}": r.face.Look, "POST /desk/look/{part}": r.face.TryLook, "GET /desk/look/versions": r.face.Looks,
		"POST /desk/look/versions/{n}": r.face.WearAgain, "POST /desk/look/drop": r.face.DropLook, "POST /desk/look/wear": r.face.WearLook,
		"GET /desk/site/address": r.face.Address, "POST /desk/site/address": r.face.Move, "GET /desk/site/closing": r.face.Closing,
		"POST /desk/site/close": r.face.Close, "POST /desk/site/reopen": r.face.ReopenSite, "GET /desk/sections": r.face.Sections,
		"POST /desk/sections": r.face.SaveSection, "GET /desk/sections/{id}": r.face.Section, "POST /desk/sections/{id}": r.face.SaveSection,
		"POST /desk/sections/{id}/{act}": r.face.ChangeSection, "GET /desk/front": r.face.Front,
		"GET /desk/reports": r.face.Reports, "GET /desk/reports/{id}": r.face.Report, "POST /desk/reports/{id}/rule": r.face.Rule,
		"POST /desk/reports/{id}/reopen": r.face.ReopenReport, "POST /desk/reports/{id}/judge": r.face.Judge,
	}
	if portal {
		more = map[string]page.Handler{
			"GET /desk": r.face.Network, "GET /desk/new": r.face.New, "POST /desk/new": r.face.Open, "GET /outbox": desk.Outbox,
		}
	}
	for pattern, handler := range more {
		routes[pattern] = handler
	}
	return routes
}

// ask finds the handler of a path as net/http would, and asks it.
func (r *room) ask(v press.Viewer, method, path string, form url.Values) pagetest.Answer {
	r.t.Helper()
	site, err := r.Store.Site(r.t.Context(), press.Itself, r.site.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.askAt(site, v, method, path, form)
}

func (r *room) askAt(site press.Site, v press.Viewer, method, path string, form url.Values) pagetest.Answer {
	r.t.Helper()
	handlers := r.routes(site.ID == "")
	mux := http.NewServeMux()
	for pattern := range handlers {
		mux.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
	}
	request, err := http.NewRequestWithContext(r.t.Context(), method, path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	_, pattern := mux.Handler(request)
	if pattern == "" {
		r.t.Fatalf("no route for %s %s", method, path)
	}
	b := pagetest.Browser{House: r.house, Site: site, Viewer: v}
	var a pagetest.Answer
	if method == http.MethodPost {
		a = b.Post(r.t, pattern, handlers[pattern], path, form)
	} else {
		a = b.Get(r.t, pattern, handlers[pattern], path)
	}
	worded(r.t, path, a)
	return a
}

// worded holds every page to say in words what its buttons do.
func worded(t *testing.T, path string, a pagetest.Answer) {
	t.Helper()
	if strings.Contains(a.Body, "@page.") {
		t.Errorf("%s shows a template's code", path)
	}
	for _, n := range a.Page.All("main button, main a, main summary, main label") {
		if strings.TrimSpace(n.Text()) == "" {
			t.Errorf("%s has a silent %s", path, n.String())
		}
	}
	ids := map[string]bool{}
	for _, n := range a.Page.All("main [id]") {
		if id := n.Attr("id"); ids[id] {
			t.Errorf("%s has two elements of id %s", path, id)
		} else {
			ids[id] = true
		}
	}
}

func (r *room) get(v press.Viewer, path string) pagetest.Answer {
	r.t.Helper()
	return r.ask(v, http.MethodGet, path, nil)
}

func (r *room) post(v press.Viewer, path string, pairs ...string) pagetest.Answer {
	r.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return r.ask(v, http.MethodPost, path, form)
}

// again loads a viewer's roles anew.
func (r *room) again(v press.Viewer) press.Viewer {
	r.t.Helper()
	fresh, err := r.Store.Viewer(r.t.Context(), v.Person)
	if err != nil {
		r.t.Fatal(err)
	}
	return fresh
}

func (r *room) proposal(title string, with ...func(*press.Entry)) press.Entry {
	r.t.Helper()
	return r.Entry(r.site, title, press.Proposed, append([]func(*press.Entry){storetest.By(r.writer)}, with...)...)
}

func (r *room) now(id press.EntryID) press.Entry {
	r.t.Helper()
	e, err := r.Store.Entry(r.t.Context(), press.Itself, id)
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

func anonymously(writer press.Person) func(*press.Entry) {
	return func(e *press.Entry) {
		e.CreatedBy = writer.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: writer.ID}}
	}
}

func in(c press.Section) func(*press.Entry) { return func(e *press.Entry) { e.Section = c.ID } }

func since(d time.Duration) func(*press.Entry) {
	return func(e *press.Entry) { e.ProposedAt = pagetest.Now.Add(-d) }
}

func status(t *testing.T, what string, a pagetest.Answer, want int) {
	t.Helper()
	if a.StatusCode != want {
		t.Errorf("%s: status %d, want %d\n%s", what, a.StatusCode, want, a.Page.Texts("main"))
	}
}

func says(t *testing.T, a pagetest.Answer, selector, words string) {
	t.Helper()
	for _, text := range a.Page.Texts(selector) {
		if strings.Contains(text, words) {
			return
		}
	}
	t.Errorf("no %q says %q: %q", selector, words, a.Page.Texts(selector))
}

func leadsTo(t *testing.T, a pagetest.Answer, want string) {
	t.Helper()
	if a.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d, want a redirect to %s\n%s", a.StatusCode, want, a.Page.Texts("main"))
		return
	}
	if got := a.Header.Get("Location"); got != want {
		t.Errorf("leads to %s, want %s", got, want)
	}
}

func workOf(c press.Content) editing.Work { return editing.Work{Content: c} }
