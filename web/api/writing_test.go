package api_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"bourgeon/kit/ratelimit"
	"bourgeon/press"
)

type object = map[string]any

// newEntry is a body that is taken, changed by pairs.
func newEntry(pairs ...any) object {
	o := object{
		"site": "la-criee", "form": "article", "answers": object{"title": "Le marché", "text": "Samedi."},
		"signing": object{"kind": "name", "name": "Odile", "charter": true},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		o[pairs[i].(string)] = pairs[i+1]
	}
	return o
}

type entry struct {
	ID, Title, Status string
	Revision          int
	Section           *struct{ Slug string }
}

func (w *world) count(status press.Status) int {
	w.t.Helper()
	n, err := w.Store.CountEntries(w.t.Context(), press.Itself, selection(status))
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// TestLife writes, changes and withdraws, as a harvester sees it.
func TestLife(t *testing.T) {
	w := newWorld(t, func(s *press.Site) { s.Openness = press.Open })
	w.Section(w.Site, "Vie du port")
	odile := w.Viewer(w.Person("Odile"))
	c, _ := w.with(odile, "", press.ScopeWrite)
	made := c.ask(http.MethodPost, "/entries", newEntry("section", "vie-du-port", "tags", []string{"Marché"})).want(http.StatusCreated)
	e := into[entry](made)
	if e.Status != "published" || e.Section == nil || made.Header.Get("Location") != base+"/entries/"+e.ID {
		t.Fatalf("made %s at %s", made.body, made.Header.Get("Location"))
	}
	first := into[page](w.reader().get("/changes"))
	path := "/entries/" + e.ID
	tag := c.get(path).Header.Get("ETag")

	change := object{"answers": object{"title": "Le marché de samedi"}, "note": "Le jour"}
	c.ask(http.MethodPatch, path, change).want(http.StatusPreconditionRequired)
	c.ask(http.MethodPatch, path, change, "If-Match", `"autre"`).want(http.StatusPreconditionFailed)
	c.ask(http.MethodPatch, path, change, "If-Match", "W/"+tag).want(http.StatusPreconditionFailed) // a weak one proves nothing
	changed := c.ask(http.MethodPatch, path, change, "If-Match", `"autre", `+tag).want(http.StatusOK)
	if e = into[entry](changed); e.Title != "Le marché de samedi" || e.Revision != 2 || e.Section == nil {
		t.Errorf("changed: %s", changed.body)
	}
	c.ask(http.MethodPatch, path, change, "If-Match", tag).want(http.StatusPreconditionFailed)

	then := into[page](w.reader().get("/changes?cursor=" + first.Cursor))
	if len(then.Data) != 1 || then.Data[0].ID != e.ID || then.Data[0].Deleted {
		t.Errorf("after the change: %+v", then)
	}
	withdraw := path + "/withdraw"
	c.ask(http.MethodPost, withdraw, object{"reason": "Annulé"}).want(http.StatusPreconditionRequired)
	c.ask(http.MethodPost, withdraw, object{"reason": ""}, "If-Match", changed.Header.Get("ETag")).want(http.StatusUnprocessableEntity)
	gone := c.ask(http.MethodPost, withdraw, object{"reason": "Annulé"}, "If-Match", changed.Header.Get("ETag")).want(http.StatusOK)
	if into[entry](gone).Status != "withdrawn" {
		t.Errorf("withdrawn: %s", gone.body)
	}
	w.reader().get(path).want(http.StatusGone)
	last := into[page](w.reader().get("/changes?cursor=" + then.Cursor))
	if len(last.Data) != 1 || !last.Data[0].Deleted || last.More {
		t.Errorf("after it was withdrawn: %+v", last)
	}
}

// TestRules: a token does no more than its person may on the site.
func TestRules(t *testing.T) {
	w := newWorld(t, func(s *press.Site) { s.Revising = press.ReviseReviewed })
	odile := w.Viewer(w.Person("Odile"))
	c, _ := w.with(odile, "", press.ScopeWrite, press.ScopeRead)
	e := into[entry](c.ask(http.MethodPost, "/entries", newEntry()).want(http.StatusCreated))
	if e.Status != "proposed" {
		t.Errorf("a first contribution is %s", e.Status)
	}
	w.reader().get("/entries/" + e.ID).want(http.StatusNotFound)
	c.get("/entries/" + e.ID).want(http.StatusOK)

	for pointer, body := range map[string]object{
		"#/signing/charter": newEntry("signing", object{"kind": "name", "name": "Odile"}),
		"#/signing/name":    newEntry("signing", object{"kind": "name", "charter": true}),
		"#/answers/text":    newEntry("answers", object{"title": "Sans texte"}),
		"#/answers/nothing": newEntry("answers", object{"title": "a", "text": "b", "nothing": "c"}),
		"#/tags":            newEntry("tags", []string{strings.Repeat("a", 60)}),
		"#/section":         newEntry("section", "nulle-part"),
		"#/licence":         newEntry("licence", "WTFPL"),
		"#/language":        newEntry("language", "le français"),
		"#/site":            newEntry("site", "nulle-part"),
		"#/form":            newEntry("form", "nulle-part"),
		"#/draft":           newEntry("draft", "nulle-part"),
		"#/answers/pictures/0": newEntry("answers", object{
			"title": "a", "text": "b", "pictures": []string{string(w.Picture(w.Site, "d’un autre").ID)},
		}),
	} {
		a := c.ask(http.MethodPost, "/entries", body).want(http.StatusUnprocessableEntity)
		p := into[struct{ Errors []struct{ Pointer string } }](a)
		if len(p.Errors) != 1 || p.Errors[0].Pointer != pointer {
			t.Errorf("%s: %s", pointer, a.body)
		}
	}
	c.ask(http.MethodPost, "/entries", newEntry("form", "page")).want(http.StatusForbidden)
	drafts, err := w.Store.Drafts(t.Context(), odile)
	if err != nil || len(drafts) != 0 {
		t.Errorf("refusals left %d drafts, %v", len(drafts), err)
	}
	c.ask(http.MethodPost, "/entries", newEntry("nothing", 1)).want(http.StatusBadRequest)
	c.ask(http.MethodPost, "/entries", newEntry("site", 1)).want(http.StatusBadRequest)
	c.ask(http.MethodPost, "/entries", strings.NewReader("{"), "Content-Type", "application/json").want(http.StatusBadRequest)
	c.ask(http.MethodPost, "/entries", strings.NewReader("a=b"), "Content-Type", "application/x-www-form-urlencoded").want(http.StatusUnsupportedMediaType)

	published := w.Entry(w.Site, "déjà", press.Published, func(e *press.Entry) { e.CreatedBy = odile.Person })
	tag := c.get("/entries/" + string(published.ID)).Header.Get("ETag")
	a := c.ask(http.MethodPatch, "/entries/"+string(published.ID), object{"answers": object{"title": "autre"}}, "If-Match", tag).want(http.StatusAccepted)
	if into[entry](a).Title != "déjà" {
		t.Errorf("a change that waits shows: %s", a.body)
	}
}

// TestTokens tries every act with what must not open it.
func TestTokens(t *testing.T) {
	w := newWorld(t)
	other := w.World.Site("estran")
	odile, dom := w.Viewer(w.Person("Odile")), w.Viewer(w.Person("Dom"))
	m := w.Picture(w.Site, "une.jpg")
	w.Write(func(tx *storeTx) error { m.UploadedBy = odile.Person; return tx.SaveMedia(t.Context(), m) })
	public := w.Entry(w.Site, "publié", press.Published, func(e *press.Entry) { e.CreatedBy = odile.Person; e.Pictures = []press.Media{m} })
	hidden := w.Entry(w.Site, "proposé", press.Proposed, func(e *press.Entry) { e.CreatedBy = odile.Person })
	session, err := w.Door.Open(t.Context(), odile.Person)
	if err != nil {
		t.Fatal(err)
	}
	revoked, token := w.with(odile, "", press.Scopes...)
	revoked.get("/me").want(http.StatusOK)
	if err := w.Door.Revoke(t.Context(), odile, token.ID); err != nil {
		t.Fatal(err)
	}
	all, _ := w.with(odile, "", press.Scopes...)
	onlyRead, _ := w.with(odile, "", press.ScopeRead)
	elsewhere, _ := w.with(odile, other.ID, press.Scopes...)
	stranger, _ := w.with(dom, "", press.Scopes...)
	unknown := client{world: w, token: "bourgeon_inconnu"}

	acts := []struct {
		method, path string
		body         any
		foreign      int // what a stranger with all scopes gets
	}{
		{http.MethodPost, "/entries", newEntry(), http.StatusCreated},
		{http.MethodPost, "/drafts", object{"site": "la-criee", "form": "article"}, http.StatusCreated},
		{http.MethodPatch, "/entries/" + string(public.ID), object{}, http.StatusForbidden},
		{http.MethodPatch, "/entries/" + string(hidden.ID), object{}, http.StatusNotFound},
		{http.MethodPost, "/entries/" + string(public.ID) + "/withdraw", object{"reason": "x"}, http.StatusForbidden},
		{http.MethodPost, "/entries/" + string(hidden.ID) + "/withdraw", object{"reason": "x"}, http.StatusNotFound},
		{http.MethodPatch, "/media/" + string(m.ID), object{"alt": "x"}, http.StatusForbidden},
	}
	for _, act := range acts {
		for name, test := range map[string]struct {
			c      client
			want   int
			header []string
		}{
			"no token":      {w.reader(), http.StatusUnauthorized, nil},
			"a session":     {w.reader(), http.StatusUnauthorized, []string{"Cookie", "bourgeon_session=" + session.Token}},
			"basic":         {w.reader(), http.StatusUnauthorized, []string{"Authorization", "Basic " + all.token}},
			"unknown":       {unknown, http.StatusUnauthorized, nil},
			"revoked":       {revoked, http.StatusUnauthorized, nil},
			"wrong scope":   {onlyRead, http.StatusForbidden, nil},
			"another site":  {elsewhere, http.StatusForbidden, nil},
			"another’s own": {stranger, act.foreign, nil},
		} {
			a := test.c.ask(act.method, act.path, act.body, append([]string{"If-Match", "*"}, test.header...)...)
			if a.StatusCode != test.want {
				t.Errorf("%s, %s %s: %d, want %d: %s", name, act.method, act.path, a.StatusCode, test.want, a.body)
			}
			if (test.want == http.StatusUnauthorized || name == "wrong scope") && !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%s: WWW-Authenticate %q", name, a.Header.Get("WWW-Authenticate"))
			}
		}
	}
	elsewhere.get("/entries/" + string(hidden.ID)).want(http.StatusNotFound)
	elsewhere.get("/entries?mine=true&site=la-criee").want(http.StatusForbidden)
	if got := into[page](elsewhere.get("/entries?mine=true").want(http.StatusOK)); len(got.Data) != 0 {
		t.Errorf("a token of another site lists %v", got.titles())
	}
	if w.reader().get("/entries?mine=true", "Cookie", "bourgeon_session="+session.Token).StatusCode != http.StatusUnauthorized {
		t.Error("a session reads")
	}

	if n := w.count(press.Published); n != 1 {
		t.Errorf("%d published", n)
	}
	w.At = w.At.Add(25 * time.Hour)
	all.get("/me").want(http.StatusUnauthorized) // expired
}

