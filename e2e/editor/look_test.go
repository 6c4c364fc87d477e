package editor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bourgeon/e2e/browser"
)

const sample = `La criée **rouvre** le samedi.

## Trois espèces, pas plus

- bar
- lieu
  - jaune
  - noir

> On n’y croyait plus.

:::box
À retenir : *venez tôt*.
:::

| Quand | Quoi |
| - | -: |
| mardi | marché |

Un mot[^1] et [un lien](https://example.org).

::latest{count=3}

[^1]: La note.

[def]: https://example.org
`

// TestLook takes pictures of the editor into the folder LOOK.
func TestLook(t *testing.T) {
	folder := os.Getenv("LOOK")
	if folder == "" {
		t.Skip("LOOK names no folder")
	}
	address, _ := serve(t)
	tab := browser.Start(t).Tab()
	tab.Open(address + "/write/article")
	tab.Press("Écrire en Markdown")
	tab.Fill("[name=text]", sample)
	tab.Press("Écrire en Markdown")
	shot := func(name string) {
		for _, width := range []int{360, 768, 1280} {
			tab.Size(width, 900)
			tab.Screenshot(filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, width)))
		}
	}
	if _, err := browser.Evaluate[bool](tab, `document.querySelector(".bar").style.position = "static", document.querySelector(".toolbar").style.position = "relative", true`); err != nil {
		t.Fatal(err)
	}
	shot("editor")
	tab.Press("Insérer")
	shot("menu")
	tab.Press("Un tableau")
	shot("dialog")
	for _, said := range tab.Complaints() {
		t.Error(said)
	}
}
