package page_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"bourgeon/press"
)

// TestEachMessageIsTranslatedOnce keeps a text from standing in two catalogues of a language, where the last one read
// would win in silence and the two would drift apart.
func TestEachMessageIsTranslatedOnce(t *testing.T) {
	for _, lang := range press.Languages {
		files, err := filepath.Glob(path.Join("locale", lang, "*.po"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 && lang != "en" {
			t.Errorf("no catalogue in %s", lang)
		}
		first := map[string]string{}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			context := ""
			for line := range strings.Lines(string(source)) {
				line = strings.TrimSpace(line)
				switch {
				case strings.HasPrefix(line, "msgctxt "):
					context = line
				case strings.HasPrefix(line, "msgid ") && line != `msgid ""`:
					key := context + " " + line
					if other := first[key]; other != "" {
						t.Errorf("%s stands in %s and in %s: keep one", key, other, file)
					}
					first[key] = file
				case strings.HasPrefix(line, "msgstr"):
					context = ""
				}
			}
		}
	}
}
