package reporting_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// hall is a small world with a clerk in it, the mails that left, and what was
// taken off.
type hall struct {
	*storetest.World
	*reporting.Clerk
	t     *testing.T
	store *store.Store
	now   time.Time
	mails []press.Mail
	off   map[string]bool // things by their identifier
	site  press.Site
	entry press.Entry

	author                           press.Person
	animator, other, steward, keeper press.Viewer
}

func enter(t *testing.T, s *store.Store) *hall {
	w := storetest.NewWorld(t, s)
	h := &hall{World: w, t: t, store: s, now: storetest.Epoch.Add(24 * time.Hour), off: map[string]bool{}}
	h.site = w.Site("criee")
	h.author = w.Person("Odile")
	h.animator = w.Member("Sterenn", press.Animator, h.site.ID, "")
	h.other = w.Member("Yann", press.Animator, h.site.ID, "")
	h.steward = w.Member("Nolwenn", press.Steward, h.site.ID, "")
	h.keeper = w.Member("Loeiz", press.Steward, "", "")
	h.entry = w.Entry(h.site, "Le banc bleu", press.Published, storetest.By(h.author))
	h.Clerk = &reporting.Clerk{
		Store: s, Now: func() time.Time { h.now = h.now.Add(time.Second); return h.now },
		Post: func(_ context.Context, _ *store.Tx, m press.Mail) error { h.mails = append(h.mails, m); return nil },
		Acts: map[press.ThingKind]reporting.Acts{press.ThingEntry: h.acts(""), press.ThingComment: h.acts(h.author.ID)},
	}
	return h
}

func (h *hall) acts(person press.PersonID) reporting.Acts {
	return reporting.Acts{
		See: func(context.Context, store.Reader, press.Viewer, press.Thing) (string, press.PersonID, error) {
			return "Ce qui est dit.", person, nil
		},
		TakeOff: func(_ context.Context, _ *store.Tx, _ press.Viewer, t press.Thing, _ press.Ruling) (bool, error) {
			h.off[t.ID] = true
			return true, nil
		},
		PutBack: func(_ context.Context, _ *store.Tx, _ press.Viewer, t press.Thing, _ string) error {
			delete(h.off, t.ID)
			return nil
		},
	}
}

func (h *hall) notice(email string) reporting.Notice {
	return reporting.Notice{
		Thing:  press.Thing{Kind: press.ThingEntry, ID: string(h.entry.ID), Entry: h.entry.ID},
		Reason: press.ReportPrivacy, Words: "Mon adresse y est.", Name: "Rozenn Secrète", Email: email, Language: "fr", GoodFaith: true,
	}
}

