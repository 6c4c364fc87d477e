package storetest

import (
	"testing"

	"bourgeon/press"
	"bourgeon/store"
)

var looks = []behaviour{
	{"a look is tried, and worn looks are numbered", testLooks},
	{"a look's pictures are used", testLookPictures},
}

func testLooks(t *testing.T, w *World) {
	ctx := t.Context()
	s, other := w.Site("mag"), w.Site("autre")
	steward, animator := w.Member("S", press.Steward, s.ID, ""), w.Member("A", press.Animator, s.ID, "")
	_, err := w.Store.LookTrial(ctx, steward, s.ID)
	fails(t, "nothing on trial", err, press.NotFound)
	tried := press.LookVersion{
		Site: s.ID, Look: press.Look{Model: press.Pebble, Words: press.Text{"fr": "Un mot"}}, Front: "::lead\n", FrontHTML: "<p>", FrontRevision: 3,
		MadeBy: steward.Person, MadeAt: w.Now(),
	}
	w.Write(func(tx *store.Tx) error { return tx.SaveLookTrial(ctx, tried) })
	same(t, "tried", must(w.Store.LookTrial(ctx, steward, s.ID))(t), tried)
	tried.Look.Model, tried.Front, tried.FrontHTML, tried.FrontRevision, tried.MadeAt = press.Plain, "", "", 0, w.Now()
	w.Write(func(tx *store.Tx) error { return tx.SaveLookTrial(ctx, tried) })
	same(t, "tried in its place", must(w.Store.LookTrial(ctx, steward, s.ID))(t), tried)

	var all []press.LookVersion
	for n := 1; n <= 2; n++ {
		l := press.LookVersion{Site: s.ID, Number: n, Look: press.Look{Model: press.Models[n]}, Front: "::lead", FrontRevision: n, MadeBy: steward.Person, MadeAt: w.Now()}
		w.Write(func(tx *store.Tx) error { return tx.InsertLook(ctx, l) })
		all = append([]press.LookVersion{l}, all...)
	}
	same(t, "worn, last first", must(w.Store.LookVersions(ctx, steward, s.ID))(t), all)
	same(t, "the first", must(w.Store.LookVersion(ctx, steward, s.ID, 1))(t), all[1])
	_, err = w.Store.LookVersion(ctx, steward, s.ID, 3)
	fails(t, "none of that number", err, press.NotFound)
	if none := must(w.Store.LookVersions(ctx, press.Itself, other.ID))(t); len(none) > 0 {
		t.Errorf("another site has %v", none)
	}

	for name, v := range map[string]press.Viewer{"an animator": animator, "nobody": {}, "another site's steward": w.Member("O", press.Steward, other.ID, "")} {
		_, err := w.Store.LookTrial(ctx, v, s.ID)
		fails(t, name+" asks what is tried", err, press.NotFound)
		_, err = w.Store.LookVersion(ctx, v, s.ID, 1)
		fails(t, name+" asks for a look", err, press.NotFound)
		if seen := must(w.Store.LookVersions(ctx, v, s.ID))(t); len(seen) > 0 {
			t.Errorf("%s sees the looks", name)
		}
	}
	w.Write(func(tx *store.Tx) error { return tx.DropLookTrial(ctx, s.ID) })
	_, err = w.Store.LookTrial(ctx, steward, s.ID)
	fails(t, "dropped", err, press.NotFound)
}

func testLookPictures(t *testing.T, w *World) {
	ctx := t.Context()
	s := w.Site("mag")
	logo, spare := w.Picture(s, "logo"), w.Picture(s, "spare")
	keep := func(ids ...press.MediaID) {
		w.Write(func(tx *store.Tx) error { return tx.KeepLookPictures(ctx, s.ID, ids) })
	}
	unused := func() int {
		return must(w.Store.CountMedia(ctx, press.Itself, store.Shelf{Site: s.ID, Unused: true}))(t)
	}
	same(t, "unused", unused(), 2)
	keep(logo.ID, "", logo.ID)
	same(t, "unused beside a logo", unused(), 1)
	w.Write(func(tx *store.Tx) error {
		same(t, "a logo in use", must(tx.MediaInUse(ctx, logo.ID))(t), true)
		same(t, "another in use", must(tx.MediaInUse(ctx, spare.ID))(t), false)
		return nil
	})
	keep(logo.ID, spare.ID)
	same(t, "unused beside two", unused(), 0)
	keep()
	same(t, "unused again", unused(), 2)
}
