package schemaorg

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestDocument(t *testing.T) {
	site := NewWebSite("https://x/", "X")
	site.Search = SearchBy("https://x/search?q=")
	b, err := json.Marshal(Document{
		Work{Type: "Article", Headline: "</script><!-- & \u2028", Authors: []Agent{{Type: "Person", Name: "Odile"}}}, site,
		NewBreadcrumbs().To("X", "https://x/").To("Y", ""),
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(b); strings.ContainsAny(text, "<>&\u2028") {
		t.Errorf("what ends an element is left: %s", text)
	}
	var got struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got.Context != "https://schema.org" || len(got.Graph) != 3 || got.Graph[0]["headline"] != "</script><!-- & \u2028" {
		t.Errorf("%+v", got)
	}
	if _, empty := got.Graph[0]["license"]; empty {
		t.Error("what is empty isn't left out")
	}
	if target := got.Graph[1]["potentialAction"].(map[string]any)["target"].(map[string]any); target["urlTemplate"] != "https://x/search?q={search_term_string}" {
		t.Errorf("search %v", target)
	}
	if steps := got.Graph[2]["itemListElement"].([]any); len(steps) != 2 || steps[1].(map[string]any)["position"] != 2.0 {
		t.Errorf("steps %v", steps)
	}
}
