package stories_test

import (
	"testing"

	"bourgeon/e2e/browser"
)

func TestSomeoneReports(t *testing.T) { someoneReports(t, true) }

func TestSomeoneReportsWithoutJavaScript(t *testing.T) { someoneReports(t, false) }

// someoneReports is the story of a report: a reader tells that something is wrong, an animator decides, both sides learn
// why, the author appeals, and a steward puts the text back.
func someoneReports(t *testing.T, scripts bool) {
	n := open(t)
	someone := func() *browser.Tab {
		tab := n.someone()
		if !scripts {
			tab.WithoutJavaScript()
		}
		return tab
	}
	writer := n.visitor()
	n.propose(writer, author, contribution{title: "Les volets bleus", text: "Celui du 12, rue du Port, téléphone 02 98 00 00 00."})
	article := n.publish(n.enter(animator), "Les volets bleus")

	const reader = "rozenn@example.org"
	reports := someone()
	reports.Open(article)
	reports.Follow("Signaler")
	reports.Press("main form .button")
	reports.See("Cochez cette case")
	reports.Check("[name=reason][value=privacy]")
	reports.Fill("[name=words]", "Mon numéro de téléphone y est.")
	reports.Fill("[name=email]", reader)
	reports.Check("[name=faith]")
	reports.Press("main form .button")
	reports.See("Votre signalement attend d’être lu")
	received := n.mail(reader, "Votre signalement est bien reçu : Les volets bleus")

	n.mail(animator, "Signalé : Les volets bleus")
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

	reports.Open(link(t, n.mail(reader, "la décision : Les volets bleus"), "/report/"))
	reports.See("Vous avez raison")
	reports.DontSee("Yann")
	reports.Open(link(t, received, "/report/"))
	reports.See("Vous avez raison")
	reports.Open(article)
	reports.DontSee("02 98 00 00 00")

	appeals := someone()
	appeals.Open(link(t, n.mail(author, "Une décision au sujet de : Les volets bleus"), "/report/"))
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
	n.mail(author, "Après le recours : Les volets bleus")
	n.mail(reader, "après le recours : Les volets bleus")
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
