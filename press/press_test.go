package press

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for typed, want := range map[string][2]string{ // Clean, CleanLine
		"":                      {"", ""},
		" a ":                   {"a", "a"},
		"a\r\nb\rc\n\n\td":      {"a\nb\nc\n\n\td", "a b c d"},
		"a\x00b\x1bc\x7fd":      {"abcd", "abcd"},
		"a\u0080b\u009fc":       {"abc", "abc"},
		"a\xffb":                {"a\uFFFDb", "a\uFFFDb"},
		"\u00a0a\u00a0b\u202f!": {"a\u00a0b\u202f!", "a b !"},
		"👩‍👧 L’été 🏴󠁧󠁢󠁷󠁬󠁳󠁿": {"👩‍👧 L’été 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👩‍👧 L’été 🏴󠁧󠁢󠁷󠁬󠁳󠁿"},
		"<script>'\"&": {"<script>'\"&", "<script>'\"&"},
		" \n\t\x00 ":   {"", ""},
	} {
		if got := [2]string{Clean(typed), CleanLine(typed)}; got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a\r\n\x00\xff b", "\u0085é\u0301", "\r\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, clean := range map[string]func(string) string{"Clean": Clean, "CleanLine": CleanLine} {
			c := clean(s)
			if !utf8.ValidString(c) || clean(c) != c || strings.TrimSpace(c) != c {
				t.Errorf("%s(%q) = %q", name, s, c)
			}
			for _, r := range c {
				if unicode.IsControl(r) && (name == "CleanLine" || r != '\n' && r != '\t') {
					t.Errorf("%s(%q) keeps %U", name, s, r)
				}
			}
		}
	})
}

func TestTextIn(t *testing.T) {
	for lang, want := range map[string]string{"fr": "un", "en": "one", "br": "un", "": "un"} {
		if got := (Text{"fr": "un", "en": "one"}).In(lang); got != want {
			t.Errorf("%q: %q", lang, got)
		}
	}
	if got := (Text{"en": "one", "fr": ""}).In("br"); got != "one" {
		t.Errorf("an empty text was taken: %q", got)
	}
	for range 20 { // the same at each asking
		if got := (Text{"it": "uno", "de": "eins", "es": "uno", "br": ""}).In("fr"); got != "eins" {
			t.Fatalf("among others: %q", got)
		}
	}
	if (Text{}).In("fr") != "" || Text(nil).In("fr") != "" {
		t.Error("a text without languages")
	}
	if !KnownLanguage("br") || KnownLanguage("BR") || KnownLanguage("") {
		t.Error("languages known")
	}
}

func TestCheckEmail(t *testing.T) {
	for email, ok := range map[string]bool{
		"ana@example.org": true, "a.b+c@sub.example.org": true, "o'neill@example.org": true, "écrire@exemple.bzh": true,
		"": false, "ana": false, "ana@": false, "@example.org": false, "ana@localhost": false, "a b@example.org": false,
		"Ana <ana@example.org>": false, "<ana@example.org>": false, "ana@example.org, b@example.org": false, "ana@example..org": false,
		"ana@example.org\r\nBcc: x@y.z": false, "ana@.org": false, "ana@example.": false, "ana@@example.org": false,
		"ana@[127.0.0.1]": false, "ana@-.org": false, `"a b"@example.org`: false, strings.Repeat("a", 250) + "@example.org": false,
		"ana@exa_mple.org": false, "ana@example.org ": false, "ana@127.0.0.1": false,
	} {
		var c Checks
		CheckEmail(&c, "email", email)
		if (c.Err() == nil) != ok {
			t.Errorf("%q: %v", email, c.Err())
		}
	}
	if got := FoldEmail(" Ana@EXAMPLE.org\n"); got != "ana@example.org" {
		t.Errorf("folded: %q", got)
	}
}

func TestErrors(t *testing.T) {
	err := fmt.Errorf("publish: %w", Problem(Conflict, "%d people at once", 2))
	if KindOf(err) != Conflict || err.Error() != "publish: 2 people at once" {
		t.Error(KindOf(err), err)
	}
	if KindOf(nil) != Unknown || KindOf(errors.New("x")) != Unknown {
		t.Error("the kind of what isn't ours")
	}
	var c Checks
	if c.Err() != nil {
		t.Error("no fault, and an error")
	}
	c.Fault("a", "first")
	c.Fault("a", "second")
	c.Fault("b", "at most %d", 3)
	if got := c.Err().Error(); got != "Some answers need mending.; a: first; b: at most 3" {
		t.Error(got)
	}
}

func TestLicences(t *testing.T) {
	seen := map[LicenceID]bool{}
	for _, l := range Licences {
		if l.ID == "" || l.Name == "" || seen[l.ID] {
			t.Errorf("%+v", l)
		}
		seen[l.ID] = true
		checkText(t, string(l.ID), l.Plain, true)
		id := string(l.ID)
		if cc := strings.HasPrefix(id, "CC"); cc != strings.HasPrefix(l.URL, "https://creativecommons.org/") || cc != strings.HasSuffix(l.URL, "/") {
			t.Errorf("%s stands at %q", id, l.URL)
		}
		reserved := id == "all-rights-reserved"
		if l.Sell == (strings.Contains(id, "-NC") || reserved) || l.Adapt == (strings.Contains(id, "-ND") || reserved) ||
			l.ShareAlike != strings.Contains(id, "-SA") || l.Free != (l.Adapt && l.Sell) {
			t.Errorf("%s says %+v", id, l)
		}
		if got, ok := LicenceByID(l.ID); !ok || got.Name != l.Name {
			t.Errorf("%s isn't found", id)
		}
	}
	if _, ok := LicenceByID(""); ok || !Licences[0].Free {
		t.Error("the licence of nothing, or a first licence that isn't free")
	}
}

func TestDecisions(t *testing.T) {
	for kind, want := range map[EventKind]bool{
		EntryPublished: true, EntryRefused: true, EntryReturned: true, EntryWithdrawn: true, EntryBinned: true, RevisionDeclined: true,
		EntryProposed: false, EntryAmended: false, NoteLeft: false, PersonConfirmed: false, MemberInvited: false, MemberJoined: false,
		SiteChanged: false, "": false,
	} {
		if kind.Decision() != want {
			t.Errorf("%q public: %t", kind, !want)
		}
	}
}

func TestSmallest(t *testing.T) {
	m := Media{Hash: "o", Width: 900, Variants: []Variant{{Width: 320}, {Width: 640}, {Width: 900}}}
	for width, want := range map[int]int{1: 320, 320: 320, 321: 640, 900: 900, 2000: 900} {
		if got := m.Smallest(width).Width; got != want {
			t.Errorf("%d: %d, want %d", width, got, want)
		}
	}
	if got := (Media{Hash: "o", Width: 900}).Smallest(320); got.Hash != "o" || got.Width != 900 {
		t.Errorf("without variants: %+v", got)
	}
}
