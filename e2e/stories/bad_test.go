package stories_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
)

// attack is what somebody may type anywhere.
const attack = `<script>window.pwned=1</script><img src=x onerror="window.pwned=1"><svg onload=window.pwned=1> "'><b>`

// TestScriptsInEveryField: they are shown as typed, and never run.
func TestScriptsInEveryField(t *testing.T) {
	n := open(t)
	writer := n.someone()
	writer.Open(n.at("/write/article"))
	writer.Fill("[name=title]", "Titre "+attack)
	writer.Fill("[name=standfirst]", "Chapeau "+attack)
	writer.Fill("[name=text]", "Corps "+attack+"\n\n[lien](javascript:window.pwned=1) ![](javascript:window.pwned=1)")
	writer.Fill("[name=tags]", "mot <script>window.pwned=1</script>")
	add(writer, picture(t, "photo.jpg"))
	writer.Fill("[name^=alt-]", "Image "+attack)
	writer.Check("[id^=made-other-]")
	writer.Fill("[name^=credit-]", "Photo "+attack)
	writer.Fill("[name^=caption-]", "Légende "+attack)
	writer.Press("button[value=preview]")
	writer.See("Titre <script>")
	writer.Follow("main a.button[href*='/sign']")
	writer.Fill("[name=name]", "Yann <script>window.pwned=1</script>")
	writer.Fill("[name=email]", author)
	writer.Fill("[name=co_authors]", "Anna <script>window.pwned=1</script>")
	writer.Check("[name=charter]")
	writer.Press("main form .button")
	if strings.Contains(writer.URL(), "/sign") { // names of this kind may be refused, with a word about why
		t.Logf("signing says: %s", writer.Text("#errors"))
		writer.Fill("[name=co_authors]", "Anna")
		writer.Press("main form .button")
	}
	writer.Fill("[name=code]", code(t, n.mail(author, "Titre")))
	writer.Press("main form .button")
	writer.Open(n.at("/me"))
	writer.See("Titre <script>")

	animates := n.enter(animator)
	desk := n.someone()
	lend(t, desk, animates, n.base)
	desk.Open(n.at("/desk"))
	desk.See("Titre <script>")
	desk.Follow(".queue h2 a")
	desk.Press("#return > summary")
	desk.Fill("#return [name=note]", "Note "+attack)
	desk.Press("#return form > .acts .button")
	writer.Open(n.at("/me"))
	writer.See("Note <script>")
	writer.Follow(".slip a[href$='/edit']")
	writer.See("Note <script>")
	writer.Fill("[name=note]", "Changement "+attack)
	writer.Press("button[value=amend]")
	article := n.publish(animates, "Titre")

	reader := n.someone()
	reader.Open(article)
	for _, address := range []string{article, article + "/history", article + "/history/1", article + "/diff/1/2", n.at("/"), n.at("/authors"),
		n.at("/tags"), n.at("/archive"), n.at("/search?q=" + url.QueryEscape(attack)), n.base + "/", n.base + "/search?q=" + url.QueryEscape("titre "+attack),
		n.at("/signin?next=" + url.QueryEscape("javascript:window.pwned=1")), n.at("/article/" + url.PathEscape("<script>window.pwned=1</script>"))} {
		reader.Open(address)
		if reader.Has(`script:not([src],[type="application/ld+json"])`) {
			t.Errorf("%s holds a script", address)
		}
	}
	feed := n.visitor().get(n.at("/feed.atom?full=1"))
	if strings.Contains(feed.body, "<script") {
		t.Errorf("the feed holds a script:\n%s", feed.body)
	}
	silent(t, reader, "404")
	silent(t, desk)
	silent(t, writer, "422")
}

// TestTextsThatCantBeTaken: a clear word beside what was typed, which stays.
func TestTextsThatCantBeTaken(t *testing.T) {
	n := open(t)
	writer := n.someone()
	writer.Open(n.at("/write/article"))
	writer.Fill("[name=text]", "Un texte sans titre.")
	writer.Press("button[value=preview]")
	writer.Await("#errors a[href='#title']")
	writer.Await("#title-error")
	if got := writer.Value("[name=text]"); got != "Un texte sans titre." {
		t.Errorf("the text became %q", got)
	}

	long := strings.Repeat("Il était une fois un très long texte.\n\n", 2<<20/39)
	c := n.visitor()
	c.get(n.at("/write/article")).press("button[value=preview]", fill{"title": {"Un roman"}, "text": {long}})
	if c.status != http.StatusUnprocessableEntity && c.status != http.StatusRequestEntityTooLarge {
		t.Errorf("2 MB of text: %d", c.status)
	}
	if !c.page.Has("#errors") || !c.page.Has("#text-error") || strings.Count(c.body, "un très long texte") < 2<<20/39 {
		t.Errorf("2 MB of text: the page of %d bytes keeps %d sentences, and says %.300s", len(c.body), strings.Count(c.body, "un très long texte"), c.says())
	}
}