func (h *hall) report(n reporting.Notice) reporting.Received {
	h.t.Helper()
	r, err := h.Report(h.t.Context(), press.Viewer{}, h.site.ID, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *hall) do(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) follow(secret string) reporting.Followed {
	h.t.Helper()
	f, err := h.Follow(h.t.Context(), secret)
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

func (h *hall) kase(id press.CaseID) press.Case {
	h.t.Helper()
	c, err := h.store.Case(h.t.Context(), press.Itself, id)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// told are the mails since the last call, by who gets them and what they tell.
func (h *hall) told() []string {
	var all []string
	for _, m := range h.mails {
		to := m.To
		if m.Person == h.author.ID {
			to = "author"
		}
		all = append(all, to+" "+m.Data["as"])
	}
	h.mails = nil
	return all
}

func taken() press.Ruling {
	return press.Ruling{
		Outcome: press.TakenOff, Ground: press.GroundLaw, Reason: "Une adresse privée.", ToReporters: "Merci, c’est retiré.",
		ToAuthor: "On y lit une adresse privée.",
	}
}

func left() press.Ruling {
	return press.Ruling{Outcome: press.LeftAsIs, Reason: "Rien de privé.", ToReporters: "Merci, nous l’avons relu."}
}

func fails(t *testing.T, what string, err error, kind press.Kind) {
	t.Helper()
	if press.KindOf(err) != kind || err == nil {
		t.Errorf("%s: %v", what, err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestAReportIsDecidedAndBothSidesLearnWhy(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := enter(t, s)
		var events []press.Event
		s.React(func(_ context.Context, _ *store.Tx, e press.Event) error { events = append(events, e); return nil })
		first := h.report(h.notice("Rozenn@Example.org"))
		second := h.report(h.notice(""))
		if !first.Mailed || second.Mailed || first.Case != second.Case || first.Token == second.Token {
			t.Fatalf("two reports of one thing: %+v, %+v", first, second)
		}
		same(t, "the acknowledgement", h.told(), []string{"rozenn@example.org received"})
		version := must(s.Site(ctx, press.Itself, h.site.ID))(t).Version

		h.do(h.Decide(ctx, h.animator, first.Case, taken()))
		if !h.off[string(h.entry.ID)] {
			t.Error("it isn't taken off")
		}
		mails := h.mails
		same(t, "the decision", h.told(), []string{"author decided", "rozenn@example.org decided"})
		if mails[0].Data["words"] != taken().ToAuthor || mails[1].Data["words"] != taken().ToReporters {
			t.Errorf("words: %q, %q", mails[0].Data["words"], mails[1].Data["words"])
		}
		for _, text := range mails[0].Data {
			if strings.Contains(text, "Rozenn") || strings.Contains(text, "Mon adresse") {
				t.Errorf("the author reads %q", text)
			}
		}
		fails(t, "a second decision", h.Decide(ctx, h.other, first.Case, left()), press.Conflict)

		for _, f := range []reporting.Followed{h.follow(first.Token), h.follow(mails[1].Data["token"])} {
			if f.Outcome != press.TakenOff || f.Report.Words != "Mon adresse y est." || f.Key.Person != "" {
				t.Errorf("who reported sees %+v", f)
			}
		}
		if f := h.follow(mails[0].Data["token"]); f.Report.ID != "" || !f.Contests(f.Key, h.now) {
			t.Errorf("the author sees %+v", f)
		}
		if must(s.Site(ctx, press.Itself, h.site.ID))(t).Version == version {
			t.Error("the journal changed, and its page doesn't know")
		}
		decisions, _, err := s.Decisions(ctx, press.Viewer{}, h.site.ID, "", 10)
		h.do(err)
		want := press.Ruled{
			Kind: press.ThingEntry, Reasons: []press.ReportReason{press.ReportPrivacy}, Outcome: press.TakenOff, Ground: press.GroundLaw,
		}
		if len(decisions) != 1 || decisions[0].By != "Sterenn" || decisions[0].Reason != taken().Reason {
			t.Fatalf("the journal: %+v", decisions)
		}
		same(t, "what the journal tells", decisions[0].Ruled, want)
		if steps := must(s.Steps(ctx, press.Viewer{}, h.entry.ID))(t); len(steps) != 0 {
			t.Errorf("the public history tells of reports: %+v", steps)
		}
		for _, e := range events {
			if e.Actor != "" && e.Kind == press.ReportReceived {
				t.Error("the journal keeps who reported")
			}
		}
	})
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestWhoMayDecideOnAReport(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := enter(t, s)
		id := h.report(h.notice("")).Case
		h.Role(h.author, press.Animator, h.site.ID, "")
		section := h.Section(h.site, "Sport")
		elsewhere := h.Site("estran")
		for name, v := range map[string]press.Viewer{
			"a reader":                    {},
			"a contributor":               h.Member("C", press.Contributor, h.site.ID, ""),
			"another section's animator":  h.Member("S", press.Animator, h.site.ID, section.ID),
			"another site's steward":      h.Member("E", press.Steward, elsewhere.ID, ""),
			"an animator, on their own":   h.Viewer(h.author),
			"who reported, by their name": h.Viewer(h.Person("Rozenn Secrète")),
		} {
			fails(t, name+" decides", h.Decide(ctx, v, id, taken()), press.Forbidden)
			_, err := s.Case(ctx, v, id)
			fails(t, name+" reads", err, press.NotFound)
			if cases := must(s.Cases(ctx, v, h.site.ID, 10))(t); len(cases) != 0 || must(s.CountCases(ctx, v, h.site.ID))(t) != 0 {
				t.Errorf("%s is shown the report", name)
			}
		}
		for _, v := range []press.Viewer{h.animator, h.steward, h.keeper} {
			c := must(s.Case(ctx, v, id))(t)
			if cases := must(s.Cases(ctx, v, h.site.ID, 10))(t); len(cases) != 1 || c.Reports[0].Name != "Rozenn Secrète" || c.Reports[0].Email != "" {
				t.Errorf("%s sees %+v", v.Name, c)
			}
		}
		// A comment isn't its page's author's.
		n := h.notice("")
		n.Thing = press.Thing{Kind: press.ThingComment, ID: "c1", Entry: h.entry.ID}
		comment := h.report(n).Case
		fails(t, "on one's own comment", h.Decide(ctx, h.Viewer(h.author), comment, left()), press.Forbidden)
		h.do(h.Decide(ctx, h.animator, comment, left()))
		fails(t, "sending a comment back", h.Decide(ctx, h.animator, h.report(n).Case, press.Ruling{Outcome: press.SentBack}), press.Invalid)
	})
}

func TestWhatAReportMustSay(t *testing.T) {
	h := enter(t, storetest.SQLite(t))
	for field, change := range map[string]func(*reporting.Notice){
		"reason": func(n *reporting.Notice) { n.Reason = "whim" },
		"words":  func(n *reporting.Notice) { n.Words = " " },
		"email":  func(n *reporting.Notice) { n.Email = "rozenn" },
		"faith":  func(n *reporting.Notice) { n.GoodFaith = false },
		"name":   func(n *reporting.Notice) { n.Name = strings.Repeat("a", 101) },
	} {
		n := h.notice("")
		change(&n)
		_, err := h.Report(t.Context(), press.Viewer{}, h.site.ID, n)
		if fields := faults(err); len(fields) != 1 || fields[0] != field {
			t.Errorf("%s: faults %q", field, fields)
		}
	}
	n := h.notice("")
	n.Reason, n.Words = press.ReportDanger, ""
	if c := h.kase(h.report(n).Case); !c.Urgent {
		t.Error("who may be in danger must not have to explain")
	}
	hidden := h.Entry(h.site, "Caché", press.Proposed, storetest.By(h.author))
	n.Thing = press.Thing{Kind: press.ThingEntry, ID: string(hidden.ID), Entry: hidden.ID}
	_, err := h.Report(t.Context(), press.Viewer{}, h.site.ID, n)
	fails(t, "what can't be read", err, press.NotFound)
	_, err = h.Report(t.Context(), press.Viewer{}, h.Site("autre").ID, h.notice(""))
	fails(t, "from another site", err, press.NotFound)
	for field, change := range map[string]func(*press.Ruling){
		"outcome":      func(r *press.Ruling) { r.Outcome = "burnt"; r.Ground = "" },
		"reason":       func(r *press.Ruling) { r.Reason = "" },
		"to_reporters": func(r *press.Ruling) { r.ToReporters = "" },
		"to_author":    func(r *press.Ruling) { r.ToAuthor = "" },
		"ground":       func(r *press.Ruling) { r.Ground = "taste" },
	} {
		r := taken()
		change(&r)
		c := h.report(h.notice("")).Case
		if fields := faults(h.Decide(t.Context(), h.animator, c, r)); len(fields) != 1 || fields[0] != field {
			t.Errorf("%s: faults %q", field, fields)
		}
	}
}

func faults(err error) []string {
	var names []string
	for e := err; e != nil; {
		if p, ok := e.(*press.Error); ok {
			for _, f := range p.Fields {
				names = append(names, f.Field)
			}
			return names
		}
		u, ok := e.(interface{ Unwrap() error })
		if !ok {
			return nil
		}
		e = u.Unwrap()
	}
	return nil
}

func TestGraveReportsComeFirst(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := enter(t, s)
		calm := h.report(h.notice("")).Case
		second := h.Entry(h.site, "Menaces", press.Published)
		n := h.notice("")
		n.Thing, n.Reason = press.Thing{Kind: press.ThingEntry, ID: string(second.ID), Entry: second.ID}, press.ReportSpam
		late := h.report(n).Case
		n.Reason = press.ReportDanger
		if joined := h.report(n).Case; joined != late {
			t.Fatal("a second report of a thing opens a second case")
		}
		cases := must(s.Cases(t.Context(), h.animator, h.site.ID, 10))(t)
		if len(cases) != 2 || cases[0].ID != late || cases[1].ID != calm {
			t.Errorf("order: %+v", cases)
		}
		same(t, "reasons", cases[0].Reasons(), []press.ReportReason{press.ReportSpam, press.ReportDanger})
	})
}

func TestADecisionIsTakenBack(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := enter(t, s)
		r := h.report(h.notice("rozenn@example.org"))
		h.do(h.Decide(ctx, h.animator, r.Case, taken()))
		h.told()
		h.do(h.Reopen(ctx, h.other, r.Case))
		same(t, "those who were told", h.told(), []string{"author reopened", "rozenn@example.org reopened"})
		if c := h.kase(r.Case); h.off[string(h.entry.ID)] || c.State != press.CaseWaiting || c.Outcome != press.Undecided || c.Acted {
			t.Errorf("after the undo: %+v", c)
		}
		h.do(h.Decide(ctx, h.animator, r.Case, left()))
		again := h.report(h.notice(""))
		if again.Case == r.Case {
			t.Fatal("a decided case took another report")
		}
		fails(t, "undo, while a new report waits", h.Reopen(ctx, h.animator, r.Case), press.Conflict)
	})
}

