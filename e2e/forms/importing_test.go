package forms

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"bourgeon/app/editing"
	"bourgeon/app/importing"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// counter is an importer in a small world, whose form has questions of every kind that tables answer.
type counter struct {
	*importing.Importer
	*storetest.World
	site     press.Site
	form     press.Form
	animator press.Viewer
}

func newCounter(t *testing.T, s *store.Store) *counter {
	t.Helper()
	c := &counter{World: storetest.NewWorld(t, s)}
	c.site = c.Site("mag")
	c.animator = c.Member("Sterenn", press.Animator, c.site.ID, "")
	ed := &editing.Editor{Store: s, Now: c.World.Now, Addresses: press.Addresses{Base: "https://pays.example"}}
	c.Importer = &importing.Importer{
		Store: s, Now: c.World.Now, Bring: ed.Bring, TakeBack: ed.TakeBack,
		Fetch: func(context.Context, string) ([]byte, error) { return nil, fmt.Errorf("no web in this test") },
	}
	label := func(fr string) press.Text { return press.Text{"fr": fr} }
	c.form = press.Form{
		ID: storetest.ID[press.FormID](), Site: c.site.ID, Slug: "fiches", Name: label("Une fiche"), Plural: label("Fiches"), Version: 1, Listed: true,
		Fields: []press.Field{
			{Key: "title", Kind: press.ShortText, Role: press.RoleTitle, Label: label("Nom"), Required: true},
			{Key: "text", Kind: press.LongText, Role: press.RoleBody, Label: label("Description")},
			{Key: "day", Kind: press.Date, Label: label("Jour")},
			{Key: "themes", Kind: press.Choices, Label: label("Thèmes"), Facet: true, Options: []press.Option{{Key: "sea", Label: label("La mer")}, {Key: "land", Label: label("La terre")}}},
			{Key: "open", Kind: press.YesNo, Label: label("Ouvert")},
			{Key: "count", Kind: press.Number, Label: label("Nombre")},
			{Key: "place", Kind: press.PlaceKind, Label: label("Lieu")},
		},
	}
	c.Write(func(tx *store.Tx) error { return tx.InsertForm(t.Context(), c.form) })
	return c
}

func (c *counter) st() *store.Store { return c.Importer.Store }

// bring reads, matches and runs an import; the result is its state at the end.
func (c *counter) bring(t *testing.T, name string, b []byte) press.Import {
	t.Helper()
	ctx := t.Context()
	i, err := c.Read(ctx, c.animator, c.form, name, b)
	if err != nil {
		t.Fatal(err)
	}
	if i, err = c.Match(ctx, c.animator, i.ID, i.Matched, i.Key); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(ctx, c.animator, i.ID); err != nil {
		t.Fatal(err)
	}
	c.work(t, i.ID, false)
	return i
}

func (c *counter) work(t *testing.T, id press.ImportID, undo bool) {
	t.Helper()
	payload, err := json.Marshal(map[string]any{"import": id, "undo": undo})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a job may run twice
		if err := c.Continue(t.Context(), payload); err != nil {
			t.Fatal(err)
		}
	}
}

