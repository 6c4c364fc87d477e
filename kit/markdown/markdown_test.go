package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func options() Options {
	return Options{
		LinkBase: "https://mag.bzh/nord/",
		NoteBack: "Retour au texte, note",
		Image: func(ref string) (Image, bool) {
			switch ref {
			case "1":
				return Image{Src: "/media/1.webp", SrcSet: "/media/1-480.webp 480w, /media/1.webp 960w", Sizes: "100vw",
					Alt: "Le port", Credit: "Maëlle K. <CC BY>", Width: 960, Height: 640}, true
			case "2":
				return Image{Src: "/media/2.webp"}, true
			case "3":
				return Image{Src: "/media/3.jpg", WebP: "/media/3.webp 480w", Sizes: "50vw"}, true
			}
			return Image{}, false
		},
	}
}

func TestRender(t *testing.T) {
	const img1 = `<img src="/media/1.webp" srcset="/media/1-480.webp 480w, /media/1.webp 960w" sizes="100vw" alt="Vue" width="960" height="640" loading="lazy" decoding="async">`
	tests := []struct{ name, in, want string }{
		{"paragraphs", "Un *deux* **trois** ~~quatre~~ `cinq`\n\nsix", "<p>Un <em>deux</em> <strong>trois</strong> <del>quatre</del> <code>cinq</code></p>\n<p>six</p>\n"},
		{"pasted bullets", "Qui ?\n  • Odile\n  • Karim\nEt quoi ?", "<p>Qui ?</p>\n<ul>\n<li>Odile</li>\n<li>Karim</li>\n</ul>\n<p>Et quoi ?</p>\n"},
		{"lines end where they were ended", "Un\ndeux", "<p>Un<br>\ndeux</p>\n"},
		{"headings begin where the page wants", "## a\n\n### b\n", "<h2 id=\"a\">a</h2>\n<h3 id=\"b\">b</h3>\n"},
		{"headings", "# L’été à *Brest*\n\n## L'ete a brest\n\n###### x\n\n# 日本\n", "<h2 id=\"l-ete-a-brest\">L’été à <em>Brest</em></h2>\n<h3 id=\"l-ete-a-brest-2\">L&#39;ete a brest</h3>\n<h6 id=\"x\">x</h6>\n<h2 id=\"section\">日本</h2>\n"},
		{"setext", "Titre\n=====\n", "<h2 id=\"titre\">Titre</h2>\n"},
		{"inner link", "[a](/x) [b](https://MAG.bzh/y \"t\")", `<p><a href="/nord/x">a</a> <a href="https://MAG.bzh/y" title="t">b</a></p>` + "\n"},
		{"outer link", "[a](https://ailleurs.bzh) <https://b.bzh> www.c.bzh moi@d.bzh", `<p><a href="https://ailleurs.bzh" rel="nofollow ugc noopener">a</a> <a href="https://b.bzh" rel="nofollow ugc noopener">https://b.bzh</a> <a href="http://www.c.bzh" rel="nofollow ugc noopener">www.c.bzh</a> <a href="mailto:moi@d.bzh">moi@d.bzh</a></p>` + "\n"},
		{"dangerous links", "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:x> [c](vbscript:x)", "<p>a b javascript:x c</p>\n"},
		{"HTML is text", "a <b onclick=x>c</b> <!-- d -->\n\n<script>alert(1)</script>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt; &lt;!-- d --&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
		{"table", "a|b|c\n:-|-:|-\n1|2|3", "<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n<th>c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"left\">1</td>\n<td align=\"right\">2</td>\n<td>3</td>\n</tr>\n</tbody>\n</table>\n"},
		{"list", "3. a\n4. b\n\n- c\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>\n"},
		{"code", "```go\na < b\n```\n", "<pre><code class=\"language-go\">a &lt; b\n</code></pre>\n"},
		{"note", "a[^1]\n\n[^1]: b", "<p>a<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\n<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n<p>b\u00a0<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\"><span aria-hidden=\"true\">↩</span><span class=\"visually-hidden\">Retour au texte, note 1</span></a></p>\n</li>\n</ol>\n</div>\n"},
		{"figure", `![Vue](media:1 "Le \"port\"")`, "<figure>" + img1 + "<figcaption>Le &#34;port&#34; <small class=\"credit\">Maëlle K. &lt;CC BY&gt;</small></figcaption></figure>\n"},
		{"two figures", "![a](media:2)\n![b](media:2)", `<figure><img src="/media/2.webp" alt="a" loading="lazy" decoding="async"></figure>` + "\n" + `<figure><img src="/media/2.webp" alt="b" loading="lazy" decoding="async"></figure>` + "\n"},
		{"picture in a sentence", "Voir ![Vue](media:1) ici", "<p>Voir " + img1 + " ici</p>\n"},
		{"picture in two formats", "a ![Vue](media:3) b",
			`<p>a <picture><source type="image/webp" srcset="/media/3.webp 480w" sizes="50vw">` +
				`<img src="/media/3.jpg" alt="Vue" loading="lazy" decoding="async"></picture> b</p>` + "\n"},
		{"missing picture", "![Vue <x>](media:9)", "<p><em class=\"missing-media\">Vue &lt;x&gt;</em></p>\n"},
		{"picture from elsewhere", "![Vue](https://x.bzh/a.png)", "<p><a href=\"https://x.bzh/a.png\" rel=\"nofollow ugc noopener\">Vue</a></p>\n"},
		{"bad picture", "![Vue](data:image/png;base64,AAAA)", "<p>Vue</p>\n"},
		{"reference", "[a][r] ![b][m]\n\n[r]: /x\n[m]: media:2", `<p><a href="/nord/x">a</a> <img src="/media/2.webp" alt="b" loading="lazy" decoding="async"></p>` + "\n"},
		{"not a directive", "a ::b{c=\"d\"}\n\n::Nope\n\n::x{a=\"b}", "<p>a ::b{c=&#34;d&#34;}</p>\n<p>::Nope</p>\n<p>::x{a=&#34;b}</p>\n"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Render(tt.in, options())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRenderOptions(t *testing.T) {
	got := Render("# Quoi ?\n\n\"a\"[^1] `b ?`\n\n[^1]: l'eau...", Options{HeadingBase: 3, French: true, IDPrefix: "e-1\"", LinkBase: "::"})
	for _, want := range []string{
		"<h3 id=\"e-1quoi\">Quoi\u202f?</h3>", "«\u00a0a\u202f»", "<code>b ?</code>", "l’eau…",
		`id="e-1fnref:1"`, `href="#e-1fn:1"`, `<li id="e-1fn:1">`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
}

func TestShort(t *testing.T) {
	o := options()
	o.Short = true
	for in, want := range map[string]string{
		"*Oui*, **vraiment** : https://a.bzh": `<p><em>Oui</em>, <strong>vraiment</strong> : <a href="https://a.bzh" rel="nofollow ugc noopener">https://a.bzh</a></p>` + "\n",
		"> dit-elle\n\n- un\n- deux":          "<blockquote>\n<p>dit-elle</p>\n</blockquote>\n<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n",
		"# Titre\n\nTitre\n===":               "<p># Titre</p>\n<p>Titre<br>\n===</p>\n",
		"![Vue](media:9)":                     "<p><em class=\"missing-media\">Vue</em></p>\n",
		"a|b\n-|-\n1|2\n\n::liste\n\nx[^1]":   "<p>a|b<br>\n-|-<br>\n1|2</p>\n<p>::liste</p>\n<p>x[^1]</p>\n",
		"<script>alert(1)</script>":           "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
		"    indenté":                         "<pre><code>indenté\n</code></pre>\n",
	} {
		if diff := cmp.Diff(want, Render(in, o)); diff != "" {
			t.Errorf("%q:\n%s", in, diff)
		}
	}
}

func TestSegments(t *testing.T) {
	src := "# A\n::entries{tag=\"la \\\"mer\\\"\", n=3}\nb\n\n> ::no\n\n<div data-directive=\"e30\"></div>\n\n::map\n::map{}\n"
	got := Segments(Render(src, Options{French: true}))
	want := []Segment{
		{HTML: "<h2 id=\"a\">A</h2>\n"},
		{Directive: &Directive{Name: "entries", Args: map[string]string{"tag": `la "mer"`, "n": "3"}}},
		{HTML: "<p>b</p>\n<blockquote>\n<p>::no</p>\n</blockquote>\n<p>&lt;div data-directive=&#34;e30&#34;&gt;&lt;/div&gt;</p>\n"},
		{Directive: &Directive{Name: "map", Args: map[string]string{}}},
		{Directive: &Directive{Name: "map", Args: map[string]string{}}},
	}
	want[2].HTML = strings.ReplaceAll(want[2].HTML, "data-directive=&#34;e30&#34;", "data-directive=«\u00a0e30\u202f»")
	// How typography sets the quotes of the forged marker does not matter here.
	got[2].HTML = strings.ReplaceAll(got[2].HTML, "data-directive=&#34;e30&#34;", "data-directive=«\u00a0e30\u202f»")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	const address = "https://videos.example.org/w/a?b=1&c=2"
	for src, want := range map[string]string{
		"Voici.\n\n" + address + "\n\nFin.": address, "<" + address + ">": address, "Voir " + address: "", "> " + address: "", "- " + address: "",
		"[" + address + "](https://elsewhere.example.org)": "", `<p class="lone"><a href="https://a.example.org">x</a></p>`: "",
	} {
		found := ""
		for _, s := range Segments(Render(src, Options{French: true})) {
			if s.Address != "" && (s.HTML == "" || s.Directive != nil) {
				t.Errorf("%q gives %+v", src, s)
			}
			found += s.Address
		}
		if found != want {
			t.Errorf("%q: the address alone is %q, want %q", src, found, want)
		}
	}
	if got := Segments(""); got != nil {
		t.Errorf("Segments of nothing: %v", got)
	}
}

func TestPlain(t *testing.T) {
	src := "# Été\n\nUn *deux*[^1]  \ntrois\n\na|b\n-|-\n1|2\n\n![x](media:1 \"Légende\")\n\n::map\n\n[^1]: note"
	want := "Été\nUn deux trois\na b\n1 2\nLégende Maëlle K. <CC BY>\nnote"
	if diff := cmp.Diff(want, strings.ReplaceAll(Plain(Render(src, options())), "note\u00a0", "note")); diff != "" {
		t.Error(diff)
	}
}

func TestExcerpt(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"Un deux\ntrois", 20, "Un deux trois"},
		{"Un deux, trois", 14, "Un deux, trois"},
		{"Un deux, trois", 13, "Un deux…"},
		{"Un deux trois", 8, "Un deux…"},
		{"Un deux trois", 7, "Un…"},
		{"abcdefgh", 5, "abcd…"},
		{"été", 3, "été"},
		{"a", 0, ""},
		{strings.Repeat("mot ", 5000), 10, "mot mot…"},
		{strings.Repeat(" ", 5000) + "x", 10, "…"},
	}
	for _, tt := range tests {
		if got := Excerpt(tt.in, tt.limit); got != tt.want {
			t.Errorf("Excerpt(%.20q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}