func TestAppealsAreJudgedBySomebodyElse(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := enter(t, s)
		r := h.report(h.notice("rozenn@example.org"))
		fails(t, "nothing is decided", h.Appeal(ctx, r.Token, "Encore."), press.Conflict)
		h.do(h.Decide(ctx, h.steward, r.Case, left()))
		h.told()
		if f := faults(h.Appeal(ctx, r.Token, " ")); len(f) != 1 || f[0] != "words" {
			t.Errorf("without words: %q", f)
		}
		h.do(h.Appeal(ctx, r.Token, "C’est bien mon adresse."))
		same(t, "the appeal is acknowledged", h.told(), []string{"rozenn@example.org appealed"})
		fails(t, "twice", h.Appeal(ctx, r.Token, "Encore."), press.Conflict)
		fails(t, "undoing what is appealed against", h.Reopen(ctx, h.steward, r.Case), press.Conflict)

		verdict := reporting.Verdict{Ruling: taken(), Answer: "Vous avez raison."}
		fails(t, "an animator judges", h.Judge(ctx, h.animator, r.Case, verdict), press.Forbidden)
		fails(t, "who decided judges", h.Judge(ctx, h.steward, r.Case, verdict), press.Forbidden)
		h.do(h.Judge(ctx, h.keeper, r.Case, verdict))
		if !h.off[string(h.entry.ID)] {
			t.Error("the appeal changed nothing")
		}
		mails := h.mails
		same(t, "all are told", h.told(), []string{"author judged", "rozenn@example.org judged"})
		if mails[1].Data["words"] != "Vous avez raison." {
			t.Errorf("who appealed reads %q", mails[1].Data["words"])
		}
		fails(t, "who reported appeals against their own success", h.Appeal(ctx, r.Token, "Encore."), press.Conflict)

		// The author may, now that something was taken off; neither of the two may judge.
		h.do(h.Appeal(ctx, mails[0].Data["token"], "Je l’avais demandé."))
		h.told()
		back := reporting.Verdict{Ruling: left(), Answer: "C’est remis."}
		fails(t, "who judged before judges", h.Judge(ctx, h.keeper, r.Case, back), press.Forbidden)
		second := h.Member("Maïwenn", press.Steward, h.site.ID, "")
		h.do(h.Judge(ctx, second, r.Case, back))
		if c := h.kase(r.Case); h.off[string(h.entry.ID)] || c.Outcome != press.LeftAsIs || len(c.Appeals) != 2 {
			t.Errorf("the reversal left %+v", c)
		}
		same(t, "all are told again", h.told(), []string{"author judged", "rozenn@example.org judged"})
	})
}

