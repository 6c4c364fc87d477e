package reader_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"bourgeon/kit/frontmatter"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestEntry(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	first, second := w.Picture(w.criee, "port.webp"), w.Picture(w.criee, "quai.webp")
	e := w.Entry(w.criee, "La criée", press.Published, storetest.By(writer), in(w.port), tagged("Vieux-Port", "pêche"),
		w.text("La criée rouvre : qui sonne la cloche ?", "Depuis mars, on vend ; venez !", "Un *texte*.\n\n# Et l’hiver ?\n\nOn ne sait pas."),
		func(e *press.Entry) {
			e.Debut, e.Pictures, e.Licence = true, []press.Media{first, second}, "CC-BY-4.0"
			e.UpdatedAt = e.PublishedAt.AddDate(0, 0, 2)
			e.Credits = append(e.Credits, press.Credit{Role: press.Scribe, Kind: press.SignName, Name: "Yann Morvezen"})
		})
	w.Entry(w.criee, "Un autre sur la pêche", press.Published, tagged("pêche"))
	n := w.read("/la-criee/" + e.Path())
	wants(t, n, "h1", "La criée rouvre : qui sonne la cloche ?")
	wants(t, n, ".signature .names", "Odile Trebern", "1er mars 2026")
	wants(t, n, ".signature .disc", "OT")
	wants(t, n, ".signature .first", "Première publication")
	wants(t, n, ".kicker a[href=/la-criee/section/vie-du-port]", "Vie du port")
	wants(t, n, ".entry > .plate figcaption", "Dom", "CC BY 4.0")
	wants(t, n, ".prose.told h2", "Et l’hiver ?")
	if got := len(n.All(".gallery .plate")); got != 1 {
		t.Errorf("%d pictures in the gallery, want 1", got)
	}
	wants(t, n, ".tags a[rel=tag]", "Vieux-Port", "pêche")
	wants(t, n, ".colophon", "Texte", "Mise par écrit", "Yann Morvezen", "3 mars 2026", "CC BY 4.0", "Publié d’abord ici.",
		"Odile Trebern, « La criée rouvre : qui sonne la cloche ? », La Criée, Pays de Kerbalan, 1er mars 2026.",
		"http://localhost:8080/la-criee/article/la-criee")
	wants(t, n, ".related h3", "Un autre sur la pêche")
	if got := n.One(t, "link[rel=canonical]").Attr("href"); got != "http://localhost:8080/la-criee/article/la-criee" {
		t.Errorf("canonical: %s", got)
	}
	for _, absent := range []string{"/edit", "/desk", "noindex", writer.Email} {
		if strings.Contains(n.String(), absent) {
			t.Errorf("a reader's page holds %q", absent)
		}
	}
	mine := w.readAs(w.as(w.Viewer(writer)), "/la-criee/"+e.Path())
	wants(t, mine, ".colophon a[href=/la-criee/article/la-criee/edit]", "Modifier mon texte")
	desk := w.readAs(w.as(w.Member("Sterenn", press.Animator, w.criee.ID, "")), "/la-criee/"+e.Path())
	wants(t, desk, ".colophon .acts", "Corriger", "Le voir au bureau")
}

func TestEntryInBreton(t *testing.T) {
	w := newTown(t)
	source := w.Entry(w.criee, "La chapelle", press.Published)
	e := w.Entry(w.criee, "Ar chapel", press.Published, func(e *press.Entry) {
		e.Language = "br"
		e.Provenance = press.Provenance{Kind: press.Translated, Entry: source.ID}
	})
	n := w.read("/la-criee/" + e.Path())
	wants(t, n, "h1[lang=br]", "Ar chapel")
	wants(t, n, ".colophon", "Traduit de La chapelle")
	wants(t, w.read("/la-criee/"+source.Path()), ".colophon a[hreflang=br]", "Ar chapel")
}

func TestProvenanceFromElsewhere(t *testing.T) {
	w := newTown(t)
	e := w.Entry(w.criee, "Repris", press.Published, func(e *press.Entry) {
		e.Provenance = press.Provenance{Kind: press.TakenUp, Title: "Ailleurs", URL: "javascript:alert(1)", Author: "Dom", Licence: "CC0-1.0"}
	})
	n := w.read("/la-criee/" + e.Path())
	wants(t, n, ".colophon", "Repris de Ailleurs", "Dom", "CC0 1.0")
	if strings.Contains(n.String(), "javascript:") {
		t.Error("a link that runs a script")
	}
}

