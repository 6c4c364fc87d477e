package storetest

import (
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var reports = []behaviour{
	{"report/who may decide on it", testRulers},
	{"report/from waiting to decided", testCase},
	{"report/appeals are judged once", testAppeals},
	{"report/who reported is forgotten", testForgetReporters},
	{"report/a picture taken off", testHiddenMedia},
}

// reported opens a case of an entry, or of what stands under it, with a report.
func (w *World) reported(e press.Entry, with ...func(*press.Case)) press.Case {
	w.T.Helper()
	ctx := w.T.Context()
	c := press.Case{
		ID: ID[press.CaseID](), Site: e.Site, Thing: press.Thing{Kind: press.ThingEntry, ID: string(e.ID), Entry: e.ID}, Title: e.Title,
		Excerpt: "Les premiers mots", Revision: 1, State: press.CaseWaiting, OpenedAt: w.Now(),
	}
	for _, f := range with {
		f(&c)
	}
	w.Write(func(tx *store.Tx) error {
		if err := tx.InsertCase(ctx, c); err != nil {
			return err
		}
		return tx.InsertReport(ctx, press.Report{
			ID: ID[press.ReportID](), Case: c.ID, Reason: press.ReportRights, Words: "C’est ma photo.", Name: "Paule", Email: "paule@example.org",
			Language: "fr", At: c.OpenedAt,
		})
	})
	return must(w.Store.Case(ctx, press.Itself, c.ID))(w.T)
}

func (w *World) updateCase(c press.Case) {
	w.T.Helper()
	w.Write(func(tx *store.Tx) error { return tx.UpdateCase(w.T.Context(), c) })
}

func (w *World) cases(v press.Viewer, site press.Site) []press.Case {
	w.T.Helper()
	all := must(w.Store.Cases(w.T.Context(), v, site.ID, 9))(w.T)
	if n := must(w.Store.CountCases(w.T.Context(), v, site.ID))(w.T); n != len(all) {
		w.T.Errorf("%d cases are listed, %d counted", len(all), n)
	}
	return all
}

func testRulers(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.talking("mag")
	port := w.Section(site, "Port")
	ana, bob := w.Person("Ana"), w.Person("Bob")
	e := w.Entry(site, "a", press.Published, By(ana), func(e *press.Entry) { e.Section = port.ID })
	said := w.comment(e, bob, "mal dit")
	entry := w.reported(e)
	comment := w.reported(e, func(c *press.Case) {
		c.Thing, c.Person = press.Thing{Kind: press.ThingComment, ID: string(said.ID), Entry: e.ID}, bob.ID
	})
	w.Role(ana, press.Animator, site.ID, "")
	w.Role(bob, press.Steward, site.ID, "")
	for name, c := range map[string]struct {
		v              press.Viewer
		entry, comment bool
	}{
		"an animator":                    {w.Member("S", press.Animator, site.ID, ""), true, true},
		"an animator of the section":     {w.Member("P", press.Animator, site.ID, port.ID), true, true},
		"an animator of another section": {w.Member("Q", press.Animator, site.ID, w.Section(site, "Autre").ID), false, false},
		"a contributor":                  {w.Member("C", press.Contributor, site.ID, ""), false, false},
		"anybody":                        {press.Viewer{}, false, false},
		"the entry's author":             {w.Viewer(ana), false, true},
		"the comment's author":           {w.Viewer(bob), true, false},
		"the program":                    {press.Itself, true, true},
	} {
		found := map[press.CaseID]bool{}
		for _, one := range w.cases(c.v, site) {
			found[one.ID] = true
		}
		for _, one := range []struct {
			id   press.CaseID
			want bool
		}{{entry.ID, c.entry}, {comment.ID, c.comment}} {
			got, err := w.Store.Case(ctx, c.v, one.id)
			if (err == nil) != one.want || found[one.id] != one.want {
				t.Errorf("%s finds the case of the %s: %v, among those that wait: %v, want %v", name, got.Kind, err, found[one.id], one.want)
			}
			if err == nil && !c.v.System && got.Reports[0].Email != "" {
				t.Errorf("%s learns the address of who reported", name)
			}
		}
	}
}

func testCase(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	judge := w.Person("Sterenn")
	w.Role(judge, press.Animator, site.ID, "")
	v := w.Viewer(judge)
	calm := w.reported(w.Entry(site, "a", press.Published))
	urgent := w.reported(w.Entry(site, "b", press.Published), func(c *press.Case) { c.Urgent = true })
	if all := w.cases(v, site); len(all) != 2 || all[0].ID != urgent.ID {
		t.Errorf("the urgent case isn't the first of %d", len(all))
	}
	w.Write(func(tx *store.Tx) error {
		found, err := tx.WaitingCase(ctx, calm.Thing)
		if err == nil && found.ID != calm.ID {
			t.Errorf("the case that waits for a thing: %s", found.ID)
		}
		return err
	})

	ruled := calm
	ruled.State, ruled.Acted = press.CaseDecided, true
	ruled.Ruling = press.Ruling{
		Outcome: press.TakenOff, Ground: press.GroundLaw, Reason: "La photo n’était pas libre.", ToReporters: "Merci.", ToAuthor: "Voici pourquoi.",
		By: judge.ID, ByName: "Sterenn", At: w.Now(),
	}
	w.updateCase(ruled)
	same(t, "a case that was decided", must(w.Store.Case(ctx, press.Itself, calm.ID))(t), ruled)
	if all := w.cases(v, site); len(all) != 1 || all[0].ID != urgent.ID {
		t.Errorf("%d cases wait, want the urgent one", len(all))
	}
	_, err := w.Store.Case(ctx, press.Viewer{}, calm.ID)
	fails(t, "anybody reads a case", err, press.NotFound)
	var left press.Case
	w.Store.Write(ctx, func(tx *store.Tx) error {
		left, err = tx.WaitingCase(ctx, calm.Thing)
		return err
	})
	fails(t, "the case that waits for a thing decided on: "+string(left.ID), err, press.NotFound)

	urgent.State, urgent.Ruling = press.CaseDecided, press.Ruling{Outcome: press.LeftAsIs, By: judge.ID, At: w.Now()}
	w.updateCase(urgent)
	decided, older, err := w.Store.DecidedCases(ctx, v, site.ID, "", 1)
	if err != nil || len(decided) != 1 || decided[0].ID != urgent.ID || older == "" {
		t.Fatalf("the last decision: %+v, %q, %v", decided, older, err)
	}
	decided, older, err = w.Store.DecidedCases(ctx, v, site.ID, older, 1)
	if err != nil || len(decided) != 1 || decided[0].ID != calm.ID || older != "" {
		t.Errorf("the one before: %+v, %q, %v", decided, older, err)
	}
	for _, c := range must(w.Store.ReportFigures(ctx, press.Viewer{}, site.ID))(t) {
		same(t, "what figures are made of", c.Reports, []press.Report{{Reason: press.ReportRights, At: c.OpenedAt}})
		if c.Title+c.Excerpt+c.Reason+c.ToAuthor+c.ToReporters+c.ByName != "" || c.By != "" {
			t.Errorf("the figures tell %+v", c)
		}
	}
}

func testAppeals(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana, judge := w.Site("mag"), w.Person("Ana"), w.Person("Judith")
	c := w.reported(w.Entry(site, "a", press.Published, By(ana)))
	key := press.Key{Case: c.ID, Person: ana.ID}
	w.Write(func(tx *store.Tx) error { return tx.InsertKey(ctx, key, "hash") })
	same(t, "what a link opens", must(w.Store.Key(ctx, "hash"))(t), key)
	_, err := w.Store.Key(ctx, "other")
	fails(t, "a wrong link", err, press.NotFound)

	a := press.Appeal{ID: ID[press.AppealID](), Case: c.ID, Person: ana.ID, Words: "Je ne suis pas d’accord.", At: w.Now()}
	w.Write(func(tx *store.Tx) error { return tx.InsertAppeal(ctx, a) })
	if got, waits := must(w.Store.Case(ctx, press.Itself, c.ID))(t).Pending(); !waits || got != a {
		t.Errorf("the appeal that waits: %+v", got)
	}
	a.JudgedBy, a.JudgedAt, a.Changed, a.Answer = judge.ID, w.Now(), true, "Vous avez raison."
	judged := func() error { return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.JudgeAppeal(ctx, a) }) }
	if err := judged(); err != nil {
		t.Fatal(err)
	}
	same(t, "the appeal judged", must(w.Store.Case(ctx, press.Itself, c.ID))(t).Appeals, []press.Appeal{a})
	fails(t, "judged twice", judged(), press.NotFound)
}

