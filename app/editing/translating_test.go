package editing_test

import (
	"testing"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestTranslate(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s, func(s *press.Site) { s.Openness = press.Open })
		odile, secret, translator := r.Person("Odile"), r.Person("Anonyme"), r.Viewer(r.Person("Margaret"))
		picture := r.Picture(r.site, "port")
		original := r.Entry(r.site, "Le vélo", press.Published, storetest.By(odile), func(e *press.Entry) {
			e.Licence, e.Tags, e.Revision = "CC-BY-SA-4.0", []string{"Vélo"}, 1
			e.Answers = press.Answers{"title": {"Le vélo"}, "text": {"Il roule."}, "pictures": {string(picture.ID)}}
			e.Credits = append(e.Credits, press.Credit{Role: press.Author, Kind: press.SignAnonymous, Person: secret.ID})
		})
		d := must(r.Translate(ctx, translator, original.ID, "en"))(t)
		if d.Language != "en" || d.Answers.One("title") != "" || d.Answers.One("pictures") != string(picture.ID) || d.Licence != original.Licence {
			t.Errorf("the draft begins with %+v", d.Content)
		}
		from := d.Signing.Source
		if from.Kind != press.Translated || from.Entry != original.ID || from.Revision != 1 || from.Author != "Odile" {
			t.Errorf("it comes from %+v", from)
		}
		work := editing.Work{Content: d.Content, Signing: d.Signing}
		work.Answers["title"], work.Answers["text"] = []string{"The bicycle"}, []string{"It rolls."}
		d = must(r.Save(ctx, translator, d.Token, d.Version, work))(t)
		signed := signing(press.SignName, "Margaret", "")
		signed.Source = from
		e := r.entry(must(r.Sign(ctx, translator, d.Token, d.Version, signed))(t).Entry.ID)
		if e.Status != press.Published || e.Language != "en" {
			t.Fatalf("the translation is %s in %s", e.Status, e.Language)
		}
		var roles []press.CreditRole
		for _, c := range e.Credits {
			roles = append(roles, c.Role)
			if c.Role == press.Author && c.Person != "" {
				t.Error("an author of the original may change the translation")
			}
			if c.Anonymous() && (c.Name != "" || c.Byline != "") {
				t.Errorf("an anonymous author is betrayed: %+v", c)
			}
		}
		if len(roles) != 3 || roles[0] != press.Author || roles[1] != press.Author || roles[2] != press.Translator || e.Credits[2].Name != "Margaret" {
			t.Errorf("the credits: %+v", e.Credits)
		}

		for id, want := range map[press.EntryID]press.EntryID{original.ID: e.ID, e.ID: original.ID} {
			found := must(s.Translations(ctx, press.Viewer{}, r.entry(id)))(t)
			if len(found) != 1 || found[0].ID != want {
				t.Errorf("in other languages: %+v", found)
			}
		}
		third := must(r.Translate(ctx, translator, e.ID, "br"))(t)
		if third.Signing.Source.Entry != original.ID {
			t.Error("a translation begun from another isn't of the original")
		}
		if _, err := r.Translate(ctx, translator, original.ID, "en"); press.KindOf(err) != press.Invalid {
			t.Errorf("twice into one language: %v", err)
		}
		if _, err := r.Translate(ctx, translator, original.ID, original.Language); press.KindOf(err) != press.Invalid {
			t.Errorf("into its own language: %v", err)
		}

		// The original changes; whoever changes the translation then has it in view.
		author := r.Viewer(odile)
		change := func(v press.Viewer, id press.EntryID, text string) press.Entry {
			now := r.entry(id)
			content := now.Content
			content.Answers = press.Answers{"title": now.Answers["title"], "text": {text}}
			return must(r.AmendFrom(ctx, v, id, now.Revision, content, ""))(t).Entry
		}
		changed := change(author, original.ID, "Il roule encore.")
		if got := r.entry(e.ID).Provenance.Revision; got >= changed.Revision {
			t.Errorf("the translation follows by itself: %d of %d", got, changed.Revision)
		}
		if got := change(translator, e.ID, "It still rolls.").Provenance.Revision; got != changed.Revision {
			t.Errorf("changed in view of the original, it is of %d, want %d", got, changed.Revision)
		}
	})
}

func TestWhatMayBeTranslated(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	odile, other := r.Viewer(r.Person("Odile")), r.Viewer(r.Person("Loïc"))
	for title, change := range map[string]func(*press.Entry){
		"Tous droits": func(e *press.Entry) { e.Licence = "all-rights-reserved" },
		"Sans modif":  func(e *press.Entry) { e.Licence = "CC-BY-ND-4.0" },
	} {
		e := r.Entry(r.site, title, press.Published, func(e *press.Entry) {
			e.CreatedBy = odile.Person
			change(e)
		})
		if _, known := press.LicenceByID(e.Licence); !known {
			continue
		}
		if _, err := r.Translate(ctx, other, e.ID, "en"); press.KindOf(err) != press.Forbidden {
			t.Errorf("%s, by somebody: %v", e.Licence, err)
		}
		if _, err := r.Translate(ctx, odile, e.ID, "en"); err != nil {
			t.Errorf("%s, by its author: %v", e.Licence, err)
		}
	}
	waiting := r.Entry(r.site, "Pas encore", press.Proposed)
	if _, err := r.Translate(ctx, other, waiting.ID, "en"); press.KindOf(err) != press.NotFound {
		t.Errorf("what is not published: %v", err)
	}
	e := r.Entry(r.site, "Publié", press.Published, func(e *press.Entry) { e.Licence = "CC-BY-4.0" })
	if _, err := r.Translate(ctx, other, e.ID, "<b>"); press.KindOf(err) != press.Invalid {
		t.Errorf("into no language: %v", err)
	}
}
