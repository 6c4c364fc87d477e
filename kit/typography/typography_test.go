package typography

import (
	"strings"
	"testing"
	"unicode"
)

// show makes the spaces of s visible: _ for U+00A0, ^ for U+202F.
func show(s string) string {
	return strings.NewReplacer("\u00a0", "_", "\u202f", "^").Replace(s)
}

func TestFrench(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Bonjour !", "Bonjour^!"},
		{"Bonjour!", "Bonjour^!"},
		{"Quoi ?! Non ; oui.", "Quoi^?! Non^; oui."},
		{"Voici : un, deux", "Voici_: un, deux"},
		{"Voici: un", "Voici_: un"},
		{"à 14:30, https://a.bzh/x?y:z! et moi@a.bzh : oui", "à 14:30, https://a.bzh/x?y:z^! et moi@a.bzh_: oui"},
		{"https://a.bzh ?", "https://a.bzh^?"},
		{"std::string, a::b ; `x ? y : z` ?", "std::string, a::b^; `x ? y : z`^?"},
		{"Merci :) ;-) :-(", "Merci :) ;-) :-("},
		{"«bonjour»", "«_bonjour^»"},
		{"« bonjour »", "«_bonjour^»"},
		{"L'été, c'est l'\"école\" d'«ici»", "L’été, c’est l’«_école^» d’«_ici^»"},
		{`Il dit "oui" et "non !"`, "Il dit «_oui^» et «_non^!^»"},
		{`"Ah," dit-il ("bof").`, "«_Ah,^» dit-il («_bof^»)."},
		{`un écran de 5" et 6"`, `un écran de 5" et 6"`},
		{"un \"début\n\nsans fin\"", "un \"début\n\nsans fin\""},
		{"Attendez... ../x ....", "Attendez… ../x ...."},
		{"(!) ! ?", "(!)^!^?"},
		{"? début\n! ligne", "? début\n! ligne"},
		{"&eacute; &amp; x", "&eacute; &amp; x"},
		{"C:\\bin, a?b:c", "C:\\bin, a?b:c"},
		{"100 % !important", "100_% !important"},
		{"1 460 pas, 12 345 678 €, 20 %", "1^460 pas, 12^345^678_€, 20_%"},
		{"à 14 h 32, de 8 h à 13 h ; 41 min 02 s", "à 14_h_32, de 8_h à 13_h^; 41_min_02_s"},
		{"25 Mo, 3 km/h, 12 kWh.", "25_Mo, 3_km/h, 12_kWh."},
		{"en 2024 350 personnes, le 02 98 00 12 34", "en 2024 350 personnes, le 02 98 00 12 34"},
		{"les 3 l’ont vu, 2 m’ont dit, 5 habitants, 3 heures", "les 3 l’ont vu, 2 m’ont dit, 5 habitants, 3 heures"},
		{"page 12 345, A1 234, v1.2 300", "page 12^345, A1 234, v1.2 300"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := show(French(tt.in)); got != tt.want {
			t.Errorf("French(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
	}
}

func TestFrenchHTML(t *testing.T) {
	tests := []struct{ in, want string }{
		{`<p title="Quoi ?">Quoi ?</p>`, `<p title="Quoi ?">Quoi^?</p>`},
		{`<p><em>Quoi</em> ?</p>`, `<p><em>Quoi</em>^?</p>`},
		{`<p><em>Quoi ?</em></p>`, `<p><em>Quoi^?</em></p>`},
		{`<p><em>Quoi</em>?</p>`, `<p><em>Quoi</em>^?</p>`},
		{`<p>l'<em>été...</em> fini</p>`, `<p>l’<em>été…</em> fini</p>`},
		{`<p>l&#39;&quot;<b>été</b>&quot;&nbsp;?</p>`, `<p>l’«_<b>été</b>^»^?</p>`},
		{`<p>a</p><p>! b</p>`, `<p>a</p><p>! b</p>`},
		{`<p><code>a ? b</code> ? <kbd>x:</kbd></p><pre>a ?</pre>`, `<p><code>a ? b</code>^? <kbd>x:</kbd></p><pre>a ?</pre>`},
		{`<script>"a" ? 1 : 2</script><style>a : b ;</style><textarea>a ?</textarea>`,
			`<script>"a" ? 1 : 2</script><style>a : b ;</style><textarea>a ?</textarea>`},
		{`<!-- a ? --><IMG src=x  alt='a ?'>&copy; 2026 ;`, `<!-- a ? --><IMG src=x  alt='a ?'>&copy; 2026^;`},
		{`<p>a &lt; b ? &amp;c</p>`, `<p>a &lt; b^? &amp;c</p>`},
		{`<p>"un</p><p>deux"</p>`, `<p>"un</p><p>deux"</p>`},
		{`<p>oui<br>"non"</p>`, `<p>oui<br>«_non^»</p>`},
		{`a ? <b`, `a^? <b`},
	}
	for _, tt := range tests {
		if got := show(FrenchHTML(tt.in)); got != tt.want {
			t.Errorf("FrenchHTML(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
	}
}

func TestLargeText(t *testing.T) {
	for _, unit := range []string{`"a" `, `"`, "« ", "a ? ", "...", "`", "&", "h://", "a@"} {
		French(strings.Repeat(unit, 1<<16/len(unit)))
	}
}

func FuzzFrench(f *testing.F) {
	for _, s := range []string{
		"Quoi ?! « a » : \"b\" l'eau... http://a.b/?c ! x@y.zz", "\"a \"b\" c\" '\"", "«»: ::", "\xff\"", "` a ?`",
		"a  ? »b« \"\n\n\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := French(s)
		if twice := French(once); twice != once {
			t.Errorf("not idempotent: %q, %q, %q", s, once, twice)
		}
		if a, b := words(s), words(once); a != b {
			t.Errorf("words changed: %q, %q", a, b)
		}
	})
}

func FuzzFrenchHTML(f *testing.F) {
	for _, s := range []string{
		`<p><em>Quoi</em> ? &quot;<b>a</b>&quot; l&#39;eau...</p>`, `<code>a ?</p> ?`, `<!-- --><a href="?">:</a>`,
		`<script>"a"`, `<pre><pre>"a"</pre> ?`, `&#34;a&#34; &nbsp;! &;`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := FrenchHTML(s)
		if twice := FrenchHTML(once); twice != once {
			t.Errorf("not idempotent: %q, %q, %q", s, once, twice)
		}
		if strings.Count(s, "<") != strings.Count(once, "<") || strings.Count(s, ">") != strings.Count(once, ">") {
			t.Errorf("markup changed: %q, %q", s, once)
		}
	})
}

// words keeps what no rule may touch.
func words(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(";:!?,-()", r) {
			return r
		}
		return -1
	}, s)
}
