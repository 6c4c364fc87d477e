package stories_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"bourgeon/e2e/browser"
)

// shoot leaves a picture of the page where BOURGEON_SCREENSHOTS says, to look at.
func shoot(tab *browser.Tab, name string) {
	if dir := os.Getenv("BOURGEON_SCREENSHOTS"); dir != "" {
		tab.Screenshot(dir + "/" + name + ".png")
	}
}

// TestAStoryOfCooperation follows a collection of stories from its form to its booklet: proof that a model is copied and
// changed by an animator, answered question by question from a personal link, told to a scribe, and read in every way,
// while nobody learns who signed without a name.
func TestAStoryOfCooperation(t *testing.T) {
	n := open(t)
	const (
		hidden, hiddenName = "katell.discrete@example.org", "Katell Toull-Don"
		told               = "goulven.scribe@example.org"
	)
	desk := n.someone()
	desk.Size(1280, 900)
	n.signIn(desk, animator)

	// The animator copies the model, adds a question of her own, and publishes.
	desk.Open(n.at("/desk/forms"))
	shoot(desk, "forms")
	desk.Follow("Faire un formulaire")
	shoot(desk, "new")
	desk.Press("button[value='model:story']")
	desk.See("Le formulaire est sur votre table")
	desk.Fill("[name=label]", "Quel objet garderiez-vous de ce moment ?")
	desk.Choose("[name=kind]", "Une ligne")
	desk.Press("#add button")
	desk.See("La question est ajoutée")
	desk.Fill("[name=help-fr]", "Un objet que l’on pourrait poser sur la table.")
	shoot(desk, "field")
	desk.Press("button[value=leave]")
	desk.See("Quel objet garderiez-vous")
	shoot(desk, "form")
	desk.Follow("Voir ce que changerait la publication")
	desk.Press("main form[action$='/publish'] button")
	desk.See("Le formulaire est publié")

	// Another contributor hands her link on.
	desk.Open(n.at("/me/invite"))
	desk.Fill("[name=name]", "Sterenn Kerdoncuff")
	desk.Press("main form .button")
	desk.See("Votre lien est prêt")
	shoot(desk, "invite")
	link := desk.Value(".handing input")
	if !desk.Has(".handing img") {
		t.Error("there is no code to point at")
	}

	// Somebody answers by phone, question by question, and closes the browser in the middle.
	pocket := n.someone()
	phone := pocket.NewTab()
	phone.Size(360, 740)
	phone.Open(link)
	phone.See("Sterenn Kerdoncuff vous invite")
	shoot(phone, "opening")
	phone.Press("button[value=begin]")
	phone.See("Question 1 sur")
	shoot(phone, "question1")
	composeIn(phone, "moment", "C’était la nuit de la **grande marée**, et le hangar était fermé.")
	phone.Press("button[value=next].button")
	phone.See("Question 2 sur")
	composeIn(phone, "talents", "- Garder son calme\n- Savoir qui a la clé")
	phone.Press("button[value=next].button")
	phone.See("Question 3 sur")
	again := pocket.NewTab()
	again.Size(360, 740)
	phone.Close()
	again.Open(link)
	again.See("Vous aviez commencé sur cet appareil")
	again.Follow("Reprendre")
	again.See("Question 3 sur")
	again.Press("button[value=skip]")
	again.See("Question 4 sur")
	composeIn(again, "wishes", "1. Une clé de plus.")
	again.Press("button[value=prev]")
	again.See("Question 3 sur")
	composeIn(again, "supports", "La voisine, qui a prêté sa lampe.")
	again.Press("button[value=next].button")
	again.See("Question 4 sur")
	again.Press("button[value=next].button")
	again.Fill("[name=title]", "La clé du hangar")
	again.Press("button[value=next].button")
	again.See("image de ce moment")
	again.Press("button[value=skip]")
	again.See("Qui a permis")
	shoot(again, "inviter")
	again.Check("[name='brought.shown']")
	again.Press("button[value=next].button")
	again.See("Quel objet garderiez-vous")
	again.Fill("Quel objet garderiez-vous de ce moment", "Une lampe à pétrole")
	again.Press("button[value=next].button")
	again.See("grande marée")
	shoot(again, "preview")
	again.Follow("main a.button[href*='/sign']")
	again.Check("[id=kind-anonymous]")
	again.Fill("[name=email]", hidden)
	again.Check("[name=charter]")
	again.Press("main form .button")
	again.Fill("[name=code]", code(t, n.mail(hidden, "La clé du hangar")))
	again.Press("main form .button")
	again.Await("a[href$='/me']")
	animates := n.enter(animator)
	secret := n.publish(animates, "La clé du hangar")

	// Another one tells theirs to a scribe: both are named.
	scribe := n.visitor()
	scribe.get(n.at("/write/recits?whole=1")).press("button[value=preview]", fill{
		"title": {"Onze autour d’une table"}, "moment": {"La salle venait d’être fermée. Nous étions *onze*."}, "talents": {"Écouter jusqu’au bout."},
		"wishes": {"Commencer par manger ensemble."}, "supports": {"La bibliothécaire, le jeudi."}, "brought.name": {"Sterenn Kerdoncuff"}, "brought.shown": {"1"},
	}).want(http.StatusOK)
	scribe.get(strings.Replace(scribe.url.String(), "/preview", "/sign", 1))
	scribe.press("main form .button", fill{"kind": {"name"}, "name": {"Maï Le Bihan-Coz"}, "scribe": {"other"}, "scribe_name": {"Goulven Prat"}, "email": {told}, "charter": {"1"}}).want(http.StatusOK)
	scribe.press("main form .button", fill{"code": {code(t, n.mail(told, "Onze autour"))}}).want(http.StatusOK)
	story := n.publish(animates, "Onze autour d’une table")

	reader := n.someone()
	for _, width := range []int{1280, 360} {
		reader.Size(width, 900)
		reader.Open(n.at("/recits/"))
		reader.See("La clé du hangar")
		reader.See("grande marée")
		reader.See("Onze autour d’une table")
		if width == 1280 {
			shoot(reader, "wall")
		} else {
			shoot(reader, "wall-360")
		}
	}
	reader.Size(1280, 900)
	reader.Open(story)
	for _, words := range []string{"Pensez à un moment", "Maï Le Bihan-Coz", "Goulven Prat", "Sans fausse modestie", "trois souhaits"} {
		reader.See(words)
	}
	shoot(reader, "story")
	reader.Open(n.at("/recits/?view=questions&question=wishes"))
	reader.See("Une clé de plus.")
	reader.See("Commencer par manger ensemble.")
	reader.DontSee("grande marée")
	shoot(reader, "questions")
	reader.Open(n.at("/recits/?view=chain"))
	reader.See("Maï Le Bihan-Coz")
	reader.See("Sterenn Kerdoncuff")
	shoot(reader, "chain")
	if names := reader.Count(".chain text"); names != 2 {
		t.Errorf("%d people in the chain, want those two who agree and sign", names)
	}

	// Talents are gathered under words, with the passage kept.
	desk.Open(n.at("/desk/words"))
	desk.Fill("[name=name]", "Talents")
	desk.Fill("[name=terms]", "Écoute")
	desk.Press("main form .button")
	forms := n.sql(`select id from form where slug = $1`, "recits")
	desk.Open(n.at("/desk/forms/" + forms + "/gather?question=talents"))
	entry := n.sql(`select id from entry where slug = $1`, "onze-autour-d-une-table")
	desk.Fill("#passage-"+entry, "Écouter jusqu’au bout.")
	desk.Fill("#word-"+entry, "Écoute")
	desk.Press("#entry-" + entry + " .gatherform button")
	desk.See("Le passage est recueilli")
	shoot(desk, "gather")
	reader.Open(n.at("/recits/?view=questions&question=talents"))
	reader.Press(".gathered summary")
	reader.See("Écouter jusqu’au bout.")

	// A selection becomes a dossier, and a booklet.
	desk.Open(n.at("/desk/dossiers/new"))
	desk.Fill("[name=title]", "Tenir bon, ensemble")
	desk.Fill("[name=introduction]", "Deux récits, *une même table*.")
	desk.Check("#add-" + entry)
	desk.Press("button[value=publish]")
	desk.See("Tenir bon, ensemble")
	shoot(desk, "dossier-desk")
	reader.Open(n.at("/dossier/tenir-bon-ensemble?as=booklet"))
	reader.See("Deux récits")
	reader.See("Nous étions onze")
	reader.See("Sommaire")
	shoot(reader, "booklet")

	// Nothing betrays who signed without a name.
	person := n.sql(`select id from person where email = $1`, hidden)
	look := betrays(t, hidden, hiddenName, "katell", "toull", person)
	hiddenTab := n.enter(hidden)
	hiddenTab.get(n.at("/me")).press("form[action=/bourg/me] button", fill{"name": {hiddenName}}).want(http.StatusOK)
	inside := func(u *url.URL) bool { return strings.HasPrefix(u.String(), n.base) }
	n.visitor().crawl(n.at("/"), inside, look)
	public := n.visitor()
	for _, path := range []string{
		"/recits.csv", "/recits.json", "/recits.jsonld", "/recits/form.json", "/feed.atom?form=recits&full=1", "/feed.rss?full=1", "/feed.json?full=1",
		"/recits/?view=chain", "/recits/?view=questions", "/recits/?view=wall", "/recits/?view=list", "/recits/embedded?view=wall", "/dossiers", "/dossier/tenir-bon-ensemble",
	} {
		look(public.get(n.at(path)).want(http.StatusOK))
	}
	for _, path := range []string{"", "/history", "/source.md", "/embed", "/reuse"} {
		look(public.get(secret + path).want(http.StatusOK))
		if body := public.says(); strings.Contains(body, "Sterenn Kerdoncuff") {
			t.Errorf("%s tells who brought the anonymous one", public.url)
		}
	}
	for _, path := range []string{"/api/v1/entries?site=bourg&fields=answers,html", "/api/v1/changes", "/api/v1/people", "/api/v1/sites/bourg/forms"} {
		look(public.get(n.base + path).want(http.StatusOK))
	}
	look(public.get(n.base + "/api/v1/entries/" + n.sql(`select id from entry where slug = $1`, "la-cle-du-hangar")).want(http.StatusOK))
	animates.crawl(n.at("/desk/forms"), inside, look)
}

// betrays looks for secrets in what a page says and in its head.
func betrays(t *testing.T, secrets ...string) func(*client) {
	return func(c *client) {
		said := strings.ToLower(c.body)
		for name, values := range c.header {
			said += "\n" + strings.ToLower(name+": "+strings.Join(values, " "))
		}
		for _, secret := range secrets {
			if at := strings.Index(said, strings.ToLower(secret)); secret != "" && at >= 0 {
				t.Errorf("%s holds %q: …%s…", c.url, secret, said[max(0, at-120):min(len(said), at+120)])
			}
		}
	}
}
