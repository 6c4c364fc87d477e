package terms

import (
	"strings"
	"testing"
)

func TestExpress(t *testing.T) {
	wanted := Parse(`vélo "petit four"`).Wanted()[:1]
	if got, want := FTS5(wanted), `(("velo") AND ("pet" + "four"))`; got != want {
		t.Errorf("FTS5: %s, want %s", got, want)
	}
	wanted = Parse("vél").Typing().Wanted()[:1]
	if got, want := TSQuery(wanted), `(('vel' | 'vel':*))`; got != want {
		t.Errorf("tsquery: %s, want %s", got, want)
	}
}

// TestPlaces: no phrase goes from one text to the next, on either engine.
func TestPlaces(t *testing.T) {
	d, words := Texts{Title: "Le vélo", Facts: []string{"Port", "", "Quai"}}.Analyse("fr")
	if got := Spaced(d.Facts); got != "port ¶ ¶ quai" {
		t.Errorf("FTS5 keeps %q", got)
	}
	vector := TSVector(nil, d.Title, d.Facts)
	for _, want := range []string{"'velo':1 ", "'port':3 ", "'quai':6 "} {
		if !strings.Contains(vector, want) {
			t.Errorf("the vector %q lacks %s", vector, want)
		}
	}
	if words["velo"] != "vélo" || words["le"] != "" {
		t.Errorf("words %v", words)
	}
}
