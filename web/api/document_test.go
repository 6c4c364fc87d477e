package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"bourgeon/press"
)

// TestDocument holds openapi.json to OpenAPI 3.1, whose own schema is in testdata, and each of its schemas to JSON Schema.
func TestDocument(t *testing.T) {
	w := newWorld(t)
	official, err := os.ReadFile("testdata/oas-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("oas", parse(t, official)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("oas")
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(w.document); err != nil {
		t.Errorf("%#v", err)
	}
	for name := range w.at("#/components/schemas").(map[string]any) {
		if _, err := w.schemas.Compile("openapi.json#/components/schemas/" + name); err != nil {
			t.Error(err)
		}
	}
	broken := maps.Clone(w.document)
	delete(broken, "info")
	if schema.Validate(broken) == nil {
		t.Error("the official schema finds nothing wrong in a document without info: it proves nothing")
	}
	if got := w.document["servers"].([]any)[0].(map[string]any)["url"]; got != base {
		t.Errorf("its server is %v", got)
	}
}

// exampleWorld holds what the document's examples name.
func exampleWorld(t *testing.T) (*world, press.Viewer) {
	w := newWorld(t, func(s *press.Site) { s.Openness = press.Open })
	odile := w.Person("Odile")
	port := w.Section(w.Site, "Vie du port")
	picture := w.Picture(w.Site, "marché.jpg")
	w.Write(func(tx *storeTx) error {
		picture.ID, picture.UploadedBy = "0199c1a0-0000-7000-8000-000000000001", odile.ID
		return tx.SaveMedia(t.Context(), picture)
	})
	w.Entry(w.Site, "Le marché", press.Published, byOdile(odile), func(e *press.Entry) {
		e.ID, e.Section, e.Tags, e.Pictures = "0199c1a0-0000-7000-8000-000000000001", port.ID, []string{"Marché"}, []press.Media{picture}
		e.Provenance = press.Provenance{Kind: press.TakenUp, Title: "Ailleurs", URL: "https://example.org/a"}
		e.Rendered = map[string]string{"text": `<p><a href="/la-criee/x">x</a></p>`}
	})
	return w, w.Viewer(odile)
}

// TestExamples asks for every address with each example of its parameters, and sends every example of a body.
func TestExamples(t *testing.T) {
	w, odile := exampleWorld(t)
	program, _ := w.with(odile, "", press.Scopes...)
	asked := 0
	paths := w.document["paths"].(map[string]any)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := paths[path].(map[string]any)
		address := path
		for _, p := range w.parameters(item) {
			address = strings.Replace(address, fmt.Sprintf("{%s}", p["name"]), fmt.Sprint(p["example"]), 1)
		}
		for _, method := range []string{"get", "patch", "post"} { // withdrawing comes last
			operation, there := item[method].(map[string]any)
			if !there {
				continue
			}
			own := w.parameters(operation)
			for _, p := range own {
				if strings.Contains(address, fmt.Sprintf("{%s}", p["name"])) {
					address = strings.Replace(address, fmt.Sprintf("{%s}", p["name"]), fmt.Sprint(p["example"]), 1)
				}
			}
			t.Run(method+" "+path, func(t *testing.T) {
				c := client{world: &world{Town: w.Town, t: t, document: w.document, schemas: w.schemas}, token: program.token}
				if method == "get" {
					c.get(address).want(http.StatusOK)
					for _, p := range own {
						if p["in"] == "query" && p["example"] != nil {
							asked++
							c.get(address + "?" + query(p) + needed(p)).want(http.StatusOK)
						}
					}
					return
				}
				body, _ := operation["requestBody"].(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)
				if body == nil {
					return // a picture: see TestUpload
				}
				asked++
				schema, err := w.schemas.Compile("openapi.json#/paths/" + escape(path) + "/" + method + "/requestBody/content/application~1json/schema")
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(body["example"]); err != nil {
					t.Errorf("%#v", err)
				}
				match := ""
				if !strings.Contains(path, "media") && strings.Contains(path, "{id}") {
					match = c.get(strings.TrimSuffix(address, "/withdraw")).want(http.StatusOK).Header.Get("ETag")
				}
				if a := c.ask(strings.ToUpper(method), address, body["example"], "If-Match", match); a.StatusCode >= 300 {
					t.Errorf("answered %d: %s", a.StatusCode, a.body)
				}
			})
		}
	}
	if asked < 40 {
		t.Errorf("only %d examples were asked", asked)
	}
}

// parameters of a path or an operation, references followed.
func (w *world) parameters(of map[string]any) []map[string]any {
	var all []map[string]any
	list, _ := of["parameters"].([]any)
	for _, one := range list {
		p := one.(map[string]any)
		if reference, ok := p["$ref"].(string); ok {
			p = w.at(reference).(map[string]any)
		}
		all = append(all, p)
	}
	return all
}

func query(p map[string]any) string {
	value := fmt.Sprint(p["example"])
	if several, ok := p["example"].([]any); ok {
		var parts []string
		for _, one := range several {
			parts = append(parts, fmt.Sprint(one))
		}
		value = strings.Join(parts, ",")
	}
	return url.Values{p["name"].(string): {value}}.Encode()
}

// needed is what a parameter doesn't go without.
func needed(p map[string]any) string {
	if p["name"] == "section" {
		return "&site=la-criee"
	}
	return ""
}
