package textdiff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func show(ops []Op) string {
	var b strings.Builder
	for _, op := range ops {
		switch op.Kind {
		case Equal:
			b.WriteString(op.Text)
		case Insert:
			b.WriteString("[+" + op.Text + "]")
		case Delete:
			b.WriteString("[-" + op.Text + "]")
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	tests := []struct{ a, b, want string }{
		{"", "", ""},
		{"a", "a", "a"},
		{"", "a b", "[+a b]"},
		{"a b", "", "[-a b]"},
		{"Le port est beau.", "Le grand port est calme.", "Le [+grand ]port est [-beau][+calme]."},
		{"un deux trois", "quatre cinq six", "[-un deux trois][+quatre cinq six]"},
		{"l’été", "l’hiver", "l’[-été][+hiver]"},
		{"A\n\nB\n\nC\n", "A\n\nC\n", "A\n\n[-B\n\n]C\n"},
		{"A\n\nB b\n", "A\n\nX\n\nB c\n", "A\n\n[+X\n\n]B [-b][+c]\n"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, show(Words(tt.a, tt.b))); diff != "" {
			t.Errorf("Words(%q, %q): %s", tt.a, tt.b, diff)
		}
	}
}

// TestAlignIsLongest compares with the textbook's table on small sequences.
func TestAlignIsLongest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		a, b := letters(r, r.IntN(30)), letters(r, r.IntN(30))
		got := 0
		for _, run := range Align(a, b) {
			got += run.Len
		}
		if want := longest(a, b); got != want {
			t.Fatalf("Align(%q, %q) matches %d, want %d", a, b, got, want)
		}
	}
}

func letters(r *rand.Rand, n int) []byte {
	s := make([]byte, n)
	for i := range s {
		s[i] = byte('a' + r.IntN(4))
	}
	return s
}

func longest(a, b []byte) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j], above)
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

func TestLargeTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	prose := func(vocabulary int, lines bool) string {
		var b strings.Builder
		for b.Len() < 100_000 {
			fmt.Fprintf(&b, "mot%d", r.IntN(vocabulary))
			if lines && r.IntN(12) == 0 {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	base := prose(2000, true)
	pairs := map[string][2]string{
		"other words":  {prose(2000, false), prose(2000, false)},
		"few words":    {prose(5, false), prose(5, false)},
		"other lines":  {base, prose(2000, true)},
		"some changed": {base, strings.ReplaceAll(base, "mot12", "autre")},
		"nothing":      {base, strings.ToUpper(base)},
		"joined":       {base, strings.ReplaceAll(base, "\n", " ")},
	}
	for name, p := range pairs {
		start := time.Now()
		ops := Words(p[0], p[1])
		took := time.Since(start)
		t.Logf("%s: %v, %d operations", name, took, len(ops))
		// About 50 ms; the margin is for busy machines and the race detector.
		if took > 3*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		check(t, p[0], p[1], ops)
	}
}

func check(t *testing.T, a, b string, ops []Op) {
	t.Helper()
	var gotA, gotB strings.Builder
	for i, op := range ops {
		if op.Text == "" || i > 0 && ops[i-1].Kind == op.Kind {
			t.Errorf("operation %d of %v is empty or repeats its kind", i, ops)
		}
		if op.Kind != Insert {
			gotA.WriteString(op.Text)
		}
		if op.Kind != Delete {
			gotB.WriteString(op.Text)
		}
	}
	if gotA.String() != a || gotB.String() != b {
		t.Errorf("the operations give %q and %q instead of %q and %q", gotA.String(), gotB.String(), a, b)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("Le port est beau.\n\nOui", "Le grand port\n\nest calme.")
	f.Add("a b c a b", "c b a\n")
	f.Add("\xffé", "\xfe\u0301")
	f.Fuzz(func(t *testing.T, a, b string) {
		check(t, a, b, Words(a, b))
	})
}
