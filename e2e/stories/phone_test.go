package stories_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"bourgeon/e2e/browser"
	"bourgeon/kit/picture/picturetest"
)

// On the page, the picture that the phone chose: where it came from, its size, its bytes, the light of its top and bottom.
const chosen = `(async () => {
	const img = document.querySelector("main .plate img");
	if (!img || !img.currentSrc) return null;
	await img.decode();
	const answer = await fetch(img.currentSrc);
	const body = await answer.blob();
	const canvas = document.createElement("canvas");
	canvas.width = 10; canvas.height = 10;
	const context = canvas.getContext("2d");
	context.drawImage(img, 0, 0, 10, 10);
	const light = y => context.getImageData(0, y, 10, 1).data.reduce((sum, v) => sum + v, 0);
	const file = await createImageBitmap(body);
	return {src: img.currentSrc, type: body.type, bytes: body.size, width: file.width, height: file.height, up: light(1) > light(8) + 1000,
		offered: (document.querySelector("main .plate source")?.srcset ?? "").split(",").filter(s => s.trim()).length};
})()`

type chosenPicture struct {
	Src, Type            string
	Bytes, Width, Height int
	Up                   bool
	Offered              int
}

// TestPhotographOnAPhone is a photograph of 12 megapixels, with the place where it was taken, from a phone to a phone.
func TestPhotographOnAPhone(t *testing.T) {
	n := open(t)
	upright := picturetest.Photo(1500, 2000, 3)
	path := filepath.Join(t.TempDir(), "IMG_0042.JPG")
	if err := os.WriteFile(path, picturetest.Camera(picturetest.Enlarged(picturetest.Lying(upright), 2), 6, 92), 0o600); err != nil {
		t.Fatal(err)
	}
	writes := n.someone()
	writes.Size(360, 740)
	writes.Open(n.at("/write/article"))
	writes.Fill("[name=title]", "La digue au matin")
	compose(writes, "La mer était haute.")
	add(writes, path)
	writes.Fill("[name^=alt-]", "La digue, vue du phare")
	writes.Press("button[value=preview]")
	writes.Follow("main a.button[href*='/sign']")
	writes.Fill("[name=name]", "Yann Le Fournil")
	writes.Fill("[name=email]", author)
	writes.Check("[name=charter]")
	writes.Press("main form .button")
	writes.Fill("[name=code]", code(t, n.mail(author, "La digue")))
	writes.Press("main form .button")
	writes.Await("a[href$='/me']")
	address := n.publish(n.enter(animator), "La digue au matin")

	reads := n.someone()
	reads.Size(360, 740)
	if _, err := browser.Call(reads, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: 360, Height: 740, DeviceScaleFactor: 3, Mobile: true,
	}); err != nil {
		t.Fatal(err)
	}
	var got chosenPicture
	eventually(t, func() string {
		reads.Open(address)
		var err error
		if got, err = browser.Evaluate[chosenPicture](reads, chosen); err != nil {
			return err.Error()
		}
		if got.Type != "image/webp" {
			return "the phone still shows " + got.Src
		}
		return ""
	})
	if got.Bytes >= 60_000 || got.Width != 880 || got.Height != 1173 || !got.Up || got.Offered != 3 {
		t.Errorf("the phone shows %+v", got)
	}
	t.Logf("the phone loads %d bytes", got.Bytes)

	c := n.visitor()
	file := c.get(got.Src).want(http.StatusOK).body
	if strings.Contains(file, picturetest.Secret) || strings.Contains(file, string(picturetest.Latitude())) || strings.Contains(file, "EXIF") {
		t.Error("the picture tells where it was taken")
	}
	if stored, err := filepath.Glob(filepath.Join(n.data, "media", "*", "*", "*")); err != nil || len(stored) < 6 {
		t.Errorf("files %v, %v", stored, err)
	} else {
		for _, name := range stored {
			if data, err := os.ReadFile(name); err != nil || strings.Contains(string(data), picturetest.Secret) {
				t.Errorf("%s tells where the picture was taken, %v", name, err)
			}
		}
	}
}
