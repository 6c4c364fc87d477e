package pow

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var start = time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)

func newGate(now *time.Time) *Gate {
	return &Gate{Key: []byte("a key of 16 bytes or more"), Difficulty: 8, Life: time.Hour, Now: func() time.Time { return *now }}
}

func TestCheck(t *testing.T) {
	now := start
	g := newGate(&now)
	good := g.Challenge()
	nonce := Solve(good)
	stranger := newGate(&now)
	stranger.Key = []byte("another key of 16 bytes")

	tests := []struct {
		name, challenge, nonce string
		after                  time.Duration
		want                   error
	}{
		{"empty", "", "", 0, ErrForged},
		{"no challenge", "article", "1", 0, ErrForged},
		{"of another key", stranger.Challenge(), "1", 0, ErrForged},
		{"easier than issued", edited(t, good, signedLen-1, 0), "1", 0, ErrForged},
		{"later than issued", edited(t, good, saltLen, 1), "1", 0, ErrForged},
		{"other spelling", good + "\n", nonce, 0, ErrForged},
		{"padded", good + "=", nonce, 0, ErrForged},
		{"no nonce", good, "", 0, ErrWrong},
		{"wrong nonce", good, wrong(good), 0, ErrWrong},
		{"long nonce", good, strings.Repeat("1", 33), 0, ErrWrong},
		{"expired", good, nonce, time.Hour, ErrExpired},
		{"right", good, nonce, 59 * time.Minute, nil},
		{"again", good, nonce, 59 * time.Minute, ErrUsed},
	}
	for _, tt := range tests {
		now = start.Add(tt.after)
		if err := g.Check(tt.challenge, tt.nonce); !errors.Is(err, tt.want) {
			t.Errorf("%s: Check = %v, want %v", tt.name, err, tt.want)
		}
	}
}

// edited returns challenge with the byte at i set to value.
func edited(t *testing.T, challenge string, i int, value byte) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(challenge)
	if err != nil {
		t.Fatal(err)
	}
	raw[i] = value
	return base64.RawURLEncoding.EncodeToString(raw)
}

// wrong returns a nonce that does not solve challenge.
func wrong(challenge string) string {
	for n := 0; ; n++ {
		if nonce := fmt.Sprint(n); !solves(challenge, nonce, 8) {
			return nonce
		}
	}
}

func TestDefaults(t *testing.T) {
	g := &Gate{Key: make([]byte, 16)}
	c := g.Challenge()
	if len(c) != 55 {
		t.Errorf("challenge has %d characters, want 55", len(c))
	}
	nonce := Solve(c)
	if !solves(c, nonce, DefaultDifficulty) {
		t.Errorf("Solve's nonce %s has fewer than %d zero bits", nonce, DefaultDifficulty)
	}
	if err := g.Check(c, nonce); err != nil {
		t.Errorf("Check = %v", err)
	}
	if Solve("nothing") != "" {
		t.Error("Solve solves nothing")
	}
}

func TestKnownAnswer(t *testing.T) {
	// Computed with another implementation: the first nonce whose digest begins with 14 zero bits.
	const (
		challenge  = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADgAAAAAAAAAAAAAAAAAAAAA"
		knownNonce = "23633"
	)
	if got := Solve(challenge); got != knownNonce {
		t.Errorf("Solve = %s, want %s", got, knownNonce)
	}
}

func TestShortKeyPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	(&Gate{Key: []byte("short")}).Challenge()
}

func TestUsedChallengesAreBounded(t *testing.T) {
	now := start
	g := newGate(&now)
	salt := func(n int) (s [saltLen]byte) {
		copy(s[:], fmt.Sprint(n))
		return s
	}
	for n := range maxUsed + 10 {
		if err := g.use(salt(n)); err != nil {
			t.Fatal(err)
		}
	}
	if len(g.used) != maxUsed || len(g.order) != maxUsed {
		t.Errorf("%d used, %d in order, want %d", len(g.used), len(g.order), maxUsed)
	}
	if err := g.use(salt(maxUsed + 9)); !errors.Is(err, ErrUsed) {
		t.Errorf("the latest was forgotten: %v", err)
	}
	if err := g.use(salt(0)); err != nil {
		t.Errorf("the oldest was kept: %v", err)
	}
}

