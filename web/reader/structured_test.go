package reader_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/htmltest"
	"bourgeon/press"
	"bourgeon/store/storetest"
)

// facts are what a page tells search engines, by type.
func facts(t *testing.T, n htmltest.Node) map[string]map[string]any {
	t.Helper()
	block := n.One(t, "script[type=application/ld+json]")
	var doc struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(block.Text()), &doc); err != nil {
		t.Fatalf("%v in %s", err, block)
	}
	if doc.Context != "https://schema.org" {
		t.Errorf("context %s", doc.Context)
	}
	byType := map[string]map[string]any{}
	for _, node := range doc.Graph {
		byType[node["@type"].(string)] = node
	}
	return byType
}

func diff(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

type object = map[string]any

func TestArticleIsDescribed(t *testing.T) {
	w := newTown(t)
	e := w.Entry(w.criee, "La criée", press.Published, storetest.By(w.Person("Odile Trebern")), in(w.port), tagged("Vieux-Port", "pêche"),
		w.text("La criée </script> & co", "Le chapeau.", "Un texte."), func(e *press.Entry) {
			e.Pictures, e.UpdatedAt = []press.Media{w.Picture(w.criee, "port")}, e.PublishedAt.AddDate(0, 0, 2)
			e.Credits = append(e.Credits,
				press.Credit{Role: press.Author, Kind: press.SignOrganisation, Name: "Les Amis du port"},
				press.Credit{Role: press.Author, Kind: press.SignName, Name: "Yann", Organisation: "La Godille"},
				press.Credit{Role: press.Photographer, Kind: press.SignName, Name: "Dom"},
				press.Credit{Role: press.Translator, Kind: press.SignName, Name: "Azenor"})
		})
	n := w.read("/la-criee/" + e.Path())
	all := facts(t, n)
	a := all["Article"]
	at, by := "http://localhost:8080/la-criee/article/la-criee", "http://localhost:8080/la-criee/author/"
	licence := "https://creativecommons.org/licenses/by-sa/4.0/"
	diff(t, "article", a, object{
		"@type": "Article", "@id": at, "url": at, "headline": "La criée </script> & co", "description": "Le chapeau.", "inLanguage": "fr",
		"articleSection": "Vie du port", "keywords": []any{"Vieux-Port", "pêche"}, "license": licence,
		"datePublished": e.PublishedAt.In(w.criee.Zone()).Format(time.RFC3339), "dateModified": a["dateModified"],
		"author": []any{
			object{"@type": "Person", "name": "Odile Trebern", "url": by + "odile-trebern"},
			object{"@type": "Organization", "name": "Les Amis du port", "url": by + "les-amis-du-port"},
			object{"@type": "Person", "name": "Yann", "url": by + "yann", "affiliation": object{"@type": "Organization", "name": "La Godille"}},
		},
		"contributor": []any{object{"@type": "Person", "name": "Dom", "url": by + "dom"}},
		"translator":  []any{object{"@type": "Person", "name": "Azenor", "url": by + "azenor"}},
		"publisher":   object{"@type": "Organization", "name": "La Criée", "url": "http://localhost:8080/la-criee/"},
		"image": []any{object{
			"@type": "ImageObject", "contentUrl": "http://localhost:8080/media/" + strings.Repeat("b", 64) + ".webp", "width": 400.0, "height": 300.0,
			"description": "Une image", "creditText": "Dom", "license": "https://creativecommons.org/licenses/by/4.0/",
		}},
	})
	diff(t, "breadcrumbs", all["BreadcrumbList"]["itemListElement"], any([]any{
		object{"@type": "ListItem", "position": 1.0, "name": "La Criée", "item": "http://localhost:8080/la-criee/"},
		object{"@type": "ListItem", "position": 2.0, "name": "Vie du port", "item": "http://localhost:8080/la-criee/section/vie-du-port"},
		object{"@type": "ListItem", "position": 3.0, "name": "La criée </script> & co"},
	}))

	// Open Graph says the same.
	for property, want := range map[string][]string{
		"og:type": {"article"}, "og:title": {"La criée </script> & co"}, "og:site_name": {"La Criée"}, "og:locale": {"fr_FR"}, "og:url": {at},
		"og:description": {"Le chapeau."}, "og:image:width": {"400"}, "og:image:height": {"300"}, "og:image:alt": {"Une image"}, "og:image:type": {"image/webp"},
		"article:section": {"Vie du port"}, "article:tag": {"Vieux-Port", "pêche"}, "article:author": {by + "odile-trebern", by + "les-amis-du-port", by + "yann"},
		"article:published_time": {a["datePublished"].(string)}, "article:modified_time": {a["dateModified"].(string)},
	} {
		var got []string
		for _, meta := range n.All("meta[property]") {
			if meta.Attr("property") == property {
				got = append(got, meta.Attr("content"))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", property, got, want)
		}
	}
	for selector, want := range map[string]string{
		"link[rel=license]": licence, "link[type=text/markdown]": "/la-criee/article/la-criee/source.md",
	} {
		if got := n.One(t, selector).Attr("href"); got != want {
			t.Errorf("%s leads to %q", selector, got)
		}
	}
}

func TestOriginsAreDescribed(t *testing.T) {
	w := newTown(t)
	source := w.Entry(w.criee, "La chapelle", press.Published, storetest.By(w.Person("Odile Trebern")))
	from := func(p press.Provenance) func(*press.Entry) { return func(e *press.Entry) { e.Provenance = p } }
	translated := w.Entry(w.criee, "Ar chapel", press.Published, from(press.Provenance{Kind: press.Translated, Entry: source.ID}), func(e *press.Entry) { e.Language = "br" })
	elsewhere := press.Provenance{Title: "Ailleurs", URL: "https://ailleurs.example/", Author: "Dom", Licence: "CC0-1.0"}
	told := object{
		"@type": "CreativeWork", "name": "Ailleurs", "url": "https://ailleurs.example/", "creditText": "Dom",
		"license": "https://creativecommons.org/publicdomain/zero/1.0/",
	}
	here := object{
		"@type": "CreativeWork", "name": "La chapelle", "url": "http://localhost:8080/la-criee/article/la-chapelle", "inLanguage": "fr",
		"author":  []any{object{"@type": "Person", "name": "Odile Trebern", "url": "http://localhost:8080/la-criee/author/odile-trebern"}},
		"license": "https://creativecommons.org/licenses/by-sa/4.0/",
	}
	for _, tt := range []struct {
		entry             press.Entry
		basis, translates any
	}{
		{source, nil, nil},
		{translated, here, here},
		{w.Entry(w.criee, "Repris", press.Published, from(kind(elsewhere, press.TakenUp))), told, nil},
		{w.Entry(w.criee, "Adapté", press.Published, from(kind(elsewhere, press.Adapted))), told, nil},
		{w.Entry(w.criee, "Traduit", press.Published, from(kind(elsewhere, press.Translated))), told, told},
	} {
		a := facts(t, w.read("/la-criee/"+tt.entry.Path()))["Article"]
		diff(t, tt.entry.Title+" is based on", a["isBasedOn"], tt.basis)
		diff(t, tt.entry.Title+" translates", a["translationOfWork"], tt.translates)
	}
	w.touch()
	diff(t, "translations", facts(t, w.read("/la-criee/"+source.Path()))["Article"]["workTranslation"], any([]any{object{
		"@type": "CreativeWork", "name": "Ar chapel", "url": "http://localhost:8080/la-criee/article/ar-chapel", "inLanguage": "br",
		"license": "https://creativecommons.org/licenses/by-sa/4.0/",
	}}))
}

func kind(p press.Provenance, k press.ProvenanceKind) press.Provenance {
	p.Kind = k
	return p
}

// TestNobodyAnonymousIsDescribed: what is said of an entry without a name has no author at all, even beside one who has one.
func TestNobodyAnonymousIsDescribed(t *testing.T) {
	w := newTown(t)
	hidden := w.Person("Bleuenn Zarkovic")
	anonymous := press.Credit{Role: press.Author, Kind: press.SignAnonymous, Person: hidden.ID}
	alone := w.Entry(w.criee, "Seule", press.Published, func(e *press.Entry) { e.CreatedBy, e.Credits = hidden.ID, []press.Credit{anonymous} })
	both := w.Entry(w.criee, "À deux", press.Published, func(e *press.Entry) {
		e.CreatedBy, e.Credits = hidden.ID, []press.Credit{anonymous, {Role: press.Author, Kind: press.SignPseudonym, Name: "Korrigan"}}
	})
	n := w.read("/la-criee/" + alone.Path())
	if a := facts(t, n)["Article"]; a["author"] != nil {
		t.Errorf("author %v", a["author"])
	}
	if strings.Contains(n.String(), "article:author") {
		t.Error("Open Graph names an author")
	}
	diff(t, "authors", facts(t, w.read("/la-criee/"+both.Path()))["Article"]["author"], any([]any{
		object{"@type": "Person", "name": "Korrigan", "url": "http://localhost:8080/la-criee/author/korrigan"},
	}))
}

func TestSitesAreDescribed(t *testing.T) {
	w := newTown(t)
	w.Entry(w.criee, "Texte", press.Published, func(e *press.Entry) {
		e.Credits = []press.Credit{{Role: press.Author, Kind: press.SignOrganisation, Name: "Les Amis du port"}}
	})
	site := facts(t, w.read("/la-criee/"))["WebSite"]
	target := site["potentialAction"].(object)["target"].(object)["urlTemplate"].(string)
	if site["url"] != "http://localhost:8080/la-criee/" || site["isPartOf"].(object)["url"] != "http://localhost:8080/" {
		t.Errorf("site %v", site)
	}
	w.read(strings.TrimPrefix(strings.Replace(target, "{search_term_string}", "texte", 1), "http://localhost:8080"))
	if network := facts(t, w.read("/"))["WebSite"]; network["name"] != "Pays de Kerbalan" || network["potentialAction"] == nil {
		t.Errorf("network %v", network)
	}
	author := facts(t, w.read("/la-criee/author/les-amis-du-port"))["ProfilePage"]
	diff(t, "author", author["mainEntity"], any(object{
		"@type": "Organization", "name": "Les Amis du port", "url": "http://localhost:8080/la-criee/author/les-amis-du-port",
	}))
	proposed := w.Entry(w.criee, "Pas encore", press.Proposed)
	animator := w.as(w.Member("Sterenn", press.Animator, w.criee.ID, ""))
	if n := w.readAs(animator, "/la-criee/"+proposed.Path()); n.Has("script[type=application/ld+json]") || n.Has("meta[property]") {
		t.Error("what isn't public is described")
	}
}
