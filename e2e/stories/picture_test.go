package stories_test

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"bourgeon/e2e/browser"
)

// picture draws a photograph's stand-in and returns its file.
func picture(t testing.TB, name string) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for y := range 600 {
		for x := range 900 {
			m.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 3), 120, 255})
		}
	}
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(f, m, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// add sends a picture from the writing form: by itself where there is a script, with the form where there is none.
func add(tab *browser.Tab, path string) {
	tab.Upload("#pictures", path)
	if tab.Count("form.scripted") == 0 {
		tab.Press("button[value=upload]")
	}
	tab.Await("[name^=alt-]")
}

func photograph(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(picture(t, "photo.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