func TestWhatIsNotPublic(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	mine := w.as(w.Viewer(writer))
	for status, banner := range map[press.Status]string{
		press.Drafted: "n’est pas encore confirmé", press.Proposed: "attend d’être relu", press.Scheduled: "paraîtra le",
		press.Returned: "est revenu", press.Refused: "a été refusé", press.Binned: "à la corbeille", press.Withdrawn: "est retiré",
	} {
		e := w.Entry(w.criee, "Texte "+string(status), status, storetest.By(writer))
		w.status("/la-criee/"+e.Path(), http.StatusNotFound)
		for _, more := range []string{"/history", "/history/1", "/diff/1/1", "/source.md"} {
			w.status("/la-criee/"+e.Path()+more, http.StatusNotFound)
		}
		rec := w.ask(mine, "/la-criee/"+e.Path())
		if got := rec.Header().Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s: Cache-Control: %s", status, got)
		}
		n := w.readAs(mine, "/la-criee/"+e.Path())
		wants(t, n, ".notice.plain h2", banner)
		if !n.Has("meta[name=robots]") {
			t.Errorf("%s: may be indexed", status)
		}
	}
}

func TestWithdrawn(t *testing.T) {
	w := newTown(t)
	e := w.Entry(w.criee, "Retiré", press.Withdrawn, func(e *press.Entry) { e.PublishedAt = storetest.Epoch })
	for _, path := range []string{"", "/history", "/source.md", "/history/1"} {
		rec := w.status("/la-criee/"+e.Path()+path, http.StatusGone)
		if !strings.Contains(rec.Body.String(), "retiré") {
			t.Error("the page does not say that it was withdrawn")
		}
	}
}

func TestOldAddresses(t *testing.T) {
	w := newTown(t)
	e := w.Entry(w.criee, "Nouvelle adresse", press.Published)
	hidden := w.Entry(w.criee, "Pas publique", press.Proposed)
	w.Write(func(tx *store.Tx) error {
		ctx, site, at := context.Background(), string(w.criee.ID), w.Now().UnixMicro()
		for old, id := range map[string]press.EntryID{"article/ancienne": e.ID, "article/cachee": hidden.ID} {
			if err := tx.KeepRedirect(ctx, site, old, "entry", string(id), at); err != nil {
				return err
			}
		}
		return tx.KeepRedirect(ctx, site, "section/quais", "section", string(w.port.ID), at)
	})
	for from, to := range map[string]string{
		"article/ancienne":           "article/nouvelle-adresse",
		"article/ancienne/history":   "article/nouvelle-adresse/history",
		"article/ancienne/diff/1/2":  "article/nouvelle-adresse/diff/1/2",
		"article/ancienne/source.md": "article/nouvelle-adresse/source.md",
		"section/quais":              "section/vie-du-port",
	} {
		rec := w.status("/la-criee/"+from, http.StatusPermanentRedirect)
		if got := rec.Header().Get("Location"); got != "/la-criee/"+to {
			t.Errorf("%s leads to %s, want %s", from, got, to)
		}
	}
	w.status("/la-criee/article/cachee", http.StatusNotFound)
	w.status("/la-criee/article/jamais", http.StatusNotFound)
	w.status("/la-criee/section/jamais", http.StatusNotFound)
	rec := w.status("/la-criee/article", http.StatusPermanentRedirect)
	if got := rec.Header().Get("Location"); got != "/la-criee/article/" {
		t.Errorf("the form without slash leads to %s", got)
	}
}

func TestSource(t *testing.T) {
	w := newTown(t)
	writer := w.Person("Odile Trebern")
	e := w.Entry(w.criee, "Criée", press.Published, storetest.By(writer), in(w.port), tagged("pêche", "mer"),
		w.text("La criée : \"rouvre\"", "Chapeau", "Un *texte* : avec ses signes ?\n\n::latest"))
	rec := w.status("/la-criee/"+e.Path()+"/source.md", http.StatusOK)
	if got := rec.Header().Get("Content-Type"); got != "text/markdown; charset=utf-8" {
		t.Errorf("type %s", got)
	}
	fields, body, err := frontmatter.Parse(rec.Body.String())
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(body) != "Un *texte* : avec ses signes ?\n\n::latest" {
		t.Errorf("body %q", body)
	}
	got := map[string]string{}
	for _, f := range fields {
		got[f.Key] += f.Value + ";"
	}
	for key, want := range map[string]string{
		"title": `La criée : "rouvre";`, "author": "Odile Trebern;", "tag": "pêche;mer;", "licence": "CC-BY-SA-4.0;",
		"section": "Vie du port;", "url": "http://localhost:8080/la-criee/article/criee;", "language": "fr;",
	} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
}

