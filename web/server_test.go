package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"bourgeon/kit/htmltest"
	"bourgeon/kit/pagecache"
	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// town is a server over a small network.
type town struct {
	*storetest.World
	t       *testing.T
	config  web.Config
	criee   press.Site // under /la-criee
	estran  press.Site // at estran.example.org
	log     bytes.Buffer
	members sessions
	handler http.Handler
}

// sessions are signed-in people by the secret in their cookie.
type sessions map[string]press.Viewer

func (s sessions) Viewer(_ context.Context, token string) (press.Viewer, error) { return s[token], nil }

func newTown(t *testing.T, with ...func(*web.Config)) *town {
	t.Helper()
	w := &town{World: storetest.NewWorld(t, storetest.SQLite(t)), t: t, members: sessions{}}
	w.criee = w.Site("la-criee", func(s *press.Site) { s.Name = "La Criée" })
	w.estran = w.Site("estran", func(s *press.Site) { s.Host, s.Name = "estran.example.org", "L’Estran" })
	house := pagetest.NewHouse(t, w.Store.Reader)
	house.Cache = pagecache.New(1 << 20)
	house.Log = slog.New(slog.NewTextHandler(&w.log, nil))
	house.Sessions = w.members
	w.config = web.Config{House: house, Metrics: metrics.NewSet()}
	w.config.Probe(probes...)
	for _, change := range with {
		change(&w.config)
	}
	handler, err := web.New(w.config)
	if err != nil {
		t.Fatal(err)
	}
	w.handler = handler
	return w
}

// probes are routes of the tests' own, on every site.
var probes = []web.Route{
	{Pattern: "GET /probe/{$}", Handler: show, Options: web.Options{Cached: true}},
	{Pattern: "GET /probe/fail/{kind}", Handler: fail, Options: web.Options{Cached: true}},
	{Pattern: "GET /probe/panic", Handler: func(*page.Visit, http.ResponseWriter, *http.Request) error { panic("the secret of the cellar") }},
	{Pattern: "GET /probe/mine", Handler: show, Options: web.Options{SignedIn: true}},
	{Pattern: "POST /probe/form", Handler: form},
	{Pattern: "POST /probe/small", Handler: form, Options: web.Options{Body: 100}},
}

func show(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return page.Render(w, r, page.Layout(v, page.Head{Title: fmt.Sprintf("Version %d", v.Site.Version)}))
}

var kinds = map[string]error{
	"notfound":    press.Problem(press.NotFound, "There is nothing at this address, or not for you."),
	"gone":        press.Problem(press.Gone, "Its author has withdrawn this contribution."),
	"forbidden":   press.Problem(press.Forbidden, "Only the site's animators may do this."),
	"signin":      press.Problem(press.SignIn, "Sign in to go on."),
	"conflict":    press.Problem(press.Conflict, "Somebody changed the same thing at the same moment. Try again."),
	"expired":     press.Problem(press.Expired, "This link was used already. Sign in to find your contributions, or ask for a new link."),
	"toomany":     page.Later(90 * time.Second),
	"unavailable": fmt.Errorf("write: no space left on /dev/sda1: %w", press.Problem(press.Unavailable, "The server's disk is full: nothing was changed. Keep this page open and try again later.")),
	"unknown":     errors.New("sql: the secret of the cellar"),
}

func fail(_ *page.Visit, _ http.ResponseWriter, r *http.Request) error {
	return fmt.Errorf("probe: %w", kinds[r.PathValue("kind")])
}

func form(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if f.Line("name") == "" {
		var c press.Checks
		c.Fault("name", "Give the site a name.")
		return c.Err()
	}
	return v.Done(w, r, "/probe/", "saved")
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func (a answer) page(t *testing.T) htmltest.Node { return htmltest.Parse(t, a.body) }

type option func(*http.Request)

func header(name, value string) option { return func(r *http.Request) { r.Header.Set(name, value) } }

func signedIn(token string) option { return header("Cookie", "bourgeon_session="+token) }

// get asks for a whole address: "http://localhost:8080/la-criee/".
func (w *town) get(address string, options ...option) answer {
	return w.do(http.MethodGet, address, nil, options...)
}

func (w *town) post(address, form string, options ...option) answer {
	return w.do(http.MethodPost, address, strings.NewReader(form), append([]option{header("Content-Type", "application/x-www-form-urlencoded")}, options...)...)
}

func (w *town) do(method, address string, body io.Reader, options ...option) answer {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, address, body)
	r.Header.Set("Accept-Language", "fr")
	for _, o := range options {
		o(r)
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, r)
	return answer{recorder.Result(), recorder.Body.String()}
}