func TestIdempotency(t *testing.T) {
	w := newWorld(t)
	c, _ := w.with(w.Viewer(w.Person("Odile")), "", press.Scopes...)
	first := c.ask(http.MethodPost, "/entries", newEntry(), "Idempotency-Key", "a").want(http.StatusCreated)
	again := c.ask(http.MethodPost, "/entries", newEntry(), "Idempotency-Key", "a").want(http.StatusCreated)
	if !bytes.Equal(first.body, again.body) || again.Header.Get("Location") != first.Header.Get("Location") || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("again: %s", again.body)
	}
	c.ask(http.MethodPost, "/entries", newEntry("language", "br"), "Idempotency-Key", "a").want(http.StatusUnprocessableEntity)
	c.ask(http.MethodPost, "/entries", newEntry("site", "nulle-part"), "Idempotency-Key", "b").want(http.StatusUnprocessableEntity)
	c.ask(http.MethodPost, "/entries", newEntry(), "Idempotency-Key", "b").want(http.StatusCreated) // a refusal freed it
	c.ask(http.MethodPost, "/entries", newEntry(), "Idempotency-Key", strings.Repeat("a", 201)).want(http.StatusBadRequest)
	other, _ := w.with(w.Viewer(w.Person("Dom")), "", press.ScopeWrite)
	other.ask(http.MethodPost, "/entries", newEntry(), "Idempotency-Key", "a").want(http.StatusCreated)
	before := w.count(press.Proposed)

	var wait sync.WaitGroup
	codes := make([]int, 6)
	for i := range codes {
		wait.Go(func() {
			codes[i] = c.ask(http.MethodPost, "/entries", newEntry(), "Idempotency-Key", "c").StatusCode
		})
	}
	wait.Wait()
	for _, code := range codes {
		if code != http.StatusCreated && code != http.StatusConflict {
			t.Errorf("at once: %v", codes)
		}
	}
	if n := w.count(press.Proposed); n != before+1 {
		t.Errorf("%d at once made %d", len(codes), n-before)
	}
}

