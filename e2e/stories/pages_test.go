package stories_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"bourgeon/e2e/axe"
	"bourgeon/e2e/browser"
)

// overflowing lists what makes a page wider than the window.
const overflowing = `(() => {
	const across = document.documentElement.clientWidth; // innerWidth grows with what overflows on a phone
	const wide = document.documentElement.scrollWidth;
	if (wide <= across) return [];
	return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > across + 1)
		.slice(0, 5).map(e => e.cloneNode(false).outerHTML.slice(0, 120) + " ends at " + Math.round(e.getBoundingClientRect().right) + " of " + across);
})()`

// small lists targets under 24 × 24 CSS pixels (WCAG 2.2, 2.5.8) that are neither words in a sentence nor well apart
// from others.
const small = `(() => {
	const seen = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".trap,[aria-hidden=true]") && e.tabIndex >= 0;
	const targets = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")].filter(seen);
	const boxOf = e => {
		const boxes = [e, ...(e.labels ?? [])].map(x => x.getBoundingClientRect()).filter(b => b.width > 1);
		return boxes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
	};
	const boxes = new Map(targets.map(e => [e, boxOf(e)]).filter(([, b]) => b));
	const words = e => (e.innerText ?? e.textContent).trim(); // a drawing has no innerText
	const inSentence = e => getComputedStyle(e).display === "inline" && words(e.parentElement) !== words(e);
	const alone = (e, b) => {
		const x = b.left + b.width / 2, y = b.top + b.height / 2;
		for (const [other, o] of boxes) {
			if (other === e) continue;
			const dx = Math.max(o.left - x, 0, x - o.right), dy = Math.max(o.top - y, 0, y - o.bottom);
			if (Math.hypot(dx, dy) < 12) return false;
		}
		return true;
	};
	return [...boxes].filter(([e, b]) => (b.width < 23.5 || b.height < 23.5) && b.right > 0 && !inSentence(e) && !alone(e, b))
		.slice(0, 8).map(([e, b]) => e.cloneNode(true).outerHTML.slice(0, 140) + " is " + Math.round(b.width) + "×" + Math.round(b.height));
})()`

// inspect looks at the page as it is shown, on a phone and on a screen, in light and dark.
func inspect(t *testing.T, tab *browser.Tab) {
	t.Helper()
	for _, dark := range []bool{false, true} {
		tab.Light()
		if dark {
			tab.Dark()
		}
		for _, width := range []int{360, 1280} {
			tab.Size(width, 800)
			violations, err := axe.Run(tab, axe.Rules()...)
			if err != nil {
				t.Fatalf("axe: %v", err)
			}
			if len(violations) > 0 {
				t.Errorf("%s at %d px, dark %v:\n%s", tab.URL(), width, dark, axe.Describe(violations))
			}
		}
	}
	tab.Light()
	for what, question := range map[string]string{"is wider than 320 px": overflowing, "has small targets": small} {
		tab.Size(320, 640)
		found, err := browser.Evaluate[[]string](tab, question)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			t.Errorf("%s %s:\n  %s", tab.URL(), what, strings.Join(found, "\n  "))
		}
	}
	tab.Size(1280, 900)
}