func TestWhichSite(t *testing.T) {
	const base = "http://localhost:8080"
	under := func(c *web.Config) { c.House.Addresses.Base = "https://territoire.example/ecrire" }
	proxied := func(c *web.Config) { under(c); c.TrustProxy = true }
	tests := []struct {
		name, address string
		with          func(*web.Config)
		options       []option
		status        int
		location      string // or
		name2         string // the masthead's words
		home, write   string // links of the frame
	}{
		{"portal", base + "/", nil, nil, 200, "", "Pays de Kerbalan", "/", "/write"},
		{"site under its path", base + "/la-criee/probe/", nil, nil, 200, "", "La Criée", "/", "/la-criee/write"},
		{"without the slash", base + "/la-criee?lang=br", nil, nil, 308, "/la-criee/?lang=br", "", "", ""},
		{"own host", "http://estran.example.org:8080/probe/", nil, nil, 200, "", "L’Estran", base + "/", "/write"},
		{"own host in capitals", "http://ESTRAN.example.org./probe/", nil, nil, 200, "", "L’Estran", base + "/", "/write"},
		{"its path leads to its host", base + "/estran/probe/?a=b", nil, nil, 308, "http://estran.example.org:8080/probe/?a=b", "", "", ""},
		{"former address", base + "/l-ancien/probe/?a=b", nil, nil, 308, "/la-criee/probe/?a=b", "", "", ""},
		{"former host", "http://ancien.example.org:8080/probe/", nil, nil, 308, base + "/la-criee/probe/", "", "", ""},
		{"another name of the machine", "http://192.0.2.7:8080/la-criee/probe/", nil, nil, 200, "", "La Criée", "/", "/la-criee/write"},
		{"no such site", base + "/nulle-part/", nil, nil, 404, "", "Pays de Kerbalan", "/", "/write"},
		{"no such page", base + "/la-criee/un/deux/trois", nil, nil, 404, "", "La Criée", "/", "/la-criee/write"},
		{"unclean path", base + "/la-criee//probe/../probe/?a=b", nil, nil, 308, "/la-criee/probe/?a=b", "", "", ""},
		{"slash of a route", base + "/la-criee/probe", nil, nil, 308, "/la-criee/probe/", "", "", ""},
		{"a slash too many", base + "/la-criee/probe/mine/?a=b", nil, nil, 308, "/la-criee/probe/mine?a=b", "", "", ""},
		{"a slash too many at the portal", base + "/about/", nil, nil, 308, "/about", "", "", ""},
		{"no path at all", "http://estran.example.org:8080", nil, nil, 200, "", "L’Estran", base + "/", "/write"},
		{"a moved path keeps its escapes", base + "/l-ancien/probe/caf%C3%A9%3F%0D%0A", nil, nil, 404, "", "Pays de Kerbalan", "/", "/write"},
		{"an escaped question mark", base + "/l-ancien/probe/a%3Fb", nil, nil, 308, "/la-criee/probe/a%3Fb", "", "", ""},
		{"a path that is no text", base + "/la-criee/probe/%ff", nil, nil, 404, "", "Pays de Kerbalan", "/", "/write"},
		{"a path with a zero", base + "/la-criee/probe/a%00", nil, nil, 404, "", "Pays de Kerbalan", "/", "/write"},
		{"an endless query", base + "/la-criee/probe/?a=" + strings.Repeat("b", 9000), nil, nil, 404, "", "Pays de Kerbalan", "/", "/write"},
		{"base path: portal", "https://territoire.example/ecrire/", under, nil, 200, "", "Pays de Kerbalan", "/ecrire/", "/ecrire/write"},
		{"base path: site", "https://territoire.example/ecrire/la-criee/probe/", under, nil, 200, "", "La Criée", "/ecrire/", "/ecrire/la-criee/write"},
		{"base path: slash", "https://territoire.example/ecrire", under, nil, 308, "/ecrire/", "", "", ""},
		{"base path: root", "https://territoire.example/", under, nil, 308, "/ecrire/", "", "", ""},
		{"base path: outside", "https://territoire.example/ecrirevain/", under, nil, 404, "", "Pays de Kerbalan", "/ecrire/", "/ecrire/write"},
		{"base path: own host", "https://estran.example.org/probe/", under, nil, 200, "", "L’Estran", "https://territoire.example/ecrire/", "/write"},
		{"behind a proxy", "http://127.0.0.1:9000/probe/", proxied, []option{header("X-Forwarded-Host", "estran.example.org")}, 200, "", "L’Estran", "https://territoire.example/ecrire/", "/write"},
		{"behind two proxies", "http://127.0.0.1:9000/probe/", proxied, []option{header("X-Forwarded-Host", "forged.example, estran.example.org")}, 200, "", "L’Estran", "https://territoire.example/ecrire/", "/write"},
		{"a proxy not trusted", "https://territoire.example/ecrire/la-criee/probe/", under, []option{header("X-Forwarded-Host", "estran.example.org")}, 200, "", "La Criée", "/ecrire/", "/ecrire/la-criee/write"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var with []func(*web.Config)
			if test.with != nil {
				with = append(with, test.with)
			}
			w := newTown(t, with...)
			w.Write(func(tx *store.Tx) error {
				for _, old := range []string{"l-ancien", "ancien.example.org"} {
					if err := tx.KeepRedirect(t.Context(), "network", old, "site", string(w.criee.ID), 1); err != nil {
						return err
					}
				}
				return nil
			})
			a := w.get(test.address, test.options...)
			if a.StatusCode != test.status || a.Header.Get("Location") != test.location {
				t.Fatalf("%s answers %d %q, want %d %q", test.address, a.StatusCode, a.Header.Get("Location"), test.status, test.location)
			}
			if test.location != "" {
				return
			}
			doc := a.page(t)
			if got := doc.One(t, ".masthead .name").Text(); got != test.name2 {
				t.Errorf("the masthead says %q, want %q", got, test.name2)
			}
			if got := doc.One(t, ".bar a.home").Attr("href"); got != test.home {
				t.Errorf("home is %q, want %q", got, test.home)
			}
			if got := doc.One(t, ".bar a.write").Attr("href"); got != test.write {
				t.Errorf("writing is at %q, want %q", got, test.write)
			}
			for _, link := range doc.All("link[rel=stylesheet]") {
				href := link.Attr("href")
				asked, err := url.Parse(test.address)
				if err != nil {
					t.Fatal(err)
				}
				if sheet := w.get(asked.Scheme+"://"+asked.Host+href, test.options...); sheet.StatusCode != 200 || !strings.Contains(sheet.Header.Get("Cache-Control"), "immutable") {
					t.Errorf("%s answers %d, %s", href, sheet.StatusCode, sheet.Header.Get("Cache-Control"))
				}
			}
		})
	}
}