func TestUpload(t *testing.T) {
	w := newWorld(t, func(s *press.Site) { s.Openness = press.Open })
	odile := w.Viewer(w.Person("Odile"))
	c, _ := w.with(odile, "", press.Scopes...)
	var drawing bytes.Buffer
	if err := png.Encode(&drawing, image.NewRGBA(image.Rect(0, 0, 60, 40))); err != nil {
		t.Fatal(err)
	}
	send := func(file []byte, pairs ...string) answer {
		t.Helper()
		var b bytes.Buffer
		parts := multipart.NewWriter(&b)
		for i := 0; i+1 < len(pairs); i += 2 {
			if err := parts.WriteField(pairs[i], pairs[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if file != nil {
			part, err := parts.CreateFormFile("file", "odile.png")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write(file)
		}
		if err := parts.Close(); err != nil {
			t.Fatal(err)
		}
		return c.ask(http.MethodPost, "/media", &b, "Content-Type", parts.FormDataContentType())
	}
	send(drawing.Bytes(), "site", "la-criee").want(http.StatusForbidden) // nobody of the site: for which draft?
	draft := into[struct{ ID string }](c.ask(http.MethodPost, "/drafts", object{"site": "la-criee", "form": "article"}).want(http.StatusCreated)).ID
	send(nil, "site", "la-criee", "draft", draft).want(http.StatusUnprocessableEntity)
	send([]byte("<script>"), "site", "la-criee", "draft", draft).want(http.StatusUnprocessableEntity)
	send(drawing.Bytes(), "site", "la-criee", "draft", draft, "licence", "WTFPL").want(http.StatusUnprocessableEntity)
	a := send(drawing.Bytes(), "site", "la-criee", "draft", draft, "alt", "Un trait", "credit", "Odile").want(http.StatusCreated)
	m := into[struct{ ID, Alt, Credit string }](a)
	if m.Alt != "Un trait" || m.Credit != "Odile" || strings.Contains(string(a.body), "odile.png") {
		t.Errorf("sent: %s", a.body)
	}
	w.reader().get("/media/" + m.ID).want(http.StatusNotFound)
	e := newEntry("draft", draft, "answers", object{"title": "Un trait", "text": "Voyez.", "pictures": []string{m.ID}})
	c.ask(http.MethodPost, "/entries", e).want(http.StatusCreated)
	w.reader().get("/media/" + m.ID).want(http.StatusOK)
	described := c.ask(http.MethodPatch, "/media/"+m.ID, object{"caption": "Fait à l’encre"}).want(http.StatusOK)
	if !strings.Contains(string(described.body), "Un trait") {
		t.Errorf("what wasn't sent is lost: %s", described.body)
	}
	c.ask(http.MethodPatch, "/media/"+m.ID, object{"licence": "WTFPL"}).want(http.StatusUnprocessableEntity)
}

func TestCORS(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/entries", "/nowhere", "/openapi.json"} {
		a := w.reader().ask(http.MethodOptions, path, nil, "Origin", "https://ailleurs.example", "Access-Control-Request-Method", "POST",
			"Access-Control-Request-Headers", "authorization").want(http.StatusNoContent)
		if a.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(a.Header.Get("Access-Control-Allow-Headers"), "Authorization") ||
			a.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %v", path, a.Header)
		}
		if got := w.reader().get(path, "Origin", "https://ailleurs.example", "Sec-Fetch-Site", "cross-site"); got.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %v", path, got.Header)
		}
	}
	c, _ := w.with(w.Viewer(w.Person("Odile")), "", press.ScopeWrite)
	c.ask(http.MethodPost, "/entries", newEntry(), "Origin", "https://ailleurs.example", "Sec-Fetch-Site", "cross-site").want(http.StatusCreated)
}

func TestLimits(t *testing.T) {
	w := newWorld(t)
	now := func() time.Time { return w.At }
	w.Config.API.Reads = ratelimit.New(ratelimit.Rate{Burst: 2, Every: time.Minute}, now)
	w.Config.API.Writes = ratelimit.New(ratelimit.Rate{Burst: 1, Every: time.Minute}, now)
	for range 5 {
		w.reader().get("/sites").want(http.StatusOK) // made once
	}
	w.reader().get("/licences").want(http.StatusOK)
	if a := w.reader().get("/people").want(http.StatusTooManyRequests); a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	c, _ := w.with(w.Viewer(w.Person("Odile")), "", press.ScopeWrite)
	c.ask(http.MethodPost, "/entries", newEntry()).want(http.StatusCreated)
	c.ask(http.MethodPost, "/entries", newEntry()).want(http.StatusTooManyRequests)
}
