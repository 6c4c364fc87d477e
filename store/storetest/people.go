package storetest

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/people"
)

var persons = []behaviour{
	{"person/saved, found, private", testPerson},
	{"membership/roles and who sees them", testMemberships},
	{"invitation/accepted once", testInvitations},
}

var signins = []behaviour{
	{"session/from sign-in to sign-out", testSessions},
	{"challenge/used once", testChallenges},
	{"challenge/guesses take turns", testGuesses},
}

func testPerson(t *testing.T, w *World) {
	ctx := t.Context()
	ana := w.Person("Ana")
	bob := press.Person{
		ID: ID[press.PersonID](), Email: "bob@example.org", Name: "Bob", Language: "br", InvitedBy: ana.ID, CreatedAt: w.Now(),
	}
	w.Write(func(tx *store.Tx) error { return tx.SavePerson(ctx, bob) })
	same(t, "by identifier", must(w.Store.Person(ctx, press.Itself, bob.ID))(t), bob)
	same(t, "by address", must(w.Store.PersonByEmail(ctx, press.Itself, "bob@example.org"))(t), bob)
	same(t, "to himself", must(w.Store.Person(ctx, w.Viewer(bob), bob.ID))(t), bob)
	for name, v := range map[string]press.Viewer{"a reader": {}, "Ana": w.Viewer(ana), "a steward": w.Member("S", press.Steward, "", "")} {
		if p := must(w.Store.Person(ctx, v, bob.ID))(t); p.Email != "" {
			t.Errorf("%s sees the address", name)
		}
		_, err := w.Store.PersonByEmail(ctx, v, bob.Email)
		fails(t, name+" asks who is known", err, press.NotFound)
	}
	_, err := w.Store.PersonByEmail(ctx, press.Itself, "nobody@example.org")
	fails(t, "nobody's address", err, press.NotFound)

	changed := bob
	changed.Email, changed.Name, changed.Language, changed.ConfirmedAt = "b@example.org", "Bob Le Goff", "fr", w.Now()
	again := changed
	again.InvitedBy, again.CreatedAt = "", w.Now()
	w.Write(func(tx *store.Tx) error { return tx.SavePerson(ctx, again) })
	same(t, "changed; who invited him stays", must(w.Store.Person(ctx, press.Itself, bob.ID))(t), changed)

	taken := press.Person{ID: ID[press.PersonID](), Email: "b@example.org"}
	fails(t, "an address twice", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.SavePerson(ctx, taken) }), press.Conflict)
	_, err = w.Store.Viewer(ctx, taken.ID)
	fails(t, "a viewer who is nobody", err, press.NotFound)
}

func testMemberships(t *testing.T, w *World) {
	ctx := t.Context()
	site, other := w.Site("mag"), w.Site("autre")
	port := w.Section(site, "Port")
	ana := w.Person("Ana")
	m := w.Role(ana, press.Contributor, site.ID, "")
	w.Role(ana, press.Animator, site.ID, port.ID)
	w.Role(ana, press.Steward, other.ID, "")
	v := w.Viewer(ana)
	if v.Name != "Ana" || v.Email != ana.Email || v.Language != "fr" || len(v.Memberships) != 3 {
		t.Errorf("Ana's view: %+v", v)
	}
	if !v.May(press.Animator, site.ID, port.ID) || v.May(press.Animator, site.ID, "") || !v.May(press.Steward, other.ID, "") {
		t.Errorf("what Ana may do: %+v", v.Memberships)
	}
	m.Role, m.GivenBy = press.Steward, ana.ID
	w.Write(func(tx *store.Tx) error { return tx.SaveMembership(ctx, m) })
	m.Name, m.Email = ana.Name, ana.Email
	same(t, "a role changed", must(w.Store.Membership(ctx, press.Itself, m.ID))(t), m)

	boss := w.Member("Chef", press.Steward, "", "")
	colin := w.Member("Colin", press.Contributor, site.ID, "")
	for name, c := range map[string]struct {
		v             press.Viewer
		lists, emails bool
	}{
		"network steward": {boss, true, true}, "Ana": {w.Viewer(ana), true, true}, "contributor": {colin, true, false},
		"a reader": {press.Viewer{}, false, false}, "elsewhere": {w.Member("E", press.Animator, other.ID, ""), false, false},
	} {
		all, err := w.Store.Memberships(ctx, c.v, site.ID)
		if (err == nil) != c.lists {
			t.Errorf("%s lists the people: %v", name, err)
		}
		if c.lists && len(all) != 3 {
			t.Errorf("%s sees %d roles, want 3", name, len(all))
		}
		for _, one := range all {
			if (one.Email != "") != c.emails || one.Name == "" {
				t.Errorf("%s sees %+v", name, one)
			}
		}
		_, err = w.Store.Membership(ctx, c.v, m.ID)
		if (err == nil) != c.emails {
			t.Errorf("%s finds Ana's role: %v", name, err)
		}
	}
	if all := must(w.Store.Memberships(ctx, boss, ""))(t); len(all) != 1 || all[0].Person != boss.Person {
		t.Errorf("the network's people: %+v", all)
	}
	_, err := w.Store.Memberships(ctx, colin, "")
	fails(t, "the network's people for a site's contributor", err, press.NotFound)

	w.Write(func(tx *store.Tx) error { return tx.DeleteMembership(ctx, m.ID) })
	if w.Viewer(ana).May(press.Contributor, site.ID, "") {
		t.Error("a role taken back still counts")
	}
	fails(t, "a role taken back twice", w.Store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteMembership(ctx, m.ID) }), press.NotFound)
}