func TestClosedSiteIsGone(t *testing.T) {
	w := newTown(t)
	w.Site("fermee", func(s *press.Site) { s.ClosedAt = storetest.Epoch })
	if a := w.get("http://localhost:8080/fermee/"); a.StatusCode != http.StatusGone || !strings.Contains(a.body, "Ce site est fermé.") {
		t.Errorf("a closed site answers %d: %s", a.StatusCode, a.body)
	}
}

func TestCache(t *testing.T) {
	w := newTown(t)
	const address = "http://localhost:8080/la-criee/probe/"
	first := w.get(address)
	tag := first.Header.Get("ETag")
	if first.StatusCode != 200 || tag == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("first visit: %d, ETag %q, Cache-Control %q", first.StatusCode, tag, first.Header.Get("Cache-Control"))
	}
	if len(first.Header.Values("Set-Cookie")) > 0 {
		t.Error("a reader got a cookie")
	}
	if vary := strings.Join(first.Header.Values("Vary"), ","); !strings.Contains(vary, "Accept-Language") || !strings.Contains(vary, "Cookie") {
		t.Errorf("Vary: %s", vary)
	}
	again := w.get(address, header("If-None-Match", tag))
	if again.StatusCode != http.StatusNotModified || again.body != "" {
		t.Errorf("with its tag: %d, %d bytes", again.StatusCode, len(again.body))
	}
	if stats := w.config.House.Cache.Stats(); stats.Hits != 1 || stats.Misses != 1 {
		t.Errorf("two visits: %d hits, %d misses", stats.Hits, stats.Misses)
	}
	if breton := w.get(address, header("Accept-Language", "br")); breton.page(t).One(t, "html").Attr("lang") != "br" {
		t.Error("the page was kept across languages")
	}
	if a := w.get("http://localhost:8080/la-criee/probe/?done=saved"); !strings.Contains(a.body, "C’est enregistré.") {
		t.Error("the page was kept across queries")
	}
	if a := w.get("http://localhost:8080/la-criee/probe/?done=closed"); strings.Contains(a.body, "fermé") {
		t.Error("a link makes the page say that the site is closed")
	}
	misses := w.config.House.Cache.Stats().Misses
	for _, query := range []string{"?utm_source=lettre", "?before=a&lang=zz", "?done=nothing", "?done=closed", "?reading=no"} {
		if a := w.get(address + query); a.Header.Get("ETag") != tag {
			t.Errorf("%s makes another page", query)
		}
	}
	if stats := w.config.House.Cache.Stats(); stats.Misses != misses {
		t.Errorf("parameters that nobody reads made %d pages", stats.Misses-misses)
	}
	head := w.do(http.MethodHead, address, nil)
	if head.StatusCode != 200 || head.body != "" || head.Header.Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes, %s", head.StatusCode, len(head.body), head.Header.Get("ETag"))
	}

	w.Write(func(tx *store.Tx) error { return tx.Touch(t.Context(), w.criee.ID) })
	changed := w.get(address, header("If-None-Match", tag))
	if changed.StatusCode != 200 || changed.page(t).One(t, "title").Text() != "Version 2 · La Criée" {
		t.Errorf("after a public change: %d %q", changed.StatusCode, changed.page(t).Texts("title"))
	}
}

