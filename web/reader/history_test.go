package reader_test

import (
	"net/http"
	"slices"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestHistory(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	animator := w.Member("Sterenn Abgrall", press.Animator, w.criee.ID, "")
	e := w.Entry(w.criee, "La criée", press.Proposed, storetest.By(writer), w.text("La criée", "", "Nous étions une dizaine, en comptant le chien.\n\nFin."))
	if err := w.editor.Publish(t.Context(), animator, e.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.amend(animator, e.ID, "Deux mots", press.Answers{"title": {"La criée rouvre"}, "text": {"Nous étions neuf, en comptant le chien.\n\nFin <b>."}})
	entry, err := w.Store.Entry(t.Context(), press.Itself, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	path := "/la-criee/" + entry.Path()

	n := w.read(path + "/history")
	wants(t, n, "h1", "2 versions")
	if got := n.Texts(".history h2"); !slices.Equal(got, []string{"Version 2", "Version 1"}) {
		t.Errorf("versions: %q", got)
	}
	wants(t, n, ".history li", "Relu et corrigé", "Deux mots", "Sterenn Abgrall", "Première version", "Odile Trebern")
	wants(t, n, ".journal", "Publié, par Sterenn Abgrall")
	if !n.Has("meta[name=robots]") {
		t.Error("the history may be indexed")
	}

	rec := w.status(path+"/diff?a=2&b=1", http.StatusSeeOther)
	if got := rec.Header().Get("Location"); got != path+"/diff/1/2" {
		t.Errorf("the form leads to %s", got)
	}
	w.status(path+"/diff", http.StatusSeeOther)
	n = w.read(path + "/diff/1/2")
	wants(t, n, "h1", "De la version 1 à la version 2")
	wants(t, n, ".diff del", "une dizaine")
	wants(t, n, ".diff ins", "neuf", "rouvre", "<b>")
	wants(t, n, ".opening .meta", "Sterenn Abgrall", "ajoutés", "retirés")
	if n.Has("form[method=post]") {
		t.Error("a reader may restore")
	}
	wants(t, w.read(path+"/diff/1/1"), "main", "Les mots sont les mêmes")

	n = w.read(path + "/history/1")
	wants(t, n, "h1", "La criée")
	wants(t, n, ".prose", "une dizaine")

	for _, who := range []press.Viewer{animator, w.Viewer(writer)} {
		n = w.readAs(w.as(who), path+"/diff/1/2")
		if got := n.One(t, "form[method=post]").Attr("action"); got != path+"/restore/1" {
			t.Errorf("restoring goes to %s", got)
		}
		if !w.readAs(w.as(who), path+"/history/1").Has("form[method=post]") {
			t.Error("no restoring from the version itself")
		}
		if w.readAs(w.as(who), path+"/history/2").Has("form[method=post]") {
			t.Error("the present version can be restored")
		}
	}
	for _, nothing := range []string{"/history/3", "/history/0", "/history/-1", "/history/x", "/history/99999999999999999999", "/diff/1/9", "/diff/x/1"} {
		w.status(path+nothing, http.StatusNotFound)
	}
}

// TestWaitingRevision: a change that waits is for its author and the desk.
func TestWaitingRevision(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	e := w.Entry(w.criee, "Texte", press.Published, storetest.By(writer))
	w.Write(func(tx *store.Tx) error {
		return tx.InsertRevision(t.Context(), press.Revision{
			Entry: e.ID, Number: 2, Content: e.Content, Kind: press.Amended, Base: 1, State: press.Waiting, MadeBy: writer.ID, MadeAt: w.Now(),
		})
	})
	path := "/la-criee/" + e.Path()
	wants(t, w.read(path+"/history"), "h1", "1 version")
	w.status(path+"/history/2", http.StatusNotFound)
	w.status(path+"/diff/1/2", http.StatusNotFound)
	n := w.readAs(w.as(w.Viewer(writer)), path+"/history")
	wants(t, n, ".history .status", "attend")
}
