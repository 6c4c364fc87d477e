package shape_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/walktest"
)

const submit = "main form .acts button"

func one(pairs ...string) walktest.Fill {
	fill := walktest.Fill{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fill[pairs[i]] = append(fill[pairs[i]], pairs[i+1])
	}
	return fill
}

// TestEveryKindOfQuestion makes a form with a question of each kind and answers it, without a script: what was typed comes
// back, what is wrong is said beside its question, and the page shows each answer.
func TestEveryKindOfQuestion(t *testing.T) {
	town := walktest.NewTown(t)
	town.Config.Write.Find = func(_ context.Context, query string) ([]press.Place, error) {
		return []press.Place{{Lat: 48.39011, Lon: -4.48612, Located: true, Precision: press.Exact, Name: query + ", Kerbalan"}}, nil
	}
	town.Write(func(tx *store.Tx) error {
		n, err := tx.Network(t.Context(), press.Itself)
		if err != nil {
			return err
		}
		n.Maps.Geocoder = "https://geo.example/?q={q}"
		return tx.SaveNetwork(t.Context(), n)
	})
	desk := town.As(town.Member("Sterenn", press.Animator, town.Site.ID, ""))
	desk.Go("/desk/forms").Want(200)
	desk.Go("/desk/forms/new").Press("button[value=name]", one("name", "")).Want(422)
	desk.Go("/desk/forms/new").Press("button[value=name]", one("name", "Une trouvaille")).Want(200).At("/desk/forms/")
	form := strings.TrimPrefix(strings.Split(desk.Path, "?")[0], "/la-criee")
	keys := map[press.FieldKind]string{}
	for _, kind := range press.FieldKinds {
		desk.Go(form).Press("#add button", one("label", "Question "+string(kind), "kind", string(kind))).Want(200).At(form + "/field/")
		keys[kind] = strings.Split(strings.TrimPrefix(desk.Path, "/la-criee"+form+"/field/"), "?")[0]
		fill := one("help-fr", "Une aide pour "+string(kind), "do", "leave")
		switch kind {
		case press.Choice, press.Choices:
			fill["options"] = []string{"La mer\nLa terre"}
			fill["other"], fill["facet"] = []string{"1"}, []string{"1"}
		case press.Computed:
			fill["template"] = []string{"{title} ({" + keys[press.Number] + "})"}
		case press.Reference:
			fill["of"] = []string{"article"}
		}
		if kind == press.Computed { // not before what it is made of
			desk.Press("button[value=leave]", one("template", "{nothing}")).Want(422)
		}
		desk.Press("button[value=leave]", fill).Want(200)
	}
	// One question is asked only when another answer is such; one is for the team alone.
	desk.Go(form+"/field/"+keys[press.Phone]).Press("button[value=leave]", one("when", keys[press.YesNo], "is", "Oui", "seen", "contributors")).Want(200)
	desk.Go(form+"/field/"+keys[press.Date]).Press("button[value=leave]", one("required", "1")).Want(200)
	desk.Go(form+"/publish").Want(200).Press(`form[action="/la-criee`+form+`/publish"] button`, nil).Want(200).Says("publié")

	article := town.Entry(town.Site, "Un article lié", press.Published)
	w := town.Walker().Go("/write/une-trouvaille").Want(200).Says("Une aide pour place")
	k := func(kind press.FieldKind) string { return keys[kind] }
	w.Press("button[value=preview]", one("title", "La clé", "text", "Le récit.", k(press.Number), "douze", k(press.Link), "ftp://x", k(press.Choices), "la-mer", k(press.Choices)+".other", "le vent, la pluie")).Want(422)
	for _, kind := range []press.FieldKind{press.Number, press.Link, press.Date} {
		if !w.Page.Has("#" + k(kind) + "-error") {
			t.Errorf("no fault beside %s", kind)
		}
	}
	if got := w.Page.One(t, "#"+k(press.Number)).Attr("value"); got != "douze" {
		t.Errorf("what was typed as a number is %q", got)
	}
	if got := w.Page.One(t, `[name="`+k(press.Choices)+`.other"]`).Attr("value"); got != "le vent, la pluie" {
		t.Errorf("one's own words are %q", got)
	}
	place := k(press.PlaceKind)
	w.Press(`button[value="find:`+place+`"]`, one(place+".name", "Rue du Port", place+".precision", "street", k(press.Number), "1 234,5", k(press.Link), "example.org", k(press.Date), "14/03/2026")).Want(200).Says("Rue du Port, Kerbalan")
	pick := w.Page.One(t, `[name="`+place+`.pick"]`).Attr("value")
	w.Press("button[value=preview]", one(place+".pick", pick, k(press.ShortText), "Une ligne", k(press.LongText), "Un **long** texte", k(press.Choice), "other:", k(press.Choice)+".other", "le feu",
		k(press.YesNo), "no", k(press.Period)+".from", "2026-03-14", k(press.Period)+".to", "2026-03-16", k(press.Email), "cachee@example.org", k(press.Phone), "02 98 00 00 00",
		"tags", "phare, clé", k(press.People), "Anne Riou\nYann Prat", k(press.Reference), string(article.ID), k(press.Inviter)+".name", "Une amie", k(press.Inviter)+".shown", "1")).Want(200)
	w.Says("La clé", "1234,5", "le feu", "14 mars 2026", "Anne Riou", "Un article lié", "Une amie")
	w.Go(strings.TrimPrefix(strings.Replace(w.Path, "/preview", "/sign", 1), "/la-criee")).Press(submit, one("kind", "name", "name", "Maï", "email", "mai@example.org", "charter", "1")).Want(200)
	w.Press(submit, one("code", town.LastMail("mai@example.org").Data["code"])).Want(200)
	found, err := town.Store.Entries(t.Context(), press.Itself, store.Selection{Site: town.Site.ID, FormSlug: "une-trouvaille", Statuses: []press.Status{press.Proposed}, Body: true})
	if err != nil || len(found.Entries) != 1 {
		t.Fatalf("%d entries, %v", len(found.Entries), err)
	}
	e := found.Entries[0]
	for kind, want := range map[press.FieldKind]string{
		press.Number: "1234.5", press.Date: "2026-03-14", press.Period: "2026-03-14|2026-03-16", press.Choice: "le feu", press.Choices: "la-mer|le vent|la pluie",
		press.YesNo: "no", press.Link: "https://example.org", press.Email: "cachee@example.org", press.PlaceKind: "48.39|-4.486|street|Rue du Port, Kerbalan",
		press.People: "Anne Riou|Yann Prat", press.Reference: string(article.ID), press.Inviter: "Une amie|shown|", press.Phone: "02 98 00 00 00",
	} {
		if got := strings.Join(e.Answers[k(kind)], "|"); got != want {
			t.Errorf("%s is %q, want %q", kind, got, want)
		}
	}
	if err := town.Editor.Publish(t.Context(), town.Member("Goulven", press.Animator, town.Site.ID, ""), e.ID, ""); err != nil {
		t.Fatal(err)
	}
	reader := town.Walker().Go("/une-trouvaille/la-cle").Want(200).Says("1234,5", "le feu", "14 mars 2026 au 16 mars 2026", "Voir sur la carte", "à la rue près", "Leur écrire")
	for _, hidden := range []string{"cachee@", "02 98"} {
		if strings.Contains(string(reader.Body), hidden) {
			t.Errorf("a reader's page holds %s", hidden)
		}
	}
	town.Walker().Go("/une-trouvaille/?f."+k(press.Choices)+"="+url.QueryEscape("le vent")).Want(200).Says("La clé", "le vent")
}