// TestEveryKindOfPage holds that no rule of accessibility that a machine can check is broken, that nothing is wider than a
// small phone, that targets are large enough, and that the browser complains of nothing.
func TestEveryKindOfPage(t *testing.T) {
	n := open(t)
	article := n.fillSite()
	writes, animates, keeps := n.visitor(), n.enter(animator), n.enter(steward)
	n.propose(writes, "azenor@example.org", contribution{title: "Un texte qui attend", text: "## Un titre\n\n- une liste\n- de deux\n\n> Une citation\n\n| Quand | Quoi |\n|---|---|\n| mardi | marché |", tags: "attente", picture: photograph(t)})
	animates.get(n.at("/desk")).want(http.StatusOK)
	waiting := animates.resolve(linkTo(t, animates.page, "Un texte qui attend"))
	n.propose(n.visitor(), "returned@example.org", contribution{title: "Un texte rendu", text: "Trop court."})
	animates.get(n.at("/desk")).want(http.StatusOK)
	animates.get(animates.resolve(linkTo(t, animates.page, "Un texte rendu")))
	animates.press("#return .acts .button", fill{"note": {"Dites-en plus."}})

	see := func(tab *browser.Tab, what, address string, expected ...string) {
		t.Run(what, func(t *testing.T) {
			before := len(tab.Complaints())
			tab.Open(address)
			inspect(t, tab)
		complaints:
			for _, said := range tab.Complaints()[before:] {
				for _, known := range expected {
					if strings.Contains(said, known) {
						continue complaints
					}
				}
				t.Errorf("the console said %q", said)
			}
		})
	}

	reader := n.someone()
	for what, path := range map[string]string{
		"portal": "/", "sites": "/sites", "portal search": "/search?q=criée", "portal about": "/about", "portal accessibility": "/accessibility", "portal write": "/write", "for programs": "/api/v1/",
		"front": "/bourg/", "form list": "/bourg/article/", "section": "/bourg/section/vie-du-port", "tags": "/bourg/tags",
		"tag": "/bourg/tag/port", "authors": "/bourg/authors", "archive": "/bourg/archive", "search": "/bourg/search?q=criée",
		"empty search": "/bourg/search?q=xylophone", "filtered search": "/bourg/search?q=port&language=fr", "blank search": "/search", "about": "/bourg/about", "charter": "/bourg/charter", "licence": "/bourg/licence",
		"journal": "/bourg/journal", "accessibility": "/bourg/accessibility", "write": "/bourg/write", "blank form": "/bourg/write/article",
		"sign in": "/bourg/signin", "feeds": "/bourg/feeds", "portal feeds": "/feeds", "feeds of a section": "/bourg/feeds?section=vie-du-port",
	} {
		see(reader, what, n.base+path)
	}
	writes.get(n.at("/authors")).want(http.StatusOK)
	see(reader, "author", writes.resolve(linkTo(t, writes.page, "Yann Le Fournil")))
	for what, path := range map[string]string{"article": "", "history": "/history", "version": "/history/1", "diff": "/diff/1/2", "reuse": "/reuse", "card": "/embed", "translate": "/translate"} {
		see(reader, what, article+path)
	}
	see(reader, "not found", n.at("/article/rien"), "404")
	see(reader, "expired link", n.at("/confirm/never"), "410")

	// The way of writing, with what each page says when something is missing.
	reader.Open(n.at("/write/article"))
	reader.Press("button[value=preview]")
	t.Run("form with errors", func(t *testing.T) { inspect(t, reader) })
	reader.Fill("[name=title]", "Un essai")
	compose(reader, "Quelques mots pour commencer, et d’autres pour la suite.")
	add(reader, picture(t, "photo.jpg"))
	t.Run("form with a picture", func(t *testing.T) { inspect(t, reader) })
	reader.Press("#advice > summary")
	reader.See("Votre titre est court")
	reader.Press("#advice details > summary")
	t.Run("form with advice", func(t *testing.T) { inspect(t, reader) })
	reader.Press(".acts button[value=save]")
	reader.Press("#ask > summary")
	reader.Check("[name=who][value=person]")
	reader.Fill("[name=reader]", "nolwenn@example.org")
	t.Run("asking to read over", func(t *testing.T) { inspect(t, reader) })
	reader.Press("#ask form.form .button")
	proof := n.someone()
	proof.Open(link(t, n.mail("nolwenn@example.org", "Un essai"), "/proofread/"))
	proof.Press("#passage-1 summary")
	t.Run("reading over", func(t *testing.T) { inspect(t, proof) })
	proof.Press("#passage-1 .button")
	t.Run("reading over, with errors", func(t *testing.T) { inspect(t, proof) })
	proof.Fill("#instead-1", "Quelques mots de plus.")
	proof.Press("#passage-1 .button")
	silent(t, proof, "422")
	see(reader, "form with remarks", reader.URL())
	compose(reader, "Mots.")
	reader.Press(".acts button[value=save]")
	reader.Follow("a[href$='/states']")
	t.Run("earlier states", func(t *testing.T) { inspect(t, reader) })
	reader.Follow("ol.rows a")
	reader.Await("section[aria-labelledby=then] .diff del")
	t.Run("an earlier state", func(t *testing.T) { inspect(t, reader) })
	reader.Press("main form .button")
	if got := reader.Value("[name=text]"); !strings.HasPrefix(got, "Quelques mots") {
		t.Errorf("going back gives %q", got)
	}
	reader.Press("button[value=preview]")
	t.Run("preview", func(t *testing.T) { inspect(t, reader) })
	reader.Follow("main a.button[href*='/sign']")
	t.Run("sign", func(t *testing.T) { inspect(t, reader) })
	reader.Press("main form .button")
	t.Run("sign with errors", func(t *testing.T) { inspect(t, reader) })
	reader.Fill("[name=name]", "Une Autre")
	reader.Fill("[name=email]", "autre@example.org")
	reader.Check("[name=charter]")
	reader.Press("main form .button")
	t.Run("code", func(t *testing.T) { inspect(t, reader) })
	reader.Fill("[name=code]", "000000")
	reader.Press("main form .button")
	t.Run("wrong code", func(t *testing.T) { inspect(t, reader) })
	mailed := link(t, n.mail("autre@example.org", "Un essai"), "/confirm/")
	reader.Open(mailed)
	t.Run("confirm", func(t *testing.T) { inspect(t, reader) })
	reader.Press("main form .button")
	t.Run("thanks", func(t *testing.T) { inspect(t, reader) })
	see(reader, "my texts", n.at("/me"))
	see(reader, "access tokens", n.at("/me/tokens"))
	reader.Press("main form.form .button")
	t.Run("access tokens with errors", func(t *testing.T) { inspect(t, reader) })
	reader.Fill("[name=name]", "La lettre")
	reader.Check("[name=scope-read]")
	reader.Press("main form.form .button")
	t.Run("a token just made", func(t *testing.T) { inspect(t, reader) })
	silent(t, reader, "404", "410", "422")

	// What is wrong, and what becomes of it.
	reader.Open(article)
	reader.Follow("Signaler")
	t.Run("report", func(t *testing.T) { inspect(t, reader) })
	reader.Press("main form .button")
	t.Run("report with errors", func(t *testing.T) { inspect(t, reader) })
	reader.Check("[name=reason][value=danger]")
	reader.Check("[name=faith]")
	reader.Press("main form .button")
	followed := reader.URL()
	t.Run("report sent", func(t *testing.T) { inspect(t, reader) })
	silent(t, reader, "404", "410", "422")

	desk := n.someone()
	lend(t, desk, animates, n.base)
	see(desk, "reports", n.at("/desk/reports"))
	desk.Follow(".slip h2 a")
	desk.Press("#off > summary")
	t.Run("desk report, taking off", func(t *testing.T) { inspect(t, desk) })
	desk.Press("#left > summary")
	desk.Press("#left form > .acts .button")
	reported := desk.URL()
	t.Run("desk report, decided", func(t *testing.T) { inspect(t, desk) })
	see(reader, "report decided", followed)
	reader.Fill("#appeal [name=words]", "Relisez le troisième paragraphe.")
	reader.Press("#appeal .button")
	see(reader, "report figures", n.at("/journal/reports"))
	for what, path := range map[string]string{"desk": "/desk", "published": "/desk/published", "bin": "/desk/bin", "desk journal": "/desk/journal", "people": "/desk/people"} {
		see(desk, what, n.at(path))
	}
	see(desk, "desk entry", waiting)
	see(desk, "margin of a proposal", waiting+"/margin")
	desk.Press("#passage-1 summary")
	desk.Fill("#instead-1", "Un autre titre.")
	desk.Press("#passage-1 .button")
	t.Run("margin with a remark", func(t *testing.T) { inspect(t, desk) })
	desk.Open(waiting)
	desk.Press("#return > summary")
	t.Run("desk entry, returning", func(t *testing.T) { inspect(t, desk) })
	see(desk, "edit", article+"/edit")
	see(desk, "forbidden", n.at("/desk/site"), "403")
	silent(t, desk, "403")

	authors := n.someone()
	n.signIn(authors, author)
	see(authors, "withdraw", article+"/withdraw")

	// What is said under texts, and what waits at the desk.
	authors.Open(article)
	authors.Fill("#say", "J’y étais, *au fond*.\n\n- un\n- deux")
	authors.Press("button[value=post]")
	authors.Await("ol.said article")
	t.Run("article with a comment", func(t *testing.T) { inspect(t, authors) })
	see(authors, "my comments", n.at("/me/comments"))
	authors.Follow("a[href$='/edit']")
	t.Run("change a comment", func(t *testing.T) { inspect(t, authors) })
	talks := n.someone()
	see(talks, "conversations", n.at("/talk"))
	talks.Follow("main h2 a")
	talks.Follow("a[href$='/reply']")
	t.Run("answer a comment", func(t *testing.T) { inspect(t, talks) })
	talks.Press("button[value=post]")
	t.Run("answer with errors", func(t *testing.T) { inspect(t, talks) })
	talks.Fill("[name=text]", "Moi aussi.")
	talks.Fill("[name=name]", "Une Voisine")
	talks.Fill("[name=email]", "voisine@example.org")
	talks.Press("button[value=post]")
	talks.Open(link(t, n.mail("voisine@example.org", "Confirmez votre commentaire"), "/confirm/"))
	t.Run("confirm a comment", func(t *testing.T) { inspect(t, talks) })
	talks.Press("main form .button")
	talks.Await(".notice")
	silent(t, talks, "422")
	see(talks, "leave a talk", n.at("/talk/leave/"+n.sql(`select token from talk_follow where following limit 1`)))
	talks.Press("main form .button")
	t.Run("a talk left", func(t *testing.T) { inspect(t, talks) })
	see(desk, "comments", n.at("/desk/talk"))
	desk.Follow(".slip .acts a.grave")
	t.Run("refuse a comment", func(t *testing.T) { inspect(t, desk) })
	silent(t, authors)

	stewards := n.someone()
	lend(t, stewards, keeps, n.base)
	for what, path := range map[string]string{"site": "/desk/site", "talk": "/desk/site/talk", "address": "/desk/site/address", "closing": "/desk/site/closing", "sections": "/desk/sections", "front page": "/desk/front",
		"look": "/desk/look", "front page in blocks": "/desk/look/front", "menus": "/desk/look/menu", "own stylesheet": "/desk/look/sheet", "earlier looks": "/desk/look/versions"} {
		see(stewards, what, n.at(path))
	}
	see(stewards, "appeal", reported)
	silent(t, stewards)
}

// TestTheQuestionsCanFail asks them of a page that has every fault.
func TestTheQuestionsCanFail(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html lang="fr"><title>Une page</title><meta name="viewport" content="width=device-width, initial-scale=1">
			<style>a:focus, button:focus { outline: none } button { padding: 0; border: 0; font-size: 8px }</style>
			<main><h1>Une page</h1><p>On <a href="/a">lit</a> ici.</p><p style="width: 400px">Large</p><button>ok</button><button>non</button></main>`)
	}))
	t.Cleanup(server.Close)
	browser.Need(t)
	tab := chromium.For(t).Tab()
	tab.Open(server.URL)
	tab.Size(320, 640)
	for question, want := range map[string]int{overflowing: 1, small: 2} {
		found, err := browser.Evaluate[[]string](tab, question)
		if err != nil || len(found) != want {
			t.Errorf("found %q, %v; want %d", found, err, want)
		}
	}
	tab.Type(kb.Tab)
	if at, err := browser.Evaluate[focused](tab, whatHasFocus); err != nil || at.Tag != "A" || at.Visible {
		t.Errorf("a link without outline: %+v, %v", at, err)
	}
}
