package stories_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bourgeon/e2e/axe"
	"bourgeon/e2e/browser"
	"bourgeon/press"
)

// character is what tells looks apart besides colour.
const character = `(() => {
	const style = (selector, ...properties) => {
		const e = document.querySelector(selector);
		return e ? properties.map(p => getComputedStyle(e)[p]).join("|") : "";
	};
	return [style(".masthead .name", "fontFamily", "textTransform", "textAlign"), style(".sections", "borderTopStyle", "borderTopWidth"),
		style(".stream", "display", "borderTopStyle", "borderTopWidth"), style(".plate img", "filter", "borderRadius", "padding"), style(".write", "borderRadius", "borderStyle")];
})()`

// TestSixLooks sees each look in light and dark at three widths: nothing overflows, no rule of accessibility is broken,
// and each differs from the others in more than one trait. With BOURGEON_SCREENSHOTS=folder it leaves a picture of each
// there.
func TestSixLooks(t *testing.T) {
	n := open(t)
	article := n.fillSite()
	keeps := n.enter(steward)
	tab := n.someone()
	lend(t, tab, keeps, n.base)
	folder := os.Getenv("BOURGEON_SCREENSHOTS")
	traits := map[press.Model][]string{}
	for _, model := range press.Models {
		t.Run(string(model), func(t *testing.T) {
			for what, address := range map[string]string{"front": n.at("/"), "article": article} {
				for _, dark := range []bool{false, true} {
					tab.Light()
					theme := "light"
					if dark {
						tab.Dark()
						theme = "dark"
					}
					for _, width := range []int{360, 768, 1280} {
						tab.Size(width, 900)
						tab.Open(address + "?look=" + string(model))
						violations, err := axe.Run(tab, axe.Rules()...)
						if err != nil {
							t.Fatal(err)
						}
						if len(violations) > 0 {
							t.Errorf("%s in %s, %s at %d px:\n%s", what, model, theme, width, axe.Describe(violations))
						}
						wide, err := browser.Evaluate[[]string](tab, overflowing)
						if err != nil {
							t.Fatal(err)
						}
						if len(wide) > 0 {
							t.Errorf("%s in %s overflows at %d px:\n  %s", what, model, width, strings.Join(wide, "\n  "))
						}
						if folder != "" {
							tab.Screenshot(filepath.Join(folder, fmt.Sprintf("%s-%s-%s-%d.png", model, what, theme, width)))
						}
					}
				}
				if what == "front" {
					found, err := browser.Evaluate[[]string](tab, character)
					if err != nil {
						t.Fatal(err)
					}
					traits[model] = found
				}
			}
		})
	}
	for i, a := range press.Models {
		for _, b := range press.Models[i+1:] {
			differ := 0
			for k := range traits[a] {
				if traits[a][k] != traits[b][k] {
					differ++
				}
			}
			if differ < 3 {
				t.Errorf("%s and %s differ in %d traits: %q, %q", a, b, differ, traits[a], traits[b])
			}
		}
	}
	tab.Light()
	silent(t, tab)
}

// someoneDresses has a steward choose a look on a phone, see it, have the site wear it, and take it back.
func someoneDresses(t *testing.T, scripts bool) {
	n := open(t)
	article := n.fillSite()
	keeps, reader := n.enter(steward), n.visitor()
	tab := n.someone()
	if !scripts {
		tab.WithoutJavaScript()
	}
	tab.Size(360, 740)
	lend(t, tab, keeps, n.base)
	tab.Open(n.at("/desk/site"))
	tab.Follow("Apparence")
	tab.Check("[name=model][value=poster]")
	tab.Check("[name=paper][value=white]")
	if scripts {
		// It shows by itself, before any button.
		eventually(t, func() string {
			seen, err := browser.Evaluate[string](tab, `getComputedStyle(document.querySelector(".glass iframe").contentDocument.querySelector(".masthead .name") ?? document.body).textTransform`)
			if err != nil {
				return err.Error()
			}
			if seen != "uppercase" {
				return "the mirror shows " + seen
			}
			return ""
		})
		tab.See("À l’essai")
		tab.See("Oublier cet essai")
		tab.DontSee("Le site tel qu’il est")
	} else {
		tab.Press("main button[value=try]")
		tab.See("Personne d’autre ne la voit encore")
	}
	if reader.get(n.at("/")); strings.Contains(reader.styles(), "uppercase") {
		t.Error("readers see what is only tried")
	}
	tab.Press("main button[value=wear]")
	tab.See("Le site porte cette apparence")
	if reader.get(n.at("/")); !strings.Contains(reader.styles(), "uppercase") {
		t.Error("readers don't see what the site wears")
	}

	// Rules of its own hold where everybody reads, and nowhere else; what would load from elsewhere is left out.
	tab.Open(n.at("/desk/look/sheet"))
	tab.Fill("[name=sheet]", "@import url(https://ailleurs.example/x.css);\n.masthead .tagline { letter-spacing: 3px; }")
	tab.Press("main button[value=try]")
	tab.See("Ligne 1, laissé de côté")
	tab.Press("main button[value=wear]")
	reader.get(article)
	if css := reader.styles(); !strings.Contains(css, "letter-spacing:3px") || strings.Contains(css, "ailleurs") {
		t.Error("the article's styles lack the site's own rules, or load from elsewhere")
	}
	reader.get(n.at("/signin"))
	if css := reader.styles(); strings.Contains(css, "letter-spacing:3px") {
		t.Error("the site's own rules hold where one signs in")
	}

	// The front page, in blocks.
	tab.Open(n.at("/desk/look/front"))
	tab.Check("[name=kind][value=tags]")
	tab.Press("main button[value=add]")
	tab.Press("main button[value=wear]")
	reader.get(n.at("/")).want(http.StatusOK)
	if !reader.page.Has("section.stream > ul.tags") {
		t.Error("the block added isn't on the front page")
	}

	// And back, all of it.
	tab.Open(n.at("/desk/look/versions"))
	tab.Press("ol.rows > li:last-child button")
	tab.See("Le site porte cette apparence")
	reader.get(n.at("/"))
	if css := reader.styles(); strings.Contains(css, "uppercase") || strings.Contains(css, "letter-spacing:3px") || reader.page.Has("section.stream > ul.tags") {
		t.Error("the first look isn't back")
	}
	silent(t, tab)
}

func TestALookOfItsOwn(t *testing.T)                  { someoneDresses(t, true) }
func TestALookOfItsOwnWithoutJavaScript(t *testing.T) { someoneDresses(t, false) }

// styles are the stylesheets of the page, one after the other.
func (c *client) styles() string {
	c.t.Helper()
	var all strings.Builder
	here := *c
	for _, link := range c.page.All("link[rel=stylesheet]") {
		here.get(c.resolve(link.Attr("href"))).want(http.StatusOK)
		all.WriteString(here.body)
	}
	return all.String()
}
