package storetest

import (
	"slices"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var talks = []behaviour{
	{"comment/whose it is, and who reads it", testComment},
	{"comment/threads by pages, with their answers", testThreads},
	{"comment/lists for readers, writers and animators", testCommentLists},
	{"comment/versions, for those concerned", testWordings},
	{"talk/thanks are counted once a day", testThanks},
	{"talk/who follows it", testFollowing},
}

// comment keeps what somebody says under an entry, shown.
func (w *World) comment(e press.Entry, p press.Person, text string, with ...func(*press.Comment)) press.Comment {
	w.T.Helper()
	at := w.Now()
	c := press.Comment{
		ID: ID[press.CommentID](), Site: e.Site, Entry: e.ID, Status: press.CommentShown,
		By: press.Credit{Kind: press.SignName, Name: p.Name, Person: p.ID}, Language: "fr", Text: text, HTML: "<p>" + text + "</p>",
		Version: 1, CreatedAt: at, ShownAt: at, ChangedAt: at,
	}
	for _, f := range with {
		f(&c)
	}
	w.Write(func(tx *store.Tx) error {
		if !c.By.Anonymous() {
			b, err := w.byline(tx, c.By)
			if err != nil {
				return err
			}
			c.By.Byline = b.ID
		}
		return tx.InsertComment(w.T.Context(), c, "key "+text, true)
	})
	return must(w.Store.CommentByKey(w.T.Context(), "key "+text))(w.T)
}

func answerTo(c press.Comment) func(*press.Comment) {
	return func(a *press.Comment) { a.Parent = c.ID }
}

func in(status press.CommentStatus) func(*press.Comment) {
	return func(c *press.Comment) { c.Status = status }
}

func (w *World) talking(slug string) press.Site {
	return w.Site(slug, func(s *press.Site) { s.Talk = press.TalkAfter })
}

func texts(all []press.Comment) []string {
	said := []string{}
	for _, c := range all {
		said = append(said, c.Text)
		for _, a := range c.Answers {
			said = append(said, "> "+a.Text)
		}
	}
	return said
}

func testComment(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.talking("mag")
	ana, bob := w.Person("Ana"), w.Person("Bob")
	e := w.Entry(site, "a", press.Published, By(ana))
	hers := w.comment(e, ana, "la sienne")
	if !hers.ByAuthor || hers.By.Slug != "ana" || hers.EntryTitle != "a" || hers.Path() != e.Path() {
		t.Errorf("an author's comment: %+v", hers)
	}
	secret := w.comment(e, ana, "sans nom", func(c *press.Comment) {
		c.By = press.Credit{Kind: press.SignAnonymous, Name: "Ana", Person: ana.ID}
	})
	if secret.ByAuthor || secret.By.Slug != "" || secret.By.Byline != "" || secret.By.Name != "" {
		t.Errorf("an anonymous comment tells %+v", secret.By)
	}
	animator := w.Member("Sterenn", press.Animator, site.ID, "")
	elsewhere := w.Member("Loin", press.Animator, w.Site("autre").ID, "")
	for _, c := range []struct {
		status             press.CommentStatus
		reader, writer, by bool // who finds it: anybody, its writer, an animator
	}{
		{press.CommentShown, true, true, true},
		{press.CommentWaiting, false, true, true},
		{press.CommentRefused, false, true, true},
		{press.CommentHidden, false, true, true},
		{press.CommentWithdrawn, false, true, true},
		{press.CommentDraft, false, true, false},
	} {
		said := w.comment(e, bob, string(c.status), in(c.status))
		for name, seen := range map[string]struct {
			v  press.Viewer
			by bool
		}{
			"a reader": {press.Viewer{}, c.reader}, "its writer": {w.Viewer(bob), c.writer}, "an animator": {animator, c.by},
			"an animator of another site": {elsewhere, c.reader}, "the program": {press.Itself, true},
		} {
			got, err := w.Store.Comment(ctx, seen.v, said.ID)
			if !seen.by {
				fails(t, name+" reads what is "+said.Text, err, press.NotFound)
				continue
			}
			if err != nil {
				t.Errorf("%s reads what is %s: %v", name, said.Text, err)
			}
			if knows := got.By.Person != ""; knows != (name == "its writer" || name == "the program") {
				t.Errorf("%s learns that %q wrote it", name, got.By.Person)
			}
		}
	}
	binned := w.comment(w.Entry(site, "b", press.Binned), bob, "sous un texte jeté")
	_, err := w.Store.Comment(ctx, press.Viewer{}, binned.ID)
	fails(t, "a comment whose entry is not for readers", err, press.NotFound)
}

func testThreads(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.talking("mag")
	bob := w.Person("Bob")
	e := w.Entry(site, "a", press.Published)
	one := w.comment(e, bob, "un")
	w.comment(e, bob, "deux", in(press.CommentWaiting))
	gone := w.comment(e, bob, "trois", in(press.CommentHidden))
	w.comment(e, bob, "quatre")
	w.comment(e, bob, "réponse à un", answerTo(one))
	w.comment(e, bob, "réponse tue", answerTo(one), in(press.CommentHidden))
	w.comment(e, bob, "réponse à trois", answerTo(gone))

	first := must(w.Store.Talk(ctx, press.Viewer{}, e.ID, "", "", 2))(t)
	same(t, "the first page", texts(first.Comments), []string{"un", "> réponse à un", "", "> réponse à trois"})
	if hidden := first.Comments[1]; hidden.ID != gone.ID || hidden.HTML != "" || hidden.By.Name != "" {
		t.Errorf("what was hidden still tells: %+v", hidden)
	}
	if first.Earlier != "" || first.Later == "" {
		t.Errorf("the first page's neighbours: %q and %q", first.Earlier, first.Later)
	}
	next := must(w.Store.Talk(ctx, press.Viewer{}, e.ID, "", first.Later, 2))(t)
	same(t, "the next page", texts(next.Comments), []string{"quatre"})
	back := must(w.Store.Talk(ctx, press.Viewer{}, e.ID, next.Earlier, "", 2))(t)
	same(t, "the page before it", texts(back.Comments), texts(first.Comments))
	same(t, "what its writer sees", texts(must(w.Store.Talk(ctx, w.Viewer(bob), e.ID, "", "", 9))(t).Comments),
		[]string{"un", "> réponse à un", "deux", "", "> réponse à trois", "quatre"})

	w.Write(func(tx *store.Tx) error {
		site.Talk = press.TalkOff
		return tx.UpdateSite(ctx, site)
	})
	if off := must(w.Store.Talk(ctx, press.Viewer{}, e.ID, "", "", 9))(t); len(off.Comments) > 0 {
		t.Errorf("a silent site shows %q", texts(off.Comments))
	}
	if shown := must(w.Store.ShownComments(ctx, press.Viewer{}, []press.CommentID{one.ID}))(t); len(shown) > 0 {
		t.Error("a silent site's comment is among the shown ones")
	}
}

func testCommentLists(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.talking("mag"), w.talking("autre")
	bob := w.Person("Bob")
	e, far := w.Entry(site, "a", press.Published), w.Entry(other, "loin", press.Published)
	w.comment(e, bob, "un")
	w.comment(far, bob, "ailleurs")
	w.comment(e, bob, "attend", in(press.CommentWaiting))
	w.comment(e, bob, "deux")
	list := func(site press.SiteID, before store.Cursor, limit int) ([]string, store.Cursor) {
		all, older, err := w.Store.LatestComments(ctx, press.Viewer{}, site, "", before, limit)
		if err != nil {
			t.Fatal(err)
		}
		return texts(all), older
	}
	latest, older := list("", "", 2)
	same(t, "the latest of the network", latest, []string{"deux", "ailleurs"})
	rest, end := list("", older, 2)
	same(t, "what is older", rest, []string{"un"})
	here, _ := list(site.ID, "", 9)
	same(t, "the latest of a site", here, []string{"deux", "un"})
	if end != "" {
		t.Error("there is a page after the last one")
	}

	own, _, err := w.Store.OwnComments(ctx, w.Viewer(bob), "", 9)
	same(t, "all of one's own", texts(own), []string{"deux", "attend", "ailleurs", "un"})
	if err != nil {
		t.Error(err)
	}
	if nobody, _, err := w.Store.OwnComments(ctx, press.Viewer{}, "", 9); len(nobody) > 0 || err != nil {
		t.Errorf("nobody's own comments: %v, %v", nobody, err)
	}

	for name, c := range map[string]struct {
		v    press.Viewer
		want int
	}{
		"an animator":        {w.Member("S", press.Animator, site.ID, ""), 1},
		"one of another":     {w.Member("T", press.Animator, other.ID, ""), 0},
		"a contributor":      {w.Member("C", press.Contributor, site.ID, ""), 0},
		"who wrote it":       {w.Viewer(bob), 0},
		"anybody":            {press.Viewer{}, 0},
		"the program itself": {press.Itself, 1},
	} {
		waiting := must(w.Store.CommentsWaiting(ctx, c.v, site.ID, 9))(t)
		n := must(w.Store.CountCommentsWaiting(ctx, c.v, site.ID))(t)
		decide, _, err := w.Store.CommentsToDecide(ctx, c.v, site.ID, press.CommentWaiting, "", 9)
		if len(waiting) != c.want || n != c.want || len(decide) != c.want || err != nil {
			t.Errorf("%s finds %d, counts %d, decides on %d (%v), want %d", name, len(waiting), n, len(decide), err, c.want)
		}
	}
}

func testWordings(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.talking("mag")
	bob := w.Person("Bob")
	c := w.comment(w.Entry(site, "a", press.Published), bob, "avant")
	changed := c
	changed.Text, changed.HTML, changed.Version, changed.EditedAt = "après", "<p>après</p>", 2, w.Now()
	w.Write(func(tx *store.Tx) error {
		if err := tx.KeepWording(ctx, c, changed.EditedAt); err != nil {
			return err
		}
		return tx.UpdateComment(ctx, changed)
	})
	same(t, "the comment now", must(w.Store.Comment(ctx, w.Viewer(bob), c.ID))(t), changed)
	for name, who := range map[string]struct {
		v    press.Viewer
		want int
	}{
		"its writer": {w.Viewer(bob), 1}, "an animator": {w.Member("S", press.Animator, site.ID, ""), 1}, "a reader": {press.Viewer{}, 0},
		"another": {w.Viewer(w.Person("X")), 0},
	} {
		if all := must(w.Store.Wordings(ctx, who.v, changed))(t); len(all) != who.want {
			t.Errorf("%s sees %d earlier texts, want %d", name, len(all), who.want)
		}
	}
}

func testThanks(t *testing.T, w *World) {
	ctx := t.Context()
	e := w.Entry(w.Site("mag"), "a", press.Published)
	act := func(f func(*store.Tx) (bool, error)) (done bool) {
		w.Write(func(tx *store.Tx) (err error) {
			done, err = f(tx)
			return err
		})
		return done
	}
	thank := func(day int64, hash string) bool {
		return act(func(tx *store.Tx) (bool, error) { return tx.Thank(ctx, day, hash, e.ID) })
	}
	count := func() int { return must(w.Store.TalkState(ctx, press.Viewer{}, e.ID))(t).Thanks }
	if !thank(1, "a") || thank(1, "a") || !thank(1, "b") || !thank(2, "a") || count() != 3 {
		t.Errorf("%d thanks, want 3: one a day and hash", count())
	}
	unthank := func() bool {
		return act(func(tx *store.Tx) (bool, error) { return tx.Unthank(ctx, 2, "a", e.ID) })
	}
	if !unthank() || unthank() || count() != 2 {
		t.Errorf("%d thanks after one was taken back, want 2", count())
	}
	w.Write(func(tx *store.Tx) error { return tx.ForgetThanks(ctx, 2) })
	if count() != 2 || !thank(1, "a") {
		t.Error("forgetting who thanked changes the count, or doesn't forget")
	}
	secret := func(day int64, fresh string) (kept string) {
		w.Write(func(tx *store.Tx) (err error) {
			kept, err = tx.ThankSecret(ctx, day, fresh)
			return err
		})
		return kept
	}
	if secret(9, "s") != "s" || secret(9, "t") != "s" || secret(10, "t") != "t" {
		t.Error("a day's secret is the first one, for all")
	}
}

func testFollowing(t *testing.T, w *World) {
	ctx := t.Context()
	e := w.Entry(w.talking("mag"), "a", press.Published)
	bob, ana := w.Person("Bob"), w.Person("Ana")
	f := press.Follow{Entry: e.ID, Person: bob.ID, Token: "secret", On: true, Round: 1, ToldUntil: w.Now()}
	save := func(f press.Follow) { w.Write(func(tx *store.Tx) error { return tx.SaveFollow(ctx, f) }) }
	save(f)
	same(t, "by its secret", must(w.Store.FollowByToken(ctx, "secret"))(t), f)
	_, err := w.Store.FollowByToken(ctx, "another")
	fails(t, "by a wrong secret", err, press.NotFound)
	off := f
	off.On, off.Token = false, "changed"
	save(off)
	if kept := must(w.Store.FollowByToken(ctx, "secret"))(t); kept.On || kept.Token != "secret" {
		t.Errorf("who left, and keeps the link of old mails: %+v", kept)
	}
	save(press.Follow{Entry: e.ID, Person: ana.ID, Token: "hers", On: true})
	w.Write(func(tx *store.Tx) error {
		all, err := tx.Follows(ctx, e.ID)
		if err == nil && len(all) != 2 {
			t.Errorf("%d follow or left, want 2", len(all))
		}
		return err
	})

	one := w.comment(e, ana, "un")
	w.comment(e, bob, "la sienne")
	two := w.comment(e, ana, "deux")
	news := must(w.Store.CommentsSince(ctx, e.ID, bob.ID, one.ShownAt.Add(-time.Second), 9))(t)
	same(t, "what others said since", texts(news), []string{"un", "deux"})
	news = must(w.Store.CommentsSince(ctx, e.ID, bob.ID, one.ShownAt, 9))(t)
	if !slices.Equal(texts(news), []string{"deux"}) || news[0].ID != two.ID {
		t.Errorf("what others said after it: %q", texts(news))
	}

	w.Write(func(tx *store.Tx) error { return tx.KeepSilent(ctx, bob.ID, w.Now()) })
	if !must(w.Store.Silent(ctx, bob.ID))(t) || must(w.Store.Silent(ctx, ana.ID))(t) {
		t.Error("silence is for whoever asked")
	}
	w.Write(func(tx *store.Tx) error { return tx.BreakSilence(ctx, bob.ID) })
	if must(w.Store.Silent(ctx, bob.ID))(t) {
		t.Error("silence can't be undone")
	}
}
