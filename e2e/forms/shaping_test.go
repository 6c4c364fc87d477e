package forms

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/app/editing"
	"bourgeon/app/shaping"
	"bourgeon/kit/fetch"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// workshop is a shaper in a small world, with somebody who animates its site.
type workshop struct {
	*shaping.Shaper
	*storetest.World
	site     press.Site
	animator press.Viewer
	editor   *editing.Editor
}

func newWorkshop(t *testing.T, s *store.Store) *workshop {
	t.Helper()
	w := &workshop{World: storetest.NewWorld(t, s)}
	w.site = w.Site("mag")
	w.animator = w.Member("Sterenn", press.Animator, w.site.ID, "")
	w.editor = &editing.Editor{Store: s, Now: w.World.Now, Addresses: press.Addresses{Base: "https://pays.example"}}
	w.Shaper = &shaping.Shaper{Store: s, Now: w.World.Now, Reshape: w.editor.Reshape, Addresses: press.Addresses{Base: "https://pays.example"}, Fetch: fetch.Client{Private: true}.Get}
	return w
}

func (w *workshop) st() *store.Store { return w.Shaper.Store }

// begin begins a form and publishes it.
func (w *workshop) begin(t *testing.T, fields ...press.Field) press.Form {
	t.Helper()
	ctx := t.Context()
	f, err := w.Begin(ctx, w.animator, w.site, shaping.Start{Name: "Fiche"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Edit(ctx, w.animator, w.site.ID, f.ID, func(f *press.Form) error {
		f.Fields = append(f.Fields[:1], fields...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return w.publish(t, f.ID).Form
}

func (w *workshop) publish(t *testing.T, id press.FormID) shaping.Report {
	t.Helper()
	report, err := w.Publish(t.Context(), w.animator, w.site.ID, id)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (w *workshop) retype(t *testing.T, id press.FormID, to press.Field) {
	t.Helper()
	_, err := w.Edit(t.Context(), w.animator, w.site.ID, id, func(f *press.Form) error {
		for i := range f.Fields {
			if f.Fields[i].Key == to.Key {
				f.Fields[i] = to
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func field(kind press.FieldKind) press.Field {
	f := press.Field{Key: "a", Kind: kind, Label: press.Text{"fr": "Une question ?"}, Of: "article"}
	if kind == press.Choice || kind == press.Choices {
		f.Options = []press.Option{{Key: "sea", Label: press.Text{"fr": "La mer"}}, {Key: "land", Label: press.Text{"fr": "La terre"}}}
	}
	if kind == press.Computed {
		f.Template = "{title}"
	}
	return f
}

// answerOf is an answer of each kind, some plain and some not.
func answerOf(kind press.FieldKind, n int) []string {
	at := func(all ...[]string) []string { return all[n%len(all)] }
	switch kind {
	case press.ShortText:
		return at([]string{"12"}, []string{"La mer"}, []string{"2026-03-14"}, []string{"oui"}, []string{"Kerbalan, le port"})
	case press.LongText:
		return at([]string{"Une ligne"}, []string{"Deux\nlignes"}, []string{"14"})
	case press.Number:
		return at([]string{"12"}, []string{"0.5"})
	case press.YesNo:
		return at([]string{"yes"}, []string{"no"})
	case press.Date:
		return []string{"2026-03-14"}
	case press.Period:
		return at([]string{"2026-03-14"}, []string{"2026-03-14", "2026-03-16"})
	case press.Choice:
		return at([]string{"sea"}, []string{"land"})
	case press.Choices:
		return at([]string{"sea"}, []string{"sea", "land"})
	case press.Link:
		return []string{"https://example.org"}
	case press.Email:
		return []string{"quelquun@example.org"}
	case press.Phone:
		return []string{"01 02 03 04 05"}
	case press.PlaceKind:
		return at([]string{"48.39", "-4.486", "street", "Le port"}, []string{"", "", "exact", "Le bourg"})
	case press.People:
		return at([]string{"Anne"}, []string{"Anne", "Yann"})
	case press.Inviter:
		return []string{"Anne", "shown", ""}
	}
	return []string{"m1"}
}

// TestChangingAFormUnderAThousandAnswers changes the kind of a question that has a thousand answers, for every kind into every
// other: each answer is either read anew or kept as it was, hidden, and the report said so before.
func TestChangingAFormUnderAThousandAnswers(t *testing.T) {
	w := newWorkshop(t, storetest.SQLite(t))
	ctx := t.Context()
	pairs := 0
	for _, from := range press.FieldKinds {
		if from.Silent() || from == press.Words {
			continue
		}
		form := w.begin(t, field(from))
		count := manyAnswers
		if from != press.ShortText {
			count = fewAnswers // the others convert the same way
		}
		var all []press.EntryID
		w.Write(func(tx *store.Tx) error {
			for n := range count {
				e := press.Entry{
					ID: storetest.ID[press.EntryID](), Site: w.site.ID, Form: form.ID, Slug: fmt.Sprintf("%s-%d", from, n), Status: press.Published, Revision: 1,
					Title: "T", CreatedAt: w.World.Now(), PublishedAt: w.World.Now(), UpdatedAt: w.World.Now(),
					Content: press.Content{Language: "fr", Licence: w.site.Licence, Answers: press.Answers{"title": {"T"}, "a": answerOf(from, n)}},
				}
				all = append(all, e.ID)
				if err := tx.InsertEntry(ctx, e); err != nil {
					return err
				}
				if err := tx.InsertRevision(ctx, press.Revision{Entry: e.ID, Number: 1, Content: e.Content, Kind: press.Created, State: press.Kept, MadeAt: e.CreatedAt}); err != nil {
					return err
				}
			}
			return nil
		})
		for _, to := range press.FieldKinds {
			if to == from {
				continue
			}
			pairs++
			w.retype(t, form.ID, field(to))
			told, err := w.Report(ctx, w.animator, w.site.ID, form.ID)
			if err != nil {
				t.Fatal(err)
			}
			report := w.publish(t, form.ID)
			at := slices.IndexFunc(report.Changes, func(c shaping.Change) bool { return c.Key == "a" && c.What == press.FieldRetyped })
			if at < 0 {
				t.Fatalf("%s to %s isn't told: %+v", from, to, report.Changes)
			}
			change := report.Changes[at]
			if told.Changes[at].Kept != change.Kept || told.Changes[at].Answers != count || change.Answers != count {
				t.Errorf("%s to %s: told %d of %d, kept %d", from, to, told.Changes[at].Kept, told.Changes[at].Answers, change.Kept)
			}
			aside := asideOf(report.Form)
			kept := 0
			for n, id := range all {
				e, err := w.st().Entry(ctx, press.Itself, id)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(answerOf(from, n), e.Answers[aside]); diff != "" {
					t.Fatalf("%s to %s, answer %d isn't kept under %s: %s", from, to, n, aside, diff)
				}
				if len(e.Answers["a"]) > 0 {
					kept++
				}
			}
			if kept != change.Kept {
				t.Errorf("%s to %s: %d answers read anew, %d told", from, to, kept, change.Kept)
			}
			e, _ := w.st().Entry(ctx, press.Viewer{}, all[0])
			if len(e.Answers[aside]) > 0 {
				t.Errorf("%s to %s: what is hidden is shown: %v", from, to, e.Answers)
			}
			// Back again, with the first answers: the next pair begins as this one did.
			w.Write(func(tx *store.Tx) error {
				f := form
				f.Fields = f.Fields[:2]
				if err := tx.UpdateForm(ctx, f); err != nil {
					return err
				}
				for n, id := range all {
					e, err := tx.EntryToChange(ctx, id)
					if err != nil {
						return err
					}
					e.Answers = press.Answers{"title": {"T"}, "a": answerOf(from, n)}
					if err := tx.UpdateEntry(ctx, e); err != nil {
						return err
					}
				}
				return tx.DropFormDraft(ctx, form.ID)
			})
		}
	}
	t.Logf("%d changes of kind", pairs)
}

// asideOf is the field that keeps what was answered before.
func asideOf(f press.Form) string {
	last := f.Fields[len(f.Fields)-1]
	if !last.Gone {
		return ""
	}
	return last.Key
}

func TestAFormChanges(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := newWorkshop(t, s)
		ctx := t.Context()
		form := w.begin(t, field(press.Choice), press.Field{Key: "remark", Kind: press.ShortText, Label: press.Text{"fr": "Une note ?"}})
		entry := func(title, note string) press.Entry {
			return w.Entry(w.site, title, press.Published, func(e *press.Entry) {
				e.Form, e.Answers = form.ID, press.Answers{"title": {title}, "a": {"sea"}, "remark": {note}}
			})
		}
		e := entry("Une fiche", "à l’équipe")

		// For some alone: readers no longer see it, and search doesn't find it.
		w.retype(t, form.ID, press.Field{Key: "remark", Kind: press.ShortText, Label: press.Text{"fr": "Une note ?"}, Seen: press.Contributors})
		w.publish(t, form.ID)
		seen := func(v press.Viewer) string {
			found, err := s.Entry(ctx, v, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			listed, err := s.Entries(ctx, v, store.Selection{Form: form.ID, Body: true})
			if err != nil {
				t.Fatal(err)
			}
			revision, err := s.Revision(ctx, v, e.ID, found.Revision)
			if err == nil && revision.Answers.One("remark") != found.Answers.One("remark") {
				t.Errorf("an earlier state says %q", revision.Answers.One("remark"))
			}
			if one, other := found.Answers.One("remark"), listed.Entries[0].Answers.One("remark"); one != other {
				t.Errorf("alone it says %q, in a list %q", one, other)
			}
			return found.Answers.One("remark")
		}
		if got := seen(press.Viewer{}); got != "" {
			t.Errorf("a reader sees %q", got)
		}
		if got := seen(w.animator); got != "à l’équipe" {
			t.Errorf("an animator sees %q", got)
		}

		// Taken off: kept, hidden; put back: there again.
		if err := w.Remove(ctx, w.animator, w.site.ID, form.ID, "a"); err != nil {
			t.Fatal(err)
		}
		w.publish(t, form.ID)
		if found, _ := s.Entry(ctx, press.Viewer{}, e.ID); len(found.Answers["a"]) > 0 {
			t.Errorf("what is taken off is shown: %v", found.Answers)
		}
		if err := w.Return(ctx, w.animator, w.site.ID, form.ID, "a"); err != nil {
			t.Fatal(err)
		}
		w.publish(t, form.ID)
		if found, _ := s.Entry(ctx, press.Viewer{}, e.ID); found.Answers.One("a") != "sea" {
			t.Errorf("what was put back is lost: %v", found.Answers)
		}

		// Versions: the first one can be put on the table again.
		versions, err := s.FormVersions(ctx, w.animator, form.ID)
		if err != nil || len(versions) != 4 {
			t.Fatalf("%d versions, %v", len(versions), err)
		}
		if err := w.Restore(ctx, w.animator, w.site.ID, form.ID, 1); err != nil {
			t.Fatal(err)
		}
		if table, changed, err := w.OnTable(ctx, w.animator, w.site.ID, form.ID); err != nil || !changed || table.Fields[2].Seen != press.Everyone {
			t.Errorf("the first version isn't on the table: %v, %v", table.Fields, err)
		}

		// In the bin with its entries, and back.
		if err := w.Bin(ctx, w.animator, w.site.ID, form.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.EntryBySlug(ctx, press.Viewer{}, w.site.ID, form.Slug, e.Slug); press.KindOf(err) != press.NotFound {
			t.Errorf("a binned form's entry is read: %v", err)
		}
		if err := w.Recover(ctx, w.animator, w.site.ID, form.ID); err != nil {
			t.Fatal(err)
		}
		if found, err := s.EntryBySlug(ctx, press.Viewer{}, w.site.ID, form.Slug, e.Slug); err != nil || found.Status != press.Published {
			t.Errorf("it isn't back: %v", err)
		}
	})
}

func TestOnlyAnimatorsShape(t *testing.T) {
	w := newWorkshop(t, storetest.SQLite(t))
	ctx := t.Context()
	form := w.begin(t)
	for name, v := range map[string]press.Viewer{
		"nobody": {}, "a contributor": w.Member("Maï", press.Contributor, w.site.ID, ""), "an animator elsewhere": w.Member("Yann", press.Animator, w.Site("autre").ID, ""),
	} {
		if _, err := w.Begin(ctx, v, w.site, shaping.Start{Model: "story"}); press.KindOf(err) != press.Forbidden {
			t.Errorf("%s begins a form: %v", name, err)
		}
		for what, act := range map[string]func() error{
			"publishes": func() error { _, err := w.Publish(ctx, v, w.site.ID, form.ID); return err },
			"bins":      func() error { return w.Bin(ctx, v, w.site.ID, form.ID) },
			"removes":   func() error { return w.Remove(ctx, v, w.site.ID, form.ID, "title") },
			"reports":   func() error { _, err := w.Report(ctx, v, w.site.ID, form.ID); return err },
		} {
			if err := act(); press.KindOf(err) != press.Forbidden {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
	}
}

func TestCopies(t *testing.T) {
	w := newWorkshop(t, storetest.SQLite(t))
	ctx := t.Context()
	first, err := w.Begin(ctx, w.animator, w.site, shaping.Start{Model: "story"})
	if err != nil {
		t.Fatal(err)
	}
	w.publish(t, first.ID)
	second, err := w.Begin(ctx, w.animator, w.site, shaping.Start{Address: "https://pays.example/mag/recits/"})
	if err != nil {
		t.Fatal(err)
	}
	if second.Slug != "recits-2" || len(second.Fields) != len(first.Fields) || second.Origin != "https://pays.example/mag/recits/" {
		t.Errorf("the copy is at %s, from %s, with %d questions", second.Slug, second.Origin, len(second.Fields))
	}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/ailleurs/fiches/form.json" {
			http.NotFound(rw, r)
			return
		}
		_, _ = rw.Write([]byte(`{"format":"bourgeon-form-1","slug":"fiches","name":{"fr":"Une fiche"},"plural":{"fr":"Fiches"},"fields":[{"key":"title","kind":"text","role":"title","label":{"fr":"Titre ?"}}]}`))
	}))
	defer server.Close()
	third, err := w.Begin(ctx, w.animator, w.site, shaping.Start{Address: server.URL + "/ailleurs/fiches/?view=map"})
	if err != nil || third.Slug != "fiches" {
		t.Errorf("from another network: %s, %v", third.Slug, err)
	}
	for _, start := range []shaping.Start{{Address: server.URL + "/rien/"}, {Address: "nonsense"}, {File: []byte(`{"format":"x"}`)}, {}} {
		if _, err := w.Begin(ctx, w.animator, w.site, start); press.KindOf(err) != press.Invalid {
			t.Errorf("%+v: %v", start, err)
		}
	}
}
