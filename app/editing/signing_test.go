package editing_test

import (
	"testing"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestSigningAnewWithAnotherAddressChangesTheWriter(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
		d := must(r.Begin(ctx, press.Viewer{}, r.site, r.form, r.work("Le banc bleu", "Il est usé.")))(t)
		wrong := must(r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(press.SignName, "Odile Tanguy", "odile@exemple.org")))(t).Entry
		d = must(r.Open(ctx, press.Viewer{}, d.Token))(t)
		right := must(r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(press.SignAnonymous, "", "odile@example.org")))(t).Entry
		if right.ID != wrong.ID || right.CreatedBy == wrong.CreatedBy {
			t.Fatalf("first %s by %s, then %s by %s", wrong.ID, wrong.CreatedBy, right.ID, right.CreatedBy)
		}
		if _, err := r.Confirm(ctx, must(s.Viewer(ctx, wrong.CreatedBy))(t), right.ID); press.KindOf(err) != press.NotFound {
			t.Errorf("the holder of the mistyped address confirms: %v", err)
		}
		e := must(r.Confirm(ctx, must(s.Viewer(ctx, right.CreatedBy))(t), right.ID))(t)
		if e.Status != press.Published {
			t.Fatalf("status %s", e.Status)
		}
		for _, rev := range must(s.Revisions(ctx, press.Viewer{}, e.ID))(t) {
			if !rev.Maker.Anonymous() {
				t.Errorf("revision %d names %q, who signed anonymously in the end", rev.Number, rev.Maker.Name)
			}
		}
	})
}

func TestAPseudonymIsNotBetrayedByTheListOfPeople(t *testing.T) {
	for name, listed := range map[string]bool{"Fanchon": false, "Odile Tanguy": true} {
		t.Run(name, func(t *testing.T) {
			storetest.Engines(t, func(t *testing.T, s *store.Store) {
				r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
				writer := r.Viewer(r.Person("Odile Tanguy"))
				r.write(writer, "Le banc bleu", "Il est usé.", signing(press.SignPseudonym, name, ""))
				if got := len(must(s.Memberships(t.Context(), press.Itself, r.site.ID))(t)) > 0; got != listed {
					t.Errorf("listed: %v", got)
				}
			})
		})
	}
}

func TestACoAuthorNamedBySomebodyElseIsLeftInPeace(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
		sign := signing(press.SignName, "Odile", "")
		sign.CoAuthors = "Nadia <nadia@example.org>"
		e := r.write(r.Viewer(r.Person("Odile")), "Le banc bleu", "Il est usé.", sign)
		nadia := must(s.PersonByEmail(ctx, press.Itself, "nadia@example.org"))(t)
		if !nadia.ConfirmedAt.IsZero() {
			t.Error("an address is confirmed that nobody proved")
		}
		for _, m := range r.mails {
			t.Errorf("a mail left to %q %s", m.To, m.Person)
		}
		if seen := must(s.Person(ctx, press.Viewer{}, nadia.ID))(t); seen.Email != "" {
			t.Error("her address is shown")
		}
		if found := must(s.Entries(ctx, press.Viewer{}, store.Selection{Query: terms.Parse("nadia example")}))(t); len(found.Entries) != 0 {
			t.Error("search finds her address")
		}
		if credits := must(s.Entry(ctx, press.Viewer{}, e.ID))(t).Credits; len(credits) != 2 || credits[1].Name != "Nadia" {
			t.Errorf("credits %+v", credits)
		}
	})
}

func TestTheFirstNameSignedIsKept(t *testing.T) {
	told := signing(press.SignName, "Ernest", "")
	told.ForSomeone, told.ScribeName = true, "Odile Tanguy"
	association := signing(press.SignOrganisation, "Odile Tanguy", "")
	association.Organisation = "Les amis du lavoir"
	for what, tt := range map[string]struct {
		sign press.Signing
		want string
	}{
		"a name":              {signing(press.SignName, "Odile Tanguy", ""), "Odile Tanguy"},
		"somebody's words":    {told, "Odile Tanguy"},
		"a pseudonym":         {signing(press.SignPseudonym, "Fanchon", ""), ""},
		"an organisation":     {association, ""},
		"no name":             {signing(press.SignAnonymous, "", ""), ""},
		"a name, left unsaid": {signing(press.SignAnonymous, "Odile Tanguy", ""), ""},
	} {
		t.Run(what, func(t *testing.T) {
			storetest.Engines(t, func(t *testing.T, s *store.Store) {
				r := enter(t, s)
				writer := r.Person("")
				nameOf := func() string { return must(s.Person(t.Context(), press.Itself, writer.ID))(t).Name }
				r.write(r.Viewer(writer), "Le banc bleu", "Il est usé.", tt.sign)
				if got := nameOf(); got != tt.want {
					t.Fatalf("the person is called %q", got)
				}
				r.write(r.Viewer(writer), "Le banc vert", "Il est neuf.", signing(press.SignName, "O. T.", ""))
				if got, want := nameOf(), map[bool]string{true: "O. T.", false: tt.want}[tt.want == ""]; got != want {
					t.Errorf("after another signature the person is called %q", got)
				}
			})
		})
	}
}

// TestNobodyIsNamedByOthers: whoever types an address signs in another's name until its holder confirms.
func TestNobodyIsNamedByOthers(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx, r := t.Context(), enter(t, s)
		sign := func(kind press.SignatureKind) press.Entry {
			t.Helper()
			d := must(r.Begin(ctx, press.Viewer{}, r.site, r.form, r.work("Le banc bleu", "Il est usé.")))(t)
			return must(r.Sign(ctx, press.Viewer{}, d.Token, d.Version, signing(kind, "Odile Tanguy", "odile@example.org")))(t).Entry
		}
		nameOf := func(e press.Entry) string { return must(s.Person(ctx, press.Itself, e.CreatedBy))(t).Name }
		first := sign(press.SignAnonymous)
		must(r.Confirm(ctx, must(s.Viewer(ctx, first.CreatedBy))(t), first.ID))(t)
		next := sign(press.SignName)
		if got := nameOf(next); got != "" || next.CreatedBy != first.CreatedBy {
			t.Errorf("before they confirmed, the holder is called %q", got)
		}
		must(r.Confirm(ctx, must(s.Viewer(ctx, next.CreatedBy))(t), next.ID))(t)
		if got := nameOf(next); got != "Odile Tanguy" {
			t.Errorf("the holder is called %q", got)
		}
	})
}
