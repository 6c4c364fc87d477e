package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/app/shaping"
	"bourgeon/press"
	"bourgeon/store"
)

const initiatives = 10_000

// collection is a site with the form of initiatives, of 25 questions and five facets, and 10,000 contributions.
type collection struct {
	*network
	form press.Form
}

var (
	formsOnSQLite  = sync.OnceValues(func() (*collection, error) { return collected(filepath.Join(temporary, "forms.db"), "forms-data") })
	formsOnPostgre = sync.OnceValues(func() (*collection, error) {
		if _, err := onPostgreSQL(); err != nil { // it starts the server
			return nil, err
		}
		if err := server.CreateDatabase(context.Background(), "forms", ""); err != nil {
			return nil, err
		}
		return collected(server.URL("forms"), "forms-pg-data")
	})
)

func collected(database, data string) (*collection, error) {
	ctx := context.Background()
	n, _, err := found(ctx, database, filepath.Join(temporary, data))
	if err != nil {
		return nil, err
	}
	c := &collection{network: n}
	shaper := &shaping.Shaper{Store: n.store, Now: time.Now, Reshape: n.editor.Reshape, Addresses: press.Addresses{Base: base}}
	begun, err := shaper.Begin(ctx, press.Itself, n.site, shaping.Start{Model: "initiative"})
	if err != nil {
		return nil, err
	}
	if _, err := shaper.Publish(ctx, press.Itself, n.site.ID, begun.ID); err != nil {
		return nil, err
	}
	if c.form, err = n.store.Form(ctx, press.Itself, begun.ID); err != nil {
		return nil, err
	}
	if fields, facets := len(c.form.Fields), len(c.form.Facets()); fields != 25 || facets != 5 {
		return nil, fmt.Errorf("the form has %d questions and %d facets", fields, facets)
	}
	random := rand.New(rand.NewPCG(7, 8))
	for from := 0; from < initiatives; from += 500 {
		err := n.store.Write(ctx, func(tx *store.Tx) error {
			for i := range 500 {
				if err := c.add(ctx, tx, n.editor, random, from+i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return c, analyse(ctx, n.store.Engine(), database)
}

func (c *collection) add(ctx context.Context, tx *store.Tx, ed *editing.Editor, random *rand.Rand, i int) error {
	pick := func(key string, some int) []string {
		field, _ := c.form.ByKey(key)
		var all []string
		for range some {
			all = append(all, field.Options[random.IntN(len(field.Options))].Key)
		}
		return all
	}
	a := press.Answers{
		"title": {fmt.Sprintf("L’initiative %d du quartier", i)}, "summary": {"Ce que font des gens, près d’ici, un samedi sur deux."},
		"actors": {fmt.Sprintf("Association %d", random.IntN(400))}, "status": pick("status", 1), "scale": pick("scale", 1), "themes": pick("themes", 1+random.IntN(3)),
		"public": pick("public", 1+random.IntN(2)), "open": {[]string{"yes", "no"}[random.IntN(2)]}, "people": {fmt.Sprint(random.IntN(200))},
		"budget": {fmt.Sprint(random.IntN(20_000))}, "period": {fmt.Sprintf("20%02d-%02d-%02d", 10+random.IntN(16), 1+random.IntN(12), 1+random.IntN(28))},
		"place": {fmt.Sprintf("%.5f", 47.5+random.Float64()), fmt.Sprintf("%.5f", -5+random.Float64()*2), "exact", fmt.Sprintf("Rue %d", random.IntN(900))},
		"text":  {article(random)}, "worked": {"Les voisins."}, "hard": {"La pluie."}, "advice": {"Commencez petit."}, "link": {"https://example.org"}, "email": {"a@example.org"},
	}
	_, err := ed.Bring(ctx, tx, press.Itself, c.form, press.Brought{Content: press.Content{Answers: c.form.Tidy(a), Language: "fr", Licence: c.site.Licence}, Author: fmt.Sprintf("Personne %d", random.IntN(300))})
	return err
}

// BenchmarkForms is the time of each view of a form of 25 questions with 10,000 contributions and five facets, as a reader's
// page without a cache, and of the facets alone: unnarrowed, by one answer, by two.
func BenchmarkForms(b *testing.B) {
	for _, engine := range []struct {
		name string
		make func() (*collection, error)
	}{{"sqlite", formsOnSQLite}, {"postgres", formsOnPostgre}} {
		b.Run(engine.name, func(b *testing.B) {
			c, err := engine.make()
			if err != nil {
				b.Skip(err)
			}
			tell := func(b *testing.B, what string, do func() error) {
				var took []time.Duration
				for b.Loop() {
					begun := time.Now()
					if err := do(); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(begun))
				}
				slices.Sort(took)
				p50, p99 := took[len(took)/2], took[len(took)*99/100]
				b.ReportMetric(milliseconds(p50), "p50-ms")
				b.ReportMetric(milliseconds(p99), "p99-ms")
				results.set("forms "+b.Name(), fmt.Sprintf("%-40s %8.2f ms, p99 %8.2f ms", what+", "+engine.name+" (p50)", milliseconds(p50), milliseconds(p99)))
			}
			all := store.Selection{Site: c.site.ID, Form: c.form.ID}
			for name, chosen := range map[string][]press.Chosen{
				"facets": nil, "facets-of-one-answer": {{Field: "status", Value: "running"}}, "facets-of-two-answers": {{Field: "status", Value: "running"}, {Field: "open", Value: "yes"}},
			} {
				b.Run(name, func(b *testing.B) {
					s := all
					s.Chosen = chosen
					tell(b, name, func() error {
						_, err := c.store.Counted(b.Context(), press.Viewer{}, s, c.form.Facets())
						return err
					})
				})
			}
			handler := c.handler(b)
			for _, view := range []string{"list", "cards", "map", "table", "table&sort=budget", "timeline", "directory", "album", "figures", "cards&q=voisins&f.open=yes"} {
				b.Run(view, func(b *testing.B) {
					tell(b, "view "+view, func() error {
						r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/"+siteSlug+"/initiatives/?view="+view, nil)
						w := httptest.NewRecorder()
						if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
							return fmt.Errorf("%s answers %d", view, w.Code)
						}
						return nil
					})
				})
			}
		})
	}
}
