package stories_test

import (
	"net/http"
	"strings"
	"testing"

	"bourgeon/e2e/browser"
)

func TestSomeoneFindsTalksAndReports(t *testing.T) { someoneReports(t, true) }

func TestSomeoneFindsTalksAndReportsWithoutJavaScript(t *testing.T) { someoneReports(t, false) }

// someoneReports is the story of a reader: they search with an accent missing and a plural, narrow down to one text, open it,
// comment and report it; an animator decides, both sides learn why, the author appeals, and a steward puts the text back.
func someoneReports(t *testing.T, scripts bool) {
	n := open(t)
	n.enter(steward).get(n.at("/desk/sections")).press("#new button", fill{"name": {"Vie du port"}}).want(http.StatusOK)
	someone := func() *browser.Tab {
		tab := n.someone()
		if !scripts {
			tab.WithoutJavaScript()
		}
		return tab
	}
	writer := n.visitor()
	n.propose(writer, author, contribution{title: "Le volet bleu de l’école", text: "Celui du 12, rue du Port, téléphone 02 98 00 00 00.", section: n.sql(`select id from section`)})
	article := n.publish(n.enter(animator), "Le volet bleu de l’école")
	n.propose(writer, author, contribution{title: "Les écoles repeignent leurs volets", text: "En rouge, cette fois."}) // appears at once

	const reader = "rozenn@example.org"
	reports := someone()
	reports.Open(n.at("/search"))
	reports.Fill("[name=q]", "volets ecole")
	reports.Press("main form .button")
	reports.Await(".hits li + li")
	reports.Follow("#filters [data-value=vie-du-port]")
	reports.DontSee("repeignent")
	if reports.Count(".hits li") != 1 {
		t.Errorf("the section leaves %d texts", reports.Count(".hits li"))
	}
	reports.Follow(".hits h2 a")
	reports.Fill("#say", "Le mien est vert, et alors ?")
	reports.Press(".say .button")
	reports.Check("[name=kind][value=pseudonym]")
	reports.Fill("[name=pseudonym]", "La voisine")
	reports.Fill("[name=email]", reader)
	reports.Press("main form .button")
	reports.Fill("[name=code]", code(t, n.mail(reader, "code")))
	reports.Press("main form .button")
	reports.Open(article)
	reports.See("Le mien est vert")

	reports.Follow("Signaler")
	reports.Press("main form .button")
	reports.See("Cochez cette case")
	reports.Check("[name=reason][value=privacy]")
	reports.Fill("[name=words]", "Mon numéro de téléphone y est.")
	reports.Fill("[name=email]", reader)
	reports.Check("[name=faith]")
	reports.Press("main form .button")
	reports.See("Votre signalement attend d’être lu")
	received := n.mail(reader, "Votre signalement est bien reçu : Le volet bleu")

	n.mail(animator, "Signalé : Le volet bleu")
	animates := someone()
	animates.Size(360, 740)
	lend(t, animates, n.enter(animator), n.base)
	animates.Open(n.at("/desk"))
	animates.Follow("Signalements")
	animates.Follow(".slip h2 a")
	animates.See("Mon numéro de téléphone y est.")
	animates.Press("#off > summary")
	animates.Fill("[name=to_author-off]", "On y lit le téléphone de quelqu’un.")
	animates.Press("#off form > .acts .button")
	animates.See("Retrait")

	reports.Open(link(t, n.mail(reader, "la décision : Le volet bleu"), "/report/"))
	reports.See("Vous avez raison")
	reports.DontSee("Yann")
	reports.Open(link(t, received, "/report/"))
	reports.See("Vous avez raison")
	reports.Open(article)
	reports.DontSee("02 98 00 00 00")

	appeals := someone()
	appeals.Open(link(t, n.mail(author, "Une décision au sujet de : Le volet bleu"), "/report/"))
	appeals.See("On y lit le téléphone de quelqu’un.")
	appeals.DontSee("Mon numéro")
	appeals.Fill("[name=words]", "C’est le numéro de mon atelier, affiché sur la porte.")
	appeals.Press("#appeal .button")
	appeals.See("Votre recours attend une réponse")

	judges := someone()
	lend(t, judges, n.enter(steward), n.base)
	judges.Open(link(t, n.mail(steward, "Un recours au sujet de"), "/desk/reports/"))
	judges.See("affiché sur la porte")
	judges.Press("#judge #left > summary")
	judges.Fill("[name=answer-left]", "C’est remis en ligne.")
	judges.Fill("[name=reason-left]", "Un numéro professionnel, affiché.")
	judges.Fill("[name=to_reporters-left]", "C’est le numéro public d’un atelier.")
	judges.Press("#left form > .acts .button")
	n.mail(author, "Après le recours : Le volet bleu")
	n.mail(reader, "après le recours : Le volet bleu")
	reports.Open(article)
	reports.See("02 98 00 00 00")
	reports.Open(n.at("/journal"))
	reports.See("Décision sur un recours")
	reports.DontSee(reader)
	reports.Open(n.at("/journal/reports"))
	reports.See("1 décision changée")
	for _, tab := range []*browser.Tab{reports, animates, appeals, judges} {
		silent(t, tab, "422", "404")
	}
}

