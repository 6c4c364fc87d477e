// Package bench measures what a host wants to know of a site of 10,000
// entries: how fast its pages are served by the real program over loopback
// HTTP, beside a bare net/http server that writes the same bytes; how long a
// page takes to render and a publication to be durable; memory; start-up; of
// one of 100,000, how long a search takes; and what a photograph sent costs.
//
// Nothing here fails for being slow. Start with `make bench`.
package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/e2e/program"
	"bourgeon/kit/pgtemp"
	"bourgeon/press"
)

func TestMain(m *testing.M) {
	if os.Getenv(envBare) != "" {
		bare()
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bourgeon-bench-")
	if err != nil {
		panic(err)
	}
	temporary = dir
	defer os.RemoveAll(dir)
	defer func() {
		for _, s := range []*pgtemp.Cluster{server, libraryServer} {
			if s != nil {
				s.Stop()
			}
		}
	}()
	code := program.Main(m)
	results.print()
	return code
}

var pages = []struct {
	name string
	path func(n *network) func(i int) string
}{
	{"article", func(n *network) func(int) string {
		one := "/" + siteSlug + "/article/" + n.slugs[len(n.slugs)/2]
		return func(int) string { return one }
	}},
	{"front", func(*network) func(int) string { return func(int) string { return "/" + siteSlug + "/" } }},
	{"feed", func(*network) func(int) string { return func(int) string { return "/" + siteSlug + "/feed.atom" } }},
	{"api", func(*network) func(int) string { return func(int) string { return "/api/v1/entries?limit=20" } }},
	{"any-article", func(n *network) func(int) string { // each another one: most are rendered
		return func(i int) string { return "/" + siteSlug + "/article/" + n.slugs[i*7919%len(n.slugs)] }
	}},
}

// BenchmarkServe asks the real program for pages, on a process of its own, and
// a bare server for the same bytes.
func BenchmarkServe(b *testing.B) {
	n, err := onSQLite()
	if err != nil {
		b.Fatal(err)
	}
	s := program.Serve(b, n.data)
	address := strings.TrimPrefix(s.Base, "http://")
	for _, p := range pages {
		b.Run(p.name, func(b *testing.B) {
			path := p.path(n)
			plain := repeat(b, address, path(0))
			if p.name != "any-article" { // into the cache, as after the first reader
				if _, err := measure(address, clients, path); err != nil {
					b.Fatal(err)
				}
			}
			b.ResetTimer()
			ours, err := measure(address, b.N, path)
			b.StopTimer()
			if err != nil {
				b.Fatal(err)
			}
			theirs, err := measure(plain, b.N, path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(ours.rate, "req/s")
			b.ReportMetric(micros(ours.p50), "p50-µs")
			b.ReportMetric(micros(ours.p99), "p99-µs")
			b.ReportMetric(theirs.rate, "bare-req/s")
			b.ReportMetric(micros(theirs.p99), "bare-p99-µs")
			b.ReportMetric(ours.rate/theirs.rate, "of-bare")
			results.serve(p.name, b.N, ours, theirs)
			if memory, ok := resident(s.PID()); ok {
				b.ReportMetric(memory, "MB-resident")
				results.set("memory", fmt.Sprintf("resident memory of the server after %s: %.0f MB", p.name, memory))
			}
		})
	}
}

// BenchmarkRender renders pages for each request, without network or cache.
func BenchmarkRender(b *testing.B) {
	engines(b, func(b *testing.B, n *network) {
		h := n.handler(b)
		for _, p := range pages[:4] {
			b.Run(p.name, func(b *testing.B) {
				path := p.path(n)
				b.ReportAllocs()
				for b.Loop() {
					w := httptest.NewRecorder()
					r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, base+path(0), http.NoBody)
					r.Header.Set("Accept-Language", "fr")
					if h.ServeHTTP(w, r); w.Code != http.StatusOK {
						b.Fatal(w.Code)
					}
				}
				results.set("render "+b.Name(), fmt.Sprintf("%-40s %8.2f ms",
					strings.TrimPrefix(b.Name(), "Benchmark")+" (not cached)", milliseconds(b.Elapsed())/float64(b.N)))
			})
		}
	})
}

// BenchmarkPublish is the time from “publish” to the acknowledgement, which
// comes when the publication would outlive a power cut.
func BenchmarkPublish(b *testing.B) {
	engines(b, func(b *testing.B, n *network) {
		ctx, i := b.Context(), 0
		for b.Loop() {
			b.StopTimer()
			d := n.begin(ctx, b, i)
			i++
			b.StartTimer()
			signed, err := n.editor.Sign(ctx, n.writer, d.Key(), d.Version, press.Signing{Kind: press.SignName, Name: "Personne 0", Charter: true})
			if err != nil || signed.Entry.Status != press.Published {
				b.Fatalf("%v, %s", err, signed.Entry.Status)
			}
		}
		results.set("publish "+n.store.Engine(), fmt.Sprintf("%-40s %8.2f ms",
			"one durable publication, "+n.store.Engine(), milliseconds(b.Elapsed())/float64(b.N)))
	})
}

func (n *network) begin(ctx context.Context, b *testing.B, i int) press.Draft {
	b.Helper()
	d, err := n.editor.Begin(ctx, n.writer, n.site, n.form, editing.Work{Content: press.Content{
		Answers: press.Answers{"title": {"Mesure " + strconv.Itoa(i)}, "text": {strings.Repeat(sentences[i%len(sentences)], 40)}},
		Tags:    []string{"mesure"}, Language: "fr",
	}})
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkStart is the time from the command to the first answer.
func BenchmarkStart(b *testing.B) {
	n, err := onSQLite()
	if err != nil {
		b.Fatal(err)
	}
	program.Path(b)
	var sum time.Duration
	for b.Loop() {
		s := program.Serve(b, n.data)
		b.StopTimer()
		sum += s.Started
		if memory, ok := resident(s.PID()); ok {
			b.ReportMetric(memory, "MB-resident")
		}
		if _, _, err := s.Stop(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	results.set("start", fmt.Sprintf("%-40s %8.2f ms", "start-up to the first answer", milliseconds(sum)/float64(b.N)))
}

const envBare = "BENCH_BARE"

// repeat runs a bare server that answers everything with the bytes that path
// has at address, headers included, and returns its own address.
func repeat(b *testing.B, address, path string) string {
	b.Helper()
	conn, err := dial(address)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	same, err := conn.whole(path)
	if err != nil {
		b.Fatal(err)
	}
	said, err := json.Marshal(same.header)
	if err != nil {
		b.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), envBare+"="+string(said))
	command.Stdin = strings.NewReader(string(same.body))
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	var listening string
	if _, err := fmt.Fscanln(out, &listening); err != nil {
		b.Fatal(err)
	}
	return listening
}
