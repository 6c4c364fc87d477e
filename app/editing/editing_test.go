package editing_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/kit/ids"
	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// room is a small world with an editor in it, and the mails that left.
type room struct {
	*storetest.World
	*editing.Editor
	Store *store.Store
	t     *testing.T
	now   time.Time
	mails []press.Mail
	site  press.Site
	form  press.Form
}

func enter(t *testing.T, s *store.Store, with ...func(*press.Site)) *room {
	w := storetest.NewWorld(t, s)
	r := &room{World: w, Store: s, t: t, now: storetest.Epoch.Add(24 * time.Hour)}
	r.site = w.Site("criee", with...)
	r.form = w.Form(r.site, "article")
	r.Editor = &editing.Editor{
		Store: s,
		Now:   func() time.Time { r.now = r.now.Add(time.Second); return r.now },
		Challenge: func(ctx context.Context, tx *store.Tx, h press.Challenge, title, language string) (press.Challenge, error) {
			h.ID, h.CreatedAt, h.ExpiresAt = press.ChallengeID(ids.New()), r.now, r.now.Add(time.Hour)
			return h, tx.InsertChallenge(ctx, h, ids.New(), "")
		},
		Post: func(_ context.Context, _ *store.Tx, m press.Mail) error {
			r.mails = append(r.mails, m)
			return nil
		},
		Addresses: press.Addresses{Base: "https://example.org"},
	}
	return r
}

func (r *room) work(title, text string) editing.Work {
	return editing.Work{Content: press.Content{Answers: press.Answers{"title": {title}, "text": {text}}, Tags: []string{"Vélo"}}}
}

func signing(kind press.SignatureKind, name, email string) press.Signing {
	return press.Signing{Kind: kind, Name: name, Email: email, Charter: true}
}

// write takes a text from the first word to its signature.
func (r *room) write(v press.Viewer, title, text string, s press.Signing) press.Entry {
	r.t.Helper()
	d := must(r.Begin(r.t.Context(), v, r.site, r.form, r.work(title, text)))(r.t)
	return must(r.Sign(r.t.Context(), v, d.Token, d.Version, s))(r.t).Entry
}

func (r *room) entry(id press.EntryID) press.Entry {
	r.t.Helper()
	return must(r.Store.Entry(r.t.Context(), press.Itself, id))(r.t)
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

func TestStrangersArticleGoesToTheDeskAndIsPublished(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s)
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")

		d := must(r.Begin(ctx, press.Viewer{}, r.site, r.form, r.work("Le vélo d’Odile", "Il **roule** encore.")))(t)
		d = must(r.Save(ctx, press.Viewer{}, d.Token, d.Version, r.work("Le vélo d’Odile roule", "Il **roule** encore.")))(t)
		signed := must(r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(press.SignName, "Odile", "Odile@Example.org")))(t)
		if signed.Challenge.ID == "" || signed.Entry.Status != press.Drafted {
			t.Fatalf("a stranger's text must wait for the address: %+v", signed)
		}
		writer := must(s.Viewer(ctx, signed.Entry.CreatedBy))(t)
		if writer.Email != "odile@example.org" {
			t.Errorf("address %q", writer.Email)
		}
		e := must(r.Confirm(ctx, writer, signed.Entry.ID))(t)
		if e.Status != press.Proposed {
			t.Fatalf("a first contribution is read before, got %s", e.Status)
		}
		again := must(r.Confirm(ctx, writer, e.ID))(t)
		if again.Status != press.Proposed {
			t.Errorf("confirming twice gave %s", again.Status)
		}
		if _, err := r.Open(ctx, press.Viewer{}, d.Token); press.KindOf(err) != press.NotFound {
			t.Errorf("the draft must be gone once confirmed, got %v", err)
		}
		before := must(s.Site(ctx, press.Itself, r.site.ID))(t).Version
		if err := r.Publish(ctx, animator, e.ID, ""); err != nil {
			t.Fatal(err)
		}
		e = r.entry(e.ID)
		if e.Status != press.Published || !e.Debut || e.Slug != "le-velo-d-odile-roule" || e.Authors()[0].Name != "Odile" {
			t.Errorf("published %+v", e)
		}
		if !strings.Contains(e.Rendered["text"], "<strong>roule</strong>") {
			t.Errorf("rendered %q", e.Rendered)
		}
		if after := must(s.Site(ctx, press.Itself, r.site.ID))(t).Version; after <= before {
			t.Error("publishing must make the rendered pages out of date")
		}
		if writer = must(s.Viewer(ctx, writer.Person))(t); !writer.MaySomewhere(press.Contributor, r.site.ID) {
			t.Error("a published writer becomes a contributor")
		}
		// Trust has grown: the second one appears at once.
		if second := r.write(writer, "Encore", "Un autre.", signing(press.SignName, "Odile", "")); second.Status != press.Published || second.Debut {
			t.Errorf("second contribution: %s, debut %v", second.Status, second.Debut)
		}
	})
}

