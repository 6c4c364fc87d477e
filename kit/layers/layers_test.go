package layers

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

func TestFS(t *testing.T) {
	l := FS{fstest.MapFS{"a": {Data: []byte("top")}}, fstest.MapFS{"a": {Data: []byte("below")}, "b": {}}}
	if text, err := fs.ReadFile(l, "a"); err != nil || string(text) != "top" {
		t.Errorf("a is %q, %v", text, err)
	}
	if _, err := fs.ReadFile(l, "b"); err != nil {
		t.Error(err)
	}
	if _, err := l.Open("c"); err == nil {
		t.Error("a file that no layer has")
	}
	if names, err := fs.Glob(l, "b"); err != nil || !slices.Equal(names, []string{"b"}) {
		t.Errorf("names %q, %v", names, err)
	}
}
