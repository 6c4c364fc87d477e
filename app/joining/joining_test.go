package joining_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"bourgeon/app/joining"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// hall is a small world with a door to it, and the mails that left.
type hall struct {
	*storetest.World
	*joining.Door
	Store *store.Store
	now   time.Time
	mails []press.Mail
	site  press.Site
}

func build(t *testing.T, s *store.Store) *hall {
	w := storetest.NewWorld(t, s)
	h := &hall{World: w, Store: s, now: storetest.Epoch.Add(time.Hour), site: w.Site("criee")}
	h.Door = &joining.Door{
		Store: s, Now: func() time.Time { return h.now },
		Post: func(_ context.Context, _ *store.Tx, m press.Mail) error {
			h.mails = append(h.mails, m)
			return nil
		},
	}
	return h
}

func (h *hall) last() press.Mail { return h.mails[len(h.mails)-1] }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestALinkProvesAnAddressOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := build(t, s)
		must(h.AskToSignIn(ctx, "Odile@Example.org ", h.site.ID, "/me", "fr"))(t)
		link := h.last().Data["token"]
		if expected := must(h.Expected(ctx, link))(t); expected.Email != "odile@example.org" || expected.Next != "/me" {
			t.Errorf("expected %+v", expected)
		}
		proved := must(h.ProveByLink(ctx, link))(t)
		if !proved.Viewer.Known() {
			t.Error("nobody was proved")
		}
		for name, err := range map[string]error{
			"reused link":  second(h.ProveByLink(ctx, link)),
			"unknown link": second(h.ProveByLink(ctx, "n’importe quoi")),
			"code after":   second(h.ProveByCode(ctx, proved.ID, h.last().Data["code"])),
		} {
			if press.KindOf(err) != press.Expired {
				t.Errorf("%s: %v", name, err)
			}
		}
		session := must(h.Open(ctx, proved.Viewer.Person))(t)
		if v := must(h.Door.Viewer(ctx, session.Token))(t); v.Person != proved.Viewer.Person {
			t.Errorf("the session is of %q", v.Person)
		}
		h.now = h.now.Add(170 * 24 * time.Hour) // in use: put off
		must(h.Door.Viewer(ctx, session.Token))(t)
		h.now = h.now.Add(100 * 24 * time.Hour)
		if v := must(h.Door.Viewer(ctx, session.Token))(t); !v.Known() {
			t.Error("a session in use ended")
		}
		if err := h.Leave(ctx, session.Token); err != nil {
			t.Fatal(err)
		}
		if v := must(h.Door.Viewer(ctx, session.Token))(t); v.Known() {
			t.Error("still there after leaving")
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestWrongCodesAreCountedAndEnd(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := build(t, s)
		c := must(h.AskToSignIn(ctx, "odile@example.org", h.site.ID, "", "fr"))(t)
		code := h.last().Data["code"]
		wrong := "000000"
		if wrong == code {
			wrong = "000001"
		}
		for i := 1; i <= press.MaxAttempts; i++ {
			_, err := h.ProveByCode(ctx, c.ID, wrong)
			want := press.Invalid
			if i == press.MaxAttempts {
				want = press.Expired
			}
			if press.KindOf(err) != want {
				t.Fatalf("wrong code %d: %v", i, err)
			}
		}
		if _, err := h.ProveByCode(ctx, c.ID, code); press.KindOf(err) != press.Expired {
			t.Errorf("the right code after too many wrong ones: %v", err)
		}
		again := must(h.AskAgain(ctx, c.ID, "fr"))(t)
		spaced := h.last().Data["code"][:3] + " " + h.last().Data["code"][3:]
		if p := must(h.ProveByCode(ctx, again.ID, spaced))(t); p.Viewer.Email != "odile@example.org" {
			t.Errorf("proved %+v", p)
		}
	})
}

func TestChallengesExpire(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	c := must(h.AskToSignIn(t.Context(), "odile@example.org", "", "", "fr"))(t)
	h.now = h.now.Add(3 * time.Hour)
	_, byCode := h.ProveByCode(t.Context(), c.ID, h.last().Data["code"])
	_, byLink := h.ProveByLink(t.Context(), h.last().Data["token"])
	if press.KindOf(byCode) != press.Expired || press.KindOf(byLink) != press.Expired {
		t.Errorf("by code: %v; by link: %v", byCode, byLink)
	}
	if _, err := h.AskToSignIn(t.Context(), "pas une adresse", "", "", "fr"); press.KindOf(err) != press.Invalid {
		t.Errorf("a wrong address: %v", err)
	}
}