// TestPicturesThatCantBeTaken: each is refused by name, and the text is kept.
func TestPicturesThatCantBeTaken(t *testing.T) {
	n := open(t)
	whole := photograph(t)
	for name, data := range map[string][]byte{
		"bombe.png":     bomb(60_000, 60_000),
		"tronquee.jpg":  whole[:len(whole)/2],
		"script.jpg":    []byte("<script>window.pwned=1</script>"),
		"dessin.svg":    []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned=1</script></svg>`),
		"page.html.jpg": []byte("<!doctype html><title>x</title><script>1</script>"),
		"vide.jpg":      {},
	} {
		c := n.visitor()
		c.get(n.at("/write/article")).press("button[value=upload]", fill{"title": {"Avec " + name}, "text": {"Le texte."}}, file{"pictures-new", name, data})
		if c.status != http.StatusUnprocessableEntity || !strings.Contains(c.says(), name) || !c.page.Has("#pictures-error") {
			t.Errorf("%s: %d, %.400s", name, c.status, c.says())
		}
		if c.page.One(t, "#title").Attr("value") != "Avec "+name || c.page.Has("input[name=pictures]") {
			t.Errorf("%s: the form did not stay as it was", name)
		}
		c.get(c.url.String())
	}
}

// bomb is a PNG of a few bytes that says it is of a given size (PNG, 11.2.1).
func bomb(width, height uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		_ = binary.Write(&b, binary.BigEndian, uint32(len(data)))
		body := append([]byte(kind), data...)
		b.Write(body)
		_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x03, 0, 0, 0, 0, 1})
	chunk("IEND", nil)
	return b.Bytes()
}

// TestCodesAndLinks: wrong, expired and used ones.
func TestCodesAndLinks(t *testing.T) {
	n := open(t)
	c := n.visitor()
	write := func(title string) {
		t.Helper()
		c.get(n.at("/write/article")).press("button[value=preview]", fill{"title": {title}, "text": {"Le texte."}}).want(http.StatusOK)
		c.get(strings.Replace(c.url.String(), "/preview", "/sign", 1))
		c.press("main form button", fill{"name": {"Yann"}, "email": {author}, "charter": {"1"}}).want(http.StatusOK)
	}
	write("Le premier")
	mail := n.mail(author, "Le premier")
	right, wrong := code(t, mail), "000000"
	if right == wrong {
		wrong = "111111"
	}
	for i := range 8 {
		if !c.page.Has("[name=code]") {
			break
		}
		c.press("main form button", fill{"code": {wrong}})
		if !c.page.Has("#errors") || c.status < 400 {
			t.Fatalf("wrong code %d: %d, %s", i, c.status, c.says())
		}
	}
	if c.page.Has("[name=code]") {
		t.Error("one may try codes for ever")
	}
	c.press("button[name=again]", nil).want(http.StatusOK)
	c.press("main form button", fill{"code": {code(t, n.mail(author, "Le premier"))}}).want(http.StatusOK)
	c.get(n.at("/me")).want(http.StatusOK)
	if !strings.Contains(c.says(), "Le premier") {
		t.Errorf("after wrong codes the text is lost: %s", c.says())
	}

	c = n.visitor()
	write("Le second")
	late := link(t, n.mail(author, "Le second"), "/confirm/")
	n.sql(`update challenge set expires_at = created_at where used_at = $1`, 0)
	c.get(late)
	if c.status != http.StatusGone || !c.page.Has("a[href*=/signin]") || strings.Contains(c.body, "incident") {
		t.Errorf("an expired link: %d, %s", c.status, c.says())
	}
	n.signInWith(c, author)
	c.get(n.at("/me")).want(http.StatusOK)
	if !strings.Contains(c.says(), "Le second") {
		t.Errorf("after an expired link the text is lost: %s", c.says())
	}

	other := n.visitor()
	other.get(n.at("/signin")).press("main form button", fill{"email": {author}})
	once := link(t, n.mail(author, "Votre code"), "/confirm/")
	other.get(once).want(http.StatusOK).press("main form button", nil).want(http.StatusOK)
	third := n.visitor()
	if third.get(once); third.status != http.StatusGone || !third.page.Has("a[href*=/signin]") {
		t.Errorf("a used link: %d, %s", third.status, third.says())
	}
}

// TestSectionClosedMeanwhile: what was filed there still goes its way.
func TestSectionClosedMeanwhile(t *testing.T) {
	n := open(t)
	keeps := n.enter(steward)
	keeps.get(n.at("/desk/sections")).press("#new button", fill{"name": {"Vie du port"}}).want(http.StatusOK)
	section := n.sql(`select id from section where name = $1`, "Vie du port")
	c := n.visitor()
	c.get(n.at("/write/article"))
	stale := *c
	c.press("button[value=preview]", fill{"title": {"Au port"}, "text": {"Le texte."}, "section": {section}}).want(http.StatusOK)
	keeps.get(n.at("/desk/sections"))
	twice := *keeps
	keeps.press("form[action*=/close] button", nil).want(http.StatusOK)
	if twice.press("form[action*=/close] button", nil); twice.status >= 500 {
		t.Errorf("closing twice: %d", keeps.status)
	}
	c.get(strings.Replace(c.url.String(), "/preview", "/sign", 1))
	sign := fill{"name": {"Yann"}, "email": {author}, "charter": {"1"}}
	c.press("main form button", sign).want(http.StatusUnprocessableEntity)
	if !strings.Contains(c.says(), "Cette rubrique a été fermée") || c.page.One(t, "#email").Attr("value") != author {
		t.Errorf("signing says %s", c.says())
	}
	signing := c.url.String()
	c.get(strings.TrimSuffix(signing, "/sign")).press("button[value=preview]", fill{"section": {""}}).want(http.StatusOK)
	c.get(signing).press("main form button", sign).want(http.StatusOK)
	c.press("main form button", fill{"code": {code(t, n.mail(author, "Au port"))}}).want(http.StatusOK)
	n.publish(n.enter(animator), "Au port")
	if stale.press("button[value=preview]", fill{"title": {"Au port encore"}, "text": {"Le texte."}, "section": {section}}); stale.status >= 500 {
		t.Errorf("a form from before: %d, %s", stale.status, stale.says())
	}
}

// TestStaleForm: of two tabs on one draft, the second to save sees both texts.
func TestStaleForm(t *testing.T) {
	n := open(t)
	first := n.visitor()
	first.get(n.at("/write/article")).press("button[value=save]", fill{"title": {"Deux onglets"}, "text": {"Un."}}).want(http.StatusOK)
	second := *first
	first.press("button[value=save]", fill{"text": {"Le premier onglet."}}).want(http.StatusOK)
	second.press("button[value=save]", fill{"text": {"Le second onglet."}}).want(http.StatusConflict)
	for _, text := range []string{"premier", "second"} {
		if !strings.Contains(second.body, text) {
			t.Errorf("the page lacks the text of the %s tab: %s", text, second.says())
		}
	}
}

// TestMailServerOutOfReach: the page is clear, the text kept, and the mail leaves later.
func TestMailServerOutOfReach(t *testing.T) {
	n := open(t, "--smtp", "smtp://"+freePort(t), "--mail-from", "bourg@example.org")
	c := n.visitor()
	c.get(n.at("/write/article")).press("button[value=preview]", fill{"title": {"Sans courrier"}, "text": {"Le texte."}}).want(http.StatusOK)
	c.get(strings.Replace(c.url.String(), "/preview", "/sign", 1))
	c.press("main form button", fill{"name": {"Yann"}, "email": {author}, "charter": {"1"}}).want(http.StatusOK)
	if !c.page.Has("[name=code]") {
		t.Errorf("the page says %s", c.says())
	}
	eventually(t, func() string {
		if tried := n.sql(`select cast(max(attempts) as text) from job`); tried == "" || tried == "0" {
			return "the mail was not tried"
		}
		return ""
	})
	n.stop(syscall.SIGTERM)
	n.flags = nil // the mail server is back: here, the outbox
	n.sql(`update job set run_at = $1`, 1)
	n.start()
	t.Log(n.sql(`select group_concat(state || ' ' || run_at || ' ' || attempts || ' ' || last_error) from job`))
	c.press("main form button", fill{"code": {code(t, n.mail(author, "Sans courrier"))}}).want(http.StatusOK)
	c.get(n.at("/me")).want(http.StatusOK)
	if !strings.Contains(c.says(), "Sans courrier") {
		t.Errorf("the text is not among one's own: %s", c.says())
	}
}

// TestFormsFromElsewhereAreRefused, whatever the browser tells of where they come from.
func TestFormsFromElsewhereAreRefused(t *testing.T) {
	n := open(t)
	animates := n.enter(animator)
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://ailleurs.example"} {
		for _, path := range []string{"/signin", "/signout", "/write/article", "/desk/people/invite"} {
			r, err := http.NewRequest(http.MethodPost, n.at(path), strings.NewReader("email="+url.QueryEscape(author)))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(name, value)
			if animates.do(r); animates.status != http.StatusForbidden {
				t.Errorf("%s with %s: %s answered %d", path, name, value, animates.status)
			}
		}
	}
	animates.get(n.at("/desk")).want(http.StatusOK)
	if fmt.Sprint(animates.url) != n.at("/desk") {
		t.Errorf("the session ended: %s", animates.url)
	}
}