func TestSignedInPagesAreNotKept(t *testing.T) {
	w := newTown(t)
	w.members["secret"] = w.Member("Soraya", press.Animator, w.criee.ID, "")
	const address = "http://localhost:8080/la-criee/probe/"
	w.get(address)
	a := w.get(address, signedIn("secret"))
	if a.Header.Get("Cache-Control") != "private, no-store" || a.Header.Get("ETag") != "" || !strings.Contains(a.body, "Soraya") {
		t.Errorf("signed in: %v", a.Header)
	}
	if b := w.get(address, signedIn("unknown")); b.Header.Get("ETag") == "" || strings.Contains(b.body, "Soraya") {
		t.Errorf("with a session that ended: %v", b.Header)
	}
}

func TestSignIn(t *testing.T) {
	w := newTown(t)
	a := w.get("http://localhost:8080/la-criee/probe/mine?a=b")
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/la-criee/signin?next=%2Fprobe%2Fmine%3Fa%3Db" {
		t.Errorf("%d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	w.members["secret"] = w.Viewer(w.Person("Nolwenn"))
	if a := w.get("http://localhost:8080/la-criee/probe/mine", signedIn("secret")); a.StatusCode != 200 || a.Header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("signed in: %d, %v", a.StatusCode, a.Header)
	}
}

