package filing

import (
	"context"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// described changes what makes a picture's files its own.
func described(ctx context.Context, tx *store.Tx, m press.Media, digit string) (press.Media, error) {
	m.ID, m.Hash = storetest.ID[press.MediaID](), strings.Repeat(digit, 64)
	m.Variants = []press.Variant{{Hash: strings.Repeat(digit, 63) + "0", Width: 400, Height: 300, Bytes: 500, Type: "image/webp"}}
	return m, tx.SaveMedia(ctx, m)
}

func TestAPictureIsTakenOffAndPutBack(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := storetest.NewWorld(t, s)
		site, elsewhere := w.Site("mag"), w.Site("autre")
		shared := w.Picture(site, "banc.jpg")
		var own, other press.Media
		w.Write(func(tx *store.Tx) (err error) {
			if own, err = described(ctx, tx, shared, "c"); err != nil {
				return err
			}
			other, err = described(ctx, tx, shared, "d")
			return err
		})
		with := func(pictures ...press.Media) func(*press.Entry) {
			return func(e *press.Entry) { e.Pictures = pictures }
		}
		e := w.Entry(site, "Le banc bleu", press.Published, with(own, shared))
		var shown []press.MediaID
		c := &Cabinet{Store: s, Now: w.Now, Reshow: func(_ context.Context, _ *store.Tx, id press.MediaID) error {
			shown = append(shown, id)
			return nil
		}}
		thing := press.Thing{Kind: press.ThingPicture, ID: string(own.ID), Entry: e.ID}
		animator := w.Member("Sterenn", press.Animator, site.ID, "")
		takeOff := func(v press.Viewer, t press.Thing) (acted bool, err error) {
			err = s.Write(ctx, func(tx *store.Tx) error {
				acted, err = c.TakeOff(ctx, tx, v, t, press.Ruling{Outcome: press.TakenOff})
				return err
			})
			return acted, err
		}
		if words, _, err := c.See(ctx, s.Reader, press.Viewer{}, thing); err != nil || words != own.Alt {
			t.Errorf("what a reader reports: %q, %v", words, err)
		}
		if _, _, err := c.See(ctx, s.Reader, press.Viewer{}, press.Thing{Kind: press.ThingPicture, ID: string(other.ID), Entry: e.ID}); press.KindOf(err) != press.NotFound {
			t.Errorf("a picture that the entry doesn't show: %v", err)
		}
		for name, v := range map[string]press.Viewer{"a reader": {}, "another site's steward": w.Member("E", press.Steward, elsewhere.ID, "")} {
			if _, err := takeOff(v, thing); press.KindOf(err) != press.Forbidden {
				t.Errorf("%s takes it off: %v", name, err)
			}
		}

		version := func() int64 {
			site, err := s.Site(ctx, press.Itself, site.ID)
			if err != nil {
				t.Fatal(err)
			}
			return site.Version
		}
		before := version()
		if acted, err := takeOff(animator, thing); err != nil || !acted {
			t.Fatalf("taken off: %v, %v", acted, err)
		}
		if acted, err := takeOff(animator, thing); err != nil || acted {
			t.Errorf("taken off twice: %v, %v", acted, err)
		}
		if len(shown) != 1 || version() == before {
			t.Error("the pages that show it aren't made anew")
		}
		look := func(what string, hidden bool, m press.Media) {
			t.Helper()
			got, err := s.Entry(ctx, press.Viewer{}, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, p := range got.Pictures {
				if p.ID == m.ID {
					n++
				}
			}
			if n == 0 != hidden {
				t.Errorf("%s: shown %d times", what, n)
			}
			for _, hash := range []string{m.Hash, m.Variants[0].Hash} {
				if got, err := s.FileHidden(ctx, hash); err != nil || got != hidden {
					t.Errorf("%s: file hidden %v, %v", what, got, err)
				}
			}
			_, err = s.Media(ctx, animator, m.ID)
			if hidden != (press.KindOf(err) == press.NotFound) {
				t.Errorf("%s: described to an animator, %v", what, err)
			}
			if _, err := s.Media(ctx, press.Itself, m.ID); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		look("taken off", true, own)
		look("beside it", false, shared)

		// What another picture shows too is still sent.
		twin := w.Picture(elsewhere, "la-meme.jpg")
		if acted, err := takeOff(animator, press.Thing{Kind: press.ThingPicture, ID: string(shared.ID), Entry: e.ID}); err != nil || !acted {
			t.Fatal(acted, err)
		}
		if hidden, err := s.FileHidden(ctx, twin.Hash); err != nil || hidden {
			t.Errorf("the files of another picture are hidden: %v, %v", hidden, err)
		}

		if err := s.Write(ctx, func(tx *store.Tx) error { return c.PutBack(ctx, tx, animator, thing, "") }); err != nil {
			t.Fatal(err)
		}
		look("put back", false, own)
	})
}