// TestPressingTheMap takes a place where the map is pressed, as browsers send it without a script.
func TestPressingTheMap(t *testing.T) {
	town := walktest.NewTown(t)
	desk := town.As(town.Member("Sterenn", press.Animator, town.Site.ID, ""))
	desk.Go("/desk/forms/new").Press(`button[value="model:organisation"]`, nil).Want(200)
	form := strings.TrimPrefix(strings.Split(desk.Path, "?")[0], "/la-criee")
	desk.Go(form+"/publish").Press(`form[action="/la-criee`+form+`/publish"] button`, nil).Want(200)
	w := town.Walker().Go("/write/organisations").Want(200)
	w.Press("button[value=save].quiet", one("name", "Les Trois-Dunes", "place.view", "13/48.39/-4.48", "place.map.x", "144", "place.map.y", "120", "place.precision", "town")).Want(200)
	if lat, lon := w.Page.One(t, `[name="place.lat"]`).Attr("value"), w.Page.One(t, `[name="place.lon"]`).Attr("value"); lat != "48.4" || lon != "-4.48" {
		t.Errorf("the place is at %s, %s", lat, lon)
	}
	if !w.Page.Has(".mapask .mark") {
		t.Error("the map doesn't show it")
	}
	w.Press(`button[value^="view:place:"]`, nil).Want(200).At("/draft/")
}

func TestReadersStayOutOfTheWorkshop(t *testing.T) {
	town := walktest.NewTown(t)
	for name, w := range map[string]*walktest.Walker{
		"nobody": town.Walker(), "a contributor": town.As(town.Member("Maï", press.Contributor, town.Site.ID, "")),
	} {
		for _, path := range []string{"/desk/forms", "/desk/forms/new", "/desk/words", "/desk/dossiers", "/desk/dossiers/new"} {
			if w.Go(path); w.Status == 200 && strings.HasPrefix(w.Path, "/la-criee"+path) {
				t.Errorf("%s is let into %s", name, path)
			}
		}
	}
}
