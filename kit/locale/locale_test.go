package locale

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const bretonRule = `nplurals=5; plural=(n%10 == 1 && n%100 != 11 && n%100 != 71 && n%100 != 91) ? 0 : ((n%10 == 2 && n%100 != 12 && n%100 != 72 && n%100 != 92) ? 1 : ((((n%10 == 3 || n%10 == 4) || n%10 == 9) && (n%100 < 10 || n%100 > 19) && (n%100 < 70 || n%100 > 79) && (n%100 < 90 || n%100 > 99)) ? 2 : ((n != 0 && n%1000000 == 0) ? 3 : 4)));`

var files = fstest.MapFS{
	"fr/a.po": {Data: []byte(`msgid ""
msgstr ""
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. help
msgid "Publish?"
msgstr "Publier l'article ?"

msgid "%d article by %s"
msgid_plural "%d articles by %s"
msgstr[0] "%d article de %s"
msgstr[1] "%d articles de %s"

msgctxt "verb"
msgid "Draft"
msgstr "Ébaucher"

msgid "Not yet"
msgstr ""

msgid "Two\nlines \"a\""
msgstr ""
"Deux\n"
"lignes : %s"
`)},
	"fr/b.po": {Data: []byte("msgid \"\"\nmsgstr \"Language: fr\\n\"\n\nmsgid \"Draft\"\nmsgstr \"Brouillon\"\n\nmsgid \"Publish?\"\nmsgstr \"autre\"\n")},
	"br/a.po": {Data: []byte("msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: " + bretonRule + "\\n\"\n\n" +
		"msgid \"%d day\"\nmsgid_plural \"%d days\"\nmsgstr[0] \"%d deiz\"\nmsgstr[1] \"%d zeiz\"\nmsgstr[2] \"%d deiz (3)\"\nmsgstr[3] \"%d a zeizioù\"\nmsgstr[4] \"%d deiz (5)\"\n")},
}

func load3(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load(files, "fr", "en", "br")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMessages(t *testing.T) {
	c := load3(t)
	fr, en, br := c.In("fr"), c.In("en"), c.In("br")
	for i, tt := range []struct{ got, want string }{
		{fr.T("Publish?"), "Publier l’article\u202f?"},
		{fr.T("Draft"), "Brouillon"},
		{fr.TC("verb", "Draft"), "Ébaucher"},
		{fr.TC("noun", "Draft"), "Draft"},
		{fr.T("Not yet"), "Not yet"},
		{fr.T("Unknown %d%%", 3), "Unknown 3%"},
		{fr.T("100%"), "100%"},
		{fr.T("Two\nlines \"a\"", "x"), "Deux\nlignes\u00a0: x"},
		{fr.N("%d article by %s", "%d articles by %s", 0, 0, "A"), "0 article de A"},
		{fr.N("%d article by %s", "%d articles by %s", 2, 2, "A"), "2 articles de A"},
		{en.T("Publish?"), "Publish?"},
		{en.N("%d day", "%d days", 0, 0), "0 days"},
		{en.N("%d day", "%d days", 1, 1), "1 day"},
		{br.N("%d day", "%d days", 21, 21), "21 deiz"},
		{br.N("%d day", "%d days", 2, 2), "2 zeiz"},
		{br.N("%d day", "%d days", 3, 3), "3 deiz (3)"},
		{br.N("%d day", "%d days", 1_000_000, 1_000_000), "1000000 a zeizioù"},
		{br.N("%d day", "%d days", 12, 12), "12 deiz (5)"},
		{br.T("Publish?"), "Publish?"},
		{c.In("fr-CA").Lang(), "fr"},
		{c.In("de").Lang(), "en"},
		{fr.Dir(), "ltr"},
		{c.In("fr").Name("br"), "brezhoneg"},
		{en.Name("xx"), "xx"},
	} {
		if tt.got != tt.want {
			t.Errorf("%d: got %q, want %q", i, tt.got, tt.want)
		}
	}
}

func TestBretonPlural(t *testing.T) {
	rule, err := pluralRule(bretonRule)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3000 {
		if got, want := rule(n), bretonPlural(n); got != want {
			t.Fatalf("the rule gives %d for %d, want %d", got, n, want)
		}
	}
	if rule(2_000_000) != 3 || rule(-2) != 1 {
		t.Error("millions or negative numbers are wrong")
	}
}

func TestPluralRule(t *testing.T) {
	for header, want := range map[string]string{
		"nplurals=1; plural=0;":                  "0000",
		"nplurals=2; plural=n != 1;":             "1011",
		"nplurals=2; plural=n>1":                 "0011",
		"nplurals=3; plural=n==1||n>2?2:!n;":     "1202",
		"nplurals=4; plural=(n+1)*2/2-1;":        "0123",
		"nplurals=2; plural=n;":                  "0111",
		"nplurals=2; plural=n%0;":                "0000",
		"nplurals=2; plural=n==0 ? 0 : n>1 && 1": "0011",
	} {
		rule, err := pluralRule(header)
		if err != nil {
			t.Errorf("%s: %v", header, err)
			continue
		}
		got := ""
		for n := range 4 {
			got += string(rune('0' + rule(n)))
		}
		if got != want {
			t.Errorf("%s gives %s, want %s", header, got, want)
		}
	}
	for _, header := range []string{
		"nplurals=2; plural=n >< 1;", "nplurals=x; plural=n", "plural=n", "nplurals=2", "nplurals=2; plural=(n", "nplurals=2; plural=n?1",
		"nplurals=2; plural=n n", "nplurals=2; plural=" + strings.Repeat("(", 5000), "nplurals=2; plural=" + strings.Repeat("!", 5000),
		"nplurals=2; plural=99999999999999999999",
	} {
		if _, err := pluralRule(header); err == nil {
			t.Errorf("%.40s: no error", header)
		}
	}
}

func TestLoadFails(t *testing.T) {
	for name, text := range map[string]string{
		"no messages": "hello",
		"not UTF-8":   "msgid \"a\"\nmsgstr \"\xe9\"\n",
		"bad rule":    "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=n >< 1;\\n\"\n",
	} {
		if _, err := Load(fstest.MapFS{"fr/a.po": {Data: []byte(text)}}, "fr"); err == nil {
			t.Errorf("%s: no error", name)
		} else if !strings.Contains(err.Error(), "fr/a.po") {
			t.Errorf("%s: %v doesn't name the file", name, err)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	l := load3(t).In("br")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for n := range 200 {
				l.N("%d day", "%d days", n, n)
			}
		})
	}
	wg.Wait()
}