func testForgetReporters(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	open := w.reported(w.Entry(site, "ouvert", press.Published))
	ended := w.reported(w.Entry(site, "fini", press.Published))
	appealed := w.reported(w.Entry(site, "rejugé", press.Published))
	end := w.Now()
	for _, c := range []press.Case{ended, appealed} {
		c.State, c.Ruling = press.CaseDecided, press.Ruling{Outcome: press.LeftAsIs, Reason: "Rien à redire.", At: end}
		w.updateCase(c)
	}
	after := end.Add(time.Hour)
	a := press.Appeal{ID: ID[press.AppealID](), Case: appealed.ID, Words: "Si.", At: end, JudgedAt: after}
	w.Write(func(tx *store.Tx) error {
		if err := tx.InsertAppeal(ctx, a); err != nil {
			return err
		}
		if err := tx.JudgeAppeal(ctx, a); err != nil {
			return err
		}
		if n, err := tx.ReportsSince(ctx, "paule@example.org", open.OpenedAt.Add(-time.Second)); err != nil || n != 3 {
			t.Errorf("%d reports by this address, want 3 (%v)", n, err)
		}
		if err := tx.InsertKey(ctx, press.Key{Case: ended.ID}, "hash"); err != nil {
			return err
		}
		return tx.ForgetReporters(ctx, after)
	})
	for name, c := range map[string]struct {
		id   press.CaseID
		kept bool
	}{"one that waits": {open.ID, true}, "one that ended": {ended.ID, false}, "one judged again since": {appealed.ID, true}} {
		r := must(w.Store.Case(ctx, press.Itself, c.id))(t).Reports[0]
		if kept := r.Email+r.Name+r.Words != ""; kept != c.kept {
			t.Errorf("%s keeps who reported: %v, want %v", name, kept, c.kept)
		}
	}
	if got := must(w.Store.Case(ctx, press.Itself, ended.ID))(t); got.Reason != "Rien à redire." || got.Reports[0].Reason != press.ReportRights {
		t.Errorf("the decision is forgotten too: %+v", got)
	}
	_, err := w.Store.Key(ctx, "hash")
	fails(t, "the link of a case forgotten", err, press.NotFound)
}

