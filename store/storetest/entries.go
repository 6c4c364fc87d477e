package storetest

import (
	"slices"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var entries = []behaviour{
	{"entry/everything comes back", testEntryComesBack},
	{"entry/update", testEntryUpdate},
	{"entry/unusual text", testUnusualText},
	{"entry/free address", testFreeSlug},
	{"entry/pictures in order", testPictures},
	{"entry/attachments apart from pictures", testAttachments},
	{"library/each sees their own", testLibrary},
	{"library/described twin", testDescribedTwin},
	{"picture/framed, made, found when it must be made anew", testFrames},
}

// testEntryComesBack keeps an entry with every field set, then with none that
// is optional: what is read is what was written, to the microsecond.
func testEntryComesBack(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag", func(s *press.Site) { s.Host = "mag.example.org" })
	section, writer := w.Section(site, "Quartier nord"), w.Person("Nolwenn")
	paris := time.FixedZone("CET", 3600)
	at := time.Date(2026, 5, 6, 7, 8, 9, 123456789, paris)
	kept := time.Date(2026, 5, 6, 6, 8, 9, 123456000, time.UTC)

	full := press.Entry{
		ID: ID[press.EntryID](), Site: site.ID, Form: w.Form(site, "article").ID, Slug: "tout", Status: press.Binned,
		Binned: press.Published, Revision: 7, Title: "Tout", Standfirst: "Le chapeau",
		Content: press.Content{
			Answers: press.Answers{"title": {"Tout"}, "pictures": {"a", "b"}}, Section: section.ID, Language: "br",
			Licence: "CC-BY-4.0",
		},
		Rendered: map[string]string{"text": "<p>Tout</p>"},
		Provenance: press.Provenance{
			Kind: press.TakenUp, Title: "Ailleurs", URL: "https://example.org/", Author: "Dom", Licence: "CC0-1.0",
		},
		Debut: true, CreatedBy: writer.ID,
		CreatedAt: at, UpdatedAt: at, ProposedAt: at, PublishAt: at, PublishedAt: at, FeaturedAt: at,
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertEntry(ctx, full) })
	full.CreatedAt, full.UpdatedAt, full.ProposedAt = kept, kept, kept
	full.PublishAt, full.PublishedAt, full.FeaturedAt = kept, kept, kept
	full.Address = press.Address{
		SiteSlug: "mag", SiteHost: "mag.example.org", SiteName: site.Name, FormSlug: "article",
		SectionSlug: "quartier-nord", SectionName: "Quartier nord",
	}
	same(t, "an entry with everything", must(w.Store.Entry(ctx, press.Itself, full.ID))(t), full)

	bare := press.Entry{
		ID: ID[press.EntryID](), Site: site.ID, Form: full.Form, Slug: "rien", Status: press.Drafted,
		Content: press.Content{Answers: press.Answers{}},
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertEntry(ctx, bare) })
	bare.Address = press.Address{SiteSlug: "mag", SiteHost: "mag.example.org", SiteName: site.Name, FormSlug: "article"}
	same(t, "an entry with nothing", must(w.Store.Entry(ctx, press.Itself, bare.ID))(t), bare)

	for _, body := range []bool{false, true} {
		page := must(w.Store.Entries(ctx, press.Itself, store.Selection{Statuses: []press.Status{press.Binned}, Body: body}))(t)
		if len(page.Entries) != 1 {
			t.Fatalf("%d entries listed, want 1", len(page.Entries))
		}
		want := full
		if !body {
			want.Answers, want.Rendered = press.Answers{}, map[string]string{}
		}
		same(t, "an entry in a list", page.Entries[0], want)
	}
}

func testEntryUpdate(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	section := w.Section(site, "Port")
	e := w.Entry(site, "Avant", press.Published, func(e *press.Entry) { e.Section = section.ID })
	e.Title, e.Slug, e.Section, e.Status, e.Binned, e.FeaturedAt = "Après", "apres", "", press.Binned, press.Published, w.Now()
	e.Address.SectionSlug, e.Address.SectionName = "", ""
	w.Write(func(tx *store.Tx) error {
		held, err := tx.EntryToChange(ctx, e.ID)
		if err != nil {
			return err
		}
		if held.Title != "Avant" {
			t.Errorf("held %q", held.Title)
		}
		return tx.UpdateEntry(ctx, e)
	})
	same(t, "the entry changed", must(w.Store.Entry(ctx, press.Itself, e.ID))(t), e)

	e.ID = ID[press.EntryID]()
	fails(t, "update of an entry that isn't there",
		w.Store.Write(ctx, func(tx *store.Tx) error { return tx.UpdateEntry(ctx, e) }), press.NotFound)
}

// testUnusualText keeps what people and robots type. NUL never comes so far:
// press.Clean takes it out.
func testUnusualText(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	for slug, text := range map[string]string{
		"emoji":   "Fête 🎉 en famille 👩‍👩‍👧‍👦 et drapeau 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
		"quotes":  `L'île d’« Ouessant » "dite" ''; drop table entry; --`,
		"like":    `100 % de réussite_ \ % _ $1 ?`,
		"json":    `{"a": [1, "\u0000", "</script>"]}`,
		"lines":   "un\n\ndeux\ttrois\r",
		"breton":  "C’hoazh ur wech, a-vec’h ma ñ",
		"bidi":    "abc \u202eדגה\u202c \u202e",
		"decomp":  "e\u0301cole et école",
		"beyond":  "\U0010FFFD \uFFFD \uFEFF",
		"control": press.Clean("a\x00b\x01c\x85d"),
	} {
		e := w.Entry(site, text, press.Published, func(e *press.Entry) {
			e.Slug, e.Standfirst, e.Tags = slug, text, []string{text}
			e.Rendered = map[string]string{"text": text}
		})
		got := must(w.Store.EntryBySlug(ctx, press.Viewer{}, site.ID, "article", slug))(t)
		if got.Title != text || got.Standfirst != text || got.Rendered["text"] != text || got.Answers.One("title") != text {
			t.Errorf("%s: %q came back as %+v", slug, text, got)
		}
		rev := must(w.Store.Revision(ctx, press.Viewer{}, e.ID, 1))(t)
		if rev.Answers.One("title") != text {
			t.Errorf("%s: the revision holds %q", slug, rev.Answers.One("title"))
		}
	}
}