func TestOpennessDecidesWhatAppearsAtOnce(t *testing.T) {
	member := func(role press.Role) func(*room) press.Viewer {
		return func(r *room) press.Viewer { return r.Member("Une personne", role, r.site.ID, "") }
	}
	stranger := func(r *room) press.Viewer { return r.Viewer(r.Person("Quelqu’un")) }
	for _, c := range []struct {
		openness press.Openness
		who      string
		viewer   func(*room) press.Viewer
		want     press.Status
		kind     press.Kind
	}{
		{press.Open, "stranger", stranger, press.Published, 0},
		{press.First, "stranger", stranger, press.Proposed, 0},
		{press.First, "contributor", member(press.Contributor), press.Published, 0},
		{press.Reviewed, "contributor", member(press.Contributor), press.Proposed, 0},
		{press.Reviewed, "animator", member(press.Animator), press.Published, 0},
		{press.Members, "contributor", member(press.Contributor), press.Published, 0},
		{press.Members, "stranger", stranger, "", press.Forbidden},
	} {
		t.Run(string(c.openness)+" "+c.who, func(t *testing.T) {
			r := enter(t, storetest.SQLite(t), func(s *press.Site) { s.Openness = c.openness })
			v := c.viewer(r)
			d := must(r.Begin(t.Context(), v, r.site, r.form, r.work("Titre", "Texte.")))(t)
			signed, err := r.Sign(t.Context(), v, d.Token, d.Version, signing(press.SignName, "Moi", ""))
			if press.KindOf(err) != c.kind {
				t.Fatalf("kind %d, want %d: %v", press.KindOf(err), c.kind, err)
			}
			if err == nil && signed.Entry.Status != c.want {
				t.Errorf("got %s, want %s", signed.Entry.Status, c.want)
			}
			if err != nil {
				if _, err := r.Open(t.Context(), v, d.Token); err != nil {
					t.Errorf("the draft must be kept: %v", err)
				}
			}
		})
	}
}

func TestFaultsKeepWhatWasTyped(t *testing.T) {
	r := enter(t, storetest.SQLite(t))
	ctx := t.Context()
	section := r.Section(r.site, "Fermée")
	w := r.work("", strings.Repeat("x", press.MaxText+1))
	w.Section = section.ID
	d := must(r.Begin(ctx, press.Viewer{}, r.site, r.form, w))(t)
	r.Write(func(tx *store.Tx) error {
		section.ClosedAt = r.now
		return tx.SaveSection(ctx, section)
	})
	for _, step := range []struct {
		mend  func(*editing.Work)
		field string
	}{
		{func(*editing.Work) {}, "title"},
		{func(w *editing.Work) { w.Answers["title"] = []string{"Titre"} }, "text"},
		{func(w *editing.Work) { w.Answers["text"] = []string{"Court."} }, "section"},
		{func(w *editing.Work) { w.Section = "" }, "email"},
	} {
		step.mend(&w)
		d = must(r.Save(ctx, press.Viewer{}, d.Token, d.Version, w))(t)
		_, err := r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(press.SignPseudonym, "Korrigan", "pas une adresse"))
		if !strings.Contains(err.Error(), step.field+":") || press.KindOf(err) != press.Invalid {
			t.Fatalf("want a fault on %s, got %v", step.field, err)
		}
		kept := must(r.Open(ctx, press.Viewer{}, d.Token))(t)
		if kept.Signing.Name != "Korrigan" || kept.Answers.One("text") != w.Answers.One("text") {
			t.Error("what was typed must be kept")
		}
		d = kept
	}
}

func TestStaleSaveLosesNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		r := enter(t, s)
		d := must(r.Begin(t.Context(), press.Viewer{}, r.site, r.form, r.work("Titre", "Un.")))(t)
		must(r.Save(t.Context(), press.Viewer{}, d.Token, d.Version, r.work("Titre", "Téléphone.")))(t)
		_, err := r.Save(t.Context(), press.Viewer{}, d.Token, d.Version, r.work("Titre", "Ordinateur."))
		if press.KindOf(err) != press.Conflict {
			t.Fatalf("want a conflict, got %v", err)
		}
		kept := must(r.Open(t.Context(), press.Viewer{}, d.Token))(t)
		if kept.Answers.One("text") != "Téléphone." {
			t.Errorf("kept %q", kept.Answers)
		}
		m := editing.MergeDrafts(r.form, kept.Content, r.work("Titre", "Ordinateur.").Content)
		merged := m.Merged.Answers.One("text")
		if !strings.Contains(merged, "Téléphone.") || !strings.Contains(merged, "Ordinateur.") {
			t.Errorf("merged %q", merged)
		}
	})
}

