package storetest

import (
	"strings"
	"testing"

	"bourgeon/kit/fold"
	"bourgeon/press"
	"bourgeon/store"
)

func testAttachments(t *testing.T, w *World) {
	site := w.Site("mag")
	picture := w.Picture(site, "a.jpg")
	sound := w.MediaWith(site, func(m *press.Media) {
		m.Type, m.Title, m.Transcript, m.Maker, m.Origin = "audio/ogg", "Le phare", "On entend la mer.\nPuis rien.", press.MakerElsewhere, "https://example.org/"
	})
	e := w.Entry(site, "Album", press.Published, func(e *press.Entry) {
		e.Pictures, e.Attachments = []press.Media{picture}, []press.Media{sound}
	})
	same(t, "pictures", e.Pictures, []press.Media{picture})
	same(t, "attachments", e.Attachments, []press.Media{sound})
	w.Write(func(tx *store.Tx) error {
		return tx.PlaceMedia(t.Context(), e.ID, store.Placing{Texts: []press.MediaID{picture.ID}})
	})
	e = must(w.Store.Entry(t.Context(), press.Itself, e.ID))(t)
	if len(e.Pictures)+len(e.Attachments) > 0 {
		t.Errorf("what stands in the text alone is listed: %v %v", e.Pictures, e.Attachments)
	}
	same(t, "and is used", len(must(w.Store.EntriesShowing(t.Context(), press.Viewer{}, picture.ID))(t)), 1)
}

func captions(all []press.Media) string {
	var names []string
	for _, m := range all {
		names = append(names, m.Caption)
	}
	return strings.Join(names, " ")
}