func testInvitations(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	port := w.Section(site, "Port")
	steward, guest := w.Member("S", press.Steward, site.ID, ""), w.Person("Ana")
	invite := func(site press.SiteID, section press.SectionID) press.Invitation {
		i := press.Invitation{
			ID: ID[press.InvitationID](), Site: site, Section: section, Role: press.Animator, Email: "ana@example.org", Name: "Ana",
			Message: "Viens !", InvitedBy: steward.Person, CreatedAt: w.Now(), ExpiresAt: w.Now().Add(time.Hour),
		}
		w.Write(func(tx *store.Tx) error { return tx.InsertInvitation(ctx, i, "hash of "+string(i.ID)) })
		return i
	}
	first, second, network := invite(site.ID, port.ID), invite(site.ID, ""), invite("", "")
	same(t, "by its token", must(w.Store.InvitationByToken(ctx, "hash of "+string(first.ID)))(t), first)
	same(t, "by identifier", must(w.Store.Invitation(ctx, steward, first.ID))(t), first)
	same(t, "the site's, newest first", must(w.Store.Invitations(ctx, steward, site.ID))(t), []press.Invitation{second, first})
	same(t, "the network's", must(w.Store.Invitations(ctx, press.Itself, ""))(t), []press.Invitation{network})
	for name, v := range map[string]press.Viewer{"a reader": {}, "an animator": w.Member("A", press.Animator, site.ID, "")} {
		_, err := w.Store.Invitations(ctx, v, site.ID)
		fails(t, name+" lists them", err, press.NotFound)
		_, err = w.Store.Invitation(ctx, v, first.ID)
		fails(t, name+" finds one", err, press.NotFound)
	}
	_, err := w.Store.Invitation(ctx, steward, network.ID)
	fails(t, "the network's for a site's steward", err, press.NotFound)
	_, err = w.Store.InvitationByToken(ctx, "autre")
	fails(t, "another token", err, press.NotFound)

	at := w.Now()
	accept := func(id press.InvitationID) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.AcceptInvitation(ctx, id, guest.ID, at) })
	}
	cancel := func(id press.InvitationID) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.CancelInvitation(ctx, id, at) })
	}
	once(t, "accepting", together(3, func(int) error { return accept(first.ID) }))
	fails(t, "cancelling what was accepted", cancel(first.ID), press.NotFound)
	if err := cancel(second.ID); err != nil {
		t.Error(err)
	}
	fails(t, "accepting what was cancelled", accept(second.ID), press.NotFound)
	first.AcceptedAt, first.AcceptedBy, second.CancelledAt = at, guest.ID, at
	same(t, "afterwards", must(w.Store.Invitations(ctx, steward, site.ID))(t), []press.Invitation{second, first})
}