func TestErrorsInFrench(t *testing.T) {
	w := newTown(t)
	tests := []struct {
		kind   string
		status int
		says   string
	}{
		{"notfound", 404, "Cette page n’est pas là."},
		{"gone", 410, "La personne qui l’a écrite a retiré cette contribution."},
		{"forbidden", 403, "Seules les personnes qui animent le site peuvent faire cela."},
		{"conflict", 409, "Quelqu’un a modifié la même chose au même moment."},
		{"expired", 410, "Ce lien a déjà servi."},
		{"toomany", 429, "Réessayez dans 2 minutes"},
		{"unavailable", 503, "Le disque du serveur est plein"},
		{"unknown", 500, "Quelque chose s’est cassé chez nous."},
	}
	for _, test := range tests {
		t.Run(test.kind, func(t *testing.T) {
			w.log.Reset()
			a := w.get("http://localhost:8080/la-criee/probe/fail/" + test.kind)
			if a.StatusCode != test.status || !strings.Contains(strings.ReplaceAll(a.body, "\u00a0", " "), test.says) {
				t.Errorf("%d, want %d and %q in %s", a.StatusCode, test.status, test.says, a.page(t).One(t, "main"))
			}
			if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("ETag") != "" {
				t.Errorf("an error may be kept: %v", a.Header)
			}
			for _, secret := range []string{"cellar", "/dev/sda1", "sql", "probe:"} {
				if strings.Contains(a.page(t).One(t, "main").Text(), secret) {
					t.Errorf("the page tells %q", secret)
				}
			}
			if test.status < 500 {
				return
			}
			incident := a.page(t).One(t, ".incident").Text()
			if len(incident) != 10 || !strings.Contains(w.log.String(), "incident="+incident) || !strings.Contains(w.log.String(), "probe:") {
				t.Errorf("incident %q isn't in the log:\n%s", incident, w.log.String())
			}
		})
	}
	if a := w.get("http://localhost:8080/la-criee/probe/fail/toomany"); a.Header.Get("Retry-After") != "90" {
		t.Errorf("Retry-After: %q", a.Header.Get("Retry-After"))
	}
	if a := w.get("http://localhost:8080/la-criee/probe/fail/signin"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("SignIn answers %d", a.StatusCode)
	}
}

func TestPanic(t *testing.T) {
	w := newTown(t)
	a := w.get("http://localhost:8080/la-criee/probe/panic")
	if a.StatusCode != 500 || strings.Contains(a.body, "cellar") || !a.page(t).Has(".incident") {
		t.Errorf("%d: %s", a.StatusCode, a.body)
	}
	if !strings.Contains(w.log.String(), "the secret of the cellar") || !strings.Contains(w.log.String(), "server_test.go") {
		t.Errorf("the log doesn't tell what happened:\n%s", w.log.String())
	}
}

