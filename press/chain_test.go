package press

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestChain(t *testing.T) {
	form := Form{Fields: []Field{{Key: "who", Kind: Inviter}}}
	day := 0
	story := func(name string, kind SignatureKind, answer ...string) Entry {
		day++
		e := Entry{Title: name, PublishedAt: time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC), Credits: []Credit{{Role: Author, Kind: kind, Name: name, Slug: strings.ToLower(name)}}}
		e.Answers = Answers{"who": answer}
		return e
	}
	links := []Handing{{ID: "anne", Name: "Anne", Shown: true}, {ID: "yann", Name: "Yann"}}
	entries := []Entry{
		story("Anne", SignName, "un ami", "shown", ""),
		story("Bleuenn", SignName, "Anne", "shown", "anne"),
		story("Corentin", SignName, "bleuenn ", "shown", ""),
		story("Denez", SignName, "", "shown", "yann"),     // Yann doesn't agree to be named
		story("Enora", SignName, "Anne", "", "anne"),      // Enora doesn't
		story("", SignAnonymous, "Anne", "shown", "anne"), // nobody tells who this is
		story("Fanch", SignName, "Enora", "shown", ""),    // Enora isn't shown here either
		story("Anne", SignName, "Corentin", "shown", ""),  // a circle
	}
	var draw func([]*Guest, string) string
	draw = func(all []*Guest, indent string) string {
		s := ""
		for _, g := range all {
			s += indent + g.Name + "\n" + draw(g.Brought, indent+"  ")
		}
		return s
	}
	want := "Anne\n  Bleuenn\n    Corentin\nDenez\nFanch\n"
	if diff := cmp.Diff(want, draw(Chain(form, entries, links, func(s string) string { return strings.ToLower(strings.TrimSpace(s)) }), "")); diff != "" {
		t.Error(diff)
	}
}
