package write_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

type fill = walktest.Fill

func one(pairs ...string) fill {
	f := fill{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f[pairs[i]] = []string{pairs[i+1]}
	}
	return f
}

const (
	save    = "#sheet button[value=save]"
	upload  = "#sheet button[value=upload]"
	preview = "#sheet button[value=preview]"
	amend   = "#sheet button[value=amend]"
	submit  = "main form .acts button"
	nolwenn = "nolwenn@criee.example"
)

func drawing(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for x := range 60 {
		m.Set(x, 20, color.RGBA{200, 80, 40, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestNewcomer is the whole path of somebody who was never here, without JavaScript.
func TestNewcomer(t *testing.T) {
	town := walktest.NewTown(t)
	port := town.Section(town.Site, "Vie du port")
	town.Member("Soraya Benali", press.Animator, town.Site.ID, "")
	w := town.Walker()

	w.Go("/write").Want(200)
	if doors := w.Page.Texts(".doors h2"); len(doors) != 2 {
		t.Fatalf("doors: %q", doors)
	}
	w.Go("/write/article").Want(200)
	for _, id := range []string{"title", "standfirst", "text", "pictures", "section", "tags"} {
		if !w.Page.Has(`label[for="`+id+`"]`) || !w.Page.Has("#"+id) {
			t.Errorf("no question %s", id)
		}
	}

	w.Press(upload, one("title", "La criée rouvre", "text", "Le premier samedi, nous étions neuf.", "tags", "pêche, port", "section", string(port.ID)),
		walktest.File{Field: "pictures-new", Name: "port.png", Data: drawing(t)}).Want(200).At("/draft/")
	secret := w.Path
	if w.Header.Get("Referrer-Policy") != "same-origin" || !strings.Contains(w.Header.Get("X-Robots-Tag"), "noindex") {
		t.Errorf("the draft's address is not kept private: %v", w.Header)
	}
	alt := w.Page.One(t, `input[name^="alt-"]`).Attr("name")
	id := strings.TrimPrefix(alt, "alt-")
	w.Press(preview, one(alt, "Un voilier rouge", "credit-"+id, "Rozenn Kerjean")).Want(200).At("/draft/").Says("La criée rouvre", "nous étions neuf", "Rozenn Kerjean")
	if !w.Page.Has(`.plate img[alt="Un voilier rouge"]`) || !w.Page.Has(".prose p") {
		t.Errorf("the preview lacks its picture or text: %s", w.Body)
	}

	w.Go(strings.TrimPrefix(secret, "/la-criee") + "/sign").Want(200)
	if got := w.Page.One(t, `input[name=licence][checked]`).Attr("value"); got != "CC-BY-SA-4.0" {
		t.Errorf("licence chosen: %s", got)
	}
	w.Press(submit, one("name", "Nolwenn Le Garrec", "email", "nolwenn")).Want(422)
	for _, field := range []string{"email", "charter"} {
		if !w.Page.Has("#" + field + "-error") {
			t.Errorf("no fault beside %s", field)
		}
	}
	if got := w.Page.One(t, "#name").Attr("value"); got != "Nolwenn Le Garrec" {
		t.Errorf("the name typed is lost: %q", got)
	}
	w.Press(submit, one("email", nolwenn, "charter", "1", "licence", "CC-BY-4.0")).Want(200).At("/challenge/").Says(nolwenn)
	if w.SignedIn() {
		t.Error("signed in before the address is proved")
	}

	mail := town.LastMail(nolwenn)
	w.Press(submit, one("code", "000000x")).Want(422).Says("4")
	w.Press(submit, one("code", mail.Data["code"])).Want(200).At("/me/thanks").Says("Soraya Benali")
	if !w.SignedIn() {
		t.Error("not signed in after the code")
	}
	w.Go("/me").Want(200).Says("La criée rouvre")

	all, err := town.Store.Entries(t.Context(), press.Itself, store.Selection{Statuses: []press.Status{press.Proposed}, Body: true})
	if err != nil || len(all.Entries) != 1 {
		t.Fatalf("proposed: %v %v", all.Entries, err)
	}
	e := all.Entries[0]
	if e.Licence != "CC-BY-4.0" || e.Section != port.ID || len(e.Tags) != 2 || e.Authors()[0].Name != "Nolwenn Le Garrec" || len(e.Pictures) != 1 {
		t.Errorf("entry: %+v", e)
	}
	if e.Pictures[0].Credit != "Rozenn Kerjean" {
		t.Errorf("picture: %+v", e.Pictures[0])
	}
}

func TestNothingIsKeptBeforeTheFirstWord(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article")
	w.Press(preview, nil).Want(422)
	if !w.Page.Has("#title-error") || !w.Page.Has("#errors a[href=\"#title\"]") || !w.Page.Has(`form[action="/la-criee/write/article"]`) {
		t.Errorf("empty form: %s", w.Body)
	}
}

func TestEmptyTitleKeepsTheText(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article").Press(preview, one("text", "Un texte sans titre.")).Want(422)
	if !w.Page.Has("#title-error") || !strings.Contains(w.Page.One(t, "textarea#text").Text(), "sans titre") {
		t.Fatalf("%s", w.Body)
	}
	w.Press(preview, one("title", "Un titre")).Want(200).Says("Un titre", "sans titre")
}

func TestTwoMegabytesAreKeptAndTold(t *testing.T) {
	town := walktest.NewTown(t)
	novel := strings.Repeat("Il était une fois la mer. ", 2<<20/26)
	w := town.Walker().Go("/write/article").Press(preview, one("title", "Un roman", "text", novel)).Want(422)
	if !w.Page.Has("#text-error") || len(w.Page.One(t, "textarea#text").Text()) < len(novel)-2 {
		t.Fatalf("the novel is lost, or nothing is said")
	}
	w.Press(save, nil).Want(200)
	if len(w.Page.One(t, "textarea#text").Text()) < len(novel)-2 {
		t.Fatal("the novel was not kept")
	}
}

func TestScriptInEveryField(t *testing.T) {
	town := walktest.NewTown(t)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	check := func(w *walktest.Walker) {
		t.Helper()
		for _, s := range w.Page.All("script") {
			if s.Attr("src") == "" {
				t.Errorf("%s: a script came through", w.Path)
			}
		}
		if w.Page.Has("img[onerror]") {
			t.Errorf("%s: a handler came through", w.Path)
		}
	}
	w := town.Walker().Go("/write/article").Press(upload, one("title", evil, "standfirst", evil, "text", evil+"\n\n[x](javascript:alert(3))", "tags", evil),
		walktest.File{Field: "pictures-new", Name: evil + ".png", Data: drawing(t)})
	check(w)
	alt := w.Page.One(t, `input[name^="alt-"]`).Attr("name")
	id := strings.TrimPrefix(alt, "alt-")
	w.Press(preview, one(alt, evil, "credit-"+id, evil, "caption-"+id, evil)).Want(422)
	check(w)
	if !w.Page.Has("#tags-error") {
		t.Error("nothing says that the keyword is too long")
	}
	w.Press(preview, one("tags", evil[:40])).Want(200)
	check(w)
	if w.Page.Has(`a[href^="javascript:"]`) {
		t.Error("a javascript: link came through")
	}
	w.Go(strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee")+"/sign").
		Press(submit, one("name", evil, "co_authors", evil, "email", "evil@example.org", "charter", "1", "source_kind", "taken-up",
			"source_title", evil, "source_url", evil)).Want(422)
	check(w)
	w.Press(submit, one("co_authors", "Yann "+evil[:10], "source_url", "https://example.org/"+evil)).Want(422)
	check(w)
	w.Press(submit, one("co_authors", "")).Want(200)
	check(w)
	w.Press(submit, one("code", town.LastMail("evil@example.org").Data["code"])).At("/me/thanks")
	check(w)
	w.Go("/me")
	check(w)
}

func TestRefusedPicturesLoseNothing(t *testing.T) {
	town := walktest.NewTown(t)
	for name, data := range map[string][]byte{
		"notes.png": []byte("pas une image"),
		"bombe.png": bomb(t),
		"lourd.png": bytes.Repeat([]byte{7}, 26_000_000),
		"vide.png":  {},
		"carte.jpg": []byte("<!doctype html><script>alert(document.cookie)</script>"),
		"coupe.png": drawing(t)[:80],
	} {
		w := town.Walker().Go("/write/article")
		w.Press(preview, one("title", "Un titre", "text", "Tout ce texte."),
			walktest.File{Field: "pictures-new", Name: "bonne.png", Data: drawing(t)},
			walktest.File{Field: "pictures-new", Name: name, Data: data})
		if w.Status != 422 || !w.Page.Has("#pictures-error") || !strings.Contains(w.Page.One(t, "#pictures-error").Text(), name) {
			t.Fatalf("%s: %d %s", name, w.Status, w.Page.Texts("main"))
		}
		if !strings.Contains(w.Page.One(t, "textarea#text").Text(), "Tout ce texte") || len(w.Page.All(`input[name^="alt-"]`)) != 1 {
			t.Errorf("%s: the text or the good picture is lost", name)
		}
		w.Press(preview, nil).Want(200).Says("Tout ce texte")
	}
}

// bomb is a small file that says it holds 60,000 by 60,000 pixels.
func bomb(t *testing.T) []byte {
	b := drawing(t)
	copy(b[16:24], []byte{0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60})
	return b
}

func TestSectionClosedMeanwhile(t *testing.T) {
	town := walktest.NewTown(t)
	port := town.Section(town.Site, "Vie du port")
	w := town.Walker().Go("/write/article").Press(preview, one("title", "Un titre", "text", "Un texte.", "section", string(port.ID))).Want(200)
	port.ClosedAt = town.At
	town.Write(func(tx *store.Tx) error { return tx.SaveSection(t.Context(), port) })
	draft := strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee")
	w.Go(draft+"/sign").Press(submit, one("name", "N", "email", nolwenn, "charter", "1")).Want(422).Says("rubrique")
	w.Go(draft).Want(200)
	if !strings.Contains(w.Page.One(t, "textarea#text").Text(), "Un texte.") {
		t.Error("the text is lost")
	}
}

func TestStaleVersionLeadsToBothTexts(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article").Press(save, one("title", "Un titre", "text", "Nous étions neuf.\n\nIl pleuvait.")).Want(200)
	draft := strings.TrimPrefix(w.Path, "/la-criee")
	other := town.Walker().Go(draft)
	other.Press(save, one("text", "Nous étions une dizaine.\n\nIl pleuvait.")).Want(200)
	w.Press(save, one("text", "Nous étions neuf, en comptant le chien.\n\nIl pleuvait.")).Want(409).Says("une dizaine", "le chien")
	whole := w.Page.One(t, ".whole textarea#text").Text()
	if !strings.Contains(whole, "une dizaine") || !strings.Contains(whole, "le chien") || strings.Count(whole, "Il pleuvait") != 1 {
		t.Errorf("merged: %q", whole)
	}
	w.Press("button[value=mine]", nil).Want(200)
	if whole := w.Page.One(t, ".whole textarea#text").Text(); strings.Contains(whole, "dizaine") {
		t.Errorf("begun from mine: %q", whole)
	}
	w.Press(".whole button", one("text", "Nous étions dix, en comptant le chien.")).Want(200).At("/draft/")
	if got := w.Page.One(t, "textarea#text").Text(); got != "Nous étions dix, en comptant le chien." {
		t.Errorf("kept: %q", got)
	}
}

func TestClosedAndMembersOnlySites(t *testing.T) {
	town := walktest.NewTown(t, func(s *press.Site) { s.Openness = press.Members })
	w := town.Walker().Go("/write").Want(200)
	if !w.Page.Has(".notice.plain") {
		t.Error("nothing says that only members write")
	}
	w.Go("/write/article").Press(preview, one("title", "Un titre", "text", "Un texte."))
	draft := strings.TrimPrefix(strings.TrimSuffix(w.Path, "/preview"), "/la-criee")
	w.Go(draft+"/sign").Press(submit, one("name", "N", "email", nolwenn, "charter", "1")).Want(403)
	if got := w.Page.One(t, "#email").Attr("value"); got != nolwenn {
		t.Error("what was typed is lost")
	}

	town.Site.ClosedAt = town.At
	town.Write(func(tx *store.Tx) error { return tx.UpdateSite(t.Context(), town.Site) })
	if w.Go("/write/article"); w.Status != http.StatusGone && w.Status != http.StatusNotFound {
		t.Errorf("a closed site answers %d", w.Status)
	}
}

func TestForeignAndUnknown(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker()
	w.Go("/write/poem").Want(404)
	w.Go("/write/page").Want(404)
	w.Go("/draft/none").Want(404)
	owner, stranger := town.As(town.Viewer(town.Person("Nolwenn"))), town.As(town.Viewer(town.Person("Youenn")))
	owner.Go("/write/article").Press(save, one("title", "À moi")).Want(200)
	stranger.Go(strings.TrimPrefix(owner.Path, "/la-criee")).Want(404)
	// Whoever isn't signed in may be the owner, whose session ended.
	mine := strings.TrimPrefix(owner.Path, "/la-criee")
	if w.Go(mine).At("/signin"); strings.Contains(w.Body, "À moi") {
		t.Error("a stranger reads the draft")
	}

	owner.Origin = "cross-site"
	owner.Press(save, one("title", "Volé")).Want(403)
}

// TestSessionEndedWhileWriting: what was typed stands in the page that says so, and nothing of the draft is told.
func TestSessionEndedWhileWriting(t *testing.T) {
	town := walktest.NewTown(t)
	owner, w := town.As(town.Viewer(town.Person("Nolwenn"))), town.Walker()
	owner.Go("/write/article").Press(save, one("title", "À moi", "text", "Un secret.")).Want(200)
	address, _, _ := strings.Cut(owner.Path, "?")
	w.Send(address, url.Values{"title": {"À moi, et plus long"}, "version": {"1"}, "do": {"save"}}, false).Want(403)
	if got := w.Page.One(t, "#title").Attr("value"); got != "À moi, et plus long" {
		t.Errorf("the title is %q", got)
	}
	if strings.Contains(w.Body, "Un secret") {
		t.Error("what was kept is told to someone unknown")
	}
	w.Send(address+"/autosave", url.Values{"title": {"À moi, et plus long"}, "version": {"1"}}, false).Want(401)
	if !strings.Contains(w.Body, "gardé sur cet appareil") {
		t.Errorf("the script is told %s", w.Body)
	}
	again := owner.Go(strings.TrimPrefix(address, "/la-criee")).Want(200)
	if got := again.Page.One(t, "#title").Attr("value"); got != "À moi" {
		t.Errorf("the draft became %q", got)
	}
}

// TestTheNextSignatureBeginsWithTheFirst: who is signed in without a name signs, and is asked no more.
func TestTheNextSignatureBeginsWithTheFirst(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.As(town.Viewer(town.Person("")))
	for _, asked := range []string{"", "Odile Tanguy"} {
		w.Go("/write/article").Press(preview, one("title", "Le banc bleu", "text", "Il est usé.")).Want(200)
		w.Go(strings.TrimSuffix(strings.TrimPrefix(w.Path, "/la-criee"), "/preview") + "/sign").Want(200)
		if got := w.Page.One(t, "[name=name]").Attr("value"); got != asked {
			t.Errorf("the form proposes %q, not %q", got, asked)
		}
		w.Press(submit, one("name", "Odile Tanguy", "charter", "1")).Want(200).At("/me/thanks")
	}
}