func TestInvitationsRememberWhoInvitedWhom(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := build(t, s)
		section := h.Section(h.site, "Sport")
		steward := h.Member("Yann", press.Steward, h.site.ID, "")
		animator := h.Member("Sterenn", press.Animator, h.site.ID, "")
		offer := press.Invitation{Site: h.site.ID, Section: section.ID, Role: press.Animator, Email: "karim@example.org", Name: "Karim"}
		if _, err := h.Invite(ctx, animator, offer); press.KindOf(err) != press.Forbidden {
			t.Errorf("an animator inviting an animator: %v", err)
		}
		if shown := must(h.Invite(ctx, steward, offer))(t).Token; shown != "" {
			t.Error("who invites holds the secret that signs the invited in")
		}
		secret := h.last().Data["token"]
		i, v, err := h.Accept(ctx, secret, "", "fr")
		if err != nil {
			t.Fatal(err)
		}
		if i.InvitedBy != steward.Person || !v.May(press.Animator, h.site.ID, section.ID) || v.May(press.Animator, h.site.ID, "") {
			t.Errorf("accepted %+v by %+v", i, v)
		}
		if p := must(s.Person(ctx, press.Itself, v.Person))(t); p.InvitedBy != steward.Person || p.Name != "Karim" {
			t.Errorf("person %+v", p)
		}
		if _, _, err := h.Accept(ctx, secret, "", "fr"); press.KindOf(err) != press.Expired {
			t.Errorf("accepting twice: %v", err)
		}
		cancelled := must(h.Invite(ctx, steward, press.Invitation{Site: h.site.ID, Role: press.Contributor, Email: "x@example.org"}))(t)
		if err := h.CancelInvitation(ctx, steward, cancelled.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Invited(ctx, h.last().Data["token"]); press.KindOf(err) != press.Expired {
			t.Errorf("a cancelled invitation: %v", err)
		}
	})
}

func TestTheLastStewardHandsTheKeysOver(t *testing.T) {
	ctx := t.Context()
	h := build(t, storetest.SQLite(t))
	steward := h.Member("Yann", press.Steward, h.site.ID, "")
	heir := h.Member("Sterenn", press.Animator, h.site.ID, "")
	own, theirs := steward.Memberships[0].ID, heir.Memberships[0].ID
	if err := h.RemoveRole(ctx, steward, own); press.KindOf(err) != press.Conflict {
		t.Errorf("leaving the site without steward: %v", err)
	}
	if err := h.ChangeRole(ctx, steward, own, press.Animator, ""); press.KindOf(err) != press.Conflict {
		t.Errorf("stepping down: %v", err)
	}
	if err := h.HandOver(ctx, heir, theirs, false); press.KindOf(err) != press.Forbidden {
		t.Errorf("taking the keys: %v", err)
	}
	if err := h.HandOver(ctx, steward, theirs, true); err != nil {
		t.Fatal(err)
	}
	before, after := must(h.Store.Viewer(ctx, steward.Person))(t), must(h.Store.Viewer(ctx, heir.Person))(t)
	if before.May(press.Animator, h.site.ID, "") || !before.May(press.Contributor, h.site.ID, "") || !after.May(press.Steward, h.site.ID, "") {
		t.Errorf("before %+v, after %+v", before.Memberships, after.Memberships)
	}
	if len(after.Memberships) != 1 {
		t.Errorf("one role a place, got %+v", after.Memberships)
	}
}