func TestConcurrentAnswersCountOnce(t *testing.T) {
	now := start
	g := newGate(&now)
	c := g.Challenge()
	nonce := Solve(c)
	var accepted atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if g.Check(c, nonce) == nil {
				accepted.Add(1)
			}
		})
	}
	wg.Wait()
	if accepted.Load() != 1 {
		t.Errorf("accepted %d times, want once", accepted.Load())
	}
}

// node runs the module test.mjs with pow.js beside it and returns what it prints.
func node(t *testing.T, module string, args ...string) []byte {
	t.Helper()
	program, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: pow.js is not compared with Go")
	}
	dir := t.TempDir()
	for name, text := range map[string][]byte{"pow.mjs": Script, "test.mjs": []byte(module)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, append([]string{filepath.Join(dir, "test.mjs")}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.Bytes())
	}
	return out
}

func TestScriptDigestsLikeNode(t *testing.T) {
	out := node(t, `
import { createHash } from "node:crypto";
import { sha256 } from "./pow.mjs";
const digest = sha256();
for (let n = 0; n < 300; n++) {
  const text = "abc:-_09".repeat(40).slice(0, n);
  const want = createHash("sha256").update(text).digest().readUInt32BE(0);
  if (digest(text) !== want) throw new Error("length " + n);
}
console.log("same");
`)
	if string(out) != "same\n" {
		t.Errorf("got %q", out)
	}
}

func TestScriptSolvesWhatGoIssues(t *testing.T) {
	now := start
	var challenges []string
	gates := map[string]*Gate{}
	for _, difficulty := range []int{1, 5, 8, 12, 14} {
		g := newGate(&now)
		g.Difficulty = difficulty
		c := g.Challenge()
		challenges, gates[c] = append(challenges, c), g
	}
	// Once in slices only, as where workers are forbidden, and once with a stand-in for a worker, which loads the module anew.
	for _, worker := range []bool{false, true} {
		out := node(t, `
import { solve, begin } from "./pow.mjs";
const [worker, ...challenges] = process.argv.slice(2);
let workers = 0, queue = Promise.resolve();
if (worker === "true") {
  globalThis.WorkerGlobalScope = Object;
  globalThis.Worker = class {
    constructor(address) { this.address = address + "?" + ++workers; }
    postMessage(data) {
      queue = queue.then(async () => {
        globalThis.postMessage = (nonce) => this.onmessage({ data: nonce });
        await import(this.address);
        globalThis.onmessage({ data });
      });
    }
    terminate() {}
  };
}
const forms = challenges.map((pow) => ({ dataset: { pow }, input: {}, querySelector() { return this.input; } }));
begin({ querySelectorAll: () => forms });
begin({ querySelectorAll: () => forms });
solve("nothing", () => { throw new Error("solved nothing"); });
process.on("exit", () => {
  if (workers !== (worker === "true" ? forms.length : 0)) throw new Error(workers + " workers");
  console.log(JSON.stringify(forms.map((form) => form.input.value)));
});
`, append([]string{fmt.Sprint(worker)}, challenges...)...)
		var nonces []string
		if err := json.Unmarshal(out, &nonces); err != nil {
			t.Fatalf("worker %v: %v in %s", worker, err, out)
		}
		for i, c := range challenges {
			if nonces[i] != Solve(c) {
				t.Errorf("worker %v, difficulty %d: nonce %q, want %q", worker, gates[c].Difficulty, nonces[i], Solve(c))
			}
		}
	}
	for c, g := range gates {
		if err := g.Check(c, Solve(c)); err != nil {
			t.Errorf("difficulty %d: %v", g.Difficulty, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	now := start
	g := newGate(&now)
	f.Add(g.Challenge(), "1")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, challenge, nonce string) {
		if err := g.Check(challenge, nonce); err == nil && !solves(challenge, nonce, 8) {
			t.Errorf("Check(%q, %q) accepted", challenge, nonce)
		}
	})
}

func BenchmarkSolve(b *testing.B) {
	g := &Gate{Key: make([]byte, 16)}
	for b.Loop() {
		Solve(g.Challenge())
	}
}
