package reader_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/kit/htmltest"
	"bourgeon/kit/pagecache"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// town is a whole server over a small network, with the verbs that fill it.
type town struct {
	*storetest.World
	t       *testing.T
	house   *page.House
	editor  *editing.Editor
	criee   press.Site
	port    press.Section
	members sessions
	handler http.Handler
}

// sessions are signed-in people by the secret in their cookie.
type sessions map[string]press.Viewer

func (s sessions) Viewer(_ context.Context, token string) (press.Viewer, error) { return s[token], nil }

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{World: storetest.NewWorld(t, storetest.SQLite(t)), t: t, members: sessions{}}
	w.criee = w.Site("la-criee", func(s *press.Site) { s.Name, s.Languages = "La Criée", []string{"fr", "en", "br"} })
	w.port = w.Section(w.criee, "Vie du port")
	w.house = pagetest.NewHouse(t, w.Store.Reader)
	w.house.Cache = pagecache.New(1 << 22)
	w.house.Sessions = w.members
	w.editor = &editing.Editor{
		Store: w.Store, Now: w.Now, Addresses: w.house.Addresses,
		Post: func(context.Context, *store.Tx, press.Mail) error { return nil },
	}
	handler, err := web.New(web.Config{House: w.house})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = handler
	return w
}

// as lets somebody sign in; the result is what their browser sends.
func (w *town) as(v press.Viewer) string {
	w.members[string(v.Person)] = v
	return string(v.Person)
}

// ask sends a GET as somebody ("" for a reader) in French, and returns the
// answer as it is.
func (w *town) ask(who, path string, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, "http://localhost:8080"+path, nil)
	r.Header.Set("Accept-Language", "fr")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if who != "" {
		r.AddCookie(&http.Cookie{Name: "bourgeon_session", Value: who})
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// read is a page that must be there.
func (w *town) read(path string) htmltest.Node { w.t.Helper(); return w.readAs("", path) }

func (w *town) readAs(who, path string) htmltest.Node {
	w.t.Helper()
	rec := w.ask(who, path)
	if rec.Code != http.StatusOK {
		w.t.Fatalf("GET %s: status %d, to %s", path, rec.Code, rec.Header().Get("Location"))
	}
	return htmltest.Parse(w.t, rec.Body.String())
}

// status asks as a reader and compares.
func (w *town) status(path string, want int) *httptest.ResponseRecorder {
	w.t.Helper()
	rec := w.ask("", path)
	if rec.Code != want {
		w.t.Errorf("GET %s: status %d, want %d", path, rec.Code, want)
	}
	return rec
}

// touch makes the site's pages out of date, as verbs do.
func (w *town) touch() {
	w.t.Helper()
	w.Write(func(tx *store.Tx) error { return tx.Touch(w.t.Context(), w.criee.ID) })
}

// close keeps a site closed.
func (w *town) close(s press.Site) {
	w.t.Helper()
	w.Write(func(tx *store.Tx) error { return tx.UpdateSite(w.t.Context(), s) })
}

// text gives an entry its answers, and what is rendered of them.
func (w *town) text(title, standfirst, body string) func(*press.Entry) {
	return func(e *press.Entry) {
		e.Title, e.Standfirst = title, standfirst
		e.Answers = press.Answers{"title": {title}, "standfirst": {standfirst}, "text": {body}}
		e.Rendered = w.editor.Rendered(w.Form(w.criee, "article"), e.Content, nil)
	}
}

// amend changes an entry as somebody would.
func (w *town) amend(v press.Viewer, id press.EntryID, note string, answers press.Answers) {
	w.t.Helper()
	ctx := w.t.Context()
	d, err := w.editor.Revise(ctx, v, id)
	if err != nil {
		w.t.Fatal(err)
	}
	d.Answers = answers
	if d, err = w.editor.Save(ctx, v, string(d.ID), d.Version, editing.Work{Content: d.Content, Signing: d.Signing}); err != nil {
		w.t.Fatal(err)
	}
	if _, err = w.editor.Amend(ctx, v, string(d.ID), d.Version, note); err != nil {
		w.t.Fatal(err)
	}
}

func in(section press.Section) func(*press.Entry) {
	return func(e *press.Entry) { e.Section = section.ID }
}

func tagged(tags ...string) func(*press.Entry) {
	return func(e *press.Entry) { e.Tags = tags }
}

func at(day time.Time) func(*press.Entry) {
	return func(e *press.Entry) {
		e.CreatedAt, e.UpdatedAt, e.ProposedAt, e.PublishedAt = day, day, day, day
	}
}

// front makes the text of the site's front page.
func (w *town) front(text string) press.Entry {
	w.t.Helper()
	e := w.Entry(w.criee, "Accueil", press.Published, func(e *press.Entry) {
		form := w.Form(w.criee, "page")
		e.Form = form.ID
		e.Answers = press.Answers{"title": {"Accueil"}, "text": {text}}
		e.Rendered = w.editor.Rendered(form, e.Content, nil)
	})
	w.criee.Front = e.ID
	w.Write(func(tx *store.Tx) error { return tx.UpdateSite(w.t.Context(), w.criee) })
	return e
}

// plain has ordinary spaces in place of those of typography.
var plain = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// wants compares with ordinary spaces; TestFrenchTypography looks at the others.
func wants(t *testing.T, n htmltest.Node, selector string, texts ...string) {
	t.Helper()
	got := plain.Replace(strings.Join(n.Texts(selector), "\n"))
	for _, text := range texts {
		if !strings.Contains(got, text) {
			t.Errorf("%s says %q, want %q in it", selector, got, text)
		}
	}
}
