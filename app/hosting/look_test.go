package hosting

import (
	"context"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestALookIsTriedWornAndTakenBack(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		var written string
		h.Rewrite = func(_ context.Context, _ *store.Tx, _ press.Viewer, _ press.EntryID, base int, text string) (int, error) {
			if base != 1 {
				return 0, press.Problem(press.Conflict, "Changed meanwhile.")
			}
			written = text
			return 2, nil
		}
		ctx := t.Context()
		site := h.Site("mag", func(s *press.Site) { s.Look = press.Look{Colour: "#123456"} })
		steward := h.Member("S", press.Steward, site.ID, "")
		logo, foreign := h.Picture(site, "logo"), h.Picture(h.Site("autre"), "logo")
		next := press.Look{
			Model: press.Poster, Colour: "AABBCC", Logo: logo.ID, Words: press.Text{"fr": "**Nous**"},
			Sheet: "@import 'x.css';\n.a { color: red }",
		}
		for name, v := range map[string]press.Viewer{"anonymous": {}, "animator": h.Member("A", press.Animator, site.ID, "")} {
			if err := h.TryLook(ctx, v, site.ID, next, Front{}); press.KindOf(err) != press.Forbidden {
				t.Errorf("%s tries: %v", name, err)
			}
			if err := h.WearLook(ctx, v, site.ID); press.KindOf(err) != press.Forbidden {
				t.Errorf("%s wears: %v", name, err)
			}
			if err := h.RestoreLook(ctx, v, site.ID, 1); press.KindOf(err) != press.Forbidden {
				t.Errorf("%s takes back: %v", name, err)
			}
		}
		if err := h.WearLook(ctx, steward, site.ID); press.KindOf(err) != press.Conflict {
			t.Errorf("wears nothing: %v", err)
		}
		bad := next
		bad.Logo, bad.Colour = foreign.ID, "rouge"
		if got := faulty(h.TryLook(ctx, steward, site.ID, bad, Front{})); len(got) != 2 || got[0] != "colour" {
			t.Errorf("faults %v", got)
		}
		bad.Colour = ""
		if got := faulty(h.TryLook(ctx, steward, site.ID, bad, Front{})); len(got) != 1 || got[0] != "logo" {
			t.Errorf("another site's picture: faults %v", got)
		}

		if err := h.TryLook(ctx, steward, site.ID, next, Front{}); err != nil {
			t.Fatal(err)
		}
		if now := h.site(t, site.ID); now.Look.Model != "" || now.Version != site.Version || len(h.events) > 0 {
			t.Errorf("trying changes the site: %+v", now)
		}
		if err := h.WearLook(ctx, steward, site.ID); err != nil {
			t.Fatal(err)
		}
		now := h.site(t, site.ID)
		if now.Look.Model != press.Poster || now.Look.Colour != "#aabbcc" || now.Look.CSS != ".a{color:red;}\n" ||
			!strings.Contains(now.Look.WordsHTML["fr"], "<strong>Nous</strong>") || now.Version != site.Version+1 {
			t.Errorf("worn %+v", now.Look)
		}
		if len(h.events) != 1 || h.events[0].Data["changed"] != "look" || h.events[0].Data["look"] != "2" || written != "" {
			t.Errorf("events %+v, front %q", h.events, written)
		}
		if _, err := h.st().LookTrial(ctx, steward, site.ID); press.KindOf(err) != press.NotFound {
			t.Errorf("still on trial: %v", err)
		}

		// What the site wore first is there to be taken again.
		if err := h.RestoreLook(ctx, steward, site.ID, 1); err != nil {
			t.Fatal(err)
		}
		if now := h.site(t, site.ID); now.Look.Colour != "#123456" || now.Look.Model != "" {
			t.Errorf("taken back %+v", now.Look)
		}
		versions, err := h.st().LookVersions(ctx, steward, site.ID)
		if err != nil || len(versions) != 3 || versions[0].Number != 3 || versions[2].MadeBy != "" {
			t.Errorf("versions %+v, %v", versions, err)
		}

		// Trying on what one wears is trying nothing.
		for _, l := range []press.Look{next, h.site(t, site.ID).Look} {
			if err := h.TryLook(ctx, steward, site.ID, l, Front{}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.st().LookTrial(ctx, steward, site.ID); press.KindOf(err) != press.NotFound {
			t.Errorf("the same look is on trial: %v", err)
		}
	})
}

func TestAFrontPageIsTriedWithItsLook(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	ctx := t.Context()
	site := h.Site("mag")
	front := h.Entry(site, "Accueil", press.Published)
	site.Front = front.ID
	h.Write(func(tx *store.Tx) error { return tx.UpdateSite(ctx, site) })
	steward := h.Member("S", press.Steward, site.ID, "")
	now, err := FrontOf(ctx, h.st().Reader, site)
	if err != nil || now.Text == "" || now.Revision != 1 {
		t.Fatalf("front %+v, %v", now, err)
	}
	var asked []any
	h.Rewrite = func(_ context.Context, _ *store.Tx, v press.Viewer, id press.EntryID, base int, text string) (int, error) {
		asked = []any{v.Person, id, base, text}
		return 2, nil
	}
	if err := h.TryLook(ctx, steward, site.ID, site.Look, now); err != nil {
		t.Fatal(err)
	}
	if _, err := h.st().LookTrial(ctx, steward, site.ID); press.KindOf(err) != press.NotFound {
		t.Errorf("the same front page is on trial: %v", err)
	}
	if err := h.TryLook(ctx, steward, site.ID, site.Look, Front{Text: "*Ici*\n\n::lead\n", Revision: 1}); err != nil {
		t.Fatal(err)
	}
	trial, err := h.st().LookTrial(ctx, steward, site.ID)
	if err != nil || !strings.Contains(trial.FrontHTML, "<em>Ici</em>") || !strings.Contains(trial.FrontHTML, "data-directive") {
		t.Errorf("trial %+v, %v", trial, err)
	}
	if err := h.WearLook(ctx, steward, site.ID); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 4 || asked[0] != steward.Person || asked[1] != front.ID || asked[2] != 1 || asked[3] != "*Ici*\n\n::lead\n" {
		t.Errorf("asked to write %v", asked)
	}
}
