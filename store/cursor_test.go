package store

import "testing"

// FuzzCursor: a forged cursor is a place or none, and a place is written as it was read.
func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "!", "MC4x", "LTEuYQ", string(cursorAt(1795546928000000, "01a21672-79a1-7ec7-baa1-5b26c154c1e2"))} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, id, ok := Cursor(s).place()
		if ok != Cursor(s).Readable() {
			t.Errorf("%q: readable %v, read %v", s, Cursor(s).Readable(), ok)
		}
		if !ok {
			return
		}
		if againAt, againID, again := cursorAt(at, id).place(); !again || againAt != at || againID != id {
			t.Errorf("%q is %d, %q, then %d, %q", s, at, id, againAt, againID)
		}
	})
}
