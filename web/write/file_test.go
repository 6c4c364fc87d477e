package write_test

import (
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/web/walktest"
)

const attach = `#sheet button[value="upload:files"]`

// TestAttachments: a document and a recording come with the form, are described, and are read and heard below the text.
func TestAttachments(t *testing.T) {
	town := walktest.NewTown(t, func(s *press.Site) { s.Openness = press.Open })
	w := town.As(town.Member("Nolwenn Le Garrec", press.Contributor, town.Site.ID, ""))
	w.Go("/write/article")
	w.Press(attach, one("title", "La criée rouvre", "text", "Le premier samedi."),
		walktest.File{Field: "files-new", Name: "compte-rendu.txt", Data: []byte("%PDF-1.4\n%%EOF")}).Want(200).At("/draft/")
	title := w.Page.One(t, `input[name^="title-"]`)
	if title.Attr("value") != "compte-rendu" {
		t.Errorf("its title is proposed as %q", title.Attr("value"))
	}
	pdf := strings.TrimPrefix(title.Attr("name"), "title-")
	w.Press(attach, one("title-"+pdf, "Le compte rendu", "made-"+pdf, "self"),
		walktest.File{Field: "files-new", Name: "criee.bin", Data: []byte("ID3\x04\x00\x00\x00\x00\x00\x23 la mer")},
		walktest.File{Field: "files-new", Name: "page.pdf", Data: []byte("<html><script>1</script>")}).Want(422).Says("page.pdf")
	areas := w.Page.All(`textarea[name^="transcript-"]`)
	if len(areas) != 1 {
		t.Fatalf("%d transcripts asked for", len(areas))
	}
	sound := strings.TrimPrefix(areas[0].Attr("name"), "transcript-")
	w.Press(preview, one("transcript-"+sound, "On entend la **mer**.\nPuis rien.", "made-"+sound, "elsewhere", "origin-"+sound, "javascript:alert(1)")).Want(422)
	w.Press(preview, one("origin-"+sound, "https://example.org/son", "found-"+sound, "Dom")).Want(200).At("/draft/")
	w.Go(strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee") + "/sign")
	w.Press(submit, one("name", "Nolwenn Le Garrec", "charter", "1")).Want(200)
	w.Go("/article/la-criee-rouvre").Want(200).Says("Le compte rendu", "Document", "Nolwenn Le Garrec", "Dom")
	link := w.Page.One(t, `a[type="application/pdf"]`).Attr("href")
	if !strings.HasSuffix(link, "/le-compte-rendu.pdf") {
		t.Errorf("the document is at %s", link)
	}
	audio := w.Page.One(t, "audio[controls][preload=none]")
	if !strings.HasSuffix(audio.Attr("src"), "/criee.mp3") {
		t.Errorf("the recording is at %s", audio.Attr("src"))
	}
	if lines := w.Page.Texts("details.transcript p"); len(lines) != 2 || lines[0] != "On entend la **mer**." {
		t.Errorf("the transcript: %q", lines)
	}
	w.Go("/search?q=mer").Says("La criée rouvre")
}

// TestOwnPictureOfNobody: who signs without a name is named by no picture.
func TestOwnPictureOfNobody(t *testing.T) {
	town := walktest.NewTown(t, func(s *press.Site) { s.Openness = press.Open })
	w := town.As(town.Member("Nolwenn Le Garrec", press.Contributor, town.Site.ID, ""))
	w.Go("/write/article")
	w.Press(upload, one("title", "Une lettre", "text", "Des mots."), walktest.File{Field: "pictures-new", Name: "nolwenn.png", Data: drawing(t)}).Want(200)
	id := strings.TrimPrefix(w.Page.One(t, `input[name^="alt-"]`).Attr("name"), "alt-")
	w.Press(preview, one("made-"+id, "self", "alt-"+id, "Une fenêtre")).Want(200)
	w.Go(strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee") + "/sign")
	w.Press(submit, one("kind", "anonymous", "charter", "1")).Want(200)
	w = town.As(town.Member("Soraya Benali", press.Animator, town.Site.ID, ""))
	for _, path := range []string{"/article/une-lettre", "/article/une-lettre/history", "/article/une-lettre/source.md", "/desk/media", "/desk/media/" + id, "/desk/media?q=nolwenn"} {
		w.Go(path).Want(200)
		if strings.Contains(strings.ToLower(strings.ReplaceAll(w.Body, "q=nolwenn", "")), "nolwenn") && path != "/desk/media?q=nolwenn" {
			t.Errorf("%s names who signed nothing", path)
		}
	}
	if w.Page.Has(".album li") {
		t.Error("the name of the file leads to it")
	}
}

// TestCard: the address of a video becomes a card that loads nothing from elsewhere, and lets one service into a frame.
func TestCard(t *testing.T) {
	town := walktest.NewTown(t, func(s *press.Site) { s.Openness = press.Open })
	w := town.As(town.Member("Nolwenn Le Garrec", press.Contributor, town.Site.ID, ""))
	w.Go("/write/article")
	w.Press(preview, one("title", "Un film", "text", "Voici.\n\nhttps://youtu.be/dQw4w9WgXcQ\n\nhttps://tube.example.net/w/kkGMgK9ZtnKfYAgnEtQxbv\n\nFin.")).Want(200)
	w.Go(strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee") + "/sign")
	w.Press(submit, one("name", "Nolwenn Le Garrec", "charter", "1")).Want(200)
	w = town.Walker()
	for range 2 { // the second time from the cache
		w.Go("/article/un-film").Want(200).Says("YouTube", "tube.example.net")
		if policy := w.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; frame-src https://www.youtube-nocookie.com") {
			t.Errorf("the policy is %s", policy)
		}
		if w.Page.Has("iframe") || len(w.Page.All(".card")) != 2 || len(w.Page.All(".card button")) != 1 {
			t.Errorf("the page holds %s", w.Body)
		}
	}
	if link := w.Page.All(".card a")[0].Attr("href"); link != "https://youtu.be/dQw4w9WgXcQ" {
		t.Errorf("without a script, the card leads to %s", link)
	}
	w.Go("/feed.atom?full=1").Want(200)
	if !strings.Contains(w.Body, "https://youtu.be/dQw4w9WgXcQ") || strings.Contains(w.Body, "nocookie") {
		t.Errorf("the feed holds %s", w.Body)
	}
	w.Go("/").Want(200)
	if strings.Contains(w.Header.Get("Content-Security-Policy"), "frame-src") {
		t.Error("a page without a card lets frames in")
	}
}