// visible shows spaces that don't break as _ and ^.
func visible(s string) string { return strings.NewReplacer("\u00a0", "_", "\u202f", "^").Replace(s) }

func TestDates(t *testing.T) {
	c := load3(t)
	at := time.Date(2026, 11, 23, 14, 5, 0, 0, time.FixedZone("CET", 3600))
	first := time.Date(2026, 2, 1, 9, 30, 0, 0, time.UTC)
	for i, tt := range []struct{ got, want string }{
		{c.In("fr").Date(at), "23_novembre 2026"},
		{c.In("fr").Date(first), "1er_février 2026"},
		{c.In("fr").DateTime(at), "23_novembre 2026 à 14_h_05"},
		{c.In("en").Date(at), "23_November 2026"},
		{c.In("en").DateTime(first), "1_February 2026 at 09:30"},
		{c.In("br").Date(at), "23_a viz Du 2026"},
		{c.In("br").DateTime(first), "1añ_a viz C’hwevrer 2026 da 9e30"},
		{c.In("fr").Month(at), "novembre"},
		{c.In("fr").ISO(at), "2026-11-23T14:05:00+01:00"},
		{c.In("fr").Number(1234567), "1^234^567"},
		{c.In("en").Number(-1234), "-1,234"},
		{c.In("fr").Number(999), "999"},
		{c.In("fr").Bytes(1_200_000), "1,2_Mo"},
		{c.In("fr").Bytes(999), "999_o"},
		{c.In("en").Bytes(1000), "1_kB"},
		{c.In("en").Bytes(999_999), "1_MB"},
		{c.In("en").Bytes(12_345_678), "12_MB"},
		{c.In("fr").Bytes(0), "0_o"},
	} {
		if got := visible(tt.got); got != tt.want {
			t.Errorf("%d: got %q, want %q", i, got, tt.want)
		}
	}
}