func (c *counter) count(t *testing.T, statuses ...press.Status) int {
	t.Helper()
	n, err := c.st().CountEntries(t.Context(), c.animator, store.Selection{Form: c.form.ID, Statuses: statuses})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hard is a table of lines as they come: broken encodings, days in three styles, keys missing and doubled.
func hard() (b []byte, good, left int) {
	var s strings.Builder
	s.WriteString("Identifiant;Nom;Description;Jour;Thèmes;Ouvert;Nombre;Latitude;Longitude;Inconnue\r\n")
	days := []string{"14/03/2026", "2026-03-14", "14 mars 2026"}
	for n := 1; n <= tableLines; n++ {
		key, name := fmt.Sprintf("F%04d", n), fmt.Sprintf("Fiche %d, côté été", n)
		theme, open, count := "La mer, la terre", "oui", "1 234,5"
		switch {
		case n%200 == 0: // the key of the line before
			key, left = fmt.Sprintf("F%04d", n-1), left+1
		case n%125 == 0: // no key: brought in, and told
			key, good = "", good+1
		case n%333 == 0: // no title
			name, left = "", left+1
		case n%90 == 0: // answers that can't be read: left out, the line stays
			theme, open, count, good = "Le vent", "peut-être", "beaucoup", good+1
		default:
			good++
		}
		line := fmt.Sprintf("%s;%s;\"Une ligne ; et\n\"\"deux\"\"\";%s;%s;%s;%s;48,39;-4,486;rien\r\n", key, name, days[n%3], theme, open, count)
		if n%7 == 0 { // in Windows-1252 among UTF-8
			line = strings.NewReplacer("ô", "\xf4", "é", "\xe9").Replace(line)
		}
		s.WriteString(line)
	}
	return []byte(s.String()), good, left
}

func TestAHardTable(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		c := newCounter(t, s)
		ctx := t.Context()
		table, good, left := hard()
		i, err := c.Read(ctx, c.animator, c.form, "fiches.csv", table)
		if err != nil {
			t.Fatal(err)
		}
		if len(i.Rows) != tableLines || i.Encoding != "UTF-8" || len(i.Told) < tableLines/8 {
			t.Fatalf("%d lines in %s, %d told", len(i.Rows), i.Encoding, len(i.Told))
		}
		want := []string{"", "title", "text", "day", "themes", "open", "count", "place.lat", "place.lon", ""}
		if got := strings.Join(i.Matched, " "); got != strings.Join(want, " ") || i.Key != 0 {
			t.Fatalf("matched as %q, key %d", got, i.Key)
		}

		// The dry run tells all and keeps nothing.
		if i, err = c.Match(ctx, c.animator, i.ID, i.Matched, i.Key); err != nil {
			t.Fatal(err)
		}
		if i.New != good || i.Left != left || i.Again != 0 {
			t.Errorf("told %d new, %d left out; want %d and %d", i.New, i.Left, good, left)
		}
		told := map[string]int{}
		for _, n := range i.Notes {
			told[n.Message]++
		}
		for _, message := range []string{"The key is missing: a later import won’t know this line again.", "The same key as line %s: the line is left out.", "“%s” can’t be read as an answer: it is left out."} {
			if told[message] == 0 {
				t.Errorf("nothing is told of: %s", message)
			}
		}
		if n := c.count(t, press.Published); n != 0 {
			t.Fatalf("the dry run kept %d", n)
		}

		if err := c.Run(ctx, c.animator, i.ID); err != nil {
			t.Fatal(err)
		}
		if err := c.Run(ctx, c.animator, i.ID); press.KindOf(err) != press.Conflict {
			t.Errorf("it runs twice: %v", err)
		}
		c.work(t, i.ID, false)
		if n := c.count(t, press.Published); n != good {
			t.Errorf("%d brought in, want %d", n, good)
		}
		found, err := s.EntryBySlug(ctx, press.Viewer{}, c.site.ID, "fiches", "fiche-7-cote-ete")
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{
			"title": "Fiche 7, côté été", "text": "Une ligne ; et\n\"deux\"", "day": "2026-03-14", "themes": "sea land", "open": "yes", "count": "1234.5",
			"place": "48.39 -4.486 exact ",
		} {
			if got := strings.Join(found.Answers[key], " "); got != want {
				t.Errorf("%s is %q, want %q", key, got, want)
			}
		}
		counted, err := s.Counted(ctx, press.Viewer{}, store.Selection{Site: c.site.ID, Form: c.form.ID}, c.form.Facets())
		if err != nil || len(counted["themes"]) != 2 || counted["themes"][0].Value != "sea" {
			t.Errorf("counted %v, %v", counted, err)
		}

		// The same table again doubles nothing but what has no key.
		again := c.bring(t, "fiches.csv", table)
		keyless := good - again.Again
		if n := c.count(t, press.Published); n != good+keyless {
			t.Errorf("%d after the second time, want %d", n, good+keyless)
		}

		// Undone as a whole.
		done, err := s.Import(ctx, c.animator, i.ID)
		if err != nil || done.State != press.ImportDone || done.Done != tableLines {
			t.Fatalf("state %s, %d done, %v", done.State, done.Done, err)
		}
		if err := c.Undo(ctx, c.animator, i.ID); err != nil {
			t.Fatal(err)
		}
		c.work(t, i.ID, true)
		if n := c.count(t, press.Published); n != keyless {
			t.Errorf("%d are left, want those %d that the second time made", n, keyless)
		}
		if n := c.count(t, press.Binned); n != good {
			t.Errorf("%d in the bin, want %d", n, good)
		}
	})
}

func TestBroughtUpToDate(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	ctx := t.Context()
	c.bring(t, "a.csv", []byte("id,Nom,Nombre\n1,Le port,12\n2,Le bourg,3\n"))
	second := c.bring(t, "b.csv", []byte("id,Nom,Nombre\n1,Le port,15\n2,Le bourg,3\n"))
	if second.Again != 2 || second.New != 0 {
		t.Errorf("%d again, %d new", second.Again, second.New)
	}
	read := func() press.Entry {
		e, err := c.st().EntryBySlug(ctx, press.Viewer{}, c.site.ID, "fiches", "le-port")
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	if e := read(); e.Answers.One("count") != "15" || e.Revision != 2 {
		t.Errorf("revision %d says %v", e.Revision, e.Answers)
	}
	if err := c.Undo(ctx, c.animator, second.ID); err != nil {
		t.Fatal(err)
	}
	c.work(t, second.ID, true)
	if e := read(); e.Answers.One("count") != "12" || e.Revision != 3 {
		t.Errorf("taken back, revision %d says %v", e.Revision, e.Answers)
	}
}

func TestOnlyAnimatorsImport(t *testing.T) {
	c := newCounter(t, storetest.SQLite(t))
	ctx := t.Context()
	reader := c.Member("Maï", press.Contributor, c.site.ID, "")
	if _, err := c.Read(ctx, reader, c.form, "a.csv", []byte("Nom\nA\n")); press.KindOf(err) != press.Forbidden {
		t.Errorf("a contributor reads a table: %v", err)
	}
	i, err := c.Read(ctx, c.animator, c.form, "a.csv", []byte("Nom\nA\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Match(ctx, reader, i.ID, i.Matched, -1); press.KindOf(err) != press.NotFound {
		t.Errorf("a contributor matches: %v", err)
	}
	if err := c.Run(ctx, reader, i.ID); press.KindOf(err) != press.NotFound {
		t.Errorf("a contributor runs: %v", err)
	}
	for _, b := range [][]byte{nil, []byte("\x89PNG\x00"), []byte("\n\n")} {
		if _, err := c.Read(ctx, c.animator, c.form, "a", b); press.KindOf(err) != press.Invalid {
			t.Errorf("%q: %v", b, err)
		}
	}
}
