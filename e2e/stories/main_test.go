package stories_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"bourgeon/e2e/browser"
)

func TestSomeoneWritesAndIsRead(t *testing.T) { someoneWrites(t, true) }

func TestSomeoneWritesAndIsReadWithoutJavaScript(t *testing.T) { someoneWrites(t, false) }

// someoneWrites is the main story: a stranger writes, an animator returns it with a note and publishes it, people read.
func someoneWrites(t *testing.T, scripts bool) {
	n := open(t)
	someone := func() *browser.Tab {
		tab := n.someone()
		if !scripts {
			tab.WithoutJavaScript()
		}
		return tab
	}

	keeps := n.enter(steward)
	keeps.get(n.at("/desk/sections")).press("#new button", fill{"name": {"Vie du port"}}).want(http.StatusOK)
	animates := someone()
	animates.Size(360, 740)
	n.signIn(animates, animator)

	stranger := someone()
	stranger.Open(n.at("/"))
	stranger.Follow("Écrire")
	stranger.Follow("a[href$='/write/article']")
	stranger.Fill("[name=title]", "Un four à pain au lavoir")
	stranger.Fill("[name=standfirst]", "Le four du lavoir a repris du service. On y cuit le samedi.")
	compose(stranger, "Tout a commencé par une **dalle fendue**.\n\n## La première fournée\n\nTrente-deux pains, dont la moitié brûlés.")
	stranger.Fill("[name=tags]", "pain, lavoir")
	stranger.Choose("[name=section]", "Vie du port")
	add(stranger, picture(t, "four.jpg"))
	stranger.Fill("[name^=alt-]", "Un four en pierre, porte ouverte")
	stranger.Check("[id^=made-other-]")
	stranger.Fill("[name^=credit-]", "Yann Le Fournil")
	stranger.Press("button[value=preview]")
	stranger.See("Un four à pain au lavoir")
	stranger.See("La première fournée")
	if stranger.Count("main img[alt='Un four en pierre, porte ouverte']") != 1 {
		t.Error("the preview does not show the picture")
	}
	stranger.Follow("main a.button[href*='/sign']")
	stranger.Fill("[name=name]", "Yann Le Fournil")
	stranger.Fill("[name=email]", author)
	stranger.Check("[name=charter]")
	stranger.Press("main form .button")
	stranger.See(author)
	stranger.Fill("[name=code]", code(t, n.mail(author, "Un four à pain")))
	stranger.Press("main form .button")
	stranger.Await("a[href$='/me']")
	n.mail(author, "Bien reçu : Un four à pain")

	n.mail(animator, "À accueillir : Un four à pain")
	animates.Open(n.at("/desk"))
	animates.Follow("Un four à pain au lavoir")
	desk := animates.URL()
	animates.Press("#return > summary")
	animates.Fill("#return [name=note]", "Merci ! Pourriez-vous dire qui a rallumé le four ?")
	animates.Press("#return form > .acts .button")

	writes := someone() // another device
	n.mail(author, "Un mot sur : Un four")
	n.signIn(writes, author)
	writes.Open(n.at("/me"))
	writes.See("Pourriez-vous dire qui a rallumé le four ?")
	writes.Follow(".slip a[href$='/edit']")
	writes.See("Pourriez-vous dire qui a rallumé le four ?")
	compose(writes, "Tout a commencé par une **dalle fendue**.\n\nC’est Jeanne Kerbrat qui l’a rallumé.")
	writes.Press("button[value=amend]")
	writes.Open(n.at("/me"))

	n.mail(animator, "Un four à pain")
	animates.Open(desk)
	animates.See("C’est Jeanne Kerbrat")
	animates.Press("form[action*='/publish'] button")
	n.mail(author, "Publié : Un four à pain")
	animates.Open(desk)
	animates.Press("#feature > summary")
	animates.Press("[name=on]")

	reader := someone()
	reader.Open(n.at("/"))
	if lead := reader.Text("main article h2, main article h3"); !strings.Contains(lead, "Un four à pain") {
		t.Errorf("the front page begins with %q", lead)
	}
	reader.Follow("Un four à pain au lavoir")
	reader.See("Jeanne Kerbrat")
	reader.See("Yann Le Fournil")
	if reader.Count("main img[alt='Un four en pierre, porte ouverte']") != 1 {
		t.Error("the page does not show the picture")
	}
	page := reader.URL()
	reader.Open(page + "/history")
	history := reader.Text("main")
	for _, words := range []string{"Proposé, par Yann Le Fournil", "Renvoyé à son auteur ou autrice, par Sterenn", "Publié, par Sterenn", "Mis à la une, par Sterenn"} {
		if !strings.Contains(history, words) {
			t.Errorf("the history does not tell of %s:\n%s", words, history)
		}
	}
	reader.Open(n.at("/search"))
	if scripts {
		reader.Fill("[name=q]", "lavoi")
		reader.Await(".hits mark") // while one types
	}
	reader.Fill("[name=q]", "kerbrat")
	reader.Press("main form .button")
	reader.See("Un four à pain au lavoir")
	reader.Open(n.at("/section/vie-du-port"))
	reader.See("Un four à pain au lavoir")
	reader.Open(n.at("/tag/lavoir"))
	reader.See("Un four à pain au lavoir")

	feed, err := gofeed.NewParser().ParseURL(n.at("/feed.atom?full=1"))
	if err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 1 || feed.Items[0].Title != "Un four à pain au lavoir" || feed.Items[0].Link != page {
		t.Errorf("the feed holds %+v", feed.Items)
	} else if !strings.Contains(feed.Items[0].Content, "Jeanne Kerbrat") {
		t.Errorf("the feed lacks the text: %q", feed.Items[0].Content)
	}
	for _, tab := range []*browser.Tab{stranger, animates, writes, reader} {
		silent(t, tab)
	}
}