func TestAnAppealThatChangesNothing(t *testing.T) {
	ctx := t.Context()
	h := enter(t, storetest.SQLite(t))
	r := h.report(h.notice("rozenn@example.org"))
	h.do(h.Decide(ctx, h.animator, r.Case, taken()))
	author := h.mails[1].Data["token"]
	h.told()
	h.do(h.Appeal(ctx, author, "Ce n’est pas privé."))
	h.told()
	stays := reporting.Verdict{Ruling: press.Ruling{Outcome: press.TakenOff}, Answer: "Non, c’est une adresse."}
	if f := faults(h.Judge(ctx, h.steward, r.Case, stays)); len(f) != 1 || f[0] != "reason" {
		t.Errorf("without a reason: %q", f)
	}
	stays.Reason = "L’adresse est privée."
	h.do(h.Judge(ctx, h.steward, r.Case, stays))
	same(t, "who is told", h.told(), []string{"author judged"})
	if c := h.kase(r.Case); !h.off[string(h.entry.ID)] || c.ToAuthor != taken().ToAuthor || c.State != press.CaseDecided {
		t.Errorf("what holds: %+v", c)
	}
	if f := h.follow(author); f.Appeal.Answer != "Non, c’est une adresse." || f.Appeal.Changed {
		t.Errorf("the author sees %+v", f.Appeal)
	}
}

