package storetest

import (
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/people"
)

var programs = []behaviour{
	{"programs/tokens", testTokens},
	{"programs/requests that come twice", testRepeats},
	{"programs/public names", testPublicBylines},
	{"programs/public pictures", testPublicMedia},
	{"programs/selections", testProgramSelections},
}

func testTokens(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	odile, dom := w.Viewer(w.Person("Odile")), w.Viewer(w.Person("Dom"))
	token := press.AccessToken{
		ID: ID[press.TokenID](), Person: odile.Person, Name: "Lettre", Scopes: []press.Scope{press.ScopeRead, press.ScopeWrite}, Site: site.ID,
		CreatedAt: Epoch, ExpiresAt: Epoch.Add(time.Hour),
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertToken(ctx, token, "hash") })
	same(t, "by its hash", must(w.Store.AccessToken(ctx, "hash"))(t), token)
	_, err := w.Store.AccessToken(ctx, "autre")
	fails(t, "another hash", err, press.NotFound)
	same(t, "one's own", must(w.Store.AccessTokens(ctx, odile))(t), []press.AccessToken{token})
	same(t, "another's", len(must(w.Store.AccessTokens(ctx, dom))(t))+len(must(w.Store.AccessTokens(ctx, press.Viewer{}))(t)), 0)

	used := Epoch.Add(time.Minute)
	w.Write(func(tx *store.Tx) error { return tx.UseToken(ctx, token.ID, used) })
	fails(t, "revoke another's", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.RevokeToken(ctx, token.ID, dom.Person, used) }), press.NotFound)
	once(t, "revoke", together(3, func(int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.RevokeToken(ctx, token.ID, odile.Person, used) })
	}))
	token.UsedAt, token.RevokedAt = used, used
	same(t, "used and revoked", must(w.Store.AccessToken(ctx, "hash"))(t), token)
}

func testRepeats(t *testing.T, w *World) {
	ctx := t.Context()
	odile := w.Person("Odile")
	token := press.AccessToken{ID: ID[press.TokenID](), Person: odile.ID, ExpiresAt: Epoch}
	w.Write(func(tx *store.Tx) error { return tx.InsertToken(ctx, token, "hash") })
	r := people.Repeat{Token: token.ID, Key: "clé 1", Request: "POST", At: Epoch}
	begin := func(r people.Repeat) (kept people.Repeat, first bool) {
		t.Helper()
		w.Write(func(tx *store.Tx) (err error) {
			kept, first, err = tx.BeginRepeat(ctx, r)
			return err
		})
		return kept, first
	}
	firsts := make([]bool, 4)
	for _, err := range together(len(firsts), func(i int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) (err error) {
			_, firsts[i], err = tx.BeginRepeat(ctx, r)
			return err
		})
	}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, first := range firsts {
		if first {
			n++
		}
	}
	same(t, "first among several at once", n, 1)
	w.Write(func(tx *store.Tx) error { return tx.DeleteRepeat(ctx, r) })
	if _, first := begin(r); !first {
		t.Error("a key that was freed is taken")
	}
	r.Status, r.Header, r.Body = 201, map[string]string{"ETag": `"1"`}, `{"a":"é"}`
	w.Write(func(tx *store.Tx) error { return tx.AnswerRepeat(ctx, r) })
	w.Write(func(tx *store.Tx) error { return tx.DeleteRepeat(ctx, r) }) // too late: it was answered
	kept, first := begin(people.Repeat{Token: token.ID, Key: r.Key, Request: "other", At: Epoch.Add(time.Hour)})
	if first {
		t.Error("an answered key is first again")
	}
	same(t, "what was answered", kept, r)
	w.Write(func(tx *store.Tx) error { return tx.ForgetRepeats(ctx, Epoch.Add(time.Second)) })
	if _, first := begin(r); !first {
		t.Error("a key that was forgotten is taken")
	}
}