func testSessions(t *testing.T, w *World) {
	ctx := t.Context()
	ana := w.Person("Ana")
	s := press.Session{Person: ana.ID, CreatedAt: w.Now(), ExpiresAt: w.Now()}
	later := s
	later.ExpiresAt = s.ExpiresAt.Add(time.Hour)
	w.Write(func(tx *store.Tx) error {
		return errors.Join(tx.InsertSession(ctx, s, "a"), tx.InsertSession(ctx, s, "b"), tx.InsertSession(ctx, s, "c"),
			tx.InsertSession(ctx, s, "d"), tx.ExtendSession(ctx, "c", later.ExpiresAt), tx.ExtendSession(ctx, "d", later.ExpiresAt))
	})
	same(t, "a session", must(w.Store.Session(ctx, "a"))(t), s)
	same(t, "one extended", must(w.Store.Session(ctx, "c"))(t), later)
	gone := func(what string, hashes ...string) {
		t.Helper()
		for _, hash := range hashes {
			_, err := w.Store.Session(ctx, hash)
			fails(t, what+": "+hash, err, press.NotFound)
		}
	}
	w.Write(func(tx *store.Tx) error { return tx.DeleteSession(ctx, "a") })
	gone("signed out", "a")
	w.Write(func(tx *store.Tx) error { return tx.DeleteExpiredSessions(ctx, s.ExpiresAt.Add(time.Second)) })
	gone("over", "b")
	same(t, "not over", must(w.Store.Session(ctx, "c"))(t), later)
	w.Write(func(tx *store.Tx) error { return tx.DeleteSessions(ctx, ana.ID) })
	gone("signed out everywhere", "c", "d", "never")
}

// testGuesses tries many codes at once: no more are compared than one may miss.
func testGuesses(t *testing.T, w *World) {
	ctx := t.Context()
	h := press.Challenge{ID: ID[press.ChallengeID](), Purpose: press.ForSignIn, Email: "ana@example.org"}
	w.Write(func(tx *store.Tx) error { return tx.InsertChallenge(ctx, h, "link", "code") })
	var compared atomic.Int32
	for _, err := range together(3*press.MaxAttempts, func(int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error {
			kept, err := tx.ChallengeToProve(ctx, h.ID)
			if err != nil || kept.Attempts >= press.MaxAttempts {
				return err
			}
			compared.Add(1)
			return tx.MissChallenge(ctx, h.ID)
		})
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := compared.Load(); n != press.MaxAttempts {
		t.Errorf("%d codes compared, want %d", n, press.MaxAttempts)
	}
}

func testChallenges(t *testing.T, w *World) {
	ctx := t.Context()
	site, ana := w.Site("mag"), w.Person("Ana")
	e := w.Entry(site, "a", press.Drafted, By(ana))
	h := press.Challenge{
		ID: ID[press.ChallengeID](), Purpose: press.ForConfirm, Email: "ana@example.org", Person: ana.ID, Entry: e.ID, Site: site.ID,
		Next: "/me", CreatedAt: w.Now(), ExpiresAt: w.Now().Add(time.Hour),
	}
	bare := press.Challenge{ID: ID[press.ChallengeID](), Purpose: press.ForSignIn, Email: "ana@example.org"}
	w.Write(func(tx *store.Tx) error {
		return errors.Join(tx.InsertChallenge(ctx, h, "link", "code"), tx.InsertChallenge(ctx, bare, "link 2", "code"))
	})
	same(t, "by its link", must(w.Store.ChallengeByToken(ctx, "link"))(t), people.KeptChallenge{Challenge: h, CodeHash: "code"})
	same(t, "a bare one", must(w.Store.Challenge(ctx, bare.ID))(t), people.KeptChallenge{Challenge: bare, CodeHash: "code"})
	_, err := w.Store.ChallengeByToken(ctx, "code")
	fails(t, "by its code", err, press.NotFound)

	for _, err := range together(4, func(int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.MissChallenge(ctx, h.ID) })
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	at := w.Now()
	once(t, "using", together(3, func(int) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.UseChallenge(ctx, h.ID, at) })
	}))
	h.Attempts, h.UsedAt = 4, at
	same(t, "missed and used", must(w.Store.Challenge(ctx, h.ID))(t).Challenge, h)

	w.Write(func(tx *store.Tx) error {
		n, err := tx.ChallengesSince(ctx, h.Email, h.CreatedAt.Add(-time.Second))
		same(t, "lately, for the address", n, 1)
		none, otherErr := tx.ChallengesSince(ctx, "bob@example.org", time.Time{})
		same(t, "for another address", none, 0)
		return errors.Join(err, otherErr, tx.ForgetChallenges(ctx, h.ExpiresAt))
	})
	_, err = w.Store.Challenge(ctx, bare.ID)
	fails(t, "ended long ago", err, press.NotFound)
	same(t, "not ended", must(w.Store.Challenge(ctx, h.ID))(t).Challenge, h)
}