func TestAppealsEndAfterSixMonths(t *testing.T) {
	ctx := t.Context()
	h := enter(t, storetest.SQLite(t))
	r := h.report(h.notice(""))
	h.do(h.Decide(ctx, h.animator, r.Case, left()))
	h.now = h.now.AddDate(0, press.AppealMonths, 1)
	fails(t, "too late", h.Appeal(ctx, r.Token, "Encore."), press.Conflict)
}

func TestNobodysMailboxIsFilled(t *testing.T) {
	h := enter(t, storetest.SQLite(t))
	mailed := 0
	for range 20 {
		if h.report(h.notice("victime@example.org")).Mailed {
			mailed++
		}
	}
	if mailed > 6 || mailed != len(h.mails) {
		t.Errorf("%d mails, %d said", len(h.mails), mailed)
	}
	h.mails = nil
	r := h.report(h.notice("rozenn@example.org"))
	h.do(h.Silence(t.Context(), r.Token))
	h.told()
	h.do(h.Decide(t.Context(), h.animator, r.Case, left()))
	for _, m := range h.mails {
		if m.To == "rozenn@example.org" {
			t.Error("who wants no mail gets one")
		}
	}
	if len(h.mails) > 6 {
		t.Errorf("%d mails tell of the decision", len(h.mails))
	}
}

func TestWhoReportedIsForgotten(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := enter(t, s)
		ended := h.report(h.notice("rozenn@example.org"))
		h.do(h.Decide(ctx, h.animator, ended.Case, left()))
		waiting := h.report(h.notice("gwenn@example.org"))
		h.now = h.now.AddDate(1, 0, 1)
		h.World.Write(func(tx *store.Tx) error { return tx.ForgetReporters(ctx, h.now.AddDate(-1, 0, 0)) })
		c := h.kase(ended.Case)
		if r := c.Reports[0]; r.Name+r.Email+r.Words != "" || r.Reason != press.ReportPrivacy || c.Reason != left().Reason {
			t.Errorf("what stays: %+v", c)
		}
		_, err := h.Follow(ctx, ended.Token)
		fails(t, "the link", err, press.NotFound)
		if r := h.kase(waiting.Case).Reports[0]; r.Email != "gwenn@example.org" {
			t.Errorf("what waits was forgotten: %+v", r)
		}
		years := press.ReportYears(must(s.ReportFigures(ctx, press.Viewer{}, h.site.ID))(t), time.UTC)
		if len(years) != 1 || years[0].Reports != 2 || years[0].Outcomes[press.LeftAsIs] != 1 || years[0].Waiting != 1 || years[0].Median <= 0 {
			t.Errorf("figures: %+v", years)
		}
	})
}

func TestLinksOpenNothingElse(t *testing.T) {
	h := enter(t, storetest.SQLite(t))
	r := h.report(h.notice(""))
	for _, secret := range []string{"", "x", string(r.Case)} {
		_, err := h.Follow(t.Context(), secret)
		fails(t, "a made-up link", err, press.NotFound)
		fails(t, "appealing by it", h.Appeal(t.Context(), secret, "Non."), press.NotFound)
		fails(t, "silencing by it", h.Silence(t.Context(), secret), press.NotFound)
	}
}