func testPublicBylines(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	closed := w.Site("fermé", func(s *press.Site) { s.ClosedAt = Epoch })
	odile, dom, lou, ana := w.Person("Odile"), w.Person("Dom"), w.Person("Lou"), w.Person("Ana")
	w.Entry(site, "un", press.Published, By(odile))
	w.Entry(site, "deux", press.Published, By(odile), By(dom))
	w.Entry(site, "trois", press.Proposed, By(lou))
	w.Entry(closed, "quatre", press.Published, By(ana))
	w.Entry(site, "cinq", press.Published, func(e *press.Entry) {
		e.CreatedBy = lou.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: lou.ID}}
	})
	names := func(all []press.Byline) map[string]int {
		m := map[string]int{}
		for _, b := range all {
			m[b.Name] = b.Entries
		}
		return m
	}
	first, next, err := w.Store.PublicBylines(ctx, press.Viewer{}, "", "", 1)
	rest, last, err2 := w.Store.PublicBylines(ctx, press.Viewer{}, site.ID, next, 1)
	if err != nil || err2 != nil || next == "" || last != "" {
		t.Errorf("pages: %q %q %v %v", next, last, err, err2)
	}
	same(t, "names", names(append(first, rest...)), map[string]int{"Odile": 2, "Dom": 1})
	same(t, "one", must(w.Store.PublicByline(ctx, press.Viewer{}, "odile"))(t).Entries, 2)
	for _, slug := range []string{"lou", "ana", "personne"} {
		_, err := w.Store.PublicByline(ctx, press.Viewer{}, slug)
		fails(t, slug, err, press.NotFound)
	}
}

func testPublicMedia(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	shown, hidden := w.Picture(site, "shown.jpg"), w.Picture(site, "hidden.jpg")
	also := w.Picture(site, "also.jpg")
	with := func(m press.Media) func(*press.Entry) {
		return func(e *press.Entry) { e.Pictures = []press.Media{m} }
	}
	w.Entry(site, "a", press.Published, with(shown))
	w.Entry(site, "b", press.Published, with(also))
	w.Entry(site, "c", press.Proposed, with(hidden))
	first, next, err := w.Store.PublicMedia(ctx, press.Viewer{}, site.ID, "CC-BY-4.0", "", 1)
	rest, last, err2 := w.Store.PublicMedia(ctx, press.Viewer{}, "", "", next, 1)
	if err != nil || err2 != nil || next == "" || last != "" || len(first) != 1 || len(rest) != 1 {
		t.Fatalf("pages: %v %v %q %q %v %v", first, rest, next, last, err, err2)
	}
	same(t, "newest first", []press.MediaID{first[0].ID, rest[0].ID}, []press.MediaID{also.ID, shown.ID})
	none, _, err := w.Store.PublicMedia(ctx, press.Viewer{}, "", "CC0-1.0", "", 9)
	if err != nil || len(none) != 0 {
		t.Errorf("of another licence: %v %v", none, err)
	}
	must(w.Store.MediaToShow(ctx, press.Viewer{}, shown.ID))(t)
	for _, v := range []press.Viewer{{}, w.Member("Dom", press.Contributor, site.ID, "")} {
		_, err := w.Store.MediaToShow(ctx, v, hidden.ID)
		fails(t, "a picture of a proposal", err, press.NotFound)
	}
	must(w.Store.MediaToShow(ctx, w.Member("Soraya", press.Animator, site.ID, ""), hidden.ID))(t)
}

func testProgramSelections(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	a := w.Entry(site, "a", press.Published, func(e *press.Entry) { e.Language = "br" })
	b := w.Entry(other, "b", press.Published, func(e *press.Entry) { e.Licence = "CC0-1.0" })
	page := w.Entry(site, "c", press.Published, func(e *press.Entry) { e.Form = w.Form(site, "page").ID })
	hidden := w.Entry(site, "d", press.Proposed)
	for name, test := range map[string]struct {
		s    store.Selection
		want []press.EntryID
	}{
		"a form of all sites": {store.Selection{FormSlug: "article"}, []press.EntryID{b.ID, a.ID}},
		"pages when asked":    {store.Selection{FormSlug: "page"}, []press.EntryID{page.ID}},
		"language":            {store.Selection{Language: "br"}, []press.EntryID{a.ID}},
		"licence":             {store.Selection{Licence: "CC0-1.0"}, []press.EntryID{b.ID}},
		"identifiers":         {store.Selection{IDs: []press.EntryID{a.ID, page.ID, hidden.ID}}, []press.EntryID{page.ID, a.ID}},
	} {
		var got []press.EntryID
		for _, e := range must(w.Store.Entries(ctx, press.Viewer{}, test.s))(t).Entries {
			got = append(got, e.ID)
		}
		same(t, name, got, test.want)
	}
}
