package feeds

import (
	"strings"
	"testing"

	"bourgeon/press"
)

func TestLocate(t *testing.T) {
	network := press.Addresses{Base: "https://pays.example/ecrire"}
	for address, want := range map[string]spot{
		"https://pays.example/ecrire/mag/article/un":          {slug: "mag", form: "article", entry: "un"},
		"http://PAYS.example:8080/ecrire/mag/article/un/?a#b": {slug: "mag", form: "article", entry: "un"},
		"https://mag.example/article/un":                      {host: "mag.example", form: "article", entry: "un"},
		"https://mag.example/../article/./un":                 {host: "mag.example", form: "article", entry: "un"},
	} {
		if got, ok := locate(network, address); !ok || got != want {
			t.Errorf("%s is %+v, %v", address, got, ok)
		}
	}
	for _, address := range []string{
		"", "mag/article/un", "ftp://mag.example/article/un", "https://pays.example/mag/article/un", "https://pays.example/ecrire/mag/article",
		"https://pays.example/ecrire", "https://pays.example/ecrire/mag/article/un/history", "https://u:p@mag.example/article/un", "https://[::1/article/un",
		"javascript:alert(1)", "https:///article/un", "https://mag.example/article/%00", "https://mag.example/a/" + strings.Repeat("x", 3000),
	} {
		if got, ok := locate(network, address); ok {
			t.Errorf("%s is %+v", address, got)
		}
	}
}

func FuzzLocate(f *testing.F) {
	f.Add("https://pays.example/ecrire/mag/article/un")
	f.Add("https://mag.example/article/un?x#y")
	f.Add("http://a:b@[::1]:99/%2e%2e/%ff")
	f.Fuzz(func(t *testing.T, address string) {
		at, ok := locate(press.Addresses{Base: "https://pays.example/ecrire"}, address)
		if !ok {
			return
		}
		for _, part := range []string{at.form, at.entry, at.host + at.slug} {
			if part == "" || strings.Contains(part, "/") {
				t.Fatalf("%q is at %+v", address, at)
			}
		}
		if at.host != "" && at.slug != "" {
			t.Fatalf("%q is on two sites", address)
		}
	})
}