func TestTwoRevisionsMeet(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
		author := r.Viewer(r.Person("Lucie"))
		animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
		e := r.write(author, "Titre", "Premier.\n\nDeuxième.", signing(press.SignName, "Lucie", ""))

		mine := must(r.Revise(ctx, author, e.ID))(t)
		theirs := must(r.Revise(ctx, animator, e.ID))(t)
		theirs = must(r.Save(ctx, animator, string(theirs.ID), theirs.Version, r.work("Titre", "Premier !\n\nDeuxième.")))(t)
		if a := must(r.Amend(ctx, animator, string(theirs.ID), theirs.Version, "coquille"))(t); a.Waiting {
			t.Error("an animator's correction appears at once")
		}
		mine = must(r.Save(ctx, author, string(mine.ID), mine.Version, r.work("Titre", "Premier.\n\nDeuxième, et troisième.")))(t)
		_, err := r.Amend(ctx, author, string(mine.ID), mine.Version, "")
		if press.KindOf(err) != press.Conflict {
			t.Fatalf("want a conflict, got %v", err)
		}
		d, m, err := r.Merge(ctx, author, string(mine.ID))
		if err != nil {
			t.Fatal(err)
		}
		if m.By.Name != "Sterenn" || !strings.Contains(m.Mine.Answers.One("text"), "troisième") {
			t.Errorf("merging %+v", m)
		}
		d = must(r.Adopt(ctx, author, string(d.ID), d.Version, m.Number, editing.Work{Content: m.Merged}))(t)
		must(r.Amend(ctx, author, string(d.ID), d.Version, ""))(t)
		text := r.entry(e.ID).Answers.One("text")
		if !strings.Contains(text, "Premier !") || !strings.Contains(text, "troisième") {
			t.Errorf("merged text %q", text)
		}
		revisions := must(s.Revisions(ctx, press.Viewer{}, e.ID))(t)
		if len(revisions) != 3 {
			t.Errorf("%d revisions", len(revisions))
		}
		var roles []press.CreditRole
		for _, c := range r.entry(e.ID).Credits {
			roles = append(roles, c.Role)
		}
		if len(roles) != 2 || roles[1] != press.Proofreader {
			t.Errorf("the animator is credited as proof-reader: %v", roles)
		}
	})
}

func TestReviewedRevisionsWait(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness, s.Revising = press.Open, press.ReviseReviewed })
		author, animator := r.Viewer(r.Person("Lucie")), r.Member("Sterenn", press.Animator, r.site.ID, "")
		e := r.write(author, "Titre", "Un.\n\nDeux.", signing(press.SignName, "Lucie", ""))
		propose := func(text string) {
			t.Helper()
			d := must(r.Revise(ctx, author, e.ID))(t)
			d = must(r.Save(ctx, author, string(d.ID), d.Version, r.work("Titre", text)))(t)
			if a := must(r.Amend(ctx, author, string(d.ID), d.Version, ""))(t); !a.Waiting {
				t.Fatal("an author's change must wait here")
			}
		}
		propose("Un, mieux.\n\nDeux.")
		propose("Un.\n\nDeux, mieux.")
		if got := r.entry(e.ID).Answers.One("text"); got != "Un.\n\nDeux." {
			t.Errorf("shown before it was accepted: %q", got)
		}
		if public := must(s.Revisions(ctx, press.Viewer{}, e.ID))(t); len(public) != 1 {
			t.Errorf("readers see %d revisions", len(public))
		}
		if err := r.AcceptRevision(ctx, animator, e.ID, 2); err != nil {
			t.Fatal(err)
		}
		if err := r.AcceptRevision(ctx, animator, e.ID, 3); err != nil {
			t.Fatal(err) // begun from an older text, and still joined with it
		}
		if got := r.entry(e.ID).Answers.One("text"); got != "Un, mieux.\n\nDeux, mieux." {
			t.Errorf("after both: %q", got)
		}
		if err := r.DeclineRevision(ctx, animator, e.ID, 3, "trop tard"); press.KindOf(err) != press.Conflict {
			t.Errorf("declining what was accepted: %v", err)
		}
		if err := r.AcceptRevision(ctx, author, e.ID, 3); press.KindOf(err) != press.Forbidden {
			t.Errorf("an author accepting their own: %v", err)
		}
	})
}

