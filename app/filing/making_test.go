package filing

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// work does the picture's job, as a crew would.
func work(t *testing.T, c *Cabinet, id press.MediaID) press.Media {
	t.Helper()
	payload, err := json.Marshal(variantsJob{id})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Make(t.Context(), payload); err != nil {
		t.Fatal(err)
	}
	m, err := c.Store.Media(t.Context(), press.Itself, id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plain is a JPEG of a size in pixels that is quickly encoded anew.
func plain(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = uint8(i / m.Stride / 4)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sizes(variants []press.Variant) (list [][2]int) {
	for _, v := range variants {
		list = append(list, [2]int{v.Width, v.Height})
	}
	return list
}

func TestMakeAndFrame(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := storetest.NewWorld(t, s)
		site := w.Site("mag")
		d := draft(w, site, "secret", "", "")
		c := &Cabinet{Store: s, Now: w.Now, Files: blob.Disk{Dir: t.TempDir()}}
		kept, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", "four.jpg", bytes.NewReader(plain(t, 2000, 1000)))
		if err != nil {
			t.Fatal(err)
		}
		version := func() int64 {
			site, err := s.Site(t.Context(), press.Itself, d.Site)
			if err != nil {
				t.Fatal(err)
			}
			return int64(site.Version)
		}

		before := version()
		made := work(t, c, kept.ID)
		if diff := cmp.Diff([][2]int{{480, 240}, {880, 440}, {1600, 800}}, sizes(made.Modern)); diff != "" {
			t.Errorf("sizes (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([][2]int{{880, 440}, {1600, 800}}, sizes(made.Variants)); diff != "" {
			t.Errorf("sizes of the fallback (-want +got):\n%s", diff)
		}
		if !made.Ready() || made.Source != kept.Source || version() != before+1 {
			t.Errorf("made %+v, version %d after %d", made, version(), before)
		}
		if again := work(t, c, kept.ID); version() != before+1 || !cmp.Equal(again, made) {
			t.Error("the job done a second time changed something")
		}

		frame := Framing{Crop: press.Crop{X: 500, Y: 0, Width: 500, Height: 1000}, Focus: press.Focus{X: 700, Y: 200}}
		framed, err := c.Frame(t.Context(), press.Viewer{}, "secret", kept.ID, frame)
		if err != nil || framed.Ready() || framed.Focus != frame.Focus || version() != before+2 {
			t.Fatalf("framed %+v, %v", framed, err)
		}
		cropped := work(t, c, kept.ID)
		if diff := cmp.Diff([][2]int{{480, 480}, {880, 880}, {1000, 1000}}, sizes(cropped.Modern)); diff != "" {
			t.Errorf("sizes of the right half (-want +got):\n%s", diff)
		}
		if cropped.Source != kept.Source {
			t.Errorf("the source became %+v", cropped.Source)
		}

		if _, err := c.Frame(t.Context(), press.Viewer{}, "secret", kept.ID, Framing{Crop: press.Crop{Width: 1000, Height: 1000}}); err != nil {
			t.Fatal(err)
		}
		if back := work(t, c, kept.ID); !cmp.Equal(back, made) {
			t.Errorf("taken back (-first +now):\n%s", cmp.Diff(made, back))
		}
	})
}

func TestFrameRefuses(t *testing.T) {
	w := storetest.NewWorld(t, storetest.SQLite(t))
	site := w.Site("mag")
	draft(w, site, "secret", "", "")
	c := &Cabinet{Store: w.Store, Now: w.Now, Files: blob.Disk{Dir: t.TempDir()}}
	m, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", "four.jpg", bytes.NewReader(photograph(t, 20, 10)))
	if err != nil {
		t.Fatal(err)
	}
	half := Framing{Crop: press.Crop{Width: 500, Height: 1000}}
	tests := []struct {
		name   string
		viewer press.Viewer
		draft  string
		id     press.MediaID
		frame  Framing
		want   press.Kind
	}{
		{"nobody", press.Viewer{}, "", m.ID, half, press.Forbidden},
		{"contributor", w.Member("C", press.Contributor, site.ID, ""), "", m.ID, half, press.Forbidden},
		{"no picture", press.Viewer{}, "secret", "nothing", half, press.NotFound},
		{"crop outside", press.Viewer{}, "secret", m.ID, Framing{Crop: press.Crop{X: 800, Width: 500, Height: 1000}}, press.Invalid},
		{"focus outside", press.Viewer{}, "secret", m.ID, Framing{Focus: press.Focus{X: 1001, Y: 1}}, press.Invalid},
	}
	for _, tt := range tests {
		if _, err := c.Frame(t.Context(), tt.viewer, tt.draft, tt.id, tt.frame); err == nil || press.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want kind %d", tt.name, err, tt.want)
		}
	}
	if _, err := c.Frame(t.Context(), w.Member("A", press.Animator, site.ID, ""), "", m.ID, half); err != nil {
		t.Errorf("animator: %v", err)
	}
}

func TestRenew(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := storetest.NewWorld(t, s)
		site := w.Site("mag")
		draft(w, site, "secret", "", "")
		c := &Cabinet{Store: s, Now: w.Now, Files: blob.Disk{Dir: t.TempDir()}, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
		var old []press.MediaID
		for range renewed + 1 {
			m, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", "four.jpg", bytes.NewReader(plain(t, 30, 10)))
			if err != nil {
				t.Fatal(err)
			}
			old = append(old, m.ID)
			// As it was kept before there were sources, and, the first, with its file lost.
			m.Source = press.Variant{}
			if len(old) == 1 {
				m.Variants[0].Hash = strings.Repeat("0", 64)
			}
			w.Write(func(tx *store.Tx) error { _, err := tx.KeepVariants(t.Context(), m); return err })
		}
		for range 2 { // two nodes start
			if err := c.Renew(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		jobs := 0
		for {
			var job store.Job
			var ok bool
			w.Write(func(tx *store.Tx) (err error) {
				job, ok, err = tx.ClaimJob(t.Context(), w.Now(), w.Now().Add(time.Hour), JobVariants)
				return err
			})
			if !ok {
				break
			}
			if jobs++; job.Kind != JobRenew {
				t.Fatalf("a job to %s", job.Kind)
			}
			if err := c.MakeOld(t.Context(), job.Payload); err != nil {
				t.Fatal(err)
			}
		}
		if jobs != 2 {
			t.Errorf("%d jobs, want 2: the second goes on after the first", jobs)
		}
		for i, id := range old {
			m, err := s.Media(t.Context(), press.Itself, id)
			if err != nil || m.Ready() != (i > 0) || i > 0 && (len(m.Modern) != 1 || m.Source.Width != 30) {
				t.Errorf("picture %d: %+v, %v", i, m, err)
			}
		}
	})
}
