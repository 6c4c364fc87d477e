package filing

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func cabinetOf(t *testing.T) (*storetest.World, *Cabinet) {
	w := storetest.NewWorld(t, storetest.SQLite(t))
	return w, &Cabinet{Store: w.Store, Now: w.Now, Files: blob.Disk{Dir: t.TempDir()}}
}

func TestAttach(t *testing.T) {
	w, c := cabinetOf(t)
	ctx, site := t.Context(), w.Site("mag")
	draft(w, site, "secret", "", "")
	c.Sizes = Sizes{Document: 2000}
	pdf := "%PDF-1.7\n" + strings.Repeat("x", 1000)
	m, err := c.Attach(ctx, press.Viewer{}, site.ID, "secret", `C:\papiers\Compte rendu.docx`, strings.NewReader(pdf))
	if err != nil || m.Type != "application/pdf" || m.Title != "Compte rendu" || m.Bytes != int64(len(pdf)) {
		t.Fatalf("%+v, %v", m, err)
	}
	f, err := c.Files.Open(ctx, m.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if kept, err := io.ReadAll(f); err != nil || string(kept) != pdf {
		t.Errorf("kept %d bytes, %v", len(kept), err)
	}
	for _, tt := range []struct {
		name, draft, data string
		kind              press.Kind
	}{
		{"a page", "secret", "<!doctype html><script>1</script>", press.Invalid},
		{"a drawing with a script", "secret", `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, press.Invalid},
		{"nothing", "secret", "", press.Invalid},
		{"a heavy one", "secret", "%PDF-1.7\n" + strings.Repeat("x", 5000), press.TooLarge},
		{"for somebody else's draft", "guess", pdf, press.NotFound},
		{"for no draft, by a stranger", "", pdf, press.Forbidden},
	} {
		if _, err := c.Attach(ctx, press.Viewer{}, site.ID, tt.draft, "compte-rendu.pdf", strings.NewReader(tt.data)); press.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want kind %v", tt.name, err, tt.kind)
		}
	}
	broken := errors.New("connection lost")
	if _, err := c.Attach(ctx, press.Viewer{}, site.ID, "secret", "a.pdf", io.MultiReader(strings.NewReader(pdf), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("a line cut off: %v", err)
	}
	if n := count(t, c.Files); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
}

func TestWhatWasSaidIsRemembered(t *testing.T) {
	w, c := cabinetOf(t)
	ctx, site := t.Context(), w.Site("mag")
	writer := w.Viewer(w.Person("Nolwenn"))
	data := photograph(t, 60, 40)
	draft(w, site, "first", writer.Person, "")
	draft(w, site, "second", "", "")
	m, err := c.Keep(ctx, writer, site.ID, "first", "a.jpg", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if m, err = c.Describe(ctx, writer, "first", m.ID, Description{Alt: "Le port", Maker: press.MakerSelf, Licence: "CC0-1.0"}); err != nil {
		t.Fatal(err)
	}
	other, err := c.Keep(ctx, press.Viewer{}, site.ID, "second", "b.jpg", bytes.NewReader(data))
	if err != nil || other.Alt != "" {
		t.Errorf("what nobody may read yet was told: %+v, %v", other, err)
	}
	w.Entry(site, "Publié", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{m} })
	other, err = c.Keep(ctx, press.Viewer{}, site.ID, "second", "b.jpg", bytes.NewReader(data))
	if err != nil || other.Alt != "Le port" || other.Licence != "CC0-1.0" || other.ID == m.ID {
		t.Errorf("the same picture again: %+v, %v", other, err)
	}
	if other.Maker != press.MakerUnnamed || other.Credit != "" {
		t.Errorf("its maker, who signed nothing, became %q %q", other.Maker, other.Credit)
	}
}

func TestBin(t *testing.T) {
	w, c := cabinetOf(t)
	ctx, site := t.Context(), w.Site("mag")
	animator := w.Member("Soraya", press.Animator, site.ID, "")
	contributor := w.Member("Yann", press.Contributor, site.ID, "")
	m := w.Picture(site, "a.jpg")
	e := w.Entry(site, "Publié", press.Published, func(e *press.Entry) { e.Pictures = []press.Media{m} })
	if err := c.Bin(ctx, animator, site.ID, m.ID); press.KindOf(err) != press.Conflict {
		t.Errorf("bin what is shown: %v", err)
	}
	w.Write(func(tx *store.Tx) error { return tx.PlaceMedia(ctx, e.ID, store.Placing{}) })
	if err := c.Bin(ctx, contributor, site.ID, m.ID); press.KindOf(err) != press.NotFound && press.KindOf(err) != press.Forbidden {
		t.Errorf("a contributor bins: %v", err)
	}
	if err := c.Bin(ctx, animator, site.ID, m.ID); err != nil {
		t.Fatal(err)
	}
	if found, err := w.Store.OnShelf(ctx, animator, site.ID, m.ID); err != nil || found.BinnedAt.IsZero() {
		t.Errorf("in the bin: %+v, %v", found, err)
	}
	if err := c.Recover(ctx, animator, site.ID, m.ID); err != nil {
		t.Fatal(err)
	}
	if found, err := w.Store.OnShelf(ctx, animator, site.ID, m.ID); err != nil || !found.BinnedAt.IsZero() {
		t.Errorf("taken back: %+v, %v", found, err)
	}
}