func testHiddenMedia(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	m := w.Picture(site, "port")
	e := w.Entry(site, "a", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{m} })
	hidden := func(hash string) bool { return must(w.Store.FileHidden(ctx, hash))(t) }
	animator := w.Member("S", press.Animator, site.ID, "")
	shelf := func() int { return must(w.Store.CountMedia(ctx, animator, store.Shelf{Site: site.ID}))(t) }
	shown := func() int { return len(must(w.Store.Entry(ctx, press.Viewer{}, e.ID))(t).Pictures) }
	if hidden(m.Hash) || shown() != 1 || shelf() != 1 {
		t.Error("a picture is hidden before anybody decides")
	}
	w.Write(func(tx *store.Tx) error { return tx.HideMedia(ctx, m) })
	if !hidden(m.Hash) || !hidden(m.Variants[0].Hash) || shown() != 0 || shelf() != 0 {
		t.Error("a picture taken off is still shown, or its files are sent")
	}
	w.Picture(site, "la même, envoyée par une autre personne")
	if hidden(m.Hash) {
		t.Error("a picture that nobody took off has lost its file")
	}
	w.Write(func(tx *store.Tx) error { return tx.ShowMedia(ctx, m.ID) })
	if hidden(m.Variants[0].Hash) || shown() != 1 {
		t.Error("a picture put back isn't shown")
	}
}
