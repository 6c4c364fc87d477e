package page_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"bourgeon/kit/htmltest"
	"bourgeon/kit/pow"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// criee is a site with two sections, and a browser on it.
func criee(t *testing.T) (*storetest.World, press.Site, pagetest.Browser) {
	t.Helper()
	w := storetest.NewWorld(t, storetest.SQLite(t))
	site := w.Site("la-criee", func(s *press.Site) { s.Name, s.Tagline = "La Criée", "Le magazine du port" })
	return w, site, pagetest.Browser{House: pagetest.NewHouse(t, w.Store.Reader), Site: site}
}

func request(t *testing.T, target string) *http.Request {
	return httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
}

func render(t *testing.T, c templ.Component, children ...templ.Component) htmltest.Node {
	t.Helper()
	var b bytes.Buffer
	ctx := context.Background()
	if len(children) > 0 {
		ctx = templ.WithChildren(ctx, templ.Join(children...))
	}
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return htmltest.Parse(t, b.String())
}

func article() press.Entry {
	day := time.Date(2026, 5, 10, 22, 30, 0, 0, time.UTC) // already the 11th in Paris
	return press.Entry{
		ID: "e1", Slug: "la-criee-rouvre", Title: `Qui sonne "la cloche" ?`, Standfirst: "Depuis mars, on vend: venez !",
		Content: press.Content{Language: "fr", Licence: "CC-BY-SA-4.0"}, PublishedAt: day, Debut: true,
		Address:  press.Address{SiteSlug: "la-criee", SiteName: "La Criée", FormSlug: "article", SectionSlug: "port", SectionName: "Vie du port"},
		Rendered: map[string]string{"text": strings.Repeat("mot ", 660)},
		Credits: []press.Credit{
			{Role: press.Author, Kind: press.SignName, Name: "Nolwenn Le Garrec", Slug: "nolwenn-le-garrec"},
			{Role: press.Author, Kind: press.SignAnonymous},
			{Role: press.Author, Kind: press.SignName, Name: "Youenn Bescond", Slug: "youenn-bescond", Organisation: "Amicale"},
			{Role: press.Proofreader, Kind: press.SignName, Name: "Soraya Benali"},
		},
		Pictures: []press.Media{{
			ID: "m1", Alt: "Un voilier", Caption: "Le retour", Credit: "Rozenn Kerjean", Licence: "CC-BY-4.0",
			Variants: []press.Variant{
				{Hash: strings.Repeat("a", 64), Width: 480, Height: 320, Type: "image/webp"},
				{Hash: strings.Repeat("b", 64), Width: 960, Height: 640, Type: "image/jpeg"},
			},
		}},
	}
}