func TestRelative(t *testing.T) {
	c := load3(t)
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	const d = 24 * time.Hour
	for _, tt := range []struct {
		lang string
		ago  time.Duration
		want string
	}{
		{"fr", 10 * time.Second, "à l’instant"},
		{"fr", -10 * time.Second, "à l’instant"},
		{"fr", time.Minute, "il y a 1_minute"},
		{"fr", 59 * time.Minute, "il y a 59_minutes"},
		{"fr", 3 * time.Hour, "il y a 3_heures"},
		{"fr", 11 * time.Hour, "hier"},
		{"fr", d, "hier"},
		{"fr", -d, "demain"},
		{"fr", 3 * d, "il y a 3_jours"},
		{"fr", -3 * d, "dans 3_jours"},
		{"fr", 20 * d, "il y a 2_semaines"},
		{"fr", 100 * d, "il y a 3_mois"},
		{"fr", 364 * d, "il y a 11_mois"},
		{"fr", 366 * d, "il y a 1_an"},
		{"fr", 800 * d, "il y a 2_ans"},
		{"en", 2 * time.Hour, "2_hours ago"},
		{"en", -61 * time.Minute, "in 1_hour"},
		{"br", 2 * d, "2_zeiz zo"},
		{"br", -3 * d, "a-benn 3_deiz"},
		{"br", 6 * 366 * d, "6_vloaz zo"},
	} {
		if got := visible(c.In(tt.lang).Relative(now.Add(-tt.ago), now)); got != tt.want {
			t.Errorf("%s, %v: got %q, want %q", tt.lang, tt.ago, got, tt.want)
		}
	}
}

func TestMatch(t *testing.T) {
	supported := []string{"fr", "en", "br"}
	for header, want := range map[string]string{
		"":                                "fr",
		"br":                              "br",
		"en-GB,en;q=0.8,fr;q=0.9":         "en",
		"de, br;q=0.5, en;q=0.7":          "en",
		"de":                              "fr",
		"*":                               "fr",
		"fr;q=0, *;q=0.5":                 "en",
		"BR-fr; Q=0.9":                    "br",
		"en;q=2, br;q=x, fr;q=0.1":        "fr",
		strings.Repeat("x,", 9999) + "en": "fr",
	} {
		if got := Match(header, supported); got != want {
			t.Errorf("Match(%.30q) = %q, want %q", header, got, want)
		}
	}
	if got := Match("en", []string{"fr", "en-GB"}); got != "en-GB" {
		t.Errorf("a variant: %q", got)
	}
	if got := Match("en", nil); got != "" {
		t.Errorf("none supported: %q", got)
	}
}

func TestExtractAndMissing(t *testing.T) {
	src := fstest.MapFS{
		"web/a.go":      {Data: []byte("package web\nvar _ = l.T(\"Publish?\")\nvar _ = p.L.N(\"%d article by %s\", `%d articles by %s`, n)\n")},
		"web/b.templ":   {Data: []byte("<p>{ l.TC(\"verb\", \"Draft\") } { l.T(\n\t\"New \\\"a\\\"\", x) }</p>")},
		"web/a_test.go": {Data: []byte(`l.T("Only in a test")`)},
		".git/x.go":     {Data: []byte(`l.T("Hidden")`)},
		"readme.md":     {Data: []byte(`l.T("Documentation")`)},
	}
	got, err := Extract(src)
	if err != nil {
		t.Fatal(err)
	}
	want := []Message{
		{ID: "%d article by %s", Plural: "%d articles by %s", File: "web/a.go", Line: 3},
		{ID: "New \"a\"", File: "web/b.templ", Line: 1},
		{ID: "Publish?", File: "web/a.go", Line: 2},
		{Context: "verb", ID: "Draft", File: "web/b.templ", Line: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	missing := Missing(load3(t), got)
	if diff := cmp.Diff(map[string][]Message{"fr": {want[1]}, "br": want}, missing); diff != "" {
		t.Error(diff)
	}
	c, err := Load(fstest.MapFS{"fr/a.po": {Data: []byte("msgid \"%d of %s\"\nmsgstr \"%s de %d\"\n\nmsgid \"%s by %s\"\nmsgstr \"%[2]s : %[1]s\"\n")}}, "fr")
	if err != nil {
		t.Fatal(err)
	}
	wrong := Mismatched(c, []Message{{ID: "%d of %s"}, {ID: "%s by %s"}})
	if diff := cmp.Diff(map[string][]Message{"fr": {{ID: "%d of %s"}}}, wrong); diff != "" {
		t.Error(diff)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("fr-CA, en;q=0.5, *;q=0")
	f.Add(";;q=,,-")
	f.Fuzz(func(t *testing.T, header string) {
		if got := Match(header, []string{"fr", "en"}); got != "fr" && got != "en" {
			t.Errorf("Match(%q) = %q", header, got)
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, file := range files {
		f.Add(string(file.Data))
	}
	f.Add("msgid \"a\"\nmsgstr[3] \"b\"\nmsgctxt\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(fstest.MapFS{"fr/a.po": {Data: []byte(text)}}, "fr")
		if err != nil {
			return
		}
		for k := range c.In("fr").messages {
			c.In("fr").TC(k.context, k.id, 1)
			c.In("fr").N(k.id, k.id, 5, 5)
		}
	})
}
