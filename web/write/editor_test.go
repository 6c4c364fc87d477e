package write_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/web/walktest"
)

// told is what the editor learns from an answer.
type told struct {
	Told    string
	Picture struct{ ID, Src, Credit string }
}

func answered(t *testing.T, w *walktest.Walker, status int) told {
	t.Helper()
	var k told
	if err := json.Unmarshal([]byte(w.Body), &k); err != nil || w.Status != status {
		t.Fatalf("%d %q: %v", w.Status, w.Body, err)
	}
	return k
}

func TestPictureOfTheText(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article").Press(save, one("title", "Un titre")).Want(200)
	address, _, _ := strings.Cut(w.Path, "?")
	draft := strings.TrimPrefix(address, "/la-criee")
	file := walktest.File{Field: "picture", Name: "port.png", Data: drawing(t)}
	k := answered(t, w.Send(address+"/placed", url.Values{"picture-credit": {"Anna Riou"}}, true, file), 201)
	if k.Picture.ID == "" || k.Picture.Credit != "Anna Riou" {
		t.Fatalf("%+v", k)
	}
	second := answered(t, w.Send(address+"/placed", nil, true, file), 201)
	if second.Picture.ID == k.Picture.ID {
		t.Errorf("the second: %+v", second)
	}
	described := answered(t, w.Send(address+"/placed/"+second.Picture.ID, url.Values{"credit": {"Ewen"}}, false), 200)
	if described.Picture.Credit != "Ewen" {
		t.Errorf("described: %+v", described)
	}
	w.Go(draft).Press(save, one("title", "Le port", "text", "![Le port](media:"+k.Picture.ID+")")).Want(200)
	if shown := w.Page.One(t, "template#editor").Attr("data-pictures"); !strings.Contains(shown, k.Picture.ID) || !strings.Contains(shown, k.Picture.Src) {
		t.Errorf("the editor cannot show %s", shown)
	}
	w.Press(preview, nil).Want(200)
	if !w.Page.Has(`figure img[alt="Le port"]`) || !strings.Contains(w.Page.One(t, "figcaption").Text(), "Anna Riou") {
		t.Errorf("the picture is not in the text: %s", w.Page.Texts("main"))
	}
}

func TestPicturesRefusedOfTheEditor(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article").Press(save, one("title", "Un titre")).Want(200)
	draft, _, _ := strings.Cut(w.Path, "?")
	bad := walktest.File{Field: "picture", Name: "notes.png", Data: []byte("pas une image")}
	if k := answered(t, w.Send(draft+"/placed", nil, true, bad), 422); !strings.Contains(k.Told, "notes.png") {
		t.Errorf("told %q", k.Told)
	}
	answered(t, w.Send(draft+"/placed", nil, true), 422)
	good := walktest.File{Field: "picture", Name: "port.png", Data: drawing(t)}
	k := answered(t, w.Send(draft+"/placed", nil, true, good), 201)
	// Who holds another draft describes nothing of this one.
	other := town.Walker().Go("/write/article").Press(save, one("title", "Un autre")).Want(200)
	foreign, _, _ := strings.Cut(other.Path, "?")
	other.Send(foreign+"/placed/"+k.Picture.ID, url.Values{"credit": {"Moi"}}, false)
	if other.Status != http.StatusForbidden && other.Status != http.StatusNotFound {
		t.Errorf("a stranger describes it: %d", other.Status)
	}
	if w.Send("/la-criee/draft/nowhere/placed", nil, true, good); w.Status != 404 {
		t.Errorf("without a draft: %d", w.Status)
	}
}

func TestLinksFindWhatThePublicReads(t *testing.T) {
	town := walktest.NewTown(t)
	town.Entry(town.Site, "Le lavoir restauré", press.Published)
	town.Entry(town.Site, "Le lavoir secret", press.Proposed)
	find := func(query string) (hits []struct{ Title, Address, Where string }) {
		w := town.Walker().Go("/write/article/links?q=" + url.QueryEscape(query)).Want(200)
		if err := json.Unmarshal([]byte(w.Body), &hits); err != nil {
			t.Fatalf("%q: %v", w.Body, err)
		}
		return hits
	}
	hits := find("lavoir resta")
	if len(hits) != 1 || hits[0].Title != "Le lavoir restauré" || !strings.HasSuffix(hits[0].Address, "/la-criee/article/le-lavoir-restaure") ||
		!strings.HasPrefix(hits[0].Address, "http") || hits[0].Where != town.Site.Name {
		t.Errorf("%+v", hits)
	}
	if hits := find("secret"); len(hits) != 0 {
		t.Errorf("what is not published is found: %+v", hits)
	}
	if hits := find("  "); len(hits) != 0 {
		t.Errorf("nothing finds %+v", hits)
	}
}

func TestGoingBackToAnEarlierState(t *testing.T) {
	town := walktest.NewTown(t)
	w := town.Walker().Go("/write/article").Press(save, one("title", "Un titre", "text", "Un long texte, auquel on tenait.")).Want(200)
	draft, _, _ := strings.Cut(strings.TrimPrefix(w.Path, "/la-criee"), "?")
	w.Go(draft + "/states").Want(200).Says("Aucun pour l’instant")
	town.At = town.At.Add(time.Hour)
	w.Go(draft).Press(save, one("text", "Un.")).Want(200)
	w.Go(draft + "/states").Want(200).Says("Depuis : 0 mot ajouté, 5 retirés")
	w.Go(strings.TrimPrefix(w.Page.One(t, "ol.rows a").Attr("href"), "/la-criee")).Want(200).Says("Un long texte, auquel on tenait.")
	if gone := strings.Join(w.Page.Texts("section[aria-labelledby=then] .diff del"), " "); !strings.Contains(gone, "long texte") {
		t.Errorf("struck out: %q", gone)
	}
	w.Press("main form button", nil).Want(200)
	if got := w.Page.One(t, "textarea#text").Text(); got != "Un long texte, auquel on tenait." {
		t.Errorf("back at %q", got)
	}
	w.Go(draft + "/states").Want(200)
	if all := w.Page.Texts("ol.rows .meta"); len(all) != 2 || !strings.HasPrefix(all[0], "Depuis") || all[1] != "Pareil à votre texte d’aujourd’hui." {
		t.Errorf("the states say %q", all)
	}
	w.Go(draft + "/states?n=99").Want(404)
	w.Go("/draft/nowhere/states").Want(404)
}