func TestLayout(t *testing.T) {
	w, site, b := criee(t)
	port := w.Section(site, "Vie du port")
	w.Section(site, "Portraits")
	v := b.Visit(t, request(t, "/section/vie-du-port?before=x&done=saved"))
	doc := render(t, page.Layout(v, page.Head{
		Title: "Vie du port", Description: "Ce qui arrive", Section: port.ID, Newer: "/la-criee/n", Older: "/la-criee/o",
		Feeds: []page.Feed{{Title: "Vie du port", Link: "/la-criee/feed.atom?section=vie-du-port"}},
	}), templ.Raw("<p id=inside>Bonjour</p>"))

	for selector, want := range map[string]string{
		"title": "Vie du port · La Criée",
		"html[lang=fr][dir=ltr] main#content > #inside": "Bonjour",
		".masthead.small p.name > a":                    "La Criée",
		"nav.sections a[aria-current=page]":             "Vie du port",
		"a.skip[href=#content]":                         "Aller au contenu",
		`.bar a.write[href=/la-criee/write]`:            "Écrire",
		`.bar a[href=/la-criee/search]`:                 "Chercher",
		`.bar a[href=/la-criee/me]`:                     "Mes textes",
		`.bar a.home[href=/]`:                           "Pays de Kerbalan",
		".notice[role=status]":                          "C’est enregistré.",
		`.foot a[hreflang=br]`:                          "Brezhoneg",
		`.foot a[aria-current=true]`:                    "Français",
		`.foot a[href=/la-criee/signin]`:                "Se connecter",
		`.foot a[href=/la-criee/licence].inline`:        "CC BY-SA 4.0",
	} {
		if got := doc.One(t, selector).Text(); got != want {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	for selector, want := range map[string]string{
		"link[rel=canonical]":                     "http://localhost:8080/la-criee/section/vie-du-port",
		"link[rel=prev]":                          "/la-criee/n",
		"link[rel=next]":                          "/la-criee/o",
		"link[rel=alternate][hreflang=br]":        "http://localhost:8080/la-criee/section/vie-du-port?before=x&lang=br",
		`link[type*=atom][title="La Criée"]`:      "/la-criee/feed.atom",
		`link[type*=atom][title="Vie du port"]`:   "/la-criee/feed.atom?section=vie-du-port",
		`link[rel=stylesheet][href*=look]`:        v.LookPath(false),
		`link[rel=stylesheet][href^=/static/]`:    v.Static("style.css"),
		`link[rel=preload][as=font][crossorigin]`: v.Static("young-serif.woff2"),
	} {
		if got := doc.One(t, selector).Attr("href"); got != want {
			t.Errorf("%s leads to %q, want %q", selector, got, want)
		}
	}
	if got := doc.One(t, "meta[name=description]").Attr("content"); got != "Ce qui arrive" {
		t.Errorf("description %q", got)
	}
	if doc.Has("[style], style, script") {
		t.Error("inline style")
	}
}

func TestLayoutOfThoseWhoAnimate(t *testing.T) {
	w, site, b := criee(t)
	b.Viewer = w.Member("Soraya", press.Animator, site.ID, "")
	v := b.Visit(t, request(t, "/desk"))
	doc := render(t, page.Layout(v, page.Head{Front: true, Private: true, Desk: []page.Tab{
		{Name: "À lire", Link: "/la-criee/desk", Count: 4, Current: true}, {Name: "Corbeille", Link: "/la-criee/desk/bin"},
	}}))
	want := []string{"À lire 4", "Corbeille"}
	if diff := cmp.Diff(want, doc.Texts("nav.deskline a")); diff != "" {
		t.Errorf("desk's navigation (-want +got):\n%s", diff)
	}
	if !doc.Has("meta[name=robots][content=noindex]") || doc.Has("link[rel=canonical]") {
		t.Error("a private page tells search engines of itself")
	}
	if !doc.Has(".bar a[href=/la-criee/desk]") || !doc.Has("h1.name") || doc.One(t, ".tagline").Text() != "Le magazine du port" {
		t.Error("the frame lacks the desk, the name or the tagline")
	}
	if got := doc.One(t, ".foot a[href=/la-criee/me]").Text(); got != "Soraya" {
		t.Errorf("account link says %q", got)
	}
}

func TestCards(t *testing.T) {
	_, _, b := criee(t)
	v := b.Visit(t, request(t, "/"))
	bare, brief := article(), article()
	bare.Pictures = nil
	brief.Language = "br"

	byline := "Nolwenn Le Garrec, Anonyme et Youenn Bescond, 11\u00a0mai 2026 Première publication"
	title := "Qui sonne «\u00a0la cloche\u202f»\u202f?"
	tests := []struct {
		name  string
		card  templ.Component
		texts map[string]string
		lacks string
	}{
		{"lead", page.LeadCard(v, article()), map[string]string{
			"article.lead > h2 > a[href=/la-criee/article/la-criee-rouvre]": title,
			".kicker a[href=/la-criee/section/port]":                        "Vie du port", ".by": byline,
			".standfirst": "Depuis mars, on vend\u00a0: venez\u202f!", "figure.plate.wide img[fetchpriority=high][alt=\"Un voilier\"]": "",
		}, ".bare, [lang]"},
		{"lead without a picture", page.LeadCard(v, bare), map[string]string{"article.lead.bare > h2": title}, "figure"},
		{"second", page.Teaser(v, article(), page.Show{Section: true, Standfirst: true}), map[string]string{
			"article.teaser > h3": title, ".by": byline, ".kicker": "Vie du port",
		}, "figure, .pictured"},
		{"pictured", page.Teaser(v, article(), page.Show{Picture: true}), map[string]string{
			"article.teaser.pictured > a[aria-hidden=true][tabindex=-1] img[loading=lazy][alt=\"\"]": "",
		}, ".kicker"},
		{"brief", page.Teaser(v, brief, page.Show{Brief: true, Picture: true}), map[string]string{
			"article.teaser.brief > h3 > a[lang=br]": `Qui sonne "la cloche" ?`,
		}, "figure"},
		{"row", page.Rows(v, []press.Entry{article()}, page.Show{Picture: true, Standfirst: true}), map[string]string{
			"ol.rows > li.pictured > div > h2": title, "ol.rows .by a[rel=author][href=/la-criee/author/youenn-bescond]": "Youenn Bescond",
		}, "figcaption"},
		{"row of a search", page.Row(v, article(), page.Show{Words: "… la cloche …"}), map[string]string{"li p": ""}, "figure"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := render(t, test.card)
			for selector, want := range test.texts {
				if selector == "li p" {
					continue
				}
				if got := doc.One(t, selector).Text(); got != want {
					t.Errorf("%s says %q, want %q", selector, got, want)
				}
			}
			if doc.Has(test.lacks) {
				t.Errorf("%s should not be in %s", test.lacks, doc)
			}
		})
	}
}

func TestCardsAtThePortal(t *testing.T) {
	w, site, b := criee(t)
	own := w.Site("estran", func(s *press.Site) { s.Host = "estran.example.org" })
	b.Site = press.Site{}
	v := b.Visit(t, request(t, "/"))
	here, there := article(), article()
	here.Site = site.ID
	there.Site, there.Address.SiteSlug, there.Address.SiteHost = own.ID, own.Slug, own.Host
	doc := render(t, page.Teaser(v, here, page.Show{Site: true}))
	if got := doc.One(t, "article[data-site=la-criee] h3 a").Attr("href"); got != "/la-criee/article/la-criee-rouvre" {
		t.Errorf("the entry is at %q", got)
	}
	doc = render(t, page.Teaser(v, there, page.Show{Site: true}))
	if got := doc.One(t, "h3 a").Attr("href"); got != "http://estran.example.org:8080/article/la-criee-rouvre" {
		t.Errorf("the entry on a site's own host is at %q", got)
	}
	css := v.Look(false).CSS
	if !strings.Contains(css, `[data-site="la-criee"]{--site-hue:`) || !strings.Contains(css, `[data-site="estran"]`) {
		t.Errorf("the portal's look lacks a site: %s", css)
	}
}

func TestSignature(t *testing.T) {
	_, _, b := criee(t)
	v := b.Visit(t, request(t, "/"))
	doc := render(t, page.Signature(v, article()))
	if diff := cmp.Diff([]string{"NL", "…", "YB"}, doc.Texts(".discs .disc[aria-hidden=true]")); diff != "" {
		t.Errorf("discs (-want +got):\n%s", diff)
	}
	if got, want := doc.One(t, ".names > .meta").Text(), "Amicale · 11\u00a0mai 2026 · 3 minutes de lecture"; got != want {
		t.Errorf("meta says %q, want %q", got, want)
	}
	if got := doc.One(t, "time").Attr("datetime"); got != "2026-05-11T00:30:00+02:00" {
		t.Errorf("datetime %q", got)
	}
	if got, want := render(t, page.Credits(v, article())).Text(), "Texte\u00a0: Nolwenn Le Garrec, Anonyme et Youenn Bescond. Relecture\u00a0: Soraya Benali."; got != want {
		t.Errorf("credits say %q, want %q", got, want)
	}
	licence := render(t, page.Licence(v, "CC-BY-SA-4.0"))
	if got := licence.One(t, "a[rel=license]").Text(); got != "CC BY-SA 4.0" || !strings.Contains(licence.Text(), "en citant qui l’a écrit") {
		t.Errorf("licence says %s", licence)
	}
	if got := render(t, page.Licence(v, "CC0-1.0")).Text(); strings.Contains(got, "Vous renoncez") {
		t.Errorf("the licence speaks to authors: %q", got)
	}
}

func TestPlate(t *testing.T) {
	_, _, b := criee(t)
	v := b.Visit(t, request(t, "/"))
	doc := render(t, page.Plate(v, article().Pictures[0], page.PlateSize{Width: 500, Sizes: "50vw", Caption: true}))
	img := doc.One(t, "figure.plate > picture > img[width=960][height=640][sizes=50vw][loading=lazy]")
	a, bb := strings.Repeat("a", 64), strings.Repeat("b", 64)
	if got, want := img.Attr("srcset"), "/media/"+a+".webp 480w, /media/"+bb+".jpg 960w"; got != want {
		t.Errorf("srcset %q, want %q", got, want)
	}
	if got := img.Attr("src"); got != "/media/"+bb+".jpg" || doc.Has("source, [data-fx]") {
		t.Errorf("src %q", got)
	}
	if got, want := doc.One(t, "figcaption").Text(), "Le retour Image\u00a0: Rozenn Kerjean (CC BY 4.0)"; got != want {
		t.Errorf("caption %q, want %q", got, want)
	}
}

func TestPlateInWebPWithFocus(t *testing.T) {
	_, _, b := criee(t)
	v := b.Visit(t, request(t, "/"))
	m := article().Pictures[0]
	c := strings.Repeat("c", 64)
	m.Modern = []press.Variant{{Hash: c, Width: 480, Height: 320, Type: "image/webp"}}
	m.Crop, m.Focus = press.Crop{X: 500, Width: 500, Height: 1000}, press.Focus{X: 900, Y: 200}
	doc := render(t, page.Plate(v, m, page.PlateSize{Width: 500, Wide: true, Eager: true}))
	source := doc.One(t, "figure.plate.wide > picture > source[type=image/webp]")
	if got, want := source.Attr("srcset"), "/media/"+c+".webp 480w"; got != want {
		t.Errorf("srcset %q, want %q", got, want)
	}
	if got, want := source.Attr("sizes"), "(max-width: 40rem) and (min-resolution: 2.5dppx) 66vw, 100vw"; got != want {
		t.Errorf("sizes %q, want %q", got, want)
	}
	img := doc.One(t, "picture > img[data-fx=8][data-fy=2][width=960]")
	if img.Attr("srcset") != "" || !strings.HasSuffix(img.Attr("src"), ".jpg") {
		t.Errorf("fallback: %s", doc)
	}
}

func TestParts(t *testing.T) {
	_, _, b := criee(t)
	v := b.Visit(t, request(t, "/tag/mer?before=abc&lang=br"))
	newer, older := v.PagesAround(store.Page{Newer: "n", Older: "o"})
	doc := render(t, page.Pager(v, newer, older))
	if got := doc.One(t, "nav.pager a[rel=prev]").Attr("href"); got != "/la-criee/tag/mer?after=n&lang=br" {
		t.Errorf("newer page at %q", got)
	}
	if got := doc.One(t, "nav.pager a[rel=next]").Attr("href"); got != "/la-criee/tag/mer?before=o&lang=br" {
		t.Errorf("older page at %q", got)
	}
	if render(t, page.Pager(v, "", "")).Has("nav") {
		t.Error("a pager that leads nowhere is shown")
	}
	if got := v.Link("/write#form"); got != "/la-criee/write?lang=br#form" {
		t.Errorf("a link loses the language chosen: %q", got)
	}
	plain := b.Visit(t, request(t, "/tag/mer?reading=plain&lang=br"))
	if got := plain.Link("/write"); got != "/la-criee/write?lang=br&reading=plain" {
		t.Errorf("a link loses the comfortable reading: %q", got)
	}
	if got := plain.OtherReading(); got != "/la-criee/tag/mer?lang=br" {
		t.Errorf("the way back to usual letters is %q", got)
	}
	if doc := render(t, page.Layout(plain, page.Head{})); !doc.Has("html[data-reading=plain]") {
		t.Error("the page doesn't know of the comfortable reading")
	}
	if got := doc.One(t, "a[rel=prev]").Text(); got != "Nevesoc’h" {
		t.Errorf("in Breton, newer is %q", got)
	}
	doc = render(t, page.Steps(v, []string{"A", "B"}, 1))
	if got := doc.One(t, "ol.steps > li[aria-current=step]").Text(); got != "B" {
		t.Errorf("the present step is %q", got)
	}
	doc = render(t, page.Empty(v, "Rien", "Écrivez !"), page.WriteLink(v, v.Link("/write"), "Écrire"))
	if doc.One(t, ".empty > h2").Text() != "Rien" || !doc.Has(".empty > a.write") {
		t.Errorf("empty state is %s", doc)
	}
	doc = render(t, page.SearchBox(v, "/la-criee/search", "Un mot", "mer"))
	if doc.One(t, "form[role=search] label[for=q]").Text() != "Un mot" || !doc.Has("input[type=search][name=q][value=mer]") ||
		!doc.Has("input[type=hidden][name=lang][value=br]") {
		t.Errorf("search box is %s", doc)
	}
}

func TestFields(t *testing.T) {
	_, _, b := criee(t)
	b.House.Gate = &pow.Gate{Key: []byte("0123456789abcdef")}
	v := b.Visit(t, request(t, "/write/article"))
	wrong := page.Field{Name: "title", Label: "Quel titre ?", Help: "Court.", Example: "La criée", Value: `<b>"x"`, Error: "Donnez un titre.", Required: true}
	tests := []struct {
		name  string
		field templ.Component
		has   []string
		lacks string
	}{
		{"text with a fault", page.Text(v, wrong), []string{
			"div.field.bad > label.question[for=title]", "p.help#title-help", "p.error#title-error", "p.example#title-example",
			`input#title[name=title][type=text][aria-invalid=true][aria-required=true][aria-describedby="title-help title-error title-example"]`,
		}, "b[id]"},
		{"text without", page.Text(v, page.Field{Name: "email", Label: "Adresse", Type: "email", Autocomplete: "email", Optional: true}), []string{
			"div.field > input[type=email][autocomplete=email]", "label > span.optional",
		}, ".bad, .error, .help, [aria-describedby], [aria-invalid]"},
		{"textarea", page.TextArea(v, page.Field{Name: "text", Label: "Racontez", Value: "\nUn\nDeux", Class: "tall", Rows: 12}), []string{
			"textarea.tall#text[rows=12]",
		}, ".bad"},
		{"select", page.Select(v, page.Field{Name: "section", Label: "Rubrique", Value: "p", Options: []page.Option{{Value: "", Label: "Je ne sais pas"}, {Value: "p", Label: "Portraits"}}}), []string{
			"select#section > option[value=p][selected]", "select > option[value=\"\"]",
		}, ".bad"},
		{"radios", page.Radios(v, page.Field{Name: "kind", Label: "Quel nom ?", Value: "name", Error: "Choisissez.", Options: []page.Option{
			{Value: "name", Label: "Mon nom", Help: "Le plus courant.", Then: page.Then(page.Field{Name: "name", Label: "Prénom et nom"})}, {Value: "anonymous", Label: "Sans nom"},
		}}), []string{
			"fieldset#kind.field.choices.bad[aria-describedby=kind-error] > legend.question", "#kind-name[type=radio][checked]",
			"label[for=kind-anonymous]", "label .help", ".choice > .then > label[for=name]", ".then > input#name",
		}, "#kind-anonymous[checked]"},
		{"checkbox", page.Checkbox(v, page.Field{Name: "charter", Value: "1", Linked: templ.Raw(`J’ai lu <a href="/charter">la charte</a>`)}), []string{
			"input#charter[type=checkbox][value=\"1\"][checked]", "label[for=charter] > a",
		}, ".bad"},
		{"file", page.File(v, page.Field{Name: "pictures", Label: "Images", Accept: "image/png", Multiple: true}), []string{
			".upload > input#pictures[type=file][accept=image/png][multiple]",
		}, "input[value]"},
		{"robots", page.Robots(v), []string{
			"p.trap[aria-hidden=true] input[name=website][tabindex=-1][autocomplete=off]", "input[type=hidden][name=pow_nonce]",
			"input[type=hidden][name=pow][value=" + v.Challenge() + "]", "script[type=module][src^=/static/pow.js]",
		}, ".bad"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := render(t, test.field)
			for _, selector := range test.has {
				doc.One(t, selector)
			}
			if doc.Has(test.lacks) {
				t.Errorf("%s should not be in %s", test.lacks, doc)
			}
		})
	}
	if got := render(t, page.Text(v, wrong)).One(t, "input").Attr("value"); got != wrong.Value {
		t.Errorf("the value came back as %q", got)
	}
}

func TestErrorSummary(t *testing.T) {
	_, _, b := criee(t)
	v := b.Visit(t, request(t, "/write/article"))
	var c press.Checks
	c.Fault("title", "Give your text a title: a few words are enough.")
	c.Fault("text", "Make it shorter: %d characters at most, you have %d.", 10, 12)
	faults, ok := page.FaultsOf(c.Err())
	if !ok {
		t.Fatal("no faults")
	}
	doc := render(t, page.ErrorSummary(v, faults))
	want := []string{"Donnez un titre à votre texte\u00a0: quelques mots suffisent.", "Raccourcissez\u00a0: 10 caractères au plus, vous en avez 12."}
	if diff := cmp.Diff(want, doc.Texts(".errors[role=alert] li > a")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := doc.One(t, "a[href=#title]").Text(); got != faults.On(v, "title") {
		t.Errorf("the summary and the field disagree: %q", got)
	}
	if got := doc.One(t, "h2").Text(); got != "2 choses à corriger avant de continuer" {
		t.Errorf("heading %q", got)
	}
	if render(t, page.ErrorSummary(v, nil)).Has("div") {
		t.Error("a summary of nothing")
	}
}
