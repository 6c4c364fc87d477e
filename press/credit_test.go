package press

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSigningCheck(t *testing.T) {
	good := Signing{Kind: SignName, Name: "Ana", Email: "ana@example.org", Charter: true}
	with := func(change func(*Signing)) Signing {
		s := good
		change(&s)
		return s
	}
	long := strings.Repeat("é", 101)
	for name, c := range map[string]struct {
		s     Signing
		known bool
		want  []string
	}{
		"name":               {good, false, nil},
		"nothing":            {Signing{}, false, []string{"kind", "email", "charter"}},
		"nothing, signed in": {Signing{}, true, []string{"kind", "charter"}},
		"no name":            {with(func(s *Signing) { s.Name = "" }), false, []string{"name"}},
		"pseudonym":          {with(func(s *Signing) { s.Kind = SignPseudonym }), false, nil},
		"no pseudonym":       {with(func(s *Signing) { s.Kind, s.Name = SignPseudonym, "" }), false, []string{"name"}},
		"organisation":       {with(func(s *Signing) { s.Kind, s.Name, s.Organisation = SignOrganisation, "", "O" }), false, nil},
		"no organisation":    {with(func(s *Signing) { s.Kind = SignOrganisation }), false, []string{"organisation"}},
		"anonymous":          {with(func(s *Signing) { s.Kind, s.Name = SignAnonymous, "" }), false, nil},
		"unknown kind":       {with(func(s *Signing) { s.Kind = "king" }), false, []string{"kind"}},
		"no address":         {with(func(s *Signing) { s.Email = "" }), false, []string{"email"}},
		"no address, known":  {with(func(s *Signing) { s.Email = "" }), true, nil},
		"wrong address":      {with(func(s *Signing) { s.Email = "ana" }), false, []string{"email"}},
		"taken up": {with(func(s *Signing) {
			s.Source = Provenance{Kind: TakenUp, Title: "T", URL: "https://example.org/", Licence: "CC-BY-NC-ND-4.0"}
		}), false, nil},
		"translated against its licence": {with(func(s *Signing) {
			s.Source = Provenance{Kind: Translated, Title: "T", Licence: "CC-BY-NC-ND-4.0"}
		}), false, []string{"source_licence"}},
		"a source without facts": {with(func(s *Signing) {
			s.Source = Provenance{Kind: "stolen", URL: "javascript:alert(1)", Licence: "WTF"}
		}), false, []string{"source_kind", "source_title", "source_url", "source_licence"}},
		"charter refused":       {with(func(s *Signing) { s.Charter = false }), true, []string{"charter"}},
		"scribe":                {with(func(s *Signing) { s.ForSomeone, s.ScribeName = true, "Bob" }), false, nil},
		"scribe without name":   {with(func(s *Signing) { s.ForSomeone = true }), false, []string{"scribe_name"}},
		"a hundred letters":     {with(func(s *Signing) { s.Name = long[:200] }), false, nil},
		"long names, in order":  {with(func(s *Signing) { s.Name, s.Organisation, s.ScribeName = long, long, long }), false, []string{"name", "organisation", "scribe_name"}},
		"co-authors":            {with(func(s *Signing) { s.CoAuthors = "Bob\nÈve" }), false, nil},
		"a long co-author":      {with(func(s *Signing) { s.CoAuthors = "Bob\n" + long }), false, []string{"co_authors"}},
		"a co-author's address": {with(func(s *Signing) { s.CoAuthors = "Bob <bob@example.org>" }), false, nil},
		"a wrong one":           {with(func(s *Signing) { s.CoAuthors = "Bob <bob>" }), false, []string{"co_authors"}},
		"an address alone":      {with(func(s *Signing) { s.CoAuthors = "<bob@example.org>" }), false, []string{"co_authors"}},
		"a crowd":               {with(func(s *Signing) { s.CoAuthors = crowd(MaxCoAuthors + 1) }), false, []string{"co_authors"}},
		"a full list":           {with(func(s *Signing) { s.CoAuthors = crowd(MaxCoAuthors) }), false, nil},
	} {
		if diff := cmp.Diff(c.want, faults(c.s.Tidy().Check(c.known))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func crowd(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Personne %d\n", i)
	}
	return b.String()
}

// TestWithCoAuthors: nobody named by the writer is lost on the way.
func TestWithCoAuthors(t *testing.T) {
	for typed, want := range map[string][]CoAuthor{
		"":                           nil,
		" \n\n":                      nil,
		"Bob":                        {{Name: "Bob"}},
		"Bob\r\n Ève Le  Goff \n":    {{Name: "Bob"}, {Name: "Ève Le Goff"}},
		"Bob\nBob":                   {{Name: "Bob"}},
		"Bob <Bob@Example.org>\nÈve": {{"Bob", "bob@example.org"}, {Name: "Ève"}},
		"<bob@example.org>":          {{Email: "bob@example.org"}},
		"Bob <":                      {{Name: "Bob"}},
	} {
		if diff := cmp.Diff(want, Signing{CoAuthors: typed}.WithCoAuthors()); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
	if n := len(Signing{CoAuthors: crowd(MaxCoAuthors + 1)}.WithCoAuthors()); n != MaxCoAuthors+1 {
		t.Errorf("%d people, want %d", n, MaxCoAuthors+1)
	}
}

func TestSigningTidy(t *testing.T) {
	got := Signing{
		Kind: SignName, Name: " Ana \n Le Gall\x00", Organisation: "\tO ", ScribeName: " S ", CoAuthors: " a \r\nb ", Email: " Ana@Example.ORG ",
	}.Tidy()
	want := Signing{Kind: SignName, Name: "Ana Le Gall", Organisation: "O", ScribeName: "S", CoAuthors: "a \nb", Email: "ana@example.org"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCreditFace(t *testing.T) {
	for name, want := range map[string]string{
		"Ana Le Gall": "AL", "zoé": "Z", "Jean-Luc d’Été": "JL", "élie": "É", "": "", "42": "", "🎉 Fête": "F", "«Goéland»": "G",
		"E\u0301lie Riou": "E\u0301R", "Re\u0301my": "R",
	} {
		if got := (Credit{Name: name}).Initials(); got != want {
			t.Errorf("initials of %q: %q, want %q", name, got, want)
		}
	}
	if !(Credit{Kind: SignAnonymous, Name: "Ana"}).Anonymous() || !(Credit{Kind: SignName}).Anonymous() || (Credit{Kind: SignName, Name: "Ana"}).Anonymous() {
		t.Error("who is anonymous")
	}
}