func TestReturnAmendProposeAgain(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	author, animator := r.Viewer(r.Person("Lucie")), r.Member("Sterenn", press.Animator, r.site.ID, "")
	e := r.write(author, "Titre", "Un.", signing(press.SignName, "Lucie", ""))
	if err := r.Return(ctx, animator, e.ID, " "); press.KindOf(err) != press.Invalid {
		t.Errorf("returning without a word: %v", err)
	}
	if err := r.Return(ctx, animator, e.ID, "Et après ?"); err != nil {
		t.Fatal(err)
	}
	note := must(r.Store.LastData(ctx, author, r.entry(e.ID), press.EntryReturned))(t)
	if note["note"] != "Et après ?" {
		t.Errorf("the author reads %q", note)
	}
	d := must(r.Revise(ctx, author, e.ID))(t)
	d = must(r.Save(ctx, author, string(d.ID), d.Version, r.work("Titre", "Un, et après.")))(t)
	must(r.Amend(ctx, author, string(d.ID), d.Version, ""))(t)
	if got := r.entry(e.ID); got.Status != press.Proposed || got.Revision != 2 {
		t.Errorf("after amending: %s, revision %d", got.Status, got.Revision)
	}
}

func TestDecisionsNeedTheRightAndTheirTurn(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	section, other := r.Section(r.site, "Sport"), r.Section(r.site, "Culture")
	animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
	here := r.Member("Du sport", press.Animator, r.site.ID, section.ID)
	there := r.Member("De la culture", press.Animator, r.site.ID, other.ID)
	writer := r.Viewer(r.Person("Lucie"))
	w := r.work("Titre", "Un.")
	w.Section = section.ID
	d := must(r.Begin(ctx, writer, r.site, r.form, w))(t)
	e := must(r.Sign(ctx, writer, d.Token, d.Version, signing(press.SignName, "Lucie", "")))(t).Entry

	for name, v := range map[string]press.Viewer{"author": writer, "another section's animator": there} {
		if err := r.Publish(ctx, v, e.ID, ""); press.KindOf(err) != press.Forbidden {
			t.Errorf("%s publishing: %v", name, err)
		}
	}
	if err := r.Publish(ctx, press.Viewer{}, e.ID, ""); press.KindOf(err) != press.NotFound {
		t.Errorf("a stranger publishing: %v", err)
	}
	if err := r.Publish(ctx, here, e.ID, ""); err != nil {
		t.Errorf("the section's animator: %v", err)
	}
	if err := r.Refuse(ctx, animator, e.ID, "trop tard"); press.KindOf(err) != press.Conflict {
		t.Errorf("refusing what was published meanwhile: %v", err)
	}
	if err := r.Bin(ctx, animator, e.ID, "doublon"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Store.Entry(ctx, press.Viewer{}, e.ID); press.KindOf(err) != press.NotFound {
		t.Errorf("a binned entry is for animators only: %v", err)
	}
	if err := r.Recover(ctx, animator, e.ID); err != nil {
		t.Fatal(err)
	}
	if got := r.entry(e.ID); got.Status != press.Published {
		t.Errorf("recovered as %s", got.Status)
	}
	if err := r.Withdraw(ctx, writer, e.ID, "je préfère"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Store.Entry(ctx, press.Viewer{}, e.ID); press.KindOf(err) != press.Gone {
		t.Errorf("a withdrawn entry says so: %v", err)
	}
	decisions, _, err := r.Store.Decisions(ctx, press.Viewer{}, r.site.ID, "", 10)
	if err != nil || len(decisions) != 4 {
		t.Fatalf("%d decisions, %v", len(decisions), err)
	}
	for _, d := range decisions {
		if d.By == "Lucie" || d.Title != "" {
			t.Errorf("the journal tells too much: %+v", d)
		}
	}
}

func TestScheduledEntryAppearsOnce(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
	e := r.write(r.Viewer(r.Person("Lucie")), "Titre", "Un.", signing(press.SignName, "Lucie", ""))
	first, second := r.now.Add(time.Hour), r.now.Add(2*time.Hour)
	if err := r.Schedule(ctx, animator, e.ID, r.now.Add(-time.Hour)); press.KindOf(err) != press.Invalid {
		t.Errorf("scheduling in the past: %v", err)
	}
	for _, at := range []time.Time{first, second} {
		if err := r.Schedule(ctx, animator, e.ID, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		at   time.Time
		want press.Status
	}{{first, press.Scheduled}, {second, press.Published}, {second, press.Published}} {
		if err := r.PublishDue(ctx, editing.ScheduledEntry{Entry: e.ID, At: c.at.UnixMicro()}); err != nil {
			t.Fatal(err)
		}
		if got := r.entry(e.ID).Status; got != c.want {
			t.Errorf("at %s: %s, want %s", c.at, got, c.want)
		}
	}
}

func TestFilingKeepsOldAddresses(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t), func(s *press.Site) { s.Openness = press.Open })
	animator := r.Member("Sterenn", press.Animator, r.site.ID, "")
	v := r.Viewer(r.Person("Lucie"))
	e := r.write(v, "Un titre", "Un.", signing(press.SignName, "Lucie", ""))
	twin := r.write(v, "Un titre", "Deux.", signing(press.SignName, "Lucie", ""))
	if twin.Slug != "un-titre-2" {
		t.Errorf("the twin is at %s", twin.Slug)
	}
	if err := r.File(ctx, animator, e.ID, editing.Filing{Slug: "Un titre 2"}); press.KindOf(err) != press.Invalid {
		t.Errorf("taking another's address: %v", err)
	}
	if err := r.File(ctx, animator, e.ID, editing.Filing{Slug: "mieux", Tags: []string{"Mer"}}); err != nil {
		t.Fatal(err)
	}
	kind, target, err := r.Store.Redirect(ctx, press.Viewer{}, string(r.site.ID), "article/un-titre")
	if err != nil || kind != "entry" || target != string(e.ID) {
		t.Errorf("old address leads to %s %s, %v", kind, target, err)
	}
	if got := r.entry(e.ID); got.Slug != "mieux" || len(got.TagList) != 1 || got.TagList[0].Slug != "mer" {
		t.Errorf("filed %+v", got)
	}
}

func TestAnonymousIsAnonymousEverywhere(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
		author := r.Viewer(r.Person("Nom Secret"))
		e := r.write(author, "Titre", "Un.", press.Signing{Kind: press.SignAnonymous, Name: "Nom Secret", Charter: true})
		d := must(r.Revise(ctx, author, e.ID))(t)
		d = must(r.Save(ctx, author, string(d.ID), d.Version, r.work("Titre", "Deux.")))(t)
		must(r.Amend(ctx, author, string(d.ID), d.Version, ""))(t)
		e = must(s.Entry(ctx, press.Viewer{}, e.ID))(t)
		if e.Debut {
			t.Error("the first time of somebody anonymous is not told")
		}
		for _, c := range e.Credits {
			if c.Name != "" || c.Byline != "" {
				t.Errorf("credit %+v", c)
			}
		}
		for _, rev := range must(s.Revisions(ctx, press.Viewer{}, e.ID))(t) {
			if !rev.Maker.Anonymous() {
				t.Errorf("revision made by %+v", rev.Maker)
			}
		}
		for _, step := range must(s.Steps(ctx, press.Viewer{}, e.ID))(t) {
			if !step.By.Anonymous() {
				t.Errorf("step by %+v", step.By)
			}
		}
		found := must(s.Entries(ctx, press.Viewer{}, store.Selection{Site: r.site.ID, Query: terms.Parse("secret")}))(t)
		if len(found.Entries) != 0 {
			t.Error("search finds the anonymous author's name")
		}
	})
}

func TestScribeAndCoAuthorsAreCredited(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t), func(s *press.Site) { s.Openness = press.Open })
	scribe, friend := r.Person("Aminata"), r.Person("Karim")
	e := r.write(r.Viewer(scribe), "Titre", "Un.", press.Signing{
		Kind: press.SignName, Name: "Marcel", ForSomeone: true, ScribeName: "Aminata", Charter: true,
		CoAuthors: "Thu Hà\nKarim <" + friend.Email + ">",
	})
	var got []string
	for _, c := range r.entry(e.ID).Credits {
		got = append(got, string(c.Role)+" "+c.Name)
	}
	want := "author Marcel, scribe Aminata, author Thu Hà, author Karim"
	if strings.Join(got, ", ") != want {
		t.Errorf("credits %v, want %s", got, want)
	}
	if _, err := r.Revise(ctx, r.Viewer(friend), e.ID); err != nil {
		t.Errorf("a co-author with an address may revise: %v", err)
	}
	if _, err := r.Revise(ctx, r.Viewer(r.Person("Un autre")), e.ID); press.KindOf(err) != press.Forbidden {
		t.Errorf("somebody else revising: %v", err)
	}
}
