package htmltest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `<main id="content" class="page wide"><p class="by">Par <a href="/author/a" rel="author">A</a></p>
<div><p lang="br">Demat   d’an
holl</p></div><p class="by">B</p><input name="tags" aria-invalid="true"></main>`

func TestAll(t *testing.T) {
	tests := []struct {
		selector string
		want     []string
	}{
		{"p", []string{"Par A", "Demat d’an holl", "B"}},
		{"p.by", []string{"Par A", "B"}},
		{"#content > p", []string{"Par A", "B"}},
		{"main.page.wide div p", []string{"Demat d’an holl"}},
		{"main > div > p[lang]", []string{"Demat d’an holl"}},
		{"body > p", nil},
		{`a[rel=author], [lang="br"]`, []string{"A", "Demat d’an holl"}},
		{`a[href^=/author/]`, []string{"A"}},
		{`a[href*=thor]`, []string{"A"}},
		{`a[href=/author]`, nil},
		{"*[aria-invalid=true]", []string{""}},
	}
	doc := Parse(t, sample)
	for _, test := range tests {
		t.Run(test.selector, func(t *testing.T) {
			if diff := cmp.Diff(test.want, doc.Texts(test.selector)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNode(t *testing.T) {
	doc := Parse(t, sample)
	a := doc.One(t, "a")
	if a.Attr("rel") != "author" || a.Attr("title") != "" || !doc.Has("input") || doc.Has("table") {
		t.Errorf("attributes and presence are wrong: %s", a)
	}
	if got := a.String(); !strings.HasPrefix(got, "<a ") {
		t.Errorf("String() = %q", got)
	}
}

func TestMistakesPanic(t *testing.T) {
	for _, selector := range []string{"", "> p", "p:first-child", "p + p", "[a~=b]"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("selector %q was taken", selector)
				}
			}()
			Parse(t, sample).All(selector)
		}()
	}
}