// TestPicturesAndCommentsAreReportedToo takes both off and puts them back, by the forms alone.
func TestPicturesAndCommentsAreReportedToo(t *testing.T) {
	n := open(t)
	writes, animates, reads := n.visitor(), n.enter(animator), n.visitor()
	n.propose(writes, author, contribution{title: "Les volets bleus", text: "Une rue.", picture: photograph(t)})
	article := n.publish(animates, "Les volets bleus")
	writes.get(article).press(".say .button[value=post]", fill{"text": {"C’est ma rue."}}).want(http.StatusOK)

	picture := reads.get(article).page.All("main figure img")[0].Attr("src")
	reads.get(reads.resolve(picture)).want(http.StatusOK)
	report := func(form string, answers fill) {
		t.Helper()
		answers["faith"], answers["reason"] = []string{"1"}, []string{"spam"}
		reads.get(reads.get(article).resolve(form)).want(http.StatusOK)
		reads.press("main form .button", answers).want(http.StatusOK)
	}
	reads.get(article)
	comment, whole := reads.page.All(".talk a[href*=report]")[0].Attr("href"), reads.page.All(".colophon a[href*=report]")[0].Attr("href")
	report(comment, fill{})
	reads.get(reads.get(article).resolve(whole))
	report(whole, fill{"thing": {reads.page.All("#thing input")[1].Attr("value")}})

	decide := func(button string, answers fill) {
		t.Helper()
		animates.get(n.at("/desk/reports")).want(http.StatusOK)
		var cases []string
		for _, link := range animates.page.All(".slip h2 a, #decided li a") {
			cases = append(cases, animates.resolve(link.Attr("href")))
		}
		if len(cases) != 2 {
			t.Fatalf("%d cases: %s", len(cases), animates.says())
		}
		for _, address := range cases {
			animates.get(address).want(http.StatusOK).press(button, answers).want(http.StatusOK)
		}
	}
	decide("#off form .acts .button", nil)
	reads.get(article).want(http.StatusOK)
	if reads.page.Has("main figure img") || strings.Contains(reads.body, "C’est ma rue.") {
		t.Errorf("still there: %s", reads.says())
	}
	reads.get(reads.resolve(picture)).want(http.StatusGone)
	decide("#ruled form .button", nil)
	if reads.get(article); !reads.page.Has("main figure img") || !strings.Contains(reads.body, "C’est ma rue.") {
		t.Errorf("not put back: %s", reads.says())
	}
	reads.get(reads.resolve(picture)).want(http.StatusOK)
}