func TestHeaders(t *testing.T) {
	w := newTown(t)
	for _, path := range []string{"/", "/la-criee/probe/", "/nulle-part", "/healthz", "/static/style.css"} {
		h := w.get("http://localhost:8080" + path).Header
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'self'") || !strings.Contains(csp, "object-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: Content-Security-Policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestForms(t *testing.T) {
	w := newTown(t)
	const address = "http://localhost:8080/la-criee/probe/form"
	if a := w.post(address, "name=Anna"); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/la-criee/probe/?done=saved" {
		t.Errorf("a good form: %d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	if a := w.post(address, "name=%00+%01"); a.StatusCode != 422 || !strings.Contains(a.body, "Donnez un nom au site.") {
		t.Errorf("an empty name: %d", a.StatusCode)
	}
	if a := w.post("http://localhost:8080/la-criee/probe/small", "name="+strings.Repeat("a", 200)); a.StatusCode != 413 || !strings.Contains(a.body, "plus que ce que nous pouvons recevoir") {
		t.Errorf("a large form: %d", a.StatusCode)
	}
	if a := w.post("http://localhost:8080/la-criee/probe/small", "boundary", header("Content-Type", "multipart/form-data; boundary=x")); a.StatusCode != 422 {
		t.Errorf("a broken form: %d", a.StatusCode)
	}
	for name, options := range map[string][]option{
		"Sec-Fetch-Site": {header("Sec-Fetch-Site", "cross-site")},
		"Origin":         {header("Origin", "https://ailleurs.example")},
	} {
		if a := w.post(address, "name=Anna", options...); a.StatusCode != 403 || !strings.Contains(a.body, "depuis un autre site") {
			t.Errorf("from another site, by %s: %d", name, a.StatusCode)
		}
	}
	if a := w.post(address, "name=Anna", header("Origin", "http://localhost:8080")); a.StatusCode != http.StatusSeeOther {
		t.Errorf("from this origin: %d", a.StatusCode)
	}
	if a := w.post("http://localhost:8080/la-criee/probe/", ""); a.StatusCode != 405 || !strings.Contains(a.Header.Get("Allow"), "GET") || !a.page(t).Has("main h1") {
		t.Errorf("a form where none is: %d, Allow %q", a.StatusCode, a.Header.Get("Allow"))
	}
}

// TestFormsBehindAProxy: where browsers send no Sec-Fetch-Site, Origin is compared with the host that they asked for.
func TestFormsBehindAProxy(t *testing.T) {
	send := func(trusted bool, address, host string) int {
		w := newTown(t, func(c *web.Config) { c.TrustProxy = trusted })
		return w.post(address, "name=Anna", header("X-Forwarded-Host", host), header("Origin", "http://"+host)).StatusCode
	}
	if got := send(true, "http://127.0.0.1:9000/probe/form", "estran.example.org"); got != http.StatusSeeOther {
		t.Errorf("through the proxy: %d", got)
	}
	if got := send(false, "http://localhost:8080/la-criee/probe/form", "ailleurs.example"); got != http.StatusForbidden {
		t.Errorf("a proxy that isn't trusted: %d", got)
	}
}

func TestLimitOfPosts(t *testing.T) {
	w := newTown(t, func(c *web.Config) {
		c.TrustProxy = true
		c.House.Limits.Post = ratelimit.New(ratelimit.Rate{Burst: 2, Every: time.Minute}, c.House.Now)
	})
	const address = "http://localhost:8080/la-criee/probe/form"
	from := func(addresses string) answer {
		return w.post(address, "name=Anna", header("X-Forwarded-For", addresses))
	}
	from("203.0.113.9")
	from("198.51.100.1, 203.0.113.9") // what the client says of itself doesn't count
	if a := from("203.0.113.9"); a.StatusCode != 429 || a.Header.Get("Retry-After") != "60" || !strings.Contains(a.body, "Un peu plus doucement") {
		t.Errorf("the third form: %d, Retry-After %q", a.StatusCode, a.Header.Get("Retry-After"))
	}
	if a := from("203.0.113.10"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("another client: %d", a.StatusCode)
	}
	if strings.Contains(w.log.String(), "203.0.113") {
		t.Errorf("the log tells addresses:\n%s", w.log.String())
	}
}

func TestHealth(t *testing.T) {
	sick := false
	w := newTown(t, func(c *web.Config) {
		c.Ping = func(context.Context) error {
			if sick {
				return errors.New("no database")
			}
			return nil
		}
	})
	if a := w.get("http://127.0.0.1:8080/healthz"); a.StatusCode != 200 || a.body != "ok\n" {
		t.Errorf("healthy: %d %q", a.StatusCode, a.body)
	}
	sick = true
	if a := w.get("http://127.0.0.1:8080/healthz"); a.StatusCode != 503 || strings.Contains(a.body, "database") {
		t.Errorf("sick: %d %q", a.StatusCode, a.body)
	}
}

func TestMeasuresAndLog(t *testing.T) {
	w := newTown(t)
	w.get("http://localhost:8080/la-criee/probe/fail/notfound?token=of-a-draft")
	var b bytes.Buffer
	w.config.Metrics.WritePrometheus(&b)
	if !strings.Contains(b.String(), `http_request_duration_seconds_count{route="site GET /probe/fail/{kind}",status="404"} 1`) {
		t.Errorf("measures:\n%s", b.String())
	}
	if log := w.log.String(); !strings.Contains(log, `route="site GET /probe/fail/{kind}"`) || strings.Contains(log, "of-a-draft") {
		t.Errorf("log:\n%s", log)
	}
}

func TestCollidingRoutes(t *testing.T) {
	w := newTown(t)
	w.config.Probe(web.Route{Pattern: "GET /a/{x}", Handler: show}, web.Route{Pattern: "GET /{y}/b", Handler: show})
	if _, err := web.New(w.config); err == nil {
		t.Error("colliding routes were taken")
	}
}

// TestWriteAtThePortal: one writes on a site, so the portal asks on which.
func TestWriteAtThePortal(t *testing.T) {
	w := newTown(t)
	doors := w.get("http://localhost:8080/write")
	if doors.StatusCode != http.StatusOK {
		t.Fatalf("the portal's /write answers %d", doors.StatusCode)
	}
	for _, link := range []string{"/la-criee/write", "http://estran.example.org:8080/write"} {
		if !doors.page(t).Has(`.doors a[href="` + link + `"]`) {
			t.Errorf("no door to %s: %s", link, doors.body)
		}
	}
}
