// Package typocheck reads French over as a proof-reader does: it tells what in a text breaks the rules of its typography
// (Imprimerie nationale, "Lexique des règles typographiques"), and finds the French in a page of HTML.
//
// It mends nothing, and shares nothing with what sets texts: it is there to judge that. It tells only what it is sure of.
//
// Start with Page.
package typocheck

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Fault is something that a proof-reader would mark.
type Fault struct {
	Rule    string
	Excerpt string // around the fault, which stands between ⟦ and ⟧
}

type rule struct {
	name    string
	pattern *regexp.Regexp
}

// opaque stands for what isn't prose: an address, a picture, words in another language.
const opaque = "\ufffc"

// U+00A0 and U+202F are the spaces that don't break.
var rules = []rule{
	{"straight apostrophe", regexp.MustCompile(`\pL'\pL`)},
	{"straight quotes", regexp.MustCompile(`"`)},
	{"space before a high sign", regexp.MustCompile(`(?:[\pL\pN)\]»”’%…` + opaque + `]|[^\x{00a0}\x{202f}!?(\[\x{fffc}\n]\s)[;!?»]`)},
	{"space before a colon", regexp.MustCompile(`(?:[\pL\pN)\]»”’%…]|[^\x{00a0}\x{202f}\n]\s):(?:\s|$)`)},
	{"space after an opening guillemet", regexp.MustCompile(`«(?:[^\x{00a0}\x{202f}]|$)`)},
	{"three dots", regexp.MustCompile(`\.\.\.`)},
	{"two spaces", regexp.MustCompile(`[ \x{00a0}\x{202f}][ \x{00a0}\x{202f}]`)},
	{"space before a low sign", regexp.MustCompile(`[\pL\pN»)] +[,.](?:\s|$)`)},
	{"ordinal", regexp.MustCompile(`\b(?:1[èe]re?s|1ère|\d+[èe]mes?)\b`)},
	{"hyphen as a dash", regexp.MustCompile(`\pL[ \x{00a0}]-[ \x{00a0}]\pL`)},
	{"space before a unit", regexp.MustCompile(`\d ?[%€](?:$|[^\pL])|\d (?:h|km|kg|Mo|ko|Go|cm|mm|min|ha|°C)\b`)},
	{"space within a number", regexp.MustCompile(`\b\d{1,3} \d{3}\b`)},
	{"ligature", regexp.MustCompile(`(?i)\b(?:coeurs?|oeuvres?|soeurs?|oeil|voeux?|noeuds?|boeufs?|moeurs|manoeuvres?)\b`)},
	{"accent on a capital", regexp.MustCompile(`\b(?:Ecri(?:re|vez|ture)|Ecoles?|Etats?|Etapes?|Etes|Evénements?|Eglise|Editeurs?|Elections?|Equipes?|Etiquettes?)\b|(?:^|[.!?…] )A (?:propos|partir|bientôt|quoi|qui|côté|lire|suivre|relire|vous|nous)\b`)},
}

// notProse are addresses of the web and of mail, paths, and signs of programs.
var notProse = regexp.MustCompile(`(?:https?://|mailto:|www\.)\S+|\S+@\S+\.\S+|(?:^|\s)/[\w{][\w/.{}?=&%-]*|::[a-z]+\S*|\b[\w-]+\.(?:md|css|example|org|net|test|jpe?g|png|webp|atom|rss|json)\b`)

// French tells what is wrong with a text in French.
func French(text string) []Fault {
	text = notProse.ReplaceAllString(text, opaque)
	var faults []Fault
	for _, r := range rules {
		for _, at := range r.pattern.FindAllStringIndex(text, -1) {
			if r.name == "space before a unit" && strings.ContainsAny(text[at[0]:at[1]], "\u00a0\u202f") {
				continue
			}
			faults = append(faults, Fault{r.name, excerpt(text, at[0], at[1])})
		}
	}
	return faults
}

func excerpt(text string, from, to int) string {
	before, after := []rune(text[:from]), []rune(text[to:])
	before, after = before[max(0, len(before)-30):], after[:min(30, len(after))]
	return string(before) + "⟦" + text[from:to] + "⟧" + string(after)
}

// Page tells what is wrong with the French of a page of HTML: its texts, read across inline elements, and the attributes
// that people read or hear. What stands in another language, in code or in a field is left out.
func Page(page string) ([]Fault, error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, err
	}
	r := reader{}
	r.read(root, "fr")
	r.end()
	return r.faults, nil
}

type reader struct {
	block  strings.Builder
	faults []Fault
}

// end is the end of a block: what it said is judged.
func (r *reader) end() {
	text := strings.TrimSpace(r.block.String())
	r.block.Reset()
	if text != "" {
		r.faults = append(r.faults, French(text)...)
	}
}

var (
	space = regexp.MustCompile(`[ \t\n\r\f]+`)
	mute  = map[atom.Atom]bool{
		atom.Script: true, atom.Style: true, atom.Code: true, atom.Pre: true, atom.Kbd: true, atom.Samp: true, atom.Textarea: true,
		atom.Svg: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true, atom.Head: true, atom.Datalist: true,
	}
	inline = map[atom.Atom]bool{
		atom.A: true, atom.Abbr: true, atom.B: true, atom.Cite: true, atom.Del: true, atom.Em: true, atom.I: true, atom.Ins: true,
		atom.Mark: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true,
		atom.Time: true, atom.Code: true, atom.Kbd: true, atom.Img: true, atom.Svg: true,
	}
	spoken = map[string]bool{"alt": true, "title": true, "aria-label": true, "placeholder": true}
)

func (r *reader) read(n *html.Node, lang string) {
	switch n.Type {
	case html.TextNode:
		text := space.ReplaceAllString(n.Data, " ")
		if strings.HasSuffix(r.block.String(), " ") {
			text = strings.TrimPrefix(text, " ")
		}
		r.block.WriteString(text)
		return
	case html.ElementNode:
		own := lang
		for _, a := range n.Attr {
			if a.Key == "lang" && a.Val != "" {
				own = a.Val
			}
		}
		french := own == "fr" || strings.HasPrefix(own, "fr-")
		if french {
			for _, a := range n.Attr {
				if spoken[a.Key] || a.Key == "value" && n.DataAtom == atom.Input && said(n, "type") == "submit" {
					r.faults = append(r.faults, French(strings.TrimSpace(a.Val))...)
				}
			}
		}
		flows := inline[n.DataAtom]
		switch {
		case n.DataAtom == atom.Br:
			r.block.WriteString("\n")
			return
		case (mute[n.DataAtom] || !french) && flows:
			r.block.WriteString(opaque)
			return
		case mute[n.DataAtom] || n.DataAtom == atom.Input:
			if !flows {
				r.end()
			}
			return
		case n.DataAtom == atom.Img:
			return
		}
		if !french {
			r.end()
			foreign := reader{}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				foreign.within(c, own)
			}
			r.faults = append(r.faults, foreign.faults...)
			return
		}
		if !flows {
			r.end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			r.read(c, own)
		}
		if !flows {
			r.end()
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.read(c, lang)
	}
}

// within looks for French inside what stands in another language.
func (r *reader) within(n *html.Node, lang string) {
	if l := said(n, "lang"); l == "fr" {
		r.read(n, lang)
		r.end()
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.within(c, lang)
	}
}

func said(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
