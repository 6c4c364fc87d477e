package stories_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/e2e/browser"
)

// broken makes the first request that sends a file break off.
const broken = `(() => {
	const send = XMLHttpRequest.prototype.send;
	let first = true;
	XMLHttpRequest.prototype.send = function (body) {
		if (first) setTimeout(() => this.abort());
		first = false;
		return send.call(this, body);
	};
	return true;
})()`

// given is a small picture given to an element, as a person pastes or drops one.
const given = `(async (selector, kind) => {
	const canvas = document.createElement("canvas");
	canvas.width = 300; canvas.height = kind === "paste" ? 200 : 210;
	canvas.getContext("2d").fillRect(20, 20, 90, 90);
	const data = new DataTransfer();
	data.items.add(new File([await new Promise(r => canvas.toBlob(r))], "image.png", { type: "image/png" }));
	const about = { bubbles: true, cancelable: true };
	document.querySelector(selector).dispatchEvent(kind === "paste"
		? new ClipboardEvent("paste", { ...about, clipboardData: data })
		: new DragEvent("drop", { ...about, dataTransfer: data }));
	return true;
})`

func do(t *testing.T, tab *browser.Tab, script string) {
	t.Helper()
	if _, err := browser.Evaluate[bool](tab, script); err != nil {
		t.Fatal(err)
	}
}

// TestPicturesFromAPhone: a photo leaves by itself and leaves again when the line breaks; one is pasted into the text, one
// is dropped; each is described, and all appear where they should.
func TestPicturesFromAPhone(t *testing.T) {
	n := open(t)
	animates := n.enter(animator)
	tab := n.someone()
	lend(t, tab, animates, n.base)
	tab.Size(360, 740)
	tab.Open(n.at("/write/article"))
	tab.Fill("[name=title]", "Un four à pain")
	do(t, tab, broken)
	tab.Upload("#pictures", picture(t, "four.jpg"))
	tab.See("Nouvel essai dans 1")
	tab.Await("[data-file]")
	tab.See("four.jpg est bien arrivé")
	tab.Fill("[name^=alt-]", "Un four en pierre")
	tab.Check("[id^=made-self-]")
	compose(tab, "Avant.")
	do(t, tab, given+`("#text", "paste")`)
	tab.Await("[data-file]:nth-child(2)")
	if text := tab.Value("[name=text]"); !strings.HasPrefix(text, "Avant.\n\n![](media:") {
		t.Errorf("the text is %q", text)
	}
	do(t, tab, given+`("[data-upload=pictures]", "drop")`)
	tab.Await("[data-file]:nth-child(3)")
	tab.Press("[data-file]:nth-child(3) button[value^='up:']")
	tab.See("Maintenant à la place 2 sur 3.")
	tab.Press("[data-file] button[value^='frame:']")
	tab.Fill("[name=left]", "50")
	tab.Check("#focus-1-1")
	inspect(t, tab)
	tab.Size(360, 740)
	tab.Press("button[value=save]")
	tab.Await("[data-file]")
	tab.Press("button[value=preview]")
	tab.Follow("main a.button[href*='/sign']")
	tab.Fill("[name=name]", "Sterenn")
	tab.Check("[name=charter]")
	tab.Press("main form .button")
	tab.Await("a[href*='un-four-a-pain']")
	tab.Open(n.at("/article/un-four-a-pain"))
	for selector, want := range map[string]int{".entry > .plate.wide img[alt='Un four en pierre']": 1, ".prose figure img": 1, ".gallery .plate": 1} {
		if got := tab.Count(selector); got != want {
			t.Errorf("%d of %s, want %d", got, selector, want)
		}
	}
	tab.See("Image : Sterenn")
	tab.Open(n.at("/desk/media"))
	if got := tab.Count(".album li"); got != 3 {
		t.Errorf("%d files in the library, want 3", got)
	}
	inspect(t, tab)
	tab.Follow(".album a")
	inspect(t, tab)
	silent(t, tab)
}

// TestAttachmentsAreHeard: a recording plays in the page and can be moved through; a document is a document.
func TestAttachmentsAreHeard(t *testing.T) {
	n := open(t)
	c := n.enter(animator)
	c.get(n.at("/write/article")).press(`button[value="upload:files"]`, fill{"title": {"La mer"}, "text": {"Écoutez.\n\nhttps://youtu.be/dQw4w9WgXcQ"}},
		file{"files-new", "mer.wav", wave()}, file{"files-new", "plan.pdf", []byte("%PDF-1.4\n%%EOF")}).want(http.StatusOK)
	tab := n.someone()
	lend(t, tab, c, n.base)
	tab.Open(c.url.String())
	inspect(t, tab)
	tab.Press("button[value=preview]")
	tab.Follow("main a.button[href*='/sign']")
	tab.Fill("[name=name]", "Sterenn")
	tab.Check("[name=charter]")
	tab.Press("main form .button")
	tab.Await("a[href*='la-mer']")
	reader := n.someone()
	reader.Open(n.at("/article/la-mer"))
	inspect(t, reader)
	lasts, err := browser.Evaluate[float64](reader, `new Promise((resolve, reject) => {
		const audio = document.querySelector("audio");
		audio.onerror = () => reject(audio.error.message);
		audio.onloadedmetadata = () => { audio.currentTime = 1; };
		audio.onseeked = () => resolve(audio.duration);
		audio.load(); audio.preload = "auto";
	})`)
	if err != nil || lasts != 2 {
		t.Errorf("the recording lasts %v s, %v", lasts, err)
	}
	if reader.Has("iframe") {
		t.Error("something is loaded before it is asked for")
	}
	silent(t, reader)
}

// wave is two seconds of silence: a WAV file of 8 bits, 8,000 samples a second.
func wave() []byte {
	const samples = 16_000
	head := "RIFF\xa4\x3e\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x80\x3e\x00\x00"
	return append([]byte(head), []byte(strings.Repeat("\x80", samples))...)
}
