package markdown

import (
	"flag"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// allowed lists the attributes of every element that Render may produce.
var allowed = map[string]string{
	"p": "", "br": "", "hr": "", "strong": "", "em": "class", "del": "", "code": "class", "pre": "",
	"blockquote": "", "ul": "", "ol": "start", "li": "id", "table": "", "thead": "", "tbody": "", "tr": "",
	"th": "align", "td": "align", "figure": "", "figcaption": "", "sup": "id", "small": "class",
	"h1": "id", "h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id",
	"div": "class role data-directive", "span": "class aria-hidden", "a": "href title rel class role",
	"img": "src srcset sizes alt width height loading decoding",
}

var void = []string{"br", "hr", "img"}

// check says what is wrong with a rendered page, if anything.
func check(page string) error {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Errorf("left open: %v", open)
			}
			return nil
		case html.CommentToken, html.DoctypeToken:
			return fmt.Errorf("unexpected %s", z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			attrs, ok := allowed[tok.Data]
			if !ok {
				return fmt.Errorf("element %s", tok.Data)
			}
			for _, a := range tok.Attr {
				if !slices.Contains(strings.Fields(attrs), a.Key) {
					return fmt.Errorf("attribute %s of %s", a.Key, tok.Data)
				}
				if a.Key == "href" || a.Key == "src" {
					u, err := url.Parse(a.Val)
					if err != nil {
						return err
					}
					if !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme) {
						return fmt.Errorf("address %q", a.Val)
					}
				}
			}
			if !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return fmt.Errorf("closing %s within %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range []string{
		"# a\n\n*b* [c](javascript:alert(1)) ![d](media:1 \"e\") <script>x</script>\n\n::map{a=\"b\"}\n",
		"a|b\n:-|-:\n1|[x](data:y)\n\n[^1] x\n\n[^1]: y\n\n- > 1. ```z",
		"[a]: javascript:x\n[a] ![a] [![b](media:1)](//x.y 'z')\n\n<a href=\"x\" onclick=y>&lt;script&gt;",
		"\"l'a\" : http://x.y/?a=\"b\" <http://a\" onclick=x> **a *b** c*\n***\n",
		"![a\"b](media:1)\n![](media:x)\n\n::a{b=c}\n<div data-directive=\"e30\"></div>",
		"[x](/\\evil.bzh) [y](\x01javascript:z) [z](JaVaScRiPt&#58;a) [w](&#x6A;avascript:a)",
	} {
		f.Add(s)
	}
	scheme := regexp.MustCompile(`(?i)(?:href|src)="\s*(?:javascript|data|vbscript):`)
	f.Fuzz(func(t *testing.T, src string) {
		o := options()
		o.French, o.Short = len(src)%2 == 0, len(src)%3 == 0
		page := Render(src, o)
		if err := check(page); err != nil {
			t.Fatalf("%v in %q from %q", err, page, src)
		}
		if m := scheme.FindString(page); m != "" {
			t.Errorf("%s in %q", m, page)
		}
		for _, s := range Segments(page) {
			if err := check(s.HTML); err != nil {
				t.Errorf("segment: %v in %q from %q", err, s.HTML, src)
			}
		}
		if p := Plain(page); strings.Contains(p, "\n\n") {
			t.Errorf("empty line in %q", p)
		}
	})
}

var hostileSize = flag.Int("hostile", 30_000, "bytes of each text of TestHostile")

// TestHostile renders texts that are made to take long, or to grow. With
// -hostile 2000000 it takes about a minute; none may be worse than linear.
func TestHostile(t *testing.T) {
	size := *hostileSize
	units := []string{
		"[", "![", ">", "*", "**a ", "*a **a ", "_a __a", "[a](", "[^1]", "[^", "`", "` `` ", "- ", "1. ", "<",
		"~a ", "](", "[a]\n", "| a ", "]", "[]", "<!--", "&", "*a_ ", "a**b", "[a][b]", "[a]: b\n", "[a](b) ",
		"http://", "www.", "a@", "> - ", "- a\n", "\n> ", "[x](<", "[x](\"", "*_", "__a**b~~c ", "\"a ", "« ", "# a\n",
		"::a\n", "![a](media:1)\n\n", "a\n===\n", "```\n", "\t", " ", "\n", "[a](b \"", "<a@", "![[]", "[a](<b>\n", "a\\\n", "a  \n",
		"[^1]: a\n", "[^1]: a\n\n", "*a*", "é", "\x00",
	}
	texts := map[string]string{
		"brackets closed":    strings.Repeat("[", size/2) + strings.Repeat("]", size/2),
		"brackets with link": strings.Repeat("[", size/2) + "[a](b)" + strings.Repeat("]", size/2),
		"many paragraphs":    strings.Repeat(strings.Repeat("[a](", 100)+"\n\n", size/400),
		"emphasis":           strings.Repeat(strings.Repeat("*a_ ", 500)+"\n\n", size/2000),
		"nested emphasis":    strings.Repeat(strings.Repeat("*a ", 400)+strings.Repeat(" b*", 400)+"\n\n", size/2400),
		"wide table":         strings.Repeat("|a", 10_000) + "\n" + strings.Repeat("|-", 10_000) + "\n" + strings.Repeat("|\n", size/2),
		"table of 60":        strings.Repeat("|a", 60) + "\n" + strings.Repeat("|-", 60) + "\n" + strings.Repeat("|\n", size/20),
		"references":         "[a]: /" + strings.Repeat("x", size/2) + "\n\n" + strings.Repeat("[a] ", size/8),
		"note":               "[^a]: b\n\n" + strings.Repeat("[^a] ", size/5),
		"indented":           indented(size),
		"long quote":         strings.Repeat(strings.Repeat(">", 30)+"a\n", size/31),
	}
	for _, u := range units {
		texts[fmt.Sprintf("%q", u)] = strings.Repeat(u, size/len(u))
	}
	for name, src := range texts {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			page := Render(src, Options{French: true, Image: options().Image})
			took := time.Since(start)
			t.Logf("%v, %d MB", took.Round(time.Millisecond), len(page)>>20)
			// Generous, for slow machines and the race detector; what it is there
			// to find takes minutes.
			if limit := 5*time.Second + time.Duration(size)*5*time.Microsecond; took > limit {
				t.Errorf("took %v", took)
			}
			if len(page) > 20*size+10_000_000 {
				t.Errorf("grew to %d bytes", len(page))
			}
			if err := check(page); err != nil {
				t.Error(err)
			}
		})
	}
}

func indented(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.Repeat("  ", i%1000) + "- a\n")
	}
	return b.String()
}
