package filing

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/blob"
	"bourgeon/kit/picture"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// photograph is a JPEG of a size in pixels, with no two columns alike.
func photograph(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// draft keeps a draft for a person ("" for an anonymous writer).
func draft(w *storetest.World, site press.Site, secret string, person press.PersonID, entry press.EntryID) press.Draft {
	d := press.Draft{
		ID: storetest.ID[press.DraftID](), Site: site.ID, Form: w.Form(site, "article").ID, Entry: entry, Person: person,
		Content: press.Content{Answers: press.Answers{}, Language: "fr", Licence: site.Licence}, Version: 1, CreatedAt: w.Now(), UpdatedAt: w.Now(),
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertDraft(w.T.Context(), d, token.Hash(secret)) })
	return d
}

func count(t *testing.T, files blob.Store) int {
	t.Helper()
	n := 0
	if err := files.Walk(t.Context(), func(string, int64) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestKeep(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := storetest.NewWorld(t, s)
		site := w.Site("mag")
		d := draft(w, site, "secret", "", "")
		files := blob.Disk{Dir: t.TempDir()}
		c := &Cabinet{Store: s, Now: w.Now, Files: files}
		data := photograph(t, 1200, 600)

		m, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", `C:\Photos\four à pain.jpg`, bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.Media(t.Context(), press.Itself, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, kept); diff != "" {
			t.Errorf("kept (-returned +kept):\n%s", diff)
		}
		var widths []int
		for _, v := range m.Variants {
			widths = append(widths, v.Width)
			r, err := files.Open(t.Context(), v.Hash)
			if err != nil {
				t.Fatal(err)
			}
			config, _, err := image.DecodeConfig(r)
			if err := errors.Join(err, r.Close()); err != nil || config.Width != v.Width || config.Height != v.Height {
				t.Errorf("file of %d px: %+v, %v", v.Width, config, err)
			}
		}
		if diff := cmp.Diff([]int{880}, widths); diff != "" {
			t.Errorf("widths at once (-want +got):\n%s", diff)
		}
		if m.Name != "four à pain.jpg" || m.Draft != d.ID || m.Licence != site.Licence || m.Width != 880 || m.Height != 440 ||
			m.Hash != m.Variants[0].Hash || m.Colour == "" || m.Source.Width != 1200 {
			t.Errorf("kept %+v", m)
		}

		again, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", "autre.jpg", bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if again.ID == m.ID || again.Hash != m.Hash || count(t, files) != 2 {
			t.Errorf("the same bytes again: %s in %d files, want another picture in the same 2", again.Hash, count(t, files))
		}
	})
}

// full is a folder whose disk has no room.
type full struct{ blob.Store }

func (full) Put(context.Context, io.Reader, int64) (string, int64, error) {
	return "", 0, blob.ErrNoSpace
}

