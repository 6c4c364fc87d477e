package bench

import (
	"context"
	"fmt"
	"html"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bourgeon/app/hosting"
	"bourgeon/kit/fold"
	"bourgeon/kit/ids"
	"bourgeon/kit/pgtemp"
	"bourgeon/kit/slug"
	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
)

const (
	libraryEntries = 100_000
	libraryWords   = 30_000 // different ones
	textWords      = 150
)

// library is a site of 100,000 entries whose words are as unequal as those of a
// language: the n-th most frequent stands about n times less often than the
// first (Zipf's law).
type library struct {
	store *store.Store
	site  press.Site
	words []string // the most frequent first
	built time.Duration
}

var (
	libraryServer    *pgtemp.Cluster
	libraryOnSQLite  = sync.OnceValues(func() (*library, error) { return fillLibrary(filepath.Join(temporary, "library.db")) })
	libraryOnPostgre = sync.OnceValues(func() (*library, error) {
		var err error
		if libraryServer, err = pgtemp.Start(context.Background()); err != nil {
			return nil, err
		}
		if err := libraryServer.CreateDatabase(context.Background(), "library", ""); err != nil {
			return nil, err
		}
		return fillLibrary(libraryServer.URL("library"))
	})
)

// invented makes words that look like words.
func invented(r *rand.Rand, n int) []string {
	syllables := strings.Fields("bra ker lan mor pen gou ti ro plou ar de la vi men to ri cha teau por qui le son mar chan bou li no fer")
	seen := map[string]bool{}
	var all []string
	for len(all) < n {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		if w := b.String(); !seen[w] {
			seen[w] = true
			all = append(all, w)
		}
	}
	return all
}

func fillLibrary(database string) (*library, error) {
	begun, ctx, random := time.Now(), context.Background(), rand.New(rand.NewPCG(3, 4))
	s, err := store.Open(ctx, database)
	if err != nil {
		return nil, err
	}
	l := &library{store: s, words: invented(random, libraryWords)}
	host := &hosting.Host{
		Store: s, Now: time.Now, Addresses: press.Addresses{Base: base},
		Render: func(press.Form, press.Content, []press.Media) map[string]string { return nil },
	}
	if _, err := host.Found(ctx, press.Network{Name: "Le pays", Language: "fr"}); err != nil {
		return nil, err
	}
	l.site, err = host.OpenSite(ctx, press.Itself, hosting.SiteDraft{Slug: siteSlug, Description: hosting.Description{Name: "Le magazine"}})
	if err != nil {
		return nil, err
	}
	form, err := s.FormBySlug(ctx, press.Itself, l.site.ID, "article")
	if err != nil {
		return nil, err
	}
	var sections []press.SectionID
	for i := range 8 {
		c, err := host.SaveSection(ctx, press.Itself, l.site.ID, hosting.SectionDraft{Name: fmt.Sprintf("Rubrique %d", i)})
		if err != nil {
			return nil, err
		}
		sections = append(sections, c.ID)
	}
	zipf := rand.NewZipf(random, 1.1, 3, libraryWords-1)
	some := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(l.words[zipf.Uint64()])
			b.WriteByte(' ')
		}
		return b.String()
	}
	for from := 0; from < libraryEntries; from += perCommit {
		err := s.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < from+perCommit; i++ {
				at := time.Now().AddDate(-10, 0, 0).Add(time.Duration(i) * 10 * 365 * 24 * time.Hour / libraryEntries).UTC()
				e := press.Entry{
					ID: press.EntryID(ids.New()), Site: l.site.ID, Form: form.ID, Slug: fmt.Sprintf("texte-%d", i), Status: press.Published,
					Revision: 1, Title: some(6), Standfirst: some(15), CreatedAt: at, UpdatedAt: at, ProposedAt: at, PublishedAt: at,
					Rendered: map[string]string{"text": "<p>" + html.EscapeString(some(textWords)) + "</p>"},
					Content:  press.Content{Section: sections[random.IntN(len(sections))], Language: "fr", Licence: "CC-BY-SA-4.0"},
				}
				if err := tx.InsertEntry(ctx, e); err != nil {
					return err
				}
				name := fmt.Sprintf("Personne %d", random.IntN(500))
				b, err := tx.BylineOf(ctx, press.Byline{
					ID: press.BylineID(ids.New()), Slug: slug.Make(name, 60), Kind: press.SignName, Name: name,
				}, fold.Text(name), "")
				if err != nil {
					return err
				}
				credit := press.Credit{ID: press.CreditID(ids.New()), Role: press.Author, Kind: press.SignName, Byline: b.ID}
				if err := tx.ReplaceCredits(ctx, e.ID, []press.Credit{credit}); err != nil {
					return err
				}
				var tags []press.Tag
				for range 3 {
					n := random.IntN(200)
					tags = append(tags, press.Tag{Slug: fmt.Sprintf("mot-%d", n), Label: fmt.Sprintf("Mot %d", n)})
				}
				if err := tx.ReplaceTags(ctx, e, tags); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	l.built = time.Since(begun)
	return l, analyse(ctx, s.Engine(), database)
}

// BenchmarkSearch is the time of what the page of a search asks: all facets
// with their counts, and twenty entries in order with their texts. Words are
// drawn among the 5,000 most frequent, evenly, so that many are common.
func BenchmarkSearch(b *testing.B) {
	for _, engine := range []struct {
		name string
		make func() (*library, error)
	}{{"sqlite", libraryOnSQLite}, {"postgres", libraryOnPostgre}} {
		b.Run(engine.name, func(b *testing.B) {
			l, err := engine.make()
			if err != nil {
				b.Skip(err)
			}
			results.set("library "+engine.name, fmt.Sprintf("%-40s %8.2f ms", "an entry kept and indexed, "+engine.name, milliseconds(l.built)/libraryEntries))
			random := rand.New(rand.NewPCG(5, 6))
			word := func(from, to int) string { return l.words[from+random.IntN(to-from)] }
			for _, kind := range []struct {
				name  string
				query func() terms.Query
			}{
				{"one-word", func() terms.Query { return terms.Parse(word(20, 5000)) }},
				{"two-words", func() terms.Query { return terms.Parse(word(20, 500) + " " + word(20, 5000)) }},
				{"common-word", func() terms.Query { return terms.Parse(word(0, 20)) }},
				{"typing", func() terms.Query { return terms.Parse(word(20, 5000)[:4]).Typing() }},
			} {
				b.Run(kind.name, func(b *testing.B) {
					var took []time.Duration
					for b.Loop() {
						begun := time.Now()
						s := store.Selection{Site: l.site.ID, Query: kind.query(), Order: store.Relevance, Body: true}
						if _, err := l.store.Facets(b.Context(), press.Viewer{}, s, time.UTC); err != nil {
							b.Fatal(err)
						}
						if _, err := l.store.Entries(b.Context(), press.Viewer{}, s); err != nil {
							b.Fatal(err)
						}
						took = append(took, time.Since(begun))
					}
					slices.Sort(took)
					p50, p99 := took[len(took)/2], took[len(took)*99/100]
					b.ReportMetric(milliseconds(p50), "p50-ms")
					b.ReportMetric(milliseconds(p99), "p99-ms")
					results.set("search "+b.Name(), fmt.Sprintf("%-40s %8.2f ms, p99 %8.2f ms",
						"search, "+engine.name+", "+kind.name+" (p50)", milliseconds(p50), milliseconds(p99)))
				})
			}
		})
	}
}