func testFreeSlug(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	article, brief := w.Form(site, "article"), w.Form(site, "brief")
	first := w.Entry(site, "Fête", press.Published)
	w.Entry(site, "Fête 2", press.Published)
	w.Entry(site, "Fête des mères", press.Published)
	w.Write(func(tx *store.Tx) error {
		return tx.KeepRedirect(ctx, string(site.ID), "article/jadis", "entry", string(first.ID), 1)
	})
	for _, c := range []struct {
		name string
		form press.FormID
		id   press.EntryID
		want string
		free string
	}{
		{"nobody's", article.ID, "", "autre", "autre"},
		{"taken twice", article.ID, "", "fete", "fete-3"},
		{"longer, taken", article.ID, "", "fete-des-meres", "fete-des-meres-2"},
		{"beginning of another", article.ID, "", "fete-des", "fete-des"},
		{"one's own", article.ID, first.ID, "fete", "fete"},
		{"of another form", brief.ID, "", "fete", "fete"},
		{"another's old address", article.ID, "", "jadis", "jadis-2"},
		{"one's own old address", article.ID, first.ID, "jadis", "jadis"},
		{"another's old address in another form", brief.ID, "", "jadis", "jadis"},
	} {
		w.Write(func(tx *store.Tx) error {
			got, err := tx.FreeSlug(ctx, site.ID, c.form, c.id, c.want)
			if got != c.free {
				t.Errorf("%s: %q, want %q", c.name, got, c.free)
			}
			return err
		})
	}
}

func testPictures(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	a, b, c := w.Picture(site, "a.jpg"), w.Picture(site, "b.jpg"), w.Picture(site, "c.jpg")
	e := w.Entry(site, "Album", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{c, a, c} })
	same(t, "pictures, each once, in order", e.Pictures, []press.Media{c, a})
	lead, _ := e.Lead()
	same(t, "the lead picture", lead, c)

	b.Alt, b.Caption, b.Credit, b.Licence = "Un chat", "Au port", "Ana", "CC0-1.0"
	again := b
	again.Hash, again.Bytes = "autre", 9
	w.Write(func(tx *store.Tx) error {
		if err := tx.SaveMedia(ctx, again); err != nil {
			return err
		}
		return tx.PlaceMedia(ctx, e.ID, store.Placing{Pictures: []press.MediaID{b.ID, "no such picture", a.ID, b.ID}})
	})
	same(t, "described anew, its file unchanged", must(w.Store.Media(ctx, press.Viewer{}, b.ID))(t), b)
	page := must(w.Store.Entries(ctx, press.Viewer{}, store.Selection{Site: site.ID}))(t)
	same(t, "pictures in a list", page.Entries[0].Pictures, []press.Media{b, a})
	found := must(w.Store.MediaOf(ctx, press.Viewer{}, []press.MediaID{b.ID, ID[press.MediaID](), a.ID, b.ID}))(t)
	slices.Reverse(found)
	same(t, "several, in the order asked, without what is gone", found, []press.Media{a, b})
	_, err := w.Store.Media(ctx, press.Viewer{}, ID[press.MediaID]())
	fails(t, "no such picture", err, press.NotFound)
}

func testFrames(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	m, second := w.Picture(site, "a.jpg"), w.Picture(site, "b.jpg")
	crop, focus := press.Crop{X: 100, Y: 50, Width: 500, Height: 900}, press.Focus{X: 300, Y: 1}
	w.Write(func(tx *store.Tx) error { return tx.FrameMedia(ctx, m.ID, crop, focus) })
	made := m
	made.Source = press.Variant{Hash: "s", Width: 800, Height: 600, Bytes: 9, Type: "image/jpeg"}
	made.Hash, made.Type, made.Bytes, made.Width, made.Height, made.Colour = "h", "image/jpeg", 7, 400, 540, "#000000"
	made.Variants = []press.Variant{{Hash: "h", Width: 400, Height: 540, Bytes: 7, Type: "image/jpeg"}}
	made.Modern = []press.Variant{{Hash: "w", Width: 400, Height: 540, Bytes: 5, Type: "image/webp"}}
	made.Made = press.Media{Crop: crop}.Recipe()
	keep := func() (kept bool) {
		w.Write(func(tx *store.Tx) (err error) { kept, err = tx.KeepVariants(ctx, made); return err })
		return kept
	}
	if keep() {
		t.Error("variants of an earlier crop were kept")
	}
	made.Crop, made.Focus = crop, focus
	if !keep() {
		t.Error("variants were not kept")
	}
	same(t, "framed and made", must(w.Store.Media(ctx, press.Viewer{}, m.ID))(t), made)
	same(t, "all, in order", must(w.Store.MediaAfter(ctx, "", 5))(t), []press.Media{made, second})
	same(t, "those after one", must(w.Store.MediaAfter(ctx, m.ID, 1))(t), []press.Media{second})
	var noOne error
	_ = w.Store.Write(ctx, func(tx *store.Tx) error {
		noOne = tx.FrameMedia(ctx, ID[press.MediaID](), crop, focus)
		return noOne
	})
	fails(t, "frame no picture", noOne, press.NotFound)
}