func TestKeepRefuses(t *testing.T) {
	w := storetest.NewWorld(t, storetest.SQLite(t))
	site, other := w.Site("mag"), w.Site("autre")
	closed := w.Site("clos", func(s *press.Site) { s.ClosedAt = storetest.Epoch })
	draft(w, site, "secret", "", "")
	owner, someone := w.Person("Propriétaire"), w.Viewer(w.Person("Quelqu’un"))
	own := draft(w, site, "other secret", owner.ID, "")
	contributor := w.Member("C", press.Contributor, site.ID, "")
	files := blob.Disk{Dir: t.TempDir()}
	c := &Cabinet{Store: w.Store, Now: w.Now, Files: files, Limits: picture.Limits{Bytes: 100_000, Pixels: 250_000}}

	good := photograph(t, 100, 50)
	var bomb bytes.Buffer
	if err := png.Encode(&bomb, image.NewPaletted(image.Rect(0, 0, 3000, 3000), color.Palette{color.Black})); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("connection lost")
	tests := []struct {
		name   string
		viewer press.Viewer
		site   press.SiteID
		draft  string
		r      io.Reader
		want   press.Kind
	}{
		{"no draft", press.Viewer{}, site.ID, "", bytes.NewReader(good), press.Forbidden},
		{"wrong secret", press.Viewer{}, site.ID, "guess", bytes.NewReader(good), press.NotFound},
		{"draft of somebody else, by its identifier", someone, site.ID, string(own.ID), bytes.NewReader(good), press.NotFound},
		{"draft of another site", press.Viewer{}, other.ID, "secret", bytes.NewReader(good), press.NotFound},
		{"contributor of another site", contributor, other.ID, "", bytes.NewReader(good), press.Forbidden},
		{"closed site", press.Viewer{}, closed.ID, "secret", bytes.NewReader(good), press.Gone},
		{"empty", press.Viewer{}, site.ID, "secret", strings.NewReader(""), press.Invalid},
		{"text", press.Viewer{}, site.ID, "secret", strings.NewReader("<svg onload=alert(1)>"), press.Invalid},
		{"HEIC", press.Viewer{}, site.ID, "secret", strings.NewReader("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), press.Invalid},
		{"cut off", press.Viewer{}, site.ID, "secret", bytes.NewReader(good[:len(good)/2]), press.Invalid},
		{"too many bytes", press.Viewer{}, site.ID, "secret", bytes.NewReader(append(good, make([]byte, 100_000)...)), press.TooLarge},
		{"image bomb", press.Viewer{}, site.ID, "secret", &bomb, press.TooLarge},
		{"connection lost", press.Viewer{}, site.ID, "secret", iotest.ErrReader(broken), press.Unknown},
	}
	for _, tt := range tests {
		_, err := c.Keep(t.Context(), tt.viewer, tt.site, tt.draft, "x.jpg", tt.r)
		if err == nil || press.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want kind %d", tt.name, err, tt.want)
		}
	}
	if n := count(t, files); n != 0 {
		t.Errorf("refused pictures left %d files", n)
	}

	for name, who := range map[string]struct {
		viewer press.Viewer
		draft  string
	}{"contributor without draft": {contributor, ""}, "one's own draft by its identifier": {w.Viewer(owner), string(own.ID)}} {
		m, err := c.Keep(t.Context(), who.viewer, site.ID, who.draft, "x.jpg", bytes.NewReader(good))
		if err != nil || m.UploadedBy != who.viewer.Person {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
	}

	c.Files = full{files}
	if _, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", "x.jpg", bytes.NewReader(good)); press.KindOf(err) != press.Unavailable {
		t.Errorf("full disk: %v", err)
	}
}

func TestDescribe(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := storetest.NewWorld(t, s)
		site := w.Site("mag")
		uploader := w.Person("Photographe")
		draft(w, site, "secret", "", "")
		draft(w, site, "another secret", "", "")
		c := &Cabinet{Store: s, Now: w.Now, Files: blob.Disk{Dir: t.TempDir()}}
		keep := func(v press.Viewer, key string) press.Media {
			m, err := c.Keep(t.Context(), v, site.ID, key, "x.jpg", bytes.NewReader(photograph(t, 20, 10)))
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		anonymous, signed := keep(press.Viewer{}, "secret"), keep(w.Viewer(uploader), "another secret")

		author := w.Person("Autrice")
		entry := w.Entry(site, "Le four", press.Published, storetest.By(author), func(e *press.Entry) { e.Pictures = []press.Media{anonymous, signed} })
		revision := draft(w, site, "third secret", author.ID, entry.ID)

		tests := []struct {
			name   string
			viewer press.Viewer
			draft  string
			media  press.Media
			want   bool
		}{
			{"holder of the draft", press.Viewer{}, "secret", anonymous, true},
			{"nobody", press.Viewer{}, "", anonymous, false},
			{"holder of another draft", press.Viewer{}, "another secret", anonymous, false},
			{"uploader", w.Viewer(uploader), "", signed, true},
			{"contributor", w.Member("C", press.Contributor, site.ID, ""), "", signed, false},
			{"animator", w.Member("A", press.Animator, site.ID, ""), "", signed, true},
			{"author who revises, of what nobody known brought", w.Viewer(author), string(revision.ID), anonymous, true},
			{"author who revises, of what somebody brought", w.Viewer(author), string(revision.ID), signed, false},
			{"someone with the author's draft number", w.Viewer(uploader), string(revision.ID), anonymous, false},
		}
		for _, tt := range tests {
			d := Description{Alt: " Un four\nà pain ", Caption: tt.name, Credit: "Dom", Licence: "CC0-1.0"}
			m, err := c.Describe(t.Context(), tt.viewer, tt.draft, tt.media.ID, d)
			if !tt.want {
				if press.KindOf(err) != press.Forbidden {
					t.Errorf("%s: %v, want forbidden", tt.name, err)
				}
				continue
			}
			kept, readErr := s.Media(t.Context(), press.Itself, tt.media.ID)
			if err != nil || readErr != nil || kept.Caption != tt.name || kept.Alt != "Un four à pain" {
				t.Errorf("%s: %+v, %v, %v", tt.name, kept, err, readErr)
			}
			if diff := cmp.Diff(m, kept); diff != "" {
				t.Errorf("%s (-returned +kept):\n%s", tt.name, diff)
			}
		}

		before, _ := s.Site(t.Context(), press.Itself, site.ID)
		d := Description{Alt: "Autre", Licence: "CC0-1.0"}
		for range 2 { // the second time changes nothing
			if _, err := c.Describe(t.Context(), press.Viewer{}, "secret", anonymous.ID, d); err != nil {
				t.Fatal(err)
			}
		}
		if after, _ := s.Site(t.Context(), press.Itself, site.ID); after.Version != before.Version+1 {
			t.Errorf("the site's version went from %d to %d, want one more", before.Version, after.Version)
		}
		_, err := c.Describe(t.Context(), press.Viewer{}, "secret", anonymous.ID, Description{Alt: strings.Repeat("a", 1001), Licence: "WTFPL"})
		var p *press.Error
		if !errors.As(err, &p) || p.Kind != press.Invalid || len(p.Fields) != 2 {
			t.Errorf("a bad description: %v", err)
		}
	})
}
