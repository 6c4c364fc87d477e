package filing

import (
	"bytes"
	"errors"
	"image"
	"io"
	"testing"

	"golang.org/x/image/webp"

	"bourgeon/kit/blob"
	"bourgeon/kit/picture/picturetest"
	"bourgeon/press"
	"bourgeon/store/storetest"
)

// A photograph of 12 megapixels, from a phone held upright, with the place where it was taken.
func TestPhotographOfAPhone(t *testing.T) {
	w := storetest.NewWorld(t, storetest.SQLite(t))
	site := w.Site("mag")
	draft(w, site, "secret", "", "")
	files := blob.Disk{Dir: t.TempDir()}
	c := &Cabinet{Store: w.Store, Now: w.Now, Files: files}
	// The sky, which is the brighter part, is at the left of what the sensor saw: upright, it is at the top.
	upright := picturetest.Photo(1500, 2000, 3)
	photo := picturetest.Camera(picturetest.Enlarged(picturetest.Lying(upright), 2), 6, 92)

	m, err := c.Keep(t.Context(), press.Viewer{}, site.ID, "secret", "IMG_0042.JPG", bytes.NewReader(photo))
	if err != nil {
		t.Fatal(err)
	}
	if m.Width != 880 || m.Height != 1173 || m.Source.Width != 1920 || m.Source.Height != 2560 {
		t.Errorf("at once: %d × %d, of %d × %d", m.Width, m.Height, m.Source.Width, m.Source.Height)
	}
	m = work(t, c, m.ID)
	if len(m.Modern) != 3 {
		t.Fatalf("%d widths", len(m.Modern))
	}
	for _, hash := range m.Files() {
		r, err := files.Open(t.Context(), hash)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		for _, secret := range [][]byte{[]byte(picturetest.Secret), picturetest.Latitude(), []byte("Exif")} {
			if bytes.Contains(data, secret) {
				t.Errorf("%s tells %q", hash, secret)
			}
		}
	}
	phone := m.Modern[1]
	if phone.Width != 880 || phone.Bytes >= 60_000 {
		t.Errorf("a phone loads %d bytes in %d px, want less than 60,000", phone.Bytes, phone.Width)
	}
	r, err := files.Open(t.Context(), phone.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	shown, err := webp.Decode(r)
	if err != nil {
		t.Fatal(err)
	}
	if top, bottom := light(shown, 0.1), light(shown, 0.9); top < bottom+30 {
		t.Errorf("light %d above, %d below: not the right side up", top, bottom)
	}
	t.Logf("%d bytes sent; a phone loads %d", len(photo), phone.Bytes)
}

// light is the mean of a row, at a part of the height.
func light(m image.Image, part float64) int {
	b := m.Bounds()
	y, sum := b.Min.Y+int(part*float64(b.Dy())), 0
	for x := b.Min.X; x < b.Max.X; x++ {
		_, g, _, _ := m.At(x, y).RGBA()
		sum += int(g >> 8)
	}
	return sum / b.Dx()
}