// TestSourceSaysAllThatReuseNeeds: whatever its origin, and it can be read back as it was written.
func TestSourceSaysAllThatReuseNeeds(t *testing.T) {
	w := newTown(t)
	picture := w.Picture(w.criee, "port")
	e := w.Entry(w.criee, "Repris", press.Published, in(w.port), w.text("Repris", "", "Voir ![le port](media:"+string(picture.ID)+" \"Le port\")."), func(e *press.Entry) {
		e.Pictures, e.Licence, e.UpdatedAt = []press.Media{picture}, "CC-BY-4.0", e.PublishedAt.Add(time.Hour)
		e.Credits = []press.Credit{
			{Role: press.Author, Kind: press.SignName, Name: "Yann: un nom", Organisation: "La Godille"}, {Role: press.Translator, Kind: press.SignName, Name: "Azenor"},
		}
		e.Provenance = press.Provenance{Kind: press.Translated, Title: "Elsewhere #1", URL: "https://ailleurs.example/", Author: "Dom", Licence: "CC0-1.0"}
	})
	text := w.status("/la-criee/"+e.Path()+"/source.md", http.StatusOK).Body.String()
	fields, body, err := frontmatter.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	file := "http://localhost:8080/media/" + strings.Repeat("b", 64) + ".webp"
	day, later := e.PublishedAt.In(w.criee.Zone()).Format(time.RFC3339), e.UpdatedAt.In(w.criee.Zone()).Format(time.RFC3339)
	want := []frontmatter.Field{
		{Key: "title", Value: "Repris"}, {Key: "author", Value: "Yann: un nom"}, {Key: "author-organisation", Value: "La Godille"}, {Key: "translator", Value: "Azenor"},
		{Key: "date", Value: day}, {Key: "updated", Value: later}, {Key: "version", Value: "1"}, {Key: "language", Value: "fr"}, {Key: "licence", Value: "CC-BY-4.0"},
		{Key: "licence-url", Value: "https://creativecommons.org/licenses/by/4.0/"}, {Key: "site", Value: "La Criée"}, {Key: "form", Value: "article"},
		{Key: "section", Value: "Vie du port"}, {Key: "provenance", Value: "translated"}, {Key: "source-title", Value: "Elsewhere #1"}, {Key: "source-author", Value: "Dom"},
		{Key: "source-licence", Value: "CC0-1.0"}, {Key: "source", Value: "https://ailleurs.example/"}, {Key: "url", Value: "http://localhost:8080/la-criee/article/repris"},
		{Key: "picture", Value: file}, {Key: "picture-alt", Value: "Une image"}, {Key: "picture-credit", Value: "Dom"}, {Key: "picture-licence", Value: "CC-BY-4.0"},
	}
	diff(t, "fields", fields, want)
	if want := "Voir ![le port](" + file + " \"Le port\").\n"; body != want {
		t.Errorf("body %q, want %q", body, want)
	}
	if again := frontmatter.Write(fields, body); again != text {
		t.Errorf("written again: %s", again)
	}
}

func TestDirectivesInAnArticle(t *testing.T) {
	w := newTown(t)
	w.Entry(w.criee, "Ancien", press.Published)
	e := w.Entry(w.criee, "Sommaire", press.Published, w.text("Sommaire", "", "Avant.\n\n::latest{count=3}\n\nAprès."))
	n := w.read("/la-criee/" + e.Path())
	wants(t, n, ".entry .stream h3", "Ancien")
	if strings.Contains(strings.Join(n.Texts(".entry .stream h3"), ""), "Sommaire") {
		t.Error("a page lists itself")
	}
	if got := len(n.All(".entry > .prose")); got != 2 {
		t.Errorf("%d pieces of text, want 2", got)
	}
}