func testLibrary(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	writer := w.Person("Nolwenn")
	animator := w.Member("Soraya", press.Animator, site.ID, "")
	contributor := w.Member("Yann", press.Contributor, site.ID, "")
	named := func(caption string) func(*press.Media) {
		return func(m *press.Media) { m.Caption, m.Name = caption, "secret-name.jpg" }
	}
	shown, proposed, drafted, gone := w.MediaWith(site, named("shown")), w.MediaWith(site, named("proposed")), w.MediaWith(site, named("drafted")), w.MediaWith(site, named("gone"))
	secret := w.MediaWith(site, func(m *press.Media) {
		named("secret")(m)
		m.Draft, m.UploadedBy = ID[press.DraftID](), writer.ID // taken off a draft that is no more
	})
	mute := w.MediaWith(site, func(m *press.Media) {
		named("mute")(m)
		m.Alt = ""
	})
	w.MediaWith(w.Site("other"), named("elsewhere"))
	w.Entry(site, "Publié", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{shown, mute} })
	w.Entry(site, "Proposé", press.Proposed, func(e *press.Entry) { e.Pictures = []press.Media{proposed} })
	w.Entry(site, "Brouillon", press.Drafted, By(writer), func(e *press.Entry) { e.Pictures = []press.Media{drafted} })
	old := w.Entry(site, "Ancien", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{gone} })
	w.Write(func(tx *store.Tx) error { return tx.PlaceMedia(ctx, old.ID, store.Placing{}) })

	for _, c := range []struct {
		name  string
		v     press.Viewer
		shelf store.Shelf
		want  string
	}{
		{"nobody", press.Viewer{}, store.Shelf{}, "mute shown"},
		{"a contributor", contributor, store.Shelf{}, "mute proposed shown"},
		{"an animator", animator, store.Shelf{}, "mute gone proposed shown"},
		{"the writer", w.Viewer(writer), store.Shelf{}, "mute secret drafted shown"},
		{"unused", animator, store.Shelf{Unused: true}, "gone"},
		{"without description", animator, store.Shelf{Silent: true}, "mute"},
		{"by words", animator, store.Shelf{Words: fold.Words("SHO")}, "shown"},
		{"a name tells nothing", animator, store.Shelf{Words: fold.Words("secret")}, ""},
		{"of a kind", animator, store.Shelf{Kind: press.AudioFile}, ""},
		{"of a licence", animator, store.Shelf{Licence: "CC0-1.0"}, ""},
	} {
		c.shelf.Site = site.ID
		found := must(w.Store.Library(ctx, c.v, c.shelf))(t)
		got := map[string]bool{}
		for _, m := range found.Media {
			got[m.Caption] = true
		}
		want := strings.Fields(c.want)
		if c.name == "the writer" && len(found.Media) != len(want) || c.name != "the writer" && captions(found.Media) != c.want {
			t.Errorf("%s sees %q, want %q", c.name, captions(found.Media), c.want)
		}
		for _, caption := range want {
			if !got[caption] {
				t.Errorf("%s does not see %s", c.name, caption)
			}
		}
		same(t, c.name+": the count", must(w.Store.CountMedia(ctx, c.v, c.shelf))(t), len(found.Media))
	}
	_, err := w.Store.OnShelf(ctx, animator, site.ID, secret.ID)
	fails(t, "a picture taken off a draft", err, press.NotFound)

	first := must(w.Store.Library(ctx, animator, store.Shelf{Site: site.ID, Limit: 3}))(t)
	same(t, "the first page", captions(first.Media), "mute gone proposed")
	same(t, "uses", first.Uses[proposed.ID], 1)
	second := must(w.Store.Library(ctx, animator, store.Shelf{Site: site.ID, Limit: 3, Before: first.Older}))(t)
	same(t, "the second page", captions(second.Media), "shown")
	back := must(w.Store.Library(ctx, animator, store.Shelf{Site: site.ID, Limit: 3, After: second.Newer}))(t)
	same(t, "and back", captions(back.Media), "mute gone proposed")

	w.Write(func(tx *store.Tx) error {
		same(t, "in use", must(tx.MediaInUse(ctx, shown.ID))(t), true)
		same(t, "in use no more", must(tx.MediaInUse(ctx, gone.ID))(t), false)
		gone.BinnedAt, gone.BinnedBy = w.Now(), animator.Person
		return tx.SaveMedia(ctx, gone)
	})
	same(t, "without the bin", captions(must(w.Store.Library(ctx, animator, store.Shelf{Site: site.ID}))(t).Media), "mute proposed shown")
	same(t, "the bin", captions(must(w.Store.Library(ctx, animator, store.Shelf{Site: site.ID, Binned: true}))(t).Media), "gone")
	w.Write(func(tx *store.Tx) error {
		return tx.PlaceMedia(ctx, old.ID, store.Placing{Pictures: []press.MediaID{gone.ID}})
	})
	same(t, "shown again, it is back", captions(must(w.Store.Library(ctx, animator, store.Shelf{Site: site.ID, Binned: true}))(t).Media), "")
	same(t, "names", strings.Join(must(w.Store.MediaCredits(ctx, press.Viewer{}, site.ID, 9))(t), " "), "Dom")
}

func testDescribedTwin(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	writer := w.Person("Nolwenn")
	twin := w.MediaWith(site, func(m *press.Media) { m.UploadedBy, m.Source = writer.ID, press.Variant{Hash: "s0", Width: 3} })
	fresh := twin
	fresh.ID, fresh.Hash = ID[press.MediaID](), strings.Repeat("c", 64)
	_, err := w.Store.DescribedTwin(ctx, press.Viewer{}, fresh)
	fails(t, "what is on no page", err, press.NotFound)
	same(t, "one's own", must(w.Store.DescribedTwin(ctx, press.Viewer{Person: writer.ID}, fresh))(t).ID, twin.ID)
	w.Entry(site, "Publié", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{twin} })
	same(t, "what is public", must(w.Store.DescribedTwin(ctx, press.Viewer{}, fresh))(t).ID, twin.ID)
	fresh.Source.Hash = "s1"
	_, err = w.Store.DescribedTwin(ctx, press.Viewer{}, fresh)
	fails(t, "another content", err, press.NotFound)
}
