package editor_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/e2e/browser"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestPaste holds what becomes of clipboards shaped as programs shape them.
func TestPaste(t *testing.T) {
	tab := bare(t)
	files, err := filepath.Glob("testdata/paste/*.html")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d clipboards, %v", len(files), err)
	}
	for _, file := range files {
		html, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in, _ := json.Marshal(string(html))
		got, err := browser.Evaluate[struct {
			Text                      string
			Pictures, Elsewhere, Lost int
		}](tab, fmt.Sprintf("(({text, ...n}) => ({Text: text, Pictures: n.pictures, Elsewhere: n.elsewhere, Lost: n.lost}))(editor.pasted(%s))", in))
		if err != nil {
			t.Fatal(err)
		}
		said := fmt.Sprintf("%s\n\n<!-- pictures: %d with it, %d elsewhere, %d lost -->\n", got.Text, got.Pictures, got.Elsewhere, got.Lost)
		golden := strings.TrimSuffix(file, ".html") + ".md"
		if *update {
			if err := os.WriteFile(golden, []byte(said), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), said); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
	for _, said := range tab.Complaints() {
		t.Error(said)
	}
}

// TestCare holds what the care for typography makes of texts, in three languages.
func TestCare(t *testing.T) {
	tab := bare(t)
	for _, tt := range []struct{ language, typed, want string }{
		{"fr", `"Où ?" dit-il : l'eau... "Là !"`, "«\u00a0Où\u202f?\u202f» dit-il\u00a0: l’eau… «\u00a0Là\u202f!\u202f»"},
		{"fr", "C'est à 14:30, http://x.example", "C’est à 14:30, http://x.example"},
		{"en", `"It's 'so'," she said: yes!`, "“It’s ‘so’,” she said: yes!"},
		{"br", `"C'hoazh ?"`, "«\u00a0C’hoazh ?\u202f»"},
	} {
		in, _ := json.Marshal([]string{tt.typed, tt.language})
		got, err := browser.Evaluate[string](tab, fmt.Sprintf("editor.tidy(...%s)", in))
		if err != nil {
			t.Fatal(err)
		}
		if got != tt.want {
			t.Errorf("%s: %q becomes %q, not %q", tt.language, tt.typed, got, tt.want)
		}
	}
}
