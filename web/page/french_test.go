package page_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bourgeon/kit/typocheck"
	"bourgeon/kit/typography"
	"bourgeon/press"
	"bourgeon/web/page"
)

// TestCataloguesAreGoodFrench reads the French of the catalogues, of the built-in forms and of a new site's texts as a
// proof-reader does.
func TestCataloguesAreGoodFrench(t *testing.T) {
	read := func(where, text string) {
		for _, f := range typocheck.French(arguments.ReplaceAllString(text, "\ufffc")) {
			t.Errorf("%s: %s: %s", where, f.Rule, f.Excerpt)
		}
	}
	catalogue, err := page.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("locale/fr/*.po")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		context := ""
		for line := range strings.Lines(string(source)) {
			kind, quoted, _ := strings.Cut(strings.TrimSpace(line), " ")
			text, err := strconv.Unquote(quoted)
			switch {
			case kind != "msgctxt" && kind != "msgid":
				continue
			case err != nil:
				t.Errorf("%s: %s: %v", file, quoted, err)
			case kind == "msgctxt":
				context = text
			case text != "":
				read(file, catalogue.In("fr").TC(context, text))
				context = ""
			}
		}
	}
	for _, form := range press.BuiltInForms() {
		for _, text := range []press.Text{form.Name, form.Plural, form.Pitch} {
			read("form "+form.Slug, typography.French(text["fr"]))
		}
	}
}

var arguments = regexp.MustCompile(`%(?:\[\d+\])?[a-z0-9]*[sd]`)
