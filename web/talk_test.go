package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"bourgeon/app/discussing"
	"bourgeon/app/editing"
	"bourgeon/app/hosting"
	"bourgeon/app/joining"
	"bourgeon/kit/htmltest"
	"bourgeon/kit/pagecache"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
	"bourgeon/web/desk"
	"bourgeon/web/page/pagetest"
	"bourgeon/web/signin"
	"bourgeon/web/talk"
	"bourgeon/web/write"
)

// square is a whole server over a site where one talks.
type square struct {
	*storetest.World
	t       *testing.T
	site    press.Site
	author  press.Person
	entry   press.Entry
	room    *discussing.Room
	door    *joining.Door
	mails   []press.Mail
	handler http.Handler
	at      string // path of the entry inside the site
}

func newSquare(t *testing.T, with ...func(*press.Site)) *square {
	t.Helper()
	w := &square{World: storetest.NewWorld(t, storetest.SQLite(t)), t: t}
	w.site = w.Site("criee", append([]func(*press.Site){func(s *press.Site) { s.Talk, s.Openness = press.TalkAfter, press.Open }}, with...)...)
	w.author = w.Person("Odile")
	w.entry = w.Entry(w.site, "Le four à pain", press.Published, storetest.By(w.author))
	w.at = "/article/" + w.entry.Slug
	house := pagetest.NewHouse(t, w.Store.Reader)
	house.Now, house.Cache = w.Now, pagecache.New(1<<22)
	post := func(_ context.Context, _ *store.Tx, m press.Mail) error { w.mails = append(w.mails, m); return nil }
	w.door = &joining.Door{Store: w.Store, Now: w.Now, Post: post}
	house.Sessions = w.door
	ed := &editing.Editor{Store: w.Store, Now: w.Now, Challenge: w.door.Challenge, Post: post, Addresses: house.Addresses}
	w.room = &discussing.Room{
		Store: w.Store, Now: w.Now, Challenge: w.door.Challenge, Holder: ed.Holder, Credited: ed.Credited, Addresses: house.Addresses,
	}
	host := &hosting.Host{Store: w.Store, Now: w.Now, Addresses: house.Addresses, Render: ed.Rendered}
	handler, err := web.New(web.Config{
		House: house, Talk: &talk.Face{Room: w.room}, Write: &write.Face{Editor: ed, Door: w.door},
		SignIn: &signin.Face{Door: w.door, Confirm: ed.Confirm, ConfirmComment: w.room.ConfirmComment},
		Desk:   &desk.Face{Reader: w.Store.Reader, Editor: ed, Room: w.room, Door: w.door, Host: host},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = handler
	return w
}

// browser is somebody's, with the session that they may have.
type browser struct {
	*square
	session string
}

func (w *square) as(v press.Viewer) *browser {
	w.t.Helper()
	s, err := w.door.Open(w.t.Context(), v.Person)
	if err != nil {
		w.t.Fatal(err)
	}
	return &browser{w, s.Token}
}

func (b *browser) ask(r *http.Request) *httptest.ResponseRecorder {
	r.Header.Set("Accept-Language", "fr")
	if b.session != "" {
		r.AddCookie(&http.Cookie{Name: "bourgeon_session", Value: b.session})
	}
	rec := httptest.NewRecorder()
	b.handler.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		b.session = c.Value
	}
	return rec
}

func (b *browser) get(path string) (int, htmltest.Node) {
	b.t.Helper()
	rec := b.ask(httptest.NewRequestWithContext(b.t.Context(), http.MethodGet, "http://localhost:8080/criee"+path, nil))
	return rec.Code, htmltest.Parse(b.t, rec.Body.String())
}

// see is a page that must be there.
func (b *browser) see(path string) htmltest.Node {
	b.t.Helper()
	status, page := b.get(path)
	if status != http.StatusOK {
		b.t.Fatalf("GET %s: %d", path, status)
	}
	return page
}

func (b *browser) send(path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodPost, "http://localhost:8080/criee"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return b.ask(r)
}

func (w *square) leads(what string, rec *httptest.ResponseRecorder, to string) string {
	w.t.Helper()
	location := rec.Header().Get("Location")
	if rec.Code != http.StatusSeeOther || !strings.Contains(location, to) {
		w.t.Fatalf("%s: status %d, leads to %q, want %q", what, rec.Code, location, to)
	}
	return strings.TrimPrefix(location, "/criee")
}

func said(page htmltest.Node) int { return len(page.All("ol.said article")) }

// TestAStrangerTakesPart is the whole way without a script: words, signature,
// mail, and the kept page shows the comment at once.
func TestAStrangerTakesPart(t *testing.T) {
	w := newSquare(t)
	stranger, reader := &browser{square: w}, &browser{square: w}
	before := reader.see(w.at)
	if said(before) != 0 || !before.Has("form.say textarea[name=text]") {
		t.Error("the page begins without comments and with the way to add one")
	}
	sheet := stranger.send("/talk"+w.at, url.Values{"text": {"Quelle belle histoire."}, "do": {"sign"}})
	page := htmltest.Parse(t, sheet.Body.String())
	if sheet.Code != http.StatusOK || !strings.Contains(page.One(t, "textarea[name=text]").Text(), "Quelle belle histoire.") {
		t.Fatalf("the words were lost: %d", sheet.Code)
	}
	form := url.Values{
		"key": {page.One(t, "input[name=key]").Attr("value")}, "do": {"post"}, "text": {"Quelle belle histoire."}, "kind": {"pseudonym"},
		"email": {"pas une adresse"},
	}
	refused := stranger.send("/talk"+w.at, form)
	page = htmltest.Parse(t, refused.Body.String())
	if refused.Code != http.StatusUnprocessableEntity || len(page.All(".error")) != 2 || !strings.Contains(page.One(t, "textarea[name=text]").Text(), "Quelle belle histoire.") {
		t.Fatalf("faults: %d, %d shown", refused.Code, len(page.All(".error")))
	}
	form.Set("pseudonym", "Goéland")
	form.Set("email", "goeland@exmaple.org")
	challenge := w.leads("signing", stranger.send("/talk"+w.at, form), "/challenge/")
	_, back, _ := strings.Cut(challenge, "back=")
	mend, _ := url.QueryUnescape(back)
	page = stranger.see(mend)
	if !strings.Contains(page.One(t, "textarea[name=text]").Text(), "Quelle belle histoire.") || page.One(t, "input[name=pseudonym]").Attr("value") != "Goéland" {
		t.Error("mending the address, the words are there")
	}
	form.Set("email", "goeland@example.org")
	w.leads("signing again", stranger.send("/talk"+w.at, form), "/challenge/")
	if said(reader.see(w.at)) != 0 {
		t.Error("what isn't confirmed appears")
	}
	elsewhere := &browser{square: w} // another device
	mail := w.mails[len(w.mails)-1]
	if mail.To != "goeland@example.org" || mail.Data["purpose"] != "comment" {
		t.Fatalf("mail %+v", mail)
	}
	to := w.leads("confirming", elsewhere.send("/confirm/"+mail.Data["token"], nil), "done=1")
	shown := w.leads("then", elsewhere.ask(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost:8080/criee"+to, nil)), "done=commented")
	after := reader.see(w.at)
	if said(after) != 1 || !strings.Contains(after.One(t, "ol.said .by b").Text(), "Goéland") {
		t.Error("the kept page doesn't show the comment at once")
	}
	_, anchor, _ := strings.Cut(shown, "#")
	after.One(t, "#"+anchor)
	if reader.session != "" {
		t.Error("a reader got a cookie")
	}
	if said(elsewhere.see("/me")) != 0 || !strings.Contains(elsewhere.see("/me/comments").One(t, ".slip .quoted").Text(), "Quelle belle histoire.") {
		t.Error("they don't find it among theirs")
	}
}

func TestThanksNeedNoCookie(t *testing.T) {
	w := newSquare(t)
	reader := &browser{square: w}
	thanks := func() int {
		state, err := w.Store.TalkState(t.Context(), press.Viewer{}, w.entry.ID)
		if err != nil {
			t.Fatal(err)
		}
		return state.Thanks
	}
	const here = "http://localhost:8080"
	for _, c := range []struct {
		form    url.Values
		headers []string
		leads   string
		want    int
	}{
		{nil, nil, "?done=thanked#thanks", 0}, // no browser sends a form without saying from where
		{nil, []string{"Origin", here, "User-Agent", "Firefox"}, "?done=thanked#thanks", 1},
		{nil, []string{"Origin", here, "User-Agent", "Firefox"}, "?done=thanked#thanks", 1},
		{nil, []string{"Origin", here, "User-Agent", "Safari"}, "?done=thanked#thanks", 2},
		{url.Values{"back": {"1"}}, []string{"Origin", here, "User-Agent", "Firefox"}, "?done=unthanked#thanks", 1},
	} {
		rec := reader.send("/talk"+w.at+"/thanks", c.form, c.headers...)
		w.leads("thanking", rec, w.at+c.leads)
		if thanks() != c.want || len(rec.Result().Cookies()) > 0 {
			t.Errorf("%v: %d thanks, want %d; cookies %v", c.headers, thanks(), c.want, rec.Result().Cookies())
		}
	}
	if rec := reader.send("/talk"+w.at+"/thanks", nil, "Origin", "https://ailleurs.example"); rec.Code != http.StatusForbidden {
		t.Errorf("sent from another site: %d", rec.Code)
	}
	if !reader.see(w.at+"?done=thanked").Has("#thanks button[name=back]") || reader.see(w.at).Has("#thanks button[name=back]") {
		t.Error("taking it back is offered after thanking, and only then")
	}
}

func TestLeavingTakesOneClickAndNoSession(t *testing.T) {
	w := newSquare(t)
	secret := "SECRET"
	w.Write(func(tx *store.Tx) error {
		return tx.SaveFollow(t.Context(), press.Follow{Entry: w.entry.ID, Person: w.author.ID, Token: secret, On: true})
	})
	on := func() bool {
		f, err := w.Store.FollowByToken(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		return f.On
	}
	scanner := &browser{square: w}
	if scanner.see("/talk/leave/"+secret).One(t, "form button[value=this]"); !on() {
		t.Error("opening the link changed something")
	}
	rec := scanner.send("/talk/leave/"+secret, url.Values{"List-Unsubscribe": {"One-Click"}})
	if rec.Code != http.StatusOK || on() {
		t.Errorf("RFC 8058: status %d, still on: %v", rec.Code, on())
	}
	w.leads("receiving again", scanner.send("/talk/leave/"+secret, url.Values{"do": {"back"}}), "/talk/leave/")
	w.leads("leaving all", scanner.send("/talk/leave/"+secret, url.Values{"do": {"all"}}), "/talk/leave/")
	if silent, err := w.Store.Silent(t.Context(), w.author.ID); err != nil || !silent {
		t.Errorf("silent %v, %v", silent, err)
	}
	if status, _ := scanner.get("/talk/leave/autre"); status != http.StatusNotFound {
		t.Errorf("another secret: %d", status)
	}
}

func TestTheDeskReadsBefore(t *testing.T) {
	w := newSquare(t, func(s *press.Site) { s.Talk = press.TalkBefore })
	ana, animator := w.as(w.Viewer(w.Person("Ana"))), w.as(w.Member("Sterenn", press.Animator, w.site.ID, ""))
	own := ana.see(w.at)
	form := url.Values{"text": {"Bonjour"}, "do": {"post"}, "kind": {"name"}, "name": {"Ana"}, "key": {own.One(t, "form.say input[name=key]").Attr("value")}}
	for range 2 { // pressed twice
		w.leads("commenting", ana.send("/talk"+w.at, form), "/talk/comment/")
	}
	if said(ana.see(w.at)) != 1 || said((&browser{square: w}).see(w.at)) != 0 {
		t.Error("what waits is seen by its author alone")
	}
	queue := animator.see("/desk/talk")
	if len(queue.All(".queue .slip")) != 1 || !strings.Contains(queue.One(t, ".deskline [aria-current]").Text(), "1") {
		t.Error("the comment doesn't wait at the desk")
	}
	act := queue.One(t, ".slip form").Attr("action")
	one := strings.TrimSuffix(strings.TrimPrefix(act, "/criee"), "/publish")
	if rec := ana.send(one+"/publish", nil); rec.Code != http.StatusNotFound {
		t.Errorf("its author publishes: %d", rec.Code)
	}
	rec := animator.send(one+"/refuse", url.Values{"reason": {" "}})
	if rec.Code != http.StatusUnprocessableEntity || len(htmltest.Parse(t, rec.Body.String()).All("#refuse .error")) != 1 {
		t.Errorf("refusing without a reason: %d", rec.Code)
	}
	undo := w.leads("publishing", animator.send(one+"/publish", nil), "/desk/talk?undo=")
	if said((&browser{square: w}).see(w.at)) != 1 {
		t.Error("it isn't published")
	}
	if rec := animator.send(one+"/publish", nil); rec.Code != http.StatusConflict {
		t.Errorf("publishing twice: %d", rec.Code)
	}
	again := animator.see(undo).One(t, ".notice form").Attr("action")
	w.leads("undoing", animator.send(strings.TrimPrefix(again, "/criee"), nil), "done=comment-reopened")
	animator.send(one+"/publish", nil)
	w.leads("hiding", animator.send(one+"/hide", url.Values{"reason": {"Hors sujet"}}), "/desk/talk?undo=")
	if journal := (&browser{square: w}).see("/journal"); !strings.Contains(journal.One(t, "main").Text(), "Commentaire masqué") || strings.Contains(journal.One(t, "main").Text(), "Ana") {
		t.Error("the journal tells of the decision, and not of whose comment it was")
	}
	w.leads("closing", animator.send("/desk/entry/"+string(w.entry.ID)+"/talk", url.Values{"talk_reason": {"Tout est dit"}}), "done=talk-closed")
	closed := (&browser{square: w}).see(w.at)
	if closed.Has("form.say") || !closed.Has(".talk .closed") {
		t.Error("a closed talk says so, and asks for nothing")
	}
	late := (&browser{square: w}).send("/talk"+w.at, url.Values{"text": {"Trop tard"}, "do": {"sign"}})
	if late.Code != http.StatusForbidden || !strings.Contains(late.Body.String(), "Trop tard") {
		t.Errorf("what was typed meanwhile is given back: %d", late.Code)
	}
}

// TestAnAnonymousAuthorAnswersWithoutAName holds that the form doesn't betray
// who wrote the text by offering their name.
func TestAnAnonymousAuthorAnswersWithoutAName(t *testing.T) {
	w := newSquare(t)
	secret := w.Person("Nom Secret")
	e := w.Entry(w.site, "Sans nom", press.Published, func(e *press.Entry) {
		e.CreatedBy = secret.ID
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignAnonymous, Person: secret.ID}}
	})
	at := "/article/" + e.Slug
	page := w.as(w.Viewer(secret)).see(at)
	if kind := page.One(t, "form.say input[name=kind]").Attr("value"); kind != "anonymous" {
		t.Errorf("they would sign %q", kind)
	}
	_, err := w.room.Comment(t.Context(), w.Viewer(secret), e.ID, discussing.Saying{
		Text: "Merci de vos questions.", Signing: press.Signing{Kind: press.SignAnonymous, Charter: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	reader := &browser{square: w}
	for _, path := range []string{at, "/talk" + at, "/talk", "/talk/feed.atom", "/talk" + at + "/feed.json", at + "/history", "/journal"} {
		rec := reader.ask(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost:8080/criee"+path, nil))
		if rec.Code != http.StatusOK || strings.Contains(rec.Body.String(), "Secret") || strings.Contains(rec.Body.String(), "a écrit ce texte") || strings.Contains(rec.Body.String(), string(secret.ID)) {
			t.Errorf("%s: %d, or tells who it is", path, rec.Code)
		}
	}
}

func TestFeedsOfTalk(t *testing.T) {
	w := newSquare(t)
	v := w.Viewer(w.author)
	say := func(text string, parent press.CommentID) press.CommentID {
		c, err := w.room.Comment(t.Context(), v, w.entry.ID, discussing.Saying{
			Text: text, Parent: parent, Language: "fr", Signing: press.Signing{Kind: press.SignName, Name: "Odile", Charter: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		return c.ID
	}
	say("Deux *mots* & [un lien](/criee/about)", say("Un", ""))
	reader := &browser{square: w}
	for _, path := range []string{"/talk/feed", "/talk" + w.at + "/feed"} {
		for _, ending := range []string{".atom", ".rss", ".json"} {
			rec := reader.ask(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost:8080/criee"+path+ending, nil))
			feed, err := gofeed.NewParser().ParseString(rec.Body.String())
			if err != nil {
				t.Fatalf("%s%s: %v", path, ending, err)
			}
			if len(feed.Items) != 2 || !strings.Contains(feed.Items[0].Content, "<em>mots</em>") || !strings.Contains(feed.Items[0].Content, `"http://localhost:8080/criee/about"`) {
				t.Errorf("%s%s holds %+v", path, ending, feed.Items)
			}
		}
	}
	found := false
	for _, link := range reader.see(w.at).All("link[rel=alternate]") {
		found = found || strings.HasSuffix(link.Attr("href"), "/talk"+w.at+"/feed.atom")
	}
	if !found {
		t.Error("the entry doesn't tell of the feed of its talk")
	}
}

func TestStewardsSayWhereOneTalks(t *testing.T) {
	w := newSquare(t)
	steward, animator := w.as(w.Member("Yann", press.Steward, w.site.ID, "")), w.as(w.Member("Sterenn", press.Animator, w.site.ID, ""))
	if status, _ := animator.get("/desk/site/talk"); status != http.StatusForbidden {
		t.Errorf("an animator's look: %d", status)
	}
	steward.see("/desk/site/talk").One(t, "select[name=talk-article]")
	if rec := steward.send("/desk/site/talk", url.Values{"talk": {"rien"}}); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("a choice that isn't one: %d", rec.Code)
	}
	reader := &browser{square: w}
	for _, c := range []struct {
		site, form string
		talks      bool
	}{{"off", "", false}, {"off", "after", true}, {"after", "off", false}, {"before", "", true}} {
		w.leads("choosing", steward.send("/desk/site/talk", url.Values{"talk": {c.site}, "talk-article": {c.form}}), "done=saved")
		if got := reader.see(w.at).Has("#talk"); got != c.talks {
			t.Errorf("site %q, form %q: talks %v", c.site, c.form, got)
		}
	}
}
