package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"bourgeon/web/page"
)

// document is the OpenAPI 3.1 description: the one list of parameters, which requests are checked against.
//
//go:embed openapi.json
var document []byte

// operation is what the document says of one, as far as we use it.
type operation struct {
	Summary    string
	Parameters []parameterOrReference

	params map[string]parameter // of the query, by name
}

type parameterOrReference struct {
	Ref string `json:"$ref"`
	parameter
}

// described is the document, as far as we use it.
type described struct {
	Paths      map[string]map[string]json.RawMessage
	Components struct{ Parameters map[string]parameter }
}

// operations are all of the document, by "GET /entries". The document is embedded: that it reads is tested.
var operations = sync.OnceValue(func() map[string]operation {
	var d described
	if err := json.Unmarshal(document, &d); err != nil {
		panic(fmt.Sprintf("api: openapi.json: %v", err))
	}
	all := map[string]operation{}
	for path, item := range d.Paths {
		for method, raw := range item {
			if method == "parameters" {
				continue
			}
			var op operation
			if err := json.Unmarshal(raw, &op); err != nil {
				panic(fmt.Sprintf("api: openapi.json: %s %s: %v", method, path, err))
			}
			op.params = map[string]parameter{}
			for _, p := range op.Parameters {
				known := p.parameter
				if p.Ref != "" {
					known = d.Components.Parameters[p.Ref[strings.LastIndex(p.Ref, "/")+1:]]
				}
				if known.In == "query" {
					op.params[known.Name] = known
				}
			}
			all[strings.ToUpper(method)+" "+path] = op
		}
	}
	return all
})

// operationOf is that of a route's pattern.
func operationOf(pattern string) operation {
	return operations()[strings.Replace(pattern, " "+Root, " ", 1)]
}

// Document is GET /api/v1/openapi.json: the description of all this, with this network's address.
func (f *Face) Document(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(document, &whole); err != nil {
			return reply{}, fmt.Errorf("read the document: %w", err)
		}
		servers, err := json.Marshal([]map[string]string{{"url": c.Addresses.Base + Root}})
		if err != nil {
			return reply{}, err
		}
		whole["servers"] = servers
		return reply{body: whole}, nil
	})
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
