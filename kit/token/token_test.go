package token

import (
	"net/url"
	"strings"
	"testing"
)

func TestNewIsLongUniqueAndNeedsNoEscaping(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		s := New()
		if len(s) != 43 {
			t.Fatalf("New() = %q: %d characters, want 43", s, len(s))
		}
		if url.QueryEscape(s) != s {
			t.Fatalf("New() = %q needs escaping", s)
		}
		if seen[s] {
			t.Fatalf("New() = %q twice", s)
		}
		seen[s] = true
	}
}

func TestCodeIsSixUniformDigits(t *testing.T) {
	const draws = 60_000
	var counts [6][10]int
	for range draws {
		c := Code()
		if len(c) != 6 || strings.Trim(c, "0123456789") != "" {
			t.Fatalf("Code() = %q, want six digits", c)
		}
		for i, d := range c {
			counts[i][d-'0']++
		}
	}
	// Each digit is expected 6000 times, with a standard deviation of 73; 500 is nearly seven of them.
	for place, digits := range counts {
		for digit, n := range digits {
			if n < 5500 || n > 6500 {
				t.Errorf("digit %d came %d times of %d in place %d", digit, n, draws, place)
			}
		}
	}
}

func TestSixDigitsKeepsLeadingZeros(t *testing.T) {
	for n, want := range map[uint64]string{0: "000000", 7: "000007", 42_000: "042000", 999_999: "999999"} {
		if got := sixDigits(n); got != want {
			t.Errorf("sixDigits(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestHash(t *testing.T) {
	// FIPS 180-2, appendix B.1.
	if got, want := Hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; got != want {
		t.Errorf("Hash(abc) = %s, want %s", got, want)
	}
}

func TestEqual(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"", "", true}, {"a", "a", true}, {"a", "b", false}, {"a", "", false}, {"a", "aa", false}, {"é", "e", false},
	}
	for _, tt := range tests {
		if got := Equal(tt.a, tt.b); got != tt.want {
			t.Errorf("Equal(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestHMACSeparatesPartsAndKeys(t *testing.T) {
	key, other := []byte("one key"), []byte("another key")
	sums := map[string]string{}
	for name, sum := range map[string]string{
		"no part":        HMAC(key),
		"an empty part":  HMAC(key, ""),
		"two empty":      HMAC(key, "", ""),
		"ab, c":          HMAC(key, "ab", "c"),
		"a, bc":          HMAC(key, "a", "bc"),
		"abc":            HMAC(key, "abc"),
		"another key":    HMAC(other, "abc"),
		"a length in it": HMAC(key, "a\x00\x00\x00\x00\x00\x00\x00\x02bc"),
	} {
		if len(sum) != 43 {
			t.Errorf("%s: %d characters, want 43", name, len(sum))
		}
		if twin, found := sums[sum]; found {
			t.Errorf("%s and %s have the same HMAC", name, twin)
		}
		sums[sum] = name
	}
	if again := HMAC(key, "ab", "c"); sums[again] != "ab, c" {
		t.Error("HMAC is not stable")
	}
}