func TestAnAddressGetsFewCodesAnHour(t *testing.T) {
	ctx := t.Context()
	h := build(t, storetest.SQLite(t))
	ask := func(email string) error { return second(h.AskToSignIn(ctx, email, "", "", "fr")) }
	first := must(h.AskToSignIn(ctx, "odile@example.org", "", "", "fr"))(t)
	for range 9 {
		if err := ask("Odile@example.org"); err != nil {
			t.Fatal(err)
		}
	}
	if err := ask("odile@example.org"); press.KindOf(err) != press.TooMany {
		t.Errorf("an eleventh mail: %v", err)
	}
	if err := second(h.AskAgain(ctx, first.ID, "fr")); press.KindOf(err) != press.TooMany {
		t.Errorf("asking again for the first: %v", err)
	}
	if err := ask("karim@example.org"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	h.now = h.now.Add(time.Hour)
	if err := ask("odile@example.org"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

func TestManyGuessersShareTheAttempts(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		c := must(h.AskToSignIn(t.Context(), "odile@example.org", "", "", "fr"))(t)
		var group sync.WaitGroup
		for i := range 40 {
			group.Go(func() { _, _ = h.ProveByCode(t.Context(), c.ID, fmt.Sprintf("%06d", i)) })
		}
		group.Wait()
		kept := must(s.Challenge(t.Context(), c.ID))(t)
		if kept.Attempts > press.MaxAttempts {
			t.Errorf("%d attempts were counted, %d allowed", kept.Attempts, press.MaxAttempts)
		}
	})
}

func TestStewardsWhoLeaveAtOnceDoNotLeaveTheSiteAlone(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := build(t, s)
		stewards := []press.Viewer{
			h.Member("Yann", press.Steward, h.site.ID, ""), h.Member("Sterenn", press.Steward, h.site.ID, ""),
			h.Member("Karim", press.Steward, h.site.ID, ""), h.Member("Odile", press.Steward, h.site.ID, ""),
		}
		var group sync.WaitGroup
		for _, v := range stewards {
			group.Go(func() { _ = h.RemoveRole(ctx, v, v.Memberships[0].ID) })
		}
		group.Wait()
		if left := must(s.Memberships(ctx, press.Itself, h.site.ID))(t); len(left) != 1 || left[0].Role != press.Steward {
			t.Errorf("left: %+v", left)
		}
	})
}

func TestARoleTakenBackMeanwhileGivesNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		h := build(t, s)
		first, second := h.Member("Yann", press.Steward, h.site.ID, ""), h.Member("Sterenn", press.Steward, h.site.ID, "")
		heir := h.Member("Karim", press.Contributor, h.site.ID, "")
		if err := h.RemoveRole(ctx, first, second.Memberships[0].ID); err != nil {
			t.Fatal(err)
		}
		// The page of the second was made before.
		if err := h.HandOver(ctx, second, heir.Memberships[0].ID, true); press.KindOf(err) != press.Forbidden {
			t.Errorf("handing over keys that one has no more: %v", err)
		}
		if _, err := h.Invite(ctx, second, press.Invitation{Site: h.site.ID, Role: press.Steward, Email: "x@example.org"}); press.KindOf(err) != press.Forbidden {
			t.Errorf("inviting: %v", err)
		}
		if left := must(s.Viewer(ctx, second.Person))(t).Memberships; len(left) != 0 {
			t.Errorf("a role came back: %+v", left)
		}
	})
}

// TestWhoKeepsASiteIsPublic: pages name those who keep a site and those who decided, so that kept pages are out of date.
func TestWhoKeepsASiteIsPublic(t *testing.T) {
	ctx := t.Context()
	h := build(t, storetest.SQLite(t))
	steward, animator := h.Member("Yann", press.Steward, h.site.ID, ""), h.Member("Sterenn", press.Animator, h.site.ID, "")
	theirs := animator.Memberships[0].ID
	version := must(h.Store.Site(ctx, press.Itself, h.site.ID))(t).Version
	raised := func(act string, err error) {
		t.Helper()
		now := must(h.Store.Site(ctx, press.Itself, h.site.ID))(t).Version
		if err != nil || now == version {
			t.Errorf("%s: version %d as before, %v", act, now, err)
		}
		version = now
	}
	raised("another name", h.Introduce(ctx, animator, "Sterenn Kerloc’h", "fr"))
	raised("another role", h.ChangeRole(ctx, steward, theirs, press.Contributor, ""))
	raised("no role", h.RemoveRole(ctx, steward, theirs))
	_, err := h.Appoint(ctx, press.Itself, "enora@example.org", "Enora", press.Membership{Site: h.site.ID, Role: press.Animator})
	raised("a new role", err)
}

// TestTheHostVouchesForAnAddress: whoever is appointed on the command line
// gets the mails of their role at once; a steward's word isn't enough.
func TestTheHostVouchesForAnAddress(t *testing.T) {
	ctx := t.Context()
	h := build(t, storetest.SQLite(t))
	steward := h.Member("Yann", press.Steward, h.site.ID, "")
	for who, c := range map[string]struct {
		v    press.Viewer
		want bool
	}{"host": {press.Itself, true}, "steward": {steward, false}} {
		m := press.Membership{Site: h.site.ID, Role: press.Animator}
		p := must(h.Appoint(ctx, c.v, who+"@example.org", "Enora", m))(t)
		if kept := must(h.Store.Person(ctx, press.Itself, p.ID))(t); kept.ConfirmedAt.IsZero() == c.want {
			t.Errorf("appointed by the %s, confirmed at %v", who, kept.ConfirmedAt)
		}
	}
}
